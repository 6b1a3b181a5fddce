//! Reads TOML with positions, keeping on after a fault so that all are told at once.

use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::cell;
use crate::error::SettingsProblem;

/// A TOML text under reading, with the faults found so far.
pub(crate) struct TomlReader<'t> {
    text: &'t str,
    problems: Vec<SettingsProblem>,
}

/// A value with its place.
pub(crate) type Value<'t> = Spanned<DeValue<'t>>;

impl<'t> TomlReader<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self {
            text,
            problems: Vec::new(),
        }
    }

    /// The whole text as a table; `None`, with a fault, when it is no TOML.
    pub(crate) fn root(&mut self) -> Option<DeTable<'t>> {
        match DeTable::parse(self.text) {
            Ok(table) => Some(table.into_inner()),
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                self.fault(span, error.message().to_owned(), None);
                None
            }
        }
    }

    /// The faults, in the order of their lines.
    pub(crate) fn into_problems(mut self) -> Vec<SettingsProblem> {
        self.problems.sort_by_key(|p| (p.line, p.column));
        self.problems
    }

    pub(crate) fn fault(&mut self, span: Range<usize>, message: String, help: Option<String>) {
        let (line, column) = position(self.text, span.start);
        self.problems.push(SettingsProblem {
            line,
            column,
            message,
            help,
        });
    }

    /// The line of a byte, from 1.
    pub(crate) fn line(&self, span: &Range<usize>) -> u32 {
        position(self.text, span.start).0
    }

    /// Reports every key that is not among `known`.
    pub(crate) fn only(&mut self, table: &DeTable<'_>, section: &str, known: &[&str]) {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                self.unknown(
                    key.span(),
                    &format!("unknown key `{name}` in {section}"),
                    name,
                    known,
                );
            }
        }
    }

    /// Reports a name that is not among `known`, with the nearest that is.
    pub(crate) fn unknown(
        &mut self,
        span: Range<usize>,
        message: &str,
        name: &str,
        known: &[&str],
    ) {
        let help = match cell::nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it may be {}", known.join(", ")),
        };
        self.fault(span, message.to_owned(), Some(help));
    }

    /// A table under a key.
    pub(crate) fn table<'a, 'd>(
        &mut self,
        parent: &'a DeTable<'d>,
        key: &str,
    ) -> Option<&'a DeTable<'d>> {
        let value = parent.get(key)?;
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_kind(value, key, "a table");
        }
        table
    }

    /// Text under a key, without white space at its ends.
    pub(crate) fn text(&mut self, table: &DeTable<'_>, key: &str) -> Option<String> {
        let value = table.get(key)?;
        self.text_of(value, key)
    }

    pub(crate) fn text_of(&mut self, value: &Value<'_>, key: &str) -> Option<String> {
        match value.get_ref().as_str() {
            Some(text) => Some(text.trim().to_owned()),
            None => {
                self.wrong_kind(value, key, "text in quotation marks");
                None
            }
        }
    }

    /// One text or a list of texts under a key, each with its place.
    pub(crate) fn texts(&mut self, table: &DeTable<'_>, key: &str) -> Vec<(Range<usize>, String)> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let items: Vec<&Value<'_>> = match value.get_ref().as_array() {
            Some(array) => array.iter().collect(),
            None => vec![value],
        };
        items
            .into_iter()
            .filter_map(|item| Some((item.span(), self.text_of(item, key)?)))
            .collect()
    }

    pub(crate) fn yes_no(&mut self, table: &DeTable<'_>, key: &str) -> Option<bool> {
        let value = table.get(key)?;
        let answer = value.get_ref().as_bool();
        if answer.is_none() {
            self.wrong_kind(value, key, "true or false");
        }
        answer
    }

    /// A number under a key, whole or not.
    pub(crate) fn number(&mut self, table: &DeTable<'_>, key: &str) -> Option<f64> {
        let value = table.get(key)?;
        self.number_of(value, key)
    }

    pub(crate) fn number_of(&mut self, value: &Value<'_>, key: &str) -> Option<f64> {
        let number = match value.get_ref() {
            DeValue::Float(float) => float.as_str().parse().ok(),
            DeValue::Integer(integer) => integer.as_str().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_kind(value, key, "a number");
        }
        number
    }

    /// A whole number from zero up under a key.
    pub(crate) fn whole(&mut self, table: &DeTable<'_>, key: &str) -> Option<u64> {
        let value = table.get(key)?;
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|integer| u64::from_str_radix(integer.as_str(), integer.radix()).ok());
        if number.is_none() {
            self.wrong_kind(value, key, "a whole number from zero up");
        }
        number
    }

    /// A day under a key, as TOML writes days or as text.
    pub(crate) fn day(&mut self, table: &DeTable<'_>, key: &str) -> Option<Date> {
        let value = table.get(key)?;
        let day = match value.get_ref() {
            DeValue::Datetime(datetime) => datetime.date.and_then(civil),
            DeValue::String(text) => cell::date_in_full(text),
            _ => None,
        };
        if day.is_none() {
            self.wrong_kind(value, key, "a day such as 2024-04-01");
        }
        day
    }

    fn wrong_kind(&mut self, value: &Value<'_>, key: &str, expected: &str) {
        let found = value.get_ref().type_str();
        self.fault(
            value.span(),
            format!("`{key}` must be {expected}, not this {found}"),
            None,
        );
    }
}

fn civil(date: toml::value::Date) -> Option<Date> {
    Date::new(
        i16::try_from(date.year).ok()?,
        i8::try_from(date.month).ok()?,
        i8::try_from(date.day).ok()?,
    )
    .ok()
}

/// Line and column of a byte, both from 1.
fn position(text: &str, byte: usize) -> (u32, u32) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |last| last.chars().count())
        + 1;
    (number(line), number(column))
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
