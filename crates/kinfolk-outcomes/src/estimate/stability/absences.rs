//! Children who went missing or were away.

use kinfolk_model::{Group, Unit};

use super::{IN_YEAR, looked_after_in_year};
use crate::care::{CareChildFacts, CareFacts};
use crate::estimate::entry::{Share, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

/// Times in the year.
type Times = fn(&CareChildFacts) -> u32;

const KINDS: [(&str, Times); 2] = [
    ("missing", |child| child.missing_in_year),
    ("away", |child| child.away_in_year),
];

/// Children who went missing or were away, of all looked after in the year.
pub(super) fn write_absences(ledger: &mut Ledger, care: &CareFacts) {
    let rule = care.options.rule;
    let in_year = |child: &CareChildFacts| child.under(rule).days_in_year > 0;
    let everyone = looked_after_in_year(care);
    for (kind, count) in KINDS {
        let group = || Group::of("kind", kind);
        let children = Tally::where_(format!("care/{kind}/children"), &care.children, |child| {
            in_year(child) && count(child) > 0
        });
        let share = Share::of(&children, &everyone);
        ledger.share(about("stability.missing", group(), IN_YEAR), &share, "");
        let times = Tally::of(format!("care/{kind}/times"), &care.children, |child| {
            if in_year(child) { count(child) } else { 0 }
        });
        let subject = about("stability.missing", group(), IN_YEAR);
        ledger.count(subject, Unit::Absences, &times);
    }
}
