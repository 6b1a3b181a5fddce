//! What every section needs.

use kinfolk_charts::{DataTable, Figure};
use kinfolk_disclosure::Release;
use kinfolk_model::{Code, SectionName, Settings};

use super::{Inputs, own_words};
use crate::document::{Block, FigureBlock, Printed, Section, TableBlock, Text};
use crate::sentences::figures::Figures;

/// The inputs, and what follows from them.
pub(crate) struct Context<'a> {
    pub(crate) inputs: &'a Inputs<'a>,
    pub(crate) release: &'a Release,
    pub(crate) settings: &'a Settings,
    pub(crate) figures: Figures<'a>,
    /// `Hartwell`.
    pub(crate) place: String,
}

impl<'a> Context<'a> {
    pub(crate) fn new(inputs: &'a Inputs<'a>) -> Self {
        let settings = inputs.release.settings();
        Self {
            inputs,
            release: inputs.release,
            settings,
            figures: Figures(inputs.release),
            place: settings.place(),
        }
    }

    /// A source line: `Source: Practice Summaries, Hartwell. n = 61 children.`, then a note.
    pub(crate) fn source(&self, records: &str, base: &str, note: &str) -> String {
        let base = if base.is_empty() {
            String::new()
        } else {
            format!("n\u{a0}=\u{a0}{base}.")
        };
        let synthetic = if self.settings.synthetic {
            "Synthetic data."
        } else {
            ""
        };
        let source = format!("Source: {records}, {}.", self.place);
        let rounding = self.release.rounding_note().unwrap_or_default();
        [source.as_str(), &base, note, &rounding, synthetic]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The quotations of a section.
    pub(crate) fn quotes(&self, section: SectionName) -> impl Iterator<Item = Block> {
        self.inputs
            .voices
            .quotes
            .iter()
            .filter(move |voice| voice.section == section)
            .map(|voice| Block::Quote {
                text: voice.text.clone(),
                who: format!(
                    "{}. Shared with consent.",
                    voice.speaker.trim_end_matches('.')
                ),
            })
    }

    /// What the authority wrote for a section.
    pub(crate) fn own_words(&self, section: SectionName) -> impl Iterator<Item = Block> {
        self.inputs
            .words
            .iter()
            .filter(move |words| words.section == section)
            .filter_map(|words| own_words::block(&self.own_voice(), &words.markdown))
    }

    fn own_voice(&self) -> String {
        match self.settings.authorities.as_slice() {
            [one] => format!("In {} words", possessive(one)),
            _ => "In the authorities\u{2019} words".to_owned(),
        }
    }

    /// A section, closed by its quotations and the authority's own words. Where its figures allow no
    /// sentence, it begins by saying so.
    pub(crate) fn close(&self, name: SectionName, mut blocks: Vec<Block>) -> Option<Section> {
        let has_lead = matches!(blocks.first(), Some(Block::Lead(_)));
        if !blocks.is_empty() && !has_lead {
            let tells =
                |block: &Block| matches!(block, Block::Paragraph(_) | Block::WithNote { .. });
            let lead = if blocks.iter().any(tells) {
                not_the_first()
            } else {
                not_yet()
            };
            blocks.insert(0, Block::Lead(lead));
        }
        blocks.extend(self.quotes(name));
        blocks.extend(self.own_words(name));
        (!blocks.is_empty()).then(|| Section {
            id: name.code().to_owned(),
            heading: name.label().to_owned(),
            blocks,
        })
    }
}

/// `Hartwell’s`, `Wells’`.
fn possessive(name: &str) -> String {
    let s = if name.ends_with('s') { "" } else { "s" };
    format!("{name}\u{2019}{s}")
}

/// Numbers of figures and tables, counted through the report.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    figures: u32,
    tables: u32,
}

impl Numbering {
    /// A chart with its number; nothing for a chart that cannot be drawn.
    pub(crate) fn figure(&mut self, figure: Option<Figure>) -> Option<Block> {
        let figure = figure?;
        self.figures += 1;
        Some(Block::Figure(FigureBlock {
            number: self.figures,
            figure,
            printed: Printed::Whole,
        }))
    }

    /// A table with its number.
    pub(crate) fn table(
        &mut self,
        id: &str,
        caption: &str,
        table: DataTable,
        source: String,
    ) -> Block {
        self.tables += 1;
        Block::Table(TableBlock {
            id: id.to_owned(),
            caption: caption.to_owned(),
            number: self.tables,
            table,
            source,
            printed: Printed::Whole,
        })
    }
}

/// What most sections begin with: the finding, text with its margin note, a chart.
pub(crate) fn opening(
    lead: Option<Text>,
    text: Option<Block>,
    figure: Option<Block>,
) -> Vec<Block> {
    lead.map(Block::Lead)
        .into_iter()
        .chain(text)
        .chain(figure)
        .collect()
}

/// The paragraphs that there are, with a definition in the margin; nothing where there are none.
pub(crate) fn with_note(
    paragraphs: impl IntoIterator<Item = Option<Text>>,
    term: &str,
    note: &str,
) -> Option<Block> {
    let paragraphs: Vec<Text> = paragraphs.into_iter().flatten().collect();
    (!paragraphs.is_empty()).then(|| Block::WithNote {
        paragraphs,
        term: term.to_owned(),
        note: note.to_owned(),
    })
}

/// A heading of the third level.
pub(crate) fn heading(text: &str) -> Block {
    Block::Heading {
        text: text.to_owned(),
        new_page: false,
    }
}

/// A heading of the third level at the top of a page.
pub(crate) fn heading_on_new_page(text: &str) -> Block {
    Block::Heading {
        text: text.to_owned(),
        new_page: true,
    }
}

/// A caution.
pub(crate) fn care(opening: &str, text: Text) -> Block {
    Block::Care {
        opening: opening.to_owned(),
        text,
    }
}

/// Opens a section whose leading figure is withheld, and which has others.
fn not_the_first() -> Text {
    Text::plain("The leading figure is withheld to protect children. What can be shown follows.")
}

/// Opens a section whose figures are withheld.
fn not_yet() -> Text {
    Text::plain("Too few children stand behind these figures to put them into words yet.")
}

/// Says why shares are given as counts.
pub(crate) fn small_numbers() -> Text {
    Text::plain(
        "With fewer than 20, one child more or less would move a share by over five points. Counts \
         are given instead.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_ends_in_s_takes_no_other() {
        assert_eq!(possessive("Hartwell"), "Hartwell\u{2019}s");
        assert_eq!(possessive("Wells"), "Wells\u{2019}");
    }
}
