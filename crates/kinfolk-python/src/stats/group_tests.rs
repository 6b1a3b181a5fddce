//! Do groups differ over the whole of the time?

use kinfolk::stats::survival::{self, Endings};
use pyo3::prelude::*;

use super::columns::{AT_LEAST_ZERO, Reader};
use super::curves::Watched;
use super::frames::{counts, numbers, table, words};
use super::hazards::{ModelTest, codes};
use super::results::{functions, shown};
use super::run::{computed, long};
use crate::table::Table;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<GroupTest>()?;
    functions!(module: log_rank, gray);
    Ok(())
}

/// The log-rank test and its parts.
#[pyclass(frozen, get_all, module = "kinfolk.stats", name = "LogRank")]
struct GroupTest {
    /// A row for each group: group, n, observed, expected.
    groups: Py<Table>,
    /// The test statistic.
    chi_square: f64,
    /// Its degrees of freedom.
    degrees: usize,
    /// The chance of a statistic at least as large were the groups alike.
    p_value: f64,
}

#[pymethods]
impl GroupTest {
    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf.as_any(), &["chi_square", "degrees", "p_value"])
    }
}

/// Could the groups' curves differ as much by chance? The log-rank test over any number of groups.
///
/// Parameters
/// ----------
/// time, event, entry : as for `kaplan_meier`
/// groups : column of words or numbers
/// strata : column of words or numbers within which to compare
/// rho : weights each event by the share still without it, to this power: 0 for the log-rank test, 1
///     for that of Peto and Peto
///
/// Returns
/// -------
/// LogRank : the test, and each group's events seen and expected
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, or no two groups to compare
///
/// Source
/// ------
/// docs/methods/log-rank.md
#[pyfunction]
#[pyo3(signature = (time, event, groups, *, entry = None, strata = None, rho = 0.0))]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn log_rank(
    py: Python<'_>,
    time: &Bound<'_, PyAny>,
    event: &Bound<'_, PyAny>,
    groups: &Bound<'_, PyAny>,
    entry: Option<&Bound<'_, PyAny>>,
    strata: Option<&Bound<'_, PyAny>>,
    rho: f64,
) -> PyResult<GroupTest> {
    let mut rows = Reader::default();
    let watched = Watched::read(&mut rows, [time, event], entry)?;
    let groups = rows.groups("groups", groups)?;
    let strata = codes(&mut rows, "strata", strata)?;
    let labels = groups.labels;
    let found = long(py, &[], move || {
        let follow_up = watched.follow_up()?;
        survival::log_rank(&follow_up, &groups.codes, strata.as_deref(), rho)
    })?;
    let of = |name: &str, field: fn(&survival::GroupCount) -> f64| {
        numbers(name, found.groups.iter().map(|group| Some(field(group))))
    };
    let columns = vec![
        words("group", &labels),
        counts("n", found.groups.iter().map(|group| group.n)),
        of("observed", |group| group.observed),
        of("expected", |group| group.expected),
    ];
    Ok(GroupTest {
        groups: table(py, columns)?,
        chi_square: found.chi_square,
        degrees: found.degrees,
        p_value: found.p_value,
    })
}

/// Could the groups' shares with one kind of ending differ as much by chance? Gray's test.
///
/// Parameters
/// ----------
/// time, ending, cause : as for `cumulative_incidence`
/// groups : column of words or numbers
/// strata : column of words or numbers within which to compare
/// rho : weights each ending by the share yet to come to it, to this power
///
/// Returns
/// -------
/// ModelTest : the statistic, its degrees of freedom and its probability
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, or no two groups to compare
///
/// Source
/// ------
/// docs/methods/gray.md
#[pyfunction]
#[pyo3(signature = (time, ending, groups, *, cause = 1, strata = None, rho = 0.0))]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn gray(
    py: Python<'_>,
    time: &Bound<'_, PyAny>,
    ending: &Bound<'_, PyAny>,
    groups: &Bound<'_, PyAny>,
    cause: u32,
    strata: Option<&Bound<'_, PyAny>>,
    rho: f64,
) -> PyResult<ModelTest> {
    let mut rows = Reader::default();
    let times = rows.numbers_in(AT_LEAST_ZERO, "time", time)?;
    let causes = rows.digits("ending", ending)?;
    let groups = rows.groups("groups", groups)?;
    let strata = codes(&mut rows, "strata", strata)?;
    computed(py, &[], move || {
        let endings = Endings::new(&times, &causes)?;
        survival::gray(&endings, cause, &groups.codes, strata.as_deref(), rho)
    })
}
