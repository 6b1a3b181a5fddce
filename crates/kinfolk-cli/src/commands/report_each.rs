//! `kinfolk report --each`: a report for every study below a folder, and one for all of them.

use std::collections::BTreeMap;
use std::path::{Path, absolute};

use kinfolk::prelude::ReadOptions;
use kinfolk::{ALL_AUTHORITIES, ALL_FOLDER, Error, Outcome, RollUpOptions, roll_up};

use super::report::formats;
use crate::arguments::ReportArguments;
use crate::clock::today;
use crate::exit_code::Ending;
use crate::findings::counted;
use crate::progress::Progress;
use crate::talk::{Talk, sentences, to_stderr};

pub(super) fn run(parent: &Path, arguments: &ReportArguments, talk: Talk) -> Result<Ending, Error> {
    let full = |path: &Path| absolute(path).unwrap_or_else(|_| path.to_owned());
    let options = RollUpOptions {
        parent: full(parent),
        out: full(&arguments.out),
        formats: formats(arguments),
        reading: ReadOptions {
            today: today(arguments.as_of.as_of),
        },
    };
    let progress = Progress::new(talk);
    let outcomes = roll_up(&options, &progress)?;
    progress.clear();
    talk.say(&table(&outcomes, &progress.seconds()));
    for outcome in &outcomes {
        if let Err(error) = &outcome.result {
            to_stderr(&format!("{}: {}", outcome.folder, sentences(error)));
        }
    }
    talk.say(&format!("The reports are in {}", arguments.out.display()));
    Ok(ending(&outcomes, arguments.strict))
}

/// The worst that happened: a failure, then a refusal, then errors, then warnings.
fn ending(outcomes: &[Outcome], strict: bool) -> Ending {
    let endings: Vec<Ending> = outcomes
        .iter()
        .map(|outcome| match &outcome.result {
            Ok(done) => Ending::of_data(done.errors, done.warnings, strict),
            Err(error) => match Ending::of_error(error) {
                Ending::Refused => Ending::Refused,
                _ => Ending::Failed,
            },
        })
        .collect();
    [
        Ending::Failed,
        Ending::Refused,
        Ending::DataErrors,
        Ending::Warnings,
    ]
    .into_iter()
    .find(|ending| endings.contains(ending))
    .unwrap_or(Ending::Done)
}

/// What became of each study, a line each.
fn table(outcomes: &[Outcome], seconds: &BTreeMap<String, f64>) -> String {
    let mut rows = vec![[
        "Folder".to_owned(),
        "Authority".to_owned(),
        "Report".to_owned(),
        "Findings".to_owned(),
        "Seconds".to_owned(),
    ]];
    rows.extend(outcomes.iter().map(|outcome| row(outcome, seconds)));
    let widths: [usize; 5] = std::array::from_fn(|column| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or_default()
    });
    let lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let cells: Vec<String> = row
                .iter()
                .zip(widths)
                .map(|(cell, width)| format!("{cell:width$}"))
                .collect();
            cells.join("  ").trim_end().to_owned()
        })
        .collect();
    lines.join("\n")
}

fn row(outcome: &Outcome, seconds: &BTreeMap<String, f64>) -> [String; 5] {
    let name = match outcome.folder.as_str() {
        ALL_FOLDER => ALL_AUTHORITIES,
        folder => folder,
    };
    let (report, findings) = match &outcome.result {
        Ok(done) => (
            counted(done.files, "file"),
            format!(
                "{}, {}",
                counted(done.errors, "error"),
                counted(done.warnings, "warning")
            ),
        ),
        Err(error) if error.is_refusal() => ("refused".to_owned(), String::new()),
        Err(_) => ("failed".to_owned(), String::new()),
    };
    let time = seconds
        .get(name)
        .map_or_else(String::new, |seconds| format!("{seconds:.1}"));
    [
        outcome.folder.clone(),
        outcome.authority.clone(),
        report,
        findings,
        time,
    ]
}
