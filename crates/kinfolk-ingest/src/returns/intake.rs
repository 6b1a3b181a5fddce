//! Tables of all files gathered, and everything that is found on the way.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use kinfolk_model::{Finding, Place};
use rayon::prelude::*;

use super::about::{about_headers, about_source, about_year, place, set_aside};
use super::breaches::TableRead;
use super::file::{FileRead, Knowing, TableParts, read_file, read_sheet};
use super::gather::{Gathered, Resolved};
use super::kind::ReturnTable;
use super::names::ReturnNames;
use super::notes::Notes;
use super::read::{ReturnFile, ReturnsReading};
use super::rules;
use crate::meter::Meter;
use crate::settings_file::NamedColumn;
use crate::sheet::Sheet;

/// Files being read.
pub(super) struct Intake<'n> {
    knowing: Knowing<'n>,
    gathered: Gathered,
    findings: Vec<Finding>,
    files: Vec<ReturnFile>,
    tables: Vec<TableRead>,
}

impl<'n> Intake<'n> {
    pub(super) fn new(today: Date, names: &'n ReturnNames, meter: &'n Meter<'n>) -> Self {
        Self {
            knowing: Knowing {
                today,
                names,
                meter,
            },
            gathered: Gathered::new(today),
            findings: Vec::new(),
            files: Vec::new(),
            tables: Vec::new(),
        }
    }

    /// Reads files side by side.
    pub(super) fn read(&mut self, files: &[PathBuf]) {
        let knowing = self.knowing;
        let read = files.par_iter().map(|path| read_file(path, path, knowing));
        let read: Vec<FileRead> = read.collect();
        for read in read {
            self.take(read);
        }
    }

    /// Reads files one after the other, each of which findings call by another path, such as the one
    /// within a study; what one held is taken in while the next is read.
    pub(super) fn read_as<'p>(&mut self, files: impl Iterator<Item = (&'p Path, &'p Path)>) {
        let knowing = self.knowing;
        let mut before = FileRead::default();
        for (full, path) in files {
            let (read, ()) = rayon::join(
                || read_file(full, path, knowing),
                || self.take(std::mem::take(&mut before)),
            );
            before = read;
        }
        self.take(before);
    }

    /// Reads a sheet of a workbook.
    pub(super) fn sheet(&mut self, path: &Path, sheet: &Sheet) {
        self.take(read_sheet(path, sheet, self.knowing));
    }

    /// The headers that `study.toml` names and that no table of their kind has.
    pub(super) fn unused_names(&self) -> impl Iterator<Item = &NamedColumn<ReturnTable>> {
        let read = self.files.iter().zip(&self.tables);
        let read = read.map(|(file, read)| (file.table, &read.headers));
        self.knowing.names.unused(read)
    }

    fn take(&mut self, read: FileRead) {
        self.findings.extend(read.findings);
        for table in read.tables {
            self.take_table(table);
        }
    }

    fn take_table(&mut self, parts: TableParts) {
        let TableParts { read, table, parts } = parts;
        let number = u32::try_from(self.tables.len()).unwrap_or(u32::MAX);
        let (mut n_rows, mut notes) = (0, Notes::default());
        for mut part in parts {
            n_rows += part.n_rows;
            notes.append(std::mem::take(&mut part.notes));
            self.gathered.take(number, part);
        }
        let place = || Place {
            sheet: read.sheet.clone(),
            ..place(Path::new(&read.file))
        };
        if n_rows == 0 {
            let message = format!("the table {} has no rows", table.name());
            self.findings.push(rules::TABLE_EMPTY.at(place(), message));
        }
        let about = about_headers(table, &read.headers.columns);
        self.findings
            .extend(about.map(|(rule, message)| rule.at(place(), message)));
        self.files.push(ReturnFile {
            path: read.file.clone(),
            sheet: read.sheet.clone(),
            table,
            n_rows,
            n_set_aside: notes.n_set_aside(),
        });
        self.findings.extend(notes.into_findings(
            &read.file,
            read.sheet.as_deref(),
            &read.headers.shown,
        ));
        self.tables.push(read);
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
        for (table, file) in (0..).zip(&mut files) {
            file.n_set_aside += breaches.n_set_aside(table);
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
