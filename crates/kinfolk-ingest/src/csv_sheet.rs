//! Delimited text to a sheet: encoding and delimiter are found out, rows are counted as a
//! spreadsheet counts them.

use std::borrow::Cow;
use std::sync::Arc;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::raw_rows::RawRows;
use crate::sheet::{Format, Sheet, Visibility};
use crate::text_rows::TextRows;

/// How many lines are looked at to find the delimiter.
const LINES_TO_SNIFF: usize = 20;
const UTF_8_MARK: &[u8] = b"\xef\xbb\xbf";
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
pub(crate) fn read_text(file: &str, bytes: Vec<u8>) -> Result<ReadText, NotText> {
    let (text, decoding) = into_text(bytes)?;
    let text = with_plain_lines(text);
    let delimiter = u8::try_from(delimiter(&text)).unwrap_or(b',');
    let rows = TextRows::new(text, delimiter);
    Ok(ReadText {
        decoding,
        open_quote_row: rows.open_quote_row,
        sheet: Sheet {
            file: file.to_owned(),
            name: None,
            format: Format::Delimited,
            visibility: Visibility::Visible,
            rows: RawRows::Text(Arc::new(rows)),
        },
    })
}

/// As [`decode`]; plain UTF-8, which may be long, is not copied.
fn into_text(mut bytes: Vec<u8>) -> Result<(String, Decoding), NotText> {
    if bytes.starts_with(UTF_8_MARK) && std::str::from_utf8(&bytes).is_ok() {
        bytes.drain(..UTF_8_MARK.len());
        return String::from_utf8(bytes)
            .map(|text| (text, Decoding::Certain))
            .map_err(|_| NotText::Binary);
    }
    let (text, decoding) = decode(&bytes)?;
    match text {
        Cow::Owned(text) => Ok((text, decoding)),
        Cow::Borrowed(_) => Ok((String::from_utf8(bytes).unwrap_or_default(), decoding)),
    }
}

/// Bytes as text, in the encoding that they show.
pub(crate) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Decoding), NotText> {
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
            return Ok((text, decoding));
        }
    }
    if bytes.contains(&0) {
        return Err(NotText::Binary);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(text), Decoding::Certain)),
        Err(_) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            Ok((text, Decoding::Guessed))
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

/// Every line end as `\n`.
fn with_plain_lines(text: String) -> String {
    if !text.contains('\r') {
        return text;
    }
    let mut bytes = text.into_bytes();
    let mut n_kept = 0;
    for at in 0..bytes.len() {
        let byte = bytes[at];
        if byte == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
            continue;
        }
        bytes[n_kept] = if byte == b'\r' { b'\n' } else { byte };
        n_kept += 1;
    }
    bytes.truncate(n_kept);
    // One line end stands for another, so that the text is as sound as it was.
    String::from_utf8(bytes).unwrap_or_default()
}

/// The delimiter that gives the most lines the same, largest number of fields.
pub(crate) fn delimiter(text: &str) -> char {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sheet::Raw;

    /// Cells as `row:column=text`, in order.
    fn cells(bytes: &[u8]) -> String {
        let read = read_text("file.csv", bytes.to_vec()).ok().unwrap();
        let rows = read.sheet.rows.head(usize::MAX);
        let cells = rows.iter().flat_map(|row| {
            let cell =
                |(column, raw): &(u32, Raw)| format!("{}:{column}={}", row.number, raw.shown());
            row.cells.iter().map(cell).collect::<Vec<_>>()
        });
        cells.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn delimiters_are_found_out() {
        for text in ["a,b\n1,2", "a;b\n1;2", "a\tb\n1\t2", "a|b\n1|2"] {
            assert_eq!(cells(text.as_bytes()), "1:1=a 1:2=b 2:1=1 2:2=2", "{text}");
        }
        let remarks = "a;b;c\n1;2;one, two, three\n1;2;four";
        assert_eq!(
            cells(remarks.as_bytes()),
            "1:1=a 1:2=b 1:3=c 2:1=1 2:2=2 2:3=one, two, three 3:1=1 3:2=2 3:3=four"
        );
        assert_eq!(cells(b"a\n1\n"), "1:1=a 2:1=1");
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        for end in ["\n", "\r\n", "\r"] {
            let lines = ["a,b", "", "1,\"x", "y\"", "\"z\",", ",,", "2,", ""];
            let text = lines.join(end);
            assert_eq!(
                cells(text.as_bytes()),
                "1:1=a 1:2=b 3:1=1 3:2=x\ny 4:1=z 6:1=2"
            );
        }
    }

    #[test]
    fn encodings_are_found_out() {
        let expected = "1:1=é 1:2=b";
        assert_eq!(cells("é,b".as_bytes()), expected);
        assert_eq!(cells("\u{feff}é,b".as_bytes()), expected);
        assert_eq!(cells(b"\xe9,b"), expected);
        let utf_16: Vec<u16> = "\u{feff}é,b\r\n".encode_utf16().collect();
        let little: Vec<u8> = utf_16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = utf_16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        assert_eq!(cells(&little), expected);
        assert_eq!(cells(&big), expected);
    }

    #[test]
    fn other_files_are_told_from_text() {
        assert_eq!(decode(b"a\0b").err(), Some(NotText::Binary));
        for bytes in [&b"PK\x03\x04"[..], b"%PDF-1.7", b"\xd0\xcf\x11\xe0"] {
            assert!(matches!(decode(bytes), Err(NotText::OtherKind(_))));
        }
    }

    #[test]
    fn an_open_quotation_is_told_at_its_row() {
        let row = |text: &str| read_text("f.csv", text.into()).ok().unwrap().open_quote_row;
        assert_eq!(row("a,b\n1,\"x\n2,y\n3,z"), Some(2));
        assert_eq!(row("a,b\n1,\"x\n2,y\"\n3,z"), None);
        assert_eq!(row("a,b\n1,5\" tall\n"), None);
        assert_eq!(row("a\u{2},b\n\u{2}\n1,2"), None);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_stop(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read_text("f.csv", bytes);
        }

        #[test]
        fn no_text_makes_it_stop(text in "[a,;\t\"\r\n\u{feff}1é#]{0,60}") {
            let read = read_text("f.csv", text.into()).ok();
            let rows = read.map(|read| read.sheet.rows.head(usize::MAX)).unwrap_or_default();
            prop_assert!(rows.iter().all(|row| row.number >= 1));
            prop_assert!(rows.is_sorted_by(|one, next| one.number < next.number));
        }

        #[test]
        fn what_a_writer_writes_comes_back(
            fields in proptest::collection::vec(proptest::collection::vec("[a-z,;\"\n ]{1,8}[a-z]", 3), 1..8)
        ) {
            // In quotation marks, so that no semicolon can be taken for what stands between cells.
            let mut writer = csv::WriterBuilder::new()
                .quote_style(csv::QuoteStyle::Always)
                .from_writer(Vec::new());
            writer.write_record(["one", "two", "three"]).unwrap();
            for record in &fields {
                writer.write_record(record).unwrap();
            }
            let read = read_text("f.csv", writer.into_inner().unwrap()).ok().unwrap();
            let rows = read.sheet.rows.head(usize::MAX);
            prop_assert_eq!(rows.len(), fields.len() + 1);
            for (at, (row, record)) in rows.iter().skip(1).zip(&fields).enumerate() {
                prop_assert_eq!(row.number as usize, at + 2);
                let shown: Vec<String> = row.cells.iter().map(|(_, raw)| raw.shown()).collect();
                let written: Vec<String> = record.iter().map(|field| field.trim().to_owned()).collect();
                prop_assert_eq!(shown, written);
            }
        }
    }
}
