//! The file as a whole: the appraisal, then costs, outcomes, what is not counted, correlations.

use std::ops::Range;

use kinfolk_model::{Correlation, Costs, Finding, Given, NotCounted, PriceYear, Statistic};
use toml::de::DeTable;

use super::amount::Form;
use super::check;
use super::line_place;
use super::national::{ALTERNATIVE, deflator, schedules};
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
const MOST_YEARS: u64 = 100;
const EVERY_POUND: &[f64] = &[1.0];

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
    fn whole(
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

    fn appraisal(&mut self, span: &Range<usize>, table: &DeTable<'t>) -> Option<Costs> {
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

    fn discount(
        &mut self,
        span: &Range<usize>,
        table: &DeTable<'t>,
    ) -> Option<kinfolk_model::DiscountSchedule> {
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
