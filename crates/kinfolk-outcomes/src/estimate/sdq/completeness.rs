//! How many children have a score at each wave, of those who should; and who was lost.

use kinfolk_model::{Statistic, Unit};
use kinfolk_stats::Sample;

use super::mean::mean_of_totals;
use super::waves::{Later, Waves};
use crate::SdqWave;
use crate::estimate::entry::{Behind, Share, Subject, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

const NOBODY_KNOWS: &str = "without Practice Summaries nobody knows who is missing";

pub(super) fn estimate_completeness(ledger: &mut Ledger, waves: &Waves<'_>) {
    write_baseline(ledger, waves);
    for later in &waves.later {
        write_later(ledger, waves, later);
        write_kept_and_lost(ledger, waves, later);
    }
}

fn write_baseline(ledger: &mut Ledger, waves: &Waves<'_>) {
    let group = waves.group(SdqWave::Baseline);
    let subject = about(
        "sdq.completeness",
        group,
        "children with whom work started, or who have a baseline",
    );
    let Some([due, without]) = &waves.due else {
        let kind = (Statistic::Proportion, Unit::Proportion);
        ledger.nothing(subject, kind, "wilson/1", NOBODY_KNOWS);
        return;
    };
    write_share(ledger, waves, subject, [due, &waves.everyone.n(), without]);
}

fn write_later(ledger: &mut Ledger, waves: &Waves<'_>, later: &Later<'_>) {
    let subject = about(
        "sdq.completeness",
        waves.group(later.wave),
        &population(waves, later),
    );
    let counts = [later.due.n(), later.scored.n(), later.lost.n()];
    write_share(ledger, waves, subject, counts.each_ref());
}

fn population(waves: &Waves<'_>, later: &Later<'_>) -> String {
    let wave = later.wave.words();
    format!(
        "children with {} at the baseline whose {wave} lies within the period",
        waves.whose()
    )
}

fn write_share(
    ledger: &mut Ledger,
    waves: &Waves<'_>,
    subject: Subject,
    [due, scored, without]: [&Tally; 3],
) {
    let nobody = Tally::of_things(format!("sdq/{}/missing", waves.informant), 0);
    let share = Share::of(scored, due)
        .rest(without.clone())
        .missing(&nobody);
    ledger.share(subject, &share, "");
}

/// How many were kept and lost, and the baseline of each; a reader who has those of two waves may
/// learn of the few lost between them, so these means are dropped first.
fn write_kept_and_lost(ledger: &mut Ledger, waves: &Waves<'_>, later: &Later<'_>) {
    let population = population(waves, later);
    let mut means = Vec::new();
    for (code, cohort) in [("kept", &later.scored), ("lost", &later.lost)] {
        let group = waves.group(later.wave).and("who", code);
        let subject = about("sdq.kept", group, &population);
        ledger.count(subject.clone(), Unit::Children, &cohort.n());
        let totals = Sample::from_counts(cohort.whole_totals(SdqWave::Baseline));
        let (n, added_up) = (cohort.n(), cohort.added_up(SdqWave::Baseline));
        let behind = Behind {
            denominator: &n,
            missing: None,
            rests_on: Vec::new(),
            mean_of: vec![&added_up],
        };
        let mean = mean_of_totals(&totals, ledger.confidence());
        means.push(ledger.number(subject, mean, &behind));
    }
    let (whose, wave) = (waves.whose(), later.wave.words());
    let title = format!("Baselines of children kept and lost by {wave}, of {whose}");
    ledger.droppable(title, means);
}
