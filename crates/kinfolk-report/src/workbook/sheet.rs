//! One sheet with one table: title, what stands in it, source, then the table and nothing below.

use kinfolk_charts::{DataCell, DataColumn, DataTable, RowRole};
use kinfolk_model::format::{NOT_AVAILABLE, WITHHELD};
use rust_xlsxwriter::{Format, Table, TableColumn, TableStyle, Worksheet, XlsxError};

use super::display::shown;
use super::fit::{fit_row, print_across};
use super::names::unique_heads;
use super::neutral::{leads_a_formula, neutralised};
use super::rows::ungrouped;
use super::style;

/// What a table is in its workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// Figures, whose signs are explained above them.
    Figures,
    /// The workbook's own contents or notes.
    Guide,
}

/// What a sheet says of its table.
pub(super) struct TableSheet<'a> {
    /// The name of the sheet.
    pub(super) name: &'a str,
    /// The name of the table.
    pub(super) table_name: &'a str,
    /// `Table 1. Who they are`
    pub(super) title: &'a str,
    /// Measure, population, place, period; may be empty.
    pub(super) subtitle: &'a str,
    /// `Source: ….`; may be empty.
    pub(super) source: &'a str,
    /// What the table shows, for those who cannot see it.
    pub(super) alt: &'a str,
    /// The table.
    pub(super) table: &'a DataTable,
    /// What it is.
    pub(super) holds: Holds,
}

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, of: &TableSheet<'_>) -> Result<(), XlsxError> {
    let table = ungrouped(of.table);
    sheet.set_name(of.name)?;
    let mut row = 0;
    write_text(sheet, (row, 0), of.title, &style::title())?;
    for line in statements(of, &table) {
        row += 1;
        write_text(sheet, (row, 0), &line, &style::plain())?;
    }
    if table.columns.is_empty() {
        return print_across(sheet, None);
    }
    write_table(sheet, row + 1, of, &table)?;
    print_across(sheet, Some(row + 1))
}

/// The lines between title and table.
fn statements(of: &TableSheet<'_>, table: &DataTable) -> Vec<String> {
    let mut lines = vec![of.subtitle.to_owned(), n_tables(of, table).to_owned()];
    if of.holds == Holds::Figures {
        lines.extend(signs(table));
    }
    lines.extend(sentences(of.source));
    lines.retain(|line| !line.trim().is_empty());
    lines
}

/// A source line by sentence, so that none is wider than the paper.
fn sentences(source: &str) -> impl Iterator<Item = String> {
    source
        .split_inclusive(". ")
        .map(|sentence| sentence.trim_end().to_owned())
}

fn n_tables(of: &TableSheet<'_>, table: &DataTable) -> &'static str {
    if table.rows.is_empty() {
        "This sheet holds one table, which has no rows."
    } else if of.holds == Holds::Guide {
        "This sheet holds one table."
    } else {
        "This sheet holds one table. The sheet Notes explains its words and signs."
    }
}

/// What the signs and blank cells of a table mean.
fn signs(table: &DataTable) -> Vec<String> {
    let texts = || {
        let cells = table.rows.iter().flat_map(|row| &row.cells);
        cells.map(|cell| cell.text.as_str())
    };
    let has = |sign: &str| texts().any(|text| text.contains(sign));
    let mut lines = Vec::new();
    if has(WITHHELD) {
        lines.push(format!(
            "{WITHHELD} means that a figure is withheld, so that no child can be recognised."
        ));
    }
    if has(NOT_AVAILABLE) {
        lines.push(format!(
            "{NOT_AVAILABLE} means that a figure is not available."
        ));
    }
    if texts().any(str::is_empty) {
        lines.push("A blank cell means that there is nothing to say there.".to_owned());
    }
    lines
}

fn write_table(
    sheet: &mut Worksheet,
    top: u32,
    of: &TableSheet<'_>,
    table: &DataTable,
) -> Result<(), XlsxError> {
    let widths = widths(table);
    for (at, width) in (0..).zip(&widths) {
        sheet.set_column_width(at, *width)?;
    }
    let heads = table.columns.iter().map(|column| column.head.as_str());
    fit_row(sheet, top, heads.zip(widths.iter().copied()))?;
    for (row, at) in table.rows.iter().zip(top + 1..) {
        let is_strong = row.role != RowRole::Body;
        for ((cell, column), to) in row.cells.iter().zip(&table.columns).zip(0..) {
            write_cell(sheet, (at, to), cell, column.is_numeric, is_strong)?;
        }
        let texts = row.cells.iter().map(|cell| cell.text.as_str());
        fit_row(sheet, at, texts.zip(widths.iter().copied()))?;
    }
    mark_table(sheet, top, of, table)
}

/// The width of each column, in letters.
fn widths(table: &DataTable) -> Vec<f64> {
    let width = |(at, column): (usize, &DataColumn)| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(at));
        let texts = cells.map(|cell| cell.text.as_str());
        style::width(texts.chain([longest_word(&column.head)]))
    };
    table.columns.iter().enumerate().map(width).collect()
}

/// Makes the cells a real table with a name and words for those who cannot see it.
fn mark_table(
    sheet: &mut Worksheet,
    top: u32,
    of: &TableSheet<'_>,
    table: &DataTable,
) -> Result<(), XlsxError> {
    let heads: Vec<String> = table
        .columns
        .iter()
        .map(|column| column.head.clone())
        .collect();
    let columns: Vec<TableColumn> = unique_heads(&heads)
        .iter()
        .zip(&table.columns)
        .map(|(head, column)| {
            let format = if column.is_numeric {
                style::number_head()
            } else {
                style::head()
            };
            TableColumn::new()
                .set_header(neutralised(head))
                .set_header_format(format)
        })
        .collect();
    let mark = Table::new()
        .set_name(of.table_name)
        .set_columns(&columns)
        .set_autofilter(false)
        .set_banded_rows(false)
        .set_style(TableStyle::None)
        .set_alt_text_title(of.title)
        .set_alt_text(of.alt);
    // A table of a spreadsheet has at least one row below its head.
    let bottom = top
        + u32::try_from(table.rows.len())
            .unwrap_or(u32::MAX - top)
            .max(1);
    let right = u16::try_from(table.columns.len()).unwrap_or(u16::MAX) - 1;
    sheet.add_table(top, 0, bottom, right, &mark)?;
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    at: (u32, u16),
    cell: &DataCell,
    is_numeric: bool,
    is_strong: bool,
) -> Result<(), XlsxError> {
    if let Some(shown) = shown(cell, is_numeric) {
        let format = style::strong(style::number(&shown.format), is_strong);
        sheet.write_number_with_format(at.0, at.1, shown.number, &format)?;
        return Ok(());
    }
    let format = if is_numeric {
        style::sign()
    } else {
        style::wrapped()
    };
    write_text(sheet, at, &cell.text, &style::strong(format, is_strong))
}

/// Writes free text, never as a formula; nothing where there is none.
pub(super) fn write_text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if text.is_empty() {
        return Ok(());
    }
    write_string(sheet, (row, column), &neutralised(text), format)
}

/// Writes text as it is, marked as text where a spreadsheet could take it for a formula.
pub(super) fn write_string(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let text = cut(text);
    if leads_a_formula(text) {
        sheet.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// The longest that a cell can hold: 32,767 letters.
fn cut(text: &str) -> &str {
    text.char_indices()
        .nth(16_000)
        .and_then(|(end, _)| text.get(..end))
        .unwrap_or(text)
}

pub(super) fn longest_word(text: &str) -> &str {
    text.split_whitespace()
        .max_by_key(|word| word.chars().count())
        .unwrap_or_default()
}
