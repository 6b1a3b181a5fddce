//! Who is a fair comparator? Pairs.

use kinfolk::stats::matching::{
    self, Caliper, Candidates, CovariateCaliper, Greedy, Order, RiskSets,
};
use pyo3::prelude::*;
use pyo3::types::PyList;

use super::columns::Reader;
use super::frames::{counts, numbers, table};
use super::results::{functions, shown};
use super::run::long;
use crate::errors::UsageError;
use crate::options::one_of;
use crate::table::Table;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Matches>()?;
    functions!(module: match_greedily, match_optimally, match_risk_sets);
    Ok(())
}

const ORDERS: [(&str, Order); 4] = [
    ("largest", Order::Largest),
    ("smallest", Order::Smallest),
    ("closest", Order::Closest),
    ("rows", Order::Rows),
];

/// Pairs, each comparator in one at most.
#[pyclass(frozen, get_all, module = "kinfolk.stats")]
struct Matches {
    /// A row for each pair: treated and control (their rows, from 0), distance; from `match_risk_sets`
    /// also treated_follow_up and control_follow_up.
    pairs: Py<Table>,
    /// The widest distance that was allowed; `None` without a caliper.
    caliper: Option<f64>,
    /// How many treated subjects found no comparator.
    n_unmatched: usize,
    /// Each subject's weight for the effect on the treated; 0 for whoever is not matched.
    weights: Py<PyList>,
}

#[pymethods]
impl Matches {
    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf.as_any(), &["pairs", "caliper", "n_unmatched"])
    }
}

/// Who is the nearest comparator of each treated subject, without replacement?
///
/// Parameters
/// ----------
/// distance : column of where each subject lies, such as the logits of `propensity`
/// treated : column of who is treated
/// keys : column of whole numbers of each subject's own, which decide between equally near ones; the
///     rows without it
/// exact : column of words or numbers in which pairs must be the same
/// order : who chooses first: "largest", "smallest", "closest" or "rows"
/// ratio : comparators for each treated subject
/// caliper : how far apart a pair may lie; `None` for no limit
/// caliper_unit : "sd" (standard deviations of all subjects) or "units" (those of the distance)
/// covariate_calipers : list of (column, width), further limits in the same unit
///
/// Returns
/// -------
/// Matches : pairs by row, and weights
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, one arm only, or a key that two subjects have
/// UsageError : for an option out of range
///
/// Source
/// ------
/// docs/methods/matching-greedy.md
#[pyfunction]
#[pyo3(signature = (
    distance, treated, *, keys = None, exact = None, order = "largest", ratio = 1,
    caliper = Some(0.2), caliper_unit = "sd", covariate_calipers = Vec::new(),
),
    text_signature = "(distance, treated, *, keys=None, exact=None, order='largest', ratio=1, \
    caliper=0.2, caliper_unit='sd', covariate_calipers=[])",
)]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn match_greedily(
    py: Python<'_>,
    distance: &Bound<'_, PyAny>,
    treated: &Bound<'_, PyAny>,
    keys: Option<&Bound<'_, PyAny>>,
    exact: Option<&Bound<'_, PyAny>>,
    order: &str,
    ratio: usize,
    caliper: Option<f64>,
    caliper_unit: &str,
    covariate_calipers: Vec<(Bound<'_, PyAny>, f64)>,
) -> PyResult<Matches> {
    let mut rows = Reader::default();
    let subjects = Subjects::read(&mut rows, [distance, treated], keys, exact)?;
    let width = width_in(caliper_unit)?;
    let limits = Limits::read(&mut rows, &covariate_calipers, width)?;
    let (order, caliper) = (one_of("order", order, &ORDERS)?, caliper.map(width));
    let n = subjects.treated.len();
    let found = long(py, &[], move || {
        let limits = limits.calipers();
        let how = Greedy {
            order,
            ratio,
            caliper,
            covariate_calipers: &limits,
        };
        matching::match_greedily(&subjects.candidates(), &how)
    })?;
    matches(py, &found, n, &[])
}

/// Which pairs are nearest on the whole? One comparator each.
///
/// Parameters
/// ----------
/// distance, treated, keys, exact, caliper, caliper_unit : as for `match_greedily`
///
/// Returns
/// -------
/// Matches : pairs by row, and weights
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, one arm only, or a key that two subjects have
/// UsageError : for an option out of range
///
/// Source
/// ------
/// docs/methods/matching-optimal.md
#[pyfunction]
#[pyo3(signature = (
    distance, treated, *, keys = None, exact = None, caliper = Some(0.2), caliper_unit = "sd",
),
    text_signature = "(distance, treated, *, keys=None, exact=None, caliper=0.2, caliper_unit='sd')",
)]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn match_optimally(
    py: Python<'_>,
    distance: &Bound<'_, PyAny>,
    treated: &Bound<'_, PyAny>,
    keys: Option<&Bound<'_, PyAny>>,
    exact: Option<&Bound<'_, PyAny>>,
    caliper: Option<f64>,
    caliper_unit: &str,
) -> PyResult<Matches> {
    let subjects = Subjects::read(&mut Reader::default(), [distance, treated], keys, exact)?;
    let caliper = caliper.map(width_in(caliper_unit)?);
    let n = subjects.treated.len();
    let found = long(py, &[], move || {
        matching::match_optimally(&subjects.candidates(), caliper)
    })?;
    matches(py, &found, n, &[])
}

/// Who was not yet treated, and still watched, when each treated subject was treated?
///
/// Parameters
/// ----------
/// treated_at : column of how long after its own start each was treated; missing for who never was
/// left_at : column of how long after its own start each one's watching ended
/// distance : column of where each subject lies, such as the logits of `propensity`
/// keys, exact : as for `match_greedily`
/// caliper : how far apart a pair may lie, in the units of the distance; `None` for no limit
/// covariate_calipers : list of (column, width), further limits in the units of the column
///
/// Returns
/// -------
/// Matches : pairs by row, with how long each of a pair is followed from the treatment on
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, nobody or everybody treated, or a key used twice
/// UsageError : for a caliper that is not above 0
///
/// Source
/// ------
/// docs/methods/risk-sets.md
#[pyfunction]
#[pyo3(signature = (
    treated_at, left_at, distance, *, keys = None, exact = None, caliper = None,
    covariate_calipers = Vec::new(),
),
    text_signature = "(treated_at, left_at, distance, *, keys=None, exact=None, caliper=None, \
    covariate_calipers=[])",
)]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn match_risk_sets(
    py: Python<'_>,
    treated_at: &Bound<'_, PyAny>,
    left_at: &Bound<'_, PyAny>,
    distance: &Bound<'_, PyAny>,
    keys: Option<&Bound<'_, PyAny>>,
    exact: Option<&Bound<'_, PyAny>>,
    caliper: Option<f64>,
    covariate_calipers: Vec<(Bound<'_, PyAny>, f64)>,
) -> PyResult<Matches> {
    let mut rows = Reader::default();
    let treated_at = rows.numbers_or_missing("treated_at", treated_at)?;
    let left_at = rows.numbers("left_at", left_at)?;
    let distance = rows.numbers("distance", distance)?;
    let (keys, exact) = keys_and_cells(&mut rows, keys, exact, distance.len())?;
    let limits = Limits::read(&mut rows, &covariate_calipers, Caliper::Units)?;
    let n = distance.len();
    let (found, follow_ups) = long(py, &[], move || {
        let limits = limits.calipers();
        let sets = RiskSets {
            treated_at: &treated_at,
            left_at: &left_at,
            distance: &distance,
            keys: &keys,
            exact: exact.as_deref(),
            caliper,
            covariate_calipers: &limits,
        };
        let found = matching::match_risk_sets(&sets)?;
        let pairs = found.pairs.iter();
        let follow_ups: Vec<Option<[f64; 2]>> = pairs
            .map(|pair| matching::risk_set_follow_up(&sets, pair))
            .collect();
        Ok((found, follow_ups))
    })?;
    matches(py, &found, n, &follow_ups)
}

/// Columns in which pairs must lie near each other.
struct Limits(Vec<(Vec<f64>, Caliper)>);

impl Limits {
    fn read(
        rows: &mut Reader,
        given: &[(Bound<'_, PyAny>, f64)],
        width: impl Fn(f64) -> Caliper,
    ) -> PyResult<Self> {
        let mut limits = Vec::new();
        for (column, limit) in given {
            limits.push((rows.numbers("covariate_calipers", column)?, width(*limit)));
        }
        Ok(Self(limits))
    }

    fn calipers(&self) -> Vec<CovariateCaliper<'_>> {
        let limits = self.0.iter();
        limits
            .map(|(values, caliper)| CovariateCaliper {
                values,
                caliper: *caliper,
            })
            .collect()
    }
}

/// Subjects on a line.
struct Subjects {
    distance: Vec<f64>,
    treated: Vec<bool>,
    keys: Vec<u64>,
    exact: Option<Vec<u32>>,
}

impl Subjects {
    fn read(
        rows: &mut Reader,
        [distance, treated]: [&Bound<'_, PyAny>; 2],
        keys: Option<&Bound<'_, PyAny>>,
        exact: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let distance = rows.numbers("distance", distance)?;
        let treated = rows.truths("treated", treated)?;
        let (keys, exact) = keys_and_cells(rows, keys, exact, distance.len())?;
        Ok(Self {
            distance,
            treated,
            keys,
            exact,
        })
    }

    fn candidates(&self) -> Candidates<'_> {
        Candidates {
            treated: &self.treated,
            distance: &self.distance,
            keys: &self.keys,
            exact: self.exact.as_deref(),
        }
    }
}

/// The keys, or the rows; and the cells, or none.
fn keys_and_cells(
    rows: &mut Reader,
    keys: Option<&Bound<'_, PyAny>>,
    exact: Option<&Bound<'_, PyAny>>,
    n: usize,
) -> PyResult<(Vec<u64>, Option<Vec<u32>>)> {
    let keys = match keys {
        Some(column) => rows.counts("keys", column)?,
        None => (0..n as u64).collect(),
    };
    let exact = exact.map(|column| Ok::<_, PyErr>(rows.groups("exact", column)?.codes));
    Ok((keys, exact.transpose()?))
}

fn width_in(unit: &str) -> PyResult<fn(f64) -> Caliper> {
    match unit {
        "sd" => Ok(Caliper::StandardDeviations),
        "units" => Ok(Caliper::Units),
        other => Err(UsageError::new_err(format!(
            "caliper_unit: `{other}` is none of sd, units"
        ))),
    }
}

fn matches(
    py: Python<'_>,
    found: &matching::Matches,
    n_subjects: usize,
    follow_ups: &[Option<[f64; 2]>],
) -> PyResult<Matches> {
    let pairs = || found.pairs.iter();
    let mut columns = vec![
        counts("treated", pairs().map(|pair| pair.treated as u64)),
        counts("control", pairs().map(|pair| pair.control as u64)),
        numbers("distance", pairs().map(|pair| Some(pair.distance))),
    ];
    if !follow_ups.is_empty() {
        let of = |name: &str, at: usize| {
            numbers(
                name,
                follow_ups.iter().map(|both| both.map(|both| both[at])),
            )
        };
        columns.extend([of("treated_follow_up", 0), of("control_follow_up", 1)]);
    }
    Ok(Matches {
        pairs: table(py, columns)?,
        caliper: found.caliper,
        n_unmatched: found.n_unmatched,
        weights: PyList::new(py, found.weights(n_subjects))?.unbind(),
    })
}
