//! Health, substance misuse and convictions of children who were looked after for twelve months, by the rules
//! of the official tables.

use jiff::civil::{Date, date};
use kinfolk_model::ChildId;
use kinfolk_model::care::{CareRecords, YearlyAnswers, YearlyOutcomes, return_year};

use super::answer::ReturnAnswer;
use crate::derive::age::completed_years;

/// Below this age development assessments are asked about.
const OF_SCHOOL: u8 = 5;
/// From this age on convictions are.
const OF_RESPONSIBILITY: u8 = 10;

/// What is asked of children looked after for twelve months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum YearlyQuestion {
    /// Whether their health was assessed in the year.
    HealthAssessment,
    /// Whether a dentist checked their teeth in the year.
    TeethCheck,
    /// Whether their immunisations are up to date.
    Immunisations,
    /// Whether development assessments are up to date; of those under five.
    Development,
    /// Whether they were identified as having a substance misuse problem.
    SubstanceMisuse,
    /// Whether they received an intervention for it; of those who have one.
    InterventionReceived,
    /// Whether they were offered one and did not take it; of those who have one.
    InterventionDeclined,
    /// Whether they were convicted, or subject to a youth caution; of those of ten or older.
    Convicted,
}

impl YearlyQuestion {
    /// Every question, in the order of the official tables.
    pub const ALL: [Self; 8] = [
        Self::HealthAssessment,
        Self::TeethCheck,
        Self::Immunisations,
        Self::Development,
        Self::SubstanceMisuse,
        Self::InterventionReceived,
        Self::InterventionDeclined,
        Self::Convicted,
    ];

    /// The code in groups.
    pub fn code(self) -> &'static str {
        match self {
            Self::HealthAssessment => "health_assessment",
            Self::TeethCheck => "teeth_check",
            Self::Immunisations => "immunisations",
            Self::Development => "development",
            Self::SubstanceMisuse => "substance_misuse",
            Self::InterventionReceived => "intervention_received",
            Self::InterventionDeclined => "intervention_declined",
            Self::Convicted => "convicted",
        }
    }

    /// The words.
    pub fn label(self) -> &'static str {
        match self {
            Self::HealthAssessment => "Health assessed in the year",
            Self::TeethCheck => "Teeth checked by a dentist in the year",
            Self::Immunisations => "Immunisations up to date",
            Self::Development => "Development assessments up to date",
            Self::SubstanceMisuse => "Substance misuse identified",
            Self::InterventionReceived => "Intervention for substance misuse received",
            Self::InterventionDeclined => "Intervention for substance misuse offered and not taken",
            Self::Convicted => "Convicted, or subject to a youth caution",
        }
    }
}

/// One child who had been looked after for twelve months on the last day of the return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearlyFacts {
    /// The child.
    pub child_id: ChildId,
    /// Age on that day, in completed years.
    age: Option<u8>,
    answers: YearlyAnswers,
}

impl YearlyFacts {
    /// The answer to a question; `None` where it is not asked of the child.
    pub fn answer(&self, question: YearlyQuestion) -> Option<ReturnAnswer> {
        let answers = &self.answers;
        let said = match question {
            YearlyQuestion::HealthAssessment => answers.health_assessment,
            YearlyQuestion::TeethCheck => answers.teeth_check,
            YearlyQuestion::Immunisations => answers.immunisations,
            YearlyQuestion::Development => {
                self.age.filter(|age| *age < OF_SCHOOL)?;
                answers.health_check
            }
            YearlyQuestion::SubstanceMisuse => answers.substance_misuse,
            YearlyQuestion::InterventionReceived => {
                answers.substance_misuse.filter(|has| *has)?;
                answers.intervention_received
            }
            YearlyQuestion::InterventionDeclined => {
                answers.substance_misuse.filter(|has| *has)?;
                match answers.intervention_received {
                    Some(true) => Some(false),
                    _ => answers.intervention_offered,
                }
            }
            YearlyQuestion::Convicted => {
                self.age.filter(|age| *age >= OF_RESPONSIBILITY)?;
                answers.convicted
            }
        };
        Some(ReturnAnswer::of(said))
    }
}

/// A child who had been looked after for twelve months, as its history tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TwelveMonths {
    pub(super) child: u32,
    pub(super) born: Option<Date>,
}

/// Every child who had been looked after for twelve months on the last day of a return, with the answers of
/// that return; nothing on another day, or where the return has no such table. `histories` are sorted by
/// child.
pub(super) fn derive_yearly(
    records: &CareRecords,
    histories: &[TwelveMonths],
    on: Date,
) -> Vec<YearlyFacts> {
    let year = return_year(on);
    let of_year = |row: &&YearlyOutcomes| row.year == year;
    if on != date(year, 3, 31) || !records.yearly.iter().any(|row| of_year(&row)) {
        return Vec::new();
    }
    let facts = |history: &TwelveMonths| {
        let first = records
            .yearly
            .partition_point(|row| row.child < history.child);
        let own = records.yearly[first..].iter();
        let row = own
            .take_while(|row| row.child == history.child)
            .find(of_year);
        let child = records.children.get(history.child as usize);
        YearlyFacts {
            child_id: child.map_or_else(|| ChildId::new(""), |child| child.child_id.clone()),
            age: history.born.and_then(|born| completed_years(born, on)),
            answers: row.map(|row| row.answers).unwrap_or_default(),
        }
    };
    histories.iter().map(facts).collect()
}

#[cfg(test)]
mod tests {
    use kinfolk_model::care::{CareChild, ShortCode};

    use super::*;

    const ON: Date = date(2025, 3, 31);

    fn facts(age: i16, answers: YearlyAnswers) -> YearlyFacts {
        let records = CareRecords {
            children: vec![CareChild {
                child_id: ChildId::new("Y"),
                sex: None,
                date_of_birth: None,
                ethnicity: ShortCode::BLANK,
                is_unaccompanied: false,
                has_episodes: true,
            }],
            yearly: vec![YearlyOutcomes {
                child: 0,
                year: 2025,
                sdq_score: None,
                sdq_reason: ShortCode::BLANK,
                answers,
            }],
            ..CareRecords::default()
        };
        let history = TwelveMonths {
            child: 0,
            born: Some(date(2025 - age, 3, 31)),
        };
        derive_yearly(&records, &[history], ON).remove(0)
    }

    #[test]
    fn some_questions_depend_on_age() {
        let answers = YearlyAnswers {
            convicted: Some(false),
            health_check: Some(true),
            ..YearlyAnswers::default()
        };
        let check = |age, development, convicted| {
            let found = facts(age, answers);
            assert_eq!(found.answer(YearlyQuestion::Development), development);
            assert_eq!(found.answer(YearlyQuestion::Convicted), convicted);
            let of_all = found.answer(YearlyQuestion::TeethCheck);
            assert_eq!(of_all, Some(ReturnAnswer::NoInformation));
        };
        check(4, Some(ReturnAnswer::Yes), None);
        check(5, None, None);
        check(9, None, None);
        check(10, None, Some(ReturnAnswer::No));
    }

    #[test]
    fn interventions_are_asked_of_those_with_substance_misuse() {
        let check = |misuse, received, offered, expected: [Option<ReturnAnswer>; 2]| {
            let found = facts(
                14,
                YearlyAnswers {
                    substance_misuse: misuse,
                    intervention_received: received,
                    intervention_offered: offered,
                    ..YearlyAnswers::default()
                },
            );
            let answers = [
                YearlyQuestion::InterventionReceived,
                YearlyQuestion::InterventionDeclined,
            ];
            assert_eq!(answers.map(|question| found.answer(question)), expected);
        };
        use ReturnAnswer::{No, NoInformation, Yes};
        check(Some(true), Some(true), None, [Some(Yes), Some(No)]);
        check(Some(true), Some(false), Some(true), [Some(No), Some(Yes)]);
        check(Some(true), Some(false), Some(false), [Some(No), Some(No)]);
        check(
            Some(true),
            None,
            None,
            [Some(NoInformation), Some(NoInformation)],
        );
        check(Some(false), Some(true), None, [None, None]);
        check(None, None, None, [None, None]);
    }

    #[test]
    fn without_the_table_or_on_another_day_nothing_is_asked() {
        let history = [TwelveMonths {
            child: 0,
            born: None,
        }];
        assert!(derive_yearly(&CareRecords::default(), &history, ON).is_empty());
        let records = CareRecords {
            yearly: vec![YearlyOutcomes {
                child: 0,
                year: 2025,
                sdq_score: None,
                sdq_reason: ShortCode::BLANK,
                answers: YearlyAnswers::default(),
            }],
            ..CareRecords::default()
        };
        assert_eq!(derive_yearly(&records, &history, ON).len(), 1);
        assert!(derive_yearly(&records, &history, date(2025, 3, 30)).is_empty());
        assert!(derive_yearly(&records, &history, date(2024, 3, 31)).is_empty());
    }
}
