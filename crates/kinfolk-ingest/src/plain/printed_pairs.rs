//! Tables that others printed: the same people at two occasions, by four counts a row.

use kinfolk_model::format;

use super::printed::{PrintedNumber, labels, printed_numbers, whole_numbers};
use super::{BadCell, PlainError, PlainTable};

/// The columns of the counts: yes at both occasions, at the first only, at the second only, at neither.
const COUNTS: [&str; 4] = ["both", "only_1", "only_2", "neither"];

/// A row: the same people at two occasions, and what they are called together.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintedPairs {
    /// The row, from 1, as a spreadsheet counts.
    pub row: u64,
    /// What it is about; the row where nothing says so.
    pub label: String,
    /// To how many it happened at both occasions.
    pub both: u64,
    /// At the first only.
    pub first_only: u64,
    /// At the second only.
    pub second_only: u64,
    /// At neither.
    pub neither: u64,
    /// The percentages that were printed for either occasion.
    pub percents: [Option<PrintedNumber>; 2],
    /// How many people there were, as printed.
    pub n_total: Option<u64>,
}

impl PrintedPairs {
    /// How many people the counts are of.
    pub fn people(&self) -> u64 {
        self.both + self.first_only + self.second_only + self.neither
    }

    /// To how many it happened at either occasion.
    pub fn events(&self) -> [u64; 2] {
        [self.first_only, self.second_only].map(|only| self.both + only)
    }
}

/// Whether a table is of the same people at two occasions: it has one of the columns `only_1` and
/// `only_2`.
///
/// # Errors
///
/// [`PlainError::ColumnTwice`].
pub fn is_of_pairs(table: &PlainTable) -> Result<bool, PlainError> {
    Ok(table.find(COUNTS[1])?.or(table.find(COUNTS[2])?).is_some())
}

/// Reads a table with the columns `both`, `only_1`, `only_2` and `neither`; and, where they were printed,
/// `label`, `percent_1`, `percent_2` and `n_total`.
///
/// # Errors
///
/// [`PlainError`] when a column is missing or a cell cannot be used; a row needs one person.
pub fn read_printed_pairs(table: &PlainTable) -> Result<Vec<PrintedPairs>, PlainError> {
    table.header().require(&COUNTS)?;
    let count = |name: &str| {
        let column = table.column(name)?;
        let most = u64::from(u32::MAX);
        column.required("a whole number from 0", |text| {
            text.parse().ok().filter(|count: &u64| *count <= most)
        })
    };
    let [both, first, second, neither] = COUNTS.map(count);
    let (both, first, second, neither) = (both?, first?, second?, neither?);
    let [percent_1, percent_2] =
        ["percent_1", "percent_2"].map(|name| printed_numbers(table, name));
    let (percent_1, percent_2) = (percent_1?, percent_2?);
    let totals = whole_numbers(table, "n_total")?;
    let numbers: Vec<u64> = table.column(COUNTS[0])?.rows().collect();
    let labels = labels(table, &numbers)?;
    let rows = numbers.into_iter().zip(labels).enumerate();
    let rows: Vec<PrintedPairs> = rows
        .map(|(at, (row, label))| PrintedPairs {
            row,
            label,
            both: both[at],
            first_only: first[at],
            second_only: second[at],
            neither: neither[at],
            percents: [percent_1[at], percent_2[at]],
            n_total: totals[at],
        })
        .collect();
    refuse_nobody(table, &rows)?;
    Ok(rows)
}

fn refuse_nobody(table: &PlainTable, rows: &[PrintedPairs]) -> Result<(), PlainError> {
    let empty = rows.iter().filter(|row| row.people() == 0);
    let cells: Vec<BadCell> = empty
        .map(|row| BadCell {
            row: row.row,
            column: COUNTS[3].to_owned(),
            value: format::count(0),
            expected: "at least one person in the four counts".to_owned(),
        })
        .collect();
    match cells.len() {
        0 => Ok(()),
        n_cells => Err(PlainError::BadCells {
            file: table.header().file().to_owned(),
            cells,
            n_cells,
        }),
    }
}
