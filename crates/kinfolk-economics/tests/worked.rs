//! The worked appraisal, to the digits of decimal arithmetic.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod common;

use common::{MOVES_REDUCTION, close, cost, costs, each, fixed, outcome, worked};
use kinfolk_economics::{
    Case, Perspective, appraise, flows, one_way, payback, plan, switching_value, totals,
    value_estimates,
};
use kinfolk_model::{
    BenefitClass, Comparison, Costs, DiscountSchedule, Estimates, Group, Impact, Key, Payer,
    PlacementType, Statistic, Worth,
};

fn planned(costs: &Costs) -> kinfolk_economics::Plan {
    plan(costs, &Estimates::default()).unwrap()
}

#[test]
fn sums_and_ratios() {
    let plan = planned(&worked());
    let totals = totals(&plan, &plan.central());
    close(totals.cost(), 209_869.565_217_391_3);
    close(totals.cost_before_bias, 197_971.014_492_753_6);
    close(totals.benefit_before_bias, 564_072.549_141_776_9);
    close(totals.benefit(&plan, Case::Fiscal), 283_194.506_422_684_3);
    close(totals.benefit(&plan, Case::Public), 409_554.506_422_684_3);
    close(totals.benefit(&plan, Case::Cashable), 146_672.701_871_001_9);
    close(totals.net(&plan, Case::Fiscal), 73_324.941_205_293);
    close(totals.net(&plan, Case::Public), 199_684.941_205_293);
    let ratio = |case| totals.ratio(&plan, case).unwrap();
    // Ten digits are given.
    assert!((ratio(Case::Fiscal) - 1.349_383_395).abs() < 5e-10);
    assert!((ratio(Case::Public) - 1.951_471_648_6).abs() < 1e-9);
    assert!((ratio(Case::Cashable) - 0.698_875_521_7).abs() < 1e-9);
    assert!((totals.ratio_before_bias().unwrap() - 2.849_268_366_8).abs() < 1e-9);
}

#[test]
fn who_pays_and_who_gains() {
    let plan = planned(&worked());
    let totals = totals(&plan, &plan.central());
    let check = |payer, paid, gained, cash| {
        close(totals.paid_by(&plan, payer), paid);
        close(totals.gained_by(&plan, payer), gained);
        close(totals.cash_of(&plan, payer), cash);
    };
    check(
        Payer::LocalAuthority,
        172_495.652_173_913,
        236_417.926_332_249_5,
        139_993.404_731_523_6,
    );
    check(Payer::Charity, 37_373.913_043_478_3, 0.0, 0.0);
    check(Payer::Police, 0.0, 33_432.319_220_869_6, 3_343.231_922_087);
    check(Payer::Nhs, 0.0, 13_344.260_869_565_2, 3_336.065_217_391_3);
    check(Payer::Individual, 0.0, 126_360.0, 0.0);
    close(
        totals.ratio_for(&plan, Perspective::Council).unwrap(),
        236_417.926_332_249_5 / 172_495.652_173_913,
    );
    close(
        totals.ratio_for(&plan, Perspective::Society).unwrap(),
        totals.ratio(&plan, Case::Public).unwrap(),
    );
}

#[test]
fn years_and_payback() {
    let plan = planned(&worked());
    let values = plan.central();
    let flows = flows(&plan, &values);
    for (found, expected) in flows.adjusted[0]
        .iter()
        .zip([109_058.4, 76_340.88, 53_438.616, 0.0])
    {
        close(*found, expected);
    }
    close(flows.numbers[0][0], 21.384);
    close(flows.numbers[1][0], 17.28);
    close(flows.numbers[2][1], 3.672);
    close(flows.gross[0].iter().sum(), 280_985.76);
    let fiscal = flows.cumulative_net(&plan, Case::Fiscal, &values);
    close(fiscal[0], -14_894.585_6);
    close(fiscal[1], 23_439.421_356_521_7);
    close(fiscal[4], 73_324.941_205_293);
    close(payback(&fiscal).unwrap(), 0.388_547_579_1);
    let public = flows.cumulative_net(&plan, Case::Public, &values);
    assert_eq!(payback(&public), Some(0.0));
}

#[test]
fn switching_values() {
    let plan = planned(&worked());
    let at = |id: &str| plan.position(id).unwrap();
    let unit = at("outcome.moves.unit_value");
    close(
        switching_value(&plan, Case::Fiscal, unit).unwrap(),
        4_109.395_996_765_1,
    );
    let reduction = at("outcome.moves.reduction");
    close(
        switching_value(&plan, Case::Public, reduction).unwrap(),
        0.079_362_257_5,
    );
    // No rate of discount and no cashability turns either case.
    assert_eq!(
        switching_value(&plan, Case::Fiscal, at("discount_rate")),
        None
    );
    assert_eq!(
        switching_value(&plan, Case::Fiscal, at("outcome.moves.cashability")),
        None
    );
}

#[test]
fn a_fifth_to_each_side() {
    let plan = planned(&worked());
    let check = |id: &str, low: f64, high: f64| {
        let input = plan.position(id).unwrap();
        let value = plan.inputs[input].value;
        let bar = one_way(&plan, Case::Public, input, (0.8 * value, 1.2 * value));
        close(bar.at_low.unwrap(), low);
        close(bar.at_high.unwrap(), high);
    };
    check(
        "outcome.moves.unit_value",
        1.729_711_791_261_113,
        2.173_231_505_909_692_7,
    );
    check("engagement", 1.561_177_318_868_322_5, 2.341_765_978_302_483);
    check(
        "outcome.missing.unit_value",
        1.916_071_545_366_012,
        1.986_871_751_804_793_8,
    );
    check(
        "outcome.wellbeing.unit_value",
        1.831_053_997_870_673_5,
        2.071_889_299_300_128_2,
    );
    check(
        "discount_rate",
        1.954_079_310_444_292_2,
        1.948_910_552_069_175,
    );
}

#[test]
fn records_carry_the_figures() {
    let costs = worked();
    let appraisal = appraise(&costs, &Estimates::default()).unwrap();
    let estimates = value_estimates(&appraisal, &costs, &Estimates::default()).unwrap();
    let value = |measure: &str, group: &str, statistic| {
        let key = Key::new(measure, group.parse::<Group>().unwrap(), statistic);
        estimates.get(&key).unwrap().value.unwrap()
    };
    close(
        value("value.cost", "", Statistic::Money),
        209_869.565_217_391_3,
    );
    close(
        value("value.cost_per_child", "", Statistic::Money),
        2_098.695_652_173_913,
    );
    close(
        value("value.break_even", "outcome=moves", Statistic::Amount),
        14.645_887_332_5,
    );
    close(
        value("value.payback_years", "case=fiscal", Statistic::Amount),
        0.388_547_579_1,
    );
    close(
        value(
            "value.net_present_value",
            "payer=local_authority",
            Statistic::Money,
        ),
        63_922.274_158_336_5,
    );
    assert_eq!(
        estimates.index().len(),
        estimates.records.len(),
        "keys are unique"
    );
    for record in &estimates.records {
        assert!(
            kinfolk_model::measure(&record.measure).is_some(),
            "{}",
            record.measure
        );
        assert!(
            record.value.is_some() || !record.note.is_empty(),
            "{}",
            record.key()
        );
    }
}

#[test]
fn a_return_with_attribution_and_drop_off() {
    // 60 outcomes of 8,500; 40% would have come anyway; 30% are due to others.
    let result = kinfolk_model::MonetisedOutcome {
        impact: Impact::Deadweight {
            at_risk: fixed(1.0),
            reduction: fixed(1.0),
            deadweight: fixed(0.4),
        },
        attribution: fixed(0.3),
        worth: each(8500.0, 0, 2, 0.3),
        ..outcome("work", BenefitClass::Social, 1.0, 0.0)
    };
    let inputs = cost("inputs", &[250e3], 0.0, vec![(Payer::Charity, 1.0)]);
    let plan = planned(&costs(60.0, vec![inputs], vec![result]));
    let flows = flows(&plan, &plan.central());
    close(flows.adjusted[0][0], 214_200.0);
    close(
        flows.adjusted[0][1] * flows.factors[1],
        144_869.565_217_391_33,
    );
    let totals = totals(&plan, &plan.central());
    close(totals.benefit(&plan, Case::Public), 359_069.565_217_391_35);
    assert!((totals.ratio(&plan, Case::Public).unwrap() - 1.436_278_260_869_565_4).abs() < 1e-12);
}

#[test]
fn additionality_is_a_product() {
    let check = |deadweight, displacement, attribution, expected: f64| {
        let result = kinfolk_model::MonetisedOutcome {
            impact: Impact::Deadweight {
                at_risk: fixed(1.0),
                reduction: fixed(1.0),
                deadweight: fixed(deadweight),
            },
            displacement: fixed(displacement),
            attribution: fixed(attribution),
            ..outcome("jobs", BenefitClass::Economic, 1.0, 1.0)
        };
        let plan = planned(&costs(1.0, vec![], vec![result]));
        let found = totals(&plan, &plan.central()).benefit(&plan, Case::Public);
        assert!((found - expected).abs() < 1e-12, "{found}");
    };
    check(0.2, 0.15, 0.1, 0.612);
    check(0.2, 0.25, 0.1, 0.54);
}

#[test]
fn capital_with_half_its_optimism_mitigated_and_levies() {
    // 100, a fifth of optimism half mitigated, a fifth on top for raising the money.
    let build = cost(
        "build",
        &[100.0 * 1.2],
        0.2 * 0.5,
        vec![(Payer::LocalAuthority, 1.0)],
    );
    let benefit = kinfolk_model::MonetisedOutcome {
        worth: Worth::PerYear {
            value: fixed(10.0),
            course: kinfolk_model::Course {
                lag: 1,
                duration: 29,
                drop_off: fixed(0.0),
            },
        },
        ..outcome("yearly", BenefitClass::Economic, 1.0, 0.0)
    };
    let plan = planned(&Costs {
        years: 30,
        ..costs(1.0, vec![build], vec![benefit])
    });
    let totals = totals(&plan, &plan.central());
    close(totals.cost(), 132.0);
    close(totals.benefit(&plan, Case::Public), 180.357_670_007_605_26);
    close(totals.net(&plan, Case::Public), 48.357_670_007_605_265);
}

#[test]
fn many_cases_at_one_price() {
    let saved = outcome(
        "case",
        BenefitClass::Social,
        19_800.0 / 541_000.0,
        541_000.0,
    );
    let spent = cost("all", &[8.2e9], 0.0, vec![(Payer::CentralGovernment, 1.0)]);
    let plan = planned(&costs(541_000.0, vec![spent], vec![saved]));
    close(
        totals(&plan, &plan.central()).net(&plan, Case::Public),
        2_511_800_000.0,
    );
}

#[test]
fn weeks_in_a_placement_are_counted_and_priced() {
    let home = kinfolk_model::MonetisedOutcome {
        placement: Some(PlacementType::ChildrensHome),
        impact: Impact::Comparator(Comparison::Difference(kinfolk_model::Given::Stated(fixed(
            0.05,
        )))),
        worth: Worth::PerWeek {
            value: fixed(6000.0),
            weeks: fixed(26.0),
            course: kinfolk_model::Course {
                lag: 0,
                duration: 2,
                drop_off: fixed(0.5),
            },
        },
        bias: fixed(0.1),
        ..outcome("home", BenefitClass::Fiscal, 1.0, 0.0)
    };
    let plan = planned(&costs(40.0, vec![], vec![home]));
    let flows = flows(&plan, &plan.central());
    let averted = |year| {
        flows
            .averted_weeks(&plan, &plan.central(), PlacementType::ChildrensHome, year)
            .unwrap()
    };
    // Two children for 26 weeks, a tenth taken off; half of it a year later.
    close(averted(0).0, 46.8);
    close(averted(0).1, 280_800.0);
    close(averted(1).0, 23.4);
    close(averted(2).1, 0.0);
    close(flows.averted(&plan, &plan.central(), 0), 280_800.0);
    assert_eq!(
        flows.averted_weeks(&plan, &plan.central(), PlacementType::FosterCare, 0),
        None
    );
}

#[test]
fn nothing_to_divide_by_is_said() {
    let costs = costs(
        0.0,
        vec![],
        vec![outcome("o", BenefitClass::Fiscal, 1.0, 5.0)],
    );
    let appraisal = appraise(&costs, &Estimates::default()).unwrap();
    let estimates = value_estimates(&appraisal, &costs, &Estimates::default()).unwrap();
    for measure in ["value.return_per_pound", "value.cost_per_child"] {
        let record = estimates.of(measure).next().unwrap();
        assert_eq!(record.value, None);
        assert_eq!(record.note, "there is nothing to divide by");
    }
}

#[test]
fn a_comparison_carries_no_deadweight() {
    let by_comparison = kinfolk_model::MonetisedOutcome {
        impact: Impact::Comparator(Comparison::Relative {
            at_risk: fixed(0.59),
            reduction: fixed(MOVES_REDUCTION),
        }),
        ..outcome("moves", BenefitClass::Fiscal, 1.0, 1.0)
    };
    let plan = planned(&costs(100.0, vec![], vec![by_comparison]));
    close(flows(&plan, &plan.central()).numbers[0][0], 33.0);
    assert!(
        plan.inputs
            .iter()
            .all(|input| !input.id.contains("deadweight"))
    );
}

#[test]
fn another_schedule_discounts_again() {
    let plan = planned(&worked());
    let none = plan.discounted_by(&DiscountSchedule::flat("none", 0.0));
    close(totals(&none, &none.central()).cost(), 212_000.0);
}

#[test]
fn an_estimate_of_the_study_brings_its_interval_and_its_cells() {
    use kinfolk_model::{Carried, Direction, Estimate, Given, StudyEstimate, Unit};
    let key = Key::new("effect.moves", Group::all(), Statistic::Difference);
    let estimate = Estimate {
        measure: key.measure.clone(),
        population: String::new(),
        arm: String::new(),
        group: Group::all(),
        statistic: Statistic::Difference,
        value: Some(-0.33),
        lower: Some(-0.43),
        upper: Some(-0.23),
        level: Some(0.9),
        unit: Unit::Proportion,
        numerator: None,
        denominator: Some(875),
        n_missing: None,
        method: String::new(),
        options: String::new(),
        note: String::new(),
    };
    let mut study = Estimates {
        records: vec![estimate],
        ..Estimates::default()
    };
    let carried = Carried {
        rests_on: vec!["moves".to_owned()],
        ..Carried::default()
    };
    study.structure.carried.insert(key.clone(), carried);
    let by_study = kinfolk_model::MonetisedOutcome {
        impact: Impact::Comparator(Comparison::Difference(Given::Study(StudyEstimate {
            key: key.clone(),
            good: Direction::Less,
        }))),
        ..outcome("moves", BenefitClass::Fiscal, 1.0, 100.0)
    };
    let spent = cost("all", &[1000.0], 0.0, vec![(Payer::LocalAuthority, 1.0)]);
    let costs = costs(100.0, vec![spent], vec![by_study]);
    let appraisal = appraise(&costs, &study).unwrap();
    let input =
        &appraisal.plan.inputs[appraisal.plan.position("outcome.moves.difference").unwrap()];
    // Ninety per cent of a normal distribution lie within 1.6449 standard deviations.
    close(input.distribution.at(1.644_853_626_951_472_2), 0.43);
    assert_eq!(input.value, 0.33);
    let children = Some(875);
    assert_eq!(input.origin, kinfolk_economics::Origin::Study { children });
    let figures = value_estimates(&appraisal, &costs, &study).unwrap();
    assert!(
        figures
            .records
            .iter()
            .any(|record| record.measure == "value.larger_study")
    );
    // Keys and options are never withheld, so no number of the study stands in them.
    let telling = |text: String| text.contains("875") || text.contains("0.43");
    let texts = figures.records.iter();
    assert!(
        !texts
            .map(|r| format!("{} {}", r.key(), r.options))
            .any(telling)
    );
    for record in figures
        .records
        .iter()
        .filter(|record| record.value.is_some())
    {
        assert_eq!(figures.structure.carried[&record.key()].rests_on, ["moves"]);
    }
    assert!(appraise(&costs, &Estimates::default()).is_err());
}
