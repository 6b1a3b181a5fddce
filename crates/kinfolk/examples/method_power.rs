//! How often does each method find a true effect? Cohorts with a known effect and known confounding are made up from one
//! seed after another, and each method is asked.
//!
//! `cargo run --release -p kinfolk --example method_power -- 200`

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;
use std::path::Path;

use kinfolk::model::Code;
use kinfolk::model::format::{number, of};
use kinfolk::stages::{
    CohortColumns, ComparisonMethod, EffectOptions, MatchRule, effect_of, open_table,
};
use kinfolk::synth::{COHORT_FILE, CohortPlan, write_cohort};

const N_CHILDREN: usize = 400;
const METHODS: [ComparisonMethod; 4] = [
    ComparisonMethod::Unadjusted,
    ComparisonMethod::Matched,
    ComparisonMethod::AttWeights,
    ComparisonMethod::Aipw,
];

/// What became of a method in many cohorts.
#[derive(Default, Clone, Copy)]
struct Tally {
    n: u64,
    n_found: u64,
    n_holding_truth: u64,
    sum: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let n_cohorts: u64 = std::env::args().nth(1).map_or(Ok(50), |n| n.parse())?;
    for thousandths in [0, 75, 150] {
        let mut tallies = [Tally::default(); METHODS.len()];
        for seed in 1..=n_cohorts {
            let folder = tempfile::tempdir()?;
            let plan = CohortPlan {
                n_children: N_CHILDREN,
                effect: thousandths,
                seed,
                ..CohortPlan::default()
            };
            let truth = write_cohort(&plan, folder.path())?.risk_difference;
            for (tally, method) in tallies.iter_mut().zip(METHODS) {
                tally.ask(method, truth, &folder.path().join(COHORT_FILE))?;
            }
        }
        println!(
            "true difference {}",
            number(f64::from(thousandths) / 1000.0, 2)
        );
        for (tally, method) in tallies.iter().zip(METHODS) {
            println!("  {:<12} {}", method.code(), tally.in_words());
        }
    }
    Ok(())
}

impl Tally {
    fn ask(
        &mut self,
        method: ComparisonMethod,
        truth: f64,
        cohort: &Path,
    ) -> Result<(), Box<dyn Error>> {
        let found = effect_of(open_table(cohort)?, &options(method))?;
        let asked = found.differences().find(|(asked, _)| *asked == method);
        // A method that refuses a cohort is no answer, and not counted.
        let Some((_, Ok(difference))) = asked else {
            return Ok(());
        };
        let Some(interval) = difference.interval else {
            return Ok(());
        };
        self.n += 1;
        self.sum += difference.value;
        self.n_found += u64::from(interval.lower > 0.0 || interval.upper < 0.0);
        self.n_holding_truth += u64::from(interval.lower <= truth && truth <= interval.upper);
        Ok(())
    }

    fn in_words(&self) -> String {
        format!(
            "mean {}, finds an effect in {}, its interval holds the truth in {}",
            number(self.sum / self.n as f64, 3),
            of(self.n_found, self.n),
            of(self.n_holding_truth, self.n)
        )
    }
}

fn options(method: ComparisonMethod) -> EffectOptions {
    let covariates = ["age", "years_in_care", "sdq", "placements_before"];
    EffectOptions {
        columns: CohortColumns {
            covariates: covariates.map(str::to_owned).to_vec(),
            ..CohortColumns::default()
        },
        outcome: "same_home".to_owned(),
        cluster: None,
        authority: None,
        method,
        rule: MatchRule::default(),
        confidence: 0.95,
        bootstrap: None,
        risk_sets: None,
    }
}
