//! `[comparison]`: who is compared with whom, and how.

use std::ops::RangeInclusive;

use kinfolk_model::{
    Code, ComparatorPool, ComparisonMethod, ComparisonSettings, CompetingEnd, CovariateCaliper,
    MatchRule, fold, parse_code,
};
use toml::de::DeTable;

use super::{Defaulted, code, line_of, span_of};
use crate::toml_reader::TomlReader;

pub(super) const KEYS: &[&str] = &[
    "outcomes",
    "covariates",
    "exact",
    "calipers",
    "authority",
    "method",
    "comparators",
    "caliper",
    "scale",
    "ratio",
    "follow_up_days",
    "competing",
    "margin",
];

/// The covariate that pairs at the same time in care share.
const YEARS_IN_CARE: &str = "years_in_care";
/// The word for no caliper.
const NO_CALIPER: &str = "none";
/// The widest caliper, in standard deviations.
const CALIPER_RANGE: RangeInclusive<f64> = 0.001..=10.0;
/// The widest caliper of a covariate, in its own unit.
const COVARIATE_CALIPER_RANGE: RangeInclusive<f64> = 1e-6..=1e9;
/// The most comparators for each child of the programme.
const RATIO_RANGE: RangeInclusive<u64> = 1..=20;
/// The least and the greatest follow-up, in days.
const FOLLOW_UP_RANGE: RangeInclusive<u64> = 1..=7305;
/// The least and the greatest difference of shares that may matter.
const MARGIN_RANGE: RangeInclusive<f64> = 0.001..=1.0;

/// The section; `None` where there is none, or one that names nothing to compare.
pub(super) fn comparison(
    reader: &mut TomlReader<'_>,
    root: &DeTable<'_>,
    follow_up_days: u16,
    defaulted: &mut Vec<Defaulted>,
) -> Option<ComparisonSettings> {
    let table = reader.table(root, "comparison")?;
    reader.only(table, "[comparison]", KEYS);
    let outcomes = names(reader, root, table, "outcomes");
    let covariates = names(reader, root, table, "covariates");
    let rule = MatchRule::default();
    let caliper = match caliper(reader, table) {
        Some(caliper) => caliper,
        None => rule.caliper,
    };
    let calipers = calipers(reader, table, covariates.as_deref().unwrap_or_default());
    let days = whole(reader, table, "follow_up_days", FOLLOW_UP_RANGE);
    let settings = ComparisonSettings {
        outcomes: outcomes?,
        covariates: covariates?,
        exact: folded(reader, table, "exact"),
        calipers,
        authority: reader
            .text(table, "authority")
            .map(|name| fold(&name))
            .filter(|name| !name.is_empty()),
        method: code(reader, table, "method").unwrap_or(ComparisonMethod::Matched),
        rule: MatchRule {
            caliper,
            scale: code(reader, table, "scale").unwrap_or(rule.scale),
            ratio: whole(reader, table, "ratio", RATIO_RANGE)
                .and_then(|ratio| usize::try_from(ratio).ok())
                .unwrap_or(rule.ratio),
            pool: code(reader, table, "comparators").unwrap_or(rule.pool),
        },
        follow_up_days: days
            .and_then(|days| u16::try_from(days).ok())
            .unwrap_or(follow_up_days),
        competing: competing(reader, table),
        margin: margin(reader, table),
    };
    fit_risk_sets(reader, table, &settings);
    keep_outcomes_apart(reader, table, &settings);
    let line = line_of(reader, root, "comparison");
    defaulted.extend(
        unwritten(table, &settings).map(|(option, value)| Defaulted {
            option,
            value,
            line,
        }),
    );
    Some(settings)
}

/// Tells what does not go with comparators at the same time in care.
fn fit_risk_sets(reader: &mut TomlReader<'_>, table: &DeTable<'_>, settings: &ComparisonSettings) {
    if settings.rule.pool != ComparatorPool::RiskSet {
        return;
    }
    let years_in_care = settings.covariates.iter().any(|name| name == YEARS_IN_CARE);
    let misfits = [
        (
            settings.method != ComparisonMethod::Matched,
            "method",
            "comparators at the same time in care are found in pairs",
            "write method = \"matched\"",
        ),
        (
            settings.rule.ratio != 1,
            "ratio",
            "each child has one comparator at the same time in care",
            "write ratio = 1",
        ),
        (
            years_in_care,
            "covariates",
            "pairs at the same time in care cannot differ in years_in_care",
            "leave years_in_care out",
        ),
    ];
    for (_, key, message, help) in misfits.into_iter().filter(|misfit| misfit.0) {
        let span = span_of(table, key).unwrap_or(0..0);
        reader.fault(span, message.to_owned(), Some(help.to_owned()));
    }
}

/// Tells which outcomes the arms would be made alike in before they are compared.
fn keep_outcomes_apart(
    reader: &mut TomlReader<'_>,
    table: &DeTable<'_>,
    settings: &ComparisonSettings,
) {
    for (key, names) in [
        ("covariates", &settings.covariates),
        ("exact", &settings.exact),
    ] {
        for name in names.iter().filter(|name| settings.outcomes.contains(name)) {
            reader.fault(
                span_of(table, key).unwrap_or(0..0),
                format!("`{name}` is an outcome, so the arms cannot be made alike in it"),
                Some(format!("leave it out of {key}, or of the outcomes")),
            );
        }
    }
}

/// Options that are not written out, with the values that were taken.
fn unwritten(
    table: &DeTable<'_>,
    settings: &ComparisonSettings,
) -> impl Iterator<Item = (&'static str, String)> {
    let taken = [
        ("exact", "no column".to_owned()),
        ("method", settings.method.to_string()),
        ("comparators", settings.rule.pool.to_string()),
        (
            "caliper",
            settings.rule.caliper.unwrap_or_default().to_string(),
        ),
        ("scale", settings.rule.scale.to_string()),
        ("ratio", settings.rule.ratio.to_string()),
        ("follow_up_days", settings.follow_up_days.to_string()),
        ("competing", "no end".to_owned()),
    ];
    taken
        .into_iter()
        .filter(|(option, _)| !table.contains_key(*option))
}

/// A list of names that may not be missing.
fn names(
    reader: &mut TomlReader<'_>,
    root: &DeTable<'_>,
    table: &DeTable<'_>,
    key: &str,
) -> Option<Vec<String>> {
    let found = folded(reader, table, key);
    if found.is_empty() {
        let span = span_of(table, key).or_else(|| span_of(root, "comparison"));
        reader.fault(
            span.unwrap_or(0..0),
            format!("[comparison] names no {key}"),
            Some(format!(
                "write {key} = [\"\u{2026}\"] with columns of the cohort"
            )),
        );
        return None;
    }
    Some(found)
}

fn folded(reader: &mut TomlReader<'_>, table: &DeTable<'_>, key: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (_, name) in reader.texts(table, key) {
        let name = fold(&name);
        if !name.is_empty() && !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// A width, or the word for none; `None` where nothing is written.
fn caliper(reader: &mut TomlReader<'_>, table: &DeTable<'_>) -> Option<Option<f64>> {
    let value = table.get("caliper")?;
    if value.get_ref().as_str() == Some(NO_CALIPER) {
        return Some(None);
    }
    let width = reader.number(table, "caliper")?;
    in_range(reader, table, "caliper", width, CALIPER_RANGE).map(Some)
}

/// `[comparison.calipers]`: the covariates in which pairs must lie near each other.
fn calipers(
    reader: &mut TomlReader<'_>,
    table: &DeTable<'_>,
    covariates: &[String],
) -> Vec<CovariateCaliper> {
    let Some(own) = reader.table(table, "calipers") else {
        return Vec::new();
    };
    let known: Vec<&str> = covariates.iter().map(String::as_str).collect();
    let mut calipers = Vec::new();
    for (key, value) in own {
        let (written, covariate) = (key.get_ref(), fold(key.get_ref()));
        if !known.is_empty() && !known.contains(&covariate.as_str()) {
            let message = format!("the caliper of `{written}` is of none of the covariates");
            reader.unknown(key.span(), &message, &covariate, &known);
            continue;
        }
        let width = reader.number_of(value, written);
        let width =
            width.and_then(|width| in_range(reader, own, written, width, COVARIATE_CALIPER_RANGE));
        calipers.extend(width.map(|width| CovariateCaliper { covariate, width }));
    }
    calipers
}

fn margin(reader: &mut TomlReader<'_>, table: &DeTable<'_>) -> Option<f64> {
    let margin = reader.number(table, "margin")?;
    in_range(reader, table, "margin", margin, MARGIN_RANGE)
}

fn whole(
    reader: &mut TomlReader<'_>,
    table: &DeTable<'_>,
    key: &str,
    range: RangeInclusive<u64>,
) -> Option<u64> {
    let value = reader.whole(table, key)?;
    in_range(reader, table, key, value, range)
}

fn in_range<N: PartialOrd + std::fmt::Display>(
    reader: &mut TomlReader<'_>,
    table: &DeTable<'_>,
    key: &str,
    value: N,
    range: RangeInclusive<N>,
) -> Option<N> {
    if range.contains(&value) {
        return Some(value);
    }
    let (low, high) = range.into_inner();
    reader.fault(
        span_of(table, key)?,
        format!("{value} is impossible for `{key}`"),
        Some(format!("write a number from {low} to {high}")),
    );
    None
}

fn competing(reader: &mut TomlReader<'_>, table: &DeTable<'_>) -> Vec<CompetingEnd> {
    let mut ends = Vec::new();
    for (span, name) in reader.texts(table, "competing") {
        match parse_code::<CompetingEnd>(&name) {
            Ok(end) if ends.contains(&end) => {}
            Ok(end) => ends.push(end),
            Err(error) => {
                let codes: Vec<&str> = CompetingEnd::ALL.iter().map(|end| end.code()).collect();
                reader.unknown(span, &error.to_string(), &name, &codes);
            }
        }
    }
    ends
}
