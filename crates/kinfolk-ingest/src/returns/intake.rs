//! Files to rows, one table after another.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jiff::civil::Date;
use kinfolk_model::care::CareSource;
use kinfolk_model::{Finding, Place};
use rayon::prelude::*;

use super::breaches::TableRead;
use super::care_leaver::read_care_leavers;
use super::child::read_children;
use super::columns::{Reader, Rows};
use super::episode::read_episodes;
use super::extract::{ExtractUse, read_extract};
use super::gather::{Gathered, Part, Resolved, ReturnName};
use super::kind::{Places, ReturnTable};
use super::missing::read_missing;
use super::notes::Notes;
use super::read::{Form, ReturnFile, ReturnsReading, form};
use super::rules;
use super::sheet_rows::{BlockRows, SheetRows};
use super::xml::{XmlForm, headers_of};
use super::year::year_in_name;
use crate::plain::{Block, Header, PlainReader};
use crate::rules::Rule;
use crate::sheet::Sheet;
use crate::xlsx_sheet::read_workbook;

/// How many blocks of a file are read side by side.
const BLOCKS_AT_ONCE: usize = 8;

/// Files being read.
pub(super) struct Intake {
    today: Date,
    gathered: Gathered,
    findings: Vec<Finding>,
    files: Vec<ReturnFile>,
    tables: Vec<TableRead>,
}

/// One table of a file.
struct Source<'s> {
    file: String,
    sheet: Option<&'s str>,
    headers: &'s [String],
    table: ReturnTable,
    /// The return to which the file belongs by its name, or by its folder.
    name: ReturnName,
}

impl Intake {
    pub(super) fn new(today: Date) -> Self {
        Self {
            today,
            gathered: Gathered::new(today),
            findings: Vec::new(),
            files: Vec::new(),
            tables: Vec::new(),
        }
    }

    pub(super) fn read(&mut self, path: &Path) {
        self.read_as(path, path);
    }

    /// Reads a file that findings call by another path, such as the one within a study.
    pub(super) fn read_as(&mut self, full: &Path, path: &Path) {
        let read = match form(path) {
            Some(Form::Workbook) => self.workbook(full, path),
            Some(Form::Xml) => self.xml(full, path),
            Some(Form::Delimited) | None => self.delimited(full, path),
        };
        if let Err(message) = read {
            self.findings
                .push(rules::FILE_UNUSABLE.at(place(path), message));
        }
    }

    fn delimited(&mut self, full: &Path, path: &Path) -> Result<(), String> {
        let mut reader = PlainReader::open(full).map_err(|error| error.to_string())?;
        let header = reader.header().clone();
        let Some(table) = ReturnTable::recognise(header.names().iter().map(String::as_str)) else {
            self.findings.push(unknown(path));
            return Ok(());
        };
        let source = Source {
            file: path.display().to_string(),
            sheet: None,
            headers: header.names(),
            table,
            name: return_name(path),
        };
        self.findings.extend(about_text(&reader, path));
        let mut account = self.open(&source);
        let today = self.today;
        // One lot of blocks is parsed while the one before it is numbered, which goes row by row.
        let mut parsed = Vec::new();
        let mut end = None;
        while end.is_none() {
            let blocks;
            (blocks, end) = next_blocks(&mut reader);
            (parsed, ()) = rayon::join(
                || parse(blocks, &header, &source, today),
                || self.absorb_all(parsed, &mut account),
            );
        }
        self.absorb_all(parsed, &mut account);
        self.close(&source, account);
        end.unwrap_or(Ok(()))
    }

    fn absorb_all(&mut self, parts: Vec<ReadRows>, account: &mut Account) {
        for part in parts {
            self.absorb(part, account);
        }
    }

    fn workbook(&mut self, full: &Path, path: &Path) -> Result<(), String> {
        let bytes = fs::read(full).map_err(|error| error.to_string())?;
        let sheets = read_workbook(&path.display().to_string(), &bytes)
            .map_err(|_| "it is no workbook that can be read".to_owned())?;
        for sheet in &sheets {
            self.sheet(path, sheet);
        }
        Ok(())
    }

    /// Reads a sheet of a workbook.
    pub(super) fn sheet(&mut self, path: &Path, sheet: &Sheet) {
        let Some((headers, rows)) = SheetRows::new(sheet) else {
            return;
        };
        let Some(table) = ReturnTable::recognise(headers.iter().map(String::as_str)) else {
            self.findings.push(unknown(path));
            return;
        };
        let source = Source {
            file: path.display().to_string(),
            sheet: sheet.name.as_deref(),
            headers: &headers,
            table,
            name: return_name(path),
        };
        let mut account = self.open(&source);
        let read = read_rows(&rows, &source, self.today);
        self.absorb(read, &mut account);
        self.close(&source, account);
    }

    fn xml(&mut self, full: &Path, path: &Path) -> Result<(), String> {
        let Some(mut form) = XmlForm::open(full)? else {
            self.findings.push(unknown(path));
            return Ok(());
        };
        let mut accounts: BTreeMap<ReturnTable, Account> = BTreeMap::new();
        let mut end = Ok(());
        while let Some((batch, so_far)) = form.next_batch() {
            for (table, rows) in batch {
                let source = source_in_xml(path, table, &rows.headers);
                let read = read_rows(&rows, &source, self.today);
                let account = accounts.entry(table).or_insert_with(|| self.open(&source));
                self.absorb(read, account);
            }
            end = so_far;
        }
        for (table, account) in accounts {
            self.close(&source_in_xml(path, table, &headers_of(table)), account);
        }
        end
    }

    /// Opens the account of a table.
    fn open(&mut self, source: &Source<'_>) -> Account {
        self.tables.push(TableRead {
            file: source.file.clone(),
            sheet: source.sheet.map(str::to_owned),
            headers: source.headers.to_vec(),
        });
        Account {
            number: u32::try_from(self.tables.len() - 1).unwrap_or(u32::MAX),
            n_rows: 0,
            notes: Notes::default(),
        }
    }

    fn absorb(&mut self, read: ReadRows, account: &mut Account) {
        let numbers: Vec<usize> = read
            .names
            .iter()
            .map(|name| self.gathered.return_number(name))
            .collect();
        let number = |at: usize| match &read.name_of_row {
            Some(of_row) => numbers[of_row[at]],
            None => numbers[0],
        };
        account.n_rows += read.n_rows;
        account.notes.append(read.notes);
        self.gathered.absorb(account.number, read.part, number);
    }

    fn close(&mut self, source: &Source<'_>, account: Account) {
        let place = || Place {
            sheet: source.sheet.map(str::to_owned),
            ..place(Path::new(&source.file))
        };
        if account.n_rows == 0 {
            let message = format!("the table {} has no rows", source.table.name());
            self.findings.push(rules::TABLE_EMPTY.at(place(), message));
        }
        let about = about_headers(source.table, source.headers);
        self.findings
            .extend(about.map(|(rule, message)| rule.at(place(), message)));
        self.files.push(ReturnFile {
            path: source.file.clone(),
            sheet: source.sheet.map(str::to_owned),
            table: source.table,
            n_rows: account.n_rows,
            n_set_aside: account.notes.n_set_aside(),
        });
        self.findings.extend(account.notes.into_findings(
            &source.file,
            source.sheet,
            source.headers,
        ));
    }

    pub(super) fn finish(self) -> ReturnsReading {
        let Resolved {
            records,
            years,
            out_of_use,
            breaches,
            extract,
        } = self.gathered.resolve();
        let mut findings = self.findings;
        let mut files = self.files;
        for file in &mut files {
            findings.extend(set_aside(file, extract));
        }
        findings.extend(breaches.into_findings(&self.tables));
        findings.extend(about_source(records.source));
        for (name, year) in years {
            findings.extend(about_year(&name, year));
        }
        for ((column, code, year), n) in out_of_use {
            let message = format!("{column} {code} in the return for {year}, in {n} rows");
            findings.push(rules::CODE_OUT_OF_USE.at(Place::default(), message));
        }
        findings
            .sort_by(|a, b| (&a.place, &a.rule, &a.message).cmp(&(&b.place, &b.rule, &b.message)));
        ReturnsReading {
            records,
            findings,
            files,
        }
    }
}

/// How the file is written.
fn about_text(reader: &PlainReader, path: &Path) -> impl Iterator<Item = Finding> {
    let encoding = reader.marked_encoding();
    let encoding = encoding.map(|name| rules::ENCODING_MARKED.at(place(path), name));
    let n_unnamed = reader.n_unnamed();
    let unnamed = (n_unnamed > 0).then(|| {
        let message = format!("{n_unnamed} without a name at the end of the header");
        rules::COLUMN_MORE.at(place(path), message)
    });
    encoding.into_iter().chain(unnamed)
}

/// Columns that are missing, those that are too many, and how headers are written.
fn about_headers(
    table: ReturnTable,
    headers: &[String],
) -> impl Iterator<Item = (&'static Rule, String)> {
    let name = table.name();
    let missing = table.missing_columns(headers);
    let missing = (!missing.is_empty()).then(|| {
        let message = format!("the table {name} has no {}", missing.join(", "));
        (&rules::COLUMN_MISSING, message)
    });
    let further = table.further_columns(headers);
    let further = (!further.is_empty()).then(|| {
        let message = format!("the table {name} also has {}", further.join(", "));
        (&rules::COLUMN_MORE, message)
    });
    let has_lower = |text: &String| text.chars().any(char::is_lowercase);
    let is_lower = !table.is_extract() && headers.iter().any(has_lower);
    let lower = is_lower.then(|| {
        let message = format!("the table {name} has headers in lower case");
        (&rules::HEADER_CASE, message)
    });
    [missing, further, lower].into_iter().flatten()
}

fn source_in_xml<'s>(path: &Path, table: ReturnTable, headers: &'s [String]) -> Source<'s> {
    Source {
        file: path.display().to_string(),
        sheet: None,
        headers,
        table,
        name: return_name(path),
    }
}

/// What came of one table.
struct Account {
    number: u32,
    n_rows: u64,
    notes: Notes,
}

fn parse(blocks: Vec<Block>, header: &Header, source: &Source<'_>, today: Date) -> Vec<ReadRows> {
    blocks
        .into_par_iter()
        .map(|block| read_rows(&BlockRows::new(block, header), source, today))
        .collect()
}

/// The next blocks of a file, and, once they are the last, whether that is the end of the file or
/// what keeps the rest from being read.
fn next_blocks(reader: &mut PlainReader) -> (Vec<Block>, Option<Result<(), String>>) {
    let mut blocks = Vec::with_capacity(BLOCKS_AT_ONCE);
    while blocks.len() < BLOCKS_AT_ONCE {
        match reader.next_block() {
            Ok(Some(block)) => blocks.push(block),
            Ok(None) => return (blocks, Some(Ok(()))),
            Err(error) => return (blocks, Some(Err(error.to_string()))),
        }
    }
    (blocks, None)
}

/// What some rows of one table held.
struct ReadRows {
    n_rows: u64,
    notes: Notes,
    /// The returns that the rows belong to.
    names: Vec<ReturnName>,
    /// Which of them each row belongs to, where rows differ.
    name_of_row: Option<Vec<usize>>,
    part: Part,
}

fn read_rows(rows: &impl Rows, source: &Source<'_>, today: Date) -> ReadRows {
    let places = Places::of(source.headers);
    let mut reader = Reader::new(rows, places.get("child").unwrap_or_default(), today);
    let (names, name_of_row) = names(rows, source, &places);
    let mut part = Part::default();
    match source.table {
        ReturnTable::Episodes => part.episodes = read_episodes(&mut reader, &places),
        ReturnTable::Missing | ReturnTable::ExtractMissing => {
            part.missing = read_missing(&mut reader, &places);
        }
        ReturnTable::Oc3 | ReturnTable::ExtractCareLeavers => {
            part.care_leavers = read_care_leavers(&mut reader, &places);
        }
        table => part.extract = read_extract(&mut reader, &places, table),
    }
    if places.get("dob").is_some() {
        part.children = read_children(&mut reader, &places, source.table);
    }
    part.ids = reader.ids;
    ReadRows {
        n_rows: rows.len() as u64,
        notes: reader.notes,
        names,
        name_of_row,
        part,
    }
}

/// The returns to which rows belong: by a YEAR column, else all to that of the file.
fn names(
    rows: &impl Rows,
    source: &Source<'_>,
    places: &Places,
) -> (Vec<ReturnName>, Option<Vec<usize>>) {
    if source.table.is_extract() {
        return (vec![ReturnName::Extract], None);
    }
    let Some(column) = places.get("year") else {
        return (vec![source.name.clone()], None);
    };
    let mut names: Vec<ReturnName> = Vec::new();
    let of_row = rows
        .column(column)
        .map(|cell| {
            let year = cell.as_deref().and_then(year_in_name);
            let name = year.map_or_else(|| source.name.clone(), ReturnName::Year);
            names
                .iter()
                .position(|known| *known == name)
                .unwrap_or_else(|| {
                    names.push(name);
                    names.len() - 1
                })
        })
        .collect();
    if names.is_empty() {
        names.push(source.name.clone());
    }
    (names, Some(of_row))
}

/// The return that a file belongs to: the year in its name, or in the nearest folder that has one.
fn return_name(path: &Path) -> ReturnName {
    let in_names = path
        .iter()
        .rev()
        .find_map(|part| year_in_name(&part.to_string_lossy()));
    match in_names {
        Some(year) => ReturnName::Year(year),
        None => ReturnName::Folder(
            path.parent()
                .map(|folder| folder.display().to_string())
                .unwrap_or_default(),
        ),
    }
}

/// Sets a table of an extract aside that cannot be used.
fn set_aside(file: &mut ReturnFile, extract: ExtractUse) -> Option<Finding> {
    let rule = extract.rule_against(file.table)?;
    let n_rows = file.n_rows - file.n_set_aside;
    file.n_set_aside = file.n_rows;
    let place = Place {
        sheet: file.sheet.clone(),
        ..place(Path::new(&file.path))
    };
    let mut finding = rule.at(place, format!("{n_rows} rows of {}", file.table.name()));
    finding.row_set_aside = n_rows > 0;
    Some(finding)
}

/// What an extract lacks.
fn about_source(source: CareSource) -> Vec<Finding> {
    let CareSource::Extract(tables) = source else {
        return Vec::new();
    };
    let missing = [
        (tables.has_reasons, &rules::EPISODES_MISSING),
        (tables.has_legal_statuses, &rules::STATUSES_MISSING),
    ];
    let missing = missing.into_iter().filter(|(is_there, _)| !is_there);
    missing
        .map(|(_, rule)| rule.at(Place::default(), rule.title.to_lowercase()))
        .collect()
}

fn about_year(name: &ReturnName, year: Option<i16>) -> Option<Finding> {
    match (name, year) {
        (ReturnName::Year(named), Some(year)) if *named != year => {
            let message =
                format!("named {named}; its dates say the return that ends on 31 March {year}");
            Some(rules::YEAR_OTHERWISE.at(Place::default(), message))
        }
        (ReturnName::Folder(folder), None) => {
            let place = Place {
                file: folder.clone(),
                ..Place::default()
            };
            Some(rules::YEAR_UNKNOWN.at(place, "neither a name nor an episode tells the year"))
        }
        _ => None,
    }
}

fn unknown(path: &Path) -> Finding {
    rules::TABLE_UNKNOWN.at(
        place(path),
        "its headers are those of no table of the return",
    )
}

fn place(path: &Path) -> Place {
    Place {
        file: path.display().to_string(),
        ..Place::default()
    }
}
