//! One made-up child's time in care.

use jiff::civil::{Date, date};

use super::ReturnsPlan;
use crate::child::after;
use crate::random::Stream;

/// How long before the first return care may have begun, in days.
const LEAD_DAYS: i64 = 1100;
/// The shortest and the longest episode, in days.
const LENGTH: (i64, i64) = (20, 240);
/// In how many cases of a hundred an episode is the last.
const LEAVES: i64 = 4;
/// Reasons for a new episode within care.
const REASONS: [(Reason, i64); 5] = [
    (Reason::Legal, 30),
    (Reason::Placement, 35),
    (Reason::SameCarer, 12),
    (Reason::LegalAndPlacement, 13),
    (Reason::LegalAndSameCarer, 10),
];
const PLACES: [(&str, i64); 4] = [("U4", 30), ("U6", 50), ("K2", 15), ("U1", 5)];
const STATUSES: [(&str, i64); 3] = [("C1", 35), ("C2", 45), ("V2", 20)];

/// Why an episode is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    Start,
    Legal,
    Placement,
    SameCarer,
    LegalAndPlacement,
    LegalAndSameCarer,
}

impl Reason {
    /// The code of the return.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Start => "S",
            Self::Legal => "L",
            Self::Placement => "P",
            Self::SameCarer => "T",
            Self::LegalAndPlacement => "B",
            Self::LegalAndSameCarer => "U",
        }
    }

    fn moves(self) -> bool {
        self != Self::Legal
    }

    fn changes_status(self) -> bool {
        matches!(
            self,
            Self::Legal | Self::LegalAndPlacement | Self::LegalAndSameCarer
        )
    }
}

/// An episode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spell {
    pub(super) started: Date,
    /// The day after the last.
    pub(super) ended: Date,
    pub(super) reason: Reason,
    pub(super) status: &'static str,
    pub(super) place: &'static str,
    /// Which of the made-up postcodes.
    pub(super) postcode: i64,
    pub(super) is_last: bool,
    /// Whether the next episode is elsewhere.
    pub(super) leads_to_move: bool,
}

/// A child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) number: usize,
    pub(super) born: Date,
    pub(super) is_girl: bool,
    pub(super) spells: Vec<Spell>,
    /// When the child went missing for two days.
    pub(super) missing: Option<Date>,
}

pub(super) fn make_up(plan: &ReturnsPlan, at: usize, stream: &mut Stream) -> Made {
    let first_day = date(plan.last_year - plan.n_years, 4, 1);
    let days = i64::from(plan.n_years) * 365;
    let care_start = after(first_day, stream.between(-LEAD_DAYS, days - 1));
    // Nobody turns 18 before the last return ends.
    let born = after(plan.last_day(), -stream.between(days + LEAD_DAYS, 17 * 365));
    let spells = spells(care_start, plan.last_day(), stream);
    Made {
        number: at + 1,
        born: born.min(care_start),
        is_girl: stream.chance(47),
        missing: spells
            .first()
            .filter(|_| stream.chance(20))
            .map(|first| after(first.started, 5)),
        spells,
    }
}

fn spells(care_start: Date, last_day: Date, stream: &mut Stream) -> Vec<Spell> {
    let mut spells: Vec<Spell> = Vec::new();
    let mut next = Spell {
        started: care_start,
        ended: after(care_start, stream.between(LENGTH.0, LENGTH.1)),
        reason: Reason::Start,
        status: stream.choose(&STATUSES),
        place: stream.choose(&PLACES),
        postcode: stream.between(1, 900),
        is_last: stream.chance(LEAVES),
        leads_to_move: false,
    };
    loop {
        let spell = next;
        let is_done = spell.is_last || spell.ended > last_day;
        next = after_spell(&spell, stream);
        spells.push(Spell {
            leads_to_move: !spell.is_last && next.reason.moves(),
            ..spell
        });
        if is_done {
            return spells;
        }
    }
}

fn after_spell(before: &Spell, stream: &mut Stream) -> Spell {
    let reason = stream.choose(&REASONS);
    let (status, postcode) = (stream.choose(&STATUSES), stream.between(0, 898));
    let place = stream.choose(&PLACES);
    let keeps_kind = !matches!(reason, Reason::Placement | Reason::LegalAndPlacement);
    Spell {
        started: before.ended,
        ended: after(before.ended, stream.between(LENGTH.0, LENGTH.1)),
        reason,
        status: match reason.changes_status() {
            true if status != before.status => status,
            true => another_status(before.status),
            false => before.status,
        },
        place: if keeps_kind { before.place } else { place },
        postcode: match reason.moves() {
            true => (before.postcode + postcode) % 900 + 1,
            false => before.postcode,
        },
        is_last: stream.chance(LEAVES),
        leads_to_move: false,
    }
}

fn another_status(status: &str) -> &'static str {
    if status == "C2" { "C1" } else { "C2" }
}
