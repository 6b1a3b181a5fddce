//! The change by a model of repeated measures, which uses every score, and what becomes of it if the
//! children who were lost are worse than it supposes.

use kinfolk_model::{Key, SdqModelDegrees, Statistic, Unit};
use kinfolk_stats::mmrm::{Contrast, DegreesMethod, Fit, Fitted, Inference, Model, Panel, fit};
use kinfolk_stats::{Estimated, Interval};

use super::change::{CHANGE, totals_of};
use super::waves::{Later, Waves};
use crate::SdqWave;
use crate::estimate::entry::{Behind, Computed, Detail, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

/// A wave with fewer pairs tells the model nothing of its spread.
const FEWEST_PAIRS: usize = 3;

/// How many points worse the children who were lost are taken to be.
const DELTAS: [u8; 5] = [1, 2, 3, 4, 5];

const TOO_FEW: &str = "fewer than three children have both scores";
const NOT_FITTED: &str = "the scores are too few, or too much alike, for the model";

/// The change at each later wave, with degrees of freedom as the study names them.
pub(super) fn estimate_model(ledger: &mut Ledger, waves: &Waves<'_>, degrees: SdqModelDegrees) {
    let (visits, others): (Vec<&Later<'_>>, Vec<&Later<'_>>) = waves
        .later
        .iter()
        .partition(|later| later.pairs.rows.len() >= FEWEST_PAIRS);
    for later in others {
        let nothing = At {
            waves,
            later,
            contrast: None,
        };
        nothing.write(ledger, Detail::default().reason(TOO_FEW));
    }
    if visits.is_empty() {
        return;
    }
    let fitted = fit_visits(waves, &visits);
    let inference = Inference {
        degrees: method(degrees),
        confidence: ledger.confidence(),
    };
    for (visit, later) in (1..).zip(&visits) {
        let fitted_fit = fitted.as_ref().and_then(|fitted| fitted.fit.as_ref());
        let at = At {
            waves,
            later,
            contrast: fitted_fit.and_then(|fit| fit.change(0, visit, inference)),
        };
        at.write(ledger, detail(fitted.as_ref(), degrees));
        if let Some(fit) = fitted_fit {
            at.write_deltas(ledger, (fit, degrees));
        }
    }
}

fn method(degrees: SdqModelDegrees) -> DegreesMethod {
    match degrees {
        SdqModelDegrees::Satterthwaite => DegreesMethod::Satterthwaite,
        SdqModelDegrees::KenwardRoger => DegreesMethod::KenwardRoger,
    }
}

fn fit_visits(waves: &Waves<'_>, visits: &[&Later<'_>]) -> Option<Fitted> {
    let mut panel = Panel::new(1 + visits.len());
    for row in &waves.everyone.rows {
        let first = row.at(SdqWave::Baseline).map(|first| first.total);
        let later = visits
            .iter()
            .map(|later| row.pair(later.wave).map(|(_, later)| later.total));
        let scores: Vec<Option<f64>> = std::iter::once(first)
            .chain(later)
            .map(|total| total.map(f64::from))
            .collect();
        panel.push(&scores).ok()?;
    }
    fit(&panel, &Model::default()).ok()
}

/// Which covariance was used, and which could not be.
fn detail(fitted: Option<&Fitted>, degrees: SdqModelDegrees) -> Detail {
    let Some((fit, fitted)) = fitted.and_then(|fitted| Some((fitted.fit.as_ref()?, fitted))) else {
        return Detail::of(method_in_words(None, degrees)).reason(NOT_FITTED);
    };
    let detail = Detail::of(method_in_words(Some(fit), degrees)).reason(NOT_FITTED);
    let passed_over: Vec<&str> = fitted
        .steps_down
        .iter()
        .map(|step| step.from.name())
        .collect();
    if passed_over.is_empty() {
        return detail;
    }
    detail.caution(format!(
        "the scores do not allow a covariance that is {}, so the plainer one is {}",
        passed_over.join(", or "),
        fit.covariance().name()
    ))
}

fn method_in_words(fit: Option<&Fit>, degrees: SdqModelDegrees) -> String {
    let degrees = match degrees {
        SdqModelDegrees::Satterthwaite => "Satterthwaite",
        SdqModelDegrees::KenwardRoger => "Kenward-Roger",
    };
    let rest = format!("likelihood=restricted;degrees_of_freedom={degrees}");
    match fit {
        Some(fit) => format!("covariance={};{rest}", fit.covariance().name()),
        None => rest,
    }
}

/// The change to one wave.
struct At<'w, 'a> {
    waves: &'w Waves<'a>,
    later: &'w Later<'a>,
    contrast: Option<Contrast>,
}

impl At<'_, '_> {
    fn write(&self, ledger: &mut Ledger, detail: Detail) {
        let change = self.contrast.map(|contrast| Estimated {
            value: contrast.value,
            interval: Some(contrast.interval),
        });
        let keys = [("method", "repeated_measures")];
        self.write_change(ledger, (&keys, "mmrm/1"), change, (detail, Vec::new()));
    }

    /// The lost are those who were due and have no score; who is not due yet is as the model says.
    fn write_deltas(&self, ledger: &mut Ledger, (fit, degrees): (&Fit, SdqModelDegrees)) {
        let Some(contrast) = self.contrast else {
            return;
        };
        let lost = self.later.lost.n();
        let share = lost.value as f64 / fit.n_subjects() as f64;
        for delta in DELTAS {
            let change = shifted(&contrast, f64::from(delta), (share, fit.n_subjects()));
            let delta = delta.to_string();
            let keys = [("method", "delta"), ("delta", delta.as_str())];
            let detail = Detail::of(method_in_words(Some(fit), degrees));
            let gives_away = vec![lost.clone()];
            self.write_change(
                ledger,
                (&keys, "mmrm-delta/1"),
                Some(change),
                (detail, gives_away),
            );
        }
    }

    fn write_change(
        &self,
        ledger: &mut Ledger,
        (keys, method): (&[(&str, &str)], &'static str),
        change: Option<Estimated>,
        (detail, gives_away): (Detail, Vec<Tally>),
    ) -> Key {
        let group = self.waves.group(self.later.wave);
        let group = keys
            .iter()
            .fold(group, |group, (key, value)| group.and(key, value));
        let population = format!("children with {} at the baseline", self.waves.whose());
        let [_, later] = totals_of(&self.later.pairs, self.later.wave);
        let (n, first) = (
            self.waves.everyone.n(),
            self.waves.everyone.added_up(SdqWave::Baseline),
        );
        let behind = Behind {
            denominator: &n,
            missing: None,
            rests_on: [&first, &later].into_iter().chain(&gives_away).collect(),
            mean_of: Vec::new(),
        };
        let computed = Computed {
            statistic: Statistic::Difference,
            unit: Unit::Points,
            method,
            result: change,
        };
        ledger.detailed(about(CHANGE, group, &population), computed, &behind, detail)
    }
}

/// The change if so large a share of the subjects were `delta` points above what the model says of
/// them. The share was drawn with the subjects, and adds its own variance.
fn shifted(contrast: &Contrast, delta: f64, (share, n_subjects): (f64, u64)) -> Estimated {
    let value = contrast.value + delta * share;
    let quantile = (contrast.interval.upper - contrast.value) / contrast.standard_error;
    let of_share = share * (1.0 - share) / n_subjects as f64;
    let variance = contrast.standard_error.powi(2) + delta * delta * of_share;
    let margin = quantile * variance.sqrt();
    Estimated {
        value,
        interval: Some(Interval {
            lower: value - margin,
            upper: value + margin,
        }),
    }
}
