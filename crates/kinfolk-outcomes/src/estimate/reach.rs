//! How many children the work reached.

use kinfolk_model::{Code, Group, Unit};

use super::entry::about;
use super::ledger::Ledger;
use super::people::{WITH_SUMMARY, all_children, several_countries, summaries};
use super::tally::Tally;
use crate::Facts;

pub(super) fn estimate_reach(ledger: &mut Ledger, facts: &Facts) {
    if !facts.has("children") {
        return;
    }
    let summaries = summaries(facts);
    let all = all_children(&summaries);
    let subject = |group| about("reach.children", group, WITH_SUMMARY);
    ledger.count(subject(Group::all()), Unit::Children, &all);
    let parts: Vec<Tally> = several_countries(&summaries)
        .into_iter()
        .map(|country| {
            let name = format!("children/country={country}");
            let part = Tally::where_(name, &summaries, |s| s.country == country);
            let group = Group::of("country", country.code());
            ledger.count(subject(group), Unit::Children, &part);
            part
        })
        .collect();
    ledger.sum(&all, &parts);
}
