//! Parquet as plain text and back: what a CSV file of the same table would hold.

use std::fs::File;
use std::path::Path;

use kinfolk_ingest::plain::{PlainColumn, PlainTable};
use kinfolk_model::format;
use polars::prelude::{
    AnyValue, ArrowDataType, Column, DataFrame, NamedFrom, ParquetReader, ParquetWriter, SerReader,
    Series,
};

use crate::Error;

/// A Parquet file as CSV.
pub(super) fn to_text(path: &Path) -> Result<Vec<u8>, Error> {
    let unreadable = |source| Error::Parquet {
        path: path.to_owned(),
        source,
    };
    let file = File::open(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })?;
    let mut reader = ParquetReader::new(file).set_rechunk(true);
    let schema = reader.schema().map_err(unreadable)?;
    for field in schema.iter_values() {
        if !is_known(field.dtype()) {
            return Err(Error::ParquetKind {
                path: path.to_owned(),
                column: field.name.to_string(),
                kind: format!("{:?}", field.dtype()),
            });
        }
    }
    as_csv(&reader.finish().map_err(unreadable)?)
}

/// The kinds that this build of the reader knows.
fn is_known(kind: &ArrowDataType) -> bool {
    matches!(
        kind,
        ArrowDataType::Null
            | ArrowDataType::Boolean
            | ArrowDataType::Int32
            | ArrowDataType::Int64
            | ArrowDataType::UInt32
            | ArrowDataType::UInt64
            | ArrowDataType::Float32
            | ArrowDataType::Float64
            | ArrowDataType::Utf8
            | ArrowDataType::LargeUtf8
            | ArrowDataType::Utf8View
    )
}

fn as_csv(frame: &DataFrame) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(frame.get_column_names().iter().map(|name| name.as_str()))?;
    for row in 0..frame.height() {
        let cells = frame.columns().iter().map(|column| shown(column, row));
        writer.write_record(cells)?;
    }
    writer
        .into_inner()
        .map_err(|error| Error::Csv(error.into_error().into()))
}

fn shown(column: &Column, row: usize) -> String {
    match column.get(row) {
        Ok(AnyValue::String(text)) => text.to_owned(),
        Ok(AnyValue::StringOwned(text)) => text.to_string(),
        Ok(AnyValue::Float64(number)) => format::exact(number),
        Ok(AnyValue::Float32(number)) => number.to_string(),
        Ok(AnyValue::Boolean(truth)) => truth.to_string(),
        Ok(AnyValue::Null) | Err(_) => String::new(),
        Ok(number) => number.to_string(),
    }
}

/// A table as Parquet. A column whose every cell is a whole number, or a number, as a computer writes
/// it, becomes one of numbers; every other one stays text.
pub(super) fn from_table(table: &PlainTable) -> Result<Vec<u8>, Error> {
    let columns = table.columns().map(to_column).collect();
    let mut frame = DataFrame::new(table.n_rows(), columns)?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .set_parallel(false)
        .finish(&mut frame)?;
    Ok(bytes)
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
    use std::io::Cursor;

    use super::*;

    fn table(text: &str) -> PlainTable {
        let input = Cursor::new(text.to_owned().into_bytes());
        PlainTable::read(Path::new("f.csv"), Box::new(input)).unwrap()
    }

    fn there_and_back(text: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f.parquet");
        std::fs::write(&path, from_table(&table(text)).unwrap()).unwrap();
        String::from_utf8(to_text(&path).unwrap()).unwrap()
    }

    #[test]
    fn a_table_comes_back_from_parquet() {
        let text = "id,n,x,day,none\n007,1,0.5,2025-03-01,\n08,-2,3,,\n";
        assert_eq!(there_and_back(text), text);
        assert_eq!(there_and_back("a,b\n"), "a,b\n");
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
    fn what_is_no_parquet_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f.parquet");
        std::fs::write(&path, "a,b\n").unwrap();
        assert!(matches!(to_text(&path), Err(Error::Parquet { .. })));
    }
}
