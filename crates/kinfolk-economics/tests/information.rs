//! What it would be worth to know several inputs, and whether a larger study is worth its cost.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod common;

use common::{close, cost, costs, outcome, spread, uncertain};
use kinfolk_economics::{Case, Theme, appraise, plan, value_estimates};
use kinfolk_model::{
    BenefitClass, Comparison, Costs, Direction, Estimate, Estimates, Given, Group, Impact, Key,
    MonetisedOutcome, Payer, PriceYear, ResearchCost, Shape, Statistic, StudyEstimate, Unit,
};

/// Half the width of the interval of a normal distribution, in standard deviations.
const SCORE: f64 = 1.959_963_984_540_054;

/// An outcome of £1 whose number for one child is normal around nothing.
fn normal(id: &str, sd: f64) -> MonetisedOutcome {
    let half = SCORE * sd;
    MonetisedOutcome {
        impact: Impact::Comparator(Comparison::Difference(Given::Stated(spread(
            0.0,
            -half,
            half,
            Shape::Normal,
        )))),
        ..outcome(id, BenefitClass::Fiscal, 1.0, 1.0)
    }
}

#[test]
fn two_effects_and_both_together() {
    let costs = Costs {
        draws: 20_000,
        ..costs(1.0, vec![], vec![normal("one", 1.0), normal("two", 2.0)])
    };
    let appraisal = appraise(&costs, &Estimates::default()).unwrap();
    let (plan, simulation) = (&appraisal.plan, &appraisal.simulation);
    let check = |ids: &[&str], expected: f64| {
        let inputs: Vec<usize> = ids.iter().map(|id| plan.position(id).unwrap()).collect();
        let found = simulation.worth_of_knowing_all(plan, Case::Fiscal, &inputs);
        // Three standard errors of a mean of 20,000 draws with a standard deviation near 1.3.
        assert!(
            (found.clone().unwrap() - expected).abs() < 0.028,
            "{found:?}"
        );
        if let [input] = inputs.as_slice() {
            // One input sorts the draws as its own net benefit does.
            assert_eq!(
                found,
                simulation.worth_of_knowing(plan, Case::Fiscal, *input)
            );
        }
    };
    // φ(0) times the standard deviations 1, 2 and √5.
    check(&["outcome.one.difference"], 0.398_942_28);
    check(&["outcome.two.difference"], 0.797_884_56);
    let both = ["outcome.one.difference", "outcome.two.difference"];
    check(&both, 0.892_062_06);
}

#[test]
fn knowing_all_is_all_there_is_to_know() {
    let costs = Costs {
        draws: 4000,
        ..uncertain()
    };
    let appraisal = appraise(&costs, &Estimates::default()).unwrap();
    let (plan, simulation) = (&appraisal.plan, &appraisal.simulation);
    let all = simulation.paying(plan, Case::Fiscal, &[1.0]).unwrap()[0].perfect_information;
    let known = |inputs: &[usize]| {
        let worth = simulation.worth_of_knowing_all(plan, Case::Fiscal, inputs);
        worth.unwrap()
    };
    let everything = known(&simulation.uncertain);
    // The one block in which the answer turns is taken as a whole.
    assert!(
        everything <= all && everything > 0.98 * all,
        "{everything} {all}"
    );
    assert_eq!(known(&[]), 0.0);
}

#[test]
fn an_input_is_about_one_thing() {
    let plan = plan(&uncertain(), &Estimates::default()).unwrap();
    let check = |id: &str, theme: Theme| {
        let input = &plan.inputs[plan.position(id).unwrap()];
        assert_eq!(input.theme(), theme, "{id}");
    };
    check("children", Theme::TakeUp);
    check("retention", Theme::TakeUp);
    check("cost.coordinators", Theme::Costs);
    check("cost.coordinators.bias", Theme::Costs);
    check("outcome.moves.difference", Theme::Effects);
    check("outcome.missing.drop_off", Theme::Effects);
    check("outcome.missing.bias", Theme::Effects);
    check("outcome.moves.unit_value", Theme::Worth);
    check("discount_rate", Theme::Worth);
}

/// A study of 50 children that found nothing, with a standard deviation of 2 around it.
fn studied(research: Option<ResearchCost>) -> (Costs, Estimates) {
    let key = Key::new("effect.moves", Group::all(), Statistic::Difference);
    let effect = Estimate {
        measure: key.measure.clone(),
        population: String::new(),
        arm: String::new(),
        group: Group::all(),
        statistic: Statistic::Difference,
        value: Some(0.0),
        lower: Some(-2.0 * SCORE),
        upper: Some(2.0 * SCORE),
        level: Some(0.95),
        unit: Unit::Proportion,
        numerator: None,
        denominator: Some(50),
        n_missing: None,
        method: String::new(),
        options: String::new(),
        note: String::new(),
    };
    let study = Given::Study(StudyEstimate {
        key,
        good: Direction::More,
    });
    let moves = MonetisedOutcome {
        impact: Impact::Comparator(Comparison::Difference(study)),
        ..outcome("moves", BenefitClass::Fiscal, 1.0, 1.0)
    };
    let nothing = cost("work", &[0.0], 0.0, vec![(Payer::LocalAuthority, 1.0)]);
    let costs = Costs {
        research,
        ..costs(1.0, vec![nothing], vec![moves])
    };
    let estimates = Estimates {
        records: vec![effect],
        ..Estimates::default()
    };
    (costs, estimates)
}

fn figures(research: Option<ResearchCost>) -> Estimates {
    let (costs, study) = studied(research);
    let appraisal = appraise(&costs, &study).unwrap();
    value_estimates(&appraisal, &costs, &study).unwrap()
}

#[test]
fn a_larger_study_less_its_cost() {
    let figures = figures(Some(ResearchCost {
        fixed: 1.0,
        each_child: 0.02,
        price_year: PriceYear::Calendar(2024),
        years: 10,
        source: "invented".to_owned(),
    }));
    let found = |measure: &str| {
        let group = "case=fiscal;input=outcome.moves.difference;times=2";
        let key = Key::new(measure, group.parse().unwrap(), Statistic::Money);
        figures.get(&key).unwrap().value.unwrap()
    };
    // A hundred more children beside fifty: 2 · √(100/150) · φ(0).
    let worth = 0.651_470_015_871;
    assert!((found("value.larger_study") - worth).abs() < 1e-9);
    // Ten decisions at 3.5%, the first after a year; one pound and two pence a child.
    let net = worth * 8.316_605_322_6 - 3.0;
    assert!((found("value.larger_study_net") - net).abs() < 1e-8);
}

#[test]
fn nobody_guesses_what_a_study_costs() {
    let figures = figures(None);
    assert!(figures.of("value.larger_study").next().is_some());
    assert!(figures.of("value.larger_study_net").next().is_none());
}

#[test]
fn things_known_together_are_written_once() {
    let costs = Costs {
        draws: 2000,
        ..uncertain()
    };
    let appraisal = appraise(&costs, &Estimates::default()).unwrap();
    let figures = value_estimates(&appraisal, &costs, &Estimates::default()).unwrap();
    let themes: Vec<&str> = figures
        .of("value.partial_information")
        .filter(|record| record.group.get("case") == Some("fiscal"))
        .filter_map(|record| record.group.get("inputs"))
        .collect();
    // Each theme has one uncertain input here, so none stands together.
    assert_eq!(themes, Vec::<&str>::new());
    let two = Costs {
        draws: 2000,
        ..common::costs(1.0, vec![], vec![normal("one", 1.0), normal("two", 2.0)])
    };
    let appraisal = appraise(&two, &Estimates::default()).unwrap();
    let figures = value_estimates(&appraisal, &two, &Estimates::default()).unwrap();
    let key = |group: &str| {
        Key::new(
            "value.partial_information",
            group.parse().unwrap(),
            Statistic::Money,
        )
    };
    let together = figures.get(&key("case=fiscal;inputs=effects")).unwrap();
    assert_eq!(together.note, "what the programme changes");
    let all = appraisal
        .simulation
        .paying(&appraisal.plan, Case::Fiscal, &[1.0])
        .unwrap();
    assert!(together.value.unwrap() <= all[0].perfect_information);
    close(
        figures
            .of("value.perfect_information")
            .next()
            .unwrap()
            .value
            .unwrap(),
        all[0].perfect_information,
    );
}
