//! Cost files as they are read.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;

use kinfolk_ingest::{CostsReading, IngestError, read_costs};
use kinfolk_model::{
    Comparison, Costs, Direction, Given, Impact, Payer, PriceYear, Severity, Shape, Statistic,
    Worth,
};
use proptest::prelude::*;

const COSTS: &str = include_str!("../../../data/demo/costs.toml");

fn read(text: &str) -> CostsReading {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("costs.toml");
    fs::write(&path, text).unwrap();
    read_costs(&path).unwrap()
}

fn demonstration() -> Costs {
    read(COSTS).costs.unwrap()
}

fn close(found: f64, expected: f64) {
    assert!((found / expected - 1.0).abs() < 1e-12, "{found} {expected}");
}

#[test]
fn posts_and_packages_become_pounds_by_year() {
    let costs = demonstration();
    let year = 2.0 * 38_000.0 * 1.28 * 1.15;
    close(costs.costs[0].amounts[0], year);
    close(costs.costs[0].amounts[1], year / 4.0);
    assert_eq!(costs.costs[1].amounts, [8000.0]);
    assert_eq!(
        costs.costs[0].payers,
        [(Payer::LocalAuthority, 0.8), (Payer::Charity, 0.2)]
    );
}

#[test]
fn a_unit_cost_brings_its_value_year_payer_and_range() {
    let costs = demonstration();
    let searches = &costs.outcomes[1];
    let Worth::PerEpisode { value, course } = &searches.worth else {
        unreachable!("a search is an event: {:?}", searches.worth)
    };
    assert_eq!((value.value, course.duration), (2415.80, 2));
    assert_eq!(value.spread.unwrap().shape, Shape::Pert);
    assert_eq!(searches.price_year, PriceYear::Financial(2011));
    assert_eq!(searches.payers, [(Payer::Police, 1.0)]);
    assert_eq!(searches.provenance.row.as_deref(), Some("missing_medium"));
    let Impact::Deadweight { deadweight, .. } = &searches.impact else {
        unreachable!("no comparison: {:?}", searches.impact)
    };
    assert_eq!(deadweight.value, 0.25);
}

#[test]
fn weeks_and_comparisons_are_kept_apart_from_the_rest() {
    let costs = demonstration();
    let homes = &costs.outcomes[0];
    let Worth::PerWeek { weeks, .. } = &homes.worth else {
        unreachable!("a cost for each week: {:?}", homes.worth)
    };
    assert_eq!(
        (weeks.value, weeks.spread.unwrap().shape),
        (20.0, Shape::Gamma)
    );
    let Impact::Comparator(Comparison::Difference(Given::Stated(difference))) = &homes.impact
    else {
        unreachable!("a stated difference: {:?}", homes.impact)
    };
    assert_eq!(difference.spread.unwrap().shape, Shape::Normal);
}

#[test]
fn an_estimate_of_the_study_is_named_in_full() {
    let named =
        "{ estimate = \"effect.exclusion\", group = \"sex=female\", arm = \"x\", good = \"less\" }";
    let text = COSTS.replace("{ value = 0.03, low = -0.02, high = 0.08 }", named);
    let costs = read(&text).costs.unwrap();
    let Impact::Comparator(Comparison::Difference(Given::Study(study))) = &costs.outcomes[0].impact
    else {
        unreachable!("an estimate: {:?}", costs.outcomes[0].impact)
    };
    assert_eq!(
        study.key.to_string(),
        "effect.exclusion(x)[sex=female]#difference"
    );
    assert_eq!(
        (study.key.statistic, study.good),
        (Statistic::Difference, Direction::Less)
    );
}

#[test]
fn every_fault_is_told_at_once() {
    let text = COSTS
        .replace("years = 5", "years = 0")
        .replace("draws = 10000", "draws = 5")
        .replace("discount = \"green-book\"", "discount = \"green\"")
        .replace("kind = \"set_up\"", "kind = \"setting\"")
        .replace("cashability = 0.6", "cashability = 1.6");
    let reading = read(&text);
    assert_eq!(reading.costs, None);
    let faults = reading.findings.iter();
    assert_eq!(
        faults.filter(|f| f.severity == Severity::Error).count(),
        5,
        "{:#?}",
        reading.findings
    );
}

#[test]
fn what_a_larger_study_would_cost() {
    const RESEARCH: &str = "\n[research]\nfixed = 40000\neach_child = 350\n\
        price_year = 2023\nyears = 5\nsource = \"invented\"\n";
    let with = |from: &str, to: &str| {
        assert!(RESEARCH.contains(from));
        read(&format!("{COSTS}{}", RESEARCH.replacen(from, to, 1)))
    };
    let research = with("", "").costs.unwrap().research.unwrap();
    assert_eq!((research.fixed, research.each_child), (40_000.0, 350.0));
    assert_eq!(research.price_year, PriceYear::Calendar(2023));
    assert_eq!(research.years, 5);
    assert_eq!(demonstration().research, None);
    let refuse = |from: &str, to: &str, rule: &str| {
        let reading = with(from, to);
        assert_eq!(reading.costs, None);
        let errors = reading.findings.iter();
        let rules: Vec<&str> = errors
            .filter(|f| f.severity == Severity::Error)
            .map(|f| f.rule.as_ref())
            .collect();
        assert!(
            !rules.is_empty() && rules.iter().all(|found| *found == rule),
            "{rules:?}"
        );
    };
    refuse("fixed = 40000", "fixed = -1", "costs-unreadable");
    refuse("years = 5", "years = 0", "costs-unreadable");
    refuse("price_year = 2023\n", "", "price-year-missing");
    refuse(
        "price_year = 2023",
        "price_year = 2060",
        "price-year-outside-index",
    );
    refuse("each_child = 350", "each = 350", "costs-unreadable");
    refuse(
        "source",
        "prices = \"nominal\"\nsource",
        "nominal-with-real",
    );
}

#[test]
fn a_file_of_remarks_is_no_appraisal_and_no_fault() {
    assert_eq!(read("# nothing yet\n"), CostsReading::default());
}

#[test]
fn a_file_that_is_not_there_cannot_be_read() {
    let error = read_costs("no/such/costs.toml".as_ref()).unwrap_err();
    assert!(matches!(error, IngestError::Unreadable { .. }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_file_stops_the_reader(at in 0usize..3000, put in "[\\[\\]{}=\",.#0-9a-z\n -]{0,6}", cut in 0usize..40) {
        let start = COSTS.char_indices().map(|(byte, _)| byte).nth(at).unwrap_or(0);
        let end = COSTS.char_indices().map(|(byte, _)| byte).find(|byte| *byte >= start + cut);
        let text = format!("{}{put}{}", &COSTS[..start], &COSTS[end.unwrap_or(start)..]);
        let reading = read(&text);
        let is_sound = reading.findings.iter().all(|f| f.severity != Severity::Error);
        prop_assert!(is_sound || reading.costs.is_none());
    }
}
