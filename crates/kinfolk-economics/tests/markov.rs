//! A published model of states, whose costs and life-years come from outside: discounting of each
//! stream by its own rate, and the comparison of two options.

use kinfolk_economics::{OptionMeans, Standing, discount_factors, frontier, present_value};
use kinfolk_model::DiscountSchedule;

const CYCLES: usize = 20;
/// Yearly costs of care in three states of HIV infection, without drugs.
const COSTS: [f64; 3] = [2756.0, 3052.0, 9007.0];
const DRUG: f64 = 2278.0;
const SECOND_DRUG: f64 = 2086.5;
const SECOND_DRUG_CYCLES: usize = 2;
const RELATIVE_RISK: f64 = 0.509;

/// Yearly chances to go from a state to each later one, death last.
fn moves(risk: f64) -> [[f64; 4]; 3] {
    [
        [0.0, 350.0 / 1734.0, 116.0 / 1734.0, 17.0 / 1734.0],
        [0.0, 0.0, 512.0 / 1258.0, 15.0 / 1258.0],
        [0.0, 0.0, 0.0, 437.0 / 1749.0],
    ]
    .map(|row| row.map(|chance| chance * risk))
}

/// Costs and years alive in each cycle, counted at its end.
fn run(second_drug_cycles: usize) -> (Vec<f64>, Vec<f64>) {
    let mut alive = [1.0, 0.0, 0.0];
    let (mut costs, mut years) = (vec![0.0], vec![0.0]);
    for cycle in 0..CYCLES {
        let is_treated = cycle < second_drug_cycles;
        let chances = moves(if is_treated { RELATIVE_RISK } else { 1.0 });
        let before = alive;
        for (from, row) in chances.iter().enumerate() {
            alive[from] -= before[from] * row.iter().sum::<f64>();
            for to in from + 1..3 {
                alive[to] += before[from] * row[to];
            }
        }
        let drugs = DRUG + if is_treated { SECOND_DRUG } else { 0.0 };
        let care = alive.iter().zip(COSTS);
        costs.push(care.map(|(share, cost)| share * (cost + drugs)).sum());
        years.push(alive.iter().sum());
    }
    (costs, years)
}

fn option(name: &str, second_drug_cycles: usize) -> OptionMeans {
    let (costs, years) = run(second_drug_cycles);
    let factors = |rate| discount_factors(&DiscountSchedule::flat("flat", rate), 21);
    OptionMeans {
        name: name.to_owned(),
        cost: present_value(&costs, &factors(0.06)),
        effect: present_value(&years, &factors(0.0)),
    }
}

#[test]
fn one_drug_and_two() {
    let found = frontier(&[option("two", SECOND_DRUG_CYCLES), option("one", 0)]);
    let check = |at: usize, name: &str, cost: f64, effect: f64| {
        let option = &found[at].0;
        assert_eq!(option.name, name);
        // Seven decimals are published.
        assert!((option.cost - cost).abs() < 1e-6, "{}", option.cost);
        assert!((option.effect - effect).abs() < 1e-6, "{}", option.effect);
    };
    check(0, "one", 44_663.453_563_7, 7.991_206_6);
    check(1, "two", 50_601.651_331_2, 8.937_388_9);
    let Standing::Costs(extra) = found[1].1 else {
        unreachable!("the second option counts: {found:?}")
    };
    assert!((extra - 6_275.955_6).abs() < 1e-4, "{extra}");
}
