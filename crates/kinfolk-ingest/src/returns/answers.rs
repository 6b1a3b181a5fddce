//! What the answers of the yearly outcomes break among themselves, against age and against time in care, by
//! the sector's rules. A table of the study and one of the return are held to the same.

use jiff::civil::Date;
use kinfolk_model::care::YearlyAnswers;

use super::rules;
use crate::rules::Rule;

/// From this age on convictions are asked about.
const OF_RESPONSIBILITY: i16 = 10;
/// From this age on development assessments are not.
const OF_SCHOOL: i16 = 5;

/// The answers of a row, and what is known of its child on the last day of the return.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answered {
    pub(crate) answers: YearlyAnswers,
    pub(crate) born: Option<Date>,
    /// Whether the child had been looked after for twelve months, where that is known.
    pub(crate) twelve_months: Option<bool>,
    pub(crate) last_day: Date,
}

/// A rule that is broken, and the column to look at.
pub(crate) type AnswerBreach = (&'static Rule, &'static str);

impl Answered {
    /// Every rule that the row breaks.
    pub(crate) fn breaches(&self) -> Vec<AnswerBreach> {
        let every = [
            self.beside_the_others(),
            self.interventions(),
            self.of_age(),
            self.of_time_in_care(),
        ];
        every.into_iter().flatten().collect()
    }

    fn is_complete(&self) -> bool {
        let asked_of_all = [
            self.answers.immunisations,
            self.answers.teeth_check,
            self.answers.health_assessment,
            self.answers.substance_misuse,
        ];
        asked_of_all.iter().all(Option::is_some)
    }

    /// What goes with an answer of the two that depend on age.
    fn beside_the_others(&self) -> Vec<AnswerBreach> {
        let alone = |answer| answer == Some(true) && !self.is_complete();
        broken([
            (
                alone(self.answers.convicted),
                (&rules::CONVICTED_ONLY, "convicted"),
            ),
            (
                alone(self.answers.health_check),
                (&rules::HEALTH_CHECK_ONLY, "health_check"),
            ),
        ])
    }

    /// What is said of interventions goes with what is said of substance misuse.
    fn interventions(&self) -> Vec<AnswerBreach> {
        let YearlyAnswers {
            substance_misuse,
            intervention_received: received,
            intervention_offered: offered,
            ..
        } = self.answers;
        let has_misuse = substance_misuse == Some(true);
        broken([
            (
                has_misuse && received.is_none(),
                (&rules::INTERVENTION_BLANK, "intervention_received"),
            ),
            (
                has_misuse && received == Some(true) && offered.is_some(),
                (&rules::INTERVENTION_TWICE, "intervention_offered"),
            ),
            (
                has_misuse && received == Some(false) && offered.is_none(),
                (&rules::OFFER_BLANK, "intervention_offered"),
            ),
            (
                !has_misuse && (received.is_some() || offered.is_some()),
                (&rules::INTERVENTION_WITHOUT_MISUSE, "intervention_received"),
            ),
        ])
    }

    fn of_age(&self) -> Vec<AnswerBreach> {
        let YearlyAnswers {
            convicted,
            health_check,
            ..
        } = self.answers;
        broken([
            (
                convicted.is_some() && self.has_reached(OF_RESPONSIBILITY) == Some(false),
                (&rules::CONVICTED_TOO_YOUNG, "convicted"),
            ),
            (
                health_check.is_some() && self.has_reached(OF_SCHOOL) == Some(true),
                (&rules::HEALTH_CHECK_TOO_OLD, "health_check"),
            ),
        ])
    }

    /// A row that answers nothing may be there for the SDQ alone, and is not asked for more.
    fn of_time_in_care(&self) -> Vec<AnswerBreach> {
        let has_answers = self.answers != YearlyAnswers::default();
        let is_due = has_answers && self.twelve_months == Some(true);
        let is_young = self.has_reached(OF_SCHOOL) == Some(false);
        broken([
            (
                has_answers && self.twelve_months == Some(false),
                (&rules::ANSWERS_NOT_DUE, "health_assessment"),
            ),
            (
                is_due && !self.is_complete(),
                (&rules::ANSWERS_BLANK, "health_assessment"),
            ),
            (
                is_due && is_young && self.answers.health_check.is_none(),
                (&rules::HEALTH_CHECK_BLANK, "health_check"),
            ),
        ])
    }

    /// Whether the child is so old; `None` where its date of birth is not known.
    fn has_reached(&self, age: i16) -> Option<bool> {
        let born = self.born?;
        let year = born.year() + age;
        // Who was born on 29 February is a year older on 1 March.
        let birthday = Date::new(year, born.month(), born.day());
        let birthday = birthday.or_else(|_| Date::new(year, 3, 1)).ok()?;
        Some(birthday <= self.last_day)
    }
}

fn broken<const N: usize>(rules: [(bool, AnswerBreach); N]) -> Vec<AnswerBreach> {
    let broken = rules.into_iter().filter(|(is_broken, _)| *is_broken);
    broken.map(|(_, breach)| breach).collect()
}
