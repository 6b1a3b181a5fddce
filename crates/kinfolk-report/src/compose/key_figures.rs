//! The five figures of page one.

use kinfolk_charts::KeyRow;
use kinfolk_disclosure::{Release, Released};
use kinfolk_model::{Group, Informant, Statistic, format, measure};

use super::context::Context;
use crate::document::{Block, KeyFigure};
use crate::sentences::figures::Figures;
use crate::sentences::phrase::{self, Noun, in_sentence};
use crate::sentences::{ratings, sdq};

/// At most this many: more would not be read.
const AT_MOST: usize = 5;

/// A figure that may stand on page one.
struct Candidate {
    measure: &'static str,
    group: Group,
    statistic: Statistic,
    label: String,
    noun: Noun,
}

impl Candidate {
    fn new(measure: &'static str, statistic: Statistic, label: &str, noun: Noun) -> Self {
        Self {
            measure,
            group: Group::all(),
            statistic,
            label: label.to_owned(),
            noun,
        }
    }

    fn row(self, release: &Release) -> Option<KeyRow<'_>> {
        let figure = release.get(self.measure, &self.group, self.statistic)?;
        Some(KeyRow {
            base: self.base(figure).unwrap_or_default(),
            label: self.label,
            figure,
            benchmark: release.compared(self.measure, &self.group, self.statistic),
        })
    }

    fn base(&self, figure: &Released) -> Option<String> {
        match self.statistic {
            Statistic::Proportion => phrase::base(figure, self.noun),
            Statistic::Count => None,
            _ => phrase::rests_on(figure, self.noun),
        }
    }
}

/// The figures of page one: those that are shown, in order of weight; then withheld ones, if there
/// is room. At most five.
pub fn key_rows(release: &Release) -> Vec<KeyRow<'_>> {
    let rows = |candidates: Vec<Candidate>| -> Vec<KeyRow<'_>> {
        let rows = candidates.into_iter();
        rows.filter_map(|candidate| candidate.row(release))
            .collect()
    };
    let all = match rows(candidates(Figures(release))) {
        none if none.is_empty() => rows(of_returns()),
        some => some,
    };
    let shown = all
        .iter()
        .filter(|row| row.figure.value().figure().is_some());
    let withheld = all.iter().filter(|row| row.figure.value().is_withheld());
    shown.chain(withheld).take(AT_MOST).cloned().collect()
}

/// The table of key figures; nothing when there is none at all.
pub(crate) fn block(context: &Context<'_>) -> Option<Block> {
    let figures: Vec<KeyFigure> = key_rows(context.release).iter().map(key_figure).collect();
    let has_scores = figures.iter().any(|figure| figure.key.starts_with("sdq."));
    (!figures.is_empty()).then(|| Block::KeyFigures {
        place: context.place.clone(),
        figures,
        benchmark: context
            .release
            .benchmark()
            .map(|benchmark| benchmark.label.clone()),
        source: source(context, has_scores),
    })
}

fn key_figure(row: &KeyRow<'_>) -> KeyFigure {
    KeyFigure {
        label: row.label.clone(),
        base: row.base.clone(),
        value: row.value(),
        interval: row.interval(),
        plot: row.plot(),
        benchmark: row.compared(),
        key: row.figure.key().to_string(),
    }
}

fn source(context: &Context<'_>, has_scores: bool) -> String {
    let scores = match has_scores {
        true => {
            " A lower score on the Strengths and Difficulties Questionnaire (SDQ) means fewer difficulties."
        }
        false => "",
    };
    let synthetic = if context.settings.synthetic {
        " Synthetic data."
    } else {
        ""
    };
    format!(
        "Source: records described in \u{2018}About the numbers\u{2019}, {}. {}\u{a0}intervals.{scores}{synthetic}",
        context.settings.period.label(),
        format::level(context.settings.confidence)
    )
}

/// What may stand on page one, the weightiest first.
fn candidates(figures: Figures<'_>) -> Vec<Candidate> {
    use Statistic::{Count, Difference, Mean, Proportion};
    let share = |id: &'static str| {
        let label = measure(id).map_or(id, |measure| measure.title);
        Candidate::new(id, Proportion, label, Noun::CHILD)
    };
    let count = |id: &'static str| {
        let label = measure(id).map_or(id, |measure| measure.title);
        Candidate::new(id, Count, label, Noun::CHILD)
    };
    let people = "Change in people around a child";
    let met = "Objectives met";
    let mut candidates = vec![
        Candidate::new("connections.change", Difference, people, Noun::CHILD),
        Candidate::new("objectives.met", Proportion, met, Noun::OBJECTIVE),
        share("outcomes.new_direct_contact"),
    ];
    let scores = sdq_change(figures);
    let identity = share("outcomes.identity_belonging");
    let (before, after) = match scores.is_some() {
        // One figure of each kind of record comes before a second of the same.
        true => (None, Some(identity)),
        false => (Some(identity), None),
    };
    candidates.extend(scores.into_iter().chain(before));
    candidates.extend(agreement(figures));
    candidates.extend(after);
    candidates.extend([
        share("reach.meets_criteria"),
        share("connections.gained"),
        share("outcomes.long_term_commitment"),
        share("outcomes.family_history_knowledge"),
        share("outcomes.relationship_repaired"),
        Candidate::new(
            "objectives.per_child",
            Mean,
            "Objectives for each child",
            Noun::CHILD,
        ),
        count("reach.children"),
        count("objectives.set"),
        count("reach.conferences"),
        count("reach.plans"),
        count("reach.referrals"),
        count("reach.starts"),
        count("reach.coordinators_trained"),
    ]);
    candidates
}

/// What may stand there where a study holds nothing but returns.
fn of_returns() -> Vec<Candidate> {
    let share = |measure, group, label| Candidate {
        group,
        ..Candidate::new(measure, Statistic::Proportion, label, Noun::CHILD)
    };
    let in_year = "Three or more placements in the year";
    let carer = "The same carer for two years";
    let home = "Still in the same home";
    vec![
        share(
            "stability.three_or_more",
            Group::of("window", "year"),
            in_year,
        ),
        share("stability.same_carer_two_years", Group::all(), carer),
        share("stability.same_home", Group::all(), home),
    ]
}

/// The change in carers' scores, where twenty children or more have both.
fn sdq_change(figures: Figures<'_>) -> Option<Candidate> {
    let change = sdq::headline(figures, Informant::ParentCarer)?;
    let n = change.paired.denominator().figure()?;
    let label = format!(
        "Carers\u{2019} SDQ score: change {}",
        sdq::after(change.wave)
    );
    (n >= phrase::FEWEST_FOR_SHARE).then(|| Candidate {
        group: change.paired.group().clone(),
        ..Candidate::new("sdq.change", Statistic::Difference, &label, Noun::CHILD)
    })
}

fn agreement(figures: Figures<'_>) -> Option<Candidate> {
    let rated = ratings::headline(figures)?;
    let statement = figures.0.settings().statement(rated.statement);
    let label = format!("Children agree: {}", in_sentence(&statement));
    Some(Candidate {
        group: rated.agree.group().clone(),
        ..Candidate::new(
            "questionnaire.agree",
            Statistic::Proportion,
            &label,
            Noun::CHILD,
        )
    })
}
