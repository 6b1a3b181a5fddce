//! What the report says: plain English, every number traced, nothing claimed that was not shown.

use std::collections::BTreeSet;

use crate::support::{Maker, bare, document, full, released, returns, settings, tiny, with_sdq};
use kinfolk_disclosure::{Release, Released};
use kinfolk_model::{DisclosureProfile, Estimates, Statistic, format};
use kinfolk_report::Document;
use kinfolk_report::document::{Block, Text};

/// Numbers that the rules of the report hold, and the example of `n of N`.
const FIXED: [&str; 16] = [
    "95%", "99.8%", "0", "1", "1.96", "4", "5", "7", "10", "16", "17", "19", "20", "40", "58", "78",
];

fn studies() -> Vec<(&'static str, Release)> {
    let mut hidden = full();
    hidden.hide_all();
    let mut only_returns = Maker::default();
    returns(&mut only_returns);
    let internal = kinfolk_model::Settings {
        disclosure: DisclosureProfile::Internal,
        ..settings()
    };
    vec![
        ("full", released(&full(), &settings())),
        ("hidden", released(&hidden, &settings())),
        ("tiny", released(&tiny(), &internal)),
        ("sdq", released(&with_sdq(), &crate::sdq::settings())),
        ("returns", released(&only_returns, &settings())),
        ("empty", released(&Maker(Estimates::default()), &settings())),
        ("value", released(&crate::value::with_value(), &settings())),
        ("homes", released(&crate::homes::with_homes(), &settings())),
    ]
}

/// Every text that rules wrote.
fn texts(document: &Document) -> Vec<Text> {
    document.blocks().flat_map(texts_of).collect()
}

fn texts_of(block: &Block) -> Vec<Text> {
    let pair = |(a, b): &(String, String)| [Text::plain(a.as_str()), Text::plain(b.as_str())];
    match block {
        Block::Lead(text) | Block::Paragraph(text) => vec![text.clone()],
        Block::Care { opening, text } => vec![Text::plain(opening.as_str()), text.clone()],
        Block::WithNote {
            paragraphs, note, ..
        } => paragraphs
            .iter()
            .cloned()
            .chain([Text::plain(note.as_str())])
            .collect(),
        Block::Heading { text, .. } => vec![Text::plain(text.as_str())],
        Block::List(items) => items.clone(),
        Block::Sure(lines) | Block::Definitions(lines) => lines.iter().flat_map(pair).collect(),
        Block::Marks(marks) => marks.iter().map(|(_, text)| text.clone()).collect(),
        _ => Vec::new(),
    }
}

fn sentences(document: &Document) -> Vec<String> {
    let mut sentences = Vec::new();
    for text in texts(document) {
        let words = text.words();
        let ends = words.replace(['?', '!', ';'], ".");
        sentences.extend(
            ends.split(". ")
                .map(|sentence| sentence.trim().trim_end_matches('.').to_owned())
                .filter(|sentence| sentence.contains(' ')),
        );
    }
    sentences
}

#[test]
fn sentences_are_short() {
    for (name, release) in studies() {
        let sentences = sentences(&document(&release));
        let mut n_words = 0;
        for sentence in &sentences {
            let n = sentence.split_whitespace().count();
            assert!(n <= 30, "{name}: {n} words: {sentence}");
            n_words += n;
        }
        let mean = n_words as f64 / sentences.len() as f64;
        assert!(mean <= 20.0, "{name}: {mean}");
    }
}

#[test]
fn words_are_plain_and_claim_no_effect() {
    let banned = [
        "leverage",
        "stakeholder",
        "utilise",
        "utilize",
        "impact on",
        "impacted",
        "robust",
        "holistic",
        "going forward",
        "facilitate",
        "in order to",
        "synerg",
        "deliverable",
        "empower",
        "cutting-edge",
        "due to",
        "because of",
        "led to",
        "thanks to",
        "resulted in",
        "caused",
        "improved by",
        "proves",
        "proven",
        "significant",
        "effective",
        "a number of",
        "in terms of",
        "prior to",
        "subsequent",
        "commence",
        "cohort",
    ];
    for (name, release) in studies() {
        for text in texts(&document(&release)) {
            let words = text.words().to_lowercase();
            for phrase in banned {
                assert!(!words.contains(phrase), "{name}: `{phrase}` in: {words}");
            }
        }
    }
}

#[test]
fn abbreviations_are_spelt_out() {
    for (name, release) in studies() {
        let document = document(&release);
        let spelt_out = texts(&document).iter().any(|text| {
            text.words()
                .contains("Strengths and Difficulties Questionnaire (SDQ)")
        });
        for text in texts(&document) {
            let words = text.words();
            let capitals = words
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !(spelt_out && *word == "SDQ"))
                .find(|word| word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase()));
            assert_eq!(capitals, None, "{name}: {words}");
        }
    }
}

/// Numbers in a text, without signs: `64%`, `1,240`, `7.1`.
fn numbers(text: &str) -> Vec<String> {
    let mut numbers = Vec::new();
    let mut number = String::new();
    for c in text.chars().chain([' ']) {
        let goes_on = c.is_ascii_digit() || (!number.is_empty() && matches!(c, ',' | '.' | '%'));
        if goes_on {
            number.push(c);
        } else if !number.is_empty() {
            numbers.push(number.trim_end_matches([',', '.']).to_owned());
            number.clear();
        }
    }
    numbers
}

/// Every number that may stand in words about a figure.
fn renderings(released: &Released) -> BTreeSet<String> {
    let mut texts = Vec::new();
    let ends = released.interval().figure();
    let values = ends
        .into_iter()
        .flat_map(|(lower, upper)| [lower, upper])
        .chain(released.value().figure());
    for value in values {
        texts.extend([
            format::share(value),
            format::about(value),
            format::number(value, 0),
            format::number(value, 1),
            format::number(value, 2),
            format::fine_share(value),
            // A difference of shares is told in percentage points.
            format::number(value * 100.0, 0),
            format::count(value.abs().round() as u64),
        ]);
    }
    texts.extend(released.level().map(format::level));
    if released.statistic() == Statistic::PValue {
        // Below a thousandth only the limit is told.
        let p_value = released.value().figure();
        texts.extend(p_value.map(|p| format::number(p.max(0.001), 3)));
    }
    let denominator = released.denominator().figure();
    let missing = released.n_missing().figure();
    let all = denominator.zip(missing).map(|(n, missing)| n + missing);
    let counts = [released.numerator().figure(), denominator, missing, all];
    texts.extend(counts.into_iter().flatten().map(format::count));
    texts.iter().flat_map(|text| numbers(text)).collect()
}

#[test]
fn every_number_in_a_sentence_is_traced_to_its_record() {
    for (name, release) in studies() {
        let n_traced = texts(&document(&release))
            .iter()
            .flat_map(|text| &text.0)
            .filter_map(|span| Some((span, span.key.as_ref()?)))
            .map(|(span, key)| {
                let record = release
                    .records()
                    .iter()
                    .find(|record| record.key().to_string() == *key);
                let known = record.map(renderings).unwrap_or_default();
                for number in numbers(&span.text) {
                    assert!(
                        known.contains(&number),
                        "{name}: {number} in `{}` is not in {key}",
                        span.text
                    );
                }
            })
            .count();
        assert_eq!(
            n_traced > 0,
            matches!(
                name,
                "full" | "tiny" | "returns" | "sdq" | "value" | "homes"
            ),
            "{name}"
        );
    }
}

#[test]
fn numbers_without_a_record_belong_to_the_rules() {
    for (name, release) in studies() {
        let n_figures = release.records().len().to_string();
        let n_withheld = release
            .records()
            .iter()
            .filter(|record| record.value().is_withheld())
            .count()
            .to_string();
        for text in texts(&document(&release)) {
            for span in text.0.iter().filter(|span| span.key.is_none()) {
                for number in numbers(&span.text) {
                    // Years and prices of an appraisal are options of its figures, and so are the
                    // days after which a home is still the same. Days of a population, ages of a
                    // group and what a note says belong to the figures of returns.
                    let mut options = release.of("value.cost").chain(of_returns(&release));
                    let is_known = FIXED.contains(&number.as_str())
                        || options.any(|figure| said_of(figure).contains(&number))
                        || number == n_figures
                        || number == n_withheld;
                    assert!(is_known, "{name}: {number} in `{}`", span.text);
                }
            }
        }
    }
}

fn of_returns(release: &Release) -> impl Iterator<Item = &Released> {
    let is_of_returns = |measure: &str| {
        let mut kinds = ["stability.", "leavers."].into_iter();
        kinds.any(|kind| measure.starts_with(kind))
    };
    let all = release.records().iter();
    all.filter(move |released| is_of_returns(released.measure()))
}

/// The numbers in the words that stand beside a figure.
fn said_of(figure: &Released) -> Vec<String> {
    let group = figure.group().to_string();
    [figure.options(), figure.population(), figure.note(), &group]
        .into_iter()
        .flat_map(numbers)
        .collect()
}

#[test]
fn every_percentage_has_its_count() {
    for (name, release) in studies() {
        for text in texts(&document(&release)) {
            for span in text.0.iter().filter(|span| span.key.is_some()) {
                let shares = span.text.replace("95%\u{a0}interval", "");
                // A share that is put into an appraisal has no count.
                let is_input = span
                    .key
                    .as_deref()
                    .is_some_and(|key| key.starts_with("value."));
                let is_bare = shares.contains('%') && !shares.contains(" of ") && !is_input;
                assert!(!is_bare, "{name}: {}", span.text);
            }
        }
    }
}

#[test]
fn fewer_than_twenty_are_given_as_counts() {
    let (_, release) = studies().remove(2);
    let document = document(&release);
    let words: Vec<String> = texts(&document).iter().map(Text::words).collect();
    let all = words.join("\n");
    assert!(all.contains("7 of 9 objectives"), "{all}");
    assert!(!all.contains("78%"), "{all}");
    assert!(all.contains("Counts are given instead."), "{all}");
    let values = key_figures(&document);
    assert!(values.contains(&"7 of 9".to_owned()), "{values:?}");
}

fn key_figures(document: &Document) -> Vec<String> {
    document
        .blocks()
        .filter_map(|block| match block {
            Block::KeyFigures { figures, .. } => Some(figures),
            _ => None,
        })
        .flatten()
        .map(|figure| figure.value.clone())
        .collect()
}

#[test]
fn page_one_holds_five_figures() {
    let (_, release) = studies().remove(0);
    let first = &document(&release).sections[0];
    let leads = first
        .blocks
        .iter()
        .filter(|block| matches!(block, Block::Lead(_)))
        .count();
    assert_eq!(leads, 3);
    assert_eq!(
        key_figures(&document(&release)),
        ["+14.8", "75%", "84%", "76%", "88%"]
    );
}

#[test]
fn withheld_figures_leave_the_prose() {
    let (_, release) = studies().remove(1);
    let document = bare(&release);
    for section in &document.sections {
        if matches!(section.id.as_str(), "how-to-read" | "numbers" | "annex") {
            continue;
        }
        for text in section.blocks.iter().flat_map(texts_of) {
            assert!(!text.words().contains("[c]"), "{}", text.words());
            assert!(text.0.iter().all(|span| span.key.is_none()));
        }
    }
    assert_eq!(key_figures(&document), ["[c]"; 5]);
}

#[test]
fn every_section_with_figures_begins_with_a_sentence() {
    for (name, release) in studies() {
        let document = bare(&release);
        let chapters = document
            .sections
            .iter()
            .filter(|section| !matches!(section.id.as_str(), "how-to-read" | "quote"));
        for section in chapters {
            let first = section.blocks.first();
            assert!(
                matches!(first, Some(Block::Lead(_))),
                "{name}: {}",
                section.id
            );
        }
    }
}

#[test]
fn before_and_after_never_stand_without_a_caution() {
    for (name, release) in studies() {
        let document = document(&release);
        for section in &document.sections {
            let says_both = section.blocks.iter().flat_map(texts_of).any(|text| {
                let words = text.words();
                words.contains("at the start") && words.contains("after")
            });
            let warns = section
                .blocks
                .iter()
                .flat_map(texts_of)
                .any(|text| text.words().contains("no comparison group"));
            assert!(
                !says_both
                    || warns
                    || matches!(section.id.as_str(), "how-to-read" | "numbers" | "annex"),
                "{name}: {}",
                section.id
            );
        }
    }
}

#[test]
fn figures_of_the_annex_are_all_released_figures() {
    let (_, release) = studies().remove(0);
    let document = document(&release);
    assert_eq!(document.figures.rows.len(), release.records().len());
    let n_columns = document.figures.columns.len();
    assert!(
        document
            .figures
            .rows
            .iter()
            .all(|row| row.cells.len() == n_columns)
    );
}

#[test]
fn sections_without_records_are_left_out() {
    let check = |at: usize, expected: &[&str]| {
        let (name, release) = studies().remove(at);
        let document = bare(&release);
        let ids: Vec<&str> = document.sections.iter().map(|s| s.id.as_str()).collect();
        assert_eq!(ids, expected, "{name}");
    };
    check(
        0,
        &[
            "summary",
            "how-to-read",
            "who",
            "wanted",
            "people",
            "outcomes",
            "voices",
            "quote",
            "numbers",
            "annex",
        ],
    );
    check(4, &["summary", "how-to-read", "who", "numbers", "annex"]);
    check(5, &["summary", "how-to-read", "numbers", "annex"]);
}

#[test]
fn tables_are_numbered_in_order_and_hold_rows() {
    for (name, release) in studies() {
        let document = document(&release);
        let tables: Vec<_> = document
            .blocks()
            .filter_map(|block| match block {
                Block::Table(table) => Some(table),
                _ => None,
            })
            .collect();
        let numbers: Vec<u32> = tables.iter().map(|table| table.number).collect();
        let expected: Vec<u32> = (1..).take(tables.len()).collect();
        assert_eq!(numbers, expected, "{name}");
        for table in tables {
            assert!(!table.table.rows.is_empty(), "{name}: {}", table.id);
            for row in &table.table.rows {
                assert_eq!(
                    row.cells.len(),
                    table.table.columns.len(),
                    "{name}: {}",
                    table.id
                );
            }
        }
    }
}

#[test]
fn the_same_study_gives_the_same_document() {
    for ((_, one), (_, two)) in studies().into_iter().zip(studies()) {
        assert_eq!(document(&one), document(&two));
    }
}
