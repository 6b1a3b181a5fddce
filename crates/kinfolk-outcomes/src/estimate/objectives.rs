//! What children wanted, and what became of it.

use std::collections::BTreeSet;

use kinfolk_model::{Breakdown, Code, Group, Key, ObjectiveCategory, ObjectiveStatus, Pool, Unit};
use kinfolk_stats::{Proportion, Sample};

use super::breakdown::{PoolSpec, present_pools, row};
use super::entry::{Behind, Share, about};
use super::ledger::Ledger;
use super::tally::Tally;
use crate::{ChildFacts, Facts, ObjectiveFacts};

const SET: &str = "objectives that children set";

const POOLS: &[PoolSpec<'_>] = &[
    PoolSpec {
        code: "parents",
        label: "Mother and father",
        of: &["mother", "father"],
    },
    PoolSpec {
        code: "relatives",
        label: "Wider family, brothers and sisters",
        of: &["wider_family", "siblings"],
    },
    PoolSpec {
        code: "people_outside_family",
        label: "Carers, professionals and friends",
        of: &["carers_and_professionals", "friends"],
    },
    PoolSpec {
        code: "other_wishes",
        label: "Family history and other requests",
        of: &["family_history", "specific_request", "other"],
    },
    PoolSpec {
        code: "family",
        label: "Members of the family",
        of: &["parents", "relatives"],
    },
    PoolSpec {
        code: "beyond_family",
        label: "Other people, family history and other requests",
        of: &["people_outside_family", "other_wishes"],
    },
];

pub(super) fn estimate_objectives(ledger: &mut Ledger, facts: &Facts) {
    if !facts.has("objectives") {
        return;
    }
    // Side by side, because they are counted over and over.
    let set: Vec<ObjectiveFacts> = facts
        .children
        .iter()
        .filter(|child| child.objectives.total() > 0)
        .map(|child| child.objectives.clone())
        .collect();
    let all = Part::all(&set);
    estimate_children(ledger, &all, &with_objectives(&facts.children));
    all.write(ledger);
    all.write_statuses(ledger);
    estimate_categories(ledger, &set, &all);
}

fn estimate_children(ledger: &mut Ledger, all: &Part<'_>, children: &Tally) {
    let who = "children who set objectives";
    let subject = |measure| about(measure, Group::all(), who);
    ledger.count(subject("objectives.children"), Unit::Children, children);
    let sample = Sample::from_counts(all.children.iter().map(ObjectiveFacts::total));
    let set = all.set();
    let behind = Behind {
        denominator: children,
        missing: None,
        rests_on: vec![&set],
        mean_of: Vec::new(),
    };
    ledger.mean(
        subject("objectives.per_child"),
        Unit::Objectives,
        &sample,
        &behind,
    );
}

/// Children who set at least one objective.
pub(super) fn with_objectives(children: &[ChildFacts]) -> Tally {
    Tally::where_("children/objectives", children, |child| {
        child.objectives.total() > 0
    })
}

fn estimate_categories(ledger: &mut Ledger, children: &[ObjectiveFacts], all: &Part<'_>) {
    let present: BTreeSet<ObjectiveCategory> = children
        .iter()
        .flat_map(ObjectiveFacts::categories)
        .collect();
    let parts: Vec<Part<'_>> = present
        .iter()
        .map(|category| Part::of(children, category.code(), vec![*category]))
        .collect();
    all.state_sums(ledger, &parts);
    let rows = present
        .iter()
        .zip(&parts)
        .map(|(category, part)| {
            let label = category.label();
            row(category.code(), label, part.write_row(ledger, label))
        })
        .collect();
    let codes: Vec<&str> = present.iter().map(|category| category.code()).collect();
    let pools = write_pools(ledger, children, parts, &codes);
    ledger.breakdown(Breakdown {
        id: "objectives.category".to_owned(),
        title: "Objectives by what the child wanted".to_owned(),
        rows,
        pools,
    });
}

/// Writes each pool as the sum of the rows and smaller pools that it stands for.
fn write_pools<'a>(
    ledger: &mut Ledger,
    children: &'a [ObjectiveFacts],
    mut parts: Vec<Part<'a>>,
    codes: &[&str],
) -> Vec<Pool> {
    let mut pools = Vec::new();
    for pool in present_pools(POOLS, codes) {
        let of: Vec<&Part<'a>> = parts
            .iter()
            .filter(|part| pool.of.contains(&part.code))
            .collect();
        let categories = of.iter().flat_map(|part| part.categories.clone()).collect();
        let joint = Part::of(children, &pool.code, categories);
        joint.state_sums(ledger, of);
        let keys = joint.write_row(ledger, &pool.label);
        pools.push(pool.with_records(keys));
        parts.push(joint);
    }
    pools
}

/// What became of an objective, in three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Met,
    Partly,
    NotMet,
}

impl Standing {
    const ALL: [Self; 3] = [Self::Met, Self::Partly, Self::NotMet];

    fn of(status: ObjectiveStatus) -> Self {
        match status {
            ObjectiveStatus::Met => Self::Met,
            ObjectiveStatus::PartlyMet | ObjectiveStatus::InProgress => Self::Partly,
            ObjectiveStatus::NotMet | ObjectiveStatus::Withdrawn => Self::NotMet,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Partly => "partly",
            Self::NotMet => "not_met",
        }
    }
}

/// The objectives of some kinds, or all, of the children who set any.
struct Part<'a> {
    children: &'a [ObjectiveFacts],
    code: String,
    group: Group,
    categories: Vec<ObjectiveCategory>,
}

impl<'a> Part<'a> {
    fn all(children: &'a [ObjectiveFacts]) -> Self {
        Self {
            children,
            code: String::new(),
            group: Group::all(),
            categories: ObjectiveCategory::ALL.to_vec(),
        }
    }

    fn of(children: &'a [ObjectiveFacts], code: &str, categories: Vec<ObjectiveCategory>) -> Self {
        Self {
            children,
            code: code.to_owned(),
            group: Group::of("category", code),
            categories,
        }
    }

    fn tally(&self, suffix: &str, is_meant: impl Fn(ObjectiveStatus) -> bool) -> Tally {
        let name = match self.code.as_str() {
            "" => format!("objectives{suffix}"),
            code => format!("objectives/category={code}{suffix}"),
        };
        let statuses = ObjectiveStatus::ALL.iter().copied();
        let statuses: Vec<ObjectiveStatus> = statuses.filter(|status| is_meant(*status)).collect();
        Tally::of(name, self.children, |child| {
            child.count(&self.categories, &statuses)
        })
    }

    fn set(&self) -> Tally {
        self.tally("", |_| true)
    }

    fn outcome(&self, outcome: Standing) -> Tally {
        self.tally(&format!("/{}", outcome.code()), |status| {
            Standing::of(status) == outcome
        })
    }

    fn not_yet_met(&self) -> Tally {
        self.tally("/all but met", |status| status != ObjectiveStatus::Met)
    }

    fn write(&self, ledger: &mut Ledger) -> Vec<Key> {
        let set = self.set();
        let subject = |measure| about(measure, self.group.clone(), SET);
        vec![
            ledger.count(subject("objectives.set"), Unit::Objectives, &set),
            self.write_met(ledger, &set),
        ]
    }

    fn write_met(&self, ledger: &mut Ledger, set: &Tally) -> Key {
        let met = self.outcome(Standing::Met);
        let clusters: Vec<Proportion> = self
            .children
            .iter()
            .filter_map(|child| {
                let met = child.count(&self.categories, &[ObjectiveStatus::Met]);
                let set = child.count(&self.categories, ObjectiveStatus::ALL);
                Proportion::new(met.into(), set.into()).ok()
            })
            .collect();
        let nobody = Tally::of_things("objectives/missing", 0);
        let share = Share::of(&met, set)
            .rest(self.not_yet_met())
            .missing(&nobody);
        let subject = about("objectives.met", self.group.clone(), SET);
        ledger.clustered_share(subject, &share, &clusters)
    }

    fn write_outcomes(&self, ledger: &mut Ledger) -> Vec<Key> {
        let parts = Standing::ALL.map(|outcome| self.outcome(outcome));
        ledger.sum(&self.not_yet_met(), &parts[1..]);
        Standing::ALL
            .iter()
            .zip(&parts)
            .map(|(outcome, part)| {
                let group = self.group.clone().and("result", outcome.code());
                let subject = about("objectives.status", group, SET);
                ledger.count(subject, Unit::Objectives, part)
            })
            .collect()
    }

    /// A row of the breakdown: set, met, and how they stand.
    fn write_row(&self, ledger: &mut Ledger, label: &str) -> Vec<Key> {
        let mut keys = self.write(ledger);
        let outcomes = self.write_outcomes(ledger);
        ledger.droppable(format!("How objectives stand: {label}"), outcomes.clone());
        keys.extend(outcomes);
        keys
    }

    fn write_statuses(&self, ledger: &mut Ledger) {
        let outcomes = self.write_outcomes(ledger);
        ledger.droppable("How all objectives stand", outcomes);
        let mut keys = Vec::new();
        let parts: Vec<(ObjectiveStatus, Tally)> = ObjectiveStatus::ALL
            .iter()
            .map(|status| (*status, self.status(*status)))
            .collect();
        for (status, part) in &parts {
            let subject = about("objectives.status", Group::of("status", status.code()), SET);
            keys.push(ledger.count(subject, Unit::Objectives, part));
        }
        for outcome in Standing::ALL {
            let within: Vec<Tally> = parts
                .iter()
                .filter(|(status, _)| Standing::of(*status) == outcome)
                .map(|(_, part)| part.clone())
                .collect();
            ledger.sum(&self.outcome(outcome), &within);
        }
        ledger.droppable("Objectives by recorded status", keys);
    }

    /// The only status of an outcome is the same count under another heading.
    fn status(&self, status: ObjectiveStatus) -> Tally {
        match status {
            ObjectiveStatus::Met => self.outcome(Standing::Met),
            _ => self.tally(&format!("/status={status}"), |found| found == status),
        }
    }

    /// Kinds add up, for those set and for each outcome; for all but met it follows.
    fn state_sums<'b>(&self, ledger: &mut Ledger, parts: impl IntoIterator<Item = &'b Part<'b>>) {
        let parts: Vec<&Part<'_>> = parts.into_iter().collect();
        let column = |tally: &dyn Fn(&Part<'_>) -> Tally| -> Vec<Tally> {
            parts.iter().map(|part| tally(part)).collect()
        };
        ledger.sum(&self.set(), &column(&|part| part.set()));
        for outcome in Standing::ALL {
            ledger.sum(
                &self.outcome(outcome),
                &column(&|part| part.outcome(outcome)),
            );
        }
    }
}
