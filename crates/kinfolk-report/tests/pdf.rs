//! What the PDF promises: accessible, archivable, the same bytes, and text that stays text.

#![expect(clippy::panic, reason = "a test fails by it")]
#![expect(clippy::print_stdout, reason = "a check that was left out is said")]

mod sample;

use std::process::Command;

use kinfolk_charts::Svg;
use kinfolk_report::document::{Block, OwnWord, Printed, Section, StoryBlock, TableBlock, Text};
use kinfolk_report::{Attachment, Document, ReportError, render_pdf};

fn pdf(document: &Document) -> Vec<u8> {
    render_pdf(document, &[]).unwrap_or_else(|error| panic!("{error}"))
}

/// How often the mark occurs. The structure of what we write is not compressed.
fn count(pdf: &[u8], mark: &str) -> usize {
    pdf.windows(mark.len())
        .filter(|window| *window == mark.as_bytes())
        .count()
}

fn n_pages(pdf: &[u8]) -> usize {
    count(pdf, "/Type/Page/") + count(pdf, "/Type/Page\n") + count(pdf, "/Type/Page>")
}

/// The names of the fonts, without the tag of their subset.
fn fonts(pdf: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(pdf);
    let mut fonts: Vec<String> = text
        .split("/BaseFont/")
        .skip(1)
        .filter_map(|rest| {
            rest.split(|c: char| !(c.is_ascii_alphanumeric() || "+-".contains(c)))
                .next()
        })
        .filter_map(|name| name.split('+').next_back())
        .map(str::to_owned)
        .collect();
    fonts.sort();
    fonts.dedup();
    fonts
}

/// The text of the pages, where the machine has a program that extracts it.
fn extracted(pdf: &[u8]) -> Option<String> {
    let file = tempfile::NamedTempFile::new().ok()?;
    std::fs::write(file.path(), pdf).ok()?;
    let output = Command::new("pdftotext")
        .arg("-raw")
        .arg(file.path())
        .arg("-")
        .output();
    match output {
        Ok(output) => String::from_utf8(output.stdout).ok(),
        Err(_) => {
            println!("pdftotext is absent, so the text of the pages is not checked");
            None
        }
    }
}

fn with_blocks(blocks: Vec<Block>) -> Document {
    Document {
        sections: vec![Section {
            id: "summary".to_owned(),
            heading: "Summary".to_owned(),
            blocks,
        }],
        ..sample::empty()
    }
}

#[test]
fn every_kind_of_block_is_tagged() {
    let pdf = pdf(&sample::everything());
    assert_eq!(count(&pdf, "/S/H1"), 4, "three sections and the annex");
    assert_eq!(count(&pdf, "/S/H2"), 5);
    assert_eq!(count(&pdf, "/S/Figure"), 1);
    assert_eq!(
        count(&pdf, "/S/Table"),
        3,
        "key figures, a table, a chart's table"
    );
    assert_eq!(count(&pdf, "/S/Caption"), 3);
    assert_eq!(count(&pdf, "/S/BlockQuote"), 1);
    assert_eq!(count(&pdf, "/S/TOCI"), 4);
    assert!(count(&pdf, "/S/TH") > 10);
    assert!(count(&pdf, "/S/LI") >= 6);
    assert_eq!(count(&pdf, "/Lang(en-GB)"), 1);
    assert_eq!(count(&pdf, "/Marked true"), 1);
    assert_eq!(fonts(&pdf), ["SourceSans3-Regular", "SourceSans3-Semibold"]);
    if let Some(text) = extracted(&pdf) {
        for words in [
            "How sure are we?",
            "Figure 1",
            "Table 1. Who they are",
            "‘He had kept every school photo.’",
            "Annex: tables behind the charts",
            "Made-up figures",
            "58 of 78",
        ] {
            assert!(text.contains(words), "{words} is not in the text");
        }
    }
}

#[test]
fn it_says_which_standards_it_meets() {
    let document = sample::empty();
    let bare = pdf(&document);
    assert_eq!(count(&bare, "<pdfuaid:part>1<"), 1);
    assert_eq!(count(&bare, "<pdfaid:part>2<"), 1);
    assert_eq!(count(&bare, "<pdfaid:conformance>A<"), 1);
    assert_eq!(count(&bare, "/CreationDate(D:20250331"), 1);

    let attachment = Attachment {
        name: "estimates.csv".to_owned(),
        media_type: "text/csv".to_owned(),
        description: "All released figures".to_owned(),
        bytes: b"measure,value\n".to_vec(),
    };
    let attached = render_pdf(&document, &[attachment]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(count(&attached, "<pdfaid:part>3<"), 1);
    assert!(count(&attached, "estimates.csv") >= 1);
    assert_eq!(count(&attached, "/AFRelationship/Data"), 1);
}

#[test]
fn the_same_document_gives_the_same_bytes_on_any_thread() {
    let document = with_blocks(vec![sample::chart(1), sample::who_they_are()]);
    let once = pdf(&document);
    std::thread::scope(|scope| {
        let others: Vec<_> = (0..2).map(|_| scope.spawn(|| pdf(&document))).collect();
        for other in others {
            assert!(other.join().ok() == Some(once.clone()));
        }
    });
}

#[test]
fn a_full_summary_fits_on_the_first_page() {
    let document = Document {
        sections: vec![sample::summary()],
        ..sample::empty()
    };
    assert_eq!(n_pages(&pdf(&document)), 1);
    let long = Document {
        title: "Lifelong Links in Bath and North East Somerset".to_owned(),
        ..document
    };
    assert_eq!(n_pages(&pdf(&long)), 1);
}

#[test]
fn an_empty_document_is_a_page() {
    let nothing = Document {
        title: String::new(),
        subtitle: String::new(),
        strapline: String::new(),
        footer: String::new(),
        author: String::new(),
        marking: None,
        cover: None,
        ..sample::empty()
    };
    assert_eq!(n_pages(&pdf(&nothing)), 1);
    assert_eq!(n_pages(&pdf(&sample::empty())), 1);
}

#[test]
fn blocks_that_hold_nothing_are_no_fault() {
    let pdf = pdf(&with_blocks(vec![
        Block::Lead(Text::default()),
        Block::Paragraph(Text::default()),
        Block::Heading {
            text: String::new(),
            new_page: true,
        },
        Block::List(Vec::new()),
        Block::Sure(Vec::new()),
        Block::KeyFigures {
            place: String::new(),
            figures: Vec::new(),
            benchmark: None,
            source: String::new(),
        },
        Block::Quote {
            text: String::new(),
            who: String::new(),
        },
        Block::Story(StoryBlock {
            title: String::new(),
            parts: Vec::new(),
            footer: String::new(),
        }),
        Block::OwnWords {
            who: String::new(),
            words: vec![OwnWord::List(Vec::new()), OwnWord::Heading(String::new())],
        },
        Block::Definitions(Vec::new()),
        Block::Marks(Vec::new()),
        Block::Contents,
        Block::Table(TableBlock {
            id: String::new(),
            caption: String::new(),
            number: 1,
            table: sample::table(&[], &[]),
            source: String::new(),
            printed: Printed::Whole,
        }),
        Block::Table(TableBlock {
            id: String::new(),
            caption: String::new(),
            number: 2,
            table: sample::table(&["Head"], &[]),
            source: String::new(),
            printed: Printed::Whole,
        }),
    ]));
    assert!(n_pages(&pdf) >= 1);
}

#[test]
fn text_stays_text_whatever_it_holds() {
    let hostile = "#sys.inputs $x^2$ *bold* _it_ @ref <label> \"q\" 'a' \\ // c /* d */ `raw` = - + [b] {c} ~ & %";
    let mut document = with_blocks(vec![
        Block::Heading {
            text: hostile.to_owned(),
            new_page: false,
        },
        Block::Paragraph(Text::plain(hostile)),
        Block::Quote {
            text: hostile.to_owned(),
            who: hostile.to_owned(),
        },
        Block::OwnWords {
            who: hostile.to_owned(),
            words: vec![
                OwnWord::Paragraph(hostile.to_owned()),
                OwnWord::Paragraph("漢字 \u{1f600} \u{e000} \u{202e} a\u{0}b\tc".to_owned()),
                OwnWord::List(vec![hostile.to_owned()]),
            ],
        },
        Block::Definitions(vec![(hostile.to_owned(), hostile.to_owned())]),
        Block::Table(TableBlock {
            id: "t".to_owned(),
            caption: hostile.to_owned(),
            number: 1,
            table: sample::table(&[hostile], &[&[hostile]]),
            source: hostile.to_owned(),
            printed: Printed::Whole,
        }),
        Block::Contents,
    ]);
    document.title = hostile.to_owned();
    document.marking = Some(hostile.to_owned());
    document.footer = hostile.to_owned();
    let pdf = pdf(&document);
    if let Some(text) = extracted(&pdf) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let joined = words.join(" ");
        assert!(joined.matches(hostile).count() >= 10, "{joined}");
        assert!(joined.contains("?? ? ? a b c"), "{joined}");
    }
}

#[test]
fn charts_are_set_in_the_bundled_font_whatever_they_ask_for() {
    let odd = Svg {
        elements: "<text x=\"0\" y=\"20\" font-family=\"Nowhere\">Lost 漢</text>".to_owned(),
        ..sample::picture(160.0, 64.0)
    };
    let pdf = pdf(&with_blocks(vec![Block::Marks(vec![(
        odd,
        Text::plain("A mark."),
    )])]));
    assert_eq!(fonts(&pdf), ["SourceSans3-Regular", "SourceSans3-Semibold"]);
}

#[test]
fn no_heading_stands_alone_above_a_table_as_high_as_a_page() {
    let row: &[&str] = &[
        "A row",
        "a cell with too many words to stand in half a page",
    ];
    for n_rows in 27..=29 {
        let document = with_blocks(vec![
            Block::Paragraph(Text::plain("Words above. ".repeat(200))),
            Block::Heading {
                text: "Heading of the table".to_owned(),
                new_page: false,
            },
            Block::Table(TableBlock {
                id: "high".to_owned(),
                caption: "A high table".to_owned(),
                number: 1,
                table: sample::table(&["Row", "Words"], &vec![row; n_rows]),
                source: String::new(),
                printed: Printed::Whole,
            }),
        ]);
        let Some(text) = extracted(&pdf(&document)) else {
            return;
        };
        let page = text.split('\u{c}').find(|page| page.contains("Heading of"));
        let page = page.unwrap_or_default();
        assert!(page.contains("too many words"), "{n_rows} rows: {page}");
    }
}

#[test]
fn long_tables_and_long_words_run_on() {
    let rows: Vec<&[&str]> = vec![&["A row of the table", "1,240"]; 90];
    let document = with_blocks(vec![
        Block::Table(TableBlock {
            id: "long".to_owned(),
            caption: "A long table".to_owned(),
            number: 1,
            table: sample::table(&["Row of a long table", "#Number"], &rows),
            source: String::new(),
            printed: Printed::Whole,
        }),
        Block::OwnWords {
            who: "In Hartwell’s words".to_owned(),
            words: vec![OwnWord::Paragraph(
                "Two coordinators trained foster carers. ".repeat(120),
            )],
        },
    ]);
    let pdf = pdf(&document);
    assert!(n_pages(&pdf) >= 4, "{}", n_pages(&pdf));
    if let Some(text) = extracted(&pdf) {
        assert!(
            text.matches("Row of a long table").count() >= 3,
            "the head is repeated"
        );
    }
}

#[test]
fn a_picture_that_is_none_is_refused_with_its_place() {
    let broken = Svg {
        elements: "<text>".to_owned(),
        ..sample::picture(44.0, 24.0)
    };
    let document = with_blocks(vec![Block::Marks(vec![(broken, Text::plain("A mark."))])]);
    match render_pdf(&document, &[]) {
        Err(ReportError::Pdf(faults)) => {
            let place = faults.first().and_then(|fault| fault.place.as_deref());
            assert!(
                place.is_some_and(|place| place.starts_with("text.typ:")),
                "{faults:?}"
            );
        }
        other => panic!("{:?}", other.map(|pdf| pdf.len())),
    }
}

#[test]
fn what_is_not_printed_says_where_it_is() {
    let block = |number, printed| {
        Block::Table(TableBlock {
            id: "t".to_owned(),
            caption: format!("Caption {number}"),
            number,
            table: sample::table(&["Head"], &[&["A row of the whole"]]),
            source: String::new(),
            printed,
        })
    };
    let pdf = pdf(&with_blocks(vec![
        block(1, Printed::Elsewhere("It is on one sheet.".to_owned())),
        block(
            2,
            Printed::Part {
                table: sample::table(&["Head"], &[&["A row of the part"]]),
                whole: "It is on another sheet.".to_owned(),
            },
        ),
    ]));
    assert_eq!(count(&pdf, "/S/Table"), 1);
    if let Some(text) = extracted(&pdf) {
        for words in [
            "Table 1. Caption 1",
            "It is on one sheet.",
            "A row of the part",
            "It is on another sheet.",
        ] {
            assert!(text.contains(words), "{words} is not in the text");
        }
        assert!(!text.contains("A row of the whole"), "{text}");
    }
}
