//! Words that several charts need: where and when, sources, shares in words, titles that fit.

use kinfolk_disclosure::Release;
use kinfolk_model::format;

use crate::canvas::{Type, WIDTH};

/// What the sign stands for; closes the source of a chart that holds it.
pub(crate) const WITHHELD_NOTE: &str = "[c]\u{a0}withheld to protect children.";
/// Why a row has counts only.
pub(crate) const FEW_NOTE: &str = "No percentages for fewer than 20.";

/// `Hartwell, 2022 to 2025`.
pub(crate) fn place_and_period(release: &Release) -> String {
    let settings = release.settings();
    format!("{}, {}", settings.place(), settings.period.label())
}

/// The place as a key names it: `Hartwell`, or `this authority` where the name is too long.
pub(crate) fn short_place(release: &Release) -> String {
    const ROOM: f64 = 180.0;
    let settings = release.settings();
    let place = settings.place();
    match (
        Type::LABEL.width(&place) <= ROOM,
        settings.authorities.len(),
    ) {
        (true, _) => place,
        (false, 1) => "this authority".to_owned(),
        (false, _) => "these authorities".to_owned(),
    }
}

/// `n = 92` that no line end can part.
pub(crate) fn n_is(n: u64) -> String {
    format!("n\u{a0}=\u{a0}{}", format::count(n))
}

/// `Source: …, Hartwell. n = …. Note. Note.`
pub(crate) fn source(release: &Release, records: &str, n: &str, notes: &[&str]) -> String {
    let mut text = format!("Source: {records}, {}. {n}.", release.settings().place());
    let rounding = release.rounding_note();
    let synthetic = release.settings().synthetic.then_some("Synthetic data.");
    let notes = notes.iter().copied().chain(rounding.as_deref());
    for note in notes.chain(synthetic) {
        text.push(' ');
        text.push_str(note);
    }
    text
}

/// A label within a sentence: `Wider family` becomes `wider family`; `SDQ` stays.
pub(crate) fn in_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first
            .to_lowercase()
            .chain([second])
            .chain(letters)
            .collect(),
        _ => label.to_owned(),
    }
}

/// The same with a capital.
pub(crate) fn as_sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// `a, b and c`.
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The first of several titles that fits on one line; the last, which must be short, if none does.
pub(crate) fn fitting_title(candidates: &[String]) -> String {
    candidates
        .iter()
        .find(|title| Type::TITLE.width(title) <= WIDTH)
        .or(candidates.last())
        .cloned()
        .unwrap_or_default()
}

/// A share in words: `all`, `about four in five`, `more than half`. Never more exact than it sounds:
/// the bare words stand only for the very share, `about` for one within two in a hundred.
pub(crate) fn in_words(share: f64) -> String {
    const WORDS: [(f64, &str); 13] = [
        (0.1, "one in ten"),
        (0.2, "one in five"),
        (0.25, "a quarter"),
        (0.3, "three in ten"),
        (1.0 / 3.0, "a third"),
        (0.4, "two in five"),
        (0.5, "half"),
        (0.6, "three in five"),
        (2.0 / 3.0, "two thirds"),
        (0.7, "seven in ten"),
        (0.75, "three quarters"),
        (0.8, "four in five"),
        (0.9, "nine in ten"),
    ];
    let near = |reach: f64| {
        WORDS
            .iter()
            .find(|(exact, _)| (exact - share).abs() <= reach)
    };
    let below = WORDS.iter().rev().find(|(exact, _)| *exact < share);
    if share >= 1.0 {
        "all".to_owned()
    } else if share >= 0.95 {
        "almost all".to_owned()
    } else if share <= 0.0 {
        "none".to_owned()
    } else if let Some((_, words)) = near(0.005) {
        (*words).to_owned()
    } else if let Some((_, words)) = near(0.02) {
        format!("about {words}")
    } else if let Some((_, words)) = below {
        format!("more than {words}")
    } else {
        "fewer than one in ten".to_owned()
    }
}

/// A share of something in words: `about four in five children`, `half of children`, `no children`.
pub(crate) fn share_of(share: f64, whole: &str) -> String {
    let words = in_words(share);
    let is_fraction = ["half", "third", "thirds", "quarter", "quarters"]
        .iter()
        .any(|ending| words.ends_with(ending));
    match words.as_str() {
        "none" => format!("no {whole}"),
        _ if is_fraction => format!("{words} of {whole}"),
        _ => format!("{words} {whole}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_in_words_are_no_more_exact_than_they_sound() {
        for (share, expected) in [
            (0.0, "none"),
            (0.02, "fewer than one in ten"),
            (0.09, "about one in ten"),
            (0.336, "a third"),
            (0.5, "half"),
            (0.744, "about three quarters"),
            (0.79, "about four in five"),
            (0.85, "more than four in five"),
            (0.44, "more than two in five"),
            (0.8, "four in five"),
            (0.97, "almost all"),
            (1.0, "all"),
        ] {
            assert_eq!(in_words(share), expected, "{share}");
        }
    }

    #[test]
    fn a_share_of_something_reads_as_english() {
        assert_eq!(share_of(0.0, "objectives"), "no objectives");
        assert_eq!(share_of(0.66, "children"), "about two thirds of children");
        assert_eq!(share_of(0.8, "objectives"), "four in five objectives");
        assert_eq!(share_of(1.0, "children"), "all children");
    }

    #[test]
    fn labels_keep_their_capitals_within_a_sentence() {
        assert_eq!(in_sentence("Wider family"), "wider family");
        assert_eq!(in_sentence("A specific request"), "a specific request");
        assert_eq!(in_sentence("SDQ"), "SDQ");
        assert_eq!(in_sentence(""), "");
        assert_eq!(as_sentence("about half"), "About half");
    }

    #[test]
    fn a_title_that_is_too_long_gives_way() {
        let long = "word ".repeat(40);
        assert_eq!(fitting_title(&[long, "Short".to_owned()]), "Short");
    }
}
