//! The quarterly returns, quarter by quarter.

use std::collections::BTreeSet;

use kinfolk_model::{
    Breakdown, BreakdownRow, Code, FinancialQuarter, Group, Key, Monitoring, Pool, Settings,
};

use super::breakdown::{PoolSpec, PresentPool, present_pools, row};
use super::entry::about;
use super::ledger::Ledger;
use super::return_kind::{ReturnKind, Returns, Slice, add_up, cell_name};
use super::tally::Tally;
use crate::Facts;

const MEASURE: &str = "monitoring.quarter";

pub(super) fn estimate_quarters(ledger: &mut Ledger, facts: &Facts, settings: &Settings) {
    if !facts.has("monitoring") {
        return;
    }
    let returns = Returns::in_period(facts, settings);
    for kind in ReturnKind::ALL {
        Quarters::of(&returns, kind).write(ledger);
    }
}

/// One kind, quarter by quarter.
struct Quarters<'a> {
    kind: ReturnKind,
    slices: Vec<(Slice, Vec<&'a Monitoring>)>,
    quarters: Vec<FinancialQuarter>,
}

impl<'a> Quarters<'a> {
    fn of(returns: &Returns<'a>, kind: ReturnKind) -> Self {
        let stated = |row: &&'a Monitoring| kind.of(row).is_some();
        let slices: Vec<(Slice, Vec<&Monitoring>)> = std::iter::once(Slice::All)
            .chain(returns.countries().into_iter().map(Slice::Country))
            .chain(returns.programmes().into_iter().map(Slice::Programme))
            .map(|slice| {
                let rows = returns
                    .of_slice(&slice)
                    .into_iter()
                    .filter(stated)
                    .collect();
                (slice, rows)
            })
            .collect();
        let quarters: BTreeSet<FinancialQuarter> =
            slices[0].1.iter().map(|row| row.quarter).collect();
        Self {
            kind,
            slices,
            quarters: quarters.into_iter().collect(),
        }
    }

    fn write(&self, ledger: &mut Ledger) {
        let rows: Vec<BreakdownRow> = self
            .quarters
            .iter()
            .map(|quarter| {
                let code = quarter.to_string();
                row(
                    &code,
                    &quarter_label(*quarter),
                    self.write_span(ledger, &code, &[*quarter]),
                )
            })
            .collect();
        let pools: Vec<Pool> = self
            .pools()
            .into_iter()
            .map(|pool| {
                let members = self.members(&pool);
                let keys = self.write_span(ledger, &pool.code, &members);
                pool.with_records(keys)
            })
            .collect();
        self.state_sums(ledger);
        self.state_droppable(ledger, &rows, &pools);
        ledger.breakdown(Breakdown {
            id: format!("{MEASURE}[kind={}]", self.kind.code()),
            title: format!("{} by quarter", self.kind.label()),
            rows,
            pools,
        });
    }

    /// Writes a quarter, or several joined, for every slice that states it.
    fn write_span(
        &self,
        ledger: &mut Ledger,
        code: &str,
        quarters: &[FinancialQuarter],
    ) -> Vec<Key> {
        let mut keys = Vec::new();
        for (slice, _) in &self.slices {
            let Some(tally) = self.span(slice, code, quarters) else {
                continue;
            };
            let subject = about(MEASURE, self.group(slice, code), "quarterly returns");
            keys.push(ledger.count(subject, self.kind.unit(), &tally));
            if quarters.len() > 1 {
                let parts: Vec<Tally> = quarters
                    .iter()
                    .filter_map(|quarter| self.span(slice, &quarter.to_string(), &[*quarter]))
                    .collect();
                ledger.sum(&tally, &parts);
            }
        }
        keys
    }

    fn group(&self, slice: &Slice, code: &str) -> Group {
        let group = Group::of("kind", self.kind.code()).and("quarter", code);
        match slice {
            Slice::All => group,
            Slice::Country(country) => group.and("country", country.code()),
            Slice::Programme(programme) => group.and("programme", programme),
        }
    }

    fn total(&self, slice: &Slice) -> Option<Tally> {
        let (_, rows) = self.slices.iter().find(|(found, _)| found == slice)?;
        add_up(self.kind, cell_name(self.kind, slice), rows)
    }

    fn span(&self, slice: &Slice, code: &str, quarters: &[FinancialQuarter]) -> Option<Tally> {
        let (_, rows) = self.slices.iter().find(|(found, _)| found == slice)?;
        let rows: Vec<&Monitoring> = rows
            .iter()
            .copied()
            .filter(|row| quarters.contains(&row.quarter))
            .collect();
        let name = format!("{}/quarter={code}", cell_name(self.kind, slice));
        let total = self.total(slice)?;
        Some(add_up(self.kind, name, &rows)?.within(&total))
    }

    /// Quarters add up to the total of each slice; nations, and programmes, to the whole.
    fn state_sums(&self, ledger: &mut Ledger) {
        for (slice, _) in &self.slices {
            let parts: Vec<Tally> = self
                .quarters
                .iter()
                .filter_map(|quarter| self.span(slice, &quarter.to_string(), &[*quarter]))
                .collect();
            if let Some(total) = self.total(slice) {
                ledger.sum(&total, &parts);
            }
        }
        for quarter in &self.quarters {
            self.state_slices(ledger, |slice| {
                self.span(slice, &quarter.to_string(), &[*quarter])
            });
        }
    }

    fn state_slices(&self, ledger: &mut Ledger, tally: impl Fn(&Slice) -> Option<Tally>) {
        let Some(whole) = tally(&Slice::All) else {
            return;
        };
        for is_part in [is_country, is_programme] {
            let parts: Vec<Tally> = self
                .slices
                .iter()
                .filter(|(slice, _)| is_part(slice))
                .filter_map(|(slice, _)| tally(slice))
                .collect();
            ledger.sum(&whole, &parts);
        }
    }

    fn state_droppable(&self, ledger: &mut Ledger, rows: &[BreakdownRow], pools: &[Pool]) {
        let label = self.kind.label();
        let with = |wanted: &dyn Fn(&Group) -> bool| -> Vec<Key> {
            rows.iter()
                .chain(pools.iter().map(|pool| &pool.row))
                .flat_map(|row| row.records.iter())
                .filter(|key| wanted(&key.group))
                .cloned()
                .collect()
        };
        ledger.droppable(
            format!("{label} by quarter and programme"),
            with(&|group| group.get("programme").is_some()),
        );
        ledger.droppable(
            format!("{label} by quarter and nation"),
            with(&|group| group.get("country").is_some()),
        );
    }

    /// Halves and years.
    fn pools(&self) -> Vec<PresentPool> {
        let years: BTreeSet<i16> = self.quarters.iter().map(|quarter| quarter.year()).collect();
        let codes: Vec<String> = self.quarters.iter().map(ToString::to_string).collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        years
            .into_iter()
            .flat_map(|year| year_pools(year, &codes))
            .collect()
    }

    fn members(&self, pool: &PresentPool) -> Vec<FinancialQuarter> {
        self.quarters
            .iter()
            .copied()
            .filter(|quarter| pool.members.contains(&quarter.to_string()))
            .collect()
    }
}

fn is_country(slice: &Slice) -> bool {
    matches!(slice, Slice::Country(_))
}

fn is_programme(slice: &Slice) -> bool {
    matches!(slice, Slice::Programme(_))
}

fn year_pools(year: i16, quarters: &[&str]) -> Vec<PresentPool> {
    let next = year + 1;
    let quarter = |number| format!("{year}-Q{number}");
    let (q1, q2, q3, q4) = (quarter(1), quarter(2), quarter(3), quarter(4));
    let (h1, h2) = (format!("{year}-H1"), format!("{year}-H2"));
    let specs = [
        PoolSpec {
            code: &h1,
            label: &format!("April to September {year}"),
            of: &[&q1, &q2],
        },
        PoolSpec {
            code: &h2,
            label: &format!("October {year} to March {next}"),
            of: &[&q3, &q4],
        },
        PoolSpec {
            code: &format!("{year}-{:02}", next % 100),
            label: &format!("April {year} to March {next}"),
            of: &[&h1, &h2],
        },
    ];
    present_pools(&specs, quarters)
}

fn quarter_label(quarter: FinancialQuarter) -> String {
    let (months, year) = match quarter.quarter() {
        1 => ("April to June", quarter.year()),
        2 => ("July to September", quarter.year()),
        3 => ("October to December", quarter.year()),
        _ => ("January to March", quarter.year() + 1),
    };
    format!("{months} {year}")
}
