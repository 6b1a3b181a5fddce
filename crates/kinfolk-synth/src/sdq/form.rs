//! The answers on one form.

use kinfolk_model::{Informant, SdqImpactItems, SdqItems};

use crate::random::Stream;

/// Items of the four scales of difficulties, by their place on the form from 0.
const DIFFICULTIES: [usize; 20] = [
    2, 7, 12, 15, 23, 4, 6, 11, 17, 21, 1, 9, 14, 20, 24, 5, 10, 13, 18, 22,
];
/// Items of the prosocial scale, by their place on the form from 0.
const PROSOCIAL: [usize; 5] = [0, 3, 8, 16, 19];
/// Items on which a high answer means few difficulties.
const REVERSED: [usize; 5] = [6, 10, 13, 20, 24];

/// Answers whose total is the one asked for, unless some are left out: on one form in twelve one or
/// two items are, on one in fifty a whole scale.
pub(super) fn items(total: u8, stream: &mut Stream) -> SdqItems {
    let mut keyed = [0_u8; 25];
    add_points(&mut keyed, &DIFFICULTIES, total, stream);
    let prosocial = (stream.about(3, 11) - i64::from(total / 12)).clamp(0, 10);
    let prosocial = u8::try_from(prosocial).unwrap_or_default();
    add_points(&mut keyed, &PROSOCIAL, prosocial, stream);
    for at in REVERSED {
        keyed[at] = 2 - keyed[at];
    }
    let mut items = keyed.map(Some);
    leave_out(&mut items, stream);
    items
}

/// Adds that many points, each to an item that has fewer than two.
fn add_points(keyed: &mut [u8; 25], scale: &[usize], points: u8, stream: &mut Stream) {
    for _ in 0..points {
        let open: Vec<usize> = scale.iter().copied().filter(|at| keyed[*at] < 2).collect();
        let Some(last) = open.len().checked_sub(1) else {
            return;
        };
        let drawn = usize::try_from(stream.between(0, last as i64)).unwrap_or_default();
        keyed[open[drawn]] += 1;
    }
}

fn leave_out(items: &mut SdqItems, stream: &mut Stream) {
    let n_left_out = stream.choose(&[(0, 90), (1, 6), (2, 2)]);
    for _ in 0..n_left_out {
        let at = usize::try_from(stream.between(0, 24)).unwrap_or_default();
        items[at] = None;
    }
    if stream.chance(2) {
        DIFFICULTIES[..5].iter().for_each(|at| items[*at] = None);
    }
}

/// Answers about impact, worse where there are more difficulties. Teachers are not asked about home
/// and leisure.
pub(super) fn impact_items(total: u8, informant: Informant, stream: &mut Stream) -> SdqImpactItems {
    let mut answer = |usual: i64| {
        let answer = (usual + stream.between(-1, 1)).clamp(0, 3);
        Some(u8::try_from(answer).unwrap_or_default())
    };
    let usual = i64::from(total) / 10;
    let difficulties = answer(usual);
    if difficulties == Some(0) {
        return SdqImpactItems {
            difficulties,
            ..SdqImpactItems::default()
        };
    }
    let impact = SdqImpactItems {
        difficulties,
        distress: answer(usual),
        home: answer(usual),
        friends: answer(usual),
        classroom: answer(usual),
        leisure: answer(usual),
    };
    match informant {
        Informant::Teacher => SdqImpactItems {
            home: None,
            leisure: None,
            ..impact
        },
        Informant::ParentCarer | Informant::YoungPerson => impact,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn answers_give_the_total() {
        let mut stream = Stream::of_authority(3);
        let mut n_whole = 0;
        for total in (0..=40).cycle().take(820) {
            let items = items(total, &mut stream);
            let keyed =
                |at: usize| items[at].map(|raw| if REVERSED.contains(&at) { 2 - raw } else { raw });
            let sum: Option<u8> = DIFFICULTIES.iter().map(|at| keyed(*at)).sum();
            n_whole += usize::from(sum.is_some());
            assert!(sum.is_none_or(|sum| sum == total), "{total}: {items:?}");
        }
        assert!(n_whole > 700 && n_whole < 820);
    }

    #[test]
    fn every_item_belongs_to_one_scale() {
        let all: BTreeSet<usize> = DIFFICULTIES.into_iter().chain(PROSOCIAL).collect();
        assert_eq!(all, (0..25).collect());
    }

    #[test]
    fn teachers_are_not_asked_about_home() {
        let mut stream = Stream::of_authority(3);
        for _ in 0..50 {
            let impact = impact_items(30, Informant::Teacher, &mut stream);
            assert!(impact.home.is_none() && impact.leisure.is_none());
            assert!(impact.distress.is_some());
        }
    }
}
