//! Parquet as plain text and back: what a CSV file of the same table would hold.

use std::fs::File;
use std::path::Path;

use kinfolk_ingest::plain::PlainTable;
use polars::prelude::{ArrowDataType, ParquetReader, ParquetWriter, SerReader};

use super::frame::{frame_of, text_of};
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
    text_of(&reader.finish().map_err(unreadable)?)
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

/// A table as Parquet.
pub(super) fn from_table(table: &PlainTable) -> Result<Vec<u8>, Error> {
    let mut frame = frame_of(table)?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .set_parallel(false)
        .finish(&mut frame)?;
    Ok(bytes)
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
    fn what_is_no_parquet_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f.parquet");
        std::fs::write(&path, "a,b\n").unwrap();
        assert!(matches!(to_text(&path), Err(Error::Parquet { .. })));
    }
}
