//! Comparators for a programme's children, from a plain table, and whether the arms are alike.

use std::io::Write;

use kinfolk_ingest::plain::cohort::PAIR_COLUMNS;
use kinfolk_ingest::plain::{PlainReader, PlainTable};
use kinfolk_model::{
    ComparatorPool, CovariateCaliper, Estimate, Group, MatchRule, Statistic, Unit,
};
use kinfolk_outcomes::comparison::{
    Detectable, Pairing, about_difference, balance, calipers_of, detectable, pair, rule_options,
};
use kinfolk_stats::matching::{Balance, CovariateBalance, Matches, Propensity};

use super::cohort::{Cohort, CohortColumns};
use super::records::{Entry, arm_code};
use super::risk_sets::PairFollowed;
use super::summary::Summary;
use super::table::{TableColumn, TableToWrite};
use crate::Error;

/// What the columns are called that say how long pairs at the same time in care are followed.
const FOLLOWED_COLUMNS: [&str; 3] = ["from_day", "treated_days", "control_days"];

/// Pairs, and how alike the arms are before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct CohortMatch {
    cohort: Cohort,
    rule: MatchRule,
    exact: Vec<String>,
    calipers: Vec<CovariateCaliper>,
    scores: Vec<f64>,
    /// The pairs, by row of the table.
    pub matches: Matches,
    /// From when and for how long each pair is followed, in the order of the pairs; nothing where
    /// comparators are found at any time.
    pub followed: Vec<PairFollowed>,
    before: Balance,
    /// `None` where nobody was matched.
    after: Option<Balance>,
}

/// Finds comparators for the children of the programme: nearest propensity score first taken by the
/// highest score, without replacement.
///
/// # Errors
///
/// [`Error::Plain`] when a column is missing or a cell cannot be used, [`Error::Comparison`] when the
/// arms cannot be compared, [`Error::Alike`] when nothing is named to make them alike in, [`Error::Stats`] for
/// an option out of range.
pub fn match_cohort(
    reader: PlainReader,
    columns: &CohortColumns,
    rule: MatchRule,
) -> Result<CohortMatch, Error> {
    let table = PlainTable::of(reader)?;
    columns.check_named(table.header().file())?;
    let cohort = Cohort::read(&table, columns)?;
    let Pairing { scores, matches } =
        pair(&cohort.arms, &rule).map_err(|error| cohort.named(&error))?;
    let found = Found {
        scores,
        matches,
        followed: Vec::new(),
        n_children: cohort.ids.len(),
    };
    CohortMatch::of(cohort, found, columns, rule)
}

/// What a way of finding comparators found.
pub(super) struct Found {
    pub(super) scores: Propensity,
    pub(super) matches: Matches,
    /// How long each pair is followed, where they are found at the same time in care.
    pub(super) followed: Vec<PairFollowed>,
    /// Rows of children; further rows are those of children who were comparators as well.
    pub(super) n_children: usize,
}

impl CohortMatch {
    /// Holds the arms against each other before and after.
    ///
    /// # Errors
    ///
    /// [`Error::Comparison`] where an arm has nobody who counts.
    pub(super) fn of(
        cohort: Cohort,
        found: Found,
        columns: &CohortColumns,
        rule: MatchRule,
    ) -> Result<Self, Error> {
        let weighted = |weights: &[f64]| {
            let balance = balance(&cohort.arms, Some(&found.scores), weights);
            balance.map_err(|error| cohort.named(&error))
        };
        let n = cohort.ids.len();
        let children: Vec<f64> = (0..n)
            .map(|row| f64::from(u8::from(row < found.n_children)))
            .collect();
        let before = weighted(&children)?;
        let after = match found.matches.pairs.as_slice() {
            [] => None,
            _ => Some(weighted(&found.matches.weights(n))?),
        };
        Ok(Self {
            rule,
            exact: columns.exact.clone(),
            calipers: columns.calipers.clone(),
            matches: found.matches,
            followed: found.followed,
            before,
            after,
            scores: found.scores.scores,
            cohort,
        })
    }

    /// Balance and pairs as estimates.
    pub fn summary(&self) -> Summary {
        let mut records = self.about_pairs();
        records.extend(self.about_detectable());
        records.extend(self.about_balance("before", &self.before));
        if let Some(after) = &self.after {
            records.extend(self.about_balance("after", after));
        }
        Summary::new(&self.cohort.file, records)
    }

    /// How many children of the programme there are, and how many of them have a comparator.
    pub fn n_matched(&self) -> (usize, usize) {
        let n = self.cohort.arms.n_in(true);
        (n - self.matches.n_unmatched, n)
    }

    /// The covariate whose means lie furthest apart after matching, in standard deviations.
    pub fn worst(&self) -> Option<(&str, f64)> {
        let covariates = self.after.as_ref()?.covariates.iter();
        let names = self.cohort.arms.covariates.names();
        names
            .zip(covariates)
            .filter_map(|(name, found)| Some((name, found.standardised_difference?)))
            .max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
    }

    /// How small a difference the matched arms could show, by their effective sizes; `None` where an
    /// arm is too small to show any.
    pub fn detectable(&self) -> Option<Detectable> {
        self.after.as_ref().and_then(detectable)
    }

    /// How comparators were found.
    pub fn rule(&self) -> MatchRule {
        self.rule
    }

    pub(super) fn file(&self) -> &str {
        &self.cohort.file
    }

    pub(super) fn n_comparators(&self) -> usize {
        self.cohort.arms.n_in(false)
    }

    pub(super) fn covariate_names(&self) -> Vec<&str> {
        self.cohort.arms.covariates.names().collect()
    }

    pub(super) fn exact_names(&self) -> &[String] {
        &self.exact
    }

    pub(super) fn calipers(&self) -> &[CovariateCaliper] {
        &self.calipers
    }

    fn about_detectable(&self) -> [Estimate; 2] {
        let entry = Entry {
            options: "level=0.05;power=0.8".to_owned(),
            ..self.entry(
                "matching.detectable",
                "children with a comparator",
                "detectable/1",
            )
        };
        let found = self.detectable();
        let record = |statistic, unit, group, value: Option<f64>| Estimate {
            value,
            note: match value {
                Some(_) => {
                    "the smallest difference found four times in five; from the numbers alone"
                }
                None => "the arms are too small to find any difference",
            }
            .to_owned(),
            ..entry.record(group, statistic, unit)
        };
        [
            record(
                Statistic::EffectSize,
                Unit::None,
                Group::all(),
                found.map(|found| found.standardised),
            ),
            record(
                Statistic::Difference,
                Unit::Proportion,
                Group::of("comparators", "half"),
                found.map(|found| found.share),
            ),
        ]
    }

    /// What words stand beside, for the columns of words.
    pub fn references(&self) -> Vec<String> {
        self.cohort.arms.covariates.references()
    }

    /// Writes a row for each pair.
    ///
    /// # Errors
    ///
    /// [`Error::Csv`] when a row cannot be written.
    pub fn write_csv(&self, out: &mut dyn Write) -> Result<(), Error> {
        let id = |row: usize| Some(self.cohort.ids[row].clone());
        let pairs = || self.matches.pairs.iter();
        let columns = [
            TableColumn::Text(pairs().map(|pair| id(pair.treated)).collect()),
            TableColumn::Text(pairs().map(|pair| id(pair.control)).collect()),
            TableColumn::Number(pairs().map(|pair| Some(pair.distance)).collect()),
        ];
        let names = PAIR_COLUMNS.into_iter();
        names
            .zip(columns)
            .chain(self.followed_columns())
            .fold(TableToWrite::new(), |table, (name, column)| {
                table.and(name, column)
            })
            .write_csv(out)
    }

    fn followed_columns(&self) -> Vec<(&'static str, TableColumn)> {
        if self.followed.is_empty() {
            return Vec::new();
        }
        let days = |of: fn(&PairFollowed) -> f64| {
            TableColumn::Number(self.followed.iter().map(|pair| Some(of(pair))).collect())
        };
        vec![
            (FOLLOWED_COLUMNS[0], days(|pair| pair.from)),
            (FOLLOWED_COLUMNS[1], days(|pair| pair.treated)),
            (FOLLOWED_COLUMNS[2], days(|pair| pair.control)),
        ]
    }

    fn options(&self) -> String {
        let mut options = vec![rule_options(&self.rule)];
        options.extend(calipers_of(&self.calipers));
        if !self.exact.is_empty() {
            options.push(format!("exact={}", self.exact.join(",")));
        }
        if !self.references().is_empty() {
            options.push(format!("reference={}", self.references().join(",")));
        }
        options.join(";")
    }

    fn entry(&self, measure: &str, population: &'static str, method: &str) -> Entry {
        Entry {
            measure: measure.to_owned(),
            population,
            method: method.to_owned(),
            options: self.options(),
        }
    }

    fn about_pairs(&self) -> Vec<Estimate> {
        let entry = self.entry(
            "matching.pairs",
            "children of the programme",
            match self.rule.pool {
                ComparatorPool::Any => "match-greedy/1",
                ComparatorPool::RiskSet => "match-risk-sets/1",
            },
        );
        let (n_matched, n) = self.n_matched();
        let count = |figure: &str, value: usize| Estimate {
            value: Some(value as f64),
            ..entry.record(
                Group::of("figure", figure),
                Statistic::Count,
                Unit::Children,
            )
        };
        let matched = Estimate {
            value: (n > 0).then(|| n_matched as f64 / n as f64),
            numerator: Some(n_matched as u64),
            denominator: Some(n as u64),
            note: self.about_unmatched(),
            ..entry.record(
                Group::of("figure", "matched"),
                Statistic::Proportion,
                Unit::Proportion,
            )
        };
        let width = Estimate {
            value: self.matches.caliper,
            note: match self.matches.caliper {
                Some(_) => "in units of the scale".to_owned(),
                None => "matched without a caliper".to_owned(),
            },
            ..entry.record(
                Group::of("figure", "caliper_width"),
                Statistic::Amount,
                Unit::None,
            )
        };
        vec![
            matched,
            count("pairs", self.matches.pairs.len()),
            count("unmatched", self.matches.n_unmatched),
            count("comparators", self.n_comparators()),
            width,
        ]
    }

    fn about_unmatched(&self) -> String {
        match self.n_matched() {
            (0, _) => "nobody has a comparator within the limits".to_owned(),
            (matched, n) if matched < n => {
                "what is found holds for the matched children only".to_owned()
            }
            _ => String::new(),
        }
    }

    fn about_balance(&self, stage: &str, balance: &Balance) -> Vec<Estimate> {
        let names = self.cohort.arms.covariates.names();
        let mut records = Vec::new();
        for (name, found) in names.chain(["propensity_score"]).zip(&balance.covariates) {
            let group = Group::of("stage", stage).and("covariate", name);
            records.extend(self.about_covariate(&group, found, balance));
        }
        let entry = self.entry("matching.balance", "children who count", "balance/1");
        for (arm, size) in [(true, balance.treated), (false, balance.control)] {
            records.push(Estimate {
                arm: arm_code(arm).to_owned(),
                value: Some(size.effective),
                denominator: Some(size.n as u64),
                ..entry.record(
                    Group::of("stage", stage).and("figure", "effective_size"),
                    Statistic::Amount,
                    Unit::Children,
                )
            });
        }
        records
    }

    fn about_covariate(
        &self,
        group: &Group,
        found: &CovariateBalance,
        balance: &Balance,
    ) -> Vec<Estimate> {
        let entry = self.entry("matching.balance", "children who count", "balance/1");
        let mut records = Vec::new();
        for (arm, mean, size) in [
            (true, found.mean_treated, balance.treated),
            (false, found.mean_control, balance.control),
        ] {
            records.push(Estimate {
                arm: arm_code(arm).to_owned(),
                value: Some(mean),
                denominator: Some(size.n as u64),
                ..entry.record(group.clone(), Statistic::Mean, Unit::None)
            });
        }
        let difference = found.standardised_difference;
        records.push(Estimate {
            value: difference,
            note: difference
                .map_or(
                    "the programme's children do not vary in it",
                    about_difference,
                )
                .to_owned(),
            ..entry.record(group.clone(), Statistic::EffectSize, Unit::None)
        });
        if let Some(ratio) = found.variance_ratio {
            records.push(Estimate {
                value: Some(ratio),
                ..entry.record(
                    group.clone().and("figure", "variance_ratio"),
                    Statistic::Ratio,
                    Unit::None,
                )
            });
        }
        records.push(Estimate {
            value: Some(found.distribution_max),
            ..entry.record(
                group.clone().and("figure", "largest_distance"),
                Statistic::Amount,
                Unit::None,
            )
        });
        records
    }

    /// The score of each child, in the order of the table.
    pub fn scores(&self) -> &[f64] {
        &self.scores
    }
}
