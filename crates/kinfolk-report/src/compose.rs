//! From released figures to a document: one file a section.

mod all_figures;
mod annex;
mod cells;
mod comparison;
mod context;
mod decisions;
mod definitions;
mod front;
mod homes;
mod homes_methods;
mod how_to_read;
mod key_figures;
mod limits;
mod methods;
mod numbers;
mod outcomes;
mod own_words;
mod people;
mod practice;
mod printed;
mod quality;
mod returns;
mod sdq_methods;
mod summary;
mod value;
mod voices;
mod wanted;
mod wellbeing;
mod who;

use kinfolk_disclosure::Release;
use kinfolk_model::{Voices, Words};

use crate::document::{Document, Section};
use context::{Context, Numbering};
pub use key_figures::key_rows;

/// Which run made a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// The version of the program.
    pub version: String,
    /// A short hash over inputs and options.
    pub run: String,
}

/// All that a report is made from.
#[derive(Debug, Clone)]
pub struct Inputs<'a> {
    /// The figures.
    pub release: &'a Release,
    /// Quotations and stories with consent.
    pub voices: &'a Voices,
    /// What the authority wrote itself.
    pub words: &'a [Words],
    /// Which run this is.
    pub provenance: Provenance,
}

/// Makes the document. A section that has nothing to say is left out.
pub fn compose(inputs: &Inputs<'_>) -> Document {
    let context = Context::new(inputs);
    let mut numbering = Numbering::default();
    let opening = [summary::section(&context), how_to_read::section(&context)];
    let body = [
        who::section(&context, &mut numbering),
        wanted::section(&context, &mut numbering),
        people::section(&context, &mut numbering),
        outcomes::section(&context, &mut numbering),
        wellbeing::section(&context, &mut numbering),
        homes::section(&context, &mut numbering),
        comparison::section(&context, &mut numbering),
        voices::section(&context, &mut numbering),
        value::section(&context, &mut numbering),
        practice::section(&context),
        Some(numbers::section(&context, &mut numbering)),
    ];
    let annex = annex::section(&context, &mut numbering);
    let sections = opening
        .into_iter()
        .chain(numbered(body.into_iter().flatten()))
        .chain([annex])
        .collect();
    front::document(&context, sections)
}

/// Puts numbers before the headings.
fn numbered(sections: impl Iterator<Item = Section>) -> impl Iterator<Item = Section> {
    (1..).zip(sections).map(|(number, section)| Section {
        heading: format!("{number} {}", section.heading),
        ..section
    })
}
