//! Numbers rounded to what the page prints, so that no hidden precision leaves the building.

use kinfolk_model::{Statistic, Unit, format};

/// How many decimals a figure is printed with; for a share, how many of the percentage.
pub fn decimals(statistic: Statistic, unit: Unit) -> usize {
    match (statistic, unit) {
        // A discount rate of 3.5% is none of 4%, and a risk of 0.05 none of 0.1.
        (Statistic::Amount, Unit::Proportion) => 1,
        (Statistic::Amount, Unit::None) => 2,
        (Statistic::Amount, Unit::Pounds) => 0,
        (_, Unit::Proportion) => 0,
        (Statistic::Count | Statistic::Minimum | Statistic::Maximum | Statistic::Money, _) => 0,
        (Statistic::PValue, _) => 3,
        (
            Statistic::RiskRatio
            | Statistic::OddsRatio
            | Statistic::HazardRatio
            | Statistic::Ratio
            | Statistic::Rate
            | Statistic::EffectSize,
            _,
        ) => 2,
        _ => 1,
    }
}

/// The number that the page prints: `0.7436` becomes `0.74` for a share.
pub(crate) fn as_printed(value: f64, statistic: Statistic, unit: Unit) -> f64 {
    let decimals = decimals(statistic, unit);
    if unit == Unit::Proportion {
        format::rounded(value * 100.0, decimals) / 100.0
    } else {
        format::rounded(value, decimals)
    }
}

/// The multiple of `base` that is nearest to a count; halves go up.
pub(crate) fn to_base(count: u64, base: u64) -> u64 {
    (count + base / 2) / base * base
}

/// The counts that are printed as `shown` when counts are rounded to multiples of `base`.
pub(crate) fn behind(shown: u64, base: u64) -> (u64, u64) {
    let low = shown.saturating_sub(base / 2);
    let high = shown + (base - 1) / 2;
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts_go_to_the_nearest_multiple() {
        let check = |count, base, expected| assert_eq!(to_base(count, base), expected);
        check(12, 5, 10);
        check(13, 5, 15);
        check(64, 10, 60);
        check(65, 10, 70);
        check(0, 10, 0);
        check(17, 1, 17);
    }

    proptest! {
        #[test]
        fn the_counts_behind_a_multiple_are_those_that_round_to_it(
            count in 0u64..500, base in prop::sample::select(vec![1u64, 5, 10]),
        ) {
            let (low, high) = behind(to_base(count, base), base);
            prop_assert!((low..=high).contains(&count));
            for other in low..=high {
                prop_assert_eq!(to_base(other, base), to_base(count, base));
            }
        }

        #[test]
        fn a_released_share_prints_as_the_share_itself(value in 0.0f64..=1.0) {
            let released = as_printed(value, Statistic::Proportion, Unit::Proportion);
            prop_assert_eq!(format::share(released), format::share(value));
        }

        #[test]
        fn a_released_mean_prints_as_the_mean_itself(value in -50.0f64..50.0) {
            let released = as_printed(value, Statistic::Mean, Unit::People);
            prop_assert_eq!(format::number(released, 1), format::number(value, 1));
            prop_assert_eq!(format::signed(released, 1), format::signed(value, 1));
        }
    }
}
