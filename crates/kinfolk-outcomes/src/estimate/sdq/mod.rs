//! The SDQ: how complete it is, how it stands at each wave, and how it changes.

mod added_value;
mod band;
mod change;
mod class_table;
mod cohort;
mod completeness;
mod concern;
mod left_out;
mod mean;
mod model;
mod national;
mod reason;
mod reliable;
mod waves;

use kinfolk_model::{Code, Informant, Settings};

use super::ledger::Ledger;
use crate::Facts;
use waves::Waves;

pub(super) fn estimate_sdq(ledger: &mut Ledger, facts: &Facts, settings: &Settings) {
    if !facts.has("sdq") && !facts.has("oc2") {
        return;
    }
    let named = settings.sdq.reliable_change.as_ref();
    for informant in informants(facts) {
        let waves = Waves::of(ledger, facts, informant);
        completeness::estimate_completeness(ledger, &waves);
        if facts.has("oc2") {
            reason::estimate_reasons(ledger, &waves);
        }
        mean::estimate_means(ledger, &waves);
        national::estimate_national(ledger, &waves, settings.country);
        change::estimate_change(ledger, &waves);
        left_out::estimate_left_out(ledger, &waves);
        model::estimate_model(ledger, &waves, settings.sdq.model_degrees);
        concern::estimate_concern(ledger, &waves, named);
        band::estimate_bands(ledger, &waves);
        reliable::estimate_reliable_change(ledger, &waves, named);
        added_value::estimate_added_value(ledger, &waves);
    }
}

/// Whoever answered for any child; carers where nobody did, so that it is said that nobody did.
fn informants(facts: &Facts) -> Vec<Informant> {
    let answered = |informant: &Informant| {
        let mut children = facts.children.iter();
        children.any(|child| child.sdq.of(*informant).is_some())
    };
    let found: Vec<Informant> = Informant::ALL.iter().copied().filter(answered).collect();
    match found.is_empty() {
        true => vec![Informant::ParentCarer],
        false => found,
    }
}
