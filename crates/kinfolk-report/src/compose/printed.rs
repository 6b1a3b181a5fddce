//! Tables that are too long for print: what of them is printed, and where the rest is.

use kinfolk_charts::{DataRow, DataTable, RowRole};

use crate::document::{Block, Printed};

/// The chart or the table with its table on the web page and in the workbook only.
pub(crate) fn elsewhere(block: Block) -> Block {
    printed(block, |_, whole| Printed::Elsewhere(whole))
}

/// The chart or the table with a shorter table in print.
pub(crate) fn in_part(block: Block, shorten: impl Fn(&DataTable) -> DataTable) -> Block {
    printed(block, |table, whole| Printed::Part {
        table: shorten(table),
        whole,
    })
}

fn printed(mut block: Block, print: impl Fn(&DataTable, String) -> Printed) -> Block {
    match &mut block {
        Block::Figure(chart) => {
            chart.printed = print(&chart.figure.table, where_it_is(chart.figure.id));
        }
        Block::Table(table) => table.printed = print(&table.table, where_it_is(&table.id)),
        _ => {}
    }
    block
}

fn where_it_is(sheet: &str) -> String {
    format!(
        "The whole table is on the web page, and in tables.xlsx on the sheet \u{2018}{sheet}\u{2019}."
    )
}

/// The table without the columns of those heads.
pub(crate) fn without(table: &DataTable, heads: &[&str]) -> DataTable {
    let kept: Vec<bool> = table
        .columns
        .iter()
        .map(|column| !heads.contains(&column.head.as_str()))
        .collect();
    DataTable {
        columns: kept_of(&table.columns, &kept),
        rows: table
            .rows
            .iter()
            .map(|row| DataRow {
                role: row.role,
                cells: kept_of(&row.cells, &kept),
            })
            .collect(),
    }
}

fn kept_of<T: Clone>(items: &[T], kept: &[bool]) -> Vec<T> {
    let pairs = items.iter().zip(kept);
    pairs
        .filter(|(_, is_kept)| **is_kept)
        .map(|(item, _)| item.clone())
        .collect()
}

/// The table up to so many rows of its first group.
pub(crate) fn first_rows(table: &DataTable, n_rows: usize) -> DataTable {
    let begins_with_group = table
        .rows
        .first()
        .is_some_and(|row| row.role == RowRole::Group);
    let n_heads = usize::from(begins_with_group);
    let rows = table.rows.iter().enumerate();
    let of_the_first = rows.take_while(|(at, row)| *at < n_heads || row.role != RowRole::Group);
    DataTable {
        columns: table.columns.clone(),
        rows: of_the_first
            .take(n_heads + n_rows)
            .map(|(_, row)| row.clone())
            .collect(),
    }
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
        let column = |head: &str| DataColumn {
            head: head.to_owned(),
            is_numeric: false,
        };
        DataTable {
            columns: vec![column("What"), column("Row")],
            rows: rows
                .iter()
                .map(|(role, text)| DataRow {
                    role: *role,
                    cells: vec![cell(text), cell("x")],
                })
                .collect(),
        }
    }

    #[track_caller]
    fn check_first(rows: &[(RowRole, &str)], n_rows: usize, expected: &[&str]) {
        let short = first_rows(&table(rows), n_rows);
        let texts: Vec<&str> = short
            .rows
            .iter()
            .map(|row| row.cells[0].text.as_str())
            .collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn the_first_group_gives_the_rows() {
        use RowRole::{Body, Group};
        let two = [
            (Group, "one"),
            (Body, "a"),
            (Body, "b"),
            (Group, "two"),
            (Body, "c"),
        ];
        check_first(&two, 1, &["one", "a"]);
        check_first(&two, 9, &["one", "a", "b"]);
        check_first(&[(Body, "a"), (Body, "b")], 1, &["a"]);
        check_first(&[], 1, &[]);
    }

    #[test]
    fn columns_go_with_their_cells() {
        let short = without(&table(&[(RowRole::Body, "a")]), &["Row"]);
        assert_eq!(short.columns.len(), 1);
        assert_eq!(short.rows[0].cells.len(), 1);
        assert_eq!(short.rows[0].cells[0].text, "a");
    }
}
