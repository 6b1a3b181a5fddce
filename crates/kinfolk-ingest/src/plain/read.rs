//! A file in blocks.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::block::Block;
use super::cells::split;
use super::source::{Source, as_text, cut};
use super::{Header, PlainError};
use crate::csv_sheet::{delimiter, other_kind};

/// What a file is that holds a zero.
const BINARY: &str = "bytes that no text holds";
/// How much of a file is looked at to find the delimiter.
const BYTES_TO_SNIFF: usize = 1 << 16;
/// A record longer than this is taken for a quotation that nothing closes.
const LONGEST_RECORD: usize = 1 << 26;

/// A plain table being read.
pub struct PlainReader {
    header: Header,
    delimiter: u8,
    source: Source,
    path: PathBuf,
    pending: Vec<u8>,
    next_row: u64,
    n_unnamed: usize,
}

impl PlainReader {
    /// Opens a file and reads its header.
    ///
    /// # Errors
    ///
    /// [`PlainError`] when it cannot be read, is no text or holds nothing.
    pub fn open(path: &Path) -> Result<Self, PlainError> {
        let file = File::open(path).map_err(|source| unreadable(path, source))?;
        Self::new(path, Box::new(file))
    }

    /// Reads the header of a table that comes from somewhere else, under a name for messages.
    ///
    /// # Errors
    ///
    /// As [`PlainReader::open`].
    pub fn new(path: &Path, input: Box<dyn Read + Send>) -> Result<Self, PlainError> {
        let name = path.display().to_string();
        let (source, pending) = Source::new(input).map_err(|source| unreadable(path, source))?;
        if let Some(kind) = kind_of_no_text(&pending) {
            return Err(PlainError::NotText { file: name, kind });
        }
        let delimiter = delimiter_of(&pending);
        let mut reader = Self {
            header: Header::new(&name, Vec::new()),
            delimiter,
            source,
            path: path.to_owned(),
            pending,
            next_row: 1,
            n_unnamed: 0,
        };
        reader.read_header()?;
        Ok(reader)
    }

    /// The names of the columns.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// What stands between cells: a comma, a semicolon, a tab or a bar.
    pub fn delimiter(&self) -> char {
        char::from(self.delimiter)
    }

    /// How many headers without a name stand behind the last that has one.
    pub(crate) fn n_unnamed(&self) -> usize {
        self.n_unnamed
    }

    /// The encoding, where the file begins with a mark of it: UTF-16, or UTF-8 with a byte order mark.
    pub(crate) fn marked_encoding(&self) -> Option<&'static str> {
        self.source.marked_encoding()
    }

    /// The next whole records, about four million bytes of them; `None` at the end.
    ///
    /// # Errors
    ///
    /// [`PlainError::Unreadable`], or [`PlainError::OpenQuote`] when a quotation never closes.
    pub fn next_block(&mut self) -> Result<Option<Block>, PlainError> {
        loop {
            let has_more = self
                .source
                .read_more(&mut self.pending)
                .map_err(|source| unreadable(&self.path, source))?;
            if !has_more {
                return self.last_block();
            }
            let cut = cut(&self.pending, self.delimiter);
            if cut.end > 0 {
                let rest = self.pending.split_off(cut.end);
                return Ok(Some(self.block(rest, cut.n_records)));
            }
            if self.pending.len() > LONGEST_RECORD {
                return Err(self.open_quote(cut.n_records));
            }
        }
    }

    fn last_block(&mut self) -> Result<Option<Block>, PlainError> {
        if self.pending.is_empty() {
            return Ok(None);
        }
        let cut = cut(&self.pending, self.delimiter);
        if cut.is_open {
            return Err(self.open_quote(cut.n_records));
        }
        Ok(Some(self.block(Vec::new(), cut.n_records + 1)))
    }

    fn open_quote(&self, n_records_before: u64) -> PlainError {
        PlainError::OpenQuote {
            file: self.header.file().to_owned(),
            row: self.next_row + n_records_before,
        }
    }

    /// What is pending as a block, and `rest` pending.
    fn block(&mut self, rest: Vec<u8>, n_records: u64) -> Block {
        let bytes = std::mem::replace(&mut self.pending, rest);
        let first_row = self.next_row;
        self.next_row += n_records;
        Block {
            text: as_text(bytes),
            delimiter: self.delimiter,
            first_row,
            n_records,
        }
    }

    /// Takes the first record that is not blank for the header.
    fn read_header(&mut self) -> Result<(), PlainError> {
        let mut cells = Vec::new();
        let mut start = 0;
        while start < self.pending.len() {
            let end = split(&self.pending, start, self.delimiter, &mut cells);
            let (names, n_unnamed) = self.names(self.pending[start..end].to_vec());
            self.next_row += 1;
            start = end + 1;
            if !names.is_empty() {
                self.header = Header::new(self.header.file(), names);
                self.n_unnamed = n_unnamed;
                self.pending.drain(..start.min(self.pending.len()));
                return Ok(());
            }
        }
        Err(PlainError::Empty {
            file: self.header.file().to_owned(),
        })
    }

    /// The cells of a line, trimmed, without those at its end that are blank, and how many these are.
    fn names(&self, line: Vec<u8>) -> (Vec<String>, usize) {
        let line = Block {
            text: as_text(line),
            delimiter: self.delimiter,
            first_row: self.next_row,
            n_records: 1,
        };
        let cells = line.cells_from(0);
        let mut names: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        let n_unnamed = cells.len() - names.len();
        (names, n_unnamed)
    }
}

fn unreadable(path: &Path, source: std::io::Error) -> PlainError {
    PlainError::Unreadable {
        path: path.to_owned(),
        source,
    }
}

fn kind_of_no_text(beginning: &[u8]) -> Option<&'static str> {
    other_kind(beginning).or_else(|| beginning.contains(&0).then_some(BINARY))
}

fn delimiter_of(beginning: &[u8]) -> u8 {
    let sample = beginning.len().min(BYTES_TO_SNIFF);
    let found = delimiter(&as_text(beginning[..sample].to_vec()));
    u8::try_from(found).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Kind, Selection};
    use super::*;

    fn reader(bytes: &[u8]) -> Result<PlainReader, PlainError> {
        let input = std::io::Cursor::new(bytes.to_vec());
        PlainReader::new(Path::new("f.csv"), Box::new(input))
    }

    /// Headers, then the cells of the rows with their numbers.
    fn shown(bytes: &[u8]) -> String {
        let mut reader = reader(bytes).unwrap();
        let mut text = reader.header().names().join("|");
        while let Some(block) = reader.next_block().unwrap() {
            let columns = block.read(reader.header(), &Selection::new()).unwrap();
            for record in columns.records {
                text.push_str(&format!(
                    " {}:{}",
                    record.row,
                    block.cells(record).join("|")
                ));
            }
        }
        text
    }

    #[test]
    fn tables_are_read_whatever_wrote_them() {
        for text in [
            "a,b\n1,2\n",
            "a;b\r\n1;2",
            "\u{feff}a\tb\r1\t2\r",
            "\n\na|b\n1|2",
        ] {
            let row = if text.starts_with('\n') { 4 } else { 2 };
            assert_eq!(shown(text.as_bytes()), format!("a|b {row}:1|2"), "{text:?}");
        }
        let utf_16: Vec<u16> = "\u{feff}é,b\n1,2".encode_utf16().collect();
        let little: Vec<u8> = utf_16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        assert_eq!(shown(&little), "é|b 2:1|2");
        assert_eq!(shown(b"\xe9,b\n1,\xe8"), "é|b 2:1|è");
        assert_eq!(shown(b"\"a\",\"b,c\",,\n1,2,,\n"), "a|b,c 2:1|2||");
        assert_eq!(shown(b"a\n"), "a");
    }

    #[test]
    fn long_files_come_in_blocks_that_count_on() {
        let mut text = "id,words\n".to_owned();
        for row in 0..400_000 {
            text.push_str(&format!("{row},\"two\nlines of words\"\n"));
        }
        let mut reader = reader(text.as_bytes()).unwrap();
        let wanted = Selection::new().and(0, Kind::Text);
        let (mut n_blocks, mut expected) = (0, 0u64);
        while let Some(block) = reader.next_block().unwrap() {
            let columns = block.read(reader.header(), &wanted).unwrap();
            for (record, id) in columns.records.iter().zip(block.texts(&columns, 0)) {
                assert_eq!(record.row, expected + 2);
                assert_eq!(id.unwrap(), expected.to_string());
                expected += 1;
            }
            n_blocks += 1;
        }
        assert_eq!(expected, 400_000);
        assert!(n_blocks > 1, "{n_blocks}");
    }

    #[test]
    fn what_is_no_table_is_told() {
        let check = |bytes: &[u8], expected: &str| {
            let error = reader(bytes).err().unwrap();
            assert_eq!(error.to_string(), expected);
        };
        let empty = "`f.csv` is empty; its first row should name the columns";
        for bytes in [&b""[..], b"\n\n", b"\xef\xbb\xbf", b" , ,\n"] {
            check(bytes, empty);
        }
        check(
            b"PK\x03\x04",
            "`f.csv` is no table in plain text, but a workbook or a zip archive",
        );
        check(
            b"a\0b",
            "`f.csv` is no table in plain text, but bytes that no text holds",
        );
    }

    #[test]
    fn an_open_quotation_is_told_at_its_row() {
        let mut reader = reader(b"a,b\n1,2\n3,\"x\n4,5\n").unwrap();
        let error = reader.next_block().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`f.csv`, row 3: a quotation mark opens here that nothing closes"
        );
    }

    #[test]
    fn a_file_that_is_not_there_is_told() {
        let error = PlainReader::open(Path::new("no such file.csv"))
            .err()
            .unwrap();
        assert_eq!(error.to_string(), "`no such file.csv` cannot be read");
    }

    proptest! {
        #[test]
        fn what_a_writer_writes_comes_back(
            rows in prop::collection::vec(prop::array::uniform3("[a-z,;\"\r\n =]{0,8}[a-z]"), 0..12)
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["one", "two", "three"]).unwrap();
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let bytes = writer.into_inner().unwrap();
            let mut reader = reader(&bytes).unwrap();
            let mut found = Vec::new();
            while let Some(block) = reader.next_block().unwrap() {
                let columns = block.read(reader.header(), &Selection::new()).unwrap();
                for (at, record) in (2..).zip(&columns.records) {
                    prop_assert_eq!(record.row, at);
                    prop_assert!(record.is_whole);
                    found.push(block.cells(*record).join("|"));
                }
            }
            let expected: Vec<String> = rows.iter().map(|row| row.join("|")).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn no_bytes_make_it_stop(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(mut reader) = reader(&bytes) {
                while let Ok(Some(block)) = reader.next_block() {
                    let _ = block.read(reader.header(), &Selection::new().and(0, Kind::Answer(2)));
                }
            }
        }
    }
}
