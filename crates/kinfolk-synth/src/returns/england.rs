//! A child of England: time in care and moves as in [`crate::in_care`].

use jiff::civil::Date;

use super::ReturnsPlan;
use super::child::{DAYS_MISSING, Made, Reason, Spell, goes_missing};
use crate::child::after;
use crate::in_care::{NEEDS, REASONS_TO_MOVE, Settling, TimeInCare};
use crate::random::Stream;

/// Of a hundred children, how many are girls: the Department for Education has 57% boys on 31 March 2024.
const GIRLS: i64 = 43;
/// Of children old enough, how many of a hundred go missing in a year, so that it is 11% of all who are looked
/// after in it, as in the year to 31 March 2018.
const MISSING: i64 = 28;
/// In days: who is younger does not go missing.
const OLD_ENOUGH: i64 = 11 * 365;
/// Of a hundred moves, how many are with the carer.
const SAME_CARER: i64 = 5;
/// What is left over is too short to be a placement, in days.
const SHORTEST: i64 = 10;
/// For so many days an order is an interim one.
const INTERIM: i64 = 185;
/// In foster care 75%, as on 31 March 2015 (52,050 of 69,540).
const PLACES: [(&str, i64); 6] = [
    ("U1", 9),
    ("U4", 22),
    ("U6", 44),
    ("K2", 17),
    ("R1", 4),
    ("S1", 4),
];
const ETHNICITIES: [(&str, i64); 5] = [
    ("WBRI", 71),
    ("MWBC", 11),
    ("BAFR", 8),
    ("APKN", 6),
    ("OOTH", 4),
];

pub(super) fn make_up(plan: &ReturnsPlan, at: usize, stream: &mut Stream) -> Made {
    let time = TimeInCare::within(plan.first_day(), plan.last_day(), stream);
    let has_order = stream.chance(78);
    let spells = placements(&time, stream);
    let spells = if has_order {
        with_order(spells, after(time.started, INTERIM))
    } else {
        spells
    };
    Made {
        number: at + 1,
        born: time.born,
        is_girl: stream.chance(GIRLS),
        ethnicity: stream.choose(&ETHNICITIES),
        need: stream.choose(&NEEDS),
        ending: time.leaves.1,
        missing: missing(plan, time.born, &spells, stream),
        spells,
    }
}

/// At most once a year.
fn missing(plan: &ReturnsPlan, born: Date, spells: &[Spell], stream: &mut Stream) -> Vec<Date> {
    let days = goes_missing(plan, MISSING, spells, stream);
    let is_old_enough = |day: &Date| after(born, OLD_ENOUGH + DAYS_MISSING) <= *day;
    days.into_iter().filter(is_old_enough).collect()
}

fn placements(time: &TimeInCare, stream: &mut Stream) -> Vec<Spell> {
    let settling = Settling::of(stream);
    let (left, _) = time.leaves;
    let mut spells: Vec<Spell> = Vec::new();
    let mut started = time.started;
    while started < left {
        let ended = after(started, settling.days(spells.is_empty(), stream));
        let is_last = after(ended, SHORTEST) >= left;
        let ended = if is_last { left } else { ended };
        let spell = placement((started, ended), spells.last(), stream);
        spells.push(Spell {
            is_last,
            moved_for: if is_last { "" } else { spell.moved_for },
            ..spell
        });
        started = ended;
    }
    spells
}

fn placement((started, ended): (Date, Date), before: Option<&Spell>, stream: &mut Stream) -> Spell {
    let with_carer = stream.chance(SAME_CARER);
    let place = stream.choose(&PLACES);
    let (reason, place) = match (before, with_carer) {
        (None, _) => (Reason::Start, place),
        (Some(before), true) => (Reason::SameCarer, before.place),
        (Some(_), false) => (Reason::Placement, place),
    };
    let shift = stream.between(0, 898);
    let postcode = before.map_or(0, |before| before.postcode);
    Spell {
        started,
        ended,
        reason,
        status: "V2",
        place,
        postcode: (postcode + shift) % 900 + 1,
        is_last: false,
        moved_for: stream.choose(&REASONS_TO_MOVE),
    }
}

/// The same placements under an interim order, and from that day on under a full one.
fn with_order(spells: Vec<Spell>, made: Date) -> Vec<Spell> {
    spells
        .into_iter()
        .flat_map(|spell| under_order(spell, made))
        .collect()
}

fn under_order(spell: Spell, made: Date) -> Vec<Spell> {
    let interim = Spell {
        status: "C1",
        ..spell
    };
    let full = Spell {
        status: "C2",
        ..spell
    };
    if spell.ended <= made {
        vec![interim]
    } else if spell.started < made {
        let first = Spell {
            ended: made,
            is_last: false,
            moved_for: "",
            ..interim
        };
        let second = Spell {
            started: made,
            reason: Reason::Legal,
            ..full
        };
        vec![first, second]
    } else if spell.started == made {
        vec![Spell {
            reason: spell.reason.and_legal(),
            ..full
        }]
    } else {
        vec![full]
    }
}
