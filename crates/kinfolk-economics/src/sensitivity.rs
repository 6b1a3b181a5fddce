//! What happens to a ratio when inputs move.

use crate::plan::Plan;
use crate::totals::{Case, totals};

/// A ratio with one input at each of its ends, all others at their central values.
#[derive(Debug, Clone, PartialEq)]
pub struct OneWay {
    /// Where the input stands in the plan.
    pub input: usize,
    /// The lower end of the input.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The ratio at the lower end; `None` without costs.
    pub at_low: Option<f64>,
    /// The ratio at the upper end.
    pub at_high: Option<f64>,
}

impl OneWay {
    /// How far apart the two ratios are.
    pub fn swing(&self) -> f64 {
        let both = self.at_low.zip(self.at_high);
        both.map_or(0.0, |(low, high)| (high - low).abs())
    }

    /// Whether the programme pays at one end and not at the other.
    pub fn changes_the_answer(&self) -> bool {
        let both = self.at_low.zip(self.at_high);
        both.is_some_and(|(low, high)| (low >= 1.0) != (high >= 1.0))
    }
}

/// Every input moved between its ends, those that move the ratio most first; of those that move it
/// alike, in the order of the file.
///
/// See `docs/methods/value-sensitivity.md`.
pub fn tornado(plan: &Plan, case: Case) -> Vec<OneWay> {
    let mut bars: Vec<OneWay> = (0..plan.inputs.len())
        .map(|input| one_way(plan, case, input, plan.inputs[input].ends()))
        .collect();
    bars.sort_by(|a, b| b.swing().total_cmp(&a.swing()));
    bars
}

/// One input moved between two values.
pub fn one_way(plan: &Plan, case: Case, input: usize, ends: (f64, f64)) -> OneWay {
    OneWay {
        input,
        low: ends.0,
        high: ends.1,
        at_low: ratio_with(plan, case, &[(input, ends.0)]),
        at_high: ratio_with(plan, case, &[(input, ends.1)]),
    }
}

/// The ratio for each value of one input (rows) and each of another (columns).
pub fn two_way(
    plan: &Plan,
    case: Case,
    rows: (usize, &[f64]),
    columns: (usize, &[f64]),
) -> Vec<Vec<Option<f64>>> {
    let at = |row, column| ratio_with(plan, case, &[(rows.0, row), (columns.0, column)]);
    let row = |value: &f64| columns.1.iter().map(|column| at(*value, *column)).collect();
    rows.1.iter().map(row).collect()
}

fn ratio_with(plan: &Plan, case: Case, moved: &[(usize, f64)]) -> Option<f64> {
    let mut values = plan.central();
    for (input, value) in moved {
        values[*input] = *value;
    }
    totals(plan, &values).ratio(plan, case)
}
