//! Who the children are: from the header table, and from every table that repeats a date of birth.

use jiff::civil::Date;
use kinfolk_model::Sex;
use kinfolk_model::care::ShortCode;

use super::codes::CodeColumn;
use super::days::{Day, DayColumn};
use super::identity::Statement;
use super::kind::{Places, ReturnTable};
use super::reader::Reader;
use super::rows::Rows;
use super::rules;

/// What one row says about a child.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Described {
    pub(super) sex: Option<Sex>,
    pub(super) date_of_birth: Option<Date>,
    pub(super) ethnicity: ShortCode,
    pub(super) is_unaccompanied: bool,
    /// Whether the table of all children says so.
    pub(super) is_header: bool,
}

/// The columns that say who a child is.
pub(super) struct ChildColumns {
    table: ReturnTable,
    sex: CodeColumn,
    born: DayColumn,
    ethnicity: CodeColumn,
}

impl ChildColumns {
    /// The columns of a table; `None` where it has no date of birth.
    pub(super) fn of(places: &Places, table: ReturnTable) -> Option<Self> {
        places.get("dob")?;
        Some(Self {
            table,
            sex: CodeColumn::new(places.get("sex"), None),
            born: DayColumn(places.get("dob")),
            ethnicity: CodeColumn::new(places.get("ethnic"), None),
        })
    }

    /// What a row of a return says of its child.
    pub(super) fn read(&mut self, reader: &mut Reader<impl Rows>, year: i16) -> Option<Statement> {
        let born = self.born.read(reader);
        if born == Day::Unreadable
            && let Some(place) = self.born.0
        {
            reader.note(&rules::DATE_UNREADABLE, place, "");
        }
        let described = Described {
            sex: sex(self.sex.read(reader)),
            date_of_birth: born.date(),
            ethnicity: self.ethnicity.read(reader),
            is_unaccompanied: self.table == ReturnTable::Uasc,
            is_header: matches!(
                self.table,
                ReturnTable::Header | ReturnTable::ExtractPersons
            ),
        };
        let (child, origin) = reader.whose()?;
        Some(Statement::new(child, year, &described, origin))
    }
}

/// 1 and 2 up to the return of 2024, letters since.
fn sex(code: ShortCode) -> Option<Sex> {
    match code.as_str() {
        "1" | "M" => Some(Sex::Male),
        "2" | "F" => Some(Sex::Female),
        _ => None,
    }
}
