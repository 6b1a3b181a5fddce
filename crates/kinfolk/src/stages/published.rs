//! Tables that others printed, worked out and checked.

use kinfolk_ingest::plain::printed::{PrintedGroup, PrintedNumber, PrintedRow, read_printed};
use kinfolk_ingest::plain::printed_pairs::{is_of_pairs, read_printed_pairs};
use kinfolk_ingest::plain::{PlainReader, PlainTable};
use kinfolk_model::{Estimate, Group, Statistic, Unit, format};
use kinfolk_stats::published::{MeansCompared, Printed, Summary, compare_means};
use kinfolk_stats::{
    Confidence, Estimated, Proportion, Ratio, StatsError, barnard_exact, boschloo_exact,
    fisher_exact, odds_ratio, pearson_chi_square, risk_difference, risk_ratio, wilson,
};

use super::published_pairs::work_out_pairs;
use super::records::{Entry, estimated, valued};
use super::summary::Summary as TableSummary;
use crate::Error;

/// The largest group for which every table is gone through.
const EXACT_UP_TO: u64 = 10_000;
/// The largest group for which the worst common share is searched too.
const SEARCHED_UP_TO: u64 = 500;

/// What a table that others printed comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedTable {
    input: String,
    estimates: Vec<Estimate>,
    /// What cannot be right, in words, with its row.
    pub doubts: Vec<String>,
    /// How many rows there are.
    pub n_rows: usize,
}

impl PublishedTable {
    /// The results as estimates: measure `published`, a group for each row.
    pub fn summary(&self) -> TableSummary {
        TableSummary::new(&self.input, self.estimates.clone())
    }
}

/// Works out what each row of a printed table comes to: for counts the difference, the ratios and the
/// tests, for means the difference with its test and its size in standard deviations. Nothing is
/// adjusted for how the groups differed at the start. For the same people at two occasions the change in
/// the share, and McNemar's test. Doubts are percentages that their counts do not
/// give, means that no whole numbers have, and totals that are no sum.
///
/// See `docs/methods/published.md`.
///
/// # Errors
///
/// [`Error::Plain`] when a column is missing or a cell cannot be used; [`Error::Stats`] for a level of
/// confidence out of range.
pub fn published_of(reader: PlainReader, confidence: f64) -> Result<PublishedTable, Error> {
    let confidence = Confidence::new(confidence)?;
    let table = PlainTable::of(reader)?;
    let rows: Vec<WorkedOut> = match is_of_pairs(&table)? {
        true => {
            let rows = read_printed_pairs(&table)?;
            let worked_out = rows.iter().map(|row| work_out_pairs(row, confidence));
            worked_out.collect::<Result<_, _>>()?
        }
        false => {
            let rows = read_printed(&table)?;
            let worked_out = rows.iter().map(|row| work_out(row, confidence));
            worked_out.collect::<Result<_, _>>()?
        }
    };
    let (n_rows, input) = (rows.len(), table.header().file().to_owned());
    let doubts = rows.iter().flat_map(WorkedOut::doubts_in_place).collect();
    Ok(PublishedTable {
        estimates: rows.into_iter().flat_map(WorkedOut::with_notes).collect(),
        input,
        doubts,
        n_rows,
    })
}

/// What a row comes to, and what cannot be right in it.
pub(super) struct WorkedOut {
    pub(super) row: u64,
    pub(super) label: String,
    pub(super) estimates: Vec<Estimate>,
    pub(super) doubts: Vec<String>,
}

impl WorkedOut {
    fn doubts_in_place(&self) -> impl Iterator<Item = String> {
        let place = format!("Row {}, {}", format::count(self.row), self.label);
        let doubts = self.doubts.iter();
        doubts.map(move |doubt| format!("{place}: {doubt}."))
    }

    fn with_notes(self) -> impl Iterator<Item = Estimate> {
        let note = self.doubts.join("; ");
        let estimates = self.estimates.into_iter();
        estimates.map(move |record| Estimate {
            note: note.clone(),
            ..record
        })
    }
}

fn work_out(row: &PrintedRow, confidence: Confidence) -> Result<WorkedOut, StatsError> {
    let [first, second] = row.groups;
    let mut records = Records {
        row,
        confidence,
        estimates: Vec::new(),
    };
    if let [Some(a), Some(b)] = [first, second].map(|group| group.events.map(|of| (of, group.n))) {
        records.shares(Proportion::new(a.0, a.1)?, Proportion::new(b.0, b.1)?);
    } else if let Some((first, second)) = summary(first)?.zip(summary(second)?) {
        records.means(compare_means(first, second, confidence));
    }
    Ok(WorkedOut {
        row: row.row,
        label: row.label.clone(),
        estimates: records.estimates,
        doubts: doubts_of(row),
    })
}

fn summary(group: PrintedGroup) -> Result<Option<Summary>, StatsError> {
    let parts = group.mean.zip(group.sd);
    parts
        .map(|(mean, sd)| Summary::new(group.n, mean.value, sd))
        .transpose()
}

struct Records<'a> {
    row: &'a PrintedRow,
    confidence: Confidence,
    estimates: Vec<Estimate>,
}

impl Records<'_> {
    fn shares(&mut self, first: Proportion, second: Proportion) {
        for (name, group) in [("1", first), ("2", second)] {
            let record = Estimate {
                numerator: Some(group.successes()),
                denominator: Some(group.trials()),
                ..self.record(
                    "wilson/1",
                    "of",
                    name,
                    Statistic::Proportion,
                    Unit::Proportion,
                )
            };
            self.estimated(record, wilson(group, self.confidence));
        }
        let difference = risk_difference(first, second, self.confidence);
        self.push(
            "newcombe/1",
            Statistic::Difference,
            Unit::Proportion,
            difference,
        );
        let of = |ratio: Option<Ratio>| ratio.map(|ratio| ratio.estimate);
        let ratio = of(risk_ratio(first, second, self.confidence));
        self.push("ratios/1", Statistic::RiskRatio, Unit::None, ratio);
        let odds = of(odds_ratio(first, second, self.confidence));
        self.push("ratios/1", Statistic::OddsRatio, Unit::None, odds);
        if let Some(found) = pearson_chi_square(first, second) {
            self.p_value("pearson", found.test.p_value);
            self.p_value("yates", found.corrected.p_value);
        }
        let largest = first.trials().max(second.trials());
        if largest <= EXACT_UP_TO
            && let Some(found) = fisher_exact(first, second, self.confidence)
        {
            self.p_value("fisher", found.two_sided);
        }
        if largest <= SEARCHED_UP_TO {
            let boschloo = boschloo_exact(first, second).map(|found| found.two_sided);
            for (test, p_value) in [
                ("barnard", barnard_exact(first, second)),
                ("boschloo", boschloo),
            ] {
                if let Some(p_value) = p_value {
                    self.p_value(test, p_value);
                }
            }
        }
    }

    fn means(&mut self, found: MeansCompared) {
        let difference = Some(found.welch.difference);
        self.push("welch/1", Statistic::Difference, Unit::None, difference);
        if let Some(test) = found.welch.test {
            self.p_value("welch", test.p_value);
        }
        if let Some(test) = found.pooled {
            self.p_value("pooled", test.p_value);
        }
        if let Some(size) = found.size {
            for (name, size) in [("g", size.corrected), ("d", size.uncorrected)] {
                let record = self.record(
                    "hedges-g/1",
                    "size",
                    name,
                    Statistic::EffectSize,
                    Unit::None,
                );
                self.estimated(record, Some(size));
            }
        }
    }

    fn push(&mut self, method: &str, what: Statistic, unit: Unit, found: Option<Estimated>) {
        if found.is_some() {
            let record = self.entry(method).record(self.group(), what, unit);
            self.estimated(record, found);
        }
    }

    fn p_value(&mut self, test: &str, value: f64) {
        let record = self.record("published/1", "test", test, Statistic::PValue, Unit::None);
        let found = valued(record, Some(value), None, self.confidence);
        self.estimates.push(found);
    }

    fn estimated(&mut self, record: Estimate, found: Option<Estimated>) {
        self.estimates
            .push(estimated(record, found, self.confidence));
    }

    fn record(&self, method: &str, key: &str, name: &str, what: Statistic, unit: Unit) -> Estimate {
        let group = self.group().and(key, name);
        self.entry(method).record(group, what, unit)
    }

    fn entry(&self, method: &str) -> Entry {
        as_published(method)
    }

    fn group(&self) -> Group {
        Group::of("row", &self.row.label)
    }
}

/// What the records of printed tables have in common.
pub(super) fn as_published(method: &str) -> Entry {
    Entry {
        measure: "published".to_owned(),
        population: "as published",
        method: method.to_owned(),
        options: String::new(),
    }
}

/// What cannot be right in a row.
fn doubts_of(row: &PrintedRow) -> Vec<String> {
    let sum: u64 = row.groups.iter().map(|group| group.n).sum();
    let total = row.n_total.filter(|total| *total != sum).map(|total| {
        let [sum, total] = [sum, total].map(format::count);
        format!("both groups are {sum}, not {total}")
    });
    let groups = row.groups.iter().flat_map(|group| {
        let percent = group.percent;
        let doubt = percent.and_then(|told| percent_doubt(told, (group.events, group.n)));
        [doubt, mean_doubt(group)]
    });
    groups.chain([total]).flatten().collect()
}

/// Whether a printed percentage can be that of so many.
pub(super) fn percent_doubt(
    percent: PrintedNumber,
    (events, n): (Option<u64>, u64),
) -> Option<String> {
    let printed = Printed::new(percent.value, percent.decimals);
    let told = format::exact(percent.value);
    match events {
        Some(events) => {
            let share = 100.0 * events as f64 / n as f64;
            let decimals = usize::from(percent.decimals) + 1;
            let (counts, share_told) = (format::of(events, n), format::number(share, decimals));
            (!printed.agrees_with(share)).then(|| format!("{counts} is {share_told}%, not {told}%"))
        }
        None => {
            let told_n = format::count(n);
            printed
                .counts(n)
                .is_empty()
                .then(|| format!("no count of {told_n} is {told}%"))
        }
    }
}

fn mean_doubt(group: &PrintedGroup) -> Option<String> {
    let mean = group.mean?;
    let printed = Printed::new(mean.value, mean.decimals);
    (mean.value >= 0.0 && printed.sums(group.n).is_empty()).then(|| {
        let (n, mean) = (format::count(group.n), format::exact(mean.value));
        format!("{n} whole numbers cannot have the mean {mean}; it may be weighted or adjusted")
    })
}
