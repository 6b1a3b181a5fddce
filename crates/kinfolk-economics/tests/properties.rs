//! What holds for every appraisal.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod common;

use common::{close, uncertain, worked};
use kinfolk_economics::{
    Appraisal, Case, EconomicsError, Sampler, annuity, appraise, discount_factors, flows, plan,
    present_value, price_factor, simulate, switching_value, tornado, totals, two_way,
    value_estimates,
};
use kinfolk_model::{
    Amount, Correlation, Costs, Deflator, DiscountSchedule, Estimates, IndexLevel, Payer,
    PriceYear, Worth,
};
use proptest::prelude::*;

fn appraised(costs: &Costs) -> Appraisal {
    appraise(costs, &Estimates::default()).unwrap()
}

fn scaled(costs: &Costs, by: f64) -> Costs {
    let mut costs = costs.clone();
    let times = |amount: &mut Amount| {
        amount.value *= by;
        if let Some(spread) = &mut amount.spread {
            spread.low *= by;
            spread.high *= by;
        }
    };
    for cost in &mut costs.costs {
        cost.amounts.iter_mut().for_each(|amount| *amount *= by);
    }
    for outcome in &mut costs.outcomes {
        match &mut outcome.worth {
            Worth::PerWeek { value, .. }
            | Worth::PerYear { value, .. }
            | Worth::PerEpisode { value, .. }
            | Worth::Lifetime { value, .. } => times(value),
        }
    }
    costs
}

proptest! {
    #[test]
    fn money_scales_and_ratios_stay(by in 0.01f64..100.0) {
        let (one, other) = (appraised(&worked()), appraised(&scaled(&worked(), by)));
        for case in Case::ALL {
            close(other.central.net(&other.plan, case), by * one.central.net(&one.plan, case));
            let ratio = |a: &Appraisal| a.central.ratio(&a.plan, case).unwrap();
            close(ratio(&other), ratio(&one));
        }
    }

    #[test]
    fn a_switching_value_put_back_gives_one(reduction in 0.05f64..0.95, bias in 0.0f64..0.4) {
        let mut costs = worked();
        costs.costs[0].bias = Amount::fixed(bias);
        costs.engagement = Amount::fixed(reduction);
        let plan = plan(&costs, &Estimates::default()).unwrap();
        let mut found = 0;
        for case in [Case::Fiscal, Case::Public] {
            for input in 0..plan.inputs.len() {
                let Some(value) = switching_value(&plan, case, input) else { continue };
                let mut values = plan.central();
                values[input] = value;
                let ratio = totals(&plan, &values).ratio(&plan, case).unwrap();
                prop_assert!((ratio - 1.0).abs() < 1e-9, "{} {ratio}", plan.inputs[input].id);
                found += 1;
            }
        }
        prop_assert!(found > 8);
    }

    #[test]
    fn years_add_up_to_sums(rate in 0.0f64..0.2, drop in 0.0f64..0.9) {
        let mut costs = worked();
        costs.discount = DiscountSchedule::flat("flat", rate);
        costs.retention = Amount::fixed(1.0 - drop);
        let plan = plan(&costs, &Estimates::default()).unwrap();
        let (totals, flows) = (totals(&plan, &plan.central()), flows(&plan, &plan.central()));
        for (at, pounds) in totals.outcomes.iter().enumerate() {
            close(present_value(&flows.adjusted[at], &flows.factors), *pounds);
        }
        for (at, pounds) in totals.costs.iter().enumerate() {
            close(present_value(&flows.costs[at], &flows.factors), *pounds);
        }
        let net = flows.cumulative_net(&plan, Case::Public, &plan.central());
        close(net[4], totals.net(&plan, Case::Public));
    }

    #[test]
    fn prices_turn_back(from in 2000i16..2020, to in 2000i16..2020) {
        let levels = (2000..2022).map(|year| {
            let level = 50.0 + f64::from(year - 2000).powf(1.3);
            (year, IndexLevel { level, is_outturn: true })
        });
        let deflator = Deflator { source: String::new(), levels: levels.collect() };
        for (from, to) in [
            (PriceYear::Calendar(from), PriceYear::Calendar(to)),
            (PriceYear::Financial(from), PriceYear::Calendar(to)),
        ] {
            let there = price_factor(&deflator, from, to).unwrap();
            let back = price_factor(&deflator, to, from).unwrap();
            prop_assert!((there * back - 1.0).abs() < 1e-12);
        }
    }
}

#[test]
fn draws_under_another_schedule_are_those_of_the_plan_with_it() {
    let costs = uncertain();
    let appraisal = appraised(&costs);
    let schedule = DiscountSchedule::flat("eight", 0.08);
    let other = appraisal.plan.discounted_by(&schedule);
    let anew = simulate(&other, &costs.correlations, costs.seed, costs.draws).unwrap();
    let again = appraisal.simulation.under(&other);
    assert!(again.is_uncertain());
    assert_eq!(again, anew);
    assert_ne!(again.draws[0].totals, appraisal.simulation.draws[0].totals);
}

#[test]
fn payers_shares_add_up() {
    let appraisal = appraised(&worked());
    let (plan, totals) = (&appraisal.plan, &appraisal.central);
    let gained: f64 = <Payer as kinfolk_model::Code>::ALL
        .iter()
        .map(|payer| totals.gained_by(plan, *payer))
        .sum();
    let paid: f64 = <Payer as kinfolk_model::Code>::ALL
        .iter()
        .map(|payer| totals.paid_by(plan, *payer))
        .sum();
    close(gained, totals.benefit(plan, Case::Public));
    close(paid, totals.cost());
}

#[test]
fn without_optimism_and_discount_sums_are_plain() {
    let mut costs = worked();
    costs.discount = DiscountSchedule::flat("none", 0.0);
    for outcome in &mut costs.outcomes {
        outcome.bias = Amount::fixed(0.0);
    }
    for cost in &mut costs.costs {
        cost.bias = Amount::fixed(0.0);
    }
    let appraisal = appraised(&costs);
    close(appraisal.central.cost(), 200_000.0);
    let gross: f64 = [280_985.76, 62_617.536, 18_415.08, 210_600.0].iter().sum();
    close(
        appraisal.central.benefit(&appraisal.plan, Case::Public),
        gross,
    );
    close(
        appraisal.central.ratio_before_bias().unwrap(),
        gross / 200_000.0,
    );
}

#[test]
fn factors_are_cumulative_and_fall_with_the_bands() {
    let band = |year, rate| kinfolk_model::RateFrom { year, rate };
    let standard = DiscountSchedule {
        id: "standard".to_owned(),
        source: String::new(),
        rates: vec![
            band(0, 0.035),
            band(31, 0.03),
            band(76, 0.025),
            band(126, 0.02),
        ],
    };
    let health = DiscountSchedule {
        rates: vec![band(0, 0.015), band(31, 0.0129)],
        ..standard.clone()
    };
    let check = |schedule, year: usize, expected: f64| {
        let found = discount_factors(schedule, 130)[year];
        assert!((found / expected - 1.0).abs() < 1e-10, "{year} {found}");
    };
    check(&standard, 0, 1.0);
    check(&standard, 1, 0.966_183_574_879_227_1);
    check(&standard, 10, 0.708_918_813_709_772_2);
    check(&standard, 30, 0.356_278_410_602_302_4);
    check(&standard, 31, 0.345_901_369_516_798_45);
    check(&standard, 75, 0.094_213_772_576_691_63);
    check(&standard, 76, 0.091_915_875_684_577_21);
    check(&standard, 126, 0.026_873_297_074_701_13);
    check(&health, 10, 0.861_667_231_722_184_2);
    check(&health, 31, 0.631_614_601_546_54);
    assert!(discount_factors(&standard, 0).is_empty());
    let end = kinfolk_economics::Timing::EndOfYear;
    close(annuity(&standard, 30, end), 18.392_045_411_362_83);
    close(annuity(&standard, 3, end), 2.801_636_980_913_652_3);
}

#[test]
fn the_first_flow_is_not_discounted() {
    let factors = discount_factors(&DiscountSchedule::flat("ten", 0.1), 4);
    close(
        present_value(&[-1000.0, 500.0, 500.0, 500.0], &factors),
        243.425_995_492_110_99,
    );
}

#[test]
fn draws_do_not_depend_on_threads() {
    let between = ("engagement".to_owned(), "cost.coordinators".to_owned());
    let mut costs = uncertain();
    costs.correlations = vec![Correlation {
        between,
        value: -0.7,
    }];
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| {
            let appraisal = appraised(&costs);
            value_estimates(&appraisal, &costs, &Estimates::default()).unwrap()
        })
    };
    let one = run(1);
    assert_eq!(one, run(2));
    assert_eq!(one, run(3));
    assert!(one.records.iter().any(|record| record.lower < record.upper));
}

#[test]
fn draws_recover_what_they_are_drawn_from() {
    let costs = uncertain();
    let plan = plan(&costs, &Estimates::default()).unwrap();
    let pair = ("engagement".to_owned(), "cost.coordinators".to_owned());
    let correlation = Correlation {
        between: pair,
        value: -0.7,
    };
    let simulation = simulate(&plan, &[correlation], 3, 4000).unwrap();
    let column = |id: &str| -> Vec<f64> {
        let at = plan.position(id).unwrap();
        simulation
            .draws
            .iter()
            .map(|draw| draw.values[at])
            .collect()
    };
    let mean = |list: &[f64]| list.iter().sum::<f64>() / list.len() as f64;
    let (engagement, cost) = (column("engagement"), column("cost.coordinators"));
    let covariance = |a: &[f64], b: &[f64]| {
        let (ma, mb) = (mean(a), mean(b));
        a.iter()
            .zip(b)
            .map(|(a, b)| (a - ma) * (b - mb))
            .sum::<f64>()
    };
    let found = covariance(&engagement, &cost)
        / (covariance(&engagement, &engagement) * covariance(&cost, &cost)).sqrt();
    // Four standard errors of a correlation of 4,000 draws are 0.03; curved forms take off a little.
    assert!((found + 0.7).abs() < 0.05, "{found}");
    // Four standard errors of the means.
    assert!((mean(&engagement) - 0.8).abs() < 0.003);
    assert!((mean(&cost) / 180_000.0 - 1.0).abs() < 0.006);
    // PERT has its mean at (10 + 4 · 13 + 16) / 6 thousand.
    assert!((mean(&column("outcome.wellbeing.unit_value")) - 13_000.0).abs() < 90.0);
}

#[test]
fn correlations_that_cannot_be_are_refused() {
    let plan = plan(&uncertain(), &Estimates::default()).unwrap();
    let refuse = |one: &str, other: &str, value| {
        let between = (one.to_owned(), other.to_owned());
        Sampler::new(&plan, &[Correlation { between, value }], 1).unwrap_err()
    };
    let unknown = |id: &str| EconomicsError::UnknownInput(id.to_owned());
    assert_eq!(refuse("engagement", "retention", 0.5), unknown("retention"));
    assert_eq!(refuse("nobody", "engagement", 0.5), unknown("nobody"));
    assert!(matches!(
        refuse("engagement", "cost.coordinators", 1.0),
        EconomicsError::Correlations(_)
    ));
}

#[test]
fn bars_are_sorted_and_grids_hold_the_centre() {
    let plan = plan(&uncertain(), &Estimates::default()).unwrap();
    let bars = tornado(&plan, Case::Public);
    assert_eq!(bars.len(), plan.inputs.len());
    assert!(
        bars.windows(2)
            .all(|pair| pair[0].swing() >= pair[1].swing())
    );
    let central = totals(&plan, &plan.central()).ratio(&plan, Case::Public);
    let grid = two_way(&plan, Case::Public, (1, &[0.6, 0.8]), (2, &[0.9]));
    assert_eq!(grid[1][0], central);
    assert!(grid[0][0] < central);
}

#[test]
fn knowing_less_is_worth_less() {
    let costs = uncertain();
    let appraisal = appraised(&Costs {
        draws: 2000,
        ..costs
    });
    let (plan, simulation) = (&appraisal.plan, &appraisal.simulation);
    let all = simulation.paying(plan, Case::Fiscal, &[1.0]).unwrap()[0].perfect_information;
    assert!(all > 0.0);
    for input in &simulation.uncertain {
        let one = simulation
            .worth_of_knowing(plan, Case::Fiscal, *input)
            .unwrap();
        // Block means of 100 draws carry noise of this size.
        assert!(one <= all * 1.02 + 1.0, "{one} {all}");
    }
}
