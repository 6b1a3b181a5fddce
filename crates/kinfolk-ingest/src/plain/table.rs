//! A whole plain table in memory: columns by name and by type.

use std::borrow::Cow;
use std::io::Read;
use std::ops::RangeInclusive;
use std::path::Path;

use jiff::civil::Date;
use kinfolk_model::{Code, parse_code};
use rayon::prelude::*;

use super::block::{BAD_CELLS_SHOWN, Block, BlockColumns, Kind, Selection};
use super::{BadCell, Header, PlainError, PlainReader};
use crate::cell::{ReadInteger, date_in_full, integer};
use crate::sheet::Raw;

/// A plain table.
pub struct PlainTable {
    header: Header,
    parts: Vec<(Block, BlockColumns)>,
}

/// One column of a plain table. Its cells are read when they are asked for; what a cell does not say
/// is an error that names it.
#[derive(Clone, Copy)]
pub struct PlainColumn<'t> {
    table: &'t PlainTable,
    place: usize,
}

impl PlainTable {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// [`PlainError`] when it cannot be read, is no text, holds nothing, or a row is too long.
    pub fn open(path: &Path) -> Result<Self, PlainError> {
        Self::of(PlainReader::open(path)?)
    }

    /// Reads a table that comes from somewhere else, under a name for messages.
    ///
    /// # Errors
    ///
    /// As [`PlainTable::open`].
    pub fn read(path: &Path, input: Box<dyn Read + Send>) -> Result<Self, PlainError> {
        Self::of(PlainReader::new(path, input)?)
    }

    /// Reads all that an opened table holds.
    ///
    /// # Errors
    ///
    /// As [`PlainTable::open`].
    pub fn of(mut reader: PlainReader) -> Result<Self, PlainError> {
        let header = reader.header().clone();
        let all = (0..header.len()).fold(Selection::new(), |all, at| all.and(at, Kind::Text));
        let mut blocks = Vec::new();
        while let Some(block) = reader.next_block()? {
            blocks.push(block);
        }
        let parts = blocks.into_par_iter().map(|block| {
            let columns = block.read(&header, &all)?;
            Ok((block, columns))
        });
        let parts = parts.collect::<Result<_, PlainError>>()?;
        Ok(Self { header, parts })
    }

    /// The names of the columns.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// How many rows there are, without blank ones.
    pub fn n_rows(&self) -> usize {
        self.parts.iter().map(|(_, part)| part.records.len()).sum()
    }

    /// A column by its name.
    ///
    /// # Errors
    ///
    /// [`PlainError::ColumnsMissing`] or [`PlainError::ColumnTwice`].
    pub fn column(&self, name: &str) -> Result<PlainColumn<'_>, PlainError> {
        let found = self.find(name)?;
        found.ok_or_else(|| self.header.lacks(vec![name.to_owned()]))
    }

    /// A column by its name, if it is there.
    ///
    /// # Errors
    ///
    /// [`PlainError::ColumnTwice`].
    pub fn find(&self, name: &str) -> Result<Option<PlainColumn<'_>>, PlainError> {
        let place = self.header.find(name)?;
        Ok(place.map(|place| PlainColumn { table: self, place }))
    }

    /// All columns, in the order of the file.
    pub fn columns(&self) -> impl Iterator<Item = PlainColumn<'_>> {
        (0..self.header.len()).map(|place| PlainColumn { table: self, place })
    }
}

impl<'t> PlainColumn<'t> {
    /// The header as the file writes it.
    pub fn name(self) -> &'t str {
        &self.table.header.names()[self.place]
    }

    /// The cells as text, trimmed, in the order of the rows; `None` where missing.
    pub fn texts(self) -> impl Iterator<Item = Option<Cow<'t, str>>> {
        let parts = self.table.parts.iter();
        parts.flat_map(move |(block, columns)| block.texts(columns, self.place))
    }

    /// The rows, from 1, as a spreadsheet counts.
    pub(super) fn rows(self) -> impl Iterator<Item = u64> {
        let parts = self.table.parts.iter();
        parts.flat_map(|(_, columns)| columns.records.iter().map(|record| record.row))
    }

    /// The cells as text, none of them missing.
    ///
    /// # Errors
    ///
    /// [`PlainError::BadCells`] naming the blank ones.
    pub fn required_texts(self) -> Result<Vec<Cow<'t, str>>, PlainError> {
        self.read_all("a value", |text| text)
    }

    /// Whole numbers in a range.
    ///
    /// # Errors
    ///
    /// [`PlainError::BadCells`] naming the cells that say something else.
    pub fn whole_numbers(self, range: RangeInclusive<i64>) -> Result<Vec<Option<i64>>, PlainError> {
        let expected = match (*range.start(), *range.end()) {
            (i64::MIN, i64::MAX) => "a whole number".to_owned(),
            (low, i64::MAX) => format!("a whole number from {low}"),
            (low, high) => format!("a whole number from {low} to {high}"),
        };
        self.read_each(&expected, |text| {
            let value = integer(&Raw::from_text(text)?).ok().map(ReadInteger::value);
            value.filter(|value| range.contains(value))
        })
    }

    /// Numbers, with a point before decimals.
    ///
    /// # Errors
    ///
    /// As [`PlainColumn::whole_numbers`].
    pub fn numbers(self) -> Result<Vec<Option<f64>>, PlainError> {
        self.read_each("a number", number)
    }

    /// Days: 2025-03-31, 31/03/2025 or 31 March 2025; never month before day.
    ///
    /// # Errors
    ///
    /// As [`PlainColumn::whole_numbers`].
    pub fn dates(self) -> Result<Vec<Option<Date>>, PlainError> {
        self.read_each(DATE, date_in_full)
    }

    /// Days, none of them missing.
    ///
    /// # Errors
    ///
    /// As [`PlainColumn::whole_numbers`].
    pub fn required_dates(self) -> Result<Vec<Date>, PlainError> {
        self.read_all(DATE, |text| date_in_full(&text?))
    }

    /// Members of a code list, by code, label or alias.
    ///
    /// # Errors
    ///
    /// As [`PlainColumn::whole_numbers`].
    pub fn codes<C: Code>(self) -> Result<Vec<Option<C>>, PlainError> {
        self.read_each(&codes_of::<C>(), |text| parse_code(text).ok())
    }

    /// Members of a code list, none of them missing: where a cell is blank, the one that was stated
    /// for the whole table. A cell that says otherwise than what was stated is one that cannot be
    /// used.
    ///
    /// # Errors
    ///
    /// As [`PlainColumn::whole_numbers`].
    pub fn required_codes<C: Code>(self, stated: Option<C>) -> Result<Vec<C>, PlainError> {
        self.read_all(&expected_code(stated), |text| match text {
            None => stated,
            Some(text) => {
                let code = parse_code(&text).ok()?;
                let agrees = stated.is_none_or(|stated| stated == code);
                agrees.then_some(code)
            }
        })
    }

    /// Cells that `read` understands, none of them missing; `expected` says what they may be.
    ///
    /// # Errors
    ///
    /// As [`PlainColumn::whole_numbers`].
    pub fn required<T>(
        self,
        expected: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, PlainError> {
        self.read_all(expected, |text| read(&text?))
    }

    /// Cells that `read` understands; `expected` says what they may be.
    ///
    /// # Errors
    ///
    /// As [`PlainColumn::whole_numbers`].
    pub fn optional<T>(
        self,
        expected: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<Option<T>>, PlainError> {
        self.read_each(expected, read)
    }

    /// The file that the column is of.
    pub(super) fn file(self) -> &'t str {
        self.table.header.file()
    }

    fn read_each<T>(
        self,
        expected: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<Option<T>>, PlainError> {
        self.read_all(expected, |text| match text {
            Some(text) => read(&text).map(Some),
            None => Some(None),
        })
    }

    /// Reads every cell; those that give `None` are gathered in the error.
    fn read_all<T>(
        self,
        expected: &str,
        read: impl Fn(Option<Cow<'t, str>>) -> Option<T>,
    ) -> Result<Vec<T>, PlainError> {
        let mut values = Vec::with_capacity(self.table.n_rows());
        let (mut cells, mut n_cells) = (Vec::new(), 0);
        for (row, text) in self.rows().zip(self.texts()) {
            // A cell as the file has it costs nothing to keep.
            let value = text.clone();
            match read(text) {
                Some(read) => values.push(read),
                None => {
                    n_cells += 1;
                    if cells.len() < BAD_CELLS_SHOWN {
                        cells.push(BadCell {
                            row,
                            column: self.name().to_owned(),
                            value: value.unwrap_or_default().into_owned(),
                            expected: expected.to_owned(),
                        });
                    }
                }
            }
        }
        if n_cells == 0 {
            return Ok(values);
        }
        let file = self.table.header.file().to_owned();
        Err(PlainError::BadCells {
            file,
            cells,
            n_cells,
        })
    }
}

/// A finite number in digits, with a point before decimals.
pub(super) fn number(text: &str) -> Option<f64> {
    let is_plain = text
        .bytes()
        .all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    text.parse::<f64>()
        .ok()
        .filter(|value| is_plain && value.is_finite())
}

const DATE: &str = "a day such as 2025-03-31 or 31/03/2025";

/// What a cell with a code may say, where one may have been stated for the whole table.
pub fn expected_code<C: Code>(stated: Option<C>) -> String {
    match stated {
        Some(stated) => format!("{}, as was stated for the whole table", stated.code()),
        None => codes_of::<C>(),
    }
}

/// `parent_carer, teacher or self`.
fn codes_of<C: Code>() -> String {
    let codes: Vec<&str> = C::ALL.iter().map(|code| code.code()).collect();
    match codes.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => codes.concat(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kinfolk_model::Informant;

    use super::*;

    fn table(text: &str) -> PlainTable {
        let input = std::io::Cursor::new(text.to_owned().into_bytes());
        PlainTable::read(Path::new("f.csv"), Box::new(input)).unwrap()
    }

    #[test]
    fn columns_are_read_by_name_and_type() {
        let table = table(
            "Child ID,date,n,x,informant\n\
             C1,2025-03-31,3,-0.5,teacher\n\n\
             C2,31/03/2025,\"1,200\",1e-3,Carer\n\
             C3,NA,.,,\n ,,,,\n",
        );
        assert_eq!(table.n_rows(), 3);
        let column = |name| table.column(name).unwrap();
        let ids: Vec<_> = column("child_id").required_texts().unwrap();
        assert_eq!(ids, ["C1", "C2", "C3"]);
        let day = Some(date(2025, 3, 31));
        assert_eq!(column("DATE").dates().unwrap(), [day, day, None]);
        assert_eq!(
            column("n").whole_numbers(0..=i64::MAX).unwrap(),
            [Some(3), Some(1200), None]
        );
        assert_eq!(
            column("x").numbers().unwrap(),
            [Some(-0.5), Some(0.001), None]
        );
        assert_eq!(
            column("informant").codes::<Informant>().unwrap(),
            [Some(Informant::Teacher), Some(Informant::ParentCarer), None]
        );
        assert!(table.find("arm").unwrap().is_none());
    }

    #[test]
    fn bad_cells_are_named_with_what_they_should_say() {
        let table = table("id,n,date\na,1,2025-01-01\n,x,01/13/2025\nb,99,\n");
        let check = |error: PlainError, expected: &str| assert_eq!(error.to_string(), expected);
        let column = |name| table.column(name).unwrap();
        check(
            column("id").required_texts().unwrap_err(),
            "`f.csv`: row 3, column id: blank; expected a value",
        );
        check(
            column("n").whole_numbers(0..=40).unwrap_err(),
            "`f.csv`: 2 cells cannot be used:\n  \
             row 3, column n: `x`; expected a whole number from 0 to 40\n  \
             row 4, column n: `99`; expected a whole number from 0 to 40",
        );
        check(
            column("date").dates().unwrap_err(),
            "`f.csv`: row 3, column date: `01/13/2025`; expected a day such as 2025-03-31 or 31/03/2025",
        );
        check(
            column("id").codes::<Informant>().unwrap_err(),
            "`f.csv`: 2 cells cannot be used:\n  \
             row 2, column id: `a`; expected parent_carer, teacher or self\n  \
             row 4, column id: `b`; expected parent_carer, teacher or self",
        );
        check(
            table.column("arm").err().unwrap(),
            "`f.csv` has no column arm; it has id, n, date",
        );
        check(
            column("id")
                .required_codes(Some(Informant::Teacher))
                .unwrap_err(),
            "`f.csv`: 2 cells cannot be used:\n  \
             row 2, column id: `a`; expected teacher, as was stated for the whole table\n  \
             row 4, column id: `b`; expected teacher, as was stated for the whole table",
        );
        assert!(column("n").numbers().unwrap_err().is_data());
    }
}
