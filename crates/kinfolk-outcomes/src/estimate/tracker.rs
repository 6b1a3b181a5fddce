//! The people around children, as cells that before, after, change and circle share.

use std::collections::BTreeSet;

use kinfolk_model::{Code, Relationship};

use super::circle::estimate_circle;
use super::connections::estimate_connections;
use super::ledger::Ledger;
use super::people::without_tracker;
use super::tally::Tally;
use crate::{Facts, Kind, PeopleFacts, Sector, Touch, TrackerFacts, When};

/// Everything that the trackers of a study tell.
pub(super) fn estimate_trackers(ledger: &mut Ledger, facts: &Facts) {
    let has_people = facts.has("connections");
    if !has_people && !facts.has("connection_counts") {
        return;
    }
    let trackers = Trackers::of(facts);
    estimate_connections(ledger, &trackers);
    if has_people {
        estimate_circle(ledger, &trackers);
    }
}

/// The trackers of a study.
pub(super) struct Trackers<'a> {
    pub(super) all: Vec<&'a TrackerFacts>,
    /// Side by side, because they are counted over and over.
    pub(super) with_people: Vec<PeopleFacts>,
    /// Children with a tracker.
    pub(super) children: Tally,
    /// Those whose people are listed one by one.
    pub(super) children_with_people: Tally,
    /// Those of whom only counts exist.
    pub(super) children_with_counts: Tally,
    /// Children who should have a tracker and have none.
    pub(super) missing: Option<Tally>,
    /// Relationships that occur.
    pub(super) relationships: Vec<Relationship>,
}

impl<'a> Trackers<'a> {
    pub(super) fn of(facts: &'a Facts) -> Self {
        let all: Vec<&TrackerFacts> = facts
            .children
            .iter()
            .filter_map(|c| c.tracker.as_ref())
            .collect();
        let listed = all.iter().filter_map(|t| t.people.as_ref());
        let with_people: Vec<PeopleFacts> = listed.cloned().collect();
        let children = Tally::where_("children/tracker", &all, |_| true);
        let listed = Tally::where_("children/tracker/people", &with_people, |_| true);
        Self {
            children_with_people: listed.within(&children),
            children_with_counts: Tally::where_("children/tracker/counts", &all, |t| {
                t.people.is_none()
            }),
            missing: without_tracker(facts),
            relationships: relationships(&with_people),
            children,
            all,
            with_people,
        }
    }

    /// Kinds that occur, in the order of tables.
    pub(super) fn kinds(&self) -> Vec<Kind> {
        let present: BTreeSet<Kind> = self.relationships.iter().copied().map(Kind::of).collect();
        present.into_iter().collect()
    }

    /// Kinds that occur in a sector.
    pub(super) fn kinds_of(&self, sector: Sector) -> Vec<Kind> {
        self.kinds()
            .into_iter()
            .filter(|kind| Sector::of(*kind) == sector)
            .collect()
    }

    /// Everyone around all children, with the children of whom only counts exist.
    pub(super) fn everyone(&self, when: When) -> Tally {
        Tally::of(cell_name(when, ""), &self.all, |t| count(t, when))
    }

    fn only_counted(&self, when: When) -> Tally {
        Tally::of(cell_name(when, "/only counted"), &self.all, |t| {
            if t.people.is_none() {
                count(t, when)
            } else {
                0
            }
        })
    }

    /// Everyone who is listed one by one.
    pub(super) fn listed(&self, when: When) -> Tally {
        let listed = Tally::of(cell_name(when, "/listed"), &self.with_people, |p| {
            p.count(when, Relationship::ALL)
        });
        listed.within(&self.everyone(when))
    }

    /// The people of some of the kinds that occur. The same kinds are the same cell wherever they
    /// are asked for.
    pub(super) fn of_kinds(&self, when: When, kinds: &[Kind]) -> Tally {
        if kinds.len() == self.kinds().len() {
            return self.listed(when);
        }
        let codes: Vec<&str> = kinds.iter().map(|kind| kind.code()).collect();
        let name = cell_name(when, &format!("/{}", codes.join("+")));
        let who = of_kinds(kinds);
        Tally::of(name, &self.with_people, |p| p.count(when, &who))
    }

    /// The people of one relationship; the cell of its kind where it is the only one.
    pub(super) fn of_relationship(&self, when: When, relationship: Relationship) -> Tally {
        let kind = Kind::of(relationship);
        if self.relationships_of(kind).len() == 1 {
            return self.of_kinds(when, &[kind]);
        }
        let name = cell_name(when, &format!("/relationship={}", relationship.code()));
        Tally::of(name, &self.with_people, |p| p.count(when, &[relationship]))
    }

    pub(super) fn relationships_of(&self, kind: Kind) -> Vec<Relationship> {
        self.relationships
            .iter()
            .copied()
            .filter(|relationship| Kind::of(*relationship) == kind)
            .collect()
    }

    /// The people of a sector who are in touch in one way.
    pub(super) fn in_touch(&self, when: When, sector: Sector, touch: Touch) -> Tally {
        let part = format!("/sector={}/contact={}", sector.code(), touch.code());
        Tally::of(cell_name(when, &part), &self.with_people, |p| {
            p.in_touch(when, sector, touch)
        })
    }

    /// How totals, kinds and relationships add up.
    pub(super) fn state_sums(&self, ledger: &mut Ledger) {
        let parts = [
            self.children_with_people.clone(),
            self.children_with_counts.clone(),
        ];
        ledger.sum(&self.children, &parts);
        for when in When::ALL {
            let listed = self.listed(when);
            ledger.sum(
                &self.everyone(when),
                &[listed.clone(), self.only_counted(when)],
            );
            let kinds: Vec<Tally> = self
                .kinds()
                .iter()
                .map(|kind| self.of_kinds(when, &[*kind]))
                .collect();
            ledger.sum(&listed, &kinds);
            for kind in self.kinds() {
                let relationships: Vec<Tally> = self
                    .relationships_of(kind)
                    .into_iter()
                    .map(|relationship| self.of_relationship(when, relationship))
                    .collect();
                ledger.sum(&self.of_kinds(when, &[kind]), &relationships);
            }
        }
    }
}

/// The relationships of some kinds.
pub(super) fn of_kinds(kinds: &[Kind]) -> Vec<Relationship> {
    let all = Relationship::ALL.iter().copied();
    all.filter(|relationship| kinds.contains(&Kind::of(*relationship)))
        .collect()
}

fn cell_name(when: When, part: &str) -> String {
    format!("connections/{}{part}", when.code())
}

fn count(tracker: &TrackerFacts, when: When) -> u32 {
    match when {
        When::Start => tracker.before,
        When::After => tracker.after,
    }
}

fn relationships(people: &[PeopleFacts]) -> Vec<Relationship> {
    let occurs = |relationship: &Relationship| {
        people.iter().any(|p| {
            When::ALL
                .iter()
                .any(|when| p.count(*when, &[*relationship]) > 0)
        })
    };
    Relationship::ALL.iter().copied().filter(occurs).collect()
}
