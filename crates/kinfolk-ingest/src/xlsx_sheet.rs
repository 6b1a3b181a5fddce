//! Workbooks to sheets, through calamine.

use std::any::Any;
use std::cell::Cell;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, DataRef, ExcelDateTime, Ods, Reader, SheetType, SheetVisible, Sheets, Xls, Xlsb, Xlsx,
};
use jiff::civil::Date;

use crate::sheet::{Format, Raw, RawRow, Sheet, Visibility};

/// Cells of one sheet after which reading stops, so that a small file cannot fill the memory.
const MOST_CELLS: usize = 20_000_000;
/// What a sheet holds at most; a place beyond is damage, and tables as wide as it would fill the memory.
const MOST_ROWS: u32 = 1_048_576;
const MOST_COLUMNS: u32 = 16_384;

/// Why a workbook could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WorkbookFault {
    /// The bytes are no workbook.
    NotAWorkbook,
    /// A password protects it, or it is an old format under a new name.
    Protected,
    /// It is damaged; what the reader said.
    Damaged(String),
    /// One sheet holds more than [`MOST_CELLS`] cells.
    TooLarge,
}

/// Reads every sheet of a workbook.
///
/// # Errors
///
/// [`WorkbookFault`] when the bytes are no workbook that can be read.
pub(crate) fn read_workbook(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookFault> {
    guarded(|| read_sheets(file, bytes))
}

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic on this thread is caught and becomes a finding, so that a program need not tell of
/// it: what reads workbooks panics at some that are damaged.
pub fn is_panic_caught() -> bool {
    IS_GUARDED.get()
}

/// A damaged file must cost one finding, never the run, even where the parser gives up hard.
fn guarded<T>(read: impl FnOnce() -> Result<T, WorkbookFault>) -> Result<T, WorkbookFault> {
    IS_GUARDED.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(read));
    IS_GUARDED.set(false);
    outcome.unwrap_or_else(|cause| Err(WorkbookFault::Damaged(panic_message(&*cause))))
}

fn panic_message(cause: &(dyn Any + Send)) -> String {
    cause
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| cause.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_else(|| "its contents make no sense".to_owned())
}

fn read_sheets(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookFault> {
    let mut workbook = open(bytes)?;
    let listed = workbook.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    for listed in listed {
        if listed.typ != SheetType::WorkSheet {
            continue;
        }
        sheets.push(Sheet {
            file: file.to_owned(),
            rows: rows(&mut workbook, &listed.name)?.into(),
            name: Some(listed.name),
            format: Format::Workbook,
            visibility: match listed.visible {
                SheetVisible::Visible => Visibility::Visible,
                _ => Visibility::Hidden,
            },
        });
    }
    Ok(sheets)
}

/// Opens by what the bytes are, whatever the file is called.
fn open(bytes: &[u8]) -> Result<Sheets<Cursor<&[u8]>>, WorkbookFault> {
    let cursor = Cursor::new(bytes);
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Xls::new(cursor)
            .map(Sheets::Xls)
            .map_err(|_| WorkbookFault::Protected);
    }
    if !bytes.starts_with(b"PK") {
        return Err(WorkbookFault::NotAWorkbook);
    }
    let fault = match Xlsx::new(cursor.clone()) {
        Ok(workbook) => return Ok(Sheets::Xlsx(workbook)),
        Err(error) => damaged(error),
    };
    Xlsb::new(cursor.clone())
        .map(Sheets::Xlsb)
        .or_else(|_| Ods::new(cursor).map(Sheets::Ods))
        .map_err(|_| fault)
}

fn damaged(error: impl std::fmt::Display) -> WorkbookFault {
    WorkbookFault::Damaged(error.to_string())
}

fn rows(workbook: &mut Sheets<Cursor<&[u8]>>, name: &str) -> Result<Vec<RawRow>, WorkbookFault> {
    match workbook {
        Sheets::Xlsx(workbook) => xlsx_rows(workbook, name),
        other => Ok(range_rows(&other.worksheet_range(name).map_err(damaged)?)),
    }
}

/// Reads cell by cell: one stray cell in the last row and column costs one cell, not a whole grid.
fn xlsx_rows(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<RawRow>, WorkbookFault> {
    let mut reader = workbook.worksheet_cells_reader(name).map_err(damaged)?;
    let mut cells = Vec::new();
    while let Some(cell) = reader.next_cell().map_err(damaged)? {
        let (row, column) = cell.get_position();
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(damaged("a cell lies beyond the last row or column"));
        }
        if let Some(raw) = raw_ref(cell.get_value()) {
            cells.push(((row, column), raw));
        }
        if cells.len() > MOST_CELLS {
            return Err(WorkbookFault::TooLarge);
        }
    }
    cells.sort_by_key(|(position, _)| *position);
    cells.dedup_by_key(|(position, _)| *position);
    Ok(gather(cells))
}

fn range_rows(range: &calamine::Range<Data>) -> Vec<RawRow> {
    let (top, left) = range.start().unwrap_or_default();
    let cells = range
        .used_cells()
        .filter_map(|(row, column, data)| {
            let row = top.saturating_add(u32::try_from(row).ok()?);
            let column = left.saturating_add(u32::try_from(column).ok()?);
            Some(((row, column), raw(data)?))
        })
        .collect();
    gather(cells)
}

/// Cells in the order of their places as rows.
fn gather(cells: Vec<((u32, u32), Raw)>) -> Vec<RawRow> {
    let mut rows: Vec<RawRow> = Vec::new();
    for ((row, column), raw) in cells {
        let (number, column) = (row.saturating_add(1), column.saturating_add(1));
        match rows.last_mut() {
            Some(last) if last.number == number => last.cells.push((column, raw)),
            _ => rows.push(RawRow {
                number,
                cells: vec![(column, raw)],
            }),
        }
    }
    rows
}

fn raw_ref(value: &DataRef<'_>) -> Option<Raw> {
    match value {
        DataRef::SharedString(text) => Raw::from_text(text),
        other => raw(&Data::from(other.clone())),
    }
}

fn raw(value: &Data) -> Option<Raw> {
    match value {
        Data::Empty => None,
        Data::Int(number) => Some(Raw::Number(*number as f64)),
        Data::Float(number) => Some(Raw::Number(*number)),
        Data::String(text) | Data::DurationIso(text) => Raw::from_text(text),
        Data::Bool(truth) => Some(Raw::Bool(*truth)),
        Data::DateTime(moment) => Some(day_of(moment)),
        Data::DateTimeIso(text) => iso_day(text).map(Raw::Date).or(Raw::from_text(text)),
        Data::Error(error) => Raw::from_text(&error.to_string()),
    }
}

/// The day of a moment; a time or a number of days without a calendar stays a number.
fn day_of(moment: &ExcelDateTime) -> Raw {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let date = i16::try_from(year)
        .ok()
        .zip(i8::try_from(month).ok().zip(i8::try_from(day).ok()))
        .and_then(|(year, (month, day))| Date::new(year, month, day).ok());
    match date {
        Some(date) if moment.is_datetime() && moment.as_f64() >= 1.0 => Raw::Date(date),
        _ => Raw::Number(moment.as_f64()),
    }
}

fn iso_day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLANTED: &[u8] = include_bytes!("../../../tests/bad-input/planted/planted.xlsx");

    #[test]
    fn bytes_that_are_no_workbook_are_told_apart() {
        let fault = |bytes: &[u8]| read_workbook("f.xlsx", bytes).err();
        assert_eq!(fault(b""), Some(WorkbookFault::NotAWorkbook));
        assert_eq!(fault(b"child_id,sex"), Some(WorkbookFault::NotAWorkbook));
        assert_eq!(fault(b"\xd0\xcf\x11\xe0"), Some(WorkbookFault::Protected));
        assert!(matches!(
            fault(b"PK\x03\x04"),
            Some(WorkbookFault::Damaged(_))
        ));
        assert_eq!(fault(PLANTED), None);
    }

    #[test]
    fn a_panic_is_caught_and_known_to_be() {
        let outcome = guarded(|| -> Result<(), _> {
            assert!(is_panic_caught());
            panic!("out of range");
        });
        let reason = "out of range".to_owned();
        assert_eq!(outcome, Err(WorkbookFault::Damaged(reason)));
        assert!(!is_panic_caught());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_bytes_make_it_stop(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            for mark in [&b""[..], b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"] {
                let _ = read_workbook("f.xlsx", &[mark, &bytes].concat());
            }
        }

        #[test]
        fn no_damage_makes_it_stop(
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
            end in any::<prop::sample::Index>(),
        ) {
            let mut bytes = PLANTED.to_vec();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let _ = read_workbook("f.xlsx", &bytes);
            bytes.truncate(end.index(PLANTED.len()));
            let _ = read_workbook("f.xlsx", &bytes);
        }
    }
}
