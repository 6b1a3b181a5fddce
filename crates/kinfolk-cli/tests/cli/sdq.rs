//! `kinfolk sdq score` and `kinfolk sdq change`.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{Run, kinfolk, names};

/// The header of 25 items.
fn items() -> String {
    let names: Vec<String> = (1..=25).map(|item| format!("item_{item}")).collect();
    names.join(",")
}

/// A row of answers, given as digits with a point where there is none.
fn row(id: &str, answers: &str) -> String {
    let cells: Vec<String> = answers
        .chars()
        .map(|answer| answer.to_string().replace('.', ""))
        .collect();
    format!("{id},{}", cells.join(","))
}

fn folder_with(name: &str, content: impl AsRef<[u8]>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), content).unwrap();
    folder
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

/// Scores `in.csv` with more arguments; the table on standard output.
fn score(content: impl AsRef<[u8]>, arguments: &[&str]) -> Run {
    let folder = folder_with("in.csv", content);
    let all = [&["sdq", "score", "in.csv"][..], arguments].concat();
    kinfolk(&all, folder.path())
}

/// The cell under a header in a row from 1, of CSV without quotations.
fn cell<'t>(table: &'t str, row: usize, column: &str) -> &'t str {
    let mut lines = table.lines();
    let header = lines.next().unwrap();
    let place = header.split(',').position(|name| name == column);
    let line = lines.nth(row - 1).unwrap();
    line.split(',').nth(place.unwrap()).unwrap()
}

const BASE: &str = "1210210111020110111100211";
const PRORATED: &str = "12.0210111020110111100211";
const WITHOUT_TOTAL: &str = "12.0210.1102.110111100211";

fn three_rows() -> String {
    let rows = [row("a", BASE), row("b", PRORATED), row("c", WITHOUT_TOTAL)];
    format!("id,{}\n{}\n", items(), rows.join("\n"))
}

#[test]
fn scores_stand_beside_the_columns_that_came_in() {
    let run = score(three_rows(), &["--informant", "parent_carer"]).ends(0);
    let table = &run.stdout;
    assert!(table.starts_with(&format!("id,{},emotional,conduct,", items())));
    let first = table.lines().nth(1).unwrap();
    assert!(
        first.starts_with(&format!(
            "{},3,7,7,7,4,24,14,10,,5,5,5,5,5,0,no,no,",
            row("a", BASE)
        )),
        "{first}"
    );
    assert_eq!(cell(table, 1, "total_three_band"), "abnormal");
    assert_eq!(cell(table, 1, "total_four_band"), "very_high");
    assert_eq!(cell(table, 1, "prosocial_four_band"), "very_low");
    assert_eq!(cell(table, 1, "impact_three_band"), "");
    assert_eq!(cell(table, 2, "emotional"), "3");
    assert_eq!(cell(table, 2, "emotional_answered"), "4");
    assert_eq!(cell(table, 2, "prorated"), "yes");
    assert_eq!(cell(table, 3, "total"), "");
    assert_eq!(cell(table, 3, "total_three_band"), "");
    assert_eq!(cell(table, 3, "externalising"), "14");
    assert!(run.stderr.contains(
        "3 questionnaires scored: 2 have a total, 1 has a scale that rests on three or four answers."
    ));
}

#[test]
fn impact_needs_to_know_who_answered() {
    let header = format!(
        "id,{},difficulties,distress,impact_home,impact_friends,impact_classroom,impact_leisure,informant",
        items()
    );
    let rows = [
        format!("{},2,3,3,2,1,3,teacher", row("a", BASE)),
        format!("{},2,3,2,1,0,2,parent_carer", row("b", BASE)),
        format!("{},,2,2,,,,Carer", row("c", BASE)),
        format!("{},0,3,3,3,3,3,self", row("d", BASE)),
        format!("{},2,3,3,3,3,3,", row("e", BASE)),
    ];
    let run = score(format!("{header}\n{}\n", rows.join("\n")), &[]).ends(0);
    let column = |name: &str| {
        let cells = (1..=5).map(|row| cell(&run.stdout, row, name));
        cells.collect::<Vec<_>>().join("|")
    };
    assert_eq!(column("impact"), "3|4|2|0|");
    assert_eq!(column("impact_answered"), "3|5|2|5|");
    assert_eq!(column("impact_without_gate"), "no|no|yes|no|no");
    assert_eq!(
        column("impact_three_band"),
        "abnormal|abnormal|abnormal|normal|"
    );
    assert!(run.stderr.contains("1 has no bands and no impact score"));
}

#[test]
fn the_early_form_has_bands_for_carers_only() {
    let run = |who| {
        let arguments = ["--form", "2-4", "--informant", who];
        score(three_rows(), &arguments).ends(0).stdout
    };
    let carer = run("parent_carer");
    assert_eq!(cell(&carer, 1, "total_three_band"), "");
    assert_eq!(cell(&carer, 1, "total_four_band"), "high_or_very_high");
    assert_eq!(cell(&run("teacher"), 1, "total_four_band"), "");
}

#[test]
fn young_people_have_no_early_form() {
    let check = |table: &str, arguments: &[&str], code: i32, words: &str| {
        let run = score(table, arguments).ends(code);
        assert!(run.stderr.contains(words), "{}", run.stderr);
        assert_eq!(run.stdout, "");
    };
    check(
        &three_rows(),
        &["--informant", "self", "--form", "2-4"],
        2,
        "no SDQ for ages 2-4 that self fills in; children answer for themselves from 11 on",
    );
    let with_form = three_rows()
        .replacen("id,", "form,", 1)
        .replacen("a,", "4-17,", 1)
        .replacen("b,", "2-4,", 1)
        .replacen("\nc,", "\n,", 1);
    check(
        &with_form,
        &["--informant", "self"],
        3,
        "row 3, column form: `2-4`; expected 4-17",
    );
    score(&with_form, &["--informant", "teacher"]).ends(0);
    let with_informant = three_rows()
        .replacen("id,", "informant,", 1)
        .replacen("a,", "teacher,", 1)
        .replacen("b,", "self,", 1)
        .replacen("\nc,", "\n,", 1);
    check(
        &with_informant,
        &["--form", "2-4"],
        3,
        "row 3, column informant: `2-4`; expected 4-17",
    );
}

#[test]
fn codes_for_no_answer_are_read_as_in_a_study() {
    let points = score(three_rows(), &["--informant", "self"]).ends(0);
    assert!(!points.stderr.contains("read as not answered"));
    let coded = three_rows().replacen("b,1,2,,", "b,1,2,9,", 1);
    let coded = coded.replacen("c,1,2,,", "c,1,2,-9,", 1);
    let run = score(coded, &["--informant", "self"]).ends(0);
    let totals = |table: &str| [1, 2, 3].map(|row| cell(table, row, "total").to_owned());
    assert_eq!(totals(&run.stdout), totals(&points.stdout));
    assert_eq!(cell(&run.stdout, 2, "emotional_answered"), "4");
    assert!(
        run.stderr
            .contains("2 codes such as 9 or 99 read as not answered.")
    );
}

#[test]
fn nothing_is_printed_before_an_error_and_a_header_alone_is_a_table() {
    let bad = three_rows().replacen("a,1,", "a,7,", 1);
    assert_eq!(score(bad, &[]).ends(3).stdout, "");
    let run = score(format!("id,{}\n", items()), &[]).ends(0);
    assert_eq!(run.stdout.lines().count(), 1);
    assert!(run.stderr.contains("0 questionnaires scored"));
    let one = three_rows().lines().take(2).collect::<Vec<_>>().join("\n");
    let run = score(one, &["--informant", "teacher"]).ends(0);
    assert!(
        run.stderr
            .contains("1 questionnaire scored: 1 has a total, 0 have a scale")
    );
}

#[test]
fn tables_are_read_as_other_programs_write_them() {
    let expected = score(three_rows(), &[]).ends(0).stdout;
    let semicolons = three_rows().replace(',', ";").replace('\n', "\r\n");
    let found = score(format!("\u{feff}{semicolons}"), &[]).ends(0).stdout;
    assert_eq!(found.replace(';', ","), expected);
    let utf_16: Vec<u8> = format!("\u{feff}{}", three_rows())
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(score(utf_16, &[]).ends(0).stdout, expected);
    let short_names = three_rows().replace("item_1,", "consid,");
    let renamed = expected.replace("item_1,", "consid,");
    assert_eq!(score(short_names, &[]).ends(0).stdout, renamed);
}

#[test]
fn nothing_that_comes_in_leaves_as_a_formula() {
    let table = format!("id,{}\n{}\n", items(), row("=1+1", BASE));
    let run = score(table, &[]).ends(0);
    assert!(run.stdout.contains("\n'=1+1,1,2,1,"), "{}", run.stdout);
}

#[test]
fn a_cell_that_cannot_be_used_is_named_and_nothing_is_written() {
    let bad = format!(
        "id,{}\n{}\n{}\n",
        items(),
        row("a", BASE),
        row("b", &BASE.replacen('2', "7", 1))
    );
    let folder = folder_with("in.csv", bad);
    let arguments = ["sdq", "score", "in.csv", "-o", "out.csv"];
    let run = kinfolk(&arguments, folder.path()).ends(3);
    assert!(
        run.stderr
            .contains("row 3, column item_2: `7`; expected 0, 1 or 2"),
        "{}",
        run.stderr
    );
    assert_eq!(names(folder.path()), ["in.csv"]);
}

#[test]
fn answers_from_1_to_3_are_refused_with_an_explanation() {
    let from_one: String = BASE.bytes().map(|answer| char::from(answer + 1)).collect();
    let table = format!("id,{}\n{}\n", items(), row("a", &from_one));
    let run = score(table, &[]).ends(3);
    assert!(
        run.stderr.contains("seem to be coded from 1 to 3"),
        "{}",
        run.stderr
    );
    // With a 0 somewhere, a 3 is a slip.
    let slip = three_rows().replacen("a,1,2", "a,3,2", 1);
    let run = score(slip, &[]).ends(3);
    assert!(!run.stderr.contains("coded from"), "{}", run.stderr);
}

#[test]
fn answers_without_any_zero_are_remarked_on() {
    let rows: Vec<String> = (0..20)
        .map(|id| row(&id.to_string(), &BASE.replace('0', "1")))
        .collect();
    let table = format!("id,{}\n{}\n", items(), rows.join("\n"));
    let run = score(table, &[]).ends(0);
    assert!(run.stderr.contains("No item is answered 0 anywhere."));
}

#[test]
fn columns_that_are_missing_twice_there_or_taken_are_told() {
    let check = |table: String, code: i32, words: &str| {
        let run = score(table, &[]).ends(code);
        assert!(run.stderr.contains(words), "{}", run.stderr);
    };
    check(
        "id,item_1\n1,2\n".to_owned(),
        2,
        "has no column item_2, item_3,",
    );
    check(
        three_rows().replacen("id,", "q1,", 1),
        2,
        "has two columns for item_1: q1 and item_1",
    );
    check(
        three_rows().replacen("id,", "total,", 1),
        2,
        "already has what new columns are to be called: total.\nWith --prefix",
    );
    check(String::new(), 3, "is empty");
    check(
        three_rows().replacen("c,1,2,,0", "c,1,2,\"0", 1),
        3,
        "row 4: a quotation mark opens here",
    );
    check(
        format!("{}1,2,3,4\n", items() + "\n" + &"0,".repeat(26)),
        3,
        "row 2",
    );
    let prefixed = score(
        three_rows().replacen("id,", "total,", 1),
        &["--prefix", "sdq_"],
    );
    assert!(prefixed.ends(0).stdout.contains(",sdq_total,"));
}

#[test]
fn scores_come_without_bands_where_nobody_wants_them() {
    let whole = score(three_rows(), &["--informant", "teacher"]).ends(0);
    let bare = score(three_rows(), &["--informant", "teacher", "--no-bands"]).ends(0);
    assert!(whole.stdout.contains("_band") && !bare.stdout.contains("_band"));
    for (whole, bare) in whole.stdout.lines().zip(bare.stdout.lines()) {
        assert!(whole.starts_with(bare), "{whole}\n{bare}");
    }
    // What is not written cannot be taken.
    let taken = three_rows().replacen("id,", "total_three_band,", 1);
    score(taken.clone(), &["--no-bands"]).ends(0);
    score(taken, &[]).ends(2);
}

#[test]
fn who_answered_may_not_be_said_in_two_ways() {
    let table = three_rows()
        .replacen("id,", "informant,", 1)
        .replacen("a,", "teacher,", 1);
    let table = table.replacen("b,", "self,", 1).replacen("\nc,", "\n,", 1);
    let run = score(&table, &["--informant", "teacher"]).ends(3);
    assert!(
        run.stderr.contains(
            "row 3, column informant: `self`; expected teacher, as was stated for the whole table"
        ),
        "{}",
        run.stderr
    );
    let run = score(&table, &[]).ends(0);
    assert_eq!(cell(&run.stdout, 2, "total_three_band"), "abnormal");
    let run = score(table.replace("self", "aunt"), &[]).ends(3);
    assert!(
        run.stderr
            .contains("`aunt`; expected parent_carer, teacher or self")
    );
}

#[test]
fn a_table_is_not_written_over_itself() {
    let folder = folder_with("in.csv", three_rows());
    let arguments = ["sdq", "score", "in.csv", "-o", "./in.csv"];
    kinfolk(&arguments, folder.path()).ends(2);
    assert_eq!(read(folder.path(), "in.csv"), three_rows());
}

/// More rows than are read at a time.
const MANY: usize = 90_000;

fn many_rows(last: &str) -> String {
    let answers = |id: usize| if id.is_multiple_of(3) { PRORATED } else { BASE };
    let rows = (1..MANY).map(|id| row(&format!("C{id:06}"), answers(id)));
    let rows: Vec<String> = rows.chain([row("last", last)]).collect();
    format!("id,{}\n{}\n", items(), rows.join("\n"))
}

#[test]
fn any_number_of_threads_writes_the_same() {
    let table = many_rows(BASE);
    let one = score(&table, &["--jobs", "1"]).ends(0).stdout;
    assert_eq!(score(&table, &["--jobs", "3"]).ends(0).stdout, one);
    assert_eq!(one.lines().count(), MANY + 1);
    assert_eq!(cell(&one, MANY, "total"), "24");
}

#[test]
fn a_bad_cell_far_down_is_named_by_its_row() {
    let run = score(many_rows(&BASE.replacen('1', "5", 1)), &[]).ends(3);
    let words = format!("row {}, column item_1: `5`", MANY + 1);
    assert!(run.stderr.contains(&words), "{}", run.stderr);
}

#[test]
fn parquet_goes_in_and_out_by_its_extension() {
    let folder = folder_with("in.csv", three_rows());
    let to = |from: &str, out: &str| {
        let arguments = ["sdq", "score", from, "--informant", "teacher", "-o", out];
        kinfolk(&arguments, folder.path()).ends(0);
    };
    to("in.csv", "scores.csv");
    to("in.csv", "scores.parquet");
    let again = [
        "sdq",
        "score",
        "scores.parquet",
        "--informant",
        "teacher",
        "--prefix",
        "x_",
    ];
    let run = kinfolk(&again, folder.path()).ends(0);
    let scores = read(folder.path(), "scores.csv");
    for (one, other) in scores.lines().zip(run.stdout.lines()) {
        assert!(other.starts_with(one), "{one}\n{other}");
    }
    assert_eq!(cell(&run.stdout, 1, "x_total"), "24");
}

/// Pairs of the worked example: totals at two days, a child a line.
fn pairs() -> String {
    let mut table = "child_id,date,informant,total\n".to_owned();
    let first = [20, 17, 25, 14, 9, 30, 16, 22];
    let last = [17, 18, 19, 14, 11, 24, 12, 21];
    for (child, (first, last)) in first.into_iter().zip(last).enumerate() {
        table.push_str(&format!("C{child},2024-03-31,parent_carer,{first}\n"));
        table.push_str(&format!("C{child},31/03/2025,parent_carer,{last}\n"));
    }
    table
}

fn change(table: &str, arguments: &[&str]) -> (Run, TempDir) {
    let folder = folder_with("in.csv", table);
    let fixed = [
        "sdq",
        "change",
        "in.csv",
        "--sd",
        "5.8",
        "--reliability",
        "0.72",
        "-o",
        "out.csv",
    ];
    let run = kinfolk(&[&fixed[..], arguments].concat(), folder.path());
    (run, folder)
}

/// The one record of the summary with this measure, group and statistic.
fn record(run: &Run, measure: &str, group: &str, statistic: &str) -> serde_json::Value {
    let summary: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(summary["schema"], "kinfolk.summary/1");
    let records = summary["estimates"].as_array().unwrap().iter();
    let mut found = records.filter(|record| {
        record["measure"] == measure && record["group"] == group && record["statistic"] == statistic
    });
    let record = found.next().unwrap().clone();
    assert!(found.next().is_none());
    record
}

#[track_caller]
fn near(found: &serde_json::Value, expected: f64) {
    let found = found.as_f64().unwrap();
    assert!((found - expected).abs() < 5e-7, "{found} {expected}");
}

#[test]
fn the_change_of_each_child_and_of_all_is_found() {
    let (run, folder) = change(&pairs(), &[]);
    let run = run.ends(0);
    let table = read(folder.path(), "out.csv");
    assert_eq!(
        table.lines().nth(1).unwrap(),
        "C0,parent_carer,2024-03-31,2025-03-31,365,20,17,-3,-0.6911928670148907,unchanged,stayed_above,unchanged,2"
    );
    assert_eq!(table.lines().count(), 9);
    let of = |group: &str, statistic: &str| {
        let group = format!("informant=parent_carer;{group}");
        record(&run, "sdq.change", &group, statistic)
    };
    let difference = of("method=paired", "difference");
    near(&difference["value"], -2.125);
    near(&difference["lower"], -4.709045);
    near(&difference["upper"], 0.459045);
    assert_eq!(difference["denominator"], 8);
    let baseline = record(
        &run,
        "sdq.mean",
        "informant=parent_carer;wave=baseline",
        "mean",
    );
    near(&baseline["value"], 19.125);
    // Mean 19.125 and standard deviation 6.599513 at first; the fall follows from them and 0.72.
    let regression = record(
        &run,
        "sdq.regression_to_mean",
        "informant=parent_carer;who=concern_at_baseline",
        "difference",
    );
    near(&regression["value"], -1.040524);
    let high = of("who=concern_at_baseline", "difference");
    near(&high["value"], -3.0);
    assert_eq!(high["denominator"], 5);
    near(&of("size=d_av", "effect_size")["value"], -0.334824);
    near(&of("size=d_pre", "effect_size")["value"], -0.285996);
    near(&of("size=d_z", "effect_size")["value"], -0.610644);
    near(&of("test=paired_t", "p_value")["value"], 0.0929092);
    near(&of("test=wilcoxon", "p_value")["value"], 0.125);
    let unchanged = record(
        &run,
        "sdq.reliable_change",
        "informant=parent_carer;class=unchanged",
        "proportion",
    );
    assert_eq!(
        (&unchanged["numerator"], &unchanged["denominator"]),
        (&8.into(), &8.into())
    );
    assert_eq!(
        unchanged["options"],
        "sd=5.8;reliability=0.72;smallest_change=9"
    );
    assert!(
        run.stderr
            .contains("a change of 9 points or more is reliable")
    );
}

#[test]
fn informants_and_forms_are_never_compared() {
    let table = "child_id,date,informant,form,total\n\
                 A,2024-01-01,parent_carer,2-4,20\n\
                 A,2025-01-01,parent_carer,4-17,10\n\
                 A,2025-01-01,teacher,,12\n\
                 A,2025-06-01,teacher,,\n\
                 B,2025-01-01,teacher,,30\n\
                 B,2025-07-01,teacher,,18\n";
    let (run, folder) = change(table, &[]);
    let run = run.ends(0);
    let out = read(folder.path(), "out.csv");
    let lines: Vec<&str> = out.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "A,parent_carer,2024-01-01,,,20,,,,,,,2",
            "A,teacher,2025-01-01,,,12,,,,,,,1",
            "B,teacher,2025-01-01,2025-07-01,181,30,18,-12,-2.7647714680595628,improved,stayed_above,improved,2",
        ]
    );
    let carers = record(
        &run,
        "sdq.change",
        "informant=parent_carer;method=paired",
        "difference",
    );
    assert_eq!(carers["value"], serde_json::Value::Null);
    assert_eq!(carers["n_missing"], 1);
    assert!(
        carers["note"]
            .as_str()
            .unwrap()
            .contains("no child has two totals")
    );
    assert!(
        run.stderr.contains(
            "1 child has later totals on another form, or another version of it, than the first; \
             these were left out, and no change of theirs can be told from others."
        ),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("1 row without a total"));
}

#[test]
fn children_left_out_for_another_version_are_counted() {
    let table = "child_id,date,version,total\n\
                 A,2024-01-01,first,20\n\
                 A,2025-01-01,follow_up,10\n\
                 B,2024-01-01,first,20\n\
                 B,2024-07-01,follow_up,12\n\
                 B,2025-01-01,first,14\n\
                 C,2024-01-01,first,20\n\
                 C,2025-01-01,,14\n";
    let said = |table: &str| {
        let (run, _folder) = change(table, &["--informant", "parent_carer"]);
        run.ends(0).stderr
    };
    let words = said(table);
    assert!(
        words.contains("2 children have later totals on another form")
            && words.contains("left out, and for 1 no other can be compared."),
        "{words}"
    );
    let words = said(&table.replace("A,2025-01-01,follow_up", "A,2025-01-01,first"));
    assert!(
        words.contains("1 child has later totals on another form")
            && words.contains("and all of them have others"),
        "{words}"
    );
    assert!(!said(&table.replace("follow_up", "first")).contains("another form"));
}

#[test]
fn the_baseline_is_chosen_by_a_rule() {
    let table = "id,day,start,sdq\n\
                 A,2024-01-01,2025-01-15,20\n\
                 A,2025-01-01,2025-01-15,18\n\
                 A,2025-01-20,2025-01-15,17\n\
                 A,2026-01-01,2025-01-15,9\n";
    let first = |rule: &str| {
        let names = [
            "--id", "id", "--date", "day", "--total", "sdq", "--start", "start",
        ];
        let more = ["--informant", "self", "--baseline", rule];
        let (run, folder) = change(table, &[&names[..], &more].concat());
        run.ends(0);
        let out = read(folder.path(), "out.csv");
        cell(&out, 1, "first").to_owned()
    };
    assert_eq!(first("first"), "20");
    assert_eq!(first("last-before-start"), "18");
    assert_eq!(first("nearest-start"), "17");
}

#[test]
fn what_change_cannot_use_is_told() {
    let check = |table: &str, arguments: &[&str], code: i32, words: &str| {
        let (run, folder) = change(table, arguments);
        let run = run.ends(code);
        assert!(run.stderr.contains(words), "{}", run.stderr);
        assert_eq!(run.stdout, "");
        assert_eq!(names(folder.path()), ["in.csv"]);
    };
    check(
        &pairs().replacen(",20\n", ",41\n", 1),
        &[],
        3,
        "row 2, column total: `41`; expected a whole number from 0 to 40",
    );
    check(
        &pairs().replacen("2024-03-31", "03/31/2024", 1),
        &[],
        3,
        "row 2, column date: `03/31/2024`; expected a day",
    );
    check(
        &pairs().replacen("C0", "", 1),
        &[],
        3,
        "row 2, column child_id: blank",
    );
    check(
        "child_id,date,sdq\n",
        &[],
        2,
        "has no column total, informant",
    );
    check(
        &pairs(),
        &["--baseline", "nearest-start"],
        2,
        "has no column start_date",
    );
    let folder = folder_with("in.csv", pairs());
    let wrong = [
        "sdq",
        "change",
        "in.csv",
        "--sd",
        "5.8",
        "--reliability",
        "1.2",
    ];
    kinfolk(&wrong, folder.path()).ends(2);
    let bare = ["sdq", "change", "in.csv"];
    kinfolk(&bare, folder.path()).ends(2).complains("--sd");
}
