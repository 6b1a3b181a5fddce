//! Returns inside a study folder.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::fs;
use std::path::Path;

use common::{STUDY, read};
use kinfolk_ingest::Reading;
use kinfolk_model::care::{CountedReasons, ShortBreakStarts, TemporaryPlacements};
use kinfolk_model::{Severity, Study};

const CHILDREN: &str = "child_id,start_date\n1201,2024-06-03\nA7,2024-07-01\n";
const HEADER: &str = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n\
    1201,F,04/05/2012,WBRI,UN4,,\n1203,M,14/09/2010,WBRI,UN4,,\n";
const EPISODES: &str = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n\
    1201,02/05/2024,S,C2,N1,U4,PR1,09/12/2024,X1,CARPL,AA1 1AA,AA2 2BB,SC123456\n\
    1201,09/12/2024,P,C2,N1,U6,PR1,,,,AA1 1AA,AA3 3BB,SC123456\n\
    1203,11/06/2024,S,C2,N1,K2,PR1,,,,AA1 1AA,AA4 4BB,SC123456\n";

/// Reads a study of these files; `study.toml` and the children are there unless named.
fn study(files: &[(&str, &str)]) -> Reading {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        fs::write(path, text).unwrap();
    };
    put("study.toml", STUDY);
    put("children.csv", CHILDREN);
    files.iter().for_each(|(path, text)| put(path, text));
    read(folder.path())
}

/// Tables of the return, each with rows read and rows set aside.
fn tables(study: &Study) -> Vec<(&str, u64, u64)> {
    let tables = study.care.tables.iter();
    tables
        .map(|table| (table.name.as_str(), table.n_read, table.n_set_aside))
        .collect()
}

/// Rules broken, notes apart. Studies here have one return, which does not reach back.
fn rules(reading: &Reading) -> Vec<&str> {
    let grave = reading
        .findings
        .iter()
        .filter(|f| f.severity != Severity::Note && f.rule != "returns-short");
    grave.map(|finding| finding.rule.as_ref()).collect()
}

#[test]
fn tables_of_the_return_are_known_wherever_they_stand() {
    for (header, episodes) in [
        ("header.csv", "episodes.csv"),
        ("returns/2024-25/a.csv", "returns/2024-25/b.csv"),
        ("x/y/z/one.txt", "x/y/z/two.tsv"),
    ] {
        let reading = study(&[(header, HEADER), (episodes, EPISODES)]);
        assert_eq!(
            tables(&reading.study),
            [("header", 2, 0), ("episodes", 3, 0)],
            "{header}"
        );
        assert_eq!(reading.study.care.records.episodes.len(), 3);
        assert_eq!(reading.study.children.rows.len(), 2);
        assert_eq!(
            rules(&reading),
            Vec::<&str>::new(),
            "{:#?}",
            reading.findings
        );
        let paths: Vec<&str> = reading
            .inputs
            .iter()
            .map(|input| input.path.as_str())
            .collect();
        assert!(
            paths.contains(&header) && paths.contains(&episodes),
            "{paths:?}"
        );
    }
}

#[test]
fn a_study_without_returns_has_none() {
    let reading = study(&[]);
    assert!(!reading.study.care.is_present());
    assert!(reading.findings.is_empty(), "{:#?}", reading.findings);
}

#[test]
fn rows_in_are_rows_used_and_rows_set_aside() {
    let bad =
        format!("{EPISODES},01/05/2024,S,C2,N1,U4,PR1,,,,,,\n1204,soon,S,C2,N1,U4,PR1,,,,,,\n");
    let reading = study(&[("header.csv", HEADER), ("episodes.csv", &bad)]);
    assert_eq!(
        tables(&reading.study),
        [("header", 2, 0), ("episodes", 5, 2)]
    );
    assert_eq!(reading.study.care.records.episodes.len(), 3);
    let set_aside = reading.findings.iter().filter(|f| f.row_set_aside);
    let rows: Vec<_> = set_aside
        .map(|f| (f.place.file.as_str(), f.place.row))
        .collect();
    assert_eq!(rows, [("episodes.csv", Some(5)), ("episodes.csv", Some(6))]);
}

#[test]
fn a_list_of_children_that_says_more_is_a_practice_summary() {
    let summary = "CHILD,SEX,DOB,ETHNIC,start_date\n1201,F,04/05/2012,white,2024-06-03\n";
    let toml = format!("{STUDY}[columns.children]\nchild_id = \"CHILD\"\n");
    let reading = study(&[
        ("study.toml", &toml),
        ("children.csv", summary),
        ("episodes.csv", EPISODES),
    ]);
    assert_eq!(reading.study.children.rows.len(), 1);
    assert_eq!(tables(&reading.study), [("episodes", 3, 0)]);
}

#[test]
fn what_the_study_file_gives_to_a_table_is_that_table() {
    let toml = format!(
        "{STUDY}[files]\nchildren = \"list.csv\"\n[columns.children]\nchild_id = \"CHILD\"\n"
    );
    let reading = study(&[
        ("study.toml", &toml),
        ("children.csv", EPISODES),
        (
            "list.csv",
            "CHILD,SEX,DOB,ETHNIC\n1201,female,2012-05-04,white\n",
        ),
    ]);
    assert_eq!(reading.study.children.rows.len(), 1);
    assert_eq!(tables(&reading.study), [("episodes", 3, 0)]);
}

#[test]
fn yearly_outcomes_stay_a_table_of_the_study() {
    let oc2 = "CHILD,DOB,SDQ_SCORE,SDQ_REASON\n1201,04/05/2012,12,\n";
    let reading = study(&[("oc2 2024-25.csv", oc2), ("episodes.csv", EPISODES)]);
    assert_eq!(reading.study.oc2.rows.len(), 1);
    assert_eq!(tables(&reading.study), [("episodes", 3, 0)]);
}

#[test]
fn options_are_read_and_named_where_they_are_not_written() {
    let returns = [("header.csv", HEADER), ("episodes.csv", EPISODES)];
    let defaulted = |reading: &Reading| {
        let findings = reading.findings.iter();
        findings.filter(|f| f.rule == "option-defaulted").count()
    };
    let reading = study(&returns);
    assert_eq!(defaulted(&reading), 4);
    assert_eq!(
        reading.study.settings.care_day(),
        reading.study.settings.period.end
    );
    let toml = format!(
        "{STUDY}placement_moves = \"spbtu\"\ntemporary_placements = \"count\"\n\
         short_break_starts = \"counted\"\nplacements_on = 2024-12-31\n"
    );
    let reading = study(&[("study.toml", &toml), returns[0], returns[1]]);
    assert_eq!(defaulted(&reading), 0);
    let care = &reading.study.settings.care;
    assert_eq!(care.moves, CountedReasons::Spbtu);
    assert_eq!(care.temporary, TemporaryPlacements::Count);
    assert_eq!(care.short_break_starts, ShortBreakStarts::Counted);
    assert_eq!(care.on, Some(jiff::civil::date(2024, 12, 31)));
}

#[test]
fn official_statistics_that_are_missing_or_no_such_table_are_told_of() {
    let toml = format!(
        "{STUDY}[published]\nstatistics = [\"gone.csv\", \"wrong.csv\"]\nrelease = \"2025\"\n"
    );
    let reading = study(&[
        ("study.toml", &toml),
        ("wrong.csv", "a,b\n1,2\n"),
        ("episodes.csv", EPISODES),
        ("header.csv", HEADER),
    ]);
    assert_eq!(rules(&reading), ["file-missing", "file-not-what-it-says"]);
    assert_eq!(reading.study.published, Some(Default::default()));
}

#[test]
fn a_file_that_is_no_return_costs_nothing_else() {
    let reading = study(&[
        ("header.csv", HEADER),
        ("episodes.csv", EPISODES),
        ("other.xml", "<a><b/></a>"),
    ]);
    assert_eq!(rules(&reading), ["903-table"]);
    assert_eq!(reading.study.care.records.episodes.len(), 3);
}

const OC2: &str = "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED\n\
    1201,04/05/2012,17,,0,,1,1,1,0,,\n1203,14/09/2010,,SDQ2,0,,1,0,1,1,0,1\n";

/// The same return as one XML form.
fn xml_form() -> String {
    let child = |id: &str, sex: &str, born: &str, oc2: &str, episodes: &[&str]| {
        let oc2: String = OC2
            .lines()
            .next()
            .unwrap()
            .split(',')
            .zip(oc2.split(','))
            .skip(2)
            .map(|(name, value)| format!("<{name}>{value}</{name}>"))
            .collect();
        let episodes: String = episodes.iter().map(|row| xml_episode(row)).collect();
        format!(
            "<CHILD><HEADER><CHILDID>{id}</CHILDID><UPN>UN4</UPN><SEX>{sex}</SEX><DOB>{born}</DOB>\
             <ETHNIC>WBRI</ETHNIC><OC2>{oc2}</OC2></HEADER>{episodes}</CHILD>\n"
        )
    };
    let episodes: Vec<&str> = EPISODES.lines().skip(1).collect();
    let answers: Vec<&str> = OC2.lines().skip(1).collect();
    format!(
        "<?xml version=\"1.0\"?>\n<EXPSSDA903>\n{}{}</EXPSSDA903>",
        child("1201", "F", "04/05/2012", answers[0], &episodes[..2]),
        child("1203", "M", "14/09/2010", answers[1], &episodes[2..])
    )
}

fn xml_episode(row: &str) -> String {
    let names = EPISODES.lines().next().unwrap().split(',');
    let fields = names.zip(row.split(',')).skip(1).map(|(name, value)| {
        let name = if name == "PLACE" { "PL" } else { name };
        format!("<{name}>{value}</{name}>")
    });
    format!("<EPISODE>{}</EPISODE>", fields.collect::<String>())
}

#[test]
fn yearly_outcomes_are_the_same_from_a_table_and_from_the_xml_form() {
    let form = xml_form();
    let from_xml = study(&[("return 2024-25.xml", &form)]).study;
    let from_tables = study(&[
        ("returns/2024-25/header.csv", HEADER),
        ("returns/2024-25/episodes.csv", EPISODES),
        ("returns/2024-25/oc2.csv", OC2),
    ])
    .study;
    assert_eq!(from_xml.oc2.rows, from_tables.oc2.rows);
    assert_eq!(from_xml.oc2.n_read, 2);
    assert_eq!(from_xml.oc2.rows[0].sdq_score, Some(17));
    assert_eq!(from_xml.oc2.rows[0].year, 2025);
    let yearly = &from_xml.care.records.yearly;
    assert_eq!(*yearly, from_tables.care.records.yearly);
    assert_eq!(yearly.len(), 2);
    assert_eq!(yearly[1].answers.intervention_offered, Some(true));
    assert_eq!(
        from_xml.care.records.episodes,
        from_tables.care.records.episodes
    );
}

#[test]
fn a_row_of_the_form_that_a_table_holds_too_is_set_aside_and_told() {
    let form = xml_form();
    let only_one: String = OC2
        .lines()
        .take(2)
        .map(|line| format!("{line}\n"))
        .collect();
    let reading = study(&[("return 2024-25.xml", &form), ("oc2 2025.csv", &only_one)]);
    let oc2 = &reading.study.oc2;
    assert_eq!((oc2.n_read, oc2.n_set_aside, oc2.rows.len()), (3, 1, 2));
    assert!(rules(&reading).contains(&"duplicate-row"));
    assert_eq!(reading.study.care.records.yearly.len(), 2);
}

/// Who breaks 903-191-row, of two children in care since 2 May 2023 of whom the programme has one.
fn without_yearly_row(outcomes: &str) -> Vec<String> {
    let long = "1201,02/05/2023,S,C2,N1,U4,PR1,,,,AA1 1AA,AA2 2BB,SC123456\n\
        1203,02/05/2023,S,C2,N1,K2,PR1,,,,AA1 1AA,AA4 4BB,SC123456\n";
    let header = EPISODES.lines().next().unwrap();
    let episodes = format!("{header}\n{long}");
    let reading = study(&[
        ("header.csv", HEADER),
        ("2024/episodes.csv", &episodes),
        ("2025/episodes.csv", &episodes),
        ("oc2.csv", outcomes),
    ]);
    let missing = reading.findings.iter().filter(|f| f.rule == "903-191-row");
    let told = missing.map(|f| {
        let child = f.child_id.as_ref().unwrap();
        format!("{child} {} {}", f.place.file, f.message)
    });
    told.collect()
}

#[test]
fn a_child_of_the_programme_who_is_due_yearly_outcomes_and_has_no_row_is_told() {
    let header = "child_id,year,date_of_birth,sdq_score,convicted,immunisations,teeth_check,\
                  health_assessment,substance_misuse";
    let whole = "2025,2010-09-14,12,0,1,1,1,0";
    let told = ["1201 oc2.csv no row for the year that ended on 31 March 2025"];
    // The other child in care may be left out; the year before, nobody was due one.
    let other = format!("{header}\n1203,{whole}\nA7,{whole}\n");
    assert_eq!(without_yearly_row(&other), told);
    let own = format!("{header}\n1201,{whole}\n");
    assert_eq!(without_yearly_row(&own), [""; 0]);
    let earlier = format!("{header}\nA7,2024,2010-09-14,12,0,1,1,1,0\n");
    assert_eq!(without_yearly_row(&earlier), [""; 0]);
    // A sheet of scores, and a year without a return, ask nothing.
    let scores = format!("{header}\nA7,2025,2010-09-14,12,,,,,\n");
    assert_eq!(without_yearly_row(&scores), [""; 0]);
    let unknown = format!("{header}\nA7,2026,2010-09-14,12,0,1,1,1,0\n");
    assert_eq!(without_yearly_row(&unknown), [""; 0]);
}
