//! Rows of delimited text, which stay text until each is read: a cell costs its bytes, not its type.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

use crate::plain::{Span, record_end, split, unquoted};
use crate::sheet::{Raw, RawRow};

/// One record in so many has its place noted, so that any can be found again without counting.
const STRIDE: usize = 16;
/// How many of these places make a part that is read at one go.
const MARKS_A_PART: usize = 512;

/// Delimited text and where its records stand.
#[derive(Debug, PartialEq)]
pub(crate) struct TextRows {
    text: String,
    delimiter: u8,
    /// The place of every sixteenth record, the first included.
    marks: Vec<Mark>,
    /// The row in which a quotation mark opens that nothing closes.
    pub(crate) open_quote_row: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    start: usize,
    /// From 1, as a spreadsheet counts: a record is one row, however many lines its cells span.
    row: u32,
}

impl TextRows {
    /// Notes where the records of a text stand whose lines end in `\n`.
    pub(crate) fn new(text: String, delimiter: u8) -> Self {
        let mut rows = Self {
            text,
            delimiter,
            marks: Vec::new(),
            open_quote_row: None,
        };
        rows.note_places();
        rows
    }

    fn note_places(&mut self) {
        let text = self.text.as_bytes();
        let line_end =
            |start: usize| memchr(b'\n', &text[start..]).map_or(text.len(), |n| start + n);
        // Without quotation marks, as most files are, a record is a line.
        let is_quoted = memchr(b'"', text).is_some();
        let (mut start, mut n_records) = (0, 0usize);
        while start < text.len() {
            let row = u32::try_from(n_records + 1).unwrap_or(u32::MAX);
            if n_records.is_multiple_of(STRIDE) {
                self.marks.push(Mark { start, row });
            }
            let end = match is_quoted {
                true => record_end(text, start, self.delimiter),
                false => Some(line_end(start)),
            };
            if end.is_none() {
                self.open_quote_row = Some(row);
            }
            start = end.map_or(text.len(), |end| end + 1);
            n_records += 1;
        }
    }

    /// The rows in pieces that can be read side by side, in order.
    pub(crate) fn parts(&self) -> impl Iterator<Item = Range<usize>> {
        let n_marks = self.marks.len();
        let starts = (0..n_marks).step_by(MARKS_A_PART);
        starts.map(move |start| start..(start + MARKS_A_PART).min(n_marks))
    }

    /// How long the text of a piece is.
    pub(crate) fn n_bytes(&self, part: Range<usize>) -> usize {
        let start_of = |at: usize| {
            self.marks
                .get(at)
                .map_or(self.text.len(), |mark| mark.start)
        };
        start_of(part.end) - start_of(part.start)
    }

    /// How many rows there are at most.
    pub(crate) fn n_at_most(&self) -> usize {
        self.marks.len().saturating_mul(STRIDE)
    }

    /// All rows as one piece.
    pub(crate) fn whole(&self) -> Range<usize> {
        0..self.marks.len()
    }

    /// Goes through the rows of a piece that are not blank, until told to stop.
    pub(crate) fn visit(&self, part: Range<usize>, mut visit: impl FnMut(&RawRow) -> bool) {
        let (mut spans, mut row) = (Vec::new(), RawRow::default());
        for at in part {
            let Some((mark, text)) = self.stride(at) else {
                return;
            };
            let (mut start, mut number) = (0, mark.row);
            while start < text.len() {
                start = self.read(text, start, &mut spans, &mut row.cells);
                row.number = number;
                number = number.saturating_add(1);
                if !row.cells.is_empty() && !visit(&row) {
                    return;
                }
            }
        }
    }

    /// Goes through the cells of one column that are not blank, with their rows.
    pub(crate) fn visit_column(
        &self,
        part: Range<usize>,
        column: u32,
        mut visit: impl FnMut(u32, &Raw),
    ) {
        let Some(place) = (column as usize).checked_sub(1) else {
            return;
        };
        let mut spans = Vec::new();
        for (mark, text) in part.filter_map(|at| self.stride(at)) {
            let (mut start, mut number) = (0, mark.row);
            while start < text.len() {
                start = split(text.as_bytes(), start, self.delimiter, &mut spans) + 1;
                if let Some(raw) = spans.get(place).and_then(|&span| cell(text, span)) {
                    visit(number, &raw);
                }
                number = number.saturating_add(1);
            }
        }
    }

    /// A cell that is not blank, wherever it stands.
    pub(crate) fn cell(&self, row: u32, column: u32) -> Option<Raw> {
        let after = self.marks.partition_point(|mark| mark.row <= row);
        let (mark, text) = self.stride(after.checked_sub(1)?)?;
        let mut spans = Vec::new();
        let mut start = 0;
        for _ in mark.row..row {
            start = split(text.as_bytes(), start, self.delimiter, &mut spans) + 1;
        }
        if start >= text.len() {
            return None;
        }
        split(text.as_bytes(), start, self.delimiter, &mut spans);
        cell(text, *spans.get((column as usize).checked_sub(1)?)?)
    }

    /// The records from one noted place to the next.
    fn stride(&self, at: usize) -> Option<(Mark, &str)> {
        let mark = *self.marks.get(at)?;
        let next = self.marks.get(at + 1);
        let end = next.map_or(self.text.len(), |next| next.start);
        Some((mark, self.text.get(mark.start..end)?))
    }

    /// Reads the record that starts there; where the next one does.
    fn read(
        &self,
        text: &str,
        start: usize,
        spans: &mut Vec<Span>,
        cells: &mut Vec<(u32, Raw)>,
    ) -> usize {
        let end = split(text.as_bytes(), start, self.delimiter, spans);
        cells.clear();
        let said = (1..).zip(spans.iter());
        cells.extend(said.filter_map(|(column, &span)| Some((column, cell(text, span)?))));
        end + 1
    }
}

fn cell(text: &str, (start, end): Span) -> Option<Raw> {
    let written = text.get(start as usize..end as usize)?;
    match unquoted(written) {
        Cow::Borrowed(text) => Raw::from_text(text),
        Cow::Owned(text) => Raw::from_text(&text),
    }
}
