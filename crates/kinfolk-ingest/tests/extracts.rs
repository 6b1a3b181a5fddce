//! Extracts of the Standard Safeguarding Dataset, where placements come ready made.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use kinfolk_ingest::ReadOptions;
use kinfolk_ingest::returns::{ReturnTable, ReturnsReading, read_returns};
use kinfolk_model::care::{CareSource, ExtractTables};

fn whole() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/returns/extract")
}

fn read(folder: &Path) -> ReturnsReading {
    let options = ReadOptions {
        today: date(2026, 11, 1),
    };
    read_returns(&[folder.to_owned()], &options).unwrap()
}

/// The extract with some files changed: left out, or with one text in place of another.
fn changed(without: &[&str], replaced: &[(&str, &str, &str)]) -> ReturnsReading {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(whole()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let mut text = fs::read_to_string(&path).unwrap();
        for (_, old, new) in replaced.iter().filter(|(file, ..)| *file == name) {
            assert!(text.contains(old), "{old} is not in {name}");
            text = text.replace(old, new);
        }
        if !without.contains(&name) {
            fs::write(folder.path().join(name), text).unwrap();
        }
    }
    read(folder.path())
}

/// Child, start, reason, status, kind, end and reason of each placement.
fn placements(reading: &ReturnsReading) -> Vec<String> {
    let ids = &reading.records.children;
    let mut rows: Vec<String> = reading
        .records
        .episodes
        .iter()
        .map(|e| {
            let ended = e.ended.map_or(String::new(), |day| day.to_string());
            let child = &ids[e.child as usize].child_id;
            format!(
                "{child} {} {} {} {} {} {ended} {} {}",
                e.started,
                e.reason_new,
                e.legal_status,
                e.need,
                e.placement,
                e.reason_ended,
                e.reason_moved
            )
        })
        .collect();
    rows.sort();
    rows
}

fn rules(reading: &ReturnsReading) -> BTreeSet<&str> {
    reading.findings.iter().map(|f| f.rule.as_ref()).collect()
}

fn assert_nothing_is_lost(reading: &ReturnsReading) {
    let kept = |table| -> u64 {
        let files = reading.files.iter().filter(|file| file.table == table);
        files.map(|file| file.n_rows - file.n_set_aside).sum()
    };
    let records = &reading.records;
    assert_eq!(
        kept(ReturnTable::ExtractPlacements) + kept(ReturnTable::Episodes),
        records.episodes.len() as u64
    );
    assert_eq!(
        kept(ReturnTable::ExtractMissing) + kept(ReturnTable::Missing),
        records.missing.len() as u64
    );
    assert_eq!(
        kept(ReturnTable::ExtractCareLeavers) + kept(ReturnTable::Oc3),
        records.care_leavers.len() as u64
    );
}

#[test]
fn a_placement_record_is_a_placement() {
    let reading = read(&whole());
    assert_eq!(reading.findings, [], "{:#?}", reading.findings);
    assert_eq!(
        placements(&reading),
        [
            "1 2022-05-01 S C1 N1 U4 2023-06-01 X1 CREQB",
            "1 2023-06-01 P C2 N1 K2 2023-09-01 X1 CARPL",
            "1 2023-09-01 B C2 N1 U6   ",
            "2 2023-01-10 S V2 N5 U6 2023-08-01 X1 PLACE",
            "2 2023-08-01 T V2 N5 U6   ",
            "3 2023-04-10 S V4 N2 U6 2023-04-12 E8 ",
            "4 2022-02-02 S C2 N1 U4 2023-07-07 E4A ",
        ]
    );
    assert_nothing_is_lost(&reading);
    let records = &reading.records;
    assert_eq!(records.years, [2022, 2023, 2024]);
    let tables = ExtractTables {
        has_reasons: true,
        has_legal_statuses: true,
        until: Some(date(2024, 3, 31)),
    };
    assert_eq!(records.source, CareSource::Extract(tables));
    let years: Vec<i16> = records.missing.iter().map(|row| row.year).collect();
    assert_eq!(years, [2023, 2024, 2024]);
    assert_eq!(records.care_leavers[0].accommodation.as_str(), "U1");
    assert_eq!(records.care_leavers[0].year, 2024);
    assert_eq!(
        records.children[0].date_of_birth,
        Some(date(2010, 5, 12)),
        "from the table of all persons"
    );
}

#[test]
fn without_episodes_every_placement_after_the_first_is_a_move() {
    let reading = changed(&["ssd_cla_episodes.csv", "ssd_legal_status.csv"], &[]);
    assert_eq!(
        placements(&reading),
        [
            "1 2022-05-01 S   U4 2023-06-01 X1 CREQB",
            "1 2023-06-01 P   K2 2023-09-01 X1 CARPL",
            "1 2023-09-01 P   U6   ",
            "2 2023-01-10 S   U6 2023-08-01 X1 PLACE",
            "2 2023-08-01 P   U6   ",
            "3 2023-04-10 S   U6 2023-04-12  ",
            "4 2022-02-02 S   U4 2023-07-07  ",
        ]
    );
    assert_eq!(
        rules(&reading),
        BTreeSet::from(["ssd-episodes", "ssd-statuses"])
    );
    let CareSource::Extract(tables) = reading.records.source else {
        unreachable!()
    };
    assert!(!tables.has_reasons && !tables.has_legal_statuses);
    assert_nothing_is_lost(&reading);
}

#[test]
fn what_does_not_agree_is_told() {
    let check = |without: &[&str], replaced: &[(&str, &str, &str)], expected: &[&str]| {
        let reading = changed(without, replaced);
        let expected: BTreeSet<&str> = expected.iter().copied().collect();
        assert_eq!(rules(&reading), expected, "{:#?}", reading.findings);
        assert_nothing_is_lost(&reading);
        reading
    };
    let reading = check(
        &[],
        &[("ssd_cla_episodes.csv", "2023-06-01,P,", "2023-06-01,L,")],
        &["ssd-reason"],
    );
    assert!(placements(&reading)[1].starts_with("1 2023-06-01 P"));
    let reading = check(
        &[],
        &[("ssd_cla_placement.csv", "GG7 7GG,2023-07-07", "GG7 7GG,")],
        &["ssd-open"],
    );
    // It ends with care, and for its reason.
    let last = placements(&reading).pop().unwrap();
    assert_eq!(last, "4 2022-02-02 S C2 N1 U4 2023-07-07 E4A ");
    let reading = check(&["ssd_cla_placement.csv"], &[], &["ssd-placements"]);
    assert_eq!(reading.records.episodes, []);
    check(
        &[],
        &[("ssd_care_leavers.csv", ",U,1,", ",U,3,")],
        &["903-133"],
    );
    check(
        &[],
        &[(
            "ssd_cla_placement.csv",
            "P6,C3,3,2023-04-10",
            "P6,C3,3,sometime",
        )],
        &["903-141"],
    );
    check(
        &[],
        &[("ssd_cla_placement.csv", "clap_cla_placement_type", "kind")],
        &["903-column"],
    );
}

#[test]
fn an_extract_beside_a_return_is_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(whole()).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let row = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,\
        PL_POST,URN\n1,01/06/2023,S,C2,N1,U4,PR1,,,,AA1 1AA,AA1 1AB,\n";
    fs::write(folder.path().join("episodes_2023-24.csv"), row).unwrap();
    let reading = read(folder.path());
    assert_eq!(rules(&reading), BTreeSet::from(["ssd-return"]));
    assert_eq!(reading.records.episodes.len(), 1);
    assert_eq!(reading.records.source, CareSource::Return);
    assert_nothing_is_lost(&reading);
}
