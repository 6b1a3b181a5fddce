//! One person's time in care, and the times missing in it.

use jiff::civil::{Date, date};
use kinfolk_model::SdqReason;

use super::Years;
use super::leaver::{Leaver, leaver};
use super::person::{Person, Place};
use crate::child::after;
use crate::in_care::{REASONS_TO_MOVE, Settling};
use crate::random::Stream;
use crate::returns::ReturnsWorld;
use crate::sdq::{Difference, age};
use crate::yearly::YearlyDraws;

/// How long a placement lasts in the dense world, in days.
const DENSE: (i64, i64) = (20, 240);
/// Of a hundred children old enough, how many go missing or away in a year, and how many in the dense world.
const MISSING: i64 = 26;
const MISSING_DENSE: i64 = 17;
const PLACES: [(Place, i64); 4] = [
    (Place::Foster, 66),
    (Place::Kinship, 17),
    (Place::ChildrensHome, 12),
    (Place::Parents, 5),
];
/// Someone looked after, with all that the returns may say.
#[derive(Debug, Clone)]
pub(super) struct History {
    pub(super) person: Person,
    pub(super) spells: Vec<Spell>,
    pub(super) absences: Vec<Absence>,
    pub(super) leaver: Option<Leaver>,
    /// What the yearly outcomes say.
    pub(super) yearly: YearlyDraws,
    /// The carer's total in each year, or why there is none.
    pub(super) sdq: Vec<(i16, Result<u8, SdqReason>)>,
}

/// An episode.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spell {
    pub(super) started: Date,
    pub(super) ended: Date,
    pub(super) reason_new: &'static str,
    pub(super) status: &'static str,
    pub(super) place: &'static str,
    pub(super) provider: &'static str,
    pub(super) postcode: i64,
    pub(super) reason_ended: &'static str,
    pub(super) reason_moved: &'static str,
}

/// A time missing (M) or away (A).
#[derive(Debug, Clone, Copy)]
pub(super) struct Absence {
    pub(super) kind: &'static str,
    pub(super) started: Date,
    pub(super) ended: Date,
}

pub(super) fn history(
    person: Person,
    years: Years,
    world: ReturnsWorld,
    stream: &mut Stream,
) -> History {
    let mut spells = Vec::new();
    let settling = Settling::of(stream);
    let mut started = person.care_start;
    while started < person.leaves.0 {
        let days = match world {
            ReturnsWorld::Dense => dense_days(stream),
            ReturnsWorld::England => settling.days(spells.is_empty(), stream),
        };
        let ended = after(started, days);
        // What is left over is too short to be a placement.
        let ended = match after(ended, 10) >= person.leaves.0 {
            true => person.leaves.0,
            false => ended,
        };
        placement(&person, (started, ended), &mut spells, stream);
        started = ended;
    }
    let spells = with_order(spells, &person);
    History {
        absences: absences(&person, &spells, (years, world), stream),
        leaver: leaver(&person, years, stream),
        yearly: YearlyDraws::of(stream),
        sdq: sdq(&person, (years, world), stream),
        spells,
        person,
    }
}

/// What the returns say of the SDQ; the same in all years of the dense world.
fn sdq(
    person: &Person,
    (years, world): (Years, ReturnsWorld),
    stream: &mut Stream,
) -> Vec<(i16, Result<u8, SdqReason>)> {
    let all = years.first..=years.last;
    if world == ReturnsWorld::Dense {
        let total = u8::try_from(stream.about(3, 24)).unwrap_or_default();
        return all.map(|year| (year, Ok(total))).collect();
    }
    let difference = Difference::of(stream);
    all.map(|year| {
        let age = age(person.born, date(year, 3, 31));
        (year, difference.answer(age, Some(person.sex), stream))
    })
    .collect()
}

fn dense_days(stream: &mut Stream) -> i64 {
    let (shortest, longest) = stream.choose(&[(DENSE, 1)]);
    stream.between(shortest, longest)
}

/// One placement: an episode, or three where a holiday lies in it.
fn placement(
    person: &Person,
    (started, ended): (Date, Date),
    spells: &mut Vec<Spell>,
    stream: &mut Stream,
) {
    let is_first = spells.is_empty();
    let place = match person.home {
        Some((day, place)) if started <= day && day < ended => place,
        _ => stream.choose(&PLACES),
    };
    // Nobody is placed with parents while they agree to care elsewhere.
    let place = match (place, person.status) {
        (Place::Parents, "V2") => Place::Foster,
        _ => place,
    };
    let same_carer = stream.chance(5) && !is_first;
    let moved_for = stream.choose(&REASONS_TO_MOVE);
    let postcode = stream.between(1, 899);
    let has_holiday = stream.chance(4);
    let holiday = after(started, stream.between(20, 60));
    let before = spells.last().copied();
    let (place, provider) = match (same_carer, before) {
        (true, Some(before)) => (before.place, before.provider),
        _ => (code(place, started), provider(place, stream)),
    };
    let is_last = ended == person.leaves.0;
    let whole = Spell {
        started,
        ended,
        reason_new: match (is_first, same_carer) {
            (true, _) => "S",
            (false, true) => "T",
            (false, false) => "P",
        },
        status: person.status,
        place,
        provider,
        postcode,
        reason_ended: if is_last { person.leaves.1 } else { "X1" },
        reason_moved: if is_last { "" } else { moved_for },
    };
    if has_holiday && after(holiday, 30) < ended {
        spells.extend(around_holiday(whole, holiday));
    } else {
        spells.push(whole);
    }
}

/// The same home before and after a week with others.
fn around_holiday(whole: Spell, holiday: Date) -> [Spell; 3] {
    let back = after(holiday, 7);
    let before = Spell {
        ended: holiday,
        reason_ended: "X1",
        reason_moved: "",
        ..whole
    };
    let away = Spell {
        started: holiday,
        ended: back,
        reason_new: "P",
        place: "T3",
        provider: "",
        postcode: whole.postcode % 899 + 1,
        ..before
    };
    let rest = Spell {
        started: back,
        reason_new: "P",
        ..whole
    };
    [before, away, rest]
}

/// Care orders are interim orders for half a year first.
fn with_order(mut spells: Vec<Spell>, person: &Person) -> Vec<Spell> {
    let made = after(person.care_start, 185);
    if person.status != "C2" {
        return spells;
    }
    let holds = |spell: &Spell| spell.started < made && made < spell.ended;
    for spell in spells.iter_mut().filter(|spell| spell.started < made) {
        spell.status = "C1";
    }
    if let Some(at) = spells.iter().position(holds) {
        let second = Spell {
            started: made,
            reason_new: "L",
            status: "C2",
            ..spells[at]
        };
        spells[at].ended = made;
        spells[at].reason_ended = "X1";
        spells[at].reason_moved = "";
        spells.insert(at + 1, second);
    } else if let Some(first) = spells.iter_mut().find(|spell| spell.started == made) {
        first.reason_new = if first.reason_new == "T" { "U" } else { "B" };
    } else if let Some(last) = spells.last_mut().filter(|last| last.ended <= made) {
        last.status = "C1";
    }
    spells
}

fn code(place: Place, started: Date) -> &'static str {
    match place {
        Place::Foster => "U6",
        Place::Kinship => "U3",
        Place::ChildrensHome => "K2",
        // The code stands for homes that were registered from 2023 on.
        Place::Supported if started < date(2023, 10, 28) => "K2",
        Place::Supported => "K3",
        Place::Parents => "P1",
    }
}

fn provider(place: Place, stream: &mut Stream) -> &'static str {
    let is_own = stream.chance(60);
    match (place, is_own) {
        (Place::Parents, _) => "PR0",
        (Place::Kinship, _) | (Place::Foster, true) => "PR1",
        (Place::ChildrensHome | Place::Supported | Place::Foster, _) => "PR4",
    }
}

/// One child in nine, all of eleven years and older, once or up to four times a year.
fn absences(
    person: &Person,
    spells: &[Spell],
    (years, world): (Years, ReturnsWorld),
    stream: &mut Stream,
) -> Vec<Absence> {
    let missing = match world {
        ReturnsWorld::England => MISSING,
        ReturnsWorld::Dense => MISSING_DENSE,
    };
    let mut found: Vec<Absence> = Vec::new();
    for year in years.first..=years.last {
        let first_day = date(year - 1, 4, 1);
        let goes_missing = stream.chance(missing);
        let times = stream.between(1, 4);
        let old_enough = after(person.born, 11 * 365) < first_day;
        for at in 0..4 {
            let day = after(first_day, at * 80 + stream.between(5, 70));
            let nights = stream.between(1, 3);
            let kind = stream.choose(&[("M", 80), ("A", 20)]);
            let fits = |spell: &Spell| spell.started < day && after(day, nights) < spell.ended;
            if goes_missing && old_enough && at < times && spells.iter().any(fits) {
                found.push(Absence {
                    kind,
                    started: day,
                    ended: after(day, nights),
                });
            }
        }
    }
    found
}
