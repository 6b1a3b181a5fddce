//! An appraisal as estimates.

mod knowing;
mod records;
mod robustness;
mod rows;

use std::collections::BTreeSet;

use kinfolk_model::{Carried, Comparison, Costs, Estimates, Given, Impact, Key};

use crate::EconomicsError;
use crate::appraise::Appraisal;
use records::Writer;

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
    rows::write_years(&mut writer);
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
    rest(&mut value, &behind(costs, estimates));
    Ok(value)
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

/// Lets every figure with a value rest on the counts.
fn rest(value: &mut Estimates, cells: &BTreeSet<String>) {
    if cells.is_empty() {
        return;
    }
    let carried = Carried {
        rests_on: cells.iter().cloned().collect(),
        ..Carried::default()
    };
    let keys = value.records.iter().filter(|record| record.value.is_some());
    value.structure.carried = keys.map(|record| (record.key(), carried.clone())).collect();
}
