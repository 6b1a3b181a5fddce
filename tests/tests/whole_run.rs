//! From the demonstration folder to every format: the same numbers everywhere, the same bytes always.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::sync::LazyLock;

use calamine::{Data, Reader, Xlsx};
use kinfolk::model::{Estimate, Unit, format};
use kinfolk::outputs::Output;
use kinfolk_tests::{
    demo, figures_of, number_of, numbers, output, pdf_text, visible_text, without_details,
};

static OUTPUTS: LazyLock<Vec<Output>> = LazyLock::new(|| demo().unwrap());

fn html() -> &'static str {
    std::str::from_utf8(output(&OUTPUTS, "report.html")).unwrap()
}

fn records() -> BTreeMap<String, Estimate> {
    let file = kinfolk::frames::estimates_from_json(output(&OUTPUTS, "estimates.json")).unwrap();
    file.estimates
        .into_iter()
        .map(|record| (record.key().to_string(), record))
        .collect()
}

/// Every way in which a record's fields may stand on a page.
fn printable(record: &Estimate) -> BTreeSet<String> {
    let mut allowed = BTreeSet::new();
    for value in [record.value, record.lower, record.upper]
        .into_iter()
        .flatten()
    {
        allowed.extend(printable_value(value, record.unit));
    }
    let counts = [record.numerator, record.denominator, record.n_missing];
    allowed.extend(counts.into_iter().flatten().map(format::count));
    if let Some(whole) = record.denominator {
        allowed.insert(format::count(whole + record.n_missing.unwrap_or(0)));
        let rest = record
            .numerator
            .map(|part| format::count(whole - part.min(whole)));
        allowed.extend(rest);
    }
    allowed.extend(record.level.map(format::share));
    // The day on which children are counted stands in the words for them.
    allowed.extend(numbers(&record.population));
    allowed
}

/// A p-value has three decimals, everything else fewer.
const MOST_DECIMALS: usize = 3;

fn printable_value(value: f64, unit: Unit) -> Vec<String> {
    match unit {
        Unit::Proportion => {
            vec![
                format::share(value),
                format::fine_share(value),
                format!("+{}", format::share(value)),
                format!("+{}", format::fine_share(value)),
                format!("{:.0}", value * 10.0),
                "10".to_owned(),
                // A difference in percentage points.
                format::signed(value * 100.0, 0),
            ]
        }
        _ => {
            let mut texts: Vec<String> = (0..=MOST_DECIMALS)
                .map(|decimals| format::number(value, decimals))
                .collect();
            texts.extend((0..=MOST_DECIMALS).map(|decimals| format::signed(value, decimals)));
            // A ledger sets what is spent with a minus sign.
            let money = [value, -value].map(|sum| [format::pounds(sum), format::pence(sum)]);
            texts.extend(money.concat().iter().map(|text| text.replace('£', "")));
            if value >= 0.0 {
                texts.push(format::count(value.round() as u64));
            }
            texts.extend(
                texts
                    .clone()
                    .iter()
                    .map(|text| text.trim_start_matches(['+', '\u{2212}']).to_owned()),
            );
            texts
        }
    }
}

#[test]
fn each_figure_on_the_page_is_a_field_of_its_record() {
    let records = records();
    let figures = figures_of(html());
    assert!(figures.len() > 100, "{} figures", figures.len());
    for (key, text) in figures {
        let record = records
            .get(&key)
            .unwrap_or_else(|| panic!("no record {key}"));
        let allowed = printable(record);
        for number in numbers(&text) {
            assert!(
                allowed.contains(&number),
                "{key}: `{text}` prints {number}, not of {allowed:?}"
            );
        }
    }
}

#[test]
fn page_one_of_the_pdf_holds_the_five_figures() {
    let Some(pages) = pdf_text(output(&OUTPUTS, "report.pdf")) else {
        println!("skipped: pdftotext is not installed");
        return;
    };
    let first = html()
        .split("class=\"key-figures\"")
        .nth(1)
        .unwrap()
        .split("</table>")
        .next()
        .unwrap();
    let figures: BTreeSet<String> = figures_of(first).into_iter().map(|(key, _)| key).collect();
    assert_eq!(figures.len(), 5);
    let on_page = numbers(&pages[0]);
    for number in numbers(&visible_text(first)) {
        assert!(on_page.contains(&number), "{number} is not on page one");
    }
}

#[test]
fn the_pdf_carries_the_numbers_of_the_open_page_and_none_of_its_own() {
    let Some(pages) = pdf_text(output(&OUTPUTS, "report.pdf")) else {
        println!("skipped: pdftotext is not installed");
        return;
    };
    let in_pdf = numbers(&pages.join("\n"));
    let in_html = numbers(&visible_text(html()));
    let page_numbers: BTreeSet<String> = (1..=pages.len()).map(|page| page.to_string()).collect();
    let in_the_open = numbers(&visible_text(&without_details(html())));
    let missing: Vec<_> = in_the_open.difference(&in_pdf).collect();
    assert!(missing.is_empty(), "not in the PDF: {missing:?}");
    let added: Vec<_> = in_pdf
        .difference(&in_html)
        .filter(|number| !page_numbers.contains(*number))
        .collect();
    assert!(added.is_empty(), "only in the PDF: {added:?}");
}

/// Every number in the sheets of the workbook, to nine places.
fn workbook_numbers() -> BTreeSet<String> {
    let mut workbook: Xlsx<_> =
        Xlsx::new(Cursor::new(output(&OUTPUTS, "tables.xlsx").to_vec())).unwrap();
    let mut found = BTreeSet::new();
    for (_, range) in workbook.worksheets() {
        for cell in range.cells().map(|(_, _, cell)| cell) {
            match cell {
                Data::Float(value) => drop(found.insert(format!("{value:.9}"))),
                Data::Int(value) => drop(found.insert(format!("{:.9}", *value as f64))),
                Data::String(text) => found.extend(values_in(text)),
                _ => {}
            }
        }
    }
    found
}

fn values_in(text: &str) -> Vec<String> {
    numbers(text)
        .iter()
        .filter_map(|number| number_of(number))
        .map(|value| format!("{value:.9}"))
        .collect()
}

#[test]
fn the_workbook_carries_the_numbers_of_every_table_on_the_page() {
    let in_workbook = workbook_numbers();
    let tables = html()
        .split("<table")
        .skip(1)
        .map(|part| part.split("</table>").next().unwrap());
    let mut n_checked = 0;
    for (key, text) in tables.flat_map(figures_of) {
        for value in values_in(&text) {
            assert!(
                in_workbook.contains(&value),
                "{key}: {value} is not in the workbook"
            );
            n_checked += 1;
        }
    }
    assert!(n_checked > 100);
}

#[test]
fn the_same_study_gives_the_same_bytes_on_one_thread_and_on_two() {
    let with_threads = |n_threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(n_threads)
            .build()
            .unwrap();
        pool.install(|| demo().unwrap())
    };
    for outputs in [with_threads(1), with_threads(2)] {
        assert_eq!(outputs.len(), OUTPUTS.len());
        for (again, first) in outputs.iter().zip(OUTPUTS.iter()) {
            assert_eq!(again.path, first.path);
            assert!(again.bytes == first.bytes, "{} differs", first.path);
        }
    }
}

#[test]
fn nothing_that_leaves_the_building_names_a_child() {
    let children = kinfolk_tests::open_study("data/demo")
        .unwrap()
        .study
        .children
        .rows;
    for file in [
        "report.html",
        "estimates.json",
        "estimates.csv",
        "manifest.json",
    ] {
        let text = std::str::from_utf8(output(&OUTPUTS, file)).unwrap();
        for child in &children {
            assert!(
                !text.contains(child.child_id.as_str()),
                "{file} names {}",
                child.child_id
            );
        }
    }
}
