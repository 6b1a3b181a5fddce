//! One outcome in both arms: as they are, and made comparable; always both.

use kinfolk_model::{Arm, Code, ComparisonMethod, Group, Statistic, Unit};
use kinfolk_stats::effect::OutcomeKind;
use kinfolk_stats::holm;
use kinfolk_stats::matching::Matches;

use super::design::Design;
use super::numbers::plain;
use super::survival;
use super::tallies::Members;
use crate::EventTime;
use crate::comparison::{ArmsOutcome, ComparedArms, MethodEffects, method_id, pairs_among};
use crate::estimate::entry::Detail;
use crate::estimate::ledger::Ledger;

/// Every outcome, in the order of the study; p-values of the chosen method are one family.
pub(super) fn write_outcomes(ledger: &mut Ledger, design: &Design<'_>) {
    let names = design.asked.outcomes.iter().enumerate();
    let outcomes: Vec<Outcome<'_, '_>> = names
        .map(|(at, name)| Outcome::of(design, at, name))
        .collect();
    for outcome in &outcomes {
        outcome.write(ledger);
    }
    write_family(ledger, &outcomes);
}

/// Holm's p-values over the family of outcomes.
fn write_family(ledger: &mut Ledger, outcomes: &[Outcome<'_, '_>]) {
    let tested: Vec<(&Outcome<'_, '_>, f64)> = outcomes
        .iter()
        .filter_map(|outcome| {
            let found = outcome.adjusted(ledger).ok()?;
            Some((outcome, found.effects.difference.p_value?))
        })
        .collect();
    let p_values: Vec<f64> = tested.iter().map(|(_, p_value)| *p_value).collect();
    let Ok(adjusted) = holm(&p_values) else {
        return;
    };
    for ((outcome, _), p_value) in tested.iter().zip(adjusted) {
        let method = outcome.design.asked.method;
        let group = Outcome::group(method).and("family", "holm");
        let detail = Detail::of(format!(
            "{};family={}",
            outcome.options(method),
            tested.len()
        ));
        let number = plain((Statistic::PValue, Unit::None), "holm/1", p_value);
        outcome.write_adjusted(ledger, (group, number), detail);
    }
}

/// One outcome of those who are compared.
pub(super) struct Outcome<'d, 'a> {
    pub(super) design: &'d Design<'a>,
    pub(super) name: &'d str,
    /// For each child compared, whether the outcome is known.
    pub(super) known: Vec<bool>,
    /// Its place among the outcomes of the study.
    at: usize,
    /// The outcome of those of whom it is known.
    pub(super) values: Vec<f64>,
    pub(super) arms: ComparedArms,
}

impl<'d, 'a> Outcome<'d, 'a> {
    pub(super) fn of(design: &'d Design<'a>, at: usize, name: &'d str) -> Self {
        let value = |row: usize| design.rows[row].outcomes.get(at)?.value;
        let values: Vec<Option<f64>> = (0..design.rows.len()).map(value).collect();
        let known: Vec<bool> = values.iter().map(Option::is_some).collect();
        Self {
            arms: design.arms.subset(&known),
            values: values.into_iter().flatten().collect(),
            design,
            name,
            known,
            at,
        }
    }

    pub(super) fn data(&self) -> ArmsOutcome<'_> {
        ArmsOutcome {
            arms: &self.arms,
            outcome: &self.values,
        }
    }

    pub(super) fn measure(&self) -> String {
        format!("effect.{}", self.name)
    }

    pub(super) fn kind(&self) -> OutcomeKind {
        self.data().kind()
    }

    pub(super) fn is_yes_or_no(&self) -> bool {
        self.kind() == OutcomeKind::YesOrNo
    }

    pub(super) fn method_id(&self, method: ComparisonMethod) -> &'static str {
        method_id(method, self.kind())
    }

    /// What a difference is counted in.
    pub(super) fn unit(&self) -> Unit {
        match self.is_yes_or_no() {
            true => Unit::Proportion,
            false => Unit::None,
        }
    }

    pub(super) fn group(method: ComparisonMethod) -> Group {
        Group::of("method", method.code())
    }

    /// The outcome of each child compared, 0 where it is not known.
    pub(super) fn spread(&self) -> Vec<f64> {
        let mut values = self.values.iter().copied();
        let spread = self.known.iter().map(|&known| match known {
            true => values.next().unwrap_or_default(),
            false => 0.0,
        });
        spread.collect()
    }

    /// Those of an arm whose outcome is known.
    pub(super) fn known_in(&self, arm: Arm) -> Members {
        let compared = self.design.compared(arm);
        compared.narrowed(&format!("{} known", self.name), |at| self.known[at])
    }

    /// Those of an arm who count once the arms are made comparable.
    pub(super) fn counting_in(&self, arm: Arm) -> Members {
        match &self.design.paired {
            Ok(paired) if self.design.is_matched() => {
                let counts = self.in_pairs(&pairs_among(&paired.matches, &self.known));
                let known = self.known_in(arm);
                known.narrowed("in pairs", |at| counts[at])
            }
            _ => self.known_in(arm),
        }
    }

    fn write(&self, ledger: &mut Ledger) {
        self.write_unadjusted(ledger);
        survival::write_survival(ledger, self);
        if self.design.asked.method != ComparisonMethod::Unadjusted {
            self.write_comparable(ledger);
        }
    }

    /// For each child compared, whether it is in a pair of those whose outcome is known.
    pub(super) fn in_pairs(&self, matches: &Matches) -> Vec<bool> {
        let mut rows = vec![false; self.values.len()];
        for pair in &matches.pairs {
            rows[pair.treated] = true;
            rows[pair.control] = true;
        }
        let mut rows = rows.into_iter();
        let known = self.known.iter();
        known
            .map(|&known| known && rows.next().unwrap_or_default())
            .collect()
    }

    /// Who counts, of those whose outcome is known.
    pub(super) fn counting_rows(&self, found: &MethodEffects) -> Vec<bool> {
        let Some(matches) = &found.matches else {
            return vec![true; self.values.len()];
        };
        let counts = self.in_pairs(matches);
        crate::comparison::kept(&counts, &self.known)
    }

    pub(super) fn options(&self, method: ComparisonMethod) -> String {
        let cluster = match method {
            ComparisonMethod::Matched => "pair",
            _ => "child",
        };
        let references = self.arms.covariates.references();
        let mut words = vec![
            self.follow_up(),
            self.design.options(),
            format!("cluster={cluster}"),
        ];
        if !references.is_empty() {
            words.push(format!("reference={}", references.join(",")));
        }
        words.retain(|part| !part.is_empty());
        words.join(";")
    }

    /// For each child compared, how long it was watched for events; `None` for an outcome of a column.
    pub(super) fn times(&self) -> Vec<Option<EventTime>> {
        let rows = self.design.rows.iter();
        rows.map(|child| child.outcomes.get(self.at)?.follow_up)
            .collect()
    }

    /// The days of follow-up and what rules the outcome out, where it comes from events.
    pub(super) fn follow_up(&self) -> String {
        let asked = self.design.asked;
        let ends: Vec<&str> = asked.competing.iter().map(|end| end.code()).collect();
        format!("days={};competing={}", asked.follow_up_days, ends.join(","))
    }
}
