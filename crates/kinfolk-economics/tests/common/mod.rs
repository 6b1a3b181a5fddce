//! An appraisal worked by hand: 100 children, five years, invented amounts.

#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each test file uses some of it"
)]

use kinfolk_model::{
    Amount, BenefitClass, Comparison, Cost, CostKind, Costs, Course, Deflator, DiscountSchedule,
    Given, Impact, MonetisedOutcome, NotCounted, Payer, PriceYear, Provenance, Shape, Split,
    Spread, Worth,
};

/// The reduction that a comparison of 59 with 26 in 100 gives, to 34 digits.
pub(crate) const MOVES_REDUCTION: f64 = 0.559_322_033_898_305_1;

pub(crate) fn fixed(value: f64) -> Amount {
    Amount::fixed(value)
}

pub(crate) fn spread(value: f64, low: f64, high: f64, shape: Shape) -> Amount {
    Amount {
        value,
        spread: Some(Spread { low, high, shape }),
    }
}

pub(crate) fn cost(id: &str, amounts: &[f64], bias: f64, payers: Split) -> Cost {
    Cost {
        id: id.to_owned(),
        label: id.to_owned(),
        kind: CostKind::Ongoing,
        amounts: amounts.to_vec(),
        level: fixed(1.0),
        price_year: PriceYear::Calendar(2024),
        bias: fixed(bias),
        payers,
        source: "invented".to_owned(),
    }
}

/// An outcome without deadweight, cashability or optimism, worth so much each time for one year.
pub(crate) fn outcome(id: &str, class: BenefitClass, at_risk: f64, value: f64) -> MonetisedOutcome {
    MonetisedOutcome {
        id: id.to_owned(),
        label: id.to_owned(),
        class,
        is_transfer: false,
        placement: None,
        engagement: None,
        retention: None,
        impact: Impact::Comparator(Comparison::Relative {
            at_risk: fixed(at_risk),
            reduction: fixed(1.0),
        }),
        effect_source: None,
        displacement: fixed(0.0),
        attribution: fixed(0.0),
        worth: each(value, 0, 1, 0.0),
        price_year: PriceYear::Calendar(2024),
        bias: fixed(0.0),
        cashability: fixed(0.0),
        payers: vec![(Payer::LocalAuthority, 1.0)],
        provenance: Provenance::default(),
    }
}

pub(crate) fn each(value: f64, lag: u32, duration: u32, drop_off: f64) -> Worth {
    Worth::PerEpisode {
        value: fixed(value),
        course: Course {
            lag,
            duration,
            drop_off: fixed(drop_off),
        },
    }
}

pub(crate) fn costs(children: f64, costs: Vec<Cost>, outcomes: Vec<MonetisedOutcome>) -> Costs {
    Costs {
        title: "A worked appraisal".to_owned(),
        years: 5,
        price_year: PriceYear::Calendar(2024),
        children: Given::Stated(fixed(children)),
        engagement: fixed(1.0),
        retention: fixed(1.0),
        confidence: 0.95,
        seed: 7,
        draws: 500,
        thresholds: vec![1.0, 1.5, 2.0],
        costs,
        outcomes,
        not_counted: vec![NotCounted {
            what: "Knowing one's family".to_owned(),
            why: "no value is agreed".to_owned(),
        }],
        correlations: Vec::new(),
        research: None,
        discount: DiscountSchedule::flat("flat-3.5", 0.035),
        alternative_discount: DiscountSchedule::flat("flat-3.0", 0.03),
        deflator: Deflator::default(),
    }
}

fn deadweight(at_risk: f64, reduction: f64, deadweight: f64) -> Impact {
    Impact::Deadweight {
        at_risk: fixed(at_risk),
        reduction: fixed(reduction),
        deadweight: fixed(deadweight),
    }
}

/// Two costs, four outcomes, five payers.
pub(crate) fn worked() -> Costs {
    let coordinators = vec![(Payer::LocalAuthority, 0.8), (Payer::Charity, 0.2)];
    let council = vec![(Payer::LocalAuthority, 1.0)];
    let moves = MonetisedOutcome {
        impact: deadweight(0.59, MOVES_REDUCTION, 0.1),
        worth: each(6000.0, 0, 3, 0.3),
        bias: fixed(0.15),
        cashability: fixed(0.6),
        ..outcome("moves", BenefitClass::Fiscal, 1.0, 0.0)
    };
    let missing = MonetisedOutcome {
        impact: deadweight(1.2, 0.25, 0.2),
        worth: each(2415.8, 0, 2, 0.5),
        bias: fixed(0.4),
        cashability: fixed(0.1),
        payers: vec![(Payer::Police, 0.9), (Payer::LocalAuthority, 0.1)],
        ..outcome("missing", BenefitClass::Fiscal, 1.0, 0.0)
    };
    let camhs = MonetisedOutcome {
        impact: deadweight(0.3, 0.2, 0.15),
        worth: each(5015.0, 1, 1, 0.0),
        bias: fixed(0.25),
        cashability: fixed(0.25),
        payers: vec![(Payer::Nhs, 1.0)],
        ..outcome("camhs", BenefitClass::Fiscal, 1.0, 0.0)
    };
    let wellbeing = MonetisedOutcome {
        impact: deadweight(1.0, 0.3, 0.25),
        worth: each(13_000.0, 0, 1, 0.0),
        bias: fixed(0.4),
        payers: vec![(Payer::Individual, 1.0)],
        ..outcome("wellbeing", BenefitClass::Social, 1.0, 0.0)
    };
    Costs {
        engagement: fixed(0.8),
        retention: fixed(0.9),
        ..costs(
            100.0,
            vec![
                cost("coordinators", &[120e3, 60e3], 0.05, coordinators),
                cost("training", &[20e3], 0.15, council),
            ],
            vec![moves, missing, camhs, wellbeing],
        )
    }
}

/// The same with spreads on some inputs.
pub(crate) fn uncertain() -> Costs {
    let mut costs = worked();
    costs.engagement = spread(0.8, 0.7, 0.88, Shape::Beta);
    costs.costs[0].level = spread(1.0, 0.9, 1.2, Shape::Gamma);
    costs.outcomes[0].impact = Impact::Comparator(Comparison::Difference(Given::Stated(spread(
        0.297,
        0.05,
        0.544,
        Shape::Normal,
    ))));
    costs.outcomes[3].worth = Worth::PerEpisode {
        value: spread(13_000.0, 10_000.0, 16_000.0, Shape::Pert),
        course: Course {
            lag: 0,
            duration: 1,
            drop_off: fixed(0.0),
        },
    };
    costs
}

#[track_caller]
pub(crate) fn close(found: f64, expected: f64) {
    let scale = expected.abs().max(1.0);
    assert!(
        (found - expected).abs() <= 1e-8 * scale,
        "{found} is not {expected}"
    );
}
