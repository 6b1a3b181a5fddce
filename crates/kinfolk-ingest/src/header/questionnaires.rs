//! Headers of the Strengths and Difficulties Questionnaire: by number, by short name, and for several
//! informants beside each other.

use kinfolk_model::schema::{self, TableSchema};
use kinfolk_model::{Informant, fold};

use super::sdq_names::sdq_name;
use super::{Hints, Layout, ROWS_ABOVE, Strength, layout_of};
use crate::sheet::{RawRow, Sheet};

/// Fewer columns than these with short names of the SDQ are chance.
const FEWEST_SHORT_NAMES: usize = 3;

/// The columns of an SDQ that headers name by an item's number or short name: none, where only a few
/// do, since some of the short names are everyday words. Columns of other informants are left out.
pub(super) fn sdq_claims(
    table: &TableSchema,
    headers: &[(u32, String)],
    informant: Option<Informant>,
) -> Vec<(Strength, u32, &'static str)> {
    let named: Vec<_> = headers
        .iter()
        .filter_map(|(at, header)| Some((*at, sdq_name(&fold(header))?)))
        .collect();
    if table.name != "sdq" || named.len() < FEWEST_SHORT_NAMES {
        return Vec::new();
    }
    named
        .into_iter()
        .filter(|(_, name)| name.informant.is_none() || name.informant == informant)
        .map(|(at, name)| (Strength::Alias, at, name.column))
        .collect()
}

/// Who answered, by the letters in front of short names, in the order of the columns.
pub(super) fn informants(table: &TableSchema, header: &RawRow) -> Vec<Informant> {
    let mut informants = Vec::new();
    for (_, raw) in header.cells.iter().filter(|_| table.name == "sdq") {
        let told = sdq_name(&fold(&raw.shown())).and_then(|name| name.informant);
        informants.extend(told.filter(|informant| !informants.contains(informant)));
    }
    informants
}

/// Whether a column belongs to another informant, whose questionnaires are read as well.
pub(super) fn is_of_another(layout: &Layout, header: &str) -> bool {
    let told = sdq_name(&fold(header)).and_then(|name| name.informant);
    layout.table.name == "sdq"
        && layout.column("informant").is_none()
        && told.is_some_and(|told| layout.informant != Some(told))
}

/// The other tables that a sheet is as well: questionnaires of a second and third informant, or the
/// dated scores of a yearly return, which asks main carers.
pub(crate) fn further_layouts(sheet: &Sheet, layout: &Layout, hints: &Hints<'_>) -> Vec<Layout> {
    let head = sheet.rows.head(ROWS_ABOVE);
    let header = head.iter().find(|row| row.number == layout.header_row);
    let (Some(header), Some(table)) = (header, schema::table("sdq")) else {
        return Vec::new();
    };
    let further = |informant| {
        let of_informant = layout_of(Some(informant), table, header, None, hints);
        Layout {
            completed: layout.completed,
            others: vec![informant],
            ..of_informant
        }
    };
    let of_returns = layout.completed.map(|_| Informant::ParentCarer);
    let others = layout.others.iter().copied();
    others
        .filter(|_| layout.column("informant").is_none())
        .chain(of_returns)
        .map(further)
        .filter(|further| further.missing().is_empty())
        .collect()
}
