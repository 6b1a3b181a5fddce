//! The tables of the section on value for money.

use kinfolk_charts::{DataCell, DataRow};
use kinfolk_disclosure::Released;
use kinfolk_model::{Code, Grade, Group, Payer, Statistic, Unit, format};

use crate::compose::cells;
use crate::compose::context::{Context, Numbering};
use crate::document::Block;
use crate::sentences::{phrase, value};

/// Where the figures come from, as sources name it.
const RECORDS: &str = "costs.toml and unit-costs.csv";
/// Under an appraisal, of whom each case speaks.
pub(super) const CASES: [(&str, &str); 3] = [
    ("fiscal", "To public budgets (fiscal)"),
    ("public", "To everyone (public)"),
    ("cashable", "In cash (cashable)"),
];

pub(super) fn source(context: &Context<'_>, note: &str) -> String {
    let prices = value::shared(context.figures, "prices").unwrap_or("one year");
    let note = format!("In prices of {prices}. {note}");
    context.source(RECORDS, "", note.trim_end())
}

pub(super) fn interval_head(context: &Context<'_>) -> String {
    format!("{} interval", format::level(context.settings.confidence))
}

pub(super) fn pounds(released: Option<&Released>) -> DataCell {
    cells::value(released, format::pounds)
}

/// The three returns, with the interval, the probability and the balance of each; then the returns
/// under other rules.
pub(super) fn returns(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let release = context.release;
    let interval = interval_head(context);
    let heads = [
        "Return for each £1",
        "Return",
        &interval,
        "Draws with £1 or more",
        "Benefits less costs",
    ];
    let ratio = |group: &Group| release.get("value.return_per_pound", group, Statistic::Ratio);
    let row = |label: &str, group: Group| {
        let found = ratio(&group)?;
        let chance = release.get("value.probability_pays", &group, Statistic::Proportion);
        let balance = release.get("value.net_present_value", &group, Statistic::Money);
        let cells = [
            cells::value(Some(found), format::pence),
            cells::interval(Some(found), format::pence),
            cells::share(chance),
            pounds(balance),
        ];
        Some(cells::row(label, cells))
    };
    let three = CASES
        .iter()
        .filter_map(|(code, label)| row(label, value::case(code)));
    let mut rows: Vec<DataRow> = three.collect();
    if rows.is_empty() {
        return None;
    }
    let others = others(context)
        .into_iter()
        .filter_map(|(label, group)| row(&label, group));
    rows.extend(others);
    let table = cells::table_of_numbers(&heads, rows);
    let note = "The first three rest on the same costs.";
    let caption = "Three returns side by side, and under other rules";
    Some(numbering.table("value-returns", caption, table, source(context, note)))
}

/// Returns that are not those of the three cases: without an allowance, with another discount rate.
fn others(context: &Context<'_>) -> Vec<(String, Group)> {
    let other = |released: &Released| {
        let group = released.group();
        let code = group.get("case")?;
        let (_, label) = CASES.iter().find(|(of, _)| *of == code)?;
        let rule = match (group.get("optimism"), group.get("discount")) {
            (Some(_), _) => "no allowance for optimism".to_owned(),
            (None, Some(id)) => format!("discount {}", id.replace("flat-", "at a flat ") + "%"),
            (None, None) => return None,
        };
        Some((format!("{label}, {rule}"), group.clone()))
    };
    let returns = context.release.of("value.return_per_pound");
    returns.filter_map(other).collect()
}

/// What each payer pays and gains.
pub(super) fn payers(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let release = context.release;
    let interval = interval_head(context);
    let heads = [
        "Who",
        "Pays",
        "Gains",
        "Of that, in cash",
        "Gains less costs",
        &interval,
    ];
    let row = |payer: &Payer| {
        let group = Group::of("payer", payer.code());
        let money = |measure, group: &Group| release.get(measure, group, Statistic::Money);
        let balance = money("value.net_present_value", &group)?;
        let cash = group.clone().and("case", "cashable");
        let cells = [
            pounds(money("value.cost", &group)),
            pounds(money("value.benefit", &group)),
            pounds(money("value.benefit", &cash)),
            pounds(Some(balance)),
            cells::interval(Some(balance), format::pounds),
        ];
        Some(cells::row(payer.label(), cells))
    };
    let rows: Vec<DataRow> = Payer::ALL.iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| {
        let table = cells::table_of_numbers(&heads, rows);
        let note = "Gains are as assumed, less an allowance for optimism.";
        numbering.table(
            "value-payers",
            "Who pays and who gains",
            table,
            source(context, note),
        )
    })
}

/// The prices: of what is paid, and of each outcome, with row, year, grade and source.
pub(super) fn sources(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let heads = ["Price", "Used here", "Price year", "Row", "Grade", "Source"];
    let rows: Vec<DataRow> = inputs_of(context)
        .filter(|(input, _)| value::option(input, "price_year").is_some())
        .map(|(input, id)| {
            let (label, source) = label_and_source(input);
            cells::row(
                label.strip_suffix(": unit cost").unwrap_or(label),
                [
                    amount(input),
                    cells::words(value::option(input, "price_year").unwrap_or_default()),
                    cells::words(value::option(input, "row").unwrap_or(id)),
                    cells::words(&grade(input)),
                    cells::words(source),
                ],
            )
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let mut table = cells::table_of_words(&heads, rows);
    if let Some(used) = table.columns.get_mut(1) {
        used.is_numeric = true;
    }
    let note = format!("All were brought to one year with one index. {}", grades());
    let caption = "Prices and their sources";
    Some(numbering.table("value-sources", caption, table, source(context, &note)))
}

fn inputs_of<'a>(context: &Context<'a>) -> impl Iterator<Item = (&'a Released, &'a str)> {
    let inputs = context.release.of("value.input");
    inputs.filter_map(|input| Some((input, input.group().get("input")?)))
}

/// A note is the label of the input, and its source where it has one.
fn label_and_source(input: &Released) -> (&str, &str) {
    let note = input.note();
    note.split_once("; source: ").unwrap_or((note, ""))
}

/// The letter of a grade.
fn grade(input: &Released) -> String {
    value::option(input, "grade")
        .unwrap_or_default()
        .to_uppercase()
}

/// What the letters mean.
fn grades() -> String {
    let meaning = |grade: &Grade| {
        let label = grade.label();
        format!(
            "{}: {}.",
            grade.code().to_uppercase(),
            phrase::in_sentence(label)
        )
    };
    let meanings: Vec<String> = Grade::ALL.iter().map(meaning).collect();
    meanings.join(" ")
}

/// A value in the unit of the input; an estimate of the study stands elsewhere.
pub(super) fn amount(input: &Released) -> DataCell {
    match value::in_its_unit(input) {
        Some(text) => cells::cell(input, text),
        None if input.value().is_withheld() => cells::value(Some(input), format::pounds),
        None => cells::words("from the study"),
    }
}

fn spread(input: &Released) -> DataCell {
    let write = match input.unit() {
        Unit::Proportion => format::fine_share,
        Unit::Pounds => format::pounds,
        _ => |value| format::number(value, 2),
    };
    let mut cell = cells::interval(Some(input), write);
    let form = value::option(input, "distribution").unwrap_or_default();
    cell.text = match cell.text.as_str() {
        "" => form.to_owned(),
        ends => format!("{ends}, {form}"),
    };
    cell
}

/// Every input, under its outcome, with the row of `costs.toml` that a reader can look up.
pub(super) fn inputs(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let heads = ["Input", "Value", "From and to", "Row"];
    let mut rows: Vec<DataRow> = Vec::new();
    let mut outcome = "";
    for (input, id) in inputs_of(context) {
        let (label, _) = label_and_source(input);
        let (of, field) = outcome_and_field(id);
        let (about, name) = label.rsplit_once(": ").unwrap_or(("", label));
        if !of.is_empty() && of != outcome {
            rows.push(cells::group(&format!("{about} ({of})"), heads.len()));
        } else if of.is_empty() && (rows.is_empty() || !outcome.is_empty()) {
            rows.push(cells::group("The programme", heads.len()));
        }
        outcome = of;
        let label = if of.is_empty() { label } else { name };
        let cells = [amount(input), spread(input), cells::words(field)];
        rows.push(cells::row(label, cells));
    }
    (!rows.is_empty()).then(|| {
        let mut table = cells::table_of_numbers(&heads, rows);
        for words in table.columns.iter_mut().skip(2) {
            words.is_numeric = false;
        }
        let note = "The word is the distribution from which draws are taken.";
        let caption = "Inputs of the appraisal";
        numbering.table("value-inputs", caption, table, source(context, note))
    })
}

/// `outcome.searches.drop_off` is the row `drop_off` of `outcome.searches`.
fn outcome_and_field(id: &str) -> (&str, &str) {
    match id.rsplit_once('.') {
        Some((of, field)) if of.starts_with("outcome.") => (of, field),
        _ => ("", id),
    }
}
