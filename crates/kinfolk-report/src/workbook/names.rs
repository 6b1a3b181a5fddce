//! Names of sheets and tables that spreadsheets accept, each used once.

use std::collections::BTreeSet;

/// The longest name of a sheet.
const LONGEST_SHEET: usize = 31;
/// The longest name of a table that is still easy to read in a formula.
const LONGEST_TABLE: usize = 60;

/// The names that a workbook has given so far, in lower case.
#[derive(Debug, Default)]
pub(super) struct Names {
    sheets: BTreeSet<String>,
    tables: BTreeSet<String>,
}

impl Names {
    /// A name for a sheet: the wanted one, without what a sheet's name may not hold, cut and
    /// numbered where need be.
    pub(super) fn sheet(&mut self, wanted: &str) -> String {
        let allowed: String = wanted
            .chars()
            .map(|c| {
                if c.is_control() || "[]:*?/\\".contains(c) {
                    ' '
                } else {
                    c
                }
            })
            .collect();
        let trimmed = allowed.trim_matches(|c: char| c == '\'' || c.is_whitespace());
        // `History` is a name that Excel keeps for itself.
        let base = match trimmed {
            "" => "Sheet",
            other if other.eq_ignore_ascii_case("history") => "History of",
            other => other,
        };
        unique(base, LONGEST_SHEET, ' ', &mut self.sheets)
    }

    /// A name for a table: letters, digits and `_`, beginning with a letter, and no cell's name.
    pub(super) fn table(&mut self, wanted: &str) -> String {
        let words: String = wanted
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
            .collect();
        let base = format!("table_{}", words.trim_matches('_').to_lowercase());
        unique(&base, LONGEST_TABLE, '_', &mut self.tables)
    }
}

/// Heads that differ, as a table wants them: a second `Number` becomes `Number 2`; an empty one
/// gets its position.
pub(super) fn unique_heads(heads: &[String]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    heads
        .iter()
        .enumerate()
        .map(|(at, head)| {
            let head = head.trim();
            if head.is_empty() {
                unique(&format!("Column {}", at + 1), 255, ' ', &mut taken)
            } else {
                unique(head, 255, ' ', &mut taken)
            }
        })
        .collect()
}

fn unique(base: &str, longest: usize, joint: char, taken: &mut BTreeSet<String>) -> String {
    let mut name = cut(base, longest);
    let mut number = 2;
    while !taken.insert(name.to_lowercase()) {
        let suffix = format!("{joint}{number}");
        name = cut(base, longest.saturating_sub(suffix.len())) + &suffix;
        number += 1;
    }
    name
}

/// At most that many units of UTF-16, which is how spreadsheets count.
fn cut(text: &str, longest: usize) -> String {
    let mut room = longest;
    let kept: String = text
        .chars()
        .take_while(|c| match room.checked_sub(c.len_utf16()) {
            Some(left) => {
                room = left;
                true
            }
            None => false,
        })
        .collect();
    kept.trim_end_matches(|c: char| c == '\'' || c.is_whitespace())
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_sheets(wanted: &[&str], expected: &[&str]) {
        let mut names = Names::default();
        let given: Vec<String> = wanted.iter().map(|name| names.sheet(name)).collect();
        assert_eq!(given, expected);
    }

    #[test]
    fn sheets_have_names_that_differ() {
        check_sheets(&["a", "A", "a"], &["a", "A 2", "a 3"]);
        check_sheets(
            &["a/b:c[d]", "'quoted'", ""],
            &["a b c d", "quoted", "Sheet"],
        );
        check_sheets(&["History"], &["History of"]);
        check_sheets(
            &[
                "a name that is longer than thirty-one",
                "a name that is longer than thirty-one",
            ],
            &[
                "a name that is longer than thir",
                "a name that is longer than th 2",
            ],
        );
    }

    #[test]
    fn tables_have_names_that_differ() {
        let mut names = Names::default();
        assert_eq!(names.table("who-they-are"), "table_who_they_are");
        assert_eq!(names.table("who they are"), "table_who_they_are_2");
        assert_eq!(names.table("A1"), "table_a1");
    }

    #[test]
    fn heads_differ() {
        let heads = ["Number", "number", "", "Share"].map(str::to_owned);
        assert_eq!(
            unique_heads(&heads),
            ["Number", "number 2", "Column 3", "Share"]
        );
    }
}
