//! All authorities less the others: what a national report says about one authority.
//!
//! A reader who has the reports of all authorities subtracts. What one authority withholds, or joins
//! with something else, must not follow from the national figure less the figures of the others.

use std::collections::BTreeSet;

use kinfolk_model::{CellName, Estimates, Key, Settings, Structure};

use crate::field::Field;
use crate::release::release_without;
use crate::view::Bounds;
use crate::{DisclosureError, Release, profile};

/// Checks that national figures less those of the other authorities do not give away a count that
/// one authority does not show.
///
/// Every count of children is taken to be the sum over the authorities. What is known of a count
/// that an authority does not show comes from its own report: a withheld count is more than zero
/// where zeros are shown, and lies within what the sums of that report allow. The rules of the
/// national report say how many values must be possible.
///
/// # Errors
///
/// [`DisclosureError::RollUp`] with the first figure that gives too much away.
pub fn check_roll_up(national: &Release, authorities: &[&Release]) -> Result<(), DisclosureError> {
    match leaks(national, authorities).into_iter().next() {
        None => Ok(()),
        Some(leak) => Err(leak.into_error()),
    }
}

/// Releases national estimates so that, less the figures of the other authorities, they do not give
/// away a count that one authority does not show.
///
/// # Errors
///
/// Those of [`crate::release`], and [`DisclosureError::RollUp`] when withholding national figures
/// does not help.
pub fn release_roll_up(
    estimates: &Estimates,
    settings: &Settings,
    authorities: &[&Release],
) -> Result<Release, DisclosureError> {
    let mut withheld = BTreeSet::new();
    loop {
        let national = release_without(estimates, settings, &withheld)?;
        let leaks = leaks(&national, authorities);
        if leaks.is_empty() {
            return Ok(national);
        }
        let before = withheld.len();
        for leak in &leaks {
            withheld.extend(next_to_withhold(&estimates.structure, leak, &withheld));
        }
        if withheld.len() == before {
            return leaks
                .into_iter()
                .next()
                .map_or(Ok(national), |leak| Err(leak.into_error()));
        }
    }
}

/// A count of one authority that the national report gives away.
#[derive(Debug)]
struct Leak {
    key: Key,
    field: Field,
    bounds: Bounds,
}

impl Leak {
    fn into_error(self) -> DisclosureError {
        let end = |end: i64| u64::try_from(end).unwrap_or(0);
        DisclosureError::RollUp {
            key: Box::new(self.key),
            field: self.field.label(),
            low: end(self.bounds.low),
            high: end(self.bounds.high),
        }
    }
}

fn leaks(national: &Release, authorities: &[&Release]) -> Vec<Leak> {
    let rules = profile(national.profile());
    if rules.hidden.is_none() {
        return Vec::new();
    }
    let totals = national.known.iter();
    totals
        .filter_map(|((key, field), &total)| {
            let at = (key.clone(), *field);
            let own: Vec<Option<Bounds>> = authorities
                .iter()
                .map(|authority| authority.known.get(&at).copied())
                .collect();
            let bounds = narrowest(total, &own)?;
            let (key, field) = at;
            (bounds.values() < rules.possible_values).then_some(Leak { key, field, bounds })
        })
        .collect()
}

/// The narrowest bounds that the total leaves for a count that its authority does not show. An
/// authority without such a count has an unknown one that needs no guard.
fn narrowest(total: Bounds, own: &[Option<Bounds>]) -> Option<Bounds> {
    let all: Vec<Bounds> = own.iter().map(|own| own.unwrap_or(Bounds::ANY)).collect();
    let low: i64 = all.iter().map(|bounds| bounds.low).sum();
    let high: i64 = all.iter().map(|bounds| bounds.high).sum();
    own.iter()
        .flatten()
        .filter(|bounds| bounds.is_open())
        .map(|bounds| Bounds {
            low: bounds.low.max(total.low - (high - bounds.high)),
            high: bounds.high.min(total.high - (low - bounds.low)),
        })
        // Figures that do not add up over the authorities say nothing about one of them.
        .filter(|bounds| bounds.low <= bounds.high)
        .min_by_key(|bounds| bounds.values())
}

/// The national count to withhold because of a leak: the count itself; once that is withheld, the
/// smallest one that it is tied to by a sum and that is not.
fn next_to_withhold(
    structure: &Structure,
    leak: &Leak,
    withheld: &BTreeSet<CellName>,
) -> Option<CellName> {
    let cell = leak.field.cell(structure.carried.get(&leak.key)?)?;
    if !withheld.contains(cell) {
        return Some(cell.clone());
    }
    let sums = structure.sums.iter();
    sums.filter(|sum| sum.total == *cell || sum.parts.contains(cell))
        .flat_map(|sum| std::iter::once(&sum.total).chain(&sum.parts))
        .filter(|name| !withheld.contains(*name))
        .filter_map(|name| Some((structure.cells.get(name)?.value, name)))
        .filter(|(value, _)| *value > 0)
        .min()
        .map(|(_, name)| name.clone())
}
