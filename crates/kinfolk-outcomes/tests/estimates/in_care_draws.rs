//! Effects at the same time in care where nothing has an effect: how often intervals hold it.

use std::num::NonZeroUsize;

use kinfolk_model::{ComparisonMethod, MatchRule};
use kinfolk_outcomes::comparison::{
    ChildrenInCare, ComparedArms, Covariate, Covariates, OutcomeInCare, TimesInCare,
};
use kinfolk_stats::effect::Resampling;
use kinfolk_stats::{Confidence, Interval};

use crate::comparison::mixed;

const N_CHILDREN: u64 = 200;

/// Children who join the sooner, and score the higher, the older they are. About half of them join, and those
/// who do later are comparators before.
fn children(seed: u64) -> ChildrenInCare {
    let draw = |child: u64, n: u64| mixed(seed, 16 * child + n);
    let children = 0..N_CHILDREN;
    let age: Vec<f64> = children.clone().map(|child| draw(child, 0)).collect();
    let joined: Vec<Option<f64>> = children
        .clone()
        .map(|child| {
            let hazard = 0.0015 * (1.5 * age[child as usize]).exp();
            let day = -(1.0 - draw(child, 1)).ln() / hazard;
            (day < 250.0).then_some(day.ceil())
        })
        .collect();
    // Twelve even draws vary as the normal distribution does.
    let own = |child: u64| (2..14).map(|n| draw(child, n)).sum::<f64>() - 6.0;
    let score = |child: u64| Some(3.0 * age[child as usize] + own(child));
    ChildrenInCare {
        outcome: OutcomeInCare::Settled(children.clone().map(score).collect()),
        arms: ComparedArms {
            treated: joined.iter().map(Option::is_some).collect(),
            covariates: Covariates(vec![Covariate {
                name: "age".to_owned(),
                values: age,
                reference: None,
            }]),
            exact: None,
            limits: Vec::new(),
            keys: children.collect(),
            clusters: None,
        },
        times: TimesInCare {
            joined,
            left: vec![400.0; N_CHILDREN as usize],
        },
    }
}

fn holds_none(interval: Interval) -> bool {
    interval.lower < 0.0 && interval.upper > 0.0
}

#[test]
fn intervals_by_pairs_and_of_draws_hold_no_difference_where_there_is_none() {
    const N_COHORTS: u64 = 30;
    let (rule, confidence) = (MatchRule::default(), Confidence::default());
    let resampling = Resampling {
        draws: 100,
        seed: 5,
        threads: NonZeroUsize::MIN,
    };
    let mut n_holding = [0, 0];
    for seed in 0..N_COHORTS {
        let children = children(seed);
        let followed = children.followed(&rule);
        let by_pairs = followed.effects(ComparisonMethod::Matched, &rule, confidence);
        let by_pairs = by_pairs.unwrap().effects.difference.interval.unwrap();
        let drawn = children.bootstrap(&followed, &rule, (&resampling, confidence));
        for (n, interval) in n_holding
            .iter_mut()
            .zip([by_pairs, drawn.unwrap().interval])
        {
            *n += u32::from(holds_none(interval));
        }
    }
    // Intervals of 95% miss five of thirty or more once in sixty-three times.
    assert!(n_holding.iter().all(|n| *n >= 26), "{n_holding:?}");
}

#[test]
fn the_older_score_higher_in_the_programme_as_the_arms_are() {
    let children = children(0);
    let followed = children.followed(&MatchRule::default());
    let mean = |arm: bool| {
        let rows = followed.arms.treated.iter().zip(&followed.values);
        let own: Vec<f64> = rows
            .filter(|(own, _)| **own == arm)
            .map(|(_, y)| *y)
            .collect();
        own.iter().sum::<f64>() / own.len() as f64
    };
    assert!(mean(true) - mean(false) > 0.2);
}
