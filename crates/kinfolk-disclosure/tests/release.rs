//! Tables worked by hand.

mod common;

use common::{Book, count_key, find, local, mean_key, national, summary};
use kinfolk_disclosure::{Decision, DisclosureError, Shown, benchmark_from_records, release};
use kinfolk_model::DisclosureProfile::{self, DfeCsc, Internal, NhsRound5, Tre};
use kinfolk_model::{Carried, Estimate, Estimates, Statistic, Unit};

fn check(book: &Book, profile: DisclosureProfile, expected: &[&str]) {
    assert_eq!(summary(&book.release(profile)), expected);
}

fn row(values: &[(&str, u64)]) -> Book {
    let mut book = Book::default();
    let total = values.iter().map(|(_, value)| value).sum();
    book.count("total", total);
    for (name, value) in values {
        book.count(name, *value);
    }
    let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
    book.sum("total", &names);
    book
}

#[test]
fn a_hidden_cell_in_a_row_with_a_total_hides_the_smallest_other() {
    let book = row(&[("a", 20), ("b", 3), ("c", 9)]);
    check(&book, DfeCsc, &["total 32", "a 20", "b [c]", "c [c]"]);
}

#[test]
fn two_hidden_cells_guard_each_other() {
    let book = row(&[("a", 20), ("b", 3), ("c", 2)]);
    check(&book, DfeCsc, &["total 25", "a 20", "b [c]", "c [c]"]);
}

#[test]
fn two_ones_do_not_guard_each_other_because_a_sign_is_no_zero() {
    let book = row(&[("a", 20), ("b", 1), ("c", 1), ("d", 8)]);
    check(
        &book,
        DfeCsc,
        &["total 30", "a 20", "b [c]", "c [c]", "d [c]"],
    );
}

#[test]
fn a_true_zero_is_shown_and_guards_nothing() {
    let book = row(&[("a", 20), ("b", 4), ("c", 0), ("d", 8)]);
    check(
        &book,
        DfeCsc,
        &["total 32", "a 20", "b [c]", "c 0", "d [c]"],
    );
}

#[test]
fn a_row_without_a_total_hides_only_what_is_small() {
    let mut book = Book::default();
    book.count("a", 20).count("b", 5).count("c", 6);
    check(&book, DfeCsc, &["a 20", "b [c]", "c 6"]);
}

#[test]
fn a_two_way_table_hides_a_rectangle() {
    // x y | 12 6 | 18        one small cell needs three more
    //     | 3  9 | 12
    let mut book = Book::default();
    book.count("all", 30)
        .count("r1", 18)
        .count("r2", 12)
        .count("c1", 15)
        .count("c2", 15);
    book.count("r1c1", 12)
        .count("r1c2", 6)
        .count("r2c1", 3)
        .count("r2c2", 9);
    book.sum("all", &["r1", "r2"]).sum("all", &["c1", "c2"]);
    book.sum("r1", &["r1c1", "r1c2"])
        .sum("r2", &["r2c1", "r2c2"]);
    book.sum("c1", &["r1c1", "r2c1"])
        .sum("c2", &["r1c2", "r2c2"]);
    let hidden = ["r1c1 [c]", "r1c2 [c]", "r2c1 [c]", "r2c2 [c]"];
    let expected = ["all 30", "r1 18", "r2 12", "c1 15", "c2 15"];
    check(&book, DfeCsc, &[expected.as_slice(), &hidden].concat());
}

#[test]
fn the_rule_looks_at_children_not_at_objectives() {
    let mut book = Book::default();
    book.cell_of("a", 12, Some(4)).print("a");
    book.cell_of("b", 3, None).print("b").count("c", 30);
    check(&book, DfeCsc, &["a [c]", "b 3", "c 30"]);
}

#[test]
fn the_same_count_in_two_places_is_hidden_in_both() {
    let mut book = row(&[("a", 20), ("b", 3), ("c", 9)]);
    book.add(
        Estimate {
            measure: "again".to_owned(),
            value: Some(3.0),
            unit: Unit::Children,
            ..common::blank(count_key("b"))
        },
        Carried {
            value: Some("b".to_owned()),
            ..Carried::default()
        },
    );
    check(
        &book,
        DfeCsc,
        &["total 32", "a 20", "b [c]", "c [c]", "b [c]"],
    );
}

fn share(numerator: u64, rest: u64) -> Book {
    let mut book = Book::default();
    book.cell("met", numerator)
        .cell("rest", rest)
        .cell("set", numerator + rest);
    book.sum("set", &["met", "rest"]).share("met", "set");
    book
}

#[test]
fn a_percentage_goes_with_its_counts() {
    check(
        &share(58, 20),
        DfeCsc,
        &["met 0.74 (0.62 to 0.87) 58 of 78"],
    );
    check(&share(3, 20), DfeCsc, &["met [c] ([c]) [c] of 23"]);
    // The rest is nowhere printed, and yet would follow.
    check(&share(20, 3), DfeCsc, &["met [c] ([c]) [c] of 23"]);
    let mut small = share(2, 2);
    small.count("others", 30);
    check(&small, DfeCsc, &["met [c] ([c]) [c] of [c]", "others 30"]);
    check(&share(20, 0), DfeCsc, &["met 1 (0.88 to 1) 20 of 20"]);
}

#[test]
fn zeros_per_profile() {
    check(&share(20, 0), Tre, &["met [c] ([c]) [c] of 20"]);
    check(&share(20, 0), NhsRound5, &["met 1 ([x]) 20 of 20"]);
    check(&share(20, 0), Internal, &["met 1 (0.88 to 1) 20 of 20"]);
    let mut book = Book::default();
    book.count("a", 0).count("b", 9).count("c", 10);
    check(&book, Tre, &["a [c]", "b [c]", "c 10"]);
    check(&book, NhsRound5, &["a 0", "b 10", "c 10"]);
    check(&book, Internal, &["a 0", "b 9", "c 10"]);
}

#[test]
fn nhs_percentages_come_from_rounded_counts_and_have_no_interval() {
    // 58 of 78 becomes 60 of 80.
    let release = share(58, 20).release(NhsRound5);
    assert_eq!(summary(&release), ["met 0.75 ([x]) 60 of 80"]);
    assert!(release.records()[0].note().starts_with("No interval"));
}

#[test]
fn counts_of_several_authorities_are_rounded_to_ten() {
    let book = share(58, 20);
    let release = release(&book.estimates, &national(DfeCsc)).unwrap();
    assert_eq!(summary(&release), ["met 0.74 (0.62 to 0.87) 60 of 80"]);
}

#[test]
fn a_mean_is_withheld_with_what_it_rests_on_and_by_its_number() {
    let mean = |sum: u64, children: u64, n: u64| {
        let mut book = Book::default();
        book.count("n", n).cell_of("people", sum, Some(children));
        book.mean("x", sum as f64 / n as f64, "n", "people");
        book
    };
    check(
        &mean(60, 20, 24),
        DfeCsc,
        &["n 24", "x 2.5 (1.5 to 3.5) [x] of 24"],
    );
    check(&mean(60, 4, 24), DfeCsc, &["n 24", "x [c] ([c]) [x] of 24"]);
    check(&mean(60, 10, 10), Tre, &["n 10", "x [c] ([c]) [x] of 10"]);
    check(&mean(66, 11, 11), Tre, &["n 11", "x 6 (5 to 7) [x] of 11"]);
    let mut small = mean(14, 7, 7);
    small.count("others", 30);
    let expected = ["n [c]", "x [c] ([c]) [x] of [c]", "others 30"];
    check(&small, NhsRound5, &expected);
}

/// Points of children who stay and of those who leave; of the latter nothing is printed.
fn points_of_all_and_of_most(stay: u64, leave: u64) -> Book {
    let (n, points) = (stay + leave, 10 * stay + 7 * leave);
    let mut book = Book::default();
    book.count("all", n).count("most", stay);
    book.cell_of("gone", leave, None)
        .sum("all", &["most", "gone"]);
    book.cell_of("all points", points, Some(n))
        .cell_of("most points", 10 * stay, Some(stay))
        .cell_of("gone points", 7 * leave, Some(leave))
        .sum("all points", &["most points", "gone points"]);
    book.mean_of("all", points as f64 / n as f64, "all", "all points");
    book.mean_of("most", 10.0, "most", "most points");
    book
}

#[test]
fn means_with_few_decimals_leave_more_than_one_sum() {
    // Of 40 children a mean with one decimal leaves several sums, of 9 it leaves one.
    let both = [
        "all 40",
        "most 38",
        "all 9.9 (8.6 to 11.1) [x] of 40",
        "most 10 (8.8 to 11.2) [x] of 38",
    ];
    check(&points_of_all_and_of_most(38, 2), DfeCsc, &both);
    let one = [
        "all 9",
        "most 7",
        "all 9.3 (8.1 to 10.6) [x] of 9",
        "most [c] ([c]) [x] of 7",
    ];
    check(&points_of_all_and_of_most(7, 2), DfeCsc, &one);
}

#[test]
fn what_may_be_dropped_goes_before_a_headline() {
    // A unit more or less moves these means by 0.026, and changes one print or another.
    let mut book = points_of_all_and_of_most(38, 2);
    book.mean("all exactly", 9.85, "all", "all points");
    book.mean_of("more", 9.96, "most", "most points");
    book.mean_of("less", 10.04, "most", "most points");
    let keys = [common::mean_key("less")].into();
    let may_be_dropped = ("Less".to_owned(), keys);
    book.estimates.structure.droppable.push(may_be_dropped);
    check(
        &book,
        DfeCsc,
        &[
            "all 40",
            "most 38",
            "all 9.9 (8.6 to 11.1) [x] of 40",
            "most 10 (8.8 to 11.2) [x] of 38",
            "all exactly 9.9 (8.9 to 10.9) [x] of 40",
            "more 10 (8.7 to 11.2) [x] of 38",
        ],
    );
}

#[test]
fn the_lowest_value_belongs_to_one_person() {
    let mut book = Book::default();
    let key = kinfolk_model::Key::new("m", kinfolk_model::Group::all(), Statistic::Minimum);
    book.estimates.records.push(Estimate {
        value: Some(3.0),
        unit: Unit::Years,
        ..common::blank(key)
    });
    assert_eq!(
        book.release(DfeCsc).records()[0].value(),
        Shown::Figure(3.0)
    );
    assert!(book.release(Tre).records()[0].value().is_withheld());
}

/// Objectives by category: father is small, and may be joined with mother.
fn categories(mother: u64, father: u64) -> Book {
    let mut book = Book::default();
    book.count("total", 40 + mother + father);
    book.count("friends", 22)
        .count("siblings", 18)
        .count("mother", mother);
    book.count("father", father)
        .count("parents", mother + father);
    book.count("relatives", 18 + mother + father);
    book.sum("total", &["friends", "siblings", "mother", "father"]);
    book.sum("parents", &["mother", "father"]);
    book.sum("relatives", &["parents", "siblings"]);
    book.breakdown(
        &[
            ("mother", "Mother"),
            ("friends", "Friends"),
            ("father", "Father"),
            ("siblings", "Brothers and sisters"),
        ],
        &[
            ("parents", "Parents", &["mother", "father"]),
            ("relatives", "Relatives", &["parents", "siblings"]),
        ],
    );
    book
}

#[test]
fn a_small_row_is_joined_rather_than_blanked() {
    let release = categories(9, 3).release(DfeCsc);
    let expected = ["total 52", "friends 22", "siblings 18", "parents 12"];
    assert_eq!(summary(&release), expected);
    let rows: Vec<&str> = release
        .rows("b")
        .iter()
        .map(|row| row.code.as_str())
        .collect();
    assert_eq!(rows, ["parents", "friends", "siblings"]);
    assert_eq!(release.rows("b")[0].joined, ["Mother", "Father"]);
    let sentences: Vec<String> = release.decisions().iter().map(Decision::sentence).collect();
    assert_eq!(
        sentences,
        [
            "Shown together, because too few children stand behind at least one: Objectives by what the child wanted: \u{2018}Mother\u{2019} and \u{2018}Father\u{2019}."
        ]
    );
}

#[test]
fn the_smallest_pool_that_is_safe_is_taken() {
    let release = categories(2, 3).release(DfeCsc);
    assert_eq!(
        summary(&release),
        ["total 45", "friends 22", "relatives 23"]
    );
    assert_eq!(
        release.rows("b")[0].joined,
        ["Mother", "Father", "Brothers and sisters"]
    );
    assert!(release.decisions()[0].what.ends_with(
        "\u{2018}Mother\u{2019}, \u{2018}Father\u{2019} and \u{2018}Brothers and sisters\u{2019}"
    ));
}

#[test]
fn rows_that_are_large_enough_stay_fine_and_pools_are_left_out() {
    for profile in [DfeCsc, Internal] {
        let release = categories(9, 8).release(profile);
        let expected = [
            "total 57",
            "friends 22",
            "siblings 18",
            "mother 9",
            "father 8",
        ];
        assert_eq!(summary(&release), expected);
        assert!(release.decisions().is_empty());
    }
    assert_eq!(summary(&categories(1, 1).release(Internal)).len(), 5);
}

#[test]
fn where_no_pool_helps_rows_are_kept_and_suppressed() {
    let mut book = row(&[("a", 20), ("b", 3), ("c", 1)]);
    book.count("bc", 4).sum("bc", &["b", "c"]);
    book.breakdown(
        &[("a", "A"), ("b", "B"), ("c", "C")],
        &[("bc", "B or C", &["b", "c"])],
    );
    // b and c add up to 4, which is small itself: a must go too.
    check(&book, DfeCsc, &["total 24", "a [c]", "b [c]", "c [c]"]);
}

#[test]
fn a_set_with_a_hole_is_dropped_whole() {
    let mut book = row(&[("x", 30), ("y", 20)]);
    book.count("x/met", 26)
        .count("x/not", 4)
        .sum("x", &["x/met", "x/not"]);
    book.count("y/met", 12)
        .count("y/not", 8)
        .sum("y", &["y/met", "y/not"]);
    book.droppable("How objectives of kind x stand", &["x/met", "x/not"]);
    book.droppable("How objectives of kind y stand", &["y/met", "y/not"]);
    let release = book.release(DfeCsc);
    assert_eq!(
        summary(&release),
        ["total 50", "x 30", "y 20", "y/met 12", "y/not 8"]
    );
    assert_eq!(
        release.decisions()[0].sentence(),
        "Not shown, because too few children stand behind part of it: How objectives of kind x stand."
    );
}

#[test]
fn internal_releases_everything_and_empty_structures_release() {
    let book = row(&[("a", 20), ("b", 1), ("c", 0)]);
    check(&book, Internal, &["total 21", "a 20", "b 1", "c 0"]);
    let bare = Estimates {
        records: book.estimates.records.clone(),
        ..Estimates::default()
    };
    let release = release(&bare, &local(Internal)).unwrap();
    assert_eq!(release.records().len(), 4);
    assert_eq!(release.audit().hidden(), 0);
}

#[test]
fn decisions_say_which_measures_have_withheld_numbers_once() {
    let release = row(&[("a", 20), ("b", 3), ("c", 9)]).release(DfeCsc);
    assert_eq!(release.decisions().len(), 1);
    assert_eq!(release.decisions()[0].about, "m");
    assert_eq!((release.audit().primary, release.audit().secondary), (1, 1));
}

#[test]
fn released_figures_become_estimates_and_come_back() {
    let release = share(20, 3).release(DfeCsc);
    let estimates = release.to_estimates();
    assert_eq!(estimates[0].value, None);
    assert_eq!(estimates[0].denominator, Some(23));
    assert_eq!(
        estimates[0].note,
        "[c] Withheld: value, interval, numerator."
    );
    let benchmark = benchmark_from_records("All authorities", estimates);
    assert_eq!(benchmark.records, release.records());
    let release = share(20, 9).release(DfeCsc).with_benchmark(benchmark);
    let key = common::share_key("met");
    let compared = release
        .compared(&key.measure, &key.group, key.statistic)
        .unwrap();
    assert!(compared.value().is_withheld());
}

#[test]
fn the_order_of_records_does_not_matter() {
    let book = categories(9, 3);
    let mut turned = book.clone();
    turned.estimates.records.reverse();
    turned.estimates.structure.sums.reverse();
    let mut lines = summary(&turned.release(DfeCsc));
    lines.reverse();
    assert_eq!(lines, summary(&book.release(DfeCsc)));
}

#[test]
fn a_structure_that_disagrees_is_refused() {
    let error = |book: &Book| release(&book.estimates, &local(DfeCsc)).unwrap_err();
    let mut unknown = row(&[("a", 20)]);
    unknown.sum("total", &["nobody"]);
    assert!(matches!(
        error(&unknown),
        DisclosureError::UnknownCell { .. }
    ));
    let mut unbalanced = row(&[("a", 20)]);
    unbalanced.cell("a", 21);
    assert!(matches!(
        error(&unbalanced),
        DisclosureError::Unbalanced { .. }
    ));
    let mut mismatch = Book::default();
    mismatch.count("a", 20).cell("a", 21);
    assert!(matches!(error(&mismatch), DisclosureError::Mismatch { .. }));
    assert!(!error(&mismatch).is_refusal());
}

#[test]
fn a_count_of_no_children_is_hidden_when_it_gives_one_away() {
    let mut book = Book::default();
    book.count("others", 30).count("children", 3);
    book.cell_of("staff", 3, None)
        .print("staff")
        .sum("staff", &["children"]);
    check(&book, DfeCsc, &["others 30", "children [c]", "staff [c]"]);
}

#[test]
fn a_study_of_which_nothing_can_be_shown_is_refused() {
    let mut book = row(&[("a", 3), ("b", 1), ("c", 0)]);
    book.cell_of("staff", 12, None).print("staff");
    let error = release(&book.estimates, &local(DfeCsc)).unwrap_err();
    assert_eq!(error, DisclosureError::NothingLeft { withheld: 3 });
    assert!(error.is_refusal());
    assert!(release(&book.estimates, &local(Internal)).is_ok());
}

#[test]
fn a_mean_of_hidden_children_is_found_by_its_key() {
    let mut book = Book::default();
    book.count("others", 30)
        .count("n", 4)
        .cell_of("people", 12, Some(4));
    book.mean("x", 3.0, "n", "people");
    let release = book.release(DfeCsc);
    assert!(find(&release, &mean_key("x")).unwrap().is_withheld());
}

/// Answers from 1 to 5 with their mean, which gives away the points: each answer as often as it
/// counts.
fn ratings(answers: [u64; 5]) -> Book {
    let names = ["1", "2", "3", "4", "5"];
    let mut book = Book::default();
    book.count("n", answers.iter().sum());
    for (name, count) in names.iter().zip(answers) {
        book.count(name, count);
    }
    let worth = answers
        .iter()
        .zip(1..)
        .map(|(count, points)| count * points);
    let points: u64 = worth.sum();
    book.cell_of("points", points, Some(answers.iter().sum()));
    let parts: Vec<&str> = (0..5).flat_map(|at| vec![names[at]; at + 1]).collect();
    book.sum("n", &names).sum("points", &parts);
    let n: u64 = answers.iter().sum();
    book.mean("mean", points as f64 / n as f64, "n", "points");
    book
}

#[test]
fn a_mean_that_gives_an_answer_away_is_withheld() {
    // 100 points from 21 answers of 2, 4 or 5, of which some are 2: one 2 and two 4, nothing else.
    let release = ratings([0, 1, 0, 2, 18]).release(DfeCsc);
    assert!(
        find(&release, &mean_key("mean"))
            .unwrap()
            .value()
            .is_withheld()
    );
    // With more in the middle there are several ways.
    let release = ratings([0, 0, 3, 4, 14]).release(DfeCsc);
    assert_eq!(
        find(&release, &mean_key("mean")).unwrap().value(),
        Shown::Figure(4.5)
    );
}

#[test]
fn a_withheld_figure_says_nothing_of_how_many_it_rests_on() {
    let mut book = Book::default();
    book.count("others", 30)
        .cell("n", 1)
        .cell_of("people", 4, Some(1));
    book.mean("x", 4.0, "n", "people");
    let lone = &mut book.estimates.records[1];
    (lone.lower, lone.upper) = (None, None);
    lone.note = "no interval for one value".to_owned();
    let release = book.release(DfeCsc);
    let released = find(&release, &mean_key("x")).unwrap();
    assert!(released.interval().is_withheld());
    assert_eq!((released.note(), released.level()), ("", None));
}

#[test]
fn a_mean_less_a_mean_of_nearly_all_gives_nobody_away() {
    let seen_again = |children: u64| {
        let mut book = Book::default();
        book.count("everyone", 20)
            .count("seen again", 20 - children)
            .cell_of("not seen again", children, None)
            .sum("everyone", &["seen again", "not seen again"])
            .cell_of("totals", 300, Some(20))
            .cell_of(
                "totals seen again",
                300 - 15 * children,
                Some(20 - children),
            )
            .cell_of("totals not seen again", 15 * children, Some(children))
            .sum("totals", &["totals seen again", "totals not seen again"])
            .mean("all", 15.0, "everyone", "totals")
            .mean("again", 15.0, "seen again", "totals seen again");
        let release = book.release(DfeCsc);
        ["all", "again"].map(|name| find(&release, &mean_key(name)).unwrap().is_withheld())
    };
    // The mean of the two others would follow; that of the six may.
    assert_eq!(seen_again(2), [false, true]);
    assert_eq!(seen_again(6), [false, false]);
}

#[test]
fn rows_are_joined_that_would_give_a_small_row_away_beside_another_table() {
    let mut book = Book::default();
    book.count("everyone", 40).count("again", 30);
    for (name, everyone, again) in [("low", 15, 12), ("middle", 8, 6), ("high", 17, 12)] {
        let [of_all, of_again, lost] = ["all", "again", "lost"].map(|who| format!("{who}/{name}"));
        book.count(&of_all, everyone)
            .count(&of_again, again)
            .cell(&lost, everyone - again)
            .sum(&of_all, &[&of_again, &lost]);
    }
    book.sum("everyone", &["all/low", "all/middle", "all/high"])
        .sum("again", &["again/low", "again/middle", "again/high"])
        .count("again/joined", 18)
        .sum("again/joined", &["again/middle", "again/high"])
        .breakdown(
            &[
                ("all/low", "Low"),
                ("all/middle", "Middle"),
                ("all/high", "High"),
            ],
            &[],
        )
        .breakdown(
            &[
                ("again/low", "Low"),
                ("again/middle", "Middle"),
                ("again/high", "High"),
            ],
            &[(
                "again/joined",
                "Middle or high",
                &["again/middle", "again/high"],
            )],
        );
    let release = book.release(DfeCsc);
    let is_there = |cell: &str| find(&release, &count_key(cell)).is_some();
    // 8 less 6, and 17 less 12, are small; 25 less 18 is not.
    assert!(is_there("again/joined") && !is_there("again/middle"));
    assert!(is_there("all/middle"));
}

#[test]
fn other_worlds_are_found_where_sums_count_parts_several_times() {
    // Two for each `a` are as many as three for each `b`, so nothing but multiples of both is possible.
    let mut book = Book::default();
    book.count("other", 30).count("a", 3).count("b", 2);
    book.cell("weighted", 6);
    book.sum("weighted", &["a", "a"])
        .sum("weighted", &["b", "b", "b"]);
    check(&book, DfeCsc, &["other 30", "a [c]", "b [c]"]);
}

#[test]
fn what_signs_cannot_guard_is_left_out_and_the_rest_is_shown() {
    // By the sum alone, whatever is printed, `none` is nothing: no sign in its place can guard it.
    let mut book = Book::default();
    book.count("other", 30).count("all", 20).count("none", 0);
    book.sum("all", &["all", "none"]);
    check(&book, Tre, &["other 30"]);
    let sentences: Vec<String> = book
        .release(Tre)
        .decisions()
        .iter()
        .map(Decision::sentence)
        .collect();
    assert!(sentences[0].starts_with("Not shown"), "{sentences:?}");
    check(&book, DfeCsc, &["other 30", "all 20", "none 0"]);
}
