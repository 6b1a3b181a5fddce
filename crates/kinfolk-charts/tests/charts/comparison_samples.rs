//! Made-up figures of a comparison, released.

use kinfolk_disclosure::Release;
use kinfolk_model::{Arm, Code, Estimate, Statistic, Unit};

use crate::samples::{Sample, blank};

/// Covariates with their differences before and after.
const COVARIATES: [(&str, f64, f64); 6] = [
    ("age", 0.58, 0.09),
    ("years_in_care", -0.43, 0.04),
    ("prior_moves", 0.31, -0.1),
    ("placement=kinship", -0.26, -0.04),
    ("sex=male", -0.13, -0.08),
    ("placement=residential", 0.06, 0.0),
];

/// By arm: share with its interval, and children left, at each day.
type Points = [(i32, [f64; 3], u64)];

const PROGRAMME: &Points = &[
    (91, [0.92, 0.83, 0.96], 69),
    (182, [0.78, 0.67, 0.86], 57),
    (273, [0.71, 0.59, 0.80], 49),
    (365, [0.64, 0.52, 0.74], 43),
];
const COMPARATORS: &Points = &[
    (91, [0.77, 0.66, 0.85], 58),
    (182, [0.55, 0.43, 0.66], 40),
    (273, [0.47, 0.35, 0.58], 33),
    (365, [0.38, 0.27, 0.49], 27),
];

fn add_balance(sample: &mut Sample, covariates: &[(&str, f64, f64)]) {
    for (name, before, after) in covariates {
        for (stage, value, n) in [("before", before, 498), ("after", after, 150)] {
            let part = format!("stage={stage};covariate={name}");
            sample.push(Estimate {
                value: Some(*value),
                denominator: Some(n),
                ..blank("matching.balance", &part, Statistic::EffectSize, Unit::None)
            });
        }
    }
}

fn add_curve(sample: &mut Sample, arm: Arm, points: &Points) {
    for (day, [share, low, high], left) in points {
        let part = format!("outcome=same_home;day={day}");
        sample.push(Estimate {
            arm: arm.code().to_owned(),
            value: Some(*share),
            lower: Some(*low),
            upper: Some(*high),
            level: Some(0.95),
            denominator: Some(75),
            ..blank(
                "stability.survival",
                &part,
                Statistic::Proportion,
                Unit::Proportion,
            )
        });
        sample.push(Estimate {
            arm: arm.code().to_owned(),
            value: Some(*left as f64),
            ..blank("survival.at_risk", &part, Statistic::Count, Unit::Children)
        });
    }
}

/// Six covariates, and a year in quarters.
pub(crate) fn hartwell() -> Release {
    let mut sample = Sample::new();
    add_balance(&mut sample, &COVARIATES);
    add_curve(&mut sample, Arm::Programme, PROGRAMME);
    add_curve(&mut sample, Arm::Comparator, COMPARATORS);
    sample.release()
}

/// One covariate withheld, and the end of a year only.
pub(crate) fn coarse() -> Release {
    let mut sample = Sample::new();
    add_balance(&mut sample, &COVARIATES);
    let part = "stage=after;covariate=placement=kinship";
    sample.withhold("matching.balance", part, Statistic::EffectSize);
    add_curve(&mut sample, Arm::Programme, &PROGRAMME[3..]);
    add_curve(&mut sample, Arm::Comparator, &COMPARATORS[3..]);
    sample.release()
}
