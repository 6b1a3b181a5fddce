//! Several authorities: the effect within each, and over all but each; their average, how far they differ,
//! and what another might see. Numbers in, numbers out; the same for a study, for a plain table and for
//! effects that authorities have published.

use std::collections::BTreeSet;

use kinfolk_model::{ComparisonMethod, MatchRule, Statistic, Unit};
use kinfolk_stats::{
    Confidence, Estimated, HartungKnapp, Interval, PooledEffect, StatsError, pool_effects,
};

use super::{ArmsOutcome, ChildrenInCare, ComparedArms, MethodEffects, effects_by, kept};

/// The fewest authorities with an effect of their own over which there is an average.
pub const FEWEST_AUTHORITIES: usize = 3;
/// The fewest children of an arm that an effect of an authority's own rests on.
pub const FEWEST_CHILDREN: usize = 10;
/// Why there is no average.
pub const TOO_FEW_AUTHORITIES: &str = "fewer than three authorities have an effect of their own";
/// Why an authority has no effect of its own. It names the rule, not the count.
pub const TOO_FEW_CHILDREN: &str = "fewer than ten children of an arm count in this authority";
/// Of whom an average is.
pub const AUTHORITIES: &str = "authorities with an effect of their own";
/// The method of an average.
pub const POOLED: &str = "pool-effects/1";

/// Which part of the children an effect is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those of one authority.
    Within,
    /// All but those of one authority.
    Without,
}

impl Which {
    /// The key of the groups.
    pub fn key(self) -> &'static str {
        match self {
            Self::Within => "authority",
            Self::Without => "without",
        }
    }

    /// Whether a child of an authority belongs to the part of that name.
    pub fn holds(self, authority: Option<&str>, name: &str) -> bool {
        (authority == Some(name)) == (self == Self::Within)
    }
}

/// The names of authorities, each once, in the order of the alphabet.
pub fn names_of<'a>(authorities: impl Iterator<Item = Option<&'a str>>) -> Vec<&'a str> {
    let distinct: BTreeSet<&str> = authorities.flatten().collect();
    distinct.into_iter().collect()
}

/// The effect in a part of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct PartEffect {
    /// Which part.
    pub which: Which,
    /// Of which authority.
    pub name: String,
    /// The children of the part.
    pub arms: ComparedArms,
    /// The effect; `None` for fewer than [`FEWEST_CHILDREN`] of an arm.
    pub found: Result<Option<MethodEffects>, StatsError>,
}

impl PartEffect {
    /// The effect, where there is one.
    pub fn effect(&self) -> Option<&MethodEffects> {
        self.found.as_ref().ok()?.as_ref()
    }
}

/// The effect within each authority and over all but each, the arms made alike anew in each part. A
/// covariate that all of a part share is left out there; an authority with too few children is not left
/// out of the others. Nothing for fewer than two authorities.
pub fn effects_in_parts(
    method: ComparisonMethod,
    data: ArmsOutcome<'_>,
    authorities: &[Option<String>],
    (rule, confidence): (&MatchRule, Confidence),
) -> Vec<PartEffect> {
    in_parts(authorities, |keep| {
        let mut arms = data.arms.subset(keep);
        arms.covariates.leave_out_constants();
        let outcome = kept(data.outcome, keep);
        let own = ArmsOutcome {
            arms: &arms,
            outcome: &outcome,
        };
        let found = of_many(&arms, || effects_by(method, own, rule, confidence));
        (arms, found)
    })
}

/// The same in pairs at the same time in care, which are found anew in each part.
pub fn effects_in_care_in_parts(
    children: &ChildrenInCare,
    authorities: &[Option<String>],
    (rule, confidence): (&MatchRule, Confidence),
) -> Vec<PartEffect> {
    in_parts(authorities, |keep| {
        let followed = children.part(keep).followed(rule);
        let method = ComparisonMethod::Matched;
        let effects = || followed.effects(method, rule, confidence);
        let found = of_many(&followed.arms, effects);
        (followed.arms, found)
    })
}

/// An effect of no fewer than [`FEWEST_CHILDREN`] of either arm, before and after.
fn of_many(
    arms: &ComparedArms,
    effects: impl FnOnce() -> Result<MethodEffects, StatsError>,
) -> Result<Option<MethodEffects>, StatsError> {
    if [true, false].iter().any(|arm| is_few(arms.n_in(*arm))) {
        return Ok(None);
    }
    let has_many = |found: &MethodEffects| !found.n.iter().any(|n| is_few(*n));
    effects().map(|found| Some(found).filter(has_many))
}

/// Each part of the children by an effect of those who are kept.
fn in_parts(
    authorities: &[Option<String>],
    effect: impl Fn(&[bool]) -> (ComparedArms, Result<Option<MethodEffects>, StatsError>),
) -> Vec<PartEffect> {
    let names = names_of(authorities.iter().map(Option::as_deref));
    if names.len() < 2 {
        return Vec::new();
    }
    let part = |which: Which, name: &str| {
        let keep: Vec<bool> = authorities
            .iter()
            .map(|authority| which.holds(authority.as_deref(), name))
            .collect();
        let (arms, found) = effect(&keep);
        PartEffect {
            which,
            name: name.to_owned(),
            arms,
            found,
        }
    };
    let within: Vec<PartEffect> = names.iter().map(|name| part(Which::Within, name)).collect();
    let told = within.iter().filter(|own| !matches!(own.found, Ok(None)));
    let without: Vec<PartEffect> = told.map(|own| part(Which::Without, &own.name)).collect();
    within.into_iter().chain(without).collect()
}

fn is_few(n: usize) -> bool {
    n < FEWEST_CHILDREN
}

/// The average over effects, each a value with its standard error; `None` for fewer than
/// [`FEWEST_AUTHORITIES`]. An effect whose error is not above 0 cannot be weighed and is left out. Few
/// authorities often lie closer together than chance would have them; no interval is narrower for it.
///
/// # Errors
///
/// [`StatsError`] for a number that is not finite.
pub fn pool_authorities(
    effects: &[(f64, f64)],
    confidence: Confidence,
) -> Result<Option<PooledEffect>, StatsError> {
    let (values, variances): (Vec<f64>, Vec<f64>) = effects
        .iter()
        .map(|(value, error)| (*value, error * error))
        .filter(|(_, variance)| *variance > 0.0)
        .unzip();
    match values.len() < FEWEST_AUTHORITIES {
        true => Ok(None),
        false => pool_effects(&values, &variances, HartungKnapp::NeverNarrower, confidence),
    }
}

/// A number of a pool, as records hold it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PooledNumber {
    /// What the group `pooled` says: `average`, `next` or `apart`.
    pub part: &'static str,
    /// What kind of number.
    pub statistic: Statistic,
    /// What it is counted in.
    pub unit: Unit,
    /// The number.
    pub found: Estimated,
}

/// The average with its p-value, where another authority may lie (if they differ by more than chance), and how far authorities differ (τ, I²,
/// Cochran's Q); differences in `unit`.
pub fn pooled_numbers(pool: &PooledEffect, unit: Unit) -> Vec<PooledNumber> {
    let number = |part, statistic, unit, value, interval| PooledNumber {
        part,
        statistic,
        unit,
        found: Estimated { value, interval },
    };
    let (test, none) = (Statistic::PValue, Unit::None);
    let average = pool.average.map(|average| {
        let own = Some(average.interval);
        // Where authorities differ by no more than chance, few of them cannot tell what another would see.
        let next = pool
            .prediction
            .filter(|ends| is_wider(*ends, average.interval));
        let next = next.map(|interval| {
            let difference = Statistic::Difference;
            number("next", difference, unit, average.value, Some(interval))
        });
        let found = [
            number("average", Statistic::Difference, unit, average.value, own),
            number("average", test, none, average.p_value, None),
        ];
        found.into_iter().chain(next).collect::<Vec<_>>()
    });
    let tau = pool.tau_squared.sqrt();
    let share = Unit::Proportion;
    let apart = [
        number("apart", Statistic::StandardDeviation, unit, tau, None),
        number("apart", Statistic::Proportion, share, pool.i_squared, None),
        number("apart", test, none, pool.q_p_value, None),
    ];
    average.into_iter().flatten().chain(apart).collect()
}

/// Whether an interval is wider than another, but for rounding.
fn is_wider(one: Interval, other: Interval) -> bool {
    one.upper - one.lower > (1.0 + 1e-6) * (other.upper - other.lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_effects_have_no_average_and_three_of_equal_errors_their_mean() {
        let check = |effects: &[(f64, f64)], expected: Option<f64>| {
            let pool = pool_authorities(effects, Confidence::default()).unwrap();
            let average = pool.and_then(|pool| pool.average);
            match (average.map(|average| average.value), expected) {
                (Some(found), Some(expected)) => assert!((found - expected).abs() < 1e-12),
                (found, expected) => assert_eq!(found, expected),
            }
        };
        check(&[], None);
        check(&[(0.1, 0.1), (0.2, 0.1)], None);
        check(&[(0.1, 0.1), (0.2, 0.1), (0.6, 0.1)], Some(0.3));
        check(&[(0.1, 0.1), (0.2, 0.1), (0.6, 0.0)], None);
    }

    #[test]
    fn another_authority_is_spoken_of_where_authorities_differ() {
        let check = |effects: &[(f64, f64)], expected: bool| {
            let pool = pool_authorities(effects, Confidence::default()).unwrap();
            let numbers = pooled_numbers(&pool.unwrap(), Unit::Proportion);
            let is_told = numbers.iter().any(|number| number.part == "next");
            assert_eq!(is_told, expected, "{effects:?}");
        };
        check(&[(0.1, 0.02), (0.3, 0.02), (0.6, 0.02)], true);
        check(&[(0.1, 0.1), (0.1001, 0.1), (0.1002, 0.1)], false);
    }

    #[test]
    fn effects_closer_together_than_chance_make_no_narrower_interval() {
        let effects = [(0.1, 0.1), (0.1001, 0.1), (0.1002, 0.1)];
        let pool = pool_authorities(&effects, Confidence::default()).unwrap();
        let pool = pool.unwrap();
        let errors = [pool.average, pool.average_normal].map(|found| found.unwrap());
        assert!((errors[0].standard_error - errors[1].standard_error).abs() < 1e-15);
    }

    #[test]
    fn names_stand_in_the_order_of_the_alphabet_each_once() {
        let names = [Some("Wyre"), Some("Ash"), None, Some("Wyre")];
        assert_eq!(names_of(names.into_iter()), ["Ash", "Wyre"]);
    }
}
