//! The file as a whole: the appraisal, then costs, outcomes, what is not counted, correlations.

use std::ops::Range;

use kinfolk_model::{Correlation, Costs, Finding, Given, NotCounted, PriceYear};
use toml::de::DeTable;

use super::check;
use super::line_place;
use super::unit_costs::UnitCosts;
use crate::rules::{self, Rule};
use crate::toml_reader::{TomlReader, Value};
use crate::voices::entries;

const SECTIONS: &[&str] = &[
    "appraisal",
    "cost",
    "outcome",
    "not_counted",
    "correlation",
    "research",
];
const MOST_YEARS: u64 = 100;

/// Reads one cost file.
pub(super) struct CostsReader<'t> {
    path: &'t str,
    pub(super) toml: TomlReader<'t>,
    pub(super) units: &'t UnitCosts,
    findings: Vec<Finding>,
}

impl<'t> CostsReader<'t> {
    pub(super) fn new(path: &'t str, text: &'t str, units: &'t UnitCosts) -> Self {
        Self {
            path,
            toml: TomlReader::new(text),
            units,
            findings: Vec::new(),
        }
    }

    /// Everything that is wrong or doubtful.
    pub(super) fn into_findings(self) -> Vec<Finding> {
        let path = self.path;
        let problems = self.toml.into_problems().into_iter().map(|problem| {
            let place = kinfolk_model::Place {
                column: Some(problem.column),
                ..line_place(path, problem.line, "")
            };
            let finding = rules::COSTS_UNREADABLE.at(place, problem.message);
            match problem.help {
                Some(help) => Finding { help, ..finding },
                None => finding,
            }
        });
        let mut findings = self.findings;
        findings.extend(problems);
        findings
    }

    /// A breach of a rule at a place in the file.
    pub(super) fn find(&mut self, rule: &Rule, span: &Range<usize>, key: &str, message: String) {
        let place = line_place(self.path, self.toml.line(span), key);
        self.findings.push(rule.at(place, message));
    }

    pub(super) fn missing(&mut self, span: &Range<usize>, key: &str) {
        let message = format!("`{key}` is missing");
        self.toml.fault(span.clone(), message, None);
    }

    pub(super) fn required_text(
        &mut self,
        span: &Range<usize>,
        table: &DeTable<'t>,
        key: &str,
    ) -> Option<String> {
        if !table.contains_key(key) {
            self.missing(span, key);
        }
        self.toml.text(table, key).filter(|text| !text.is_empty())
    }

    /// A whole number between two.
    pub(super) fn whole(
        &mut self,
        span: &Range<usize>,
        table: &DeTable<'t>,
        key: &str,
        range: std::ops::RangeInclusive<u64>,
    ) -> Option<u32> {
        if !table.contains_key(key) {
            self.missing(span, key);
        }
        let number = self.toml.whole(table, key)?;
        if range.contains(&number) {
            return u32::try_from(number).ok();
        }
        let place = table.get(key).map_or_else(|| span.clone(), Value::span);
        let message = format!("`{key}` must be from {} to {}", range.start(), range.end());
        self.toml.fault(place, message, None);
        None
    }

    /// Whole years from 0 up.
    pub(super) fn years(
        &mut self,
        span: &Range<usize>,
        table: &DeTable<'t>,
        key: &str,
        fewest: u64,
    ) -> Option<u32> {
        self.whole(span, table, key, fewest..=MOST_YEARS)
    }

    /// The year of prices, which must be there.
    pub(super) fn price_year(
        &mut self,
        span: &Range<usize>,
        table: &DeTable<'t>,
    ) -> Option<PriceYear> {
        let Some(value) = table.get("price_year") else {
            let message = "no price year is given".to_owned();
            self.find(&rules::PRICE_YEAR_MISSING, span, "price_year", message);
            return None;
        };
        let text = match value.get_ref().as_integer() {
            Some(year) => year.as_str().to_owned(),
            None => self.toml.text_of(value, "price_year")?,
        };
        match text.parse() {
            Ok(year) => Some(year),
            Err(error) => {
                self.toml.fault(value.span(), format!("{error}"), None);
                None
            }
        }
    }

    pub(super) fn read(&mut self) -> Option<Costs> {
        // A file of remarks alone, as a new study has, is no appraisal and no fault.
        let root = self.toml.root().filter(|root| !root.is_empty())?;
        self.toml.only(&root, "costs.toml", SECTIONS);
        let Some(table) = self.toml.table(&root, "appraisal") else {
            if !root.contains_key("appraisal") {
                self.missing(&(0..0), "[appraisal]");
            }
            return None;
        };
        let span = root.get("appraisal").map_or(0..0, Value::span);
        let appraisal = self.appraisal(&span, table);
        let cost_tables = entries(&mut self.toml, &root, &["cost"]);
        let mut costs = Vec::new();
        for (span, table) in &cost_tables {
            costs.extend(self.cost(span, table).map(|cost| (span.clone(), cost)));
        }
        let outcome_tables = entries(&mut self.toml, &root, &["outcome"]);
        let mut outcomes = Vec::new();
        for (span, table) in &outcome_tables {
            outcomes.extend(
                self.outcome(span, table)
                    .map(|outcome| (span.clone(), outcome)),
            );
        }
        self.check_ids(&cost_tables);
        self.check_ids(&outcome_tables);
        let not_counted = self.not_counted(&root);
        let correlations = self.correlations(&root);
        let research = self.research(&root);
        check::check_unit_costs(self, &outcomes);
        let mut priced: Vec<_> = costs
            .iter()
            .map(|(span, cost)| (span.clone(), cost.price_year))
            .collect();
        let of_research = research.iter().zip(root.get("research"));
        priced.extend(of_research.map(|(research, value)| (value.span(), research.price_year)));
        let costs = Costs {
            costs: costs.into_iter().map(|(_, cost)| cost).collect(),
            outcomes: outcomes
                .iter()
                .map(|(_, outcome)| outcome.clone())
                .collect(),
            not_counted,
            correlations,
            research,
            ..appraisal?
        };
        check::check_prices(self, &costs, &span, &priced, &outcomes);
        Some(costs)
    }

    fn not_counted(&mut self, root: &DeTable<'t>) -> Vec<NotCounted> {
        let tables = entries(&mut self.toml, root, &["not_counted"]);
        let mut items = Vec::new();
        for (span, table) in tables {
            self.toml.only(table, "[[not_counted]]", &["what", "why"]);
            let what = self.required_text(&span, table, "what");
            let why = self.required_text(&span, table, "why");
            items.extend(what.zip(why).map(|(what, why)| NotCounted { what, why }));
        }
        items
    }

    fn correlations(&mut self, root: &DeTable<'t>) -> Vec<Correlation> {
        let tables = entries(&mut self.toml, root, &["correlation"]);
        let mut correlations = Vec::new();
        for (span, table) in tables {
            self.toml
                .only(table, "[[correlation]]", &["between", "value"]);
            let names = self.toml.texts(table, "between");
            let value = self.required_number(&span, table, "value");
            match (names.as_slice(), value) {
                ([(_, one), (_, other)], Some(value)) if value.abs() < 1.0 => {
                    correlations.push(Correlation {
                        between: (one.clone(), other.clone()),
                        value,
                    });
                }
                (_, None) => {}
                _ => {
                    let message = "a correlation is between two inputs, above −1 and below 1";
                    self.toml.fault(span, message.to_owned(), None);
                }
            }
        }
        correlations
    }

    /// No two costs, and no two outcomes, have one id.
    fn check_ids(&mut self, tables: &[(Range<usize>, &DeTable<'t>)]) {
        let mut seen: Vec<String> = Vec::new();
        for (span, table) in tables {
            let id = table.get("id").and_then(|value| value.get_ref().as_str());
            let Some(id) = id else { continue };
            if seen.iter().any(|other| other == id) {
                let message = format!("`{id}` is there twice");
                self.toml.fault(span.clone(), message, None);
            }
            seen.push(id.to_owned());
        }
    }
}

/// Whether a number comes from the study.
pub(super) fn is_of_study(given: &Given) -> bool {
    matches!(given, Given::Study(_))
}
