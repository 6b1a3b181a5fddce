//! What intervals and tests promise, counted over every outcome of small groups.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kinfolk_stats::{
    Confidence, Estimated, EventRate, Proportion, barnard_exact, clopper_pearson, fisher_exact,
    mcnemar, poisson_rate, risk_difference, wilson,
};

const LEVEL: f64 = 0.95;

fn shares() -> impl Iterator<Item = f64> {
    (1..40).map(|i| f64::from(i) / 40.0)
}

/// The chance of each number of successes.
fn binomial(trials: u64, share: f64) -> Vec<f64> {
    let mut chance = vec![1.0];
    for _ in 0..trials {
        let stays = chance.iter().chain(&[0.0]).map(|c| c * (1.0 - share));
        let gains = std::iter::once(&0.0).chain(&chance).map(|c| c * share);
        chance = stays.zip(gains).map(|(a, b)| a + b).collect();
    }
    chance
}

fn holds(found: Option<Estimated>, truth: f64) -> bool {
    let interval = found.unwrap().interval.unwrap();
    interval.lower <= truth && truth <= interval.upper
}

type Method = fn(Proportion, Confidence) -> Option<Estimated>;

/// The chance that the interval of a share holds it.
fn coverage(method: Method, trials: u64, share: f64) -> f64 {
    let outcomes = binomial(trials, share).into_iter().zip(0..);
    let kept = outcomes.filter(|(_, successes)| {
        let proportion = Proportion::new(*successes, trials).unwrap();
        holds(method(proportion, Confidence::default()), share)
    });
    kept.map(|(chance, _)| chance).sum()
}

fn average(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.collect();
    values.iter().sum::<f64>() / values.len() as f64
}

#[test]
fn clopper_pearson_never_covers_too_little_and_wilson_is_right_on_average() {
    for trials in [1, 2, 5, 12, 30] {
        for share in shares() {
            let found = coverage(clopper_pearson, trials, share);
            assert!(found >= LEVEL, "{trials} {share}: {found}");
        }
        let wilson = average(shares().map(|share| coverage(wilson, trials, share)));
        let exact = average(shares().map(|share| coverage(clopper_pearson, trials, share)));
        assert!(
            (LEVEL - 0.02..exact).contains(&wilson),
            "{trials}: {wilson} {exact}"
        );
    }
}

#[test]
fn exact_poisson_limits_never_cover_too_little() {
    let intervals: Vec<Estimated> = (0..80)
        .map(|events| poisson_rate(EventRate::new(events, 1.0).unwrap(), Confidence::default()))
        .collect();
    for mean in (1..100).map(|i| f64::from(i) * 0.3) {
        let mut chance = (-mean).exp();
        let mut covered = 0.0;
        for (events, interval) in intervals.iter().enumerate() {
            covered += if holds(Some(*interval), mean) {
                chance
            } else {
                0.0
            };
            chance *= mean / (events as f64 + 1.0);
        }
        assert!(covered >= LEVEL - 1e-9, "{mean}: {covered}");
    }
}

/// The chance of each pair of outcomes of which `is_counted`.
fn chance_of_pairs(
    groups: [(u64, f64); 2],
    is_counted: impl Fn(Proportion, Proportion) -> bool,
) -> f64 {
    let [first, second] = groups.map(|(trials, share)| binomial(trials, share));
    let proportion = |successes: usize, group: usize| {
        Proportion::new(successes as u64, groups[group].0).unwrap()
    };
    let mut sum = 0.0;
    for (a, first_chance) in first.iter().enumerate() {
        for (b, second_chance) in second.iter().enumerate() {
            if is_counted(proportion(a, 0), proportion(b, 1)) {
                sum += first_chance * second_chance;
            }
        }
    }
    sum
}

#[test]
fn newcombes_interval_is_right_on_average() {
    let coverage = |first: f64, second: f64| {
        chance_of_pairs([(15, first), (20, second)], |a, b| {
            holds(risk_difference(a, b, Confidence::default()), first - second)
        })
    };
    let grid = [0.1, 0.3, 0.5, 0.7, 0.9];
    let found = average(grid.iter().flat_map(|a| grid.map(|b| coverage(*a, b))));
    assert!((0.945..0.975).contains(&found), "{found}");
}

/// Which pairs of outcomes a test finds apart at 5 per cent, the first group's successes first.
fn found_apart(p_value: impl Fn(Proportion, Proportion) -> Option<f64>) -> Vec<Vec<bool>> {
    let outcomes = |trials: u64| (0..=trials).map(move |s| Proportion::new(s, trials).unwrap());
    let apart = |a, b| p_value(a, b).is_some_and(|p| p <= 0.05);
    outcomes(8)
        .map(|a| outcomes(10).map(|b| apart(a, b)).collect())
        .collect()
}

#[test]
fn exact_tests_keep_their_level_and_barnard_uses_more_of_it() {
    let fisher = found_apart(|a, b| Some(fisher_exact(a, b, Confidence::default())?.two_sided));
    let barnard = found_apart(barnard_exact);
    let size = |apart: &[Vec<bool>], share: f64| {
        chance_of_pairs([(8, share), (10, share)], |a, b| {
            apart[a.successes() as usize][b.successes() as usize]
        })
    };
    for share in shares() {
        let (fisher, barnard) = (size(&fisher, share), size(&barnard, share));
        assert!(
            fisher <= barnard && barnard <= 0.05,
            "{share}: {fisher} {barnard}"
        );
    }
    let used = |apart: &[Vec<bool>]| average(shares().map(|share| size(apart, share)));
    assert!(used(&barnard) > 1.3 * used(&fisher));
}

#[test]
fn exact_mcnemar_keeps_its_level() {
    for changed in 1..25 {
        let false_alarms = binomial(changed, 0.5).into_iter().zip(0..);
        let size: f64 = false_alarms
            .filter(|(_, first)| mcnemar(*first, changed - first).p_value() <= 0.05)
            .map(|(chance, _)| chance)
            .sum();
        assert!(size <= 0.05, "{changed}: {size}");
    }
}
