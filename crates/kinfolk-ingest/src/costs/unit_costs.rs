//! `unit-costs.csv`: what one unit of an outcome costs.

use std::collections::BTreeMap;

use kinfolk_model::{Code, Finding, UnitCost, parse_code};

use super::line_place;
use crate::csv_sheet;
use crate::rules::{self, Rule};

/// The file of an authority's own unit costs, beside `costs.toml`.
pub(crate) const UNIT_COSTS_FILE: &str = "unit-costs.csv";
/// The file that comes with the program.
const SHIPPED: &str = include_str!("../../../../data/unit-costs.csv");
/// What a payer or a class is called when there are several.
const SEVERAL: &str = "several";

/// Unit costs by their ids.
#[derive(Debug, Clone, Default)]
pub(crate) struct UnitCosts(BTreeMap<String, UnitCost>);

impl UnitCosts {
    /// Those that come with the program.
    pub(crate) fn shipped() -> Self {
        let mut units = Self::default();
        units.extend_from("data/unit-costs.csv", SHIPPED.as_bytes());
        units
    }

    /// Adds the rows of a file; a row whose id is there already takes its place. Rows that cannot be
    /// used are left out, each with a finding.
    pub(crate) fn extend_from(&mut self, file: &str, bytes: &[u8]) -> Vec<Finding> {
        let Ok((text, _)) = csv_sheet::decode(bytes) else {
            let place = line_place(file, 1, "");
            return vec![rules::COSTS_UNREADABLE.at(place, "the file holds no text")];
        };
        let mut findings = Vec::new();
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .flexible(true)
            .from_reader(text.as_bytes());
        let headers = reader.headers().cloned().unwrap_or_default();
        for record in reader.records().flatten() {
            let row = record.position().map_or(0, csv::Position::line);
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            let cells = Cells {
                headers: &headers,
                record: &record,
            };
            match cells.unit_cost() {
                Ok(unit) => {
                    self.0.insert(unit.id.clone(), unit);
                }
                Err(fault) => {
                    let place = line_place(file, row, fault.header);
                    findings.push(fault.rule.at(place, fault.message));
                }
            }
        }
        findings
    }

    /// The unit cost with that id.
    pub(crate) fn get(&self, id: &str) -> Option<&UnitCost> {
        self.0.get(id)
    }

    /// Every id.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether one unit cost contains another, at any depth.
    pub(crate) fn contains(&self, whole: &str, part: &str) -> bool {
        let mut at = self.get(part).and_then(|unit| unit.part_of.as_deref());
        // A chain of parts is never longer than the list, also where a file closes it to a ring.
        for _ in 0..self.0.len() {
            match at {
                Some(parent) if parent == whole => return true,
                Some(parent) => at = self.get(parent).and_then(|unit| unit.part_of.as_deref()),
                None => return false,
            }
        }
        false
    }
}

/// A cell that cannot be used.
struct Fault {
    rule: &'static Rule,
    header: &'static str,
    message: String,
}

fn unreadable(header: &'static str, message: String) -> Fault {
    Fault {
        rule: &rules::COSTS_UNREADABLE,
        header,
        message,
    }
}

struct Cells<'a> {
    headers: &'a csv::StringRecord,
    record: &'a csv::StringRecord,
}

impl Cells<'_> {
    fn unit_cost(&self) -> Result<UnitCost, Fault> {
        let price_year = self.text("price_year").ok_or(Fault {
            rule: &rules::PRICE_YEAR_MISSING,
            header: "price_year",
            message: "the unit cost has no price year".to_owned(),
        })?;
        Ok(UnitCost {
            id: self.required("id")?,
            label: self.required("label")?,
            value: self.number("value")?.ok_or_else(|| missing("value"))?,
            low: self.number("low")?,
            high: self.number("high")?,
            basis: self.code("basis")?.ok_or_else(|| missing("basis"))?,
            price_year: price_year
                .parse()
                .map_err(|error| unreadable("price_year", format!("{error}")))?,
            area: self.required("area")?,
            is_single_council: self
                .text("single_council")
                .is_some_and(|text| text == "yes"),
            payer: self.code("payer")?,
            class: self.code("class")?,
            part_of: self.text("part_of"),
            is_context: self.text("context").is_some_and(|text| text == "yes"),
            source: self.required("source")?,
            locator: self.required("locator")?,
            licence: self.required("licence")?,
            grade: self.code("grade")?.ok_or_else(|| missing("grade"))?,
            note: self.text("note").unwrap_or_default(),
        })
    }

    fn text(&self, header: &str) -> Option<String> {
        let at = self.headers.iter().position(|name| name == header)?;
        let text = self.record.get(at)?;
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn required(&self, header: &'static str) -> Result<String, Fault> {
        self.text(header).ok_or_else(|| missing(header))
    }

    fn number(&self, header: &'static str) -> Result<Option<f64>, Fault> {
        let Some(text) = self.text(header) else {
            return Ok(None);
        };
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() && number >= 0.0 => Ok(Some(number)),
            _ => Err(unreadable(
                header,
                format!("`{text}` is no number of pounds"),
            )),
        }
    }

    /// A code; `None` where it is `several`.
    fn code<C: Code>(&self, header: &'static str) -> Result<Option<C>, Fault> {
        let text = self.required(header)?;
        if text == SEVERAL {
            return Ok(None);
        }
        let code = parse_code(&text);
        code.map(Some)
            .map_err(|error| unreadable(header, error.to_string()))
    }
}

fn missing(header: &'static str) -> Fault {
    unreadable(header, format!("`{header}` is missing"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kinfolk_model::Grade;

    #[test]
    fn every_shipped_row_can_be_used() {
        let mut units = UnitCosts::default();
        let findings = units.extend_from("data/unit-costs.csv", SHIPPED.as_bytes());
        assert_eq!(findings, []);
        assert_eq!(units.0.len(), SHIPPED.lines().count() - 1);
        for unit in units.0.values() {
            assert_ne!(unit.grade, Grade::C, "{}", unit.id);
            if let Some(whole) = &unit.part_of {
                assert!(units.get(whole).is_some(), "{}", unit.id);
            }
        }
    }

    #[test]
    fn parts_of_shipped_rows_add_up() {
        let units = UnitCosts::shipped();
        for whole in units.0.values() {
            let parts: Vec<f64> = units
                .0
                .values()
                .filter(|unit| unit.part_of.as_deref() == Some(&whole.id))
                .map(|unit| unit.value)
                .collect();
            if !parts.is_empty() {
                let sum: f64 = parts.iter().sum();
                // Totals are printed to ten pounds at the coarsest.
                assert!((sum - whole.value).abs() <= 10.0, "{}: {sum}", whole.id);
            }
        }
    }

    #[test]
    fn a_part_is_known_at_any_depth() {
        let units = UnitCosts::shipped();
        assert!(units.contains("care_order", "care_order_court"));
        assert!(!units.contains("care_order_court", "care_order"));
        assert!(!units.contains("care_order", "care_order"));
    }

    #[test]
    fn rows_that_cannot_be_used_are_told() {
        let header = SHIPPED.lines().next().unwrap();
        let check = |row: &str, rule: &str, column: &str| {
            let text = format!("{header}\n{row}\n");
            let mut units = UnitCosts::default();
            let findings = units.extend_from("unit-costs.csv", text.as_bytes());
            assert!(units.0.is_empty());
            assert_eq!(findings[0].rule, rule);
            assert_eq!(findings[0].place.header.as_deref(), Some(column));
            assert_eq!(findings[0].place.row, Some(2));
        };
        let row = |value: &str, year: &str, payer: &str| {
            format!("a,A,{value},,,per_week,{year},Here,no,{payer},fiscal,,no,us,p. 1,ours,a,")
        };
        check(&row("10", "", "nhs"), "price-year-missing", "price_year");
        check(&row("10", "soon", "nhs"), "costs-unreadable", "price_year");
        check(&row("ten", "2024", "nhs"), "costs-unreadable", "value");
        check(&row("10", "2024", "nobody"), "costs-unreadable", "payer");
        check(&row("", "2024", "nhs"), "costs-unreadable", "value");
    }
}
