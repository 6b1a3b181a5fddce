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
