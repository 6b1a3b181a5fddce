//! Who the children are: from the header table, and from every table that repeats a date of birth.

use jiff::civil::Date;
use kinfolk_model::Sex;
use kinfolk_model::care::ShortCode;

use super::columns::{Day, Reader, Rows};
use super::gather::Parsed;
use super::kind::{Places, ReturnTable};
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

/// Reads who the children are.
pub(super) fn read_children(
    reader: &mut Reader<'_, impl Rows>,
    places: &Places,
    table: ReturnTable,
) -> Vec<Parsed<Described>> {
    let sexes = reader.codes(places.get("sex"), None);
    let births = reader.days(places.get("dob"));
    let ethnicities = reader.codes(places.get("ethnic"), None);
    let mut children = Vec::with_capacity(births.len());
    for at in 0..births.len() {
        if births[at] == Day::Unreadable
            && let Some(place) = places.get("dob")
        {
            reader.note(&rules::DATE_UNREADABLE, place, at, None);
        }
        let record = Described {
            sex: sex(sexes[at]),
            date_of_birth: births[at].date(),
            ethnicity: ethnicities[at],
            is_unaccompanied: table == ReturnTable::Uasc,
            is_header: matches!(table, ReturnTable::Header | ReturnTable::ExtractPersons),
        };
        children.extend(reader.parsed(at, record));
    }
    children
}

/// 1 and 2 up to the return of 2024, letters since.
fn sex(code: ShortCode) -> Option<Sex> {
    match code.as_str() {
        "1" | "M" => Some(Sex::Male),
        "2" | "F" => Some(Sex::Female),
        _ => None,
    }
}
