//! A table of results on its way out.

use std::io::Write;

use jiff::civil::Date;
use kinfolk_model::format;
use kinfolk_report::neutralised;

use crate::Error;

/// A column of results; `None` is a blank cell.
#[derive(Debug, Clone, PartialEq)]
pub enum TableColumn {
    /// Words, codes, identifiers.
    Text(Vec<Option<String>>),
    /// Whole numbers.
    Whole(Vec<Option<i64>>),
    /// Numbers, in full precision.
    Number(Vec<Option<f64>>),
    /// Days, in ISO form.
    Date(Vec<Option<Date>>),
}

impl TableColumn {
    fn len(&self) -> usize {
        match self {
            Self::Text(cells) => cells.len(),
            Self::Whole(cells) => cells.len(),
            Self::Number(cells) => cells.len(),
            Self::Date(cells) => cells.len(),
        }
    }

    /// A cell as text; text that a spreadsheet would take for a formula gets an apostrophe in front.
    fn shown(&self, row: usize) -> Option<String> {
        match self {
            Self::Text(cells) => cells
                .get(row)?
                .as_deref()
                .map(|text| neutralised(text).into()),
            Self::Whole(cells) => cells.get(row)?.as_ref().map(ToString::to_string),
            Self::Number(cells) => cells.get(row)?.map(format::exact),
            Self::Date(cells) => cells.get(row)?.as_ref().map(ToString::to_string),
        }
    }
}

/// A table of results: names with their columns, all of one length.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TableToWrite {
    columns: Vec<(String, TableColumn)>,
}

impl TableToWrite {
    /// A table without columns.
    pub fn new() -> Self {
        Self::default()
    }

    /// With one more column.
    #[must_use]
    pub fn and(mut self, name: &str, column: TableColumn) -> Self {
        self.columns.push((name.to_owned(), column));
        self
    }

    /// Writes it as CSV (UTF-8, comma).
    ///
    /// # Errors
    ///
    /// [`Error::Csv`] when a row cannot be written.
    pub fn write_csv(&self, out: &mut dyn Write) -> Result<(), Error> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(self.columns.iter().map(|(name, _)| name))?;
        let n_rows = self.columns.iter().map(|(_, column)| column.len()).max();
        for row in 0..n_rows.unwrap_or_default() {
            let cells = self.columns.iter().map(|(_, column)| column.shown(row));
            writer.write_record(cells.map(Option::unwrap_or_default))?;
        }
        Ok(writer.flush().map_err(csv::Error::from)?)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn columns_become_csv_with_text_disarmed() {
        let table = TableToWrite::new()
            .and("id", TableColumn::Text(vec![Some("=1".to_owned()), None]))
            .and("n", TableColumn::Whole(vec![Some(-3), None]))
            .and("x", TableColumn::Number(vec![Some(-0.25), None]))
            .and("day", TableColumn::Date(vec![Some(date(2025, 3, 1)), None]));
        let mut bytes = Vec::new();
        table.write_csv(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text, "id,n,x,day\n'=1,-3,-0.25,2025-03-01\n,,,\n");
    }
}
