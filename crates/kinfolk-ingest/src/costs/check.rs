//! What only shows when the whole file is looked at.

use std::collections::BTreeSet;
use std::ops::Range;

use kinfolk_model::{Costs, Grade, Indexed, MonetisedOutcome, PriceYear};

use super::reader::CostsReader;
use crate::rules;

/// A unit cost is old when its prices are that many years before those of the appraisal.
const OLD_YEARS: i16 = 10;

type Placed = (Range<usize>, MonetisedOutcome);

/// A unit cost beside its own part, and unit costs that a reader should know about.
pub(super) fn check_unit_costs(reader: &mut CostsReader<'_>, outcomes: &[Placed]) {
    let rows: Vec<(&Range<usize>, &str)> = outcomes
        .iter()
        .filter_map(|(span, outcome)| Some((span, outcome.provenance.row.as_deref()?)))
        .collect();
    let units = reader.units;
    for (span, part) in &rows {
        if let Some((_, whole)) = rows.iter().find(|(_, whole)| units.contains(whole, part)) {
            let message = format!("`{part}` is a part of `{whole}`, and both are used");
            reader.find(&rules::UNIT_COST_AND_PART, span, "unit_cost", message);
        }
        let Some(unit) = units.get(part) else {
            continue;
        };
        if unit.is_single_council {
            let message = format!("`{part}` is the figure of one council: {}", unit.area);
            reader.find(&rules::UNIT_COST_SINGLE_COUNCIL, span, "unit_cost", message);
        }
        if unit.grade == Grade::C {
            let message = format!("`{part}` was never checked against its source");
            reader.find(&rules::UNIT_COST_UNCHECKED, span, "unit_cost", message);
        }
    }
}

/// Price years that the index cannot answer for, that it answers for by halves, and that are old.
pub(super) fn check_prices(
    reader: &mut CostsReader<'_>,
    costs: &Costs,
    appraisal: &Range<usize>,
    priced: &[(Range<usize>, PriceYear)],
    outcomes: &[Placed],
) {
    let base = costs.price_year;
    let of_costs = priced.iter().map(|(span, year)| (span, *year));
    let of_outcomes = outcomes
        .iter()
        .map(|(span, outcome)| (span, outcome.price_year));
    let years: Vec<(&Range<usize>, PriceYear)> = of_costs.chain(of_outcomes).collect();
    let distinct: BTreeSet<PriceYear> = years.iter().map(|(_, year)| *year).collect();
    let mut told = BTreeSet::new();
    for (span, year) in years.iter().filter(|(_, year)| *year != base) {
        if told.insert(*year) {
            check_year(reader, costs, span, *year);
        }
    }
    if distinct.iter().any(|year| *year != base) {
        check_year(reader, costs, appraisal, base);
    }
    if distinct.len() > 1 {
        let message = format!(
            "sums of {} price years were moved to {base}",
            distinct.len()
        );
        reader.find(&rules::PRICE_YEARS_MIXED, appraisal, "price_year", message);
    }
    for (span, outcome) in outcomes {
        if base.starts_in() - outcome.price_year.starts_in() > OLD_YEARS {
            let message = format!(
                "`{}` is valued in prices of {}",
                outcome.id, outcome.price_year
            );
            reader.find(&rules::UNIT_COST_OLD, span, "price_year", message);
        }
    }
}

fn check_year(reader: &mut CostsReader<'_>, costs: &Costs, span: &Range<usize>, year: PriceYear) {
    let (rule, message) = match costs.deflator.at(year) {
        Indexed::Exact(_) => return,
        Indexed::Blended(_) => (
            &rules::PRICE_YEAR_BLENDED,
            format!("{year} was read as three quarters of one calendar year and one of the next"),
        ),
        Indexed::Forecast => (
            &rules::PRICE_YEAR_OUTSIDE_INDEX,
            format!("for {year} the price index holds a forecast only"),
        ),
        Indexed::Missing => (
            &rules::PRICE_YEAR_OUTSIDE_INDEX,
            format!("the price index does not reach {year}"),
        ),
    };
    reader.find(rule, span, "price_year", message);
}
