//! `voices.toml`: quotations and case studies, held only with consent.

use std::ops::Range;

use kinfolk_model::{Code, Finding, Place, SectionName, Story, Voice, Voices, parse_code};
use toml::de::DeTable;

use crate::cell;
use crate::rules::{self, Rule};
use crate::toml_reader::{TomlReader, Value};

/// What a list of quotations may be called.
const QUOTES: &[&str] = &["quote", "quotes"];
/// What a list of case studies may be called.
const STORIES: &[&str] = &["story", "stories"];
const QUOTE_KEYS: &[&str] = &["text", "speaker", "section", "consent", "names_changed"];
const STORY_KEYS: &[&str] = &[
    "title",
    "at_the_start",
    "what_we_did",
    "what_changed",
    "in_one_line",
    "consent",
    "names_changed",
];

/// Reads `voices.toml`. What may not be printed is left out with a finding, which never repeats it.
pub(crate) fn read_voices(path: &str, text: &str) -> (Voices, Vec<Finding>) {
    let mut reader = VoicesReader {
        path,
        toml: TomlReader::new(text),
        findings: Vec::new(),
    };
    let voices = match reader.toml.root() {
        Some(root) => reader.voices(&root),
        None => Voices::default(),
    };
    let mut findings = reader.findings;
    findings.extend(reader.toml.into_problems().into_iter().map(|problem| {
        let place = Place {
            file: path.to_owned(),
            row: Some(problem.line),
            column: Some(problem.column),
            ..Place::default()
        };
        let help = problem.help;
        let finding = rules::VOICES_UNREADABLE.at(place, problem.message);
        match help {
            Some(help) => Finding { help, ..finding },
            None => finding,
        }
    }));
    (voices, findings)
}

struct VoicesReader<'t> {
    path: &'t str,
    toml: TomlReader<'t>,
    findings: Vec<Finding>,
}

impl<'t> VoicesReader<'t> {
    fn voices(&mut self, root: &DeTable<'t>) -> Voices {
        self.toml
            .only(root, "voices.toml", &[QUOTES, STORIES].concat());
        let quotes = entries(&mut self.toml, root, QUOTES);
        let stories = entries(&mut self.toml, root, STORIES);
        Voices {
            quotes: quotes
                .into_iter()
                .filter_map(|(span, table)| self.quote(&span, table))
                .collect(),
            stories: stories
                .into_iter()
                .filter_map(|(span, table)| self.story(&span, table))
                .collect(),
        }
    }

    fn quote(&mut self, span: &Range<usize>, table: &DeTable<'t>) -> Option<Voice> {
        self.toml.only(table, "[[quote]]", QUOTE_KEYS);
        let text = self.required(span, table, "text");
        let speaker = self.required(span, table, "speaker");
        let section = self.section(table);
        let has_consent = self.granted(
            span,
            table,
            "consent",
            &rules::CONSENT_MISSING,
            "the quotation",
        );
        let is_changed = !table.contains_key("names_changed")
            || self.granted(
                span,
                table,
                "names_changed",
                &rules::NAMES_NOT_CHANGED,
                "the quotation",
            );
        let voice = Voice {
            text: text?,
            speaker: speaker?,
            section,
        };
        (has_consent && is_changed).then_some(voice)
    }

    fn story(&mut self, span: &Range<usize>, table: &DeTable<'t>) -> Option<Story> {
        self.toml.only(table, "[[story]]", STORY_KEYS);
        let title = self.required(span, table, "title");
        let at_the_start = self.required(span, table, "at_the_start");
        let what_we_did = self.required(span, table, "what_we_did");
        let what_changed = self.required(span, table, "what_changed");
        let in_one_line = self.required(span, table, "in_one_line");
        let has_consent =
            self.granted(span, table, "consent", &rules::CONSENT_MISSING, "the story");
        let is_changed = self.granted(
            span,
            table,
            "names_changed",
            &rules::NAMES_NOT_CHANGED,
            "the story",
        );
        let story = Story {
            title: title?,
            at_the_start: at_the_start?,
            what_we_did: what_we_did?,
            what_changed: what_changed?,
            in_one_line: in_one_line?,
        };
        (has_consent && is_changed).then_some(story)
    }

    fn required(&mut self, span: &Range<usize>, table: &DeTable<'t>, key: &str) -> Option<String> {
        let text = self.toml.text(table, key).filter(|text| !text.is_empty());
        if text.is_none() && table.get(key).is_none_or(|value| value.get_ref().is_str()) {
            let message = format!("`{key}` is missing");
            self.toml.fault(span.clone(), message, None);
        }
        text
    }

    /// The section of a quotation; without one, that of the voices.
    fn section(&mut self, table: &DeTable<'t>) -> SectionName {
        let Some(text) = self.toml.text(table, "section") else {
            return SectionName::Voices;
        };
        parse_code(&text).unwrap_or_else(|_| {
            let span = table.get("section").map_or(0..0, Value::span);
            let codes = SectionName::ALL.iter().map(|section| section.code());
            let near = cell::nearest(&text, codes)
                .map_or(String::new(), |near| format!("; the nearest is `{near}`"));
            let message =
                format!("`{text}` is no section{near}; the quotation stands under voices");
            let place = self.place(&span, "section");
            self.findings.push(rules::UNKNOWN_CODE.at(place, message));
            SectionName::Voices
        })
    }

    /// Whether a permission is recorded; a finding where it is not.
    fn granted(
        &mut self,
        span: &Range<usize>,
        table: &DeTable<'t>,
        key: &str,
        rule: &Rule,
        what: &str,
    ) -> bool {
        let is_granted = self.toml.yes_no(table, key) == Some(true);
        if !is_granted {
            let span = table.get(key).map_or_else(|| span.clone(), Value::span);
            let message = format!("{what} is left out, since {key} = true is not recorded");
            let place = self.place(&span, key);
            self.findings.push(rule.at(place, message));
        }
        is_granted
    }

    fn place(&self, span: &Range<usize>, key: &str) -> Place {
        Place {
            file: self.path.to_owned(),
            row: Some(self.toml.line(span)),
            header: Some(key.to_owned()),
            ..Place::default()
        }
    }
}

/// The tables of an array such as `[[quote]]`, under any of its names.
pub(crate) fn entries<'a, 't>(
    toml: &mut TomlReader<'t>,
    root: &'a DeTable<'t>,
    names: &[&str],
) -> Vec<(Range<usize>, &'a DeTable<'t>)> {
    let mut entries = Vec::new();
    for (name, value) in names
        .iter()
        .filter_map(|name| Some((name, root.get(*name)?)))
    {
        let tables: Option<Vec<_>> = value.get_ref().as_array().and_then(|array| {
            let table = |item: &'a Value<'t>| Some((item.span(), item.get_ref().as_table()?));
            array.iter().map(table).collect()
        });
        match tables {
            Some(tables) => entries.extend(tables),
            None => toml.fault(
                value.span(),
                format!("`{name}` must be written as [[{name}]]"),
                None,
            ),
        }
    }
    entries
}
