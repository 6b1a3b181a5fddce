//! What a row of the yearly outcomes says of the SDQ against age and against time in care, by the sector's
//! rules. A table of the study and one of the return are held to the same.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use kinfolk_model::SdqReason;

use crate::rules::{self, Rule};

/// What a row says of the SDQ, and what is known of its child.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SaidOfSdq {
    pub(crate) has_score: bool,
    pub(crate) has_reason: bool,
    pub(crate) reason: Option<SdqReason>,
    /// Whether the child had been looked after for twelve months, where that is known.
    pub(crate) twelve_months: Option<bool>,
    pub(crate) born: Option<Date>,
    /// The year in which the collection ends.
    pub(crate) year: i16,
}

impl SaidOfSdq {
    /// The column to look at.
    pub(crate) fn column(&self) -> &'static str {
        if self.has_reason && !self.has_score {
            "sdq_reason"
        } else {
            "sdq_score"
        }
    }

    fn says_nothing(&self) -> bool {
        !self.has_score && !self.has_reason
    }

    /// Every rule that the row breaks, and in which way.
    pub(crate) fn breaches(&self) -> Vec<(&'static Rule, String)> {
        let mut breaches = Vec::new();
        if self.twelve_months == Some(false) && !self.says_nothing() {
            let message = format!("{} is filled", self.column());
            breaches.push((&rules::OC2_185, message));
        }
        breaches.extend(self.born.into_iter().flat_map(|born| self.of_age(born)));
        breaches
    }

    /// The rules that ask how old the child was.
    fn of_age(&self, birth: Date) -> Vec<(&'static Rule, String)> {
        let (start, end) = (date(self.year - 1, 4, 1), date(self.year, 3, 31));
        let birthday = |years: i16| birth.checked_add(years.years()).unwrap_or(Date::MAX);
        let (fourth, sixteenth, seventeenth) = (birthday(4), birthday(16), birthday(17));
        let in_year = |day: Date| (start..=end).contains(&day);
        let is_due = self.twelve_months == Some(true);
        let says_too_young_or_old = self.reason == Some(SdqReason::OutsideAges) && !self.has_score;
        let is_of_right_age = fourth <= start && sixteenth >= end;
        let rules = [
            (
                is_due && is_of_right_age && says_too_young_or_old,
                &rules::OC2_157,
            ),
            (
                is_due && self.says_nothing() && fourth <= start && seventeenth > end,
                &rules::OC2_186,
            ),
            (!self.says_nothing() && fourth > end, &rules::OC2_188),
            (!self.says_nothing() && seventeenth < start, &rules::OC2_189),
            (
                is_due && self.says_nothing() && (in_year(fourth) || in_year(seventeenth)),
                &rules::OC2_197B,
            ),
        ];
        let message = format!("born on {birth}, collection from {start} to {end}");
        rules
            .into_iter()
            .filter(|(is_broken, _)| *is_broken)
            .map(|(_, rule)| (rule, message.clone()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn returned(birth: Date) -> SaidOfSdq {
        SaidOfSdq {
            has_score: false,
            has_reason: false,
            reason: None,
            twelve_months: Some(true),
            born: Some(birth),
            year: 2026,
        }
    }

    fn check(returned: &SaidOfSdq, expected: &[&str]) {
        let broken: Vec<&str> = returned
            .breaches()
            .iter()
            .map(|(rule, _)| rule.id)
            .collect();
        assert_eq!(broken, expected, "{:?}", returned.born);
    }

    #[test]
    fn birthdays_at_the_edges_of_the_year_fall_on_the_right_side() {
        check(&returned(date(2021, 4, 1)), &["oc2-186", "oc2-197b"]);
        check(&returned(date(2021, 3, 31)), &["oc2-186"]);
        check(&returned(date(2022, 3, 31)), &["oc2-197b"]);
        check(&returned(date(2022, 4, 1)), &[]);
        check(&returned(date(2009, 4, 1)), &["oc2-186"]);
        check(&returned(date(2009, 3, 31)), &["oc2-197b"]);
        check(&returned(date(2008, 4, 1)), &["oc2-197b"]);
        check(&returned(date(2008, 3, 31)), &[]);
    }

    #[test]
    fn a_score_is_too_early_before_four_and_too_late_after_seventeen() {
        let with_score = |birth| SaidOfSdq {
            has_score: true,
            ..returned(birth)
        };
        check(&with_score(date(2022, 4, 1)), &["oc2-188"]);
        check(&with_score(date(2022, 3, 31)), &[]);
        check(&with_score(date(2008, 4, 1)), &[]);
        check(&with_score(date(2008, 3, 31)), &["oc2-189"]);
    }

    #[test]
    fn a_reason_must_fit_the_age() {
        let with_reason = |birth, reason| SaidOfSdq {
            has_reason: true,
            reason: Some(reason),
            ..returned(birth)
        };
        let (middle, young, old) = (date(2015, 6, 1), date(2021, 4, 2), date(2010, 3, 30));
        check(&with_reason(middle, SdqReason::OutsideAges), &["oc2-157"]);
        check(&with_reason(middle, SdqReason::CarerRefused), &[]);
        check(&with_reason(young, SdqReason::OutsideAges), &[]);
        check(&with_reason(old, SdqReason::OutsideAges), &[]);
        check(
            &with_reason(date(2010, 3, 31), SdqReason::OutsideAges),
            &["oc2-157"],
        );
    }

    #[test]
    fn a_child_not_in_care_all_year_needs_neither() {
        let part = SaidOfSdq {
            twelve_months: Some(false),
            ..returned(date(2015, 6, 1))
        };
        check(&part, &[]);
        check(
            &SaidOfSdq {
                has_score: true,
                ..part
            },
            &["oc2-185"],
        );
    }

    #[test]
    fn without_a_date_of_birth_no_age_is_asked() {
        check(
            &SaidOfSdq {
                born: None,
                ..returned(date(2015, 6, 1))
            },
            &[],
        );
    }
}
