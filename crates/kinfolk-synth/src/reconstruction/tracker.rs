//! The tracker of 182 children: 7 people on average at the start, 26 after.

use kinfolk_model::{Connection, ConnectionCount, Country, Relationship};

use super::child_id;

/// Published: children in the tracker, and the mean number of people around them.
const CHILDREN: usize = 182;
const MEAN_BEFORE: u16 = 7;
const MEAN_AFTER: u16 = 26;
/// Published: the age of the oldest person found.
const OLDEST: u8 = 101;
/// Filled in: the numbers of pairs of children lie this far above and below the mean, in turn.
const SPREAD_BEFORE: u16 = 4;
const SPREAD_AFTER: u16 = 12;

/// The people around the first child in the tracker, because an age needs a person to belong to.
/// Nothing is published on who they are.
pub(super) fn connections() -> Vec<Connection> {
    (1..=MEAN_AFTER)
        .map(|number| Connection {
            child_id: child_id(Country::England, 0),
            person_id: format!("P{number:02}").into(),
            relationship: Relationship::Other,
            side: None,
            age: (number == MEAN_AFTER).then_some(OLDEST),
            wanted: None,
            at_start: number <= MEAN_BEFORE,
            after: true,
            at_12_months: None,
            contact_at_start: None,
            contact: None,
            commitment: None,
        })
        .collect()
}

/// The other children, of whom only numbers are kept. The second child has the means, and the
/// rest are pairs around them.
pub(super) fn connection_counts() -> Vec<ConnectionCount> {
    (1..CHILDREN)
        .map(|place| ConnectionCount {
            child_id: child_id(Country::England, place),
            before: around(MEAN_BEFORE, SPREAD_BEFORE, place),
            after: around(MEAN_AFTER, SPREAD_AFTER, place),
            at_12_months: None,
        })
        .collect()
}

/// The mean for the first place; then for each pair of places one number below it and one as far
/// above.
fn around(mean: u16, spread: u16, place: usize) -> u16 {
    let pair = u16::try_from(place / 2).unwrap_or_default();
    let distance = if place == 1 { 0 } else { pair % (spread + 1) };
    if place.is_multiple_of(2) {
        mean + distance
    } else {
        mean - distance
    }
}
