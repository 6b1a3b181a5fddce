//! The counts of a study by number instead of by name, checked for agreement.

use std::collections::{BTreeMap, BTreeSet};

use kinfolk_model::{Carried, Cell, CellName, Estimate, Estimates, Key, Statistic};

use crate::DisclosureError;
use crate::blur::{self, Spread};
use crate::field::Field;
use crate::scores::{self, Scored};
use crate::view::Bounds;

/// A cell by its place in [`System::cells`].
pub(crate) type CellAt = usize;

/// `total` less all `parts` is nothing.
#[derive(Debug, Clone)]
pub(crate) struct Equation {
    pub(crate) total: CellAt,
    pub(crate) parts: Vec<CellAt>,
}

impl Equation {
    /// Every cell in it: the total first.
    pub(crate) fn cells(&self) -> impl Iterator<Item = CellAt> {
        std::iter::once(self.total).chain(self.parts.iter().copied())
    }
}

/// The cells of one estimate.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields {
    /// In the order of [`Field::ALL`].
    counts: [Option<CellAt>; 4],
    /// What the value gives away exactly.
    pub(crate) rests_on: Vec<CellAt>,
    /// Sums of which the printed value leaves a range.
    pub(crate) blurred: Vec<(CellAt, Bounds)>,
    /// Whether the value says nothing beyond its own cell.
    is_count: bool,
}

impl Fields {
    /// The cell of one count.
    pub(crate) fn cell(&self, field: Field) -> Option<CellAt> {
        self.counts[field as usize]
    }

    /// The sums that it leaves a range of.
    pub(crate) fn blurred(&self) -> impl Iterator<Item = CellAt> {
        self.blurred.iter().map(|&(cell, _)| cell)
    }

    /// Every cell that the estimate gives away exactly when it is shown in full.
    pub(crate) fn all(&self) -> impl Iterator<Item = CellAt> {
        let counts = self.counts.into_iter().flatten();
        counts.chain(self.rests_on.iter().copied())
    }

    /// The cells that must all be shown for the value to be shown: whoever knows a share and one of
    /// its counts knows the other.
    pub(crate) fn behind_value(&self) -> impl Iterator<Item = CellAt> {
        let counts = match self.is_count {
            true => [self.cell(Field::Value), None, None],
            false => [Field::Value, Field::Numerator, Field::Denominator].map(|f| self.cell(f)),
        };
        let counts = counts.into_iter().flatten();
        counts.chain(self.rests_on.iter().copied())
    }
}

/// Every count, every sum, and what each estimate carries.
#[derive(Debug)]
pub(crate) struct System {
    pub(crate) names: Vec<CellName>,
    pub(crate) cells: Vec<Cell>,
    pub(crate) equations: Vec<Equation>,
    /// The equations in which each cell stands.
    pub(crate) equations_of: Vec<Vec<usize>>,
    /// In the order of the estimates.
    pub(crate) fields: Vec<Fields>,
    /// Whether each cell is a sum of scores.
    pub(crate) is_scored: Vec<bool>,
    /// The cells that are sums of scores.
    pub(crate) scored: Vec<Scored>,
    /// Whether any estimate, published or not, has a cell.
    pub(crate) is_in_estimates: Vec<bool>,
}

impl System {
    /// Reads the structure of the estimates.
    ///
    /// # Errors
    ///
    /// When a name is unknown, or when estimates, cells and sums disagree: nothing could be
    /// promised about such a structure.
    pub(crate) fn new(estimates: &Estimates) -> Result<Self, DisclosureError> {
        let structure = &estimates.structure;
        let names: Vec<CellName> = structure.cells.keys().cloned().collect();
        let cells: Vec<Cell> = structure.cells.values().copied().collect();
        let at: BTreeMap<&str, CellAt> = names.iter().map(String::as_str).zip(0..).collect();
        let equations = equations(estimates, &at)?;
        let mut equations_of = vec![Vec::new(); cells.len()];
        for (index, equation) in equations.iter().enumerate() {
            equation
                .cells()
                .for_each(|cell| equations_of[cell].push(index));
        }
        let keys: BTreeSet<Key> = estimates.records.iter().map(Estimate::key).collect();
        let fields = estimates
            .records
            .iter()
            .map(|estimate| {
                let carried = structure.carried.get(&estimate.key());
                let spread = spread(&keys, estimate);
                fields((estimate, spread), carried, (&cells, &at))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let scored = scored(estimates, &fields, &at)?;
        let mut is_scored = vec![false; cells.len()];
        for scored in &scored {
            is_scored[scored.cell] = true;
        }
        let mut is_in_estimates = vec![false; cells.len()];
        for cell in fields.iter().flat_map(Fields::all) {
            is_in_estimates[cell] = true;
        }
        let system = Self {
            names,
            cells,
            equations,
            equations_of,
            is_scored,
            scored,
            fields,
            is_in_estimates,
        };
        system.check_sums()?;
        for (estimate, fields) in estimates.records.iter().zip(&system.fields) {
            system.check_record(estimate, fields)?;
        }
        Ok(system)
    }

    /// The count in a cell.
    pub(crate) fn value(&self, cell: CellAt) -> u64 {
        self.cells[cell].value
    }

    /// Whether any estimate leaves a range of a cell.
    pub(crate) fn is_blurred(&self, cell: CellAt) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|fields| fields.blurred().any(|own| own == cell))
    }

    /// The places of cells with these names; names that are not there are passed over.
    pub(crate) fn places(&self, names: &BTreeSet<CellName>) -> BTreeSet<CellAt> {
        let cells = self.names.iter().enumerate();
        cells
            .filter(|(_, name)| names.contains(*name))
            .map(|(at, _)| at)
            .collect()
    }

    fn check_sums(&self) -> Result<(), DisclosureError> {
        for equation in &self.equations {
            let parts = equation.parts.iter().map(|&part| self.value(part)).sum();
            let held = self.value(equation.total);
            if parts != held {
                return Err(DisclosureError::Unbalanced {
                    total: self.names[equation.total].clone(),
                    parts,
                    held,
                });
            }
        }
        Ok(())
    }

    fn check_record(&self, estimate: &Estimate, fields: &Fields) -> Result<(), DisclosureError> {
        for field in Field::ALL {
            let (Some(printed), Some(cell)) = (field.count(estimate), fields.cell(field)) else {
                continue;
            };
            if printed != self.value(cell) {
                return Err(DisclosureError::Mismatch {
                    key: Box::new(estimate.key()),
                    field: field.label(),
                    printed,
                    cell: self.names[cell].clone(),
                    held: self.value(cell),
                });
            }
        }
        Ok(())
    }
}

fn equations(
    estimates: &Estimates,
    at: &BTreeMap<&str, CellAt>,
) -> Result<Vec<Equation>, DisclosureError> {
    let sums = &estimates.structure.sums;
    sums.iter()
        .map(|sum| {
            let by = || format!("the sum for {}", sum.total);
            let parts = sum.parts.iter().map(|part| find(part, at, by));
            Ok(Equation {
                total: find(&sum.total, at, by)?,
                parts: parts.collect::<Result<_, _>>()?,
            })
        })
        .collect()
}

fn scored(
    estimates: &Estimates,
    fields: &[Fields],
    at: &BTreeMap<&str, CellAt>,
) -> Result<Vec<Scored>, DisclosureError> {
    let scores = estimates.structure.scores.iter();
    scores
        .map(|(name, &scores)| {
            let cell = find(name, at, || "the scores".to_owned())?;
            let sum = estimates.structure.cells[name].value;
            let records = estimates.records.iter().zip(fields).enumerate();
            let speaking = records
                .filter(|(_, (_, fields))| fields.blurred().any(|own| own == cell))
                .filter_map(|(at, (estimate, _))| Some((at, scores::reach(estimate)?)));
            Ok(Scored::new((cell, sum), scores, speaking.collect()))
        })
        .collect()
}

/// Whether the standard deviation of the same values is among the estimates.
fn spread(keys: &BTreeSet<Key>, estimate: &Estimate) -> Spread {
    let deviation = Key {
        statistic: Statistic::StandardDeviation,
        ..estimate.key()
    };
    match keys.contains(&deviation) {
        true => Spread::Printed,
        false => Spread::Unknown,
    }
}

fn fields(
    (estimate, spread): (&Estimate, Spread),
    carried: Option<&Carried>,
    (cells, at): (&[Cell], &BTreeMap<&str, CellAt>),
) -> Result<Fields, DisclosureError> {
    let Some(carried) = carried else {
        return Ok(Fields::default());
    };
    let by = || estimate.key().to_string();
    let mut counts = [None; 4];
    for field in Field::ALL {
        let name = field.cell(carried);
        counts[field as usize] = name.map(|name| find(name, at, by)).transpose()?;
    }
    let find_all = |names: &[CellName]| -> Result<Vec<CellAt>, DisclosureError> {
        names.iter().map(|name| find(name, at, by)).collect()
    };
    let blur = blur::of(estimate, spread);
    let exact = find_all(&carried.rests_on)?.into_iter();
    let sums = find_all(&carried.mean_of)?.into_iter();
    let (blurred, plain): (Vec<CellAt>, Vec<CellAt>) = sums.partition(|_| blur.is_some());
    Ok(Fields {
        counts,
        rests_on: exact.chain(plain).collect(),
        blurred: blurred
            .into_iter()
            .filter_map(|cell| Some((cell, blur?.around(cells[cell].value))))
            .collect(),
        is_count: estimate.statistic == Statistic::Count && carried.value.is_some(),
    })
}

fn find(
    name: &str,
    at: &BTreeMap<&str, CellAt>,
    by: impl Fn() -> String,
) -> Result<CellAt, DisclosureError> {
    at.get(name)
        .copied()
        .ok_or_else(|| DisclosureError::UnknownCell {
            cell: name.to_owned(),
            by: by(),
        })
}
