//! What children asked for.

use kinfolk_disclosure::Released;
use kinfolk_model::{Group, Statistic, format};

use super::figures::{Figures, whole};
use super::phrase::{self, Noun, capital, in_sentence};
use crate::document::Text;

/// `41 children set 118 objectives, 2.9 each on average.`
pub(crate) fn set(figures: Figures<'_>) -> Option<Text> {
    let set = figures.all("objectives.set", Statistic::Count)?;
    let objectives = phrase::counted(set, Noun::OBJECTIVE)?;
    let Some(children) = figures.all("objectives.children", Statistic::Count) else {
        return Some(
            Text::plain("Children set ")
                .then_figure(objectives, set.key())
                .then("."),
        );
    };
    let text = Text::default()
        .then_figure(phrase::counted(children, Noun::CHILD)?, children.key())
        .then(" set ")
        .then_figure(objectives, set.key());
    Some(match each(figures) {
        Some((mean, key)) => text
            .then(", ")
            .then_figure(mean, key)
            .then(" each on average."),
        None => text.then("."),
    })
}

fn each(figures: Figures<'_>) -> Option<(String, String)> {
    let mean = figures.all("objectives.per_child", Statistic::Mean)?;
    Some((phrase::mean(mean)?, mean.key().to_string()))
}

/// `About 8 in 10 of the objectives that children set were met.`
pub(crate) fn met_in_short(figures: Figures<'_>) -> Option<Text> {
    let met = figures.all("objectives.met", Statistic::Proportion)?;
    let about = phrase::about(met)?;
    let of = if phrase::is_small(met) { "" } else { " of the" };
    Some(
        Text::default()
            .then_figure(capital(&about), met.key())
            .then(format!("{of} objectives that children set were met.")),
    )
}

/// `79% (95% interval 73% to 84%), 198 of 251 objectives, were met.`
pub(crate) fn met(figures: Figures<'_>) -> Option<Text> {
    let met = figures.all("objectives.met", Statistic::Proportion)?;
    Some(
        Text::default()
            .then_figure(phrase::share(met, Noun::OBJECTIVE)?, met.key())
            .then(", were met."),
    )
}

/// `Another 26 were partly met or under way.`
pub(crate) fn partly(figures: Figures<'_>) -> Option<Text> {
    let partly = figures.count("objectives.status", "result", "partly")?;
    let n = whole(partly).filter(|n| *n > 0)?;
    let were = if n == 1 { "was" } else { "were" };
    Some(
        Text::plain("Another ")
            .then_figure(format::count(n), partly.key())
            .then(format!(" {were} partly met or under way.")),
    )
}

/// `Most often asked for: wider family, 31 objectives.`
pub(crate) fn commonest(figures: Figures<'_>) -> Option<Text> {
    let (label, set) = figures
        .0
        .rows("objectives.category")
        .iter()
        .filter(|row| row.code != "other")
        .filter_map(|row| {
            let set = figures.count("objectives.set", "category", &row.code)?;
            Some((&row.label, set))
        })
        .max_by_key(|(_, set)| whole(set))?;
    Some(
        Text::plain(format!("Most often asked for: {}, ", in_sentence(label)))
            .then_figure(phrase::counted(set, Noun::OBJECTIVE)?, set.key())
            .then("."),
    )
}

/// `Least often met: father, 63% (95% interval 43% to 80%), 17 of 27 objectives.`
pub(crate) fn least_met(figures: Figures<'_>) -> Option<Text> {
    let kinds = kinds(figures);
    let (label, least) = kinds.least()?;
    let opening = if kinds.is_whole {
        "Least often met: "
    } else {
        "Least often met, of the kinds with a share: "
    };
    Some(
        Text::plain(format!("{opening}{}, ", in_sentence(label)))
            .then_figure(phrase::share(least, Noun::OBJECTIVE)?, least.key())
            .then("."),
    )
}

/// Says so when the lowest share may be no lower than the rest.
pub(crate) fn least_met_care(figures: Figures<'_>) -> Option<Text> {
    let kinds = kinds(figures);
    let (_, least) = kinds.least()?;
    let all = figures
        .all("objectives.met", Statistic::Proportion)?
        .value()
        .figure()?;
    let (_, upper) = least.interval().figure()?;
    (upper >= all)
        .then(|| Text::plain("With so few, the true share may be no lower than for the rest."))
}

/// The kinds with a share, and whether they are all kinds.
struct Kinds<'a> {
    shares: Vec<(&'a str, &'a Released)>,
    is_whole: bool,
}

impl<'a> Kinds<'a> {
    /// The kind with the lowest share; nothing among fewer than three, or where two share that place.
    fn least(&self) -> Option<(&'a str, &'a Released)> {
        let mut sorted = self.shares.clone();
        sorted.sort_by(|(_, a), (_, b)| share(a).total_cmp(&share(b)));
        match sorted.as_slice() {
            [least, next, _, ..] if share(least.1) < share(next.1) => Some(*least),
            _ => None,
        }
    }
}

fn kinds(figures: Figures<'_>) -> Kinds<'_> {
    let rows = figures.0.rows("objectives.category");
    let shares: Vec<(&str, &Released)> = rows
        .iter()
        .filter_map(|row| {
            let group = Group::of("category", &row.code);
            let met = figures.shown("objectives.met", &group, Statistic::Proportion)?;
            (phrase::counts(met).is_some() && !phrase::is_small(met))
                .then_some((row.label.as_str(), met))
        })
        .collect();
    Kinds {
        is_whole: shares.len() == rows.len(),
        shares,
    }
}

fn share(released: &Released) -> f64 {
    released.value().figure().unwrap_or(f64::INFINITY)
}
