//! Tables that others printed: two groups a row, by counts or by means.

use kinfolk_model::format;

use super::table::number;
use super::{BadCell, PlainError, PlainTable};

/// The groups of a row, in the names of their columns.
const GROUPS: [&str; 2] = ["1", "2"];
/// Digits after the point that a printed number may have.
const MOST_DECIMALS: usize = 9;

/// A number with as many decimals as were printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PrintedNumber {
    /// The number.
    pub value: f64,
    /// Its decimals.
    pub decimals: u8,
}

/// One group of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PrintedGroup {
    /// How many there are.
    pub n: u64,
    /// To how many it happened.
    pub events: Option<u64>,
    /// The percentage that was printed for it.
    pub percent: Option<PrintedNumber>,
    /// The mean.
    pub mean: Option<PrintedNumber>,
    /// The standard deviation of the values.
    pub sd: Option<f64>,
}

/// A row: two groups and what they are called together.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintedRow {
    /// The row, from 1, as a spreadsheet counts.
    pub row: u64,
    /// What it is about; the row where nothing says so.
    pub label: String,
    /// The first group, which is compared, and the second, with which it is.
    pub groups: [PrintedGroup; 2],
    /// How many there were in both, as printed.
    pub n_total: Option<u64>,
}

/// Reads a table with the columns `n_1` and `n_2`; `events_1` and `events_2`, or `mean_1`, `sd_1`,
/// `mean_2` and `sd_2`; and, where they were printed, `label`, `percent_1`, `percent_2` and `n_total`.
///
/// # Errors
///
/// [`PlainError`] when a column is missing or a cell cannot be used; a row needs the events of both
/// groups, or the mean and standard deviation of both.
pub fn read_printed(table: &PlainTable) -> Result<Vec<PrintedRow>, PlainError> {
    let [first, second] = GROUPS.map(|group| read_group(table, group));
    let (first, second) = (first?, second?);
    let totals = whole_numbers(table, "n_total")?;
    let rows: Vec<u64> = table.column("n_1")?.rows().collect();
    let labels = labels(table, &rows)?;
    let groups = first.into_iter().zip(second);
    let read: Vec<PrintedRow> = rows
        .into_iter()
        .zip(groups)
        .zip(labels.into_iter().zip(totals))
        .map(|((row, (first, second)), (label, n_total))| PrintedRow {
            row,
            label,
            groups: [first, second],
            n_total,
        })
        .collect();
    refuse_half_rows(table, &read)?;
    Ok(read)
}

/// What each row is about; the row where nothing says so.
pub(super) fn labels(table: &PlainTable, rows: &[u64]) -> Result<Vec<String>, PlainError> {
    let given: Vec<Option<String>> = match table.find("label")? {
        Some(column) => column.texts().map(|text| text.map(String::from)).collect(),
        None => vec![None; rows.len()],
    };
    let labels = given.into_iter().zip(rows);
    Ok(labels
        .map(|(label, row)| label.unwrap_or_else(|| format!("row {}", format::count(*row))))
        .collect())
}

fn read_group(table: &PlainTable, group: &str) -> Result<Vec<PrintedGroup>, PlainError> {
    let name = |part: &str| format!("{part}_{group}");
    let numbers = table
        .column(&name("n"))?
        .required("a whole number from 1", |text| {
            text.parse().ok().filter(|n: &u64| *n > 0)
        })?;
    let events = whole_numbers(table, &name("events"))?;
    let percents = printed_numbers(table, &name("percent"))?;
    let means = printed_numbers(table, &name("mean"))?;
    let deviations = match table.find(&name("sd"))? {
        Some(column) => column.optional("a number from 0", |text| {
            number(text).filter(|sd| *sd >= 0.0)
        })?,
        None => vec![None; table.n_rows()],
    };
    Ok((0..numbers.len())
        .map(|at| PrintedGroup {
            n: numbers[at],
            events: events[at],
            percent: percents[at],
            mean: means[at],
            sd: deviations[at],
        })
        .collect())
}

pub(super) fn whole_numbers(
    table: &PlainTable,
    name: &str,
) -> Result<Vec<Option<u64>>, PlainError> {
    match table.find(name)? {
        Some(column) => column.optional("a whole number from 0", |text| text.parse().ok()),
        None => Ok(vec![None; table.n_rows()]),
    }
}

pub(super) fn printed_numbers(
    table: &PlainTable,
    name: &str,
) -> Result<Vec<Option<PrintedNumber>>, PlainError> {
    match table.find(name)? {
        Some(column) => column.optional("a number, as printed", printed_number),
        None => Ok(vec![None; table.n_rows()]),
    }
}

fn printed_number(text: &str) -> Option<PrintedNumber> {
    let digits = text.trim_end_matches('%').trim_end();
    let decimals = digits.split_once('.').map_or(0, |(_, after)| after.len());
    let value = number(digits).filter(|_| decimals <= MOST_DECIMALS)?;
    Some(PrintedNumber {
        value,
        decimals: u8::try_from(decimals).ok()?,
    })
}

/// Refuses rows that say too little, or more events than there are people.
fn refuse_half_rows(table: &PlainTable, rows: &[PrintedRow]) -> Result<(), PlainError> {
    let cells: Vec<BadCell> = rows.iter().flat_map(faults).collect();
    match cells.len() {
        0 => Ok(()),
        n_cells => Err(PlainError::BadCells {
            file: table.header().file().to_owned(),
            cells,
            n_cells,
        }),
    }
}

fn faults(row: &PrintedRow) -> Vec<BadCell> {
    let has_means = row.groups.iter().any(|group| group.mean.is_some());
    let parts = row.groups.iter().zip(GROUPS);
    let faults = parts.filter_map(|(group, name)| {
        let (part, value, expected) = match (group.events, group.mean, group.sd) {
            (Some(events), _, _) if events > group.n => {
                let most = format!("at most the {} of n_{name}", format::count(group.n));
                ("events", events.to_string(), most)
            }
            (Some(_), None, None) if !has_means => return None,
            (None, Some(_), Some(_)) => return None,
            (None, Some(_), None) => ("sd", String::new(), "its standard deviation".to_owned()),
            (None, None, _) if has_means => ("mean", String::new(), "a mean".to_owned()),
            (Some(_), ..) => (
                "mean",
                String::new(),
                "events or means, not both".to_owned(),
            ),
            (None, None, _) => ("events", String::new(), "events, or a mean".to_owned()),
        };
        Some(BadCell {
            row: row.row,
            column: format!("{part}_{name}"),
            value,
            expected,
        })
    });
    faults.collect()
}
