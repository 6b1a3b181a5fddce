//! Tables of the return that stand in a study folder.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use kinfolk_model::care::{CareReturns, ReturnAccount};
use kinfolk_model::{Finding, fold, schema};

use super::intake::Intake;
use super::kind::ReturnTable;
use super::names::ReturnNames;
use super::read::{ReturnFile, ReturnsReading};
use super::rows::headers;
use crate::assign::mapped_column_missing;
use crate::folder::ListedFile;
use crate::meter::Meter;
use crate::plain::PlainReader;
use crate::settings_file::NamedColumn;
use crate::sheet::Sheet;

impl ReturnNames {
    /// Whether a delimited file is a table of the return that a study keeps as such.
    pub(crate) fn is_return_file(&self, file: &ListedFile) -> bool {
        if self.forced(&file.path, None).is_some() {
            return true;
        }
        let reader = PlainReader::open(&file.full);
        reader.is_ok_and(|reader| {
            self.is_of_return((&file.path, None), reader.header().names().to_vec())
        })
    }

    /// Whether a sheet of a workbook is.
    pub(crate) fn is_return_sheet(&self, sheet: &Sheet) -> bool {
        let place = (sheet.file.as_str(), sheet.name.as_deref());
        self.forced(place.0, place.1).is_some()
            || headers(sheet).is_some_and(|headers| self.is_of_return(place, headers))
    }

    /// Yearly outcomes (OC2) and the scores of an extract are tables of the study. A list of children
    /// with more than the return asks of each is a Practice Summary.
    fn is_of_return(&self, place: (&str, Option<&str>), shown: Vec<String>) -> bool {
        match self.recognise(place, shown) {
            None => false,
            Some((ReturnTable::Header | ReturnTable::Uasc, headers)) => {
                !is_practice_summary(&headers.columns)
            }
            Some((table, _)) => !table.is_kept_by_study(),
        }
    }
}

/// What a Practice Summary and the list of children in a return both say.
const SHARED: [&str; 4] = ["child_id", "sex", "date_of_birth", "ethnicity"];

fn is_practice_summary(headers: &[String]) -> bool {
    let is_own = |name: &str| {
        let known = schema::table("children").and_then(|table| table.column(name));
        known.is_some() && !SHARED.contains(&name)
    };
    headers.iter().any(|header| is_own(&fold(header)))
}

/// The returns of a study under way.
pub(crate) struct StudyReturns<'n> {
    intake: Intake<'n>,
    n_read: usize,
}

impl<'n> StudyReturns<'n> {
    pub(crate) fn new(today: Date, names: &'n ReturnNames, meter: &'n Meter<'n>) -> Self {
        Self {
            intake: Intake::new(today, names, meter),
            n_read: 0,
        }
    }

    /// Reads files.
    pub(crate) fn files(&mut self, files: &[&ListedFile]) {
        let paths = files.iter();
        self.intake
            .read_as(paths.map(|file| (file.full.as_path(), Path::new(&file.path))));
        self.n_read += files.len();
    }

    /// Reads a sheet of a workbook.
    pub(crate) fn sheet(&mut self, sheet: &Sheet) {
        self.intake.sheet(Path::new(&sheet.file), sheet);
        self.n_read += 1;
    }

    /// The records of all years, and what is wrong or doubtful in them.
    pub(crate) fn finish(self) -> (CareReturns, Vec<Finding>) {
        let about_names: Vec<Finding> = self.intake.unused_names().map(no_such_header).collect();
        if self.n_read == 0 {
            return (CareReturns::default(), about_names);
        }
        let ReturnsReading {
            records,
            mut findings,
            files,
        } = self.intake.finish();
        findings.extend(about_names);
        let tables = accounts(&files);
        (CareReturns { records, tables }, findings)
    }
}

fn no_such_header(named: &NamedColumn<ReturnTable>) -> Finding {
    mapped_column_missing(named, named.table.name())
}

/// What became of the rows of each table, over all files that hold one.
fn accounts(files: &[ReturnFile]) -> Vec<ReturnAccount> {
    let mut accounts: BTreeMap<ReturnTable, ReturnAccount> = BTreeMap::new();
    for file in files {
        let account = accounts.entry(file.table).or_default();
        file.table.name().clone_into(&mut account.name);
        account.n_read += file.n_rows;
        account.n_set_aside += file.n_set_aside;
        account.sources.push(match &file.sheet {
            Some(sheet) => format!("{}#{sheet}", file.path),
            None => file.path.clone(),
        });
    }
    accounts.into_values().collect()
}
