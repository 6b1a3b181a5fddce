//! Small studies, built by hand.
#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::panic,
    reason = "each test file uses a part of these helpers, and a test may stop"
)]

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use kinfolk_disclosure::{Release, Released, release};
use kinfolk_model::{
    Breakdown, BreakdownRow, Carried, Cell, Country, DisclosureProfile, Estimate, Estimates, Group,
    Key, Period, Pool, Scores, Settings, Statistic, Sum, Unit,
};

/// The settings of a report about one authority.
pub(crate) fn local(disclosure: DisclosureProfile) -> Settings {
    Settings {
        title: "Lifelong Links in Hartwell".to_owned(),
        authorities: vec!["Hartwell".to_owned()],
        country: Country::England,
        period: Period {
            start: date(2024, 4, 1),
            end: date(2025, 3, 31),
        },
        synthetic: true,
        notice: String::new(),
        confidence: 0.95,
        seed: 1,
        follow_up_days: 365,
        disclosure,
        sdq: kinfolk_model::SdqSettings::default(),
        care: Default::default(),
        comparison: None,
        statements: BTreeMap::new(),
        benchmark: None,
    }
}

/// The settings of a report about several authorities.
pub(crate) fn national(disclosure: DisclosureProfile) -> Settings {
    Settings {
        authorities: vec!["Hartwell".to_owned(), "Oakshire".to_owned()],
        ..local(disclosure)
    }
}

/// How many standard errors an interval of scores reaches to each side.
pub(crate) const REACH: f64 = 2.0;

/// Mean and standard deviation with divisor n − 1.
pub(crate) struct Moments {
    pub(crate) mean: f64,
    pub(crate) deviation: f64,
}

impl Moments {
    pub(crate) fn of(scores: &[u64]) -> Self {
        let n = scores.len() as f64;
        let mean = scores.iter().sum::<u64>() as f64 / n;
        let about = scores.iter().map(|&score| (score as f64 - mean).powi(2));
        Self {
            mean,
            deviation: (about.sum::<f64>() / (n - 1.0)).sqrt(),
        }
    }
}

/// Estimates in the making.
#[derive(Debug, Clone, Default)]
pub(crate) struct Book {
    pub(crate) estimates: Estimates,
}

impl Book {
    /// A cell of children that is not printed by itself.
    pub(crate) fn cell(&mut self, name: &str, value: u64) -> &mut Self {
        self.cell_of(name, value, Some(value))
    }

    /// A cell with so many children behind it.
    pub(crate) fn cell_of(&mut self, name: &str, value: u64, children: Option<u64>) -> &mut Self {
        let cell = Cell { value, children };
        self.estimates.structure.cells.insert(name.to_owned(), cell);
        self
    }

    /// Prints a cell as the count of measure `m` for the part of that name.
    pub(crate) fn print(&mut self, name: &str) -> &mut Self {
        let value = self.estimates.structure.cells[name].value;
        self.add(
            Estimate {
                value: Some(value as f64),
                unit: Unit::Children,
                ..blank(count_key(name))
            },
            Carried {
                value: Some(name.to_owned()),
                ..Carried::default()
            },
        )
    }

    /// A cell of children that is printed.
    pub(crate) fn count(&mut self, name: &str, value: u64) -> &mut Self {
        self.cell(name, value).print(name)
    }

    /// Prints the share that one cell is of another, under the name of the numerator.
    pub(crate) fn share(&mut self, numerator: &str, denominator: &str) -> &mut Self {
        let cells = &self.estimates.structure.cells;
        let (n, of) = (cells[numerator].value, cells[denominator].value);
        let share = n as f64 / of as f64;
        self.add(
            Estimate {
                value: (of > 0).then_some(share),
                lower: Some((share - 0.1234).max(0.0)),
                upper: Some((share + 0.1234).min(1.0)),
                level: Some(0.95),
                unit: Unit::Proportion,
                numerator: Some(n),
                denominator: Some(of),
                n_missing: Some(0),
                ..blank(share_key(numerator))
            },
            Carried {
                numerator: Some(numerator.to_owned()),
                denominator: Some(denominator.to_owned()),
                ..Carried::default()
            },
        )
    }

    /// Prints a mean over a cell of children, resting on another cell.
    pub(crate) fn mean(&mut self, name: &str, value: f64, of: &str, rests_on: &str) -> &mut Self {
        let n = self.estimates.structure.cells[of].value;
        self.add(
            Estimate {
                value: Some(value),
                lower: Some(value - 1.0),
                upper: Some(value + 1.0),
                unit: Unit::People,
                denominator: Some(n),
                ..blank(mean_key(name))
            },
            Carried {
                denominator: Some(of.to_owned()),
                rests_on: vec![rests_on.to_owned()],
                ..Carried::default()
            },
        )
    }

    /// Prints a mean over a cell of children, which leaves a range of the sum behind it.
    pub(crate) fn mean_of(&mut self, name: &str, value: f64, of: &str, sum: &str) -> &mut Self {
        let n = self.estimates.structure.cells[of].value;
        self.add(
            Estimate {
                value: Some(value),
                lower: Some(value - 1.234),
                upper: Some(value + 1.234),
                unit: Unit::Points,
                denominator: Some(n),
                ..blank(mean_key(name))
            },
            Carried {
                denominator: Some(of.to_owned()),
                mean_of: vec![sum.to_owned()],
                ..Carried::default()
            },
        )
    }

    /// Prints number, mean with its interval, and standard deviation of scores up to `highest`, which leave
    /// a range of their sum.
    pub(crate) fn scores(&mut self, name: &str, scores: &[u64], highest: u64) -> &mut Self {
        let count = scores.len() as u64;
        let sum = format!("{name}/sum");
        self.count(name, count).sum_of_scores(&sum, scores, highest);
        let Moments { mean, deviation } = Moments::of(scores);
        let reach = REACH * deviation / (count as f64).sqrt();
        let figures = [
            (Statistic::Mean, mean, Some(reach)),
            (Statistic::StandardDeviation, deviation, None),
        ];
        for (statistic, value, reach) in figures {
            self.add(
                Estimate {
                    value: Some(value),
                    lower: reach.map(|reach| (value - reach).max(0.0)),
                    upper: reach.map(|reach| (value + reach).min(highest as f64)),
                    unit: Unit::Points,
                    denominator: Some(count),
                    ..blank(Key::new("m", Group::of("part", name), statistic))
                },
                Carried {
                    denominator: Some(name.to_owned()),
                    mean_of: vec![sum.clone()],
                    ..Carried::default()
                },
            );
        }
        self
    }

    /// A cell that is the sum of scores, and is not printed by itself.
    pub(crate) fn sum_of_scores(&mut self, name: &str, scores: &[u64], highest: u64) -> &mut Self {
        let with_any = scores.iter().filter(|&&score| score > 0).count() as u64;
        self.cell_of(name, scores.iter().sum(), Some(with_any));
        let known = Scores {
            n: scores.len() as u64,
            squares: scores.iter().map(|score| score * score).sum(),
            highest,
        };
        let structure = &mut self.estimates.structure;
        structure.scores.insert(name.to_owned(), known);
        self
    }

    pub(crate) fn add(&mut self, estimate: Estimate, carried: Carried) -> &mut Self {
        let key = estimate.key();
        self.estimates.structure.carried.insert(key, carried);
        self.estimates.records.push(estimate);
        self
    }

    pub(crate) fn sum(&mut self, total: &str, parts: &[&str]) -> &mut Self {
        self.estimates.structure.sums.push(Sum {
            total: total.to_owned(),
            parts: parts.iter().map(|&part| part.to_owned()).collect(),
        });
        self
    }

    /// A breakdown `b`: rows as code and label, each printing the cells named by its code.
    pub(crate) fn breakdown(
        &mut self,
        rows: &[(&str, &str)],
        pools: &[(&str, &str, &[&str])],
    ) -> &mut Self {
        let row = |code: &str, label: &str| BreakdownRow {
            code: code.to_owned(),
            label: label.to_owned(),
            records: [
                count_key(code),
                share_key(code),
                share_key(&format!("{code}/met")),
            ]
            .into_iter()
            .filter(|key| self.estimates.get(key).is_some())
            .collect(),
        };
        let breakdown = Breakdown {
            id: "b".to_owned(),
            title: "Objectives by what the child wanted".to_owned(),
            rows: rows.iter().map(|(code, label)| row(code, label)).collect(),
            pools: pools
                .iter()
                .map(|(code, label, of)| Pool {
                    row: row(code, label),
                    of: of.iter().map(|&code| code.to_owned()).collect(),
                })
                .collect(),
        };
        self.estimates.structure.breakdowns.push(breakdown);
        self
    }

    pub(crate) fn droppable(&mut self, words: &str, cells: &[&str]) -> &mut Self {
        let keys: BTreeSet<Key> = cells.iter().map(|cell| count_key(cell)).collect();
        self.estimates
            .structure
            .droppable
            .push((words.to_owned(), keys));
        self
    }

    /// Releases as a report about one authority.
    pub(crate) fn release(&self, disclosure: DisclosureProfile) -> Release {
        release(&self.estimates, &local(disclosure)).unwrap()
    }
}

pub(crate) fn blank(key: Key) -> Estimate {
    Estimate {
        measure: key.measure,
        population: "children".to_owned(),
        arm: String::new(),
        group: key.group,
        statistic: key.statistic,
        value: None,
        lower: None,
        upper: None,
        level: None,
        unit: Unit::None,
        numerator: None,
        denominator: None,
        n_missing: None,
        method: "count/1".to_owned(),
        options: String::new(),
        note: String::new(),
    }
}

pub(crate) fn count_key(cell: &str) -> Key {
    Key::new("m", Group::of("part", cell), Statistic::Count)
}

pub(crate) fn share_key(numerator: &str) -> Key {
    Key::new("m", Group::of("part", numerator), Statistic::Proportion)
}

pub(crate) fn mean_key(name: &str) -> Key {
    Key::new("m", Group::of("part", name), Statistic::Mean)
}

pub(crate) fn find<'a>(release: &'a Release, key: &Key) -> Option<&'a Released> {
    release.get(&key.measure, &key.group, key.statistic)
}

/// Every released figure in short: `[c]` for what is withheld, `[x]` for what is absent.
pub(crate) fn summary(release: &Release) -> Vec<String> {
    release.records().iter().map(line).collect()
}

fn line(released: &Released) -> String {
    use kinfolk_disclosure::Shown;
    let sign = |text: Shown<String>| match text {
        Shown::Figure(text) => text,
        Shown::Withheld => "[c]".to_owned(),
        Shown::Absent => "[x]".to_owned(),
    };
    let part = released.group().get("part").unwrap_or("all");
    let value = sign(map(released.value(), |value| value.to_string()));
    match released.statistic() {
        Statistic::Count => format!("{part} {value}"),
        _ => format!(
            "{part} {value} ({}) {} of {}",
            sign(map(released.interval(), |(low, high)| format!(
                "{low} to {high}"
            ))),
            sign(map(released.numerator(), |n| n.to_string())),
            sign(map(released.denominator(), |n| n.to_string())),
        ),
    }
}

fn map<T, U>(
    shown: kinfolk_disclosure::Shown<T>,
    with: impl Fn(T) -> U,
) -> kinfolk_disclosure::Shown<U> {
    use kinfolk_disclosure::Shown;
    match shown {
        Shown::Figure(figure) => Shown::Figure(with(figure)),
        Shown::Withheld => Shown::Withheld,
        Shown::Absent => Shown::Absent,
    }
}
