//! Who the children are: age, time in care, home, sex, ethnic group.

use std::collections::BTreeMap;

use kinfolk_model::{
    Breakdown, BreakdownRow, Code, Ethnicity, Group, Key, PlacementType, Pool, Sex, Unit,
};

use super::breakdown::{PoolSpec, members_of, present_pools, row};
use super::entry::{Share, about};
use super::ledger::Ledger;
use super::people::{WITH_SUMMARY, all_children, summaries};
use super::tally::Tally;
use crate::{Facts, SummaryFacts};

/// A row: its code and its words.
type Member = (&'static str, &'static str);

/// A property by which children are counted.
struct Property {
    measure: &'static str,
    key: &'static str,
    title: &'static str,
    members: Vec<Member>,
    /// Whether a row that no child belongs to is shown all the same, as on a scale.
    shows_empty_rows: bool,
    pools: &'static [PoolSpec<'static>],
    /// The code of the row that a child belongs to; `None` where it is not known.
    code: fn(&SummaryFacts) -> Option<&'static str>,
}

const AGES: [Member; 5] = [
    ("0_to_4", "Under 5"),
    ("5_to_9", "5 to 9"),
    ("10_to_12", "10 to 12"),
    ("13_to_15", "13 to 15"),
    ("16_and_over", "16 and over"),
];

const AGE_POOLS: &[PoolSpec<'_>] = &[
    PoolSpec {
        code: "under_10",
        label: "Under 10",
        of: &["0_to_4", "5_to_9"],
    },
    PoolSpec {
        code: "13_and_over",
        label: "13 and over",
        of: &["13_to_15", "16_and_over"],
    },
    PoolSpec {
        code: "10_and_over",
        label: "10 and over",
        of: &["10_to_12", "13_and_over"],
    },
];

const TIMES_IN_CARE: [Member; 4] = [
    ("under_1", "Under 1 year"),
    ("1_to_2", "1 or 2 years"),
    ("3_to_4", "3 or 4 years"),
    ("5_and_over", "5 years or more"),
];

const TIME_IN_CARE_POOLS: &[PoolSpec<'_>] = &[
    PoolSpec {
        code: "under_3",
        label: "Under 3 years",
        of: &["under_1", "1_to_2"],
    },
    PoolSpec {
        code: "3_and_over",
        label: "3 years or more",
        of: &["3_to_4", "5_and_over"],
    },
];

const HOME_POOLS: &[PoolSpec<'_>] = &[
    PoolSpec {
        code: "with_family_or_friends",
        label: "With parents, relatives or friends",
        of: &["kinship_care", "with_parents"],
    },
    PoolSpec {
        code: "home_or_other_place",
        label: "Children\u{2019}s home, supported accommodation or another place",
        of: &["childrens_home", "supported_accommodation", "other"],
    },
    PoolSpec {
        code: "not_foster_care",
        label: "Not in foster care",
        of: &["with_family_or_friends", "home_or_other_place"],
    },
];

const ETHNICITY_POOLS: &[PoolSpec<'_>] = &[PoolSpec {
    code: "other_than_white",
    label: "Mixed, Asian, Black and other ethnic groups",
    of: &["mixed", "asian", "black", "other"],
}];

pub(super) fn estimate_profile(ledger: &mut Ledger, facts: &Facts) {
    if !facts.has("children") {
        return;
    }
    let summaries = summaries(facts);
    for property in properties() {
        estimate_property(ledger, &summaries, &property);
    }
}

fn properties() -> [Property; 5] {
    [
        Property {
            measure: "reach.age",
            key: "age",
            title: "Children by age at referral",
            members: AGES.to_vec(),
            shows_empty_rows: true,
            pools: AGE_POOLS,
            code: |s| s.age.map(age_band),
        },
        Property {
            measure: "reach.time_in_care",
            key: "time_in_care",
            title: "Children by time in care at referral",
            members: TIMES_IN_CARE.to_vec(),
            shows_empty_rows: true,
            pools: TIME_IN_CARE_POOLS,
            code: |s| s.years_in_care.map(time_in_care_band),
        },
        Property {
            measure: "reach.home",
            key: "home",
            title: "Children by home at referral",
            members: members::<PlacementType>(PlacementType::NotKnown),
            shows_empty_rows: false,
            pools: HOME_POOLS,
            code: |s| s.home.map(Code::code),
        },
        Property {
            measure: "reach.sex",
            key: "sex",
            title: "Children by sex",
            members: members::<Sex>(Sex::NotKnown),
            shows_empty_rows: false,
            pools: &[],
            code: |s| s.sex.map(Code::code),
        },
        Property {
            measure: "reach.ethnicity",
            key: "ethnicity",
            title: "Children by ethnic group",
            members: members::<Ethnicity>(Ethnicity::NotKnown),
            shows_empty_rows: false,
            pools: ETHNICITY_POOLS,
            code: |s| s.ethnicity.map(Code::code),
        },
    ]
}

fn members<C: Code>(not_known: C) -> Vec<Member> {
    C::ALL
        .iter()
        .filter(|member| **member != not_known)
        .map(|member| (member.code(), member.label()))
        .collect()
}

fn age_band(age: u8) -> &'static str {
    match age {
        0..=4 => "0_to_4",
        5..=9 => "5_to_9",
        10..=12 => "10_to_12",
        13..=15 => "13_to_15",
        _ => "16_and_over",
    }
}

fn time_in_care_band(years: u8) -> &'static str {
    match years {
        0 => "under_1",
        1 | 2 => "1_to_2",
        3 | 4 => "3_to_4",
        _ => "5_and_over",
    }
}

fn estimate_property(ledger: &mut Ledger, summaries: &[&SummaryFacts], property: &Property) {
    let counts = Counts::of(summaries, property);
    let present: Vec<Member> = property
        .members
        .iter()
        .copied()
        .filter(|(code, _)| property.shows_empty_rows || !counts.of_codes(code, &[code]).is_zero())
        .collect();
    let codes: Vec<&str> = present.iter().map(|(code, _)| *code).collect();
    let mut rows: Vec<BreakdownRow> = present
        .iter()
        .map(|(code, label)| row(code, label, counts.write(ledger, code, &[code])))
        .collect();
    let parts: Vec<Tally> = codes
        .iter()
        .map(|code| counts.of_codes(code, &[code]))
        .collect();
    ledger.sum(&counts.known, &parts);
    rows.extend(counts.write_not_known(ledger));
    let pools = counts.write_pools(ledger, &codes);
    // Joining comes first; only what cannot be joined is dropped whole.
    if property.pools.is_empty() {
        let keys = rows.iter().flat_map(|row| row.records.clone());
        ledger.droppable(property.title, keys.collect::<Vec<Key>>());
    }
    ledger.breakdown(Breakdown {
        id: property.measure.to_owned(),
        title: property.title.to_owned(),
        rows,
        pools,
    });
}

/// The counts of children by one property.
struct Counts<'a> {
    property: &'a Property,
    numbers: BTreeMap<&'static str, u64>,
    everyone: Tally,
    known: Tally,
    not_known: Tally,
}

impl<'a> Counts<'a> {
    fn of(summaries: &[&SummaryFacts], property: &'a Property) -> Self {
        let everyone = all_children(summaries);
        let mut numbers = BTreeMap::new();
        for code in summaries.iter().filter_map(|s| (property.code)(s)) {
            *numbers.entry(code).or_default() += 1;
        }
        let n_known = numbers.values().sum();
        let name = |part| format!("children/{}={part}", property.key);
        Self {
            known: Tally::of_people(name("known"), n_known).within(&everyone),
            not_known: Tally::of_people(name("not_known"), everyone.value - n_known),
            property,
            numbers,
            everyone,
        }
    }

    fn of_codes(&self, name: &str, codes: &[&str]) -> Tally {
        let numbers = codes.iter().filter_map(|code| self.numbers.get(code));
        Tally::of_people(
            format!("children/{}={name}", self.property.key),
            numbers.sum(),
        )
    }

    fn write(&self, ledger: &mut Ledger, code: &str, codes: &[&str]) -> Vec<Key> {
        let group = Group::of(self.property.key, code);
        let subject = about(self.property.measure, group, WITH_SUMMARY);
        let count = self.of_codes(code, codes);
        let share = Share::of(&count, &self.known).missing(&self.not_known);
        vec![
            ledger.count(subject.clone(), Unit::Children, &count),
            ledger.share(subject, &share, ""),
        ]
    }

    /// Writes each pool as the sum of the rows and smaller pools that it stands for.
    fn write_pools(&self, ledger: &mut Ledger, codes: &[&str]) -> Vec<Pool> {
        let present = present_pools(self.property.pools, codes);
        present
            .iter()
            .map(|pool| {
                let parts: Vec<Tally> = pool
                    .of
                    .iter()
                    .map(|code| self.of_codes(code, &members_of(code, &present)))
                    .collect();
                let members = members_of(&pool.code, &present);
                ledger.sum(&self.of_codes(&pool.code, &members), &parts);
                let keys = self.write(ledger, &pool.code, &members);
                pool.clone().with_records(keys)
            })
            .collect()
    }

    /// Children of whom it is not known are a row too, without a share.
    fn write_not_known(&self, ledger: &mut Ledger) -> Option<BreakdownRow> {
        if self.not_known.is_zero() {
            return None;
        }
        ledger.sum(
            &self.everyone,
            &[self.known.clone(), self.not_known.clone()],
        );
        let group = Group::of(self.property.key, "not_known");
        let subject = about(self.property.measure, group, WITH_SUMMARY);
        let key = ledger.count(subject, Unit::Children, &self.not_known);
        Some(row("not_known", "Not known", vec![key]))
    }
}
