//! Files to parts of tables. Files are read side by side, so nothing here looks at another file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jiff::civil::Date;
use kinfolk_model::Finding;
use rayon::prelude::*;

use super::about::{about_text, file_unusable, table_unknown};
use super::breaches::TableRead;
use super::kind::ReturnTable;
use super::names::{Headers, ReturnNames};
use super::part::{Part, ReturnName, Source, read_part};
use super::read::{Form, form};
use super::rows::SheetRows;
use super::xml::{XmlForm, headers_of};
use super::year::year_in_name;
use crate::folder::LARGEST_FILE_BYTES;
use crate::meter::Meter;
use crate::plain::{Block, Header, PlainReader};
use crate::sheet::Sheet;
use crate::xlsx_sheet::read_workbook;

/// How many blocks of a file are read side by side.
const BLOCKS_AT_ONCE: usize = 8;

/// What is known before a file is opened.
#[derive(Debug, Clone, Copy)]
pub(super) struct Knowing<'n> {
    pub(super) today: Date,
    /// What the authority calls its files and columns.
    pub(super) names: &'n ReturnNames,
    /// What is told of rows that were read.
    pub(super) meter: &'n Meter<'n>,
}

/// What a file held.
#[derive(Default)]
pub(super) struct FileRead {
    /// About the file as a whole.
    pub(super) findings: Vec<Finding>,
    pub(super) tables: Vec<TableParts>,
}

/// One table of a file, in parts.
pub(super) struct TableParts {
    pub(super) read: TableRead,
    pub(super) table: ReturnTable,
    pub(super) parts: Vec<Part>,
}

/// Reads a file that findings call by another path, such as the one within a study.
pub(super) fn read_file(full: &Path, path: &Path, knowing: Knowing<'_>) -> FileRead {
    let mut read = FileRead::default();
    let form = form(path).unwrap_or(Form::Delimited);
    let end = match form {
        Form::Workbook => read.workbook(full, path, knowing),
        Form::Xml => read.xml(full, path, knowing.today),
        Form::Delimited => read.delimited(full, path, knowing),
    };
    if !matches!(form, Form::Delimited) {
        let n_bytes = fs::metadata(full).map_or(0, |about| about.len());
        knowing.meter.add(n_bytes);
    }
    if let Err(message) = end {
        read.findings.push(file_unusable(path, message));
    }
    read
}

/// Reads a sheet of a workbook.
pub(super) fn read_sheet(path: &Path, sheet: &Sheet, knowing: Knowing<'_>) -> FileRead {
    let mut read = FileRead::default();
    read.sheet(path, sheet, knowing);
    read
}

impl FileRead {
    fn delimited(&mut self, full: &Path, path: &Path, knowing: Knowing<'_>) -> Result<(), String> {
        let mut reader = PlainReader::open(full).map_err(|error| error.to_string())?;
        let header = reader.header().clone();
        let shown = header.names().to_vec();
        let Some((table, headers)) = self.recognise((path, None), shown, knowing.names) else {
            return Ok(());
        };
        self.findings.extend(about_text(&reader, path));
        let source = Source {
            headers: &headers,
            table,
            name: return_name(path),
        };
        let mut parts = Vec::new();
        let (mut blocks, mut end) = next_blocks(&mut reader);
        // While some rows are read, the next come from the disk.
        while !blocks.is_empty() {
            let (more, next) = rayon::join(
                || read_blocks(&blocks, &header, &source, knowing),
                || end.is_none().then(|| next_blocks(&mut reader)),
            );
            parts.extend(more);
            blocks.clear();
            if let Some(next) = next {
                (blocks, end) = next;
            }
        }
        self.add(path, None, &source, parts);
        end.unwrap_or(Ok(()))
    }

    fn workbook(&mut self, full: &Path, path: &Path, knowing: Knowing<'_>) -> Result<(), String> {
        refuse_too_large(full)?;
        let bytes = fs::read(full).map_err(|error| error.to_string())?;
        let sheets = read_workbook(&path.display().to_string(), &bytes)
            .map_err(|_| "it is no workbook that can be read".to_owned())?;
        for sheet in &sheets {
            self.sheet(path, sheet, knowing);
        }
        Ok(())
    }

    fn sheet(&mut self, path: &Path, sheet: &Sheet, knowing: Knowing<'_>) {
        let Some((shown, rows)) = SheetRows::new(sheet) else {
            return;
        };
        let place = (path, sheet.name.as_deref());
        let Some((table, headers)) = self.recognise(place, shown, knowing.names) else {
            return;
        };
        let source = Source {
            headers: &headers,
            table,
            name: return_name(path),
        };
        let part = read_part(rows, &source, knowing.today);
        self.add(path, sheet.name.as_deref(), &source, vec![part]);
    }

    fn xml(&mut self, full: &Path, path: &Path, today: Date) -> Result<(), String> {
        let Some(mut form) = XmlForm::open(full)? else {
            self.findings.push(table_unknown(path));
            return Ok(());
        };
        let mut parts: BTreeMap<ReturnTable, Vec<Part>> = BTreeMap::new();
        let mut end = Ok(());
        while let Some((batch, so_far)) = form.next_batch() {
            for (table, rows) in batch {
                let headers = Headers::of_return(headers_of(table));
                let part = read_part(rows, &source_in_xml(path, table, &headers), today);
                parts.entry(table).or_default().push(part);
            }
            end = so_far;
        }
        for (table, parts) in parts {
            let headers = Headers::of_return(headers_of(table));
            self.add(path, None, &source_in_xml(path, table, &headers), parts);
        }
        end
    }

    /// The table that has such headers; where none does, that is a finding.
    fn recognise(
        &mut self,
        (path, sheet): (&Path, Option<&str>),
        shown: Vec<String>,
        names: &ReturnNames,
    ) -> Option<(ReturnTable, Headers)> {
        let found = names.recognise((&path.display().to_string(), sheet), shown);
        if found.is_none() {
            self.findings.push(table_unknown(path));
        }
        found
    }

    fn add(&mut self, path: &Path, sheet: Option<&str>, source: &Source<'_>, parts: Vec<Part>) {
        let read = TableRead {
            file: path.display().to_string(),
            sheet: sheet.map(str::to_owned),
            headers: source.headers.clone(),
        };
        self.tables.push(TableParts {
            read,
            table: source.table,
            parts,
        });
    }
}

/// A workbook is held whole while it is read, unlike the other forms.
fn refuse_too_large(full: &Path) -> Result<(), String> {
    let bytes = fs::metadata(full).map_err(|error| error.to_string())?.len();
    if bytes <= LARGEST_FILE_BYTES {
        return Ok(());
    }
    Err(format!(
        "the workbook holds {} MB; the largest that is read is {} MB; save its sheets as CSV, which may be of any size",
        bytes / 1_000_000,
        LARGEST_FILE_BYTES / 1_000_000
    ))
}

fn source_in_xml<'s>(path: &Path, table: ReturnTable, headers: &'s Headers) -> Source<'s> {
    Source {
        headers,
        table,
        name: return_name(path),
    }
}

fn read_blocks(
    blocks: &[Block],
    header: &Header,
    source: &Source<'_>,
    knowing: Knowing<'_>,
) -> Vec<Part> {
    let read = |block: &Block| {
        let part = read_part(block.records(header), source, knowing.today);
        knowing.meter.add(block.n_bytes() as u64);
        part
    };
    blocks.par_iter().map(read).collect()
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
