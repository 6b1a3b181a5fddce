//! What the yearly outcomes (OC2) say of a made-up child besides the SDQ.

use kinfolk_model::care::YearlyAnswers;

use crate::random::Stream;

/// Below this age development assessments are asked about.
const OF_SCHOOL: i64 = 5;
/// From this age on convictions and substance misuse may be.
const OF_RESPONSIBILITY: i64 = 10;
/// Of a hundred children: whose development assessments are up to date, as in England in 2025; the others are
/// of no source.
const DEVELOPMENT: i64 = 88;
const HEALTH_ASSESSMENT: i64 = 90;
const IMMUNISATIONS: i64 = 83;
const TEETH_CHECK: i64 = 79;
const SUBSTANCE_MISUSE: i64 = 6;
const INTERVENTION: i64 = 50;
const CONVICTED: i64 = 4;
/// So many numbers of a hundred a year goes on.
const STEP: i64 = 37;

/// The numbers of a hundred from which a child's answers follow in any year.
#[derive(Debug, Clone, Copy)]
pub(crate) struct YearlyDraws([i64; 8]);

impl YearlyDraws {
    pub(crate) fn of(stream: &mut Stream) -> Self {
        Self(std::array::from_fn(|_| stream.between(0, 99)))
    }

    /// The answers of a child of that age at the end of a return. Some are of nobody: those that do not
    /// depend on age are all given or, for one child in fifty, all blank.
    pub(crate) fn answers(self, age: i64, year: i16) -> YearlyAnswers {
        let number = |at: usize| (self.0[at] + STEP * i64::from(year)) % 100;
        if number(7) < 2 {
            return YearlyAnswers::default();
        }
        let is_old_enough = age >= OF_RESPONSIBILITY;
        let misuse = is_old_enough && number(4) < SUBSTANCE_MISUSE;
        let received = number(5) < INTERVENTION;
        YearlyAnswers {
            convicted: is_old_enough.then(|| number(6) < CONVICTED),
            health_check: (age < OF_SCHOOL).then(|| number(0) < DEVELOPMENT),
            immunisations: Some(number(1) < IMMUNISATIONS),
            teeth_check: Some(number(2) < TEETH_CHECK),
            health_assessment: Some(number(3) < HEALTH_ASSESSMENT),
            substance_misuse: Some(misuse),
            intervention_received: misuse.then_some(received),
            intervention_offered: (misuse && !received).then(|| number(5) < 75),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_follows_from_age() {
        for seed in 0..200 {
            let draws = YearlyDraws::of(&mut Stream::of_child(seed, 0));
            for age in 0..18 {
                let answers = draws.answers(age, 2025);
                if answers == YearlyAnswers::default() {
                    continue;
                }
                assert_eq!(answers.health_check.is_some(), age < 5);
                assert_eq!(answers.convicted.is_some(), age >= 10);
                let misuse = answers.substance_misuse == Some(true);
                assert_eq!(answers.intervention_received.is_some(), misuse);
                let declined = answers.intervention_received == Some(false);
                assert_eq!(answers.intervention_offered.is_some(), declined);
            }
        }
    }
}
