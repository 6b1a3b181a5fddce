//! What a word of kinfolk means: measures, rules, disclosure profiles, tables and columns.

use kinfolk_disclosure::profile;
use kinfolk_ingest::returns::RETURN_RULES;
use kinfolk_ingest::{RULES, Rule};
use kinfolk_model::schema::{Column, ColumnKind, TABLES, TableSchema};
use kinfolk_model::{Code, DisclosureProfile, MEASURES, Measure, Severity};

use crate::Error;

/// How many near words an unknown topic is answered with.
const N_SUGGESTIONS: usize = 3;
/// How alike two words must be to be worth suggesting, from 0 to 1.
const LIKENESS: f64 = 0.7;

/// What kind of word a topic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TopicKind {
    /// A result, such as `objectives.met`.
    Measure,
    /// A check of the data, such as `date-order`.
    Rule,
    /// Rules for small numbers, such as `dfe-csc`.
    Profile,
    /// A table of a study folder, such as `objectives`.
    Table,
    /// A column of a table, such as `children.care_start`.
    Column,
}

impl TopicKind {
    /// The kind in words, as a heading.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Measure => "Measures",
            Self::Rule => "Rules for the data",
            Self::Profile => "Disclosure profiles",
            Self::Table => "Tables",
            Self::Column => "Columns",
        }
    }
}

/// A word with its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The word.
    pub topic: String,
    /// What kind of word it is.
    pub kind: TopicKind,
    /// A short title.
    pub title: String,
    /// The meaning, in sentences.
    pub paragraphs: Vec<String>,
    /// Further facts: what, and which.
    pub facts: Vec<(String, String)>,
}

/// Every word with its meaning: measures, rules, profiles, tables, columns.
pub fn topics() -> Vec<Explanation> {
    let tables = TABLES.iter().map(of_table);
    let columns = TABLES
        .iter()
        .flat_map(|table| table.columns.iter().map(|column| of_column(table, column)));
    MEASURES
        .iter()
        .map(of_measure)
        .chain(RULES.iter().chain(RETURN_RULES).map(of_rule))
        .chain(DisclosureProfile::ALL.iter().copied().map(of_profile))
        .chain(tables)
        .chain(columns)
        .collect()
}

/// What a word means. A word may have two meanings: `objectives.status` is a measure and a column.
///
/// # Errors
///
/// [`Error::UnknownTopic`], with the words nearest to it.
///
/// ```
/// let met = kinfolk::explain("objectives.met")?;
/// assert_eq!(met[0].title, "Objectives met");
/// # Ok::<(), kinfolk::Error>(())
/// ```
pub fn explain(topic: &str) -> Result<Vec<Explanation>, Error> {
    let wanted = topic.trim().to_lowercase();
    let all = topics();
    let found: Vec<Explanation> = all
        .iter()
        .filter(|explanation| explanation.topic == wanted)
        .cloned()
        .collect();
    if found.is_empty() {
        Err(Error::UnknownTopic {
            topic: topic.to_owned(),
            suggestions: nearest(&wanted, &all),
        })
    } else {
        Ok(found)
    }
}

fn nearest(wanted: &str, all: &[Explanation]) -> Vec<String> {
    let likeness = |topic: &str| {
        let tail = topic.rsplit('.').next().unwrap_or(topic);
        strsim::jaro_winkler(wanted, topic).max(strsim::jaro_winkler(wanted, tail) * 0.99)
    };
    let mut scored: Vec<(f64, &str)> = all
        .iter()
        .map(|explanation| (likeness(&explanation.topic), explanation.topic.as_str()))
        .filter(|(score, _)| *score >= LIKENESS)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored
        .into_iter()
        .take(N_SUGGESTIONS)
        .map(|(_, topic)| topic.to_owned())
        .collect()
}

fn of_measure(measure: &Measure) -> Explanation {
    Explanation {
        topic: measure.id.to_owned(),
        kind: TopicKind::Measure,
        title: measure.title.to_owned(),
        paragraphs: vec![measure.definition.to_owned()],
        facts: vec![fact("Computed from", measure.source)],
    }
}

fn of_rule(rule: &Rule) -> Explanation {
    Explanation {
        topic: rule.id.to_owned(),
        kind: TopicKind::Rule,
        title: rule.title.to_owned(),
        paragraphs: Vec::new(),
        facts: vec![
            fact("Severity", severity(rule.severity)),
            fact("Why it matters", rule.why),
            fact("What to do", rule.help),
        ],
    }
}

/// What a severity says became of the value.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error: a value, a row or a file was left out",
        Severity::Warning => "warning: it was kept although it is doubtful",
        Severity::Note => "note: it tells what the reader decided",
    }
}

fn of_profile(id: DisclosureProfile) -> Explanation {
    let rules = profile(id);
    let hidden = rules.hidden.as_ref().map_or_else(
        || "none".to_owned(),
        |range| format!("from {} to {}", range.start(), range.end()),
    );
    Explanation {
        topic: id.code().to_owned(),
        kind: TopicKind::Profile,
        title: id.label().to_owned(),
        paragraphs: vec![rules.sentence.to_owned()],
        facts: vec![
            fact("Withheld counts of children", &hidden),
            fact("Rounding for one authority", &rounding(rules.local_base)),
            fact(
                "Rounding for several authorities",
                &rounding(rules.national_base),
            ),
            fact("After", modelled_on(id)),
        ],
    }
}

fn rounding(base: u64) -> String {
    match base {
        0 | 1 => "none".to_owned(),
        base => format!("to the nearest {base}"),
    }
}

/// Whose rules a profile follows.
fn modelled_on(id: DisclosureProfile) -> &'static str {
    match id {
        DisclosureProfile::DfeCsc => {
            "Department for Education, guidance on statistics of children in need, 2020 and 2021"
        }
        DisclosureProfile::NhsRound5 => {
            "NHS England, publications on hospital activity and child measurement"
        }
        DisclosureProfile::Tre => "ACRO, default settings for trusted research environments",
        DisclosureProfile::Internal => "nobody: for use inside the building only",
    }
}

fn of_table(table: &TableSchema) -> Explanation {
    Explanation {
        topic: table.name.to_owned(),
        kind: TopicKind::Table,
        title: format!("A row is {}", table.row),
        paragraphs: Vec::new(),
        facts: table
            .columns
            .iter()
            .map(|column| fact(&marked(column), column.meaning))
            .collect(),
    }
}

/// The name, with a star where the column must be there.
fn marked(column: &Column) -> String {
    let star = if column.required { "*" } else { "" };
    format!("{}{star}", column.name)
}

fn of_column(table: &TableSchema, column: &Column) -> Explanation {
    let required = if column.required { "yes" } else { "no" };
    Explanation {
        topic: format!("{}.{}", table.name, column.name),
        kind: TopicKind::Column,
        title: column.meaning.to_owned(),
        paragraphs: Vec::new(),
        facts: vec![
            fact("Values", &values(column.kind)),
            fact("Required", required),
        ],
    }
}

/// What a column may say, in words.
fn values(kind: ColumnKind) -> String {
    match kind {
        ColumnKind::Identifier => "an identifier, kept as text".to_owned(),
        ColumnKind::Text => "text".to_owned(),
        ColumnKind::Date => "a day: 2024-05-31, 31/05/2024, or a date in a spreadsheet".to_owned(),
        ColumnKind::YesNo => "yes or no".to_owned(),
        ColumnKind::Integer { low, high } => format!("a whole number from {low} to {high}"),
        ColumnKind::Code(members) => members()
            .iter()
            .map(|member| member.code)
            .collect::<Vec<_>>()
            .join(", "),
        ColumnKind::Answer => "1 to 5, yes or no".to_owned(),
        ColumnKind::Quarter => "a financial quarter: 2024-Q1 is April to June 2024".to_owned(),
    }
}

fn fact(what: &str, which: &str) -> (String, String) {
    (what.to_owned(), which.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_word_has_a_meaning() {
        let check = |topic: &str, kinds: &[TopicKind]| {
            let found: Vec<TopicKind> = explain(topic).unwrap().iter().map(|e| e.kind).collect();
            assert_eq!(found, kinds, "{topic}");
        };
        check("objectives.met", &[TopicKind::Measure]);
        check("dfe-csc", &[TopicKind::Profile]);
        check("objectives", &[TopicKind::Table]);
        check("children.care_start", &[TopicKind::Column]);
        check(
            "objectives.status",
            &[TopicKind::Measure, TopicKind::Column],
        );
        check(" Objectives.Met ", &[TopicKind::Measure]);
        for rule in RULES.iter().chain(RETURN_RULES) {
            check(rule.id, &[TopicKind::Rule]);
        }
    }

    #[test]
    fn an_unknown_word_brings_its_neighbours() {
        let check = |topic: &str, expected: &str| {
            let Err(Error::UnknownTopic { suggestions, .. }) = explain(topic) else {
                panic!("{topic} is known");
            };
            assert_eq!(
                suggestions.first().map(String::as_str),
                Some(expected),
                "{topic}"
            );
        };
        check("objectives.mett", "objectives.met");
        check("dfe-scs", "dfe-csc");
        check("care_start", "children.care_start");
        let Err(Error::UnknownTopic { suggestions, .. }) = explain("zzzz") else {
            panic!("zzzz is known");
        };
        assert!(suggestions.is_empty());
    }
}
