//! The table of the children of the service beside others.

use kinfolk_charts::DataRow;
use kinfolk_disclosure::Released;

use super::tables::{MEASURES, RECORDS, four, interval_head};
use super::yearly::{QUESTIONS, answered};
use crate::compose::cells;
use crate::compose::context::{Context, Numbering};
use crate::document::Block;
use crate::sentences::homes::{self, OTHERS, SERVICE};

/// The children of the service beside every child of the returns, or beside the others.
pub(super) fn beside_others(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let interval = interval_head(context);
    let heads = [
        "Measure", "Service", "n", "Out of", &interval, "Beside", "n", "Out of", &interval,
    ];
    // Only the same home is measured of the others alone; elsewhere they are among all children.
    let others = MEASURES.iter().filter_map(|(part, label)| {
        let own = of_service(context, *part)?;
        let others = homes::share_of(context.figures, OTHERS, *part)?;
        Some(beside(label, own, others))
    });
    let everyone = MEASURES.iter().filter_map(|(part, label)| {
        let own = of_service(context, *part)?;
        let is_beside_others = homes::share_of(context.figures, OTHERS, *part).is_some();
        let all = homes::share_of(context.figures, "", *part)?;
        (!is_beside_others).then(|| beside(label, own, all))
    });
    let of_year = QUESTIONS.iter().filter_map(|(code, label)| {
        let own = answered(context, SERVICE, code, "yes")?;
        own.value().figure()?;
        Some(beside(label, own, answered(context, "", code, "yes")?))
    });
    let mut rows = under("Beside the other children", others);
    rows.extend(under(
        "Beside all children, those of the service among them",
        everyone.chain(of_year),
    ));
    if rows.is_empty() {
        return None;
    }
    let table = cells::table_of_numbers(&heads, rows);
    let note = "The children were not alike to begin with: no difference here is an effect.";
    let source = context.source(RECORDS, "", note);
    let caption = "Children of the service and other children";
    Some(numbering.table("homes-service", caption, table, source))
}

/// Rows under a heading; nothing without a row.
fn under(heading: &str, rows: impl Iterator<Item = DataRow>) -> Vec<DataRow> {
    let rows: Vec<DataRow> = rows.collect();
    let heading = rows
        .first()
        .map(|row| cells::group(heading, row.cells.len()));
    heading.into_iter().chain(rows).collect()
}

/// The share of the children of the service, where it is not withheld.
fn of_service<'a>(context: &Context<'a>, part: homes::Part) -> Option<&'a Released> {
    let own = homes::share_of(context.figures, SERVICE, part)?;
    (!own.value().is_withheld()).then_some(own)
}

fn beside(label: &str, own: &Released, others: &Released) -> DataRow {
    cells::row(
        label,
        [own, others]
            .into_iter()
            .flat_map(|share| four(Some(share))),
    )
}
