//! Distributions of inputs that nobody knows exactly, and inputs that go together.

use kinfolk::stats as methods;
use pyo3::prelude::*;

use super::columns::{Columns, Reader};
use super::frames::{numbers, table};
use super::run::{long, raised};
use crate::errors::DataError;
use crate::table::Table;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Distribution>()?;
    module.add_class::<GaussianCopula>()
}

/// What values may a number have, and how likely? Built from moments, read by normal score: see
/// docs/methods/value-uncertainty.md.
#[pyclass(frozen, module = "kinfolk.stats")]
struct Distribution(methods::Distribution);

#[pymethods]
impl Distribution {
    /// One value for certain.
    #[staticmethod]
    fn fixed(value: f64) -> Self {
        Self(methods::Distribution::fixed(value))
    }

    /// Normal with that mean and standard deviation.
    #[staticmethod]
    fn normal(mean: f64, sd: f64) -> PyResult<Self> {
        made(methods::Distribution::normal(mean, sd))
    }

    /// Lognormal with that mean, and that standard deviation of its logarithm.
    #[staticmethod]
    fn lognormal(mean: f64, sigma: f64) -> PyResult<Self> {
        made(methods::Distribution::lognormal(mean, sigma))
    }

    /// Beta on 0 to 1 with that mean and standard deviation.
    #[staticmethod]
    fn beta(mean: f64, sd: f64) -> PyResult<Self> {
        made(methods::Distribution::beta(mean, sd))
    }

    /// Gamma with that mean and standard deviation.
    #[staticmethod]
    fn gamma(mean: f64, sd: f64) -> PyResult<Self> {
        made(methods::Distribution::gamma(mean, sd))
    }

    /// PERT from the least, the likeliest and the most.
    #[staticmethod]
    fn pert(least: f64, likeliest: f64, most: f64) -> PyResult<Self> {
        made(methods::Distribution::pert(least, likeliest, most))
    }

    /// The values at a column of normal scores: draws, where the scores are standard normal draws.
    fn at(&self, py: Python<'_>, scores: &Bound<'_, PyAny>) -> PyResult<Vec<f64>> {
        let scores = Reader::default().numbers("scores", scores)?;
        let distribution = self.0;
        long(py, &[], move || {
            Ok(scores.iter().map(|score| distribution.at(*score)).collect())
        })
    }

    /// Whether it can have one value only.
    #[getter]
    fn is_fixed(&self) -> bool {
        self.0.is_fixed()
    }
}

fn made(
    distribution: Result<methods::Distribution, methods::StatsError>,
) -> PyResult<Distribution> {
    let distribution = distribution.map_err(|error| raised(&error, &[]))?;
    Ok(Distribution(distribution))
}

/// How strongly do inputs go together? Made from a square list of rows of correlations, ones on the
/// diagonal: see docs/methods/value-uncertainty.md.
#[pyclass(frozen, module = "kinfolk.stats")]
struct GaussianCopula {
    copula: methods::GaussianCopula,
    n_inputs: usize,
}

#[pymethods]
impl GaussianCopula {
    #[new]
    fn new(correlations: Vec<Vec<f64>>) -> PyResult<Self> {
        let copula = methods::GaussianCopula::new(&correlations);
        Ok(Self {
            copula: copula.map_err(|error| raised(&error, &[]))?,
            n_inputs: correlations.len(),
        })
    }

    /// Standard normal scores that go together, from a table with a column of independent ones for each
    /// input, in the order of the correlations; its columns keep their names.
    fn scores(&self, py: Python<'_>, independent: &Bound<'_, PyAny>) -> PyResult<Py<Table>> {
        let Columns { names, values } = Reader::default().table("independent", independent)?;
        if values.len() != self.n_inputs {
            return Err(DataError::new_err(format!(
                "independent has {} columns where the correlations are those of {}",
                values.len(),
                self.n_inputs
            )));
        }
        let together = self.together(&values);
        let columns = names.iter().zip(together);
        let columns = columns.map(|(name, scores)| numbers(name, scores.into_iter().map(Some)));
        table(py, columns.collect())
    }
}

impl GaussianCopula {
    /// Scores that go together, by column, from independent ones.
    fn together(&self, independent: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let n_rows = independent.first().map_or(0, Vec::len);
        let mut together = vec![Vec::with_capacity(n_rows); self.n_inputs];
        for at in 0..n_rows {
            let row: Vec<f64> = independent.iter().map(|column| column[at]).collect();
            for (column, score) in together.iter_mut().zip(self.copula.scores(&row)) {
                column.push(score);
            }
        }
        together
    }
}
