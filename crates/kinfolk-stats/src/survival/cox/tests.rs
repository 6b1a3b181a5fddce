use super::*;
use proptest::prelude::*;

/// Therneau and Grambsch's hand-worked case: six subjects, three of five times tied.
const TIMES: [f64; 6] = [9.0, 1.0, 1.0, 6.0, 6.0, 8.0];
const EVENTS: [bool; 6] = [true, true, false, true, true, false];
const X: [f64; 6] = [0.0, 1.0, 1.0, 1.0, 0.0, 0.0];

fn fit(ties: Ties) -> CoxFit {
    let follow_up = FollowUp::new(&TIMES, &EVENTS).unwrap();
    let model = CoxModel {
        ties,
        ..CoxModel::new(&follow_up, &[&X])
    };
    cox(&model).unwrap()
}

#[track_caller]
fn close(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() < 1e-9 * expected.abs().max(1.0),
        "{found} is not {expected}"
    );
}

#[test]
fn breslow_by_hand() {
    let found = fit(Ties::Breslow);
    let ratio = f64::midpoint(3.0, 33.0_f64.sqrt());
    close(found.hazard_ratio(0), ratio);
    // The likelihood is 2β − log(3r + 3) − 2 log(r + 3).
    let at = |r: f64| 2.0 * r.ln() - (3.0 * r + 3.0).ln() - 2.0 * (r + 3.0).ln();
    close(found.log_likelihood, at(ratio));
    close(found.log_likelihood_null, at(1.0));
}

#[test]
fn efron_by_hand() {
    // With r the hazard ratio, the slope is 2 − r/(r + 1) − r/(r + 3) − r/(r + 5): r³ = 23r + 30.
    let angle = (45.0 / 23.0 * (3.0_f64 / 23.0).sqrt()).acos() / 3.0;
    close(
        fit(Ties::Efron).hazard_ratio(0),
        2.0 * (23.0_f64 / 3.0).sqrt() * angle.cos(),
    );
}

fn outcome(times: &[f64], events: &[bool], columns: &[&[f64]]) -> Result<CoxFit, StatsError> {
    let follow_up = FollowUp::new(times, events).unwrap();
    cox(&CoxModel::new(&follow_up, columns))
}

#[test]
fn what_cannot_be_fitted_is_refused_by_name() {
    let doubled = X.map(|x| 2.0 * x + 1.0);
    let even = [1.0; 6];
    let early = TIMES.map(|time| f64::from(u8::from(time < 7.0)));
    let check = |columns: &[&[f64]], expected: StatsError| {
        assert_eq!(outcome(&TIMES, &EVENTS, columns).unwrap_err(), expected);
    };
    check(&[&X, &doubled], StatsError::Collinear { covariate: 1 });
    check(&[&even], StatsError::Collinear { covariate: 0 });
    check(&[&early], StatsError::Separated { covariate: 0 });
    check(&[&X, &early], StatsError::Separated { covariate: 1 });
    check(&[], StatsError::NoEvents);
    check(
        &[&X[..5]],
        StatsError::UnequalLengths {
            what: "a covariate",
            found: 5,
            expected: 6,
        },
    );
    assert_eq!(
        outcome(&TIMES, &[false; 6], &[&X]),
        Err(StatsError::NoEvents)
    );
    assert!(outcome(&TIMES, &EVENTS, &[&[f64::NAN; 6]]).is_err());
}

#[test]
fn splitting_time_changes_nothing() {
    let whole = fit(Ties::Efron);
    // The last subject's time in two stretches.
    let follow_up = FollowUp::with_entries(
        &[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 4.0],
        &[9.0, 1.0, 1.0, 6.0, 6.0, 4.0, 8.0],
        &[true, true, false, true, true, false, false],
    )
    .unwrap();
    let x = [0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0];
    let clusters = [0, 1, 2, 3, 4, 5, 5];
    let split = cox(&CoxModel {
        clusters: Some(&clusters),
        ..CoxModel::new(&follow_up, &[&x])
    })
    .unwrap();
    close(split.coefficients[0], whole.coefficients[0]);
    close(split.standard_errors[0], whole.standard_errors[0]);
    let own = FollowUp::new(&TIMES, &EVENTS).unwrap();
    let robust = cox(&CoxModel {
        clusters: Some(&[0, 1, 2, 3, 4, 5]),
        ..CoxModel::new(&own, &[&X])
    })
    .unwrap();
    close(split.standard_error(0), robust.standard_error(0));
}

#[test]
fn one_cluster_of_all_that_was_seen_has_no_robust_error() {
    // Both events at one time, nobody else then, both in one cluster; which way rounding goes depends on
    // where x begins.
    let times = [1.0, 1.0, 8.0, 8.0];
    let follow_up = FollowUp::new(&times, &[false, false, true, true]).unwrap();
    for begins in [0.0, 1.0, -7.3, 401.7] {
        let x = [0.4, -2.6, 0.0, -1.131_553_946].map(|x| x + begins);
        let found = cox(&CoxModel {
            clusters: Some(&[1, 1, 0, 0]),
            ..CoxModel::new(&follow_up, &[&x])
        });
        assert_eq!(found, Err(StatsError::TooFewClusters), "{begins}");
    }
}

proptest! {
    #[test]
    fn centring_and_order_change_nothing_and_scaling_only_scales(
        rows in prop::collection::vec((1u32..9, any::<bool>(), -3.0f64..3.0, 0u32..2), 12..40),
        shift in -1e3f64..1e3,
    ) {
        let run = |rows: &[(u32, bool, f64, u32)], change: &dyn Fn(f64) -> f64| {
            let times: Vec<f64> = rows.iter().map(|row| f64::from(row.0)).collect();
            let events: Vec<bool> = rows.iter().map(|row| row.1).collect();
            let x: Vec<f64> = rows.iter().map(|row| change(row.2)).collect();
            let strata: Vec<u32> = rows.iter().map(|row| row.3).collect();
            let clusters: Vec<u32> = rows.iter().map(|row| row.0 % 4).collect();
            let follow_up = FollowUp::new(&times, &events).unwrap();
            cox(&CoxModel {
                strata: Some(&strata),
                clusters: Some(&clusters),
                ..CoxModel::new(&follow_up, &[&x])
            })
        };
        if let Ok(found) = run(&rows, &|x| x) {
            let mut reversed = rows.clone();
            reversed.reverse();
            for (other, factor) in [
                (run(&rows, &|x| x + shift), 1.0),
                (run(&rows, &|x| x / 2.0), 2.0),
                (run(&reversed, &|x| x), 1.0),
            ] {
                let other = other.unwrap();
                let error = found.standard_errors[0] * factor;
                prop_assert!((other.coefficients[0] - found.coefficients[0] * factor).abs() < 1e-6 * error);
                prop_assert!((other.standard_errors[0] / error - 1.0).abs() < 1e-6);
                prop_assert!((other.standard_error(0) - found.standard_error(0) * factor).abs() < 1e-6 * error);
            }
        }
    }
}
