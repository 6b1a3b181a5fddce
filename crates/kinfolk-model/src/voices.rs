//! What people said, and what the authority writes itself.

use crate::code::code_set;

code_set! {
    /// A section of the report, as quotations and the authority's own words name it.
    SectionName as "section" {
        Summary = "summary", "Summary";
        Who = "who", "Who took part";
        Wanted = "wanted", "What children asked for";
        People = "people", "Connections before and after";
        Outcomes = "outcomes", "What changed for children";
        Wellbeing = "wellbeing", "How children feel and behave: the SDQ";
        Homes = "homes", "Where children live";
        Comparison = "comparison", "Against a comparator";
        Voices = "voices", "Voices";
        Value = "value", "What it costs and what it is worth";
        Practice = "practice", "What changed in practice, and what we recommend";
        Numbers = "numbers", "About the numbers";
    }
}

/// A quotation. It is held only when consent is recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    /// The words, without quotation marks.
    pub text: String,
    /// Who said it, by role and age, never by name.
    pub speaker: String,
    /// The section where it stands.
    pub section: SectionName,
}

/// A case study. It is held only when consent is recorded and names are changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// A short heading.
    pub title: String,
    /// How things stood at the start.
    pub at_the_start: String,
    /// What the coordinator did.
    pub what_we_did: String,
    /// What changed.
    pub what_changed: String,
    /// The story in one line.
    pub in_one_line: String,
}

/// Quotations and case studies that may be printed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Voices {
    /// Quotations with consent.
    pub quotes: Vec<Voice>,
    /// Case studies with consent and changed names.
    pub stories: Vec<Story>,
}

/// What the authority wrote for one section, as Markdown (paragraphs and lists).
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// The section.
    pub section: SectionName,
    /// The text, as it stands in the file.
    pub markdown: String,
}
