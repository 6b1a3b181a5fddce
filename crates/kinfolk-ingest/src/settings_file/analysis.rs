//! `[analysis]`: the options that can change a reported figure.

use kinfolk_model::{
    CareSettings, Code, DisclosureProfile, ReliableChange, SdqBaseline, SdqModelDegrees,
    SdqSettings,
};
use toml::de::DeTable;

use super::{Defaulted, code, line_of, span_of};
use crate::toml_reader::TomlReader;

/// The values that a study takes for options that it does not write out.
pub(crate) mod default {
    pub(crate) const CONFIDENCE: f64 = 0.95;
    pub(crate) const SEED: u64 = 20_250_331;
    pub(crate) const FOLLOW_UP_DAYS: u16 = 365;
    pub(crate) const DISCLOSURE: super::DisclosureProfile = super::DisclosureProfile::DfeCsc;
    pub(crate) const SDQ_BASELINE: super::SdqBaseline = super::SdqBaseline::LastBeforeStart;
    pub(crate) const SDQ_MODEL_DEGREES: super::SdqModelDegrees =
        super::SdqModelDegrees::Satterthwaite;
    pub(crate) const COUNTRY: kinfolk_model::Country = kinfolk_model::Country::England;
}

/// The least and the greatest level of an interval.
const CONFIDENCE_RANGE: std::ops::RangeInclusive<f64> = 0.5..=0.999;
/// The least and the greatest standard deviation of totals, in points.
const SD_RANGE: std::ops::RangeInclusive<f64> = 0.1..=20.0;
/// The least and the greatest reliability.
const RELIABILITY_RANGE: std::ops::RangeInclusive<f64> = 0.01..=0.99;
/// The least and the greatest follow-up, in days.
const FOLLOW_UP_RANGE: std::ops::RangeInclusive<u64> = 1..=7305;

const ANALYSIS_KEYS: &[&str] = &[
    "confidence",
    "seed",
    "follow_up_days",
    "disclosure",
    "sdq_baseline",
    SDQ_MODEL_DEGREES,
    SDQ_SD,
    SDQ_RELIABILITY,
    SDQ_SOURCE,
    PLACEMENT_MOVES,
    TEMPORARY_PLACEMENTS,
    SHORT_BREAK_STARTS,
    PLACEMENTS_ON,
];

const SDQ_MODEL_DEGREES: &str = "sdq_mmrm_df";
const SDQ_SD: &str = "sdq_sd";
const SDQ_RELIABILITY: &str = "sdq_reliability";
const SDQ_SOURCE: &str = "sdq_source";
const PLACEMENT_MOVES: &str = "placement_moves";
const TEMPORARY_PLACEMENTS: &str = "temporary_placements";
const SHORT_BREAK_STARTS: &str = "short_break_starts";
const PLACEMENTS_ON: &str = "placements_on";

/// What `[analysis]` says.
pub(super) struct AnalysisSection {
    pub(super) confidence: f64,
    pub(super) seed: u64,
    pub(super) follow_up_days: u16,
    pub(super) disclosure: DisclosureProfile,
    pub(super) sdq: SdqSettings,
    pub(super) care: CareSettings,
    pub(super) defaulted: Defaults,
}

/// Options that were not written out.
#[derive(Debug, Default)]
pub(super) struct Defaults {
    /// Those that every study needs.
    pub(super) always: Vec<Defaulted>,
    /// Those that only returns need.
    pub(super) of_returns: Vec<Defaulted>,
}

pub(super) fn analysis(reader: &mut TomlReader<'_>, root: &DeTable<'_>) -> AnalysisSection {
    let empty = DeTable::new();
    let table = reader.table(root, "analysis").unwrap_or(&empty);
    reader.only(table, "[analysis]", ANALYSIS_KEYS);
    let line = line_of(reader, root, "analysis");
    AnalysisSection {
        confidence: confidence(reader, table).unwrap_or(default::CONFIDENCE),
        seed: reader.whole(table, "seed").unwrap_or(default::SEED),
        follow_up_days: follow_up_days(reader, table).unwrap_or(default::FOLLOW_UP_DAYS),
        disclosure: code(reader, table, "disclosure").unwrap_or(default::DISCLOSURE),
        sdq: SdqSettings {
            baseline: code(reader, table, "sdq_baseline").unwrap_or(default::SDQ_BASELINE),
            model_degrees: code(reader, table, SDQ_MODEL_DEGREES)
                .unwrap_or(default::SDQ_MODEL_DEGREES),
            reliable_change: reliable_change(reader, table),
        },
        care: care(reader, table),
        defaulted: defaults(table, line),
    }
}

/// How placements are counted; the official statistics have a section of their own.
fn care(reader: &mut TomlReader<'_>, table: &DeTable<'_>) -> CareSettings {
    let default = CareSettings::default();
    CareSettings {
        moves: code(reader, table, PLACEMENT_MOVES).unwrap_or(default.moves),
        temporary: code(reader, table, TEMPORARY_PLACEMENTS).unwrap_or(default.temporary),
        short_break_starts: code(reader, table, SHORT_BREAK_STARTS)
            .unwrap_or(default.short_break_starts),
        on: reader.day(table, PLACEMENTS_ON),
        published: None,
    }
}

fn defaults(table: &DeTable<'_>, line: Option<u32>) -> Defaults {
    let missing = |options: &[(&'static str, String)]| {
        let is_missing = |(option, _): &&(&'static str, String)| !table.contains_key(*option);
        let named = options.iter().filter(is_missing);
        named
            .map(|(option, value)| Defaulted {
                option,
                value: value.clone(),
                line,
            })
            .collect()
    };
    let care = CareSettings::default();
    Defaults {
        always: missing(&[
            ("confidence", default::CONFIDENCE.to_string()),
            ("seed", default::SEED.to_string()),
            ("follow_up_days", default::FOLLOW_UP_DAYS.to_string()),
            ("disclosure", default::DISCLOSURE.code().to_owned()),
            ("sdq_baseline", default::SDQ_BASELINE.code().to_owned()),
            (
                SDQ_MODEL_DEGREES,
                default::SDQ_MODEL_DEGREES.code().to_owned(),
            ),
        ]),
        of_returns: missing(&[
            (PLACEMENT_MOVES, care.moves.code().to_owned()),
            (TEMPORARY_PLACEMENTS, care.temporary.code().to_owned()),
            (
                SHORT_BREAK_STARTS,
                care.short_break_starts.code().to_owned(),
            ),
            (
                PLACEMENTS_ON,
                "the last day of the period, or of the returns where they end before".to_owned(),
            ),
        ]),
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

/// What the size of a reliable change follows from: all three options, or none of them.
fn reliable_change(reader: &mut TomlReader<'_>, table: &DeTable<'_>) -> Option<ReliableChange> {
    let named: Vec<&str> = [SDQ_SD, SDQ_RELIABILITY, SDQ_SOURCE]
        .into_iter()
        .filter(|key| table.contains_key(*key))
        .collect();
    let first = named.first()?;
    if named.len() < 3 {
        reader.fault(
            span_of(table, first)?,
            format!("`{first}` stands without its companions"),
            Some(format!(
                "write {SDQ_SD}, {SDQ_RELIABILITY} and {SDQ_SOURCE}, or none of them"
            )),
        );
        return None;
    }
    Some(ReliableChange {
        sd: within(
            reader,
            table,
            SDQ_SD,
            SD_RANGE,
            "the standard deviation of totals in points, such as 5.8",
        )?,
        reliability: within(
            reader,
            table,
            SDQ_RELIABILITY,
            RELIABILITY_RANGE,
            "a reliability above 0 and below 1, such as 0.72",
        )?,
        source: reader.text(table, SDQ_SOURCE)?,
    })
}

fn within(
    reader: &mut TomlReader<'_>,
    table: &DeTable<'_>,
    key: &str,
    range: std::ops::RangeInclusive<f64>,
    wanted: &str,
) -> Option<f64> {
    let value = reader.number(table, key)?;
    if !range.contains(&value) {
        reader.fault(
            span_of(table, key)?,
            format!("{value} is impossible for `{key}`"),
            Some(format!("write {wanted}")),
        );
        return None;
    }
    Some(value)
}
