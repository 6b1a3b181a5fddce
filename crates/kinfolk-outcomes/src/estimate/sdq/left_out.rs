//! Later scores that are left out of change, by reason.

use kinfolk_model::Unit;

use super::waves::{Later, Waves};
use crate::SdqLeftOut;
use crate::estimate::entry::about;
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

const LEFT_OUT: &str = "sdq.left_out";

pub(super) fn estimate_left_out(ledger: &mut Ledger, waves: &Waves<'_>) {
    for later in &waves.later {
        write(ledger, waves, later);
    }
}

/// That scores are not comparable says nothing of a child; why they are not (the form for younger
/// children) may, so the reasons are counts of children, dropped first.
fn write(ledger: &mut Ledger, waves: &Waves<'_>, later: &Later<'_>) {
    let (whose, wave) = (waves.whose(), later.wave.words());
    let population = format!("children with {whose} at the baseline and at {wave}");
    let group = waves.group(later.wave);
    let all = later.not_comparable.n();
    ledger.count(
        about(LEFT_OUT, group.clone(), &population),
        Unit::Children,
        &all,
    );
    let counts = SdqLeftOut::ALL.map(|reason| count(later, reason));
    let keys: Vec<_> = SdqLeftOut::ALL
        .iter()
        .zip(&counts)
        .map(|(reason, count)| {
            let group = group.clone().and("reason", reason.code());
            ledger.count(about(LEFT_OUT, group, &population), Unit::Children, count)
        })
        .collect();
    ledger.sum(&all, &counts);
    let title = format!("Why {whose} at {wave} is left out of change");
    ledger.droppable(title, keys);
}

/// That nobody is left out for a reason is no count to guard where true zeros are hidden.
fn count(later: &Later<'_>, reason: SdqLeftOut) -> Tally {
    // The same children may be left out at two waves, each time for another reason.
    let part = format!("left out at {}={}", later.wave.code(), reason.code());
    let count = later.not_comparable.count(&part, |row| {
        let follow_up = row.series.follow_up(later.wave);
        follow_up.and_then(|follow_up| follow_up.left_out) == Some(reason)
    });
    match count.is_zero() {
        true => Tally::of_things(count.name, 0),
        false => count,
    }
}
