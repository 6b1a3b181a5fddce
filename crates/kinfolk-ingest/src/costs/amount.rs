//! Numbers with their spread, and numbers that the study gives.

use std::ops::Range;

use kinfolk_model::{
    Amount, Code, Direction, Given, Group, Key, Shape, Spread, Statistic, StudyEstimate, parse_code,
};
use toml::de::DeTable;

use super::reader::CostsReader;
use crate::rules;
use crate::toml_reader::Value;

const AMOUNT_KEYS: &[&str] = &["value", "low", "high", "shape"];
const ESTIMATE_KEYS: &[&str] = &["estimate", "statistic", "group", "arm", "good"];

/// What a number is: between which ends it may lie, and the form of its distribution unless the file
/// names another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// 0 to 1.
    Share,
    /// 0 and more.
    Rate,
    /// Pounds.
    Money,
    /// −1 to 1 and beyond, for outcomes that repeat.
    Difference,
}

impl Form {
    fn shape(self) -> Shape {
        match self {
            Self::Share => Shape::Beta,
            Self::Rate | Self::Money => Shape::Gamma,
            Self::Difference => Shape::Normal,
        }
    }

    fn includes(self, value: f64) -> bool {
        value.is_finite()
            && match self {
                Self::Share => (0.0..=1.0).contains(&value),
                Self::Rate | Self::Money => value >= 0.0,
                Self::Difference => true,
            }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Share => "a share from 0 to 1",
            Self::Rate => "a number from 0 up",
            Self::Money => "pounds from 0 up",
            Self::Difference => "a number",
        }
    }
}

impl<'t> CostsReader<'t> {
    /// A number that must be there.
    pub(super) fn required_amount(
        &mut self,
        span: &Range<usize>,
        table: &DeTable<'t>,
        key: &str,
        form: Form,
    ) -> Option<Amount> {
        match table.get(key) {
            Some(value) => self.amount(value, key, form),
            None => {
                self.missing(span, key);
                None
            }
        }
    }

    /// A number that is nothing unless it is there.
    pub(super) fn amount_or_nothing(
        &mut self,
        table: &DeTable<'t>,
        key: &str,
        form: Form,
    ) -> Option<Amount> {
        match table.get(key) {
            Some(value) => self.amount(value, key, form),
            None => Some(Amount::fixed(0.0)),
        }
    }

    /// A number, or a table with its spread.
    pub(super) fn amount(&mut self, value: &Value<'t>, key: &str, form: Form) -> Option<Amount> {
        let (number, spread) = match value.get_ref().as_table() {
            None => (self.toml.number_of(value, key)?, None),
            Some(table) => {
                self.toml.only(table, key, AMOUNT_KEYS);
                let number = self.required_number(&value.span(), table, "value")?;
                (number, self.spread(value, table, number, form))
            }
        };
        if form.includes(number) {
            return Some(Amount {
                value: number,
                spread,
            });
        }
        let message = format!("`{key}` must be {}", form.words());
        self.toml.fault(value.span(), message, None);
        None
    }

    fn spread(
        &mut self,
        value: &Value<'t>,
        table: &DeTable<'t>,
        centre: f64,
        form: Form,
    ) -> Option<Spread> {
        if !table.contains_key("low") && !table.contains_key("high") {
            return None;
        }
        let low = self.required_number(&value.span(), table, "low")?;
        let high = self.required_number(&value.span(), table, "high")?;
        let shape = match self.code::<Shape>(table, "shape") {
            Some(shape) => shape?,
            None => form.shape(),
        };
        let has_centre = low <= centre && centre <= high && low < high;
        let needs_more = matches!(shape, Shape::Beta | Shape::Gamma | Shape::Lognormal);
        let is_inside = form.includes(low) && form.includes(high) && (!needs_more || centre > 0.0);
        let has_room = shape != Shape::Lognormal || low > 0.0;
        if has_centre && is_inside && has_room {
            return Some(Spread { low, high, shape });
        }
        let message = format!(
            "{low} to {high} around {centre} is no spread of {}",
            form.words()
        );
        self.find(&rules::SPREAD_IMPOSSIBLE, &value.span(), "low", message);
        None
    }

    /// A number, or an estimate of the study.
    pub(super) fn given(
        &mut self,
        value: &Value<'t>,
        key: &str,
        form: Form,
        statistic: Statistic,
    ) -> Option<Given> {
        let table = value.get_ref().as_table();
        match table.filter(|table| table.contains_key("estimate")) {
            None => self.amount(value, key, form).map(Given::Stated),
            Some(table) => self.study_estimate(table, key, statistic).map(Given::Study),
        }
    }

    fn study_estimate(
        &mut self,
        table: &DeTable<'t>,
        key: &str,
        statistic: Statistic,
    ) -> Option<StudyEstimate> {
        self.toml.only(table, key, ESTIMATE_KEYS);
        let measure = self.toml.text(table, "estimate")?;
        let statistic = self.code(table, "statistic").unwrap_or(Some(statistic))?;
        let good = self.code(table, "good").unwrap_or(Some(Direction::More))?;
        let group = self.toml.text(table, "group").unwrap_or_default();
        let Ok(group) = group.parse::<Group>() else {
            let span = table.get("group").map_or(0..0, Value::span);
            let message = format!("`{group}` is no group such as category=father");
            self.toml.fault(span, message, None);
            return None;
        };
        let key = Key {
            arm: self.toml.text(table, "arm").unwrap_or_default(),
            ..Key::new(&measure, group, statistic)
        };
        Some(StudyEstimate { key, good })
    }

    /// A code under a key: `None` when the key is not there, `Some(None)`, with a fault, when it is
    /// no such code.
    pub(super) fn code<C: Code>(&mut self, table: &DeTable<'t>, key: &str) -> Option<Option<C>> {
        let value = table.get(key)?;
        let Some(text) = self.toml.text_of(value, key) else {
            return Some(None);
        };
        let code = parse_code(&text).ok();
        if code.is_none() {
            let known: Vec<&str> = C::ALL.iter().map(|code| code.code()).collect();
            let message = format!("`{text}` is no {}", C::NAME);
            self.toml.unknown(value.span(), &message, &text, &known);
        }
        Some(code)
    }

    /// A number that must be there.
    pub(super) fn required_number(
        &mut self,
        span: &Range<usize>,
        table: &DeTable<'t>,
        key: &str,
    ) -> Option<f64> {
        if !table.contains_key(key) {
            self.missing(span, key);
        }
        self.toml.number(table, key)
    }

    /// Numbers in a list that must be there.
    pub(super) fn required_numbers(
        &mut self,
        span: &Range<usize>,
        table: &DeTable<'t>,
        key: &str,
    ) -> Option<Vec<f64>> {
        let Some(value) = table.get(key) else {
            self.missing(span, key);
            return None;
        };
        let Some(list) = value.get_ref().as_array() else {
            return Some(vec![self.toml.number_of(value, key)?]);
        };
        list.iter()
            .map(|item| self.toml.number_of(item, key))
            .collect()
    }
}
