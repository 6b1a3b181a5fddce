//! What the ledger says in words.

use kinfolk_model::format;

use super::{Bar, Entry, Kind};
use crate::wording::{fitting_title, in_sentence, list};

/// What the last balance leaves out.
pub(super) const CASH: &str = "Cash is the part of fiscal benefits that a budget can release.";

/// The balances of public budgets and of cash, never as an effect: the effects are inputs.
pub(super) fn title(bars: &[Bar<'_>]) -> String {
    let fiscal = amount(bars, "fiscal");
    let cash = amount(bars, "cashable");
    let words = |amount: f64| match amount >= 0.0 {
        true => "more than it costs",
        false => "less than it costs",
    };
    fitting_title(&[
        format!(
            "As assumed, benefits to public budgets are worth {}",
            match (fiscal >= 0.0, cash >= 0.0) {
                (true, true) => "more than costs, even in cash",
                (true, false) => "more than costs, cash less",
                (false, _) => "less than costs",
            }
        ),
        format!("As assumed, it is worth {} to budgets", words(fiscal)),
        "Costs and benefits as assumed".to_owned(),
    ])
}

fn amount(bars: &[Bar<'_>], case: &str) -> f64 {
    let is_of = |bar: &&Bar<'_>| matches!(bar.entry.kind, Kind::Balance(of) if of == case);
    bars.iter()
        .find(is_of)
        .map_or(0.0, |bar| bar.entry.amount())
}

/// What the chart shows, for those who cannot see it.
pub(super) fn alt(bars: &[Bar<'_>]) -> String {
    let told = |is_wanted: fn(Kind) -> bool| -> Vec<String> {
        let wanted = bars.iter().filter(|bar| is_wanted(bar.entry.kind));
        wanted
            .map(|bar| {
                let label = in_sentence(&bar.entry.label);
                format!("{label} {}", format::pounds(bar.entry.amount().abs()))
            })
            .collect()
    };
    let balances = bars
        .iter()
        .filter(|bar| matches!(bar.entry.kind, Kind::Balance(_)))
        .map(|bar| {
            let label = in_sentence(&bar.entry.label);
            format!("{label} {}", format::pounds(bar.entry.amount()))
        });
    let balances: Vec<String> = balances.collect();
    format!(
        "A waterfall of costs, then of benefits by outcome. Costs: {}. Benefits as assumed: {}. {}.",
        list(&told(|kind| kind == Kind::Cost)),
        list(&told(|kind| matches!(kind, Kind::Benefit(_)))),
        crate::wording::as_sentence(&list(&balances)),
    )
}

/// `£129,862 to £181,075`; of a cost with the sign of its bar.
pub(super) fn interval(entry: &Entry<'_>) -> String {
    let Some((low, high)) = entry.figure.interval() else {
        return String::new();
    };
    let (low, high) = match entry.kind {
        Kind::Cost => (-high, -low),
        _ => (low, high),
    };
    format!("{} to {}", format::pounds(low), format::pounds(high))
}

/// The row of `costs.toml` that a line comes from.
pub(super) fn row_of_inputs(entry: &Entry<'_>) -> String {
    let group = entry.figure.0.map(|released| released.group());
    let row = group.and_then(|group| {
        let named = |key: &str| group.get(key).map(|id| format!("{key} {id}"));
        named("cost").or_else(|| named("outcome"))
    });
    row.unwrap_or_else(|| "the lines above".to_owned())
}
