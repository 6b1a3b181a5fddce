//! Placements from the statutory returns.

use std::path::PathBuf;

use kinfolk::prelude::ReadOptions;
use kinfolk::stages::{
    CareOptions, MoveRule, SameHomeOptions, StabilityOptions, placements_watched,
};
use pyo3::prelude::*;

use super::outcome::{Found, Outcome};
use crate::errors::UsageError;
use crate::options::{Names, code};
use crate::run::{Heard, interruptible};
use crate::study::day;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(placements, module)?)
}

/// How stable the placements of children in care are, from the statutory returns of several years.
///
/// Parameters
/// ----------
/// returns : path, or paths, of folders or files of returns (CSV set, workbook, XML)
/// on : the day, usually a 31 March; the year is the twelve months that end with it
/// today : the day that counts as today
/// moves : "spb", "spbtu" or "all": which rows of the return are a move
/// temporary : "bridge" or "count": what time in hospital or on holiday does
/// short_break_starts : "left_out" or "counted"
/// home_from : the first day of the question of the same home; without it, the days end with `on`
/// home_days : for how many days
/// country : "England", "Scotland" or "Wales"; what a nation does not have is refused
/// level : the level of intervals
///
/// Returns
/// -------
/// Outcome : a row for each child, the estimates under the rule chosen and every other, and what is wrong or
///     doubtful in the returns (findings)
///
/// Raises
/// ------
/// UsageError : when nothing that is named is a return, or none holds the day
/// OSError : when a file cannot be read
#[pyfunction]
#[pyo3(signature = (
    returns, *, on, today, moves = "spb", temporary = "bridge", short_break_starts = "left_out",
    home_from = None, home_days = 365, country = "England", level = 0.95,
))]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn placements(
    py: Python<'_>,
    returns: Names<PathBuf>,
    on: &Bound<'_, PyAny>,
    today: &Bound<'_, PyAny>,
    moves: &str,
    temporary: &str,
    short_break_starts: &str,
    home_from: Option<&Bound<'_, PyAny>>,
    home_days: u16,
    country: &str,
    level: f64,
) -> PyResult<Outcome> {
    let Names(returns) = returns;
    if returns.is_empty() {
        return Err(UsageError::new_err("returns: name a folder or a file"));
    }
    let on = day("on", on)?;
    let from = home_from.map(|from| day("home_from", from)).transpose()?;
    let options = CareOptions {
        stability: StabilityOptions {
            on,
            short_break_starts: code("short_break_starts", short_break_starts)?,
        },
        rule: MoveRule::new(code("moves", moves)?, code("temporary", temporary)?),
        same_home: match from {
            Some(from) => SameHomeOptions {
                from,
                days: home_days,
            },
            None => SameHomeOptions::up_to(on, home_days),
        },
        country: code("country", country)?,
    };
    let read = ReadOptions {
        today: day("today", today)?,
    };
    let found = interruptible(py, move || {
        let heard = Heard::of_this_thread();
        let placements = placements_watched(&returns, &read, options, level, &heard)?;
        let mut text = Vec::new();
        placements.write_csv(&mut text)?;
        let found = Found::with_rows(text, placements.summary())?;
        Ok(found.and_findings(placements.findings))
    })?;
    found.into_python(py)
}
