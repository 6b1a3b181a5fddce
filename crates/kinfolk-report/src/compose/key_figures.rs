//! The five figures of page one.

use kinfolk_disclosure::Released;
use kinfolk_model::{Group, Respondent, Statistic, Unit, format, measure};

use super::cells::shown_or_blank;
use super::context::Context;
use crate::document::{Block, KeyFigure};
use crate::sentences::figures::Figures;
use crate::sentences::phrase::{self, Noun};
use crate::sentences::ratings;

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

    fn released<'a>(&self, context: &Context<'a>) -> Option<&'a Released> {
        context
            .release
            .get(self.measure, &self.group, self.statistic)
    }
}

/// The table of key figures; nothing when there is none at all.
pub(crate) fn block(context: &Context<'_>) -> Option<Block> {
    let figures = chosen(context);
    (!figures.is_empty()).then(|| Block::KeyFigures {
        place: context.place.clone(),
        figures,
        benchmark: context
            .release
            .benchmark()
            .map(|benchmark| benchmark.label.clone()),
        source: source(context),
    })
}

fn source(context: &Context<'_>) -> String {
    let period = context.settings.period.label();
    let synthetic = if context.settings.synthetic {
        " Synthetic data."
    } else {
        ""
    };
    format!(
        "Source: records described in \u{2018}About the numbers\u{2019}, {}, {period}.{synthetic}",
        context.place
    )
}

/// Figures that are shown, in order of weight; then withheld ones, if there is room.
fn chosen(context: &Context<'_>) -> Vec<KeyFigure> {
    let all: Vec<(Candidate, &Released)> = candidates(context.figures)
        .into_iter()
        .filter_map(|candidate| {
            let released = candidate.released(context)?;
            Some((candidate, released))
        })
        .collect();
    let is_shown = |released: &Released| released.value().figure().is_some();
    let shown = all.iter().filter(|(_, released)| is_shown(released));
    let withheld = all
        .iter()
        .filter(|(_, released)| released.value().is_withheld());
    shown
        .chain(withheld)
        .take(AT_MOST)
        .map(|(candidate, released)| key_figure(context, candidate, released))
        .collect()
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
        share("outcomes.identity_belonging"),
    ];
    candidates.extend(agreement(figures));
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

fn agreement(figures: Figures<'_>) -> Option<Candidate> {
    let rated = ratings::headline(figures)?;
    let statement = figures.0.settings().statement(rated.statement);
    let label = format!("Children agree: {}", lower_first(&statement));
    Some(Candidate {
        group: rated.agree.group().clone(),
        ..Candidate::new(
            "questionnaire.agree",
            Statistic::Proportion,
            &label,
            Noun::CHILD,
        )
    })
    .filter(|_| rated.respondent == Respondent::Child)
}

/// `More people help` within a line: `more people help`; `I was asked` stays.
fn lower_first(statement: &str) -> String {
    let mut letters = statement.chars();
    match letters.next() {
        Some(first) if !statement.starts_with("I ") => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => statement.to_owned(),
    }
}

fn key_figure(context: &Context<'_>, candidate: &Candidate, released: &Released) -> KeyFigure {
    let is_count = is_given_as_count(candidate, released);
    KeyFigure {
        label: candidate.label.clone(),
        base: base(candidate, released).unwrap_or_default(),
        value: value(candidate, released),
        interval: if is_count {
            String::new()
        } else {
            interval(candidate, released)
        },
        plot: if is_count {
            None
        } else {
            plot(context, released)
        },
        benchmark: benchmark(context, candidate),
        key: released.key().to_string(),
    }
}

/// Shares of fewer than twenty are given as counts.
fn is_given_as_count(candidate: &Candidate, released: &Released) -> bool {
    candidate.statistic == Statistic::Proportion && phrase::is_small(released)
}

fn base(candidate: &Candidate, released: &Released) -> Option<String> {
    match candidate.statistic {
        Statistic::Proportion => phrase::base(released, candidate.noun),
        Statistic::Count => None,
        _ => phrase::rests_on(released, candidate.noun),
    }
}

fn value(candidate: &Candidate, released: &Released) -> String {
    if is_given_as_count(candidate, released)
        && let Some((numerator, denominator)) = phrase::counts(released)
    {
        return format::of(numerator, denominator);
    }
    shown_or_blank(
        released.value(),
        writer(candidate.statistic, released.unit()),
    )
}

fn interval(candidate: &Candidate, released: &Released) -> String {
    let write = writer(candidate.statistic, released.unit());
    match released.interval().figure() {
        Some((lower, upper)) => format!("{} to {}", write(lower), write(upper)),
        None => String::new(),
    }
}

fn writer(statistic: Statistic, unit: Unit) -> fn(f64) -> String {
    match (statistic, unit) {
        (Statistic::Proportion, _) => format::share,
        (Statistic::Difference, _) => |value| format::signed(value, 1),
        (Statistic::Count, _) => |value| format::count(value.round() as u64),
        _ => |value| format::number(value, 1),
    }
}

fn benchmark(context: &Context<'_>, candidate: &Candidate) -> String {
    context
        .release
        .compared(candidate.measure, &candidate.group, candidate.statistic)
        .map(|compared| {
            let write = writer(candidate.statistic, compared.unit());
            shown_or_blank(compared.value(), write)
        })
        .unwrap_or_default()
}

fn plot(_context: &Context<'_>, _released: &Released) -> Option<kinfolk_charts::Svg> {
    None
}
