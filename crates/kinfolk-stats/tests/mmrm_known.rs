//! The repeated-measures model where answers are known without it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kinfolk_stats::mmrm::{
    Contrast, Covariance, DegreesMethod, Fit, Inference, Likelihood, Model, Panel, fit,
};
use kinfolk_stats::paired_t_test;

const BEFORE: [f64; 8] = [20.0, 17.0, 25.0, 14.0, 9.0, 30.0, 16.0, 22.0];
const AFTER: [f64; 8] = [17.0, 18.0, 19.0, 14.0, 11.0, 24.0, 12.0, 21.0];
const ALL_DEGREES: [DegreesMethod; 3] = [
    DegreesMethod::Satterthwaite,
    DegreesMethod::KenwardRoger,
    DegreesMethod::KenwardRogerLinear,
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
                (mixed % 3 != 0 || visit == 0).then_some(level + noise - visit as f64)
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
