//! The repeated-measures model on whatever scores may come.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kinfolk_stats::mmrm::{
    Covariance, DegreesMethod, Fit, Fitted, Inference, Model, Panel, StepDownReason, fit,
};
use proptest::prelude::*;

const N_VISITS: usize = 4;
type Row = [Option<f64>; N_VISITS];

/// Children with a level of their own and whole scores, a quarter of them missing.
fn children(n: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Row>> {
    let child = (0..20_i32, prop::array::uniform4((0..12_i32, 0..4_u8)));
    let row = child.prop_map(|(level, visits)| {
        visits.map(|(score, lost)| (lost > 0).then(|| f64::from(level + score)))
    });
    prop::collection::vec(row, n)
}

fn with(rows: &[Row], ladder: &[Covariance]) -> Fitted {
    let mut panel = Panel::new(N_VISITS);
    rows.iter().for_each(|row| panel.push(row).unwrap());
    let model = Model {
        ladder: ladder.to_vec(),
        ..Model::default()
    };
    fit(&panel, &model).unwrap()
}

fn every_contrast_is_sound(fit: &Fit) -> Result<(), TestCaseError> {
    use DegreesMethod::{KenwardRoger, KenwardRogerExpected, KenwardRogerLinear, Satterthwaite};
    for degrees in [
        Satterthwaite,
        KenwardRoger,
        KenwardRogerLinear,
        KenwardRogerExpected,
    ] {
        let inference = Inference {
            degrees,
            ..Inference::default()
        };
        for change in (1..N_VISITS).filter_map(|visit| fit.change(0, visit, inference)) {
            let numbers = [
                change.value,
                change.standard_error,
                change.t,
                change.p_value,
            ];
            prop_assert!(
                numbers.iter().all(|number| number.is_finite()),
                "{change:?}"
            );
            prop_assert!((0.0..=1.0).contains(&change.p_value), "{change:?}");
            prop_assert!(change.interval.lower <= change.value, "{change:?}");
            prop_assert!(change.interval.upper >= change.value, "{change:?}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn however_few_the_children_nothing_is_infinite(rows in children(0..9)) {
        let fitted = with(&rows, &Covariance::LADDER);
        prop_assert_eq!(fitted.steps_down.len() == Covariance::LADDER.len(), fitted.fit.is_none());
        if let Some(fit) = fitted.fit {
            prop_assert!(fit.last_step() < 1e-9);
            every_contrast_is_sound(&fit)?;
        }
    }

    /// A covariance with more freedom fits at least as well, and forty children determine any.
    #[test]
    fn the_higher_on_the_ladder_the_better_the_fit(rows in children(40..60)) {
        let deviance = |covariance| {
            let fitted = with(&rows, &[covariance]);
            let converged = !fitted
                .steps_down
                .iter()
                .any(|step| matches!(step.reason, StepDownReason::NotConverged { .. }));
            assert!(converged, "{covariance:?}");
            fitted.fit.map(|fit| fit.deviance())
        };
        let deviances: Vec<f64> = Covariance::LADDER.into_iter().filter_map(deviance).collect();
        prop_assert_eq!(deviances.len(), Covariance::LADDER.len());
        for (freer, plainer) in [(0, 1), (1, 2), (2, 3), (2, 4)] {
            prop_assert!(deviances[freer] <= deviances[plainer] + 1e-7, "{deviances:?}");
        }
    }

    #[test]
    fn rows_in_any_order_give_the_same_bits(rows in children(12..20), turn in 0_usize..12) {
        let mut turned = rows.clone();
        turned.rotate_left(turn);
        let bits = |rows: &[Row]| with(rows, &Covariance::LADDER).fit.map(|fit| {
            let change = fit.change(0, 3, Inference::default());
            (fit.deviance().to_bits(), change.map(|change| change.p_value.to_bits()))
        });
        prop_assert_eq!(bits(&rows), bits(&turned));
    }
}
