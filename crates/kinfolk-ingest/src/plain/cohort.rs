//! Two arms in a plain table: who is in which, and what they may differ in.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use kinfolk_model::{CohortColumn, ColumnValues};
use rayon::prelude::*;

use super::block::BAD_CELLS_SHOWN;
use super::table::number;
use super::{BadCell, PlainColumn, PlainError, PlainTable};

/// What the column of the arm is called.
pub const ARM_COLUMN: &str = "arm";
/// What the columns of a table of pairs are called.
pub const PAIR_COLUMNS: [&str; 3] = ["treated_id", "control_id", "distance"];

const ARM: &str = "programme or comparator, or 1 or 0";
const YES_OR_NO: &str = "yes or no, or 1 or 0";

/// Who is in the programme.
///
/// # Errors
///
/// [`PlainError::BadCells`] naming cells that say neither arm.
pub fn read_arms(column: PlainColumn) -> Result<Vec<bool>, PlainError> {
    column.required(ARM, |text| match text.to_ascii_lowercase().as_str() {
        "programme" | "program" | "treated" | "1" | "1.0" | "yes" | "true" => Some(true),
        "comparator" | "control" | "0" | "0.0" | "no" | "false" => Some(false),
        _ => None,
    })
}

/// An outcome: a number, or yes and no as 1 and 0. `None` where it is missing.
///
/// # Errors
///
/// [`PlainError::BadCells`] naming cells that say something else.
pub fn read_outcome(column: PlainColumn) -> Result<Vec<Option<f64>>, PlainError> {
    column.optional("a number, or yes or no", |text| {
        number(text).or_else(|| yes_or_no(text).map(|yes| f64::from(u8::from(yes))))
    })
}

/// Times of 0 or more, none of them missing.
///
/// # Errors
///
/// [`PlainError::BadCells`] naming cells that say something else.
pub fn read_times(column: PlainColumn) -> Result<Vec<f64>, PlainError> {
    column.required("a number of 0 or more", |text| {
        number(text).filter(|&time| time >= 0.0)
    })
}

/// Weights above 0, none of them missing.
///
/// # Errors
///
/// [`PlainError::BadCells`] naming cells that say something else.
pub fn read_weights(column: PlainColumn) -> Result<Vec<f64>, PlainError> {
    column.required("a number above 0", |text| {
        number(text).filter(|&weight| weight > 0.0)
    })
}

/// Times of 0 or more; `None` for what never came about.
///
/// # Errors
///
/// [`PlainError::BadCells`] naming cells that say something else.
pub fn read_times_or_never(column: PlainColumn) -> Result<Vec<Option<f64>>, PlainError> {
    column.optional("a number of 0 or more, or nothing for never", |text| {
        number(text).filter(|&time| time >= 0.0)
    })
}

/// The days on which something came about, of 0 or more; none for what never did.
///
/// # Errors
///
/// [`PlainError::BadCells`] naming cells that say something else.
pub fn read_days(column: PlainColumn) -> Result<Vec<Vec<f64>>, PlainError> {
    let expected = "days of 0 or more with semicolons between them, or nothing for never";
    let day = |text: &str| number(text.trim()).filter(|&day| day >= 0.0);
    let days = column.optional(expected, |text| text.split(';').map(day).collect())?;
    Ok(days.into_iter().map(Option::unwrap_or_default).collect())
}

/// How each row ended: 0 for no event seen, 1 for the event, further whole numbers for endings that
/// make it impossible.
///
/// # Errors
///
/// [`PlainError::BadCells`] naming cells that say something else.
pub fn read_endings(column: PlainColumn) -> Result<Vec<u32>, PlainError> {
    let expected = format!("{YES_OR_NO}; 2 or more for an ending that rules the event out");
    column.required(&expected, |text| {
        let cause =
            number(text).filter(|cause| (0.0..=99.0).contains(cause) && cause.fract() == 0.0);
        cause
            .map(|cause| cause as u32)
            .or_else(|| yes_or_no(text).map(u32::from))
    })
}

fn yes_or_no(text: &str) -> Option<bool> {
    let is_one_of = |words: [&str; 4]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    let is_yes = is_one_of(["1", "yes", "y", "true"]);
    (is_yes || is_one_of(["0", "no", "n", "false"])).then_some(is_yes)
}

/// The children, each once.
///
/// # Errors
///
/// [`PlainError::BadCells`] naming blank cells, or children that come again.
pub fn read_ids(column: PlainColumn) -> Result<Vec<String>, PlainError> {
    let ids: Vec<String> = column.required("a child", |text| Some(text.to_owned()))?;
    // Looked up, never walked through, so that its order reaches nothing.
    let mut seen = HashSet::with_capacity(ids.len());
    let mut cells = Vec::new();
    let mut n_cells = 0;
    for (id, row) in ids.iter().zip(column.rows()) {
        if !seen.insert(id) {
            n_cells += 1;
            if cells.len() < BAD_CELLS_SHOWN {
                cells.push(BadCell {
                    row,
                    column: column.name().to_owned(),
                    value: id.clone(),
                    expected: "a child that has no other row".to_owned(),
                });
            }
        }
    }
    if n_cells == 0 {
        return Ok(ids);
    }
    Err(PlainError::BadCells {
        file: column.file().to_owned(),
        cells,
        n_cells,
    })
}

/// Columns by which children are compared; none of their cells missing. A column in which most cells
/// are numbers is one of numbers, another is one of words.
///
/// # Errors
///
/// [`PlainError::ColumnsMissing`], [`PlainError::ColumnTwice`]; [`PlainError::BadCells`] naming blank
/// cells, and words among numbers.
pub fn read_covariates(
    table: &PlainTable,
    names: &[String],
) -> Result<Vec<CohortColumn>, PlainError> {
    let needed: Vec<&str> = names.iter().map(String::as_str).collect();
    table.header().require(&needed)?;
    let read = |name: &String| read_covariate(table.column(name)?, name);
    names.par_iter().map(read).collect()
}

fn read_covariate(column: PlainColumn, name: &str) -> Result<CohortColumn, PlainError> {
    let as_number = |text: &str| Some(number(text));
    let numbers = column.required("a value, for every child is compared by it", as_number)?;
    let n_numbers = numbers.iter().flatten().count();
    let values = match 2 * n_numbers > numbers.len() {
        // Without words there are as many; else the first of the words are named.
        true if n_numbers == numbers.len() => {
            ColumnValues::Numbers(numbers.into_iter().flatten().collect())
        }
        true => ColumnValues::Numbers(
            column.required("a number, as other cells of the column", number)?,
        ),
        false => {
            let texts = column.texts().flatten();
            ColumnValues::Words(texts.map(Cow::into_owned).collect())
        }
    };
    Ok(CohortColumn {
        name: name.to_owned(),
        values,
    })
}

/// A number for each combination of values of some columns, in the order of the values; blank is a
/// value like others.
///
/// # Errors
///
/// [`PlainError::ColumnsMissing`] or [`PlainError::ColumnTwice`].
pub fn read_cells(table: &PlainTable, names: &[String]) -> Result<Vec<u32>, PlainError> {
    let needed: Vec<&str> = names.iter().map(String::as_str).collect();
    table.header().require(&needed)?;
    let mut rows: Vec<Vec<String>> = vec![Vec::new(); table.n_rows()];
    for name in names {
        for (row, text) in rows.iter_mut().zip(table.column(name)?.texts()) {
            row.push(text.unwrap_or_default().into_owned());
        }
    }
    let distinct: BTreeSet<&Vec<String>> = rows.iter().collect();
    let numbers: BTreeMap<&Vec<String>, u32> = distinct.into_iter().zip(0..).collect();
    Ok(rows.iter().map(|row| numbers[row]).collect())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn table(text: &str) -> PlainTable {
        let input = std::io::Cursor::new(text.to_owned().into_bytes());
        PlainTable::read(Path::new("f.csv"), Box::new(input)).unwrap()
    }

    #[test]
    fn columns_are_of_numbers_or_of_words() {
        let table = table("arm,age,status\nprogramme,5,C2\n0,6.5,E1\nComparator,7,C2\n1,8,\"A\"\n");
        let arms = read_arms(table.column("arm").unwrap()).unwrap();
        assert_eq!(arms, [true, false, false, true]);
        let found = read_covariates(&table, &["age".to_owned(), "status".to_owned()]).unwrap();
        let ages = ColumnValues::Numbers(vec![5.0, 6.5, 7.0, 8.0]);
        let statuses = ["C2", "E1", "C2", "A"].map(str::to_owned).to_vec();
        let values: Vec<&ColumnValues> = found.iter().map(|column| &column.values).collect();
        assert_eq!(values, [&ages, &ColumnValues::Words(statuses)]);
        let cells = read_cells(&table, &["status".to_owned()]).unwrap();
        assert_eq!(cells, [1, 2, 1, 0]);
    }

    #[test]
    fn what_cannot_be_compared_is_named_by_its_cell() {
        let table =
            table("id,arm,age,event\na,programme,5,0\na,maybe,,1\nb,0,six,2\nc,0,7,x\nd,0,7,no\n");
        let check = |found: Result<(), PlainError>, expected: &str| {
            let text = found.unwrap_err().to_string();
            assert!(text.contains(expected), "{text}");
        };
        let column = |name| table.column(name).unwrap();
        check(
            read_ids(column("id")).map(drop),
            "row 3, column id: `a`; expected a child that has no other row",
        );
        check(
            read_arms(column("arm")).map(drop),
            "row 3, column arm: `maybe`; expected programme or comparator, or 1 or 0",
        );
        check(
            read_covariates(&table, &["age".to_owned()]).map(drop),
            "row 3, column age: blank; expected a value, for every child is compared by it",
        );
        check(
            read_endings(column("event")).map(drop),
            "row 5, column event: `x`; expected yes or no",
        );
    }
}
