//! The same returns as a CSV set and in their XML form: the same figures.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use jiff::civil::date;
use kinfolk::model::Key;
use kinfolk::prelude::*;

const STUDY: &str = "\
[study]
title = \"A study with returns\"
authority = \"Hartwell\"
country = \"England\"
period = { start = 2023-04-01, end = 2025-03-31 }
";
const CHILDREN: &str = "child_id,start_date,date_of_birth,care_start\n\
    01,2024-02-05,2012-05-04,2020-05-02\n02,2024-01-10,2010-09-14,2021-06-11\n\
    03,2024-03-01,2013-01-20,2019-02-03\n05,2024-02-12,2011-11-30,2020-07-07\n";
const YEARS: [i16; 2] = [2024, 2025];
const EPISODES: &str =
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN";
const OC2: &str = "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,\
SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED";
/// Child, date of birth, first day in care.
const IN_CARE: [(&str, &str, &str); 6] = [
    ("01", "04/05/2012", "02/05/2020"),
    ("02", "14/09/2010", "11/06/2021"),
    ("03", "20/01/2013", "03/02/2019"),
    ("04", "09/08/2022", "01/10/2022"),
    ("05", "30/11/2011", "07/07/2020"),
    ("06", "17/03/2009", "22/02/2018"),
];
/// What the outcomes table of each year says, behind the date of birth.
const ANSWERS: [[&str; 2]; 6] = [
    ["18,,0,,1,1,1,0,,", "14,,0,,1,1,1,0,,"],
    ["22,,0,,1,0,1,1,0,1", "19,,1,,1,1,1,1,1,"],
    ["9,,0,,,1,0,0,,", "11,,0,,1,1,1,0,,"],
    [",,,1,1,0,1,0,,", ",,,0,1,1,1,0,,"],
    [",SDQ2,0,,0,1,1,0,,", "25,,0,,0,1,1,0,,"],
    ["16,,0,,1,1,1,1,0,0", ",SDQ5,1,,1,,1,1,,"],
];

/// A table: its name, its headers and its rows.
struct Rows(&'static str, &'static str, Vec<String>);

/// The tables of the return for a year, by its place among the years.
fn tables(at: usize) -> [Rows; 3] {
    let rows = |row: &dyn Fn(usize) -> String| (0..IN_CARE.len()).map(row).collect();
    [
        Rows(
            "header",
            "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
            rows(&|child| {
                let (id, born, _) = IN_CARE[child];
                format!("{id},1,{born},WBRI,UN4,,")
            }),
        ),
        Rows("episodes", EPISODES, episodes(at)),
        Rows(
            "oc2",
            OC2,
            rows(&|child| {
                let (id, born, _) = IN_CARE[child];
                format!("{id},{born},{}", ANSWERS[child][at])
            }),
        ),
    ]
}

/// The first child moves in each year; the dates say which year that is.
fn episodes(at: usize) -> Vec<String> {
    const HOME: &str = "AA1 1AA,AA2 2BB,SC123456";
    let moved = ["10/06/2023", "12/09/2024"];
    let (id, _, start) = IN_CARE[0];
    let (start, new) = [(start, "S"), (moved[0], "P")][at];
    let end = moved[at];
    let mut rows = vec![
        format!("{id},{start},{new},C2,N1,U4,PR1,{end},X1,CARPL,{HOME}"),
        format!("{id},{end},P,C2,N1,U6,PR1,,,,{HOME}"),
    ];
    let others = IN_CARE[1..].iter();
    rows.extend(others.map(|(id, _, start)| format!("{id},{start},S,C2,N1,U4,PR1,,,,{HOME}")));
    rows
}

/// The fields of a row as elements, under the names of the XML form.
fn elements(headers: &str, row: &str, passed_over: &[&str]) -> String {
    let fields = headers.split(',').zip(row.split(','));
    let fields = fields.filter(|(name, _)| !passed_over.contains(name));
    fields.fold(String::new(), |mut text, (name, value)| {
        let element = match name {
            "CHILD" => "CHILDID",
            "PLACE" => "PL",
            other => other,
        };
        writeln!(text, "<{element}>{value}</{element}>").unwrap();
        text
    })
}

fn xml(at: usize) -> String {
    let [header, episodes, oc2] = tables(at);
    let mut text = "<?xml version=\"1.0\"?>\n<EXPSSDA903>\n".to_owned();
    for (child, (id, _, _)) in IN_CARE.iter().enumerate() {
        let header = elements(header.1, &header.2[child], &[]);
        let oc2 = elements(oc2.1, &oc2.2[child], &["CHILD", "DOB"]);
        write!(
            text,
            "<CHILD>\n<HEADER>\n{header}<OC2>\n{oc2}</OC2>\n</HEADER>\n"
        )
        .unwrap();
        for row in episodes.2.iter().filter(|row| row.starts_with(id)) {
            let episode = elements(episodes.1, row, &["CHILD"]);
            write!(text, "<EPISODE>\n{episode}</EPISODE>\n").unwrap();
        }
        text += "</CHILD>\n";
    }
    text + "</EXPSSDA903>\n"
}

fn write_csv(folder: &Path) {
    for (at, year) in YEARS.iter().enumerate() {
        for Rows(name, headers, rows) in tables(at) {
            let text = format!("{headers}\n{}\n", rows.join("\n"));
            fs::write(folder.join(format!("{name} {year}.csv")), text).unwrap();
        }
    }
}

fn write_xml(folder: &Path) {
    for (at, year) in YEARS.iter().enumerate() {
        fs::write(folder.join(format!("return {year}.xml")), xml(at)).unwrap();
    }
}

/// Every estimate of a study with such returns. Rows are counted by table and file, which differ.
fn estimates(write: fn(&Path)) -> BTreeMap<Key, Estimate> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("study.toml"), STUDY).unwrap();
    fs::write(folder.path().join("children.csv"), CHILDREN).unwrap();
    write(folder.path());
    let options = ReadOptions {
        today: date(2025, 4, 30),
    };
    let opened = kinfolk::open(folder.path(), &options).unwrap();
    let records = kinfolk::analyse(&opened).records.into_iter();
    records
        .filter(|record| !record.measure.starts_with("quality."))
        .map(|record| (record.key(), record))
        .collect()
}

#[test]
fn the_xml_form_gives_what_the_csv_set_gives() {
    let (csv, xml) = (estimates(write_csv), estimates(write_xml));
    for (key, estimate) in &csv {
        assert_eq!(Some(estimate), xml.get(key), "{key:?}");
    }
    assert_eq!(csv.len(), xml.len());
    // Both families of figures that rest on yearly outcomes are there, and rest on somebody.
    let has = |family: &str| {
        let of_family = csv.values().filter(|r| r.measure.starts_with(family));
        of_family.filter(|r| r.denominator > Some(0)).count() > 0
    };
    assert!(has("sdq.") && has("yearly."));
}
