//! Referrals, starts, conferences, plans, reviews and coordinators over the period: from the
//! quarterly returns, or from Practice Summaries where no return states them.

use kinfolk_model::{Code, Country, Group, Settings, Statistic};

use super::entry::about;
use super::ledger::Ledger;
use super::people::{at_step, several_countries, summaries};
use super::return_kind::{ReturnKind, Returns, Slice, add_up, cell_name};
use super::tally::Tally;
use crate::{Facts, Step, SummaryFacts, WhenDated};

pub(super) fn estimate_returns(ledger: &mut Ledger, facts: &Facts, settings: &Settings) {
    let returns = Returns::in_period(facts, settings);
    for kind in ReturnKind::ALL {
        let returned = estimate_from_returns(ledger, &returns, kind);
        let summarised = !returned && estimate_from_summaries(ledger, facts, kind);
        if !returned && !summarised && facts.has("monitoring") {
            let subject = about(&measure(kind), Group::all(), IN_RETURNS);
            let number = (Statistic::Count, kind.unit());
            ledger.nothing(
                subject,
                number,
                "count/1",
                "no return of the period states it",
            );
        }
    }
}

const IN_RETURNS: &str = "quarterly returns whose quarter begins in the period";
const IN_SUMMARIES: &str = "Practice Summaries with a date in the period";

fn measure(kind: ReturnKind) -> String {
    format!("reach.{}", kind.code())
}

/// Whether any return states the kind.
fn estimate_from_returns(ledger: &mut Ledger, returns: &Returns<'_>, kind: ReturnKind) -> bool {
    let rows = returns.of_slice(&Slice::All);
    let Some(total) = add_up(kind, cell_name(kind, &Slice::All), &rows) else {
        return false;
    };
    let blank = rows.iter().filter(|row| kind.of(row).is_none()).count();
    let note = if blank > 0 {
        format!("{blank} of {} returns leave it blank", rows.len())
    } else {
        String::new()
    };
    let subject = |group| about(&measure(kind), group, IN_RETURNS);
    ledger.noted_count(subject(Group::all()), kind.unit(), &total, note);
    let mut parts = Vec::new();
    for country in returns.countries() {
        let slice = Slice::Country(country);
        let found = add_up(kind, cell_name(kind, &slice), &returns.of_slice(&slice));
        if let Some(part) = found {
            ledger.count(
                subject(Group::of("country", country.code())),
                kind.unit(),
                &part,
            );
            parts.push(part);
        }
    }
    ledger.sum(&total, &parts);
    true
}

/// Whether Practice Summaries can say it.
fn estimate_from_summaries(ledger: &mut Ledger, facts: &Facts, kind: ReturnKind) -> bool {
    let Some(event) = Event::of(kind).filter(|_| facts.has("children")) else {
        return false;
    };
    let summaries = summaries(facts);
    let total = event.write(ledger, &summaries);
    let subject = |group| about(&measure(kind), group, IN_SUMMARIES);
    ledger.count(subject(Group::all()), kind.unit(), &total);
    let parts: Vec<Tally> = several_countries(&summaries)
        .into_iter()
        .map(|country| {
            let part = event.in_period_of(&summaries, country);
            ledger.count(
                subject(Group::of("country", country.code())),
                kind.unit(),
                &part,
            );
            part
        })
        .collect();
    ledger.sum(&total, &parts);
    true
}

/// Something that Practice Summaries date.
struct Event {
    step: Step,
    dated: fn(&SummaryFacts) -> Option<WhenDated>,
}

impl Event {
    fn of(kind: ReturnKind) -> Option<Self> {
        let event = |step, dated| Some(Self { step, dated });
        match kind {
            ReturnKind::Conferences => event(Step::Conference, |s| s.conference),
            ReturnKind::Plans => event(Step::Plan, |s| s.plan),
            ReturnKind::Reviews => event(Step::Review, |s| s.review),
            ReturnKind::Referrals | ReturnKind::Starts | ReturnKind::CoordinatorsTrained => None,
        }
    }

    fn name(&self, part: &str) -> String {
        format!("summaries/{}/{part}", self.step.code())
    }

    /// The count in the period, tied to the step of the flow: what the flow counts and what lies
    /// outside it make all, and so do the period and the time before it.
    fn write(&self, ledger: &mut Ledger, summaries: &[&SummaryFacts]) -> Tally {
        let tally = |part, question: &(dyn Fn(&SummaryFacts) -> bool + Sync)| {
            Tally::where_(self.name(part), summaries, |s| question(s))
        };
        let dated = self.dated;
        let in_flow = at_step(summaries, self.step);
        let ever = tally("dated", &|s| dated(s).is_some()).within(&in_flow);
        let outside = tally("outside the flow", &|s| {
            dated(s).is_some() && !s.flow.reached(self.step)
        });
        let in_period = tally("in the period", &|s| dated(s) == Some(WhenDated::InPeriod));
        let in_period = in_period.within(&ever);
        let earlier = tally("earlier", &|s| dated(s) == Some(WhenDated::Earlier));
        ledger.sum(&ever, &[in_flow, outside]);
        ledger.sum(&ever, &[in_period.clone(), earlier]);
        in_period
    }

    fn in_period_of(&self, summaries: &[&SummaryFacts], country: Country) -> Tally {
        let name = self.name(&format!("in the period/country={country}"));
        Tally::where_(name, summaries, |s| {
            s.country == country && (self.dated)(s) == Some(WhenDated::InPeriod)
        })
    }
}
