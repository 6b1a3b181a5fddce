//! How far back returns must reach for a measure, and whether they do.

use jiff::civil::Date;
use kinfolk_model::Group;
use kinfolk_model::care::{CareSource, Covered, return_ends, return_year};

use crate::care::{CareFacts, StabilityOptions};

const NO_RETURN: &str = "no return here covers the day on which children are counted";
const NO_YEAR: &str = "the returns here do not reach back a year from the day without a gap, and earlier moves are in none";
const NO_TWO_YEARS: &str = "the returns here do not reach back two years from the day without a gap, and earlier moves are in none";
const NOT_LONG_ENOUGH: &str = "the returns here do not reach back two and a half years from the day without a gap, so that it is \
     not known who was in care by then";
const NO_FIRST_DAY: &str = "no return here covers the day from which the same home is asked, and those who left since are in none";

/// An extract also tells of the year under way, up to the day on which it was made.
fn of_extract(on: Date, years: &[i16]) -> Option<Covered> {
    let latest = Covered::latest(years)?;
    let under_way = return_ends(return_year(latest.until) + 1);
    let run = Covered::around(on.min(latest.until), years)?;
    (on <= under_way).then_some(Covered {
        until: run.until.max(on),
        ..run
    })
}

/// Measures of a time of their own.
const OF_OWN_TIME: [&str; 2] = ["stability.pattern", "stability.path"];

/// The days of which the returns tell, and those of which the measures ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reach {
    covered: Option<Covered>,
    day: StabilityOptions,
    /// Whether the first day from which the same home is asked is covered.
    has_first_day: bool,
}

impl Reach {
    pub(super) fn of(care: &CareFacts) -> Self {
        let options = &care.options;
        let first_day = options.same_home.from;
        let on = options.stability.on;
        let covered = match care.source {
            CareSource::Return => Covered::around(on, &care.years),
            CareSource::Extract(_) => of_extract(on, &care.years),
        };
        Self {
            covered,
            day: options.stability,
            has_first_day: Covered::around(first_day, &care.years).is_some(),
        }
    }

    /// Why a measure cannot be had for a group; `None` where it can.
    pub(super) fn against(&self, measure: &str, group: &Group) -> Option<&'static str> {
        let is_around_starts = group.get("when").is_some();
        if OF_OWN_TIME.contains(&measure) || is_around_starts {
            return None;
        }
        if measure.starts_with("stability.same_home") {
            return (!self.has_first_day).then_some(NO_FIRST_DAY);
        }
        let Some(covered) = self.covered else {
            return Some(NO_RETURN);
        };
        let reaches = |day: Date| covered.holds(day);
        match measure {
            "stability.children" | "stability.left_out" => None,
            "stability.same_carer_two_years" => {
                (!reaches(self.day.long_before())).then_some(NOT_LONG_ENOUGH)
            }
            "stability.three_or_more" if group.get("window") == Some("two_years") => {
                (!reaches(self.day.two_years_before())).then_some(NO_TWO_YEARS)
            }
            measure if measure.starts_with("stability.") => {
                (!reaches(self.day.year_before())).then_some(NO_YEAR)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kinfolk_model::care::ShortBreakStarts;

    use super::*;

    /// Which measures have a value on 31 March 2025 with the returns of some years.
    fn told(years: &[i16]) -> Vec<&'static str> {
        let on = date(2025, 3, 31);
        let reach = Reach {
            covered: Covered::around(on, years),
            day: StabilityOptions {
                on,
                short_break_starts: ShortBreakStarts::LeftOut,
            },
            has_first_day: Covered::around(date(2024, 3, 31), years).is_some(),
        };
        let window = |code| Group::of("window", code);
        let asked = [
            ("children", "stability.children", Group::all()),
            ("year", "stability.three_or_more", window("year")),
            ("moves", "stability.move_rate", Group::all()),
            ("same home", "stability.same_home", Group::all()),
            ("two years", "stability.three_or_more", window("two_years")),
            ("carer", "stability.same_carer_two_years", Group::all()),
            ("leavers", "leavers.accommodation", Group::all()),
            ("path", "stability.path", Group::all()),
        ];
        let has_value =
            |(_, measure, group): &(_, &str, Group)| reach.against(measure, group).is_none();
        let told = asked.into_iter().filter(has_value);
        told.map(|(name, ..)| name).collect()
    }

    #[test]
    fn a_measure_needs_returns_as_far_back_as_it_looks() {
        let of_a_year = ["children", "year", "moves", "same home"];
        let rest = ["leavers", "path"];
        let check = |years: &[i16], more: &[&str]| {
            assert_eq!(told(years), [&of_a_year, more, &rest].concat(), "{years:?}");
        };
        check(&[2025], &[]);
        check(&[2024, 2025], &["two years"]);
        check(&[2023, 2024, 2025], &["two years", "carer"]);
        check(&[2022, 2023, 2025], &[]);
    }

    #[test]
    fn a_day_that_no_return_covers_has_nothing() {
        assert_eq!(told(&[]), ["path"]);
        assert_eq!(told(&[2022, 2023]), ["path"]);
        assert_eq!(told(&[2023, 2024]), ["same home", "path"]);
    }

    #[test]
    fn an_extract_tells_of_the_year_under_way() {
        let check = |on, expected: bool| {
            let found = of_extract(on, &[2023, 2024]);
            assert_eq!(found.is_some_and(|days| days.holds(on)), expected, "{on}");
        };
        check(date(2024, 3, 31), true);
        check(date(2024, 9, 30), true);
        check(date(2025, 4, 1), false);
        check(date(2021, 6, 1), false);
    }
}
