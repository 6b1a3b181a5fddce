//! What came first by the end of follow-up: the event, or something that rules it out.

use kinfolk_model::{Group, Statistic, Unit};
use kinfolk_stats::StatsError;
use kinfolk_stats::survival::{Band, Endings, cumulative_incidence, gray};

use super::numbers::plain;
use super::outcome::Outcome;
use super::survival::{Contrast, WATCHED, Watched};
use crate::Ending;
use crate::estimate::entry::{Behind, Computed, Detail, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

const MEASURE: &str = "survival.incidence";
/// What may come first: its code, and its number among endings.
const CAUSES: [(&str, u32); 2] = [("event", 1), ("other", 2)];

/// The share of either arm to which each came first, and whether the arms differ in it; nothing where
/// the study names nothing that rules the outcome out.
pub(super) fn write_incidence(
    ledger: &mut Ledger,
    outcome: &Outcome<'_, '_>,
    arms: &[Watched<'_>; 2],
) {
    if outcome.design.asked.competing.is_empty() {
        return;
    }
    let mut keys = Vec::new();
    for arm in arms {
        write_arm(ledger, (outcome, arm), &mut keys);
    }
    ledger.droppable(format!("What came first: {}", outcome.name), keys);
    let Ok((endings, groups)) = pooled(arms) else {
        return;
    };
    for (code, cause) in CAUSES {
        let test = gray(&endings, cause, &groups, None, 0.0);
        let kind = (Statistic::PValue, Unit::None);
        let number = test.map(|test| plain(kind, "gray/1", test.p_value));
        let contrast = Contrast { outcome, arms };
        let subject = about(MEASURE, part(outcome, code), WATCHED);
        contrast.write(ledger, subject, number, (kind, "gray/1"));
    }
}

fn part(outcome: &Outcome<'_, '_>, code: &str) -> Group {
    Group::of("outcome", outcome.name).and("ending", code)
}

/// Those of an arm to whom each came first, and those to whom neither did, are all of it.
fn write_arm(
    ledger: &mut Ledger,
    (outcome, arm): (&Outcome<'_, '_>, &Watched<'_>),
    keys: &mut Vec<kinfolk_model::Key>,
) {
    let day = i32::from(outcome.design.asked.follow_up_days);
    let everyone = arm.members.n();
    let counts = [arm.events(day), ruled_out(arm)];
    let neither = everyone.value - counts.iter().map(|count| count.value).sum::<u64>();
    let rest = Tally::of_people(
        format!("{} neither {}", everyone.name, outcome.name),
        neither,
    );
    let [events, others] = &counts;
    ledger.sum(&everyone, &[events.clone(), others.clone(), rest]);
    let Ok(endings) = endings([arm].into_iter()) else {
        return;
    };
    for ((code, cause), count) in CAUSES.into_iter().zip(&counts) {
        let curve = cumulative_incidence(&endings, cause, Band::LogLog, ledger.confidence());
        let found = curve.as_ref().and_then(|curve| curve.at(f64::from(day)));
        let kind = (Statistic::Proportion, Unit::Proportion);
        let number = Computed::of(kind, "cumulative-incidence/1", found);
        let behind = Behind {
            denominator: &everyone,
            missing: None,
            rests_on: vec![count],
            mean_of: Vec::new(),
        };
        let detail = Detail::of(format!("band=log-log;{}", outcome.follow_up()))
            .caution(if count.value == 0 {
                "nobody had this ending"
            } else {
                ""
            })
            .reason("nobody was watched for so long");
        let subject = about(MEASURE, part(outcome, code), WATCHED).in_arm(arm.arm);
        keys.push(ledger.detailed(subject, number, &behind, detail));
    }
}

/// Those to whom something came first that ruled the event out.
pub(super) fn ruled_out(arm: &Watched<'_>) -> Tally {
    let is_so = |time: crate::EventTime| matches!(time.ending, Ending::Competing(_));
    let is_so = |at| arm.time(at).is_some_and(is_so);
    arm.members.narrowed("other first", is_so).n()
}

fn number_of(ending: Ending) -> u32 {
    match ending {
        Ending::Event => 1,
        Ending::Competing(_) => 2,
        Ending::FollowedUp | Ending::LostSight => 0,
    }
}

fn endings<'w>(arms: impl Iterator<Item = &'w Watched<'w>>) -> Result<Endings, StatsError> {
    let times = arms.flat_map(Watched::own_times);
    let (exits, causes): (Vec<f64>, Vec<u32>) = times
        .map(|time| (f64::from(time.days), number_of(time.ending)))
        .unzip();
    Endings::new(&exits, &causes)
}

/// Both arms, the programme as group 1.
fn pooled(arms: &[Watched<'_>; 2]) -> Result<(Endings, Vec<u32>), StatsError> {
    let groups = arms.iter().zip([1, 0]);
    let groups = groups.flat_map(|(arm, group)| arm.own_times().map(move |_| group));
    Ok((endings(arms.iter())?, groups.collect()))
}
