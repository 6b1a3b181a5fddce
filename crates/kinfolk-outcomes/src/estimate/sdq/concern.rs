//! The change of children who had high scores, beside what chance alone would do to it.

use kinfolk_model::{Group, Key, ReliableChange, SdqForm, Statistic, Unit, format};
use kinfolk_stats::{Estimated, expected_regression};

use super::change::{CHANGE, difference, totals_of};
use super::cohort::Feature;
use super::mean::standard_deviation;
use super::waves::{Later, Waves};
use crate::SdqWave;
use crate::estimate::entry::{Behind, Computed, Detail, about};
use crate::estimate::ledger::Ledger;
use crate::sdq::{Band, cut_off};

const NOT_NAMED: &str = "the study names no reliability of the SDQ";
const NO_SPREAD: &str = "baselines without spread have no expected change";

pub(super) fn estimate_concern(
    ledger: &mut Ledger,
    waves: &Waves<'_>,
    named: Option<&ReliableChange>,
) {
    let Some(cut) = cut_off(waves.informant, SdqForm::Ages4To17) else {
        return;
    };
    for later in &waves.later {
        let chosen = Chosen { waves, later, cut };
        let keys = [
            chosen.write_change(ledger),
            chosen.write_regression(ledger, named),
        ];
        // The change must never stand without what chance alone would do to it.
        ledger.droppable(chosen.title(), keys);
    }
}

/// The pairs of one wave whose baseline lay in the high band.
struct Chosen<'w, 'a> {
    waves: &'w Waves<'a>,
    later: &'w Later<'a>,
    cut: u8,
}

impl Chosen<'_, '_> {
    fn group(&self) -> Group {
        self.waves
            .group(self.later.wave)
            .and("who", "concern_at_baseline")
    }

    fn title(&self) -> String {
        format!(
            "Change of children with high baselines, of {} at the baseline and {}",
            self.waves.whose(),
            self.later.wave.words()
        )
    }

    fn population(&self) -> String {
        format!(
            "children with {} at the baseline and at {}, on the same form, and a baseline of {} or more",
            self.waves.whose(),
            self.later.wave.words(),
            self.cut
        )
    }

    fn write_change(&self, ledger: &mut Ledger) -> Key {
        let wave = self.later.wave;
        let high = self
            .later
            .pairs
            .sum(Feature::InBand(SdqWave::Baseline, Band::Abnormal));
        ledger.sum(&high, &[self.later.concern.n()]);
        let before = self.later.concern.totals(SdqWave::Baseline);
        let after = self.later.concern.totals(wave);
        let computed = difference(&before, &after, ledger.confidence());
        let n = self.later.concern.n();
        let [first, later] = totals_of(&self.later.concern, wave);
        let behind = Behind {
            denominator: &n,
            missing: None,
            rests_on: vec![&later],
            mean_of: vec![&first],
        };
        let subject = about(CHANGE, self.group(), &self.population());
        let detail = Detail::of(format!("cut_off={}", self.cut));
        ledger.detailed(subject, computed, &behind, detail)
    }

    /// From mean and spread of all pairs, from whom the children with high scores were picked. It moves
    /// by less than their mean does, so that it gives away no more of what they add up to.
    fn write_regression(&self, ledger: &mut Ledger, named: Option<&ReliableChange>) -> Key {
        let pairs = &self.later.pairs;
        let totals = pairs.whole_totals(SdqWave::Baseline);
        let spread = standard_deviation(&totals).filter(|spread| *spread > 0.0);
        let mean = totals.iter().sum::<u32>() as f64 / totals.len().max(1) as f64;
        let fall = named.zip(spread).and_then(|(named, spread)| {
            expected_regression(mean, spread, named.reliability, self.cut.into()).ok()
        });
        let computed = Computed {
            statistic: Statistic::Difference,
            unit: Unit::Points,
            method: "regression-to-the-mean/1",
            result: fall.map(|fall| Estimated {
                value: -fall,
                interval: None,
            }),
        };
        let detail = match named {
            None => Detail::default().reason(NOT_NAMED),
            Some(named) => Detail::of(format!(
                "cut_off={};reliability={}",
                self.cut, named.reliability
            ))
            .reason(NO_SPREAD)
            .caution(from_in_words(spread.unwrap_or_default())),
        };
        let (n, added_up) = (pairs.n(), pairs.added_up(SdqWave::Baseline));
        let behind = Behind {
            denominator: &n,
            missing: None,
            rests_on: Vec::new(),
            mean_of: vec![&added_up],
        };
        let subject = about("sdq.regression_to_mean", self.group(), &self.population());
        ledger.detailed(subject, computed, &behind, detail)
    }
}

fn from_in_words(spread: f64) -> String {
    let spread = format::number(spread, 1);
    format!("from the mean at the start and a standard deviation there of {spread} points")
}
