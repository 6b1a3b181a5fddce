//! `kinfolk placements`: how stable placements are, from returns.

use std::path::Path;

use kinfolk::model::care::return_year;
use kinfolk::model::format;
use kinfolk::prelude::{Finding, ReadOptions, Severity};
use kinfolk::stages::{
    CareOptions, MoveRule, Placements, PublishedOptions, SameHomeOptions, StabilityOptions,
    placements_watched, write_table,
};
use kinfolk::{Error, findings_to_json, findings_to_xlsx, outputs};

use crate::arguments::PlacementsArguments;
use crate::clock::today;
use crate::exit_code::Ending;
use crate::findings::{Style, counted, to_text};
use crate::progress::Progress;
use crate::talk::{Talk, to_stdout};

pub(super) fn run(arguments: &PlacementsArguments, talk: Talk) -> Result<Ending, Error> {
    let options = CareOptions {
        stability: StabilityOptions {
            on: arguments.on,
            short_break_starts: arguments.short_break_starts,
        },
        rule: MoveRule::new(arguments.moves, arguments.temporary),
        same_home: same_home(arguments),
        country: arguments.country,
    };
    let read = ReadOptions {
        today: today(arguments.as_of.as_of),
    };
    let progress = Progress::silent_without_terminal(talk);
    let confidence = arguments.confidence;
    let placements = placements_watched(&arguments.returns, &read, options, confidence, &progress)?;
    progress.clear();
    let placements = with_published(placements, arguments)?;
    if let Some(path) = &arguments.out {
        write_table(path, |out| placements.write_csv(out))?;
    }
    to_stdout(&placements.summary().to_json()?);
    if let Some(path) = &arguments.findings {
        outputs::write_whole(path, &findings_as(path, &placements.findings)?)?;
    }
    if !placements.findings.is_empty() {
        talk.say(&to_text(&placements.findings, Style::Plain));
    }
    talk.say(&in_words(&placements));
    let n = |severity| {
        let alike = placements
            .findings
            .iter()
            .filter(|f| f.severity == severity);
        alike.count()
    };
    Ok(Ending::of_data(
        n(Severity::Error),
        n(Severity::Warning),
        false,
    ))
}

/// All findings: JSON by the extension of the file, else a work-list as a spreadsheet.
fn findings_as(path: &Path, findings: &[Finding]) -> Result<Vec<u8>, Error> {
    let is_json = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    match is_json {
        true => findings_to_json(findings),
        false => findings_to_xlsx(findings),
    }
}

/// With the official statistics beside, where they are named.
fn with_published(
    placements: Placements,
    arguments: &PlacementsArguments,
) -> Result<Placements, Error> {
    let Some(authority) = &arguments.authority else {
        return Ok(placements);
    };
    let file_names = || {
        let names = arguments
            .published
            .iter()
            .filter_map(|path| path.file_name());
        let names: Vec<String> = names
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.join(", ")
    };
    let options = PublishedOptions {
        authority: authority.clone(),
        year: return_year(arguments.on),
        release: arguments.release.clone().unwrap_or_else(file_names),
    };
    placements.with_published(
        &arguments.published,
        arguments.neighbours.as_deref(),
        &options,
    )
}

/// Without a first day, the question is about the days that end with the day of the count.
fn same_home(arguments: &PlacementsArguments) -> SameHomeOptions {
    let days = arguments.home_days;
    match arguments.home_from {
        Some(from) => SameHomeOptions { from, days },
        None => SameHomeOptions::up_to(arguments.on, days),
    }
}

fn in_words(placements: &Placements) -> String {
    let facts = &placements.facts;
    let years: Vec<String> = facts.years.iter().map(i16::to_string).collect();
    let mut lines = vec![format!(
        "{} read, of returns that end in {}; children with an episode: {}.",
        counted(placements.files.len(), "table"),
        years.join(", "),
        format::count(facts.children.len() as u64),
    )];
    for reason in placements.refusals() {
        lines.push(format!("Measures {reason}."));
    }
    lines.join("\n")
}
