//! Groups of fields within a child's element, and the rows of the tables that they are.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::returns::kind::ReturnTable;
use crate::returns::rows::{CellText, Rows};

/// Elements that hold fields, and the table whose row they are.
const GROUPS: [(&str, ReturnTable); 7] = [
    ("HEADER", ReturnTable::Header),
    ("EPISODE", ReturnTable::Episodes),
    ("AMISSING", ReturnTable::Missing),
    ("AREVIEW", ReturnTable::Reviews),
    ("PERMANENCE", ReturnTable::PreviousPermanence),
    ("OC2", ReturnTable::Oc2),
    ("AD_PLACED", ReturnTable::PlacedAdoption),
];
/// Tables whose fields stand among those of the header, and the field that says that there is a row.
const WITHIN_HEADER: [(ReturnTable, &str); 3] = [
    (ReturnTable::Uasc, "DUC"),
    (ReturnTable::Oc3, "IN_TOUCH"),
    (ReturnTable::Ad1, "DATE_INT"),
];

/// Rows of one table.
pub(in crate::returns) struct XmlRows {
    pub(super) headers: Vec<String>,
    pub(super) rows: Vec<(u64, Vec<String>)>,
    /// How many rows were gone to.
    n_seen: usize,
}

/// The headers under which the rows of a table come out.
pub(in crate::returns) fn headers_of(table: ReturnTable) -> Vec<String> {
    let names = table.columns().iter();
    names.map(|name| (*name).to_owned()).collect()
}

impl XmlRows {
    fn of(table: ReturnTable) -> Self {
        Self {
            headers: headers_of(table),
            rows: Vec::new(),
            n_seen: 0,
        }
    }

    fn push(&mut self, group: &Group, fields: impl Fn(&str) -> String) {
        let cells = self.headers.iter().map(|name| fields(name)).collect();
        self.rows.push((group.line, cells));
    }
}

impl XmlRows {
    fn row(&self) -> Option<&(u64, Vec<String>)> {
        self.rows.get(self.n_seen.checked_sub(1)?)
    }
}

impl Rows for XmlRows {
    fn advance(&mut self) -> bool {
        self.n_seen += 1;
        self.n_seen <= self.rows.len()
    }

    fn number(&self) -> u64 {
        self.row().map_or(0, |(line, _)| *line)
    }

    fn cell(&self, place: usize) -> CellText<'_> {
        let text = self.row()?.1.get(place)?.trim();
        (!text.is_empty()).then_some(Cow::Borrowed(text))
    }
}

/// What stands between the tags of one group.
pub(super) struct Group {
    pub(super) table: ReturnTable,
    pub(super) line: u64,
    pub(super) fields: Vec<(String, String)>,
}

impl Group {
    /// A field under its name in the CSV tables.
    fn get(&self, column: &str) -> Option<&str> {
        let element = match column {
            "CHILD" => "CHILDID",
            "PLACE" => "PL",
            other => other,
        };
        let mut fields = self.fields.iter();
        let field = fields.find(|(name, _)| name == element || name == column)?;
        Some(field.1.as_str())
    }

    fn has(&self, column: &str) -> bool {
        self.get(column).is_some_and(|text| !text.trim().is_empty())
    }
}

/// The rows of some children, by table.
pub(in crate::returns) type Batch = BTreeMap<ReturnTable, XmlRows>;

/// The table whose row an element is; `None` for a field.
pub(super) fn group(element: &str) -> Option<ReturnTable> {
    let found = GROUPS.iter().find(|(name, _)| *name == element);
    found.map(|(_, table)| *table)
}

/// Adds the rows that the groups of one child are.
pub(super) fn add_rows(groups: &[Group], batch: &mut Batch) {
    let header = groups
        .iter()
        .find(|group| group.table == ReturnTable::Header);
    let of_header = |column: &str| header.and_then(|header| header.get(column));
    for group in groups {
        let own = |column: &str| {
            let repeated = matches!(column, "CHILD" | "DOB").then(|| of_header(column));
            let text = group.get(column).or(repeated.flatten());
            text.unwrap_or_default().to_owned()
        };
        let mut tables = vec![group.table];
        if group.table == ReturnTable::Header {
            tables.extend(tables_within(group));
        }
        for table in tables {
            let rows = batch.entry(table).or_insert_with(|| XmlRows::of(table));
            rows.push(group, own);
        }
    }
}

/// The tables, other than its own, of which a header holds a row.
fn tables_within(header: &Group) -> impl Iterator<Item = ReturnTable> {
    let says_so = matches!(header.get("UASC").map(str::trim), Some("1" | "true"));
    WITHIN_HEADER
        .into_iter()
        .filter(move |(table, field)| header.has(field) || (*table == ReturnTable::Uasc && says_so))
        .map(|(table, _)| table)
}
