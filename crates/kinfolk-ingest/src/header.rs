//! Which table a sheet holds, and which of its columns is which.

mod aliases;
mod questionnaires;
mod sdq_names;

use kinfolk_model::schema::{Column, TABLES, TableSchema};
use kinfolk_model::{Informant, Place, fold, statement_label};
use smol_str::SmolStr;

use aliases::{aliases, is_day_of_completion, is_unused, table_names};
use questionnaires::{informants, is_of_another, sdq_claims};
pub(crate) use sdq_names::sdq_name;

pub(crate) use questionnaires::further_layouts;

use crate::cell;
use crate::raw_rows::RawRows;
use crate::settings_file::NamedColumn;
use crate::sheet::{RawRow, Sheet};

/// Titles and blank rows may stand above the header, but not more than this.
const ROWS_ABOVE: usize = 20;
/// So many rows below the header tell whether a column holds answers.
const ROWS_THAT_TELL: u32 = 10_000;
/// A table is recognised by this many of its columns even among many that are not its own.
const ENOUGH_COLUMNS: usize = 4;

/// A column of a sheet that is a column of its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) name: &'static str,
    pub(crate) column: u32,
}

/// A column that holds the answers to one statement, in a wide questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StatementColumn {
    pub(crate) column: u32,
    pub(crate) statement: SmolStr,
}

/// How a sheet is to be read.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub(crate) table: &'static TableSchema,
    /// The header's row as the spreadsheet counts.
    pub(crate) header_row: u32,
    /// The headers as they stand, by column.
    pub(crate) headers: Vec<(u32, String)>,
    pub(crate) columns: Vec<Found>,
    /// The statements of a wide questionnaire; empty for every other sheet.
    pub(crate) statements: Vec<StatementColumn>,
    /// Who answered, where the headers of the items say so and no column does.
    pub(crate) informant: Option<Informant>,
    /// Others who answered, by the headers: their columns are read as rows of their own.
    pub(crate) others: Vec<Informant>,
    /// The column of a yearly return that says when a questionnaire was completed.
    pub(crate) completed: Option<u32>,
    /// Columns that are no column of the table, nor known to feed no figure.
    pub(crate) extra: Vec<u32>,
    /// Columns that hold what another column holds already.
    pub(crate) duplicates: Vec<Found>,
}

impl Layout {
    /// Where a column of the table stands in the sheet.
    pub(crate) fn column(&self, name: &str) -> Option<u32> {
        self.columns
            .iter()
            .find(|found| found.name == name)
            .map(|found| found.column)
    }

    /// The header above a column, as it stands in the file.
    pub(crate) fn header(&self, column: u32) -> Option<&str> {
        self.headers
            .iter()
            .find(|(at, _)| *at == column)
            .map(|(_, header)| header.as_str())
    }

    /// The place of a cell.
    pub(crate) fn place(&self, sheet: &Sheet, row: u32, column: u32) -> Place {
        Place {
            row: Some(row),
            column: Some(column),
            header: self.header(column).map(str::to_owned),
            ..sheet.place()
        }
    }

    /// The column furthest to the right under which the header says something.
    pub(crate) fn last_column(&self) -> u32 {
        self.headers.last().map_or(0, |(column, _)| *column)
    }

    /// Whether a column is read, as one of the table's or as a statement.
    pub(crate) fn is_read(&self, column: u32) -> bool {
        self.columns.iter().any(|found| found.column == column)
            || self.completed == Some(column)
            || self.statements.iter().any(|found| found.column == column)
    }

    /// The required columns that the sheet lacks.
    fn missing(&self) -> Vec<&'static str> {
        self.table
            .columns
            .iter()
            .filter(|column| column.required && self.column(column.name).is_none())
            .filter(|column| self.statements.is_empty() || !is_of_one_answer(column))
            .filter(|column| self.informant.is_none() || column.name != "informant")
            .map(|column| column.name)
            .collect()
    }

    fn n_recognised(&self) -> usize {
        self.columns.len() + self.statements.len()
    }

    fn n_by_exact_name(&self) -> usize {
        let is_exact =
            |found: &&Found| self.header(found.column).map(fold).as_deref() == Some(found.name);
        self.columns.iter().filter(is_exact).count()
    }

    /// Whether the sheet says of each child in which arm it is, whatever else it says of it.
    fn tells_arms(&self) -> bool {
        self.table.name == "cohort" && self.missing().is_empty()
    }

    /// Whether enough of the sheet's columns are the table's.
    fn is_likely(&self) -> bool {
        if self.tells_arms() {
            return true;
        }
        let n = self.n_recognised();
        let is_known = |(column, header): &&(u32, String)| {
            is_unused(self.table, &fold(header)) || self.completed == Some(*column)
        };
        let n_headers = self.headers.len() - self.headers.iter().filter(is_known).count();
        n >= ENOUGH_COLUMNS || (n >= 2 && 2 * n > n_headers)
    }
}

/// Whether a column says one answer, which a wide questionnaire has no column for.
fn is_of_one_answer(column: &Column) -> bool {
    matches!(column.name, "statement" | "answer")
}

/// What a sheet turned out to be.
#[derive(Debug, Clone)]
pub(crate) enum Recognition {
    Table(Layout),
    /// A table that lacks required columns.
    Incomplete(Layout, Vec<&'static str>),
    /// Two tables fit equally well.
    Ambiguous(&'static str, &'static str),
    Unknown,
}

/// What `study.toml` says that helps to recognise sheets.
pub(crate) struct Hints<'a> {
    pub(crate) columns: &'a [NamedColumn],
    /// The codes and the words of the authority's own statements.
    pub(crate) statements: &'a [(String, String)],
}

/// Finds the header of a sheet and the table below it. `forced` is the table that `study.toml` names.
pub(crate) fn recognise(
    sheet: &Sheet,
    hints: &Hints<'_>,
    forced: Option<&'static TableSchema>,
) -> Recognition {
    let mut incomplete: Option<(Layout, Vec<&'static str>)> = None;
    for row in &sheet.rows.head(ROWS_ABOVE) {
        match recognise_header(sheet, row, hints, forced) {
            Recognition::Unknown => {}
            Recognition::Incomplete(layout, missing) => {
                let so_far = incomplete.as_ref().map_or(0, |(l, _)| l.n_recognised());
                if layout.n_recognised() > so_far {
                    incomplete = Some((layout, missing));
                }
            }
            found => return found,
        }
    }
    match incomplete {
        Some((layout, missing)) => Recognition::Incomplete(layout, missing),
        None => Recognition::Unknown,
    }
}

fn recognise_header(
    sheet: &Sheet,
    header: &RawRow,
    hints: &Hints<'_>,
    forced: Option<&'static TableSchema>,
) -> Recognition {
    let mut candidates: Vec<Layout> = TABLES
        .iter()
        .filter(|table| forced.is_none_or(|forced| forced.name == table.name))
        .map(|table| layout(table, header, Some(&sheet.rows), hints))
        .filter(|layout| {
            let is_named = forced.is_some() || is_named_like(sheet, layout.table);
            layout.is_likely() || (is_named && layout.n_recognised() > 0)
        })
        .collect();
    let rank = |layout: &Layout| {
        (
            layout.tells_arms(),
            layout.n_recognised(),
            layout.missing().is_empty(),
            layout.n_by_exact_name(),
            is_named_like(sheet, layout.table),
        )
    };
    candidates.sort_by_key(|layout| std::cmp::Reverse(rank(layout)));
    let mut candidates = candidates.into_iter();
    match (candidates.next(), candidates.next()) {
        (None, _) => Recognition::Unknown,
        (Some(best), Some(next)) if rank(&best) == rank(&next) => {
            Recognition::Ambiguous(best.table.name, next.table.name)
        }
        (Some(best), _) => match best.missing() {
            missing if missing.is_empty() => Recognition::Table(best),
            missing => Recognition::Incomplete(best, missing),
        },
    }
}

/// Whether the sheet, or the file of a sheet without a name, is called as the table is.
pub(crate) fn is_named_like(sheet: &Sheet, table: &TableSchema) -> bool {
    let name = fold(sheet.name.as_deref().unwrap_or(sheet.file_stem()));
    name == table.name || table_names(table).contains(&name.as_str())
}

/// Reads one row as the header of one table.
fn layout(
    table: &'static TableSchema,
    header: &RawRow,
    rows: Option<&RawRows>,
    hints: &Hints<'_>,
) -> Layout {
    let informants = informants(table, header);
    let (first, others) = match informants.split_first() {
        Some((first, others)) => (Some(*first), others.to_vec()),
        None => (None, Vec::new()),
    };
    Layout {
        others,
        ..layout_of(first, table, header, rows, hints)
    }
}

/// Reads one row as the header of one table, leaving out columns of other informants.
fn layout_of(
    informant: Option<Informant>,
    table: &'static TableSchema,
    header: &RawRow,
    rows: Option<&RawRows>,
    hints: &Hints<'_>,
) -> Layout {
    let headers: Vec<(u32, String)> = header
        .cells
        .iter()
        .map(|(column, raw)| (*column, raw.shown()))
        .collect();
    let mut claims: Vec<(Strength, u32, &'static str)> = headers
        .iter()
        .filter_map(|(column, header)| {
            let (strength, name) = claim(table, header, hints.columns)?;
            Some((strength, *column, name))
        })
        .collect();
    for claim in sdq_claims(table, &headers, informant) {
        let is_claimed = claims.iter().any(|(_, column, _)| *column == claim.1);
        claims.extend((!is_claimed).then_some(claim));
    }
    claims.sort();
    let mut layout = Layout {
        table,
        header_row: header.number,
        columns: Vec::new(),
        statements: Vec::new(),
        informant,
        others: Vec::new(),
        completed: headers
            .iter()
            .find(|(_, header)| is_day_of_completion(table, &fold(header)))
            .map(|(column, _)| *column),
        extra: Vec::new(),
        duplicates: Vec::new(),
        headers,
    };
    let mut chosen = Vec::new();
    for (strength, column, name) in claims {
        let found = Found { name, column };
        if layout.column(name).is_none() {
            layout.columns.push(found);
            chosen.extend((strength == Strength::Mapped).then_some(name));
        } else if !chosen.contains(&name) {
            layout.duplicates.push(found);
        }
    }
    layout.columns.sort_by_key(|found| found.column);
    layout.duplicates.sort_by_key(|found| found.column);
    sort_out_the_rest(&mut layout, rows, hints);
    layout
}

/// Columns that no column of the table claimed: statements of a wide questionnaire, or extra.
fn sort_out_the_rest(layout: &mut Layout, rows: Option<&RawRows>, hints: &Hints<'_>) {
    let is_claimed = |column: u32| {
        let mut claimed = layout.columns.iter().chain(&layout.duplicates);
        claimed.any(|found| found.column == column)
    };
    let rest: Vec<(u32, String)> = layout
        .headers
        .iter()
        .filter(|(column, _)| !is_claimed(*column))
        .cloned()
        .collect();
    let may_be_wide = layout.table.columns.iter().any(is_of_one_answer)
        && layout.column("response_id").is_some()
        && layout.column("statement").is_none()
        && layout.column("answer").is_none();
    for (column, header) in rest {
        let statement = may_be_wide
            .then(|| statement_of(&header, column, layout.header_row, rows, hints))
            .flatten()
            .map(SmolStr::from);
        match statement {
            Some(statement) => layout
                .statements
                .push(StatementColumn { column, statement }),
            None if is_unused(layout.table, &fold(&header)) => {}
            None if layout.completed == Some(column) => {}
            None if is_of_another(layout, &header) => {}
            None => layout.extra.push(column),
        }
    }
}

/// The statement that a column of a wide questionnaire answers: one that is known, or any column
/// most of whose cells are answers.
fn statement_of(
    header: &str,
    column: u32,
    header_row: u32,
    rows: Option<&RawRows>,
    hints: &Hints<'_>,
) -> Option<String> {
    let code = statement_code(header, hints.statements);
    let is_known =
        statement_label(&code).is_some() || hints.statements.iter().any(|(own, _)| *own == code);
    let is_answered = || rows.is_some_and(|rows| holds_answers(rows, header_row, column));
    (is_known || is_answered()).then_some(code)
}

/// Whether at least half of the cells of a column are answers, by the first rows of the sheet.
fn holds_answers(rows: &RawRows, header_row: u32, column: u32) -> bool {
    let (mut n_cells, mut n_answers) = (0usize, 0usize);
    rows.whole().visit_while(|row| {
        if let Some(raw) = row.get(column).filter(|_| row.number > header_row) {
            n_cells += 1;
            n_answers += usize::from(cell::answer(raw).is_ok());
        }
        row.number < header_row.saturating_add(ROWS_THAT_TELL)
    });
    n_answers > 0 && 2 * n_answers >= n_cells
}

/// The code of a statement that is given by its code or by its words.
pub(crate) fn statement_code(text: &str, own: &[(String, String)]) -> String {
    let folded = fold(text);
    let by_words = |(_, words): &&(String, String)| fold(words) == folded;
    if let Some((code, _)) = own.iter().find(by_words) {
        return code.clone();
    }
    kinfolk_model::statements()
        .find(|(_, words)| fold(words) == folded)
        .map_or(folded.clone(), |(code, _)| code.to_owned())
}

/// How sure a header names a column; the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Mapped,
    Exact,
    Alias,
}

fn claim(
    table: &'static TableSchema,
    header: &str,
    mapped: &[NamedColumn],
) -> Option<(Strength, &'static str)> {
    let names = [fold(header), fold(without_brackets(header))];
    let is_meant = |text: &str| names.iter().any(|name| name == text);
    let by_map = mapped
        .iter()
        .find(|named| named.table.name == table.name && is_meant(&fold(&named.header)));
    if let Some(named) = by_map {
        return Some((Strength::Mapped, named.column));
    }
    if let Some(column) = table.columns.iter().find(|column| is_meant(column.name)) {
        return Some((Strength::Exact, column.name));
    }
    table
        .columns
        .iter()
        .find(|column| aliases(table, column).any(&is_meant))
        .map(|column| (Strength::Alias, column.name))
}

/// The header without a remark in brackets, such as a date format.
fn without_brackets(header: &str) -> &str {
    header.split(['(', '[']).next().unwrap_or(header)
}
