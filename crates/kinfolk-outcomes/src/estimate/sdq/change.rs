//! The change of each child's total since the baseline, with tests and sizes.

use kinfolk_model::{Key, Statistic, Unit};
use kinfolk_stats::{
    Confidence, EffectSize, Estimated, ZeroRule, paired_difference, paired_effect_sizes,
    paired_t_test, wilcoxon_signed_rank,
};

use super::cohort::Cohort;
use super::waves::{Later, Waves};
use crate::SdqWave;
use crate::estimate::entry::{Behind, Computed, Detail, NO_VALUES, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

pub(super) const CHANGE: &str = "sdq.change";

/// Nobody's version of the form is looked at where it is not recorded.
const UNKNOWN_VERSION: &str =
    "whether the two forms ask over the same time is not recorded for all";

const NO_SPREAD: &str = "changes without spread say nothing of chance";

pub(super) fn estimate_change(ledger: &mut Ledger, waves: &Waves<'_>) {
    for later in &waves.later {
        let pairs = Pairs::of(waves, later);
        pairs.write_difference(ledger);
        pairs.write_sizes_and_tests(ledger);
    }
}

/// Baselines and later totals of the same children.
struct Pairs<'w, 'a> {
    waves: &'w Waves<'a>,
    later: &'w Later<'a>,
    before: Vec<f64>,
    after: Vec<f64>,
}

impl<'w, 'a> Pairs<'w, 'a> {
    fn of(waves: &'w Waves<'a>, later: &'w Later<'a>) -> Self {
        Self {
            waves,
            later,
            before: later.pairs.totals(SdqWave::Baseline),
            after: later.pairs.totals(later.wave),
        }
    }

    /// A change with few decimals leaves a range of what the baselines add up to; probabilities and
    /// sizes, which divide it by a spread, are taken to leave none, and are dropped first.
    fn write_sizes_and_tests(&self, ledger: &mut Ledger) {
        let mut keys = self.write_effect_sizes(ledger).to_vec();
        keys.extend(self.write_tests(ledger));
        let (whose, wave) = (self.waves.whose(), self.later.wave.words());
        let title = format!("Sizes and tests of the change, of {whose} at the baseline and {wave}");
        ledger.droppable(title, keys);
    }

    fn write(
        &self,
        ledger: &mut Ledger,
        group: (&str, &str),
        computed: Computed,
        detail: Detail,
    ) -> Key {
        let group = self.waves.group(self.later.wave).and(group.0, group.1);
        let population = pairs_in_words(self.waves, self.later);
        let [n, missing] = [self.later.pairs.n(), self.later.without_pair.n()];
        let [first, later] = totals_of(&self.later.pairs, self.later.wave);
        let is_mean = computed.statistic == Statistic::Difference;
        let (rests_on, mean_of) = match is_mean {
            true => (vec![&later], vec![&first]),
            false => (vec![&first, &later], Vec::new()),
        };
        let behind = Behind {
            denominator: &n,
            missing: Some(&missing),
            rests_on,
            mean_of,
        };
        ledger.detailed(about(CHANGE, group, &population), computed, &behind, detail)
    }

    fn write_difference(&self, ledger: &mut Ledger) {
        let computed = difference(&self.before, &self.after, ledger.confidence());
        let detail = Detail::default().caution(self.caution());
        self.write(ledger, ("method", "paired"), computed, detail);
    }

    /// What a reader must know of the forms behind the pairs.
    fn caution(&self) -> &'static str {
        let wave = self.later.wave;
        let is_known = |cohort: &Cohort<'_>| {
            cohort
                .rows
                .iter()
                .filter_map(|row| row.pair(wave))
                .all(|(first, later)| first.version.is_some() && later.version.is_some())
        };
        if is_known(&self.later.pairs) {
            ""
        } else {
            UNKNOWN_VERSION
        }
    }

    /// Why there is no value: without pairs that is the reason, whatever else would be one.
    fn reason(&self, otherwise: &'static str) -> &'static str {
        match self.before.is_empty() {
            true => NO_VALUES,
            false => otherwise,
        }
    }

    fn write_effect_sizes(&self, ledger: &mut Ledger) -> [Key; 3] {
        let sizes = paired_effect_sizes(&self.before, &self.after, ledger.confidence());
        let sizes = sizes.ok().flatten();
        let of = |choose: fn(&kinfolk_stats::PairedEffectSizes) -> Option<EffectSize>| {
            sizes.as_ref().and_then(choose)
        };
        [
            ("d_av", of(|s| s.d_av), "root of the mean of both variances"),
            (
                "d_pre",
                of(|s| s.d_pre),
                "standard deviation at the baseline",
            ),
            ("d_z", of(|s| s.d_z), "standard deviation of the changes"),
        ]
        .map(|(code, size, divisor)| {
            let computed = Computed {
                statistic: Statistic::EffectSize,
                unit: Unit::None,
                method: "paired-effect-size/1",
                result: size.map(|size| size.corrected),
            };
            let detail = Detail::of(format!("divisor={divisor};correction=Hedges")).reason(
                self.reason("fewer than three pairs, or totals without spread, give no size"),
            );
            self.write(ledger, ("size", code), computed, detail)
        })
    }

    fn write_tests(&self, ledger: &mut Ledger) -> [Key; 2] {
        let t = paired_t_test(&self.before, &self.after).ok().flatten();
        let test = p_value("paired-t-test/1", t.map(|test| test.p_value));
        let detail = Detail::default().reason(self.reason(NO_SPREAD));
        let paired_t = self.write(ledger, ("test", "paired_t"), test, detail);
        let ranks = wilcoxon_signed_rank(&self.before, &self.after, ZeroRule::Drop);
        let ranks = ranks.ok().flatten();
        let test = p_value("signed-rank/1", ranks.as_ref().map(|ranks| ranks.p_value()));
        let reason = self.reason("nobody\u{2019}s total changed");
        let detail = Detail::of("zeros=dropped").reason(reason);
        let wilcoxon = self.write(ledger, ("test", "wilcoxon"), test, detail);
        [paired_t, wilcoxon]
    }
}

/// Who the pairs are, in words.
pub(super) fn pairs_in_words(waves: &Waves<'_>, later: &Later<'_>) -> String {
    let (whose, wave) = (waves.whose(), later.wave.words());
    format!("children with {whose} at the baseline and at {wave}, on the same form")
}

/// What the mean change of pairs gives away: what they add up to, at both waves.
pub(super) fn totals_of(pairs: &Cohort<'_>, wave: SdqWave) -> [Tally; 2] {
    [pairs.added_up(SdqWave::Baseline), pairs.added_up(wave)]
}

/// The mean change with Student's interval.
pub(super) fn difference(before: &[f64], after: &[f64], confidence: Confidence) -> Computed {
    Computed {
        statistic: Statistic::Difference,
        unit: Unit::Points,
        method: "paired-t/1",
        result: paired_difference(before, after, confidence).ok().flatten(),
    }
}

/// A probability, which has no interval.
pub(super) fn p_value(method: &'static str, value: Option<f64>) -> Computed {
    Computed {
        statistic: Statistic::PValue,
        unit: Unit::None,
        method,
        result: value.map(|value| Estimated {
            value,
            interval: None,
        }),
    }
}
