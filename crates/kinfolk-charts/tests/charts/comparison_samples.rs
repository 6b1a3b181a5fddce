//! Made-up figures of a comparison, released.

use kinfolk_disclosure::Release;
use kinfolk_model::{
    Arm, Code, ComparisonMethod, ComparisonSettings, Estimate, MatchRule, Statistic, Unit,
};

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

/// Where the chances lie: programme and comparators, before and after.
const CHANCES: [(Arm, &str, u64, [f64; 5]); 4] = [
    (Arm::Programme, "before", 77, [0.06, 0.14, 0.24, 0.37, 0.55]),
    (
        Arm::Comparator,
        "before",
        421,
        [0.02, 0.06, 0.11, 0.18, 0.34],
    ),
    (Arm::Programme, "after", 75, [0.06, 0.14, 0.23, 0.36, 0.52]),
    (Arm::Comparator, "after", 75, [0.06, 0.13, 0.23, 0.35, 0.5]),
];

/// The difference by each choice, in shares, and the children behind it.
const CHOICES: [(&str, [f64; 3], u64); 6] = [
    ("method=unadjusted", [0.17, 0.05, 0.28], 488),
    ("method=matched", [0.24, 0.07, 0.4], 148),
    ("alternative=overlap", [0.21, 0.08, 0.33], 488),
    ("alternative=aipw", [0.2, 0.06, 0.34], 488),
    ("alternative=matched;caliper=0.05", [0.19, -0.01, 0.38], 118),
    ("alternative=matched;caliper=none", [0.23, 0.08, 0.38], 154),
];

fn add_chances(sample: &mut Sample) {
    let quantiles = ["0.05", "0.25", "0.5", "0.75", "0.95"];
    for (arm, stage, n, values) in CHANCES {
        for (quantile, value) in quantiles.iter().zip(values) {
            let part = format!("stage={stage};quantile={quantile}");
            sample.push(Estimate {
                arm: arm.code().to_owned(),
                value: Some(value),
                denominator: Some(n),
                ..blank(
                    "matching.overlap",
                    &part,
                    Statistic::Amount,
                    Unit::Proportion,
                )
            });
        }
    }
}

fn add_differences(sample: &mut Sample, differences: &[(&str, [f64; 3], u64)]) {
    for &(part, [value, low, high], n) in differences {
        sample.push(Estimate {
            value: Some(value),
            lower: Some(low),
            upper: Some(high),
            level: Some(0.95),
            denominator: Some(n),
            ..blank(
                "effect.same_home",
                part,
                Statistic::Difference,
                Unit::Proportion,
            )
        });
    }
}

/// By ending: at half a year and at a year, the share of either arm with its interval.
type Ends = (&'static str, [[[f64; 3]; 2]; 2]);

const ENDINGS: [Ends; 3] = [
    (
        "event",
        [
            [[0.21, 0.14, 0.32], [0.35, 0.25, 0.46]],
            [[0.42, 0.31, 0.53], [0.58, 0.46, 0.68]],
        ],
    ),
    (
        "return_home",
        [
            [[0.08, 0.03, 0.15], [0.12, 0.06, 0.2]],
            [[0.09, 0.04, 0.17], [0.11, 0.05, 0.19]],
        ],
    ),
    (
        "adoption+eighteen",
        [
            [[0.0, 0.0, 0.0], [0.08, 0.03, 0.15]],
            [[0.08, 0.03, 0.15], [0.09, 0.04, 0.17]],
        ],
    ),
];

fn add_endings(sample: &mut Sample) {
    for (code, arms) in ENDINGS {
        for (arm, points) in Arm::ALL.iter().zip(arms) {
            for (day, [share, low, high]) in [182, 365].into_iter().zip(points) {
                let part = format!("outcome=same_home;ending={code};day={day}");
                sample.push(Estimate {
                    arm: arm.code().to_owned(),
                    value: Some(share),
                    lower: Some(low),
                    upper: Some(high),
                    level: Some(0.95),
                    denominator: Some(75),
                    ..blank(
                        "survival.incidence",
                        &part,
                        Statistic::Proportion,
                        Unit::Proportion,
                    )
                });
            }
        }
    }
}

/// The difference within authorities, their average, and without each.
const AUTHORITIES: [(&str, [f64; 3], u64); 8] = [
    ("authority=Ashby;method=matched", [0.31, 0.06, 0.55], 48),
    ("authority=Birch;method=matched", [0.12, -0.12, 0.36], 52),
    ("authority=Cole;method=matched", [0.27, 0.02, 0.52], 48),
    ("pooled=average", [0.23, 0.01, 0.45], 3),
    ("pooled=next", [0.23, -0.05, 0.51], 3),
    ("without=Ashby;method=matched", [0.19, 0.01, 0.37], 100),
    ("without=Birch;method=matched", [0.28, 0.1, 0.46], 96),
    ("without=Cole;method=matched", [0.21, 0.03, 0.39], 100),
];

/// Hazard ratios within authorities, their average, and without each. Delph has too few events.
const HAZARDS: [(&str, Option<[f64; 3]>); 9] = [
    ("authority=Ashby", Some([0.52, 0.29, 0.93])),
    ("authority=Birch", Some([0.81, 0.46, 1.43])),
    ("authority=Cole", Some([0.61, 0.35, 1.07])),
    ("authority=Delph", None),
    ("pooled=average", Some([0.64, 0.4, 1.02])),
    ("pooled=next", Some([0.64, 0.31, 1.31])),
    ("without=Ashby", Some([0.7, 0.47, 1.05])),
    ("without=Birch", Some([0.57, 0.38, 0.85])),
    ("without=Cole", Some([0.66, 0.44, 0.99])),
];

fn add_hazards(sample: &mut Sample) {
    for (part, found) in HAZARDS {
        let part = format!("outcome=same_home;{part}");
        sample.push(Estimate {
            value: found.map(|[value, ..]| value),
            lower: found.map(|[_, low, _]| low),
            upper: found.map(|[.., high]| high),
            level: found.map(|_| 0.95),
            note: match found {
                Some(_) => String::new(),
                None => "refused: too few events".to_owned(),
            },
            ..blank(
                "survival.hazard_ratio",
                &part,
                Statistic::HazardRatio,
                Unit::None,
            )
        });
    }
}

fn asked() -> ComparisonSettings {
    ComparisonSettings {
        outcomes: vec!["same_home".to_owned()],
        covariates: COVARIATES.map(|(name, ..)| name.to_owned()).to_vec(),
        exact: Vec::new(),
        calipers: Vec::new(),
        authority: None,
        method: ComparisonMethod::Matched,
        rule: MatchRule::default(),
        follow_up_days: 365,
        competing: Vec::new(),
        margin: None,
    }
}

/// Six covariates, and a year in quarters.
pub(crate) fn hartwell() -> Release {
    let mut sample = Sample::new();
    sample.compare(asked());
    add_balance(&mut sample, &COVARIATES);
    add_curve(&mut sample, Arm::Programme, PROGRAMME);
    add_curve(&mut sample, Arm::Comparator, COMPARATORS);
    add_chances(&mut sample);
    add_differences(&mut sample, &CHOICES);
    add_differences(&mut sample, &AUTHORITIES);
    add_hazards(&mut sample);
    add_endings(&mut sample);
    sample.release()
}

/// One covariate withheld, and the end of a year only.
pub(crate) fn coarse() -> Release {
    let mut sample = Sample::new();
    sample.compare(asked());
    add_balance(&mut sample, &COVARIATES);
    let part = "stage=after;covariate=placement=kinship";
    sample.withhold("matching.balance", part, Statistic::EffectSize);
    add_curve(&mut sample, Arm::Programme, &PROGRAMME[3..]);
    add_curve(&mut sample, Arm::Comparator, &COMPARATORS[3..]);
    add_differences(&mut sample, &CHOICES);
    add_differences(&mut sample, &AUTHORITIES);
    add_hazards(&mut sample);
    add_endings(&mut sample);
    for part in ["authority=Birch", "pooled=average", "pooled=next"] {
        let part = format!("outcome=same_home;{part}");
        sample.withhold("survival.hazard_ratio", &part, Statistic::HazardRatio);
    }
    let part = "alternative=matched;caliper=0.05";
    sample.withhold("effect.same_home", part, Statistic::Difference);
    let part = "authority=Birch;method=matched";
    sample.withhold("effect.same_home", part, Statistic::Difference);
    sample.release()
}

#[cfg(test)]
mod tests {
    use kinfolk_charts::{draw_authorities, draw_hazards};

    use super::*;

    /// Covariates and differences only, of an outcome that stands in the cohort.
    fn without_events() -> Release {
        let mut sample = Sample::new();
        sample.compare(asked());
        add_balance(&mut sample, &COVARIATES);
        add_differences(&mut sample, &AUTHORITIES);
        sample.release()
    }

    /// What several studies found, each by itself.
    fn of_studies() -> Release {
        let mut sample = Sample::new();
        add_differences(&mut sample, &AUTHORITIES);
        sample.release()
    }

    #[test]
    fn sources_name_the_tables_that_were_read() {
        let check = |release: &Release, expected: &str| {
            let figure = draw_authorities(release).expect("a chart");
            let source = format!("Source: {expected}, Hartwell");
            assert!(figure.source.starts_with(&source), "{}", figure.source);
        };
        check(&hartwell(), "cohort and events");
        check(&without_events(), "cohort");
        check(&of_studies(), "the authorities\u{2019} own comparisons");
    }

    /// How many lines of intervals a drawing holds.
    fn n_intervals(svg: &str) -> usize {
        svg.matches("stroke-width=\"1.5\"").count()
    }

    #[test]
    fn what_is_withheld_or_refused_has_no_mark() {
        let check = |release: &Release, n_rows: usize, title: &str| {
            let figure = draw_hazards(release).expect("a chart");
            let svg = figure.to_standalone_svg();
            assert_eq!(n_intervals(&svg), n_rows, "{svg}");
            assert_eq!(figure.table.rows.len(), 10);
            assert_eq!(figure.title, title);
        };
        let average = "On average 0.64 times the rate of comparators (0.40 to 1.02)";
        check(&hartwell(), 8, average);
        check(&coarse(), 5, "The average over authorities is withheld");
        assert!(draw_hazards(&without_events()).is_none());
        assert!(draw_hazards(&of_studies()).is_none());
    }
}
