//! The report's tables as a workbook that anyone can read, with a screen reader too.

use kinfolk_charts::{DataCell, DataColumn, DataRow, DataTable, RowRole};
use kinfolk_model::format::{NOT_AVAILABLE, WITHHELD};
use rust_xlsxwriter::{Url, Workbook, XlsxError};

use super::fit::{fit_row, print_across};
use super::names::Names;
use super::sheet::{Holds, TableSheet, write, write_text};
use super::style;
use crate::document::{Block, Document, FigureBlock, TableBlock};
use crate::error::ReportError;

/// Width of the cover's only column, in letters.
const COVER_WIDTH: f64 = 90.0;

/// What the signs mean, where the document does not say so itself.
const SIGNS: [(&str, &str); 2] = [
    (
        WITHHELD,
        "Withheld, so that no child can be recognised. A count of 0 is shown.",
    ),
    (NOT_AVAILABLE, "Not available."),
];

/// One table on its way into the workbook.
struct Entry {
    sheet: String,
    table_name: String,
    title: String,
    subtitle: String,
    source: String,
    alt: String,
    table: DataTable,
}

/// The document's tables as a workbook: cover, contents, notes, then a sheet for each table and for
/// the table behind each chart, and all released figures last.
///
/// Each sheet holds its title, what its signs mean and its source above one table with a name;
/// numbers are numbers, text is never a formula. The same document gives the same bytes.
///
/// # Errors
///
/// What the spreadsheet's format forbids, e.g. more than a million rows.
pub fn render_workbook(document: &Document) -> Result<Vec<u8>, ReportError> {
    let mut names = Names::default();
    let [cover, contents, notes] = ["Cover", "Contents", "Notes"].map(|name| names.sheet(name));
    let entries = entries(document, &mut names);
    let mut workbook = Workbook::new();
    workbook.set_properties(&style::properties(
        &document.title,
        &document.subtitle,
        &document.author,
        document.date,
    )?);
    write_cover(&mut workbook, &cover, document)?;
    write_contents(&mut workbook, &contents, &entries)?;
    write_notes(&mut workbook, &notes, document)?;
    for entry in &entries {
        write(workbook.add_worksheet(), &entry.sheet())?;
    }
    Ok(workbook.save_to_buffer()?)
}

impl Entry {
    fn sheet(&self) -> TableSheet<'_> {
        TableSheet {
            name: &self.sheet,
            table_name: &self.table_name,
            title: &self.title,
            subtitle: &self.subtitle,
            source: &self.source,
            alt: &self.alt,
            table: &self.table,
            holds: Holds::Figures,
        }
    }
}

fn entries(document: &Document, names: &mut Names) -> Vec<Entry> {
    let mut entries: Vec<Entry> = document
        .blocks()
        .filter_map(|block| match block {
            Block::Table(block) => Some(table_entry(block, names)),
            Block::Figure(block) => figure_entry(block, names),
            _ => None,
        })
        .collect();
    if !document.figures.columns.is_empty() {
        entries.push(Entry {
            sheet: names.sheet("All figures"),
            table_name: names.table("all figures"),
            title: "All released figures".to_owned(),
            subtitle: "One figure a row, as the report and its other files show it.".to_owned(),
            source: String::new(),
            alt: "Each released figure in a row of its own.".to_owned(),
            table: document.figures.clone(),
        });
    }
    entries
}

fn table_entry(block: &TableBlock, names: &mut Names) -> Entry {
    Entry {
        sheet: names.sheet(&block.id),
        table_name: names.table(&block.id),
        title: format!("Table {}. {}", block.number, block.caption),
        subtitle: String::new(),
        source: block.source.clone(),
        alt: block.caption.clone(),
        table: block.table.clone(),
    }
}

/// `None` for a chart that shows nothing, which has no table either.
fn figure_entry(block: &FigureBlock, names: &mut Names) -> Option<Entry> {
    let figure = &block.figure;
    (!figure.table.rows.is_empty()).then(|| Entry {
        sheet: names.sheet(figure.id),
        table_name: names.table(figure.id),
        title: format!("Figure {}. {}", block.number, figure.title),
        subtitle: figure.subtitle.clone(),
        source: figure.source.clone(),
        alt: figure.alt.clone(),
        table: figure.table.clone(),
    })
}

fn write_cover(workbook: &mut Workbook, name: &str, document: &Document) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    sheet.set_column_width(0, COVER_WIDTH)?;
    write_text(sheet, (0, 0), &document.title, &style::title())?;
    let lines = [&document.subtitle, &document.strapline]
        .into_iter()
        .chain(&document.marking)
        .chain(&document.about)
        .filter(|line| !line.trim().is_empty());
    for (row, line) in (1..).zip(lines) {
        write_text(sheet, (row, 0), line, &style::wrapped())?;
        fit_row(sheet, row, std::iter::once((line.as_str(), COVER_WIDTH)))?;
    }
    print_across(sheet, None)
}

fn write_contents(workbook: &mut Workbook, name: &str, entries: &[Entry]) -> Result<(), XlsxError> {
    let rows = entries
        .iter()
        .map(|entry| row(&[&entry.sheet, &entry.title]));
    let table = DataTable {
        columns: columns(&["Sheet", "What it holds"]),
        rows: rows.collect(),
    };
    let sheet = workbook.add_worksheet();
    let of = TableSheet {
        name,
        table_name: "table_of_contents",
        title: "Contents",
        subtitle: "",
        source: "",
        alt: "The sheets of this workbook and what each holds.",
        table: &table,
        holds: Holds::Guide,
    };
    write(sheet, &of)?;
    // Links stand over the names, one row below the head of the table.
    let first = 3;
    for (entry, at) in entries.iter().zip(first..) {
        let target = entry.sheet.replace('\'', "''");
        let link = format!("internal:'{target}'!A1");
        let link = Url::new(link).set_text(&entry.sheet);
        sheet.write_url_with_format(at, 0, link, &style::link())?;
    }
    Ok(())
}

fn write_notes(workbook: &mut Workbook, name: &str, document: &Document) -> Result<(), XlsxError> {
    let terms: Vec<&(String, String)> = document
        .blocks()
        .filter_map(|block| match block {
            Block::Definitions(terms) => Some(terms),
            _ => None,
        })
        .flatten()
        .collect();
    let unsaid = SIGNS
        .iter()
        .filter(|(sign, _)| !terms.iter().any(|(term, _)| term == sign));
    let rows = unsaid
        .map(|(sign, meaning)| row(&[sign, meaning]))
        .chain(terms.iter().map(|(term, meaning)| row(&[term, meaning])));
    let table = DataTable {
        columns: columns(&["Word or sign", "Meaning"]),
        rows: rows.collect(),
    };
    let of = TableSheet {
        name,
        table_name: "table_of_notes",
        title: "Notes",
        subtitle: "",
        source: "",
        alt: "What the words and signs of this workbook mean.",
        table: &table,
        holds: Holds::Guide,
    };
    let sheet = workbook.add_worksheet();
    write(sheet, &of)
}

fn columns(heads: &[&str]) -> Vec<DataColumn> {
    let column = |head: &&str| DataColumn {
        head: (*head).to_owned(),
        is_numeric: false,
    };
    heads.iter().map(column).collect()
}

fn row(texts: &[&str]) -> DataRow {
    let cell = |text: &&str| DataCell {
        text: (*text).to_owned(),
        ..DataCell::default()
    };
    DataRow {
        role: RowRole::Body,
        cells: texts.iter().map(cell).collect(),
    }
}
