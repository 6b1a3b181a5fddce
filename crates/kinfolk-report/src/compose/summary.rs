//! Page one: three sentences, five figures, and how sure we are of them.

use kinfolk_model::{Code, SectionName};

use super::context::Context;
use super::key_figures;
use crate::document::{Block, Section, Text};
use crate::sentences::{
    comparison, connections, homes, objectives, outcomes, ratings, reach, sure,
};

/// The summary; it shares its page with the title.
pub(crate) fn section(context: &Context<'_>) -> Section {
    let mut blocks: Vec<Block> = leads(context).into_iter().map(Block::Lead).collect();
    blocks.extend(notice(context));
    blocks.extend(key_figures::block(context));
    blocks.extend(sure(context));
    blocks.extend(context.quotes(SectionName::Summary));
    Section {
        id: SectionName::Summary.code().to_owned(),
        heading: SectionName::Summary.label().to_owned(),
        blocks,
    }
}

/// The first three that the figures allow.
fn leads(context: &Context<'_>) -> Vec<Text> {
    let figures = context.figures;
    let leads: Vec<Text> = [
        connections::in_short(figures),
        objectives::met_in_short(figures),
        outcomes::in_short(figures),
        ratings::in_short(figures),
        reach::steps(figures).or_else(|| reach::children(figures)),
        reach::returns(figures),
        reach::coordinators(figures),
    ]
    .into_iter()
    .flatten()
    .take(3)
    .collect();
    let leads = match leads.is_empty() {
        true => match compared(context) {
            Some(found) => [Some(found), arms(context)].into_iter().flatten().collect(),
            None => homes::three_or_more(figures).into_iter().collect(),
        },
        false => leads,
    };
    if leads.is_empty() {
        return vec![Text::plain(
            "These records hold too little to report on yet.",
        )];
    }
    leads
}

/// What differs from comparators, where a study holds little else.
fn compared(context: &Context<'_>) -> Option<Text> {
    if let Some(asked) = &context.settings.comparison {
        return comparison::lead(context.figures, asked);
    }
    let outcomes = comparison::compared_by_authorities(context.figures);
    comparison::over_authorities(context.figures, outcomes.first()?)
}

/// The outcome in either arm, with its counts.
fn arms(context: &Context<'_>) -> Option<Text> {
    let asked = context.settings.comparison.as_ref()?;
    comparison::as_they_are(context.figures, asked.outcomes.first()?)
}

fn notice(context: &Context<'_>) -> Option<Block> {
    let notice = context.settings.notice.trim();
    (!notice.is_empty()).then(|| {
        Block::Paragraph(
            Text::default()
                .then_strong("About these data. ")
                .then(notice),
        )
    })
}

fn sure(context: &Context<'_>) -> Option<Block> {
    let lines = sure::lines(context.figures);
    (!lines.is_empty()).then_some(Block::Sure(lines))
}
