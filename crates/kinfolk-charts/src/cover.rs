//! The art of the first page: rings round a child, with the people of a typical circle.

use kinfolk_disclosure::Release;
use kinfolk_model::{Group, Statistic};

use crate::canvas::{Canvas, Point, Stroke};
use crate::figure::Svg;
use crate::palette::{DARK_BLUE, INK, PALE_BLUE};
use crate::people::whole;
use crate::reading::{FEWEST_FOR_SHARES, Reading};

const SIDE: f64 = 300.0;
const CENTRE: Point = (150.0, 150.0);
const RADII: [f64; 4] = [38.0, 73.0, 107.0, 140.0];
const DOT: f64 = 7.0;
/// The ring of each dot in turn, so that outer rings hold more.
const TURNS: [usize; 10] = [3, 1, 2, 3, 0, 2, 3, 1, 3, 2];
/// More dots than this would hide the rings.
const MOST: u32 = 40;
/// Turning by this angle never comes back to an earlier place.
const GOLDEN_ANGLE: f64 = 137.507_764;

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
    if let (Some(before), Some(after), Some(_)) =
        (before.value(), after.value(), after.denominator().filter(enough))
    {
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

/// Fixed places: each dot turns on by the golden angle and takes the ring whose turn it is, or the
/// one that leaves it most room.
fn places(n: u32) -> Vec<Point> {
    let mut places: Vec<Point> = Vec::new();
    for (at, turn) in (0..n).zip(TURNS.into_iter().cycle()) {
        let angle = (f64::from(at) * GOLDEN_ANGLE + 100.0).to_radians();
        let on = |radius: f64| {
            (CENTRE.0 + radius * angle.cos(), CENTRE.1 - radius * angle.sin())
        };
        let room = |place: &Point| {
            let apart = |other: &Point| (place.0 - other.0).hypot(place.1 - other.1);
            places.iter().map(apart).fold(f64::INFINITY, f64::min)
        };
        let first = on(RADII[turn]);
        let place = match room(&first) >= 4.0 * DOT {
            true => first,
            false => RADII
                .map(on)
                .into_iter()
                .max_by(|one, two| room(one).total_cmp(&room(two)))
                .unwrap_or(first),
        };
        places.push(place);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_on_the_cover_stand_apart() {
        let places = places(MOST);
        for (at, one) in places.iter().enumerate() {
            for two in &places[at + 1..] {
                let apart = (one.0 - two.0).hypot(one.1 - two.1);
                assert!(apart >= 2.0 * DOT, "{one:?} {two:?}");
            }
        }
    }
}
