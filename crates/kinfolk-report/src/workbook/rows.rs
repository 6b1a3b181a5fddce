//! A table without headings between its rows, which a spreadsheet would have to hold as blank cells.

use kinfolk_charts::{DataCell, DataColumn, DataRow, DataTable, RowRole};

/// The head of the column that takes the place of group rows.
const GROUP: &str = "Group";
/// What a total over all groups has in that column.
const ALL: &str = "All";

/// The table with each group row turned into a first column that names the group of each row.
///
/// A group row that holds figures of its own stays a row.
pub(super) fn ungrouped(table: &DataTable) -> DataTable {
    if !table.rows.iter().any(is_heading) {
        return table.clone();
    }
    let column = DataColumn {
        head: GROUP.to_owned(),
        is_numeric: false,
    };
    DataTable {
        columns: [column].into_iter().chain(table.columns.clone()).collect(),
        rows: named_rows(&table.rows),
    }
}

fn named_rows(rows: &[DataRow]) -> Vec<DataRow> {
    let mut group = String::new();
    let mut named = Vec::new();
    for row in rows {
        if is_heading(row) {
            group = row
                .cells
                .first()
                .map_or_else(String::new, |cell| cell.text.clone());
        } else {
            let name = if row.role == RowRole::Total {
                ALL
            } else {
                &group
            };
            named.push(with_group(row, name));
        }
    }
    named
}

fn with_group(row: &DataRow, group: &str) -> DataRow {
    let cell = DataCell {
        text: group.to_owned(),
        ..DataCell::default()
    };
    DataRow {
        role: row.role,
        cells: [cell].into_iter().chain(row.cells.clone()).collect(),
    }
}

/// Whether a row is a heading and nothing else.
fn is_heading(row: &DataRow) -> bool {
    row.role == RowRole::Group && row.cells.iter().skip(1).all(|cell| cell.text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(role: RowRole, cells: &[&str]) -> DataRow {
        DataRow {
            role,
            cells: cells
                .iter()
                .map(|text| DataCell {
                    text: (*text).to_owned(),
                    ..DataCell::default()
                })
                .collect(),
        }
    }

    #[track_caller]
    fn check(rows: Vec<DataRow>, expected: &[&[&str]]) {
        let table = DataTable {
            columns: Vec::new(),
            rows,
        };
        let texts: Vec<Vec<String>> = ungrouped(&table)
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect())
            .collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn headings_become_a_column() {
        check(
            vec![
                row(RowRole::Group, &["Age at start", ""]),
                row(RowRole::Body, &["Under 10", "38"]),
                row(RowRole::Group, &["Home at start", ""]),
                row(RowRole::Body, &["Foster care", "71"]),
                row(RowRole::Total, &["All children", "112"]),
            ],
            &[
                &["Age at start", "Under 10", "38"],
                &["Home at start", "Foster care", "71"],
                &["All", "All children", "112"],
            ],
        );
    }

    #[test]
    fn a_table_without_headings_stays() {
        check(
            vec![
                row(RowRole::Body, &["a", "1"]),
                row(RowRole::Group, &["b", "2"]),
            ],
            &[&["a", "1"], &["b", "2"]],
        );
        check(Vec::new(), &[]);
    }
}
