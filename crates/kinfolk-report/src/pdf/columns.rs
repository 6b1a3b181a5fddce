//! How wide the columns of a table are, and how a table too wide for a page is parted.

use kinfolk_charts::{DataRow, DataTable, RowRole};

use super::measure::{EASE, TEXT_SIZE, ems};

/// Space before each column but the first, in points.
const GAP: f64 = 12.0;
/// The share of a head's width that it needs on two lines.
const TWO_LINES: f64 = 0.6;
/// What a column of words asks for before its cells may run over many lines, in points.
const WORDS: f64 = 88.0;

/// What a column asks for, in points, space before it included.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Wish {
    /// Its longest figure or word, and a little more for words.
    least: f64,
    /// Its cells on one line, its head on two.
    good: f64,
    /// All on one line.
    best: f64,
}

/// The width of each column in points, space before it included; together they fill `available`.
///
/// A column never gets less than its longest figure or word while there is room for all of them.
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

/// The table, or where its columns need more room than there is, parts of it that each begin with
/// the columns that name a row.
pub(super) fn parts(table: &DataTable, available: f64) -> Vec<DataTable> {
    let least: Vec<f64> = (0..table.columns.len())
        .map(|column| wish(table, column).least)
        .collect();
    let n_names = n_naming(table);
    let names: f64 = least.iter().take(n_names).sum();
    let mut parts: Vec<Vec<usize>> = vec![Vec::new()];
    let mut room = available - names;
    for (column, width) in least.iter().enumerate().skip(n_names) {
        let is_full = parts.last().is_some_and(|part| !part.is_empty()) && *width > room;
        if is_full {
            parts.push(Vec::new());
            room = available - names;
        }
        room -= width;
        if let Some(part) = parts.last_mut() {
            part.push(column);
        }
    }
    parts
        .iter()
        .map(|part| only(table, (0..n_names).chain(part.iter().copied())))
        .collect()
}

/// What each column asks for to be on one line, its head on two, space before it included.
pub(super) fn asked(table: &DataTable) -> Vec<f64> {
    (0..table.columns.len())
        .map(|column| wish(table, column).good)
        .collect()
}

/// The columns of words before the first number.
fn n_naming(table: &DataTable) -> usize {
    let words = table.columns.iter().take_while(|column| !column.is_numeric);
    words.count().min(2)
}

fn only(table: &DataTable, columns: impl Iterator<Item = usize> + Clone) -> DataTable {
    let rows = table.rows.iter().map(|row| DataRow {
        role: row.role,
        cells: columns
            .clone()
            .map(|column| row.cells.get(column).cloned().unwrap_or_default())
            .collect(),
    });
    DataTable {
        columns: columns
            .clone()
            .filter_map(|column| table.columns.get(column).cloned())
            .collect(),
        rows: rows.collect(),
    }
}

fn wish(table: &DataTable, column: usize) -> Wish {
    let (head, is_numeric) = table.columns.get(column).map_or(("", false), |column| {
        (column.head.as_str(), column.is_numeric)
    });
    let cells = table.rows.iter().filter_map(|row| {
        let is_strong = row.role != RowRole::Body;
        let cell = row.cells.get(column)?;
        Some((cell.text.as_str(), is_strong))
    });
    let line = cells
        .clone()
        .map(|(text, is_strong)| width(text, is_strong))
        .fold(1.0, f64::max);
    let word = cells
        .map(|(text, is_strong)| longest_word(text, is_strong))
        .fold(longest_word(head, true), f64::max);
    let head = width(head, true);
    let least = word.max(if is_numeric { line } else { line.min(WORDS) });
    let good = least.max(line).max(head * TWO_LINES);
    let gap = if column == 0 { 0.0 } else { GAP };
    Wish {
        least: least * EASE + gap,
        good: good * EASE + gap,
        best: good.max(head) * EASE + gap,
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
    use kinfolk_charts::{DataCell, DataColumn};

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

    #[test]
    fn a_table_that_fits_is_one_part() {
        let table = table(&["Authority", "What was said"], &[&["Hertfordshire", "x"]]);
        assert_eq!(parts(&table, 480.0), std::slice::from_ref(&table));
        let none = DataTable {
            columns: Vec::new(),
            rows: Vec::new(),
        };
        assert_eq!(parts(&none, 480.0), std::slice::from_ref(&none));
    }

    #[test]
    fn a_table_that_is_too_wide_is_parted_and_each_part_names_its_rows() {
        let heads: Vec<String> = (0..12).map(|at| format!("Disagree{at}")).collect();
        let heads: Vec<&str> = ["Who"]
            .into_iter()
            .chain(heads.iter().map(String::as_str))
            .collect();
        let cells = vec!["85% to 100%"; heads.len()];
        let mut wide = table(&heads, &[&cells]);
        for column in wide.columns.iter_mut().skip(1) {
            column.is_numeric = true;
        }
        let parts = parts(&wide, 480.0);
        assert!(parts.len() > 1);
        let n_figures: usize = parts.iter().map(|part| part.columns.len() - 1).sum();
        assert_eq!(n_figures, 12);
        for part in &parts {
            assert_eq!(part.columns[0].head, "Who");
            assert_eq!(part.rows[0].cells.len(), part.columns.len());
            let least: f64 = (0..part.columns.len()).map(|at| wish(part, at).least).sum();
            assert!(least <= 480.0, "{least}");
        }
    }
}
