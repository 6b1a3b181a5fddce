//! Care leavers: where they live and what they do, by the rules of the official tables.

use jiff::civil::{Date, date};
use kinfolk_model::ChildId;
use kinfolk_model::care::{CareLeaver, CareRecords, ShortCode, return_year};

use super::answer::ReturnAnswer;
use crate::derive::age::completed_years;

/// The ages of the official tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeaverAge {
    /// 17 or 18 at the birthday in the year.
    From17To18,
    /// 19 to 21 at the birthday in the year.
    From19To21,
}

impl LeaverAge {
    /// Every age.
    pub const ALL: [Self; 2] = [Self::From17To18, Self::From19To21];

    /// The code in groups.
    pub fn code(self) -> &'static str {
        match self {
            Self::From17To18 => "17_to_18",
            Self::From19To21 => "19_to_21",
        }
    }

    /// The words.
    pub fn label(self) -> &'static str {
        match self {
            Self::From17To18 => "17 or 18",
            Self::From19To21 => "19 to 21",
        }
    }

    fn of(years: u8) -> Option<Self> {
        match years {
            17 | 18 => Some(Self::From17To18),
            19..=21 => Some(Self::From19To21),
            _ => None,
        }
    }
}

/// Why the official tables leave a young person out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeaverLeftOut {
    /// Another age, or none that is known.
    Age,
    /// Died.
    Died,
    /// At home for six months or longer.
    Home,
    /// Another authority took over.
    OtherAuthority,
    /// Looked after in short breaks only.
    ShortBreaks,
}

impl LeaverLeftOut {
    /// Every reason.
    pub const ALL: [Self; 5] = [
        Self::Age,
        Self::Died,
        Self::Home,
        Self::OtherAuthority,
        Self::ShortBreaks,
    ];

    /// The code in groups.
    pub fn code(self) -> &'static str {
        match self {
            Self::Age => "age",
            Self::Died => "died",
            Self::Home => "home",
            Self::OtherAuthority => "other_authority",
            Self::ShortBreaks => "short_breaks",
        }
    }
}

/// One young person in the care leavers' table of the return of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaverFacts {
    /// The young person.
    pub child_id: ChildId,
    /// Age at the birthday in the year; `None` for another, or where the date of birth is not known.
    pub age: Option<LeaverAge>,
    /// Why official tables leave the young person out; `None` where they do not.
    pub left_out: Option<LeaverLeftOut>,
    /// Whether the accommodation is suitable; `None` where it is not asked: abroad, deported, or
    /// residence not known.
    pub suitable: Option<ReturnAnswer>,
    /// Whether the young person is in education, employment or training.
    pub active: ReturnAnswer,
}

/// What the history in care says of a young person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct LeaverHistory {
    pub(super) child: u32,
    pub(super) was_taken_over: bool,
    pub(super) had_only_short_breaks: bool,
}

const DIED: ShortCode = ShortCode::of("DIED");
const HOME: ShortCode = ShortCode::of("RHOM");

/// The young people in the care leavers' table of the return for the year that holds a day, each
/// once, by child. `histories` are sorted by child.
pub(super) fn derive_leavers(
    records: &CareRecords,
    histories: &[LeaverHistory],
    on: Date,
) -> Vec<LeaverFacts> {
    let year = return_year(on);
    let mut rows: Vec<CareLeaver> = records
        .care_leavers
        .iter()
        .filter(|row| row.year == year)
        .copied()
        .collect();
    rows.sort_unstable();
    rows.dedup_by_key(|row| row.child);
    let last_day = date(year, 3, 31);
    rows.iter()
        .map(|row| {
            let found = histories.binary_search_by_key(&row.child, |history| history.child);
            let history = found.map(|at| histories[at]).unwrap_or_default();
            let child = records.children.get(row.child as usize);
            let born = child.and_then(|child| child.date_of_birth);
            // Everyone has one birthday in a year, so the age then is the age on its last day.
            let years = born.and_then(|born| completed_years(born, last_day));
            LeaverFacts {
                child_id: child.map_or_else(|| ChildId::new(""), |child| child.child_id.clone()),
                ..facts_of(row, years.and_then(LeaverAge::of), history)
            }
        })
        .collect()
}

/// The facts of a row, without whose it is.
fn facts_of(row: &CareLeaver, age: Option<LeaverAge>, history: LeaverHistory) -> LeaverFacts {
    let left_out = [
        (LeaverLeftOut::Age, age.is_none()),
        (LeaverLeftOut::Died, row.in_touch == DIED),
        (LeaverLeftOut::Home, row.in_touch == HOME),
        (LeaverLeftOut::OtherAuthority, history.was_taken_over),
        (LeaverLeftOut::ShortBreaks, history.had_only_short_breaks),
    ];
    LeaverFacts {
        child_id: ChildId::new(""),
        age,
        left_out: left_out
            .into_iter()
            .find(|(_, is_so)| *is_so)
            .map(|(why, _)| why),
        suitable: suitable(row.accommodation),
        active: active(row.activity),
    }
}

/// Letters of accommodation: each stands with 1, suitable, or 2, unsuitable.
const ACCOMMODATION: &[u8] = b"BCDEGHKRSTUVWXYZ";
/// Abroad, deported, and residence not known.
const NOT_ASKED: &[u8] = b"GHR";
/// No fixed abode and custody, which are never suitable: with 1 they are no code of the return.
const NEVER_SUITABLE: &[u8] = b"SX";

fn suitable(accommodation: ShortCode) -> Option<ReturnAnswer> {
    match accommodation.as_str().as_bytes() {
        [letter, b'1' | b'2'] if NOT_ASKED.contains(letter) => None,
        [letter, b'1'] if NEVER_SUITABLE.contains(letter) => Some(ReturnAnswer::NoInformation),
        [letter, b'1'] if ACCOMMODATION.contains(letter) => Some(ReturnAnswer::Yes),
        [letter, b'2'] if ACCOMMODATION.contains(letter) => Some(ReturnAnswer::No),
        _ => Some(ReturnAnswer::NoInformation),
    }
}

fn active(activity: ShortCode) -> ReturnAnswer {
    match activity.as_str().as_bytes() {
        [b'F' | b'P', b'1'..=b'5'] => ReturnAnswer::Yes,
        [b'G', b'4'..=b'6'] => ReturnAnswer::No,
        _ => ReturnAnswer::NoInformation,
    }
}

#[cfg(test)]
mod tests {
    use kinfolk_model::ChildId;
    use kinfolk_model::care::CareChild;

    use super::*;

    const ON: Date = date(2025, 3, 31);

    fn leaver(child: u32, in_touch: &str, activity: &str, accommodation: &str) -> CareLeaver {
        CareLeaver {
            child,
            year: 2025,
            in_touch: ShortCode::of(in_touch),
            activity: ShortCode::of(activity),
            accommodation: ShortCode::parse(accommodation).unwrap(),
        }
    }

    fn born(date_of_birth: Option<Date>) -> CareChild {
        CareChild {
            child_id: ChildId::new("Y"),
            sex: None,
            date_of_birth,
            ethnicity: ShortCode::BLANK,
            is_unaccompanied: false,
            has_episodes: false,
        }
    }

    fn facts(row: CareLeaver, date_of_birth: Option<Date>, history: LeaverHistory) -> LeaverFacts {
        let records = CareRecords {
            children: vec![born(date_of_birth)],
            care_leavers: vec![row],
            ..CareRecords::default()
        };
        derive_leavers(&records, &[history], ON).remove(0)
    }

    #[test]
    fn ages_are_those_at_the_birthday_in_the_year() {
        let check = |born: Option<Date>, expected| {
            let row = leaver(0, "YES", "F1", "B1");
            let found = facts(row, born, LeaverHistory::default());
            assert_eq!(found.age, expected, "{born:?}");
            assert_eq!(found.left_out.is_some(), expected.is_none());
        };
        check(Some(date(2008, 4, 1)), None);
        check(Some(date(2008, 3, 31)), Some(LeaverAge::From17To18));
        check(Some(date(2006, 4, 1)), Some(LeaverAge::From17To18));
        check(Some(date(2006, 3, 31)), Some(LeaverAge::From19To21));
        check(Some(date(2003, 4, 1)), Some(LeaverAge::From19To21));
        check(Some(date(2003, 3, 31)), None);
        check(None, None);
    }

    #[test]
    fn the_official_tables_leave_some_out() {
        let check = |in_touch, was_taken_over, had_only_short_breaks, expected| {
            let history = LeaverHistory {
                child: 0,
                was_taken_over,
                had_only_short_breaks,
            };
            let row = leaver(0, in_touch, "0", "0");
            let found = facts(row, Some(date(2006, 6, 1)), history);
            assert_eq!(found.left_out, expected);
        };
        check("DIED", false, false, Some(LeaverLeftOut::Died));
        check("RHOM", false, false, Some(LeaverLeftOut::Home));
        check("YES", true, false, Some(LeaverLeftOut::OtherAuthority));
        check("YES", false, true, Some(LeaverLeftOut::ShortBreaks));
        check("NREQ", false, false, None);
        check("NO", false, false, None);
    }

    #[test]
    fn accommodation_is_suitable_or_not_or_not_said_or_not_asked() {
        let check = |code: &str, expected| {
            assert_eq!(
                suitable(ShortCode::parse(code).unwrap()),
                expected,
                "{code}"
            );
        };
        check("B1", Some(ReturnAnswer::Yes));
        check("X2", Some(ReturnAnswer::No));
        check("S2", Some(ReturnAnswer::No));
        for code in ["0", "", "01", "02", "A1", "B3", "S1", "X1"] {
            check(code, Some(ReturnAnswer::NoInformation));
        }
        for code in ["G1", "H2", "R2"] {
            check(code, None);
        }
    }

    #[test]
    fn activity_is_by_the_letter_of_the_code() {
        let check = |code: &str, expected| {
            assert_eq!(active(ShortCode::parse(code).unwrap()), expected, "{code}");
        };
        check("F1", ReturnAnswer::Yes);
        check("P5", ReturnAnswer::Yes);
        check("G6", ReturnAnswer::No);
        for code in ["0", "", "G7", "F9", "FULL"] {
            check(code, ReturnAnswer::NoInformation);
        }
    }

    #[test]
    fn a_young_person_counts_once_and_in_the_return_of_the_year() {
        let earlier = CareLeaver {
            year: 2024,
            ..leaver(0, "YES", "F1", "B1")
        };
        let records = CareRecords {
            children: vec![born(Some(date(2006, 6, 1)))],
            care_leavers: vec![
                earlier,
                leaver(0, "YES", "G4", "B2"),
                leaver(0, "YES", "G4", "B2"),
            ],
            ..CareRecords::default()
        };
        let found = derive_leavers(&records, &[], ON);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].suitable, Some(ReturnAnswer::No));
    }
}
