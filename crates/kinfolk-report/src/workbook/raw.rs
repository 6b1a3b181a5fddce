//! Tables as files hold them, written as a workbook that can be read back.

use kinfolk_model::{RawCell, RawTable};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::names::Names;
use super::sheet::write_string;
use super::style;
use crate::error::ReportError;

/// The tables as a workbook, a sheet each, the headers in the first row.
///
/// Text stays as it is, so that reading gives back what was written; where it could act as a formula
/// the cell is marked as text. The same tables give the same bytes.
///
/// # Errors
///
/// What the spreadsheet's format forbids, e.g. more than a million rows.
pub fn write_tables(tables: &[RawTable]) -> Result<Vec<u8>, ReportError> {
    let mut names = Names::default();
    let mut workbook = Workbook::new();
    workbook.set_properties(&style::properties("", "", "", style::NO_DAY)?);
    for table in tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(names.sheet(&table.name))?;
        write_sheet(sheet, table)?;
    }
    if tables.is_empty() {
        workbook.add_worksheet();
    }
    Ok(workbook.save_to_buffer()?)
}

fn write_sheet(sheet: &mut Worksheet, table: &RawTable) -> Result<(), XlsxError> {
    let head = style::head();
    for (at, name) in (0..).zip(&table.header) {
        write_string(sheet, (0, at), name, &head)?;
        sheet.set_column_width(at, style::width([name.as_str()].into_iter()))?;
    }
    let (plain, day) = (style::plain(), style::number(style::DAY));
    for (row, cells) in (1..).zip(&table.rows) {
        for (at, cell) in (0..).zip(cells) {
            match cell {
                RawCell::Blank => {}
                RawCell::Text(text) => write_string(sheet, (row, at), text, &plain)?,
                RawCell::Number(number) => {
                    sheet.write_number_with_format(row, at, *number, &plain)?;
                }
                RawCell::Date(date) => {
                    sheet.write_datetime_with_format(row, at, style::day(*date)?, &day)?;
                }
            }
        }
    }
    Ok(())
}
