//! The web page.

mod support;

use jiff::civil::date;
use kinfolk_charts::{DataCell, DataColumn, DataRow, DataTable, Figure, RowRole, Svg};
use kinfolk_report::document::{
    Block, FigureBlock, KeyFigure, OwnWord, Section, StoryBlock, TableBlock, Text,
};
use kinfolk_report::{Document, render_html};
use support::{document, full, released, settings};

const HOSTILE: &str = "<script>alert(1)</script> & \"quotes\"";
const ESCAPED: &str = "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;";

fn picture() -> Svg {
    Svg {
        width: 160.0,
        height: 64.0,
        elements: "<circle cx=\"8\" cy=\"8\" r=\"6\"/>".to_owned(),
    }
}

fn table(text: &str) -> DataTable {
    let cell = |text: &str| DataCell {
        text: text.to_owned(),
        number: None,
        key: Some("a#count".to_owned()),
    };
    let row = |role, head: &str| DataRow {
        role,
        cells: vec![cell(head), cell(text)],
    };
    DataTable {
        columns: vec![
            DataColumn {
                head: "What".to_owned(),
                is_numeric: false,
            },
            DataColumn {
                head: text.to_owned(),
                is_numeric: true,
            },
        ],
        rows: vec![
            row(RowRole::Group, "A group"),
            row(RowRole::Body, "A row"),
            row(RowRole::Total, "A total"),
        ],
    }
}

/// One block of each kind, all holding the same words.
fn blocks(words: &str) -> Vec<Block> {
    let text = || {
        Text::plain(words)
            .then_figure("12 of 40", "a#count")
            .then_strong("strong")
    };
    let own = |text: &str| text.to_owned();
    vec![
        Block::Lead(text()),
        Block::Paragraph(text()),
        Block::WithNote {
            paragraphs: vec![text()],
            term: own(words),
            note: own(words),
        },
        Block::Heading {
            text: own(words),
            new_page: false,
        },
        Block::List(vec![text()]),
        Block::KeyFigures {
            place: own(words),
            figures: vec![KeyFigure {
                label: own(words),
                base: own(words),
                value: own(words),
                interval: own(words),
                plot: Some(picture()),
                benchmark: own(words),
                key: own(words),
            }],
            benchmark: Some(own(words)),
            source: own(words),
        },
        Block::Sure(vec![(own(words), own(words))]),
        Block::Figure(FigureBlock {
            number: 1,
            figure: Figure {
                id: "flow",
                title: own(words),
                subtitle: own(words),
                source: own(words),
                alt: own(words),
                body: picture(),
                table: table(words),
            },
        }),
        Block::Table(TableBlock {
            id: "who".to_owned(),
            caption: own(words),
            number: 1,
            table: table(words),
            source: own(words),
        }),
        Block::Quote {
            text: own(words),
            who: own(words),
        },
        Block::Story(StoryBlock {
            title: own(words),
            parts: vec![(own(words), own(words)), (own(words), own(words))],
            footer: own(words),
        }),
        Block::Care {
            opening: own(words),
            text: text(),
        },
        Block::OwnWords {
            who: own(words),
            words: vec![
                OwnWord::Paragraph(own(words)),
                OwnWord::List(vec![own(words)]),
                OwnWord::Heading(own(words)),
            ],
        },
        Block::Definitions(vec![(own(words), own(words))]),
        Block::Marks(vec![(picture(), text())]),
        Block::Heading {
            text: own(words),
            new_page: true,
        },
        Block::Contents,
    ]
}

fn by_hand(words: &str) -> Document {
    let section = |id: &str, blocks| Section {
        id: id.to_owned(),
        heading: words.to_owned(),
        blocks,
    };
    Document {
        title: words.to_owned(),
        subtitle: words.to_owned(),
        strapline: words.to_owned(),
        marking: Some(words.to_owned()),
        footer: words.to_owned(),
        author: words.to_owned(),
        date: date(2025, 3, 31),
        about: vec![words.to_owned()],
        cover: Some(picture()),
        sections: vec![
            section("summary", Vec::new()),
            section("all", blocks(words)),
        ],
        figures: table(words),
    }
}

fn pages() -> Vec<String> {
    vec![
        render_html(&document(&released(&full(), &settings()))),
        render_html(&by_hand("Words of every kind")),
    ]
}

/// How often the words stand in each block, as the page must show them.
fn occurrences(block: &Block) -> usize {
    match block {
        Block::Lead(_) | Block::Paragraph(_) | Block::Heading { .. } | Block::List(_) => 1,
        Block::WithNote { .. } => 3,
        // Place, label, base, value, interval, benchmark and its two heads, source, two keys.
        Block::KeyFigures { .. } => 11,
        Block::Sure(_) | Block::Quote { .. } | Block::Care { .. } | Block::Definitions(_) => 2,
        // Title twice (for sight and as a name), alternative text, subtitle, source; a table.
        Block::Figure(_) => 5 + 3,
        Block::Table(_) => 3 + 3,
        Block::Story(_) => 6,
        Block::OwnWords { .. } => 4,
        Block::Marks(_) => 1,
        Block::Contents => 2,
    }
}

#[test]
fn every_block_is_shown_whole_and_escaped() {
    let count = |page: &str, words: &str| page.matches(words).count();
    let bare = Document {
        sections: vec![],
        ..by_hand(HOSTILE)
    };
    let round = count(&render_html(&bare), ESCAPED);
    for block in blocks(HOSTILE) {
        let expected = round + occurrences(&block) + 1;
        let mut document = by_hand(HOSTILE);
        let is_contents = matches!(block, Block::Contents);
        document.sections.remove(0);
        document.sections[0].blocks = vec![];
        document.sections.push(Section {
            id: "second".to_owned(),
            heading: HOSTILE.to_owned(),
            blocks: vec![block.clone()],
        });
        let page = render_html(&document);
        let found = count(&page, ESCAPED) - usize::from(!is_contents || page.contains("<nav"));
        assert_eq!(found, expected, "{block:?}\n{page}");
        assert!(!page.contains("<script"), "{block:?}");
    }
}

#[test]
fn look() {
    std::fs::write("/tmp/report-html/out.html", &pages()[0]).unwrap();
}
