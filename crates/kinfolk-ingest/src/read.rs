//! The way through: a folder in, a study and its findings out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use kinfolk_model::care::CareReturns;
use kinfolk_model::{
    Child, CohortChild, Connection, ConnectionCount, Event, Finding, Monitoring, Objective, Oc2,
    Place, PublishedSettings, PublishedStatistics, Questionnaire, Sdq, Study,
};
use rayon::prelude::*;

use crate::assign::{assign, forced, missing_files};
use crate::check::{self, Known};
use crate::csv_sheet::{self, Decoding};
use crate::error::{IngestError, SettingsProblem};
use crate::file::{Content, read_file};
use crate::folder::{self, Kind, ListedFile, file_place};
use crate::gathered::Gathered;
use crate::meter::{Meter, OnRead};
use crate::plain::PlainError;
use crate::plain::published::{of_releases, read_neighbours, read_published};
use crate::returns::StudyReturns;
use crate::row::Context;
use crate::rules;
use crate::settings_file::{Defaulted, NamedFile, StudyFile, parse_study_file};
use crate::sheet::{Format, Sheet};
use crate::table::{Assigned, Record, Rows, read_rows};
use crate::tidy::tidy;
use crate::words::encoding_guessed;
use crate::yearly::share_yearly_outcomes;

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
    read_study_watched(folder, options, &|_, _| {})
}

/// As [`read_study`], telling how much of the files has been read.
///
/// # Errors
///
/// Those of [`read_study`].
pub fn read_study_watched(
    folder: &Path,
    options: &ReadOptions,
    on_read: &OnRead<'_>,
) -> Result<Reading, IngestError> {
    let listing = folder::list(folder)?;
    let (study_file, decoding) = read_study_file(&listing.files)?;
    let mut findings = Gathered::from(listing.findings);
    findings.extend((decoding == Decoding::Guessed).then(|| encoding_guessed("study.toml")));
    let mut files = listing.files;
    findings.extend(pass_over(&listing.others, &study_file));
    for (path, kind) in named_beside(&study_file) {
        files.retain(|file| file.path != path);
        match file_named(folder, path, kind) {
            Some(file) => files.push(file),
            None => findings.push(no_file(path)),
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    findings.extend(about_options(&study_file));
    files
        .par_iter_mut()
        .for_each(|file| sort_out(file, &study_file));

    let meter = Meter::new(files.iter().map(|file| file.bytes).sum(), on_read);
    let contents: Vec<Content> = files.par_iter().map(read_file).collect();
    let is_whole = |file: &&ListedFile| !matches!(file.kind, Kind::Delimited | Kind::Return);
    meter.add(files.iter().filter(is_whole).map(|file| file.bytes).sum());
    let inputs = inputs(&files, &contents);
    let mut study = Study::new(study_file.settings.clone());
    let returns = StudyReturns::new(options.today, &study_file.returns, &meter);
    let mut of_returns = Vec::new();
    let (mut sheets, mut sheet_names) = (Vec::new(), Vec::new());
    for (file, content) in files.iter().zip(contents) {
        let named = content.sheets.iter();
        sheet_names.extend(named.map(|sheet| (sheet.file.clone(), sheet.name.clone())));
        let (of_return, others) = parted(content.sheets, &study_file);
        of_returns.push((file, of_return));
        sheets.extend(others);
        findings.extend(content.findings);
        study.words.extend(content.words);
        study.voices = content.voices.unwrap_or(study.voices);
        study.costs = content.costs.or(study.costs);
    }
    findings.extend(missing_files(&study_file.files, &files, &sheet_names));
    let of_return = &study_file.returns.files;
    findings.extend(missing_files(of_return, &files, &sheet_names));

    let statements: Vec<(String, String)> = study.settings.statements.clone().into_iter().collect();
    let (sheets, about_sheets) = assign(sheets, &study_file, &statements);
    findings.extend(about_sheets);
    let named = study.settings.care.published.as_ref();
    study.published = named.map(|named| published(folder, named, &mut findings));
    let context = Context {
        today: options.today,
        period: study.settings.period,
        statements: &statements,
        meter: &meter,
    };
    read_tables(&sheets, context, &mut study, &mut findings);
    let has_tables = !sheets.is_empty();
    // The text of tables makes room for returns, which may be as long.
    drop(sheets);
    let (care, about_returns) = read_returns(returns, &of_returns);
    findings.extend(about_returns);
    study.care = care;
    if !has_tables && !study.care.is_present() {
        findings.push(rules::NO_TABLES.at(file_place("."), "no file here holds a table"));
    }
    if study.care.is_present() {
        findings.extend(share_yearly_outcomes(&mut study));
        findings.extend(defaulted(&study_file.defaulted_for_returns));
        findings.push(check::children_in_returns(&study));
        findings.extend(check::settle_day(&mut study));
    }
    name_authorities(&mut study);
    Ok(Reading {
        study,
        findings: tidy(findings),
        inputs,
    })
}

/// The returns of a study, from files and then from sheets of workbooks, each in the order of their
/// files.
fn read_returns(
    mut returns: StudyReturns,
    of_returns: &[(&ListedFile, Vec<Sheet>)],
) -> (CareReturns, Vec<Finding>) {
    let files = of_returns.iter().map(|(file, _)| *file);
    let files: Vec<&ListedFile> = files.filter(|file| file.kind == Kind::Return).collect();
    returns.files(&files);
    let sheets = of_returns.iter().flat_map(|(_, sheets)| sheets);
    sheets.for_each(|sheet| returns.sheet(sheet));
    returns.finish()
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

/// Notes each file that is of no use here; those that `study.toml` names are not among them.
fn pass_over(others: &[ListedFile], study: &StudyFile) -> Vec<Finding> {
    let is_named = |other: &ListedFile| named_beside(study).any(|(path, _)| path == other.path);
    others
        .iter()
        .filter(|other| !is_named(other))
        .map(|other| {
            let message = "the file is not read: it is neither a table nor a part of a study";
            rules::FILE_SKIPPED.at(file_place(&other.path), message)
        })
        .collect()
}

/// The files that `[benchmark]` and `[published]` name. They may stand outside the study folder.
fn named_beside(study: &StudyFile) -> impl Iterator<Item = (&str, Kind)> {
    let benchmark = study.settings.benchmark.as_deref();
    let published = study.settings.care.published.as_ref();
    let of_published = published.into_iter().flat_map(|published| {
        let statistics = published.statistics.iter();
        statistics.chain(&published.neighbours).map(String::as_str)
    });
    benchmark
        .map(|path| (path, Kind::Benchmark))
        .into_iter()
        .chain(of_published.map(|path| (path, Kind::Published)))
}

/// `None` where there is no such file.
fn file_named(folder: &Path, path: &str, kind: Kind) -> Option<ListedFile> {
    let full = folder.join(path);
    let about = fs::metadata(&full).ok()?;
    Some(ListedFile {
        path: path.to_owned(),
        full,
        kind,
        bytes: about.len(),
    })
}

fn no_file(path: &str) -> Finding {
    let message = format!("there is no file `{path}`");
    rules::FILE_MISSING.at(file_place("study.toml"), message)
}

/// The official statistics that the study names; what cannot be read is a finding.
fn published(
    folder: &Path,
    named: &PublishedSettings,
    findings: &mut Gathered,
) -> PublishedStatistics {
    // A file that is not there has been told of already.
    let files = |paths: &[String]| -> Vec<(String, PathBuf)> {
        let full = paths.iter().map(|path| (path.clone(), folder.join(path)));
        full.filter(|(_, full)| full.is_file()).collect()
    };
    let statistics = files(&named.statistics);
    let neighbours = files(named.neighbours.as_slice());
    let mut told = |path: &str, error: PlainError| {
        findings.push(rules::FILE_NOT_WHAT_IT_SAYS.at(file_place(path), error.to_string()));
    };
    let mut published = PublishedStatistics::default();
    let mut releases = Vec::new();
    for (path, full) in statistics {
        match read_published(&full) {
            Ok(shares) => releases.push(shares),
            Err(error) => told(&path, error),
        }
    }
    published.shares = of_releases(releases);
    for (path, full) in neighbours {
        match read_neighbours(&full) {
            Ok(lists) => published.neighbours.extend(lists),
            Err(error) => told(&path, error),
        }
    }
    published
}

/// Says which value was taken for each option that `study.toml` does not write out.
fn about_options(study: &StudyFile) -> Vec<Finding> {
    let mut findings = defaulted(&study.defaulted);
    if !study.country_is_named {
        let message = format!("no country is named; {} was taken", study.settings.country);
        findings.push(rules::COUNTRY_UNKNOWN.at(option_place(None, "country"), message));
    }
    findings
}

fn defaulted(options: &[Defaulted]) -> Vec<Finding> {
    let about = |option: &Defaulted| {
        let message = format!(
            "{} is not written out; {} was taken",
            option.option, option.value
        );
        rules::OPTION_DEFAULTED.at(option_place(option.line, option.option), message)
    };
    options.iter().map(about).collect()
}

fn option_place(line: Option<u32>, option: &str) -> Place {
    Place {
        row: line,
        header: Some(option.to_owned()),
        ..file_place("study.toml")
    }
}

/// Delimited files that are tables of the return go their own way, unless `study.toml` names them.
fn sort_out(file: &mut ListedFile, study: &StudyFile) {
    let is_named = |named: &NamedFile| named.file.eq_ignore_ascii_case(&file.path);
    if file.kind == Kind::Delimited
        && !study.files.iter().any(is_named)
        && study.returns.is_return_file(file)
    {
        file.kind = Kind::Return;
    }
}

/// The sheets that are tables of the return, and the others.
fn parted(sheets: Vec<Sheet>, study: &StudyFile) -> (Vec<Sheet>, Vec<Sheet>) {
    let is_of_return = |sheet: &Sheet| {
        sheet.format == Format::Workbook
            && forced(sheet, &study.files).is_none()
            && study.returns.is_return_sheet(sheet)
    };
    sheets.into_iter().partition(is_of_return)
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
    findings: &mut Gathered,
) {
    let children = rows::<Child>(sheets, context);
    let objectives = rows::<Objective>(sheets, context);
    let connections = rows::<Connection>(sheets, context);
    let connection_counts = rows::<ConnectionCount>(sheets, context);
    let questionnaires = rows::<Questionnaire>(sheets, context);
    let monitoring = rows::<Monitoring>(sheets, context);
    let mut sdq = rows::<Sdq>(sheets, context);
    let oc2 = rows::<Oc2>(sheets, context);
    let mut cohort = rows::<CohortChild>(sheets, context);
    let events = rows::<Event>(sheets, context);
    let births = check::births(&children);
    let known = Known::new(&children.children);
    check::set_coded_from_one_aside(&mut sdq, sheets);
    check::set_unborn_aside(&mut sdq, &births, sheets);
    findings.extend(check::informants_from_headers(sheets));
    findings.extend(check::forms_and_ages(&sdq, &births, sheets));
    if oc2.located.is_empty() {
        let rule = study.settings.sdq.baseline;
        findings.extend(check::no_baseline(&sdq, &children, rule, sheets));
    }
    findings.extend(check::returns_as_a_whole(&oc2, context.period, sheets));
    findings.extend(check::sector_rules(&oc2, &known, &births, sheets));
    check::settle_columns(&mut cohort, sheets);
    let asked = study.settings.comparison.as_ref();
    findings.extend(check::comparison(&cohort, &events, asked, sheets));
    if !known.is_empty() {
        let known = &known;
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
    study.cohort = cohort.into_table(findings);
    study.events = events.into_table(findings);
}

/// The rows of one kind, copies set aside.
fn rows<R: Record>(sheets: &[Assigned], context: Context<'_>) -> Rows<R> {
    let mut rows = read_rows(sheets, context);
    let lost = check::lost_zeros(&rows, sheets);
    rows.findings.extend(lost);
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
