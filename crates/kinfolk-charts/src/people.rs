//! Averages as whole people: how many dots stand where.

use kinfolk_disclosure::Release;
use kinfolk_model::{Group, Statistic};

use crate::reading::Reading;

/// The sectors: code and words, in the order of the drawing.
pub(crate) const SECTORS: [(&str, &str); 4] = [
    ("family", "Family"),
    ("friends", "Friends"),
    ("carers", "Carers"),
    ("professionals", "Professionals"),
];
/// The number of rings.
pub(crate) const RINGS: usize = 3;
/// What lies on each ring, from the inside; the last ring holds those of whom nothing is recorded.
const CONTACTS: [(&str, &str); 4] = [
    ("direct", "Meet"),
    ("indirect", "Call or write"),
    ("none", "Not yet in touch"),
    ("not_recorded", "Not recorded"),
];
/// More dots than this are too many to see.
const MOST_DOTS: u32 = 30;
/// How far the parts of an average may lie from it when each was rounded to one decimal.
const ROUNDING: f64 = 0.26;

/// How much of the circle may be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// Sectors, and rings for how people are in touch.
    Rings,
    /// Sectors alone.
    Sectors,
    /// The number of people alone.
    Whole,
}

/// One circle in whole people.
#[derive(Debug)]
pub(crate) struct Circle {
    /// `At the start` or `After`.
    pub(crate) name: &'static str,
    /// Whether it is the one at the start.
    pub(crate) is_start: bool,
    /// People in all.
    pub(crate) total: u32,
    /// People in each sector; they add up to the total.
    pub(crate) sectors: [u32; 4],
    /// Dots by sector and ring.
    pub(crate) dots: [[u32; RINGS]; 4],
}

/// Both circles.
pub(crate) struct Typical<'a> {
    /// How much may be drawn: the coarser of both.
    pub(crate) detail: Detail,
    /// At the start, and after.
    pub(crate) circles: [Circle; 2],
    /// More than one where there are too many people to draw each.
    pub(crate) people_per_dot: u32,
    /// Why no more is drawn, as a sentence.
    pub(crate) why_coarse: Option<&'static str>,
    /// Whether the outer ring holds people of whom it is not recorded how they are in touch.
    pub(crate) has_unrecorded: bool,
    means: [Means<'a>; 2],
}

/// A row of the table: the averages that it rests on, and the whole people that are drawn.
pub(crate) struct Line<'a> {
    pub(crate) who: &'static str,
    pub(crate) how: &'static str,
    pub(crate) start: (Reading<'a>, u32),
    pub(crate) after: (Reading<'a>, u32),
}

/// The averages of one circle.
struct Means<'a> {
    total: Reading<'a>,
    sectors: [Reading<'a>; 4],
    contacts: [[Reading<'a>; 4]; 4],
}

impl<'a> Means<'a> {
    fn of(release: &'a Release, when: &str) -> Self {
        let whole = Group::of("when", when);
        let read =
            |group: Group| Reading::of(release, "connections.circle", &group, Statistic::Mean);
        let sector = |(code, _): (&str, &str)| whole.clone().and("sector", code);
        Self {
            total: read(whole.clone()),
            sectors: SECTORS.map(|code| read(sector(code))),
            contacts: SECTORS.map(|code| {
                CONTACTS.map(|(contact, _)| read(sector(code).and("contact", contact)))
            }),
        }
    }

    /// How much of it may be drawn; `None` when not even the total.
    fn detail(&self) -> Option<Detail> {
        let total = self.total.value()?;
        let adds_up = |whole: f64, parts: &[Reading<'_>]| {
            let sum: f64 = parts.iter().filter_map(|part| part.value()).sum();
            (whole - sum).abs() < ROUNDING
        };
        let hides = |parts: &[Reading<'_>]| {
            parts
                .iter()
                .any(|part| part.0.is_some() && part.value().is_none())
        };
        if hides(&self.sectors) || !adds_up(total, &self.sectors) {
            return Some(Detail::Whole);
        }
        let has_rings = self
            .sectors
            .iter()
            .zip(&self.contacts)
            .all(|(sector, contacts)| {
                !hides(contacts) && adds_up(sector.value().unwrap_or(0.0), contacts)
            });
        let is_recorded = self.contacts.iter().any(|contacts| {
            contacts[..RINGS]
                .iter()
                .any(|part| part.value() > Some(0.0))
        });
        Some(match has_rings && is_recorded {
            true => Detail::Rings,
            false => Detail::Sectors,
        })
    }

    /// Whether the tracker has people but never says how they are in touch.
    fn is_unrecorded(&self) -> bool {
        let contacts = || self.contacts.iter().flatten().filter_map(|part| part.0);
        contacts().next().is_some() && contacts().all(|part| !part.value().is_withheld())
    }

    fn total(&self) -> u32 {
        whole(self.total.value().unwrap_or(0.0))
    }

    fn sectors(&self, total: u32) -> [u32; 4] {
        largest_remainder(
            total,
            self.sectors.map(|sector| sector.value().unwrap_or(0.0)),
        )
    }

    /// Dots of one sector by ring.
    fn rings(&self, sector: usize, total: u32) -> [u32; RINGS] {
        let [meet, write, not_yet, unrecorded] =
            self.contacts[sector].map(|contact| contact.value().unwrap_or(0.0));
        largest_remainder(total, [meet, write, not_yet + unrecorded])
    }

    fn circle(&self, detail: Detail, per_dot: u32, is_start: bool) -> Circle {
        let total = self.total();
        let n_dots = whole(self.total.value().unwrap_or(0.0) / f64::from(per_dot));
        let by_sector = self.sectors(n_dots);
        let mut dots = [[0; RINGS]; 4];
        match detail {
            Detail::Whole => dots[0][0] = n_dots,
            Detail::Sectors => {
                for (rings, n) in dots.iter_mut().zip(by_sector) {
                    rings[0] = n;
                }
            }
            Detail::Rings => {
                for (sector, rings) in dots.iter_mut().enumerate() {
                    *rings = self.rings(sector, by_sector[sector]);
                }
            }
        }
        Circle {
            name: if is_start { "At the start" } else { "After" },
            is_start,
            total,
            sectors: self.sectors(total),
            dots,
        }
    }
}

/// Reads both circles and rounds them to whole people, with more people to a dot where a ring would
/// be too full. `None` when a total is withheld.
pub(crate) fn typical(
    release: &Release,
    most_that_fit: impl Fn(Detail, usize, usize) -> u32,
) -> Option<Typical<'_>> {
    let means = [Means::of(release, "start"), Means::of(release, "after")];
    let details = [means[0].detail()?, means[1].detail()?];
    let detail = [Detail::Whole, Detail::Sectors]
        .into_iter()
        .find(|coarse| details.contains(coarse))
        .unwrap_or(Detail::Rings);
    let draw = |per_dot: u32| {
        [
            means[0].circle(detail, per_dot, true),
            means[1].circle(detail, per_dot, false),
        ]
    };
    let fits = |circles: &[Circle; 2]| {
        circles.iter().all(|circle| {
            let n_dots: u32 = circle.dots.iter().flatten().sum();
            n_dots <= MOST_DOTS
                && circle.dots.iter().enumerate().all(|(sector, rings)| {
                    let mut rings = rings.iter().enumerate();
                    rings.all(|(ring, n)| *n <= most_that_fit(detail, sector, ring))
                })
        })
    };
    let people_per_dot = [1, 2, 5, 10, 20, 50]
        .into_iter()
        .find(|per_dot| fits(&draw(*per_dot)))?;
    let circles = draw(people_per_dot);
    let unrecorded = |means: &Means<'_>| {
        means
            .contacts
            .iter()
            .any(|contacts| contacts[RINGS].value() > Some(0.0))
    };
    Some(Typical {
        detail,
        people_per_dot,
        why_coarse: match detail {
            Detail::Rings => None,
            Detail::Whole => Some("Who people are is not shown, to protect children."),
            Detail::Sectors if means.iter().all(Means::is_unrecorded) => {
                Some("How people are in touch was not recorded.")
            }
            Detail::Sectors => Some("How people are in touch is not shown, to protect children."),
        },
        has_unrecorded: detail == Detail::Rings && means.iter().any(unrecorded),
        circles,
        means,
    })
}

impl<'a> Typical<'a> {
    /// What is drawn, in rows.
    pub(crate) fn lines(&self) -> Vec<Line<'a>> {
        let [start, after] = &self.circles;
        let [at_start, at_after] = &self.means;
        let mut lines = Vec::new();
        if self.detail != Detail::Whole {
            for (sector, (_, who)) in SECTORS.iter().enumerate() {
                lines.push(Line {
                    who,
                    how: "All",
                    start: (at_start.sectors[sector], start.sectors[sector]),
                    after: (at_after.sectors[sector], after.sectors[sector]),
                });
                if self.detail == Detail::Rings && self.people_per_dot == 1 {
                    lines.extend(self.ring_lines(sector, who));
                }
            }
        }
        lines.push(Line {
            who: "Everyone",
            how: "All",
            start: (at_start.total, start.total),
            after: (at_after.total, after.total),
        });
        lines
    }

    fn ring_lines(&self, sector: usize, who: &'static str) -> impl Iterator<Item = Line<'a>> {
        let [start, after] = &self.circles;
        let [at_start, at_after] = &self.means;
        let outer = if self.has_unrecorded {
            "Not yet, or not recorded"
        } else {
            CONTACTS[2].1
        };
        (0..RINGS).map(move |ring| Line {
            who,
            how: if ring == 2 { outer } else { CONTACTS[ring].1 },
            start: (at_start.contacts[sector][ring], start.dots[sector][ring]),
            after: (at_after.contacts[sector][ring], after.dots[sector][ring]),
        })
    }
}

/// To whole people, halves up.
pub(crate) fn whole(mean: f64) -> u32 {
    (mean.max(0.0) + 0.5).floor() as u32
}

/// Splits a whole number in proportion to parts, so that the pieces add up to it: each gets its
/// whole share, and what is left goes to the largest remainders, earlier parts first.
pub(crate) fn largest_remainder<const N: usize>(total: u32, parts: [f64; N]) -> [u32; N] {
    let sum: f64 = parts.iter().sum();
    if sum <= 0.0 {
        let mut pieces = [0; N];
        if let Some(last) = pieces.last_mut() {
            *last = total;
        }
        return pieces;
    }
    let exact = parts.map(|part| part / sum * f64::from(total));
    let mut pieces = exact.map(|share| share.floor() as u32);
    let mut order: Vec<usize> = (0..N).collect();
    order.sort_by(|one, two| {
        let remainder = |at: usize| exact[at] - exact[at].floor();
        remainder(*two).total_cmp(&remainder(*one))
    });
    let left = total.saturating_sub(pieces.iter().sum());
    for at in order.into_iter().cycle().take(left as usize) {
        pieces[at] += 1;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_largest_remainders_get_what_is_left() {
        assert_eq!(largest_remainder(6, [3.6, 1.2, 0.9, 0.3]), [4, 1, 1, 0]);
        assert_eq!(largest_remainder(0, [0.2, 0.1]), [0, 0]);
        assert_eq!(largest_remainder(3, [1.0, 1.0]), [2, 1]);
        assert_eq!(largest_remainder(2, [0.0, 0.0]), [0, 2]);
    }

    proptest! {
        #[test]
        fn pieces_add_up_and_lie_within_one_of_their_share(
            total in 0u32..200,
            parts in prop::array::uniform4(0.0f64..30.0),
        ) {
            let pieces = largest_remainder(total, parts);
            prop_assert_eq!(pieces.iter().sum::<u32>(), total);
            let sum: f64 = parts.iter().sum();
            prop_assume!(sum > 0.0);
            for (piece, part) in pieces.iter().zip(parts) {
                let share = part / sum * f64::from(total);
                prop_assert!((f64::from(*piece) - share).abs() < 1.0 + 1e-9);
            }
        }
    }
}
