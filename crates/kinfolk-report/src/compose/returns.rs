//! The quarterly returns.

use kinfolk_charts::{DataCell, DataRow, DataTable};
use kinfolk_disclosure::ReleasedRow;
use kinfolk_model::{Group, Statistic};

use super::cells;
use super::context::{Context, Numbering, heading};
use crate::document::{Block, Text};
use crate::sentences::{paragraph, reach};

/// What returns count, in the order of the table.
const KINDS: [(&str, &str); 6] = [
    ("referrals", "Referrals"),
    ("starts", "Starts"),
    ("conferences", "Conferences"),
    ("plans", "Plans"),
    ("reviews", "Reviews"),
    ("coordinators_trained", "Coordinators trained"),
];

/// One kind of count, with its quarters as they are published.
struct Kind<'a> {
    code: &'static str,
    label: &'static str,
    quarters: &'a [ReleasedRow],
}

/// What the returns say in all, then quarter by quarter.
pub(crate) fn blocks(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let kinds = kinds(context);
    if kinds.is_empty() {
        return Vec::new();
    }
    let table = if have_the_same_quarters(&kinds) {
        side_by_side(context, &kinds)
    } else {
        one_after_another(context, &kinds)
    };
    let text = paragraph([
        reach::returns(context.figures),
        reach::coordinators(context.figures),
        figures_have_steps(context).then(|| Text::plain(OF_THE_YEAR)),
    ]);
    let source = context.source("quarterly returns", "", "");
    let mut blocks = vec![heading("The quarterly returns")];
    blocks.extend(text.map(Block::Paragraph));
    blocks.push(numbering.table("returns", "Returns by quarter", table, source));
    blocks
}

/// Said where the steps of children stand beside.
const OF_THE_YEAR: &str = "They count the work of these quarters; the steps of children in this chapter also hold \
    those referred earlier.";

fn figures_have_steps(context: &Context<'_>) -> bool {
    context.release.of("reach.flow").next().is_some()
}

fn kinds<'a>(context: &Context<'a>) -> Vec<Kind<'a>> {
    KINDS
        .iter()
        .map(|(code, label)| Kind {
            code,
            label,
            quarters: context
                .release
                .rows(&format!("monitoring.quarter[kind={code}]")),
        })
        .filter(|kind| !kind.quarters.is_empty())
        .collect()
}

/// Quarters of one kind may be joined where those of another are not.
fn have_the_same_quarters(kinds: &[Kind<'_>]) -> bool {
    kinds
        .windows(2)
        .all(|pair| pair[0].quarters == pair[1].quarters)
}

fn side_by_side(context: &Context<'_>, kinds: &[Kind<'_>]) -> DataTable {
    let heads: Vec<&str> = std::iter::once("Quarter")
        .chain(kinds.iter().map(|kind| kind.label))
        .collect();
    let quarters = kinds.first().map_or(&[][..], |kind| kind.quarters);
    let mut rows: Vec<DataRow> = quarters
        .iter()
        .map(|quarter| {
            let counts = kinds.iter().map(|kind| in_quarter(context, kind, quarter));
            cells::row(&quarter.label, counts)
        })
        .collect();
    let totals = kinds.iter().map(|kind| in_all(context, kind));
    rows.push(cells::total("All quarters", totals));
    cells::table_of_numbers(&heads, rows)
}

fn one_after_another(context: &Context<'_>, kinds: &[Kind<'_>]) -> DataTable {
    let heads = ["Quarter", "Number"];
    let rows = kinds
        .iter()
        .flat_map(|kind| {
            let quarters = kind
                .quarters
                .iter()
                .map(|quarter| cells::row(&quarter.label, [in_quarter(context, kind, quarter)]));
            std::iter::once(cells::group(kind.label, heads.len()))
                .chain(quarters)
                .collect::<Vec<_>>()
        })
        .collect();
    cells::table_of_numbers(&heads, rows)
}

fn in_quarter(context: &Context<'_>, kind: &Kind<'_>, quarter: &ReleasedRow) -> DataCell {
    let group = Group::of("kind", kind.code).and("quarter", &quarter.code);
    cells::count(
        context
            .release
            .get("monitoring.quarter", &group, Statistic::Count),
    )
}

fn in_all(context: &Context<'_>, kind: &Kind<'_>) -> DataCell {
    let measure = format!("reach.{}", kind.code);
    cells::count(
        context
            .release
            .get(&measure, &Group::all(), Statistic::Count),
    )
}
