//! Lines to quote: whole sentences with number and caveat, fit for a committee paper.

use kinfolk_disclosure::Released;
use kinfolk_model::{Statistic, format};

use super::figures::Figures;
use super::outcomes::shown;
use super::phrase::{self, Noun};
use super::{homes, ratings, sdq};
use crate::document::Text;

/// The lines that the figures allow, each in quotation marks.
pub(crate) fn to_quote(figures: Figures<'_>) -> Vec<Text> {
    [
        people(figures),
        objectives(figures),
        outcome(figures),
        placements(figures),
        sdq::to_quote(figures),
        agreement(figures),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn place(figures: Figures<'_>) -> String {
    figures.0.settings().place()
}

fn people(figures: Figures<'_>) -> Option<Text> {
    let change = figures.all("connections.change", Statistic::Difference)?;
    let before = figures.all("connections.before", Statistic::Mean)?;
    let after = figures.all("connections.after", Statistic::Mean)?;
    let n = change.denominator().figure()?;
    Some(
        Text::plain("\u{2018}Children had ")
            .then_figure(whole_number(before)?, before.key())
            .then(" people around them at the start and ")
            .then_figure(whole_number(after)?, after.key())
            .then(" after, on average (")
            .then_figure(phrase::number_of(n, Noun::CHILD), change.key())
            .then(", no comparison group).\u{2019}"),
    )
}

fn whole_number(mean: &Released) -> Option<String> {
    Some(format::number(mean.value().figure()?, 0))
}

fn objectives(figures: Figures<'_>) -> Option<Text> {
    let met = figures.all("objectives.met", Statistic::Proportion)?;
    Some(
        Text::plain(format!("\u{2018}In {}, ", place(figures)))
            .then_figure(phrase::share(met, Noun::OBJECTIVE)?, met.key())
            .then(" that children set, were met.\u{2019}"),
    )
}

fn outcome(figures: Figures<'_>) -> Option<Text> {
    let (name, share) = shown(figures).max_by_key(|(_, share)| share.denominator().figure())?;
    let said = super::outcomes::outcome(name, share)?;
    let mut text = Text::plain("\u{2018}As coordinators see it, ");
    text.0.extend(said.0);
    Some(text.then("\u{2019}"))
}

/// The official measure with its definition, without which the number says little.
fn placements(figures: Figures<'_>) -> Option<Text> {
    let mut text = Text::plain("\u{2018}");
    text.0.extend(homes::three_or_more(figures)?.0);
    text = text.then(" ");
    text.0.extend(homes::definition(figures).0);
    Some(text.then("\u{2019}"))
}

fn agreement(figures: Figures<'_>) -> Option<Text> {
    let rated = ratings::headline(figures)?;
    let statement = figures.0.settings().statement(rated.statement);
    Some(
        Text::plain("\u{2018}Among children who replied, ")
            .then_figure(phrase::share(rated.agree, Noun::CHILD)?, rated.agree.key())
            .then(format!(", agreed: {statement}.\u{2019}")),
    )
}
