//! One file to what it holds.

use std::fs::File;
use std::io::{self, Read};

use kinfolk_model::{Costs, Finding, Place, Voices, Words};

use crate::costs::read_costs_bytes;
use crate::csv_sheet::{self, Decoding, NotText};
use crate::folder::{Kind, ListedFile, file_place};
use crate::rules;
use crate::sheet::Sheet;
use crate::voices::read_voices;
use crate::words::{encoding_guessed, read_words};
use crate::xlsx_sheet::{WorkbookFault, read_workbook};

/// How many bytes tell what kind of file it is.
const BEGINNING: u64 = 1 << 16;

/// What one file holds.
#[derive(Debug, Default)]
pub(crate) struct Content {
    /// Whether its bytes could be had.
    pub(crate) is_read: bool,
    pub(crate) sheets: Vec<Sheet>,
    pub(crate) voices: Option<Voices>,
    pub(crate) costs: Option<Costs>,
    pub(crate) words: Option<Words>,
    pub(crate) findings: Vec<Finding>,
}

/// Reads one file, whatever it is.
pub(crate) fn read_file(file: &ListedFile) -> Content {
    let bytes = match bytes_to_parse(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            let finding = rules::FILE_UNREADABLE.at(file_place(&file.path), error.to_string());
            return Content {
                findings: vec![finding],
                ..Content::default()
            };
        }
    };
    let content = match file.kind {
        Kind::Costs => costs(file, &bytes),
        Kind::Voices => voices(&file.path, &bytes),
        Kind::Words => words(&file.path, &bytes),
        Kind::Delimited => delimited(&file.path, bytes),
        Kind::Workbook => workbook(&file.path, &bytes),
        _ => Content::default(),
    };
    Content {
        is_read: true,
        ..content
    }
}

/// The settings are read before, unit costs with the costs, returns and statistics after, and the
/// benchmark by whoever compares with it.
fn is_read_elsewhere(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Study | Kind::Benchmark | Kind::UnitCosts | Kind::Return | Kind::Published
    )
}

/// Of a file that is read elsewhere, nothing but whether it can be opened: returns may be larger than
/// the memory.
fn bytes_to_parse(file: &ListedFile) -> io::Result<Vec<u8>> {
    let mut input = File::open(&file.full)?;
    let mut bytes = Vec::new();
    if is_read_elsewhere(file.kind) {
        return Ok(bytes);
    }
    (&mut input).take(BEGINNING).read_to_end(&mut bytes)?;
    if file.kind == Kind::Delimited && csv_sheet::decode(&bytes).is_err() {
        // Something else under this name, which may be long; its beginning says what it is.
        return Ok(bytes);
    }
    // A table larger than the memory is a file that cannot be read, and no end of the program.
    let n_bytes = usize::try_from(file.bytes).unwrap_or(usize::MAX);
    bytes.try_reserve_exact(n_bytes.saturating_sub(bytes.len()))?;
    input.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn voices(path: &str, bytes: &[u8]) -> Content {
    let Ok((text, decoding)) = csv_sheet::decode(bytes) else {
        return only(rules::VOICES_UNREADABLE.at(file_place(path), "the file holds no text"));
    };
    let (voices, mut findings) = read_voices(path, &text);
    findings.extend((decoding == Decoding::Guessed).then(|| encoding_guessed(path)));
    Content {
        voices: Some(voices),
        findings,
        ..Content::default()
    }
}

fn costs(file: &ListedFile, bytes: &[u8]) -> Content {
    let read = read_costs_bytes(&file.path, &file.full, bytes);
    Content {
        costs: read.costs,
        findings: read.findings,
        ..Content::default()
    }
}

fn words(path: &str, bytes: &[u8]) -> Content {
    let (words, findings) = read_words(path, bytes);
    Content {
        words,
        findings,
        ..Content::default()
    }
}

fn delimited(path: &str, bytes: Vec<u8>) -> Content {
    let read = match csv_sheet::read_text(path, bytes) {
        Ok(read) => read,
        Err(NotText::OtherKind(kind)) => return only(not_what_it_says(path, kind)),
        Err(NotText::Binary) => return only(not_what_it_says(path, "no text")),
    };
    let mut findings = Vec::new();
    if read.decoding == Decoding::Guessed {
        findings.push(encoding_guessed(path));
    }
    if let Some(row) = read.open_quote_row {
        let place = Place {
            row: Some(row),
            ..file_place(path)
        };
        let message = "a quotation mark opens in this row and is never closed";
        findings.push(rules::QUOTE_NOT_CLOSED.at(place, message));
    }
    Content {
        sheets: vec![read.sheet],
        findings,
        ..Content::default()
    }
}

fn workbook(path: &str, bytes: &[u8]) -> Content {
    let fault = match read_workbook(path, bytes) {
        Ok(sheets) => {
            return Content {
                sheets,
                ..Content::default()
            };
        }
        Err(fault) => fault,
    };
    let place = file_place(path);
    only(match fault {
        WorkbookFault::NotAWorkbook => not_what_it_says(path, kind_of_bytes(bytes)),
        WorkbookFault::Protected => rules::FILE_UNREADABLE.at(
            place,
            "the workbook is protected by a password, or of a kind that is not read",
        ),
        WorkbookFault::Damaged(reason) => {
            rules::FILE_UNREADABLE.at(place, format!("the workbook is damaged: {reason}"))
        }
        WorkbookFault::TooLarge => {
            rules::FILE_TOO_LARGE.at(place, "a sheet of the workbook holds too many cells")
        }
    })
}

fn kind_of_bytes(bytes: &[u8]) -> &'static str {
    match csv_sheet::decode(bytes) {
        Ok(_) => "plain text",
        Err(NotText::OtherKind(kind)) => kind,
        Err(NotText::Binary) => "no workbook",
    }
}

fn not_what_it_says(path: &str, kind: &str) -> Finding {
    rules::FILE_NOT_WHAT_IT_SAYS.at(
        file_place(path),
        format!("the file is {kind}, whatever its name says"),
    )
}

fn only(finding: Finding) -> Content {
    Content {
        findings: vec![finding],
        ..Content::default()
    }
}
