//! One made-up child's time in care, and the child of the dense world.

use jiff::civil::{Date, date};

use super::ReturnsPlan;
use super::world::{DENSE, World};
use crate::child::after;
use crate::random::Stream;

/// How long a child stays missing, in days.
pub(super) const DAYS_MISSING: i64 = 2;
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

    /// The same with another legal status.
    pub(super) fn and_legal(self) -> Self {
        match self {
            Self::Placement => Self::LegalAndPlacement,
            Self::SameCarer => Self::LegalAndSameCarer,
            other => other,
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
    /// Why the next episode is elsewhere; empty where it is not.
    pub(super) moved_for: &'static str,
}

/// A child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) number: usize,
    pub(super) born: Date,
    pub(super) is_girl: bool,
    pub(super) ethnicity: &'static str,
    pub(super) need: &'static str,
    /// Why care ends with the last episode.
    pub(super) ending: &'static str,
    pub(super) spells: Vec<Spell>,
    /// When the child went missing for [`DAYS_MISSING`].
    pub(super) missing: Vec<Date>,
}

pub(super) fn make_up(plan: &ReturnsPlan, at: usize, stream: &mut Stream) -> Made {
    let (first_day, world) = (plan.first_day(), &DENSE);
    let days = i64::from(plan.n_years) * 365;
    let care_start = after(first_day, stream.between(-world.lead_days, days - 1));
    // Nobody turns 18 before the last return ends.
    let born = after(
        plan.last_day(),
        -stream.between((days + world.lead_days).min(17 * 365), 17 * 365),
    );
    let spells = spells(care_start, plan.last_day(), world, stream);
    Made {
        number: at + 1,
        born: born.min(care_start),
        is_girl: stream.chance(world.girls),
        ethnicity: "WBRI",
        need: "N1",
        ending: "E4A",
        missing: goes_missing(plan, world.missing, &spells, stream),
        spells,
    }
}

/// At most once a year, on a day on which the child is in care and back before the episode ends.
pub(super) fn goes_missing(
    plan: &ReturnsPlan,
    per_cent: i64,
    spells: &[Spell],
    stream: &mut Stream,
) -> Vec<Date> {
    let days = plan.years().filter_map(|year| {
        let day = after(date(year - 1, 4, 1), stream.between(0, 364 - DAYS_MISSING));
        let is_missing = stream.chance(per_cent);
        let is_in = |spell: &&Spell| spell.started <= day && after(day, DAYS_MISSING) < spell.ended;
        (is_missing && spells.iter().any(|spell| is_in(&spell))).then_some(day)
    });
    days.collect()
}

fn length(world: &World, stream: &mut Stream) -> i64 {
    let (shortest, longest) = stream.choose(world.lengths);
    stream.between(shortest, longest)
}

fn spells(care_start: Date, last_day: Date, world: &World, stream: &mut Stream) -> Vec<Spell> {
    let mut spells: Vec<Spell> = Vec::new();
    let mut next = Spell {
        started: care_start,
        ended: after(care_start, length(world, stream)),
        reason: Reason::Start,
        status: stream.choose(&STATUSES),
        place: stream.choose(world.places),
        postcode: stream.between(1, 900),
        is_last: stream.chance(world.leaves),
        moved_for: "",
    };
    loop {
        let spell = next;
        let is_done = spell.is_last || spell.ended > last_day;
        next = after_spell(&spell, world, stream);
        spells.push(Spell {
            moved_for: match !spell.is_last && next.reason.moves() {
                true => "CARPL",
                false => "",
            },
            ..spell
        });
        if is_done {
            return spells;
        }
    }
}

fn after_spell(before: &Spell, world: &World, stream: &mut Stream) -> Spell {
    let reason = stream.choose(world.reasons);
    let (status, postcode) = (stream.choose(&STATUSES), stream.between(0, 898));
    let place = stream.choose(world.places);
    let keeps_kind = !matches!(reason, Reason::Placement | Reason::LegalAndPlacement);
    Spell {
        started: before.ended,
        ended: after(before.ended, length(world, stream)),
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
        is_last: stream.chance(world.leaves),
        moved_for: "",
    }
}

fn another_status(status: &str) -> &'static str {
    if status == "C2" { "C1" } else { "C2" }
}
