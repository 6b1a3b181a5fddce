//! `docs/data-dictionary.md` is made from the schema. `KINFOLK_BLESS=1` writes it anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use kinfolk::model::care::RETURN_TABLES;
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
    text.push_str(other_names(table.name));
    text
}

/// The names under which files of other systems carry the columns.
fn other_names(table: &str) -> &'static str {
    match table {
        "sdq" => {
            "\nItems are also known as `q1`, `sdq_1`, `i1` and so on, and by the official short names above. A \
            letter in front of those, `p`, `t` or `s`, tells who answered where no column does: a carer, a \
            teacher, or young people themselves. Columns of several informants in one row are read as one \
            questionnaire each. The codes 8, 9, 88 and 99 count as not answered. A table whose items have no 0 \
            and some 3 is coded from 1, and is refused.\nThe SDQ is \u{a9} Robert Goodman and Youthinmind; \
            this page names items by number and short name only.\n"
        }
        "oc2" => {
            "\nThe headers of the statutory return (SSDA903: `CHILD`, `DOB`, `SDQ_SCORE`, `SDQ_REASON`) and of the \
            Standard Safeguarding Dataset (`csdq_person_id`, `csdq_sdq_score`, `csdq_sdq_completed_date`, \
            `csdq_sdq_reason`) are known. A score with a day of completion is read as a carer's questionnaire; \
            1 January 1900 is no day. Answers are 1 and 0 in the return.\n"
        }
        _ => "",
    }
}

/// The tables of the return on children looked after.
fn returns() -> String {
    let mut text = "\n## Returns on children looked after\n\nThe statutory return of England (SSDA903), of \
        several years, anywhere in the folder: CSV files, sheets of a workbook, or its XML form. Codes are \
        kept as the file has them. What an authority calls its files and columns can be said in study.toml, under \
        `[files]` and `[columns.episodes]`, say. Yearly outcomes are the table \
        `oc2` above. Tables on unaccompanied children, reviews, adoption, earlier permanence, social \
        workers and deprivation of liberty are known and feed no figure.\n"
        .to_owned();
    for table in RETURN_TABLES {
        write!(
            text,
            "\n### `{}`\n\nA row is {}.\n\n",
            table.name, table.row
        )
        .unwrap();
        text.push_str("| column | meaning |\n|---|---|\n");
        for column in table.columns {
            writeln!(text, "| `{}` | {} |", column.name, column.meaning).unwrap();
        }
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
    text.push_str(&returns());
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
