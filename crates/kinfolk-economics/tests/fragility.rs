//! How little it takes to turn a published return of £1.02: an appraisal of one cost and one benefit. And
//! factors of schedules further out, and a price moved over five years.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod common;

use common::{cost, costs, each, fixed, outcome};
use kinfolk_economics::{
    Case, Plan, discount_factors, plan, price_factor, switching_value, totals, value_class,
};
use kinfolk_model::{
    BenefitClass, Costs, Deflator, DiscountSchedule, Estimates, IndexLevel, Payer, PriceYear,
    RateFrom,
};
use kinfolk_stats::{Distribution, normal_below};

/// £1.02 for every pound, with so much taken off the benefit and put on the cost for optimism, and the
/// benefit so many years later.
fn published(benefit_bias: f64, cost_bias: f64, lag: u32) -> Costs {
    let mut benefit = outcome("all", BenefitClass::Fiscal, 1.0, 1.02);
    benefit.bias = fixed(benefit_bias);
    benefit.worth = each(1.02, lag, 1, 0.0);
    let payers = vec![(Payer::LocalAuthority, 1.0)];
    costs(
        1.0,
        vec![cost("all", &[1.0], cost_bias, payers)],
        vec![benefit],
    )
}

fn planned(costs: &Costs) -> Plan {
    plan(costs, &Estimates::default()).unwrap()
}

fn close(found: f64, expected: f64) {
    assert!((found / expected - 1.0).abs() < 1e-9, "{found} {expected}");
}

#[test]
fn allowances_and_delay_turn_it() {
    let check = |costs: &Costs, expected: f64| {
        let plan = planned(costs);
        let ratio = totals(&plan, &plan.central()).ratio(&plan, Case::Fiscal);
        close(ratio.unwrap(), expected);
    };
    check(&published(0.0, 0.0, 0), 1.02);
    check(&published(0.05, 0.0, 0), 0.969);
    check(&published(0.05, 0.05, 0), 0.922_857_142_857_142_8);
    check(&published(0.0, 0.0, 1), 0.985_507_246_376_811_6);
    assert_eq!(value_class(1.02), "low");
}

#[test]
fn switching_values_lie_two_per_cent_away() {
    let plan = planned(&published(0.0, 0.0, 0));
    let away = |id: &str| {
        let at = plan.position(id).unwrap();
        switching_value(&plan, Case::Fiscal, at).unwrap() / plan.inputs[at].value - 1.0
    };
    close(away("outcome.all.unit_value"), -0.019_607_843_137_254_943);
    close(away("cost.all"), 0.02);
}

#[test]
fn a_spread_leaves_it_open_whether_it_pays() {
    let check = |variation: f64, expected: f64| {
        let sigma = (1.0 + variation * variation).ln().sqrt();
        let ratio = Distribution::lognormal(1.02, sigma).unwrap();
        let score = (1.0 / ratio.at(0.0)).ln() / sigma;
        close(ratio.at(score), 1.0);
        close(1.0 - normal_below(score), expected);
    };
    check(0.05, 0.644_798_723_611_374_8);
    check(0.10, 0.559_082_814_837_745_6);
    check(0.20, 0.500_387_315_971_489_1);
    check(0.30, 0.468_387_679_009_435);
    check(0.50, 0.422_982_449_058_305_4);
}

#[test]
fn factors_of_later_years() {
    let schedule = |bands: &[(u32, f64)]| DiscountSchedule {
        id: "bands".to_owned(),
        source: String::new(),
        rates: bands
            .iter()
            .map(|(year, rate)| RateFrom {
                year: *year,
                rate: *rate,
            })
            .collect(),
    };
    let standard = schedule(&[(0, 0.035), (31, 0.03), (76, 0.025), (126, 0.02)]);
    let health = schedule(&[(0, 0.015), (31, 0.0129)]);
    let check = |schedule, year: usize, expected| {
        close(discount_factors(schedule, 130)[year], expected);
    };
    check(&standard, 20, 0.502_565_884_431_670_6);
    check(&standard, 40, 0.265_104_597_338_250_1);
    check(&standard, 100, 0.050_818_022_324_382_14);
    check(&standard, 125, 0.027_410_763_016_195_154);
    check(&health, 1, 0.985_221_674_876_847_4);
    check(&health, 30, 0.639_762_429_906_490_3);
    check(&health, 50, 0.495_093_597_205_189_1);
}

#[test]
fn a_wellbeing_year_in_later_prices() {
    let level = |level| IndexLevel {
        level,
        is_outturn: true,
    };
    let deflator = Deflator {
        source: String::new(),
        levels: [(2019, level(81.1085)), (2024, level(100.0))].into(),
    };
    let [from, to] = [2019, 2024].map(PriceYear::Calendar);
    close(
        13_000.0 * price_factor(&deflator, from, to).unwrap(),
        16_027.913_227_343_619,
    );
}
