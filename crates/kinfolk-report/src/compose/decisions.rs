//! What disclosure control did: one row for each thing done, with all figures to which it was done.

use kinfolk_disclosure::Decision;

use super::cells::{self, words};
use super::context::{Context, Numbering};
use crate::document::Block;
use crate::sentences::phrase::capital;

/// The table of decisions; nothing when all figures stand as they were made.
pub(crate) fn table(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let done = by_deed(context.release.decisions());
    if done.is_empty() {
        return None;
    }
    let rows = done
        .iter()
        .map(|(deed, figures)| cells::row(&capital(deed), [words(&figures.join("; "))]))
        .collect();
    let table = cells::table_of_words(&["What was done", "Figures"], rows);
    let source = "In each case too few children stand behind a number, or behind one that it would \
                  give away.";
    Some(numbering.table(
        "not-shown",
        "What was joined, left out or withheld",
        table,
        source.to_owned(),
    ))
}

/// Each deed in the order in which it first comes, with its figures.
fn by_deed(decisions: &[Decision]) -> Vec<(&str, Vec<&str>)> {
    let mut done: Vec<(&str, Vec<&str>)> = Vec::new();
    for decision in decisions {
        let (figures, deed) = parts(&decision.sentence);
        match done.iter_mut().find(|(known, _)| *known == deed) {
            Some((_, all)) => all.push(figures),
            None => done.push((deed, vec![figures])),
        }
    }
    done
}

/// A sentence as the figures that it is about, and what was done to them, without the reason.
fn parts(sentence: &str) -> (&str, &str) {
    let said = sentence.split(", because").next().unwrap_or(sentence);
    let said = said.trim_end_matches('.');
    said.rsplit_once(": ").unwrap_or(("", said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_fall_into_figures_and_deed() {
        assert_eq!(
            parts("Answers: The plan is clear: not shown, because too few."),
            ("Answers: The plan is clear", "not shown")
        );
        assert_eq!(
            parts("Everything was joined."),
            ("", "Everything was joined")
        );
    }

    #[test]
    fn the_same_deed_is_told_once() {
        let decision = |sentence: &str| Decision {
            about: String::new(),
            sentence: sentence.to_owned(),
        };
        let decisions = [
            decision("Sex: not shown, because too few."),
            decision("Age: a and b are shown together, because too few."),
            decision("Home: not shown, because too few."),
        ];
        assert_eq!(
            by_deed(&decisions),
            [
                ("not shown", vec!["Sex", "Home"]),
                ("a and b are shown together", vec!["Age"]),
            ]
        );
    }
}
