//! What disclosure control did, in sentences.
//!
//! No sentence says which number is small and which only guards a small one, nor how many are small.

use kinfolk_model::Key;

use crate::design::Joining;
use crate::{Action, Decision, Released};

/// One sentence for each set of rows that were joined; tables of one measure in which the same rows
/// were joined share it.
pub(crate) fn joined(joinings: &[Joining]) -> Vec<Decision> {
    let mut groups: Vec<Vec<&Joining>> = Vec::new();
    for joining in joinings {
        let is_like = |group: &&mut Vec<&Joining>| {
            group[0].labels == joining.labels && measure(group[0]) == measure(joining)
        };
        match groups.iter_mut().find(is_like) {
            Some(group) => group.push(joining),
            None => groups.push(vec![joining]),
        }
    }
    groups.iter().map(|group| joined_alike(group)).collect()
}

/// The measure of a table: its id without what stands in brackets.
fn measure(joining: &Joining) -> &str {
    let id = joining.table.as_str();
    id.split_once('[').map_or(id, |(measure, _)| measure)
}

fn joined_alike(group: &[&Joining]) -> Decision {
    let labels = group[0].labels.iter();
    let labels: Vec<String> = labels
        .map(|label| format!("\u{2018}{label}\u{2019}"))
        .collect();
    let rows = list(&labels);
    let (about, what) = match group {
        [one] => (one.table.clone(), format!("{}: {rows}", one.title)),
        several => {
            let titles: Vec<String> = several.iter().map(|one| one.title.clone()).collect();
            let what = format!("{rows} in {}", list(&titles));
            (measure(several[0]).to_owned(), what)
        }
    };
    Decision {
        about,
        action: Action::Joined,
        what,
    }
}

/// `a, b and c`.
fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// One sentence for each measure of which sets of figures are dropped, given as a figure of the set
/// and the words for it.
pub(crate) fn dropped<'a>(sets: impl Iterator<Item = (&'a Key, &'a str)>) -> Vec<Decision> {
    let mut measures: Vec<(&str, Vec<&str>)> = Vec::new();
    for (key, words) in sets {
        match measures
            .iter_mut()
            .find(|(measure, _)| *measure == key.measure)
        {
            Some((_, all)) => all.push(words),
            None => measures.push((&key.measure, vec![words])),
        }
    }
    measures
        .into_iter()
        .map(|(measure, words)| Decision {
            about: measure.to_owned(),
            action: Action::LeftOut,
            what: words.join("; "),
        })
        .collect()
}

/// One sentence for each measure of which figures are left out.
pub(crate) fn withdrawn<'a>(of: impl Iterator<Item = &'a str>) -> Vec<Decision> {
    let mut measures: Vec<&str> = Vec::new();
    for measure in of {
        if !measures.contains(&measure) {
            measures.push(measure);
        }
    }
    let left_out = |id: &str| Decision {
        about: id.to_owned(),
        action: Action::LeftOut,
        what: format!("some figures of \u{2018}{}\u{2019}", title(id)),
    };
    measures.into_iter().map(left_out).collect()
}

/// One sentence for each measure with a withheld figure.
pub(crate) fn withheld<'a>(figures: impl Iterator<Item = &'a Released>) -> Vec<Decision> {
    let mut measures: Vec<&str> = Vec::new();
    for released in figures.filter(|released| released.is_withheld()) {
        if !measures.contains(&released.measure()) {
            measures.push(released.measure());
        }
    }
    measures.into_iter().map(withheld_of).collect()
}

fn withheld_of(id: &str) -> Decision {
    Decision {
        about: id.to_owned(),
        action: Action::Withheld,
        what: title(id).to_owned(),
    }
}

fn title(id: &str) -> &str {
    kinfolk_model::measure(id).map_or(id, |measure| measure.title)
}
