//! Who is compared with whom, settled before any outcome is looked at.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use kinfolk_model::{
    Arm, CohortColumn, CohortValue, ComparatorPool, ComparisonMethod, ComparisonSettings,
};
use kinfolk_stats::StatsError;

use super::risk_sets;
use super::tallies::Members;
use crate::ComparedFacts;
use crate::comparison::{ComparedArms, Covariates, Pairing, calipers_of, pair, rule_options};

/// The children of both arms, and their pairs.
pub(super) struct Design<'a> {
    pub(super) asked: &'a ComparisonSettings,
    /// Of which part of the cohort: what its counts are called by. Empty for the whole.
    pub(super) part: String,
    /// Every child of the cohort; in risk sets those of the programme who were comparators before they
    /// joined stand in both arms.
    pub(super) everyone: Vec<Cow<'a, ComparedFacts>>,
    /// Those who are compared: with a day to be followed from and every covariate.
    pub(super) rows: Vec<Cow<'a, ComparedFacts>>,
    pub(super) arms: ComparedArms,
    /// The pairs, or why there are none.
    pub(super) paired: Result<Pairing, StatsError>,
}

impl<'a> Design<'a> {
    pub(super) fn of(everyone: &'a [ComparedFacts], asked: &'a ComparisonSettings) -> Self {
        let everyone: Vec<&ComparedFacts> = everyone.iter().collect();
        let covariates = covariates(&compared(&everyone), asked);
        Self::with(everyone, asked, covariates)
    }

    /// Those of a part of the cohort, made alike in what differs among them.
    pub(super) fn of_part(
        part: String,
        everyone: Vec<&'a ComparedFacts>,
        asked: &'a ComparisonSettings,
    ) -> Self {
        let mut covariates = covariates(&compared(&everyone), asked);
        covariates.leave_out_constants();
        Self {
            part,
            ..Self::with(everyone, asked, covariates)
        }
    }

    fn with(
        everyone: Vec<&'a ComparedFacts>,
        asked: &'a ComparisonSettings,
        covariates: Covariates,
    ) -> Self {
        let rows = compared(&everyone);
        let arms = ComparedArms {
            treated: rows.iter().map(|child| is_treated(child)).collect(),
            limits: covariates.limits(&asked.calipers),
            covariates,
            exact: exact(&rows, asked),
            keys: (0..).take(rows.len()).collect(),
            clusters: None,
        };
        let design = Self {
            asked,
            part: String::new(),
            everyone: everyone.into_iter().map(Cow::Borrowed).collect(),
            rows,
            paired: Err(StatsError::NoOverlap),
            arms,
        };
        match asked.rule.pool {
            ComparatorPool::Any => Self {
                paired: pair(&design.arms, &asked.rule),
                ..design
            },
            ComparatorPool::RiskSet => risk_sets::pair(design),
        }
    }

    /// Whether comparators are found one by one.
    pub(super) fn is_matched(&self) -> bool {
        self.asked.method == ComparisonMethod::Matched
    }

    /// Those of an arm who are compared.
    pub(super) fn compared(&self, arm: Arm) -> Members {
        let treated = arm == Arm::Programme;
        let is_in = self.arms.treated.iter().map(|&own| own == treated);
        Members::new(&format!("{}compared", self.part), arm, is_in.collect())
    }

    /// Those of an arm who have a pair.
    pub(super) fn matched(&self, arm: Arm) -> Members {
        let mut is_in = vec![false; self.rows.len()];
        let pairs = self.paired.iter().flat_map(|paired| &paired.matches.pairs);
        for pair in pairs {
            match arm {
                Arm::Programme => is_in[pair.treated] = true,
                Arm::Comparator => is_in[pair.control] = true,
            }
        }
        Members::new(&format!("{}matched", self.part), arm, is_in)
    }

    /// Those of an arm who are compared in the end.
    pub(super) fn ending(&self, arm: Arm) -> Members {
        match self.is_matched() {
            true => self.matched(arm),
            false => self.compared(arm),
        }
    }

    /// The options of how comparators are found, as every figure carries them.
    pub(super) fn options(&self) -> String {
        let asked = self.asked;
        let mut words = vec![format!("covariates={}", asked.covariates.join(","))];
        if self.is_matched() {
            words.push(rule_options(&asked.rule));
            words.extend(calipers_of(&asked.calipers));
        }
        if !asked.exact.is_empty() {
            words.push(format!("exact={}", asked.exact.join(",")));
        }
        words.join(";")
    }
}

pub(super) fn is_treated(child: &ComparedFacts) -> bool {
    child.arm == Arm::Programme
}

pub(super) fn is_compared(child: &ComparedFacts) -> bool {
    child.has_index && child.covariates.iter().all(Option::is_some)
}

fn compared<'a>(everyone: &[&'a ComparedFacts]) -> Vec<Cow<'a, ComparedFacts>> {
    let compared = everyone.iter().filter(|child| is_compared(child));
    compared.map(|child| Cow::Borrowed(*child)).collect()
}

fn covariates(rows: &[Cow<'_, ComparedFacts>], asked: &ComparisonSettings) -> Covariates {
    let column = |(at, name): (usize, &String)| {
        let known = rows.iter().filter_map(|child| child.covariates.get(at));
        let values: Vec<&CohortValue> = known.flatten().collect();
        CohortColumn::of(name, &values)
    };
    let columns = asked.covariates.iter().enumerate().map(column);
    Covariates::of(&columns.collect::<Vec<_>>())
}

/// A number for each combination of what pairs must share; blank is a value like others.
fn exact(rows: &[Cow<'_, ComparedFacts>], asked: &ComparisonSettings) -> Option<Vec<u32>> {
    if asked.exact.is_empty() {
        return None;
    }
    let labels: Vec<String> = rows
        .iter()
        .map(|child| format!("{:?}", child.exact))
        .collect();
    let distinct: BTreeSet<&String> = labels.iter().collect();
    let numbers: BTreeMap<&String, u32> = distinct.into_iter().zip(0..).collect();
    labels
        .iter()
        .map(|label| numbers.get(label).copied())
        .collect()
}
