//! The way to the sums: what is counted of each outcome, and what falls in each year.

use kinfolk_charts::{DataCell, DataRow};
use kinfolk_disclosure::Released;
use kinfolk_model::{Code, Group, PlacementType, Statistic, format};

use super::tables::{amount, interval_head, pounds, source};
use crate::compose::cells;
use crate::compose::context::{Context, Numbering};
use crate::document::Block;
use crate::sentences::value;

/// Said where nothing would have come anyway.
const NONE: &str = "none";

/// From the effect on a child to the number of each outcome.
pub(super) fn counted(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let interval = interval_head(context);
    let heads = [
        "Outcome",
        "Without it",
        "Change",
        "Anyway",
        "Number",
        &interval,
    ];
    let row = |number: &Released| {
        let id = number.group().get("outcome")?;
        let input = |part: &str| input(context, id, part);
        let or_words = |cell: Option<DataCell>, words| cell.unwrap_or_else(|| cells::words(words));
        let of_whom = if is_of_weeks(context, id) {
            " children"
        } else {
            ""
        };
        let in_number = |value| format::number(value, 1);
        let with_whom = |value| format!("{}{of_whom}", in_number(value));
        let cells = [
            or_words(input("at_risk"), ""),
            or_words(input("difference").or_else(|| input("reduction")), ""),
            or_words(input("deadweight"), NONE),
            cells::value(Some(number), with_whom),
            cells::interval(Some(number), in_number),
        ];
        Some(cells::row(number.note(), cells))
    };
    let numbers = context.release.of("value.outcomes");
    let in_first_year = numbers.filter(|number| number.group().get("counted").is_none());
    let rows: Vec<DataRow> = in_first_year.filter_map(row).collect();
    (!rows.is_empty()).then(|| {
        let table = cells::table_of_numbers(&heads, rows);
        let note = "Without it: how often it would happen to a child. Change: the share of that \
            avoided or, against a comparison group, the difference for each child. Anyway: the \
            share of the change that would have come without the programme; none against a \
            comparison group. Number: of all children, in the first year; \
            where weeks are saved, the children for whom they are.";
        let caption = "From the effect on a child to the number of each outcome";
        numbering.table("value-counted", caption, table, source(context, note))
    })
}

/// Whether an outcome is told in weeks: its number is then one of children.
fn is_of_weeks(context: &Context<'_>, outcome: &str) -> bool {
    let group = Group::of("outcome", outcome).and("counted", "child_weeks");
    let weeks = context
        .release
        .get("value.outcomes", &group, Statistic::Amount);
    weeks.is_some()
}

/// An input of an outcome; nothing where the outcome has none such.
fn input(context: &Context<'_>, outcome: &str, part: &str) -> Option<DataCell> {
    let id = format!("outcome.{outcome}.{part}");
    let group = Group::of("input", &id);
    let found = context
        .release
        .get("value.input", &group, Statistic::Amount)?;
    Some(amount(found))
}

/// What is spent and what public budgets are spared in each year, and where they stand at its end.
pub(super) fn yearly(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let interval = interval_head(context);
    let mut heads = vec!["Year", "Costs", "Spared", &interval, "Balance so far"];
    let placements: Vec<PlacementType> = placements(context);
    let weeks: Vec<String> = placements.iter().map(in_weeks).collect();
    heads.extend(weeks.iter().map(String::as_str));
    let row = |year: &str| {
        let group = Group::of("year", year);
        let money = |measure| context.release.get(measure, &group, Statistic::Money);
        let spared = money("value.averted_per_year");
        let balance = value::case("fiscal").and("year", year);
        let balance = context
            .release
            .get("value.net_present_value", &balance, Statistic::Money);
        let weeks = placements.iter().map(|placement| {
            let group = Group::of("placement", placement.code()).and("year", year);
            let weeks = context
                .release
                .get("value.averted_per_year", &group, Statistic::Amount);
            cells::value(weeks, |weeks| format::number(weeks, 1))
        });
        let money = [
            pounds(money("value.cost")),
            pounds(spared),
            cells::interval(spared, format::pounds),
            pounds(balance),
        ];
        cells::row(year, money.into_iter().chain(weeks))
    };
    let years: u32 = value::shared(context.figures, "years")?.parse().ok()?;
    let rows: Vec<DataRow> = (0..years).map(|year| row(&year.to_string())).collect();
    let table = cells::table_of_numbers(&heads, rows);
    let note = "Spared: what public budgets need not pay in that year. Costs and what is spared are \
        not discounted; the balance is, and adds up from year 0, the year of the work.";
    let caption = "What is spent and spared in each year";
    Some(numbering.table("value-years", caption, table, source(context, note)))
}

/// The placements of which weeks are counted.
fn placements(context: &Context<'_>) -> Vec<PlacementType> {
    let is_counted = |placement: &PlacementType| {
        let mut averted = context.release.of("value.averted_per_year");
        averted.any(|released| released.group().get("placement") == Some(placement.code()))
    };
    let all = PlacementType::ALL.iter().copied();
    all.filter(is_counted).collect()
}

/// `Weeks, children’s home`.
fn in_weeks(placement: &PlacementType) -> String {
    format!(
        "Weeks, {}",
        crate::sentences::phrase::in_sentence(placement.label())
    )
}
