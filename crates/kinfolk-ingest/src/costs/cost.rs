//! `[[cost]]`: what is spent, by whom, when.

use std::ops::Range;

use kinfolk_model::{Amount, Cost, CostKind, Payer, Split, parse_code};
use toml::de::DeTable;

use super::amount::Form;
use super::reader::CostsReader;
use crate::rules;
use crate::toml_reader::Value;

const COST_KEYS: &[&str] = &[
    "id",
    "label",
    "kind",
    "amounts",
    "staff",
    "packages",
    "level",
    "price_year",
    "prices",
    "bias",
    "payers",
    "source",
];
/// By how much shares may miss one.
const SUM_TOLERANCE: f64 = 1e-9;

impl<'t> CostsReader<'t> {
    pub(super) fn cost(&mut self, span: &Range<usize>, table: &DeTable<'t>) -> Option<Cost> {
        self.toml.only(table, "[[cost]]", COST_KEYS);
        let id = self.required_text(span, table, "id");
        let label = self.required_text(span, table, "label");
        let kind = self.required_code::<CostKind>(span, table, "kind");
        let amounts = self.amounts(span, table);
        let level = match table.get("level") {
            Some(value) => self.amount(value, "level", Form::Rate),
            None => Some(Amount::fixed(1.0)),
        };
        let price_year = self.price_year(span, table);
        self.only_real(table);
        let bias = self.required_amount(span, table, "bias", Form::Share);
        let payers = self.payers(span, table);
        let source = self.required_text(span, table, "source");
        Some(Cost {
            id: id?,
            label: label?,
            kind: kind?,
            amounts: amounts?,
            level: level?,
            price_year: price_year?,
            bias: bias?,
            payers: payers?,
            source: source?,
        })
    }

    /// Pounds by year: as such, from posts and pay, or from a number of packages at a price.
    fn amounts(&mut self, span: &Range<usize>, table: &DeTable<'t>) -> Option<Vec<f64>> {
        let ways = ["amounts", "staff", "packages"];
        if ways.iter().filter(|way| table.contains_key(**way)).count() != 1 {
            let message = "a cost has one of `amounts`, `staff` and `packages`".to_owned();
            self.toml.fault(span.clone(), message, None);
            return None;
        }
        let pounds = if let Some(staff) = self.toml.table(table, "staff") {
            self.staff(span, staff)
        } else if let Some(packages) = self.toml.table(table, "packages") {
            self.toml.only(packages, "packages", &["price", "number"]);
            let price = self.required_number(span, packages, "price");
            let number = self.required_numbers(span, packages, "number");
            price
                .zip(number)
                .map(|(price, number)| times(&number, price))
        } else {
            self.required_numbers(span, table, "amounts")
        }?;
        if pounds
            .iter()
            .all(|amount| amount.is_finite() && *amount >= 0.0)
        {
            return Some(pounds);
        }
        let message = "a cost is never less than nothing".to_owned();
        self.toml.fault(span.clone(), message, None);
        None
    }

    /// Posts by year, times pay, with on-costs on top of pay and overheads on top of both.
    fn staff(&mut self, span: &Range<usize>, staff: &DeTable<'t>) -> Option<Vec<f64>> {
        self.toml.only(
            staff,
            "staff",
            &["posts", "salary", "on_costs", "overheads"],
        );
        let posts = self.required_numbers(span, staff, "posts");
        let salary = self.required_number(span, staff, "salary");
        let on_costs = self.required_number(span, staff, "on_costs");
        let overheads = self.required_number(span, staff, "overheads");
        let post = salary? * (1.0 + on_costs?) * (1.0 + overheads?);
        Some(times(&posts?, post))
    }

    /// Discount rates are real, so sums in the money of their day cannot stand beside them.
    pub(super) fn only_real(&mut self, table: &DeTable<'t>) {
        let Some(prices) = self.toml.text(table, "prices") else {
            return;
        };
        let span = table.get("prices").map_or(0..0, Value::span);
        match prices.as_str() {
            "real" => {}
            "nominal" => {
                let message = "sums in the money of their day stand beside real ones".to_owned();
                self.find(&rules::NOMINAL_WITH_REAL, &span, "prices", message);
            }
            other => {
                let message = format!("`{other}` are no prices");
                self.toml
                    .unknown(span, &message, other, &["real", "nominal"]);
            }
        }
    }

    pub(super) fn required_code<C: kinfolk_model::Code>(
        &mut self,
        span: &Range<usize>,
        table: &DeTable<'t>,
        key: &str,
    ) -> Option<C> {
        match self.code(table, key) {
            Some(code) => code,
            None => {
                self.missing(span, key);
                None
            }
        }
    }

    /// Who pays or gains, and which share; the shares add up to one.
    pub(super) fn payers(&mut self, span: &Range<usize>, table: &DeTable<'t>) -> Option<Split> {
        if !table.contains_key("payers") {
            self.missing(span, "payers");
        }
        let shares = self.toml.table(table, "payers")?;
        let mut split: Split = Vec::new();
        for (name, value) in shares {
            let text = name.get_ref().as_ref();
            let Ok(payer) = parse_code::<Payer>(text) else {
                let known: Vec<&str> = <Payer as kinfolk_model::Code>::ALL
                    .iter()
                    .map(|payer| kinfolk_model::Code::code(*payer))
                    .collect();
                let message = format!("`{text}` is no payer");
                self.toml.unknown(name.span(), &message, text, &known);
                return None;
            };
            let share = self.toml.number_of(value, text)?;
            split.push((payer, share));
        }
        split.sort_by_key(|(payer, _)| *payer);
        let sum: f64 = split.iter().map(|(_, share)| share).sum();
        let is_whole = (sum - 1.0).abs() <= SUM_TOLERANCE;
        if is_whole && split.iter().all(|(_, share)| (0.0..=1.0).contains(share)) {
            return Some(split);
        }
        let place = table
            .get("payers")
            .map_or_else(|| span.clone(), Value::span);
        let message = format!("the shares of payers add up to {sum}");
        self.find(&rules::SHARES_DO_NOT_SUM, &place, "payers", message);
        None
    }
}

fn times(numbers: &[f64], by: f64) -> Vec<f64> {
    numbers.iter().map(|number| number * by).collect()
}
