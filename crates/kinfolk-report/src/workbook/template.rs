//! A blank workbook to fill in, with drop-downs, and a note at each header.

use kinfolk_model::schema::{Column, ColumnKind, TableSchema};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Format, Formula, Note, Workbook,
    Worksheet, XlsxError,
};

use super::fit::{fit_row, print_across};
use super::names::Names;
use super::sheet::{longest_word, write_text};
use super::style;
use crate::error::ReportError;

/// The last row that has drop-downs.
const LAST_ROW: u32 = 5_000;
/// The first sheet; readers pass over sheets of that name.
const README: &str = "README";
/// The widths of its columns, in letters.
const README_WIDTHS: [f64; 3] = [24.0, 56.0, 44.0];
/// The hidden sheet behind the drop-downs.
const LISTS: &str = "Lists";

/// A blank workbook with a sheet for each table: headers, drop-downs, formats, notes. The first
/// sheet says how to fill it in.
///
/// # Errors
///
/// What the spreadsheet's format forbids.
pub fn write_template(tables: &[TableSchema]) -> Result<Vec<u8>, ReportError> {
    let mut names = Names::default();
    let (readme, lists) = (names.sheet(README), names.sheet(LISTS));
    let mut workbook = Workbook::new();
    workbook.set_properties(&style::properties(
        "Tables of a study",
        "A blank workbook to fill in",
        "",
        style::NO_DAY,
    )?);
    write_readme(workbook.add_worksheet(), &readme, tables)?;
    let mut choices = Vec::new();
    for table in tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(names.sheet(table.name))?;
        write_table(sheet, table, &lists, &mut choices)?;
    }
    write_lists(workbook.add_worksheet(), &lists, &choices)?;
    Ok(workbook.save_to_buffer()?)
}

fn write_readme(
    sheet: &mut Worksheet,
    name: &str,
    tables: &[TableSchema],
) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    for (at, width) in (0..).zip(README_WIDTHS) {
        sheet.set_column_width(at, width)?;
    }
    write_text(
        sheet,
        (0, 0),
        "How to fill in this workbook",
        &style::title(),
    )?;
    let lines = [
        "Each sheet is one table. Leave a sheet empty, or delete it, where you have no such records.",
        "Point at a header to read what belongs below it. A column that must be filled in says so.",
        "Give days as 31/03/2025 or 2025-03-31. Leave a cell blank where nothing is known.",
        "Your own columns may stay: they are kept and not read.",
        "Give no names of children or of people around them: use your own identifiers.",
    ];
    for (row, line) in (1..).zip(lines) {
        write_text(sheet, (row, 0), line, &style::plain())?;
    }
    let top = 1 + u32::try_from(lines.len()).unwrap_or_default();
    for (at, head) in (0..).zip(["Sheet", "What a row is", "Must be filled in"]) {
        write_text(sheet, (top, at), head, &style::head())?;
    }
    for (row, table) in (top + 1..).zip(tables) {
        let required: Vec<&str> = required(table).collect();
        let required = required.join(", ");
        let texts = [table.name, table.row, &required];
        for (at, text) in (0..).zip(texts) {
            write_text(sheet, (row, at), text, &style::wrapped())?;
        }
        fit_row(sheet, row, texts.into_iter().zip(README_WIDTHS))?;
    }
    print_across(sheet, None)
}

fn required(table: &TableSchema) -> impl Iterator<Item = &'static str> {
    let columns = table.columns.iter().filter(|column| column.required);
    columns.map(|column| column.name)
}

fn write_table(
    sheet: &mut Worksheet,
    table: &TableSchema,
    lists: &str,
    choices: &mut Vec<Vec<String>>,
) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?;
    print_across(sheet, Some(0))?;
    for (at, column) in (0..).zip(table.columns) {
        sheet.set_column_format(at, &cells(column))?;
        sheet.set_column_width(at, style::width([longest_word(column.name)].into_iter()))?;
        write_text(sheet, (0, at), column.name, &style::head())?;
        sheet.insert_note(0, at, &note(column))?;
        if let Some(rule) = rule(column, lists, choices) {
            let rule = rule.set_error_style(DataValidationErrorStyle::Warning);
            sheet.add_data_validation(1, at, LAST_ROW, at, &rule)?;
        }
    }
    Ok(())
}

/// The format of the cells below a header. Identifiers are text, so that `00123` stays what it is.
fn cells(column: &Column) -> Format {
    match column.kind {
        ColumnKind::Date => style::number(style::DAY),
        ColumnKind::Identifier | ColumnKind::Quarter => style::number("@"),
        ColumnKind::Text
        | ColumnKind::YesNo
        | ColumnKind::Integer { .. }
        | ColumnKind::Code(_)
        | ColumnKind::Answer => style::plain(),
    }
}

fn note(column: &Column) -> Note {
    let must = if column.required {
        "Must be filled in. "
    } else {
        ""
    };
    let text = format!("{must}{}{}", column.meaning, expected(column));
    let height = 40 + 18 * u32::try_from(text.chars().count() / 34).unwrap_or(0);
    Note::new(text)
        .add_author_prefix(false)
        .set_width(260)
        .set_height(height)
}

/// What may stand in the column, in words.
fn expected(column: &Column) -> String {
    match column.kind {
        ColumnKind::Date => " A day, such as 31/03/2025.".to_owned(),
        ColumnKind::Integer { low, high } => format!(" A whole number from {low} to {high}."),
        ColumnKind::YesNo => " Yes or No.".to_owned(),
        ColumnKind::Answer => " 1 to 5, Yes or No.".to_owned(),
        ColumnKind::Quarter => " For example 2024-Q1.".to_owned(),
        ColumnKind::Code(_) => " Choose from the list.".to_owned(),
        ColumnKind::Identifier | ColumnKind::Text => String::new(),
    }
}

/// What a spreadsheet offers and questions below a header.
fn rule(column: &Column, lists: &str, choices: &mut Vec<Vec<String>>) -> Option<DataValidation> {
    let rule = DataValidation::new();
    match column.kind {
        ColumnKind::Integer { low, high } => {
            let (low, high) = (i32::try_from(low).ok()?, i32::try_from(high).ok()?);
            Some(rule.allow_whole_number(DataValidationRule::Between(low, high)))
        }
        ColumnKind::Code(members) => {
            let members = members();
            let labels = members.iter().map(|member| member.label.to_owned());
            Some(offered(rule, labels.collect(), lists, choices))
        }
        ColumnKind::YesNo => Some(offered(rule, words(&["Yes", "No"]), lists, choices)),
        ColumnKind::Answer => Some(offered(
            rule,
            words(&["1", "2", "3", "4", "5", "Yes", "No"]),
            lists,
            choices,
        )),
        ColumnKind::Identifier | ColumnKind::Text | ColumnKind::Date | ColumnKind::Quarter => None,
    }
}

/// A drop-down that points at a column of the hidden sheet, which holds lists of any length.
fn offered(
    rule: DataValidation,
    list: Vec<String>,
    lists: &str,
    choices: &mut Vec<Vec<String>>,
) -> DataValidation {
    let at = choices
        .iter()
        .position(|known| *known == list)
        .unwrap_or(choices.len());
    let n_rows = list.len();
    if at == choices.len() {
        choices.push(list);
    }
    let column = letters(at);
    rule.allow_list_formula(Formula::new(format!(
        "={lists}!${column}$1:${column}${n_rows}"
    )))
}

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

/// The name of a column, from 0.
fn letters(column: usize) -> String {
    u16::try_from(column)
        .map(rust_xlsxwriter::utility::column_number_to_name)
        .unwrap_or_default()
}

fn write_lists(
    sheet: &mut Worksheet,
    name: &str,
    choices: &[Vec<String>],
) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    sheet.set_hidden(true);
    for (at, list) in (0..).zip(choices) {
        for (row, label) in (0..).zip(list) {
            match label.parse::<f64>() {
                // A number in the list, so that a number typed in the cell is one of its members.
                Ok(number) => sheet.write_number(row, at, number)?,
                Err(_) => sheet.write_string(row, at, label)?,
            };
        }
    }
    Ok(())
}
