//! Returns in every form in which authorities hold them, with what is wrong in them.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use kinfolk_ingest::ReadOptions;
use kinfolk_ingest::returns::{ReturnTable, ReturnsReading, read_returns};
use kinfolk_model::care::Episode;

const EPISODES: &str =
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN";

/// Rules about files and cells; `return_rules.rs` breaks the others.
const OF_FILES: [&str; 18] = [
    "903-file",
    "903-table",
    "903-column",
    "903-column-more",
    "903-header-case",
    "903-encoding",
    "903-empty",
    "903-row-long",
    "903-year",
    "903-year-name",
    "903-child",
    "903-child-number",
    "903-child-lost",
    "903-date",
    "903-date-century",
    "903-date-number",
    "903-code",
    "903-code-year",
];

fn read(paths: &[PathBuf]) -> ReturnsReading {
    let options = ReadOptions {
        today: date(2026, 11, 1),
    };
    read_returns(paths, &options).unwrap()
}

fn case(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/returns");
    folder.join(name)
}

fn rules_of(reading: &ReturnsReading) -> BTreeSet<&str> {
    reading.findings.iter().map(|f| f.rule.as_ref()).collect()
}

/// What tells one episode from another, whatever file it came from.
fn facts(episodes: &[Episode]) -> Vec<String> {
    let text = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    episodes
        .iter()
        .map(|e| {
            format!(
                "{} {} {:?} {} {} {} {}",
                e.child,
                e.started,
                text(e.ended),
                e.reason_new,
                e.legal_status,
                e.placement,
                e.reason_ended
            )
        })
        .collect()
}

/// Rows in are rows used and rows set aside, for every table that feeds a figure.
fn assert_nothing_is_lost(reading: &ReturnsReading) {
    let kept = |table| -> u64 {
        let files = reading.files.iter().filter(|file| file.table == table);
        files.map(|file| file.n_rows - file.n_set_aside).sum()
    };
    let records = &reading.records;
    assert_eq!(kept(ReturnTable::Episodes), records.episodes.len() as u64);
    assert_eq!(kept(ReturnTable::Missing), records.missing.len() as u64);
    assert_eq!(kept(ReturnTable::Oc3), records.care_leavers.len() as u64);
    let told: u64 = reading.findings.iter().filter(|f| f.row_set_aside).count() as u64;
    let aside: u64 = reading.files.iter().map(|file| file.n_set_aside).sum();
    assert!(told <= aside && (told > 0) == (aside > 0));
}

#[test]
fn each_form_of_one_return_gives_the_same_records() {
    let plain = read(&[case("forms/csv")]);
    assert_eq!(plain.findings, [], "{:#?}", plain.findings);
    assert_eq!(plain.records.episodes.len(), 5);
    assert_eq!(plain.records.years, [2024]);
    for form in [
        "forms/xml",
        "forms/regional",
        "forms/bom",
        "forms/lower-case",
    ] {
        let other = read(&[case(form)]);
        assert_eq!(
            facts(&other.records.episodes),
            facts(&plain.records.episodes),
            "{form}"
        );
        assert_eq!(
            other.records.missing.len(),
            plain.records.missing.len(),
            "{form}"
        );
        assert_eq!(
            other.records.care_leavers.len(),
            plain.records.care_leavers.len(),
            "{form}"
        );
        assert_eq!(other.records.years, plain.records.years, "{form}");
        assert_nothing_is_lost(&other);
    }
}

#[test]
fn a_row_of_the_xml_form_is_found_by_its_line() {
    let reading = read(&[case("xml-bad-code")]);
    let found: Vec<_> = reading
        .findings
        .iter()
        .map(|f| (f.rule.as_ref(), f.place.row))
        .collect();
    assert_eq!(found, [("903-146", Some(9))]);
}

#[test]
fn the_regional_shape_keeps_children_of_authorities_apart() {
    let reading = read(&[case("forms/regional")]);
    let ids: Vec<&str> = reading
        .records
        .children
        .iter()
        .map(|child| child.child_id.as_str())
        .collect();
    assert_eq!(ids, ["101_805", "102_805", "103_805"]);
}

/// A folder, the rules that it breaks, and how many episodes come of it.
const DIRTY: &[(&str, &[&str], usize)] = &[
    ("utf-16", &["903-encoding"], 2),
    ("extra-columns", &["903-column-more"], 2),
    ("trailing-commas", &["903-column-more"], 2),
    ("with-decimals", &["903-child-number"], 2),
    ("two-digit-years", &["903-date-century"], 2),
    ("excel-serials", &["903-date-number"], 2),
    ("unreadable-dates", &["903-141", "903-147"], 1),
    ("overlapping", &["903-501"], 2),
    ("duplicate-ids", &["903-int31"], 2),
    ("duplicate-rows", &["903-twice"], 3),
    ("header-only", &["903-empty"], 0),
    ("empty-file", &["903-file"], 0),
    ("unknown-file", &["903-table"], 2),
    ("zip-as-csv", &["903-file"], 0),
    ("long-row", &["903-row-long"], 2),
    ("column-missing", &["903-column"], 2),
    ("no-child", &["903-child"], 1),
    ("child-cut-short", &["903-child-lost"], 1),
    ("no-code", &["903-code"], 2),
    ("code-out-of-use", &["903-code-year"], 2),
    ("birth-unreadable", &["903-date"], 2),
    ("year-unknown", &["903-year"], 0),
    ("year-otherwise", &["903-year-name"], 2),
    ("../forms/bom", &["903-encoding"], 5),
    ("../forms/lower-case", &["903-header-case"], 5),
];

#[test]
fn each_dirty_file_is_read_as_far_as_it_goes_and_told() {
    for (name, rules, n_episodes) in DIRTY {
        let reading = read(&[case(&format!("dirty/{name}"))]);
        let expected: BTreeSet<&str> = rules.iter().copied().collect();
        assert_eq!(
            rules_of(&reading),
            expected,
            "{name}: {:#?}",
            reading.findings
        );
        assert_eq!(reading.records.episodes.len(), *n_episodes, "{name}");
        assert_nothing_is_lost(&reading);
    }
}

#[test]
fn every_rule_about_files_and_cells_has_a_file_that_breaks_it() {
    let broken: BTreeSet<&str> = DIRTY.iter().flat_map(|case| case.1).copied().collect();
    let missing: Vec<&str> = OF_FILES
        .iter()
        .filter(|rule| !broken.contains(*rule))
        .copied()
        .collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn a_workbook_too_large_to_hold_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("returns.xlsx");
    let file = fs::File::create(&path).unwrap();
    file.set_len(kinfolk_ingest::LARGEST_FILE_BYTES + 1)
        .unwrap();
    let reading = read(&[path]);
    assert_eq!(rules_of(&reading), BTreeSet::from(["903-file"]));
    let message = &reading.findings[0].message;
    assert!(message.contains("save its sheets as CSV"), "{message}");
}

/// Files are read in parts of four million bytes, so these take more than one.
#[test]
fn a_file_of_many_parts_gives_the_same_records_in_either_encoding() {
    let mut text = fs::read_to_string(case("forms/csv/episodes.csv")).unwrap();
    let n_rows = 30_000;
    for child in 0..n_rows {
        text += &format!(
            "{},01/06/2023,S,C2,N1,U6,PR1,10/09/2023,E4A,,AA1 1AA,BB1 1BB,{:>90}\n",
            100_000 + child,
            ""
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let [plain, wide] = ["plain.csv", "wide.csv"].map(|name| folder.path().join(name));
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
    assert!(text.len() > 4 << 20 && bytes.len() > 8 << 20);
    fs::write(&plain, &text).unwrap();
    fs::write(&wide, &bytes).unwrap();
    let (plain, wide) = (read(&[plain]), read(&[wide]));
    assert_eq!(plain.records.episodes.len(), n_rows + 5);
    assert!(plain.records == wide.records);
    assert_eq!(rules_of(&wide), BTreeSet::from(["903-encoding"]));
    assert_nothing_is_lost(&wide);
}

#[test]
fn the_order_of_files_changes_nothing() {
    let folder = case("forms/csv");
    let files = |order: [&str; 4]| order.map(|name| folder.join(name)).to_vec();
    let names = ["header.csv", "episodes.csv", "missing.csv", "oc3.csv"];
    let one = read(&files(names));
    let other = read(&files([names[3], names[1], names[2], names[0]]));
    assert_eq!(one, other);
}

/// Five years of made-up returns by other people; their licence stands beside them.
#[test]
fn five_years_are_read_without_a_lost_row() {
    let Some(folder) = std::env::var_os("KINFOLK_RETURNS_SET").map(PathBuf::from) else {
        return eprintln_skipped();
    };
    let reading = read(&[folder]);
    assert_nothing_is_lost(&reading);
    assert_eq!(reading.records.episodes.len(), 3_737);
}

#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn eprintln_skipped() {
    eprintln!("skipped: KINFOLK_RETURNS_SET names no folder of returns");
}

#[test]
fn made_up_years_are_read_without_a_lost_row() {
    let folder = tempfile::tempdir().unwrap();
    write_years(folder.path());
    let reading = read(&[folder.path().to_owned()]);
    assert_nothing_is_lost(&reading);
    assert_eq!(reading.records.years, [2022, 2023, 2024]);
    assert_eq!(reading.records.episodes.len(), 90);
    let rules = rules_of(&reading);
    assert_eq!(rules, BTreeSet::from(["903-141"]), "{rules:?}");
}

/// Thirty children, in care once in each of three years; one row of each year has no start.
fn write_years(folder: &Path) {
    for year in [2022, 2023, 2024] {
        let mut rows = format!("{EPISODES}\n31,,S,C2,N1,U4,PR1,,,,AA1 1AA,BB1 1BB,\n");
        for child in 1..=30 {
            let started = year - 1;
            rows += &format!(
                "{child},05/05/{started},S,C2,N1,U4,PR1,06/06/{started},E4A,,AA1 1AA,BB1 1BB,\n"
            );
        }
        let path = folder.join(year.to_string());
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join("episodes.csv"), rows).unwrap();
    }
}
