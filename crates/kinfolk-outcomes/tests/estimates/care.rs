//! Measures of returns: what changes none of them, and what the estimates say of their cells.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use kinfolk_model::care::{
    CareChild, CareLeaver, CareRecords, CountedReasons, Episode, ShortCode, TemporaryPlacements,
};
use kinfolk_model::{ChildId, Estimates, Statistic};
use kinfolk_outcomes::care::{CareFacts, MoveRule, derive_care};
use kinfolk_outcomes::estimate_care;
use proptest::prelude::*;

use super::any_returns::{any_returns, options};
use super::structure::sound;

fn facts(records: &CareRecords) -> CareFacts {
    derive_care(records, options(MoveRule::default()))
}

fn estimates(records: &CareRecords) -> Estimates {
    estimate_care(&facts(records), 0.95)
}

/// Holds that no child differs in any measure under some rules.
fn same_under(
    rules: &[MoveRule],
    before: &CareRecords,
    after: &CareRecords,
) -> Result<(), TestCaseError> {
    let (before, after) = (facts(before), facts(after));
    prop_assert_eq!(before.children.len(), after.children.len());
    for (one, other) in before.children.iter().zip(&after.children) {
        for rule in rules {
            prop_assert_eq!(one.under(*rule), other.under(*rule));
            prop_assert_eq!(one.same_home(*rule), other.same_home(*rule));
        }
        prop_assert_eq!(&one.ends_in_year, &other.ends_in_year);
    }
    Ok(())
}

/// An episode as two and more, of which the first ends so many days after the start; `None` where it
/// is too short.
fn cut(
    records: &CareRecords,
    at: usize,
    days: i32,
    parts: impl FnOnce(Episode, Episode) -> Vec<Episode>,
) -> Option<CareRecords> {
    let whole = records.episodes[at];
    let day = whole.started + days.days();
    if whole.ended.is_some_and(|ended| ended <= day + 2.days()) {
        return None;
    }
    let first = Episode {
        ended: Some(day),
        reason_ended: ShortCode::of("X1"),
        ..whole
    };
    let second = Episode {
        started: day,
        ..whole
    };
    let mut changed = records.clone();
    changed.episodes.splice(at..=at, parts(first, second));
    Some(changed)
}

fn rule(counted: CountedReasons) -> MoveRule {
    MoveRule::new(counted, TemporaryPlacements::Bridge)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_order_of_rows_changes_nothing(
        (records, shuffled) in any_returns(12).prop_flat_map(|records| {
            let rows = Just(records.episodes.clone()).prop_shuffle();
            (Just(records), rows)
        })
    ) {
        let mut other = records.clone();
        other.episodes = shuffled;
        other.episodes.sort_by_key(|row| row.child);
        prop_assert_eq!(facts(&records), facts(&other));
        prop_assert_eq!(estimates(&records), estimates(&other));
    }

    #[test]
    fn a_change_of_legal_status_changes_no_measure(
        records in any_returns(6), which in any::<prop::sample::Index>(), days in 1i32..200
    ) {
        let at = which.index(records.episodes.len());
        // A change to or from short breaks is more than one of legal status.
        prop_assume!(records.episodes[at].legal_status != ShortCode::of("V4"));
        let split = cut(&records, at, days, |first, second| {
            let second = Episode {
                reason_new: ShortCode::of("L"),
                legal_status: ShortCode::of("C1"),
                ..second
            };
            vec![first, second]
        });
        if let Some(split) = split {
            let rules = [CountedReasons::Spb, CountedReasons::Spbtu].map(rule);
            same_under(&rules, &records, &split)?;
        }
    }

    #[test]
    fn a_holiday_changes_no_measure_under_the_default(
        records in any_returns(6), which in any::<prop::sample::Index>(), days in 1i32..200
    ) {
        let at = which.index(records.episodes.len());
        prop_assume!(records.episodes[at].placement != ShortCode::of("T2"));
        let bracketed = cut(&records, at, days, |first, rest| {
            let away = Episode {
                ended: Some(rest.started + 2.days()),
                reason_new: ShortCode::of("P"),
                reason_ended: ShortCode::of("X1"),
                placement: ShortCode::of("T3"),
                ..rest
            };
            let back = Episode {
                started: rest.started + 2.days(),
                reason_new: ShortCode::of("P"),
                ..rest
            };
            vec![first, away, back]
        });
        if let Some(bracketed) = bracketed {
            let rules = [CountedReasons::Spb, CountedReasons::Spbtu].map(rule);
            same_under(&rules, &records, &bracketed)?;
            let counted = MoveRule::new(CountedReasons::Spb, TemporaryPlacements::Count);
            let n = |records| -> u32 {
                let facts = facts(records);
                facts.children.iter().map(|child| child.under(counted).moves_in_year).sum()
            };
            prop_assert!(n(&records) <= n(&bracketed));
        }
    }

    #[test]
    fn every_sum_holds(records in any_returns(30)) {
        let structure = estimates(&records).structure;
        for sum in &structure.sums {
            let parts: u64 = sum.parts.iter().map(|part| structure.cells[part].value).sum();
            prop_assert_eq!(structure.cells[&sum.total].value, parts, "{:?}", sum);
            let distinct: BTreeSet<_> = sum.parts.iter().collect();
            prop_assert_eq!(distinct.len(), sum.parts.len(), "{:?}", sum);
        }
        for (name, cell) in &structure.cells {
            let children = cell.children.unwrap_or_default();
            prop_assert!(children <= cell.value, "{}: {:?}", name, cell);
        }
    }

    #[test]
    fn every_number_is_carried_by_its_cell(records in any_returns(30)) {
        let estimates = estimates(&records);
        let cells = &estimates.structure.cells;
        for record in &estimates.records {
            prop_assert_eq!(sound(record), Ok(()));
            let carried = &estimates.structure.carried[&record.key()];
            let check = |cell: &Option<String>, number: Option<u64>| {
                cell.as_ref().map(|name| cells[name].value) == number.filter(|_| cell.is_some())
            };
            prop_assert_eq!(carried.value.is_some(), record.statistic == Statistic::Count);
            prop_assert!(check(&carried.value, record.value.map(|value| value as u64)));
            prop_assert!(check(&carried.numerator, record.numerator));
            prop_assert!(check(&carried.denominator, record.denominator));
            prop_assert!(check(&carried.missing, record.n_missing));
        }
        let keys: BTreeSet<_> = estimates.records.iter().map(|record| record.key()).collect();
        prop_assert_eq!(keys.len(), estimates.records.len(), "two records with one key");
    }

    #[test]
    fn ways_through_two_years_add_up(records in any_returns(30)) {
        let estimates = estimates(&records);
        let numbers = |measure: &str, key: &str, part: (&str, &str)| -> (u64, Vec<u64>) {
            let shares = estimates.records.iter().filter(|r| {
                let is_part = part.0.is_empty() || r.group.get(part.0) == Some(part.1);
                let is_pool = r.group.get(key).is_some_and(|code| POOLED.contains(&code));
                r.measure == measure && is_part && !is_pool
            });
            let (of, who): (Vec<u64>, Vec<u64>) =
                shares.filter_map(|r| Some((r.denominator?, r.numerator?))).unzip();
            (of.first().copied().unwrap_or_default(), who)
        };
        for month in ["0", "6", "12", "24"] {
            let (of, who) = numbers("stability.pattern", "home", ("month", month));
            prop_assert_eq!(of, who.iter().sum::<u64>(), "{}", month);
        }
        let (of, who) = numbers("stability.path", "path", ("", ""));
        prop_assert_eq!(of, who.iter().sum::<u64>());
        prop_assert_eq!(of, numbers("stability.pattern", "home", ("month", "24")).0);
    }

    #[test]
    fn who_is_in_the_same_home_adds_up(records in any_returns(30)) {
        let estimates = estimates(&records);
        let count = |group: &str| {
            let records = estimates.records.iter();
            let alike = records.filter(|r| {
                r.measure == "stability.same_home" && r.group.to_string() == group
            });
            alike.filter_map(|r| r.value).sum::<f64>()
        };
        let share = estimates.records.iter().find(|r| {
            r.measure == "stability.same_home" && r.statistic == Statistic::Proportion
        });
        let share = share.unwrap();
        let outcomes = ["same", "moved", "left_care"].map(|each| count(&format!("outcome={each}")));
        prop_assert_eq!(share.denominator, Some(outcomes.iter().sum::<f64>() as u64));
        prop_assert_eq!(share.numerator, Some(outcomes[0] as u64));
    }
}

/// Rows that stand for several others.
const POOLED: [&str; 8] = [
    "family_or_adoption",
    "other_place",
    "left",
    "with_family_or_friends",
    "home_or_other_place",
    "not_foster_care",
    "in_care",
    "moved",
];

/// The numbers of a share, by its measure and group.
fn share(estimates: &Estimates, measure: &str, group: &str) -> (u64, u64) {
    let mut records = estimates.records.iter();
    let found = records.find(|r| {
        let is_share = r.statistic == Statistic::Proportion;
        is_share && r.measure == measure && r.group.to_string() == group
    });
    let found = found.unwrap();
    (found.numerator.unwrap(), found.denominator.unwrap())
}

#[test]
fn endings_and_leavers_by_hand() {
    let episode =
        |child, start: Date, end: Option<Date>, (new, ended, moved): (&str, &str, &str)| Episode {
            child,
            started: start,
            ended: end,
            year: 2020,
            reason_new: ShortCode::of(new),
            legal_status: ShortCode::of("C2"),
            need: ShortCode::of("N1"),
            placement: ShortCode::of("U4"),
            provider: ShortCode::of("PR1"),
            reason_ended: ShortCode::parse(ended).unwrap(),
            reason_moved: ShortCode::parse(moved).unwrap(),
            home_postcode: ShortCode::BLANK,
            placement_postcode: ShortCode::BLANK,
            urn: ShortCode::BLANK,
        };
    let (start, june, july) = (date(2019, 1, 1), date(2019, 6, 1), date(2019, 7, 1));
    let leaver = |child, accommodation, activity| CareLeaver {
        child,
        year: 2020,
        in_touch: ShortCode::of("YES"),
        activity: ShortCode::of(activity),
        accommodation: ShortCode::of(accommodation),
    };
    let records = CareRecords {
        children: ["A", "B", "C", "D"].map(aged_18).to_vec(),
        episodes: vec![
            episode(0, start, Some(june), ("S", "X1", "CARPL")),
            episode(0, june, Some(july), ("P", "X1", "CREQB")),
            episode(0, july, None, ("P", "", "")),
            episode(1, start, Some(june), ("S", "E4B", "")),
            episode(2, start, Some(june), ("S", "X1", "")),
            episode(2, june, None, ("P", "", "")),
            episode(3, start, None, ("S", "", "")),
        ],
        care_leavers: vec![
            leaver(0, "B1", "F2"),
            leaver(1, "W2", "G5"),
            leaver(2, "0", "0"),
            leaver(3, "G1", "P4"),
        ],
        years: vec![2020],
        ..CareRecords::default()
    };
    let found = estimates(&records);
    let check = |measure: &str, group: &str, expected| {
        assert_eq!(share(&found, measure, group), expected, "{group}");
    };
    check("stability.planned", "ending=moved", (1, 2));
    check("stability.planned", "ending=returned_home", (0, 1));
    check("stability.same_home", "", (1, 4));
    let at_18 = |rest| format!("age=17_to_18;{rest}");
    let accommodation = |answer: &str| at_18(format!("accommodation={answer}"));
    check("leavers.accommodation", &accommodation("suitable"), (1, 3));
    check(
        "leavers.accommodation",
        &accommodation("unsuitable"),
        (1, 3),
    );
    check(
        "leavers.accommodation",
        &accommodation("no_information"),
        (1, 3),
    );
    let activity = |answer: &str| at_18(format!("activity={answer}"));
    check(
        "leavers.activity",
        &activity("education_employment_training"),
        (2, 4),
    );
    check("leavers.activity", &activity("none_of_these"), (1, 4));
}

fn aged_18(child_id: &str) -> CareChild {
    CareChild {
        child_id: ChildId::new(child_id),
        sex: None,
        date_of_birth: Some(date(2001, 6, 1)),
        ethnicity: ShortCode::BLANK,
        is_unaccompanied: false,
        has_episodes: true,
    }
}
