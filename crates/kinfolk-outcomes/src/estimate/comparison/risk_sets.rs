//! A design in which comparators are found at the same time in care, and followed from it.

use std::borrow::Cow;

use kinfolk_model::Arm;
use kinfolk_stats::StatsError;
use kinfolk_stats::matching::{Pair, propensity};

use super::design::Design;
use crate::comparison::{Pairing, RiskSetPairs, TimesInCare, pair_in_risk_sets};
use crate::{ComparedFacts, TimeInCare, Window};

/// Pairs the children, follows comparators from the time in care at which the other of the pair joined,
/// and gives children of the programme who were comparators before a second row.
pub(super) fn pair(mut design: Design<'_>) -> Design<'_> {
    let times = TimesInCare {
        joined: joined(&design).collect(),
        left: design
            .rows
            .iter()
            .map(|child| {
                child
                    .in_care
                    .as_ref()
                    .map_or(0.0, |time| f64::from(time.left))
            })
            .collect(),
    };
    let found = match pair_in_risk_sets(&design.arms, &times, &design.asked.rule) {
        Ok(found) => found,
        Err(error) => {
            design.paired = Err(error);
            return design;
        }
    };
    for &row in &found.second_rows {
        let child: Cow<'_, ComparedFacts> = Cow::Owned(ComparedFacts {
            arm: Arm::Comparator,
            ..design.rows[row].as_ref().clone()
        });
        design.everyone.push(child.clone());
        design.rows.push(child);
    }
    for pair in &found.matches.pairs {
        follow(&mut design, pair);
    }
    design.paired = pairing(&found);
    design.arms = found.arms;
    design
}

fn joined(design: &Design<'_>) -> impl Iterator<Item = Option<f64>> {
    let rows = design.rows.iter();
    rows.map(|child| child.in_care.as_ref()?.joined.map(f64::from))
}

/// Chances of being in the programme serve to show where the arms overlap.
fn pairing(found: &RiskSetPairs) -> Result<Pairing, StatsError> {
    let columns = found.arms.covariates.columns();
    Ok(Pairing {
        scores: propensity(&columns, &found.arms.treated)?,
        matches: found.matches.clone(),
    })
}

/// Follows a comparator from the time in care at which the other of the pair joined, until it joins
/// itself.
fn follow(design: &mut Design<'_>, pair: &Pair) {
    let from = design.rows[pair.treated]
        .in_care
        .as_ref()
        .and_then(|time| time.joined);
    let days = i32::from(design.asked.follow_up_days);
    let outcomes = |time: &TimeInCare| {
        Some(time.timeline.outcomes(Window {
            from: from?,
            days,
            until: time.joined,
        }))
    };
    let comparator = &mut design.rows[pair.control];
    if let Some(outcomes) = comparator.in_care.as_ref().and_then(outcomes) {
        comparator.to_mut().outcomes = outcomes;
    }
}
