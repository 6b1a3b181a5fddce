//! Sheets to tables: each sheet is read as one table, or a finding says why not.

use kinfolk_model::schema::TableSchema;
use kinfolk_model::{ComparisonSettings, Finding, Place, fold};

use crate::folder::{ListedFile, file_place};
use crate::header::{Hints, Layout, Recognition, further_layouts, is_named_like, recognise};
use crate::rules;
use crate::settings_file::{NamedColumn, NamedFile, StudyFile};
use crate::sheet::{Format, Sheet, Visibility};
use crate::table::Assigned;

/// Recognises each sheet, in the order of the files.
pub(crate) fn assign(
    sheets: Vec<Sheet>,
    study: &StudyFile,
    statements: &[(String, String)],
) -> (Vec<Assigned>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut assigned = Vec::new();
    let hints = Hints {
        columns: &study.columns,
        statements,
    };
    for sheet in sheets {
        let forced = forced(&sheet, &study.files);
        if sheet.rows.is_empty() {
            findings.extend(about_blank(&sheet, forced));
            continue;
        }
        match recognise(&sheet, &hints, forced) {
            Recognition::Table(layout) => {
                findings.extend(about_layout(
                    &sheet,
                    &layout,
                    study.settings.comparison.as_ref(),
                ));
                let further = further_layouts(&sheet, &layout, &hints);
                let further: Vec<Assigned> = further
                    .into_iter()
                    .map(|layout| Assigned {
                        sheet: sheet.clone(),
                        layout,
                    })
                    .collect();
                assigned.push(Assigned { sheet, layout });
                assigned.extend(further);
            }
            Recognition::Incomplete(layout, missing) => {
                findings.extend(
                    missing
                        .iter()
                        .map(|name| missing_column(&sheet, &layout, name)),
                );
            }
            Recognition::Ambiguous(one, other) => {
                let message = format!("the columns fit {one} as well as {other}");
                findings.push(rules::TABLE_NOT_RECOGNISED.at(sheet.place(), message));
            }
            Recognition::Unknown => findings.extend(about_unknown(&sheet)),
        }
    }
    findings.extend(unused_columns(&study.columns, &assigned));
    (assigned, findings)
}

/// The table that `study.toml` names for a sheet.
pub(crate) fn forced(sheet: &Sheet, files: &[NamedFile]) -> Option<&'static TableSchema> {
    let mut files = files.iter();
    let named = files.find(|named| named.names(&sheet.file, sheet.name.as_deref()));
    named.map(|named| named.table)
}

/// Reports each file that `[files]` names and the folder lacks. `sheets` are those of all workbooks,
/// each with its file.
pub(crate) fn missing_files<T>(
    named: &[NamedFile<T>],
    files: &[ListedFile],
    sheets: &[(String, Option<String>)],
) -> Vec<Finding> {
    let message = |named: &NamedFile<T>| {
        if !files
            .iter()
            .any(|file| file.path.eq_ignore_ascii_case(&named.file))
        {
            return Some(format!("there is no file `{}`", named.file));
        }
        let wanted = named.sheet.as_ref()?;
        let mut sheets = sheets.iter();
        let has_sheet = sheets.any(|(file, sheet)| named.names(file, sheet.as_deref()));
        (!has_sheet).then(|| format!("`{}` has no sheet `{wanted}`", named.file))
    };
    named
        .iter()
        .filter_map(|named| {
            let place = Place {
                row: Some(named.line),
                ..file_place("study.toml")
            };
            Some(rules::FILE_MISSING.at(place, message(named)?))
        })
        .collect()
}

/// A blank sheet is worth a word only when its name, or `study.toml`, promises a table.
fn about_blank(sheet: &Sheet, forced: Option<&TableSchema>) -> Option<Finding> {
    let is_promised = forced.is_some()
        || sheet.format == Format::Delimited
        || kinfolk_model::schema::TABLES
            .iter()
            .any(|table| is_named_like(sheet, table));
    is_promised.then(|| rules::TABLE_EMPTY.at(sheet.place(), "nothing stands here"))
}

/// Lists behind drop-downs stand in hidden sheets, instructions in sheets called `README`.
fn about_unknown(sheet: &Sheet) -> Option<Finding> {
    let is_readme = sheet
        .name
        .as_deref()
        .is_some_and(|name| fold(name).starts_with("readme"));
    let is_silent = is_readme || sheet.visibility == Visibility::Hidden;
    (!is_silent).then(|| {
        rules::TABLE_NOT_RECOGNISED.at(
            sheet.place(),
            "no row near the top has the headers of a table",
        )
    })
}

fn missing_column(sheet: &Sheet, layout: &Layout, name: &str) -> Finding {
    let table = layout.table.name;
    rules::MISSING_REQUIRED_COLUMN.at(
        header_place(sheet, layout),
        format!("the table looks like {table}, but has no column {name}"),
    )
}

fn about_layout(
    sheet: &Sheet,
    layout: &Layout,
    comparison: Option<&ComparisonSettings>,
) -> Vec<Finding> {
    let mut findings: Vec<Finding> = layout
        .duplicates
        .iter()
        .map(|found| {
            let place = layout.place(sheet, layout.header_row, found.column);
            let message = format!("{} was read from another column", found.name);
            rules::DUPLICATE_COLUMN.at(place, message)
        })
        .collect();
    let extra: Vec<&str> = layout
        .extra
        .iter()
        .filter_map(|at| layout.header(*at))
        .filter(|header| layout.table.name != "cohort" || !is_asked(comparison, header))
        .collect();
    let steps = match extra.as_slice() {
        [] => Vec::new(),
        _ => steps_missing(layout),
    };
    if !steps.is_empty() {
        let message = format!("no {}; not used: {}", steps.join(", no "), extra.join(", "));
        findings.push(rules::STEPS_MISSING.at(header_place(sheet, layout), message));
    } else if !extra.is_empty() {
        let message = format!("not used: {}", extra.join(", "));
        findings.push(rules::EXTRA_COLUMNS.at(header_place(sheet, layout), message));
    }
    if !sheet.rows.has_below(layout.header_row) {
        let message = format!("{} has headers, but no row below them", layout.table.name);
        findings.push(rules::TABLE_EMPTY.at(header_place(sheet, layout), message));
    }
    findings
}

/// Days by which children are counted at the steps of the work.
const STEPS: [&str; 2] = ["referral_date", "start_date"];

/// Those of them that a list of children lacks.
fn steps_missing(layout: &Layout) -> Vec<&'static str> {
    let is_of_children = layout.table.name == "children";
    let missing = STEPS
        .into_iter()
        .filter(|name| layout.column(name).is_none());
    missing.filter(|_| is_of_children).collect()
}

/// Whether `[comparison]` names a further column of the cohort.
fn is_asked(comparison: Option<&ComparisonSettings>, header: &str) -> bool {
    let name = fold(header);
    comparison.is_some_and(|asked| {
        let names = asked.outcomes.iter().chain(&asked.covariates);
        let names = names.chain(&asked.exact).chain(&asked.authority);
        names.into_iter().any(|known| *known == name)
    })
}

/// Reports each header that `[columns]` names and no sheet of the table has.
fn unused_columns(named: &[NamedColumn], assigned: &[Assigned]) -> Vec<Finding> {
    let is_used = |named: &NamedColumn| {
        assigned
            .iter()
            .filter(|assigned| assigned.layout.table.name == named.table.name)
            .flat_map(|assigned| &assigned.layout.headers)
            .any(|(_, header)| fold(header) == fold(&named.header))
    };
    named
        .iter()
        .filter(|named| !is_used(named))
        .map(|named| mapped_column_missing(named, named.table.name))
        .collect()
}

/// Says that no table of that name has the header that `[columns]` gives to one of its columns.
pub(crate) fn mapped_column_missing<T>(named: &NamedColumn<T>, table: &str) -> Finding {
    let place = Place {
        row: Some(named.line),
        header: Some(named.column.to_owned()),
        ..file_place("study.toml")
    };
    let message = format!("no {table} has a column \u{201c}{}\u{201d}", named.header);
    rules::MAPPED_COLUMN_MISSING.at(place, message)
}

fn header_place(sheet: &Sheet, layout: &Layout) -> Place {
    Place {
        row: Some(layout.header_row),
        ..sheet.place()
    }
}
