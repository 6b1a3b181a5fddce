//! How many children come to be compared.

use kinfolk_model::{Arm, Code, Group, Unit};

use super::design::{Design, is_compared};
use crate::ComparedFacts;
use crate::estimate::entry::about;
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

const MEASURE: &str = "matching.flow";

/// A step, and whether a child of the cohort takes it.
type Step = (&'static str, fn(&ComparedFacts) -> bool);

const STEPS: [Step; 3] = [
    ("cohort", |_| true),
    ("followed", |child| child.has_index),
    ("compared", is_compared),
];

pub(super) fn write_flow(ledger: &mut Ledger, design: &Design<'_>) {
    for arm in Arm::ALL {
        write_arm(ledger, design, *arm);
    }
}

fn write_arm(ledger: &mut Ledger, design: &Design<'_>, arm: Arm) {
    let own: Vec<&ComparedFacts> = design
        .everyone
        .iter()
        .map(AsRef::as_ref)
        .filter(|child| child.arm == arm)
        .collect();
    let at = |(code, is_at): &Step| {
        let name = format!("comparison/{}/{code}", arm.code());
        Tally::where_(name, &own, |child| is_at(child))
    };
    let mut steps: Vec<(&str, Tally)> = STEPS.iter().map(|step| (step.0, at(step))).collect();
    if design.is_matched() {
        steps.push(("matched", design.matched(arm).n()));
    }
    for (code, tally) in &steps {
        let group = Group::of("step", code);
        let subject = about(MEASURE, group, "children of the cohort").in_arm(arm);
        ledger.count(subject, Unit::Children, tally);
    }
    for pair in steps.windows(2) {
        let ([(_, before), (code, after)], lost) = (
            [&pair[0], &pair[1]],
            pair[0].1.value.saturating_sub(pair[1].1.value),
        );
        // Who is left out for want of a record or of a pair is told by nothing that befell a child.
        let lost = Tally::of_things(format!("comparison/{}/before {code}", arm.code()), lost);
        let group = Group::of("left_out_before", code);
        let subject = about(MEASURE, group, "children of the step before").in_arm(arm);
        ledger.count(subject, Unit::Children, &lost);
        ledger.sum(before, &[after.clone(), lost]);
    }
}
