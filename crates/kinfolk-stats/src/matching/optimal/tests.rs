use super::*;
use proptest::prelude::*;

/// The number of pairs and their total distance.
fn found(treated: &[f64], controls: &[f64], caliper: Option<f64>) -> (usize, f64) {
    let distance = [treated, controls].concat();
    let arms: Vec<bool> = (0..distance.len()).map(|row| row < treated.len()).collect();
    let keys: Vec<u64> = (0..distance.len() as u64).collect();
    let candidates = Candidates {
        treated: &arms,
        distance: &distance,
        keys: &keys,
        exact: None,
    };
    let matches = match_optimally(&candidates, caliper.map(Caliper::Units)).unwrap();
    let mut controls: Vec<usize> = matches.pairs.iter().map(|pair| pair.control).collect();
    controls.sort_unstable();
    controls.dedup();
    assert_eq!(controls.len(), matches.pairs.len());
    assert!(
        matches
            .pairs
            .iter()
            .all(|pair| caliper.is_none_or(|width| pair.distance <= width))
    );
    assert_eq!(matches.n_unmatched, treated.len() - matches.pairs.len());
    (
        matches.pairs.len(),
        matches.pairs.iter().map(|pair| pair.distance).sum(),
    )
}

/// The best by dynamic programming over sorted subjects: pairs on a line need not cross.
fn written_out(treated: &[f64], controls: &[f64], caliper: Option<f64>) -> (usize, f64) {
    let sorted = |values: &[f64]| {
        let mut values = values.to_vec();
        values.sort_unstable_by(f64::total_cmp);
        values
    };
    let (treated, controls) = (sorted(treated), sorted(controls));
    let better = |a: (usize, f64), b: (usize, f64)| {
        if a.0 > b.0 || (a.0 == b.0 && a.1 <= b.1) {
            a
        } else {
            b
        }
    };
    let mut best = vec![vec![(0, 0.0); controls.len() + 1]; treated.len() + 1];
    for (i, one) in treated.iter().enumerate() {
        for (j, other) in controls.iter().enumerate() {
            let gap = (one - other).abs();
            let mut here = better(best[i][j + 1], best[i + 1][j]);
            if caliper.is_none_or(|width| gap <= width) {
                here = better((best[i][j].0 + 1, best[i][j].1 + gap), here);
            }
            best[i + 1][j + 1] = here;
        }
    }
    best[treated.len()][controls.len()]
}

#[test]
fn the_nearest_for_one_is_left_to_another() {
    let check = |treated: &[f64], controls: &[f64], caliper, expected: (usize, f64)| {
        assert_eq!(found(treated, controls, caliper), expected);
    };
    // Greedily, 5 would take 4 and leave 1 to reach for 9.
    check(&[1.0, 5.0], &[4.0, 9.0], None, (2, 7.0));
    check(&[1.0, 5.0], &[4.0, 9.0], Some(3.0), (1, 1.0));
    check(&[1.0, 2.0, 3.0], &[2.0], None, (1, 0.0));
    check(&[1.0], &[5.0], Some(1.0), (0, 0.0));
    check(&[0.0, 0.0], &[0.0, 0.0], Some(1.0), (2, 0.0));
}

proptest! {
    #[test]
    fn no_set_of_pairs_is_better(
        treated in prop::collection::vec(0u32..64, 1..14),
        controls in prop::collection::vec(0u32..64, 1..20),
        caliper in prop::option::of(1u32..16),
    ) {
        let line = |places: &[u32]| places.iter().map(|&place| f64::from(place) / 8.0).collect::<Vec<f64>>();
        let (treated, controls) = (line(&treated), line(&controls));
        let caliper = caliper.map(|width| f64::from(width) / 8.0);
        prop_assert_eq!(found(&treated, &controls, caliper), written_out(&treated, &controls, caliper));
    }

    #[test]
    fn cells_hold_and_the_order_of_rows_does_not_matter(
        rows in prop::collection::vec((any::<bool>(), 0.0f64..1.0, 0u32..3), 2..40),
    ) {
        let run = |rows: &[(usize, (bool, f64, u32))]| {
            let treated: Vec<bool> = rows.iter().map(|row| row.1.0).collect();
            let distance: Vec<f64> = rows.iter().map(|row| row.1.1).collect();
            let cells: Vec<u32> = rows.iter().map(|row| row.1.2).collect();
            let keys: Vec<u64> = rows.iter().map(|row| row.0 as u64).collect();
            let candidates = Candidates { treated: &treated, distance: &distance, keys: &keys, exact: Some(&cells) };
            let found = match_optimally(&candidates, Some(Caliper::StandardDeviations(0.3)))?;
            assert!(found.pairs.iter().all(|pair| cells[pair.treated] == cells[pair.control]));
            Ok::<_, StatsError>(found.pairs.iter().map(|pair| (keys[pair.treated], keys[pair.control])).collect::<Vec<_>>())
        };
        let mut keyed: Vec<(usize, (bool, f64, u32))> = rows.into_iter().enumerate().collect();
        let once = run(&keyed);
        keyed.reverse();
        prop_assert_eq!(once, run(&keyed));
    }
}
