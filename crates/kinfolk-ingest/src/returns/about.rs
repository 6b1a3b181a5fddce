//! What is found in a file or in a return as a whole.

use std::path::Path;

use kinfolk_model::care::CareSource;
use kinfolk_model::{Finding, Place};

use super::extract::ExtractUse;
use super::kind::ReturnTable;
use super::part::ReturnName;
use super::read::ReturnFile;
use super::rules;
use crate::plain::PlainReader;
use crate::rules::Rule;

/// A file that cannot be read, or not to its end.
pub(super) fn file_unusable(path: &Path, message: String) -> Finding {
    rules::FILE_UNUSABLE.at(place(path), message)
}

/// A file, or a sheet of one, that holds no table of the return.
pub(super) fn table_unknown(path: &Path) -> Finding {
    rules::TABLE_UNKNOWN.at(
        place(path),
        "its headers are those of no table of the return",
    )
}

/// How the file is written.
pub(super) fn about_text(reader: &PlainReader, path: &Path) -> impl Iterator<Item = Finding> {
    let encoding = reader.marked_encoding();
    let encoding = encoding.map(|name| rules::ENCODING_MARKED.at(place(path), name));
    let n_unnamed = reader.n_unnamed();
    let unnamed = (n_unnamed > 0).then(|| {
        let message = format!("{n_unnamed} without a name at the end of the header");
        rules::COLUMN_MORE.at(place(path), message)
    });
    encoding.into_iter().chain(unnamed)
}

/// Columns that are missing, those that are too many, and how headers are written.
pub(super) fn about_headers(
    table: ReturnTable,
    headers: &[String],
) -> impl Iterator<Item = (&'static Rule, String)> {
    let name = table.name();
    let missing = table.missing_columns(headers);
    let missing = (!missing.is_empty()).then(|| {
        let message = format!("the table {name} has no {}", missing.join(", "));
        (&rules::COLUMN_MISSING, message)
    });
    let further = table.further_columns(headers);
    let further = (!further.is_empty()).then(|| {
        let message = format!("the table {name} also has {}", further.join(", "));
        (&rules::COLUMN_MORE, message)
    });
    let has_lower = |text: &String| text.chars().any(char::is_lowercase);
    let is_lower = !table.is_extract() && headers.iter().any(has_lower);
    let lower = is_lower.then(|| {
        let message = format!("the table {name} has headers in lower case");
        (&rules::HEADER_CASE, message)
    });
    [missing, further, lower].into_iter().flatten()
}

/// Sets a table of an extract aside that cannot be used.
pub(super) fn set_aside(file: &mut ReturnFile, extract: ExtractUse) -> Option<Finding> {
    let rule = extract.rule_against(file.table)?;
    let n_rows = file.n_rows - file.n_set_aside;
    file.n_set_aside = file.n_rows;
    let place = Place {
        sheet: file.sheet.clone(),
        ..place(Path::new(&file.path))
    };
    let mut finding = rule.at(place, format!("{n_rows} rows of {}", file.table.name()));
    finding.row_set_aside = n_rows > 0;
    Some(finding)
}

/// What an extract lacks.
pub(super) fn about_source(source: CareSource) -> Vec<Finding> {
    let CareSource::Extract(tables) = source else {
        return Vec::new();
    };
    let missing = [
        (tables.has_reasons, &rules::EPISODES_MISSING),
        (tables.has_legal_statuses, &rules::STATUSES_MISSING),
    ];
    let missing = missing.into_iter().filter(|(is_there, _)| !is_there);
    missing
        .map(|(_, rule)| rule.at(Place::default(), rule.in_a_sentence()))
        .collect()
}

pub(super) fn about_year(name: &ReturnName, year: Option<i16>) -> Option<Finding> {
    match (name, year) {
        (ReturnName::Year(named), Some(year)) if *named != year => {
            let message =
                format!("named {named}; its dates say the return that ends on 31 March {year}");
            Some(rules::YEAR_OTHERWISE.at(Place::default(), message))
        }
        (ReturnName::Folder(folder), None) => {
            let place = Place {
                file: folder.clone(),
                ..Place::default()
            };
            Some(rules::YEAR_UNKNOWN.at(place, "neither a name nor an episode tells the year"))
        }
        _ => None,
    }
}

/// A file as a whole.
pub(super) fn place(path: &Path) -> Place {
    Place {
        file: path.display().to_string(),
        ..Place::default()
    }
}
