//! `study.toml`: settings, where tables are, and what their columns are called locally.

use std::collections::BTreeMap;
use std::ops::Range;

use kinfolk_model::schema::{self, TABLES, TableSchema};
use kinfolk_model::{Code, Country, DisclosureProfile, Period, Settings, parse_code};
use toml::de::DeTable;

use crate::error::SettingsProblem;
use crate::toml_reader::TomlReader;

/// The values that a study takes for options that it does not write out.
pub(crate) mod default {
    pub(crate) const CONFIDENCE: f64 = 0.95;
    pub(crate) const SEED: u64 = 20_250_331;
    pub(crate) const FOLLOW_UP_DAYS: u16 = 365;
    pub(crate) const DISCLOSURE: super::DisclosureProfile = super::DisclosureProfile::DfeCsc;
    pub(crate) const SDQ_BASELINE: &str = "last-before-start";
    pub(crate) const COUNTRY: super::Country = super::Country::England;
}

/// The ways to choose a baseline that are known.
const SDQ_BASELINES: &[&str] = &[default::SDQ_BASELINE];
/// The least and the greatest level of an interval.
const CONFIDENCE_RANGE: std::ops::RangeInclusive<f64> = 0.5..=0.999;
/// The least and the greatest follow-up, in days.
const FOLLOW_UP_RANGE: std::ops::RangeInclusive<u64> = 1..=7305;

const SECTIONS: &[&str] = &[
    "study",
    "analysis",
    "files",
    "columns",
    "statements",
    "benchmark",
];
const STUDY_KEYS: &[&str] = &[
    "title",
    "authority",
    "authorities",
    "country",
    "period",
    "synthetic",
    "notice",
];
const ANALYSIS_KEYS: &[&str] = &[
    "confidence",
    "seed",
    "follow_up_days",
    "disclosure",
    "sdq_baseline",
];

/// Everything that `study.toml` says.
#[derive(Debug, Clone)]
pub(crate) struct StudyFile {
    pub(crate) settings: Settings,
    /// Whether the nation was named, or England was taken.
    pub(crate) country_is_named: bool,
    /// The files that `[files]` names.
    pub(crate) files: Vec<NamedFile>,
    /// The headers that `[columns.<table>]` names.
    pub(crate) columns: Vec<NamedColumn>,
    /// Options that were not written out.
    pub(crate) defaulted: Vec<Defaulted>,
}

/// A file that `[files]` gives to a table.
#[derive(Debug, Clone)]
pub(crate) struct NamedFile {
    pub(crate) table: &'static TableSchema,
    pub(crate) file: String,
    pub(crate) sheet: Option<String>,
    pub(crate) line: u32,
}

/// A local header that `[columns.<table>]` gives to a column.
#[derive(Debug, Clone)]
pub(crate) struct NamedColumn {
    pub(crate) table: &'static TableSchema,
    pub(crate) column: &'static str,
    pub(crate) header: String,
    pub(crate) line: u32,
}

/// An option that was not written out, with the value that was taken.
#[derive(Debug, Clone)]
pub(crate) struct Defaulted {
    pub(crate) option: &'static str,
    pub(crate) value: String,
    pub(crate) line: Option<u32>,
}

/// Reads the text of `study.toml`.
///
/// # Errors
///
/// Every fault of the text, in the order of its lines.
pub(crate) fn parse_study_file(text: &str) -> Result<StudyFile, Vec<SettingsProblem>> {
    let mut reader = TomlReader::new(text);
    let file = reader
        .root()
        .and_then(|root| study_file(&mut reader, &root));
    let problems = reader.into_problems();
    match file {
        Some(file) if problems.is_empty() => Ok(file),
        _ => Err(problems),
    }
}

fn study_file(reader: &mut TomlReader<'_>, root: &DeTable<'_>) -> Option<StudyFile> {
    reader.only(root, "study.toml", SECTIONS);
    let files = files(reader, root);
    let columns = columns(reader, root);
    let statements = statements(reader, root);
    let benchmark = benchmark(reader, root);
    let mut defaulted = Vec::new();
    let analysis = analysis(reader, root, &mut defaulted);
    let study = study(reader, root)?;
    let title = study.title.clone().unwrap_or_else(|| {
        let title = title(&study);
        defaulted.push(Defaulted {
            option: "title",
            value: format!("\u{201c}{title}\u{201d}"),
            line: line_of(reader, root, "study"),
        });
        title
    });
    Some(StudyFile {
        country_is_named: study.country.is_some(),
        files,
        columns,
        defaulted,
        settings: Settings {
            title,
            country: study.country.unwrap_or(default::COUNTRY),
            authorities: study.authorities,
            period: study.period,
            synthetic: study.synthetic,
            notice: study.notice,
            confidence: analysis.confidence,
            seed: analysis.seed,
            follow_up_days: analysis.follow_up_days,
            disclosure: analysis.disclosure,
            sdq_baseline: analysis.sdq_baseline,
            statements,
            benchmark,
        },
    })
}

fn title(study: &StudySection) -> String {
    let place = match study.authorities.as_slice() {
        [one] => format!(" in {one}"),
        _ => String::new(),
    };
    format!("Lifelong Links{place}, {}", study.period.label())
}

struct StudySection {
    title: Option<String>,
    authorities: Vec<String>,
    country: Option<Country>,
    period: Period,
    synthetic: bool,
    notice: String,
}

fn study(reader: &mut TomlReader<'_>, root: &DeTable<'_>) -> Option<StudySection> {
    let Some(table) = reader.table(root, "study") else {
        if !root.contains_key("study") {
            reader.fault(
                0..0,
                "there is no [study] section".to_owned(),
                Some("write [study] with title, authority, country and period".to_owned()),
            );
        }
        return None;
    };
    reader.only(table, "[study]", STUDY_KEYS);
    let title = reader
        .text(table, "title")
        .filter(|title| !title.is_empty());
    let authorities = authorities(reader, table);
    let country = code::<Country>(reader, table, "country");
    let synthetic = reader.yes_no(table, "synthetic").unwrap_or_default();
    let notice = reader.text(table, "notice").unwrap_or_default();
    Some(StudySection {
        title,
        authorities,
        country,
        period: period(reader, root, table)?,
        synthetic,
        notice,
    })
}

fn authorities(reader: &mut TomlReader<'_>, table: &DeTable<'_>) -> Vec<String> {
    let mut names = reader.texts(table, "authority");
    names.extend(reader.texts(table, "authorities"));
    let mut kept: Vec<String> = Vec::new();
    for (_, name) in names {
        if !name.is_empty() && !kept.contains(&name) {
            kept.push(name);
        }
    }
    kept
}

fn period(reader: &mut TomlReader<'_>, root: &DeTable<'_>, study: &DeTable<'_>) -> Option<Period> {
    let example = "period = { start = 2024-04-01, end = 2025-03-31 }";
    let Some(value) = study.get("period") else {
        let span = span_of(root, "study").unwrap_or(0..0);
        reader.fault(
            span,
            "[study] names no period".to_owned(),
            Some(format!("write {example}")),
        );
        return None;
    };
    let table = reader.table(study, "period")?;
    reader.only(table, "period", &["start", "end"]);
    let (start, end) = (reader.day(table, "start"), reader.day(table, "end"));
    for key in ["start", "end"] {
        if !table.contains_key(key) {
            reader.fault(
                value.span(),
                format!("the period has no {key}"),
                Some(format!("write {example}")),
            );
        }
    }
    let (start, end) = (start?, end?);
    if end < start {
        reader.fault(
            value.span(),
            format!("the period ends on {end}, before it starts on {start}"),
            None,
        );
        return None;
    }
    Some(Period { start, end })
}

struct AnalysisSection {
    confidence: f64,
    seed: u64,
    follow_up_days: u16,
    disclosure: DisclosureProfile,
    sdq_baseline: String,
}

fn analysis(
    reader: &mut TomlReader<'_>,
    root: &DeTable<'_>,
    defaulted: &mut Vec<Defaulted>,
) -> AnalysisSection {
    let empty = DeTable::new();
    let table = reader.table(root, "analysis").unwrap_or(&empty);
    reader.only(table, "[analysis]", ANALYSIS_KEYS);
    let line = line_of(reader, root, "analysis");
    let mut missing = |option: &'static str, value: String| {
        if !table.contains_key(option) {
            defaulted.push(Defaulted {
                option,
                value,
                line,
            });
        }
    };
    missing("confidence", default::CONFIDENCE.to_string());
    missing("seed", default::SEED.to_string());
    missing("follow_up_days", default::FOLLOW_UP_DAYS.to_string());
    missing("disclosure", default::DISCLOSURE.code().to_owned());
    missing("sdq_baseline", default::SDQ_BASELINE.to_owned());
    AnalysisSection {
        confidence: confidence(reader, table).unwrap_or(default::CONFIDENCE),
        seed: reader.whole(table, "seed").unwrap_or(default::SEED),
        follow_up_days: follow_up_days(reader, table).unwrap_or(default::FOLLOW_UP_DAYS),
        disclosure: code(reader, table, "disclosure").unwrap_or(default::DISCLOSURE),
        sdq_baseline: sdq_baseline(reader, table)
            .unwrap_or_else(|| default::SDQ_BASELINE.to_owned()),
    }
}

fn confidence(reader: &mut TomlReader<'_>, table: &DeTable<'_>) -> Option<f64> {
    let level = reader.number(table, "confidence")?;
    if !CONFIDENCE_RANGE.contains(&level) {
        reader.fault(
            span_of(table, "confidence")?,
            format!("a confidence of {level} is impossible"),
            Some("write a level between 0.5 and 0.999, such as 0.95".to_owned()),
        );
    }
    Some(level)
}

fn follow_up_days(reader: &mut TomlReader<'_>, table: &DeTable<'_>) -> Option<u16> {
    let days = reader.whole(table, "follow_up_days")?;
    if !FOLLOW_UP_RANGE.contains(&days) {
        reader.fault(
            span_of(table, "follow_up_days")?,
            format!("a follow-up of {days} days is impossible"),
            Some("write 1 to 7305 days, such as 365".to_owned()),
        );
    }
    u16::try_from(days).ok()
}

fn sdq_baseline(reader: &mut TomlReader<'_>, table: &DeTable<'_>) -> Option<String> {
    let baseline = reader.text(table, "sdq_baseline")?;
    if !SDQ_BASELINES.contains(&baseline.as_str()) {
        let message = format!("`{baseline}` is no way to choose a baseline");
        reader.unknown(
            span_of(table, "sdq_baseline")?,
            &message,
            &baseline,
            SDQ_BASELINES,
        );
    }
    Some(baseline)
}

/// A member of a code list under a key.
fn code<C: Code>(reader: &mut TomlReader<'_>, table: &DeTable<'_>, key: &str) -> Option<C> {
    let text = reader.text(table, key)?;
    let member = parse_code::<C>(&text).ok();
    if member.is_none() {
        let codes: Vec<&str> = C::ALL.iter().map(|member| member.code()).collect();
        let message = format!("`{text}` is no {}", C::NAME);
        reader.unknown(span_of(table, key)?, &message, &text, &codes);
    }
    member
}

fn files(reader: &mut TomlReader<'_>, root: &DeTable<'_>) -> Vec<NamedFile> {
    let Some(section) = reader.table(root, "files") else {
        return Vec::new();
    };
    let mut named = Vec::new();
    for key in section.keys() {
        let Some(table) = table_named(reader, key.span(), key.get_ref()) else {
            continue;
        };
        for (span, text) in reader.texts(section, key.get_ref()) {
            let (file, sheet) = match text.split_once('#') {
                Some((file, sheet)) => (file, Some(sheet.trim().to_owned())),
                None => (text.as_str(), None),
            };
            named.push(NamedFile {
                table,
                file: file.trim().replace('\\', "/"),
                sheet,
                line: reader.line(&span),
            });
        }
    }
    named
}

fn columns(reader: &mut TomlReader<'_>, root: &DeTable<'_>) -> Vec<NamedColumn> {
    let Some(section) = reader.table(root, "columns") else {
        return Vec::new();
    };
    let mut named = Vec::new();
    for key in section.keys() {
        let Some(table) = table_named(reader, key.span(), key.get_ref()) else {
            continue;
        };
        if let Some(pairs) = reader.table(section, key.get_ref()) {
            named.extend(columns_of(reader, table, pairs));
        }
    }
    named
}

fn columns_of(
    reader: &mut TomlReader<'_>,
    table: &'static TableSchema,
    pairs: &DeTable<'_>,
) -> Vec<NamedColumn> {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let mut named = Vec::new();
    for (key, value) in pairs {
        let name = key.get_ref().as_ref();
        let Some(column) = table.column(name) else {
            let message = format!("{} has no column `{name}`", table.name);
            reader.unknown(key.span(), &message, name, &names);
            continue;
        };
        if let Some(header) = reader.text_of(value, name) {
            named.push(NamedColumn {
                table,
                column: column.name,
                header,
                line: reader.line(&key.span()),
            });
        }
    }
    named
}

fn table_named(
    reader: &mut TomlReader<'_>,
    span: Range<usize>,
    name: &str,
) -> Option<&'static TableSchema> {
    let table = schema::table(name);
    if table.is_none() {
        let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
        let message = format!("there is no table `{name}`");
        reader.unknown(span, &message, name, &names);
    }
    table
}

fn statements(reader: &mut TomlReader<'_>, root: &DeTable<'_>) -> BTreeMap<String, String> {
    let Some(section) = reader.table(root, "statements") else {
        return BTreeMap::new();
    };
    section
        .iter()
        .filter_map(|(key, value)| {
            let words = reader.text_of(value, key.get_ref())?;
            Some((kinfolk_model::fold(key.get_ref()), words))
        })
        .collect()
}

fn benchmark(reader: &mut TomlReader<'_>, root: &DeTable<'_>) -> Option<String> {
    let section = reader.table(root, "benchmark")?;
    reader.only(section, "[benchmark]", &["estimates"]);
    reader.text(section, "estimates")
}

fn span_of(table: &DeTable<'_>, key: &str) -> Option<Range<usize>> {
    table.get_key_value(key).map(|(_, value)| value.span())
}

fn line_of(reader: &TomlReader<'_>, table: &DeTable<'_>, key: &str) -> Option<u32> {
    let (key, _) = table.get_key_value(key)?;
    Some(reader.line(&key.span()))
}
