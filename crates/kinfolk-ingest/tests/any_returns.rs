//! Whatever stands in the cells, and in whatever order, no row is lost and nothing depends on order.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::Path;

use jiff::civil::date;
use kinfolk_ingest::ReadOptions;
use kinfolk_ingest::returns::{ReturnTable, ReturnsReading, read_returns};
use proptest::prelude::*;

/// Tables with their headers, and for each column what its cells are drawn from.
type Tables = [(&'static str, &'static [&'static str]); 4];

const RETURN: Tables = [
    (
        "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
        &["child", "sex", "birth", "code", "code", "code", "birth"],
    ),
    (
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
        &[
            "child", "day", "reason", "code", "code", "place", "code", "day", "end", "code",
            "code", "code", "code",
        ],
    ),
    (
        "CHILD,DOB,MISSING,MIS_START,MIS_END",
        &["child", "birth", "code", "day", "day"],
    ),
    (
        "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
        &["child", "birth", "code", "code", "code"],
    ),
];

const EXTRACT: Tables = [
    (
        "clap_person_id,clap_cla_id,clap_cla_placement_id,clap_cla_placement_start_date,\
         clap_cla_placement_end_date,clap_cla_placement_type,clap_cla_placement_provider,\
         clap_cla_placement_postcode,clap_cla_placement_urn,clap_cla_placement_change_reason",
        &[
            "child", "id", "id", "day", "day", "place", "code", "code", "code", "code",
        ],
    ),
    (
        "clae_person_id,clae_cla_id,clae_cla_placement_id,clae_cla_episode_start_date,\
         clae_cla_episode_start_reason,clae_cla_primary_need_code,clae_cla_episode_ceased_date,\
         clae_cla_episode_ceased_reason",
        &["child", "id", "id", "day", "reason", "code", "day", "end"],
    ),
    (
        "miss_person_id,miss_missing_episode_type,miss_missing_episode_start_date,\
         miss_missing_episode_end_date",
        &["child", "code", "day", "day"],
    ),
    (
        "clea_person_id,clea_care_leaver_in_touch,clea_care_leaver_activity,\
         clea_care_leaver_accommodation,clea_care_leaver_accom_suitable",
        &["child", "code", "code", "code", "code"],
    ),
];

fn cell(kind: &str) -> BoxedStrategy<String> {
    let of = |choices: &[&'static str]| prop::sample::select(choices.to_vec()).boxed();
    let usual = match kind {
        "child" => of(&["1", "2", "03", "4.0", "", "1.2E+11"]),
        "id" => of(&["A", "B", "C", "D", ""]),
        "sex" => of(&["1", "2", "M", "F", "", "9"]),
        "birth" => of(&["12/05/2010", "13/05/2010", "", "1/2/03", "soon"]),
        "day" => of(&[
            "01/06/2022",
            "01/09/2022",
            "01/06/2023",
            "01/08/2023",
            "01/04/2024",
            "45000",
            "01/02/23",
            "",
            "31/02/2023",
        ]),
        "reason" => of(&["S", "P", "L", "T", "B", "U", "", "Q"]),
        "place" => of(&["U4", "K2", "T2", "T4", "A3", "H5", "K3", "U99"]),
        "end" => of(&["X1", "E4A", "E2", "", "E99X"]),
        _ => of(&[
            "C2",
            "V4",
            "N1",
            "YES",
            "DIED",
            "F2",
            "B1",
            "M",
            "A",
            "0",
            "",
            "much too long",
        ]),
    };
    let usual = usual.prop_map(str::to_owned);
    prop_oneof![12 => usual, 1 => "[ -~\u{a3}\u{2019}]{0,12}".prop_map(quoted)].boxed()
}

fn quoted(text: String) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Rows of one table.
fn rows(kinds: &[&'static str]) -> impl Strategy<Value = Vec<String>> + use<> {
    let row: Vec<_> = kinds.iter().map(|kind| cell(kind)).collect();
    prop::collection::vec(row.prop_map(|cells| cells.join(",")), 0..8)
}

type Rows = Vec<Vec<String>>;

/// Every table of two returns, or an extract in two files a table, with their headers.
fn tables() -> impl Strategy<Value = (Tables, Vec<Rows>)> {
    let of = |tables: Tables| {
        let of_return: Vec<_> = tables.iter().map(|(_, kinds)| rows(kinds)).collect();
        (Just(tables), prop::collection::vec(of_return, 2))
    };
    prop_oneof![of(RETURN), of(EXTRACT)]
}

/// Writes every table under a name that puts the tables in an order.
fn write(folder: &Path, (kinds, returns): &(Tables, Vec<Rows>), names: [&str; 4]) {
    for (year, tables) in [2023, 2024].into_iter().zip(returns) {
        let path = folder.join(year.to_string());
        fs::create_dir_all(&path).unwrap();
        for (((header, _), rows), name) in kinds.iter().zip(tables).zip(names) {
            let text = format!("{header}\n{}\n", rows.join("\n"));
            fs::write(path.join(name), text).unwrap();
        }
    }
}

fn read(returns: &(Tables, Vec<Rows>), names: [&str; 4]) -> ReturnsReading {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), returns, names);
    let options = ReadOptions {
        today: date(2026, 11, 1),
    };
    read_returns(&[folder.path().to_owned()], &options).unwrap()
}

/// Which rules which children break, in which column: where rows stand is left out.
fn findings(reading: &ReturnsReading) -> Vec<String> {
    let mut found: Vec<String> = reading
        .findings
        .iter()
        .map(|f| {
            format!(
                "{} {:?} {:?} {:?} {}",
                f.rule, f.child_id, f.place.header, f.value, f.row_set_aside
            )
        })
        .collect();
    found.sort();
    found
}

fn shuffled((kinds, returns): (Tables, Vec<Rows>)) -> impl Strategy<Value = (Tables, Vec<Rows>)> {
    let of_table = |rows: Vec<String>| Just(rows).prop_shuffle();
    let of_return = move |tables: Rows| tables.into_iter().map(of_table).collect::<Vec<_>>();
    let shuffled = returns.into_iter().map(of_return).collect::<Vec<_>>();
    (Just(kinds), shuffled)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn rows_in_are_rows_used_and_set_aside(returns in tables()) {
        let reading = read(&returns, ["a.csv", "b.csv", "c.csv", "d.csv"]);
        let kept = |table| -> u64 {
            let files = reading.files.iter().filter(|file| file.table == table);
            files.map(|file| file.n_rows - file.n_set_aside).sum()
        };
        let records = &reading.records;
        let of = |tables: [ReturnTable; 2]| tables.into_iter().map(kept).sum::<u64>();
        use ReturnTable as T;
        let n_episodes = of([T::Episodes, T::ExtractPlacements]);
        prop_assert_eq!(n_episodes, records.episodes.len() as u64);
        prop_assert_eq!(of([T::Missing, T::ExtractMissing]), records.missing.len() as u64);
        let n_leavers = of([T::Oc3, T::ExtractCareLeavers]);
        prop_assert_eq!(n_leavers, records.care_leavers.len() as u64);
        let n_rows: u64 = reading.files.iter().map(|file| file.n_rows).sum();
        // Blank rows are no rows, as in a spreadsheet.
        let is_blank = |row: &String| row.chars().all(|c| c == ',' || c.is_whitespace());
        let rows = returns.1.iter().flatten().flatten();
        let written = rows.filter(|row| !is_blank(row)).count();
        prop_assert_eq!(n_rows, written as u64);
        let aside: u64 = reading.files.iter().map(|file| file.n_set_aside).sum();
        let told = reading.findings.iter().filter(|f| f.row_set_aside).count();
        // A table that cannot be used at all is told in one finding.
        prop_assert!(told as u64 <= aside && (told > 0) == (aside > 0));
    }

    #[test]
    fn the_order_of_files_and_rows_changes_nothing(
        (returns, other) in tables().prop_flat_map(|returns| (Just(returns.clone()), shuffled(returns)))
    ) {
        let one = read(&returns, ["a.csv", "b.csv", "c.csv", "d.csv"]);
        let other = read(&other, ["d.csv", "b.csv", "a.csv", "c.csv"]);
        prop_assert_eq!(&one.records, &other.records);
        prop_assert_eq!(findings(&one), findings(&other));
    }
}
