//! Delimited text to a sheet: encoding and delimiter are found out, rows are counted as a
//! spreadsheet counts them.

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::sheet::{Format, Raw, RawRow, Sheet, Visibility};

/// How many lines are looked at to find the delimiter.
const LINES_TO_SNIFF: usize = 20;
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// How the bytes became text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decoding {
    /// The file says or proves its encoding.
    Certain,
    /// It is no UTF-8 and has no mark, so Windows-1252 was taken.
    Guessed,
}

/// Why bytes are no delimited text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotText {
    /// It begins as a workbook, a picture or another kind of file does.
    OtherKind(&'static str),
    /// It holds bytes that no text holds.
    Binary,
}

/// What was read.
pub(crate) struct ReadText {
    pub(crate) sheet: Sheet,
    pub(crate) decoding: Decoding,
    /// The row in which a quotation mark opens that nothing closes.
    pub(crate) open_quote_row: Option<u32>,
}

/// Reads delimited text.
///
/// # Errors
///
/// [`NotText`] when the bytes are another kind of file.
pub(crate) fn read_text(file: &str, bytes: &[u8]) -> Result<ReadText, NotText> {
    let (text, decoding) = decode(bytes)?;
    let text = with_plain_line_ends(&text);
    let (rows, open_quote_row) = rows(&text, delimiter(&text));
    Ok(ReadText {
        sheet: Sheet {
            file: file.to_owned(),
            name: None,
            format: Format::Delimited,
            visibility: Visibility::Visible,
            rows,
        },
        decoding,
        open_quote_row,
    })
}

/// Bytes as text, in the encoding that they show.
pub(crate) fn decode(bytes: &[u8]) -> Result<(String, Decoding), NotText> {
    if let Some(kind) = other_kind(bytes) {
        return Err(NotText::OtherKind(kind));
    }
    for encoding in [UTF_8, UTF_16LE, UTF_16BE] {
        let mark: &[u8] = match encoding.name() {
            "UTF-8" => b"\xef\xbb\xbf",
            "UTF-16LE" => b"\xff\xfe",
            _ => b"\xfe\xff",
        };
        if let Some(rest) = bytes.strip_prefix(mark) {
            let (text, broken) = encoding.decode_without_bom_handling(rest);
            let decoding = if broken {
                Decoding::Guessed
            } else {
                Decoding::Certain
            };
            return Ok((text.into_owned(), decoding));
        }
    }
    if bytes.contains(&0) {
        return Err(NotText::Binary);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), Decoding::Certain)),
        Err(_) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            Ok((text.into_owned(), Decoding::Guessed))
        }
    }
}

/// The kind of file that the first bytes announce, where it is no text.
pub(crate) fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    const MARKS: [(&[u8], &str); 7] = [
        (b"PK\x03\x04", "a workbook or a zip archive"),
        (b"\xd0\xcf\x11\xe0", "an old or protected Office file"),
        (b"%PDF", "a PDF"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"\x1f\x8b", "a compressed file"),
        (b"PAR1", "a Parquet file"),
    ];
    MARKS
        .iter()
        .find(|(mark, _)| bytes.starts_with(mark))
        .map(|(_, kind)| *kind)
}

/// Every line end as `\n`, with one at the very end, so that lines can be counted.
fn with_plain_line_ends(text: &str) -> String {
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// The delimiter that gives the most lines the same, largest number of fields.
fn delimiter(text: &str) -> char {
    let lines = first_lines(text);
    let score = |delimiter: char| {
        let counts: Vec<usize> = lines
            .iter()
            .map(|line| count_outside_quotes(line, delimiter))
            .collect();
        let alike = |n: usize| counts.iter().filter(|count| **count == n).count();
        counts
            .iter()
            .map(|&n| n * alike(n))
            .max()
            .unwrap_or_default()
    };
    let mut best = (',', 0);
    for candidate in DELIMITERS {
        let score = score(candidate);
        if score > best.1 {
            best = (candidate, score);
        }
    }
    best.0
}

/// The first lines that are not blank; a line end inside quotation marks ends no line.
fn first_lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '\n' if !quoted => {
                let line = &text[start..at];
                start = at + 1;
                if !line.trim().is_empty() {
                    lines.push(line);
                }
                if lines.len() == LINES_TO_SNIFF {
                    break;
                }
            }
            _ => {}
        }
    }
    lines
}

fn count_outside_quotes(line: &str, delimiter: char) -> usize {
    let mut quoted = false;
    line.chars()
        .filter(|c| {
            quoted ^= *c == '"';
            *c == delimiter && !quoted
        })
        .count()
}

/// The rows that are not blank, and the row whose quotation is never closed.
fn rows(text: &str, delimiter: char) -> (Vec<RawRow>, Option<u32>) {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut rows = Vec::new();
    let mut ends_in_fields = 0;
    let mut last = (1, 0);
    // The reader cannot fail: the bytes are text in memory and rows may differ in length.
    while reader.read_record(&mut record).unwrap_or(false) {
        let inside: u64 = record
            .iter()
            .map(|field| field.matches('\n').count() as u64)
            .sum();
        ends_in_fields += inside;
        // A spreadsheet shows a record as one row, however many lines its fields span.
        let number = reader.position().line() - 1 - ends_in_fields;
        last = (number, inside);
        if let Some(row) = row(u32::try_from(number).unwrap_or(u32::MAX), &record) {
            rows.push(row);
        }
    }
    let (number, inside) = last;
    let is_open = inside > 0 && text.matches('"').count() % 2 == 1;
    let open_quote_row = is_open.then(|| u32::try_from(number).unwrap_or(u32::MAX));
    (rows, open_quote_row)
}

fn row(number: u32, record: &csv::StringRecord) -> Option<RawRow> {
    let cells: Vec<(u32, Raw)> = (1..)
        .zip(record)
        .filter_map(|(column, field)| Some((column, Raw::from_text(field)?)))
        .collect();
    (!cells.is_empty()).then_some(RawRow { number, cells })
}
