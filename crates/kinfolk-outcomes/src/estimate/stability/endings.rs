//! How and why placements ended.

use std::collections::BTreeSet;

use kinfolk_model::Group;
use kinfolk_model::care::ShortCode;
use kinfolk_stats::Proportion;

use super::by_reason::{ByReason, WAYS};
use super::measures::InYear;
use super::{looked_after_in_year, words};
use crate::care::{CareFacts, Reason};
use crate::estimate::alike::Alike;
use crate::estimate::entry::{Share, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

pub(super) const ENDED: &str = "placements that ended in the year";
pub(super) const NOT_RECORDED: &str = "not_recorded";

/// How the placements of a child ended in the year, of all children.
pub(super) type Endings<'c> = Alike<&'c [Reason]>;

pub(super) fn write_endings(ledger: &mut Ledger, care: &CareFacts) {
    let endings = Alike::of(&care.children, |child| child.ends_in_year.as_slice());
    let reasons: BTreeSet<Reason> = endings.kinds().copied().flatten().copied().collect();
    let everyone = looked_after_in_year(care);
    for way in WAYS {
        let table = ByReason {
            endings: &endings,
            everyone: &everyone,
            reasons: reasons
                .iter()
                .filter_map(|reason| (way.code_of)(*reason))
                .collect(),
            options: words(care.options.rule),
            way,
        };
        table.write(ledger);
    }
    tie_moves(ledger, care, (&endings, &reasons));
    for kind in KINDS {
        write_planned(ledger, care, &endings, &kind);
    }
}

/// Where every move in the year ended a placement in it, the two are one count.
fn tie_moves(
    ledger: &mut Ledger,
    care: &CareFacts,
    (endings, reasons): (&Endings<'_>, &BTreeSet<Reason>),
) {
    let all = InYear::of(care).moves(care.options.rule);
    let moved = reasons
        .iter()
        .filter(|reason| matches!(reason, Reason::Moved(_)));
    let moved: Vec<Tally> = moved.map(|reason| ended_for(endings, *reason)).collect();
    if all.value == moved.iter().map(|count| count.value).sum::<u64>() {
        ledger.sum(&all, &moved);
    }
}

/// Endings of one kind, and those of them whose code says that they were planned.
struct Kind {
    code: &'static str,
    belongs: fn(Reason) -> bool,
    planned: Reason,
    /// What is printed beside the share.
    options: &'static str,
}

const HOME_PLANNED: ShortCode = ShortCode::of("E4A");
const HOME_UNPLANNED: ShortCode = ShortCode::of("E4B");
const CARE_PLAN: ShortCode = ShortCode::of("CARPL");

const KINDS: [Kind; 2] = [
    Kind {
        code: "moved",
        belongs: |reason| matches!(reason, Reason::Moved(code) if !code.is_blank()),
        planned: Reason::Moved(CARE_PLAN),
        options: "planned=CARPL",
    },
    Kind {
        code: "returned_home",
        belongs: |reason| matches!(reason, Reason::LeftCare(code) if code == HOME_PLANNED || code == HOME_UNPLANNED),
        planned: Reason::LeftCare(HOME_PLANNED),
        options: "planned=E4A",
    },
];

/// The share of endings of a kind whose code says that they were planned; a child may have several.
fn write_planned(ledger: &mut Ledger, care: &CareFacts, endings: &Endings<'_>, kind: &Kind) {
    let of_kind = |ends: &[Reason]| n_of(ends, |reason| (kind.belongs)(reason));
    let planned = |ends: &[Reason]| n_of(ends, |reason| reason == kind.planned);
    let name = |what: &str| format!("care/endings/{}/{what}", kind.code);
    let all = endings.tally(name("all"), |ends| of_kind(ends));
    let yes = ended_for(endings, kind.planned);
    let rest = endings.tally(name("not planned"), |ends| of_kind(ends) - planned(ends));
    let reasons: BTreeSet<Reason> = endings
        .kinds()
        .copied()
        .flatten()
        .copied()
        .filter(|reason| (kind.belongs)(*reason))
        .collect();
    let parts: Vec<Tally> = reasons.iter().map(|why| ended_for(endings, *why)).collect();
    ledger.sum(&all, &parts);
    let clusters: Vec<Proportion> = care
        .children
        .iter()
        .filter_map(|child| {
            let ends = &child.ends_in_year;
            Proportion::new(u64::from(planned(ends)), u64::from(of_kind(ends))).ok()
        })
        .filter(|cluster| cluster.trials() > 0)
        .collect();
    let subject = about("stability.planned", Group::of("ending", kind.code), ENDED);
    let options = format!("{};{}", kind.options, words(care.options.rule));
    let share = Share::of(&yes, &all).rest(rest);
    ledger.clustered_share_with(subject, &share, &clusters, &options);
}

pub(super) fn n_of(ends: &[Reason], belongs: impl Fn(Reason) -> bool) -> u32 {
    let alike = ends.iter().filter(|end| belongs(**end));
    u32::try_from(alike.count()).unwrap_or(u32::MAX)
}

fn ended_for(endings: &Endings<'_>, reason: Reason) -> Tally {
    let (ending, why) = named(reason);
    let name = format!("care/endings/{ending}/{why}");
    endings.tally(name, |ends| n_of(ends, |end| end == reason))
}

/// The code of an ending and of its reason in groups.
fn named(end: Reason) -> (&'static str, String) {
    match end {
        Reason::Moved(reason) => ("moved", reason_code(reason)),
        Reason::LeftCare(reason) => ("left_care", reason_code(reason)),
        Reason::Lasts => ("lasts", String::new()),
    }
}

/// The code of a reason in groups.
pub(super) fn reason_code(reason: ShortCode) -> String {
    match reason.as_str() {
        "" => NOT_RECORDED.to_owned(),
        code => code.to_owned(),
    }
}
