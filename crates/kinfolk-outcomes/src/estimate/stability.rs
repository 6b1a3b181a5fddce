//! Stability of placements, from returns.

use std::collections::BTreeMap;

use kinfolk_model::{Code, Group, Statistic, Unit, format};
use kinfolk_stats::{EventRate, poisson_rate};

use super::entry::{Behind, Computed, Detail, Share, about};
use super::ledger::Ledger;
use super::tally::Tally;
use crate::care::{CareChildFacts, CareFacts, ChildStability, MoveRule, Reason};

/// Days in a year, on average.
const DAYS_IN_YEAR: f64 = 365.25;

pub(super) fn estimate_stability(ledger: &mut Ledger, care: &CareFacts) {
    let stability = Stability {
        care,
        population: format!(
            "children looked after on {}",
            format::day(care.options.stability.on)
        ),
        in_care: care
            .children
            .iter()
            .filter(|child| child.under(care.options.rule).in_care)
            .collect(),
    };
    stability.write_children(ledger);
    stability.write_measures(ledger, care.options.rule, &Group::all());
    for rule in MoveRule::ALL {
        let group = Group::of("moves", rule.counted.code()).and("temporary", rule.temporary.code());
        stability.write_measures(ledger, rule, &group);
    }
    write_endings(ledger, care);
    write_absences(ledger, care);
}

struct Stability<'c> {
    care: &'c CareFacts,
    population: String,
    in_care: Vec<&'c CareChildFacts>,
}

impl Stability<'_> {
    fn everyone(&self) -> Tally {
        Tally::where_("care/on the day", &self.in_care, |_| true)
    }

    fn write_children(&self, ledger: &mut Ledger) {
        let subject = about("stability.children", Group::all(), &self.population);
        ledger.count(subject, Unit::Children, &self.everyone());
        let left_out = Tally::where_("care/left out", &self.care.children, |child| {
            child.under(self.care.options.rule).left_out
        });
        let subject = about(
            "stability.left_out",
            Group::all(),
            "children in short breaks, or whose period of care began with them",
        );
        ledger.count(subject, Unit::Children, &left_out);
    }

    /// Every measure under one rule.
    fn write_measures(&self, ledger: &mut Ledger, rule: MoveRule, group: &Group) {
        let year = group.clone().and("window", "year");
        self.write_share(ledger, rule, "stability.three_or_more", &year, |child| {
            Some(child.has_three_or_more_in_year())
        });
        let two_years = group.clone().and("window", "two_years");
        self.write_share(
            ledger,
            rule,
            "stability.three_or_more",
            &two_years,
            |child| child.has_three_or_more_in_two_years(),
        );
        self.write_share(
            ledger,
            rule,
            "stability.same_carer_two_years",
            group,
            |child| child.same_carer_two_years,
        );
        self.write_rate(ledger, rule, group);
    }

    /// The share of children of whom a question says yes, among those of whom it is asked.
    fn write_share(
        &self,
        ledger: &mut Ledger,
        rule: MoveRule,
        measure: &str,
        group: &Group,
        question: impl Fn(&ChildStability) -> Option<bool> + Sync,
    ) {
        let name = |part: &str| format!("{measure}/{group}/{part}");
        let yes = Tally::where_(name("yes"), &self.in_care, |child| {
            question(child.under(rule)) == Some(true)
        });
        let asked = Tally::where_(name("asked"), &self.in_care, |child| {
            question(child.under(rule)).is_some()
        });
        let everyone = self.everyone();
        let not_asked = Tally::where_(name("not asked"), &self.in_care, |child| {
            question(child.under(rule)).is_none()
        });
        ledger.sum(&everyone, &[asked.clone(), not_asked]);
        let asked = asked.within(&everyone);
        let share = Share::of(&yes, &asked);
        ledger.share(
            about(measure, group.clone(), &self.population),
            &share,
            &words(rule),
        );
    }

    /// Moves for each year that a child is looked after, of all children looked after in the year.
    fn write_rate(&self, ledger: &mut Ledger, rule: MoveRule, group: &Group) {
        let children = &self.care.children;
        let looked_after = Tally::where_("care/in the year", children, |child| {
            child.under(rule).days_in_year > 0
        });
        let moves = Tally::of(format!("care/moves/{group}"), children, |child| {
            child.under(rule).moves_in_year
        });
        let days: u64 = children
            .iter()
            .map(|child| u64::from(child.under(rule).days_in_year))
            .sum();
        let rate = EventRate::new(moves.value, days as f64 / DAYS_IN_YEAR).ok();
        let computed = Computed {
            statistic: Statistic::Rate,
            unit: Unit::MovesPerYear,
            method: "poisson-exact/1",
            result: rate.map(|rate| poisson_rate(rate, ledger.confidence())),
        };
        let behind = Behind {
            denominator: &looked_after,
            missing: None,
            rests_on: vec![&moves],
        };
        let subject = about(
            "stability.move_rate",
            group.clone(),
            "children looked after at any time in the year",
        );
        ledger.detailed(subject, computed, &behind, Detail::of(words(rule)));
    }
}

/// The definition in words, printed beside every figure.
fn words(rule: MoveRule) -> String {
    format!(
        "moves={};temporary={}",
        rule.counted.code(),
        rule.temporary.code()
    )
}

/// How placements ended in the year, by the reason that the return gives.
fn write_endings(ledger: &mut Ledger, care: &CareFacts) {
    let mut reasons: BTreeMap<(&str, String), ()> = BTreeMap::new();
    for end in care.children.iter().flat_map(|child| &child.ends_in_year) {
        reasons.insert(named(*end), ());
    }
    let mut keys = Vec::new();
    for (ending, reason) in reasons.into_keys() {
        let count = Tally::of(
            format!("care/endings/{ending}/{reason}"),
            &care.children,
            |child| {
                let ends = child.ends_in_year.iter();
                let alike = ends.filter(|end| named(**end) == (ending, reason.clone()));
                u32::try_from(alike.count()).unwrap_or(u32::MAX)
            },
        );
        let group = Group::of("ending", ending).and("reason", &reason);
        let subject = about(
            "stability.endings",
            group,
            "placements that ended in the year",
        );
        keys.push(ledger.count(subject, Unit::Placements, &count));
    }
    ledger.droppable("Why placements ended", keys);
}

/// The code of an ending and of its reason in groups.
fn named(end: Reason) -> (&'static str, String) {
    let code = |code: kinfolk_model::care::ShortCode| match code.as_str() {
        "" => "not_recorded".to_owned(),
        code => code.to_owned(),
    };
    match end {
        Reason::Moved(reason) => ("moved", code(reason)),
        Reason::LeftCare(reason) => ("left_care", code(reason)),
        Reason::Lasts => ("lasts", String::new()),
    }
}

/// Children who went missing or were away, of all looked after in the year.
fn write_absences(ledger: &mut Ledger, care: &CareFacts) {
    let rule = care.options.rule;
    let looked_after: Vec<&CareChildFacts> = care
        .children
        .iter()
        .filter(|child| child.under(rule).days_in_year > 0)
        .collect();
    let population = "children looked after at any time in the year";
    let everyone = Tally::where_("care/in the year", &looked_after, |_| true);
    let kinds: [(&str, fn(&CareChildFacts) -> u32); 2] = [
        ("missing", |child| child.missing_in_year),
        ("away", |child| child.away_in_year),
    ];
    for (kind, count) in kinds {
        let group = || Group::of("kind", kind);
        let children = Tally::where_(format!("care/{kind}/children"), &looked_after, |child| {
            count(child) > 0
        });
        let share = Share::of(&children, &everyone);
        ledger.share(about("stability.missing", group(), population), &share, "");
        let times = Tally::of(format!("care/{kind}/times"), &looked_after, |child| {
            count(child)
        });
        ledger.count(
            about("stability.missing", group(), population),
            Unit::Absences,
            &times,
        );
    }
}
