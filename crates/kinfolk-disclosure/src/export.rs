//! Released figures as estimates again, for JSON, CSV and Parquet, and back.

use kinfolk_model::{Estimate, format};

use crate::{Benchmark, Release, Released, Shown};

/// What opens a note about withheld numbers, before their names.
const OPENING: &str = "[c] Withheld: ";

impl Release {
    /// The figures as estimates, for files that other programs read. Numbers that are withheld are
    /// missing, and the note then begins with `[c]` and names them.
    pub fn to_estimates(&self) -> Vec<Estimate> {
        self.records.iter().map(to_estimate).collect()
    }
}

/// Figures for comparison from the estimates of another release, as a file of released estimates
/// holds them.
pub fn benchmark_from_records(label: &str, records: Vec<Estimate>) -> Benchmark {
    Benchmark {
        label: label.to_owned(),
        records: records.into_iter().map(from_estimate).collect(),
    }
}

fn to_estimate(released: &Released) -> Estimate {
    let interval = released.interval.figure();
    Estimate {
        measure: released.key.measure.clone(),
        population: released.population.clone(),
        arm: released.key.arm.clone(),
        group: released.key.group.clone(),
        statistic: released.key.statistic,
        value: released.value.figure(),
        lower: interval.map(|(lower, _)| lower),
        upper: interval.map(|(_, upper)| upper),
        level: released.level,
        unit: released.unit,
        numerator: released.numerator.figure(),
        denominator: released.denominator.figure(),
        n_missing: released.n_missing.figure(),
        method: released.method.clone(),
        options: released.options.clone(),
        note: note(released),
    }
}

fn note(released: &Released) -> String {
    let withheld = [
        (released.value.is_withheld(), "value"),
        (released.interval.is_withheld(), "interval"),
        (released.numerator.is_withheld(), "numerator"),
        (released.denominator.is_withheld(), "denominator"),
        (released.n_missing.is_withheld(), "n_missing"),
    ];
    let names: Vec<&str> = withheld
        .into_iter()
        .filter(|(is_withheld, _)| *is_withheld)
        .map(|(_, name)| name)
        .collect();
    if names.is_empty() {
        return released.note.clone();
    }
    let opening = format!("{OPENING}{}.", names.join(", "));
    format!("{opening} {}", released.note).trim_end().to_owned()
}

fn from_estimate(estimate: Estimate) -> Released {
    let (withheld, note) = split_note(&estimate.note);
    let is_withheld = |name: &str| withheld.contains(&name);
    Released {
        key: estimate.key(),
        value: read(estimate.value, is_withheld("value")),
        interval: read(estimate.lower.zip(estimate.upper), is_withheld("interval")),
        numerator: read(estimate.numerator, is_withheld("numerator")),
        denominator: read(estimate.denominator, is_withheld("denominator")),
        n_missing: read(estimate.n_missing, is_withheld("n_missing")),
        // A benchmark's counts are never printed beside its shares.
        is_rounded: false,
        level: estimate.level,
        unit: estimate.unit,
        note: note.to_owned(),
        population: estimate.population,
        method: estimate.method,
        options: estimate.options,
    }
}

/// The names of what is withheld, and the rest of the note.
fn split_note(note: &str) -> (Vec<&str>, &str) {
    let Some((names, rest)) = note
        .strip_prefix(OPENING)
        .and_then(|note| note.split_once('.'))
    else {
        // Written by another program: the sign alone says that all that is missing is withheld.
        return match note.strip_prefix(format::WITHHELD) {
            Some(rest) => (ALL.to_vec(), rest.trim_start()),
            None => (Vec::new(), note),
        };
    };
    (names.split(", ").collect(), rest.trim_start())
}

const ALL: [&str; 5] = ["value", "interval", "numerator", "denominator", "n_missing"];

fn read<T>(figure: Option<T>, is_withheld: bool) -> Shown<T> {
    match (figure, is_withheld) {
        (Some(figure), _) => Shown::Figure(figure),
        (None, true) => Shown::Withheld,
        (None, false) => Shown::Absent,
    }
}
