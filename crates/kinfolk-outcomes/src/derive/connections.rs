//! The people around one child.

use kinfolk_model::{Code, Connection, ConnectionCount, Contact, Relationship};

use crate::{Kind, Sector};

/// Before or after the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// At the start.
    Start,
    /// After the work.
    After,
}

impl When {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Start, Self::After];

    /// The code in groups.
    pub fn code(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::After => "after",
        }
    }
}

/// How a child and a person are in touch, as far as recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Touch {
    /// As recorded.
    Recorded(Contact),
    /// Left blank.
    NotRecorded,
}

impl Touch {
    /// Every way, the closest first.
    pub const ALL: [Self; 4] = [
        Self::Recorded(Contact::Direct),
        Self::Recorded(Contact::Indirect),
        Self::Recorded(Contact::None),
        Self::NotRecorded,
    ];

    fn place(self) -> usize {
        match self {
            Self::Recorded(contact) => contact as usize,
            Self::NotRecorded => Contact::ALL.len(),
        }
    }

    /// The code in groups.
    pub fn code(self) -> &'static str {
        match self {
            Self::Recorded(Contact::Direct) => "direct",
            Self::Recorded(Contact::Indirect) => "indirect",
            Self::Recorded(Contact::None) => "none",
            Self::NotRecorded => "not_recorded",
        }
    }
}

/// How many people there are around a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackerFacts {
    /// At the start.
    pub before: u32,
    /// After the work.
    pub after: u32,
    /// Twelve months after, where that was asked of everyone who was there after.
    pub at_12_months: Option<u32>,
    /// Who they are; `None` where only counts exist.
    pub people: Option<PeopleFacts>,
}

impl TrackerFacts {
    /// After less before.
    pub fn change(&self) -> i64 {
        i64::from(self.after) - i64::from(self.before)
    }
}

/// How many relationships there are.
const RELATIONSHIPS: usize = Relationship::ALL.len();

/// Who the people around a child are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleFacts {
    by_relationship: [[u16; RELATIONSHIPS]; 2],
    by_touch: [[[u16; 4]; 4]; 2],
    /// The highest age among those there after.
    pub oldest_after: Option<u8>,
    /// How many people there after have an age recorded.
    pub ages_after: u32,
}

impl PeopleFacts {
    /// How many people there are, then, in these relationships.
    pub fn count(&self, when: When, who: &[Relationship]) -> u32 {
        let counts = &self.by_relationship[when as usize];
        who.iter()
            .map(|relationship| u32::from(counts[*relationship as usize]))
            .sum()
    }

    /// How many people there are in a sector who are in touch in that way.
    pub fn in_touch(&self, when: When, sector: Sector, touch: Touch) -> u32 {
        u32::from(self.by_touch[when as usize][sector as usize][touch.place()])
    }

    fn add(&mut self, when: When, relationship: Relationship, contact: Option<Contact>) {
        let touch = contact.map_or(Touch::NotRecorded, Touch::Recorded);
        let sector = Sector::of(Kind::of(relationship));
        let in_touch = &mut self.by_touch[when as usize][sector as usize][touch.place()];
        *in_touch = in_touch.saturating_add(1);
        let related = &mut self.by_relationship[when as usize][relationship as usize];
        *related = related.saturating_add(1);
    }
}

/// Rows of people win over a count, because they say more.
pub(super) fn derive_tracker(
    rows: &[&Connection],
    count: Option<&ConnectionCount>,
) -> Option<TrackerFacts> {
    if rows.is_empty() {
        return count.map(from_count);
    }
    Some(TrackerFacts {
        before: tally(rows, |row| row.at_start),
        after: tally(rows, |row| row.after),
        at_12_months: at_12_months(rows),
        people: Some(derive_people(rows)),
    })
}

fn from_count(count: &ConnectionCount) -> TrackerFacts {
    TrackerFacts {
        before: u32::from(count.before),
        after: u32::from(count.after),
        at_12_months: count.at_12_months.map(u32::from),
        people: None,
    }
}

fn tally(rows: &[&Connection], wanted: impl Fn(&Connection) -> bool) -> u32 {
    rows.iter().map(|row| u32::from(wanted(row))).sum()
}

/// Known when asked of at least one person, and of everyone who was there after.
fn at_12_months(rows: &[&Connection]) -> Option<u32> {
    let asked = rows.iter().any(|row| row.at_12_months.is_some());
    let left_out = rows
        .iter()
        .any(|row| row.after && row.at_12_months.is_none());
    (asked && !left_out).then(|| tally(rows, |row| row.at_12_months == Some(true)))
}

fn derive_people(rows: &[&Connection]) -> PeopleFacts {
    let mut people = PeopleFacts::default();
    for row in rows {
        if row.at_start {
            people.add(When::Start, row.relationship, row.contact_at_start);
        }
        if row.after {
            people.add(When::After, row.relationship, row.contact);
        }
    }
    let ages = || {
        rows.iter()
            .filter(|row| row.after)
            .filter_map(|row| row.age)
    };
    PeopleFacts {
        oldest_after: ages().max(),
        ages_after: ages().map(|_| 1).sum(),
        ..people
    }
}
