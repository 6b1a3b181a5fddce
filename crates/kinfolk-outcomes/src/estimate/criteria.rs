//! How many children met the trial criteria, and which test the others failed.

use kinfolk_model::{Code, Country, Group, Unit};

use super::entry::{Share, about};
use super::ledger::Ledger;
use super::people::{WITH_SUMMARY, all_children, several_countries, summaries};
use super::tally::Tally;
use crate::{CriteriaTest, Facts, Standing, SummaryFacts, Verdict};

const OPTIONS: &str =
    "age_under=16; years_in_care_under: England=3, Wales=3 (as England), Scotland=5";

pub(super) fn estimate_criteria(ledger: &mut Ledger, facts: &Facts) {
    if !facts.has("children") {
        return;
    }
    let summaries = summaries(facts);
    let all = Standings::of(&summaries, None);
    all.write(ledger);
    let parts: Vec<Standings> = several_countries(&summaries)
        .into_iter()
        .map(|country| Standings::of(&summaries, Some(country)))
        .collect();
    for part in &parts {
        part.write(ledger);
    }
    let column = |pick: fn(&Standings) -> &Tally| -> Vec<Tally> {
        parts.iter().map(pick).cloned().collect()
    };
    ledger.sum(&all.decided, &column(|part| &part.decided));
    ledger.sum(&all.meets, &column(|part| &part.meets));
    if !all.not_decided.is_zero() {
        ledger.sum(&all.not_decided, &column(|part| &part.not_decided));
    }
    estimate_failures(ledger, &summaries, &all);
}

/// How the children of one nation, or all, stand to the criteria.
struct Standings {
    group: Group,
    everyone: Tally,
    decided: Tally,
    meets: Tally,
    not_decided: Tally,
}

impl Standings {
    fn of(summaries: &[&SummaryFacts], country: Option<Country>) -> Self {
        let prefix = match country {
            Some(country) => format!("children/country={country}"),
            None => "children".to_owned(),
        };
        let tally = |part: &str, question: &(dyn Fn(Standing) -> bool + Sync)| {
            Tally::where_(format!("{prefix}{part}"), summaries, |s| {
                country.is_none_or(|country| s.country == country)
                    && question(s.criteria.standing())
            })
        };
        let everyone = tally("", &|_| true);
        Self {
            group: country.map_or_else(Group::all, |c| Group::of("country", c.code())),
            decided: tally("/criteria/decided", &|s| s != Standing::NotDecided).within(&everyone),
            meets: tally("/criteria/meets", &|s| s == Standing::Meets),
            not_decided: tally("/criteria/not_decided", &|s| s == Standing::NotDecided),
            everyone,
        }
    }

    fn write(&self, ledger: &mut Ledger) {
        let subject = about("reach.meets_criteria", self.group.clone(), WITH_SUMMARY);
        let share = Share::of(&self.meets, &self.decided).missing(&self.not_decided);
        ledger.share(subject, &share, OPTIONS);
        ledger.sum(
            &self.everyone,
            &[self.decided.clone(), self.not_decided.clone()],
        );
    }
}

fn estimate_failures(ledger: &mut Ledger, summaries: &[&SummaryFacts], all: &Standings) {
    let subject = |test| {
        about(
            "reach.criteria_failed",
            Group::of("test", test),
            WITH_SUMMARY,
        )
    };
    let everyone = all_children(summaries);
    let mut keys = Vec::new();
    for test in CriteriaTest::ALL {
        let name = format!("children/criteria/failed/{}", test.code());
        let failed = Tally::where_(name, summaries, |s| {
            s.criteria.verdict(test) == Verdict::Failed
        });
        keys.push(ledger.count(subject(test.code()), Unit::Children, &failed));
        ledger.sum(&everyone, &[failed.clone(), failed.rest_of(&everyone)]);
    }
    keys.push(ledger.count(subject("not_decided"), Unit::Children, &all.not_decided));
    ledger.droppable("Which test of the trial criteria children failed", keys);
}
