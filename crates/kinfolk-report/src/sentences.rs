//! Sentences from rules that look at released figures.
//!
//! A rule that lacks a figure, or finds it withheld, says nothing: it returns `None`. A sentence
//! never says that the work caused a change.

pub(crate) mod comparison;
pub(crate) mod connections;
pub(crate) mod figures;
pub(crate) mod hazards;
pub(crate) mod homes;
pub(crate) mod knowing;
pub(crate) mod lines;
pub(crate) mod numbers;
pub(crate) mod objectives;
pub(crate) mod outcomes;
pub(crate) mod phrase;
pub(crate) mod ratings;
pub(crate) mod reach;
pub(crate) mod sdq;
pub(crate) mod sure;
pub(crate) mod value;

use crate::document::Text;

/// The sentences that there are, one after another; `None` when there are none.
pub(crate) fn paragraph(sentences: impl IntoIterator<Item = Option<Text>>) -> Option<Text> {
    let mut spans = Vec::new();
    for sentence in sentences.into_iter().flatten() {
        if !spans.is_empty() {
            spans.extend(Text::plain(" ").0);
        }
        spans.extend(sentence.0);
    }
    (!spans.is_empty()).then_some(Text(spans))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_are_missing_leave_no_gap() {
        let all = paragraph([Some(Text::plain("One.")), None, Some(Text::plain("Two."))]);
        assert_eq!(all.map(|text| text.words()), Some("One. Two.".to_owned()));
        assert_eq!(paragraph([None, None]), None);
    }
}
