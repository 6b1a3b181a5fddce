//! An appraisal as estimates.

mod knowing;
mod records;
mod robustness;
mod rows;
mod years;

use std::collections::BTreeSet;

use kinfolk_model::{Carried, Comparison, Costs, Estimate, Estimates, Given, Group, Impact, Key};

use crate::EconomicsError;
use crate::appraise::Appraisal;
use records::{Writer, ratio};

/// Every figure of an appraisal as an estimate, and what disclosure control must know: a figure that
/// rests on estimates of the study gives away what they give away, so it rests on the same counts.
///
/// # Errors
///
/// [`EconomicsError`] when thresholds do not rise, or there are fewer draws than blocks to cut them
/// into.
pub fn value_estimates(
    appraisal: &Appraisal,
    costs: &Costs,
    estimates: &Estimates,
) -> Result<Estimates, EconomicsError> {
    let mut writer = Writer::new(appraisal, costs);
    rows::write_costs(&mut writer);
    rows::write_benefits(&mut writer);
    years::write_years(&mut writer);
    rows::write_inputs(&mut writer);
    rows::write_not_counted(&mut writer);
    robustness::write_switching(&mut writer);
    robustness::write_tornado(&mut writer);
    robustness::write_probabilities(&mut writer)?;
    knowing::write_information(&mut writer)?;
    let mut value = Estimates {
        records: writer.finish(),
        ..Estimates::default()
    };
    let with_value = value.records.iter().filter(|record| record.value.is_some());
    let with_value: Vec<Key> = with_value.map(Estimate::key).collect();
    rest(&mut value, with_value, &behind(costs, estimates));
    Ok(value)
}

/// One figure without a value, which says why nothing is appraised. The reason may come from an
/// estimate of the study, so the figure rests on the same counts as that.
pub fn not_appraised(costs: &Costs, estimates: &Estimates, reason: &str) -> Estimates {
    let record = Estimate {
        note: format!("nothing is appraised: {reason}"),
        ..records::blank(ratio("value.return_per_pound", Group::all()), None)
    };
    let key = record.key();
    let mut value = Estimates {
        records: vec![record],
        ..Estimates::default()
    };
    rest(&mut value, vec![key], &behind(costs, estimates));
    value
}

/// Estimates of the study that an appraisal rests on.
pub fn study_estimates(costs: &Costs) -> Vec<&Key> {
    let effects = costs
        .outcomes
        .iter()
        .filter_map(|outcome| match &outcome.impact {
            Impact::Comparator(Comparison::Difference(given)) => Some(given),
            _ => None,
        });
    std::iter::once(&costs.children)
        .chain(effects)
        .filter_map(|given| match given {
            Given::Study(study) => Some(&study.key),
            Given::Stated(_) => None,
        })
        .collect()
}

/// The counts that those estimates give away.
fn behind(costs: &Costs, estimates: &Estimates) -> BTreeSet<String> {
    let carried = study_estimates(costs).into_iter();
    let carried = carried.filter_map(|key| estimates.structure.carried.get(key));
    carried.flat_map(names).cloned().collect()
}

fn names(carried: &Carried) -> impl Iterator<Item = &String> {
    let counts = [
        &carried.value,
        &carried.numerator,
        &carried.denominator,
        &carried.missing,
    ];
    counts.into_iter().flatten().chain(&carried.rests_on)
}

/// Lets figures rest on the counts.
fn rest(value: &mut Estimates, figures: Vec<Key>, cells: &BTreeSet<String>) {
    if cells.is_empty() {
        return;
    }
    let carried = Carried {
        rests_on: cells.iter().cloned().collect(),
        ..Carried::default()
    };
    let figures = figures.into_iter();
    value.structure.carried = figures.map(|key| (key, carried.clone())).collect();
}
