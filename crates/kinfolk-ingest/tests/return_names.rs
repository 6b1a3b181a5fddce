//! Tables of the return under an authority's own names, as `study.toml` gives them.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::fs;
use std::path::Path;

use common::{STUDY, read};
use kinfolk_ingest::{IngestError, ReadOptions, Reading, read_study};
use kinfolk_model::Severity;
use kinfolk_model::care::CareRecords;

const CHILDREN: &str = "child_id,start_date\n1201,2024-06-03\n";
const HEADER: &str = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1201,F,04/05/2012,WBRI,UN4,,\n";
const HEADERS: &str =
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN";
const ROWS: &str = "1201,02/05/2024,S,C2,N1,U4,PR1,09/12/2024,X1,CARPL,AA1 1AA,AA2 2BB,SC123456\n\
    1201,09/12/2024,P,C2,N1,U6,PR1,,,,AA1 1AA,AA3 3BB,SC123456\n";
/// What the study calls the two columns that the export calls otherwise.
const COLUMNS: &str = "[columns.episodes]\nCHILD = \"Person ID\"\ndecom = \"Episode start\"\n";

fn own_headers() -> String {
    HEADERS
        .replace("CHILD", "Person ID")
        .replace("DECOM", "episode start")
}

fn written(toml: &str, files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        fs::write(path, text).unwrap();
    };
    put("study.toml", &format!("{STUDY}{toml}"));
    put("children.csv", CHILDREN);
    put("returns/header.csv", HEADER);
    files.iter().for_each(|(path, text)| put(path, text));
    folder
}

fn study(toml: &str, files: &[(&str, &str)]) -> Reading {
    read(written(toml, files).path())
}

fn records(reading: &Reading) -> &CareRecords {
    &reading.study.care.records
}

/// Findings worth a look: the rule, and the file with its row and column. Studies here have one return, which
/// does not reach back.
fn told(reading: &Reading) -> Vec<(String, String)> {
    let grave = reading
        .findings
        .iter()
        .filter(|found| found.severity != Severity::Note && found.rule != "returns-short");
    grave
        .map(|found| {
            let row = found.place.row.map(|row| format!(" row {row}"));
            let place = format!("{}{}", found.place.file, row.unwrap_or_default());
            (found.rule.to_string(), place)
        })
        .collect()
}

fn usual() -> Reading {
    let episodes = format!("{HEADERS}\n{ROWS}");
    study("", &[("returns/episodes.csv", &episodes)])
}

/// A study with these files reads as one with the headers of the return does, without a word.
fn check_the_same(toml: &str, files: &[(&str, &str)]) {
    let reading = study(toml, files);
    assert_eq!(records(&reading), records(&usual()), "{toml}");
    assert_eq!(records(&reading).episodes.len(), 2);
    assert_eq!(told(&reading), [], "{toml}");
}

#[test]
fn headers_of_an_authoritys_own_are_those_of_the_return() {
    let own = format!("{}\n{ROWS}", own_headers());
    check_the_same(COLUMNS, &[("returns/export 17.csv", &own)]);
}

#[test]
fn a_file_given_to_a_table_is_that_table_whatever_its_name() {
    let own = format!("{}\n{ROWS}", own_headers());
    let toml = format!("[files]\nepisodes = \"returns/export.txt\"\n{COLUMNS}");
    check_the_same(&toml, &[("returns/export.txt", &own)]);
}

#[test]
fn without_names_such_a_file_is_no_return() {
    let own = format!("{}\n{ROWS}", own_headers());
    let reading = study("", &[("returns/export.csv", &own)]);
    assert_eq!(records(&reading).episodes.len(), 0);
    let rules: Vec<String> = told(&reading).into_iter().map(|(rule, _)| rule).collect();
    assert!(rules.iter().any(|rule| rule != "903-empty"), "{rules:?}");
}

#[test]
fn a_file_given_to_a_table_may_lack_the_headers_that_tell_it() {
    let headers = HEADERS.replace("REC", "Why it ended");
    let text = format!("{headers}\n{ROWS}");
    let toml = "[files]\nepisodes = \"export.csv\"\n";
    let reading = study(toml, &[("export.csv", &text)]);
    assert_eq!(records(&reading).episodes.len(), 2);
    let column = ("903-column".to_owned(), "export.csv".to_owned());
    assert!(told(&reading).contains(&column), "{:?}", told(&reading));
}

#[test]
fn a_file_given_to_a_table_must_say_whose_its_rows_are() {
    let toml = "[files]\nepisodes = \"export.csv\"\n";
    let reading = study(toml, &[("export.csv", "a,b\n1,2\n")]);
    let unknown = ("903-table".to_owned(), "export.csv".to_owned());
    assert!(told(&reading).contains(&unknown), "{:?}", told(&reading));
}

#[test]
fn faults_are_told_of_under_the_headers_of_the_file() {
    let text = format!("{}\n{ROWS},,,\n", own_headers())
        .replace("09/12/2024,P", "soon,P")
        .replace(",,,\n", "");
    let reading = study(COLUMNS, &[("export.csv", &text)]);
    let found = reading
        .findings
        .iter()
        .find(|found| found.rule == "903-141");
    let place = &found.unwrap().place;
    assert_eq!(place.header.as_deref(), Some("episode start"));
    assert_eq!((place.row, place.column), (Some(3), Some(2)));
}

#[test]
fn the_named_header_goes_before_the_columns_own() {
    // The export has a DECOM of its own, which is the start of care and not of the episode.
    let headers = format!("{HEADERS},Episode start");
    let rows = ROWS
        .replace(",SC123456\n", ",SC123456,START\n")
        .replacen("START", "02/05/2024", 1)
        .replacen("START", "09/12/2024", 1)
        .replace("1201,09/12/2024,P", "1201,02/05/2024,P");
    let text = format!("{headers}\n{rows}");
    let toml = "[columns.episodes]\nDECOM = \"Episode start\"\n";
    check_the_same(toml, &[("returns/episodes.csv", &text)]);
}

#[test]
fn names_of_nothing_are_told_of() {
    let check = |toml: &str, rule: &str| {
        let episodes = format!("{HEADERS}\n{ROWS}");
        let reading = study(toml, &[("returns/episodes.csv", &episodes)]);
        let expected = (rule.to_owned(), "study.toml row 15".to_owned());
        assert_eq!(told(&reading), [expected], "{toml}");
        assert_eq!(records(&reading).episodes.len(), 2);
    };
    check(
        "[columns.episodes]\nDECOM = \"Begins\"\n",
        "mapped-column-missing",
    );
    check(
        "[columns.missing]\nMIS_START = \"Went\"\n",
        "mapped-column-missing",
    );
    check("[files]\nepisodes = \"gone.csv\"\n", "file-missing");
}

#[test]
fn tables_and_columns_that_do_not_exist_are_refused_with_the_nearest_name() {
    let check = |toml: &str, expected: &str| {
        let folder = written(toml, &[]);
        let options = ReadOptions {
            today: jiff::civil::date(2025, 4, 30),
        };
        let error = read_study(folder.path(), &options).unwrap_err();
        let IngestError::Settings { problems, .. } = error else {
            unreachable!("{error}")
        };
        let said = format!("{} {:?}", problems[0].message, problems[0].help);
        assert!(said.contains(expected), "{said}");
    };
    check("[files]\nepisods = \"a.csv\"\n", "episodes");
    check("[columns.episodes]\nDECON = \"a\"\n", "DECOM");
}
