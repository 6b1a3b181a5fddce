//! Whole folders: what stands between a study and its reading.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use common::{places, read};
use jiff::civil::date;
use kinfolk_ingest::{IngestError, ReadOptions, Reading, read_study, read_study_watched};
use kinfolk_model::{Answer, Arm, CohortValue, CompetingEnd, SectionName, Study};
use proptest::prelude::*;
use tempfile::TempDir;

const SETTINGS: &str = include_str!("rules/study.toml");
const CHILDREN: &str = "child_id,sex,referral_date\nH-01,female,2024-05-01\nH-02,male,2024-05-02\n";

/// A study folder with these files beside the common `study.toml`.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("study.toml"), SETTINGS).unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn reading(files: &[(&str, &[u8])]) -> Reading {
    read(folder(files).path())
}

/// The study in a folder that has nothing to report.
fn clean(files: &[(&str, &[u8])]) -> Study {
    let Reading {
        study, findings, ..
    } = reading(files);
    assert_eq!(
        findings,
        [],
        "{:?}",
        files.iter().map(|f| f.0).collect::<Vec<_>>()
    );
    study
}

fn rules(files: &[(&str, &[u8])]) -> Vec<String> {
    let findings = reading(files).findings;
    findings
        .iter()
        .map(|finding| finding.rule.to_string())
        .collect()
}

#[test]
fn what_leaves_nothing_to_read_is_an_error() {
    let options = ReadOptions {
        today: date(2025, 4, 30),
    };
    let error = |path: &Path| read_study(path, &options).unwrap_err();
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(error(empty.path()), IngestError::NoStudyFile(_)));
    assert!(matches!(
        error(&empty.path().join("none")),
        IngestError::FolderMissing(_)
    ));
    let file = empty.path().join("study.toml");
    fs::write(&file, "[study]\nperiod = 1\n").unwrap();
    assert!(matches!(error(&file), IngestError::NotAFolder(_)));
    let IngestError::Settings { problems, .. } = error(empty.path()) else {
        panic!("settings that cannot be used were used");
    };
    assert_eq!((problems[0].line, problems[0].column), (2, 10));
    fs::write(&file, b"PK\x03\x04").unwrap();
    assert!(matches!(error(empty.path()), IngestError::Settings { .. }));
}

#[test]
fn a_table_is_the_same_in_every_dress() {
    let expected = clean(&[("children.csv", CHILDREN.as_bytes())])
        .children
        .rows;
    let utf_16: Vec<u8> = format!("\u{feff}{CHILDREN}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let dresses: [(&str, Vec<u8>); 10] = [
        ("bom.csv", format!("\u{feff}{CHILDREN}").into_bytes()),
        ("utf16.csv", utf_16),
        ("semicolons.csv", CHILDREN.replace(',', ";").into_bytes()),
        ("tabs.tsv", CHILDREN.replace(',', "\t").into_bytes()),
        ("windows.txt", CHILDREN.replace('\n', "\r\n").into_bytes()),
        (
            "headers.CSV",
            CHILDREN
                .replace("child_id", " Child-ID ")
                .replace("sex", "GENDER")
                .replace("referral_date", "Date of Referral (dd/mm/yyyy)")
                .into_bytes(),
        ),
        (
            "dates.csv",
            CHILDREN
                .replace("2024-05-0", "0")
                .replace("01\nH", "01/05/2024\nH")
                .replace("02\n", "02/05/2024\n")
                .into_bytes(),
        ),
        (
            "title.csv",
            format!("Hartwell 2024-25\n\n{CHILDREN}").into_bytes(),
        ),
        (
            "blank rows.csv",
            CHILDREN.replace('\n', "\n,,\n\n").into_bytes(),
        ),
        (
            "quoted.csv",
            CHILDREN.replace("female", "\" female\n\"").into_bytes(),
        ),
    ];
    for (name, bytes) in &dresses {
        assert_eq!(clean(&[(name, bytes)]).children.rows, expected, "{name}");
    }
}

#[test]
fn columns_may_stand_in_any_order() {
    let expected = clean(&[("a.csv", CHILDREN.as_bytes())]).children.rows;
    let turned = "referral_date,child_id,sex\n2024-05-01,H-01,female\n2024-05-02,H-02,male\n";
    assert_eq!(
        clean(&[("a.csv", turned.as_bytes())]).children.rows,
        expected
    );
}

#[test]
fn several_files_of_one_table_are_joined_in_the_order_of_their_paths() {
    let more = "child_id,sex,referral_date\nH-00,male,2024-06-01\n";
    let study = clean(&[
        ("b/children.csv", CHILDREN.as_bytes()),
        ("a/children.csv", more.as_bytes()),
    ]);
    let ids: Vec<&str> = study
        .children
        .rows
        .iter()
        .map(|row| row.child_id.as_str())
        .collect();
    assert_eq!(ids, ["H-00", "H-01", "H-02"]);
    assert_eq!(study.children.n_read, 3);
    assert_eq!(study.children.sources, ["a/children.csv", "b/children.csv"]);
}

#[test]
fn a_wide_questionnaire_says_what_a_long_one_says() {
    let long = "response_id,respondent,statement,answer\n\
                R1,child,kept_informed,5\nR1,child,plan_clear,4\nR1,child,felt_safe,yes\n\
                R2,network,plan_clear,3\n";
    let wide = "Response ID,Respondent,I was kept informed and heard,The plan is clear,Felt safe\n\
                R1,child,5,4,yes\nR2,network member,,3,\n";
    let long = clean(&[("q.csv", long.as_bytes())]).questionnaires;
    let wide = clean(&[("q.csv", wide.as_bytes())]).questionnaires;
    assert_eq!(long.rows, wide.rows);
    assert_eq!((long.n_read, wide.n_read), (4, 4));
    assert_eq!(wide.rows[2].answer, Answer::Yes);
}

#[test]
fn statements_are_known_by_their_own_words() {
    let settings = format!("{SETTINGS}\n[statements]\nfelt_safe = \"I felt safe here\"\n");
    let rows = "response_id,respondent,statement,answer\nR1,child,I felt safe here,5\n";
    let study = clean(&[
        ("study.toml", settings.as_bytes()),
        ("q.csv", rows.as_bytes()),
    ]);
    assert_eq!(study.questionnaires.rows[0].statement, "felt_safe");
}

#[test]
fn study_toml_may_name_files_sheets_and_columns() {
    let settings = format!(
        "{SETTINGS}\n[files]\nchildren = \"extract.csv\"\n[columns.children]\nchild_id = \"Mosaic no.\"\n"
    );
    let rows = "Mosaic no.,worker,team,area,grade,band\nH-01,A,B,C,D,E\n";
    let files: [(&str, &[u8]); 2] = [
        ("study.toml", settings.as_bytes()),
        ("extract.csv", rows.as_bytes()),
    ];
    let reading = reading(&files);
    assert_eq!(reading.study.children.rows[0].child_id.as_str(), "H-01");
    assert_eq!(places(&reading.findings), ["extract.csv row 1"]);
    assert_eq!(reading.findings[0].rule, "steps-missing");
}

#[test]
fn words_and_voices_are_read() {
    let voices = include_str!("rules/consent-missing/voices.toml").replace("= false", "= true");
    let study = clean(&[
        ("children.csv", CHILDREN.as_bytes()),
        ("voices.toml", voices.as_bytes()),
        ("words/summary.md", b"We are proud of this year.\n"),
        ("words/practice.md", b"\n"),
    ]);
    assert_eq!(study.words.len(), 1);
    assert_eq!(study.words[0].section, SectionName::Summary);
    assert_eq!(study.voices.quotes[0].speaker, "Young person, 14");
    assert_eq!(study.voices.stories[0].title, "A letter");
}

#[test]
fn nothing_without_consent_is_held_and_no_finding_repeats_it() {
    let voices = include_str!("rules/consent-missing/voices.toml");
    let reading = reading(&[
        ("children.csv", CHILDREN.as_bytes()),
        ("voices.toml", voices.as_bytes()),
    ]);
    assert_eq!(reading.study.voices.quotes.len(), 0);
    assert_eq!(reading.study.voices.stories.len(), 1);
    assert!(!format!("{:?}", reading.findings).contains("I know who"));
}

#[test]
fn what_is_no_part_of_the_study_is_passed_over() {
    let files: [(&str, &[u8]); 6] = [
        ("children.csv", CHILDREN.as_bytes()),
        ("~$children.xlsx", b"lock"),
        (".hidden.csv", b"a,b\n"),
        ("README.csv", b"a,b\n"),
        ("other study/study.toml", SETTINGS.as_bytes()),
        ("demo-report/manifest.json", b"{}"),
    ];
    let reading = reading(&files);
    assert_eq!(places(&reading.findings), ["other study"]);
    let paths: Vec<&str> = reading
        .inputs
        .iter()
        .map(|input| input.path.as_str())
        .collect();
    assert_eq!(paths, ["children.csv", "study.toml"]);
    assert_eq!(reading.inputs[0].bytes, CHILDREN.len() as u64);
}

#[test]
fn a_benchmark_is_an_input() {
    let settings = format!("{SETTINGS}\n[benchmark]\nestimates = \"national.json\"\n");
    let files: [(&str, &[u8]); 3] = [
        ("study.toml", settings.as_bytes()),
        ("children.csv", CHILDREN.as_bytes()),
        ("national.json", b"{}"),
    ];
    let found = reading(&files);
    assert_eq!(found.findings, []);
    assert!(
        found
            .inputs
            .iter()
            .any(|input| input.path == "national.json")
    );
    assert_eq!(rules(&files[..2]), ["file-missing"]);
}

#[test]
fn authorities_come_from_the_tables_where_study_toml_names_none() {
    let settings = SETTINGS.replace("authority = \"Hartwell\"\n", "");
    let rows = "child_id,authority,sex\nN-1,Northmoor,male\nH-1,Hartwell,male\nH-2,Hartwell,male\n";
    let files: [(&str, &[u8]); 2] = [
        ("study.toml", settings.as_bytes()),
        ("children.csv", rows.as_bytes()),
    ];
    assert_eq!(
        clean(&files).settings.authorities,
        ["Hartwell", "Northmoor"]
    );
}

#[test]
fn a_table_is_no_less_whole_for_a_row_set_aside() {
    let rows = format!("{CHILDREN},male,2024-05-03\nH-04,male,2024-05-04\n");
    let children = reading(&[("children.csv", rows.as_bytes())]).study.children;
    assert_eq!(
        (children.n_read, children.n_set_aside, children.rows.len()),
        (4, 1, 3)
    );
}

#[test]
fn a_child_set_aside_leaves_no_orphans() {
    let rows = "child_id,sex,referral_date,start_date\nH-01,male,2024-05-01,2024-04-01\n";
    let objectives = "child_id,category,status\nH-01,father,met\n";
    let files: [(&str, &[u8]); 2] = [
        ("children.csv", rows.as_bytes()),
        ("objectives.csv", objectives.as_bytes()),
    ];
    assert_eq!(rules(&files), ["date-order"]);
}

#[test]
fn orphans_are_told_once_where_no_identifier_matches() {
    let objectives = "child_id,category,status\n1,father,met\n2,father,met\n3,father,met\n";
    let files: [(&str, &[u8]); 2] = [
        ("children.csv", CHILDREN.as_bytes()),
        ("objectives.csv", objectives.as_bytes()),
    ];
    let reading = reading(&files);
    assert_eq!(places(&reading.findings), ["objectives.csv A2"]);
    assert_eq!(reading.study.objectives.rows.len(), 3);
}

#[test]
fn objectives_without_identifiers_may_be_alike() {
    let objectives = "child_id,category,status\nH-01,father,met\nH-01,father,met\n";
    let files: [(&str, &[u8]); 2] = [
        ("children.csv", CHILDREN.as_bytes()),
        ("objectives.csv", objectives.as_bytes()),
    ];
    assert_eq!(clean(&files).objectives.rows.len(), 2);
}

#[test]
fn other_tables_are_not_taken_for_ours() {
    for rows in [
        "worker,room,kind,end_date\nA,12,meeting,2024-05-02\n",
        "child_id,arm_length,friend\nH-01,54,Jo\n",
        "date,worker,hours\n2024-05-01,A,7\n",
    ] {
        let files: [(&str, &[u8]); 2] = [
            ("children.csv", CHILDREN.as_bytes()),
            ("other.csv", rows.as_bytes()),
        ];
        assert_eq!(rules(&files), ["table-not-recognised"], "{rows}");
    }
}

const COMPARISON: &str = r#"
[comparison]
outcomes = ["Same home", "missing"]
covariates = ["Age", "Legal status"]
exact = []
calipers = { Age = 1.5 }
method = "matched"
comparators = "any"
caliper = "none"
scale = "logit"
ratio = 2
follow_up_days = 183
competing = ["adoption", "18"]
margin = 0.1
"#;

#[test]
fn a_cohort_keeps_its_further_columns_by_what_they_hold() {
    let settings = format!("{SETTINGS}{COMPARISON}");
    let files: [(&str, &[u8]); 3] = [
        ("study.toml", settings.as_bytes()),
        (
            "who.csv",
            b"ID,Arm,Age,Legal status,Same home,date_of_birth,sex,care_start\n\
              A,Programme,11.5,C2,Y,2012-01-02,female,2020-01-01\n\
              B,0,9,,no,,male,\nC,control,12,E1,1,,male,\n",
        ),
        (
            "what happened.csv",
            b"case_id,event_date,event type\nA,2024-05-01,Missing\n",
        ),
    ];
    let Reading {
        study, findings, ..
    } = reading(&files);
    assert_eq!(places(&findings), ["who.csv row 1"], "{findings:#?}");
    assert_eq!(study.events.rows[0].kind, "missing");
    let value = |row: usize, name: &str| study.cohort.rows[row].values.get(name).cloned();
    let words = |text: &str| Some(CohortValue::Words(text.to_owned()));
    assert_eq!(value(0, "age"), Some(CohortValue::Number(11.5)));
    assert_eq!(value(0, "same_home"), words("yes"));
    assert_eq!(
        value(2, "same_home").and_then(|v| v.as_outcome()),
        Some(1.0)
    );
    assert_eq!(
        (value(2, "legal_status"), value(1, "legal_status")),
        (words("E1"), None)
    );
    let arms: Vec<Arm> = study.cohort.rows.iter().map(|child| child.arm).collect();
    assert_eq!(arms, [Arm::Programme, Arm::Comparator, Arm::Comparator]);
    let asked = study.settings.comparison.unwrap();
    assert_eq!(asked.outcomes, ["same_home", "missing"]);
    assert_eq!(asked.rule.caliper, None);
    assert_eq!(asked.calipers[0].covariate, "age");
    assert_eq!(asked.calipers[0].width, 1.5);
    assert_eq!(
        asked.competing,
        [CompetingEnd::Adoption, CompetingEnd::Eighteen]
    );
}

/// What is told of the options of a comparison.
fn told_of_comparison(options: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let settings = format!("{SETTINGS}[comparison]\noutcomes = [\"missing\"]\n{options}\n");
    fs::write(folder.path().join("study.toml"), settings).unwrap();
    let read_options = ReadOptions {
        today: date(2025, 4, 30),
    };
    match read_study(folder.path(), &read_options) {
        Err(IngestError::Settings { problems, .. }) => problems
            .into_iter()
            .map(|problem| problem.message)
            .collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_caliper_is_of_a_covariate_and_above_nought() {
    let check = |calipers: &str, expected: &[&str]| {
        let options = format!("covariates = [\"age\", \"sdq\"]\n[comparison.calipers]\n{calipers}");
        assert_eq!(told_of_comparison(&options), expected, "{calipers}");
    };
    check("Age = 1\nsdq = 2.5", &[]);
    check(
        "height = 1",
        &["the caliper of `height` is of none of the covariates"],
    );
    check("age = 0", &["0 is impossible for `age`"]);
    check(
        "age = \"near\"",
        &["`age` must be a number, not this string"],
    );
}

#[test]
fn an_outcome_is_no_covariate() {
    let told = told_of_comparison("covariates = [\"age\", \"Missing\"]");
    let expected = "`missing` is an outcome, so the arms cannot be made alike in it";
    assert_eq!(told, [expected]);
}

#[test]
fn what_does_not_go_with_the_same_time_in_care_is_told() {
    let check = |option: &str, expected: &[&str]| {
        let options = format!("comparators = \"risk-set\"\n{option}");
        assert_eq!(told_of_comparison(&options), expected, "{option}");
    };
    check("covariates = [\"age\"]", &[]);
    check(
        "covariates = [\"years in care\"]",
        &["pairs at the same time in care cannot differ in years_in_care"],
    );
    check(
        "covariates = [\"age\"]\nmethod = \"entropy\"\nratio = 2",
        &[
            "comparators at the same time in care are found in pairs",
            "each child has one comparator at the same time in care",
        ],
    );
}

#[test]
fn free_text_and_names_stay_out_of_findings() {
    let rows = "child_id,person_id,relationship,at_start,after,commitment\n\
                H-01,P1,Auntie Jane Margaret Smith of 4 High Street and all her family,yes,yes,secret\n";
    let findings = reading(&[("c.csv", rows.as_bytes())]).findings;
    let told = format!("{findings:?}");
    assert!(
        !told.contains("secret") && !told.contains("all her family"),
        "{told}"
    );
}

#[test]
fn the_same_folder_reads_the_same_with_any_number_of_threads() {
    let planted = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/bad-input/planted");
    let expected = read(&planted);
    for n_threads in [1, 2, 7] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(n_threads)
            .build()
            .unwrap();
        assert_eq!(pool.install(|| read(&planted)), expected);
    }
}

/// One of a column's good and bad cells.
fn cell(choices: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(choices)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_row_is_lost_silently(
        rows in proptest::collection::vec(
            (
                cell(&["H-1", "H-2", "H-3", "H-4", "", "1.2E+11", "#REF!"]),
                cell(&["male", "", "mule", "F"]),
                cell(&["2011-05-06", "06/05/2011", "", "31/02/2011", "1911-01-01", "2024-12-24"]),
                cell(&["2024-05-06", "2042-01-01", "45418", "", "soon"]),
                cell(&["2024-06-06", "2024-04-01", "", "N/A"]),
            ),
            1..12,
        )
    ) {
        let mut text = "child_id,sex,date_of_birth,referral_date,start_date\n".to_owned();
        for (id, sex, birth, referral, start) in &rows {
            text.push_str(&format!("{id},{sex},{birth},{referral},{start}\n"));
        }
        let Reading { study, findings, .. } = reading(&[("children.csv", text.as_bytes())]);
        let children = &study.children;
        let n_blank = text.lines().filter(|line| *line == ",,,,").count();
        prop_assert_eq!(children.n_read, rows.len() - n_blank);
        prop_assert_eq!(children.n_read, children.rows.len() + children.n_set_aside);
        let mut set_aside: Vec<u32> = findings
            .iter()
            .filter(|finding| finding.row_set_aside)
            .filter_map(|finding| finding.place.row)
            .collect();
        set_aside.dedup();
        prop_assert_eq!(set_aside.len(), children.n_set_aside);
    }
}

#[test]
fn whoever_watches_is_told_of_every_byte() {
    let episodes = "CHILD,DECOM,RNE,LS,PLACE,DEC,REC,REASON_PLACE_CHANGE\n\
        101,01/05/2024,S,C2,U4,,,\n";
    let files: [(&str, &[u8]); 3] = [
        ("children.csv", CHILDREN.as_bytes()),
        ("returns/2024-25/episodes.csv", episodes.as_bytes()),
        ("note.md", b"nothing of a study"),
    ];
    let folder = folder(&files);
    let options = ReadOptions {
        today: date(2025, 4, 30),
    };
    let told: Mutex<Vec<(u64, u64)>> = Mutex::default();
    let on_read = |n_bytes, of| told.lock().unwrap().push((n_bytes, of));
    let reading = read_study_watched(folder.path(), &options, &on_read).unwrap();

    let of: u64 = reading.inputs.iter().map(|input| input.bytes).sum();
    let told = told.into_inner().unwrap();
    assert_eq!(told.first(), Some(&(0, of)));
    assert!(
        told.iter()
            .all(|(n_bytes, all)| n_bytes <= all && *all == of)
    );
    let header = episodes
        .lines()
        .next()
        .map_or(0, |line| line.len() as u64 + 1);
    // The header of a return is read before its rows, and counted with none of them.
    assert_eq!(told.iter().max(), Some(&(of - header, of)));
}
