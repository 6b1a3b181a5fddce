//! Two means with what each subject contributes to their error.

use super::{Arms, Effect, Effects, OutcomeKind};
use crate::{Confidence, Contrast};

/// Adjusted means and their influence: by how much each subject moves the mean of the treated and
/// that of comparators.
pub(super) struct MarginalMeans {
    pub(super) treated: f64,
    pub(super) control: f64,
    pub(super) influence: Vec<[f64; 2]>,
}

/// How a measure moves with either mean, and its value.
struct Measure {
    value: f64,
    slopes: [f64; 2],
}

impl MarginalMeans {
    /// The effects, with sandwich errors: each subject on its own and the normal distribution, or each
    /// cluster times G/(G − 1) and Student's t with G − 1 degrees.
    pub(super) fn effects(&self, arms: &Arms, confidence: Confidence) -> Effects {
        let sums = arms.cluster_sums(&self.influence);
        let contrast = |measure: &Measure| self.contrast(arms, &sums, measure, confidence);
        let difference = Measure {
            value: self.treated - self.control,
            slopes: [1.0, -1.0],
        };
        let ratio = |measure: Option<Measure>| {
            measure
                .filter(|_| arms.kind() == OutcomeKind::YesOrNo)
                .map(|measure| Effect::ratio(measure.value, contrast(&measure)))
        };
        Effects {
            mean_treated: self.treated,
            mean_control: self.control,
            difference: Effect::difference(difference.value, contrast(&difference)),
            ratio: ratio(log_ratio(self.treated, self.control)),
            odds_ratio: ratio(log_odds_ratio(self.treated, self.control)),
            n_left_out: 0,
        }
    }

    fn contrast(
        &self,
        arms: &Arms,
        sums: &[[f64; 2]],
        measure: &Measure,
        confidence: Confidence,
    ) -> Option<Contrast> {
        let moved = |sum: &[f64; 2]| measure.slopes[0] * sum[0] + measure.slopes[1] * sum[1];
        let variance: f64 = sums.iter().map(|sum| moved(sum).powi(2)).sum();
        if arms.clusters.is_none() {
            return Contrast::normal(measure.value, variance.sqrt(), confidence);
        }
        let n = sums.len() as f64;
        let error = (variance * n / (n - 1.0)).sqrt();
        Contrast::new(measure.value, error, n - 1.0, confidence)
    }
}

fn log_ratio(treated: f64, control: f64) -> Option<Measure> {
    (treated > 0.0 && control > 0.0).then(|| Measure {
        value: (treated / control).ln(),
        slopes: [1.0 / treated, -1.0 / control],
    })
}

fn log_odds_ratio(treated: f64, control: f64) -> Option<Measure> {
    let inside = |share: f64| share > 0.0 && share < 1.0;
    let slope = |share: f64| 1.0 / (share * (1.0 - share));
    let log_odds = |share: f64| (share / (1.0 - share)).ln();
    (inside(treated) && inside(control)).then(|| Measure {
        value: log_odds(treated) - log_odds(control),
        slopes: [slope(treated), -slope(control)],
    })
}
