//! `[research]`: what it would cost to find out more, and for how long the answer would be of use.

use kinfolk_model::ResearchCost;
use toml::de::DeTable;

use super::reader::CostsReader;
use crate::toml_reader::Value;

const RESEARCH_KEYS: &[&str] = &[
    "fixed",
    "each_child",
    "price_year",
    "prices",
    "years",
    "source",
];

impl<'t> CostsReader<'t> {
    pub(super) fn research(&mut self, root: &DeTable<'t>) -> Option<ResearchCost> {
        let table = self.toml.table(root, "research")?;
        let span = root.get("research").map_or(0..0, Value::span);
        self.toml.only(table, "[research]", RESEARCH_KEYS);
        self.only_real(table);
        let fixed = self.required_number(&span, table, "fixed");
        let each_child = self.required_number(&span, table, "each_child");
        let price_year = self.price_year(&span, table);
        let years = self.years(&span, table, "years", 1);
        let source = self.required_text(&span, table, "source");
        let research = ResearchCost {
            fixed: fixed?,
            each_child: each_child?,
            price_year: price_year?,
            years: years?,
            source: source?,
        };
        let is_cost = |pounds: f64| pounds.is_finite() && pounds >= 0.0;
        if is_cost(research.fixed) && is_cost(research.each_child) {
            return Some(research);
        }
        let message = "a study never costs less than nothing".to_owned();
        self.toml.fault(span, message, None);
        None
    }
}
