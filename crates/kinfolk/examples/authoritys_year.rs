//! An authority's year: a study folder to findings, estimates, and what of them may be published.
//!
//! `cargo run --release -p kinfolk --example authoritys_year -- data/demo`

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;
use std::path::PathBuf;

use kinfolk::model::format;
use kinfolk::prelude::*;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).unwrap_or("data/demo".into());
    let folder = PathBuf::from(folder);

    // Nothing in the library reads the clock, so today is said here.
    let options = ReadOptions {
        today: date(2025, 6, 1),
    };
    let opened = kinfolk::open(&folder, &options)?;
    println!("{}", opened.study.settings.title);

    // Bad data is no error: each fault is a finding with its place.
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        println!("{} findings: {severity:?}", opened.count(severity));
    }

    // Every estimate is a record with its count and its interval. Nothing is hidden yet.
    let estimates = kinfolk::analyse(&opened);
    for estimate in &estimates.records {
        if estimate.measure == "objectives.met" {
            println!("{}", in_words(estimate));
        }
    }

    // Disclosure control decides what may leave the building.
    let release = kinfolk::release(&estimates, &opened.study)?;
    let n_withheld = release
        .records()
        .iter()
        .filter(|figure| matches!(figure.value(), Shown::Withheld))
        .count();
    println!("{n_withheld} figures are withheld");
    Ok(())
}

/// `objectives met [category=father]: 12 of 18, 67% (44% to 84%)`.
fn in_words(estimate: &Estimate) -> String {
    let share = |value: Option<f64>| value.map_or("not known".to_owned(), format::share);
    let count = match (estimate.numerator, estimate.denominator) {
        (Some(numerator), Some(denominator)) => format::of(numerator, denominator),
        _ => "no count".to_owned(),
    };
    let part = match estimate.group.is_all() {
        true => "all".to_owned(),
        false => estimate.group.to_string(),
    };
    format!(
        "objectives met [{part}]: {count}, {} ({} to {})",
        share(estimate.value),
        share(estimate.lower),
        share(estimate.upper)
    )
}
