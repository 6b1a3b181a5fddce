//! Value for money: a cost file to the return per pound, how sure it is, and which input could turn the answer.
//!
//! `cargo run --release -p kinfolk --example value_for_money -- data/demo`

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;
use std::path::PathBuf;

use kinfolk::model::format::{pence, share};
use kinfolk::prelude::*;

const N_INPUTS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).unwrap_or("data/demo".into());
    let folder = PathBuf::from(folder);

    // The cost file names estimates of the study, so the study is analysed first.
    let options = ReadOptions {
        today: date(2025, 6, 1),
    };
    let opened = kinfolk::open(&folder, &options)?;
    let estimates = kinfolk::analyse(&opened);
    let appraised = kinfolk::value(&folder.join("costs.toml"), &estimates)?;
    for finding in &appraised.findings {
        println!("{}: {}", finding.rule, finding.message);
    }

    for case in ["fiscal", "public", "cashable"] {
        let of = |measure: &str, statistic| {
            let key = Key::new(measure, Group::of("case", case), statistic);
            let record = appraised
                .estimates
                .iter()
                .find(|record| record.key() == key);
            record.and_then(|record| record.value)
        };
        let returned = of("value.return_per_pound", Statistic::Ratio);
        let sure = of("value.probability_pays", Statistic::Proportion);
        println!(
            "{case}: a pound returns {}, and pays in {} of draws",
            returned.map_or("–".to_owned(), pence),
            sure.map_or("–".to_owned(), share)
        );
    }

    println!("what moves the fiscal return most, at the low and the high end of its spread:");
    let ends = appraised.estimates.iter().filter(|record| {
        record.measure == "value.sensitivity" && record.group.get("case") == Some("fiscal")
    });
    // Two ends of each input, the most important first.
    for record in ends.take(2 * N_INPUTS) {
        let value = record.value.map_or("–".to_owned(), pence);
        println!("  {}: {value}", record.group);
    }
    Ok(())
}
