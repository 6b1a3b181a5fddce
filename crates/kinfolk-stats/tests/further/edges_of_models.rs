//! Models at their edges: weights far apart, clusters of one row, exposures that differ a thousandfold,
//! visits that nobody came to. `tests/reference/edges_of_models.R` made the numbers.

use kinfolk_stats::mmrm::{
    Covariance, DegreesMethod, Effect, Fit, Inference, Model, Panel, StepDownReason, fit,
};
use kinfolk_stats::regression::{Errors, Rows, least_squares};
use kinfolk_stats::survival::{Clock, CoxModel, FollowUp, Ties, cox, proportional_hazards};
use kinfolk_stats::{Confidence, Contrast, CountRows, negative_binomial};
use serde_json::Value;

use super::{RELATIVE, all_close, cases, close, close_within, labels, number, numbers};

#[test]
fn hazards_of_few_rows() {
    for case in cases("edges_of_models.json", "hazards") {
        let what = case.to_string();
        let events: Vec<bool> = numbers(&case["event"]).iter().map(|e| *e == 1.0).collect();
        let rows =
            FollowUp::with_entries(&numbers(&case["entry"]), &numbers(&case["time"]), &events);
        let (rows, strata, clusters) = (
            rows.unwrap(),
            labels(&case["stratum"]),
            labels(&case["cluster"]),
        );
        let [x, z, weights] = ["x", "z", "weight"].map(|name| numbers(&case[name]));
        let covariates: [&[f64]; 2] = [&x, &z];
        let model = CoxModel {
            strata: Some(&strata),
            weights: Some(&weights),
            ties: match case["ties"].as_str().unwrap() {
                "efron" => Ties::Efron,
                _ => Ties::Breslow,
            },
            ..CoxModel::new(&rows, &covariates)
        };
        let found = cox(&model).unwrap();
        all_close(&found.coefficients, &case["coefficients"], RELATIVE, &what);
        all_close(&found.standard_errors, &case["errors"], RELATIVE, &what);
        close(found.score.chi_square, number(&case["score"]), &what);
        for (clock, name) in [
            (Clock::KaplanMeier, "km"),
            (Clock::Identity, "identity"),
            (Clock::Log, "log"),
        ] {
            let test = proportional_hazards(&model, &found, clock).unwrap();
            let mut drifts: Vec<f64> = test.covariates.iter().map(|t| t.chi_square).collect();
            drifts.push(test.global.chi_square);
            all_close(&drifts, &case[name], RELATIVE, &format!("{name} of {what}"));
        }
        let clustered = CoxModel {
            clusters: Some(&clusters),
            ..model
        };
        let robust = cox(&clustered).unwrap().robust_errors.unwrap();
        all_close(&robust, &case["robust"], RELATIVE, &what);
    }
}

#[test]
fn clusters_of_one_row() {
    for case in cases("edges_of_models.json", "clusters") {
        let what = case.to_string();
        let [y, arm, x, weights] = ["y", "arm", "x", "weight"].map(|name| numbers(&case[name]));
        let clusters: Vec<usize> = labels(&case["cluster"])
            .into_iter()
            .map(|c| c as usize)
            .collect();
        let rows = Rows {
            outcome: &y,
            covariates: &[&arm, &x],
            weights: Some(&weights),
            clusters: Some(&clusters),
        };
        let found = least_squares(&rows).unwrap();
        for at in 0..3 {
            let found = found
                .coefficient(at, Errors::Cr2, Confidence::default())
                .unwrap();
            close(found.value, number(&case["coefficients"][at]), &what);
            close(found.standard_error, number(&case["errors"][at]), &what);
            close(
                found.degrees_of_freedom,
                number(&case["degrees"][at]),
                &what,
            );
            close(found.p_value, number(&case["p"][at]), &what);
        }
    }
}

#[test]
fn rates_with_hardly_an_event() {
    for case in cases("edges_of_models.json", "rates") {
        let what = case.to_string();
        let events: Vec<u64> = labels(&case["events"]).into_iter().map(u64::from).collect();
        let (exposure, covariates) = (numbers(&case["years"]), [numbers(&case["arm"])]);
        let rows = CountRows {
            events: &events,
            exposure: &exposure,
            covariates: &covariates,
        };
        let found = negative_binomial(rows, Confidence::default())
            .unwrap()
            .unwrap();
        let terms = [&found.baseline, &found.terms[0]];
        all_close(&terms.map(|term| term.log), &case["logs"], RELATIVE, &what);
        all_close(
            &terms.map(|term| term.standard_error),
            &case["errors"],
            RELATIVE,
            &what,
        );
        close(found.dispersion, number(&case["dispersion"]), &what);
    }
}

fn panel(rows: &[Vec<Option<f64>>]) -> Panel {
    let mut panel = Panel::new(rows[0].len());
    for row in rows {
        panel.push(row).unwrap();
    }
    panel
}

fn fitted(rows: &[Vec<Option<f64>>], means: Effect, covariance: Covariance) -> Fit {
    let model = Model {
        means,
        ladder: vec![covariance],
        ..Model::default()
    };
    let found = fit(&panel(rows), &model).unwrap();
    found.fit.ok_or(found.steps_down).unwrap()
}

fn kenward_roger() -> Inference {
    Inference {
        degrees: DegreesMethod::KenwardRogerExpected,
        ..Inference::default()
    }
}

/// The fit stops where the next step would be below 1e-9 standard errors of the covariance.
#[track_caller]
fn agrees(found: &Contrast, expected: &Value, what: &str) {
    let found = [found.value, found.standard_error, found.degrees_of_freedom];
    for (at, found) in found.into_iter().enumerate() {
        close_within(found, number(&expected[at]), RELATIVE, what);
    }
}

#[test]
fn repeated_measures_that_go_against_one_another() {
    for case in cases("edges_of_models.json", "tables") {
        let what = case.to_string();
        let scores = |row: &Value| numbers(row).into_iter().map(Some).collect();
        let rows: Vec<Vec<Option<f64>>> = case["scores"]
            .as_array()
            .unwrap()
            .iter()
            .map(scores)
            .collect();
        let last = rows[0].len() - 1;
        let found = fitted(&rows, Effect::PerVisit, Covariance::CompoundSymmetry);
        for inference in [Inference::default(), kenward_roger()] {
            agrees(
                &found.change(0, last, inference).unwrap(),
                &case["change"],
                &what,
            );
        }
    }
}

#[test]
fn a_visit_that_nobody_came_to() {
    for case in cases("edges_of_models.json", "gaps") {
        let what = case.to_string();
        let around = |row: &Value| {
            let both = numbers(row);
            vec![Some(both[0]), None, Some(both[1])]
        };
        let rows: Vec<Vec<Option<f64>>> = case["scores"]
            .as_array()
            .unwrap()
            .iter()
            .map(around)
            .collect();
        for (covariance, name) in [
            (Covariance::CompoundSymmetry, "symmetric"),
            (Covariance::Autoregressive, "first_order"),
        ] {
            let found = fitted(&rows, Effect::Common, covariance);
            let mean = found.coefficient(0, Inference::default()).unwrap();
            agrees(&mean, &case[name], &format!("{name} of {what}"));
        }
        // With a mean for each visit there is nothing to say of the empty one, whatever the covariance.
        let found = fit(&panel(&rows), &Model::default()).unwrap();
        assert!(found.fit.is_none());
        let reasons: Vec<StepDownReason> =
            found.steps_down.iter().map(|step| step.reason).collect();
        assert_eq!(reasons.len(), Covariance::LADDER.len());
        assert!(
            reasons.iter().all(|reason| matches!(
                reason,
                StepDownReason::MeansNotEstimable | StepDownReason::TooFewScores
            )),
            "{reasons:?}"
        );
    }
}

#[test]
fn scores_that_follow_from_others_are_named() {
    let check = |rows: &[[f64; 2]], expected: StepDownReason| {
        let rows: Vec<Vec<Option<f64>>> = rows.iter().map(|row| row.map(Some).to_vec()).collect();
        let found = fit(&panel(&rows), &Model::default()).unwrap();
        assert!(found.fit.is_none());
        assert!(
            found.steps_down.iter().all(|step| step.reason == expected),
            "{:?}",
            found.steps_down
        );
    };
    let follows = [1.0, 4.0, 2.0, 8.0, 5.0, 7.0].map(|x| [x, x + 1.0]);
    check(&follows, StepDownReason::OnTheBoundary);
    check(&[[3.0, 4.0]; 6], StepDownReason::NoSpread);
}
