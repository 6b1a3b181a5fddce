//! The document model: what a report says, before any format.

use jiff::civil::Date;
use kinfolk_charts::{DataTable, Figure, Svg};

/// A run of text. A figure within it names the estimate that it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Whether it is set semibold.
    pub strong: bool,
    /// The key of the estimate whose figures the words hold, as `Key` prints itself.
    pub key: Option<String>,
}

/// A paragraph's worth of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Span>);

impl Text {
    /// Text without figures.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::default().then(text)
    }

    /// Adds words.
    #[must_use]
    pub fn then(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span {
            text: text.into(),
            strong: false,
            key: None,
        });
        self
    }

    /// Adds semibold words.
    #[must_use]
    pub fn then_strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span {
            text: text.into(),
            strong: true,
            key: None,
        });
        self
    }

    /// Adds words that hold figures of the estimate with that key.
    #[must_use]
    pub fn then_figure(mut self, text: impl Into<String>, key: impl ToString) -> Self {
        self.0.push(Span {
            text: text.into(),
            strong: false,
            key: Some(key.to_string()),
        });
        self
    }

    /// The words alone.
    pub fn words(&self) -> String {
        self.0.iter().map(|span| span.text.as_str()).collect()
    }
}

/// One of the five figures of the first page.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyFigure {
    /// What it measures.
    pub label: String,
    /// `58 of 78 children`.
    pub base: String,
    /// The figure as it is printed: `74%`.
    pub value: String,
    /// The interval as it is printed: `64% to 83%`; empty for none.
    pub interval: String,
    /// A small picture, 160 × 64; decoration for those who read with a screen reader.
    pub plot: Option<Svg>,
    /// The figure of all authorities; empty for none.
    pub benchmark: String,
    /// The key of the estimate.
    pub key: String,
}

/// The anchor of the section that is for looking up, not for reading through.
pub const ANNEX: &str = "annex";

/// How much of a table the printed pages hold. The web page and the workbook hold all of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Printed {
    /// All of it.
    #[default]
    Whole,
    /// The part that readers of print need.
    Part {
        /// The shorter table.
        table: DataTable,
        /// Where the whole table is, in a sentence.
        whole: String,
    },
    /// Nothing but a sentence that says where it is.
    Elsewhere(String),
}

/// A table with its caption.
#[derive(Debug, Clone, PartialEq)]
pub struct TableBlock {
    /// A short stable name, e.g. `who-they-are`; also the name of its sheet.
    pub id: String,
    /// `Who they are`; renderers put `Table 1.` before it.
    pub caption: String,
    /// The number within the report.
    pub number: u32,
    /// The table.
    pub table: DataTable,
    /// `Source: …. n = ….`
    pub source: String,
    /// How much of it is printed.
    pub printed: Printed,
}

/// A chart with its number within the report.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureBlock {
    /// The number.
    pub number: u32,
    /// The chart.
    pub figure: Figure,
    /// How much of its table is printed, in the annex.
    pub printed: Printed,
}

/// A case study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryBlock {
    /// The heading.
    pub title: String,
    /// Heading and text of each of the four parts.
    pub parts: Vec<(String, String)>,
    /// `Shared with consent. Name and details changed.`
    pub footer: String,
}

/// A paragraph or a list of what the authority wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnWord {
    /// A paragraph.
    Paragraph(String),
    /// A list.
    List(Vec<String>),
    /// A heading.
    Heading(String),
}

/// One piece of a section.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// The finding in one or two sentences, with its interval.
    Lead(Text),
    /// Ordinary text.
    Paragraph(Text),
    /// Paragraphs with a definition in the margin.
    WithNote {
        /// The paragraphs.
        paragraphs: Vec<Text>,
        /// The word that is defined.
        term: String,
        /// Its definition, in one sentence.
        note: String,
    },
    /// A heading of the third level; `new_page` begins a page with it.
    Heading {
        /// The words.
        text: String,
        /// Whether it begins a new page.
        new_page: bool,
    },
    /// A list of points.
    List(Vec<Text>),
    /// The five figures.
    KeyFigures {
        /// The place, as the head of the column.
        place: String,
        /// The rows; at most five.
        figures: Vec<KeyFigure>,
        /// What the column of comparison is called; `None` for no such column.
        benchmark: Option<String>,
        /// `Source: ….`
        source: String,
    },
    /// The box `How sure are we?`: what and how sure, then why.
    Sure(Vec<(String, String)>),
    /// A chart.
    Figure(FigureBlock),
    /// A table.
    Table(TableBlock),
    /// A quotation.
    Quote {
        /// The words, without quotation marks.
        text: String,
        /// `Young person, 13. Shared with consent.`
        who: String,
    },
    /// A case study.
    Story(StoryBlock),
    /// A caution beside the figure that it limits.
    Care {
        /// `Read with care.`
        opening: String,
        /// At most three sentences.
        text: Text,
    },
    /// What the authority wrote itself.
    OwnWords {
        /// `In Hartwell’s words`.
        who: String,
        /// The text.
        words: Vec<OwnWord>,
    },
    /// Terms and what they mean.
    Definitions(Vec<(String, String)>),
    /// The marks of the charts, each drawn once with its meaning.
    Marks(Vec<(Svg, Text)>),
    /// The list of sections.
    Contents,
}

/// A section; each begins a new page.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The anchor, e.g. `wanted`.
    pub id: String,
    /// The heading with its number: `2 What children asked for`.
    pub heading: String,
    /// The pieces, in reading order.
    pub blocks: Vec<Block>,
}

/// A report. The first page holds the title, then the summary (the first section).
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// `Lifelong Links in Hartwell`.
    pub title: String,
    /// `Annual impact report 2024–25`.
    pub subtitle: String,
    /// Who is counted and when, in one line below the subtitle.
    pub strapline: String,
    /// A mark on each page, e.g. `Synthetic data` or `Internal: not for publication`.
    pub marking: Option<String>,
    /// The line at the foot of each page.
    pub footer: String,
    /// The place, e.g. `Hartwell`.
    pub author: String,
    /// The date that documents carry: the last day of the period, never today.
    pub date: Date,
    /// What the data behind the report are, for the workbook's cover.
    pub about: Vec<String>,
    /// The art of the first page: rings round a child.
    pub cover: Option<Svg>,
    /// The sections, the summary first.
    pub sections: Vec<Section>,
    /// All released figures in long form, for the workbook's last sheet.
    pub figures: DataTable,
}

impl Document {
    /// Every table and every chart's table, in order: number, caption or title, table, source.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.sections
            .iter()
            .flat_map(|section| section.blocks.iter())
    }
}
