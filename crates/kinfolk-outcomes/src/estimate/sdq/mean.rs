//! Means and standard deviations of totals, wave by wave.

use kinfolk_model::{Key, Statistic, Unit};
use kinfolk_stats::{Confidence, Estimated, Sample, mean};

use super::cohort::{Cohort, HIGHEST_TOTAL};
use super::waves::Waves;
use crate::SdqWave;
use crate::estimate::entry::{Behind, Computed, Detail, about, within};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

pub(super) fn estimate_means(ledger: &mut Ledger, waves: &Waves<'_>) {
    let without = waves.due.as_ref().map(|[_, without]| without.clone());
    let first = AtWave {
        waves,
        wave: SdqWave::Baseline,
    };
    first.write_everyone(ledger, &waves.everyone, without.as_ref());
    let mut of_completers = first.write_completers(ledger);
    for later in &waves.later {
        let at = AtWave {
            waves,
            wave: later.wave,
        };
        at.write_everyone(ledger, &later.scored, Some(&later.lost.n()));
        of_completers.extend(at.write_completers(ledger));
    }
    let title = format!("Means of children with {} at every wave", waves.whose());
    ledger.droppable(title, of_completers);
}

/// The totals at one wave.
struct AtWave<'w, 'a> {
    waves: &'w Waves<'a>,
    wave: SdqWave,
}

impl AtWave<'_, '_> {
    fn write_everyone(&self, ledger: &mut Ledger, cohort: &Cohort<'_>, missing: Option<&Tally>) {
        let (whose, wave) = (self.waves.whose(), self.wave.words());
        let population = format!("children with {whose} at {wave}");
        self.write(ledger, ("everyone", &population), cohort, missing);
    }

    fn write_completers(&self, ledger: &mut Ledger) -> Vec<Key> {
        let completers = self.waves.completers.as_ref();
        let Some(completers) = completers.filter(|completers| self.wave <= completers.last) else {
            return Vec::new();
        };
        let (whose, last) = (self.waves.whose(), completers.last.words());
        let population = format!("children with {whose} at every wave up to {last}");
        self.write(
            ledger,
            ("completers", &population),
            &completers.cohort,
            None,
        )
    }

    fn write(
        &self,
        ledger: &mut Ledger,
        (who, population): (&str, &str),
        cohort: &Cohort<'_>,
        missing: Option<&Tally>,
    ) -> Vec<Key> {
        let group = self.waves.group(self.wave).and("who", who);
        let subject = about("sdq.mean", group, population);
        let (n, added_up) = (cohort.n(), cohort.added_up(self.wave));
        let behind = Behind {
            denominator: &n,
            missing,
            rests_on: Vec::new(),
            mean_of: vec![&added_up],
        };
        let totals = cohort.whole_totals(self.wave);
        let deviation = Computed {
            statistic: Statistic::StandardDeviation,
            unit: Unit::Points,
            method: "standard-deviation/1",
            result: standard_deviation(&totals).map(|value| Estimated {
                value,
                interval: None,
            }),
        };
        let sample = Sample::from_counts(totals);
        let mean = mean_of_totals(&sample, ledger.confidence());
        let detail = Detail::default().reason("fewer than two values have no spread");
        vec![
            ledger.number(subject.clone(), mean, &behind),
            ledger.detailed(subject, deviation, &behind, detail),
        ]
    }
}

/// A mean of totals lies between 0 and 40, and so must its interval.
pub(super) fn mean_of_totals(totals: &Sample, confidence: Confidence) -> Computed {
    let found = mean(totals, confidence);
    Computed {
        statistic: Statistic::Mean,
        unit: Unit::Points,
        method: "t-within-scale/1",
        result: found.map(|found| within(found, 0.0, HIGHEST_TOTAL as f64)),
    }
}

/// With divisor n − 1; from whole numbers, so that no digit is lost. `None` of fewer than two.
pub(super) fn standard_deviation(totals: &[u32]) -> Option<f64> {
    let n = totals.len() as u64;
    let sum: u64 = totals.iter().map(|total| u64::from(*total)).sum();
    let squares: u64 = totals.iter().map(|total| u64::from(*total).pow(2)).sum();
    let scaled = n * squares - sum * sum;
    (n > 1).then(|| (scaled as f64 / (n * (n - 1)) as f64).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deviations_by_hand() {
        assert_eq!(standard_deviation(&[]), None);
        assert_eq!(standard_deviation(&[4]), None);
        assert_eq!(standard_deviation(&[9, 9, 9]), Some(0.0));
        // Deviations of -2, 2 and 0 from the mean: 8 / 2.
        assert_eq!(standard_deviation(&[3, 7, 5]), Some(2.0));
    }
}
