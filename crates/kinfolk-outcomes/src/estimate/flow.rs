//! How many children are at each step, and why fewer than at the step before.

use std::collections::BTreeSet;

use kinfolk_model::{Breakdown, BreakdownRow, Code, Group, Key, Pool, Statistic, Unit};

use super::breakdown::row;
use super::entry::about;
use super::ledger::Ledger;
use super::people::{WITH_SUMMARY, at_step, summaries};
use super::tally::Tally;
use crate::{Facts, LossReason, Step, SummaryFacts};

/// Two steps that may be shown as one, at the later of the two.
struct JointStep {
    code: &'static str,
    label: &'static str,
    before: Step,
    steps: [Step; 2],
}

const JOINT_STEPS: [JointStep; 2] = [
    JointStep {
        code: "conference_to_plan",
        label: "Conference held and plan made",
        before: Step::Started,
        steps: [Step::Conference, Step::Plan],
    },
    JointStep {
        code: "review_to_followed_up",
        label: "Plan reviewed and followed up",
        before: Step::Plan,
        steps: [Step::Review, Step::FollowedUp],
    },
];

pub(super) fn estimate_flow(ledger: &mut Ledger, facts: &Facts) {
    if !facts.has("children") {
        return;
    }
    let summaries = summaries(facts);
    if !summaries.iter().any(|s| s.has_dated_step) {
        no_steps(ledger);
        return;
    }
    let flow = Flow { summaries };
    let mut rows = vec![flow.first_row(ledger)];
    for pair in Step::ALL.windows(2) {
        rows.push(flow.step_row(ledger, pair[0], pair[1]));
    }
    let pools = JOINT_STEPS
        .iter()
        .map(|joint| flow.joint_row(ledger, joint))
        .collect();
    ledger.breakdown(Breakdown {
        id: "reach.flow".to_owned(),
        title: "Children at each step".to_owned(),
        rows,
        pools,
    });
}

fn no_steps(ledger: &mut Ledger) {
    for step in Step::ALL {
        let subject = about("reach.flow", Group::of("step", step.code()), WITH_SUMMARY);
        let note = "no step of the work is dated for any child";
        ledger.nothing(subject, (Statistic::Count, Unit::Children), "count/1", note);
    }
}

struct Flow<'a> {
    summaries: Vec<&'a SummaryFacts>,
}

impl Flow<'_> {
    fn first_row(&self, ledger: &mut Ledger) -> BreakdownRow {
        let step = Step::Referred;
        let key = self.at(ledger, step.code(), step);
        row(step.code(), step.label(), vec![key])
    }

    fn step_row(&self, ledger: &mut Ledger, before: Step, step: Step) -> BreakdownRow {
        let mut keys = vec![self.at(ledger, step.code(), step)];
        keys.extend(self.losses(ledger, step.code(), &[step]));
        self.balance(ledger, before, step, step.code(), &[step]);
        row(step.code(), step.label(), keys)
    }

    fn joint_row(&self, ledger: &mut Ledger, joint: &JointStep) -> Pool {
        let last = joint.steps[1];
        let mut keys = vec![self.at(ledger, joint.code, last)];
        keys.extend(self.losses(ledger, joint.code, &joint.steps));
        self.balance(ledger, joint.before, last, joint.code, &joint.steps);
        let parts = joint
            .steps
            .map(|step| self.loss(step.code(), &[step], None));
        ledger.sum(&self.loss(joint.code, &joint.steps, None), &parts);
        for reason in self.reasons(&joint.steps) {
            let parts: Vec<Tally> = joint
                .steps
                .map(|step| self.loss(step.code(), &[step], Some(reason)))
                .map(unguarded_if_none)
                .to_vec();
            ledger.sum(&self.loss(joint.code, &joint.steps, Some(reason)), &parts);
        }
        Pool {
            row: row(joint.code, joint.label, keys),
            of: joint.steps.map(|step| step.code().to_owned()).to_vec(),
        }
    }

    fn at(&self, ledger: &mut Ledger, code: &str, step: Step) -> Key {
        let subject = about("reach.flow", Group::of("step", code), WITH_SUMMARY);
        ledger.count(subject, Unit::Children, &at_step(&self.summaries, step))
    }

    /// Those lost on the way to a step, in all and by reason.
    fn losses(&self, ledger: &mut Ledger, code: &str, steps: &[Step]) -> Vec<Key> {
        let subject = |group| about("reach.flow_loss", group, "children at the step before");
        let group = Group::of("step", code);
        let total = self.loss(code, steps, None);
        let mut keys = vec![ledger.count(subject(group.clone()), Unit::Children, &total)];
        let mut parts = Vec::new();
        for reason in self.reasons(steps) {
            let part = self.loss(code, steps, Some(reason));
            let group = group.clone().and("reason", reason_code(reason));
            keys.push(ledger.count(subject(group), Unit::Children, &part));
            parts.push(part);
        }
        ledger.sum(&total, &parts);
        let words = format!(
            "Why fewer children are at a step: {}",
            step_words(code, steps)
        );
        ledger.droppable(words, keys[1..].iter().cloned());
        keys
    }

    fn balance(&self, ledger: &mut Ledger, before: Step, step: Step, code: &str, lost: &[Step]) {
        let parts = [at_step(&self.summaries, step), self.loss(code, lost, None)];
        ledger.sum(&at_step(&self.summaries, before), &parts);
    }

    fn loss(&self, code: &str, steps: &[Step], reason: Option<LossReason>) -> Tally {
        let name = match reason {
            Some(reason) => format!("flow/lost/{code}/{}", reason_code(reason)),
            None => format!("flow/lost/{code}"),
        };
        Tally::where_(name, &self.summaries, |s| {
            s.flow.loss.is_some_and(|loss| {
                steps.contains(&loss.step) && reason.is_none_or(|reason| loss.reason == reason)
            })
        })
    }

    fn reasons(&self, steps: &[Step]) -> BTreeSet<LossReason> {
        self.summaries
            .iter()
            .filter_map(|s| s.flow.loss)
            .filter(|loss| steps.contains(&loss.step))
            .map(|loss| loss.reason)
            .collect()
    }
}

/// A reason that nobody has at a step has no row there, so that there is nothing to guard; yet no reader
/// knows that nobody has it, and the sum must not say so.
fn unguarded_if_none(count: Tally) -> Tally {
    match count.is_zero() {
        true => Tally::of_things(count.name, 0),
        false => count,
    }
}

fn reason_code(reason: LossReason) -> &'static str {
    match reason {
        LossReason::Ended(reason) => reason.code(),
        LossReason::NotYet => "not_yet",
    }
}

fn step_words(code: &str, steps: &[Step]) -> &'static str {
    JOINT_STEPS
        .iter()
        .find(|joint| joint.code == code)
        .map_or(steps[0].label(), |joint| joint.label)
}
