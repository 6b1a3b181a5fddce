//! The table of the children of the service beside others.

use kinfolk_charts::DataRow;
use kinfolk_disclosure::Released;

use super::tables::{MEASURES, RECORDS};
use super::yearly::{QUESTIONS, answered};
use crate::compose::cells;
use crate::compose::context::{Context, Numbering};
use crate::document::Block;
use crate::sentences::homes::{self, OTHERS, SERVICE};

/// The children of the service beside every child of the returns, or beside the others.
pub(super) fn beside_others(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let heads = [
        "Measure",
        "Children of the service",
        "n",
        "Out of",
        "Beside",
        "n",
        "Out of",
    ];
    // Only the same home is measured of the others alone; elsewhere they are among all children.
    let others = MEASURES.iter().filter_map(|(part, label)| {
        let own = homes::share_of(context.figures, SERVICE, *part)?;
        Some(beside(
            label,
            own,
            homes::share_of(context.figures, OTHERS, *part)?,
        ))
    });
    let everyone = MEASURES.iter().filter_map(|(part, label)| {
        let own = homes::share_of(context.figures, SERVICE, *part)?;
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

fn beside(label: &str, own: &Released, others: &Released) -> DataRow {
    let three = |share| {
        [
            cells::sound_share(share),
            cells::numerator(share),
            cells::denominator(share),
        ]
    };
    cells::row(
        label,
        three(Some(own)).into_iter().chain(three(Some(others))),
    )
}
