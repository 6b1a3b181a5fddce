//! A table as the text of a CSV file.

use kinfolk_model::{RawCell, RawTable};

/// The table as comma-separated text in UTF-8 with a header line and `\n` at each line's end.
/// Days are ISO; a cell is quoted where it must be.
pub fn to_csv(table: &RawTable) -> String {
    header_line(table) + &row_lines(table)
}

/// The first line.
pub(crate) fn header_line(table: &RawTable) -> String {
    let mut text = String::new();
    line(&mut text, table.header.iter().map(|header| quoted(header)));
    text
}

/// The lines below the first.
pub(crate) fn row_lines(table: &RawTable) -> String {
    let mut text = String::new();
    for row in &table.rows {
        line(&mut text, row.iter().map(cell));
    }
    text
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push_str(&cell);
    }
    text.push('\n');
}

fn cell(cell: &RawCell) -> String {
    match cell {
        RawCell::Blank => String::new(),
        RawCell::Text(text) => quoted(text),
        RawCell::Number(number) => number.to_string(),
        RawCell::Date(day) => day.to_string(),
    }
}

fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn check(cell: RawCell, expected: &str) {
        let table = RawTable {
            name: "t".to_owned(),
            header: vec!["a".to_owned()],
            rows: vec![vec![cell]],
        };
        assert_eq!(to_csv(&table), format!("a\n{expected}\n"));
    }

    #[test]
    fn cells_are_written_as_readers_expect_them() {
        check(RawCell::Blank, "");
        check(RawCell::Text("plain".to_owned()), "plain");
        check(RawCell::Text("a, \"b\"".to_owned()), "\"a, \"\"b\"\"\"");
        check(RawCell::Number(7.0), "7");
        check(RawCell::Date(date(2024, 4, 1)), "2024-04-01");
    }
}
