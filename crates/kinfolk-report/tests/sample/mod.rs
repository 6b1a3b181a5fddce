//! Documents made by hand, with each kind of block.

use jiff::civil::date;
use kinfolk_charts::{DataCell, DataColumn, DataRow, DataTable, Figure, RowRole, Svg};
use kinfolk_report::Document;
use kinfolk_report::document::{
    Block, FigureBlock, KeyFigure, OwnWord, Printed, Section, StoryBlock, TableBlock, Text,
};

/// A picture of that size with a regular and a semibold word.
pub(crate) fn picture(width: f64, height: f64) -> Svg {
    Svg {
        width,
        height,
        elements: "<circle cx=\"9\" cy=\"9\" r=\"6\" fill=\"#12436D\"/><text x=\"20\" y=\"16\">58 of 78</text>\
                   <text x=\"90\" y=\"16\" font-weight=\"600\">74%</text>"
            .to_owned(),
    }
}

/// A table from its heads (`#` before that of a number column) and rows; a first cell that begins
/// with `*` makes a group row, with `=` a total.
pub(crate) fn table(heads: &[&str], rows: &[&[&str]]) -> DataTable {
    DataTable {
        columns: heads
            .iter()
            .map(|head| DataColumn {
                head: head.trim_start_matches('#').to_owned(),
                is_numeric: head.starts_with('#'),
            })
            .collect(),
        rows: rows.iter().map(|cells| row(cells)).collect(),
    }
}

fn row(cells: &[&str]) -> DataRow {
    let role = match cells.first().and_then(|cell| cell.chars().next()) {
        Some('*') => RowRole::Group,
        Some('=') => RowRole::Total,
        _ => RowRole::Body,
    };
    DataRow {
        role,
        cells: cells
            .iter()
            .enumerate()
            .map(|(at, text)| DataCell {
                text: if at == 0 {
                    text.trim_start_matches(['*', '='])
                } else {
                    text
                }
                .to_owned(),
                ..DataCell::default()
            })
            .collect(),
    }
}

fn key_figure(label: &str, value: &str) -> KeyFigure {
    KeyFigure {
        label: label.to_owned(),
        base: "58 of 78 children".to_owned(),
        value: value.to_owned(),
        interval: "64% to 83%".to_owned(),
        plot: Some(picture(160.0, 64.0)),
        benchmark: "70%".to_owned(),
        key: "same-home".to_owned(),
    }
}

/// A summary as long as a summary may be: three sentences of two lines, five figures, three lines on
/// how sure they are.
pub(crate) fn summary() -> Section {
    let sentence = "About 7 in 10 were in the same home a year later, against fewer than 6 in 10 of similar children elsewhere.";
    let line = (
        "Homes: fairly sure.".to_owned(),
        "The 156 similar children may differ in ways we cannot see.".to_owned(),
    );
    let mut blocks = vec![Block::Lead(Text::plain(sentence)); 3];
    blocks.push(Block::KeyFigures {
        place: "Hartwell".to_owned(),
        figures: vec![key_figure("In the same home a year later, as far as is known", "74%"); 5],
        benchmark: Some("All authorities".to_owned()),
        source: "Source: records described in section 9, 2022 to 2025. For the SDQ, lower is better. Made-up figures.".to_owned(),
    });
    blocks.push(Block::Sure(vec![line; 3]));
    Section {
        id: "summary".to_owned(),
        heading: "Summary".to_owned(),
        blocks,
    }
}

/// A chart with a table of two rows.
pub(crate) fn chart(number: u32) -> Block {
    Block::Figure(FigureBlock {
        number,
        figure: Figure {
            id: "objectives",
            title: "Four in five objectives were met".to_owned(),
            subtitle: "Objectives by what the child wanted, Hartwell, 2022 to 2025".to_owned(),
            source: "Source: Practice Summaries, Hartwell. n = 251 objectives.".to_owned(),
            alt: "Bars for each kind of objective. Wider family is the longest.".to_owned(),
            body: picture(640.0, 386.0),
            table: table(
                &[
                    "What the child wanted",
                    "#Set",
                    "#Met",
                    "#Share met",
                    "#95% interval",
                ],
                &[
                    &["Wider family", "66", "54", "82%", "70% to 90%"],
                    &["Mother", "15", "[c]", "[c]", "[c]"],
                    &["=All objectives", "251", "198", "79%", "73% to 84%"],
                ],
            ),
        },
        printed: Printed::Whole,
    })
}

/// A table with groups, numbers of each kind, a sign and a blank cell.
pub(crate) fn who_they_are() -> Block {
    Block::Table(TableBlock {
        id: "who-they-are".to_owned(),
        caption: "Who they are".to_owned(),
        number: 1,
        source: "Source: Practice Summaries, Hartwell. n = 112.".to_owned(),
        table: table(
            &[
                "Children who started",
                "#Number",
                "#Share",
                "#Change",
                "#Cost",
                "Remark",
            ],
            &[
                &["*Age at start", "", "", "", "", ""],
                &["Under 10", "1,038", "34%", "\u{2212}1.9", "£8,410", ""],
                &[
                    "10 to 13",
                    "[c]",
                    "[x]",
                    "+15.0",
                    "£1.14",
                    "=HYPERLINK(\"a\")",
                ],
                &["*Home at start", "", "", "", "", ""],
                &["Foster care", "71", "63%", "0.0", "£0", "+6.1 (5.2 to 7.0)"],
            ],
        ),
        printed: Printed::Whole,
    })
}

fn words() -> Block {
    Block::OwnWords {
        who: "In Hartwell’s words".to_owned(),
        words: vec![
            OwnWord::Paragraph("Social workers now ask every child who matters.".to_owned()),
            OwnWord::Heading("What comes next".to_owned()),
            OwnWord::List(vec![
                "Keep both coordinators.".to_owned(),
                "Start earlier.".to_owned(),
            ]),
        ],
    }
}

fn story() -> Block {
    Block::Story(StoryBlock {
        title: "Finding an aunt: the story of Jay, 11".to_owned(),
        parts: vec![
            (
                "At the start".to_owned(),
                "Jay had moved home twice in a year.".to_owned(),
            ),
            (
                "A head that is longer than its column".to_owned(),
                "They met.".to_owned(),
            ),
        ],
        footer: "Shared with consent. Name and details changed.".to_owned(),
    })
}

/// Each kind of block once or more.
pub(crate) fn everything() -> Document {
    let section = |id: &str, heading: &str, blocks| Section {
        id: id.to_owned(),
        heading: heading.to_owned(),
        blocks,
    };
    Document {
        sections: vec![
            summary(),
            section(
                "how",
                "How to read this report",
                vec![
                    Block::Paragraph(
                        Text::plain("Each figure says ")
                            .then_strong("how many")
                            .then(" children."),
                    ),
                    Block::Heading {
                        text: "One mark, one meaning".to_owned(),
                        new_page: false,
                    },
                    Block::Marks(vec![(
                        picture(44.0, 24.0),
                        Text::plain("Hartwell, or after."),
                    )]),
                    Block::Definitions(vec![(
                        "n of N".to_owned(),
                        "The number counted.".to_owned(),
                    )]),
                    Block::Contents,
                ],
            ),
            section(
                "who",
                "1 Who took part",
                vec![
                    Block::Lead(Text::plain("112 children started.")),
                    Block::WithNote {
                        paragraphs: vec![
                            Text::plain("Most wanted to find family."),
                            Text::plain("Fathers were hardest to reach."),
                        ],
                        term: "Met".to_owned(),
                        note: "The child and the coordinator agree that it happened.".to_owned(),
                    },
                    chart(1),
                    who_they_are(),
                    Block::List(vec![Text::plain("A point."), Text::plain("Another point.")]),
                    Block::Care {
                        opening: "Read with care.".to_owned(),
                        text: Text::plain("There is no comparison group."),
                    },
                    Block::Quote {
                        text: "He had kept every school photo.".to_owned(),
                        who: "Young person, 13. Shared with consent.".to_owned(),
                    },
                    Block::Heading {
                        text: "Two stories".to_owned(),
                        new_page: true,
                    },
                    story(),
                    words(),
                ],
            ),
        ],
        ..empty()
    }
}

/// A document that says nothing but its title.
pub(crate) fn empty() -> Document {
    Document {
        title: "Lifelong Links in Hartwell".to_owned(),
        subtitle: "Annual impact report 2024–25".to_owned(),
        strapline: "Children who started between April 2022 and March 2025".to_owned(),
        marking: Some("Made-up figures".to_owned()),
        footer: "Lifelong Links in Hartwell, 2024–25. Made-up figures.".to_owned(),
        author: "Hartwell".to_owned(),
        date: date(2025, 3, 31),
        about: vec!["Every figure is made up.".to_owned(), "=1+1".to_owned()],
        cover: Some(picture(794.0, 718.0)),
        sections: Vec::new(),
        figures: table(
            &["Measure", "#Value"],
            &[&["objectives-met", "0.79"], &["same-home", "0.74"]],
        ),
    }
}
