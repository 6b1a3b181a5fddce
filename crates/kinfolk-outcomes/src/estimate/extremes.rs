//! The youngest child and the oldest person found.

use kinfolk_model::{Group, Statistic, Unit};
use kinfolk_stats::Estimated;

use super::entry::{Behind, Computed, about};
use super::ledger::Ledger;
use super::people::{WITH_SUMMARY, all_children, summaries};
use super::tally::Tally;
use crate::{ChildFacts, Facts};

pub(super) fn estimate_extremes(ledger: &mut Ledger, facts: &Facts) {
    if facts.has("children") {
        youngest_child(ledger, facts);
    }
    if facts.has("connections") {
        oldest_connection(ledger, facts);
    }
}

fn youngest_child(ledger: &mut Ledger, facts: &Facts) {
    let summaries = summaries(facts);
    let everyone = all_children(&summaries);
    let known = Tally::where_("children/age=known", &summaries, |s| s.age.is_some());
    let not_known = Tally::where_("children/age=not_known", &summaries, |s| s.age.is_none());
    let computed = extreme(
        Statistic::Minimum,
        summaries.iter().filter_map(|s| s.age).min(),
    );
    let behind = Behind {
        denominator: &known.within(&everyone),
        missing: Some(&not_known),
        rests_on: Vec::new(),
        mean_of: Vec::new(),
    };
    let subject = about("reach.youngest_child", Group::all(), WITH_SUMMARY);
    ledger.number(subject, computed, &behind);
}

fn oldest_connection(ledger: &mut Ledger, facts: &Facts) {
    let ages = |child: &ChildFacts| people(child).map_or(0, |people| people.ages_after);
    let oldest = facts
        .children
        .iter()
        .filter_map(|child| people(child)?.oldest_after)
        .max();
    let behind = Behind {
        denominator: &Tally::of("connections/after/age known", &facts.children, ages),
        missing: None,
        rests_on: Vec::new(),
        mean_of: Vec::new(),
    };
    let population = "people in the tracker after the work whose age is recorded";
    let subject = about("reach.oldest_connection", Group::all(), population);
    ledger.number(subject, extreme(Statistic::Maximum, oldest), &behind);
}

fn people(child: &ChildFacts) -> Option<&crate::PeopleFacts> {
    child.tracker.as_ref()?.people.as_ref()
}

fn extreme(statistic: Statistic, age: Option<u8>) -> Computed {
    Computed {
        statistic,
        unit: Unit::Years,
        method: "extreme/1",
        result: age.map(|age| Estimated {
            value: f64::from(age),
            interval: None,
        }),
    }
}
