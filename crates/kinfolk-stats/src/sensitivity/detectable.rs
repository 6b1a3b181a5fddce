//! How small a difference could a study of this size find?

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::gamma::ln_gamma;

use crate::StatsError;
use crate::confidence::student_above;
use crate::root::crossing_point;
use crate::tail::normal_above;

/// The sizes of two arms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoArms {
    /// Subjects in the programme.
    pub treated: f64,
    /// Comparators.
    pub control: f64,
    /// How many times larger the variance is than with independent subjects:
    /// 1 + (subjects a cluster − 1) × the correlation within clusters. 1 without clusters.
    pub design_effect: f64,
}

/// What is asked of a test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Power {
    /// The two-sided level of the test.
    pub level: f64,
    /// The chance of finding what is there.
    pub power: f64,
}

impl Default for Power {
    /// 5 per cent two-sided, 80 per cent.
    fn default() -> Self {
        Self {
            level: 0.05,
            power: 0.8,
        }
    }
}

impl TwoArms {
    fn check(&self) -> Result<(), StatsError> {
        for size in [self.treated, self.control] {
            if !(size >= 2.0 && size.is_finite()) {
                return Err(StatsError::ArmSize(size));
            }
        }
        if self.design_effect >= 1.0 && self.design_effect.is_finite() {
            Ok(())
        } else {
            Err(StatsError::Ratio(self.design_effect))
        }
    }

    /// The variance of a difference of means of variance 1.
    fn variance(&self) -> f64 {
        self.design_effect * (1.0 / self.treated + 1.0 / self.control)
    }

    fn degrees(&self) -> f64 {
        self.treated + self.control - 2.0
    }
}

impl Power {
    fn check(&self) -> Result<(), StatsError> {
        if !(self.level > 0.0 && self.level < 0.5) {
            return Err(StatsError::Probability(self.level));
        }
        if !(self.power > self.level && self.power < 1.0) {
            return Err(StatsError::Probability(self.power));
        }
        Ok(())
    }

    /// How many standard errors away from 0 the truth must lie, by the normal distribution.
    fn reach(&self) -> f64 {
        let normal = Normal::standard();
        normal.inverse_cdf(self.power) - normal.inverse_cdf(self.level / 2.0)
    }
}

/// With what chance does a two-sided t test find a difference of means, in standard deviations?
///
/// # Errors
///
/// [`StatsError::ArmSize`] for an arm of fewer than two; [`StatsError::Ratio`] for a design effect
/// below 1; [`StatsError::Probability`] for the level; [`StatsError::NotFinite`] for the difference.
pub fn power_of_difference(arms: &TwoArms, difference: f64, level: f64) -> Result<f64, StatsError> {
    arms.check()?;
    if !(level > 0.0 && level < 0.5) {
        return Err(StatsError::Probability(level));
    }
    if !difference.is_finite() {
        return Err(StatsError::NotFinite {
            at: 0,
            value: difference,
        });
    }
    let shift = difference.abs() / arms.variance().sqrt();
    let critical = student_above(arms.degrees(), level / 2.0);
    Ok(noncentral_above(critical, arms.degrees(), shift))
}

/// How small a difference of means, in standard deviations, could a two-sided t test find?
///
/// # Errors
///
/// As for [`power_of_difference`].
pub fn detectable_difference(arms: &TwoArms, asked: &Power) -> Result<f64, StatsError> {
    asked.check()?;
    power_of_difference(arms, 0.0, asked.level)?;
    let most = 20.0 * asked.reach() * arms.variance().sqrt();
    Ok(crossing_point(0.0, most, |difference| {
        power_of_difference(arms, difference, asked.level).unwrap_or(0.0) - asked.power
    }))
}

/// With what chance does a two-sided test of two shares find their difference? By the normal
/// distribution, without continuity correction.
///
/// # Errors
///
/// As for [`power_of_difference`]; [`StatsError::Probability`] for a share outside 0 to 1.
pub fn power_of_shares(
    arms: &TwoArms,
    treated: f64,
    control: f64,
    level: f64,
) -> Result<f64, StatsError> {
    arms.check()?;
    for share in [treated, control] {
        if !(0.0..=1.0).contains(&share) {
            return Err(StatsError::Probability(share));
        }
    }
    if !(level > 0.0 && level < 0.5) {
        return Err(StatsError::Probability(level));
    }
    let spread = |share: f64| share * (1.0 - share);
    let all = arms.treated + arms.control;
    let pooled = (treated * arms.treated + control * arms.control) / all;
    let alike = (spread(pooled) * arms.variance()).sqrt();
    let apart = spread(treated) / arms.treated + spread(control) / arms.control;
    let apart = (arms.design_effect * apart).sqrt();
    let critical = -Normal::standard().inverse_cdf(level / 2.0);
    Ok(normal_above(
        (critical * alike - (treated - control).abs()) / apart,
    ))
}

/// How near to the comparators' share could the programme's lie and still be found different: below it
/// first, then above? `None` where even 0, or 1, could not be told apart.
///
/// # Errors
///
/// As for [`power_of_shares`].
pub fn detectable_share(
    arms: &TwoArms,
    control: f64,
    asked: &Power,
) -> Result<[Option<f64>; 2], StatsError> {
    asked.check()?;
    power_of_shares(arms, control, control, asked.level)?;
    let excess = |share: f64| {
        power_of_shares(arms, share, control, asked.level).unwrap_or(0.0) - asked.power
    };
    let towards = |end: f64| {
        let share = |way: f64| control + way * (end - control);
        let certain = excess(share(1.0 - 1e-9)) >= 0.0;
        certain.then(|| share(crossing_point(1e-9, 1.0 - 1e-9, |way| excess(share(way)))))
    };
    Ok([towards(0.0), towards(1.0)])
}

/// How many events, over both arms, does it take to find a hazard ratio? Schoenfeld's formula, with
/// the arms' shares of the subjects; not rounded.
///
/// # Errors
///
/// [`StatsError::ArmSize`], [`StatsError::Probability`]; [`StatsError::Ratio`] for a ratio that is not
/// above 0, or is 1.
pub fn events_needed(arms: &TwoArms, ratio: f64, asked: &Power) -> Result<f64, StatsError> {
    arms.check()?;
    asked.check()?;
    if !(ratio > 0.0 && ratio.is_finite() && ratio != 1.0) {
        return Err(StatsError::Ratio(ratio));
    }
    Ok(arms.design_effect * (asked.reach() / ratio.ln()).powi(2) / shares_product(arms))
}

/// How near to 1 could a hazard ratio below 1 lie and still be found with so many events? Its inverse
/// is that above 1.
///
/// # Errors
///
/// As for [`events_needed`]; [`StatsError::Ratio`] for a number of events that is not above 0.
pub fn detectable_hazard_ratio(
    arms: &TwoArms,
    n_events: f64,
    asked: &Power,
) -> Result<f64, StatsError> {
    arms.check()?;
    asked.check()?;
    if !(n_events > 0.0 && n_events.is_finite()) {
        return Err(StatsError::Ratio(n_events));
    }
    let error = (arms.design_effect / (n_events * shares_product(arms))).sqrt();
    Ok((-asked.reach() * error).exp())
}

fn shares_product(arms: &TwoArms) -> f64 {
    arms.treated * arms.control / (arms.treated + arms.control).powi(2)
}

/// The chance that a noncentral t lies above `t`: the chance that a normal variable does, averaged over
/// the spread of the estimated standard deviation (Simpson's rule, good to ten digits from two
/// degrees of freedom up).
fn noncentral_above(t: f64, degrees: f64, shift: f64) -> f64 {
    const STEPS: usize = 4000;
    let centre = (degrees - 0.5).max(0.5).sqrt();
    let (low, high) = ((centre - 12.0).max(0.0), centre + 12.0);
    let width = (high - low) / STEPS as f64;
    let log_scale = (1.0 - degrees / 2.0) * std::f64::consts::LN_2 - ln_gamma(degrees / 2.0);
    let term = |step: usize| {
        let chi = low + width * step as f64;
        let density = (log_scale + (degrees - 1.0) * chi.ln() - chi * chi / 2.0).exp();
        let ends = if step == 0 || step == STEPS {
            1.0
        } else {
            [2.0, 4.0][step % 2]
        };
        let value = density * normal_above(t * chi / degrees.sqrt() - shift);
        if value.is_finite() { ends * value } else { 0.0 }
    };
    (0..=STEPS).map(term).sum::<f64>() * width / 3.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arms(n: f64) -> TwoArms {
        TwoArms {
            treated: n,
            control: n,
            design_effect: 1.0,
        }
    }

    #[track_caller]
    fn close(found: f64, expected: f64, within: f64) {
        assert!(
            (found - expected).abs() < within,
            "{found} is not {expected}"
        );
    }

    #[test]
    fn figures_of_r_s_power_functions() {
        close(
            power_of_difference(&arms(20.0), 1.0, 0.05).unwrap(),
            0.868_953,
            5e-7,
        );
        close(
            power_of_difference(&arms(22.021_096), 1.0, 0.05).unwrap(),
            0.9,
            5e-7,
        );
        close(
            power_of_shares(&arms(50.0), 0.5, 0.75, 0.05).unwrap(),
            0.740_166,
            5e-7,
        );
        close(
            power_of_shares(&arms(76.706_928), 0.75, 0.5, 0.05).unwrap(),
            0.9,
            5e-7,
        );
        for (ratio, n_events) in [(0.5, 66.0), (0.6, 121.0), (0.7, 247.0)] {
            let found = events_needed(&arms(100.0), ratio, &Power::default()).unwrap();
            assert_eq!(found.ceil(), n_events);
        }
    }

    #[test]
    fn what_is_detectable_is_found_with_the_power_asked() {
        let asked = Power::default();
        let uneven = TwoArms {
            treated: 30.0,
            control: 90.0,
            design_effect: 1.5,
        };
        let difference = detectable_difference(&uneven, &asked).unwrap();
        close(
            power_of_difference(&uneven, difference, 0.05).unwrap(),
            0.8,
            1e-9,
        );
        let [below, above] = detectable_share(&uneven, 0.4, &asked).unwrap();
        for share in [below.unwrap(), above.unwrap()] {
            close(
                power_of_shares(&uneven, share, 0.4, 0.05).unwrap(),
                0.8,
                1e-9,
            );
        }
        let ratio = detectable_hazard_ratio(&uneven, 60.0, &asked).unwrap();
        close(events_needed(&uneven, ratio, &asked).unwrap(), 60.0, 1e-9);
    }

    #[test]
    fn few_subjects_tell_nothing_apart() {
        let asked = Power::default();
        assert_eq!(detectable_share(&arms(3.0), 0.1, &asked).unwrap()[0], None);
        close(
            power_of_difference(&arms(2.0), 0.0, 0.05).unwrap(),
            0.025,
            1e-9,
        );
        assert_eq!(
            power_of_difference(&arms(1.0), 1.0, 0.05),
            Err(StatsError::ArmSize(1.0))
        );
        assert!(power_of_difference(&arms(9.0), f64::NAN, 0.05).is_err());
        assert!(
            detectable_difference(
                &arms(9.0),
                &Power {
                    level: 0.05,
                    power: 1.0
                }
            )
            .is_err()
        );
        assert!(events_needed(&arms(9.0), 1.0, &asked).is_err());
    }
}
