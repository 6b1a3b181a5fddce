//! The XML form of the return: an element for each child, within it the rows of every table.
//!
//! The form is read as it streams past; rows come out in batches of whole children, under the headers
//! of the CSV tables. A row's number is the line of the file on which its element begins.

mod lines;
mod rows;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;

use lines::LineCounter;
pub(super) use rows::{Batch, headers_of};
use rows::{Group, add_rows, group};

/// The element that holds all others.
const ROOT: &str = "EXPSSDA903";
/// The element of one child.
const CHILD: &str = "CHILD";
/// How many children's rows come out at once.
const CHILDREN_AT_ONCE: usize = 20_000;

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
        self.reader.get_ref().line()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::returns::kind::ReturnTable;

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
