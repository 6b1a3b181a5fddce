//! Pairs and weights at their edges: places that many share, gaps as wide as the caliper, means out of
//! reach. `tests/reference/edges_of_matching.py` made the numbers.

use kinfolk_stats::StatsError;
use kinfolk_stats::matching::{Caliper, Candidates, balance_entropy, match_optimally};

use super::{RELATIVE, all_close, cases, labels, number, numbers};

#[test]
fn as_many_pairs_as_can_be_and_those_the_nearest() {
    for case in cases("edges_of_matching.json", "pairs") {
        let what = case.to_string();
        let place = numbers(&case["place"]);
        let treated: Vec<bool> = labels(&case["treated"]).iter().map(|t| *t == 1).collect();
        let (cells, keys) = (
            labels(&case["cells"]),
            (0..place.len() as u64).collect::<Vec<_>>(),
        );
        let candidates = Candidates {
            treated: &treated,
            distance: &place,
            keys: &keys,
            exact: Some(&cells),
        };
        let found = match_optimally(&candidates, case["caliper"].as_f64().map(Caliper::Units));
        let pairs = found.unwrap().pairs;
        assert_eq!(pairs.len() as f64, number(&case["n_pairs"]), "{what}");
        let total: f64 = pairs.iter().map(|pair| pair.distance).sum();
        // Places are whole numbers.
        assert_eq!(total, number(&case["total"]), "{what}");
        assert!(
            pairs
                .iter()
                .all(|pair| cells[pair.treated] == cells[pair.control]),
            "{what}"
        );
    }
}

#[test]
fn weights_where_there_are_any() {
    let mut out_of_reach = 0;
    let all = cases("edges_of_matching.json", "weights");
    for case in &all {
        let what = case.to_string();
        let columns = |arm: &str| -> Vec<Vec<f64>> {
            case[arm].as_array().unwrap().iter().map(numbers).collect()
        };
        let (treated, others) = (columns("treated"), columns("others"));
        let arms = [(true, treated[0].len()), (false, others[0].len())];
        let is_treated: Vec<bool> = arms.iter().flat_map(|&(arm, n)| vec![arm; n]).collect();
        let both: Vec<Vec<f64>> = treated
            .iter()
            .zip(&others)
            .map(|(t, o)| [&t[..], o].concat())
            .collect();
        let covariates: Vec<&[f64]> = both.iter().map(Vec::as_slice).collect();
        let found = balance_entropy(&covariates, &is_treated);
        if case["weights"].is_null() {
            out_of_reach += 1;
            assert!(
                matches!(found, Err(StatsError::OutOfReach { .. })),
                "{found:?} {what}"
            );
        } else {
            all_close(
                &found.unwrap()[treated[0].len()..],
                &case["weights"],
                RELATIVE,
                &what,
            );
        }
    }
    assert!(10 < out_of_reach && out_of_reach + 10 < all.len());
}
