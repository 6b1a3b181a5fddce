//! What an authority calls the files and columns of the return, where `study.toml` says so.

use kinfolk_model::fold;

use super::kind::{Places, ReturnTable};
use crate::settings_file::{NamedColumn, NamedFile};

/// The files that `[files]` gives to tables of the return, and the headers that `[columns]` gives to
/// their columns. Returns that are read on their own have none of either.
#[derive(Debug, Clone, Default)]
pub(crate) struct ReturnNames {
    pub(crate) files: Vec<NamedFile<ReturnTable>>,
    columns: Vec<NamedColumn<ReturnTable>>,
}

/// The headers of one table of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Headers {
    /// As they stand in the file.
    pub(super) shown: Vec<String>,
    /// The columns that they are, in the same places; a header that nobody names otherwise is itself.
    pub(super) columns: Vec<String>,
}

impl Headers {
    /// Headers that are those of the return already.
    pub(super) fn of_return(headers: Vec<String>) -> Self {
        Self {
            columns: headers.clone(),
            shown: headers,
        }
    }
}

impl ReturnNames {
    pub(crate) fn new(
        files: Vec<NamedFile<ReturnTable>>,
        columns: Vec<NamedColumn<ReturnTable>>,
    ) -> Self {
        Self { files, columns }
    }

    /// The table that `[files]` names for a file, or for one sheet of a workbook.
    pub(crate) fn forced(&self, file: &str, sheet: Option<&str>) -> Option<ReturnTable> {
        let mut files = self.files.iter();
        let named = files.find(|named| named.names(file, sheet));
        named.map(|named| named.table)
    }

    /// The table with such headers, and the columns that they are; `None` where they are those of no
    /// table, or not even a child has a column in the table that `[files]` names.
    pub(super) fn recognise(
        &self,
        (file, sheet): (&str, Option<&str>),
        shown: Vec<String>,
    ) -> Option<(ReturnTable, Headers)> {
        let forced = self.forced(file, sheet);
        let mut tables = ReturnTable::ALL.into_iter();
        let (table, columns) = tables.find_map(|table| {
            let columns = self.columns_of(table, &shown);
            let is_it = match forced {
                Some(forced) => forced == table && Places::of(&columns).get("child").is_some(),
                None => table.is_told_by(&columns),
            };
            is_it.then_some((table, columns))
        })?;
        Some((table, Headers { shown, columns }))
    }

    /// The columns of a table that headers are. Where a header is given to a column, another that has
    /// the column's own name is none of the table's.
    fn columns_of(&self, table: ReturnTable, shown: &[String]) -> Vec<String> {
        let of_table = self.columns.iter().filter(|named| named.table == table);
        let of_file: Vec<_> = of_table
            .filter(|named| shown.iter().any(|header| named.is(header)))
            .collect();
        let column = |header: &String| {
            if let Some(named) = of_file.iter().find(|named| named.is(header)) {
                return named.column.to_owned();
            }
            let is_elsewhere = of_file
                .iter()
                .any(|named| fold(named.column) == fold(header));
            match is_elsewhere {
                true => format!("{header} (another column was named for it)"),
                false => header.clone(),
            }
        };
        shown.iter().map(column).collect()
    }

    /// The headers that `[columns]` names and that no table of their kind has, of those that were
    /// read.
    pub(super) fn unused<'r>(
        &self,
        read: impl Iterator<Item = (ReturnTable, &'r Headers)> + Clone,
    ) -> impl Iterator<Item = &NamedColumn<ReturnTable>> {
        self.columns.iter().filter(move |named| {
            let mut of_table = read.clone().filter(|(table, _)| *table == named.table);
            !of_table.any(|(_, headers)| headers.shown.iter().any(|header| named.is(header)))
        })
    }
}

impl NamedColumn<ReturnTable> {
    fn is(&self, header: &str) -> bool {
        fold(&self.header) == fold(header)
    }
}
