//! The section on value for money: three returns together, each under its condition, inputs with their
//! rows, what is not counted, and warnings where they matter.

#![expect(clippy::expect_used, reason = "a section that is missing is a failure")]

use kinfolk_model::{Estimate, Statistic, Unit};
use kinfolk_report::Document;
use kinfolk_report::document::{Block, Section, TableBlock};

use crate::support::{Maker, bare, blank, full, released, settings};

const OPTIONS: &str = "prices=2024;years=5;discount=green-book;draws=10000;seed=1";

fn push(maker: &mut Maker, key: (&str, &str, Statistic, Unit), values: &[f64], texts: [&str; 2]) {
    let (measure, group, statistic, unit) = key;
    let [own, note] = texts;
    maker.push(Estimate {
        value: values.first().copied(),
        lower: values.get(1).copied(),
        upper: values.get(2).copied(),
        level: values.get(1).map(|_| 0.95),
        options: format!("{OPTIONS}{own}"),
        note: note.to_owned(),
        ..blank(measure, group, statistic, unit)
    });
}

fn money(maker: &mut Maker, measure: &str, group: &str, value: f64, texts: [&str; 2]) {
    let key = (measure, group, Statistic::Money, Unit::Pounds);
    push(maker, key, &[value, value - 900.0, value + 900.0], texts);
}

fn amount(maker: &mut Maker, measure: &str, group: &str, unit: Unit, value: f64, texts: [&str; 2]) {
    let key = (measure, group, Statistic::Amount, unit);
    push(maker, key, &[value], texts);
}

/// An appraisal with one cost and one placement avoided, whose public return lies near one.
pub(crate) fn add(maker: &mut Maker) {
    money(maker, "value.cost", "", 50_000.0, ["", ""]);
    money(
        maker,
        "value.cost",
        "cost=posts",
        50_000.0,
        ["", "Coordinators"],
    );
    money(maker, "value.cost_per_child", "", 910.0, ["", ""]);
    for (case, ratio, note) in [
        ("fiscal", 1.62, ""),
        (
            "public",
            1.04,
            "value for money: low; within a tenth of one: small changes turn it",
        ),
        ("cashable", 0.71, ""),
    ] {
        let group = format!("case={case}");
        let key = (
            "value.return_per_pound",
            group.as_str(),
            Statistic::Ratio,
            Unit::None,
        );
        push(maker, key, &[ratio, ratio - 1.2, ratio + 1.3], ["", note]);
        money(
            maker,
            "value.net_present_value",
            &group,
            50_000.0 * (ratio - 1.0),
            ["", ""],
        );
        let key = (
            "value.probability_pays",
            group.as_str(),
            Statistic::Proportion,
            Unit::Proportion,
        );
        push(maker, key, &[0.68], ["", ""]);
    }
    for measure in ["value.cost", "value.benefit", "value.net_present_value"] {
        money(maker, measure, "payer=local_authority", 40_000.0, ["", ""]);
    }
    money(
        maker,
        "value.benefit",
        "outcome=homes",
        81_000.0,
        [";class=fiscal", "Weeks in homes"],
    );
    for (end, ratio) in [("low", -0.4), ("high", 3.1)] {
        let group = format!("case=fiscal;input=outcome.homes.difference;end={end}");
        let key = (
            "value.sensitivity",
            group.as_str(),
            Statistic::Ratio,
            Unit::None,
        );
        push(
            maker,
            key,
            &[ratio],
            ["", "Weeks in homes: difference: pays"],
        );
    }
    let turns = "case=fiscal;input=outcome.homes.difference";
    amount(
        maker,
        "value.switching",
        turns,
        Unit::Proportion,
        0.018,
        ["", "Weeks in homes: difference"],
    );
    for (measure, weeks) in [("value.break_even", 27.1), ("value.outcomes", 37.3)] {
        let group = "outcome=homes;counted=child_weeks";
        amount(
            maker,
            measure,
            group,
            Unit::ChildWeeks,
            weeks,
            [";placement=childrens_home", ""],
        );
    }
    inputs(maker);
    let key = (
        "value.not_counted",
        "item=1",
        Statistic::Money,
        Unit::Pounds,
    );
    push(
        maker,
        key,
        &[],
        ["", "Knowing one\u{2019}s family: no value is agreed for it"],
    );
}

fn inputs(maker: &mut Maker) {
    let texts = [
        ";distribution=gamma;price_year=2024",
        "Coordinators; source: invented",
    ];
    amount(
        maker,
        "value.input",
        "input=cost.posts",
        Unit::Pounds,
        50_000.0,
        texts,
    );
    let texts = [";distribution=normal", "Weeks in homes: difference"];
    let input = "input=outcome.homes.difference";
    amount(maker, "value.input", input, Unit::Proportion, 0.03, texts);
    let texts = [
        ";distribution=fixed;price_year=2011/12;row=home_week;grade=b",
        "Weeks in homes: unit cost; source: a made-up list",
    ];
    amount(
        maker,
        "value.input",
        "input=outcome.homes.unit_value",
        Unit::Pounds,
        6_108.0,
        texts,
    );
    let texts = [";distribution=fixed", "Discount rate"];
    amount(
        maker,
        "value.input",
        "input=discount_rate",
        Unit::Proportion,
        0.035,
        texts,
    );
}

pub(crate) fn with_value() -> Maker {
    let mut maker = full();
    add(&mut maker);
    maker
}

fn document() -> Document {
    bare(&released(&with_value(), &settings()))
}

fn section(document: &Document) -> &Section {
    let mut sections = document.sections.iter();
    sections
        .find(|section| section.id == "value")
        .expect("the section")
}

fn texts(section: &Section) -> String {
    let words = section.blocks.iter().flat_map(|block| match block {
        Block::Lead(text) | Block::Paragraph(text) | Block::Care { text, .. } => vec![text.words()],
        Block::WithNote { paragraphs, .. } => paragraphs.iter().map(|text| text.words()).collect(),
        Block::List(items) => items.iter().map(|text| text.words()).collect(),
        _ => Vec::new(),
    });
    words.collect::<Vec<_>>().join("\n")
}

fn table<'a>(document: &'a Document, id: &str) -> &'a TableBlock {
    let mut tables = document.blocks().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.find(|table| table.id == id).expect("the table")
}

fn has_row(table: &TableBlock, cells: &[&str]) -> bool {
    let mut rows = table.table.rows.iter();
    rows.any(|row| {
        row.cells
            .iter()
            .map(|cell| cell.text.as_str())
            .eq(cells.iter().copied())
    })
}

#[test]
fn three_returns_stand_in_the_lead_under_their_condition() {
    let document = document();
    let Some(Block::Lead(lead)) = section(&document).blocks.first() else {
        unreachable!("the section begins with a lead");
    };
    assert_eq!(
        lead.words().replace('\u{a0}', " "),
        "If the effects assumed here hold, each £1 returns £1.62 to public budgets (95% interval \
         £0.42 to £2.92). On the same assumptions it returns £1.04 to everyone (95% interval \
         \u{2212}£0.16 to £2.34), and £0.71 in cash (95% interval \u{2212}£0.49 to £2.01)."
    );
    let returns = table(&document, "value-returns");
    let ends = "\u{2212}£0.16 to £2.34";
    assert!(has_row(
        returns,
        &["To everyone (public)", "£1.04", ends, "68%", "£2,000"]
    ));
}

#[test]
fn warnings_and_what_is_not_counted_stand_in_the_section() {
    let document = document();
    let words = texts(section(&document));
    for expected in [
        "The public return of £1.04 lies within a tenth of £1.",
        "This report does not show that the programme has these effects.",
        "It turns where that input is 1.8%, all else as assumed.",
        "Public budgets break even at 27.1 child-weeks avoided",
        "Knowing one\u{2019}s family: no value is agreed for it.",
        "One of these prices is more than ten years old",
    ] {
        assert!(words.contains(expected), "{expected}: {words}");
    }
    assert!(!words.contains("The fiscal return of"), "{words}");
}

#[test]
fn prices_and_inputs_name_their_rows() {
    let document = document();
    let sources = table(&document, "value-sources");
    let price = [
        "Weeks in homes",
        "£6,108",
        "2011/12",
        "home_week",
        "B",
        "a made-up list",
    ];
    assert!(has_row(sources, &price));
    let inputs = table(&document, "value-inputs");
    assert!(has_row(
        inputs,
        &["Discount rate", "3.5%", "fixed", "discount_rate"]
    ));
    assert!(has_row(
        inputs,
        &["difference", "3%", "normal", "difference"]
    ));
}

#[test]
fn the_checklist_has_28_items_filled_from_the_run() {
    let document = document();
    let checklist = table(&document, "value-checklist");
    assert_eq!(checklist.table.rows.len(), 28);
    assert!(has_row(checklist, &["9", "Time horizon", "5 years."]));
    assert!(has_row(checklist, &["14", "Costs", "Coordinators."]));
    let inputs = table(&document, "value-inputs").number;
    assert!(has_row(
        checklist,
        &["22", "Parameters", &format!("Table {inputs}.")]
    ));
}

#[test]
fn hidden_sums_give_no_sentence_and_no_number() {
    let mut maker = with_value();
    maker.hide_all();
    let document = bare(&released(&maker, &settings()));
    let words = texts(section(&document));
    assert!(
        !words.contains("£1.62") && !words.contains("£50,000"),
        "{words}"
    );
}

#[test]
fn a_study_that_could_not_be_appraised_says_why() {
    let mut maker = full();
    let key = ("value.return_per_pound", "", Statistic::Ratio, Unit::None);
    push(
        &mut maker,
        key,
        &[],
        ["", "nothing is appraised: no estimate is named so"],
    );
    let document = bare(&released(&maker, &settings()));
    let words = texts(section(&document));
    assert_eq!(
        words,
        "What the programme is worth is not reckoned here: no estimate is named so."
    );
}
