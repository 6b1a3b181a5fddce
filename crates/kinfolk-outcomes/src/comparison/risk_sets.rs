//! Comparators who had been in care as long, and were not yet in the programme.

use kinfolk_model::MatchRule;
use kinfolk_stats::matching::{Matches, Pair, RiskSets, match_risk_sets};
use kinfolk_stats::survival::{CoxModel, FollowUp, cox};
use kinfolk_stats::{Sample, StatsError};

use super::ComparedArms;

/// When each child joined the programme, and how long it could have, in days since its care began.
#[derive(Debug, Clone, PartialEq)]
pub struct TimesInCare {
    /// When its work began; `None` for a child of whom it never did.
    pub joined: Vec<Option<f64>>,
    /// When it was last in care and watched.
    pub left: Vec<f64>,
}

/// Pairs at the same time in care.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskSetPairs {
    /// Children of the programme who were comparators before they joined. Each has a second row, behind
    /// all first ones and in this order.
    pub second_rows: Vec<usize>,
    /// The children, and behind them those of the second rows as comparators. Without clusters of their own,
    /// pairs that share a child are one.
    pub arms: ComparedArms,
    /// The pairs, by row.
    pub matches: Matches,
}

/// Pairs each child of the programme with the nearest of those who were in care and not yet in the
/// programme when they had been in care as long: the earliest first, each a comparator once.
///
/// Near is near in the log hazard of joining (Cox regression of the time until then on the covariates),
/// so that children who left care before they could join are taken as such. The caliper is in standard
/// deviations of it over all children.
///
/// # Errors
///
/// [`StatsError`]: one that [`StatsError::is_refusal`] calls a refusal says what the data cannot carry.
pub fn pair_in_risk_sets(
    arms: &ComparedArms,
    times: &TimesInCare,
    rule: &MatchRule,
) -> Result<RiskSetPairs, StatsError> {
    let line = log_hazards(arms, times)?;
    let matches = match_risk_sets(&RiskSets {
        treated_at: &times.joined,
        left_at: &times.left,
        distance: &line,
        keys: &arms.keys,
        exact: arms.exact.as_deref(),
        caliper: width(rule, &line)?,
        covariate_calipers: &arms.calipers(),
    })?;
    let clusters = clusters(&matches, arms.keys.len());
    let controls = matches.pairs.iter().map(|pair| pair.control);
    let second_rows: Vec<usize> = controls.filter(|row| arms.treated[*row]).collect();
    let mut extended = arms.with_comparators(&second_rows);
    // A child has the same cluster in both its rows, whoever says which.
    extended.clusters.get_or_insert_with(|| {
        let rows = (0..arms.keys.len()).chain(second_rows.iter().copied());
        rows.map(|row| clusters[row]).collect()
    });
    Ok(RiskSetPairs {
        matches: moved(matches, &second_rows, arms.keys.len()),
        arms: extended,
        second_rows,
    })
}

/// How readily each child joins, by its covariates.
fn log_hazards(arms: &ComparedArms, times: &TimesInCare) -> Result<Vec<f64>, StatsError> {
    let joined = times.joined.iter();
    let exits: Vec<f64> = joined
        .zip(&times.left)
        .map(|(joined, left)| joined.unwrap_or(left.max(0.0)))
        .collect();
    let follow_up = FollowUp::new(&exits, &arms.treated)?;
    let columns = arms.covariates.columns();
    let fit = cox(&CoxModel::new(&follow_up, &columns))?;
    let of = |row: usize| {
        let terms = columns.iter().zip(&fit.coefficients);
        terms.map(|(column, slope)| slope * column[row]).sum()
    };
    Ok((0..exits.len()).map(of).collect())
}

/// The caliper in the units of the line. Sorted values make it independent of the order of rows.
fn width(rule: &MatchRule, line: &[f64]) -> Result<Option<f64>, StatsError> {
    let Some(caliper) = rule.caliper else {
        return Ok(None);
    };
    let variance = Sample::new(line.to_vec())?.variance().unwrap_or(0.0);
    Ok(Some(caliper * variance.sqrt()))
}

/// Pairs with a comparator who joins later, by the row in which it is one.
fn moved(matches: Matches, second_rows: &[usize], n: usize) -> Matches {
    let row = |control: usize| {
        let place = second_rows.iter().position(|row| *row == control);
        place.map_or(control, |place| n + place)
    };
    let pairs = matches.pairs.iter().map(|pair| Pair {
        control: row(pair.control),
        ..*pair
    });
    Matches {
        pairs: pairs.collect(),
        ..matches
    }
}

/// A label for each child; the same for all who hang together by pairs.
fn clusters(matches: &Matches, n: usize) -> Vec<usize> {
    let mut label: Vec<usize> = (0..n).collect();
    for pair in &matches.pairs {
        let ends = [pair.treated, pair.control].map(|row| root(&label, row));
        label[ends[0].max(ends[1])] = ends[0].min(ends[1]);
    }
    (0..n).map(|row| root(&label, row)).collect()
}

fn root(label: &[usize], mut row: usize) -> usize {
    while label[row] != row {
        row = label[row];
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::{Covariate, Covariates};

    fn arms(treated: &[bool], age: &[f64]) -> ComparedArms {
        ComparedArms {
            treated: treated.to_vec(),
            covariates: Covariates(vec![Covariate {
                name: "age".to_owned(),
                values: age.to_vec(),
                reference: None,
            }]),
            exact: None,
            limits: Vec::new(),
            keys: (0..).take(treated.len()).collect(),
            clusters: None,
        }
    }

    #[test]
    fn who_joins_later_is_a_comparator_in_a_row_of_its_own() {
        // Child 0 joins on day 10 and child 1 on day 50; child 2 has left by then, child 3 never joins.
        let times = TimesInCare {
            joined: vec![Some(10.0), Some(50.0), None, None],
            left: vec![400.0, 400.0, 30.0, 400.0],
        };
        let arms = arms(&[true, true, false, false], &[9.0, 9.5, 8.0, 4.0]);
        let rule = MatchRule {
            caliper: None,
            ..MatchRule::default()
        };
        let found = pair_in_risk_sets(&arms, &times, &rule).unwrap();
        assert_eq!(found.second_rows, [1]);
        let pairs = found.matches.pairs.iter();
        let pairs: Vec<_> = pairs.map(|pair| (pair.treated, pair.control)).collect();
        assert_eq!(pairs, [(0, 4), (1, 3)]);
        assert_eq!(found.arms.treated, [true, true, false, false, false]);
        // Children 0, 1 and 3 hang together, by child 1.
        assert_eq!(found.arms.clusters, Some(vec![0, 0, 2, 0, 0]));
    }

    #[test]
    fn nobody_joining_is_refused() {
        let times = TimesInCare {
            joined: vec![None; 3],
            left: vec![9.0; 3],
        };
        let arms = arms(&[false; 3], &[1.0, 2.0, 3.0]);
        let found = pair_in_risk_sets(&arms, &times, &MatchRule::default());
        assert!(found.is_err(), "{found:?}");
    }
}
