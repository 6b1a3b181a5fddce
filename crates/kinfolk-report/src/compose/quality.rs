//! Data quality: rows read, rows set aside, findings.

use kinfolk_charts::DataRow;
use kinfolk_disclosure::Released;
use kinfolk_model::{Code, Group, Severity, Statistic};

use super::context::{Context, Numbering, heading};
use super::{cells, homes};
use crate::document::Block;
use crate::sentences::numbers;

/// The page on data quality.
pub(crate) fn blocks(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let rows = rows(context, numbering);
    let returns = homes::rows(context, numbering);
    let findings = findings(context, numbering);
    if rows.is_none() && findings.is_none() {
        return Vec::new();
    }
    let mut blocks = vec![heading("Data quality")];
    blocks.extend(numbers::rows(context.figures).map(Block::Paragraph));
    blocks.extend(rows);
    blocks.extend(returns);
    blocks.extend(findings);
    blocks
}

fn rows(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let rows: Vec<DataRow> = context
        .release
        .of("quality.rows_read")
        .filter_map(|read| {
            let table = read.group().get("table")?;
            let group = Group::of("table", table);
            let aside = context
                .release
                .get("quality.rows_set_aside", &group, Statistic::Count);
            let counts = [cells::count(Some(read)), cells::count(aside)];
            Some(cells::row(&table_label(table), counts))
        })
        .chain(aside_only(context))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let table = cells::table_of_numbers(&["Table", "Rows read", "Rows set aside"], rows);
    let source = context.source("checks made on the study folder", "", not_said(context));
    Some(numbering.table("rows", "Rows read and set aside", table, source))
}

/// Why a table of scores is not among the rows read.
fn not_said(context: &Context<'_>) -> &'static str {
    let mut released = context.release.records().iter();
    match released.any(|figure| figure.measure().starts_with("sdq.")) {
        true => {
            "How many questionnaires on strengths and difficulties were read is not said: beside the \
             figures of each year it could tell on a small number."
        }
        false => "",
    }
}

/// Tables of which it is said only how many rows were set aside.
fn aside_only<'a>(context: &'a Context<'_>) -> impl Iterator<Item = DataRow> + 'a {
    context
        .release
        .of("quality.rows_set_aside")
        .filter_map(|aside| {
            let read = context
                .release
                .get("quality.rows_read", aside.group(), Statistic::Count);
            let label = table_label(aside.group().get("table")?);
            let counts = [cells::words("not said"), cells::count(Some(aside))];
            read.is_none().then(|| cells::row(&label, counts))
        })
}

/// `connection_counts` as words: `Connection counts`.
fn table_label(table: &str) -> String {
    match table {
        "sdq" => "SDQ questionnaires".to_owned(),
        "oc2" => "SDQ scores in yearly returns (OC2)".to_owned(),
        "oc3" => "Care leavers in returns (OC3)".to_owned(),
        "episodes" => "Episodes in returns".to_owned(),
        "header" => "Children in returns (header)".to_owned(),
        "missing" => "Times missing in returns".to_owned(),
        _ => crate::sentences::phrase::capital(&table.replace('_', " ")),
    }
}

fn findings(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let found: Vec<&Released> = context.release.of("quality.findings").collect();
    let by = |key: &'static str| {
        found
            .iter()
            .filter_map(move |released| Some((released.group().get(key)?, *released)))
    };
    let rows: Vec<DataRow> = section("How grave", by("severity"), severity_label)
        .into_iter()
        .chain(section("Rule", by("rule"), str::to_owned))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let table = cells::table_of_numbers(&["Finding", "Number"], rows);
    let note = "The findings list names the file and cell of each; it is not published. \u{2018}kinfolk explain\u{2019} and a rule says what it means.";
    let source = context.source("checks made on the study folder", "", note);
    Some(numbering.table("findings", "Findings in the data", table, source))
}

fn section<'a>(
    title: &str,
    rows: impl Iterator<Item = (&'a str, &'a Released)>,
    label: fn(&str) -> String,
) -> Vec<DataRow> {
    let rows: Vec<DataRow> = rows
        .map(|(code, n)| cells::row(&label(code), [cells::count(Some(n))]))
        .collect();
    if rows.is_empty() {
        return rows;
    }
    std::iter::once(cells::group(title, 2))
        .chain(rows)
        .collect()
}

fn severity_label(code: &str) -> String {
    code.parse::<Severity>()
        .map_or_else(|_| code.to_owned(), |severity| severity.label().to_owned())
}
