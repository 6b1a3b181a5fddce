//! The art of the first page: rings round a child, with the people of a typical circle.

use kinfolk_disclosure::Release;
use kinfolk_model::{Group, Statistic};

use crate::canvas::{Canvas, Point, Stroke};
use crate::figure::Svg;
use crate::palette::{DARK_BLUE, INK, PALE_BLUE};
use crate::people::{largest_remainder, whole};
use crate::reading::{FEWEST_FOR_SHARES, Reading};

const SIDE: f64 = 300.0;
const CENTRE: Point = (150.0, 150.0);
const RADII: [f64; 4] = [38.0, 73.0, 107.0, 140.0];
const DOT: f64 = 7.0;
/// Where the first dot of each ring stands, in degrees from the right, anticlockwise.
const FIRST: [f64; 4] = [25.0, 70.0, 8.0, 38.0];
/// How far dots stray from even spacing, in turn, as parts of the spacing.
const STRAY: [f64; 5] = [0.0, 0.16, -0.12, 0.08, -0.18];
/// More dots than this would hide the rings.
const MOST: u32 = 40;

/// Draws rings with an open dot for each person at the start and a filled one for each more after,
/// in whole people; rings alone where the averages are withheld or rest on fewer than 20 children.
/// `None` when the study counts no people around children.
pub fn cover_art(release: &Release) -> Option<Svg> {
    let read = |measure| Reading::of(release, measure, &Group::all(), Statistic::Mean);
    let (before, after) = (read("connections.before"), read("connections.after"));
    before.0.or(after.0)?;
    let mut canvas = Canvas::picture(SIDE);
    for radius in RADII {
        canvas.ring(CENTRE, radius, Stroke::GRID);
    }
    let enough = |n: &u64| *n as f64 >= FEWEST_FOR_SHARES;
    if let (Some(before), Some(after), Some(_)) = (
        before.value(),
        after.value(),
        after.denominator().filter(enough),
    ) {
        draw_people(&mut canvas, whole(before), whole(after));
    }
    canvas.disc(CENTRE, 12.0, INK);
    Some(canvas.finish(SIDE))
}

fn draw_people(canvas: &mut Canvas, before: u32, after: u32) {
    let n = before.max(after).min(MOST);
    let places = places(n);
    for place in &places {
        canvas.rule(CENTRE, *place, Stroke::solid(PALE_BLUE, 1.0));
    }
    for (at, place) in (0..n).zip(places) {
        // Open dots are spread evenly among all.
        let so_far = |at: u32| u64::from(at) * u64::from(before.min(n)) / u64::from(n);
        if so_far(at + 1) > so_far(at) {
            canvas.open_disc(place, DOT - 1.0, DARK_BLUE);
        } else {
            canvas.disc(place, DOT, DARK_BLUE);
        }
    }
}

/// Fixed places: each ring holds dots in proportion to its length, spread almost evenly.
fn places(n: u32) -> Vec<Point> {
    let on_rings = largest_remainder(n, RADII);
    let rings = RADII.into_iter().zip(FIRST).zip(on_rings);
    rings
        .flat_map(|((radius, first), n)| {
            let spacing = 360.0 / f64::from(n.max(1));
            (0..n)
                .zip(STRAY.into_iter().cycle())
                .map(move |(at, stray)| {
                    let angle = (first + spacing * (f64::from(at) + stray)).to_radians();
                    (
                        CENTRE.0 + radius * angle.cos(),
                        CENTRE.1 - radius * angle.sin(),
                    )
                })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_on_the_cover_stand_apart() {
        for n in 0..=MOST {
            let places = places(n);
            for (at, one) in places.iter().enumerate() {
                for two in &places[at + 1..] {
                    let apart = (one.0 - two.0).hypot(one.1 - two.1);
                    assert!(apart >= 2.0 * DOT, "{n}: {one:?} {two:?}");
                }
            }
        }
    }
}
