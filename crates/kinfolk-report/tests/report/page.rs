//! The web page.

use crate::support::{document, full, released, settings};
use jiff::civil::date;
use kinfolk_charts::{DataCell, DataColumn, DataRow, DataTable, Figure, RowRole, Svg};
use kinfolk_report::document::{
    Block, FigureBlock, KeyFigure, OwnWord, Printed, Section, StoryBlock, TableBlock, Text,
};
use kinfolk_report::{Document, render_html};

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
            printed: Printed::Whole,
        }),
        Block::Table(TableBlock {
            id: "who".to_owned(),
            caption: own(words),
            number: 1,
            table: table(words),
            source: own(words),
            printed: Printed::Whole,
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

/// The page of one block, alone in the second section.
fn page_of(block: Block) -> String {
    let mut document = by_hand(HOSTILE);
    document.sections[1].blocks = vec![block];
    render_html(&document)
}

#[test]
fn every_block_is_shown_whole_and_escaped() {
    let count = |page: &str| page.matches(ESCAPED).count();
    let empty = count(&page_of(Block::Paragraph(Text::plain("Nothing"))));
    for block in blocks(HOSTILE) {
        let page = page_of(block.clone());
        assert_eq!(count(&page) - empty, occurrences(&block), "{block:?}");
        assert!(!page.contains("<script"), "{block:?}");
    }
}

/// The text between tags, and the tags, in order.
fn tags(page: &str) -> impl Iterator<Item = &str> {
    page.split('<')
        .skip(1)
        .filter_map(|part| part.split('>').next())
}

#[test]
fn headings_descend_one_level_at_a_time() {
    for page in pages() {
        let levels: Vec<u32> = tags(&page)
            .filter_map(|tag| tag.strip_prefix('h')?.chars().next()?.to_digit(10))
            .collect();
        assert_eq!(levels[0], 1);
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        for pair in levels.windows(2) {
            assert!(pair[1] <= pair[0] + 1, "{levels:?}");
        }
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

#[test]
fn every_picture_has_a_name_or_is_decoration() {
    for page in pages() {
        let ids: Vec<&str> = tags(&page).filter_map(|tag| attribute(tag, "id")).collect();
        let pictures = || tags(&page).filter(|tag| tag.starts_with("svg"));
        assert!(pictures().count() > 3);
        for picture in pictures() {
            let is_decoration = attribute(picture, "aria-hidden") == Some("true");
            let names = attribute(picture, "aria-labelledby").unwrap_or_default();
            let is_named = attribute(picture, "role") == Some("img")
                && !names.is_empty()
                && names.split(' ').all(|id| ids.contains(&id));
            assert!(is_decoration || is_named, "{picture}");
        }
        assert!(tags(&page).all(|tag| !tag.starts_with("img ")));
    }
}

#[test]
fn ids_are_unique_and_links_lead_somewhere() {
    for page in pages() {
        let mut ids: Vec<&str> = tags(&page).filter_map(|tag| attribute(tag, "id")).collect();
        for link in tags(&page).filter_map(|tag| attribute(tag, "href")) {
            let target = link.strip_prefix('#').unwrap();
            assert!(ids.contains(&target), "{link}");
        }
        let n = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), n);
    }
}

#[test]
fn the_page_holds_all_it_needs() {
    for page in pages() {
        assert!(page.len() < 350_000, "{}", page.len());
        let fetched = page.replace("http://www.w3.org/2000/svg", "");
        assert!(!fetched.contains("http") && !fetched.contains("@import"));
        assert!(!page.contains("<script") && !page.contains("javascript:"));
        assert_eq!(page.matches("@font-face").count(), 2);
        assert!(page.starts_with("<!DOCTYPE html><html lang=\"en-GB\">"));
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert!(pages() == pages());
}

#[test]
fn each_figure_stands_with_its_caption_table_and_source() {
    let page = &pages()[0];
    let figures: Vec<&str> = page
        .split("<figure id=")
        .skip(1)
        .filter_map(|part| part.split("</figure>").next())
        .collect();
    assert!(figures.len() >= 5, "{}", figures.len());
    for figure in figures {
        let at = |piece: &str| figure.find(piece).unwrap();
        let order = [
            at("<figcaption>"),
            at("role=\"img\""),
            at("class=\"source\""),
            at("<details>"),
            at("<table>"),
        ];
        assert!(order.is_sorted(), "{order:?}");
    }
}

#[test]
fn figures_in_the_page_name_their_estimates() {
    let release = released(&full(), &settings());
    let page = render_html(&document(&release));
    let keys: Vec<&str> = tags(&page)
        .filter_map(|tag| attribute(tag, "data-estimate"))
        .collect();
    assert!(keys.len() > 100, "{}", keys.len());
    for key in keys {
        let is_known = release
            .records()
            .iter()
            .any(|record| record.key().to_string() == key);
        assert!(is_known, "{key}");
    }
}

#[test]
fn what_must_stand_on_page_one_does() {
    let settings = kinfolk_model::Settings {
        notice: "A reconstruction, not the records themselves.".to_owned(),
        disclosure: kinfolk_model::DisclosureProfile::Internal,
        ..settings()
    };
    let page = render_html(&document(&released(&full(), &settings)));
    let first = page.split("<div class=\"sheet\">").next().unwrap();
    for words in [
        "<h1>Lifelong Links in Hartwell</h1>",
        "Annual impact report 2024\u{2013}25",
        "Synthetic data. Internal: not for publication",
        "A reconstruction, not the records themselves.",
        "How sure are we?",
    ] {
        assert!(first.contains(words), "{words}");
    }
    assert_eq!(first.matches("class=\"value\"").count(), 5);
}

#[test]
fn a_table_that_is_not_printed_whole_is_folded_away() {
    let page = |printed: Printed| {
        page_of(Block::Table(TableBlock {
            id: "who".to_owned(),
            caption: "Who".to_owned(),
            number: 7,
            table: table("of the whole"),
            source: String::new(),
            printed,
        }))
    };
    let whole = || "It is on the sheet.".to_owned();
    let fold = "<details><summary>Table 7 as a whole</summary>";
    let n_whole = |page: &str| page.matches("of the whole").count();
    let part = page(Printed::Part {
        table: table("of the part"),
        whole: whole(),
    });
    let elsewhere = page(Printed::Elsewhere(whole()));
    for page in [&part, &elsewhere] {
        assert!(page.contains(fold) && page.contains("It is on the sheet."));
        let (open, folded) = page.split_once(fold).unwrap();
        assert_eq!((n_whole(open), n_whole(folded)), (0, 3));
    }
    assert!(part.contains("of the part") && !elsewhere.contains("of the part"));
    assert!(!page(Printed::Whole).contains("<details>"));
}
