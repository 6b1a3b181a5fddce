//! The effects that several studies have released, averaged for the report of all.

use kinfolk_disclosure::Released;
use kinfolk_model::{Code, ComparisonSettings, DisclosureProfile, Estimate, Statistic};
use kinfolk_outcomes::comparison::{PublishedEffect, PublishedEffects, pool_published};
use kinfolk_stats::{Confidence, Interval};

use crate::roll_up::Prepared;

/// Why effects on one outcome are not averaged.
const NOT_FOLLOWED_ALIKE: &str = "the studies do not follow children alike";
const EFFECT: &str = "effect.";
const UNADJUSTED: &str = "unadjusted";

/// Whether a figure is the difference of an outcome by a study's own method, the arms made alike.
pub(crate) fn is_effect(released: &Released) -> bool {
    let mut parts = released.group().pairs();
    released.measure().starts_with(EFFECT)
        && released.statistic() == Statistic::Difference
        && parts
            .next()
            .is_some_and(|(key, method)| key == "method" && method != UNADJUSTED)
        && parts.next().is_none()
}

fn is_shown(effect: &Released) -> bool {
    effect.value().figure().is_some() && effect.interval().figure().is_some()
}

/// The averages over the studies that release an effect, outcomes in the order of the studies; nothing for an outcome of one
/// study. What a study keeps inside is in no average.
pub(crate) fn pooled_effects(prepared: &[(String, &Prepared)]) -> Vec<Estimate> {
    let mut outcomes: Vec<(&str, Vec<Own<'_>>)> = Vec::new();
    for (name, part) in prepared {
        let is_inside = part.release.profile() == DisclosureProfile::Internal;
        let Some(asked) = part.opened.study.settings.comparison.as_ref() else {
            continue;
        };
        let effects = part.release.records().iter();
        for effect in effects.filter(|effect| is_effect(effect) && is_shown(effect) && !is_inside) {
            let own = Own {
                name,
                effect,
                asked,
            };
            let measure = effect.measure();
            match outcomes.iter_mut().find(|(known, _)| *known == measure) {
                Some((_, all)) => all.push(own),
                None => outcomes.push((measure, vec![own])),
            }
        }
    }
    let several = outcomes.iter().filter(|(_, own)| own.len() > 1);
    several
        .flat_map(|(measure, own)| of_outcome(measure, own))
        .collect()
}

/// The effect of one study, and how it compared.
struct Own<'a> {
    name: &'a str,
    effect: &'a Released,
    asked: &'a ComparisonSettings,
}

fn of_outcome(measure: &str, all: &[Own<'_>]) -> Vec<Estimate> {
    let Some(first) = all.first() else {
        return Vec::new();
    };
    let published = PublishedEffects {
        measure: measure.to_owned(),
        unit: first.effect.unit(),
        options: follow_up(first.asked),
        effects: all.iter().filter_map(published).collect(),
    };
    let is_alike = all.iter().all(|own| {
        follow_up(own.asked) == published.options
            && own.effect.unit() == first.effect.unit()
            && own.effect.level() == first.effect.level()
    });
    match first.effect.level().map(Confidence::new) {
        Some(Ok(confidence)) if is_alike => pool_published(&published, confidence),
        _ => vec![published.refused(NOT_FOLLOWED_ALIKE)],
    }
}

fn published(own: &Own<'_>) -> Option<PublishedEffect> {
    let (lower, upper) = own.effect.interval().figure()?;
    Some(PublishedEffect {
        authority: own.name.to_owned(),
        value: own.effect.value().figure()?,
        interval: Interval { lower, upper },
    })
}

fn follow_up(asked: &ComparisonSettings) -> String {
    let ends: Vec<&str> = asked.competing.iter().map(|end| end.code()).collect();
    format!("days={};competing={}", asked.follow_up_days, ends.join(","))
}
