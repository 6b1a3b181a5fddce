//! The columns of some rows, as text, and typed values from them.

use std::borrow::Cow;

use jiff::civil::Date;
use kinfolk_model::care::{CodeList, ShortCode};
use smol_str::SmolStr;

use super::gather::Parsed;
use super::notes::Notes;
use super::rules;
use crate::cell::{ReadDate, ReadId, date, identifier, is_digits};
use crate::rules::Rule;
use crate::sheet::Raw;

/// A cell: `None` where it is blank.
pub(super) type CellText<'t> = Option<Cow<'t, str>>;

/// Some rows of a file.
pub(super) trait Rows: Sync {
    /// How many there are.
    fn len(&self) -> usize;
    /// Which row of the file one is, from 1.
    fn number(&self, at: usize) -> u64;
    /// Which have something beyond the last header, ascending.
    fn too_long(&self) -> Vec<usize> {
        Vec::new()
    }
    /// The cells of a column, in the order of the rows.
    fn column(&self, place: usize) -> impl Iterator<Item = CellText<'_>>;
}

/// Rows, with an account of what is found in them.
pub(super) struct Reader<'r, R> {
    pub(super) rows: &'r R,
    pub(super) today: Date,
    pub(super) notes: Notes,
    /// The identifiers of the children, each once for all rows in a row that are about the child.
    pub(super) ids: Vec<SmolStr>,
    /// Which identifier each row has.
    id_of_row: Vec<Option<u32>>,
}

/// A day, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    Blank,
    Unreadable,
    On(Date),
}

impl Day {
    pub(super) fn date(self) -> Option<Date> {
        match self {
            Self::On(date) => Some(date),
            Self::Blank | Self::Unreadable => None,
        }
    }
}

impl<'r, R: Rows> Reader<'r, R> {
    /// Reads the children of the rows first, so that every later fault names its child. A row
    /// without one is named as such and has a blank identifier.
    pub(super) fn new(rows: &'r R, child_column: usize, today: Date) -> Self {
        let mut reader = Self {
            rows,
            today,
            notes: Notes::default(),
            ids: Vec::new(),
            id_of_row: Vec::with_capacity(rows.len()),
        };
        let too_long = rows.too_long();
        for (at, cell) in rows.column(child_column).enumerate() {
            let id = match too_long.binary_search(&at) {
                Ok(_) => reader.too_long(at, cell.as_deref()),
                Err(_) => reader.child(at, child_column, cell.as_deref()),
            };
            let number = id.map(|id| reader.number_of(id));
            reader.id_of_row.push(number);
        }
        reader
    }

    /// A row whose cells have moved belongs to nobody.
    fn too_long(&mut self, at: usize, child: Option<&str>) -> Option<SmolStr> {
        let row = self.rows.number(at);
        self.notes
            .set_aside(&rules::ROW_TOO_LONG, None, row, child, "");
        None
    }

    fn child(&mut self, at: usize, column: usize, cell: Option<&str>) -> Option<SmolStr> {
        // Digits alone, as most identifiers are, need no second look.
        if let Some(digits) = cell.filter(|text| is_digits(text)) {
            return Some(SmolStr::new(digits));
        }
        let row = self.rows.number(at);
        let Some(raw) = cell.and_then(Raw::from_text) else {
            self.notes
                .set_aside(&rules::CHILD_MISSING, Some(column), row, None, "");
            return None;
        };
        match identifier(&raw) {
            ReadId::Certain(id) => Some(SmolStr::new(id)),
            ReadId::Reformatted(id) => {
                self.notes.add(
                    &rules::CHILD_REFORMATTED,
                    Some(column),
                    row,
                    Some(&id),
                    &raw.shown(),
                );
                Some(SmolStr::new(id))
            }
            ReadId::Mangled => {
                self.notes
                    .set_aside(&rules::CHILD_MANGLED, Some(column), row, None, &raw.shown());
                None
            }
        }
    }

    /// The number of an identifier: that of the row before where it is the same.
    fn number_of(&mut self, id: SmolStr) -> u32 {
        if self.ids.last() != Some(&id) {
            self.ids.push(id);
        }
        u32::try_from(self.ids.len() - 1).unwrap_or(u32::MAX)
    }

    /// Whose a row is; `None` where it is nobody's.
    pub(super) fn child_of(&self, at: usize) -> Option<&str> {
        let number = *self.id_of_row.get(at)?;
        self.ids.get(number? as usize).map(SmolStr::as_str)
    }

    /// A column of codes. A code that the list does not know is noted and kept.
    pub(super) fn codes(&mut self, place: Option<usize>, known: Option<Known>) -> Vec<ShortCode> {
        let Some(place) = place else {
            return vec![ShortCode::BLANK; self.rows.len()];
        };
        let rows = self.rows;
        let mut codes = Vec::with_capacity(rows.len());
        let mut memory = CodeMemory::new(known);
        for (at, cell) in rows.column(place).enumerate() {
            let Some(text) = cell.as_deref() else {
                codes.push(ShortCode::BLANK);
                continue;
            };
            let read = memory.read(text);
            if let Some(rule) = read.breaks {
                self.note(rule, place, at, cell.as_deref());
            }
            codes.push(read.code);
        }
        codes
    }

    /// A column of days.
    pub(super) fn days(&mut self, place: Option<usize>) -> Vec<Day> {
        let Some(place) = place else {
            return vec![Day::Blank; self.rows.len()];
        };
        let rows = self.rows;
        let mut days = Vec::with_capacity(rows.len());
        for (at, cell) in rows.column(place).enumerate() {
            let Some(text) = cell.as_deref() else {
                days.push(Day::Blank);
                continue;
            };
            days.push(match day_month_year(text) {
                Some(date) => Day::On(date),
                None => self.doubtful_day(text, place, at),
            });
        }
        days
    }

    fn doubtful_day(&mut self, text: &str, place: usize, at: usize) -> Day {
        match Raw::from_text(text).map(|raw| date(&raw, self.today)) {
            None => Day::Blank,
            Some(None) => Day::Unreadable,
            Some(Some(ReadDate::Certain(date))) => Day::On(date),
            Some(Some(ReadDate::TwoDigitYear(date))) => {
                self.note(&rules::DATE_TWO_DIGITS, place, at, Some(text));
                Day::On(date)
            }
            Some(Some(ReadDate::Serial(date))) => {
                self.note(&rules::DATE_SERIAL, place, at, Some(text));
                Day::On(date)
            }
        }
    }

    /// A record of a row; `None` where the row is nobody's.
    pub(super) fn parsed<T>(&self, at: usize, record: T) -> Option<Parsed<T>> {
        Some(Parsed {
            id: self.id_of_row[at]?,
            at,
            row: u32::try_from(self.rows.number(at)).unwrap_or(u32::MAX),
            record,
        })
    }

    /// Notes something about a cell, unless its row is nobody's and set aside for that.
    pub(super) fn note(
        &mut self,
        rule: &'static Rule,
        place: usize,
        at: usize,
        value: Option<&str>,
    ) {
        let Some(number) = self.id_of_row.get(at).copied().flatten() else {
            return;
        };
        let child = self.ids.get(number as usize).map(SmolStr::as_str);
        let row = self.rows.number(at);
        self.notes
            .add(rule, Some(place), row, child, value.unwrap_or_default());
    }

    /// Notes that a row takes no part.
    pub(super) fn set_aside(&mut self, rule: &'static Rule, place: Option<usize>, at: usize) {
        let number = self.id_of_row.get(at).copied().flatten();
        let child = number.and_then(|number| self.ids.get(number as usize));
        let (row, child) = (self.rows.number(at), child.map(SmolStr::as_str));
        self.notes.set_aside(rule, place, row, child, "");
    }
}

/// The codes that a column may hold, and the rule that any other breaks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) list: &'static CodeList,
    pub(super) rule: &'static Rule,
}

/// A cell of codes as read.
#[derive(Clone, Copy)]
struct ReadCode {
    code: ShortCode,
    /// The rule that the cell breaks.
    breaks: Option<&'static Rule>,
}

/// Reads a column of codes. A column says few things in many rows, so what was read is kept, in the
/// place that its bytes tell, until something else takes that place.
struct CodeMemory {
    known: Option<Known>,
    kept: [Option<(u64, ReadCode)>; 1 << Self::BITS],
}

impl CodeMemory {
    const BITS: u32 = 7;

    fn new(known: Option<Known>) -> Self {
        Self {
            known,
            kept: [None; 1 << Self::BITS],
        }
    }

    fn read(&mut self, text: &str) -> ReadCode {
        let Some(key) = short_key(text) else {
            return self.look_up(text);
        };
        let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - Self::BITS);
        let place = usize::try_from(mixed).unwrap_or_default();
        match self.kept[place] {
            Some((kept, read)) if kept == key => read,
            _ => {
                let read = self.look_up(text);
                self.kept[place] = Some((key, read));
                read
            }
        }
    }

    fn look_up(&self, text: &str) -> ReadCode {
        let Some(code) = code_of(text) else {
            return ReadCode {
                code: ShortCode::BLANK,
                breaks: Some(&rules::CODE_TOO_LONG),
            };
        };
        let breaks = self
            .known
            .filter(|known| !code.is_blank() && known.list.get(code).is_none())
            .map(|known| known.rule);
        ReadCode { code, breaks }
    }
}

/// Up to eight bytes as a number that tells them from all others without a zero.
fn short_key(text: &str) -> Option<u64> {
    let mut bytes = [0; 8];
    bytes
        .get_mut(..text.len())?
        .copy_from_slice(text.as_bytes());
    Some(u64::from_le_bytes(bytes))
}

/// A code in upper case; a whole number that a program wrote with decimals loses them.
fn code_of(text: &str) -> Option<ShortCode> {
    ShortCode::parse(text.strip_suffix(".0").unwrap_or(text))
}

/// `dd/mm/yyyy` or `yyyy-mm-dd`, the two forms in which returns come; everything else takes the
/// longer way.
fn day_month_year(text: &str) -> Option<Date> {
    let number = |bytes: &[u8]| {
        bytes.iter().try_fold(0i16, |sum, byte| {
            byte.is_ascii_digit()
                .then(|| sum * 10 + i16::from(byte - b'0'))
        })
    };
    let date = |year: &[u8], month: &[u8], day: &[u8]| {
        let month = i8::try_from(number(month)?).ok()?;
        let day = i8::try_from(number(day)?).ok()?;
        Date::new(number(year)?, month, day).ok()
    };
    match text.as_bytes() {
        [d1, d2, b'/', m1, m2, b'/', year @ ..] if year.len() == 4 => {
            date(year, &[*m1, *m2], &[*d1, *d2])
        }
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] => {
            date(&[*y1, *y2, *y3, *y4], &[*m1, *m2], &[*d1, *d2])
        }
        _ => None,
    }
    .filter(|date| date.year() > 1900)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_usual_forms_of_a_day_are_read_at_once() {
        let check = |text: &str, expected: Option<&str>| {
            let found = day_month_year(text).map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        };
        check("09/04/2017", Some("2017-04-09"));
        check("2017-04-09", Some("2017-04-09"));
        check("31/02/2017", None);
        check("9/4/2017", None);
        check("09/04/17", None);
        check("01/01/1900", None);
        check("", None);
    }

    #[test]
    fn a_code_is_read_the_same_however_often_it_comes() {
        let mut memory = CodeMemory::new(Some(Known {
            list: &kinfolk_model::care::PLACEMENTS,
            rule: &rules::PLACEMENT_UNKNOWN,
        }));
        let cases = [
            ("U4", "U4", None),
            ("u4 ", "U4", None),
            ("XX", "XX", Some(&rules::PLACEMENT_UNKNOWN)),
            ("much too long", "", Some(&rules::CODE_TOO_LONG)),
        ];
        for (text, code, rule) in cases.iter().chain(&cases).chain(&cases) {
            let read = memory.read(text);
            assert_eq!(read.code.as_str(), *code, "{text}");
            let broken = |rule: &Rule| rule.id;
            assert_eq!(read.breaks.map(broken), rule.map(broken), "{text}");
        }
    }
}
