//! Stability against a comparator: a cohort with a known truth, matched, compared by six methods, followed in time, and
//! the answer attacked.
//!
//! `cargo run --release -p kinfolk --example stability_comparator`

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;
use std::path::Path;

use kinfolk::model::Code;
use kinfolk::model::format::number;
use kinfolk::prelude::Statistic;
use kinfolk::stages::{
    CohortColumns, ComparisonMethod, EffectOptions, MatchRule, SurvivalOptions, effect_of,
    match_cohort, open_table, survival_of,
};
use kinfolk::stats::e_value;
use kinfolk::synth::{COHORT_FILE, CohortPlan, write_cohort};

const METHODS: [ComparisonMethod; 6] = [
    ComparisonMethod::Unadjusted,
    ComparisonMethod::Matched,
    ComparisonMethod::AttWeights,
    ComparisonMethod::Overlap,
    ComparisonMethod::Entropy,
    ComparisonMethod::Aipw,
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let truth = write_cohort(&CohortPlan::default(), folder.path())?;
    let cohort = folder.path().join(COHORT_FILE);

    // Pairs are found before an outcome is looked at.
    let matched = match_cohort(open_table(&cohort)?, &columns(), MatchRule::default())?;
    println!("{} pairs", matched.matches.pairs.len());

    println!("true difference: {}", number(truth.risk_difference, 3));
    for method in METHODS {
        compare(&cohort, method)?;
    }
    follow(&cohort, truth.hazard_ratio)
}

/// What the arms may differ in, all known before the index date.
fn columns() -> CohortColumns {
    CohortColumns {
        covariates: ["age", "female", "years_in_care", "sdq", "placements_before"]
            .map(str::to_owned)
            .to_vec(),
        ..CohortColumns::default()
    }
}

fn compare(cohort: &Path, method: ComparisonMethod) -> Result<(), Box<dyn Error>> {
    let options = EffectOptions {
        columns: columns(),
        outcome: "same_home".to_owned(),
        cluster: None,
        authority: None,
        method,
        rule: MatchRule::default(),
        confidence: 0.95,
        bootstrap: None,
        risk_sets: None,
    };
    let records = effect_of(open_table(cohort)?, &options)?
        .summary()
        .estimates;
    let of = |statistic| {
        records.iter().find(|record| {
            record.statistic == statistic && record.group.get("method") == Some(method.code())
        })
    };
    let shown = |value: Option<f64>| value.map_or("–".to_owned(), |value| number(value, 3));
    if let Some(difference) = of(Statistic::Difference) {
        println!(
            "{}: {} ({} to {})",
            method.code(),
            shown(difference.value),
            shown(difference.lower),
            shown(difference.upper)
        );
    }
    // How strong would an unmeasured confounder have to be to explain it away?
    if let Some(ratio) = of(Statistic::RiskRatio).and_then(|ratio| ratio.value) {
        println!("  E-value {}", number(e_value(ratio, None)?.estimate, 2));
    }
    Ok(())
}

/// The time to the first move, adjusted.
fn follow(cohort: &Path, truth: f64) -> Result<(), Box<dyn Error>> {
    let options = SurvivalOptions {
        time: "days".to_owned(),
        event: "moved".to_owned(),
        arm: Some("arm".to_owned()),
        covariates: columns().covariates,
        strata: None,
        cluster: None,
        weights: None,
        matched: None,
        at: Vec::new(),
        horizon: None,
        confidence: 0.95,
    };
    let found = survival_of(open_table(cohort)?, &options)?;
    let (n, n_events) = found.n_and_events();
    println!(
        "{n} watched, {n_events} moved; true hazard ratio {}",
        number(truth, 2)
    );
    for record in found.summary().estimates {
        if let (Statistic::HazardRatio, Some(value)) = (record.statistic, record.value) {
            println!("  {}: {}", record.group, number(value, 3));
        }
    }
    Ok(())
}
