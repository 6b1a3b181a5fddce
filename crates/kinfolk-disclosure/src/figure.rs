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
    /// Sums of which nothing may be said, not even roughly.
    pub(crate) guarded: &'a [bool],
}

impl Printer<'_> {
    /// Prints an estimate.
    pub(crate) fn print(&self, estimate: &Estimate, fields: &Fields) -> Released {
        let is_open = !fields.behind_value().any(|cell| self.hidden[cell])
            && !fields.blurred().any(|cell| self.guarded[cell])
            && self
                .profile
                .allows(estimate.statistic, estimate.denominator);
        let count = |count, field| self.count(count, fields.cell(field));
        let released = Released {
            key: estimate.key(),
            population: estimate.population.clone(),
            value: Shown::Withheld,
            interval: Shown::Withheld,
            level: None,
            unit: estimate.unit,
            numerator: count(estimate.numerator, Field::Numerator),
            denominator: count(estimate.denominator, Field::Denominator),
            n_missing: count(estimate.n_missing, Field::Missing),
            is_rounded: self.base > 1 && self.counts_children(fields),
            method: estimate.method.clone(),
            options: estimate.options.clone(),
            note: String::new(),
        };
        match is_open {
            true => self.open(released, estimate, fields),
            false => closed(released),
        }
    }

    /// Adds what is said of a figure whose value may be shown.
    fn open(&self, released: Released, estimate: &Estimate, fields: &Fields) -> Released {
        let is_rounded = self.is_rounded_share(estimate, fields);
        let interval = match is_rounded {
            true => None,
            false => estimate.lower.zip(estimate.upper),
        };
        let note = match is_rounded && estimate.lower.is_some() {
            true => format!("{} {NO_INTERVAL}", estimate.note).trim().to_owned(),
            false => estimate.note.clone(),
        };
        Released {
            value: shown(self.value(estimate, fields, is_rounded), true),
            interval: shown(interval.map(|ends| as_printed(ends, estimate)), true),
            level: interval.and(estimate.level),
            note,
            ..released
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

    /// Whether any of the counts is one of children.
    fn counts_children(&self, fields: &Fields) -> bool {
        let counts = [Field::Value, Field::Numerator, Field::Denominator];
        let mut cells = counts.into_iter().filter_map(|field| fields.cell(field));
        cells.any(|cell| self.system.cells[cell].children.is_some())
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

/// A figure whose value is withheld, whether there is one or not: that there is none, or no interval,
/// or a caution about either, would say how many it rests on.
fn closed(released: Released) -> Released {
    let has_interval = !matches!(
        released.key.statistic,
        Statistic::Count | Statistic::Minimum | Statistic::Maximum
    );
    let interval = match has_interval {
        true => Shown::Withheld,
        false => Shown::Absent,
    };
    Released {
        interval,
        ..released
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
