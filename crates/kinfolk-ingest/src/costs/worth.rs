//! What one unit of an outcome is worth: a row of the unit costs, or a sum with its own source.

use std::ops::Range;

use kinfolk_model::{
    Amount, BenefitClass, CostBasis, Course, PriceYear, Provenance, Shape, Split, Spread, UnitCost,
    Worth,
};
use toml::de::DeTable;

use super::amount::Form;
use super::reader::CostsReader;
use crate::rules;
use crate::toml_reader::Value;

/// What is known of the worth of an outcome.
pub(super) struct Valued {
    pub(super) worth: Worth,
    pub(super) class: BenefitClass,
    pub(super) payers: Split,
    pub(super) price_year: PriceYear,
    pub(super) provenance: Provenance,
}

/// A sum before it is known for how long.
struct Priced {
    value: Amount,
    basis: CostBasis,
    class: BenefitClass,
    payers: Split,
    price_year: PriceYear,
    provenance: Provenance,
}

impl<'t> CostsReader<'t> {
    pub(super) fn valued(&mut self, span: &Range<usize>, table: &DeTable<'t>) -> Option<Valued> {
        self.only_real(table);
        let priced = match (table.get("unit_cost"), table.get("value")) {
            (Some(value), None) => self.valued_by_row(span, table, value),
            (None, Some(value)) => self.valued_as_stated(span, table, value),
            _ => {
                let message = "an outcome has one of `unit_cost` and `value`".to_owned();
                self.toml.fault(span.clone(), message, None);
                None
            }
        }?;
        let worth = self.worth(span, table, priced.value, priced.basis)?;
        Some(Valued {
            worth,
            class: priced.class,
            payers: priced.payers,
            price_year: priced.price_year,
            provenance: priced.provenance,
        })
    }

    fn valued_as_stated(
        &mut self,
        span: &Range<usize>,
        table: &DeTable<'t>,
        value: &Value<'t>,
    ) -> Option<Priced> {
        let value = self.amount(value, "value", Form::Money);
        let basis = self.required_code(span, table, "basis");
        let class = self.required_code(span, table, "class");
        let payers = self.payers(span, table);
        let price_year = self.price_year(span, table);
        let source = self.required_text(span, table, "source");
        Some(Priced {
            value: value?,
            basis: basis?,
            class: class?,
            payers: payers?,
            price_year: price_year?,
            provenance: Provenance {
                row: None,
                source: source?,
                grade: None,
            },
        })
    }

    fn valued_by_row(
        &mut self,
        span: &Range<usize>,
        table: &DeTable<'t>,
        value: &Value<'t>,
    ) -> Option<Priced> {
        let id = self.toml.text_of(value, "unit_cost")?;
        for key in ["basis", "price_year", "class", "source"] {
            if let Some(own) = table.get(key) {
                let message = format!("`{key}` is that of the unit cost and is not given again");
                self.toml.fault(own.span(), message, None);
            }
        }
        let Some(unit) = self.units.get(&id) else {
            let known: Vec<&str> = self.units.ids().collect();
            let near = crate::cell::nearest(&id, known.iter().copied());
            let near = near.map_or(String::new(), |near| format!("; the nearest is `{near}`"));
            let message = format!("there is no unit cost `{id}`{near}");
            self.find(
                &rules::UNIT_COST_UNKNOWN,
                &value.span(),
                "unit_cost",
                message,
            );
            return None;
        };
        if unit.is_context {
            let message = format!("`{id}` contains the costs of the other outcomes");
            self.find(
                &rules::LIFETIME_SOCIAL_COST,
                &value.span(),
                "unit_cost",
                message,
            );
            return None;
        }
        let Some(class) = unit.class else {
            let message = format!("`{id}` holds value of several kinds; use its parts");
            self.find(
                &rules::PERSPECTIVES_MIXED,
                &value.span(),
                "unit_cost",
                message,
            );
            return None;
        };
        let payers = match (unit.payer, table.contains_key("payers")) {
            (Some(payer), false) => vec![(payer, 1.0)],
            _ => self.payers(span, table)?,
        };
        Some(Priced {
            value: amount_of(unit),
            basis: unit.basis,
            class,
            payers,
            price_year: unit.price_year,
            provenance: Provenance {
                row: Some(id),
                source: format!("{}, {}", unit.source, unit.locator),
                grade: Some(unit.grade),
            },
        })
    }

    fn worth(
        &mut self,
        span: &Range<usize>,
        table: &DeTable<'t>,
        value: Amount,
        basis: CostBasis,
    ) -> Option<Worth> {
        let lag = self.years(span, table, "lag", 0);
        if basis != CostBasis::PerWeek && table.contains_key("weeks") {
            let message = "only what costs so much a week has `weeks`".to_owned();
            self.find(&rules::TIME_BASIS_MIXED, span, "weeks", message);
        }
        if basis == CostBasis::Lifetime {
            if table.contains_key("duration") || table.contains_key("drop_off") {
                let message =
                    "a lifetime counts once and has no `duration` or `drop_off`".to_owned();
                self.find(&rules::TIME_BASIS_MIXED, span, "duration", message);
            }
            return Some(Worth::Lifetime { value, lag: lag? });
        }
        let duration = self.years(span, table, "duration", 1);
        let drop_off = self.required_amount(span, table, "drop_off", Form::Share);
        let course = Course {
            lag: lag?,
            duration: duration?,
            drop_off: drop_off?,
        };
        Some(match basis {
            CostBasis::PerWeek => Worth::PerWeek {
                value,
                weeks: self.weeks(span, table)?,
                course,
            },
            CostBasis::PerYear => Worth::PerYear { value, course },
            CostBasis::PerEpisode | CostBasis::Lifetime => Worth::PerEpisode { value, course },
        })
    }

    /// How many weeks of a year one child stands for. Nobody guesses 52.
    fn weeks(&mut self, span: &Range<usize>, table: &DeTable<'t>) -> Option<Amount> {
        const MOST: f64 = 53.0;
        let Some(value) = table.get("weeks") else {
            let message = "a cost for each week needs `weeks` for each child and year".to_owned();
            self.find(&rules::TIME_BASIS_MIXED, span, "weeks", message);
            return None;
        };
        let weeks = self.amount(value, "weeks", Form::Rate)?;
        if weeks.value <= MOST {
            return Some(weeks);
        }
        let message = "a year has at most 53 weeks".to_owned();
        self.toml.fault(value.span(), message, None);
        None
    }
}

/// A unit cost, with the range that its source gives as its spread.
fn amount_of(unit: &UnitCost) -> Amount {
    let spread = unit.low.zip(unit.high).filter(|(low, high)| low < high);
    Amount {
        value: unit.value,
        spread: spread.map(|(low, high)| Spread {
            low,
            high,
            shape: Shape::Pert,
        }),
    }
}
