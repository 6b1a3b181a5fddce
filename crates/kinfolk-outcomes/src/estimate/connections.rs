//! People around children before and after, and the change.

use kinfolk_model::{Breakdown, Code, Group, Key, Pool, Relationship, Statistic, Unit};
use kinfolk_stats::{Estimated, Sample, paired_difference, paired_median_difference};

use super::breakdown::{PoolSpec, members_of, present_pools, row};
use super::entry::{Behind, Computed, Share, about};
use super::ledger::Ledger;
use super::tally::Tally;
use super::tracker::{Trackers, of_kinds};
use crate::{Kind, PeopleFacts, When};

const TRACKED: &str = "children with a tracker";
const LISTED: &str = "children whose tracker lists people one by one";

const POOLS: &[PoolSpec<'_>] = &[
    PoolSpec {
        code: "close_family",
        label: "Parents, brothers and sisters",
        of: &["parents", "siblings"],
    },
    PoolSpec {
        code: "wider_family",
        label: "Grandparents, aunts, uncles, cousins",
        of: &["grandparents", "aunts_uncles_cousins"],
    },
    PoolSpec {
        code: "family",
        label: "Family",
        of: &["close_family", "wider_family"],
    },
    PoolSpec {
        code: "carers_and_professionals",
        label: "Carers and professionals",
        of: &["carers", "professionals"],
    },
    PoolSpec {
        code: "friends_and_others",
        label: "Friends and others",
        of: &["friends", "others"],
    },
];

pub(super) fn estimate_connections(ledger: &mut Ledger, trackers: &Trackers<'_>) {
    trackers.state_sums(ledger);
    estimate_all(ledger, trackers);
    estimate_year_later(ledger, trackers);
    estimate_kinds(ledger, trackers);
    estimate_relationships(ledger, trackers);
}

/// Counts before and after, child by child, with the cells behind them.
struct Pairs<'a> {
    before: Vec<f64>,
    after: Vec<f64>,
    population: &'a str,
    people_before: Tally,
    people_after: Tally,
    children: &'a Tally,
    missing: Option<&'a Tally>,
}

impl Pairs<'_> {
    fn behind<'b>(&'b self, rests_on: Vec<&'b Tally>) -> Behind<'b> {
        Behind {
            denominator: self.children,
            missing: self.missing,
            rests_on,
            mean_of: Vec::new(),
        }
    }

    /// Mean before, mean after, mean change.
    fn write_means(&self, ledger: &mut Ledger, group: &Group) -> Vec<Key> {
        let subject = |measure| about(measure, group.clone(), self.population);
        let (before, after) = (sample(&self.before), sample(&self.after));
        let (first, second) = (&self.people_before, &self.people_after);
        let people = Unit::People;
        let change = Computed {
            statistic: Statistic::Difference,
            unit: people,
            method: "paired-t/1",
            result: self.change(ledger),
        };
        vec![
            ledger.mean(
                subject("connections.before"),
                people,
                &before,
                &self.behind(vec![first]),
            ),
            ledger.mean(
                subject("connections.after"),
                people,
                &after,
                &self.behind(vec![second]),
            ),
            ledger.number(
                subject("connections.change"),
                change,
                &self.behind(vec![first, second]),
            ),
        ]
    }

    fn change(&self, ledger: &Ledger) -> Option<Estimated> {
        paired_difference(&self.before, &self.after, ledger.confidence()).ok()?
    }

    fn write_medians(&self, ledger: &mut Ledger) {
        let subject = |measure| about(measure, Group::all(), self.population);
        let behind = self.behind(Vec::new());
        let (before, after) = (sample(&self.before), sample(&self.after));
        ledger.median(
            subject("connections.before"),
            Unit::People,
            &before,
            &behind,
        );
        ledger.median(subject("connections.after"), Unit::People, &after, &behind);
        let result = paired_median_difference(&self.before, &self.after, ledger.confidence());
        let change = Computed {
            statistic: Statistic::MedianDifference,
            unit: Unit::People,
            method: "paired-median/1",
            result: result.ok().flatten(),
        };
        ledger.number(subject("connections.change"), change, &behind);
    }
}

/// Counts of people are whole numbers, so they are always finite.
fn sample(values: &[f64]) -> Sample {
    Sample::new(values.to_vec()).unwrap_or_default()
}

fn estimate_all(ledger: &mut Ledger, trackers: &Trackers<'_>) {
    let pairs = Pairs {
        before: trackers.all.iter().map(|t| f64::from(t.before)).collect(),
        after: trackers.all.iter().map(|t| f64::from(t.after)).collect(),
        population: TRACKED,
        people_before: trackers.everyone(When::Start),
        people_after: trackers.everyone(When::After),
        children: &trackers.children,
        missing: trackers.missing.as_ref(),
    };
    pairs.write_means(ledger, &Group::all());
    pairs.write_medians(ledger);
    let gained = Tally::where_("children/tracker/gained", &trackers.all, |t| t.change() > 0);
    let share = Share {
        missing: trackers.missing.as_ref(),
        ..Share::of(&gained, &trackers.children)
    };
    ledger.share(
        about("connections.gained", Group::all(), TRACKED),
        &share,
        "",
    );
}

fn estimate_year_later(ledger: &mut Ledger, trackers: &Trackers<'_>) {
    let counts: Vec<u32> = trackers.all.iter().filter_map(|t| t.at_12_months).collect();
    if counts.is_empty() {
        return;
    }
    let everyone = &trackers.children;
    let known = Tally::where_("children/tracker/year later", &trackers.all, |t| {
        t.at_12_months.is_some()
    })
    .within(everyone);
    let not_known = Tally::where_("children/tracker/no year later", &trackers.all, |t| {
        t.at_12_months.is_none()
    });
    ledger.sum(everyone, &[known.clone(), not_known.clone()]);
    let people = Tally::of("connections/year later", &trackers.all, |t| {
        t.at_12_months.unwrap_or_default()
    });
    let sample = Sample::from_counts(counts);
    let subject = || about("connections.at_12_months", Group::all(), TRACKED);
    let behind = |rests_on| Behind {
        denominator: &known,
        missing: Some(&not_known),
        rests_on,
        mean_of: Vec::new(),
    };
    ledger.mean(subject(), Unit::People, &sample, &behind(vec![&people]));
    ledger.median(subject(), Unit::People, &sample, &behind(Vec::new()));
}

/// Pairs of counts of the people of whom the question says yes.
fn pairs_of<'a>(
    trackers: &'a Trackers<'_>,
    [people_before, people_after]: [Tally; 2],
    who: &[Relationship],
) -> Pairs<'a> {
    let counts = |when| {
        let count = |p: &PeopleFacts| f64::from(p.count(when, who));
        trackers.with_people.iter().map(count).collect()
    };
    let missing = &trackers.children_with_counts;
    Pairs {
        before: counts(When::Start),
        after: counts(When::After),
        population: LISTED,
        people_before,
        people_after,
        children: &trackers.children_with_people,
        missing: Some(missing),
    }
}

fn pairs_of_kinds<'a>(trackers: &'a Trackers<'_>, kinds: &[Kind]) -> Pairs<'a> {
    let cells = When::ALL.map(|when| trackers.of_kinds(when, kinds));
    pairs_of(trackers, cells, &of_kinds(kinds))
}

fn estimate_kinds(ledger: &mut Ledger, trackers: &Trackers<'_>) {
    let kinds = trackers.kinds();
    let rows = kinds
        .iter()
        .map(|kind| {
            let group = Group::of("kind", kind.code());
            let keys = pairs_of_kinds(trackers, &[*kind]).write_means(ledger, &group);
            row(kind.code(), kind.label(), keys)
        })
        .collect();
    let codes: Vec<&str> = kinds.iter().map(|kind| kind.code()).collect();
    let present = present_pools(POOLS, &codes);
    let kinds_of = |code: &str| -> Vec<Kind> {
        let members = members_of(code, &present);
        let is_member = |kind: &Kind| members.contains(&kind.code());
        kinds.iter().copied().filter(is_member).collect()
    };
    let pools: Vec<Pool> = present
        .iter()
        .map(|pool| {
            let parts: Vec<Vec<Kind>> = pool.of.iter().map(|code| kinds_of(code)).collect();
            let members = kinds_of(&pool.code);
            state_kinds(ledger, trackers, &members, &parts);
            let group = Group::of("kind", &pool.code);
            let keys = pairs_of_kinds(trackers, &members).write_means(ledger, &group);
            pool.clone().with_records(keys)
        })
        .collect();
    ledger.breakdown(Breakdown {
        id: "connections.kind".to_owned(),
        title: "People around children by kind".to_owned(),
        rows,
        pools,
    });
}

/// States that some kinds, taken together, add up from parts.
fn state_kinds(ledger: &mut Ledger, trackers: &Trackers<'_>, kinds: &[Kind], parts: &[Vec<Kind>]) {
    for when in When::ALL {
        let parts: Vec<Tally> = parts
            .iter()
            .map(|part| trackers.of_kinds(when, part))
            .collect();
        ledger.sum(&trackers.of_kinds(when, kinds), &parts);
    }
}

fn estimate_relationships(ledger: &mut Ledger, trackers: &Trackers<'_>) {
    let mut keys = Vec::new();
    for relationship in trackers.relationships.iter().copied() {
        let cells = When::ALL.map(|when| trackers.of_relationship(when, relationship));
        let pairs = pairs_of(trackers, cells, &[relationship]);
        let group = Group::of("relationship", relationship.code());
        keys.extend(pairs.write_means(ledger, &group));
    }
    ledger.droppable("People around children by each relationship", keys);
}
