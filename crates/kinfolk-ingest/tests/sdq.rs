//! Questionnaires and yearly returns as other systems write them.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::fs;

use common::read;
use jiff::civil::date;
use kinfolk_ingest::Reading;
use kinfolk_model::{Informant, Oc2, Sdq, SdqForm, SdqReason};
use proptest::prelude::*;

const SETTINGS: &str = include_str!("rules/study.toml");
const OFFICIAL: [&str; 25] = [
    "consid", "restles", "somatic", "shares", "tantrum", "loner", "obeys", "worries", "caring",
    "fidgety", "friend", "fights", "unhappy", "popular", "distrac", "clingy", "kind", "lies",
    "bullied", "helpout", "reflect", "steals", "oldbest", "afraid", "attends",
];

fn reading(files: &[(&str, &str)]) -> Reading {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("study.toml"), SETTINGS).unwrap();
    for (path, text) in files {
        fs::write(folder.path().join(path), text).unwrap();
    }
    read(folder.path())
}

/// The questionnaires of one table, and the rules that it breaks.
fn sdq(text: &str) -> (Vec<Sdq>, Vec<String>) {
    let reading = reading(&[("answers.csv", text)]);
    let rules = rules(&reading);
    (reading.study.sdq.rows, rules)
}

/// The rows of one return, and the rules that it breaks.
fn oc2(name: &str, text: &str) -> (Vec<Oc2>, Vec<String>) {
    let reading = reading(&[(name, text)]);
    let rules = rules(&reading);
    (reading.study.oc2.rows, rules)
}

fn rules(reading: &Reading) -> Vec<String> {
    let findings = &reading.findings;
    findings
        .iter()
        .map(|found| found.rule.to_string())
        .collect()
}

/// Twenty-five answers: 0, 1, 2, 0, 1, …
fn answers() -> String {
    let answers: Vec<String> = (0..25).map(|at| (at % 3).to_string()).collect();
    answers.join(",")
}

#[test]
fn items_are_read_under_every_name_that_they_go_by() {
    type Name = fn(usize) -> String;
    let names: [Name; 6] = [
        |at| format!("item_{}", at + 1),
        |at| format!("Q{}", at + 1),
        |at| format!("sdq_{}", at + 1),
        |at| format!("i{:02}", at + 1),
        |at| OFFICIAL[at].to_owned(),
        |at| format!("Item {} (0-2)", at + 1),
    ];
    for name in names {
        let headers: Vec<String> = (0..25).map(name).collect();
        let headers = headers.join(",");
        let text = format!(
            "child_id,date,informant,{headers}\nH-01,2024-05-01,self,{}\n",
            answers()
        );
        let (rows, rules) = sdq(&text);
        assert!(rules.is_empty(), "{headers}: {rules:?}");
        let items: Vec<u8> = rows[0].items.iter().map(|item| item.unwrap()).collect();
        assert_eq!(
            items,
            (0..25).map(|at| at % 3).collect::<Vec<u8>>(),
            "{headers}"
        );
    }
}

#[test]
fn the_letter_of_the_headers_tells_who_answered() {
    for (letter, informant) in [
        ('p', Informant::ParentCarer),
        ('t', Informant::Teacher),
        ('s', Informant::YoungPerson),
    ] {
        let headers: Vec<String> = OFFICIAL
            .iter()
            .map(|name| format!("{letter}{name}"))
            .collect();
        let text = format!(
            "id,date,{}\nH-01,2024-05-01,{}\n",
            headers.join(","),
            answers()
        );
        let (rows, rules) = sdq(&text);
        assert_eq!(rules, ["sdq-informant-from-headers"], "{letter}");
        assert_eq!(rows[0].informant, informant);
        assert!(rows[0].items.iter().all(Option::is_some));
    }
}

#[test]
fn columns_of_several_informants_give_a_questionnaire_each() {
    let text = "id,date,pebdtot,tebdtot,sebdtot,pimpact\n\
                H-01,2024-05-01,12,,20,3\n\
                H-02,2024-05-01,,9,,\n";
    let (rows, rules) = sdq(text);
    assert_eq!(rules, ["sdq-informant-from-headers"]);
    let told: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                row.child_id.as_str(),
                row.informant,
                row.entered.total,
                row.entered.impact,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("H-01", Informant::ParentCarer, Some(12), Some(3)),
            ("H-02", Informant::Teacher, Some(9), None),
            ("H-01", Informant::YoungPerson, Some(20), None),
        ]
    );
}

#[test]
fn nothing_becomes_zero_because_it_is_missing() {
    let text = "child_id,date,informant,item_1,item_2,item_3,item_4,total\n\
                H-01,2024-05-01,self,,9,x,2,\n";
    let (rows, rules) = sdq(text);
    assert_eq!(rows[0].items[..4], [None, None, None, Some(2)]);
    assert_eq!(rows[0].items[4..], [None; 21]);
    assert_eq!(rows[0].entered.total, None);
    assert_eq!(rules, ["sdq-missing-code", "mixed-text-and-number"]);
}

#[test]
fn doubtful_extra_columns_cost_no_row() {
    let text = "child_id,date,informant,version,carer_id,total,impact_home,remark\n\
                H-01,2024-05-01,self,soon,1.2E+11,12,7,words\n";
    let (rows, _) = sdq(text);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].entered.total, Some(12));
    assert_eq!((rows[0].version, rows[0].impact_items.home), (None, None));
}

#[test]
fn rows_without_what_they_need_are_set_aside_and_counted() {
    let text = "child_id,date,informant,total\n\
                H-01,2024-05-01,self,12\n\
                ,2024-05-01,self,12\n\
                H-01,,teacher,12\n\
                H-01,2024-05-01,aunt,12\n\
                H-01,2026-05-01,self,12\n";
    let reading = reading(&[("sdq.csv", text)]);
    let table = &reading.study.sdq;
    assert_eq!(
        (table.n_read, table.rows.len(), table.n_set_aside),
        (5, 1, 4)
    );
    assert_eq!(
        rules(&reading),
        [
            "missing-required-value",
            "missing-required-value",
            "unknown-code",
            "date-in-future"
        ]
    );
}

#[test]
fn a_questionnaire_from_before_the_birth_is_set_aside() {
    let reading = reading(&[
        (
            "children.csv",
            "child_id,sex,date_of_birth\nH-01,female,2012-05-06\n",
        ),
        (
            "sdq.csv",
            "child_id,date,informant,total\nH-01,2012-05-05,parent_carer,12\n",
        ),
    ]);
    assert_eq!(rules(&reading), ["date-order"]);
    assert!(reading.findings[0].row_set_aside);
    assert_eq!(reading.study.sdq.n_set_aside, 1);
}

#[test]
fn a_table_coded_from_one_is_refused_only_where_it_must_be() {
    let with = |answers: &str| {
        let text = format!("child_id,date,informant,q1,q2,q3\nH-01,2024-05-01,self,{answers}\n");
        let (rows, rules) = sdq(&text);
        (rows.len(), rules)
    };
    assert_eq!(with("1,2,3"), (0, vec!["sdq-coded-from-one".to_owned()]));
    assert_eq!(with("1,,3"), (0, vec!["sdq-coded-from-one".to_owned()]));
    assert_eq!(with("1,2,2"), (1, vec![]));
    assert_eq!(with("0,2,3"), (1, vec!["sdq-outside-range".to_owned()]));
}

#[test]
fn forms_are_read_as_they_are_named() {
    let form = |form: &str| {
        let text =
            format!("child_id,date,informant,form,total\nH-01,2024-05-01,teacher,{form},9\n");
        sdq(&text).0[0].form
    };
    assert_eq!(form("2-4"), Some(SdqForm::Ages2To4));
    assert_eq!(form("T4-10"), Some(SdqForm::Ages4To17));
    assert_eq!(form("01/04/2017"), Some(SdqForm::Ages4To17));
    assert_eq!(form(""), None);
    assert_eq!(form("long"), None);
}

#[test]
fn the_headers_of_the_statutory_return_are_known() {
    let text = "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,\
                HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED\n\
                1001,01/06/2012,12,,0,,1,1,1,0,,\n\
                1002,02/06/2012,,SDQ3,0,,1,1,1,0,,\n";
    let (rows, rules) = oc2("903_2023_24_oc2.csv", text);
    assert_eq!(rules, ["oc2-year-taken"]);
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row.year, row.sdq_score, row.sdq_reason))
        .collect();
    assert_eq!(
        told,
        [
            (2024, Some(12), None),
            (2024, None, Some(SdqReason::Disability))
        ]
    );
    assert_eq!(rows[0].date_of_birth, Some(date(2012, 6, 1)));
    let (rows, _) = oc2("oc2.csv", text);
    assert_eq!(rows[0].year, 2025);
}

#[test]
fn scores_are_whole_numbers_from_0_to_40() {
    let score = |score: &str| {
        let (rows, rules) = oc2(
            "2025.csv",
            &format!("child_id,year,sdq_score\nA,2025,{score}\n"),
        );
        (rows[0].sdq_score, rules)
    };
    for (written, expected) in [("10", 10), ("40", 40), ("20.0", 20)] {
        assert_eq!(score(written), (Some(expected), vec![]), "{written}");
    }
    assert_eq!(score("0"), (Some(0), vec!["oc2-only-zeros".to_owned()]));
    for written in ["41", "39.5", "XX", "-1"] {
        assert_eq!(
            score(written),
            (None, vec!["oc2-180".to_owned()]),
            "{written}"
        );
    }
}

#[test]
fn of_a_score_and_a_reason_the_score_is_kept() {
    let (rows, rules) = oc2(
        "2025.csv",
        "child_id,year,sdq_score,sdq_reason\nA,2025,12,SDQ4\n",
    );
    assert_eq!((rows[0].sdq_score, rows[0].sdq_reason), (Some(12), None));
    assert_eq!(rules, ["oc2-197a"]);
}

#[test]
fn a_year_is_written_in_several_ways() {
    for year in [
        "2025",
        "2024-25",
        "2024/25",
        "2024-2025",
        "year to 31/03/2025",
    ] {
        let (rows, rules) = oc2("r.csv", &format!("child_id,year,sdq_score\nA,{year},12\n"));
        assert_eq!((rows[0].year, rules.len()), (2025, 0), "{year}");
    }
    let (rows, rules) = oc2("r.csv", "child_id,year,sdq_score\nA,last,12\nB,2027,12\n");
    assert_eq!(rows, []);
    assert_eq!(rules, ["date-unreadable", "date-in-future"]);
}

#[test]
fn dated_scores_of_the_standard_data_set_are_questionnaires() {
    let text = "csdq_table_id,csdq_person_id,csdq_sdq_score,csdq_sdq_completed_date,csdq_sdq_reason\n\
                1,H-01,12,2024-06-01,\n\
                2,H-01,14,1900-01-01,\n\
                3,H-02,,2023-06-01,SDQ2\n\
                4,H-99,15,2024-06-01,\n";
    let children = "child_id,sex\nH-01,female\nH-02,male\n";
    let reading = reading(&[("children.csv", children), ("ssd 2025.csv", text)]);
    let sdq = &reading.study.sdq;
    assert_eq!(sdq.rows.len(), 1);
    assert_eq!(sdq.rows[0].date, date(2024, 6, 1));
    assert_eq!(sdq.rows[0].informant, Informant::ParentCarer);
    assert_eq!(sdq.rows[0].entered.total, Some(12));
    assert_eq!((sdq.n_read, sdq.n_set_aside), (2, 1));
    let returns: Vec<_> = reading
        .study
        .oc2
        .rows
        .iter()
        .map(|row| {
            (
                row.child_id.as_str(),
                row.year,
                row.sdq_score,
                row.sdq_reason,
            )
        })
        .collect();
    assert_eq!(
        returns,
        [
            ("H-01", 2025, Some(14), None),
            ("H-02", 2024, None, Some(SdqReason::CarerRefused)),
        ]
    );
    assert_eq!(
        rules(&reading),
        [
            "oc2-year-taken",
            "oc2-placeholder-date",
            "oc2-other-children"
        ]
    );
}

/// The rules that the dates of one row break in the collection from April 2025 to March 2026.
fn broken(birth: &str, score: &str, reason: &str) -> Vec<String> {
    let settings = SETTINGS
        .replace("2024-04-01", "2025-04-01")
        .replace("2025-03-31", "2026-03-31");
    let folder = tempfile::tempdir().unwrap();
    let row = format!("A,2026,{birth},{score},{reason},yes\n");
    let header = "child_id,year,date_of_birth,sdq_score,sdq_reason,looked_after_12_months\n";
    fs::write(folder.path().join("study.toml"), settings).unwrap();
    fs::write(folder.path().join("oc2.csv"), format!("{header}{row}")).unwrap();
    rules(&read(folder.path()))
}

#[test]
fn the_sectors_rules_break_where_the_sector_says() {
    for (birth, score, reason, expected) in [
        ("2021-04-01", "", "", &["oc2-186", "oc2-197b"][..]),
        ("2022-03-31", "", "", &["oc2-197b"]),
        ("2022-04-01", "12", "", &["oc2-188"]),
        ("2009-04-01", "", "", &["oc2-186"]),
        ("2009-03-31", "", "", &["oc2-197b"]),
        ("2008-04-01", "12", "", &[]),
        ("2008-03-31", "12", "", &["oc2-189"]),
        ("2015-06-01", "", "SDQ1", &["oc2-157"]),
        ("2015-06-01", "12", "SDQ4", &["oc2-197a"]),
        ("2015-06-01", "", "sdq4", &["oc2-196-spelling"]),
        ("2015-06-01", "", "SDQ9", &["oc2-196"]),
        ("2015-06-01", "41", "", &["oc2-180"]),
        ("2015-06-01", "12", "", &[]),
    ] {
        assert_eq!(
            broken(birth, score, reason),
            expected,
            "{birth} {score} {reason}"
        );
    }
}

#[test]
fn answers_in_a_table_of_the_study_are_held_to_the_rules_of_the_return() {
    let header = "child_id,year,date_of_birth,sdq_score,looked_after_12_months,convicted,health_check,\
                  immunisations,teeth_check,health_assessment,substance_misuse,intervention_received,\
                  intervention_offered";
    for (row, expected) in [
        ("2012-06-01,12,yes,0,,1,1,1,0,,", &[][..]),
        ("2012-06-01,12,yes,0,,1,1,1,1,0,1", &[]),
        ("2012-06-01,12,yes,,,,,,,,", &[]),
        ("2012-06-01,12,yes,0,,1,1,1,1,1,0", &["903-158"]),
        ("2012-06-01,12,yes,0,,1,1,1,1,0,", &["903-159"]),
        ("2012-06-01,,no,0,,1,1,1,0,,", &["903-190"]),
        ("2012-06-01,12,yes,0,,,1,1,0,,", &["903-191"]),
        ("2012-06-01,12,yes,0,,1,1,1,1,,", &["903-192"]),
        ("2012-06-01,12,yes,0,,1,1,1,0,0,", &["903-193"]),
        ("2015-04-01,12,yes,0,,1,1,1,0,,", &["903-542"]),
        ("2015-03-31,12,yes,0,,1,1,1,0,,", &[]),
        ("2012-06-01,12,yes,1,,,1,1,0,,", &["903-191", "903-544"]),
        ("2020-04-01,12,yes,,,1,1,1,0,,", &["903-545"]),
        ("2020-03-31,12,yes,,,1,1,1,0,,", &[]),
        ("2020-03-31,12,yes,,1,1,1,1,0,,", &["903-546"]),
        ("2020-04-01,12,yes,,1,,1,1,0,,", &["903-191", "903-547"]),
    ] {
        let text = format!("{header}\nA,2025,{row}\n");
        let mut found = oc2("2025.csv", &text).1;
        found.sort();
        assert_eq!(found, expected, "{row}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rows_are_kept_or_counted_whatever_stands_in_them(
        cells in proptest::collection::vec(("[0-9A-Z-]{0,4}", "[0-9/-]{0,10}", "[a-z]{0,7}", "[0-9.x]{0,3}"), 0..12)
    ) {
        let mut text = "child_id,date,informant,item_1,item_2\n".to_owned();
        for (id, day, who, answer) in &cells {
            text.push_str(&format!("{id},{day},{who},{answer},1\n"));
        }
        let reading = reading(&[("sdq.csv", &text)]);
        let table = &reading.study.sdq;
        prop_assert_eq!(table.n_read, table.rows.len() + table.n_set_aside);
        prop_assert!(table.rows.iter().all(|row| row.items.iter().flatten().all(|item| *item <= 2)));
    }
}
