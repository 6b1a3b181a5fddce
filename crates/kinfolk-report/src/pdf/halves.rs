//! A long, narrow table as two halves that stand side by side.

use kinfolk_charts::{DataRow, DataTable, RowRole};

use super::columns::{asked, widths};
use super::measure::{TEXT_SIZE, lines};

/// The fewest rows that are worth two halves.
const FEWEST_ROWS: usize = 8;
/// What the first column may be pressed to before the halves are too narrow, in points.
const LEAST_LABEL: f64 = 120.0;
/// The height of a line in a table, and what a row of each kind adds to its lines, in points.
const LINE: f64 = 15.0;
const BODY: f64 = 7.5;
const GROUP: f64 = 12.75;
/// The highest that a half may be, in points; a higher one would run on beside the other.
const HIGHEST: f64 = 600.0;
/// The most that the longer half may hold of the whole; beyond, little is won.
const LARGEST_SHARE: f64 = 0.7;

/// The halves, where the table is narrow and long enough; a group is never parted.
pub(super) fn halves(table: &DataTable, available: f64) -> Option<[DataTable; 2]> {
    if table.rows.len() < FEWEST_ROWS || !is_narrow(table, available) {
        return None;
    }
    let heights = heights(table, available);
    let whole: f64 = heights.iter().sum();
    let longer = |at: usize| {
        let above: f64 = heights.iter().take(at).sum();
        above.max(whole - above)
    };
    let at = places(table).min_by(|a, b| longer(*a).total_cmp(&longer(*b)))?;
    (longer(at) <= HIGHEST.min(whole * LARGEST_SHARE)).then(|| {
        let (above, below) = table.rows.split_at(at);
        [above, below].map(|rows| DataTable {
            columns: table.columns.clone(),
            rows: rows.to_vec(),
        })
    })
}

/// Whether the columns fit when the first is pressed.
fn is_narrow(table: &DataTable, available: f64) -> bool {
    let asked = asked(table);
    let first = asked.first().copied().unwrap_or_default();
    let others: f64 = asked.iter().skip(1).sum();
    first.min(LEAST_LABEL) + others <= available
}

/// Where a table may be parted: before a group or, without groups, before any row.
fn places(table: &DataTable) -> impl Iterator<Item = usize> {
    let is_group = |row: &DataRow| row.role == RowRole::Group;
    let has_groups = table.rows.iter().any(is_group);
    let rows = table.rows.iter().enumerate().skip(1);
    rows.filter(move |(_, row)| !has_groups || is_group(row))
        .map(|(at, _)| at)
}

fn heights(table: &DataTable, available: f64) -> Vec<f64> {
    let widths = widths(table, available);
    let height = |row: &DataRow| {
        let cells = row.cells.iter().zip(&widths);
        let n_lines = cells
            .map(|(cell, width)| lines(&cell.text, width / TEXT_SIZE))
            .max();
        let added = match row.role {
            RowRole::Group => GROUP,
            RowRole::Body | RowRole::Total => BODY,
        };
        // Whole numbers of lines are small.
        LINE * f64::from(u32::try_from(n_lines.unwrap_or(1)).unwrap_or(u32::MAX)) + added
    };
    table.rows.iter().map(height).collect()
}

#[cfg(test)]
mod tests {
    use kinfolk_charts::{DataCell, DataColumn};

    use super::*;

    fn table(rows: &[(RowRole, &str)]) -> DataTable {
        let cell = |text: &str| DataCell {
            text: text.to_owned(),
            ..DataCell::default()
        };
        let column = |head: &str, is_numeric| DataColumn {
            head: head.to_owned(),
            is_numeric,
        };
        DataTable {
            columns: vec![column("What", false), column("Number", true)],
            rows: rows
                .iter()
                .map(|(role, text)| DataRow {
                    role: *role,
                    cells: vec![cell(text), cell("12")],
                })
                .collect(),
        }
    }

    #[track_caller]
    fn check(table: &DataTable, expected: Option<usize>) {
        let found = halves(table, 230.0).map(|[first, _]| first.rows.len());
        assert_eq!(found, expected);
    }

    #[test]
    fn without_groups_the_halves_are_alike() {
        check(&table(&[(RowRole::Body, "a row"); 8]), Some(4));
        check(&table(&[(RowRole::Body, "a row"); 9]), Some(4));
        check(&table(&[(RowRole::Body, "a row"); 7]), None);
        check(&table(&[(RowRole::Body, "a row"); 90]), None);
        check(&table(&[]), None);
    }

    #[test]
    fn groups_stay_whole() {
        use RowRole::{Body, Group};
        let (group, row) = ((Group, "a group"), (Body, "a row"));
        check(
            &table(&[group, row, row, group, row, row, group, row, row]),
            Some(3),
        );
        check(
            &table(&[group, row, row, row, row, row, row, row, group]),
            None,
        );
    }

    #[test]
    fn a_wide_table_stays_whole() {
        let mut wide = table(&[(RowRole::Body, "a row"); 8]);
        for row in &mut wide.rows {
            row.cells[1].text = "a figure with very many words that will not fit".to_owned();
        }
        check(&wide, None);
    }
}
