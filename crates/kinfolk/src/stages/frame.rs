//! Plain tables as data frames and back: what a CSV file of the same table would hold.

use std::io::Cursor;
use std::path::Path;

use kinfolk_ingest::plain::{PlainColumn, PlainReader, PlainTable};
use kinfolk_model::format;
use polars::prelude::{AnyValue, Column, DataFrame, NamedFrom, Series};

use crate::Error;

/// A table that is in memory already, as every method here reads one; `name` stands in messages where
/// the name of a file would.
///
/// # Errors
///
/// [`Error::Plain`] when it has no columns.
///
/// ```
/// use polars::df;
/// let frame = df!("child_id" => ["a", "b"], "total" => [12, 9])?;
/// let reader = kinfolk::stages::table_from_frame("scores", &frame)?;
/// assert_eq!(reader.header().names(), ["child_id", "total"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn table_from_frame(name: &str, frame: &DataFrame) -> Result<PlainReader, Error> {
    let text = text_of(frame)?;
    Ok(PlainReader::new(
        Path::new(name),
        Box::new(Cursor::new(text)),
    )?)
}

/// A table that a method wrote as CSV, as a data frame. A column whose every cell is a whole number,
/// or a number, as a computer writes it, becomes one of numbers; every other one stays text.
///
/// # Errors
///
/// [`Error::Plain`] when the text is no table, [`Error::Frame`].
pub fn frame_from_text(name: &str, text: Vec<u8>) -> Result<DataFrame, Error> {
    let table = PlainTable::read(Path::new(name), Box::new(Cursor::new(text)))?;
    frame_of(&table)
}

/// A frame as CSV.
pub(super) fn text_of(frame: &DataFrame) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(frame.get_column_names().iter().map(|name| name.as_str()))?;
    let series: Vec<Series> = frame
        .columns()
        .iter()
        .map(|column| column.as_materialized_series().rechunk())
        .collect();
    let mut columns: Vec<_> = series.iter().map(Series::iter).collect();
    let mut cell = String::new();
    for _ in 0..frame.height() {
        for column in &mut columns {
            write_cell(column.next().unwrap_or(AnyValue::Null), &mut cell);
            writer.write_field(&cell)?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer
        .into_inner()
        .map_err(|error| Error::Csv(error.into_error().into()))
}

/// The frame's own way of showing numbers rounds them, so each kind is written here.
fn write_cell(value: AnyValue<'_>, cell: &mut String) {
    cell.clear();
    match value {
        AnyValue::Null => {}
        AnyValue::String(text) => cell.push_str(text),
        AnyValue::Float64(number) => cell.push_str(&format::exact(number)),
        AnyValue::Float32(number) => cell.push_str(&number.to_string()),
        AnyValue::Boolean(truth) => cell.push_str(&truth.to_string()),
        AnyValue::Int32(number) => cell.push_str(&number.to_string()),
        AnyValue::Int64(number) => cell.push_str(&number.to_string()),
        AnyValue::UInt32(number) => cell.push_str(&number.to_string()),
        AnyValue::UInt64(number) => cell.push_str(&number.to_string()),
        other => cell.push_str(&other.to_string()),
    }
}

/// A table as a frame.
pub(super) fn frame_of(table: &PlainTable) -> Result<DataFrame, Error> {
    let columns = table.columns().map(to_column).collect();
    Ok(DataFrame::new(table.n_rows(), columns)?)
}

fn to_column(column: PlainColumn<'_>) -> Column {
    let name = column.name().into();
    let series = if let Some(numbers) = all(column, whole) {
        Series::new(name, numbers)
    } else if let Some(numbers) = all(column, decimal) {
        Series::new(name, numbers)
    } else {
        let texts: Vec<Option<String>> = column
            .texts()
            .map(|text| text.map(|text| text.into_owned()))
            .collect();
        Series::new(name, texts)
    };
    series.into()
}

/// Every cell read, where each that is not missing can be and not all are missing.
fn all<T>(column: PlainColumn<'_>, read: fn(&str) -> Option<T>) -> Option<Vec<Option<T>>> {
    let cells: Option<Vec<Option<T>>> = column
        .texts()
        .map(|text| match text {
            Some(text) => read(&text).map(Some),
            None => Some(None),
        })
        .collect();
    cells.filter(|cells| cells.iter().any(Option::is_some))
}

/// A whole number whose digits say all of it: `007` is text.
fn whole(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

fn decimal(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !(digits.starts_with('0') && !digits.starts_with("0.") && digits != "0");
    text.parse().ok().filter(|_| is_plain)
}

#[cfg(test)]
mod tests {
    use polars::df;

    use super::*;

    fn table(text: &str) -> PlainTable {
        let input = Cursor::new(text.to_owned().into_bytes());
        PlainTable::read(Path::new("f.csv"), Box::new(input)).unwrap()
    }

    #[test]
    fn only_numbers_as_computers_write_them_become_numbers() {
        let kind = |cell: &str| {
            to_column(table(&format!("a,b\n{cell},x\n")).column("a").unwrap())
                .dtype()
                .to_string()
        };
        for (cell, expected) in [
            ("7", "i64"),
            ("-7", "i64"),
            ("0", "i64"),
            ("0.5", "f64"),
            ("007", "str"),
            ("+7", "str"),
            ("1e5", "str"),
            ("2025-03-01", "str"),
        ] {
            assert_eq!(kind(cell), expected, "{cell}");
        }
    }

    #[test]
    fn a_frame_comes_back_from_its_text() {
        let frame = df!(
            "id" => [Some("007"), None, Some("a,b")],
            "n" => [Some(1_i64), Some(-2), None],
            "x" => [0.5, f64::NAN, 1e300],
        )
        .unwrap();
        let text = String::from_utf8(text_of(&frame).unwrap()).unwrap();
        assert!(text.starts_with("id,n,x\n007,1,0.5\n,-2,"), "{text}");
        let back = frame_from_text("f", text.into_bytes()).unwrap();
        assert_eq!(back.column("id").unwrap(), frame.column("id").unwrap());
        assert_eq!(back.column("n").unwrap(), frame.column("n").unwrap());
    }
}
