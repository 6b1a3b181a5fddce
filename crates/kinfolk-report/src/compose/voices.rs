//! What children and members of their network said.

use kinfolk_charts::DataRow;
use kinfolk_disclosure::Released;
use kinfolk_model::{Code, Respondent, SectionName, Statistic, Story, format};

use super::cells;
use super::context::{Context, Numbering, care, opening, small_numbers};
use super::printed::elsewhere;
use crate::document::{Block, Section, StoryBlock, Text};
use crate::sentences::{paragraph, phrase, ratings};

/// Ratings, quotations and stories.
pub(crate) fn section(context: &Context<'_>, numbering: &mut Numbering) -> Option<Section> {
    let figures = context.figures;
    let figure = numbering
        .figure(kinfolk_charts::draw_ratings(context.release))
        .map(elsewhere);
    let mut blocks = opening(ratings::replied(figures), text(context), figure);
    if means_rows(context).next().is_some() {
        blocks.push(caution());
    }
    let stories = stories(context);
    let mut section = context.close(SectionName::Voices, blocks);
    match &mut section {
        Some(section) => section.blocks.extend(stories),
        None if !stories.is_empty() => {
            section = Some(Section {
                id: SectionName::Voices.code().to_owned(),
                heading: SectionName::Voices.label().to_owned(),
                blocks: stories,
            });
        }
        None => {}
    }
    section
}

fn text(context: &Context<'_>) -> Option<Block> {
    let figures = context.figures;
    let most = Respondent::ALL
        .iter()
        .map(|who| ratings::most_agreed(figures, *who));
    let agreed = paragraph(most.chain([ratings::response(figures)]))?;
    let is_small = ratings::rated(figures)
        .iter()
        .any(|rated| phrase::is_small(rated.agree));
    Some(Block::WithNote {
        paragraphs: std::iter::once(agreed)
            .chain(is_small.then(small_numbers))
            .collect(),
        term: "Agree".to_owned(),
        note: "An answer of 4 or 5 on a scale of 1 to 5, or yes.".to_owned(),
    })
}

/// The means, which the chart leaves out, each with its number of answers; for the annex.
pub(crate) fn means(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let heads: [&str; N_COLUMNS] = [
        "Statement",
        "Answers",
        "Mean, 1 to 5",
        &interval_head(context),
    ];
    let rows: Vec<DataRow> = means_rows(context).collect();
    if rows.is_empty() {
        return None;
    }
    let table = cells::table_of_numbers(&heads, rows);
    let source = context.source("questionnaires", "", "");
    Some(numbering.table("ratings", "Mean ratings", table, source))
}

/// Statement, answers, mean and interval, under each kind of respondent.
fn means_rows(context: &Context<'_>) -> impl Iterator<Item = DataRow> {
    let kinds = Respondent::ALL.iter();
    kinds.flat_map(|who| means_of(context, *who, N_COLUMNS))
}

/// The columns of the table of means.
const N_COLUMNS: usize = 4;

fn interval_head(context: &Context<'_>) -> String {
    format!("{} interval", format::level(context.settings.confidence))
}

fn means_of(context: &Context<'_>, who: Respondent, n_columns: usize) -> Vec<DataRow> {
    let rows: Vec<DataRow> = context
        .release
        .of("questionnaire.rating")
        .filter(|mean| mean.statistic() == Statistic::Mean)
        .filter(|mean| mean.group().get("respondent") == Some(who.code()))
        .filter_map(|mean| mean_row(context, mean))
        .collect();
    if rows.is_empty() {
        return rows;
    }
    std::iter::once(cells::group(who.label(), n_columns))
        .chain(rows)
        .collect()
}

fn mean_row(context: &Context<'_>, mean: &Released) -> Option<DataRow> {
    let statement = context.settings.statement(mean.group().get("statement")?);
    let decimal = |value| format::number(value, 1);
    Some(cells::row(
        &statement,
        [
            cells::denominator(Some(mean)),
            cells::decimal(Some(mean)),
            cells::interval(Some(mean), decimal),
        ],
    ))
}

fn caution() -> Block {
    care(
        "Read with care.",
        Text::plain("Those who replied may be more content than those who did not."),
    )
}

fn stories(context: &Context<'_>) -> Vec<Block> {
    let stories = &context.inputs.voices.stories;
    stories.iter().map(story).collect()
}

fn story(story: &Story) -> Block {
    let parts = [
        ("At the start", &story.at_the_start),
        ("What we did", &story.what_we_did),
        ("What changed", &story.what_changed),
        ("In one line", &story.in_one_line),
    ];
    Block::Story(StoryBlock {
        title: story.title.clone(),
        parts: parts
            .into_iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(head, text)| (head.to_owned(), text.trim().to_owned()))
            .collect(),
        footer: "Shared with consent. Name and details changed.".to_owned(),
    })
}
