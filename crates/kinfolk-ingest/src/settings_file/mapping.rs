//! `[files]` and `[columns.<table>]`: where tables stand and what their columns are called locally.

use std::ops::Range;

use kinfolk_model::schema::{self, TABLES, TableSchema};
use toml::de::DeTable;

use crate::toml_reader::TomlReader;

/// A file that `[files]` gives to a table.
#[derive(Debug, Clone)]
pub(crate) struct NamedFile {
    pub(crate) table: &'static TableSchema,
    pub(crate) file: String,
    pub(crate) sheet: Option<String>,
    pub(crate) line: u32,
}

/// A local header that `[columns.<table>]` gives to a column.
#[derive(Debug, Clone)]
pub(crate) struct NamedColumn {
    pub(crate) table: &'static TableSchema,
    pub(crate) column: &'static str,
    pub(crate) header: String,
    pub(crate) line: u32,
}

pub(super) fn files(reader: &mut TomlReader<'_>, root: &DeTable<'_>) -> Vec<NamedFile> {
    let Some(section) = reader.table(root, "files") else {
        return Vec::new();
    };
    let mut named = Vec::new();
    for key in section.keys() {
        let Some(table) = table_named(reader, key.span(), key.get_ref()) else {
            continue;
        };
        for (span, text) in reader.texts(section, key.get_ref()) {
            let (file, sheet) = match text.split_once('#') {
                Some((file, sheet)) => (file, Some(sheet.trim().to_owned())),
                None => (text.as_str(), None),
            };
            named.push(NamedFile {
                table,
                file: file.trim().replace('\\', "/"),
                sheet,
                line: reader.line(&span),
            });
        }
    }
    named
}

pub(super) fn columns(reader: &mut TomlReader<'_>, root: &DeTable<'_>) -> Vec<NamedColumn> {
    let Some(section) = reader.table(root, "columns") else {
        return Vec::new();
    };
    let mut named = Vec::new();
    for key in section.keys() {
        let Some(table) = table_named(reader, key.span(), key.get_ref()) else {
            continue;
        };
        if let Some(pairs) = reader.table(section, key.get_ref()) {
            named.extend(columns_of(reader, table, pairs));
        }
    }
    named
}

fn columns_of(
    reader: &mut TomlReader<'_>,
    table: &'static TableSchema,
    pairs: &DeTable<'_>,
) -> Vec<NamedColumn> {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let mut named = Vec::new();
    for (key, value) in pairs {
        let name = key.get_ref().as_ref();
        let Some(column) = table.column(name) else {
            let message = format!("{} has no column `{name}`", table.name);
            reader.unknown(key.span(), &message, name, &names);
            continue;
        };
        if let Some(header) = reader.text_of(value, name) {
            named.push(NamedColumn {
                table,
                column: column.name,
                header,
                line: reader.line(&key.span()),
            });
        }
    }
    named
}

fn table_named(
    reader: &mut TomlReader<'_>,
    span: Range<usize>,
    name: &str,
) -> Option<&'static TableSchema> {
    let table = schema::table(name);
    if table.is_none() {
        let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
        let message = format!("there is no table `{name}`");
        reader.unknown(span, &message, name, &names);
    }
    table
}
