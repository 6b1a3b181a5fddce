//! Cells of tables, made from released figures.

use kinfolk_charts::{DataCell, DataColumn, DataRow, DataTable, RowRole};
use kinfolk_disclosure::{Released, Shown};
use kinfolk_model::format::{self, NOT_AVAILABLE, WITHHELD};

use crate::sentences::phrase;

/// A table with these heads; the first column holds words, the others numbers.
pub(crate) fn table_of_numbers(heads: &[&str], rows: Vec<DataRow>) -> DataTable {
    let columns = heads
        .iter()
        .enumerate()
        .map(|(at, head)| DataColumn {
            head: (*head).to_owned(),
            is_numeric: at > 0,
        })
        .collect();
    DataTable { columns, rows }
}

/// A table of words alone.
pub(crate) fn table_of_words(heads: &[&str], rows: Vec<DataRow>) -> DataTable {
    let mut table = table_of_numbers(heads, rows);
    for column in &mut table.columns {
        column.is_numeric = false;
    }
    table
}

/// An ordinary row.
pub(crate) fn row(head: &str, cells: impl IntoIterator<Item = DataCell>) -> DataRow {
    with_role(RowRole::Body, head, cells)
}

/// A total under a rule.
pub(crate) fn total(head: &str, cells: impl IntoIterator<Item = DataCell>) -> DataRow {
    with_role(RowRole::Total, head, cells)
}

/// A heading over the rows that follow, as wide as the table.
pub(crate) fn group(head: &str, n_columns: usize) -> DataRow {
    let blanks = (1..n_columns).map(|_| DataCell::default());
    with_role(RowRole::Group, head, blanks)
}

fn with_role(role: RowRole, head: &str, cells: impl IntoIterator<Item = DataCell>) -> DataRow {
    DataRow {
        role,
        cells: std::iter::once(words(head)).chain(cells).collect(),
    }
}

/// A cell of words.
pub(crate) fn words(text: &str) -> DataCell {
    DataCell {
        text: text.to_owned(),
        ..DataCell::default()
    }
}

/// The value as a count.
pub(crate) fn count(released: Option<&Released>) -> DataCell {
    value(released, |value| format::count(value.round() as u64))
}

/// The value as a count. A row that stands in a table without its record was dropped to protect
/// children.
pub(crate) fn count_or_withheld(released: Option<&Released>) -> DataCell {
    match released {
        Some(released) => count(Some(released)),
        None => words(WITHHELD),
    }
}

/// The value as a percentage.
pub(crate) fn share(released: Option<&Released>) -> DataCell {
    value(released, format::share)
}

/// The value with one decimal.
pub(crate) fn decimal(released: Option<&Released>) -> DataCell {
    value(released, |value| format::number(value, 1))
}

/// The value, as text made by `write`.
pub(crate) fn value(released: Option<&Released>, write: impl Fn(f64) -> String) -> DataCell {
    let Some(released) = released else {
        return DataCell::default();
    };
    cell(released, shown(released.value(), write))
}

/// How many had it.
pub(crate) fn numerator(released: Option<&Released>) -> DataCell {
    let Some(released) = released else {
        return DataCell::default();
    };
    cell(released, shown(released.numerator(), format::count))
}

/// The value as a percentage, unless too few stand behind it for one.
pub(crate) fn sound_share(released: Option<&Released>) -> DataCell {
    match released {
        Some(few) if phrase::is_small(few) => cell(few, "too few".to_owned()),
        other => share(other),
    }
}

/// Out of how many.
pub(crate) fn denominator(released: Option<&Released>) -> DataCell {
    let Some(released) = released else {
        return DataCell::default();
    };
    cell(released, shown(released.denominator(), format::count))
}

/// How many have no value.
pub(crate) fn missing(released: Option<&Released>) -> DataCell {
    let Some(released) = released else {
        return DataCell::default();
    };
    cell(released, shown(released.n_missing(), format::count))
}

/// `64% to 83%`, empty where there is none.
pub(crate) fn interval(released: Option<&Released>, write: impl Fn(f64) -> String) -> DataCell {
    let Some(released) = released else {
        return DataCell::default();
    };
    let text = match released.interval() {
        Shown::Figure((lower, upper)) => format!("{} to {}", write(lower), write(upper)),
        Shown::Withheld => WITHHELD.to_owned(),
        Shown::Absent => String::new(),
    };
    DataCell {
        number: None,
        ..cell(released, text)
    }
}

/// The text of a figure, or the sign for why there is none.
pub(crate) fn shown<T: Copy>(figure: Shown<T>, write: impl Fn(T) -> String) -> String {
    match figure {
        Shown::Figure(figure) => write(figure),
        Shown::Withheld => WITHHELD.to_owned(),
        Shown::Absent => NOT_AVAILABLE.to_owned(),
    }
}

/// The text of a figure that many estimates do not have; empty where there is none.
pub(crate) fn shown_or_blank<T: Copy>(figure: Shown<T>, write: impl Fn(T) -> String) -> String {
    match figure {
        Shown::Absent => String::new(),
        _ => shown(figure, write),
    }
}

/// A cell that shows a figure of an estimate.
pub(crate) fn cell(released: &Released, text: String) -> DataCell {
    DataCell {
        number: number_in(&text),
        text,
        key: Some(released.key().to_string()),
    }
}

/// The number that a text shows, no finer than the text: 0.74 for `74%`.
fn number_in(text: &str) -> Option<f64> {
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, ',' | '£'))
        .map(|c| if c == '\u{2212}' { '-' } else { c })
        .collect();
    match plain.strip_suffix('%') {
        Some(percent) => Some(percent.parse::<f64>().ok()? / 100.0),
        None => plain.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_no_finer_than_its_text() {
        let check = |text, expected| assert_eq!(number_in(text), expected, "{text}");
        check("74%", Some(0.74));
        check("1,240", Some(1240.0));
        check("\u{2212}1.9", Some(-1.9));
        check("+15.0", Some(15.0));
        check("\u{2212}£1,240", Some(-1240.0));
        check("[c]", None);
        check("", None);
    }
}
