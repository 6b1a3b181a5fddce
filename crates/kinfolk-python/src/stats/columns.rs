//! Columns of one length, read one after the other. What cannot be used is refused with the name of its
//! column.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::cells::{Cell, cells_of, cells_of_series};
use crate::arrow::{Streamed, stream_of};
use crate::errors::DataError;

/// Reads columns that belong to the same rows.
#[derive(Default)]
pub(super) struct Reader {
    /// The first column and its length, to which the others are held.
    first: Option<(String, usize)>,
    /// The first object of pandas, with its name: others must have the same index.
    indexed: Option<(String, Py<PyAny>)>,
}

/// Which numbers a column may hold.
#[derive(Clone, Copy)]
pub(super) struct Range {
    /// What is said of one that it may not.
    outside: &'static str,
    holds: fn(f64) -> bool,
}

pub(super) const ABOVE_ZERO: Range = Range {
    outside: "not above 0",
    holds: |number| number > 0.0,
};

pub(super) const AT_LEAST_ZERO: Range = Range {
    outside: "not at least 0",
    holds: |number| number >= 0.0,
};

pub(super) const PROBABILITY: Range = Range {
    outside: "no probability from 0 to 1",
    holds: |number| (0.0..=1.0).contains(&number),
};

/// A propensity score.
pub(super) const SCORE: Range = Range {
    outside: "not above 0 and below 1",
    holds: |number| number > 0.0 && number < 1.0,
};

/// Columns with their names.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    pub(super) names: Vec<String>,
    pub(super) values: Vec<Vec<f64>>,
}

impl Columns {
    pub(super) fn slices(&self) -> Vec<&[f64]> {
        self.values.iter().map(Vec::as_slice).collect()
    }
}

/// Columns with their names, some of whose cells are missing.
#[derive(Debug, Clone, Default)]
pub(super) struct ColumnsWithGaps {
    pub(super) names: Vec<String>,
    pub(super) values: Vec<Vec<Option<f64>>>,
}

/// Groups by their labels.
#[derive(Debug, Clone)]
pub(super) struct Groups {
    /// Numbers in the order of their size, words in that of their letters.
    pub(super) labels: Vec<String>,
    /// The position of each row's label.
    pub(super) codes: Vec<u32>,
}

impl Groups {
    pub(super) fn positions(self) -> Vec<usize> {
        self.codes.into_iter().map(|code| code as usize).collect()
    }
}

impl Reader {
    /// Finite numbers; yes is 1 and no is 0.
    pub(super) fn numbers(&mut self, name: &str, column: &Bound<'_, PyAny>) -> PyResult<Vec<f64>> {
        let cells = self.cells(name, column)?;
        numbers(name, &cells)
    }

    /// Numbers within a range.
    pub(super) fn numbers_in(
        &mut self,
        range: Range,
        name: &str,
        column: &Bound<'_, PyAny>,
    ) -> PyResult<Vec<f64>> {
        let cells = self.cells(name, column)?;
        numbers(name, &cells)?;
        let number = |cell: &Cell| cell.number().filter(|number| (range.holds)(*number));
        read(name, &cells, range.outside, number)
    }

    /// The same, where some may be missing.
    pub(super) fn numbers_or_missing(
        &mut self,
        name: &str,
        column: &Bound<'_, PyAny>,
    ) -> PyResult<Vec<Option<f64>>> {
        let cells = self.cells(name, column)?;
        numbers_or_missing(name, &cells)
    }

    /// Yes and no, or 1 and 0.
    pub(super) fn truths(&mut self, name: &str, column: &Bound<'_, PyAny>) -> PyResult<Vec<bool>> {
        let cells = self.cells(name, column)?;
        read(name, &cells, "neither yes nor no (1 or 0)", Cell::truth)
    }

    /// Whole numbers from 0 on.
    pub(super) fn counts(&mut self, name: &str, column: &Bound<'_, PyAny>) -> PyResult<Vec<u64>> {
        let cells = self.cells(name, column)?;
        read(name, &cells, "no whole number from 0 on", Cell::count)
    }

    /// Whole numbers from 0 on that are small: kinds of endings, scores.
    pub(super) fn digits(&mut self, name: &str, column: &Bound<'_, PyAny>) -> PyResult<Vec<u32>> {
        let cells = self.cells(name, column)?;
        let small = |cell: &Cell| cell.count()?.try_into().ok();
        read(name, &cells, "no whole number from 0 on", small)
    }

    /// Words or numbers that say who belongs together.
    pub(super) fn groups(&mut self, name: &str, column: &Bound<'_, PyAny>) -> PyResult<Groups> {
        let cells = self.cells(name, column)?;
        groups(name, &cells)
    }

    /// A frame, a dictionary of columns, a list of columns, or an array of rows and columns.
    pub(super) fn table(&mut self, name: &str, table: &Bound<'_, PyAny>) -> PyResult<Columns> {
        let mut found = Columns::default();
        for (name, cells) in self.named_cells(name, table)? {
            found.values.push(numbers(&name, &cells)?);
            found.names.push(name);
        }
        Ok(found)
    }

    /// The same without a table: no columns.
    pub(super) fn table_or_none(
        &mut self,
        name: &str,
        table: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Columns> {
        table.map_or_else(|| Ok(Columns::default()), |table| self.table(name, table))
    }

    /// A table whose cells may be missing.
    pub(super) fn table_with_gaps(
        &mut self,
        name: &str,
        table: &Bound<'_, PyAny>,
    ) -> PyResult<ColumnsWithGaps> {
        let mut found = ColumnsWithGaps::default();
        for (name, cells) in self.named_cells(name, table)? {
            found.values.push(numbers_or_missing(&name, &cells)?);
            found.names.push(name);
        }
        Ok(found)
    }

    /// A table of categories.
    pub(super) fn table_of_groups(
        &mut self,
        name: &str,
        table: &Bound<'_, PyAny>,
    ) -> PyResult<Vec<Vec<u32>>> {
        let columns = self.named_cells(name, table)?.into_iter();
        columns
            .map(|(name, cells)| Ok(groups(&name, &cells)?.codes))
            .collect()
    }

    fn cells(&mut self, name: &str, column: &Bound<'_, PyAny>) -> PyResult<Vec<Cell>> {
        let cells = cells_of(name, column)?;
        self.hold(name, cells.len())?;
        self.hold_index(name, column)?;
        Ok(cells)
    }

    /// Refuses a series or frame of pandas whose index is not that of the first: rows go by their place, and those of
    /// another index may be in another order.
    fn hold_index(&mut self, name: &str, held: &Bound<'_, PyAny>) -> PyResult<()> {
        if !held.hasattr("iloc")? {
            return Ok(());
        }
        let index = held.getattr("index")?;
        let Some((first, expected)) = &self.indexed else {
            self.indexed = Some((name.to_owned(), index.unbind()));
            return Ok(());
        };
        match index.call_method1("equals", (expected,))?.extract()? {
            true => Ok(()),
            false => Err(refused(
                name,
                &format!("has another index than {first}; bring them to one order"),
            )),
        }
    }

    fn named_cells(
        &mut self,
        name: &str,
        table: &Bound<'_, PyAny>,
    ) -> PyResult<Vec<(String, Vec<Cell>)>> {
        let columns = columns_of(name, table)?;
        self.hold_index(name, table)?;
        for (name, cells) in &columns {
            self.hold(name, cells.len())?;
        }
        Ok(columns)
    }

    /// Holds a column to the length of the first one.
    fn hold(&mut self, name: &str, length: usize) -> PyResult<()> {
        if length == 0 {
            return Err(refused(name, "has no rows"));
        }
        match &self.first {
            None => self.first = Some((name.to_owned(), length)),
            Some((first, expected)) if *expected != length => {
                let why = format!("has {length} rows where {first} has {expected}");
                return Err(refused(name, &why));
            }
            Some(_) => {}
        }
        Ok(())
    }
}

fn refused(name: &str, why: &str) -> PyErr {
    DataError::new_err(format!("column {name} {why}"))
}

fn columns_of(name: &str, table: &Bound<'_, PyAny>) -> PyResult<Vec<(String, Vec<Cell>)>> {
    if let Some(1) = n_dimensions(table) {
        return Ok(vec![(name.to_owned(), cells_of(name, table)?)]);
    }
    if table.is_instance_of::<PyDict>() || table.hasattr("items")? {
        return named_columns(table);
    }
    match stream_of(table)? {
        Some(Streamed::Table(columns)) => {
            let columns = columns.iter();
            let named = columns.map(|one| (one.name().to_string(), cells_of_series(one)));
            Ok(named.collect())
        }
        Some(Streamed::Column(column)) => {
            let own = column.name().as_str();
            let name = if own.is_empty() { name } else { own };
            Ok(vec![(name.to_owned(), cells_of_series(&column))])
        }
        None => numbered_columns(name, table),
    }
}

/// How many dimensions an array or frame says that it has.
fn n_dimensions(table: &Bound<'_, PyAny>) -> Option<usize> {
    table.getattr("ndim").ok()?.extract().ok()
}

/// Those of a dictionary, or of a frame of pandas.
fn named_columns(table: &Bound<'_, PyAny>) -> PyResult<Vec<(String, Vec<Cell>)>> {
    let items = table.call_method0("items")?;
    let columns = items.try_iter()?.map(|item| {
        let (name, column): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item?.extract()?;
        let name = name.str()?.to_string();
        let cells = cells_of(&name, &column)?;
        Ok((name, cells))
    });
    columns.collect()
}

/// Those of a list of columns, or of an array with a row for each subject.
fn numbered_columns(name: &str, table: &Bound<'_, PyAny>) -> PyResult<Vec<(String, Vec<Cell>)>> {
    let columns = match n_dimensions(table) {
        Some(_) => table.getattr("T")?.call_method0("tolist")?,
        None => table.clone(),
    };
    let columns = columns
        .try_iter()
        .map_err(|_| refused(name, "is no table"))?
        .enumerate()
        .map(|(at, column)| {
            let name = format!("{name}[{at}]");
            let cells = cells_of(&name, &column?)?;
            Ok((name, cells))
        });
    columns.collect()
}

fn numbers(name: &str, cells: &[Cell]) -> PyResult<Vec<f64>> {
    read(name, cells, "no finite number", Cell::number)
}

fn numbers_or_missing(name: &str, cells: &[Cell]) -> PyResult<Vec<Option<f64>>> {
    let read = |(row, cell): (usize, &Cell)| match cell {
        Cell::Missing => Ok(None),
        cell => cell.number().map(Some).ok_or_else(|| {
            let why = format!("holds {} in row {row}, no finite number", cell.shown());
            refused(name, &why)
        }),
    };
    cells.iter().enumerate().map(read).collect()
}

/// Each cell read; the first that cannot be is named by its row, from 0.
fn read<T>(
    name: &str,
    cells: &[Cell],
    what: &str,
    read: impl Fn(&Cell) -> Option<T>,
) -> PyResult<Vec<T>> {
    let cells = cells.iter().enumerate().map(|(row, cell)| match cell {
        Cell::Missing => Err(refused(name, &gap(row, cells))),
        cell => read(cell).ok_or_else(|| {
            refused(
                name,
                &format!("holds {} in row {row}, {what}", cell.shown()),
            )
        }),
    });
    cells.collect()
}

fn gap(row: usize, cells: &[Cell]) -> String {
    let n_missing = cells.iter().filter(|cell| **cell == Cell::Missing).count();
    format!(
        "holds no value in row {row} ({n_missing} of {} missing); leave such rows out, or fill them",
        cells.len()
    )
}

fn groups(name: &str, cells: &[Cell]) -> PyResult<Groups> {
    let labels = read(name, cells, "neither a word nor a number", Cell::label)?;
    let mut order: Vec<usize> = (0..cells.len()).collect();
    match cells.iter().map(Cell::number).collect::<Option<Vec<f64>>>() {
        Some(numbers) => order.sort_by(|&a, &b| numbers[a].total_cmp(&numbers[b])),
        None => order.sort_by(|&a, &b| labels[a].cmp(&labels[b])),
    }
    let mut found = Groups {
        labels: Vec::new(),
        codes: vec![0; cells.len()],
    };
    for row in order {
        if found.labels.last() != Some(&labels[row]) {
            found.labels.push(labels[row].clone());
        }
        found.codes[row] = found.labels.len() as u32 - 1;
    }
    Ok(found)
}
