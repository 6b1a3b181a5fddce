//! The programme's children against comparators. First the design, which looks at no outcome: who is
//! compared, who has a comparator, whether the arms are alike, what could be found. Then each outcome.

mod as_they_are;
mod authorities;
mod balance;
mod design;
mod endings;
mod flow;
mod hazards;
mod incidence;
mod made_alike;
mod numbers;
mod omitted;
mod outcome;
mod refusal;
mod risk_sets;
mod sensitivity;
mod survival;
mod tallies;

use kinfolk_model::Settings;

use super::ledger::Ledger;
use crate::Facts;
use design::Design;

/// Who is compared.
const COMPARED: &str = "children of the comparison with every covariate";

pub(super) fn estimate_comparison(ledger: &mut Ledger, facts: &Facts, settings: &Settings) {
    let Some(asked) = settings.comparison.as_ref() else {
        return;
    };
    if facts.cohort.is_empty() {
        return;
    }
    let design = Design::of(&facts.cohort, asked);
    flow::write_flow(ledger, &design);
    balance::write_design(ledger, &design);
    outcome::write_outcomes(ledger, &design);
    authorities::write_authorities(ledger, &design, &facts.cohort);
}
