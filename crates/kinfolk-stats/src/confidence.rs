//! The level of an interval.

use statrs::distribution::{Continuous, ContinuousCDF, Normal, StudentsT};

use crate::StatsError;

/// Degrees of freedom from which three terms of an expansion have every digit.
const ALL_BUT_NORMAL: f64 = 1e5;

/// The error falls to its square with each step.
const STEPS_OUT: usize = 12;

/// The level of confidence of an interval, between 0.5 and 0.999.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Confidence(f64);

impl Confidence {
    /// Checks the level.
    ///
    /// # Errors
    ///
    /// [`StatsError::Confidence`] outside 0.5 to 0.999.
    pub fn new(level: f64) -> Result<Self, StatsError> {
        if (0.5..=0.999).contains(&level) {
            Ok(Self(level))
        } else {
            Err(StatsError::Confidence(level))
        }
    }

    /// The level, e.g. 0.95.
    pub fn level(self) -> f64 {
        self.0
    }

    /// What lies beyond one end of the interval, e.g. 0.025.
    pub(crate) fn tail(self) -> f64 {
        (1.0 - self.0) / 2.0
    }

    /// How many standard errors the interval reaches to each side under a normal distribution.
    pub(crate) fn normal_quantile(self) -> f64 {
        -Normal::standard().inverse_cdf(self.tail())
    }

    /// The same under Student's t; infinite where degrees of freedom are none, or so few that no number
    /// reaches so far.
    pub(crate) fn student_quantile(self, degrees: f64) -> f64 {
        student_above(degrees, self.tail())
    }
}

/// The number above which a share of Student's t below one half lies; infinite where degrees of freedom are
/// none, or so few that no number is so far out.
pub(crate) fn student_above(degrees: f64, tail: f64) -> f64 {
    let Ok(student) = StudentsT::new(0.0, 1.0, degrees) else {
        return f64::INFINITY;
    };
    let normal = -Normal::standard().inverse_cdf(tail);
    if degrees > ALL_BUT_NORMAL {
        return all_but_normal(normal, degrees);
    }
    let far = far_out(&student, normal, tail);
    if far.is_finite() {
        polish(&student, far, tail)
    } else {
        far
    }
}

impl Default for Confidence {
    /// 95 per cent.
    fn default() -> Self {
        Self(0.95)
    }
}

/// Newton steps in logarithms, in which heavy tails are all but straight lines, from the normal quantile,
/// which never lies beyond. (The library's own inverse stops at nine digits, has none below one degree of
/// freedom, and for some degrees never ends.)
fn far_out(student: &StudentsT, start: f64, tail: f64) -> f64 {
    let step = |t: &f64| {
        let beyond = student.sf(*t);
        let next = t * ((beyond / tail).ln() * beyond / (t * student.pdf(*t))).exp();
        next.is_finite().then_some(next)
    };
    let mut steps = std::iter::successors(Some(start), step);
    steps.nth(STEPS_OUT).unwrap_or(f64::INFINITY)
}

/// Fisher's expansion, since the library's tail loses digits where degrees of freedom are many.
fn all_but_normal(z: f64, degrees: f64) -> f64 {
    let first = (z.powi(3) + z) / (4.0 * degrees);
    first + (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / (96.0 * degrees * degrees) + z
}

/// The last digits.
fn polish(student: &StudentsT, start: f64, tail: f64) -> f64 {
    (0..3).fold(start, |t, _| t + (student.sf(t) - tail) / student.pdf(t))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_outside_the_range_are_refused() {
        for level in [0.49, 0.9995, 1.0, -0.95, f64::NAN, f64::INFINITY] {
            assert!(Confidence::new(level).is_err(), "{level}");
        }
        for level in [0.5, 0.95, 0.999] {
            assert!(Confidence::new(level).is_ok(), "{level}");
        }
    }

    #[test]
    fn quantiles_are_those_of_printed_tables() {
        let confidence = Confidence::default();
        let close = |value: f64, expected: f64| assert!((value - expected).abs() < 1e-9, "{value}");
        close(confidence.normal_quantile(), 1.959_963_984_540_054);
        // With one degree of freedom t is a Cauchy variable, whose quantile is a tangent.
        close(
            confidence.student_quantile(1.0),
            (std::f64::consts::PI * 0.475).tan(),
        );
        // With two degrees of freedom the quantile has a closed form.
        let p = 0.975_f64;
        close(
            confidence.student_quantile(2.0),
            (2.0 * p - 1.0) * (2.0 / (4.0 * p * (1.0 - p))).sqrt(),
        );
        close(confidence.student_quantile(24.0), 2.063_898_561_628_021);
    }

    #[test]
    fn every_number_of_degrees_has_its_quantile() {
        for step in 1..4000_u32 {
            let degrees = f64::from(step) * 0.37;
            let student = StudentsT::new(0.0, 1.0, degrees).unwrap();
            for tail in [0.25, 0.025, 0.0005] {
                let share = student.sf(student_above(degrees, tail));
                assert!((share / tail - 1.0).abs() < 1e-9, "{degrees} {tail}");
            }
        }
        // R's qt.
        let many = student_above(27_642_090.888_888_8, 0.025);
        assert!((many - 1.959_964_070_361).abs() < 1e-11, "{many}");
    }

    #[test]
    fn hardly_any_degrees_of_freedom() {
        // R's qt.
        let check = |degrees: f64, expected: f64| {
            let found = Confidence::default().student_quantile(degrees);
            assert!((found / expected - 1.0).abs() < 1e-9, "{degrees}: {found}");
        };
        check(0.999_999, 12.7062347623351);
        check(0.5, 164.557673480494);
        check(0.05, 1.19583375854749e+25);
        for degrees in [0.0, 1e-4, -1.0, f64::NAN] {
            let found = Confidence::default().student_quantile(degrees);
            assert_eq!(found, f64::INFINITY, "{degrees}");
        }
    }
}
