//! Made-up appraisals, released, for tests and for looking at the charts.

use kinfolk_disclosure::Release;
use kinfolk_model::{Estimate, Statistic, Unit};

use crate::samples::{Sample, blank};

const OPTIONS: &str = "prices=2024;years=5;discount=green-book;draws=10000;seed=1";

/// A figure with its interval, an option of its own and a note.
fn figure(key: (&str, &str, Statistic, Unit), values: [f64; 3], own: &str, note: &str) -> Estimate {
    let (measure, part, statistic, unit) = key;
    let [value, lower, upper] = values;
    let has_interval = lower < upper;
    Estimate {
        value: Some(value),
        lower: has_interval.then_some(lower),
        upper: has_interval.then_some(upper),
        level: has_interval.then_some(0.95),
        options: format!("{OPTIONS}{own}"),
        note: note.to_owned(),
        ..blank(measure, part, statistic, unit)
    }
}

fn money(sample: &mut Sample, measure: &str, part: &str, value: f64, texts: (&str, &str)) {
    let key = (measure, part, Statistic::Money, Unit::Pounds);
    let half = value.abs() / 5.0;
    sample.push(figure(
        key,
        [value, value - half, value + half],
        texts.0,
        texts.1,
    ));
}

fn ratio(sample: &mut Sample, part: &str, values: [f64; 3]) {
    let key = ("value.return_per_pound", part, Statistic::Ratio, Unit::None);
    sample.push(figure(key, values, "", ""));
}

/// The balances of the three cases.
pub(crate) fn add_balances(sample: &mut Sample, balances: [f64; 3], ratios: [f64; 3]) {
    for ((case, balance), return_) in ["fiscal", "public", "cashable"]
        .iter()
        .zip(balances)
        .zip(ratios)
    {
        let part = format!("case={case}");
        money(sample, "value.net_present_value", &part, balance, ("", ""));
        ratio(sample, &part, [return_, return_ - 2.0, return_ + 2.5]);
    }
}

pub(crate) fn add_cost(sample: &mut Sample, id: &str, label: &str, value: f64) {
    money(
        sample,
        "value.cost",
        &format!("cost={id}"),
        value,
        ("", label),
    );
}

pub(crate) fn add_benefit(sample: &mut Sample, id: &str, label: &str, class: &str, value: f64) {
    let own = format!(";class={class}");
    let part = format!("outcome={id}");
    money(sample, "value.benefit", &part, value, (&own, label));
}

/// Both ends of an input, with the value at which the answer turns.
pub(crate) fn add_bar(
    sample: &mut Sample,
    (id, label): (&str, &str),
    [low, high]: [f64; 2],
    turns: Option<(f64, f64, Unit)>,
) {
    for case in ["fiscal", "public"] {
        let part = format!("case={case};input={id}");
        for (end, value) in [("low", low), ("high", high)] {
            let verdict = if value >= 1.0 { "pays" } else { "does not pay" };
            let part = format!("{part};end={end}");
            let key = (
                "value.sensitivity",
                part.as_str(),
                Statistic::Ratio,
                Unit::None,
            );
            let note = format!("{label}: {verdict}");
            sample.push(figure(key, [value; 3], "", &note));
        }
        let (at, change, unit) = turns.unwrap_or((f64::NAN, f64::NAN, Unit::Proportion));
        let known = turns.map(|_| ());
        for (statistic, unit, value) in [
            (Statistic::Amount, unit, at),
            (Statistic::Difference, Unit::Proportion, change),
        ] {
            let key = ("value.switching", part.as_str(), statistic, unit);
            sample.push(Estimate {
                value: known.map(|()| value),
                ..figure(key, [0.0; 3], "", label)
            });
        }
    }
}

/// The probability that each pound returns at least so much, by case.
pub(crate) fn add_chances(sample: &mut Sample, at_least: &[(&str, [f64; 3])]) {
    for (at, case) in ["fiscal", "public", "cashable"].iter().enumerate() {
        for (return_, chances) in at_least {
            let mut parts = vec![format!("case={case};return={return_}")];
            if *return_ == "1" {
                parts.push(format!("case={case}"));
            }
            for part in parts {
                let key = (
                    "value.probability_pays",
                    part.as_str(),
                    Statistic::Proportion,
                    Unit::Proportion,
                );
                sample.push(figure(key, [chances[at]; 3], "", ""));
            }
        }
    }
}

pub(crate) fn add_weeks(sample: &mut Sample, outcome: &str, placement: &str, weeks: [f64; 2]) {
    for (measure, weeks) in ["value.break_even", "value.outcomes"].iter().zip(weeks) {
        let part = format!("outcome={outcome};counted=child_weeks");
        let key = (*measure, part.as_str(), Statistic::Amount, Unit::ChildWeeks);
        let own = format!(";placement={placement}");
        sample.push(figure(key, [weeks; 3], &own, "Weeks avoided"));
    }
}

/// An appraisal as a study has one.
pub(crate) fn hartwell() -> Release {
    filled().release()
}

fn filled() -> Sample {
    let mut sample = Sample::new();
    add_cost(&mut sample, "coordinators", "Coordinators", 145_839.0);
    add_cost(&mut sample, "support", "Training and support", 8_800.0);
    add_benefit(
        &mut sample,
        "weeks_in_homes",
        "Weeks in a children's home avoided",
        "fiscal",
        225_089.0,
    );
    add_benefit(
        &mut sample,
        "searches",
        "Police searches avoided",
        "fiscal",
        28_210.0,
    );
    add_benefit(
        &mut sample,
        "exclusions",
        "Years after exclusion avoided",
        "fiscal",
        3_700.0,
    );
    add_benefit(
        &mut sample,
        "wellbeing",
        "Points of life satisfaction gained",
        "social",
        93_475.0,
    );
    add_balances(
        &mut sample,
        [102_360.0, 195_834.0, -15_655.0],
        [1.66, 2.27, 0.90],
    );
    add_bar(
        &mut sample,
        (
            "outcome.weeks_in_homes.difference",
            "Weeks in a children's home avoided: difference from the comparison",
        ),
        [-0.76, 4.09],
        Some((0.0164, -0.45, Unit::Proportion)),
    );
    add_bar(
        &mut sample,
        ("cost.coordinators", "Coordinators"),
        [1.84, 1.35],
        Some((237_989.0, 0.70, Unit::Pounds)),
    );
    add_bar(
        &mut sample,
        ("engagement", "Children who take part"),
        [1.50, 1.81],
        Some((0.481, -0.40, Unit::Proportion)),
    );
    add_bar(
        &mut sample,
        ("discount_rate", "Discount rate"),
        [1.67, 1.65],
        None,
    );
    add_chances(
        &mut sample,
        &[
            ("0.5", [0.79, 0.89, 0.62]),
            ("1", [0.68, 0.80, 0.45]),
            ("1.5", [0.54, 0.69, 0.25]),
            ("2", [0.40, 0.55, 0.11]),
            ("3", [0.19, 0.29, 0.02]),
        ],
    );
    add_weeks(
        &mut sample,
        "weeks_in_homes",
        "childrens_home",
        [27.1, 37.3],
    );
    sample
}

/// Every figure rests on a count of few children.
pub(crate) fn withheld() -> Release {
    let mut sample = filled();
    sample.withhold_all();
    sample.release()
}

/// No input has a spread, no placement is avoided, and nothing pays.
pub(crate) fn certain() -> Release {
    let mut sample = Sample::new();
    add_cost(&mut sample, "coordinators", "Coordinators", 40_000.0);
    add_benefit(
        &mut sample,
        "searches",
        "Police searches avoided",
        "fiscal",
        1_200.0,
    );
    add_balances(
        &mut sample,
        [-38_800.0, -38_800.0, -39_900.0],
        [0.03, 0.03, 0.0],
    );
    add_bar(&mut sample, ("searches", "Searches"), [0.02, 0.04], None);
    for case in ["fiscal", "public", "cashable"] {
        let part = format!("case={case}");
        sample.push(blank(
            "value.probability_pays",
            &part,
            Statistic::Proportion,
            Unit::Proportion,
        ));
    }
    sample.release()
}

/// Very large and very small sums, a harm, long names, many inputs and returns close together.
pub(crate) fn extreme() -> Release {
    let mut sample = Sample::new();
    sample.place(
        "The combined authorities of Bath and North East Somerset, Rhondda Cynon Taf & <Wrexham>",
    );
    let long = "Coordinators, their managers, and everyone else who is paid to look for <families> & friends";
    add_cost(&mut sample, "a", long, 123_456_789.0);
    add_cost(&mut sample, "b", "Nothing", 0.0);
    add_cost(&mut sample, "c", "Pence", 1.0);
    add_benefit(&mut sample, "d", long, "fiscal", -9_876_543.0);
    add_benefit(&mut sample, "e", "Work", "economic", 999_999_999.0);
    add_benefit(&mut sample, "f", "Life", "social", 5.0);
    add_balances(
        &mut sample,
        [-133_333_333.0, 866_666_671.0, -123_456_790.0],
        [-0.08, 8.02, 0.0],
    );
    for at in 0..14 {
        let id = format!("input-{at}");
        let swing = 900.0 / f64::from(at + 1);
        let turns = (at % 2 == 0).then_some((1e9, 400.0, Unit::Pounds));
        add_bar(&mut sample, (&id, long), [-swing, swing], turns);
    }
    add_chances(
        &mut sample,
        &[
            ("0.9", [1.0, 1.0, 0.0]),
            ("0.95", [1.0, 1.0, 0.0]),
            ("1", [1.0, 1.0, 0.0]),
            ("1.05", [0.0, 1.0, 0.0]),
            ("100", [0.0, 0.0, 0.0]),
        ],
    );
    add_weeks(&mut sample, "d", "childrens_home", [123_456.7, 0.0]);
    add_weeks(&mut sample, "g", "foster_care", [0.0, 0.4]);
    sample.release()
}
