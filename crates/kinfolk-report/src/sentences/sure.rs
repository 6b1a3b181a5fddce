//! `How sure are we?`: what and how sure, then why.

use kinfolk_disclosure::Released;
use kinfolk_model::{Group, Statistic};

use super::figures::Figures;
use super::phrase;

/// A line of the box.
type Line = (String, String);

/// At most three lines, in the order of the sentences above them.
pub(crate) fn lines(figures: Figures<'_>) -> Vec<Line> {
    [
        compared(figures),
        people(figures),
        objectives(figures),
        outcomes(figures),
        voices(figures),
        returns(figures),
    ]
    .into_iter()
    .flatten()
    .take(3)
    .collect()
}

fn compared(figures: Figures<'_>) -> Option<Line> {
    let asked = figures.0.settings().comparison.as_ref()?;
    let outcome = asked.outcomes.first()?;
    let (lower, upper) = super::comparison::difference(figures, outcome, asked.method)?
        .interval()
        .figure()?;
    let opening = match lower > 0.0 || upper < 0.0 {
        true => "Difference: more than chance, less sure that the programme made it.",
        false => "Difference: not sure that there is one.",
    };
    let why =
        "Comparators were alike in what was recorded, and may differ in what nobody recorded.";
    Some((opening.to_owned(), why.to_owned()))
}

fn people(figures: Figures<'_>) -> Option<Line> {
    let change = figures.all("connections.change", Statistic::Difference)?;
    let opening = match change.interval().figure() {
        Some((lower, _)) if lower > 0.0 => "People: sure of the rise, not of its cause.",
        Some((_, upper)) if upper < 0.0 => "People: sure of the fall, not of its cause.",
        Some(_) => "People: not sure that the number changed.",
        None => "People: counted, not compared.",
    };
    Some((
        opening.to_owned(),
        "There is no comparison group.".to_owned(),
    ))
}

fn objectives(figures: Figures<'_>) -> Option<Line> {
    let met = figures.all("objectives.met", Statistic::Proportion)?;
    Some((
        format!("Objectives: {}.", how_sure(met)?),
        "The child and the coordinator judged each one.".to_owned(),
    ))
}

fn outcomes(figures: Figures<'_>) -> Option<Line> {
    let (_, share) = super::outcomes::headline(figures)?;
    Some((
        format!("Outcomes: {}.", how_sure(share)?),
        "Coordinators recorded them, and they know the work.".to_owned(),
    ))
}

fn voices(figures: Figures<'_>) -> Option<Line> {
    let group = Group::of("record", "child_questionnaire");
    let rated = super::ratings::headline(figures)?;
    how_sure(rated.agree)?;
    let replied = figures
        .shown("coverage.record", &group, Statistic::Proportion)
        .and_then(|reply| reply.value().figure());
    let why = match replied {
        Some(share) if share < 0.5 => "Fewer than half replied, perhaps the more content.",
        _ => "Those who replied may be more content than the rest.",
    };
    Some(("Ratings: least sure.".to_owned(), why.to_owned()))
}

fn returns(figures: Figures<'_>) -> Option<Line> {
    figures.all("reach.conferences", Statistic::Count)?;
    Some((
        "Returns: counted, not sampled.".to_owned(),
        "They say how much was done, not what came of it.".to_owned(),
    ))
}

/// How far a share is pinned down: by the width of its interval, or by how few stand behind it.
fn how_sure(share: &Released) -> Option<&'static str> {
    if phrase::is_small(share) {
        return Some("too few to tell");
    }
    let (lower, upper) = share.interval().figure()?;
    Some(match upper - lower {
        width if width <= 0.15 => "sure",
        width if width <= 0.30 => "fairly sure",
        width if width <= 0.50 => "not very sure",
        _ => "too few to tell",
    })
}
