//! `kinfolk published`.

use std::fs;

use serde_json::Value;

use crate::support::{Run, kinfolk};

fn run(content: &str, arguments: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.csv"), content).unwrap();
    kinfolk(
        &[&["published", "in.csv"], arguments].concat(),
        folder.path(),
    )
}

#[track_caller]
fn value(run: &Run, group: &str, statistic: &str, part: &str) -> f64 {
    let summary: Value = serde_json::from_str(&run.stdout).unwrap();
    let estimates = summary["estimates"].as_array().unwrap();
    let record = estimates
        .iter()
        .find(|record| record["group"] == group && record["statistic"] == statistic);
    record.unwrap()[part].as_f64().unwrap()
}

#[track_caller]
fn near(found: f64, expected: f64, digits: i32) {
    let bound = 0.5001 * 10.0_f64.powi(-digits);
    assert!(
        (found - expected).abs() <= bound,
        "{found} is not {expected}"
    );
}

#[test]
fn counts_come_to_a_difference_with_its_tests() {
    let run = run(
        "label,events_1,n_1,events_2,n_2\nNew Jersey,109,275,48,167\n",
        &[],
    )
    .ends(0);
    let row = "row=New Jersey";
    near(value(&run, row, "difference", "value"), 0.1089, 4);
    near(value(&run, row, "difference", "lower"), 0.0171, 4);
    near(value(&run, row, "difference", "upper"), 0.1953, 4);
    near(value(&run, row, "risk_ratio", "value"), 1.379, 3);
    near(value(&run, row, "odds_ratio", "value"), 1.628, 3);
    let tests = [
        ("pearson", 0.0203),
        ("yates", 0.0266),
        ("fisher", 0.0240),
        ("barnard", 0.0216),
        ("boschloo", 0.0205),
    ];
    for (test, p) in tests {
        near(
            value(&run, &format!("{row};test={test}"), "p_value", "value"),
            p,
            4,
        );
    }
    near(
        value(&run, &format!("{row};of=1"), "proportion", "value"),
        0.396,
        3,
    );
}

#[test]
fn means_come_to_a_difference_and_a_size() {
    let table = "n_1,mean_1,sd_1,n_2,mean_2,sd_2\n21,17.1,7.0,14,19.0,7.4\n";
    let run = run(table, &["--confidence", "0.9"]).ends(0);
    near(value(&run, "row=row 2", "difference", "lower"), -6.157, 3);
    near(
        value(&run, "row=row 2;test=welch", "p_value", "value"),
        0.454,
        3,
    );
    near(
        value(&run, "row=row 2;test=pooled", "p_value", "value"),
        0.447,
        3,
    );
    near(
        value(&run, "row=row 2;size=g", "effect_size", "value"),
        -0.259,
        3,
    );
    near(
        value(&run, "row=row 2;size=d", "effect_size", "value"),
        -0.265,
        3,
    );
}

#[test]
fn the_same_people_at_two_occasions_come_to_a_change_and_mcnemars_test() {
    // Airways of 21 children before and after a transplant (Fagerland, Lydersen and Laake 2013): exact 0.0703,
    // mid-p 0.0391, chi-square 0.0339, interval 0.026 to 0.507.
    let table = "label,both,only_1,only_2,neither,percent_1,percent_2\nairways,1,1,7,12,9.5,38\n";
    let found = run(table, &[]).ends(0);
    let row = "row=airways";
    near(value(&found, row, "difference", "value"), 6.0 / 21.0, 9);
    near(value(&found, row, "difference", "lower"), 0.026, 3);
    near(value(&found, row, "difference", "upper"), 0.507, 3);
    near(value(&found, row, "difference", "denominator"), 21.0, 9);
    for (test, p) in [
        ("mcnemar", 0.0703),
        ("exact", 0.0703),
        ("mid_p", 0.0391),
        ("chi_square", 0.0339),
    ] {
        let group = format!("{row};test={test}");
        near(value(&found, &group, "p_value", "value"), p, 4);
        near(value(&found, &group, "p_value", "numerator"), 8.0, 9);
    }
    for (of, events) in [("1", 2.0), ("2", 8.0)] {
        let group = format!("{row};of={of}");
        near(value(&found, &group, "proportion", "numerator"), events, 9);
    }
    // From 25 who changed the corrected chi-square is the one to report; R gives 4.115e-05.
    let many = run("both,only_1,only_2,neither\n794,150,86,570\n", &[]).ends(0);
    near(
        value(&many, "row=row 2;test=mcnemar", "p_value", "value"),
        4.115e-5,
        8,
    );
    near(
        value(&many, "row=row 2", "difference", "value"),
        -64.0 / 1600.0,
        9,
    );
}

#[test]
fn four_counts_that_cannot_be_right_are_named_or_refused() {
    let doubtful = "both,only_1,only_2,neither,percent_1,n_total\n1,1,7,12,11,20\n";
    let run_of = |table: &str, code: i32| run(table, &[]).ends(code);
    run_of(doubtful, 3)
        .complains("Row 2, row 2: 2 of 21 is 9.5%, not 11%.")
        .complains("the four counts are 21, not 20");
    run_of("both,only_1,only_2,neither\n0,0,0,0\n", 3).complains("at least one person");
    run_of("both,only_1,only_2,neither\n1,1,,0\n", 3).complains("column only_2: blank");
    run_of("only_1,only_2\n1,1\n", 2).complains("both");
    // Nobody changed: no chi-square, and no change.
    let still = run_of("both,only_1,only_2,neither\n3,0,0,4\n", 0);
    near(
        value(&still, "row=row 2;test=mcnemar", "p_value", "value"),
        1.0,
        9,
    );
    assert!(!still.stdout.contains("chi_square"), "{}", still.stdout);
}

#[test]
fn what_cannot_be_right_is_named() {
    let table = "label,events_1,n_1,percent_1,events_2,n_2,percent_2,n_total\n\
                 Kentucky,61,172,36,55,171,32,345\n";
    let run = run(table, &[]).ends(3);
    assert!(
        run.stderr
            .contains("Row 2, Kentucky: 61 of 172 is 35.5%, not 36%."),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("both groups are 343, not 345"),
        "{}",
        run.stderr
    );
    assert!(!run.stderr.contains("171 is"), "{}", run.stderr);
    assert!(
        run.stdout.contains("61 of 172 is 35.5%, not 36%"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_mean_that_whole_numbers_cannot_have_is_named() {
    let table = "n_1,mean_1,sd_1,n_2,mean_2,sd_2\n20,16.77,6,39,12.44,6\n";
    let run = run(table, &[]).ends(3);
    assert!(
        run.stderr
            .contains("20 whole numbers cannot have the mean 16.77"),
        "{}",
        run.stderr
    );
    assert!(!run.stderr.contains("39 whole"), "{}", run.stderr);
}

#[test]
fn rows_that_say_too_little_are_refused() {
    for (code, table, told) in [
        (
            3,
            "n_1,n_2\n3,4\n",
            "row 2, column events_1: blank; expected events, or a mean",
        ),
        (
            3,
            "n_1,n_2,events_1,events_2\n3,4,5,1\n",
            "expected at most the 3 of n_1",
        ),
        (
            3,
            "n_1,n_2,events_1,events_2\n0,4,0,1\n",
            "expected a whole number from 1",
        ),
        (
            3,
            "n_1,n_2,mean_1,mean_2\n3,4,5,1\n",
            "column sd_1: blank; expected its standard deviation",
        ),
        (2, "events_1,n_1\n1,2\n", "no column n_2"),
    ] {
        let run = run(table, &[]).ends(code);
        assert!(run.stderr.contains(told), "{table}: {}", run.stderr);
    }
}
