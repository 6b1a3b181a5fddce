//! Tables of the return that stand in a study folder.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use kinfolk_model::care::{CareReturns, ReturnAccount};
use kinfolk_model::{Finding, fold, schema};

use super::intake::Intake;
use super::kind::ReturnTable;
use super::read::{ReturnFile, ReturnsReading};
use super::rows::headers;
use crate::folder::ListedFile;
use crate::plain::PlainReader;
use crate::sheet::Sheet;

/// Whether a delimited file is a table of the return that a study keeps as such.
pub(crate) fn is_return_file(full: &Path) -> bool {
    PlainReader::open(full).is_ok_and(|reader| is_of_return(reader.header().names()))
}

/// Whether a sheet of a workbook is.
pub(crate) fn is_return_sheet(sheet: &Sheet) -> bool {
    headers(sheet).is_some_and(|headers| is_of_return(&headers))
}

/// Yearly outcomes (OC2) and the scores of an extract are tables of the study. A list of children with more than the return
/// asks of each is a Practice Summary.
fn is_of_return(headers: &[String]) -> bool {
    match ReturnTable::recognise(headers.iter().map(String::as_str)) {
        None | Some(ReturnTable::Oc2 | ReturnTable::ExtractSdq) => false,
        Some(ReturnTable::Header | ReturnTable::Uasc) => !is_practice_summary(headers),
        Some(_) => true,
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
pub(crate) struct StudyReturns {
    intake: Intake,
    n_read: usize,
}

impl StudyReturns {
    pub(crate) fn new(today: Date) -> Self {
        Self {
            intake: Intake::new(today),
            n_read: 0,
        }
    }

    /// Reads a file.
    pub(crate) fn file(&mut self, file: &ListedFile) {
        self.intake.read_as(&file.full, Path::new(&file.path));
        self.n_read += 1;
    }

    /// Reads a sheet of a workbook.
    pub(crate) fn sheet(&mut self, sheet: &Sheet) {
        self.intake.sheet(Path::new(&sheet.file), sheet);
        self.n_read += 1;
    }

    /// The records of all years, and what is wrong or doubtful in them.
    pub(crate) fn finish(self) -> (CareReturns, Vec<Finding>) {
        if self.n_read == 0 {
            return (CareReturns::default(), Vec::new());
        }
        let ReturnsReading {
            records,
            findings,
            files,
        } = self.intake.finish();
        let tables = accounts(&files);
        (CareReturns { records, tables }, findings)
    }
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
