//! What if the subjects who were lost differ from what the model expects of them?

use crate::Interval;
use crate::mmrm::{Contrast, Fit, Inference};

/// How much worse than expected the missing scores would have to be to take a change away.
/// Signs are those of the scores: a change below zero is taken away by differences above zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TippingPoint {
    /// The difference at which the change is 0.
    pub no_change: f64,
    /// The difference at which the interval of the change first reaches 0. `None` when it does
    /// without any difference, or never.
    pub interval_reaches_zero: Option<f64>,
}

impl Fit {
    /// The change from visit `from` to visit `to`, if each missing score at `to` were `delta` above
    /// what the model expects of that subject from its other scores.
    ///
    /// The change moves by `delta` times the share of subjects without a score at `to`; its variance
    /// grows by `delta`² times that of the share, which was drawn with the subjects too. The
    /// degrees of freedom are those of the change itself. Scores missing at `from` are left as
    /// expected.
    pub fn change_if_lost_differ(
        &self,
        from: usize,
        to: usize,
        delta: f64,
        inference: Inference,
    ) -> Option<Contrast> {
        let change = self.change(from, to, inference)?;
        let lost = self.share_missing(to)?;
        Contrast::new(
            change.value + delta * lost,
            self.shifted_variance(&change, lost, delta).sqrt(),
            change.degrees,
            inference.confidence,
        )
    }

    /// Which difference of the lost would take the change away? `None` when nobody is missing at
    /// `to`, or there is no change to take away.
    pub fn tipping_point(
        &self,
        from: usize,
        to: usize,
        inference: Inference,
    ) -> Option<TippingPoint> {
        let change = self.change(from, to, inference)?;
        let lost = self.share_missing(to).filter(|&share| share > 0.0)?;
        (change.value != 0.0).then(|| TippingPoint {
            no_change: -change.value / lost,
            interval_reaches_zero: self.where_interval_reaches_zero(&change, lost, inference),
        })
    }

    fn shifted_variance(&self, change: &Contrast, lost: f64, delta: f64) -> f64 {
        let share_variance = lost * (1.0 - lost) / self.n_subjects() as f64;
        change.standard_error.powi(2) + delta * delta * share_variance
    }

    /// The root nearest to 0, on the side that takes the change away, of
    /// (change + delta·lost)² = quantile² · variance(delta).
    fn where_interval_reaches_zero(
        &self,
        change: &Contrast,
        lost: f64,
        inference: Inference,
    ) -> Option<f64> {
        let quantile = inference.confidence.student_quantile(change.degrees);
        let share_variance = lost * (1.0 - lost) / self.n_subjects() as f64;
        let square = lost * lost - quantile * quantile * share_variance;
        let half_linear = change.value * lost;
        let constant = change.value.powi(2) - (quantile * change.standard_error).powi(2);
        if constant <= 0.0 {
            return None;
        }
        let discriminant = half_linear * half_linear - square * constant;
        // In this form the nearer root is exact also where the square vanishes.
        let root = (discriminant >= 0.0)
            .then(|| -constant / (half_linear + half_linear.signum() * discriminant.sqrt()))?;
        Some(root)
    }
}

/// Whether an interval holds 0.
#[cfg(test)]
fn holds_zero(interval: Interval) -> bool {
    interval.lower <= 0.0 && interval.upper >= 0.0
}
