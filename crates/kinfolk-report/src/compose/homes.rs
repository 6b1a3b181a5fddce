//! Where children live: how often children in care move, by a definition that is stated; the children
//! of the service beside them; England and other authorities; why children move; the first two years;
//! how far the answer depends on the definition; going missing; health and conduct; care
//! leavers.

mod service;
mod tables;
mod yearly;

use kinfolk_charts::{
    draw_care_definitions, draw_care_first_years, draw_care_funnel, draw_care_moves,
    draw_care_series,
};
use kinfolk_model::{PublishedMeasure, SectionName};

use super::context::{Context, Numbering, care, heading, opening, with_note};
use super::printed::{elsewhere, in_part, without};
use crate::document::{Block, Section, Text};
use crate::sentences::{homes, paragraph};

/// The section; nothing where the study holds no returns.
pub(crate) fn section(context: &Context<'_>, numbering: &mut Numbering) -> Option<Section> {
    let figures = context.figures;
    if !homes::is_measured(figures) {
        return context.close(SectionName::Homes, Vec::new());
    }
    let lead = homes::three_or_more(figures).or_else(|| homes::children(figures));
    let mut blocks = opening(lead, how_stable(context), None);
    blocks.extend(tables::measures(context, numbering));
    for part in [
        service,
        beside_england,
        why_they_moved,
        first_years,
        definitions,
        missing,
        yearly,
        leavers,
    ] {
        blocks.extend(part(context, numbering));
    }
    context.close(SectionName::Homes, blocks)
}

/// What became of the rows, for the section about the numbers.
pub(crate) fn rows(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    tables::rows(context, numbering).into_iter().collect()
}

fn how_stable(context: &Context<'_>) -> Option<Block> {
    let figures = context.figures;
    let shares = paragraph([homes::in_two_years(figures), homes::same_carer(figures)]);
    let later = paragraph([
        homes::same_home(figures),
        homes::not_same_home(figures),
        homes::rate(figures),
    ]);
    let counted = paragraph([
        Some(homes::definition(figures)),
        homes::left_out(figures),
        homes::rows(figures),
    ]);
    let note = "A time with one carer, or in one children\u{2019}s home.";
    with_note([shares, later, counted], "Placement", note)
}

/// A heading with what follows it; nothing where nothing does.
fn under(words: &str, blocks: Vec<Block>) -> Vec<Block> {
    match blocks.is_empty() {
        true => blocks,
        false => std::iter::once(heading(words)).chain(blocks).collect(),
    }
}

fn told<const N: usize>(sentences: [Option<Text>; N]) -> Vec<Block> {
    let text = paragraph(sentences).map(Block::Paragraph);
    text.into_iter().collect()
}

/// The children of the service, with what neither figure shows.
fn service(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let figures = context.figures;
    let mut blocks = told([
        homes::found(figures),
        homes::service_same_home(figures),
        homes::difference(figures),
    ]);
    let notes = |note: Option<Text>| note.map(|text| care("Read with care.", text));
    blocks.extend(notes(homes::difference_note(figures)));
    blocks.extend(service::beside_others(context, numbering));
    if let Some(text) = homes::around_start(figures) {
        blocks.push(Block::Paragraph(text));
        blocks.extend(notes(homes::around_start_note(figures)));
    }
    under("The children of the service", blocks)
}

fn beside_england(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let figures = context.figures;
    let mut blocks = told([homes::beside_england(figures)]);
    let published = tables::published(context, numbering);
    blocks.extend(published.map(|table| in_part(table, |table| without(table, &[tables::REGION]))));
    for measure in BESIDE_ENGLAND {
        blocks.extend(beside_others(context, numbering, measure));
    }
    under("Beside England", blocks)
}

/// Measures of which official statistics are drawn; all others stand in the table only.
const BESIDE_ENGLAND: [PublishedMeasure; 2] = [
    PublishedMeasure::ThreeOrMoreInYear,
    PublishedMeasure::SameCarerTwoYears,
];

/// Where the authority lies among all by its size, and over the years.
fn beside_others(
    context: &Context<'_>,
    numbering: &mut Numbering,
    measure: PublishedMeasure,
) -> Vec<Block> {
    let figures = context.figures;
    let mut blocks = told([homes::in_funnel(figures, measure)]);
    let funnel = numbering.figure(draw_care_funnel(context.release, measure));
    if funnel.is_some() {
        blocks.extend(funnel);
        let text = homes::overdispersion(figures, measure);
        blocks.extend(text.map(|text| care("Read with care.", text)));
    }
    blocks.extend(numbering.figure(draw_care_series(context.release, measure)));
    blocks
}

fn why_they_moved(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let figures = context.figures;
    let mut blocks = told([
        homes::planned_moves(figures),
        homes::planned_returns(figures),
    ]);
    blocks.extend(numbering.figure(draw_care_moves(context.release)));
    blocks.extend(tables::left_care(context, numbering).map(elsewhere));
    under("Why placements ended", blocks)
}

fn first_years(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let mut blocks = told([homes::first_home(context.figures)]);
    blocks.extend(numbering.figure(draw_care_first_years(context.release)));
    blocks.extend(tables::ways(context, numbering));
    under("The first two years in care", blocks)
}

fn definitions(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let Some(figure) = numbering.figure(draw_care_definitions(context.release)) else {
        return Vec::new();
    };
    let about = "The same children, counted by other rules. The official rule is not written out in \
                 full anywhere that we know of, so this report states its own and shows the others.";
    let mut blocks = vec![Block::Paragraph(Text::plain(about)), figure];
    blocks.extend(tables::more_definitions(context, numbering).map(elsewhere));
    under("How far the answer depends on the definition", blocks)
}

fn missing(context: &Context<'_>, _: &mut Numbering) -> Vec<Block> {
    let figures = context.figures;
    let mut blocks = told([homes::missing(figures), homes::away(figures)]);
    if !blocks.is_empty() {
        let text = "Authorities draw the line between missing and away differently, so these figures \
                    compare badly with those of others.";
        blocks.push(care("Read with care.", Text::plain(text)));
    }
    under("Going missing", blocks)
}

fn yearly(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let mut blocks = told([homes::health_assessed(context.figures)]);
    blocks.extend(yearly::yearly_outcomes(context, numbering));
    under("Health and conduct", blocks)
}

fn leavers(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let figures = context.figures;
    let mut blocks = told(tables::AGES.map(|age| homes::leavers(figures, age)));
    blocks.extend(tables::leavers(context, numbering));
    let measure = PublishedMeasure::SuitableAccommodation19To21;
    blocks.extend(beside_others(context, numbering, measure));
    under("Care leavers", blocks)
}
