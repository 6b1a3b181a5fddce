//! Entered scores beside what they should follow from.
//!
//! Only whole scales are held against their items: where an item was left out, programs differ.

use kinfolk_model::{SDQ_SCALES, Sdq, SdqItem, SdqItems};

use crate::row::RowReader;
use crate::rules;

/// The columns of the scales, in the order of [`SDQ_SCALES`]; the first four make up the total.
const SCALES: [&str; 5] = ["emotional", "conduct", "hyperactivity", "peer", "prosocial"];

/// Warns of each entered score that differs from the sum of its items, or of its scales where there
/// are no items.
pub(super) fn check_entered(row: &mut RowReader<'_>, sdq: &Sdq) {
    let entered = &sdq.entered;
    let scales = [
        entered.emotional,
        entered.conduct,
        entered.hyperactivity,
        entered.peer,
        entered.prosocial,
    ];
    let whole = SDQ_SCALES.map(|scale| sum_of_items(&sdq.items, &scale));
    for ((name, entered), sum) in SCALES.into_iter().zip(scales).zip(whole) {
        compare(row, name, entered, sum, "items");
    }
    let (parts, what) = if sdq.has_items() {
        (whole, "items")
    } else {
        (scales, "scales")
    };
    let sum = parts.into_iter().take(4).sum();
    compare(row, "total", entered.total, sum, what);
}

/// The score of a scale all of whose items are answered.
fn sum_of_items(items: &SdqItems, scale: &[SdqItem]) -> Option<u8> {
    let answer = |item: &SdqItem| {
        let answer = (*items.get(item.at)?)?;
        Some(if item.reversed { 2 - answer } else { answer })
    };
    scale.iter().map(answer).sum()
}

fn compare(
    row: &mut RowReader<'_>,
    name: &'static str,
    entered: Option<u8>,
    sum: Option<u8>,
    what: &str,
) {
    if let (Some(entered), Some(sum)) = (entered, sum)
        && entered != sum
    {
        let message = format!("{name} is {entered}, its {what} give {sum}");
        row.report(&rules::SDQ_SCORES_DISAGREE, name, message);
    }
}
