//! Records of a block of text, and the columns that are wanted from them.

use std::borrow::Cow;

use super::cells::{Span, said, split, unquoted};
use super::records::Records;
use super::{BadCell, Header, PlainError};
use crate::cell::integer;
use crate::no_answer::is_sdq_no_answer;
use crate::sheet::Raw;

/// Stands in a column of digits where the cell is missing.
pub const MISSING_DIGIT: u8 = u8::MAX;
/// How many bad cells are kept to be shown.
pub(super) const BAD_CELLS_SHOWN: usize = 10;

/// Whole records of a file, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub(super) text: String,
    pub(super) delimiter: u8,
    /// The row of the first record, from 1.
    pub(super) first_row: u64,
    /// How many records there are, blank ones included.
    pub(super) n_records: u64,
}

/// What is wanted from a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An answer to the SDQ: a digit from 0 to the one given. A code of another system for no answer,
    /// such as 9, is missing.
    Answer(u8),
    /// The cell as text.
    Text,
}

/// Which columns are wanted: each by its place from 0 and as what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    columns: Vec<(usize, Kind)>,
}

impl Selection {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One more column; the first of its kind is number 0, the next number 1.
    #[must_use]
    pub fn and(mut self, place: usize, kind: Kind) -> Self {
        self.columns.push((place, kind));
        self
    }

    /// The columns in which a formula may be: those that are not read as digits.
    fn others(&self, n_columns: usize) -> Vec<usize> {
        let is_digit = |place: usize| {
            let mut columns = self.columns.iter();
            columns.any(|(at, kind)| *at == place && matches!(kind, Kind::Answer(_)))
        };
        (0..n_columns).filter(|&place| !is_digit(place)).collect()
    }

    fn n_digits(&self) -> usize {
        let is_digit = |(_, kind): &&(usize, Kind)| matches!(kind, Kind::Answer(_));
        self.columns.iter().filter(is_digit).count()
    }
}

/// A record that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    start: u32,
    end: u32,
    /// The row, from 1, as a spreadsheet counts.
    pub row: u64,
    /// Whether it has as many cells as there are headers.
    pub is_whole: bool,
    /// Whether a cell, other than one read as a digit, begins as a formula does in a spreadsheet.
    pub may_be_formula: bool,
}

/// The wanted columns of a block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BlockColumns {
    /// The records.
    pub records: Vec<Record>,
    /// The columns of digits in the order of the selection; [`MISSING_DIGIT`] where missing.
    pub digits: Vec<Vec<u8>>,
    /// How many cells of these hold a code for no answer.
    pub n_no_answer_codes: usize,
    texts: Vec<Vec<Span>>,
    /// The first cells that do not say what they should.
    pub bad_cells: Vec<BadCell>,
    /// How many cells do not say what they should.
    pub n_bad_cells: usize,
}

impl Block {
    /// How long its text is.
    pub(crate) fn n_bytes(&self) -> usize {
        self.text.len()
    }

    /// Reads the wanted columns.
    ///
    /// # Errors
    ///
    /// [`PlainError::LongRow`] when a row has cells beyond the last header.
    pub fn read(&self, header: &Header, wanted: &Selection) -> Result<BlockColumns, PlainError> {
        let n_texts = wanted.columns.len() - wanted.n_digits();
        let mut columns = BlockColumns {
            digits: vec![Vec::new(); wanted.n_digits()],
            texts: vec![Vec::new(); n_texts],
            ..BlockColumns::default()
        };
        let others = wanted.others(header.len());
        let mut records = self.records(header);
        while records.advance() {
            let cells = records.cells();
            if records.is_too_long() {
                return Err(PlainError::LongRow {
                    file: header.file().to_owned(),
                    row: records.row(),
                    expected: header.len(),
                    found: cells.len(),
                });
            }
            let (start, end) = records.span();
            columns.records.push(Record {
                start,
                end,
                row: records.row(),
                is_whole: cells.len() == header.len(),
                may_be_formula: others.iter().any(|&place| self.leads(cells, place)),
            });
            self.read_record(header, wanted, cells, &mut columns);
        }
        Ok(columns)
    }

    /// Its records, one after the other.
    pub(crate) fn records(&self, header: &Header) -> Records<'_> {
        Records::of(self, header.len())
    }

    /// A record as the file writes it, without its line end.
    pub fn line(&self, record: Record) -> &str {
        &self.text[record.start as usize..record.end as usize]
    }

    /// The cells of a record, without quotation marks around them.
    pub fn cells(&self, record: Record) -> Vec<Cow<'_, str>> {
        self.cells_from(record.start as usize)
    }

    pub(super) fn cells_from(&self, start: usize) -> Vec<Cow<'_, str>> {
        let mut cells = Vec::new();
        split(self.text.as_bytes(), start, self.delimiter, &mut cells);
        cells.into_iter().map(|cell| self.unquoted(cell)).collect()
    }

    /// The cells of a wanted column of text, trimmed; `None` where missing.
    pub fn texts<'b>(
        &'b self,
        columns: &'b BlockColumns,
        number: usize,
    ) -> impl Iterator<Item = Option<Cow<'b, str>>> {
        columns.texts[number].iter().map(|&cell| self.text(cell))
    }

    fn text(&self, (start, end): Span) -> Option<Cow<'_, str>> {
        said(&self.text[start as usize..end as usize])
    }

    fn read_record(
        &self,
        header: &Header,
        wanted: &Selection,
        cells: &[Span],
        columns: &mut BlockColumns,
    ) {
        let (mut n_digits, mut n_texts) = (0, 0);
        for &(place, kind) in &wanted.columns {
            let cell = cells.get(place).copied().unwrap_or_default();
            match kind {
                Kind::Answer(highest) => {
                    let digit = self.digit(cell, highest);
                    columns.digits[n_digits].push(digit.unwrap_or(MISSING_DIGIT));
                    n_digits += 1;
                    match digit {
                        Some(_) => {}
                        None if self.is_no_answer_code(cell) => columns.n_no_answer_codes += 1,
                        None => {
                            self.note_bad_digit(cell, &header.names()[place], highest, columns);
                        }
                    }
                }
                Kind::Text => {
                    columns.texts[n_texts].push(cell);
                    n_texts += 1;
                }
            }
        }
    }

    /// A digit or [`MISSING_DIGIT`]; `None` where the cell says something else.
    fn digit(&self, (start, end): Span, highest: u8) -> Option<u8> {
        let bytes = &self.text.as_bytes()[start as usize..end as usize];
        let value = match bytes {
            [] => return Some(MISSING_DIGIT),
            [digit] if digit.is_ascii_digit() => digit - b'0',
            _ => return self.digit_from_text((start, end), highest),
        };
        (value <= highest).then_some(value)
    }

    /// A digit in quotation marks, between spaces, or with the decimals that some programs add.
    fn digit_from_text(&self, cell: Span, highest: u8) -> Option<u8> {
        let Some(text) = self.text(cell) else {
            return Some(MISSING_DIGIT);
        };
        let whole = match text.split_once('.') {
            Some((whole, zeros)) if zeros.bytes().all(|b| b == b'0') => whole,
            Some(_) => return None,
            None => &text,
        };
        match whole.as_bytes() {
            [digit] if digit.is_ascii_digit() && digit - b'0' <= highest => Some(digit - b'0'),
            _ => None,
        }
    }

    fn is_no_answer_code(&self, cell: Span) -> bool {
        let value = self
            .text(cell)
            .and_then(|text| integer(&Raw::from_text(&text)?).ok());
        value.is_some_and(|value| is_sdq_no_answer(value.value()))
    }

    fn note_bad_digit(&self, cell: Span, column: &str, highest: u8, columns: &mut BlockColumns) {
        columns.n_bad_cells += 1;
        if columns.bad_cells.len() < BAD_CELLS_SHOWN {
            columns.bad_cells.push(BadCell {
                row: columns.records.last().map_or(0, |record| record.row),
                column: column.to_owned(),
                value: self.unquoted(cell).trim().to_owned(),
                expected: digits_up_to(highest),
            });
        }
    }

    fn leads(&self, cells: &[Span], place: usize) -> bool {
        let Some(&(start, end)) = cells.get(place) else {
            return false;
        };
        let cell = &self.text.as_bytes()[start as usize..end as usize];
        let cell = cell.strip_prefix(b"\"").unwrap_or(cell);
        matches!(
            cell,
            [b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n', ..]
        )
    }

    fn unquoted(&self, (start, end): Span) -> Cow<'_, str> {
        unquoted(&self.text[start as usize..end as usize])
    }
}

/// `0, 1 or 2`.
fn digits_up_to(highest: u8) -> String {
    let digits: Vec<String> = (0..highest).map(|digit| digit.to_string()).collect();
    format!("{} or {highest}", digits.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Block {
        Block {
            text: text.to_owned(),
            delimiter: b',',
            first_row: 2,
            n_records: 0,
        }
    }

    fn header(names: &str) -> Header {
        let names = names.split(',').map(str::to_owned).collect();
        Header::new("f.csv", names)
    }

    fn digits(cell: &str) -> Result<u8, String> {
        let wanted = Selection::new().and(1, Kind::Answer(2));
        let block = block(&format!("x,{cell}\n"));
        let columns = block.read(&header("a,b"), &wanted).unwrap();
        match columns.bad_cells.first() {
            Some(bad) => Err(bad.to_string()),
            None => Ok(columns.digits[0][0]),
        }
    }

    #[test]
    fn digits_are_read_as_programs_write_them() {
        for cell in ["2", " 2 ", "\"2\"", "2.0", "\"2.0\"", "2\r"] {
            assert_eq!(digits(cell), Ok(2), "{cell}");
        }
        for cell in ["", " ", "NA", "\"NA\"", ".", "NaN", "\"\""] {
            assert_eq!(digits(cell), Ok(MISSING_DIGIT), "{cell}");
        }
        for cell in ["9", " 8", "\"99\"", "-9", "9.0"] {
            assert_eq!(digits(cell), Ok(MISSING_DIGIT), "{cell}");
        }
        let bad = |value: &str| Err(format!("row 2, column b: `{value}`; expected 0, 1 or 2"));
        for cell in ["3", "-1", "1.5", "two", "02", "11", "1.", "é"] {
            let expected = if cell == "1." { Ok(1) } else { bad(cell) };
            assert_eq!(digits(cell), expected, "{cell}");
        }
    }

    #[test]
    fn records_are_split_and_counted_as_in_a_spreadsheet() {
        let block = block("1,\"x\ny\"\n\n ,,\n\"a \"\"b\"\"\",2,\n5\" tall\n");
        let wanted = Selection::new().and(0, Kind::Text).and(1, Kind::Text);
        let columns = block.read(&header("a,b"), &wanted).unwrap();
        let rows: Vec<(u64, bool)> = columns
            .records
            .iter()
            .map(|record| (record.row, record.is_whole))
            .collect();
        assert_eq!(rows, [(2, true), (5, false), (6, false)]);
        let texts = |number| {
            let texts = block.texts(&columns, number);
            texts
                .map(|text| text.unwrap_or("-".into()))
                .collect::<Vec<_>>()
                .join("|")
        };
        assert_eq!(texts(0), "1|a \"b\"|5\" tall");
        assert_eq!(texts(1), "x\ny|2|-");
        assert_eq!(block.line(columns.records[1]), "\"a \"\"b\"\"\",2,");
        assert_eq!(block.cells(columns.records[1]), ["a \"b\"", "2", ""]);
    }

    #[test]
    fn cells_that_begin_as_formulas_are_marked() {
        let check = |line: &str, expected: bool| {
            let wanted = Selection::new().and(0, Kind::Answer(9));
            let columns = block(line).read(&header("a,b"), &wanted).unwrap();
            assert_eq!(columns.records[0].may_be_formula, expected, "{line}");
        };
        check("1,x", false);
        check("1,=x", true);
        check("1,\"@x\"", true);
        check("1,x-1", false);
        check("1,-1", true);
        check("1", false);
    }

    #[test]
    fn a_row_longer_than_the_header_is_told() {
        let error = block("1,2\n1,2,3\n").read(&header("a,b"), &Selection::new());
        assert_eq!(
            error.unwrap_err().to_string(),
            "`f.csv`, row 3: 3 cells under 2 headers"
        );
    }

    #[test]
    fn bad_cells_are_counted_beyond_those_shown() {
        let block = block(&"7\n".repeat(30));
        let wanted = Selection::new().and(0, Kind::Answer(2));
        let columns = block.read(&header("a"), &wanted).unwrap();
        assert_eq!((columns.bad_cells.len(), columns.n_bad_cells), (10, 30));
    }
}
