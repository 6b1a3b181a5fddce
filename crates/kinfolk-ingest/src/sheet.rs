//! A sheet as its file holds it: cells at their places, nothing read from them yet.

use jiff::civil::Date;
use kinfolk_model::Place;
use smol_str::SmolStr;

use crate::raw_rows::RawRows;

/// A cell that is not blank.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Raw {
    /// Words, a code, or anything that a CSV file holds; without white space at its ends.
    Text(SmolStr),
    /// A number of a workbook.
    Number(f64),
    /// A day of a workbook.
    Date(Date),
    /// True or false in a workbook.
    Bool(bool),
    /// An error value, as the spreadsheet shows it, e.g. `#N/A`. Boxed, because it is rare and cells
    /// are many.
    Error(Box<str>),
}

impl Raw {
    /// Text as a cell; `None` when only white space is in it.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        // Most cells are a code or a number as it stands.
        let text = if is_bare(text) {
            text
        } else {
            text.trim_matches(is_space)
        };
        if text.is_empty() {
            None
        } else if is_error_text(text) {
            Some(Self::Error(text.into()))
        } else {
            Some(Self::Text(SmolStr::new(text)))
        }
    }

    /// The cell as the spreadsheet shows it, days in ISO form.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.to_string(),
            Self::Error(text) => text.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Bool(true) => "TRUE".to_owned(),
            Self::Bool(false) => "FALSE".to_owned(),
        }
    }
}

/// Whether a text begins and ends with visible ASCII, so that nothing is to be trimmed.
fn is_bare(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_graphic)
        && bytes.last().is_some_and(u8::is_ascii_graphic)
}

/// White space, and the marks without width that files carry along.
fn is_space(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
}

/// What spreadsheets write where a formula failed or a column was too narrow.
fn is_error_text(text: &str) -> bool {
    const ERRORS: [&str; 9] = [
        "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#DATA!",
    ];
    text.starts_with('#')
        && (ERRORS.iter().any(|error| error.eq_ignore_ascii_case(text))
            || (text.len() > 2 && text.chars().all(|c| c == '#')))
}

/// A row that is not blank.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct RawRow {
    /// From 1, as a spreadsheet counts.
    pub(crate) number: u32,
    /// The cells that are not blank, by column from 1, in the order of the columns.
    pub(crate) cells: Vec<(u32, Raw)>,
}

impl RawRow {
    pub(crate) fn get(&self, column: u32) -> Option<&Raw> {
        // The cell stands at its column, or before it where cells to its left are blank.
        let n_at_most = self.cells.len().min(column as usize);
        let up_to = self.cells.get(..n_at_most)?;
        let (found, raw) = up_to.iter().rfind(|(at, _)| *at <= column)?;
        (*found == column).then_some(raw)
    }
}

/// Whether the kind of a cell is known or everything is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Delimited,
    Workbook,
}

/// Whether a person who opens the workbook sees the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Visibility {
    Visible,
    Hidden,
}

/// One sheet of a workbook, or a whole delimited file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sheet {
    /// The file, relative to the study folder, with `/` between its parts.
    pub(crate) file: String,
    /// The name of the sheet, in a workbook.
    pub(crate) name: Option<String>,
    pub(crate) format: Format,
    pub(crate) visibility: Visibility,
    pub(crate) rows: RawRows,
}

impl Sheet {
    /// `returns.xlsx#Tracker`, or the file alone.
    pub(crate) fn source(&self) -> String {
        match &self.name {
            Some(name) => format!("{}#{name}", self.file),
            None => self.file.clone(),
        }
    }

    /// The sheet as a whole.
    pub(crate) fn place(&self) -> Place {
        Place {
            file: self.file.clone(),
            sheet: self.name.clone(),
            ..Place::default()
        }
    }

    /// The file name without its folders and its ending.
    pub(crate) fn file_stem(&self) -> &str {
        let name = self.file.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_at_their_columns() {
        let row = RawRow {
            number: 1,
            cells: [1, 2, 5, 9]
                .map(|at| (at, Raw::Number(f64::from(at))))
                .into(),
        };
        for column in 0..12 {
            let found = row.get(column).map(Raw::shown);
            let expected = [1, 2, 5, 9].contains(&column).then(|| column.to_string());
            assert_eq!(found, expected, "{column}");
        }
    }

    #[test]
    fn a_cell_is_no_larger_than_its_text() {
        assert_eq!(size_of::<Raw>(), size_of::<SmolStr>());
    }
}
