//! Returns that nobody chose, in which every history is whole.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use kinfolk_model::care::{
    CareChild, CareLeaver, CareRecords, Episode, MissingEpisode, ShortBreakStarts, ShortCode,
    YearlyAnswers, YearlyOutcomes,
};
use kinfolk_model::{ChildId, Country};
use kinfolk_outcomes::care::{CareOptions, MoveRule, SameHomeOptions, StabilityOptions};
use proptest::prelude::*;

/// The day on which children are counted.
pub(crate) const ON: Date = date(2020, 3, 31);

pub(crate) fn options(rule: MoveRule) -> CareOptions {
    CareOptions {
        stability: StabilityOptions {
            on: ON,
            short_break_starts: ShortBreakStarts::LeftOut,
        },
        rule,
        same_home: SameHomeOptions::up_to(ON, 365),
        country: Country::England,
    }
}

/// What follows what: days, reason for the new episode, kind of place, legal status, why it ended.
type Step = (i32, &'static str, &'static str, &'static str, &'static str);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (
        1i32..500,
        prop::sample::select(vec!["P", "P", "L", "T", "U", "B"]),
        prop::sample::select(vec!["U4", "U6", "K2", "A3", "A6", "H5", "K3", "T2"]),
        prop::sample::select(vec!["C2", "C2", "C2", "E1", "V4"]),
        prop::sample::select(vec!["CARPL", "CREQB", ""]),
    );
    prop::collection::vec(step, 1..7)
}

/// One unbroken history; every fifth child has left care.
pub(crate) fn history(child: u32, start: i32, steps: &[Step]) -> Vec<Episode> {
    let mut started = date(2016, 1, 1) + start.days();
    let mut rows: Vec<Episode> = Vec::new();
    for (at, (days, reason, place, legal, moved)) in steps.iter().enumerate() {
        let ended = started + (*days).days();
        rows.push(Episode {
            child,
            started,
            ended: Some(ended),
            year: 2020,
            reason_new: ShortCode::of(if at == 0 { "S" } else { reason }),
            legal_status: ShortCode::of(legal),
            need: ShortCode::of("N1"),
            placement: ShortCode::of(place),
            provider: ShortCode::of("PR1"),
            reason_ended: ShortCode::of("X1"),
            reason_moved: ShortCode::parse(moved).unwrap(),
            home_postcode: ShortCode::BLANK,
            placement_postcode: ShortCode::of(place),
            urn: ShortCode::BLANK,
        });
        started = ended;
    }
    if let Some(last) = rows.last_mut() {
        if child.is_multiple_of(5) {
            last.reason_ended = ShortCode::of("E4A");
        } else {
            last.ended = None;
            last.reason_ended = ShortCode::BLANK;
        }
    }
    rows
}

/// Some children with whole histories, absences, yearly outcomes and rows of care leavers.
pub(crate) fn any_returns(most: usize) -> impl Strategy<Value = CareRecords> {
    let child = (0i32..1200, steps(), 0i32..6000, any::<bool>(), 0usize..5);
    prop::collection::vec(child, 1..most).prop_map(|children| {
        let mut records = CareRecords {
            years: vec![2017, 2018, 2019, 2020],
            ..CareRecords::default()
        };
        for (at, (start, steps, born, is_missing, answer)) in children.iter().enumerate() {
            let child = u32::try_from(at).unwrap();
            records.children.push(CareChild {
                child_id: ChildId::new(&format!("{at:04}")),
                sex: None,
                date_of_birth: Some(date(1999, 1, 1) + (*born).days()),
                ethnicity: ShortCode::BLANK,
                is_unaccompanied: false,
                has_episodes: true,
            });
            records.episodes.extend(history(child, *start, steps));
            if *is_missing {
                records.missing.push(MissingEpisode {
                    child,
                    started: date(2019, 8, 1),
                    ended: None,
                    year: 2020,
                    kind: ShortCode::of("M"),
                });
            }
            let said = [None, Some(true), Some(false), Some(true), None][*answer];
            records.yearly.push(YearlyOutcomes {
                child,
                year: 2020,
                sdq_score: None,
                sdq_reason: ShortCode::BLANK,
                answers: YearlyAnswers {
                    health_assessment: said,
                    substance_misuse: said,
                    intervention_offered: said,
                    convicted: said,
                    ..YearlyAnswers::default()
                },
            });
            records.care_leavers.push(CareLeaver {
                child,
                year: 2020,
                in_touch: ShortCode::of(["YES", "NO", "DIED", "RHOM", "YES"][*answer]),
                activity: ShortCode::of(["F1", "0", "0", "0", "G5"][*answer]),
                accommodation: ShortCode::of(["B1", "0", "0", "0", "G1"][*answer]),
            });
        }
        records
    })
}
