//! The circle around a typical child, at the start and after.

use kinfolk_disclosure::Release;
use kinfolk_model::{Group, Statistic};

use crate::canvas::{Canvas, Point, Stroke, Type};
use crate::figure::{DataTable, Figure};
use crate::layout::{NotDrawn, body_row, numbers_column, words_cell, words_column};
use crate::marks::{self, Mark, TIE, WRITE_DASH};
use crate::palette::INK;
use crate::people::{Circle, Detail, RINGS, SECTORS, Typical, typical};
use crate::reading::{FEWEST_FOR_SHARES, Reading};
use crate::wording::{WITHHELD_NOTE, n_is, place_and_period, source};

const ID: &str = "circles";
const HEIGHT: f64 = 392.0;
const CENTRES: [Point; 2] = [(152.0, 188.0), (488.0, 188.0)];
/// The radii of the rings, and of the dots between them.
const RING_RADII: [f64; 3] = [46.0, 90.0, 132.0];
const DOT_RADII: [f64; 3] = [30.0, 69.0, 112.0];
/// Where dots stand when it is not known how people are in touch.
const PLAIN_RADIUS: f64 = 90.0;
/// Where each sector begins and how wide it is, in degrees from the right, anticlockwise.
const SECTOR_ANGLES: [(f64, f64); 4] = [(0.0, 180.0), (180.0, 60.0), (240.0, 60.0), (300.0, 60.0)];
/// Two dots of a row may be no closer than this.
const DOT_PITCH: f64 = 14.0;

/// Draws who is around a typical child at the start and after, in whole people. `None` when the
/// study has no such averages, or when they rest on fewer than 20 children.
pub fn draw_circles(release: &Release) -> Option<Figure> {
    let whole = Group::of("when", "after");
    let after = Reading::of(release, "connections.circle", &whole, Statistic::Mean);
    after.0?;
    let subtitle = |dots: &str| {
        format!(
            "People around a typical child: averages rounded to whole people{dots}, {}",
            place_and_period(release)
        )
    };
    let Some(typical) = typical(release, most_that_fit) else {
        return Some(not_drawn(release, subtitle("")).figure());
    };
    let n = after
        .denominator()
        .filter(|n| *n as f64 >= FEWEST_FOR_SHARES)?;
    let (canvas, height) = draw(&typical);
    let dots = match typical.people_per_dot {
        1 => String::new(),
        n => format!(", one dot for {n} people"),
    };
    let mut notes = vec!["Not any one child\u{2019}s network."];
    notes.extend(typical.why_coarse);
    let n = format!("{}\u{a0}children", n_is(n));
    Some(Figure {
        id: ID,
        title: title(&typical),
        subtitle: subtitle(&dots),
        source: source(release, "connections tracker", &n, &notes),
        alt: alt(&typical),
        body: canvas.finish(height),
        table: table(&typical),
    })
}

fn not_drawn(release: &Release, subtitle: String) -> NotDrawn {
    NotDrawn {
        id: ID,
        subject: "The circle around a typical child",
        subtitle,
        reason: source(
            release,
            "connections tracker",
            "The averages would say too much about too few children",
            &[
                WITHHELD_NOTE,
                "More children in the tracker, or several years together, would end this.",
            ],
        ),
    }
}

/// How many dots a ring (or the plain circle) has room for in a sector.
fn most_that_fit(detail: Detail, sector: usize, ring: usize) -> u32 {
    let (radius, spread) = radius(detail, ring);
    let (_, span) = angles(detail, sector);
    let two_rows = 2.0 * (radius - spread) * span.to_radians() / DOT_PITCH;
    two_rows.floor().max(1.0) as u32
}

/// The radius of a ring's dots, and how far two rows of them stand apart from it.
fn radius(detail: Detail, ring: usize) -> (f64, f64) {
    match detail {
        Detail::Rings => (DOT_RADII[ring], 8.0),
        Detail::Sectors | Detail::Whole => (PLAIN_RADIUS, 18.0),
    }
}

fn angles(detail: Detail, sector: usize) -> (f64, f64) {
    match detail {
        Detail::Whole => (90.0, 360.0),
        Detail::Rings | Detail::Sectors => SECTOR_ANGLES[sector],
    }
}

fn draw(typical: &Typical<'_>) -> (Canvas, f64) {
    let mut canvas = Canvas::chart(ID);
    for ((circle, centre), name) in typical.circles.iter().zip(CENTRES).zip(["start", "after"]) {
        canvas.group(name, |canvas| {
            draw_frame(canvas, typical.detail, centre);
            draw_people(canvas, typical.detail, circle, centre);
            draw_names(canvas, typical.detail, circle, centre);
        });
    }
    let mut entries = vec![(Mark::Child, "the child")];
    match typical.detail {
        Detail::Rings => {
            entries.push((Mark::Meet, "inner ring: meet"));
            entries.push((Mark::Write, "middle: call or write"));
            entries.push((
                Mark::None,
                if typical.has_unrecorded {
                    "outer: not yet, or unknown"
                } else {
                    "outer: not yet in touch"
                },
            ));
        }
        Detail::Sectors | Detail::Whole => {
            entries.push((Mark::Before, "at the start"));
            entries.push((Mark::Programme, "after"));
        }
    }
    let key = marks::key(&mut canvas, (0.0, HEIGHT - 16.0), &entries);
    (canvas, HEIGHT - 28.0 + key.height)
}

fn draw_frame(canvas: &mut Canvas, detail: Detail, centre: Point) {
    let outermost = RING_RADII[RINGS - 1];
    for radius in RING_RADII {
        if detail == Detail::Rings || radius >= outermost {
            canvas.ring(centre, radius, Stroke::GRID);
        }
    }
    if detail != Detail::Whole {
        for (from, _) in SECTOR_ANGLES {
            canvas.rule(
                polar(centre, 14.0, from),
                polar(centre, outermost, from),
                Stroke::GRID,
            );
        }
    }
}

fn draw_people(canvas: &mut Canvas, detail: Detail, circle: &Circle, centre: Point) {
    let people = places(detail, circle, centre);
    for (ring, place) in &people {
        match (detail, ring) {
            (Detail::Rings, 0) => canvas.rule(centre, *place, TIE),
            (Detail::Rings, 1) => canvas.rule(centre, *place, TIE.dashed(WRITE_DASH)),
            _ => {}
        }
    }
    for (_, place) in people {
        if circle.is_start {
            marks::before(canvas, place);
        } else {
            marks::programme(canvas, place);
        }
    }
    canvas.disc(centre, 8.0, INK);
}

/// Where each dot stands, with its ring.
fn places(detail: Detail, circle: &Circle, centre: Point) -> Vec<(usize, Point)> {
    let mut places = Vec::new();
    for (sector, rings) in circle.dots.iter().enumerate() {
        for (ring, n) in rings.iter().enumerate() {
            places.extend(
                spread(detail, sector, ring, *n)
                    .map(|(radius, angle)| (ring, polar(centre, radius, angle))),
            );
        }
    }
    places
}

/// Spreads dots evenly over the angle of a sector; in two rows where one would be too tight.
fn spread(detail: Detail, sector: usize, ring: usize, n: u32) -> impl Iterator<Item = (f64, f64)> {
    let (middle, apart) = radius(detail, ring);
    let (from, span) = angles(detail, sector);
    let pitch = middle * span.to_radians() / f64::from(n.max(1));
    let is_tight = pitch
        < if detail == Detail::Rings {
            DOT_PITCH
        } else {
            2.0 * DOT_PITCH
        };
    (0..n).map(move |at| {
        let angle = from + span * (f64::from(at) + 0.5) / f64::from(n);
        let radius = match (is_tight, at % 2) {
            (false, _) => middle,
            (true, 0) => middle + apart,
            (true, _) => middle - apart,
        };
        (radius, angle)
    })
}

fn polar((x, y): Point, radius: f64, degrees: f64) -> Point {
    let angle = degrees.to_radians();
    (x + radius * angle.cos(), y - radius * angle.sin())
}

fn draw_names(canvas: &mut Canvas, detail: Detail, circle: &Circle, (x, y): Point) {
    let people = if circle.total == 1 {
        "person"
    } else {
        "people"
    };
    let name = format!("{}: {} {people}", circle.name, circle.total);
    canvas.text((x, 16.0), &name, Type::TITLE.middle());
    if detail == Detail::Whole {
        return;
    }
    let label = |sector: usize| format!("{} {}", SECTORS[sector].1, circle.sectors[sector]);
    let below = y + RING_RADII[RINGS - 1] + 24.0;
    canvas.text((x, 46.0), &label(0), Type::HEAD.middle());
    canvas.text((x - 152.0, below), &label(1), Type::HEAD);
    canvas.text((x - 8.0, below), &label(2), Type::HEAD.middle());
    canvas.text((x + 152.0, below), &label(3), Type::HEAD.end());
}

fn title(typical: &Typical<'_>) -> String {
    let [start, after] = &typical.circles;
    let people = if start.total == 1 { "person" } else { "people" };
    let (before, now) = (start.total, after.total);
    if now > before {
        format!("A typical child\u{2019}s circle grew from {before} {people} to {now}")
    } else if now == before {
        format!("A typical child had {before} {people} around them at the start and after")
    } else {
        format!("A typical child\u{2019}s circle went from {before} {people} to {now}")
    }
}

fn alt(typical: &Typical<'_>) -> String {
    let panel = |circle: &Circle| {
        if typical.detail == Detail::Whole {
            return format!("{}: {}.", circle.name, circle.total);
        }
        let sectors: Vec<String> = SECTORS
            .iter()
            .zip(&circle.sectors)
            .map(|((_, label), n)| counted(*n, &label.to_lowercase()))
            .collect();
        format!("{}: {}.", circle.name, sectors.join(", "))
    };
    let rings = if typical.detail == Detail::Rings {
        " with rings for closeness"
    } else {
        ""
    };
    format!(
        "Two circle diagrams{rings}, one dot for each person. {} {}",
        panel(&typical.circles[0]),
        panel(&typical.circles[1])
    )
}

/// `3 friends`, `1 friend`, `4 family`.
fn counted(n: u32, people: &str) -> String {
    match n {
        1 => format!("1 {}", people.trim_end_matches('s')),
        _ => format!("{n} {people}"),
    }
}

fn table(typical: &Typical<'_>) -> DataTable {
    DataTable {
        columns: vec![
            words_column("Who"),
            words_column("How in touch"),
            numbers_column("People at the start"),
            numbers_column("People after"),
        ],
        rows: typical
            .lines()
            .into_iter()
            .map(|line| {
                body_row(vec![
                    words_cell(line.who),
                    words_cell(line.how),
                    line.start.0.cell(line.start.1.to_string()),
                    line.after.0.cell(line.after.1.to_string()),
                ])
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No two dots may touch, in any sector and ring, up to the number that fits.
    #[test]
    fn dots_never_touch() {
        for detail in [Detail::Rings, Detail::Sectors, Detail::Whole] {
            for sector in 0..SECTORS.len() {
                for ring in 0..RINGS {
                    for n in 1..=most_that_fit(detail, sector, ring).min(30) {
                        let dots: Vec<Point> = spread(detail, sector, ring, n)
                            .map(|(radius, angle)| polar((0.0, 0.0), radius, angle))
                            .collect();
                        for (at, one) in dots.iter().enumerate() {
                            for two in &dots[at + 1..] {
                                let apart = (one.0 - two.0).hypot(one.1 - two.1);
                                assert!(apart >= 12.0, "{detail:?} {sector} {ring} {n}: {apart}");
                            }
                        }
                    }
                }
            }
        }
    }
}
