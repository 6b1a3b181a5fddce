//! Made-up studies, returns and cohorts, to try a method on before it meets a child's record.

use std::path::{Path, PathBuf};

use kinfolk::Error;
use kinfolk::init::check_is_new;
use kinfolk::synth::{
    CohortPlan, ReturnsPlan, ReturnsWorld, StudyPlan, StudyReturnsPlan, SynthError, demo_plan,
    plant_faults, write_cohort, write_returns, write_study,
};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::run::interruptible;

pub(crate) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(synth_study, module)?)?;
    module.add_function(wrap_pyfunction!(synth_returns, module)?)?;
    module.add_function(wrap_pyfunction!(synth_cohort, module)?)
}

/// Makes up a study folder: no child in it exists.
///
/// Parameters
/// ----------
/// out : path of the folder to make, empty or missing
/// seed : the same seed gives the same bytes
/// children : how many children are referred
/// others : how many other children in care the authority's returns tell of; no returns without
/// years : how many returns there are, one a year
/// dirty : whether to plant faults, which README-faults.md then lists
///
/// Raises
/// ------
/// UsageError : for a folder that holds something
/// KinfolkError : for a file that cannot be written
#[pyfunction]
#[pyo3(signature = (out, *, seed, children = 72, others = None, years = 5, dirty = false))]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn synth_study(
    py: Python<'_>,
    out: PathBuf,
    seed: u64,
    children: usize,
    others: Option<usize>,
    years: i16,
    dirty: bool,
) -> PyResult<()> {
    let plan = StudyPlan {
        n_children: children,
        seed,
        benchmark: None,
        ..demo_plan()
    };
    let returns = others.map(|n_others| StudyReturnsPlan {
        n_years: years,
        n_others,
        world: ReturnsWorld::England,
    });
    interruptible(py, move || {
        made(&out, dirty.then_some(seed), |out| {
            write_study(&plan, returns, out)
        })
    })
}

/// Makes up yearly returns on children looked after (SSDA903), a folder for each year up to 2025.
///
/// Parameters
/// ----------
/// out : path of the folder to make, empty or missing
/// seed : the same seed gives the same bytes
/// children : how many children they tell of
/// years : how many returns, one a year
/// dense : many short episodes, for measuring speed, rather than shares near England's
/// dirty : whether to plant faults, which README-faults.md then lists
///
/// Returns
/// -------
/// dict : what must come out: rows, episodes, children in care on the last day, and those of them with three
///     or more placements in the last year counting new carers, moves with the same carer too, every row
///
/// Raises
/// ------
/// UsageError : for a folder that holds something
/// KinfolkError : for a file that cannot be written
#[pyfunction]
#[pyo3(signature = (out, *, seed, children, years = 5, dense = false, dirty = false))]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn synth_returns<'py>(
    py: Python<'py>,
    out: PathBuf,
    seed: u64,
    children: usize,
    years: i16,
    dense: bool,
    dirty: bool,
) -> PyResult<Bound<'py, PyDict>> {
    let plan = ReturnsPlan {
        n_children: children,
        n_years: years,
        last_year: ReturnsPlan::LAST_YEAR,
        seed,
        world: match dense {
            true => ReturnsWorld::Dense,
            false => ReturnsWorld::England,
        },
    };
    let answers = interruptible(py, move || {
        made(&out, dirty.then_some(seed), |out| write_returns(&plan, out))
    })?;
    let found = PyDict::new(py);
    found.set_item("rows", answers.n_rows)?;
    found.set_item("episodes", answers.n_episodes)?;
    found.set_item("in_care", answers.n_in_care)?;
    found.set_item("three_or_more", answers.n_three_or_more)?;
    Ok(found)
}

/// Makes up a table of two arms, cohort.csv, whose truth is known and whose arms were not alike to begin
/// with.
///
/// Parameters
/// ----------
/// out : path of the folder to make, empty or missing
/// seed : the same seed gives the same bytes
/// children : how many children in both arms together
/// authorities : how many authorities they belong to
/// risk_difference : what the programme adds to the chance of the same home a year later, -0.15 to 0.15
/// hazard_ratio : the hazard of a move in the programme over that of a comparator, 0 to 2
///
/// Returns
/// -------
/// dict : the truth, and the difference of the arms as they are
///
/// Raises
/// ------
/// UsageError : for a folder that holds something, or a truth out of range
/// KinfolkError : for a file that cannot be written
#[pyfunction]
#[pyo3(signature = (
    out, *, seed, children = 2000, authorities = 1, risk_difference = 0.1, hazard_ratio = 0.7,
))]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn synth_cohort<'py>(
    py: Python<'py>,
    out: PathBuf,
    seed: u64,
    children: usize,
    authorities: u16,
    risk_difference: f64,
    hazard_ratio: f64,
) -> PyResult<Bound<'py, PyDict>> {
    let plan = CohortPlan {
        n_children: children,
        n_authorities: authorities,
        seed,
        ..CohortPlan::default()
    };
    let truth = interruptible(py, move || {
        let plan = plan.with_truth(risk_difference, hazard_ratio)?;
        made(&out, None, |out| write_cohort(&plan, out))
    })?;
    let found = PyDict::new(py);
    found.set_item("risk_difference", truth.risk_difference)?;
    found.set_item("hazard_ratio", truth.hazard_ratio)?;
    found.set_item("unadjusted_difference", truth.unadjusted_difference())?;
    Ok(found)
}

/// Writes into a new folder, and plants faults there where a seed for them is given.
fn made<T>(
    out: &Path,
    faults: Option<u64>,
    write: impl FnOnce(&Path) -> Result<T, SynthError>,
) -> Result<T, Error> {
    check_is_new(out)?;
    let written = write(out)?;
    if let Some(seed) = faults {
        plant_faults(out, seed)?;
    }
    Ok(written)
}
