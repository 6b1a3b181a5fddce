//! Returns inside a study: the children of the service beside everyone.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use kinfolk_model::care::{
    CareChild, CareRecords, CareReturns, Episode, ReturnAccount, ShortCode, YearlyAnswers,
    YearlyOutcomes,
};
use kinfolk_model::{Child, ChildId, Estimates, Period, Settings, Statistic, Study, Table};
use kinfolk_outcomes::analyse;
use proptest::prelude::*;

use super::any_returns::{ON, any_returns, history};
use super::any_study::settings;
use super::structure::sound;

/// A study of some of the children of returns, with a start where a number says how long after 2017
/// began; `None` for a child with whom the service does not work.
fn study(records: CareRecords, starts: &[Option<i32>]) -> Study {
    let period = Period {
        start: date(2019, 4, 1),
        end: ON,
    };
    let mut study = Study::new(Settings {
        period,
        ..settings()
    });
    let served = records.children.iter().zip(starts);
    let rows = served.filter_map(|(child, start)| {
        let start = (*start)?;
        Some(Child {
            start_date: Some(date(2017, 1, 1) + start.days()),
            ..Child::new(child.child_id.clone())
        })
    });
    study.children = Table::from_rows(rows.collect());
    let n_read = records.episodes.len() as u64;
    study.care = CareReturns {
        records,
        tables: vec![ReturnAccount {
            name: "episodes".to_owned(),
            n_read,
            ..ReturnAccount::default()
        }],
    };
    study
}

fn any_care_study() -> impl Strategy<Value = Study> {
    let starts = prop::collection::vec(prop::option::of(0i32..1300), 30);
    (any_returns(30), starts).prop_map(|(records, starts)| study(records, &starts))
}

/// The counts of a share or the value of a count; `None` where there is no such record.
fn numbers(found: &Estimates, arm: &str, measure: &str, group: &str) -> Option<(u64, u64)> {
    let record = found.records.iter().find(|r| {
        let is_share = r.statistic == Statistic::Proportion;
        is_share && r.arm == arm && r.measure == measure && r.group.to_string() == group
    })?;
    record.numerator.zip(record.denominator)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_sum_holds_in_every_arm(study in any_care_study()) {
        let structure = analyse(&study).structure;
        for sum in &structure.sums {
            let parts: u64 = sum.parts.iter().map(|part| structure.cells[part].value).sum();
            prop_assert_eq!(structure.cells[&sum.total].value, parts, "{:?}", sum);
        }
        for (name, cell) in &structure.cells {
            let children = cell.children.unwrap_or_default();
            prop_assert!(children <= cell.value, "{}: {:?}", name, cell);
            prop_assert_eq!(children == 0, cell.value == 0 || cell.children.is_none(), "{}", name);
        }
    }

    #[test]
    fn every_number_is_carried_by_its_cell(study in any_care_study()) {
        let estimates = analyse(&study);
        let cells = &estimates.structure.cells;
        let mut keys = BTreeSet::new();
        for record in &estimates.records {
            prop_assert_eq!(sound(record), Ok(()));
            prop_assert!(keys.insert(record.key()), "{} twice", record.key());
            let Some(carried) = estimates.structure.carried.get(&record.key()) else {
                prop_assert!(record.value.is_none(), "{}", record.key());
                continue;
            };
            let check = |cell: &Option<String>, number: Option<u64>| {
                cell.as_ref().map(|name| cells[name].value) == number.filter(|_| cell.is_some())
            };
            prop_assert!(check(&carried.value, record.value.map(|value| value as u64)));
            prop_assert!(check(&carried.numerator, record.numerator));
            prop_assert!(check(&carried.denominator, record.denominator));
            prop_assert!(carried.rests_on.iter().all(|name| cells.contains_key(name)));
        }
        let ids: Vec<&String> = estimates.structure.breakdowns.iter().map(|b| &b.id).collect();
        prop_assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    }

    #[test]
    fn the_service_and_the_others_are_everyone(study in any_care_study()) {
        let found = analyse(&study);
        let is_told = found.records.iter().any(|r| {
            r.arm == "programme" && r.measure == "stability.same_home" && r.group.is_all()
        });
        // Where the study dates starts, a child whose work begins after the period is not of the service.
        let starts = || study.children.rows.iter().map(|child| child.start_date);
        let has_begun = |day: Date| day <= study.settings.period.end;
        let is_served = match starts().flatten().next() {
            None => starts().next().is_some(),
            Some(_) => starts().flatten().any(has_begun),
        };
        prop_assert_eq!(is_told, is_served);
        let shares = [
            ("stability.three_or_more", "window=year"),
            ("yearly.outcomes", "question=health_assessment;answer=yes"),
        ];
        for (measure, group) in shares {
            let of_service = numbers(&found, "programme", measure, group);
            if let Some((programme, everyone)) = of_service.zip(numbers(&found, "", measure, group)) {
                prop_assert!(programme.0 <= everyone.0 && programme.1 <= everyone.1);
            }
        }
        let is_asked = |arm| numbers(&found, arm, "yearly.outcomes", "question=health_assessment;answer=yes").is_some();
        prop_assert!(is_asked("") || !is_asked("programme"));
    }

    #[test]
    fn the_order_of_rows_changes_nothing(study in any_care_study()) {
        let mut reversed = study.clone();
        reversed.children.rows.reverse();
        prop_assert_eq!(analyse(&study), analyse(&reversed));
    }
}

#[test]
fn without_returns_nothing_is_said_of_placements() {
    let mut study = study(CareRecords::default(), &[]);
    study.care = CareReturns::default();
    let found = analyse(&study);
    assert!(
        !found
            .records
            .iter()
            .any(|r| r.measure.starts_with("stability"))
    );
}

#[test]
fn yearly_outcomes_are_told_of_the_service_and_of_everyone() {
    let mut records = CareRecords {
        years: vec![2020],
        ..CareRecords::default()
    };
    for child in 0..4 {
        records.children.push(CareChild {
            child_id: ChildId::new(&format!("C{child}")),
            sex: None,
            date_of_birth: Some(date(2008, 5, 1)),
            ethnicity: ShortCode::BLANK,
            is_unaccompanied: false,
            has_episodes: true,
        });
        // In one home since the beginning of 2016, and still there.
        let stay = history(child, 0, &[(1, "P", "U4", "C2", "")]);
        records.episodes.extend(stay.into_iter().map(|row| Episode {
            ended: None,
            reason_ended: ShortCode::BLANK,
            ..row
        }));
        records.yearly.push(YearlyOutcomes {
            child,
            year: 2020,
            sdq_score: None,
            sdq_reason: ShortCode::BLANK,
            answers: YearlyAnswers {
                teeth_check: Some(child != 3),
                ..YearlyAnswers::default()
            },
        });
    }
    let found = analyse(&study(records, &[Some(100), Some(200), None, None]));
    let of = |arm| {
        numbers(
            &found,
            arm,
            "yearly.outcomes",
            "question=teeth_check;answer=yes",
        )
    };
    assert_eq!((of(""), of("programme")), (Some((3, 4)), Some((2, 2))));
}
