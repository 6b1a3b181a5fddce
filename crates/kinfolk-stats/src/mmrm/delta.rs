//! What if the subjects who were lost differ from what the model expects of them?

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
            change.degrees_of_freedom,
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
        let quantile = inference
            .confidence
            .student_quantile(change.degrees_of_freedom);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mmrm::{Model, Panel, fit};

    /// Ten subjects seen twice and two who were lost.
    fn fitted() -> Fit {
        let before = [20.0, 17.0, 25.0, 14.0, 9.0, 30.0, 16.0, 22.0, 28.0, 26.0];
        let after = [17.0, 18.0, 19.0, 14.0, 8.0, 24.0, 12.0, 19.0, 20.0, 22.0];
        let mut panel = Panel::new(2);
        for (&before, &after) in before.iter().zip(&after) {
            panel.push(&[Some(before), Some(after)]).unwrap();
        }
        for lost in [27.0, 21.0] {
            panel.push(&[Some(lost), None]).unwrap();
        }
        fit(&panel, &Model::default()).unwrap().fit.unwrap()
    }

    #[test]
    fn the_change_moves_by_the_share_lost() {
        let fit = fitted();
        let change = fit.change(0, 1, Inference::default()).unwrap();
        let shifted = |delta: f64| fit.change_if_lost_differ(0, 1, delta, Inference::default());
        assert_eq!(shifted(0.0), Some(change));
        let three = shifted(3.0).unwrap();
        assert!((three.value - change.value - 3.0 * 2.0 / 12.0).abs() < 1e-12);
        assert!(three.standard_error > change.standard_error);
    }

    #[test]
    fn at_the_tipping_points_nothing_is_left() {
        let fit = fitted();
        let tipping = fit.tipping_point(0, 1, Inference::default()).unwrap();
        let at = |delta: f64| {
            fit.change_if_lost_differ(0, 1, delta, Inference::default())
                .unwrap()
        };
        assert!(at(tipping.no_change).value.abs() < 1e-12);
        let reaches = tipping.interval_reaches_zero.unwrap();
        assert!(0.0 < reaches && reaches < tipping.no_change, "{tipping:?}");
        assert!(at(reaches).interval.upper.abs() < 1e-10);
        assert!(at(reaches * 0.99).interval.upper < 0.0);
    }

    #[test]
    fn nobody_lost_tips_nothing() {
        let mut panel = Panel::new(2);
        for (before, after) in [(20.0, 17.0), (17.0, 18.0), (25.0, 19.0), (9.0, 4.0)] {
            panel.push(&[Some(before), Some(after)]).unwrap();
        }
        let fit = fit(&panel, &Model::default()).unwrap().fit.unwrap();
        assert_eq!(fit.tipping_point(0, 1, Inference::default()), None);
    }
}
