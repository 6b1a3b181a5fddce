//! Rows for tests.

use jiff::civil::{Date, date};
use kinfolk_model::care::{Episode, ShortCode};
use proptest::prelude::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// An episode under a care order, at a postcode that follows from its kind.
pub(super) fn row(
    year: i16,
    started: &str,
    ended: Option<&str>,
    rne: &str,
    place: &str,
) -> Episode {
    Episode {
        child: 0,
        started: day(started),
        ended: ended.map(day),
        year,
        reason_new: ShortCode::of(rne),
        legal_status: ShortCode::of("C2"),
        need: ShortCode::of("N1"),
        placement: ShortCode::of(place),
        provider: ShortCode::of("PR1"),
        reason_ended: ShortCode::BLANK,
        reason_moved: ShortCode::BLANK,
        home_postcode: ShortCode::of("AB11AA"),
        placement_postcode: ShortCode::parse(&format!("{place}1AA")).unwrap(),
        urn: ShortCode::BLANK,
    }
}

/// What tests change about a row.
pub(super) trait Changed {
    fn ending(self, reason: &str) -> Self;
    fn under(self, legal_status: &str) -> Self;
    fn at(self, postcode: &str) -> Self;
}

impl Changed for Episode {
    fn ending(mut self, reason: &str) -> Self {
        self.reason_ended = ShortCode::of(reason);
        self
    }

    fn under(mut self, legal_status: &str) -> Self {
        self.legal_status = ShortCode::of(legal_status);
        self
    }

    fn at(mut self, postcode: &str) -> Self {
        self.placement_postcode = ShortCode::of(postcode);
        self
    }
}

/// Up to a dozen rows of one child over three returns, in any state of disorder.
pub(super) fn arbitrary_rows() -> impl Strategy<Value = Vec<Episode>> {
    let one = (
        2018i16..=2020,
        0i32..1000,
        proptest::option::of(1i32..400),
        prop::sample::select(vec!["S", "P", "L", "T", "B", "U"]),
        prop::sample::select(vec!["U4", "K2", "T2", "A3", "A6", "H5", "K3"]),
        prop::sample::select(vec!["X1", "E4A"]),
    );
    let episode = one.prop_map(|(year, start, length, rne, place, reason)| {
        let started = plus(date(2017, 4, 1), start);
        let ended = length.map(|days| plus(started, days));
        let row = Episode {
            started,
            ended,
            ..row(year, "2018-01-01", None, rne, place)
        };
        if ended.is_some() {
            row.ending(reason)
        } else {
            row
        }
    });
    proptest::collection::vec(episode, 0..12)
}

fn plus(day: Date, days: i32) -> Date {
    day.checked_add(jiff::Span::new().days(days)).unwrap()
}
