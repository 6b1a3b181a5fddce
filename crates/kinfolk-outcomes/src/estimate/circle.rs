//! The circle around a typical child: mean numbers by sector and by how they are in touch.

use kinfolk_model::{Code, Group, Key, Relationship, Unit};
use kinfolk_stats::Sample;

use super::entry::{Behind, about};
use super::ledger::Ledger;
use super::tally::Tally;
use super::tracker::{Trackers, of_kinds};
use crate::{PeopleFacts, Sector, Touch, When};

pub(super) fn estimate_circle(ledger: &mut Ledger, trackers: &Trackers<'_>) {
    let circle = Circle { trackers };
    for when in When::ALL {
        circle.write(ledger, when);
    }
}

struct Circle<'a> {
    trackers: &'a Trackers<'a>,
}

impl Circle<'_> {
    fn write(&self, ledger: &mut Ledger, when: When) {
        let group = Group::of("when", when.code());
        let everyone = self.trackers.listed(when);
        self.mean(ledger, &group, &everyone, |p| {
            p.count(when, Relationship::ALL)
        });
        let ways = self.ways(when);
        let mut keys = Vec::new();
        for sector in Sector::ALL {
            keys.extend(self.write_sector(ledger, when, sector, &ways));
        }
        let words = match when {
            When::Start => "How people were in touch at the start",
            When::After => "How people are in touch after the work",
        };
        ledger.droppable(words, keys);
    }

    /// The sector, then each way of being in touch, whose keys are given back.
    fn write_sector(
        &self,
        ledger: &mut Ledger,
        when: When,
        sector: Sector,
        ways: &[Touch],
    ) -> Vec<Key> {
        let group = Group::of("when", when.code()).and("sector", sector.code());
        let kinds = self.trackers.kinds_of(sector);
        let everyone = self.trackers.of_kinds(when, &kinds);
        let who = of_kinds(&kinds);
        self.mean(ledger, &group, &everyone, |p| p.count(when, &who));
        let parts: Vec<Tally> = ways
            .iter()
            .map(|touch| self.trackers.in_touch(when, sector, *touch))
            .collect();
        ledger.sum(&everyone, &parts);
        ways.iter()
            .zip(&parts)
            .map(|(touch, part)| {
                let group = group.clone().and("contact", touch.code());
                self.mean(ledger, &group, part, |p| p.in_touch(when, sector, *touch))
            })
            .collect()
    }

    /// Not-recorded stands alone where no contact at all was recorded, and is left out where every
    /// contact was.
    fn ways(&self, when: When) -> Vec<Touch> {
        let count = |touch: Touch| -> u64 {
            Sector::ALL
                .iter()
                .map(|sector| self.trackers.in_touch(when, *sector, touch).value)
                .sum()
        };
        let (blank, total) = (count(Touch::NotRecorded), self.trackers.listed(when).value);
        Touch::ALL
            .into_iter()
            .filter(|touch| match touch {
                Touch::NotRecorded => blank > 0,
                Touch::Recorded(_) => blank < total || total == 0,
            })
            .collect()
    }

    fn mean(
        &self,
        ledger: &mut Ledger,
        group: &Group,
        people: &Tally,
        count: impl Fn(&PeopleFacts) -> u32,
    ) -> Key {
        let trackers = self.trackers;
        let sample = Sample::from_counts(trackers.with_people.iter().map(count));
        let behind = Behind {
            denominator: &trackers.children_with_people,
            missing: Some(&trackers.children_with_counts),
            rests_on: vec![people],
            mean_of: Vec::new(),
        };
        let population = "children whose tracker lists people one by one";
        let subject = about("connections.circle", group.clone(), population);
        ledger.mean(subject, Unit::People, &sample, &behind)
    }
}
