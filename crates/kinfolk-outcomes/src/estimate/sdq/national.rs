//! What children looked after in England score, beside the children of a wave.

use std::collections::BTreeMap;

use kinfolk_model::{Country, Informant, Statistic, Unit};
use kinfolk_stats::Estimated;

use super::cohort::{Cohort, Row};
use super::waves::Waves;
use crate::SdqWave;
use crate::derive::collection_year;
use crate::estimate::entry::{Behind, Computed, Detail, NO_VALUES, PUBLISHED, Subject, about};
use crate::estimate::ledger::Ledger;
use crate::national::{mean_in_england, mean_of_age_and_sex, year_of_ages};

const NOT_ENGLAND: &str = "no figures of this kind are published for Scotland and Wales";
const NOT_ALL_ENGLAND: &str = "more than a quarter of the children live outside England";
const NO_YEAR: &str = "the published series begins in 2012";
const NO_AGES: &str =
    "age or sex is not known, or the age is not 5 to 16, for more than a quarter of the children";
const SOME_AGES: &str =
    "without children whose age or sex is not known, or whose age is not 5 to 16";

/// Published scores are carers', so only carers' scores are compared.
pub(super) fn estimate_national(ledger: &mut Ledger, waves: &Waves<'_>, country: Country) {
    if waves.informant != Informant::ParentCarer {
        return;
    }
    let first = (SdqWave::Baseline, &waves.everyone);
    let later = waves.later.iter().map(|later| (later.wave, &later.scored));
    for (wave, scored) in std::iter::once(first).chain(later) {
        let compared = Compared {
            waves,
            wave,
            scored,
            country,
        };
        compared.write(ledger);
    }
}

/// The children of one wave.
struct Compared<'w, 'a> {
    waves: &'w Waves<'a>,
    wave: SdqWave,
    scored: &'w Cohort<'a>,
    /// Where children live of whom that is not recorded.
    country: Country,
}

impl Compared<'_, '_> {
    fn write(&self, ledger: &mut Ledger) {
        let rows = self.scored.rows.iter();
        let in_england = rows.filter(|row| self.is_in_england(row)).count();
        let reason = match in_england {
            0 if !self.scored.is_empty() || self.country != Country::England => NOT_ENGLAND,
            0 => NO_VALUES,
            some if !self.is_most(some) => NOT_ALL_ENGLAND,
            _ => {
                self.write_years(ledger);
                self.write_ages(ledger);
                return;
            }
        };
        for mix in ["england", "same_age_and_sex"] {
            let kind = (Statistic::Mean, Unit::Points);
            ledger.nothing(self.about(mix), kind, PUBLISHED, reason);
        }
    }

    fn about(&self, mix: &str) -> Subject {
        let group = self.waves.group(self.wave).and("mix", mix);
        let population = "children aged 5 to 16 looked after for twelve months in England";
        about("sdq.national", group, population)
    }

    fn is_in_england(&self, row: &Row<'_>) -> bool {
        let summary = row.child.summary.as_ref();
        summary.map_or(self.country, |summary| summary.country) == Country::England
    }

    /// Whether so many children can speak for all of the wave.
    fn is_most(&self, number: usize) -> bool {
        4 * number >= 3 * self.scored.rows.len()
    }

    /// The published means of the years in which the scores lie, each as often as there are scores.
    fn write_years(&self, ledger: &mut Ledger) {
        let mut years: BTreeMap<i16, u64> = BTreeMap::new();
        for occasion in self.scored.rows.iter().filter_map(|row| row.at(self.wave)) {
            *years.entry(collection_year(occasion.date)).or_default() += 1;
        }
        let published: Vec<(u64, f64, i16)> = years
            .iter()
            .filter_map(|(year, n)| mean_in_england(*year).map(|(mean, of)| (*n, mean, of)))
            .collect();
        let last_scored = years.keys().next_back().copied();
        let last_published = published.last().map(|(.., year)| *year);
        let caution = match last_published {
            Some(last) if last_scored > last_published => {
                format!("the published series ends in {last}, which stands for later years too")
            }
            _ => String::new(),
        };
        let detail = Detail::default().caution(caution).reason(NO_YEAR);
        let means = published.iter().map(|(n, mean, _)| (*n, *mean));
        self.write_mean(ledger, "england", mean_of(means), detail);
    }

    /// The published means of the children's own ages and sexes.
    fn write_ages(&self, ledger: &mut Ledger) {
        let rows = self.scored.rows.iter();
        let found: Vec<f64> = rows.filter_map(|row| self.of_same_age(row)).collect();
        let mean = match self.is_most(found.len()) {
            true => mean_of(found.iter().map(|mean| (1, *mean))),
            false => None,
        };
        let year = year_of_ages().map_or_else(String::new, |year| format!("year={year}"));
        let mut detail = Detail::of(year).reason(NO_AGES);
        if found.len() < self.scored.rows.len() {
            detail = detail.caution(SOME_AGES);
        }
        self.write_mean(ledger, "same_age_and_sex", mean, detail);
    }

    fn of_same_age(&self, row: &Row<'_>) -> Option<f64> {
        let sex = row.child.summary.as_ref()?.sex?;
        mean_of_age_and_sex(row.at(self.wave)?.age?, sex)
    }

    /// The figure rests on published ones; of the children it says only what ages, or years, they
    /// have taken together.
    fn write_mean(&self, ledger: &mut Ledger, mix: &str, mean: Option<f64>, detail: Detail) {
        let computed = Computed {
            statistic: Statistic::Mean,
            unit: Unit::Points,
            method: PUBLISHED,
            result: mean.map(|value| Estimated {
                value,
                interval: None,
            }),
        };
        let n = self.scored.n();
        let behind = Behind {
            denominator: &n,
            missing: None,
            rests_on: Vec::new(),
            mean_of: Vec::new(),
        };
        ledger.detailed(self.about(mix), computed, &behind, detail);
    }
}

/// The mean of published means, each counting so often. They are published to a tenth, and whole
/// tenths add up to the same in any order.
fn mean_of(means: impl Iterator<Item = (u64, f64)>) -> Option<f64> {
    let (n, tenths) = means.fold((0, 0), |(n, tenths), (times, mean)| {
        (n + times, tenths + times * (mean * 10.0).round() as u64)
    });
    (n > 0).then(|| tenths as f64 / (10 * n) as f64)
}
