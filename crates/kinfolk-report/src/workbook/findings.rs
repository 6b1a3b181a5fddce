//! The work-list: all that is wrong or doubtful in the data, with the place and what to do.

use kinfolk_model::{Code, Finding, Severity};
use rust_xlsxwriter::{Table, TableColumn, TableStyle, Workbook, Worksheet, XlsxError};

use super::fit::{fit_row, print_across};
use super::sheet::write_text;
use super::style;
use crate::error::ReportError;

/// The most findings on one sheet; a sheet ends soon after a million rows.
const ROWS_ON_A_SHEET: usize = 1_000_000;
/// The rows above the table.
const TOP: u32 = 2;

/// A column: its head, its width in letters, what it says of a finding.
type Column = (&'static str, f64, fn(&Finding) -> String);

const COLUMNS: [Column; 12] = [
    ("How grave", 12.0, |finding| {
        finding.severity.label().to_owned()
    }),
    ("File", 24.0, |finding| finding.place.file.clone()),
    ("Sheet", 18.0, |finding| {
        finding.place.sheet.clone().unwrap_or_default()
    }),
    ("Cell", 9.0, |finding| {
        finding.place.cell().unwrap_or_else(|| row(finding))
    }),
    ("Column", 22.0, |finding| {
        finding.place.header.clone().unwrap_or_default()
    }),
    ("Child", 14.0, |finding| {
        finding
            .child_id
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default()
    }),
    ("Value", 22.0, |finding| {
        finding.value.clone().unwrap_or_default()
    }),
    ("What is wrong", 44.0, |finding| finding.message.clone()),
    ("Why it matters", 40.0, |finding| finding.why.clone()),
    ("What to do", 40.0, |finding| finding.help.clone()),
    ("Row set aside", 12.0, |finding| {
        if finding.row_set_aside { "yes" } else { "no" }.to_owned()
    }),
    ("Rule", 26.0, |finding| finding.rule.clone().into_owned()),
];

/// The findings as a workbook, one a row, in the order in which they are given.
///
/// Nothing is left out, however many there are. The same findings give the same bytes.
///
/// # Errors
///
/// What the spreadsheet's format forbids.
pub fn write_findings(findings: &[Finding]) -> Result<Vec<u8>, ReportError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&style::properties(
        "Findings",
        "What is wrong or doubtful in the data, and what to do",
        "",
        style::NO_DAY,
    )?);
    let mut parts: Vec<&[Finding]> = findings.chunks(ROWS_ON_A_SHEET).collect();
    if parts.is_empty() {
        parts.push(&[]);
    }
    for (number, part) in (1..).zip(parts) {
        write_part(workbook.add_worksheet(), number, part, findings)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn write_part(
    sheet: &mut Worksheet,
    number: u32,
    part: &[Finding],
    all: &[Finding],
) -> Result<(), XlsxError> {
    sheet.set_name(match number {
        1 => "Findings".to_owned(),
        _ => format!("Findings {number}"),
    })?;
    write_text(sheet, (0, 0), &summary(all), &style::title())?;
    write_text(
        sheet,
        (1, 0),
        "Mend the files from top to bottom, then check the folder again.",
        &style::plain(),
    )?;
    let wrapped = style::wrapped();
    for (row, finding) in (TOP + 1..).zip(part) {
        for (at, (_, _, text)) in (0..).zip(COLUMNS) {
            write_text(sheet, (row, at), &text(finding), &wrapped)?;
        }
        let texts = COLUMNS.map(|(_, width, text)| (text(finding), width));
        fit_row(
            sheet,
            row,
            texts.iter().map(|(text, width)| (text.as_str(), *width)),
        )?;
    }
    for (at, (_, width, _)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(at, width)?;
    }
    let bottom = TOP + u32::try_from(part.len()).unwrap_or_default().max(1);
    let right = u16::try_from(COLUMNS.len() - 1).unwrap_or_default();
    sheet.add_table(TOP, 0, bottom, right, &mark(number))?;
    let heads = COLUMNS.iter().map(|(head, width, _)| (*head, *width));
    fit_row(sheet, TOP, heads)?;
    print_across(sheet, Some(TOP))
}

fn mark(number: u32) -> Table {
    let columns: Vec<TableColumn> = COLUMNS
        .iter()
        .map(|(head, _, _)| {
            TableColumn::new()
                .set_header(*head)
                .set_header_format(style::head())
        })
        .collect();
    Table::new()
        .set_name(format!("findings_{number}"))
        .set_columns(&columns)
        .set_banded_rows(false)
        .set_style(TableStyle::None)
        .set_alt_text_title("Findings")
        .set_alt_text("Each row is one thing that is wrong or doubtful, with its place.")
}

/// `2 errors, 1 warning, 0 notes`
fn summary(findings: &[Finding]) -> String {
    let counted = Severity::ALL.iter().map(|severity| {
        let n = findings
            .iter()
            .filter(|finding| finding.severity == *severity)
            .count();
        let ending = if n == 1 { "" } else { "s" };
        let n = kinfolk_model::format::count(u64::try_from(n).unwrap_or(u64::MAX));
        format!("{n} {}{ending}", severity.code())
    });
    counted.collect::<Vec<String>>().join(", ")
}

/// The row, where a finding concerns no one cell.
fn row(finding: &Finding) -> String {
    finding
        .place
        .row
        .map(|row| format!("row {row}"))
        .unwrap_or_default()
}
