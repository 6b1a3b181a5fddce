//! Published and recomputed figures for the `lalonde` data of MatchIt: 185 men who had a training
//! programme, 429 of a survey. The data come under the GPL and are not kept here;
//! `Rscript -e 'write.csv(MatchIt::lalonde, "lalonde.csv")'` writes them, and `KINFOLK_LALONDE` says
//! where they are. Figures after the decimal point are as many as are published.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kinfolk_stats::Confidence;
use kinfolk_stats::effect::{
    Arms, Population, Weighting, doubly_robust, standardised, unadjusted, weighted,
};
use kinfolk_stats::matching::{
    Balance, Caliper, Candidates, Denominator, Estimand, Greedy, Matches, balance_entropy,
    compare_balance, effective_sample_size, match_greedily, propensity, propensity_weights,
};
use kinfolk_stats::regression::{Errors, Rows, least_squares};

#[test]
fn propensity_scores_and_balance() {
    let Some(men) = Men::read() else { return };
    let found = propensity(&men.columns(), &men.treated).unwrap();
    near(found.deviance, 487.843_931, 6);
    let expected = [
        -1.663_281_60,
        0.015_777_07,
        0.161_306_88,
        -2.081_734_12,
        -3.065_367_74,
        -0.832_113_28,
        0.707_296_88,
    ];
    for (found, expected) in found.coefficients.iter().zip(expected) {
        near(*found, expected, 8);
    }
    near(found.coefficients[7] * 1e5, -7.178, 3);
    near(found.coefficients[8] * 1e5, 5.345, 3);

    let before = men.balance(&men.even(), &found.scores);
    let expected = [
        -0.3094, 0.0550, -0.3498, -1.8819, -0.8263, 0.2450, -0.7211, -0.2903, 1.7941,
    ];
    all_near(&standardised_differences(&before), &expected);
    let variance_ratio = |at: usize| before.covariates[at].variance_ratio.unwrap();
    for (at, expected) in [(0, 0.4400), (1, 0.4959), (6, 0.5181), (7, 0.9563)] {
        near(variance_ratio(at), expected, 4);
    }
    near(before.covariates[0].distribution_max, 0.1577, 4);
    near(before.covariates[6].distribution_max, 0.4470, 4);
}

#[test]
fn pairs() {
    let Some(men) = Men::read() else { return };
    let found = propensity(&men.columns(), &men.treated).unwrap();
    let check = |distance: &[f64], caliper: Option<f64>, n_pairs: usize, difference: f64| {
        let matches = men.matched(distance, caliper);
        assert_eq!(matches.pairs.len(), n_pairs);
        near(
            men.difference(&matches.weights(men.treated.len())),
            difference,
            4,
        );
        matches
    };
    check(&found.scores, Some(0.2), 113, 1_571.744_5);
    check(&found.logits, Some(0.2), 117, 1_770.602_9);
    let matches = check(&found.scores, None, 185, 894.367_480);
    let weights = matches.weights(men.treated.len());

    let after = men.balance(&weights, &found.scores);
    let found = standardised_differences(&after);
    for (at, expected) in [
        (0, 0.0718),
        (1, -0.1290),
        (6, -0.0505),
        (7, -0.0257),
        (8, 0.9739),
    ] {
        near(found[at], expected, 4);
    }
    let raw = |at: usize| after.covariates[at].mean_treated - after.covariates[at].mean_control;
    for (at, expected) in [(2, -0.1568), (3, -0.2162), (4, -0.0216), (5, 0.0703)] {
        near(raw(at), expected, 4);
    }

    let effect = standardised(&men.arms(&[]), &weights, Confidence::default()).unwrap();
    near(effect.difference.value, 894.367_480, 5);
}

#[test]
fn regression_in_all_and_in_pairs() {
    let Some(men) = Men::read() else { return };
    let everybody: Vec<usize> = (0..men.treated.len()).collect();
    let singles = [
        (Errors::Classical, 781.279_297),
        (Errors::Hc0, 734.520_542),
        (Errors::Hc1, 740.576_049),
        (Errors::Hc2, 742.181_677),
        (Errors::Hc3, 749.986_759),
    ];
    men.regression_is(&everybody, None, 1_548.243_802, &singles);

    let found = propensity(&men.columns(), &men.treated).unwrap();
    let matches = men.matched(&found.scores, None);
    let rows: Vec<usize> = matches
        .pairs
        .iter()
        .flat_map(|pair| [pair.treated, pair.control])
        .collect();
    let pairs: Vec<usize> = (0..matches.pairs.len())
        .flat_map(|pair| [pair; 2])
        .collect();
    let paired = [(Errors::Cr1s, 730.836_783), (Errors::Cr0, 719.915_480)];
    men.regression_is(&rows, Some(&pairs), 1_344.935_605, &paired);
    men.regression_is(&rows, None, 1_344.935_605, &[(Errors::Hc3, 773.223_159)]);
}

#[test]
fn weights() {
    let Some(men) = Men::read() else { return };
    let columns = men.columns();
    let scores = propensity(&columns, &men.treated).unwrap().scores;
    let weights = |estimand| propensity_weights(&men.treated, &scores, estimand).unwrap();
    let everybody = weights(Estimand::Everybody);
    near(men.difference(&men.even()), -635.0262, 4);
    near(men.difference(&everybody), 224.676_309, 5);
    near(
        men.difference(&weights(Estimand::Overlap)),
        1_242.200_636,
        5,
    );
    near(men.worth(&everybody, false), 329.008, 3);
    near(men.worth(&everybody, true), 58.327, 3);
    near(men.largest(&everybody), 40.0773, 4);
    let of_treated = weights(Estimand::Treated);
    near(men.difference(&of_treated), 1_214.071_223, 5);
    near(men.worth(&of_treated, false), 99.8154, 4);
    let entropy = balance_entropy(&columns, &men.treated).unwrap();
    near(men.difference(&entropy), 1_273.261_816, 5);
    near(men.worth(&entropy, false), 98.4578, 4);
}

#[test]
fn effects() {
    let Some(men) = Men::read() else { return };
    let columns = men.columns();
    let arms = men.arms(&columns);
    let confidence = Confidence::default();
    let raw = unadjusted(&arms, confidence).unwrap();
    near(raw.difference.value, -635.0262, 4);
    let found = standardised(&arms, &men.even(), confidence).unwrap();
    near(found.difference.value, 1_647.583_252, 5);
    for (weighting, expected) in [
        (Weighting::Propensity(Estimand::Treated), 1_214.071_223),
        (Weighting::Propensity(Estimand::Everybody), 224.676_309),
        (Weighting::Propensity(Estimand::Overlap), 1_242.200_636),
        (Weighting::Entropy, 1_273.261_816),
    ] {
        let found = weighted(&arms, weighting, confidence).unwrap();
        near(found.difference.value, expected, 5);
    }
    let everybody = doubly_robust(&arms, Population::Everybody, confidence).unwrap();
    near(everybody.difference.value, 469.639_974, 5);
    near(everybody.difference.standard_error.unwrap(), 925.400_575, 5);
    let of_treated = doubly_robust(&arms, Population::Treated, confidence).unwrap();
    near(of_treated.difference.value, 1_226.543_741, 5);
}

struct Men {
    treated: Vec<bool>,
    /// Age, education, Hispanic, white, married, no degree, earnings in 1974 and in 1975.
    covariates: Vec<Vec<f64>>,
    earnings: Vec<f64>,
}

impl Men {
    #[expect(clippy::print_stdout, reason = "a test says what it skips")]
    fn read() -> Option<Self> {
        let Some(path) = std::env::var_os("KINFOLK_LALONDE") else {
            println!("skipped: KINFOLK_LALONDE names no file");
            return None;
        };
        let text = std::fs::read_to_string(path).unwrap().replace('"', "");
        let mut lines = text.lines();
        let names: Vec<&str> = lines.next().unwrap().split(',').collect();
        let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
        let cells = |name: &str| {
            let at = names.iter().position(|other| *other == name).unwrap();
            rows.iter().map(move |row| row[at])
        };
        let column =
            |name: &str| -> Vec<f64> { cells(name).map(|cell| cell.parse().unwrap()).collect() };
        let race = |name: &str| -> Vec<f64> {
            cells("race")
                .map(|cell| f64::from(u8::from(cell == name)))
                .collect()
        };
        let mut covariates = vec![column("age"), column("educ"), race("hispan"), race("white")];
        covariates.extend(["married", "nodegree", "re74", "re75"].map(column));
        Some(Self {
            treated: column("treat").iter().map(|&value| value == 1.0).collect(),
            covariates,
            earnings: column("re78"),
        })
    }

    fn columns(&self) -> Vec<&[f64]> {
        self.covariates.iter().map(Vec::as_slice).collect()
    }

    fn arms<'a>(&'a self, covariates: &'a [&'a [f64]]) -> Arms<'a> {
        Arms {
            treated: &self.treated,
            outcome: &self.earnings,
            covariates,
            clusters: None,
        }
    }

    fn even(&self) -> Vec<f64> {
        vec![1.0; self.treated.len()]
    }

    /// The balance of the covariates and, last, of the propensity score.
    fn balance(&self, weights: &[f64], scores: &[f64]) -> Balance {
        let mut columns = self.columns();
        columns.push(scores);
        compare_balance(&columns, &self.treated, weights, Denominator::Treated).unwrap()
    }

    fn matched(&self, distance: &[f64], caliper: Option<f64>) -> Matches {
        let keys: Vec<u64> = (0..self.treated.len() as u64).collect();
        let candidates = Candidates {
            treated: &self.treated,
            distance,
            keys: &keys,
            exact: None,
        };
        let how = Greedy {
            caliper: caliper.map(Caliper::StandardDeviations),
            ..Greedy::default()
        };
        match_greedily(&candidates, &how).unwrap()
    }

    /// Earnings on treatment and covariates: its coefficient and standard errors.
    #[track_caller]
    fn regression_is(
        &self,
        rows: &[usize],
        clusters: Option<&[usize]>,
        expected: f64,
        errors: &[(Errors, f64)],
    ) {
        let of = |column: &[f64]| -> Vec<f64> { rows.iter().map(|&row| column[row]).collect() };
        let treated = rows
            .iter()
            .map(|&row| f64::from(u8::from(self.treated[row])))
            .collect();
        let columns: Vec<Vec<f64>> = std::iter::once(treated)
            .chain(self.covariates.iter().map(|column| of(column)))
            .collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let outcome = of(&self.earnings);
        let rows = Rows {
            clusters,
            ..Rows::new(&outcome, &columns)
        };
        let fitted = least_squares(&rows).unwrap();
        for &(errors, standard_error) in errors {
            let found = fitted
                .coefficient(1, errors, Confidence::default())
                .unwrap();
            near(found.value, expected, 5);
            near(found.standard_error, standard_error, 5);
        }
    }

    fn weights_of(&self, weights: &[f64], arm: bool) -> Vec<f64> {
        let rows = weights.iter().zip(&self.treated);
        rows.filter(|(_, treated)| **treated == arm)
            .map(|(weight, _)| *weight)
            .collect()
    }

    /// How many equal men the weights of an arm are worth.
    fn worth(&self, weights: &[f64], arm: bool) -> f64 {
        effective_sample_size(&self.weights_of(weights, arm)).unwrap()
    }

    fn largest(&self, weights: &[f64]) -> f64 {
        self.weights_of(weights, true)
            .into_iter()
            .fold(0.0, f64::max)
    }

    /// The difference of weighted mean earnings.
    fn difference(&self, weights: &[f64]) -> f64 {
        let mean = |arm: bool| {
            let rows = (0..weights.len()).filter(|&row| self.treated[row] == arm);
            let (sum, total) = rows.fold((0.0, 0.0), |(sum, total), row| {
                (
                    sum + weights[row] * self.earnings[row],
                    total + weights[row],
                )
            });
            sum / total
        };
        mean(true) - mean(false)
    }
}

fn standardised_differences(balance: &Balance) -> Vec<f64> {
    let covariates = balance.covariates.iter();
    covariates
        .map(|covariate| covariate.standardised_difference.unwrap())
        .collect()
}

#[track_caller]
fn all_near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        near(*found, *expected, 4);
    }
}

/// Equal to the digits that were published.
#[track_caller]
fn near(found: f64, expected: f64, digits: i32) {
    assert!(
        (found - expected).abs() <= 0.5001 * 10.0_f64.powi(-digits),
        "{found} is not {expected}"
    );
}
