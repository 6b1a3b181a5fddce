//! `kinfolk value`: what the programme costs and what it is worth.

use std::fs;
use std::path::Path;

use kinfolk::model::{Estimates, Finding, format};
use kinfolk::prelude::Severity;
use kinfolk::{Appraised, Error, frames, value};

use crate::arguments::ValueArguments;
use crate::exit_code::Ending;
use crate::findings::{Style, to_text};
use crate::talk::{Talk, to_stdout};

pub(super) fn run(arguments: &ValueArguments, talk: Talk) -> Result<Ending, Error> {
    let estimates = match &arguments.estimates {
        Some(path) => named_estimates(path)?,
        None => Estimates::default(),
    };
    let appraised = value(&arguments.costs, &estimates)?;
    to_stdout(&appraised.summary().to_json()?);
    if !appraised.findings.is_empty() {
        talk.say(&to_text(&appraised.findings, Style::Plain));
    }
    talk.say(&in_words(&appraised));
    let is_missing = |finding: &Finding| finding.rule == "estimate-missing";
    if arguments.estimates.is_none() && appraised.findings.iter().any(is_missing) {
        talk.say(ESTIMATES);
    }
    if appraised.estimates.is_empty() {
        return Ok(Ending::DataErrors);
    }
    let count = |severity| {
        let alike = appraised.findings.iter().filter(|f| f.severity == severity);
        alike.count()
    };
    Ok(Ending::of_data(
        count(Severity::Error),
        count(Severity::Warning),
        arguments.strict,
    ))
}

/// Said where costs rest on figures of a study and none were given.
const ESTIMATES: &str = "These costs rest on figures of a study: name its estimates.json (from kinfolk analyse) with --estimates.";

fn named_estimates(path: &Path) -> Result<Estimates, Error> {
    let bytes = fs::read(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })?;
    Ok(Estimates {
        records: frames::estimates_from_json(&bytes)?.estimates,
        ..Estimates::default()
    })
}

/// The three ratios side by side.
fn in_words(appraised: &Appraised) -> String {
    let ratio = |case: &str| {
        let of_case = |record: &&kinfolk::model::Estimate| {
            record.measure == "value.return_per_pound"
                && record.group.to_string() == format!("case={case}")
        };
        let record = appraised.estimates.iter().find(of_case);
        let value = record.and_then(|record| record.value);
        value.map_or_else(
            || format::NOT_AVAILABLE.to_owned(),
            |value| format::number(value, 2),
        )
    };
    if appraised.estimates.is_empty() {
        return "Nothing is appraised.".to_owned();
    }
    format!(
        "Return for each pound: {} to public budgets, {} to everyone, {} in cash.",
        ratio("fiscal"),
        ratio("public"),
        ratio("cashable")
    )
}
