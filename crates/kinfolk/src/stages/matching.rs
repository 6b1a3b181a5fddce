//! Comparators for a programme's children, from a plain table, and whether the arms are alike.

use std::io::Write;

use kinfolk_ingest::plain::cohort::PAIR_COLUMNS;
use kinfolk_ingest::plain::{PlainReader, PlainTable};
use kinfolk_model::{Estimate, Group, Statistic, Unit, format};
use kinfolk_stats::matching::{
    Balance, Caliper, Candidates, CovariateBalance, Denominator, Greedy, Matches, Propensity,
    compare_balance, match_greedily, propensity,
};
use kinfolk_stats::sensitivity::{Power, TwoArms, detectable_difference, detectable_share};

use super::cohort::{Cohort, CohortColumns};
use super::records::{Entry, arm_code};
use super::summary::Summary;
use super::table::{TableColumn, TableToWrite};
use crate::Error;

/// The share of which a difference is hardest to find.
const EVEN_SHARE: f64 = 0.5;

/// On which scale of the propensity score distances and the caliper are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScoreScale {
    /// Log odds.
    #[default]
    Logit,
    /// The probability itself.
    Probability,
}

/// How comparators are found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MatchRule {
    /// How far apart a pair may lie, in standard deviations of the score over all children; `None`
    /// for no limit.
    pub caliper: Option<f64>,
    /// On which scale.
    pub scale: ScoreScale,
    /// Comparators for each child of the programme.
    pub ratio: usize,
}

impl Default for MatchRule {
    /// One comparator within 0.2 standard deviations of the logit.
    fn default() -> Self {
        Self {
            caliper: Some(0.2),
            scale: ScoreScale::Logit,
            ratio: 1,
        }
    }
}

impl MatchRule {
    pub(super) fn greedy(&self) -> Greedy<'static> {
        Greedy {
            caliper: self.caliper.map(Caliper::StandardDeviations),
            ratio: self.ratio,
            ..Greedy::default()
        }
    }

    pub(super) fn options(&self) -> String {
        let caliper = self.caliper.map_or("none".to_owned(), format::exact);
        let scale = match self.scale {
            ScoreScale::Logit => "logit",
            ScoreScale::Probability => "probability",
        };
        format!(
            "caliper={caliper};scale={scale};ratio={};order=largest",
            self.ratio
        )
    }

    fn line<'p>(&self, scores: &'p Propensity) -> &'p [f64] {
        match self.scale {
            ScoreScale::Logit => &scores.logits,
            ScoreScale::Probability => &scores.scores,
        }
    }
}

/// Pairs, and how alike the arms are before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct CohortMatch {
    cohort: Cohort,
    rule: MatchRule,
    exact: Vec<String>,
    scores: Vec<f64>,
    /// The pairs, by row of the table.
    pub matches: Matches,
    before: Balance,
    /// `None` where nobody was matched.
    after: Option<Balance>,
}

/// How small a difference two arms could show: two-sided at 5 per cent, four times in five.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detectable {
    /// Of means, in standard deviations.
    pub standardised: f64,
    /// Of shares, where comparators have a share of a half.
    pub share: f64,
}

/// Finds comparators for the children of the programme: nearest propensity score first taken by the
/// highest score, without replacement.
///
/// # Errors
///
/// [`Error::Plain`] when a column is missing or a cell cannot be used, [`Error::Comparison`] when the
/// arms cannot be compared, [`Error::Stats`] for an option out of range.
pub fn match_cohort(
    reader: PlainReader,
    columns: &CohortColumns,
    rule: MatchRule,
) -> Result<CohortMatch, Error> {
    let table = PlainTable::of(reader)?;
    let cohort = Cohort::read(&table, columns)?;
    let named = |error| cohort.named(&error);
    let scores = propensity(&cohort.columns(), &cohort.treated).map_err(named)?;
    let matches = find_pairs(&cohort, &scores, &rule)?;
    let n = cohort.ids.len();
    let mut covariates = cohort.columns();
    covariates.push(&scores.scores);
    let balance = |weights: &[f64]| {
        compare_balance(&covariates, &cohort.treated, weights, Denominator::Treated)
    };
    let before = balance(&vec![1.0; n]).map_err(named)?;
    let after = match matches.pairs.as_slice() {
        [] => None,
        _ => Some(balance(&matches.weights(n)).map_err(named)?),
    };
    Ok(CohortMatch {
        rule,
        exact: columns.exact.clone(),
        matches,
        before,
        after,
        scores: scores.scores,
        cohort,
    })
}

/// # Errors
///
/// [`Error::Stats`] for an option out of range.
pub(super) fn find_pairs(
    cohort: &Cohort,
    scores: &Propensity,
    rule: &MatchRule,
) -> Result<Matches, Error> {
    let candidates = Candidates {
        treated: &cohort.treated,
        distance: rule.line(scores),
        keys: &cohort.keys(),
        exact: cohort.exact.as_deref(),
    };
    Ok(match_greedily(&candidates, &rule.greedy())?)
}

impl CohortMatch {
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
        let n = self.cohort.n_in(true);
        (n - self.matches.n_unmatched, n)
    }

    /// The covariate whose means lie furthest apart after matching, in standard deviations.
    pub fn worst(&self) -> Option<(&str, f64)> {
        let covariates = self.after.as_ref()?.covariates.iter();
        let names = self
            .cohort
            .covariates
            .iter()
            .map(|column| column.name.as_str());
        names
            .zip(covariates)
            .filter_map(|(name, found)| Some((name, found.standardised_difference?)))
            .max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
    }

    /// How small a difference the matched arms could show, by their effective sizes; `None` where an
    /// arm is too small to show any.
    pub fn detectable(&self) -> Option<Detectable> {
        let after = self.after.as_ref()?;
        let arms = TwoArms {
            treated: after.treated.effective,
            control: after.control.effective,
            design_effect: 1.0,
        };
        let [low, high] = detectable_share(&arms, EVEN_SHARE, &Power::default()).ok()?;
        let nearer = |share: f64| (share - EVEN_SHARE).abs();
        Some(Detectable {
            standardised: detectable_difference(&arms, &Power::default()).ok()?,
            share: low.into_iter().chain(high).map(nearer).reduce(f64::min)?,
        })
    }

    /// How comparators were found.
    pub fn rule(&self) -> MatchRule {
        self.rule
    }

    pub(super) fn file(&self) -> &str {
        &self.cohort.file
    }

    pub(super) fn n_comparators(&self) -> usize {
        self.cohort.n_in(false)
    }

    pub(super) fn covariate_names(&self) -> Vec<&str> {
        let columns = self.cohort.covariates.iter();
        columns.map(|column| column.name.as_str()).collect()
    }

    pub(super) fn exact_names(&self) -> &[String] {
        &self.exact
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
        self.cohort.references()
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
        PAIR_COLUMNS
            .into_iter()
            .zip(columns)
            .fold(TableToWrite::new(), |table, (name, column)| {
                table.and(name, column)
            })
            .write_csv(out)
    }

    fn options(&self) -> String {
        let mut options = vec![self.rule.options()];
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
            "match-greedy/1",
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
            count("comparators", self.cohort.n_in(false)),
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
        let names = self
            .cohort
            .covariates
            .iter()
            .map(|column| column.name.as_str());
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

fn about_difference(difference: f64) -> &'static str {
    match difference.abs() {
        size if size > 0.25 => "too far apart to be compared",
        size if size > 0.1 => "further apart than is wished",
        _ => "",
    }
}
