//! What each authority has reckoned for itself, in the report of all: side by side, neither ranked nor
//! added up.

use kinfolk_charts::DataRow;
use kinfolk_disclosure::Released;
use kinfolk_model::{Group, Statistic, format};

use super::tables::{CASES, interval_head, pounds};
use crate::compose::cells;
use crate::compose::context::{Context, Numbering, care};
use crate::compose::printed::elsewhere;
use crate::document::{Block, Text};
use crate::sentences::value;

const RETURN: &str = "value.return_per_pound";

/// The section.
pub(super) fn blocks(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let authorities = authorities(context);
    let lead = "Some authorities have reckoned what the work costs them and what it returns.";
    let about = "Each of them states its own costs and rests on effects of its own, so the returns \
        are neither ranked nor added up. Authorities stand in the order of the alphabet; those \
        without an appraisal are not listed.";
    let caution = "The effects are inputs. No return here shows that the programme pays.";
    vec![
        Block::Lead(Text::plain(lead)),
        Block::Paragraph(Text::plain(about)),
        fiscal(context, numbering, &authorities),
        care("What this does not show.", Text::plain(caution)),
        elsewhere(all_cases(context, numbering, &authorities)),
    ]
}

/// Each authority once, in the order of its figures.
fn authorities<'a>(context: &Context<'a>) -> Vec<&'a str> {
    let returns = context.release.of(RETURN);
    let mut names: Vec<&str> = returns
        .filter_map(|released| released.group().get("authority"))
        .collect();
    names.dedup();
    names
}

/// The part of a case of one authority.
fn of(authority: &str, case: &str) -> Group {
    Group::of("authority", authority).and("case", case)
}

/// What each authority spends, and what public budgets get back.
fn fiscal(context: &Context<'_>, numbering: &mut Numbering, authorities: &[&str]) -> Block {
    let interval = interval_head(context);
    let heads = [
        "Authority",
        "Costs",
        "Return for each £1",
        &interval,
        "Draws with £1 or more",
        "Prices",
        "Years",
    ];
    let release = context.release;
    let row = |authority: &&str| {
        let whole = Group::of("authority", authority);
        let cost = release.get("value.cost", &whole, Statistic::Money);
        let part = of(authority, "fiscal");
        let returned = release.get(RETURN, &part, Statistic::Ratio);
        let chance = release.get("value.probability_pays", &part, Statistic::Proportion);
        let option = |name| {
            cost.and_then(|cost| value::option(cost, name))
                .unwrap_or_default()
        };
        let cells = [
            pounds(cost),
            match returned {
                Some(_) => cells::value(returned, format::pence),
                None => cells::words("not appraised"),
            },
            cells::interval(returned, format::pence),
            cells::share(chance),
            cells::words(option("prices")),
            cells::words(option("years")),
        ];
        cells::row(authority, cells)
    };
    let table = cells::table_of_numbers(&heads, authorities.iter().map(row).collect());
    let caption = "What each authority reckons that public budgets get back";
    let source = source(context, "Costs and benefits are worth today.");
    numbering.table("value-authorities", caption, table, source)
}

/// The three returns of each authority.
fn all_cases(context: &Context<'_>, numbering: &mut Numbering, authorities: &[&str]) -> Block {
    let interval = interval_head(context);
    let heads = [
        "Return for each £1",
        "Return",
        &interval,
        "Draws with £1 or more",
        "Benefits less costs",
    ];
    let mut rows: Vec<DataRow> = Vec::new();
    for authority in authorities {
        rows.push(cells::group(authority, heads.len()));
        let of_case = |(case, label): &(&str, &str)| case_row(context, &of(authority, case), label);
        rows.extend(CASES.iter().filter_map(of_case));
    }
    let table = cells::table_of_numbers(&heads, rows);
    let caption = "Three returns of each authority";
    let source = source(
        context,
        "The three of one authority rest on the same costs.",
    );
    numbering.table("value-authorities-cases", caption, table, source)
}

fn case_row(context: &Context<'_>, part: &Group, label: &str) -> Option<DataRow> {
    let release = context.release;
    let returned: &Released = release.get(RETURN, part, Statistic::Ratio)?;
    let chance = release.get("value.probability_pays", part, Statistic::Proportion);
    let balance = release.get("value.net_present_value", part, Statistic::Money);
    let cells = [
        cells::value(Some(returned), format::pence),
        cells::interval(Some(returned), format::pence),
        cells::share(chance),
        pounds(balance),
    ];
    Some(cells::row(label, cells))
}

fn source(context: &Context<'_>, note: &str) -> String {
    context.source(
        "the appraisals in the authorities\u{2019} own reports",
        "",
        note,
    )
}
