//! Effects that several studies have published, averaged: what a report about all of them can tell without
//! their children.

use kinfolk_model::{Estimate, Group, Statistic, Unit};
use kinfolk_stats::{Confidence, Estimated, Interval, StatsError, error_of_interval};

use super::{AUTHORITIES, POOLED, TOO_FEW_AUTHORITIES, Which, pool_authorities, pooled_numbers};

/// What the numbers rest on.
const AS_PUBLISHED: &str =
    "from the effects and intervals as the authorities\u{2019} own reports print them";

/// The difference of one study as its own report shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedEffect {
    /// Whose it is.
    pub authority: String,
    /// The difference, in the unit of the outcome.
    pub value: f64,
    /// Its interval, at the level of the pool.
    pub interval: Interval,
}

/// The effects of several studies on one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedEffects {
    /// The measure: `effect.same_home`.
    pub measure: String,
    /// What differences are counted in.
    pub unit: Unit,
    /// How the outcome was followed: `days=365;competing=adoption`.
    pub options: String,
    /// The effects, each authority once.
    pub effects: Vec<PublishedEffect>,
}

/// The average of published effects, how far they differ, what another authority might see, and the
/// average without each. A record without a value says why there is none.
///
/// Errors are taken from the widths of intervals, as if those were of the normal distribution, which makes
/// them a little too large where Student's was used.
pub fn pool_published(published: &PublishedEffects, confidence: Confidence) -> Vec<Estimate> {
    let effects = &published.effects;
    let mut records = published.pooled(&effects.iter().collect::<Vec<_>>(), confidence);
    let is_pooled = records.len() > 1;
    for left_out in effects.iter().filter(|_| is_pooled) {
        let others = effects.iter().filter(|other| *other != left_out);
        let whole = published.pooled(&others.collect::<Vec<_>>(), confidence);
        let average = whole.into_iter().find(is_average);
        records.extend(average.map(|average| Estimate {
            group: Group::of(Which::Without.key(), &left_out.authority),
            ..average
        }));
    }
    records
}

fn is_average(record: &Estimate) -> bool {
    record.statistic == Statistic::Difference && record.group == Group::of("pooled", "average")
}

impl PublishedEffects {
    fn pooled(&self, effects: &[&PublishedEffect], confidence: Confidence) -> Vec<Estimate> {
        let error = |effect: &PublishedEffect| error_of_interval(effect.interval, confidence);
        let pairs: Vec<(f64, f64)> = effects
            .iter()
            .map(|effect| (effect.value, error(effect)))
            .collect();
        match pool_authorities(&pairs, confidence) {
            Ok(Some(pool)) => pooled_numbers(&pool, self.unit)
                .into_iter()
                .map(|number| Estimate {
                    denominator: Some(pool.n_effects as u64),
                    ..self.record(
                        (number.part, number.statistic, number.unit),
                        Some((number.found, confidence)),
                        AS_PUBLISHED,
                    )
                })
                .collect(),
            Ok(None) => vec![self.refused(TOO_FEW_AUTHORITIES)],
            Err(error) => vec![self.refused(&StatsError::to_string(&error))],
        }
    }

    /// A record that says why these effects are not averaged.
    pub fn refused(&self, reason: &str) -> Estimate {
        let kind = ("average", Statistic::Difference, self.unit);
        self.record(kind, None, &format!("refused: {reason}"))
    }

    fn record(
        &self,
        (part, statistic, unit): (&str, Statistic, Unit),
        found: Option<(Estimated, Confidence)>,
        note: &str,
    ) -> Estimate {
        let interval = found.and_then(|(found, _)| found.interval);
        Estimate {
            measure: self.measure.clone(),
            population: AUTHORITIES.to_owned(),
            arm: String::new(),
            group: Group::of("pooled", part),
            statistic,
            value: found.map(|(found, _)| found.value),
            lower: interval.map(|interval| interval.lower),
            upper: interval.map(|interval| interval.upper),
            level: interval.and(found.map(|(_, confidence)| confidence.level())),
            unit,
            numerator: None,
            denominator: None,
            n_missing: None,
            method: POOLED.to_owned(),
            options: format!("rule=never-narrower;{}", self.options),
            note: note.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(values: &[f64]) -> PublishedEffects {
        let names = ["Ash", "Elm", "Oak", "Yew"];
        let effects = names
            .iter()
            .zip(values)
            .map(|(name, value)| PublishedEffect {
                authority: (*name).to_owned(),
                value: *value,
                // An error of 0.1.
                interval: Interval {
                    lower: value - 0.195_996_398_454_005_4,
                    upper: value + 0.195_996_398_454_005_4,
                },
            });
        PublishedEffects {
            measure: "effect.same_home".to_owned(),
            unit: Unit::Proportion,
            options: "days=365;competing=".to_owned(),
            effects: effects.collect(),
        }
    }

    fn average_of(records: &[Estimate], group: &str) -> Option<f64> {
        let is_it = |record: &&Estimate| {
            record.group.to_string() == group && record.statistic == Statistic::Difference
        };
        records.iter().find(is_it)?.value
    }

    #[test]
    fn equal_errors_average_to_the_mean_and_to_the_mean_of_the_others() {
        let found = pool_published(&published(&[0.1, 0.2, 0.6, 0.3]), Confidence::default());
        let check = |group: &str, expected: f64| {
            let value = average_of(&found, group).unwrap();
            assert!((value - expected).abs() < 1e-9, "{group} {value}");
        };
        check("pooled=average", 0.3);
        check("without=Ash", 1.1 / 3.0);
        check("without=Oak", 0.2);
        let named: Vec<&str> = found
            .iter()
            .filter_map(|record| record.group.get("without"))
            .collect();
        assert_eq!(named, ["Ash", "Elm", "Oak", "Yew"]);
    }

    #[test]
    fn two_studies_have_no_average_and_three_none_without_one() {
        let two = pool_published(&published(&[0.1, 0.2]), Confidence::default());
        assert_eq!(two.len(), 1);
        assert!(two[0].note.starts_with("refused: fewer than three"));
        let three = pool_published(&published(&[0.1, 0.2, 0.3]), Confidence::default());
        assert!(average_of(&three, "pooled=average").is_some());
        assert_eq!(average_of(&three, "without=Ash"), None);
    }
}
