//! Rows as high as their text, and sheets that print on pages.
//!
//! A file that leaves the height of a row to the program which opens it shows only the first line of
//! wrapped text in some of them.

use rust_xlsxwriter::{Worksheet, XlsxError};

/// The height of a line at 12 points, in points.
const LINE: f64 = 15.75;
/// The highest row that spreadsheets allow, in points.
const HIGHEST: f64 = 409.0;
/// The width of a letter at 12 points, in those by which spreadsheets count.
const LETTER: f64 = 1.1;
/// A4, as spreadsheets number papers.
const A4: u8 = 9;
/// Margins of the paper in inches: left, right, top, bottom, and those of head and foot.
const MARGINS: [f64; 6] = [0.6, 0.6, 0.6, 0.6, 0.3, 0.3];

/// Makes a row as high as the cell that needs most lines; each comes with the width of its column.
pub(super) fn fit_row<'a>(
    sheet: &mut Worksheet,
    row: u32,
    cells: impl Iterator<Item = (&'a str, f64)>,
) -> Result<(), XlsxError> {
    let n_lines = cells.map(|(text, width)| lines(text, width)).max();
    if let Some(n_lines) = n_lines.filter(|n_lines| *n_lines > 1) {
        let height = LINE * f64::from(u32::try_from(n_lines).unwrap_or(u32::MAX));
        sheet.set_row_height(row, height.min(HIGHEST))?;
    }
    Ok(())
}

/// The lines that a text takes in a column of that width.
fn lines(text: &str, width: f64) -> usize {
    let room = (width - 1.0) / LETTER;
    text.lines().map(|line| lines_of(line, room)).sum()
}

fn lines_of(text: &str, room: f64) -> usize {
    let letters = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let (mut n_lines, mut used) = (1, 0);
    for word in text.split(' ') {
        let length = word.chars().count();
        if used > 0 && letters(used + 1 + length) > room {
            n_lines += 1;
            used = length;
        } else {
            used += length + usize::from(used > 0);
        }
        // A word longer than the column goes on below.
        while letters(used) > room && room >= 1.0 {
            n_lines += 1;
            used = used.saturating_sub(room as usize);
        }
    }
    n_lines
}

/// Prints the sheet across the paper, one page wide, with the head of its table on every page.
pub(super) fn print_across(sheet: &mut Worksheet, head: Option<u32>) -> Result<(), XlsxError> {
    let [left, right, top, bottom, header, footer] = MARGINS;
    sheet
        .set_landscape()
        .set_paper_size(A4)
        .set_margins(left, right, top, bottom, header, footer)
        .set_print_fit_to_pages(1, 0);
    if let Some(head) = head {
        sheet.set_repeat_rows(head, head)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, width: f64, expected: usize) {
        assert_eq!(lines(text, width), expected, "{text}");
    }

    #[test]
    fn words_go_on_the_next_line_when_they_do_not_fit() {
        check("", 13.0, 0);
        check("ten letter", 12.0, 1);
        check("ten letters", 12.0, 2);
        check("one two three four", 12.0, 2);
        check("one\ntwo", 12.0, 2);
        check("twentyfiveletterslongword", 12.0, 3);
    }

    #[test]
    fn a_column_without_width_is_no_fault() {
        check("a b", 0.0, 2);
    }
}
