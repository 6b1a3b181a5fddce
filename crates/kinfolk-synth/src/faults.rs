//! Faults planted in made-up files, each written down, to try readers on.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::SynthError;
use crate::random::Stream;

/// The list of what was planted; tables of a study or return are never looked for in it.
pub const FAULTS_FILE: &str = "README-faults.md";
/// Streams of files, apart from those of children.
const FILES: usize = 1 << 20;

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The identifier of the child is missing.
    NoChild,
    /// The row stands twice.
    Twice,
    /// The last day in the row is 31 February.
    NoSuchDay,
    /// There is a cell too many.
    CellTooMany,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 4] = [
        Self::NoChild,
        Self::Twice,
        Self::NoSuchDay,
        Self::CellTooMany,
    ];

    fn words(self) -> &'static str {
        match self {
            Self::NoChild => "the identifier of the child is missing",
            Self::Twice => "the row stands twice; this is the second",
            Self::NoSuchDay => "the last day in the row is 31 February",
            Self::CellTooMany => "there is a cell too many",
        }
    }

    /// The row with the fault; `None` where it cannot have it.
    fn plant(self, line: &str) -> Option<String> {
        match self {
            Self::NoChild => line.split_once(',').map(|(_, rest)| format!(",{rest}")),
            Self::Twice => Some(format!("{line}\n{line}")),
            Self::NoSuchDay => without_day(line),
            Self::CellTooMany => Some(format!("{line},x")),
        }
    }
}

fn without_day(line: &str) -> Option<String> {
    let mut cells: Vec<&str> = line.split(',').collect();
    let last = cells.iter().rposition(|cell| is_day(cell))?;
    cells[last] = if cells[last].contains('/') {
        "31/02/2024"
    } else {
        "2024-02-31"
    };
    Some(cells.join(","))
}

/// `dd/mm/yyyy` or `yyyy-mm-dd`.
fn is_day(cell: &str) -> bool {
    let n_of = |mark: char| cell.matches(mark).count();
    let is_number = |c: char| c.is_ascii_digit() || c == '/' || c == '-';
    cell.len() == 10 && (n_of('/') == 2 || n_of('-') == 2) && cell.chars().all(is_number)
}

/// A fault, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlantedFault {
    /// The file, relative to the folder, with `/` between its parts.
    pub file: String,
    /// The row as a spreadsheet counts, from 1.
    pub row: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// Plants one fault of each kind in every CSV file below a folder that has the rows for it, and lists
/// them in a file. The same files and seed give the same faults.
///
/// # Errors
///
/// [`SynthError::Write`] names the file that could not be read or written.
pub fn plant_faults(folder: &Path, seed: u64) -> Result<Vec<PlantedFault>, SynthError> {
    let mut files = Vec::new();
    tables(folder, &mut files)?;
    files.sort();
    let mut planted = Vec::new();
    for (at, path) in files.iter().enumerate() {
        let mut stream = Stream::of_child(seed, FILES + at);
        let faults = in_file(path, &mut stream).map_err(|source| failed(path, source))?;
        let name = path.strip_prefix(folder).unwrap_or(path);
        let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        planted.extend(faults.into_iter().map(|(row, fault)| PlantedFault {
            file: parts.join("/"),
            row,
            fault,
        }));
    }
    let list = folder.join(FAULTS_FILE);
    fs::write(&list, listed(&planted)).map_err(|source| failed(&list, source))?;
    Ok(planted)
}

fn failed(path: &Path, source: io::Error) -> SynthError {
    SynthError::Write {
        path: path.to_owned(),
        source,
    }
}

fn tables(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), SynthError> {
    let entries = fs::read_dir(folder).map_err(|source| failed(folder, source))?;
    for entry in entries {
        let path = entry.map_err(|source| failed(folder, source))?.path();
        if path.is_dir() {
            tables(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "csv") {
            files.push(path);
        }
    }
    Ok(())
}

/// Writes the file anew, row by row; a quotation that spans lines is in none of the files made here.
fn in_file(path: &Path, stream: &mut Stream) -> io::Result<Vec<(usize, Fault)>> {
    let n_rows = BufReader::new(File::open(path)?).lines().count() - 1;
    let Ok(length) = i64::try_from(n_rows / Fault::ALL.len()) else {
        return Ok(Vec::new());
    };
    if length == 0 {
        return Ok(Vec::new());
    }
    // One fault in each quarter of the file, so that no row has two.
    let rows: Vec<usize> = (0..)
        .zip(Fault::ALL)
        .map(|(quarter, _)| quarter * length + stream.between(1, length))
        .filter_map(|row| usize::try_from(row).ok())
        .collect();
    let damaged = path.with_extension("csv.part");
    let mut out = BufWriter::new(File::create(&damaged)?);
    let mut planted = Vec::new();
    for (at, line) in BufReader::new(File::open(path)?).lines().enumerate() {
        let line = line?;
        let wanted = rows.iter().position(|row| *row == at);
        let fault = wanted.map(|kind| Fault::ALL[kind]);
        let text = fault.and_then(|fault| Some((fault, fault.plant(&line)?)));
        let Some((fault, text)) = text else {
            writeln!(out, "{line}")?;
            continue;
        };
        writeln!(out, "{text}")?;
        let n_twice = planted.iter().filter(|(_, fault)| *fault == Fault::Twice);
        let added = n_twice.count() + usize::from(fault == Fault::Twice);
        planted.push((at + 1 + added, fault));
    }
    out.flush()?;
    fs::rename(damaged, path)?;
    Ok(planted)
}

fn listed(planted: &[PlantedFault]) -> String {
    let rows: Vec<String> = planted
        .iter()
        .map(|fault| {
            format!(
                "| {} | {} | {} |",
                fault.file,
                fault.row,
                fault.fault.words()
            )
        })
        .collect();
    format!(
        "# Faults in these files\n\nEverything here is made up; these faults were planted.\n\n\
        | file | row | fault |\n|---|---|---|\n{}\n",
        rows.join("\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_stands_where_the_list_says() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        let rows = (1..=40).map(|at| format!("C{at},2024-05-01,x\n"));
        fs::write(
            &path,
            format!("CHILD,DAY,WHAT\n{}", rows.collect::<String>()),
        )
        .unwrap();
        let planted = plant_faults(folder.path(), 5).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 42);
        let kinds: Vec<Fault> = planted.iter().map(|fault| fault.fault).collect();
        assert_eq!(kinds, Fault::ALL);
        for PlantedFault { row, fault, .. } in planted {
            let line = lines[row - 1];
            let is_there = match fault {
                Fault::NoChild => line.starts_with(','),
                Fault::Twice => line == lines[row - 2],
                Fault::NoSuchDay => line.contains("2024-02-31"),
                Fault::CellTooMany => line.ends_with(",x,x"),
            };
            assert!(is_there, "{fault:?}: {line}");
        }
        assert!(folder.path().join(FAULTS_FILE).is_file());
    }

    #[test]
    fn a_short_file_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("table.csv"), "a\n1\n").unwrap();
        assert_eq!(plant_faults(folder.path(), 5).unwrap(), []);
    }
}
