//! `[appraisal]`: how far it looks, in whose prices, for how many children, and how it is drawn.

use std::ops::Range;

use kinfolk_model::{Costs, DiscountSchedule, Statistic};
use toml::de::DeTable;

use super::amount::Form;
use super::national::{ALTERNATIVE, deflator, schedules};
use super::reader::CostsReader;
use crate::toml_reader::Value;

const APPRAISAL_KEYS: &[&str] = &[
    "title",
    "years",
    "price_year",
    "discount",
    "children",
    "engagement",
    "retention",
    "confidence",
    "draws",
    "seed",
    "thresholds",
];
/// More draws tell nothing more and take memory.
const MOST_DRAWS: u64 = 100_000;
/// Fewer draws tell too little.
const FEWEST_DRAWS: u64 = 100;
const EVERY_POUND: &[f64] = &[1.0];

impl<'t> CostsReader<'t> {
    /// Everything but costs, outcomes and what stands in lists.
    pub(super) fn appraisal(&mut self, span: &Range<usize>, table: &DeTable<'t>) -> Option<Costs> {
        self.toml.only(table, "[appraisal]", APPRAISAL_KEYS);
        let title = self.required_text(span, table, "title");
        let years = self.years(span, table, "years", 1);
        let price_year = self.price_year(span, table);
        let discount = self.discount(span, table);
        let children = match table.get("children") {
            Some(value) => self.given(value, "children", Form::Rate, Statistic::Count),
            None => {
                self.missing(span, "children");
                None
            }
        };
        let engagement = self.required_amount(span, table, "engagement", Form::Share);
        let retention = self.required_amount(span, table, "retention", Form::Share);
        let confidence = self.confidence(span, table);
        let draws = self.whole(span, table, "draws", FEWEST_DRAWS..=MOST_DRAWS);
        let seed = self.seed(span, table);
        let thresholds = self.thresholds(span, table);
        Some(Costs {
            title: title?,
            years: years?,
            price_year: price_year?,
            children: children?,
            engagement: engagement?,
            retention: retention?,
            confidence: confidence?,
            seed: seed?,
            draws: draws?,
            thresholds: thresholds?,
            costs: Vec::new(),
            outcomes: Vec::new(),
            not_counted: Vec::new(),
            correlations: Vec::new(),
            research: None,
            discount: discount?,
            alternative_discount: schedules().remove(ALTERNATIVE).unwrap_or_default(),
            deflator: deflator(),
        })
    }

    fn discount(&mut self, span: &Range<usize>, table: &DeTable<'t>) -> Option<DiscountSchedule> {
        let id = self.required_text(span, table, "discount")?;
        let mut known = schedules();
        if let Some(schedule) = known.remove(&id) {
            return Some(schedule);
        }
        let place = table
            .get("discount")
            .map_or_else(|| span.clone(), Value::span);
        let ids: Vec<&str> = known.keys().map(String::as_str).collect();
        let message = format!("`{id}` is no discount schedule");
        self.toml.unknown(place, &message, &id, &ids);
        None
    }

    fn seed(&mut self, span: &Range<usize>, table: &DeTable<'t>) -> Option<u64> {
        if !table.contains_key("seed") {
            self.missing(span, "seed");
        }
        self.toml.whole(table, "seed")
    }

    fn confidence(&mut self, span: &Range<usize>, table: &DeTable<'t>) -> Option<f64> {
        let level = self.required_number(span, table, "confidence")?;
        if (0.5..=0.999).contains(&level) {
            return Some(level);
        }
        let place = table
            .get("confidence")
            .map_or_else(|| span.clone(), Value::span);
        let message = "`confidence` must be from 0.5 to 0.999".to_owned();
        self.toml.fault(place, message, None);
        None
    }

    /// What a pound must return, rising; one pound unless the file says more.
    fn thresholds(&mut self, span: &Range<usize>, table: &DeTable<'t>) -> Option<Vec<f64>> {
        let Some(value) = table.get("thresholds") else {
            return Some(EVERY_POUND.to_vec());
        };
        let thresholds = self.required_numbers(span, table, "thresholds")?;
        let is_rising = thresholds.windows(2).all(|pair| pair[0] < pair[1]);
        if is_rising && thresholds.iter().all(|at| at.is_finite() && *at >= 0.0) {
            return Some(thresholds);
        }
        let message = "`thresholds` must rise from 0 up".to_owned();
        self.toml.fault(value.span(), message, None);
        None
    }
}
