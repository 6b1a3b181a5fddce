//! The authority's own words, from Markdown. Raw HTML is left out.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::document::{Block, OwnWord};

/// The block; `None` where nothing is written.
pub(crate) fn block(who: &str, markdown: &str) -> Option<Block> {
    let words = parse(markdown);
    (!words.is_empty()).then(|| Block::OwnWords {
        who: who.to_owned(),
        words,
    })
}

/// Paragraphs, lists and headings, as plain text.
fn parse(markdown: &str) -> Vec<OwnWord> {
    let mut reader = Reader::default();
    for event in Parser::new(markdown) {
        reader.take(event);
    }
    reader.words
}

#[derive(Default)]
struct Reader {
    words: Vec<OwnWord>,
    text: String,
    items: Vec<String>,
    list_depth: usize,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) => self.text.push_str(&text),
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            Event::Start(Tag::List(_)) => self.begin_list(),
            Event::End(TagEnd::List(_)) => self.end_list(),
            Event::End(TagEnd::Item) => self.end_item(),
            Event::End(TagEnd::Heading(_)) => self.end(OwnWord::Heading),
            Event::End(TagEnd::Paragraph) if self.list_depth > 0 => self.text.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::CodeBlock) => self.end(OwnWord::Paragraph),
            _ => {}
        }
    }

    fn end(&mut self, word: fn(String) -> OwnWord) {
        let text = self.taken();
        if !text.is_empty() {
            self.words.push(word(text));
        }
    }

    fn begin_list(&mut self) {
        self.end_item();
        self.list_depth += 1;
    }

    /// A list within a list joins the outer one.
    fn end_list(&mut self) {
        self.list_depth = self.list_depth.saturating_sub(1);
        if self.list_depth == 0 && !self.items.is_empty() {
            self.words
                .push(OwnWord::List(std::mem::take(&mut self.items)));
        }
    }

    fn end_item(&mut self) {
        let text = self.taken();
        if !text.is_empty() {
            self.items.push(text);
        }
    }

    fn taken(&mut self) -> String {
        std::mem::take(&mut self.text).trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str, expected: &[OwnWord]) {
        assert_eq!(parse(markdown), expected, "{markdown}");
    }

    fn paragraph(text: &str) -> OwnWord {
        OwnWord::Paragraph(text.to_owned())
    }

    fn list(items: &[&str]) -> OwnWord {
        OwnWord::List(items.iter().map(|item| (*item).to_owned()).collect())
    }

    #[test]
    fn paragraphs_lists_and_headings_are_kept() {
        check(
            "# We recommend\n\nKeep *both*\ncoordinators.\n\n- One\n- Two\n",
            &[
                OwnWord::Heading("We recommend".to_owned()),
                paragraph("Keep both coordinators."),
                list(&["One", "Two"]),
            ],
        );
    }

    #[test]
    fn lists_within_lists_and_loose_lists_are_flat() {
        check(
            "- One\n  - Inner\n- Two\n",
            &[list(&["One", "Inner", "Two"])],
        );
        check("1. One\n\n2. Two\n", &[list(&["One", "Two"])]);
    }

    #[test]
    fn raw_html_is_left_out() {
        check(
            "<script>alert(1)</script>\n\nAn <b>honest</b> line.\n",
            &[paragraph("An honest line.")],
        );
        check("<!-- Write here. -->\n", &[]);
        check("", &[]);
    }
}
