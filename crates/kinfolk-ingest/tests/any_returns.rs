//! Whatever stands in the cells, and in whatever order, no row is lost and nothing depends on order.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::Path;

use jiff::civil::date;
use kinfolk_ingest::ReadOptions;
use kinfolk_ingest::returns::{ReturnTable, ReturnsReading, read_returns};
use proptest::prelude::*;

/// Tables with their headers, and for each column what its cells are drawn from.
const TABLES: &[(&str, &[&str])] = &[
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

fn cell(kind: &str) -> BoxedStrategy<String> {
    let of = |choices: &[&'static str]| prop::sample::select(choices.to_vec()).boxed();
    let usual = match kind {
        "child" => of(&["1", "2", "03", "4.0", "", "1.2E+11"]),
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
fn rows(kinds: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    let row: Vec<_> = kinds.iter().map(|kind| cell(kind)).collect();
    prop::collection::vec(row.prop_map(|cells| cells.join(",")), 0..8)
}

type Rows = Vec<Vec<String>>;

/// Every table of two returns.
fn tables() -> impl Strategy<Value = Vec<Rows>> {
    let of_return: Vec<_> = TABLES.iter().map(|(_, kinds)| rows(kinds)).collect();
    prop::collection::vec(of_return, 2)
}

/// Writes every table under a name that puts the tables in an order.
fn write(folder: &Path, returns: &[Rows], names: [&str; 4]) {
    for (year, tables) in [2023, 2024].into_iter().zip(returns) {
        let path = folder.join(year.to_string());
        fs::create_dir_all(&path).unwrap();
        for (((header, _), rows), name) in TABLES.iter().zip(tables).zip(names) {
            let text = format!("{header}\n{}\n", rows.join("\n"));
            fs::write(path.join(name), text).unwrap();
        }
    }
}

fn read(returns: &[Rows], names: [&str; 4]) -> ReturnsReading {
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

fn shuffled(returns: Vec<Rows>) -> impl Strategy<Value = Vec<Rows>> {
    let of_table = |rows: Vec<String>| Just(rows).prop_shuffle();
    let of_return = move |tables: Rows| tables.into_iter().map(of_table).collect::<Vec<_>>();
    returns.into_iter().map(of_return).collect::<Vec<_>>()
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
        prop_assert_eq!(kept(ReturnTable::Episodes), records.episodes.len() as u64);
        prop_assert_eq!(kept(ReturnTable::Missing), records.missing.len() as u64);
        prop_assert_eq!(kept(ReturnTable::Oc3), records.care_leavers.len() as u64);
        let n_rows: u64 = reading.files.iter().map(|file| file.n_rows).sum();
        let written: usize = returns.iter().flatten().map(Vec::len).sum();
        prop_assert_eq!(n_rows, written as u64);
        let aside: u64 = reading.files.iter().map(|file| file.n_set_aside).sum();
        let told = reading.findings.iter().filter(|f| f.row_set_aside).count();
        prop_assert_eq!(told as u64, aside);
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
