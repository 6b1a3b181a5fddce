//! Arms at the same time in care with an outcome, for a method that takes rows.

use kinfolk_model::{ComparisonMethod, MatchRule};
use kinfolk_stats::matching::Matches;
use kinfolk_stats::{Confidence, StatsError};

use super::{
    ArmsOutcome, ComparedArms, MethodEffects, RiskSetPairs, TimesInCare, at_rows, effects_by,
    effects_of_pairs, kept, pair_in_risk_sets, pairs_among,
};
use crate::{Timeline, Window};

/// What became of each child.
#[derive(Debug, Clone, PartialEq)]
pub enum OutcomeInCare {
    /// A value of each child, from whatever day it is followed; `None` where it is not known.
    Settled(Vec<Option<f64>>),
    /// What is recorded of each child since its care began, of which so many days count from the time
    /// in care of its pair.
    Dated {
        /// One event of each child.
        timelines: Vec<Timeline>,
        /// How many days count.
        days: i32,
    },
}

/// Children in care, and what became of them.
#[derive(Debug, Clone, PartialEq)]
pub struct ChildrenInCare {
    /// The children; who ever joined is in the programme.
    pub arms: ComparedArms,
    /// When each joined and left.
    pub times: TimesInCare,
    /// What became of each.
    pub outcome: OutcomeInCare,
}

/// Those whose outcome is known, paired before any outcome was looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowedInCare {
    /// The children; those who were comparators before they joined stand in both arms.
    pub arms: ComparedArms,
    /// The outcome of each.
    pub values: Vec<f64>,
    /// How many of either arm have no known outcome, or are not followed: programme, comparators.
    pub n_missing: [usize; 2],
    /// The pairs of whom both outcomes are known.
    pub pairs: Result<Matches, StatsError>,
    /// Which of the children each row is of.
    pub children: Vec<usize>,
}

impl ChildrenInCare {
    /// Those of whom `keep` is true. Covariates that all of them share are left out.
    #[must_use]
    pub fn part(&self, keep: &[bool]) -> Self {
        let rows: Vec<usize> = (0..keep.len()).filter(|&row| keep[row]).collect();
        self.of_rows(&rows, self.arms.subset(keep))
    }

    /// Those rows, each as often as it is named, a copy as a child of its own. Covariates that all of them
    /// share are left out.
    #[must_use]
    pub fn drawn(&self, rows: &[usize]) -> Self {
        self.of_rows(rows, self.arms.drawn(rows))
    }

    fn of_rows(&self, rows: &[usize], mut arms: ComparedArms) -> Self {
        arms.covariates.leave_out_constants();
        Self {
            arms,
            times: TimesInCare {
                joined: at_rows(&self.times.joined, rows),
                left: at_rows(&self.times.left, rows),
            },
            outcome: match &self.outcome {
                OutcomeInCare::Settled(values) => OutcomeInCare::Settled(at_rows(values, rows)),
                OutcomeInCare::Dated { timelines, days } => OutcomeInCare::Dated {
                    timelines: at_rows(timelines, rows),
                    days: *days,
                },
            },
        }
    }

    /// Pairs the children, and follows each pair from the time in care at which the one of it joined. A
    /// comparator is followed until it joins itself; one of a dated outcome who is in no pair, never.
    pub fn followed(&self, rule: &MatchRule) -> FollowedInCare {
        let found = pair_in_risk_sets(&self.arms, &self.times, rule);
        let (arms, second_rows, pairs) = match found {
            Ok(RiskSetPairs {
                second_rows,
                arms,
                matches,
            }) => (arms, second_rows, Ok(matches)),
            Err(error) => (self.arms.clone(), Vec::new(), Err(error)),
        };
        let matches = pairs.as_ref().ok();
        let outcomes = self.outcomes(&second_rows, matches);
        let known: Vec<bool> = outcomes.iter().map(Option::is_some).collect();
        let own = arms.subset(&known);
        let children: Vec<usize> = (0..self.arms.keys.len()).chain(second_rows).collect();
        FollowedInCare {
            children: kept(&children, &known),
            n_missing: [true, false].map(|arm| arms.n_in(arm) - own.n_in(arm)),
            values: outcomes.into_iter().flatten().collect(),
            pairs: pairs.map(|matches| pairs_among(&matches, &known)),
            arms: own,
        }
    }

    /// The outcome of each row, second rows behind the others.
    fn outcomes(&self, second_rows: &[usize], matches: Option<&Matches>) -> Vec<Option<f64>> {
        let n = self.arms.treated.len();
        let child = |row: usize| row.checked_sub(n).map_or(row, |place| second_rows[place]);
        match &self.outcome {
            OutcomeInCare::Settled(values) => {
                let rows = 0..n + second_rows.len();
                rows.map(|row| values[child(row)]).collect()
            }
            OutcomeInCare::Dated { timelines, days } => {
                let mut found = vec![None; n + second_rows.len()];
                let mut follow = |row: usize, from: Option<f64>, until: Option<f64>| {
                    let timeline = &timelines[child(row)];
                    found[row] = from.and_then(|from| {
                        let window = Window {
                            from: from as i32,
                            days: *days,
                            until: until.map(|until| until as i32),
                        };
                        timeline.outcomes(window).first()?.value
                    });
                };
                for (row, joined) in self.times.joined.iter().enumerate() {
                    follow(row, *joined, None);
                }
                for pair in matches.into_iter().flat_map(|matches| &matches.pairs) {
                    let own = self.times.joined[child(pair.control)];
                    follow(pair.control, self.times.joined[pair.treated], own);
                }
                found
            }
        }
    }
}

impl FollowedInCare {
    /// The rows with their outcome.
    pub fn data(&self) -> ArmsOutcome<'_> {
        ArmsOutcome {
            arms: &self.arms,
            outcome: &self.values,
        }
    }

    /// The effect in the pairs, or between the arms as they are: the programme and whoever is followed
    /// beside it.
    ///
    /// # Errors
    ///
    /// As [`effects_by`].
    pub fn effects(
        &self,
        method: ComparisonMethod,
        rule: &MatchRule,
        confidence: Confidence,
    ) -> Result<MethodEffects, StatsError> {
        match (method, &self.pairs) {
            (ComparisonMethod::Matched, Ok(pairs)) => {
                effects_of_pairs(self.data(), pairs, confidence)
            }
            (ComparisonMethod::Matched, Err(error)) => Err(error.clone()),
            _ => effects_by(method, self.data(), rule, confidence),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::{Covariate, Covariates};

    /// Child 0 joins on day 10 and child 1, its comparator, on day 50; child 2 has left by then.
    fn children(outcome: OutcomeInCare) -> ChildrenInCare {
        let joined = vec![Some(10.0), Some(50.0), None, None];
        ChildrenInCare {
            arms: ComparedArms {
                treated: joined.iter().map(Option::is_some).collect(),
                covariates: Covariates(vec![Covariate {
                    name: "age".to_owned(),
                    values: vec![9.0, 9.5, 8.0, 4.0],
                    reference: None,
                }]),
                exact: None,
                limits: Vec::new(),
                keys: vec![0, 1, 2, 3],
                clusters: None,
            },
            times: TimesInCare {
                joined,
                left: vec![400.0, 400.0, 30.0, 400.0],
            },
            outcome,
        }
    }

    fn no_caliper() -> MatchRule {
        MatchRule {
            caliper: None,
            ..MatchRule::default()
        }
    }

    #[test]
    fn each_pair_is_followed_from_its_own_time_in_care() {
        let check = |events: [&[i32]; 4], days: i32, expected: &[f64], missing: [usize; 2]| {
            let timelines = events.iter().zip([400, 400, 30, 400]);
            let timelines =
                timelines.map(|(days, last)| Timeline::of_event(days.to_vec(), None, last));
            let followed = children(OutcomeInCare::Dated {
                timelines: timelines.collect(),
                days,
            })
            .followed(&no_caliper());
            assert_eq!(followed.values, expected, "{events:?}");
            assert_eq!(followed.n_missing, missing, "{events:?}");
        };
        // Rows: 0 and 1 in the programme, 3 and the second row of child 1 as comparators.
        check([&[11], &[], &[], &[]], 30, &[1.0, 0.0, 0.0, 0.0], [0, 1]);
        // Day 45 counts for child 1 as the comparator of day 10, and not once it joined.
        check([&[], &[45], &[], &[51]], 40, &[0.0, 0.0, 1.0, 1.0], [0, 1]);
        // Of 41 days 40 are left before it joins; the outcome is asked of all of them.
        check([&[], &[], &[], &[9]], 41, &[0.0, 0.0, 0.0, 0.0], [0, 1]);
        check([&[], &[51], &[], &[9]], 41, &[0.0, 1.0, 0.0, 1.0], [0, 1]);
    }

    #[test]
    fn a_settled_outcome_is_the_same_in_both_rows_of_a_child() {
        let values = vec![Some(3.0), Some(4.0), None, Some(5.0)];
        let followed = children(OutcomeInCare::Settled(values)).followed(&no_caliper());
        assert_eq!(followed.values, [3.0, 4.0, 5.0, 4.0]);
        assert_eq!(followed.arms.treated, [true, true, false, false]);
        assert_eq!(followed.pairs.unwrap().pairs.len(), 2);
    }
}
