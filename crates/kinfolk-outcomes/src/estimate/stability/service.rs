//! The children of the service beside all children of the authority.

use std::collections::BTreeSet;

use kinfolk_model::{ChildId, Group, Statistic, Unit};
use kinfolk_stats::{EventRate, Proportion, poisson_rate, risk_difference};

use super::measures::DAYS_IN_YEAR;
use super::same_home::{FirstDay, write_same_home};
use super::{absences, endings, leavers, measures, words, yearly};
use crate::care::{AroundStart, CareFacts, TimeInCare};
use crate::estimate::alike::Alike;
use crate::estimate::entry::{Behind, Computed, Detail, Share, about};
use crate::estimate::ledger::{Arm, Ledger};
use crate::estimate::people::{Expected, summaries};
use crate::estimate::tally::Tally;
use crate::{Facts, StudyCareFacts};

/// The children of the service.
const PROGRAMME: Arm = Arm {
    code: "programme",
    words: ", of the children of the service",
};
/// Everyone else.
const COMPARATOR: Arm = Arm {
    code: "comparator",
    words: ", without the children of the service",
};
/// Said of every figure that sets times or children beside each other.
const BEFORE_AND_AFTER: &str = "Before and after, not an effect: work often starts when much has \
    changed, and calmer times follow such times anyway.";
const NOT_COVERED: &str = "the returns cover no child both before and after the start";
const NOT_ALIKE: &str = "Not an effect: the children were not alike to begin with, and the days \
    from which they are followed differ.";
const ON_START: &str = "children whose start is dated and who were looked after on that day";

/// The children of the service: in a table of the service and, where it dates steps, started.
fn of_service(facts: &Facts) -> BTreeSet<&ChildId> {
    let expected = Expected::in_study(&summaries(facts));
    let children = facts.children.iter();
    let of_service = children.filter(|child| expected.includes(child));
    of_service.map(|child| &child.child_id).collect()
}

/// The measures of the children of the service, and the others beside where a measure has arms.
pub(super) fn write_service(ledger: &mut Ledger, facts: &Facts, care: &StudyCareFacts) {
    let of_service = of_service(facts);
    if of_service.is_empty() {
        return;
    }
    write_found(ledger, facts, care, &of_service);
    let programme = care.everyone.of_children(|id| of_service.contains(id));
    let others = care.everyone.of_children(|id| !of_service.contains(id));
    ledger.within(&PROGRAMME, |ledger| write_programme(ledger, &programme));
    ledger.tie_to_everyone(&PROGRAMME);
    let started = Started::new(care, &of_service);
    ledger.within(&PROGRAMME, |ledger| started.write(ledger));
    ledger.within(&COMPARATOR, |ledger| {
        write_same_home(ledger, &FirstDay::of_everyone(&others));
    });
    ledger.tie_to_everyone(&COMPARATOR);
    write_difference(
        ledger,
        &started.first_day(),
        &FirstDay::of_everyone(&others),
    );
}

fn write_programme(ledger: &mut Ledger, programme: &CareFacts) {
    measures::write_measures(ledger, programme);
    endings::write_endings(ledger, programme);
    absences::write_absences(ledger, programme);
    leavers::write_leavers(ledger, programme);
    yearly::write_yearly(ledger, programme);
}

/// How many of the children of the service the returns know.
fn write_found(
    ledger: &mut Ledger,
    facts: &Facts,
    care: &StudyCareFacts,
    of_service: &BTreeSet<&ChildId>,
) {
    let summaries = summaries(facts);
    let expected = Expected::in_study(&summaries);
    let everyone = expected.tally(&summaries);
    let found = Tally::where_("care/of the service", &care.everyone.children, |child| {
        of_service.contains(&child.child_id)
    });
    let found = found.within(&everyone);
    let subject = about("stability.found", Group::all(), expected.words());
    ledger.share(subject, &Share::of(&found, &everyone), "");
}

/// Children of the service who were looked after on the day on which work started.
struct Started<'c> {
    care: &'c CareFacts,
    children: Vec<&'c AroundStart>,
    days: u16,
}

impl<'c> Started<'c> {
    fn new(care: &'c StudyCareFacts, of_service: &BTreeSet<&ChildId>) -> Self {
        let children = care.around_starts.iter();
        Self {
            children: children
                .filter(|child| child.is_in_care() && of_service.contains(&child.child_id))
                .collect(),
            care: &care.everyone,
            days: care.everyone.options.same_home.days,
        }
    }

    fn first_day(&self) -> FirstDay {
        FirstDay {
            cells: "stability.same_home from start",
            population: ON_START.to_owned(),
            homes: Alike::of(&self.children, |child| child.same_home()),
            from: "start".to_owned(),
            days: self.days,
            rule: self.care.options.rule,
        }
    }

    fn write(&self, ledger: &mut Ledger) {
        write_same_home(ledger, &self.first_day());
        for (at, when) in ["before", "after"].into_iter().enumerate() {
            self.write_rate(ledger, when, |times| times[at]);
        }
    }

    /// Moves for each year in care, in a time of whole days before or after the start. Both times
    /// are those of the same children.
    fn write_rate(
        &self,
        ledger: &mut Ledger,
        when: &str,
        time: impl Fn([TimeInCare; 2]) -> TimeInCare + Sync,
    ) {
        let time = |child: &AroundStart| child.times.map(&time);
        let everyone = Tally::where_("care/around start", &self.children, |_| true);
        let covered = Tally::where_("care/around start/covered", &self.children, |child| {
            child.times.is_some()
        });
        let not_covered = covered.rest_of(&everyone);
        ledger.sum(&everyone, &[covered.clone(), not_covered.clone()]);
        let moves = Tally::of(
            format!("care/moves {when} start"),
            &self.children,
            |child| time(child).map_or(0, |time| time.moves),
        );
        let days: u64 = self
            .children
            .iter()
            .filter_map(|child| time(child))
            .map(|time| u64::from(time.days))
            .sum();
        let rate = EventRate::new(moves.value, days as f64 / DAYS_IN_YEAR).ok();
        let computed = Computed {
            statistic: Statistic::Rate,
            unit: Unit::MovesPerYear,
            method: "poisson-exact/1",
            result: rate.map(|rate| poisson_rate(rate, ledger.confidence())),
        };
        let behind = Behind {
            denominator: &covered.within(&everyone),
            missing: Some(&not_covered),
            rests_on: vec![&moves],
            mean_of: Vec::new(),
        };
        let group = Group::of("when", when);
        let subject = about("stability.move_rate", group, ON_START);
        let options = format!("days={};{}", self.days, words(self.care.options.rule));
        ledger.detailed(
            subject,
            computed,
            &behind,
            Detail::of(options)
                .caution(BEFORE_AND_AFTER)
                .reason(NOT_COVERED),
        );
    }
}

/// The share of the service less that of the others, with nothing taken into account.
fn write_difference(ledger: &mut Ledger, programme: &FirstDay, others: &FirstDay) {
    let (one, two) = (programme.counts(), others.counts());
    let share = |counts: &(Tally, Tally)| Proportion::new(counts.0.value, counts.1.value).ok();
    let result = share(&one)
        .zip(share(&two))
        .and_then(|(one, two)| risk_difference(one, two, ledger.confidence()));
    let named = |arm: &Arm, tally: &Tally| Tally {
        name: format!("{}: {}", arm.code, tally.name),
        ..tally.clone()
    };
    let [same_one, known_one] = [&one.0, &one.1].map(|tally| named(&PROGRAMME, tally));
    let [same_two, known_two] = [&two.0, &two.1].map(|tally| named(&COMPARATOR, tally));
    let both = Tally::of_people(
        "stability.same_home/known in either arm",
        known_one.value + known_two.value,
    );
    ledger.sum(&both, &[known_one.clone(), known_two.clone()]);
    let computed = Computed::of(
        (Statistic::Difference, Unit::Proportion),
        "newcombe/1",
        result,
    );
    let behind = Behind {
        denominator: &both,
        missing: None,
        rests_on: vec![&same_one, &same_two, &known_one, &known_two],
        mean_of: Vec::new(),
    };
    let options = format!(
        "programme from=start;comparator from={};days={};{}",
        others.from,
        others.days,
        words(others.rule)
    );
    let detail = Detail::of(options)
        .caution(NOT_ALIKE)
        .reason("one of the arms is empty");
    let subject = about(
        "stability.same_home.difference",
        Group::all(),
        "children of the service, less other children looked after",
    );
    ledger.detailed(subject, computed, &behind, detail);
}
