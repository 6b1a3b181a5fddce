//! The trial criteria: under 16; in care under three years (five in Scotland); no plan to return
//! home; no plan for adoption. All at referral.

use kinfolk_model::{Country, YesNo};

/// A test of the trial criteria.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CriteriaTest {
    /// Under 16.
    Age,
    /// In care under three years, in Scotland under five.
    TimeInCare,
    /// No plan to return home.
    PlanToReturnHome,
    /// No plan for adoption.
    PlanForAdoption,
}

impl CriteriaTest {
    /// Every test.
    pub const ALL: [Self; 4] = [
        Self::Age,
        Self::TimeInCare,
        Self::PlanToReturnHome,
        Self::PlanForAdoption,
    ];

    /// The code in groups.
    pub fn code(self) -> &'static str {
        match self {
            Self::Age => "age",
            Self::TimeInCare => "time_in_care",
            Self::PlanToReturnHome => "plan_to_return_home",
            Self::PlanForAdoption => "plan_for_adoption",
        }
    }
}

/// How a child stands to one test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Passed.
    Passed,
    /// Failed.
    Failed,
    /// Something that the test needs was not recorded.
    Undecided,
}

/// How a child stands to the criteria as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Passed every test.
    Meets,
    /// Failed at least one test, whatever became of the others.
    Fails,
    /// Failed none, and at least one could not be decided.
    NotDecided,
}

/// The verdict of each test, in the order of [`CriteriaTest::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CriteriaFacts([Verdict; 4]);

impl CriteriaFacts {
    /// The verdict of one test.
    pub fn verdict(&self, test: CriteriaTest) -> Verdict {
        self.0[test as usize]
    }

    /// How the child stands as a whole.
    pub fn standing(&self) -> Standing {
        if self.0.contains(&Verdict::Failed) {
            Standing::Fails
        } else if self.0.contains(&Verdict::Undecided) {
            Standing::NotDecided
        } else {
            Standing::Meets
        }
    }
}

/// What the tests look at, all at referral.
pub(super) struct AtReferral {
    pub(super) country: Country,
    pub(super) age: Option<u8>,
    pub(super) years_in_care: Option<u8>,
    pub(super) plan_to_return_home: Option<YesNo>,
    pub(super) plan_for_adoption: Option<YesNo>,
}

pub(super) fn derive_criteria(child: &AtReferral) -> CriteriaFacts {
    CriteriaFacts([
        below(child.age, 16),
        below(child.years_in_care, years_in_care_limit(child.country)),
        no(child.plan_to_return_home),
        no(child.plan_for_adoption),
    ])
}

/// Wales had no trial of its own; it follows England here.
fn years_in_care_limit(country: Country) -> u8 {
    match country {
        Country::England | Country::Wales => 3,
        Country::Scotland => 5,
    }
}

fn below(years: Option<u8>, limit: u8) -> Verdict {
    match years {
        Some(years) if years < limit => Verdict::Passed,
        Some(_) => Verdict::Failed,
        None => Verdict::Undecided,
    }
}

fn no(plan: Option<YesNo>) -> Verdict {
    match plan {
        Some(YesNo::No) => Verdict::Passed,
        Some(YesNo::Yes) => Verdict::Failed,
        Some(YesNo::NotKnown) | None => Verdict::Undecided,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn child(country: Country, age: u8, years_in_care: u8) -> AtReferral {
        AtReferral {
            country,
            age: Some(age),
            years_in_care: Some(years_in_care),
            plan_to_return_home: Some(YesNo::No),
            plan_for_adoption: Some(YesNo::No),
        }
    }

    #[test]
    fn limits_differ_by_nation() {
        let check = |country, age, years, expected| {
            let facts = derive_criteria(&child(country, age, years));
            assert_eq!(facts.standing(), expected, "{country} {age} {years}");
        };
        check(Country::England, 15, 2, Standing::Meets);
        check(Country::England, 16, 2, Standing::Fails);
        check(Country::England, 15, 3, Standing::Fails);
        check(Country::Wales, 15, 3, Standing::Fails);
        check(Country::Wales, 15, 2, Standing::Meets);
        check(Country::Scotland, 15, 4, Standing::Meets);
        check(Country::Scotland, 15, 5, Standing::Fails);
    }

    #[test]
    fn a_failed_test_decides_whatever_else_is_unknown() {
        let unknown_plan = AtReferral {
            plan_for_adoption: Some(YesNo::NotKnown),
            ..child(Country::England, 12, 1)
        };
        let facts = derive_criteria(&unknown_plan);
        assert_eq!(facts.standing(), Standing::NotDecided);
        assert_eq!(
            facts.verdict(CriteriaTest::PlanForAdoption),
            Verdict::Undecided
        );

        let returning = AtReferral {
            plan_to_return_home: Some(YesNo::Yes),
            ..unknown_plan
        };
        assert_eq!(derive_criteria(&returning).standing(), Standing::Fails);
    }

    #[test]
    fn nothing_recorded_decides_nothing() {
        let blank = AtReferral {
            country: Country::England,
            age: None,
            years_in_care: None,
            plan_to_return_home: None,
            plan_for_adoption: None,
        };
        assert_eq!(derive_criteria(&blank).standing(), Standing::NotDecided);
    }
}
