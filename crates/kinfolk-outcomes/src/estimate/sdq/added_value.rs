//! The added value score, where it is valid.

use std::collections::BTreeMap;

use kinfolk_model::{Informant, Statistic, Unit};
use kinfolk_stats::{Sample, mean};

use super::cohort::Row;
use super::waves::{Later, Waves};
use crate::SdqWave;
use crate::estimate::entry::{Behind, Computed, Detail, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;
use crate::sdq::AddedValueReason;

const METHOD: &str = "added-value/1";
const NOBODY: &str = "nobody has a later score";

/// Only the first year after the baseline begins within the months that the formula was made for.
pub(super) fn estimate_added_value(ledger: &mut Ledger, waves: &Waves<'_>) {
    let first = waves.later.iter().find(|l| l.wave == SdqWave::Year1);
    let carers = waves.informant == Informant::ParentCarer;
    if let Some(later) = first.filter(|_| carers) {
        write(ledger, waves, later);
    }
}

fn write(ledger: &mut Ledger, waves: &Waves<'_>, later: &Later<'_>) {
    let valid = later
        .scored
        .count("added value", |row| value(row).is_some());
    let not_valid = later
        .scored
        .count("no added value", |row| value(row).is_none());
    ledger.sum(&later.scored.n(), &[valid.clone(), not_valid.clone()]);
    let values: Vec<f64> = later.scored.rows.iter().filter_map(value).collect();
    let sample = Sample::new(values).unwrap_or_default();
    let computed = Computed {
        statistic: Statistic::Mean,
        unit: Unit::Points,
        method: METHOD,
        result: mean(&sample, ledger.confidence()),
    };
    let behind = Behind {
        denominator: &valid,
        missing: Some(&not_valid),
        rests_on: Vec::<&Tally>::new(),
        mean_of: Vec::new(),
    };
    let population = format!(
        "children with {} at the baseline, and one on the follow-up form four to eight months later",
        waves.whose()
    );
    let subject = about("sdq.added_value", waves.group(later.wave), &population);
    let detail = Detail::default().reason(reason(later));
    ledger.detailed(subject, computed, &behind, detail);
}

fn value(row: &Row<'_>) -> Option<f64> {
    row.series.follow_up(SdqWave::Year1)?.added_value?.ok()
}

/// The reason that holds for most, the first of several.
fn reason(later: &Later<'_>) -> &'static str {
    let mut numbers: BTreeMap<AddedValueReason, usize> = BTreeMap::new();
    for row in &later.scored.rows {
        let follow_up = row.series.follow_up(SdqWave::Year1);
        if let Some(Err(reason)) = follow_up.and_then(|later| later.added_value) {
            *numbers.entry(reason).or_default() += 1;
        }
    }
    let most = numbers.iter().rev().max_by_key(|(_, number)| **number);
    most.map_or(NOBODY, |(reason, _)| reason.label())
}
