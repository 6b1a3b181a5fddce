//! Something wrong or doubtful in the data.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::ChildId;
use crate::code::code_set;

code_set! {
    /// How grave a finding is.
    Severity as "severity" {
        Error = "error", "Error";
        Warning = "warning", "Warning";
        Note = "note", "Note";
    }
}

/// Where something stands, as a spreadsheet shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The file, relative to the study folder, with `/` between its parts.
    pub file: String,
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// The row, from 1, as a spreadsheet counts (the header is usually row 1).
    pub row: Option<u32>,
    /// The column, from 1.
    pub column: Option<u32>,
    /// The header above the cell, as it stands in the file.
    pub header: Option<String>,
}

impl Place {
    /// The cell as a spreadsheet names it: `F17`; `None` without both row and column.
    pub fn cell(&self) -> Option<String> {
        Some(format!("{}{}", column_letters(self.column?), self.row?))
    }
}

/// `1` is `A`, `27` is `AA`.
fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(
            b'A' + u8::try_from(rest % 26).unwrap_or_default(),
        ));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Something wrong or doubtful: what, where, why it matters, what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The stable id of the rule, e.g. `date-unreadable`.
    pub rule: Cow<'static, str>,
    /// How grave it is.
    pub severity: Severity,
    /// Where it stands.
    pub place: Place,
    /// The child whose row it is, by local identifier.
    pub child_id: Option<ChildId>,
    /// The offending value as it stands in the file.
    pub value: Option<String>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Why it matters, in one sentence.
    pub why: String,
    /// What to do, in one sentence.
    pub help: String,
    /// Whether the row was set aside and takes no part in any figure.
    pub row_set_aside: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_a_spreadsheet_names_them() {
        let cell = |row, column| {
            Place {
                row: Some(row),
                column: Some(column),
                ..Place::default()
            }
            .cell()
            .unwrap()
        };
        assert_eq!(cell(17, 6), "F17");
        assert_eq!(cell(1, 26), "Z1");
        assert_eq!(cell(2, 27), "AA2");
        assert_eq!(cell(3, 703), "AAA3");
        assert_eq!(Place::default().cell(), None);
    }
}
