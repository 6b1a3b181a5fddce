//! The 28 items of the CHEERS 2022 checklist, filled from the run. What no run can know is left to the
//! authors, and says so.

use kinfolk_charts::DataRow;
use kinfolk_disclosure::Released;

use crate::compose::cells;
use crate::compose::context::{Context, Numbering};
use crate::document::Block;
use crate::sentences::value;

/// What a run does not hold.
const TO_WRITE: &str = "Not in the data: for the authors to write.";

/// The checklist as a table.
pub(super) fn table(context: &Context<'_>, numbering: &mut Numbering, inputs: u32) -> Block {
    let items = [
        context_of(context),
        methods(context),
        results(context, inputs),
    ];
    let rows: Vec<DataRow> = (1..)
        .zip(items.into_iter().flatten())
        .map(|(number, (item, reported)): (u32, _)| {
            let number = number.to_string();
            cells::row(&number, [cells::words(item), cells::words(&reported)])
        })
        .collect();
    let table = cells::table_of_words(&["Item", "What it asks", "Reported"], rows);
    let caption = "Consolidated Health Economic Evaluation Reporting Standards (CHEERS) 2022";
    let source = context.source("the run and costs.toml", "", "");
    numbering.table("value-checklist", caption, table, source)
}

type Item = (&'static str, String);

fn item(name: &'static str, reported: impl Into<String>) -> Item {
    (name, reported.into())
}

fn shared(context: &Context<'_>, name: &str) -> String {
    let found = value::shared(context.figures, name);
    found.unwrap_or("not stated").to_owned()
}

/// The labels of the parts of a measure under one key.
fn labels(context: &Context<'_>, measure: &str, key: &str) -> String {
    let is_part = |released: &&Released| {
        released.group().get(key).is_some() && released.group().pairs().count() == 1
    };
    let parts = context.release.of(measure).filter(is_part);
    let labels: Vec<&str> = parts.map(Released::note).collect();
    format!("{}.", labels.join("; "))
}

/// Title to discount rate: items 1 to 10.
fn context_of(context: &Context<'_>) -> Vec<Item> {
    vec![
        item("Title", context.settings.title.clone()),
        item(
            "Abstract",
            "The summary, and the first lines of the section on value.",
        ),
        item("Background and aims", TO_WRITE),
        item("Analysis plan", TO_WRITE),
        item(
            "Study population",
            "The children who took part, described in the report.",
        ),
        item("Setting and place", format!("{}.", context.place)),
        item("Comparators", comparators(context)),
        item(
            "Perspective",
            "Public budgets, everyone, and cash alone, side by side; and each payer.",
        ),
        item(
            "Time horizon",
            format!("{} years.", shared(context, "years")),
        ),
        item(
            "Discount rate",
            format!(
                "Schedule {}, and another beside it.",
                shared(context, "discount")
            ),
        ),
    ]
}

fn comparators(context: &Context<'_>) -> String {
    let ends = |ending: &str| {
        let inputs = context.release.of("value.input");
        let inputs = inputs.filter_map(|input| input.group().get("input"));
        inputs.filter(|input| input.ends_with(ending)).count()
    };
    format!(
        "The programme against none. Outcomes set against a comparison group: {}; with a stated \
         effect, less what would have come anyway: {}.",
        ends(".difference"),
        ends(".reduction")
    )
}

/// Outcomes to engagement: items 11 to 21.
fn methods(context: &Context<'_>) -> Vec<Item> {
    let prices = shared(context, "prices");
    let draws = value::shared(context.figures, "draws");
    let uncertainty = match draws {
        Some(draws) => format!(
            "One input at a time, and {draws} draws of all together (seed {}).",
            shared(context, "seed")
        ),
        None => "One input at a time; no input has a spread.".to_owned(),
    };
    vec![
        item(
            "Choice of outcomes",
            labels(context, "value.benefit", "outcome"),
        ),
        item(
            "Measurement of outcomes",
            format!("{}, as the table of inputs says.", effects(context)),
        ),
        item(
            "Valuation of outcomes",
            "Unit costs, each with source and grade.",
        ),
        item("Costs", labels(context, "value.cost", "cost")),
        item(
            "Currency and price year",
            format!("Pounds, prices of {prices}, brought there by one index."),
        ),
        item(
            "Model",
            "The cost-benefit method of local partnerships in the United Kingdom.",
        ),
        item(
            "Analysis and assumptions",
            "On the page of methods and in costs.toml.",
        ),
        item("Differences between groups", "Not examined."),
        item("Who gains and who loses", "By payer; no weights by income."),
        item("Uncertainty", uncertainty),
        item("Engagement with those affected", TO_WRITE),
    ]
}

fn effects(context: &Context<'_>) -> String {
    let (found, assumed) = value::effects(context.figures);
    format!("Effects found in this study: {found}; effects assumed: {assumed}")
}

/// Parameters to conflicts: items 22 to 28.
fn results(context: &Context<'_>, inputs: u32) -> Vec<Item> {
    let missing = context.release.of("value.not_counted").count();
    vec![
        item("Parameters", format!("Table {inputs}.")),
        item("Main results", "The table of three returns."),
        item(
            "Effect of uncertainty",
            "The charts of how likely each return is, and of what it hangs on.",
        ),
        item("Effect of engagement", TO_WRITE),
        item(
            "Findings and limits",
            format!("In this report. Listed as not counted: {missing}."),
        ),
        item("Funding", TO_WRITE),
        item("Conflicts of interest", TO_WRITE),
    ]
}
