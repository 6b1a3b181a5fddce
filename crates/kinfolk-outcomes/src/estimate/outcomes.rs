//! What coordinators recorded for each outcome.

use kinfolk_model::{Code, Group, Outcome, OutcomeName, Unit};

use super::entry::{Share, about};
use super::ledger::Ledger;
use super::people::{Expected, summaries};
use super::tally::Tally;
use crate::{Facts, SummaryFacts};

pub(super) fn estimate_outcomes(ledger: &mut Ledger, facts: &Facts) {
    if !facts.has("children") {
        return;
    }
    let summaries = summaries(facts);
    let expected = Expected::in_study(&summaries);
    let base = write_base(ledger, &summaries, expected);
    let asked: Vec<&SummaryFacts> = summaries
        .iter()
        .copied()
        .filter(|s| is_asked(s, expected))
        .collect();
    let population = format!("{}, or of whom an outcome is recorded", expected.words());
    for name in OutcomeName::ALL {
        let recorded = Recorded {
            name: *name,
            asked: &asked,
            base: &base,
            population: &population,
        };
        recorded.write(ledger);
    }
}

/// Children of whom the work is expected, and any others of whom an outcome is recorded.
fn write_base(ledger: &mut Ledger, summaries: &[&SummaryFacts], expected: Expected) -> Tally {
    let expected_children = expected.tally(summaries);
    let base = Tally::where_("outcomes/asked", summaries, |s| is_asked(s, expected));
    let base = base.within(&expected_children);
    let others = Tally::where_("outcomes/asked without a start", summaries, |s| {
        is_asked(s, expected) && !s.started()
    });
    ledger.sum(&base, &[expected_children, others]);
    base
}

fn is_asked(summary: &SummaryFacts, expected: Expected) -> bool {
    expected == Expected::Everyone || summary.started() || summary.has_outcomes()
}

/// What was recorded for one outcome.
struct Recorded<'a> {
    name: OutcomeName,
    asked: &'a [&'a SummaryFacts],
    base: &'a Tally,
    population: &'a str,
}

/// The answers that are neither yes nor no, `None` for a blank.
const UNDECIDED: [Option<Outcome>; 3] = [Some(Outcome::TooSoon), Some(Outcome::NotKnown), None];

impl Recorded<'_> {
    fn write(&self, ledger: &mut Ledger) {
        let measure = format!("outcomes.{}", self.name);
        let subject = |group| about(&measure, group, self.population);
        let yes = self.answer(Some(Outcome::Yes));
        let no = self.answer(Some(Outcome::No));
        let decided = self.tally("yes or no", is_decided).within(self.base);
        let undecided = self.tally("neither yes nor no", |answer| !is_decided(answer));
        let share = Share::of(&yes, &decided)
            .rest(no.clone())
            .missing(&undecided);
        ledger.share(subject(Group::all()), &share, "");
        ledger.sum(self.base, &[decided, undecided.clone()]);
        ledger.sum(&undecided, &UNDECIDED.map(|answer| self.answer(answer)));

        let mut write = |answer| {
            let group = Group::of("answer", answer_code(answer));
            ledger.count(subject(group), Unit::Children, &self.answer(answer))
        };
        write(Some(Outcome::Yes));
        write(Some(Outcome::No));
        let details = UNDECIDED.map(write);
        let words = format!("Why it is neither yes nor no: {}", self.name.label());
        ledger.droppable(words, details);
    }

    fn answer(&self, wanted: Option<Outcome>) -> Tally {
        self.tally(answer_code(wanted), |answer| answer == wanted)
    }

    fn tally(&self, part: &str, wanted: impl Fn(Option<Outcome>) -> bool + Sync) -> Tally {
        Tally::where_(format!("outcomes/{}/{part}", self.name), self.asked, |s| {
            wanted(s.outcome(self.name))
        })
    }
}

fn is_decided(answer: Option<Outcome>) -> bool {
    matches!(answer, Some(Outcome::Yes | Outcome::No))
}

fn answer_code(answer: Option<Outcome>) -> &'static str {
    answer.map_or("not_recorded", Code::code)
}
