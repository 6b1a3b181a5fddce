//! What the workbooks promise, read back by another program.

#![expect(clippy::panic, reason = "a test fails by it")]

mod sample;

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use jiff::civil::date;
use kinfolk_model::schema::TABLES;
use kinfolk_model::{Finding, Place, RawCell, RawTable, Severity};
use kinfolk_report::{render_workbook, write_findings, write_tables, write_template};

type Workbook = Xlsx<Cursor<Vec<u8>>>;

fn open(bytes: Vec<u8>) -> Workbook {
    Xlsx::new(Cursor::new(bytes)).unwrap_or_else(|error| panic!("{error}"))
}

fn sheet(workbook: &mut Workbook, name: &str) -> Range<Data> {
    workbook
        .worksheet_range(name)
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The first cell of each row.
fn first_column(range: &Range<Data>) -> Vec<String> {
    range.rows().map(|row| row[0].to_string()).collect()
}

/// The row that begins with that text.
fn row(range: &Range<Data>, begin: &str, column: usize) -> Vec<Data> {
    range
        .rows()
        .find(|row| row[column] == begin)
        .unwrap_or_else(|| panic!("no row `{begin}` in {range:?}"))
        .to_vec()
}

fn report() -> Workbook {
    open(render_workbook(&sample::everything()).unwrap_or_else(|error| panic!("{error}")))
}

#[test]
fn sheets_stand_in_the_order_that_readers_expect() {
    assert_eq!(
        report().sheet_names(),
        [
            "Cover",
            "Contents",
            "Notes",
            "objectives",
            "who-they-are",
            "All figures"
        ]
    );
}

#[test]
fn each_sheet_begins_with_its_title_and_holds_one_named_table() {
    let mut workbook = report();
    workbook
        .load_tables()
        .unwrap_or_else(|error| panic!("{error}"));
    for (name, title, table) in [
        (
            "objectives",
            "Figure 1. Four in five objectives were met",
            "table_objectives",
        ),
        (
            "who-they-are",
            "Table 1. Who they are",
            "table_who_they_are",
        ),
        ("All figures", "All released figures", "table_all_figures"),
        ("Contents", "Contents", "table_of_contents"),
        ("Notes", "Notes", "table_of_notes"),
    ] {
        let range = sheet(&mut workbook, name);
        assert_eq!(
            range.get_value((0, 0)),
            Some(&Data::String(title.to_owned()))
        );
        assert_eq!(workbook.table_names_in_sheet(name), [table]);
        let mut lines = first_column(&range).into_iter();
        assert!(
            lines.any(|line| line.starts_with("This sheet holds one table.")),
            "{name}"
        );
    }
}

#[test]
fn no_cell_is_merged() {
    let mut workbook = report();
    for name in workbook.sheet_names() {
        let merged = workbook.merge_cells_by_sheet_name(&name);
        assert_eq!(merged.map(|cells| cells.len()).ok(), Some(0), "{name}");
    }
}

#[test]
fn numbers_are_numbers_and_signs_are_explained_text() {
    let mut workbook = report();
    let range = sheet(&mut workbook, "who-they-are");
    assert_eq!(
        row(&range, "Under 10", 1)[..6],
        [
            Data::String("Age at start".to_owned()),
            Data::String("Under 10".to_owned()),
            Data::Float(1038.0),
            Data::Float(0.34),
            Data::Float(-1.9),
            Data::Float(8410.0),
        ]
    );
    assert_eq!(
        row(&range, "Foster care", 1)[0],
        Data::String("Home at start".to_owned())
    );
    assert_eq!(
        row(&range, "10 to 13", 1)[2],
        Data::String("[c]".to_owned())
    );
    let above = first_column(&range).join("\n");
    for said in [
        "[c] means",
        "[x] means",
        "A blank cell means",
        "Source: Practice Summaries",
    ] {
        assert!(above.contains(said), "{said}: {above}");
    }
}

#[test]
fn nothing_stands_below_a_table() {
    let range = sheet(&mut report(), "objectives");
    let last = range.rows().next_back().map(|row| row[0].to_string());
    assert_eq!(last.as_deref(), Some("All objectives"));
}

#[test]
fn text_is_never_a_formula() {
    let mut workbook = report();
    let range = sheet(&mut workbook, "who-they-are");
    assert_eq!(
        row(&range, "10 to 13", 1)[6],
        Data::String("'=HYPERLINK(\"a\")".to_owned())
    );
    assert_eq!(
        row(&range, "Foster care", 1)[6],
        Data::String("+6.1 (5.2 to 7.0)".to_owned())
    );
    assert!(first_column(&sheet(&mut workbook, "Cover")).contains(&"'=1+1".to_owned()));
    for name in workbook.sheet_names() {
        let formulas = workbook
            .worksheet_formula(&name)
            .unwrap_or_else(|error| panic!("{error}"));
        assert!(formulas.is_empty(), "{name}");
    }
}

#[test]
fn a_document_without_tables_is_a_workbook_all_the_same() {
    let mut document = sample::empty();
    document.figures = sample::table(&[], &[]);
    let workbook = render_workbook(&document).map(open);
    assert_eq!(
        workbook.map(|workbook| workbook.sheet_names()).ok(),
        Some(["Cover", "Contents", "Notes"].map(str::to_owned).to_vec())
    );
}

fn finding(message: &str) -> Finding {
    Finding {
        rule: "date-unreadable".into(),
        severity: Severity::Error,
        place: Place {
            file: "tracker.xlsx".to_owned(),
            sheet: Some("Tracker".to_owned()),
            row: Some(17),
            column: Some(6),
            header: Some("start".to_owned()),
        },
        child_id: None,
        value: Some("=cmd|' /C calc'!A0".to_owned()),
        message: message.to_owned(),
        why: "Ages need it.".to_owned(),
        help: "Write the day as 31/03/2025.".to_owned(),
        row_set_aside: true,
    }
}

#[test]
fn the_work_list_holds_every_finding_with_its_cell() {
    let findings = vec![finding("`32/01/2024` is no day"); 3];
    let mut workbook = open(write_findings(&findings).unwrap_or_else(|error| panic!("{error}")));
    let range = sheet(&mut workbook, "Findings");
    assert_eq!(range.height(), 3 + 3);
    assert_eq!(
        range.get_value((0, 0)),
        Some(&Data::String("3 errors, 0 warnings, 0 notes".to_owned()))
    );
    let texts: Vec<String> = range
        .rows()
        .nth(3)
        .map(|row| row.iter().map(ToString::to_string).collect())
        .unwrap_or_default();
    assert_eq!(
        texts[..5],
        ["Error", "tracker.xlsx", "Tracker", "F17", "start"]
    );
    assert_eq!(texts[6], "'=cmd|' /C calc'!A0");
    assert_eq!(texts[10..], ["yes", "date-unreadable"]);

    let none = open(write_findings(&[]).unwrap_or_else(|error| panic!("{error}")));
    assert_eq!(none.sheet_names(), ["Findings"]);
}

#[test]
fn tables_are_read_back_as_they_were_written() {
    let table = RawTable {
        name: "children".to_owned(),
        header: ["child_id", "start_date", "age"]
            .map(str::to_owned)
            .to_vec(),
        rows: vec![
            vec![
                RawCell::Text("00123".to_owned()),
                RawCell::Date(date(2024, 2, 29)),
                RawCell::Number(11.0),
            ],
            vec![
                RawCell::Text("=A1".to_owned()),
                RawCell::Blank,
                RawCell::Number(-0.5),
            ],
        ],
    };
    let bytes = write_tables(&[table.clone(), table]).unwrap_or_else(|error| panic!("{error}"));
    let mut workbook = open(bytes);
    assert_eq!(workbook.sheet_names(), ["children", "children 2"]);
    let range = sheet(&mut workbook, "children");
    let rows: Vec<&[Data]> = range.rows().collect();
    assert_eq!(rows[0][0], Data::String("child_id".to_owned()));
    assert_eq!(rows[1][0], Data::String("00123".to_owned()));
    assert!(matches!(&rows[1][1], Data::DateTime(day) if day.to_ymd_hms_milli().0 == 2024));
    assert_eq!(rows[1][2], Data::Float(11.0));
    assert_eq!(
        rows[2],
        [
            Data::String("=A1".to_owned()),
            Data::Empty,
            Data::Float(-0.5)
        ]
    );
    assert!(write_tables(&[]).is_ok());
}

#[test]
fn the_blank_workbook_has_a_sheet_for_each_table() {
    let mut workbook = open(write_template(TABLES).unwrap_or_else(|error| panic!("{error}")));
    let names = workbook.sheet_names();
    assert_eq!(names.first().map(String::as_str), Some("README"));
    assert_eq!(names.last().map(String::as_str), Some("Lists"));
    for table in TABLES {
        let range = sheet(&mut workbook, table.name);
        let headers: Vec<String> = range
            .rows()
            .next()
            .map(|row| row.iter().map(ToString::to_string).collect())
            .unwrap_or_default();
        let expected: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!(headers, expected);
        assert_eq!(range.height(), 1, "{} is blank", table.name);
    }
    let lists = sheet(&mut workbook, "Lists");
    assert!(lists.rows().flatten().any(|cell| *cell == "Wider family"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let document = sample::everything();
    assert!(render_workbook(&document).ok() == render_workbook(&document).ok());
    assert!(write_template(TABLES).ok() == write_template(TABLES).ok());
    let findings = [finding("one")];
    assert!(write_findings(&findings).ok() == write_findings(&findings).ok());
}
