//! How the figures were made: options, methods, definitions.

use kinfolk_charts::{DataRow, DataTable};
use kinfolk_model::{Code, MEASURES, format};

use super::cells::{self, words};
use super::context::{Context, Numbering, heading, heading_on_new_page};
use crate::document::{Block, Text};

/// The methods, in plain English, with every option that can change a figure.
pub(crate) fn blocks(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let source = imprint(context);
    let mut blocks = vec![heading_on_new_page("How the figures were made")];
    blocks.extend(plain_words(context).into_iter().map(Block::Paragraph));
    let options = options(context);
    blocks.push(numbering.table("options", "Options of this report", options, source));
    blocks.push(heading("What each measure means"));
    blocks.push(Block::Definitions(definitions(context)));
    blocks
}

fn plain_words(context: &Context<'_>) -> Vec<Text> {
    let level = format::level(context.settings.confidence);
    let figures = context.figures;
    let shares = format!(
        "Every share stands beside its count and its {level} interval. Statisticians call it a \
         confidence interval, made by the method of Wilson. Where a child counts more than once, the \
         interval allows for it."
    );
    [
        Some(shares),
        figures.has("connections.change").then(|| {
            "Changes are taken child by child, among children with both counts. Their interval comes \
             from the spread of those changes."
                .to_owned()
        }),
        Some(
            "A row with a value that cannot be used takes no part in any figure. It is counted under \
             data quality. A blank is missing, and is never read as no."
                .to_owned(),
        ),
        Some(
            "The figures keep full precision until they are written, and are rounded once."
                .to_owned(),
        ),
    ]
    .into_iter()
    .flatten()
    .map(Text::plain)
    .collect()
}

/// Everything in `study.toml` that can change a figure.
fn options(context: &Context<'_>) -> DataTable {
    let settings = context.settings;
    let period = settings.period;
    let rows: Vec<(&str, String)> = vec![
        (
            "Period",
            format!(
                "{} to {}",
                format::day(period.start),
                format::day(period.end)
            ),
        ),
        (
            "Nation whose rules apply",
            settings.country.label().to_owned(),
        ),
        (
            "Level of intervals (confidence)",
            format::level(settings.confidence),
        ),
        ("Seed of random draws (seed)", settings.seed.to_string()),
        (
            "Days to follow-up (follow_up_days)",
            format::count(u64::from(settings.follow_up_days)),
        ),
        (
            "Rules for small numbers (disclosure)",
            format!("{} ({})", settings.disclosure.label(), settings.disclosure),
        ),
        (
            "Baseline of the Strengths and Difficulties Questionnaire (sdq_baseline)",
            settings.sdq_baseline.clone(),
        ),
        (
            "Comparison with all authorities (benchmark)",
            settings
                .benchmark
                .clone()
                .unwrap_or_else(|| "none".to_owned()),
        ),
    ];
    let rows: Vec<DataRow> = rows
        .into_iter()
        .map(|(option, value)| cells::row(option, [words(&value)]))
        .collect();
    cells::table_of_words(&["Option", "As set"], rows)
}

fn imprint(context: &Context<'_>) -> String {
    let provenance = &context.inputs.provenance;
    format!(
        "Made by kinfolk {}, run {}.",
        provenance.version, provenance.run
    )
}

/// The measures that this report holds.
fn definitions(context: &Context<'_>) -> Vec<(String, String)> {
    MEASURES
        .iter()
        .filter(|measure| context.figures.has(measure.id))
        .map(|measure| {
            (
                measure.title.to_owned(),
                measure.definition.replace('`', ""),
            )
        })
        .collect()
}
