//! What the programme costs and what it is worth: the ledger of costs and benefits, what the answer
//! hangs on, the probability that it pays, and the child-weeks that would pay for it.

mod break_even;
mod ledger;
mod probability;
mod tornado;

use kinfolk_disclosure::{Release, Released};
use kinfolk_model::{Group, Statistic, format};

pub use break_even::draw_value_break_even;
pub use ledger::draw_value_ledger;
pub use probability::draw_value_probability;
pub use tornado::draw_value_tornado;

use crate::figure::Figure;
use crate::layout::NotDrawn;
use crate::palette::{Colour, DARK_BLUE, LIGHT_BLUE, PALE_BLUE, WHITE};
use crate::reading::Reading;
use crate::wording::{place_and_period, source};

/// Where the figures come from, as sources name it.
const RECORDS: &str = "costs.toml and unit-costs.csv";

/// The three answers, in the order of the report, with the fill of each.
const CASES: [(&str, &str, Colour); 3] = [
    ("fiscal", "Public budgets", DARK_BLUE),
    ("public", "Everyone", PALE_BLUE),
    ("cashable", "Cash only", WHITE),
];

/// The fill of a benefit by its class: to public budgets, to the economy, to people.
fn fill_of(class: &str) -> Colour {
    match class {
        "fiscal" => DARK_BLUE,
        "economic" => LIGHT_BLUE,
        _ => PALE_BLUE,
    }
}

/// The return for each pound of that case.
fn return_of<'a>(release: &'a Release, case: &str) -> Reading<'a> {
    let group = Group::of("case", case);
    Reading::of(release, "value.return_per_pound", &group, Statistic::Ratio)
}

/// What follows a name among the options of a figure: `2024` for `prices`.
fn option<'a>(released: &'a Released, name: &str) -> Option<&'a str> {
    let mut options = released.options().split(';');
    options.find_map(|option| option.strip_prefix(name)?.strip_prefix('='))
}

/// `In prices of 2024, worth today.`
fn prices(release: &Release) -> String {
    let any = release.of("value.cost").next();
    match any.and_then(|cost| option(cost, "prices")) {
        Some(year) => format!("In prices of {year}."),
        None => "In the prices of one year.".to_owned(),
    }
}

/// The source of a chart of the appraisal.
fn source_line(release: &Release, notes: &[&str]) -> String {
    let prices = prices(release);
    source(release, RECORDS, prices.trim_end_matches('.'), notes)
}

/// A chart whose figures are all withheld.
fn withheld(release: &Release, id: &'static str, subject: &'static str) -> Figure {
    NotDrawn {
        id,
        subject,
        subtitle: format!("{subject}, {}", place_and_period(release)),
        reason: source(
            release,
            RECORDS,
            "The figures rest on too few children to be shown",
            &["They can be shown once more children take part, for example over several years."],
        ),
    }
    .figure()
}

/// Round numbers from no more than the low end to no less than the high end, three to eight of
/// them, nought among them where the range holds it.
fn signed_ticks(low: f64, high: f64) -> Vec<f64> {
    const FACTORS: [f64; 4] = [1.0, 2.0, 5.0, 10.0];
    const MOST: f64 = 5.0;
    let span = (high - low).max(f64::MIN_POSITIVE);
    let power = 10f64.powf((span / MOST).log10().floor());
    let steps = FACTORS.map(|factor| factor * power);
    let fits = |step: &f64| (high / step).ceil() - (low / step).floor() <= MOST + 1.0;
    let step = steps.into_iter().find(fits).unwrap_or(10.0 * power);
    let (first, last) = ((low / step).floor() as i32, (high / step).ceil() as i32);
    (first..=last).map(|at| f64::from(at) * step).collect()
}

/// Pounds on an axis: `£50k`, `£1.5m`, `−£200`.
fn axis_pounds(value: f64) -> String {
    let size = value.abs();
    let sign = if value < 0.0 { "\u{2212}" } else { "" };
    let scaled = |by: f64, suffix: &str| {
        let number = size / by;
        let decimals = usize::from((number - number.round()).abs() > 0.04);
        format!("{sign}£{}{suffix}", format::number(number, decimals))
    };
    if size >= 999_500.0 {
        scaled(1e6, "m")
    } else if size >= 1_000.0 {
        scaled(1e3, "k")
    } else if (value - value.round()).abs() > 1e-9 {
        format::pence(value)
    } else {
        format::pounds(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_reach_both_ends_and_hold_nought() {
        let check = |low, high, expected: &[f64]| {
            let found = signed_ticks(low, high);
            assert_eq!(found.len(), expected.len(), "{found:?}");
            for (one, two) in found.iter().zip(expected) {
                assert!((one - two).abs() < 1e-9 * high.abs().max(1.0), "{found:?}");
            }
        };
        check(
            -154_639.0,
            195_834.0,
            &[-200_000.0, -100_000.0, 0.0, 100_000.0, 200_000.0],
        );
        check(-0.7, 4.05, &[-1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        check(0.0, 1.0, &[0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        check(-8.0, 0.0, &[-8.0, -6.0, -4.0, -2.0, 0.0]);
    }

    #[test]
    fn pounds_on_an_axis_are_short() {
        let check = |value, expected: &str| assert_eq!(axis_pounds(value), expected);
        check(0.0, "£0");
        check(-200.0, "\u{2212}£200");
        check(0.5, "£0.50");
        check(50_000.0, "£50k");
        check(2_500.0, "£2.5k");
        check(-1_500_000.0, "\u{2212}£1.5m");
    }
}
