//! The way through: a folder in, a study and its findings out.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiff::civil::Date;
use kinfolk_model::{
    Child, Connection, ConnectionCount, Finding, Monitoring, Objective, Oc2, Place, Questionnaire,
    Sdq, Study,
};
use rayon::prelude::*;

use crate::assign::{assign, missing_files};
use crate::check;
use crate::csv_sheet::{self, Decoding};
use crate::error::{IngestError, SettingsProblem};
use crate::file::{Content, read_file};
use crate::folder::{self, Kind, ListedFile, file_place};
use crate::row::Context;
use crate::rules;
use crate::settings_file::{StudyFile, parse_study_file};
use crate::table::{Assigned, Record, Rows, read_rows};
use crate::tidy::tidy;
use crate::words::encoding_guessed;

/// What a reader is told from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOptions {
    /// Today: later dates in the data cannot have happened.
    pub today: Date,
}

/// A study as read, with everything that is wrong or doubtful in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The study; every row in it is valid.
    pub study: Study,
    /// All findings, by file, sheet, row, column and rule.
    pub findings: Vec<Finding>,
    /// Every file that was read, by path.
    pub inputs: Vec<InputFile>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// Relative to the study folder, with `/` between its parts.
    pub path: String,
    /// Its size.
    pub bytes: u64,
}

/// Reads the study in a folder.
///
/// # Errors
///
/// [`IngestError`] when there is nothing to read: no such folder, no `study.toml`, or one that cannot
/// be used. Everything else that is wrong is a finding.
///
/// ```
/// use kinfolk_ingest::{IngestError, ReadOptions, read_study};
/// let options = ReadOptions { today: jiff::civil::date(2025, 4, 30) };
/// let error = read_study("no/such/folder".as_ref(), &options).unwrap_err();
/// assert!(matches!(error, IngestError::FolderMissing(_)));
/// ```
pub fn read_study(folder: &Path, options: &ReadOptions) -> Result<Reading, IngestError> {
    let listing = folder::list(folder)?;
    let (study_file, decoding) = read_study_file(&listing.files)?;
    let mut findings = listing.findings;
    findings.extend((decoding == Decoding::Guessed).then(|| encoding_guessed("study.toml")));
    let mut files = listing.files;
    findings.extend(pass_over(&listing.others, &study_file));
    match benchmark(folder, &study_file) {
        Some(Ok(file)) => files.push(file),
        Some(Err(finding)) => findings.push(finding),
        None => {}
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    findings.extend(about_options(&study_file));

    let contents: Vec<Content> = files.par_iter().map(read_file).collect();
    let inputs = inputs(&files, &contents);
    let mut study = Study::new(study_file.settings.clone());
    let mut sheets = Vec::new();
    for content in contents {
        sheets.extend(content.sheets);
        findings.extend(content.findings);
        study.words.extend(content.words);
        study.voices = content.voices.unwrap_or(study.voices);
        study.costs = content.costs.or(study.costs);
    }
    findings.extend(missing_files(&study_file.files, &files, &sheets));

    let statements: Vec<(String, String)> = study.settings.statements.clone().into_iter().collect();
    let (sheets, about_sheets) = assign(sheets, &study_file, &statements);
    findings.extend(about_sheets);
    if sheets.is_empty() {
        findings.push(rules::NO_TABLES.at(file_place("."), "no file here holds a table"));
    }
    let context = Context {
        today: options.today,
        period: study.settings.period,
        statements: &statements,
    };
    read_tables(&sheets, context, &mut study, &mut findings);
    name_authorities(&mut study);
    Ok(Reading {
        study,
        findings: tidy(findings),
        inputs,
    })
}

fn read_study_file(files: &[ListedFile]) -> Result<(StudyFile, Decoding), IngestError> {
    let Some(file) = files.iter().find(|file| file.kind == Kind::Study) else {
        return Err(IngestError::NoStudyFile(Default::default()));
    };
    let path = &file.full;
    let bytes = fs::read(path).map_err(|source| folder::unreadable(path, source))?;
    let (text, decoding) =
        csv_sheet::decode(&bytes).map_err(|_| settings(path, vec![no_text()]))?;
    let study_file = parse_study_file(&text).map_err(|problems| settings(path, problems))?;
    Ok((study_file, decoding))
}

fn settings(path: &Path, problems: Vec<SettingsProblem>) -> IngestError {
    IngestError::Settings {
        path: path.to_owned(),
        problems,
    }
}

fn no_text() -> SettingsProblem {
    SettingsProblem {
        line: 1,
        column: 1,
        message: "the file holds no text".to_owned(),
        help: None,
    }
}

/// Notes each file that is of no use here; the benchmark is not one of them.
fn pass_over(others: &[ListedFile], study: &StudyFile) -> Vec<Finding> {
    let benchmark = study.settings.benchmark.as_deref();
    others
        .iter()
        .filter(|other| Some(other.path.as_str()) != benchmark)
        .map(|other| {
            let message = "the file is not read: it is neither a table nor a part of a study";
            rules::FILE_SKIPPED.at(file_place(&other.path), message)
        })
        .collect()
}

/// The file of `[benchmark]`, which may stand outside the study folder.
fn benchmark(folder: &Path, study: &StudyFile) -> Option<Result<ListedFile, Finding>> {
    let path = study.settings.benchmark.clone()?;
    let full = folder.join(&path);
    Some(match fs::metadata(&full) {
        Ok(about) => Ok(ListedFile {
            path,
            full,
            kind: Kind::Benchmark,
            bytes: about.len(),
        }),
        Err(_) => {
            let message = format!("there is no file `{path}`");
            Err(rules::FILE_MISSING.at(file_place("study.toml"), message))
        }
    })
}

/// Says which value was taken for each option that `study.toml` does not write out.
fn about_options(study: &StudyFile) -> Vec<Finding> {
    let place = |line: Option<u32>, option: &str| Place {
        row: line,
        header: Some(option.to_owned()),
        ..file_place("study.toml")
    };
    let mut findings: Vec<Finding> = study
        .defaulted
        .iter()
        .map(|option| {
            let message = format!(
                "{} is not written out; {} was taken",
                option.option, option.value
            );
            rules::OPTION_DEFAULTED.at(place(option.line, option.option), message)
        })
        .collect();
    if !study.country_is_named {
        let message = format!("no country is named; {} was taken", study.settings.country);
        findings.push(rules::COUNTRY_UNKNOWN.at(place(None, "country"), message));
    }
    findings
}

fn inputs(files: &[ListedFile], contents: &[Content]) -> Vec<InputFile> {
    files
        .iter()
        .zip(contents)
        .filter(|(_, content)| content.is_read)
        .map(|(file, _)| InputFile {
            path: file.path.clone(),
            bytes: file.bytes,
        })
        .collect()
}

fn read_tables(
    sheets: &[Assigned],
    context: Context<'_>,
    study: &mut Study,
    findings: &mut Vec<Finding>,
) {
    let children = rows::<Child>(sheets, context);
    let objectives = rows::<Objective>(sheets, context);
    let connections = rows::<Connection>(sheets, context);
    let connection_counts = rows::<ConnectionCount>(sheets, context);
    let questionnaires = rows::<Questionnaire>(sheets, context);
    let monitoring = rows::<Monitoring>(sheets, context);
    let mut sdq = rows::<Sdq>(sheets, context);
    let oc2 = rows::<Oc2>(sheets, context);
    let births = check::births(&children);
    check::set_coded_from_one_aside(&mut sdq, sheets);
    check::set_unborn_aside(&mut sdq, &births, sheets);
    findings.extend(check::informants_from_headers(sheets));
    findings.extend(check::forms_and_ages(&sdq, &births, sheets));
    findings.extend(check::returns_as_a_whole(&oc2, context.period, sheets));
    findings.extend(check::sector_rules(
        &oc2,
        &children.children,
        &births,
        sheets,
    ));
    findings.extend(check::lost_zeros(sheets));
    if !children.children.is_empty() {
        let known = &children.children;
        findings.extend(check::orphans(&objectives, known, sheets));
        findings.extend(check::orphans(&connections, known, sheets));
        findings.extend(check::orphans(&connection_counts, known, sheets));
        findings.extend(check::orphans(&questionnaires, known, sheets));
        check::set_strangers_aside(&mut sdq, known, sheets);
        findings.extend(check::orphans(&sdq, known, sheets));
        findings.extend(check::other_children(&oc2, known, sheets));
    }
    findings.extend(check::monitoring_against_children(
        &monitoring,
        &children,
        context.period,
        sheets,
    ));
    study.children = children.into_table(findings);
    study.objectives = objectives.into_table(findings);
    study.connections = connections.into_table(findings);
    study.connection_counts = connection_counts.into_table(findings);
    study.questionnaires = questionnaires.into_table(findings);
    study.monitoring = monitoring.into_table(findings);
    study.sdq = sdq.into_table(findings);
    study.oc2 = oc2.into_table(findings);
}

/// The rows of one kind, copies set aside.
fn rows<R: Record>(sheets: &[Assigned], context: Context<'_>) -> Rows<R> {
    let mut rows = read_rows(sheets, context);
    check::set_copies_aside(&mut rows, sheets);
    rows
}

/// Where `study.toml` names no authority, those that the tables name.
fn name_authorities(study: &mut Study) {
    if !study.settings.authorities.is_empty() {
        return;
    }
    let of_children = study
        .children
        .rows
        .iter()
        .filter_map(|row| row.authority.as_ref());
    let of_returns = study.monitoring.rows.iter().map(|row| &row.authority);
    let names: BTreeSet<String> = of_children.chain(of_returns).cloned().collect();
    study.settings.authorities = names.into_iter().collect();
}
