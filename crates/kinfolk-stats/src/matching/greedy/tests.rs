use super::*;
use proptest::prelude::*;

/// Pairs as keys, where the key of a row is its position plus 100.
fn pairs(treated: &[f64], controls: &[f64], how: &Greedy) -> Vec<(u64, u64)> {
    let distance = [treated, controls].concat();
    let arms: Vec<bool> = (0..distance.len()).map(|row| row < treated.len()).collect();
    let keys: Vec<u64> = (100..).take(distance.len()).collect();
    let candidates = Candidates {
        treated: &arms,
        distance: &distance,
        keys: &keys,
        exact: None,
    };
    let found = match_greedily(&candidates, how).unwrap();
    found
        .pairs
        .iter()
        .map(|pair| (keys[pair.treated], keys[pair.control]))
        .collect()
}

fn wide(order: Order, ratio: usize) -> Greedy<'static> {
    Greedy {
        order,
        ratio,
        caliper: None,
        covariate_calipers: &[],
    }
}

#[test]
fn whoever_chooses_first_takes_the_nearest() {
    let check = |order, expected: &[(u64, u64)]| {
        assert_eq!(
            pairs(&[0.4, 0.5], &[0.6, 0.46, 0.1], &wide(order, 1)),
            expected,
            "{order:?}"
        );
    };
    // Keys: treated 100 and 101; comparators 102, 103 and 104.
    check(Order::Largest, &[(100, 102), (101, 103)]);
    check(Order::Smallest, &[(100, 103), (101, 102)]);
    check(Order::Closest, &[(100, 102), (101, 103)]);
    check(Order::Rows, &[(100, 103), (101, 102)]);
}

#[test]
fn everybody_has_one_before_anybody_has_two() {
    let found = pairs(&[0.5, 0.4], &[0.5, 0.41, 0.9], &wide(Order::Largest, 2));
    assert_eq!(found, [(100, 102), (100, 104), (101, 103)]);
}

#[test]
fn equally_near_comparators_are_taken_by_key() {
    assert_eq!(
        pairs(&[0.5], &[0.75, 0.25], &wide(Order::Largest, 1)),
        [(100, 101)]
    );
    assert_eq!(
        pairs(&[0.5], &[0.25, 0.75], &wide(Order::Largest, 1)),
        [(100, 101)]
    );
    assert_eq!(
        pairs(&[0.5], &[0.25, 0.25], &wide(Order::Largest, 2)),
        [(100, 101), (100, 102)]
    );
}

#[test]
fn the_caliper_holds_at_its_edge() {
    let within = |width| Greedy {
        caliper: Some(Caliper::Units(width)),
        ..wide(Order::Largest, 1)
    };
    assert_eq!(pairs(&[0.5], &[0.75], &within(0.25)), [(100, 101)]);
    assert_eq!(pairs(&[0.5], &[0.75], &within(0.24)), []);
}

#[test]
fn a_covariate_caliper_passes_over_the_nearest() {
    let values = [10.0, 20.0, 11.0];
    let limit = [CovariateCaliper {
        values: &values,
        caliper: Caliper::Units(2.0),
    }];
    let how = Greedy {
        covariate_calipers: &limit,
        ..wide(Order::Largest, 1)
    };
    assert_eq!(pairs(&[0.5], &[0.5, 0.9], &how), [(100, 102)]);
}

/// Every treated subject against every comparator, as the description says it.
fn written_out(candidates: &Candidates, how: &Greedy) -> Vec<(usize, usize)> {
    let n = candidates.treated.len();
    let width = how.caliper.map_or(f64::INFINITY, |caliper| {
        caliper.width(candidates.distance).unwrap()
    });
    let mut order: Vec<usize> = (0..n).filter(|&row| candidates.treated[row]).collect();
    order.sort_by(|&a, &b| {
        let sign = if how.order == Order::Largest {
            -1.0
        } else {
            1.0
        };
        (sign * candidates.distance[a])
            .total_cmp(&(sign * candidates.distance[b]))
            .then(candidates.keys[a].cmp(&candidates.keys[b]))
    });
    let mut free: Vec<bool> = candidates.treated.iter().map(|treated| !treated).collect();
    let gap = |a: usize, b: usize| (candidates.distance[a] - candidates.distance[b]).abs();
    let may = |a: usize, b: usize| candidates.cell(a) == candidates.cell(b) && gap(a, b) <= width;
    let mut pairs = Vec::new();
    for _ in 0..how.ratio {
        let mut waiting = order.clone();
        while !waiting.is_empty() {
            let nearest = |row: usize, free: &[bool]| {
                (0..n)
                    .filter(|&other| free[other] && may(row, other))
                    .min_by(|&a, &b| {
                        gap(row, a)
                            .total_cmp(&gap(row, b))
                            .then(candidates.keys[a].cmp(&candidates.keys[b]))
                    })
            };
            let next = match how.order {
                Order::Closest => (0..waiting.len())
                    .filter_map(|index| Some((index, nearest(waiting[index], &free)?)))
                    .min_by(|a, b| {
                        gap(waiting[a.0], a.1)
                            .total_cmp(&gap(waiting[b.0], b.1))
                            .then(candidates.keys[waiting[a.0]].cmp(&candidates.keys[waiting[b.0]]))
                    })
                    .map_or(0, |(index, _)| index),
                _ => 0,
            };
            let row = waiting.remove(next);
            if let Some(control) = nearest(row, &free) {
                free[control] = false;
                pairs.push((row, control));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

proptest! {
    #[test]
    fn it_does_what_the_description_says(
        rows in prop::collection::vec((any::<bool>(), 0u32..40, 0u32..3), 2..40),
        order in 0usize..3,
        ratio in 1usize..4,
        width in prop::option::of(1u32..20),
    ) {
        let treated: Vec<bool> = rows.iter().map(|row| row.0).collect();
        prop_assume!(treated.contains(&true) && treated.contains(&false));
        // Eighths, so that equal distances are equal to the last bit.
        let distance: Vec<f64> = rows.iter().map(|row| f64::from(row.1) / 8.0).collect();
        let cells: Vec<u32> = rows.iter().map(|row| row.2).collect();
        let keys: Vec<u64> = (0..rows.len() as u64).map(|row| (row * 37) % 101).collect();
        let how = Greedy {
            order: [Order::Largest, Order::Smallest, Order::Closest][order],
            ratio,
            caliper: width.map(|width| Caliper::Units(f64::from(width) / 8.0)),
            covariate_calipers: &[],
        };
        let candidates = Candidates { treated: &treated, distance: &distance, keys: &keys, exact: Some(&cells) };
        let found = match_greedily(&candidates, &how).unwrap();
        let mut pairs: Vec<(usize, usize)> = found.pairs.iter().map(|pair| (pair.treated, pair.control)).collect();
        pairs.sort_unstable();
        prop_assert_eq!(pairs, written_out(&candidates, &how));
        for pair in &found.pairs {
            prop_assert_eq!(cells[pair.treated], cells[pair.control]);
            prop_assert!(found.caliper.is_none_or(|width| pair.distance <= width));
        }
        let weights = found.weights(rows.len());
        let sum = |arm: bool| weights.iter().zip(&treated).filter(|(_, treated)| **treated == arm).map(|(weight, _)| weight).sum::<f64>();
        let n_matched = treated.iter().filter(|&&treated| treated).count() - found.n_unmatched;
        prop_assert!((sum(true) - n_matched as f64).abs() < 1e-9);
        prop_assert!((sum(false) - found.pairs.len() as f64).abs() < 1e-9);
    }

    #[test]
    fn calipers_hold_and_the_order_of_rows_does_not_matter(
        rows in prop::collection::vec((any::<bool>(), 0.0f64..1.0, 0.0f64..9.0), 2..40),
    ) {
        let run = |rows: &[(usize, (bool, f64, f64))]| {
            let treated: Vec<bool> = rows.iter().map(|row| row.1.0).collect();
            let distance: Vec<f64> = rows.iter().map(|row| row.1.1).collect();
            let values: Vec<f64> = rows.iter().map(|row| row.1.2).collect();
            let keys: Vec<u64> = rows.iter().map(|row| row.0 as u64).collect();
            let limit = [CovariateCaliper { values: &values, caliper: Caliper::StandardDeviations(0.5) }];
            let how = Greedy { covariate_calipers: &limit, ratio: 2, ..Greedy::default() };
            let candidates = Candidates { treated: &treated, distance: &distance, keys: &keys, exact: None };
            let found = match_greedily(&candidates, &how)?;
            let width = limit[0].caliper.width(&values)?;
            assert!(found.pairs.iter().all(|pair| (values[pair.treated] - values[pair.control]).abs() <= width));
            let mut controls: Vec<usize> = found.pairs.iter().map(|pair| pair.control).collect();
            controls.sort_unstable();
            assert!(controls.windows(2).all(|pair| pair[0] != pair[1]));
            Ok::<_, StatsError>(found.pairs.iter().map(|pair| (keys[pair.treated], keys[pair.control])).collect::<Vec<_>>())
        };
        let mut keyed: Vec<(usize, (bool, f64, f64))> = rows.into_iter().enumerate().collect();
        let once = run(&keyed);
        keyed.reverse();
        prop_assert_eq!(once, run(&keyed));
    }
}
