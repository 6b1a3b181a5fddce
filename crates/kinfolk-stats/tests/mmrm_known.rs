//! The repeated-measures model where answers are known without it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kinfolk_stats::mmrm::{
    Contrast, Covariance, DegreesMethod, Effect, Fit, Fitted, Inference, Likelihood, Model, Panel,
    StepDownReason, fit,
};
use kinfolk_stats::{Sample, StatsError, paired_t_test};

const BEFORE: [f64; 8] = [20.0, 17.0, 25.0, 14.0, 9.0, 30.0, 16.0, 22.0];
const AFTER: [f64; 8] = [17.0, 18.0, 19.0, 14.0, 11.0, 24.0, 12.0, 21.0];
const ALL_DEGREES: [DegreesMethod; 4] = [
    DegreesMethod::Satterthwaite,
    DegreesMethod::KenwardRoger,
    DegreesMethod::KenwardRogerLinear,
    DegreesMethod::KenwardRogerExpected,
];

fn panel(lost: &[f64]) -> Panel {
    let mut panel = Panel::new(2);
    for (&before, &after) in BEFORE.iter().zip(&AFTER) {
        panel.push(&[Some(before), Some(after)]).unwrap();
    }
    for &before in lost {
        panel.push(&[Some(before), None]).unwrap();
    }
    panel
}

fn fitted(panel: &Panel, likelihood: Likelihood) -> Fit {
    let model = Model {
        likelihood,
        ..Model::default()
    };
    let fitted = fit(panel, &model).unwrap();
    assert_eq!(fitted.steps_down, []);
    fitted.fit.unwrap()
}

fn change(fit: &Fit, degrees: DegreesMethod) -> Contrast {
    let inference = Inference {
        degrees,
        ..Inference::default()
    };
    fit.change(0, 1, inference).unwrap()
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "{found} is not {expected}"
    );
}

#[test]
fn two_visits_without_loss_are_the_paired_t_test() {
    let fit = fitted(&panel(&[]), Likelihood::Restricted);
    let paired = paired_t_test(&BEFORE, &AFTER).unwrap().unwrap();
    assert_eq!(fit.covariance(), Covariance::Unstructured);
    for degrees in ALL_DEGREES {
        let change = change(&fit, degrees);
        close(change.value, -2.125, 1e-12);
        close(change.standard_error, 3.090885 / 8.0_f64.sqrt(), 1e-6);
        close(change.degrees_of_freedom, 7.0, 1e-8);
        close(change.p_value, 0.0929092, 1e-7);
        close(change.interval.lower, -4.709045, 1e-6);
        close(change.interval.upper, 0.459045, 1e-6);
        close(change.t, paired.t, 1e-9);
    }
}

#[test]
fn two_visits_with_loss_regress_the_lost_on_what_is_known_of_them() {
    let lost = [28.0, 26.0];
    let [restricted, full] = [Likelihood::Restricted, Likelihood::Full].map(|likelihood| {
        change(
            &fitted(&panel(&lost), likelihood),
            DegreesMethod::Satterthwaite,
        )
    });
    let expected = regression_of_the_lost(&lost);
    close(expected, -2.723616, 5e-7);
    close(restricted.value, expected, 1e-10);
    close(full.value, expected, 1e-10);
    close(restricted.standard_error, 1.029353, 5e-7);
    close(full.standard_error, 0.971296, 5e-7);
}

/// The mean after of those seen twice, moved along their slope to the mean before of all, less that
/// mean.
fn regression_of_the_lost(lost: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (before, after) = (mean(&BEFORE), mean(&AFTER));
    let pairs = BEFORE.iter().zip(&AFTER);
    let products: f64 = pairs.map(|(b, a)| (b - before) * (a - after)).sum();
    let squares: f64 = BEFORE.iter().map(|b| (b - before).powi(2)).sum();
    let everyone = mean(&[&BEFORE, lost].concat());
    after + products / squares * (everyone - before) - everyone
}

/// Scores of 40 subjects at four visits, a third of them missing, without a random draw.
fn some_rows() -> Vec<[Option<f64>; 4]> {
    (0..40_u64)
        .map(|subject| {
            let level = (subject * 7919 % 23) as f64 / 1.7;
            std::array::from_fn(|visit| {
                let mixed = (subject * 4 + visit as u64 + 3).wrapping_mul(2_654_435_761) >> 7;
                let noise = (mixed % 1000) as f64 / 97.3;
                (!mixed.is_multiple_of(3) || visit == 0).then_some(level + noise - visit as f64)
            })
        })
        .collect()
}

fn of_rows(rows: &[[Option<f64>; 4]]) -> Fit {
    let mut panel = Panel::new(4);
    rows.iter().for_each(|row| panel.push(row).unwrap());
    fitted(&panel, Likelihood::Restricted)
}

fn numbers(fit: &Fit) -> Vec<u64> {
    let contrasts = (1..4).flat_map(|visit| {
        ALL_DEGREES.map(|degrees| {
            let inference = Inference {
                degrees,
                ..Inference::default()
            };
            fit.change(0, visit, inference).unwrap()
        })
    });
    contrasts
        .flat_map(|c| [c.value, c.standard_error, c.degrees_of_freedom, c.p_value])
        .map(f64::to_bits)
        .collect()
}

#[test]
fn the_order_of_subjects_changes_no_bit() {
    let mut rows = some_rows();
    let first = numbers(&of_rows(&rows));
    rows.reverse();
    assert_eq!(first, numbers(&of_rows(&rows)));
    rows.sort_by(|a, b| format!("{a:?}").cmp(&format!("{b:?}")));
    assert_eq!(first, numbers(&of_rows(&rows)));
}

#[test]
fn visits_in_another_order_say_the_same() {
    let rows = some_rows();
    let turned: Vec<_> = rows.iter().map(|&[a, b, c, d]| [d, b, c, a]).collect();
    let straight = of_rows(&rows).change(0, 3, Inference::default()).unwrap();
    let back = of_rows(&turned).change(3, 0, Inference::default()).unwrap();
    close(straight.value, back.value, 1e-9);
    close(straight.standard_error, back.standard_error, 1e-9);
    close(straight.degrees_of_freedom, back.degrees_of_freedom, 1e-6);
}

#[test]
fn a_large_offset_and_another_unit_change_nothing_but_the_numbers() {
    let rows = some_rows();
    let moved: Vec<_> = rows
        .iter()
        .map(|row| row.map(|score| score.map(|score| 1e6 + 12.5 * score)))
        .collect();
    let plain = of_rows(&rows).change(0, 2, Inference::default()).unwrap();
    let moved = of_rows(&moved).change(0, 2, Inference::default()).unwrap();
    close(moved.value, 12.5 * plain.value, 1e-7);
    close(moved.standard_error, 12.5 * plain.standard_error, 1e-7);
    close(moved.degrees_of_freedom, plain.degrees_of_freedom, 1e-5);
}

/// Each missing score as the model expects it from the subject's other scores, plus a difference.
#[test]
fn the_lost_are_worse_as_if_each_had_been_filled_in() {
    let lost = [28.0, 26.0];
    let fit = fitted(&panel(&lost), Likelihood::Restricted);
    let mean = |visit: usize| fit.mean_at(visit, Inference::default()).unwrap().value;
    let covariance = |a: usize, b: usize| fit.covariance_between(a, b).unwrap();
    let slope = covariance(0, 1) / covariance(0, 0);
    for delta in [0.0, 1.0, 5.0, -2.0] {
        let filled = lost.map(|before| mean(1) + slope * (before - mean(0)) + delta);
        let after: f64 = AFTER.iter().chain(&filled).sum();
        let before: f64 = BEFORE.iter().chain(&lost).sum();
        let found = fit
            .change_if_lost_differ(0, 1, delta, Inference::default())
            .unwrap();
        close(found.value, (after - before) / 10.0, 1e-10);
    }
}

fn ladder_of(rows: &[&[Option<f64>]]) -> Fitted {
    let mut panel = Panel::new(rows[0].len());
    rows.iter().for_each(|row| panel.push(row).unwrap());
    fit(&panel, &Model::default()).unwrap()
}

fn reasons(fitted: &Fitted) -> Vec<StepDownReason> {
    fitted.steps_down.iter().map(|step| step.reason).collect()
}

#[test]
fn two_visits_that_nobody_shares_have_no_covariance_of_their_own() {
    let rows: Vec<Vec<Option<f64>>> = some_rows()
        .iter()
        .enumerate()
        .map(|(at, &[a, b, c, _])| match at % 2 {
            0 => vec![a, b, None],
            _ => vec![None, b, c],
        })
        .collect();
    let rows: Vec<&[Option<f64>]> = rows.iter().map(Vec::as_slice).collect();
    let fitted = ladder_of(&rows);
    let not_seen = StepDownReason::PairNotSeen {
        first: 0,
        second: 2,
    };
    assert_eq!(reasons(&fitted), [not_seen; 3]);
    let fit = fitted.fit.unwrap();
    assert_eq!(fit.covariance(), Covariance::Autoregressive);
    assert!(fit.change(0, 2, Inference::default()).is_some());
}

#[test]
fn scores_that_follow_from_one_another_lie_on_the_boundary() {
    let rows: Vec<[Option<f64>; 3]> = (0..30)
        .map(|at| {
            let score = f64::from(at * 37 % 29);
            let noise = f64::from(at * 17 % 11);
            [Some(score), Some(2.0 * score + 1.0), Some(score + noise)]
        })
        .collect();
    let rows: Vec<&[Option<f64>]> = rows.iter().map(<[_; 3]>::as_slice).collect();
    let fitted = ladder_of(&rows);
    assert_eq!(fitted.steps_down[0].from, Covariance::Unstructured);
    assert_eq!(reasons(&fitted)[0], StepDownReason::OnTheBoundary);
    assert_ne!(fitted.fit.unwrap().covariance(), Covariance::Unstructured);
}

#[test]
fn what_cannot_be_fitted_says_why() {
    let first_only = [1.0, 2.0, 4.0, 9.0, 3.0, 5.0].map(|score| [Some(score), None]);
    let cases = [
        (vec![[Some(7.0), Some(7.0)]; 12], StepDownReason::NoSpread),
        (first_only.to_vec(), StepDownReason::MeansNotEstimable),
        (vec![[Some(1.0), Some(2.0)]], StepDownReason::TooFewScores),
        (vec![[None, None]], StepDownReason::TooFewScores),
    ];
    for (rows, reason) in cases {
        let rows: Vec<&[Option<f64>]> = rows.iter().map(<[_; 2]>::as_slice).collect();
        let fitted = ladder_of(&rows);
        assert!(fitted.fit.is_none(), "{rows:?}");
        assert_eq!(reasons(&fitted), [reason; 5], "{rows:?}");
    }
}

/// Their squares are not numbers, or nothing.
#[test]
fn scores_too_large_or_too_small_to_square_are_not_fitted() {
    for unit in [1e200, 1e-200] {
        let rows = BEFORE.map(|score| [Some(score * unit), Some(score * score * unit)]);
        let rows: Vec<&[Option<f64>]> = rows.iter().map(<[_; 2]>::as_slice).collect();
        assert!(ladder_of(&rows).fit.is_none(), "{unit}");
    }
}

#[test]
fn models_that_make_no_sense_are_refused() {
    let mut panel = Panel::with_covariates(2, 1);
    assert_eq!(
        panel.push(&[Some(1.0), None]).unwrap_err().to_string(),
        "0 values where 1 belong"
    );
    assert!(panel.push_with_covariates(&[Some(1.0)], &[1.0]).is_err());
    assert!(
        panel
            .push_with_covariates(&[Some(f64::NAN), None], &[1.0])
            .is_err()
    );
    assert!(
        panel
            .push_with_covariates(&[Some(1.0), None], &[f64::INFINITY])
            .is_err()
    );
    let without_means = Model {
        means: Effect::Common,
        covariates: vec![Effect::PerVisit],
        ..Model::default()
    };
    assert_eq!(
        fit(&panel, &without_means).unwrap_err(),
        StatsError::SlopesWithoutMeans
    );
    assert!(fit(&panel, &Model::default()).is_err());
    let wide = fit(&Panel::new(65), &Model::default()).unwrap_err();
    assert_eq!(wide.to_string(), "65 visits are more than 64");
}

#[test]
fn subjects_without_scores_are_counted_and_left_out() {
    let mut with_empty = panel(&[28.0]);
    with_empty.push(&[None, None]).unwrap();
    assert_eq!(
        (with_empty.n_subjects(), with_empty.n_without_scores()),
        (9, 1)
    );
    let [with, without] = [with_empty, panel(&[28.0])].map(|panel| {
        change(
            &fitted(&panel, Likelihood::Restricted),
            DegreesMethod::Satterthwaite,
        )
    });
    assert_eq!(with, without);
}

#[test]
fn visits_and_covariates_that_do_not_exist_have_no_mean() {
    let fit = fitted(&panel(&[]), Likelihood::Restricted);
    assert_eq!(fit.mean_at(2, Inference::default()), None);
    assert_eq!(fit.change(0, 2, Inference::default()), None);
    assert_eq!(fit.mean_given(0, &[1.0], Inference::default()), None);
    assert_eq!(fit.contrast(&[1.0], Inference::default()), None);
    assert_eq!(fit.contrast(&[0.0, 0.0], Inference::default()), None);
    assert_eq!(fit.coefficient(2, Inference::default()), None);
    assert_eq!(fit.covariance_between(0, 2), None);
    assert_eq!(fit.share_missing(2), None);
}

#[test]
fn one_visit_is_the_mean_of_a_sample() {
    let mut panel = Panel::new(1);
    BEFORE
        .iter()
        .for_each(|&score| panel.push(&[Some(score)]).unwrap());
    let mean = fitted(&panel, Likelihood::Restricted)
        .mean_at(0, Inference::default())
        .unwrap();
    let plain = kinfolk_stats::mean(
        &Sample::new(BEFORE.to_vec()).unwrap(),
        Inference::default().confidence,
    )
    .unwrap();
    close(mean.value, plain.value, 1e-12);
    close(mean.degrees_of_freedom, 7.0, 1e-9);
    close(mean.interval.lower, plain.interval.unwrap().lower, 1e-9);
}

/// A mean at given covariates and the coefficients say the same, however far covariates lie from 0.
#[test]
fn covariates_far_from_zero_keep_their_digits() {
    let slopes = |shift: f64| {
        let mut panel = Panel::with_covariates(4, 1);
        for (at, row) in some_rows().iter().enumerate() {
            let known = (at % 9) as f64 + shift;
            panel.push_with_covariates(row, &[known]).unwrap();
        }
        let model = Model {
            covariates: vec![Effect::PerVisit],
            ..Model::default()
        };
        let fit = fit(&panel, &model).unwrap().fit.unwrap();
        let at = |k: usize| fit.coefficient(k, Inference::default()).unwrap();
        let mean = fit
            .mean_given(2, &[shift + 4.0], Inference::default())
            .unwrap();
        close(mean.value, at(2).value + (shift + 4.0) * at(6).value, 1e-6);
        (at(6), mean)
    };
    let (near, far) = (slopes(0.0), slopes(20_000.0));
    close(near.0.value, far.0.value, 1e-9);
    close(near.1.value, far.1.value, 1e-9);
    close(near.1.standard_error, far.1.standard_error, 1e-9);
}
