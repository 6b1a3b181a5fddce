//! The protocol: what was settled before any outcome was looked at, as `study.toml` says it.

use kinfolk_model::{
    Code, ComparatorPool, ComparisonMethod, ComparisonSettings, CovariateCaliper, Settings, format,
    outcome_label,
};

use crate::compose::context::heading;
use crate::document::Block;
use crate::sentences::comparison::{in_words, phrase_list};

/// The protocol as terms and what was chosen.
pub(super) fn blocks(asked: &ComparisonSettings) -> Vec<Block> {
    vec![
        heading("What was settled beforehand"),
        Block::Definitions(terms(asked)),
    ]
}

fn terms(asked: &ComparisonSettings) -> Vec<(String, String)> {
    let rows = [
        ("Outcomes", outcomes(asked)),
        ("Made alike in", names(&asked.covariates)),
        ("The same in", names(&asked.exact)),
        ("Near in", calipers(asked)),
        ("Also within each", authority(asked)),
        ("Method", method(asked)),
        ("Followed for", follow_up(asked)),
        ("What would matter", margin(asked)),
    ];
    let rows = rows.into_iter().filter(|(_, chosen)| !chosen.is_empty());
    rows.map(|(term, chosen)| (term.to_owned(), chosen))
        .collect()
}

/// What `study.toml` says under `[comparison]`, as rows of the table of options.
pub(crate) fn options(settings: &Settings) -> Vec<(&'static str, String)> {
    let Some(asked) = &settings.comparison else {
        return Vec::new();
    };
    vec![
        ("Outcomes compared (comparison.outcomes)", outcomes(asked)),
        (
            "Covariates (comparison.covariates)",
            names(&asked.covariates),
        ),
        (
            "The same in pairs (comparison.exact)",
            or_none(names(&asked.exact)),
        ),
        (
            "Near in pairs (comparison.calipers)",
            or_none(calipers(asked)),
        ),
        (
            "Authorities told apart by (comparison.authority)",
            or_none(authority(asked)),
        ),
        (
            "How arms are made alike (method, comparators, caliper, scale, ratio)",
            method(asked),
        ),
        (
            "Follow-up and what ends it (follow_up_days, competing)",
            follow_up(asked),
        ),
        (
            "Difference that matters (comparison.margin)",
            or_none(margin(asked)),
        ),
    ]
}

fn or_none(words: String) -> String {
    match words.as_str() {
        "" => "none".to_owned(),
        _ => words,
    }
}

fn outcomes(asked: &ComparisonSettings) -> String {
    let labels: Vec<String> = asked
        .outcomes
        .iter()
        .map(|name| outcome_label(name))
        .collect();
    labels.join("; ")
}

fn names(columns: &[String]) -> String {
    phrase_list(
        &columns
            .iter()
            .map(|name| in_words(name))
            .collect::<Vec<_>>(),
    )
}

/// Each covariate with its caliper, in its own unit.
fn calipers(asked: &ComparisonSettings) -> String {
    let words = |own: &CovariateCaliper| {
        let width = format::exact(own.width);
        format!(
            "{} (no further apart than {width})",
            in_words(&own.covariate)
        )
    };
    phrase_list(&asked.calipers.iter().map(words).collect::<Vec<_>>())
}

fn authority(asked: &ComparisonSettings) -> String {
    names(asked.authority.as_slice())
}

fn method(asked: &ComparisonSettings) -> String {
    if asked.method != ComparisonMethod::Matched {
        return asked.method.label().to_owned();
    }
    let rule = asked.rule;
    let caliper = match rule.caliper {
        Some(width) => format!("within {} standard deviations", format::exact(width)),
        None => "without a caliper".to_owned(),
    };
    let label = asked.method.label();
    match rule.pool {
        ComparatorPool::Any => format!(
            "{label}: the highest score chooses first and takes the nearest, {caliper} ({} scale), {} for \
             each child, nobody twice",
            rule.scale.label().to_lowercase(),
            rule.ratio
        ),
        ComparatorPool::RiskSet => format!(
            "{label}: whoever joined earliest in care chooses first and takes the nearest (log hazard of \
             joining), {caliper}, of those in care as long and not yet in the programme; both are followed \
             from that time in care. One who joins later stays a comparator, so differences are of joining now, \
             against later or never; curves stop at joining"
        ),
    }
}

fn follow_up(asked: &ComparisonSettings) -> String {
    let ends: Vec<String> = asked
        .competing
        .iter()
        .map(|end| end.label().to_lowercase().replace("18", "eighteen"))
        .collect();
    let days = format!("{} days", asked.follow_up_days);
    match ends.as_slice() {
        [] => days,
        ends => format!("{days}, or until {}", phrase_list(ends)),
    }
}

fn margin(asked: &ComparisonSettings) -> String {
    asked.margin.map_or_else(String::new, |margin| {
        format!(
            "a difference of {} percentage points",
            format::number(100.0 * margin, 0)
        )
    })
}
