//! People around a child, before and after. Never worded as an effect.

use kinfolk_disclosure::Released;
use kinfolk_model::{Group, Statistic, format};

use super::figures::Figures;
use super::phrase::{self, Noun, in_sentence};
use crate::document::Text;

/// `On average, children had 7 people around them at the start and 22 after.`
pub(crate) fn in_short(figures: Figures<'_>) -> Option<Text> {
    let (before, after) = both(figures)?;
    let whole = |mean: &Released| Some(format::number(mean.value().figure()?, 0));
    Some(
        Text::plain("On average, children had ")
            .then_figure(whole(before)?, before.key())
            .then(" people around them at the start and ")
            .then_figure(whole(after)?, after.key())
            .then(" after."),
    )
}

/// `On average, children had 7.1 people around them at the start and 21.9 after: 14.8 more (95%
/// interval 12.9 to 16.7).`
pub(crate) fn change(figures: Figures<'_>) -> Option<Text> {
    let (before, after) = both(figures)?;
    let text = Text::plain("On average, children had ")
        .then_figure(phrase::mean(before)?, before.key())
        .then(" people around them at the start and ")
        .then_figure(phrase::mean(after)?, after.key());
    let Some(change) = figures.all("connections.change", Statistic::Difference) else {
        return Some(text.then(" after."));
    };
    Some(
        text.then(" after: ")
            .then_figure(phrase::more_or_fewer(change)?, change.key())
            .then("."),
    )
}

fn both(figures: Figures<'_>) -> Option<(&Released, &Released)> {
    Some((
        figures.all("connections.before", Statistic::Mean)?,
        figures.all("connections.after", Statistic::Mean)?,
    ))
}

/// `These are averages of 52 of 55 children, counted twice.`
pub(crate) fn counted_twice(figures: Figures<'_>) -> Option<Text> {
    let change = figures.all("connections.change", Statistic::Difference)?;
    Some(
        Text::plain("Both counts are known for ")
            .then_figure(phrase::rests_on(change, Noun::CHILD)?, change.key())
            .then("."),
    )
}

/// `96% (95% interval 87% to 99%), 50 of 52 children, had more people around them after.`
pub(crate) fn gained(figures: Figures<'_>) -> Option<Text> {
    let gained = figures.all("connections.gained", Statistic::Proportion)?;
    Some(
        Text::default()
            .then_figure(phrase::share(gained, Noun::CHILD)?, gained.key())
            .then(", had more people around them after."),
    )
}

/// `Half of the children had a change of +14.0 or more.`
pub(crate) fn median(figures: Figures<'_>) -> Option<Text> {
    let median = figures.all("connections.change", Statistic::MedianDifference)?;
    Some(
        Text::plain("Half of the children had a change of ")
            .then_figure(format::signed(median.value().figure()?, 1), median.key())
            .then(" or more."),
    )
}

/// Below this number of children, nothing is said of kinds of people.
const FEWEST_CHILDREN: u64 = 10;

/// `The largest change was in aunts, uncles and cousins: 6.1 more (95% interval 5.2 to 7.0).`
pub(crate) fn largest(figures: Figures<'_>) -> Option<Text> {
    let kinds: Vec<(&str, &Released)> = figures
        .0
        .rows("connections.kind")
        .iter()
        .filter_map(|row| {
            let group = Group::of("kind", &row.code);
            let change = figures.shown("connections.change", &group, Statistic::Difference)?;
            let n_children = change.denominator().figure()?;
            (n_children >= FEWEST_CHILDREN).then_some((row.label.as_str(), change))
        })
        .collect();
    let (label, change) = kinds
        .iter()
        .max_by(|(_, a), (_, b)| size(a).total_cmp(&size(b)))?;
    if kinds.len() < 2 || size(change) <= 0.0 {
        return None;
    }
    Some(
        Text::plain(format!(
            "The largest change was in {}: ",
            in_sentence(label)
        ))
        .then_figure(phrase::more_or_fewer(change)?, change.key())
        .then("."),
    )
}

fn size(change: &Released) -> f64 {
    change.value().figure().unwrap_or(f64::NEG_INFINITY)
}

/// `A year later, 24 children had 20.4 people around them on average.`
pub(crate) fn a_year_later(figures: Figures<'_>) -> Option<Text> {
    let later = figures.all("connections.at_12_months", Statistic::Mean)?;
    let n = later.denominator().figure()?;
    Some(
        Text::plain("Twelve months on, ")
            .then_figure(phrase::number_of(n, Noun::CHILD), later.key())
            .then(" had ")
            .then_figure(phrase::mean(later)?, later.key())
            .then(" people around them on average."),
    )
}

/// The caution beside every figure of before and after.
pub(crate) fn no_comparison() -> Text {
    Text::plain(
        "These children were counted before and after, with no comparison group. Some would have \
         met more people in any case.",
    )
}
