//! How wide the columns of a table are.

use kinfolk_charts::{DataTable, RowRole};

use super::measure::{EASE, TEXT_SIZE, ems};

/// Space before each column but the first, in points.
const GAP: f64 = 12.0;
/// The share of a head's width that it needs on two lines.
const TWO_LINES: f64 = 0.6;

/// What a column asks for, in points, space before it included.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Wish {
    /// Its longest word.
    least: f64,
    /// Its cells on one line, its head on two.
    good: f64,
    /// All on one line.
    best: f64,
}

/// The width of each column in points, space before it included; together they fill `available`.
///
/// A column never gets less than its longest word while there is room for all longest words.
pub(super) fn widths(table: &DataTable, available: f64) -> Vec<f64> {
    let wishes: Vec<Wish> = (0..table.columns.len())
        .map(|column| wish(table, column))
        .collect();
    let total = |part: fn(&Wish) -> f64| wishes.iter().map(part).sum::<f64>();
    let (least, good, best) = (
        total(|wish| wish.least),
        total(|wish| wish.good),
        total(|wish| wish.best),
    );
    let width = |wish: &Wish| {
        if best <= available {
            wish.best * available / best
        } else if good <= available {
            wish.good + (wish.best - wish.good) * (available - good) / (best - good)
        } else if least <= available {
            wish.least + (wish.good - wish.least) * (available - least) / (good - least)
        } else {
            wish.least * available / least
        }
    };
    wishes.iter().map(width).collect()
}

fn wish(table: &DataTable, column: usize) -> Wish {
    let head = table
        .columns
        .get(column)
        .map_or("", |column| column.head.as_str());
    let cells = table.rows.iter().filter_map(|row| {
        let is_strong = row.role != RowRole::Body;
        let cell = row.cells.get(column)?;
        Some((cell.text.as_str(), is_strong))
    });
    let word = cells
        .clone()
        .chain([(head, true)])
        .map(|(text, is_strong)| longest_word(text, is_strong))
        .fold(1.0, f64::max);
    let line = cells
        .map(|(text, is_strong)| width(text, is_strong))
        .fold(word, f64::max);
    let head = width(head, true);
    let gap = if column == 0 { 0.0 } else { GAP };
    Wish {
        least: word * EASE + gap,
        good: line.max(head * TWO_LINES) * EASE + gap,
        best: line.max(head) * EASE + gap,
    }
}

fn width(text: &str, is_strong: bool) -> f64 {
    ems(text, is_strong) * TEXT_SIZE
}

fn longest_word(text: &str, is_strong: bool) -> f64 {
    text.split_whitespace()
        .map(|word| width(word, is_strong))
        .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use kinfolk_charts::{DataCell, DataColumn, DataRow};

    use super::*;

    fn table(heads: &[&str], rows: &[&[&str]]) -> DataTable {
        DataTable {
            columns: heads
                .iter()
                .map(|head| DataColumn {
                    head: (*head).to_owned(),
                    is_numeric: false,
                })
                .collect(),
            rows: rows
                .iter()
                .map(|cells| DataRow {
                    role: RowRole::Body,
                    cells: cells
                        .iter()
                        .map(|text| DataCell {
                            text: (*text).to_owned(),
                            ..DataCell::default()
                        })
                        .collect(),
                })
                .collect(),
        }
    }

    #[test]
    fn columns_fill_the_page() {
        let long = "the words of this cell go on for much longer than one line of a page can hold";
        for table in [
            table(&["a"], &[]),
            table(&["a", "b"], &[&["1", "2"]]),
            table(&["a", "b", "c"], &[&[long, "2", long], &["1", long, "3"]]),
            table(&["", ""], &[]),
        ] {
            let total: f64 = widths(&table, 480.0).iter().sum();
            assert!((total - 480.0).abs() < 1e-9, "{total}");
        }
        assert_eq!(widths(&table(&[], &[]), 480.0), Vec::<f64>::new());
    }

    #[test]
    fn a_word_has_room_while_there_is_room_for_all() {
        let long = "many words ".repeat(30);
        let table = table(
            &["Authority", "What was said"],
            &[&["Hertfordshire", &long]],
        );
        let widths = widths(&table, 480.0);
        assert!(widths[0] >= width("Hertfordshire", false), "{widths:?}");
        assert!(widths[1] > widths[0]);
    }
}
