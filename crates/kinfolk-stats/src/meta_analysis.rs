//! Effects of several studies or authorities, pooled.

use crate::columns::check_column;
use crate::tail::chi_square_above;
use crate::{Confidence, Contrast, Interval, StatsError};

const MOST_STEPS: usize = 500;
/// A relative step of the variance between studies that counts as none.
const AT_REST: f64 = 1e-14;

/// What to do where effects lie closer together than their own errors say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HartungKnapp {
    /// Take the spread as it is, even where the interval comes out narrower than the plain one.
    AsItIs,
    /// Never take it for less than the errors say (the factor is at least 1).
    NeverNarrower,
}

/// Effects pooled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PooledEffect {
    /// How many effects there were.
    pub n_effects: usize,
    /// The average effect where effects differ, with Hartung and Knapp's error and Student's t with one
    /// degree less than effects. `None` for a single effect, or effects that are all the same with
    /// [`HartungKnapp::AsItIs`].
    pub average: Option<Contrast>,
    /// The same with the plain error and the normal distribution: too sure with few effects.
    pub average_normal: Option<Contrast>,
    /// The one effect that would lie behind all, were they not to differ.
    pub common: Option<Contrast>,
    /// The variance between effects, by restricted maximum likelihood; in squared units of effects.
    pub tau_squared: f64,
    /// Cochran's Q.
    pub q: f64,
    /// How often chance alone would give a Q as large, did effects not differ.
    pub q_p_value: f64,
    /// The share of the spread that chance does not explain, 0 to below 1.
    pub i_squared: f64,
    /// Where the effect of another study may be expected; wider than the interval of the average.
    pub prediction: Option<Interval>,
}

/// What is the average of several effects, and how far do they differ?
///
/// `variances` are the squares of the standard errors of `effects`. Ratios go in as logarithms. `None`
/// without effects. See `docs/methods/meta-analysis.md`.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`], [`StatsError::NotFinite`]; [`StatsError::Weight`] for a variance not
/// above 0.
pub fn pool_effects(
    effects: &[f64],
    variances: &[f64],
    rule: HartungKnapp,
    confidence: Confidence,
) -> Result<Option<PooledEffect>, StatsError> {
    let studies = Studies::new(effects, variances)?;
    Ok((!effects.is_empty()).then(|| studies.pooled(rule, confidence)))
}

/// The standard error behind an interval that was published, taken to be one of the normal distribution.
pub fn error_of_interval(interval: Interval, confidence: Confidence) -> f64 {
    (interval.upper - interval.lower) / (2.0 * confidence.normal_quantile())
}

/// How much rests on each effect? The pool without the first, without the second, and so on.
///
/// # Errors
///
/// As for [`pool_effects`].
pub fn pool_leaving_one_out(
    effects: &[f64],
    variances: &[f64],
    rule: HartungKnapp,
    confidence: Confidence,
) -> Result<Vec<Option<PooledEffect>>, StatsError> {
    Studies::new(effects, variances)?;
    let without = |values: &[f64], at: usize| [&values[..at], &values[at + 1..]].concat();
    (0..effects.len())
        .map(|at| {
            let (effects, variances) = (without(effects, at), without(variances, at));
            pool_effects(&effects, &variances, rule, confidence)
        })
        .collect()
}

/// Effects with their variances, in one order whatever order they came in.
struct Studies(Vec<(f64, f64)>);

/// Sums over effects with weights 1/(variance + τ²).
struct Sums {
    /// Σw, Σw², Σw³.
    powers: [f64; 3],
    average: f64,
    /// Σw(y − average)², Σw²(y − average)².
    squares: [f64; 2],
}

impl Studies {
    fn new(effects: &[f64], variances: &[f64]) -> Result<Self, StatsError> {
        check_column("effects", effects, effects.len())?;
        check_column("variances", variances, effects.len())?;
        if let Some((at, &value)) = variances.iter().enumerate().find(|(_, v)| **v <= 0.0) {
            return Err(StatsError::Weight { at, value });
        }
        let pairs = effects.iter().copied().zip(variances.iter().copied());
        let mut studies: Vec<(f64, f64)> = pairs.collect();
        studies.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        Ok(Self(studies))
    }

    fn sums(&self, tau_squared: f64) -> Sums {
        let weight = |variance: f64| 1.0 / (variance + tau_squared);
        let power = |n: i32| self.0.iter().map(|&(_, v)| weight(v).powi(n)).sum::<f64>();
        let powers = [power(1), power(2), power(3)];
        let average = self.0.iter().map(|&(y, v)| weight(v) * y).sum::<f64>() / powers[0];
        let square = |n: i32| {
            let terms = self
                .0
                .iter()
                .map(|&(y, v)| weight(v).powi(n) * (y - average).powi(2));
            terms.sum::<f64>()
        };
        Sums {
            powers,
            average,
            squares: [square(1), square(2)],
        }
    }

    /// Scoring steps on the restricted likelihood, halved where they would leave 0 behind.
    fn tau_squared(&self) -> f64 {
        let mut tau_squared = self.plain_spread();
        for _ in 0..MOST_STEPS {
            let step = self.sums(tau_squared).scoring_step();
            let next = (tau_squared + step).max(0.0);
            let at_rest = (next - tau_squared).abs() <= AT_REST * next;
            tau_squared = next;
            if at_rest {
                break;
            }
        }
        tau_squared
    }

    /// The variance of the effects less the mean of their own variances (Hedges).
    fn plain_spread(&self) -> f64 {
        let n = self.0.len() as f64;
        let mean = self.0.iter().map(|(y, _)| y).sum::<f64>() / n;
        let squares: f64 = self.0.iter().map(|(y, _)| (y - mean).powi(2)).sum();
        let own = self.0.iter().map(|(_, v)| v).sum::<f64>() / n;
        (squares / (n - 1.0).max(1.0) - own).max(0.0)
    }

    fn pooled(&self, rule: HartungKnapp, confidence: Confidence) -> PooledEffect {
        let (common, tau_squared) = (self.sums(0.0), self.tau_squared());
        let apart = self.sums(tau_squared);
        let degrees = self.0.len() as f64 - 1.0;
        let factor = match rule {
            HartungKnapp::AsItIs => apart.squares[0] / degrees,
            HartungKnapp::NeverNarrower => (apart.squares[0] / degrees).max(1.0),
        };
        let error = (factor / apart.powers[0]).sqrt();
        let average = Contrast::new(apart.average, error, degrees, confidence);
        let normal =
            |sums: &Sums| Contrast::normal(sums.average, sums.powers[0].powf(-0.5), confidence);
        PooledEffect {
            n_effects: self.0.len(),
            average,
            average_normal: normal(&apart),
            common: normal(&common),
            tau_squared,
            q: common.squares[0],
            q_p_value: chi_square_above(common.squares[0], self.0.len() - 1),
            i_squared: tau_squared / (tau_squared + common.typical_variance(degrees)),
            prediction: average.map(|average| {
                let spread = (tau_squared + error * error).sqrt();
                let reach = confidence.student_quantile(degrees) * spread;
                Interval::around(average.value, reach)
            }),
        }
    }
}

impl Sums {
    /// The slope of the restricted log-likelihood in τ² over the expected curvature.
    fn scoring_step(&self) -> f64 {
        let [first, second, third] = self.powers;
        let lost = second / first;
        let slope = self.squares[1] - (first - lost);
        let curvature = second - 2.0 * third / first + lost * lost;
        if curvature > 0.0 {
            slope / curvature
        } else {
            0.0
        }
    }

    /// The variance of an effect that is typical of all (Higgins and Thompson). Any above 0 serves a
    /// single effect, whose τ² is 0.
    fn typical_variance(&self, degrees: f64) -> f64 {
        let [first, second, _] = self.powers;
        let rest = first * first - second;
        if degrees > 0.0 {
            degrees * first / rest
        } else {
            1.0 / first
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pooled(effects: &[f64], variances: &[f64], rule: HartungKnapp) -> PooledEffect {
        pool_effects(effects, variances, rule, Confidence::default())
            .unwrap()
            .unwrap()
    }

    #[test]
    fn one_effect_has_an_error_but_no_spread() {
        let found = pooled(&[0.4], &[0.09], HartungKnapp::NeverNarrower);
        assert_eq!((found.average, found.prediction), (None, None));
        assert_eq!(
            (found.tau_squared, found.q, found.i_squared),
            (0.0, 0.0, 0.0)
        );
        assert!((found.common.unwrap().standard_error - 0.3).abs() < 1e-15);
    }

    #[test]
    fn effects_that_are_the_same_have_no_spread() {
        let (effects, variances) = ([0.2; 4], [0.04; 4]);
        let found = pooled(&effects, &variances, HartungKnapp::AsItIs);
        assert_eq!((found.average, found.tau_squared), (None, 0.0));
        let cautious = pooled(&effects, &variances, HartungKnapp::NeverNarrower);
        let average = cautious.average.unwrap();
        assert!((average.standard_error - 0.1).abs() < 1e-15);
        assert_eq!(average.degrees_of_freedom, 3.0);
    }

    #[test]
    fn equal_errors_have_a_closed_form() {
        // The average is the mean, τ² the sample variance less the error's.
        let found = pooled(&[1.0, 2.0, 3.0, 6.0], &[0.5; 4], HartungKnapp::AsItIs);
        assert!((found.tau_squared - (14.0 / 3.0 - 0.5)).abs() < 1e-12);
        let average = found.average.unwrap();
        assert!((average.value - 3.0).abs() < 1e-12);
        assert!((average.standard_error - (14.0_f64 / 12.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_is_refused_and_nothing_gives_nothing() {
        let check = |effects: &[f64], variances: &[f64]| {
            pool_effects(
                effects,
                variances,
                HartungKnapp::AsItIs,
                Confidence::default(),
            )
        };
        assert_eq!(check(&[], &[]), Ok(None));
        assert!(check(&[1.0], &[]).is_err());
        assert!(check(&[f64::NAN], &[1.0]).is_err());
        assert_eq!(
            check(&[1.0], &[0.0]),
            Err(StatsError::Weight { at: 0, value: 0.0 })
        );
    }

    #[test]
    fn the_order_of_effects_changes_no_bit() {
        let (effects, variances) = ([0.3, -0.2, 1.1, 0.7], [0.1, 0.02, 0.3, 0.05]);
        let turned = ([0.7, 1.1, -0.2, 0.3], [0.05, 0.3, 0.02, 0.1]);
        assert_eq!(
            pooled(&effects, &variances, HartungKnapp::AsItIs),
            pooled(&turned.0, &turned.1, HartungKnapp::AsItIs)
        );
    }
}
