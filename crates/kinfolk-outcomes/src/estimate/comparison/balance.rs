//! Whether the arms are alike before and after, where their scores overlap, and how small a difference
//! they could show.

use kinfolk_model::{Arm, Code, Group, Key, Statistic, Unit};
use kinfolk_stats::matching::{
    Balance, CovariateBalance, Estimand, balance_entropy, propensity_weights,
};
use kinfolk_stats::{Estimated, Sample, StatsError, quantile};

use super::COMPARED;
use super::design::Design;
use super::refusal::reason;
use super::tallies::{Members, both};
use crate::comparison::{Covariate, Pairing, about_difference, balance, detectable};
use crate::estimate::entry::{Behind, Computed, Detail, Share, Subject, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

const BALANCE: &str = "matching.balance";
const OVERLAP: &str = "matching.overlap";
const PAIRS: &str = "matching.pairs";
const DETECTABLE: &str = "matching.detectable";

/// Where along the scores the arms are looked at.
const QUANTILES: [(&str, f64); 5] = [
    ("0.05", 0.05),
    ("0.25", 0.25),
    ("0.5", 0.5),
    ("0.75", 0.75),
    ("0.95", 0.95),
];

/// Everything that is known before an outcome is looked at.
pub(super) fn write_design(ledger: &mut Ledger, design: &Design<'_>) {
    if design.is_matched() {
        write_pairs(ledger, design);
    }
    let unit = vec![1.0; design.rows.len()];
    let before = Stage {
        design,
        name: "before",
        members: Arm::ALL.iter().map(|arm| design.compared(*arm)).collect(),
        weights: Ok(unit),
    };
    let after = Stage {
        name: "after",
        members: Arm::ALL.iter().map(|arm| design.ending(*arm)).collect(),
        weights: weights(design),
        ..before.clone()
    };
    write_detectable(ledger, &after);
    before.write(ledger);
    after.write(ledger);
}

/// How much each child counts by the study's method.
fn weights(design: &Design<'_>) -> Result<Vec<f64>, StatsError> {
    use kinfolk_model::ComparisonMethod as Method;
    let Pairing { scores, matches } = design.paired.as_ref().map_err(Clone::clone)?;
    let treated = &design.arms.treated;
    match design.asked.method {
        Method::Matched if matches.pairs.is_empty() => Err(StatsError::NoOverlap),
        Method::Matched => Ok(matches.weights(treated.len())),
        Method::Unadjusted => Ok(vec![1.0; treated.len()]),
        Method::AttWeights | Method::Aipw => {
            propensity_weights(treated, &scores.scores, Estimand::Treated)
        }
        Method::Overlap => propensity_weights(treated, &scores.scores, Estimand::Overlap),
        Method::Entropy => balance_entropy(&design.arms.covariates.columns(), treated),
    }
}

fn write_pairs(ledger: &mut Ledger, design: &Design<'_>) {
    let [compared, matched] = [
        design.compared(Arm::Programme),
        design.matched(Arm::Programme),
    ];
    let unmatched = matched_not(&compared, &matched).n_of_nobody();
    let (compared, matched) = (compared.n(), matched.n());
    let share = Share::of(&matched, &compared).rest(unmatched.clone());
    let subject = |figure| {
        let group = Group::of("figure", figure);
        about(PAIRS, group, "children of the programme who are compared")
    };
    ledger.share(subject("matched"), &share, &design.options());
    ledger.count(subject("unmatched"), Unit::Children, &unmatched);
}

fn matched_not(compared: &Members, matched: &Members) -> Members {
    compared.narrowed("without a pair", |at| !matched.is_in[at])
}

fn write_detectable(ledger: &mut Ledger, after: &Stage<'_, '_>) {
    let balance = after.balance().ok();
    let found = balance.as_ref().and_then(detectable);
    let numbers = [
        (
            Statistic::EffectSize,
            Unit::None,
            Group::all(),
            found.map(|found| found.standardised),
        ),
        (
            Statistic::Difference,
            Unit::Proportion,
            Group::of("comparators", "half"),
            found.map(|found| found.share),
        ),
    ];
    for (statistic, unit, group, value) in numbers {
        let computed = computed((statistic, unit), "detectable/1", value);
        let detail = Detail::of("level=0.05;power=0.8")
            .reason("the arms are too small to show any difference")
            .caution("the smallest difference found four times in five; from the numbers alone");
        let subject = about(DETECTABLE, group, "children who are compared in the end");
        after.write_number(ledger, subject, computed, detail);
    }
}

fn computed(kind: (Statistic, Unit), method: &'static str, value: Option<f64>) -> Computed {
    let result = value.map(|value| Estimated {
        value,
        interval: None,
    });
    Computed::of(kind, method, result)
}

/// The arms as they are, or once they are made comparable.
#[derive(Clone)]
struct Stage<'d, 'a> {
    design: &'d Design<'a>,
    name: &'static str,
    /// Who counts, by arm.
    members: Vec<Members>,
    /// How much each counts.
    weights: Result<Vec<f64>, StatsError>,
}

impl Stage<'_, '_> {
    fn balance(&self) -> Result<Balance, StatsError> {
        let scores = self.design.paired.as_ref().ok();
        let weights = self.weights.as_ref().map_err(Clone::clone)?;
        balance(
            &self.design.arms,
            scores.map(|paired| &paired.scores),
            weights,
        )
    }

    fn group(&self) -> Group {
        Group::of("stage", self.name)
    }

    fn write(&self, ledger: &mut Ledger) {
        let balance = match self.balance() {
            Ok(balance) => balance,
            Err(error) => {
                let note = reason(&self.design.arms, &error);
                let subject = about(BALANCE, self.group(), COMPARED);
                let kind = (Statistic::EffectSize, Unit::None);
                ledger.nothing(subject, kind, "balance/1", &note);
                return;
            }
        };
        let covariates = &self.design.arms.covariates.0;
        for (covariate, found) in covariates.iter().zip(&balance.covariates) {
            self.write_covariate(ledger, covariate, found);
        }
        if let Some(found) = balance.covariates.get(covariates.len()) {
            self.write_difference(ledger, "propensity_score", found, Vec::new());
        }
        self.write_sizes(ledger, &balance);
        self.write_overlap(ledger);
    }

    /// The mean of either arm, and how far apart they lie.
    fn write_covariate(
        &self,
        ledger: &mut Ledger,
        covariate: &Covariate,
        found: &CovariateBalance,
    ) {
        let means = [found.mean_treated, found.mean_control];
        let (mut keys, mut counts) = (Vec::new(), Vec::new());
        for ((arm, members), mean) in Arm::ALL.iter().zip(&self.members).zip(means) {
            let sum = members.sum(&covariate.name, &covariate.values);
            self.state_parts(ledger, *arm, covariate);
            let n = members.n();
            let mut behind = Behind {
                denominator: &n,
                missing: None,
                rests_on: Vec::new(),
                mean_of: Vec::new(),
            };
            let kind = match covariate.is_yes_or_no() {
                true => {
                    behind.rests_on.extend(&sum);
                    counts.extend(sum.as_ref().map(Tally::alone));
                    (Statistic::Proportion, Unit::Proportion)
                }
                false => {
                    behind.mean_of.extend(&sum);
                    (Statistic::Mean, Unit::None)
                }
            };
            let group = self.group().and("covariate", &covariate.name);
            let subject = about(BALANCE, group, COMPARED).in_arm(*arm);
            let number = computed(kind, "balance/1", Some(mean));
            keys.push(ledger.detailed(subject, number, &behind, self.detail()));
        }
        let words = format!("Levels of {} {} matching", covariate.name, self.name);
        ledger.droppable(words, keys);
        self.write_difference(ledger, &covariate.name, found, counts);
    }

    /// Those who count and the others of an arm add up to all of it, in every covariate.
    fn state_parts(&self, ledger: &mut Ledger, arm: Arm, covariate: &Covariate) {
        let (all, own) = (self.design.compared(arm), self.design.matched(arm));
        if !self.design.is_matched() || own.len() == 0 {
            return;
        }
        let rest = matched_not(&all, &own);
        let sums = [&all, &own, &rest].map(|part| part.sum(&covariate.name, &covariate.values));
        if let [Some(all), Some(own), Some(rest)] = sums {
            ledger.sum(&all, &[own, rest]);
        }
    }

    fn write_difference(
        &self,
        ledger: &mut Ledger,
        name: &str,
        found: &CovariateBalance,
        given_away: Vec<Tally>,
    ) {
        let group = self.group().and("covariate", name);
        let size = found.standardised_difference;
        let detail = self
            .detail()
            .caution(size.map_or("", about_difference))
            .reason("the programme\u{2019}s children do not vary in it");
        let subject = about(BALANCE, group.clone(), COMPARED);
        let number = computed((Statistic::EffectSize, Unit::None), "balance/1", size);
        self.write_resting(ledger, (subject, number, detail), &given_away);
        if let Some(ratio) = found.variance_ratio {
            let group = group.and("figure", "variance_ratio");
            let subject = about(BALANCE, group, COMPARED);
            let number = computed((Statistic::Ratio, Unit::None), "balance/1", Some(ratio));
            let detail = self.detail();
            self.write_resting(ledger, (subject, number, detail), &given_away);
        }
    }

    fn write_sizes(&self, ledger: &mut Ledger, balance: &Balance) {
        let sizes = [balance.treated, balance.control];
        for ((arm, members), size) in Arm::ALL.iter().zip(&self.members).zip(sizes) {
            let group = self.group().and("figure", "effective_size");
            let subject = about(BALANCE, group, COMPARED).in_arm(*arm);
            let number = computed(
                (Statistic::Amount, Unit::Children),
                "balance/1",
                Some(size.effective),
            );
            let n = members.n();
            let behind = Behind {
                denominator: &n,
                missing: None,
                rests_on: vec![&n],
                mean_of: Vec::new(),
            };
            ledger.detailed(subject, number, &behind, self.detail());
        }
    }

    /// Where the scores of either arm lie.
    fn write_overlap(&self, ledger: &mut Ledger) {
        let Ok(paired) = &self.design.paired else {
            return;
        };
        for (arm, members) in Arm::ALL.iter().zip(&self.members) {
            let own = members.is_in.iter().zip(&paired.scores.scores);
            let own = own.filter_map(|(is_in, score)| is_in.then_some(*score));
            let Ok(sample) = Sample::new(own.collect()) else {
                continue;
            };
            let n = members.n();
            for (code, share) in QUANTILES {
                let group = self.group().and("quantile", code);
                let subject = about(OVERLAP, group, COMPARED).in_arm(*arm);
                let value = quantile(&sample, share).ok().flatten();
                let number = computed((Statistic::Amount, Unit::Proportion), "quantile/1", value);
                let behind = Behind {
                    denominator: &n,
                    missing: None,
                    rests_on: vec![&n],
                    mean_of: Vec::new(),
                };
                ledger.detailed(subject, number, &behind, self.detail());
            }
        }
    }

    /// A number that rests on both arms.
    fn write_number(
        &self,
        ledger: &mut Ledger,
        subject: Subject,
        number: Computed,
        detail: Detail,
    ) -> Key {
        self.write_resting(ledger, (subject, number, detail), &[])
    }

    fn write_resting(
        &self,
        ledger: &mut Ledger,
        (subject, number, detail): (Subject, Computed, Detail),
        given_away: &[Tally],
    ) -> Key {
        let arms: Vec<Tally> = self.members.iter().map(Members::n).collect();
        let both = both(ledger, &arms);
        let behind = Behind {
            denominator: &both,
            missing: None,
            rests_on: arms.iter().chain(given_away).collect(),
            mean_of: Vec::new(),
        };
        ledger.detailed(subject, number, &behind, detail)
    }

    fn detail(&self) -> Detail {
        match self.name {
            "before" => Detail::of(format!(
                "covariates={}",
                self.design.asked.covariates.join(",")
            )),
            _ => Detail::of(format!(
                "{};method={}",
                self.design.options(),
                self.design.asked.method.code()
            )),
        }
    }
}
