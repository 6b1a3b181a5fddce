//! The table of the ratings: every released answer, the share who agree and the mean.

use kinfolk_model::Code;

use super::answers::{ANSWERS, Row};
use crate::figure::DataTable;
use crate::layout::{body_row, numbers_column, words_cell, words_column};

/// One row a statement; columns for the answers that some row has.
pub(crate) fn table(rows: &[&Row<'_>]) -> DataTable {
    let used: Vec<(&str, &str)> = ANSWERS
        .into_iter()
        .filter(|(code, _)| rows.iter().any(|row| row.answer(code).0.is_some()))
        .collect();
    let lines = rows.iter().map(|row| {
        let mut cells = vec![words_cell(row.respondent.label()), words_cell(&row.label)];
        cells.extend(used.iter().map(|(code, _)| row.answer(code).count_cell()));
        cells.extend([
            row.agrees.numerator_cell(),
            row.agrees.denominator_cell(),
            row.agrees.share_cell(),
            row.agrees.interval_cell(),
            row.mean.mean_cell(),
        ]);
        body_row(cells)
    });
    let mut columns = vec![words_column("Who replied"), words_column("Statement")];
    columns.extend(used.iter().map(|(_, head)| numbers_column(head)));
    let ends = ["Agree", "Of", "Share", "95% interval", "Mean"];
    columns.extend(ends.map(numbers_column));
    DataTable {
        rows: lines.collect(),
        columns,
    }
}
