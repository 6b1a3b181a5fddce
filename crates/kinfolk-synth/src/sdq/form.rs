//! The answers on one form.

use kinfolk_model::{Informant, SDQ_SCALES, SdqImpactItems, SdqItem, SdqItems};

use crate::random::Stream;

/// Answers whose total is the one asked for, unless some are left out: on one form in twelve one or
/// two items are, on one in fifty a whole scale.
pub(super) fn items(total: u8, stream: &mut Stream) -> SdqItems {
    let mut keyed = [0_u8; 25];
    let [difficulties @ .., prosocial_scale] = SDQ_SCALES;
    add_points(&mut keyed, &difficulties.concat(), total, stream);
    let prosocial = (stream.about(3, 11) - i64::from(total / 12)).clamp(0, 10);
    let prosocial = u8::try_from(prosocial).unwrap_or_default();
    add_points(&mut keyed, &prosocial_scale, prosocial, stream);
    for item in SDQ_SCALES.iter().flatten().filter(|item| item.reversed) {
        keyed[item.at] = 2 - keyed[item.at];
    }
    let mut items = keyed.map(Some);
    leave_out(&mut items, stream);
    items
}

/// Adds that many points, each to an item that has fewer than two.
fn add_points(keyed: &mut [u8; 25], scale: &[SdqItem], points: u8, stream: &mut Stream) {
    for _ in 0..points {
        let places = scale.iter().map(|item| item.at);
        let open: Vec<usize> = places.filter(|at| keyed[*at] < 2).collect();
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
        let [emotional, ..] = SDQ_SCALES;
        emotional.iter().for_each(|item| items[item.at] = None);
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
    use super::*;

    #[test]
    fn answers_give_the_total() {
        let mut stream = Stream::of_authority(3);
        let mut n_whole = 0;
        for total in (0..=40).cycle().take(820) {
            let items = items(total, &mut stream);
            let keyed = |item: &SdqItem| {
                items[item.at].map(|raw| if item.reversed { 2 - raw } else { raw })
            };
            let sum: Option<u8> = SDQ_SCALES[..4].iter().flatten().map(keyed).sum();
            n_whole += usize::from(sum.is_some());
            assert!(sum.is_none_or(|sum| sum == total), "{total}: {items:?}");
        }
        assert!(n_whole > 700 && n_whole < 820);
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
