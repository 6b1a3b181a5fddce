//! `study.toml`: settings, where tables are, and what their columns are called locally.

mod analysis;
mod comparison;
mod mapping;

use std::collections::BTreeMap;
use std::ops::Range;

use kinfolk_model::{CareSettings, Code, Country, Period, PublishedSettings, Settings, parse_code};
use toml::de::DeTable;

use analysis::analysis;
pub(crate) use analysis::default;
use comparison::comparison;
pub(crate) use mapping::{NamedColumn, NamedFile};
use mapping::{columns, files};

use crate::error::SettingsProblem;
use crate::returns::ReturnNames;
use crate::toml_reader::TomlReader;

const SECTIONS: &[&str] = &[
    "study",
    "analysis",
    "comparison",
    "files",
    "columns",
    "statements",
    "benchmark",
    "published",
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
const PUBLISHED_KEYS: &[&str] = &["statistics", "neighbours", "authority", "release"];

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
    /// What both say of tables of the return.
    pub(crate) returns: ReturnNames,
    /// Options that were not written out.
    pub(crate) defaulted: Vec<Defaulted>,
    /// Those that only returns need.
    pub(crate) defaulted_for_returns: Vec<Defaulted>,
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
    let published = published(reader, root);
    let analysis = analysis(reader, root);
    let mut defaulted = analysis.defaulted.always;
    let comparison = comparison(reader, root, analysis.follow_up_days, &mut defaulted);
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
        files: files.of_study,
        columns: columns.of_study,
        returns: ReturnNames::new(files.of_return, columns.of_return),
        defaulted,
        defaulted_for_returns: analysis.defaulted.of_returns,
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
            sdq: analysis.sdq,
            care: CareSettings {
                published,
                ..analysis.care
            },
            comparison,
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

/// The official statistics; a section without a file says nothing.
fn published(reader: &mut TomlReader<'_>, root: &DeTable<'_>) -> Option<PublishedSettings> {
    let section = reader.table(root, "published")?;
    reader.only(section, "[published]", PUBLISHED_KEYS);
    let statistics: Vec<String> = reader
        .texts(section, "statistics")
        .into_iter()
        .map(|(_, path)| path)
        .collect();
    if statistics.is_empty() {
        return None;
    }
    let release = reader.text(section, "release").unwrap_or_default();
    if release.is_empty() {
        reader.fault(
            span_of(section, "statistics")?,
            "[published] does not say which release the statistics are".to_owned(),
            Some("write release = \"2025\"; releases restate earlier years".to_owned()),
        );
    }
    Some(PublishedSettings {
        statistics,
        neighbours: reader.text(section, "neighbours"),
        authority: reader.text(section, "authority"),
        release,
    })
}

fn span_of(table: &DeTable<'_>, key: &str) -> Option<Range<usize>> {
    table.get_key_value(key).map(|(_, value)| value.span())
}

fn line_of(reader: &TomlReader<'_>, table: &DeTable<'_>, key: &str) -> Option<u32> {
    let (key, _) = table.get_key_value(key)?;
    Some(reader.line(&key.span()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kinfolk_model::{DisclosureProfile, SdqBaseline, SdqModelDegrees};
    use proptest::prelude::*;

    use super::comparison::KEYS;
    use super::*;
    use crate::study_template;

    const LEAST: &str = "[study]\nperiod = { start = 2024-04-01, end = 2025-03-31 }\n";

    /// The first fault, as `line:column message | help`.
    fn fault(text: &str) -> String {
        let problem = parse_study_file(text).unwrap_err().remove(0);
        let SettingsProblem {
            line,
            column,
            message,
            help,
        } = problem;
        format!("{line}:{column} {message} | {}", help.unwrap_or_default())
    }

    #[test]
    fn what_is_not_written_takes_its_documented_value() {
        let file = parse_study_file(LEAST).unwrap();
        let settings = &file.settings;
        assert_eq!(settings.title, "Lifelong Links, 2024\u{2013}25");
        assert_eq!(settings.confidence, 0.95);
        assert_eq!(settings.seed, 20_250_331);
        assert_eq!(settings.follow_up_days, 365);
        assert_eq!(settings.disclosure, DisclosureProfile::DfeCsc);
        assert_eq!(settings.sdq, kinfolk_model::SdqSettings::default());
        assert!(!settings.synthetic && !file.country_is_named);
        let options: Vec<&str> = file.defaulted.iter().map(|option| option.option).collect();
        assert_eq!(
            options,
            [
                "confidence",
                "seed",
                "follow_up_days",
                "disclosure",
                "sdq_baseline",
                "sdq_mmrm_df",
                "title"
            ]
        );
    }

    #[test]
    fn everything_that_is_written_is_read() {
        let file = parse_study_file(
            r##"
            [study]
            title = "Links"
            authorities = ["Hartwell", "Northmoor"]
            country = "wales"
            period = { start = "01/04/2022", end = 2025-03-31 }
            synthetic = true
            notice = "Made up."
            [analysis]
            confidence = 0.9
            seed = 0x10
            follow_up_days = 183
            disclosure = "tre"
            sdq_baseline = "nearest-start"
            sdq_mmrm_df = "kenward-roger"
            sdq_sd = 5.8
            sdq_reliability = 0.72
            sdq_source = "A named source"
            [files]
            children = ["a.csv", "b.xlsx#Sheet 1"]
            [columns.children]
            child_id = "Case"
            [statements]
            felt_safe = "I felt safe"
            [benchmark]
            estimates = "national.json"
            "##,
        )
        .unwrap();
        let settings = file.settings;
        assert_eq!(settings.authorities, ["Hartwell", "Northmoor"]);
        assert_eq!(settings.country, Country::Wales);
        assert_eq!(settings.period.start, date(2022, 4, 1));
        assert_eq!(settings.notice, "Made up.");
        assert_eq!(settings.sdq.baseline, SdqBaseline::NearestStart);
        assert_eq!(settings.sdq.model_degrees, SdqModelDegrees::KenwardRoger);
        let reliable = settings.sdq.reliable_change.unwrap();
        assert_eq!((reliable.sd, reliable.reliability), (5.8, 0.72));
        assert_eq!(reliable.source, "A named source");
        assert!(settings.synthetic);
        assert_eq!((settings.seed, settings.follow_up_days), (16, 183));
        assert_eq!(settings.disclosure, DisclosureProfile::Tre);
        assert_eq!(settings.statements["felt_safe"], "I felt safe");
        assert_eq!(settings.benchmark.as_deref(), Some("national.json"));
        assert_eq!(file.files[1].file, "b.xlsx");
        assert_eq!(file.files[1].sheet.as_deref(), Some("Sheet 1"));
        assert_eq!(file.columns[0].column, "child_id");
        assert!(file.defaulted.is_empty() && file.country_is_named);
    }

    #[test]
    fn faults_are_told_at_their_place_with_what_was_meant() {
        let with = |more: &str| format!("{LEAST}{more}");
        for (text, expected) in [
            ("", "1:1 there is no [study] section"),
            ("[study", "1:7 unclosed table"),
            ("[study]\ntitle = \"x\"", "1:1 [study] names no period"),
            (
                &with("tilte = 1"),
                "3:1 unknown key `tilte` in [study] | did you mean `title`?",
            ),
            (
                &with("[analysis]\nconfidense = 0.9"),
                "4:1 unknown key `confidense` in [analysis] | did you mean `confidence`?",
            ),
            (
                &with("[anlysis]"),
                "3:2 unknown key `anlysis` in study.toml | did you mean `analysis`?",
            ),
            (
                &with("[analysis]\nconfidence = 95"),
                "4:14 a confidence of 95 is impossible",
            ),
            (
                &with("[analysis]\nconfidence = 0.4999"),
                "4:14 a confidence of 0.4999 is impossible",
            ),
            (
                &with("[analysis]\nconfidence = nan"),
                "4:14 a confidence of NaN is impossible",
            ),
            (
                &with("[analysis]\nseed = -1"),
                "4:8 `seed` must be a whole number from zero up",
            ),
            (
                &with("[analysis]\nfollow_up_days = 0"),
                "4:18 a follow-up of 0 days is impossible",
            ),
            (
                &with("[analysis]\ndisclosure = \"dfe\""),
                "4:14 `dfe` is no disclosure profile",
            ),
            (
                &with("country = \"Engalnd\""),
                "3:11 `Engalnd` is no country | did you mean `England`?",
            ),
            (
                &with("synthetic = \"yes\""),
                "3:13 `synthetic` must be true or false",
            ),
            (
                &with("[files]\nchildern = \"a.csv\""),
                "4:1 there is no table `childern` | did you mean `children`?",
            ),
            (
                &with("[columns.children]\nchildid = \"x\""),
                "4:1 children has no column `childid` | did you mean `child_id`?",
            ),
            (
                "[study]\nperiod = { start = 2025-04-01, end = 2024-03-31 }",
                "2:10 the period ends on 2024-03-31, before it starts",
            ),
            (
                "[study]\nperiod = { start = 2025-04-01 }",
                "2:10 the period has no end",
            ),
            (
                "[study]\nperiod = \"2024-25\"",
                "2:10 `period` must be a table",
            ),
            (
                "[study]\nperiod = { start = 2024-04-31, end = 2025-03-31 }",
                "2:20",
            ),
        ] {
            let told = fault(text);
            assert!(told.starts_with(expected), "{text}\n{told}");
        }
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let text = format!("{LEAST}tilte = 1\n[analysis]\nseed = true\nconfidence = 2");
        let lines: Vec<u32> = parse_study_file(&text)
            .unwrap_err()
            .iter()
            .map(|problem| problem.line)
            .collect();
        assert_eq!(lines, [3, 5, 6]);
    }

    #[test]
    fn the_template_reads_back_with_every_option_written_out() {
        let period = Period {
            start: date(2024, 4, 1),
            end: date(2025, 3, 31),
        };
        let title = "\"Links\" in Hartwell\\Moor";
        let text = study_template(title, "Hartwell", Country::Scotland, period);
        let file = parse_study_file(&text).unwrap();
        assert_eq!(file.settings.title, title);
        assert_eq!(file.settings.authorities, ["Hartwell"]);
        assert_eq!(file.settings.country, Country::Scotland);
        assert_eq!(file.settings.period, period);
        assert!(file.defaulted.is_empty() && file.country_is_named);
    }

    #[test]
    fn the_remarks_of_the_template_read_back_too() {
        let period = Period {
            start: date(2024, 4, 1),
            end: date(2025, 3, 31),
        };
        let text = study_template("Links", "Hartwell", Country::England, period);
        let uncommented: Vec<&str> = text
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(rest) if rest.starts_with('[') || rest.contains(" = \"") => rest,
                Some(rest) if rest.starts_with("sdq_") => rest,
                Some(rest)
                    if KEYS
                        .iter()
                        .any(|key| rest.starts_with(&format!("{key} = "))) =>
                {
                    rest
                }
                _ => line,
            })
            .collect();
        let file = parse_study_file(&uncommented.join("\n")).unwrap();
        let comparison = file.settings.comparison.as_ref().unwrap();
        assert_eq!(comparison.outcomes, ["same_home", "missing"]);
        assert_eq!(comparison.margin, Some(0.1));
        assert!(file.defaulted.is_empty());
        assert_eq!(file.columns.len(), 2);
        assert_eq!(file.files.len(), 1);
        assert_eq!(file.settings.statements.len(), 1);
        assert!(file.settings.benchmark.is_some());
        assert!(file.settings.sdq.reliable_change.is_some());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_stop(text in "\\PC{0,80}", line in 0usize..20, extra in "[\\[\\]{}=\"',.a-z0-9# \\n-]{0,30}") {
            let _ = parse_study_file(&text);
            let template = study_template("Links", "Hartwell", Country::England, Period {
                start: date(2024, 4, 1),
                end: date(2025, 3, 31),
            });
            let mut lines: Vec<&str> = template.lines().collect();
            lines.insert(line.min(lines.len()), &extra);
            let _ = parse_study_file(&lines.join("\n"));
        }
    }
}
