//! The children of each wave, and how their numbers hang together.

use kinfolk_model::{Code, Group, Informant};

use super::cohort::Naming::{Due, Missing, Picked, Scored};
use super::cohort::{Cohort, Cohorts, Feature, Naming, Row};
use crate::estimate::ledger::Ledger;
use crate::estimate::people::{Expected, summaries};
use crate::estimate::tally::Tally;
use crate::sdq::Band;
use crate::{ChildFacts, Facts, SdqWave};

/// From so many children on, a wave can be the last that completers are asked to have reached.
const FEWEST_COMPLETERS: usize = 10;

/// The scores from one informant over the years.
pub(super) struct Waves<'a> {
    pub(super) informant: Informant,
    /// Who should have a baseline and who has none; `None` without Practice Summaries, for then
    /// nobody knows who is missing.
    pub(super) due: Option<[Tally; 2]>,
    /// Who should have a baseline and has none.
    pub(super) without_baseline: Vec<&'a ChildFacts>,
    /// All who have a baseline.
    pub(super) everyone: Cohort<'a>,
    /// The waves that some have come to.
    pub(super) later: Vec<Later<'a>>,
    pub(super) completers: Option<Completers<'a>>,
}

/// The children of one wave after the baseline.
pub(super) struct Later<'a> {
    pub(super) wave: SdqWave,
    /// Who should have a score.
    pub(super) due: Cohort<'a>,
    /// Who has one.
    pub(super) scored: Cohort<'a>,
    /// Who has none.
    pub(super) lost: Cohort<'a>,
    /// Who has one on the form of the baseline.
    pub(super) pairs: Cohort<'a>,
    /// Who has one on another form, or another version of it.
    pub(super) not_comparable: Cohort<'a>,
    /// Who is due and has none on the form of the baseline.
    pub(super) without_pair: Cohort<'a>,
    /// Those of the pairs whose baseline lay in the high band.
    pub(super) concern: Cohort<'a>,
}

/// The children with a score at every wave up to one of them.
pub(super) struct Completers<'a> {
    pub(super) last: SdqWave,
    pub(super) cohort: Cohort<'a>,
}

impl<'a> Waves<'a> {
    /// Puts the children in groups, and states how the groups add up.
    pub(super) fn of(ledger: &mut Ledger, facts: &'a Facts, informant: Informant) -> Self {
        let base = base(ledger, facts, informant);
        let mut cohorts = Cohorts::new(&facts.children, informant, &base.scored.name);
        let everyone = cohorts.everyone.clone();
        let later: Vec<Later<'a>> = SdqWave::LATER
            .into_iter()
            .filter(|wave| everyone.rows.iter().any(|row| is_due(row, *wave)))
            .map(|wave| Later::of(ledger, &mut cohorts, wave))
            .collect();
        state_overlaps(ledger, &mut cohorts, &later);
        let completers = completers(&mut cohorts, &later);
        if let Some(completers) = &completers {
            state_completers(ledger, &mut cohorts, &later, completers);
        }
        Self {
            informant,
            due: base.due,
            without_baseline: base.without,
            everyone,
            later,
            completers,
        }
    }

    pub(super) fn group(&self, wave: SdqWave) -> Group {
        Group::of("informant", self.informant.code()).and("wave", wave.code())
    }

    /// Whose score it is, in words.
    pub(super) fn whose(&self) -> &'static str {
        match self.informant {
            Informant::ParentCarer => "a carer\u{2019}s score",
            Informant::Teacher => "a teacher\u{2019}s score",
            Informant::YoungPerson => "a score of their own",
        }
    }
}

impl<'a> Later<'a> {
    fn of(ledger: &mut Ledger, cohorts: &mut Cohorts<'a>, wave: SdqWave) -> Self {
        let everyone = cohorts.everyone.clone();
        let mut split = |whole: (&Cohort<'a>, &[Feature]), names: [(Naming, &str); 2], question| {
            let full = names.map(|(_, name)| format!("{}/{name}", wave.code()));
            let names = std::array::from_fn(|at| (names[at].0, full[at].as_str()));
            cohorts.split(ledger, whole, names, question)
        };
        let is_due_now: Question<'_, 'a> = &|row| is_due(row, wave);
        let is_scored: Question<'_, 'a> = &|row| row.at(wave).is_some();
        let is_high: Question<'_, 'a> =
            &|row| row.at(SdqWave::Baseline).and_then(|first| first.band) == Some(Band::Abnormal);
        let is_pair: Question<'_, 'a> = &|row| row.pair(wave).is_some();
        let first = Feature::totals(&[SdqWave::Baseline]);
        let first_in_bands = [&first[..], &Feature::bands(SdqWave::Baseline)].concat();
        let both = Feature::totals(&[SdqWave::Baseline, wave]);
        let both_in_bands = [&both[..], &Feature::bands(wave)].concat();
        let [due, _] = split(
            (&everyone, &first),
            [(Due, "due"), (Missing, "not due")],
            is_due_now,
        );
        let [scored, lost] = split(
            (&due, &first),
            [(Scored, "scored"), (Missing, "lost")],
            is_scored,
        );
        let [pairs, not_comparable] = split(
            (&scored, &both_in_bands),
            [(Scored, "pairs"), (Missing, "other form")],
            is_pair,
        );
        let [_, without_pair] = split(
            (&due, &first),
            [(Scored, "pairs"), (Missing, "without pair")],
            is_pair,
        );
        let [concern, _] = split(
            (&pairs, &both),
            [(Picked, "high baseline"), (Picked, "other baseline")],
            is_high,
        );
        // A reader has the baseline of everyone, too, to subtract from.
        split(
            (&everyone, &first),
            [(Scored, "scored"), (Missing, "not scored")],
            is_scored,
        );
        split(
            (&everyone, &first_in_bands),
            [(Scored, "pairs"), (Missing, "no pair")],
            is_pair,
        );
        Self {
            wave,
            due,
            scored,
            lost,
            pairs,
            not_comparable,
            without_pair,
            concern,
        }
    }
}

fn is_due(row: &Row<'_>, wave: SdqWave) -> bool {
    let later = row.series.follow_up(wave);
    later.is_some_and(|later| later.is_due)
}

type Question<'q, 'a> = &'q dyn Fn(&Row<'a>) -> bool;

/// States how the groups of any two waves overlap, with their baselines.
fn state_overlaps<'a>(ledger: &mut Ledger, cohorts: &mut Cohorts<'a>, later: &[Later<'a>]) {
    let totals = Feature::totals(&[SdqWave::Baseline]);
    let in_bands = [&totals[..], &Feature::bands(SdqWave::Baseline)].concat();
    for (at, one) in later.iter().enumerate() {
        for other in later.iter().skip(at + 1) {
            let mut state = |pair, by| cohorts.state_overlap(ledger, pair, by);
            state([&one.due, &other.due], (Missing, &totals));
            state([&one.scored, &other.scored], (Missing, &totals));
            state([&one.lost, &other.lost], (Missing, &totals));
            state([&one.concern, &other.concern], (Picked, &totals));
            state([&one.pairs, &other.pairs], (Missing, &in_bands));
        }
    }
}

/// Up to the last wave that enough children have reached with a score at every wave; where there are
/// not enough at any, the last that any child has.
fn completers<'a>(cohorts: &mut Cohorts<'a>, later: &[Later<'a>]) -> Option<Completers<'a>> {
    let everyone = cohorts.everyone.clone();
    let mut candidates = Vec::new();
    for wave in later.iter().map(|later| later.wave) {
        let name = format!("completers to {}", wave.code());
        let cohort = cohorts.of(&everyone, (Scored, &name), |row| row.is_complete(wave));
        candidates.push(Completers { last: wave, cohort });
    }
    let has = |fewest: usize| {
        candidates
            .iter()
            .rposition(|completers| completers.cohort.rows.len() >= fewest)
    };
    let chosen = has(FEWEST_COMPLETERS).or_else(|| has(1))?;
    Some(candidates.swap_remove(chosen))
}

fn state_completers<'a>(
    ledger: &mut Ledger,
    cohorts: &mut Cohorts<'a>,
    later: &[Later<'a>],
    completers: &Completers<'a>,
) {
    let last = completers.last;
    let everyone = cohorts.everyone.clone();
    let mut state = |whole: &Cohort<'a>, waves: &[SdqWave], name: &str| {
        let features = Feature::totals(waves);
        let others = format!("{name} not completers");
        cohorts.split(
            ledger,
            (whole, &features),
            [(Scored, "completers"), (Missing, &others)],
            |row| row.is_complete(last),
        );
    };
    state(&everyone, &[SdqWave::Baseline], "everyone");
    for later in later.iter().filter(|later| later.wave <= last) {
        let both = [SdqWave::Baseline, later.wave];
        state(&later.pairs, &both, &format!("{}/pairs", later.wave.code()));
        state(
            &later.scored,
            &both,
            &format!("{}/scored", later.wave.code()),
        );
    }
}

/// Those of whom a baseline is expected, and those who have one.
struct Base<'a> {
    due: Option<[Tally; 2]>,
    without: Vec<&'a ChildFacts>,
    scored: Tally,
}

fn base<'a>(ledger: &mut Ledger, facts: &'a Facts, informant: Informant) -> Base<'a> {
    let name = |part: &str| format!("sdq/{}/{part}", informant.code());
    let children = &facts.children;
    let scored = Tally::where_(name("baseline"), children, |c| has_baseline(c, informant));
    if !facts.has("children") {
        return Base {
            due: None,
            without: Vec::new(),
            scored,
        };
    }
    let summaries = summaries(facts);
    let expected = Expected::in_study(&summaries);
    let started = expected.tally(&summaries);
    let is_expected = |c: &ChildFacts| expected.includes(c);
    let is_asked = |c: &ChildFacts| {
        has_baseline(c, informant) || (is_expected(c) && c.sdq.is_of_age[informant as usize])
    };
    let asked_of_started = Tally::where_(name("asked and started"), children, |c| {
        is_asked(c) && is_expected(c)
    })
    .within(&started);
    let not_of_age = Tally::where_(name("not of age"), children, |c| {
        !is_asked(c) && is_expected(c)
    });
    let not_started = Tally::where_(name("asked and not started"), children, |c| {
        is_asked(c) && !is_expected(c)
    });
    ledger.sum(&started, &[asked_of_started.clone(), not_of_age]);
    let due = Tally::where_(name("asked"), children, is_asked).within(&asked_of_started);
    ledger.sum(&due, &[asked_of_started, not_started]);
    // That a score is not there says nothing of a child.
    let without = Tally::of_things(name("no baseline"), due.value - scored.value);
    ledger.sum(&due, &[scored.clone(), without.clone()]);
    Base {
        due: Some([due, without]),
        without: children
            .iter()
            .filter(|c| is_asked(c) && !has_baseline(c, informant))
            .collect(),
        scored,
    }
}

fn has_baseline(child: &ChildFacts, informant: Informant) -> bool {
    child
        .sdq
        .of(informant)
        .is_some_and(|series| series.baseline.is_some())
}
