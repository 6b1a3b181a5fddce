//! `[files]` and `[columns.<table>]`: where tables stand and what their columns are called locally.

use std::ops::Range;

use kinfolk_model::fold;
use kinfolk_model::schema::{self, TABLES, TableSchema};
use toml::de::DeTable;

use crate::returns::ReturnTable;
use crate::toml_reader::TomlReader;

/// A file that `[files]` gives to a table: one of the study, or one of the return.
#[derive(Debug, Clone)]
pub(crate) struct NamedFile<T = &'static TableSchema> {
    pub(crate) table: T,
    pub(crate) file: String,
    pub(crate) sheet: Option<String>,
    pub(crate) line: u32,
}

impl<T> NamedFile<T> {
    /// Whether a file, or one sheet of a workbook, is meant.
    pub(crate) fn names(&self, file: &str, sheet: Option<&str>) -> bool {
        let is_sheet = |wanted: &String| sheet.is_some_and(|name| fold(name) == fold(wanted));
        self.file.eq_ignore_ascii_case(file) && self.sheet.as_ref().is_none_or(is_sheet)
    }
}

/// A local header that `[columns.<table>]` gives to a column.
#[derive(Debug, Clone)]
pub(crate) struct NamedColumn<T = &'static TableSchema> {
    pub(crate) table: T,
    pub(crate) column: &'static str,
    pub(crate) header: String,
    pub(crate) line: u32,
}

/// What `study.toml` names, of the study's own tables and of the return's.
#[derive(Debug, Clone)]
pub(crate) struct Mapped<S, R> {
    pub(crate) of_study: Vec<S>,
    pub(crate) of_return: Vec<R>,
}

impl<S, R> Mapped<S, R> {
    fn none() -> Self {
        Self {
            of_study: Vec::new(),
            of_return: Vec::new(),
        }
    }
}

/// A table that a key names.
#[derive(Clone, Copy)]
enum Table {
    OfStudy(&'static TableSchema),
    OfReturn(ReturnTable),
}

pub(super) fn files(
    reader: &mut TomlReader<'_>,
    root: &DeTable<'_>,
) -> Mapped<NamedFile, NamedFile<ReturnTable>> {
    let mut named = Mapped::none();
    let Some(section) = reader.table(root, "files") else {
        return named;
    };
    for key in section.keys() {
        let Some(table) = table_named(reader, key.span(), key.get_ref()) else {
            continue;
        };
        for (span, text) in reader.texts(section, key.get_ref()) {
            let line = reader.line(&span);
            match table {
                Table::OfStudy(table) => named.of_study.push(file_named(table, &text, line)),
                Table::OfReturn(table) => named.of_return.push(file_named(table, &text, line)),
            }
        }
    }
    named
}

/// `folder/file.xlsx#sheet`, or a file alone.
fn file_named<T>(table: T, text: &str, line: u32) -> NamedFile<T> {
    let (file, sheet) = match text.split_once('#') {
        Some((file, sheet)) => (file, Some(sheet.trim().to_owned())),
        None => (text, None),
    };
    NamedFile {
        table,
        file: file.trim().replace('\\', "/"),
        sheet,
        line,
    }
}

pub(super) fn columns(
    reader: &mut TomlReader<'_>,
    root: &DeTable<'_>,
) -> Mapped<NamedColumn, NamedColumn<ReturnTable>> {
    let mut named = Mapped::none();
    let Some(section) = reader.table(root, "columns") else {
        return named;
    };
    for key in section.keys() {
        let Some(table) = table_named(reader, key.span(), key.get_ref()) else {
            continue;
        };
        let Some(pairs) = reader.table(section, key.get_ref()) else {
            continue;
        };
        match table {
            Table::OfStudy(schema) => {
                let names: Vec<&'static str> =
                    schema.columns.iter().map(|column| column.name).collect();
                let of_table = columns_of(reader, (schema, schema.name), &names, pairs);
                named.of_study.extend(of_table);
            }
            Table::OfReturn(table) => {
                let of_table = columns_of(reader, (table, table.name()), table.columns(), pairs);
                named.of_return.extend(of_table);
            }
        }
    }
    named
}

/// The headers that a section gives to the columns of a table, which stands with its name.
fn columns_of<T: Copy>(
    reader: &mut TomlReader<'_>,
    (table, table_name): (T, &str),
    names: &[&'static str],
    pairs: &DeTable<'_>,
) -> Vec<NamedColumn<T>> {
    let mut named = Vec::new();
    for (key, value) in pairs {
        let name = key.get_ref().as_ref();
        let Some(column) = names.iter().find(|known| known.eq_ignore_ascii_case(name)) else {
            let message = format!("{table_name} has no column `{name}`");
            reader.unknown(key.span(), &message, name, names);
            continue;
        };
        if let Some(header) = reader.text_of(value, name) {
            named.push(NamedColumn {
                table,
                column,
                header,
                line: reader.line(&key.span()),
            });
        }
    }
    named
}

fn table_named(reader: &mut TomlReader<'_>, span: Range<usize>, name: &str) -> Option<Table> {
    let of_return = || tables_of_return().find(|table| table.name() == name);
    let table = schema::table(name)
        .map(Table::OfStudy)
        .or_else(|| of_return().map(Table::OfReturn));
    if table.is_none() {
        let of_study = TABLES.iter().map(|table| table.name);
        let of_return = tables_of_return().map(ReturnTable::name);
        let names: Vec<&str> = of_study.chain(of_return).collect();
        let message = format!("there is no table `{name}`");
        reader.unknown(span, &message, name, &names);
    }
    table
}

/// The tables of the return that a study does not keep among its own.
fn tables_of_return() -> impl Iterator<Item = ReturnTable> {
    let tables = ReturnTable::ALL.into_iter();
    tables.filter(|table| !table.is_kept_by_study())
}
