//! `docs/data-dictionary.md` is made from the schema. `KINFOLK_BLESS=1` writes it anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use kinfolk::model::schema::{ColumnKind, TABLES, TableSchema};

fn kind(kind: ColumnKind) -> String {
    match kind {
        ColumnKind::Identifier => "identifier".to_owned(),
        ColumnKind::Text => "text".to_owned(),
        ColumnKind::Date => "date".to_owned(),
        ColumnKind::YesNo => "yes or no".to_owned(),
        ColumnKind::Integer { low, high } => format!("whole number, {low} to {high}"),
        ColumnKind::Answer => "1 to 5, yes or no".to_owned(),
        ColumnKind::Quarter => "financial quarter".to_owned(),
        ColumnKind::Code(members) => members()
            .iter()
            .map(|member| format!("`{}`", member.code))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

fn section(table: &TableSchema) -> String {
    let mut text = format!("## `{}`\n\nA row is {}.\n\n", table.name, table.row);
    text.push_str("| column | required | may say | meaning |\n|---|---|---|---|\n");
    for column in table.columns {
        let required = if column.required { "yes" } else { "" };
        let name = column.name;
        writeln!(
            text,
            "| `{name}` | {required} | {} | {} |",
            kind(column.kind),
            column.meaning
        )
        .unwrap();
    }
    text
}

fn dictionary() -> String {
    let mut text = "# Data dictionary\n\nThe tables that a study folder may hold. A table is known by its \
        headers, not by the name of its file: any order, any case, spaces for underscores.\nDates are ISO, \
        dd/mm/yyyy or real spreadsheet dates. Yes and no may be yes, no, y, n, true, false, 1, 0. Blank is \
        missing.\nThis page is made from the program's own schema.\n"
        .to_owned();
    for table in TABLES {
        text.push('\n');
        text.push_str(&section(table));
    }
    text
}

#[test]
fn the_page_says_what_the_schema_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/data-dictionary.md");
    if std::env::var_os("KINFOLK_BLESS").is_some() {
        fs::write(&path, dictionary()).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap(), dictionary());
}
