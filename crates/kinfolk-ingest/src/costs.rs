//! `costs.toml`: what the programme costs and what its outcomes are worth.
//!
//! A fault in it leaves nothing to appraise: a sum with one part left out would be another sum. So
//! every fault is told at once, and costs come only from a file without errors.

mod amount;
mod appraisal;
mod check;
mod cost;
mod national;
mod outcome;
mod reader;
mod research;
mod unit_costs;
mod worth;

use std::fs;
use std::path::Path;

use kinfolk_model::{Costs, Finding, Place, Severity};

use crate::csv_sheet::{self, Decoding};
use crate::error::IngestError;
use crate::folder;
use crate::rules;
use crate::words::encoding_guessed;
use reader::CostsReader;
pub(crate) use unit_costs::UNIT_COSTS_FILE;
use unit_costs::UnitCosts;

/// A cost file as read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CostsReading {
    /// The costs; `None` when a finding is an error.
    pub costs: Option<Costs>,
    /// What is wrong or doubtful in the file and in the unit costs beside it.
    pub findings: Vec<Finding>,
}

/// Reads a cost file, and a file `unit-costs.csv` beside it where there is one.
///
/// # Errors
///
/// [`IngestError::Unreadable`] when the file cannot be opened. Everything else is a finding.
pub fn read_costs(path: &Path) -> Result<CostsReading, IngestError> {
    let bytes = fs::read(path).map_err(|source| folder::unreadable(path, source))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(read_costs_bytes(&name, path, &bytes))
}

/// The same from bytes already read; `full` says where the file lies.
pub(crate) fn read_costs_bytes(name: &str, full: &Path, bytes: &[u8]) -> CostsReading {
    let Ok((text, decoding)) = csv_sheet::decode(bytes) else {
        let place = folder::file_place(name);
        let finding = rules::COSTS_UNREADABLE.at(place, "the file holds no text");
        return CostsReading {
            costs: None,
            findings: vec![finding],
        };
    };
    let mut units = UnitCosts::shipped();
    let mut findings = Vec::new();
    if let Ok(own) = fs::read(full.with_file_name(UNIT_COSTS_FILE)) {
        findings.extend(units.extend_from(UNIT_COSTS_FILE, &own));
    }
    findings.extend((decoding == Decoding::Guessed).then(|| encoding_guessed(name)));
    let read = parse_costs(name, &text, &units);
    findings.extend(read.findings);
    let is_sound = findings.iter().all(|f| f.severity != Severity::Error);
    CostsReading {
        costs: read.costs.filter(|_| is_sound),
        findings,
    }
}

fn parse_costs(name: &str, text: &str, units: &UnitCosts) -> CostsReading {
    let mut reader = CostsReader::new(name, text, units);
    let costs = reader.read();
    let mut findings = reader.into_findings();
    findings.sort_by_key(|finding| finding.place.row);
    CostsReading { costs, findings }
}

/// A line of a file.
fn line_place(file: &str, row: u32, header: &str) -> Place {
    Place {
        file: file.to_owned(),
        row: Some(row),
        header: (!header.is_empty()).then(|| header.to_owned()),
        ..Place::default()
    }
}
