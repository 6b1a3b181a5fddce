//! The XML form of the return: an element for each child, within it the rows of every table.
//!
//! The form is read as it streams past; rows come out in batches of whole children, under the headers
//! of the CSV tables. A row's number is the line of the file on which its element begins.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::kind::ReturnTable;
use super::rows::{CellText, Rows};

/// The element that holds all others.
const ROOT: &str = "EXPSSDA903";
/// The element of one child.
const CHILD: &str = "CHILD";
/// How many children's rows come out at once.
const CHILDREN_AT_ONCE: usize = 20_000;

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
pub(super) struct XmlRows {
    pub(super) headers: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
    /// How many rows were gone to.
    n_seen: usize,
}

/// The headers under which the rows of a table come out.
pub(super) fn headers_of(table: ReturnTable) -> Vec<String> {
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
struct Group {
    table: ReturnTable,
    line: u64,
    fields: Vec<(String, String)>,
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
pub(super) type Batch = BTreeMap<ReturnTable, XmlRows>;

/// An XML form being read.
pub(super) struct XmlForm {
    reader: Reader<LineCounter<BufReader<Box<dyn Read + Send>>>>,
    buffer: Vec<u8>,
    is_at_end: bool,
}

impl XmlForm {
    /// Opens a form; `None` where the file is other XML than a return.
    pub(super) fn open(path: &Path) -> Result<Option<Self>, String> {
        let file = File::open(path).map_err(|error| error.to_string())?;
        Self::new(Box::new(file))
    }

    fn new(input: Box<dyn Read + Send>) -> Result<Option<Self>, String> {
        let mut form = Self {
            reader: Reader::from_reader(LineCounter::new(BufReader::new(input))),
            buffer: Vec::new(),
            is_at_end: false,
        };
        loop {
            match form.next_mark()? {
                Mark::Begin(name) => return Ok((name == ROOT).then_some(form)),
                Mark::AtEnd => return Ok(None),
                Mark::End(_) | Mark::Text(_) | Mark::Nothing => {}
            }
        }
    }

    /// The rows of the next children; `None` behind the last. An error comes after all rows before it.
    pub(super) fn next_batch(&mut self) -> Option<(Batch, Result<(), String>)> {
        if self.is_at_end {
            return None;
        }
        let mut batch = Batch::new();
        for _ in 0..CHILDREN_AT_ONCE {
            match self.next_child() {
                Ok(Some(groups)) => add_rows(&groups, &mut batch),
                Ok(None) => self.is_at_end = true,
                Err(message) => {
                    self.is_at_end = true;
                    return Some((batch, Err(message)));
                }
            }
            if self.is_at_end {
                break;
            }
        }
        Some((batch, Ok(())))
    }

    /// The groups of the next child.
    fn next_child(&mut self) -> Result<Option<Vec<Group>>, String> {
        let mut done = Vec::new();
        let mut open: Vec<Group> = Vec::new();
        let mut field: Option<(String, String)> = None;
        loop {
            match self.next_mark()? {
                Mark::Begin(name) => match group(&name) {
                    Some(table) => open.push(Group {
                        table,
                        line: self.line(),
                        fields: Vec::new(),
                    }),
                    None => field = Some((name, String::new())),
                },
                Mark::Text(text) => {
                    if let Some((_, so_far)) = &mut field {
                        so_far.push_str(&text);
                    }
                }
                Mark::End(name) if name == CHILD => return Ok(Some(done)),
                Mark::End(name) if group(&name).is_some() => done.extend(open.pop()),
                Mark::End(_) => {
                    if let (Some(group), Some(field)) = (open.last_mut(), field.take()) {
                        group.fields.push(field);
                    }
                }
                Mark::Nothing => {}
                Mark::AtEnd if open.is_empty() => return Ok(None),
                Mark::AtEnd => return Err(self.fault("the file ends within a child")),
            }
        }
    }

    fn line(&self) -> u64 {
        self.reader.get_ref().line
    }

    fn fault(&self, what: &str) -> String {
        format!("line {}: {what}; nothing behind it is read", self.line())
    }

    fn next_mark(&mut self) -> Result<Mark, String> {
        self.buffer.clear();
        let event = self.reader.read_event_into(&mut self.buffer);
        let mark = match event {
            Ok(Event::Start(start)) => {
                Mark::Begin(start.local_name().as_ref().to_ascii_uppercase())
            }
            Ok(Event::End(end)) => Mark::End(end.local_name().as_ref().to_ascii_uppercase()),
            Ok(Event::Text(text)) => Mark::Text(text.xml10_content().into_owned()),
            Ok(Event::CData(text)) => Mark::Text(text.xml10_content().into_owned()),
            Ok(Event::Eof) => Mark::AtEnd,
            Ok(_) => Mark::Nothing,
            Err(error) => return Err(self.fault(&error.to_string())),
        };
        Ok(mark)
    }
}

/// What comes next in the file.
enum Mark {
    Begin(String),
    Text(String),
    End(String),
    Nothing,
    AtEnd,
}

fn group(element: &str) -> Option<ReturnTable> {
    let found = GROUPS.iter().find(|(name, _)| *name == element);
    found.map(|(_, table)| *table)
}

fn add_rows(groups: &[Group], batch: &mut Batch) {
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

/// Counts the lines that were read.
struct LineCounter<R> {
    input: R,
    line: u64,
}

impl<R> LineCounter<R> {
    fn new(input: R) -> Self {
        Self { input, line: 1 }
    }
}

impl<R: BufRead> Read for LineCounter<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(out)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for LineCounter<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        // What is consumed was filled before, so this reads nothing anew and cannot fail.
        let passed = self.input.fill_buf().ok().and_then(|bytes| bytes.get(..n));
        let lines = passed.map_or(0, |bytes| {
            bytes.iter().filter(|byte| **byte == b'\n').count()
        });
        self.line += lines as u64;
        self.input.consume(n);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batches(text: &'static str) -> (Batch, Result<(), String>) {
        let mut form = XmlForm::new(Box::new(text.as_bytes())).unwrap().unwrap();
        form.next_batch().unwrap()
    }

    fn column(batch: &Batch, table: ReturnTable, name: &str) -> Vec<String> {
        let rows = &batch[&table];
        let place = rows
            .headers
            .iter()
            .position(|header| header == name)
            .unwrap();
        let rows = rows.rows.iter();
        rows.map(|(_, cells)| cells[place].clone()).collect()
    }

    const TWO: &str = "<?xml version=\"1.0\"?>\n<EXPSSDA903>\n<CHILD>\n<HEADER>\n<CHILDID>01</CHILDID><DOB>02/03/2010</DOB><UASC>1</UASC>\n\
        <AMISSING><MISSING>M</MISSING><MIS_START>01/05/2019</MIS_START></AMISSING>\n\
        <IN_TOUCH>YES</IN_TOUCH><ACCOM>B1</ACCOM></HEADER>\n<EPISODE><DECOM>01/04/2019</DECOM><PL>U4</PL><DEC/></EPISODE>\n</CHILD>\n\
        <CHILD><HEADER><CHILDID>02</CHILDID></HEADER></CHILD></EXPSSDA903>";

    #[test]
    fn each_group_is_a_row_of_its_table_at_its_line() {
        let (batch, end) = batches(TWO);
        assert_eq!(end, Ok(()));
        assert_eq!(column(&batch, ReturnTable::Header, "CHILD"), ["01", "02"]);
        assert_eq!(column(&batch, ReturnTable::Episodes, "PLACE"), ["U4"]);
        assert_eq!(column(&batch, ReturnTable::Episodes, "CHILD"), ["01"]);
        assert_eq!(column(&batch, ReturnTable::Missing, "DOB"), ["02/03/2010"]);
        assert_eq!(column(&batch, ReturnTable::Oc3, "ACCOM"), ["B1"]);
        assert_eq!(batch[&ReturnTable::Uasc].rows.len(), 1);
        assert_eq!(batch[&ReturnTable::Episodes].rows[0].0, 8);
        assert_eq!(batch[&ReturnTable::Missing].rows[0].0, 6);
        assert!(!batch.contains_key(&ReturnTable::Ad1));
    }

    #[test]
    fn a_form_that_breaks_off_keeps_the_children_before() {
        let text = "<EXPSSDA903><CHILD><HEADER><CHILDID>1</CHILDID></HEADER></CHILD>\n<CHILD><HEADER><CHILDID>2";
        let (batch, end) = batches(text);
        assert_eq!(column(&batch, ReturnTable::Header, "CHILD"), ["1"]);
        assert!(end.unwrap_err().starts_with("line 2: "));
    }

    #[test]
    fn other_xml_is_no_return() {
        let open =
            |text: &'static str| XmlForm::new(Box::new(text.as_bytes())).map(|f| f.is_some());
        assert_eq!(open("<html></html>"), Ok(false));
        assert_eq!(open(""), Ok(false));
        assert_eq!(open("<expssda903/>"), Ok(false));
    }
}
