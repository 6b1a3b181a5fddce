//! One estimate as it is printed.

use kinfolk_model::{Estimate, Statistic, Unit};

use crate::field::Field;
use crate::system::{CellAt, Fields, System};
use crate::{Profile, Released, Shown, round};

/// Said where rounded counts allow no interval.
const NO_INTERVAL: &str = "No interval is given, because the numbers behind it are rounded.";

/// How figures are printed: which cells are hidden, and what counts are rounded to.
#[derive(Debug)]
pub(crate) struct Printer<'a> {
    pub(crate) system: &'a System,
    pub(crate) profile: &'a Profile,
    pub(crate) base: u64,
    pub(crate) hidden: &'a [bool],
}

impl Printer<'_> {
    /// Prints an estimate.
    pub(crate) fn print(&self, estimate: &Estimate, fields: &Fields) -> Released {
        let is_open = !fields.behind_value().any(|cell| self.hidden[cell])
            && self
                .profile
                .allows(estimate.statistic, estimate.denominator);
        let is_rounded_share = self.is_rounded_share(estimate, fields);
        let interval = match is_rounded_share && is_open {
            true => None,
            false => estimate.lower.zip(estimate.upper),
        };
        let value = self.value(estimate, fields, is_rounded_share);
        Released {
            key: estimate.key(),
            population: estimate.population.clone(),
            value: shown(value, is_open),
            interval: shown(interval.map(|ends| as_printed(ends, estimate)), is_open),
            level: estimate.level,
            unit: estimate.unit,
            numerator: self.count(estimate.numerator, fields.cell(Field::Numerator)),
            denominator: self.count(estimate.denominator, fields.cell(Field::Denominator)),
            n_missing: self.count(estimate.n_missing, fields.cell(Field::Missing)),
            method: estimate.method.clone(),
            options: estimate.options.clone(),
            note: match is_rounded_share && estimate.lower.is_some() {
                true => format!("{} {NO_INTERVAL}", estimate.note).trim().to_owned(),
                false => estimate.note.clone(),
            },
        }
    }

    fn value(&self, estimate: &Estimate, fields: &Fields, is_rounded_share: bool) -> Option<f64> {
        let value = estimate.value?;
        let value =
            match [Field::Value, Field::Numerator, Field::Denominator].map(|f| fields.cell(f)) {
                [Some(cell), ..] if estimate.statistic == Statistic::Count => {
                    float(self.rounded(self.system.value(cell), cell))
                }
                [_, Some(top), Some(bottom)] if is_rounded_share => {
                    let of = |cell| float(self.rounded(self.system.value(cell), cell));
                    of(top) / of(bottom).max(1.0)
                }
                _ => value,
            };
        Some(round::as_printed(value, estimate.statistic, estimate.unit))
    }

    /// Whether a share is made from rounded counts.
    fn is_rounded_share(&self, estimate: &Estimate, fields: &Fields) -> bool {
        let counts = [Field::Numerator, Field::Denominator].map(|field| fields.cell(field));
        let counts_children = |cell: &Option<CellAt>| {
            cell.is_some_and(|cell| self.system.cells[cell].children.is_some())
        };
        self.profile.rounds_shares
            && estimate.unit == Unit::Proportion
            && counts.iter().all(counts_children)
    }

    fn count(&self, count: Option<u64>, cell: Option<CellAt>) -> Shown<u64> {
        match cell {
            Some(cell) => shown(count.map(|n| self.rounded(n, cell)), !self.hidden[cell]),
            None => shown(count, true),
        }
    }

    /// Only counts behind which children stand are rounded.
    fn rounded(&self, count: u64, cell: CellAt) -> u64 {
        match self.system.cells[cell].children {
            Some(_) => round::to_base(count, self.base),
            None => count,
        }
    }
}

fn shown<T>(figure: Option<T>, is_open: bool) -> Shown<T> {
    match (figure, is_open) {
        (None, _) => Shown::Absent,
        (Some(_), false) => Shown::Withheld,
        (Some(figure), true) => Shown::Figure(figure),
    }
}

fn as_printed((lower, upper): (f64, f64), estimate: &Estimate) -> (f64, f64) {
    let end = |end| round::as_printed(end, estimate.statistic, estimate.unit);
    (end(lower), end(upper))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people lie far below 2^53"
)]
fn float(count: u64) -> f64 {
    count as f64
}
