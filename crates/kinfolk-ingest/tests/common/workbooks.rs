//! The workbooks that tests read. `cargo run -p kinfolk-ingest --example write_test_workbooks`
//! writes them again.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

/// Where a workbook is kept, from the crate's folder, and what makes it.
pub(crate) struct Kept {
    /// The path.
    pub(crate) path: &'static str,
    /// The maker.
    pub(crate) make: fn() -> Result<Workbook, XlsxError>,
}

/// Every workbook that is kept.
pub(crate) const KEPT: &[Kept] = &[
    Kept {
        path: "../../tests/bad-input/planted/planted.xlsx",
        make: planted,
    },
    Kept {
        path: "tests/rules/number-as-text/counts.xlsx",
        make: counts,
    },
];

/// A year of made-up records with one fault of each kind that a sheet can have.
fn planted() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    sheet(
        &mut workbook,
        "README",
        "This workbook holds made-up records with planted faults.",
    )?;
    sheet(&mut workbook, "Practice Summaries", PRACTICE_SUMMARIES)?;
    sheet(&mut workbook, "Objectives", OBJECTIVES)?;
    sheet(&mut workbook, "Tracker", TRACKER)?;
    sheet(&mut workbook, "Feedback", FEEDBACK)?;
    sheet(&mut workbook, "Returns", RETURNS)?;
    sheet(
        &mut workbook,
        "Rota",
        "Worker | Monday | Tuesday\nA | early | late",
    )?;
    sheet(
        &mut workbook,
        "Connection counts",
        "Child ID | Before | After",
    )?;
    sheet(&mut workbook, "Lists", "yes\nno")?.set_hidden(true);
    workbook.add_worksheet().set_name("Sheet9")?;
    Ok(workbook)
}

/// Counts of which one is stored as text.
fn counts() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let rows = "child_id | before | after\nH-01 | 7 | 26\nH-02 | '3 | 20";
    sheet(&mut workbook, "Counts", rows)?;
    Ok(workbook)
}

/// The title stands in row 1, the header in row 3. Days are real dates unless they begin with `'`.
const PRACTICE_SUMMARIES: &str = "\
Hartwell: Practice Summaries 2024-25

Child ID | LA | Gender | DOB | Came into care | Date of referral | Start date | FGC date | Plan date | Review date | End date | End reason | Identity and belonging | Worker
H-01 | Hartwell | F | 2011-05-15 | 2023-10-15 | 2024-04-13 | 2024-05-01 | 2024-07-19 | 2024-07-26 | 2024-12-30 | 2025-01-16 | completed | yes | A
H-02 | Hartwell | M | 2012-06-29 | 2022-08-31 | 2024-04-12 | 2024-05-13 | 2024-04-18 | 2024-08-29 | | | | too soon | A
H-03 | Hartwell | M | '31/02/2012 | 2022-08-31 | '12/04/2024 | '13 May 2024 | | | | | | | A
H-04 | Hartwell | F | 2010-03-02 | 2022-01-31 | 2024-06-12 | 2024-07-13 | 2042-08-18 | | | | | | A
H-05 | Hartwell | girl | 1961-03-02 | 2022-01-31 | 2024-06-12 | 2024-07-13 | | | | | | | B
H-06 | Hartwell | femal | 2010-03-02 | 2022-01-31 | 2024-06-12 | 2024-07-13 | | | | | | | B
H-01 | Hartwell | F | 2011-05-16 | 2023-10-15 | 2024-04-13 | 2024-05-01 | | | | | | | B
 | Hartwell | F | 2011-05-16 | 2023-10-15 | 2024-04-13 | 2024-05-01 | | | | | | | B
H-07 | Hartwell | F | 2011-05-16 | 2023-10-15 | 2025-02-13 | 2025-04-01 | | | | | | | B
H-08 | Hartwell | F | 2011-05-16 | 45214 | 2024-04-13 | 2024-05-01 | | | | | | | B
H-09 | Hartwell | F | '16/05/11 | 2023-10-15 | 2024-04-13 | 2024-05-01 | | | | | | | B
1.2E15 | Hartwell | F | 2011-05-16 | 2023-10-15 | 2024-04-13 | 2024-05-01 | | | | | | | B
H-10 | Hartwell | F | 2024-06-16 | 2023-10-15 | 2024-04-13 | 2024-05-01 | | | | | | | B

H-11 | Hartwell | M | 2009-11-30 | 2021-02-01 | 2024-09-02 | 2024-09-20 | 2024-11-15 | 2024-11-22 | | | | not known | B
Source: the case system";

const OBJECTIVES: &str = "\
Child ID | Objective no | Category | Status
H-01 | 1 | Wider family | Met
H-01 | 2 | father | partly met
H-01 | 1 | friends | met
H-02 | 1 | wider familly | met
H-03 | 1 | siblings | 
H-04 | 1 | mother | #N/A
H-99 | 1 | mother | met
H-99 | 2 | siblings | not met
H-11 | 1 | siblings | ongoing
H-11 | 1 | siblings | ongoing";

const TRACKER: &str = "\
Child ID | Person | Relationship | Age | At start | After
H-01 | P1 | grandmother | 71 | yes | yes
H-01 | P2 | aunt | about 40 | no | yes
H-01 | P3 | uncle | 410 | no | yes
H-02 | P1 | Teacher | '35 | y | n
H-02 | P2 | friend | 13.5 | TRUE | FALSE
H-02 | P3 | friend | 14 | maybe | yes
H-03 | P1 | cousin | -1 | 0 | 1";

const FEEDBACK: &str = "\
Response | Who | Child ID | Date completed | kept_informed | plan_clear | agreed_to_take_part
R1 | child | H-01 | 2024-08-01 | 5 | 4 | yes
R2 | network member | H-01 | 2024-08-01 | 6 | 5 | 
R3 | child | H-02 | 2024-08-02 | 4 | good | no
R4 | | H-02 | 2024-08-02 | 4 | 5 | no";

const RETURNS: &str = "\
Local authority | Quarter | Referrals | Coordinators trained
Hartwell | 2024-Q1 | 7 | 2
Hartwell | 2024-Q5 | 1 | 0
Hartwell | 2024-Q2 | -2 | 0
Hartwell | 2024-Q3 | 20000 | 0
Hartwell | 2025-Q1 | 3 | 0";

/// Writes rows of cells between `|`.
fn sheet<'w>(
    workbook: &'w mut Workbook,
    name: &str,
    rows: &str,
) -> Result<&'w mut Worksheet, XlsxError> {
    let sheet = workbook.add_worksheet().set_name(name)?;
    for (row, line) in (0..).zip(rows.lines()) {
        for (column, text) in (0..).zip(line.split('|')) {
            cell(sheet, row, column, text.trim())?;
        }
    }
    Ok(sheet)
}

/// A day as a real date, digits as a number, `#N/A` as a formula that failed, all else as text; a
/// leading `'` makes anything text.
fn cell(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    if text.is_empty() {
        return Ok(());
    }
    if let Some(text) = text.strip_prefix('\'') {
        sheet.write_string(row, column, text)?;
    } else if text == "#N/A" {
        sheet.write_formula(row, column, Formula::new("=NA()").set_result("#N/A"))?;
    } else if is_day(text) {
        let date = ExcelDateTime::parse_from_str(text)?;
        let format = Format::new().set_num_format("dd/mm/yyyy");
        sheet.write_datetime_with_format(row, column, &date, &format)?;
    } else if let Ok(number) = text.parse::<f64>() {
        sheet.write_number(row, column, number)?;
    } else if let Ok(truth) = text.to_lowercase().parse::<bool>() {
        sheet.write_boolean(row, column, truth)?;
    } else {
        sheet.write_string(row, column, text)?;
    }
    Ok(())
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.chars().all(|c| c.is_ascii_digit() || c == '-')
}
