//! How children feel and behave: the SDQ over the years. Who has a score stands first; then means,
//! bands, changes beyond measurement error, and how far the answer depends on the method.

mod methods;
mod moves;
mod tables;

use kinfolk_model::{Informant, SdqWave, SectionName};

use super::context::{Context, Numbering, care, heading, opening, with_note};
use super::printed::{in_part, without};
use crate::document::{Block, Section, Text};
use crate::sentences::{paragraph, sdq};

/// The section; nothing where the study holds no SDQ.
pub(crate) fn section(context: &Context<'_>, numbering: &mut Numbering) -> Option<Section> {
    let informants = sdq::informants(context.figures);
    let Some(informant) = informants.first().copied() else {
        return context.close(SectionName::Wellbeing, Vec::new());
    };
    let mut blocks = opening(
        lead(context, informant),
        what_it_is(context, informant),
        None,
    );
    blocks.extend(complete(context, numbering));
    blocks.extend(means(context, numbering, informant));
    blocks.extend(bands(context, numbering, informant));
    blocks.extend(reliable(context, numbering, informant));
    blocks.extend(methods::methods(context, numbering, informant));
    context.close(SectionName::Wellbeing, blocks)
}

fn lead(context: &Context<'_>, informant: Informant) -> Option<Text> {
    let figures = context.figures;
    let start = SdqWave::Baseline;
    sdq::changed(figures, informant)
        .or_else(|| sdq::mean_at(figures, informant, start))
        .or_else(|| sdq::no_baseline(figures, informant))
}

fn what_it_is(context: &Context<'_>, informant: Informant) -> Option<Block> {
    let figures = context.figures;
    let about = "The Strengths and Difficulties Questionnaire (SDQ) asks about feelings, behaviour, \
                 restlessness and friends. It is filled in each year for children in care.";
    let held = paragraph([
        sdq::unclear(figures, informant),
        sdq::complete_at(figures, informant),
        sdq::complete_later(figures, informant),
    ]);
    let note = "A score from 0 to 40. Lower means fewer difficulties.";
    with_note([Some(Text::plain(about)), held], "SDQ total", note)
}

/// Who has a score, and why others have none.
fn complete(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let figure = numbering.figure(kinfolk_charts::draw_sdq_completeness(context.release));
    figure
        .into_iter()
        .chain(tables::reasons(context, numbering))
        .collect()
}

/// Means over the waves; the change with its interval and n; England beside it; what the figures do
/// not show.
fn means(context: &Context<'_>, numbering: &mut Numbering, informant: Informant) -> Vec<Block> {
    let figures = context.figures;
    let Some(figure) = numbering.figure(kinfolk_charts::draw_sdq_means(context.release)) else {
        return Vec::new();
    };
    let figure = in_part(figure, |table| without(table, &["England"]));
    let others = sdq::changed_at_other_waves(figures, informant);
    let told = [sdq::modelled(figures, informant)]
        .into_iter()
        .chain(others.into_iter().map(Some))
        .chain([
            sdq::left_out(figures, informant),
            sdq::kept_and_lost(figures, informant),
        ]);
    let first = paragraph(told);
    let england = sdq::national(figures);
    let others = sdq::others(figures);
    let apart = (!others.is_empty()).then(|| {
        Text::plain("Each of these groups judges for itself, and their scores are never added up.")
    });
    let others = paragraph(others.into_iter().map(Some).chain([apart]));
    let mut blocks = vec![heading("Scores over the years")];
    blocks.extend(
        [first, england, others]
            .into_iter()
            .flatten()
            .map(Block::Paragraph),
    );
    blocks.extend(tables::changes(context, numbering));
    blocks.push(figure);
    blocks.push(care("What this does not show.", no_comparison()));
    blocks.extend(tables::kept_and_lost(context, numbering));
    blocks
}

/// The caution beside every change in scores.
fn no_comparison() -> Text {
    Text::plain(
        "There is no comparison group for these scores. Children often start at a hard time, so some \
         fall would be expected in any case.",
    )
}

fn bands(context: &Context<'_>, numbering: &mut Numbering, informant: Informant) -> Vec<Block> {
    let figures = context.figures;
    let Some(figure) = numbering.figure(kinfolk_charts::draw_sdq_bands(context.release)) else {
        return Vec::new();
    };
    let about = "Bands sort scores by how common they are among all children. Some children cross a \
                 boundary by one point. The Department for Education calls high scores \u{2018}cause \
                 for concern\u{2019}: 17 or more for carers, 16 for teachers, 20 for young people.";
    let paragraphs = [sdq::crossed(figures, informant), Some(Text::plain(about))];
    let mut blocks = vec![heading("Scores by band")];
    blocks.extend(with_note(paragraphs, "High", "In the top band of three."));
    blocks.push(figure);
    blocks.extend(moves::transitions(context, numbering, informant));
    blocks.extend(sdq::band_tests(figures, informant).map(Block::Paragraph));
    if let Some(picked) = sdq::began_high(figures, informant) {
        blocks.push(care("Read with care.", picked));
    }
    blocks
}

fn reliable(context: &Context<'_>, numbering: &mut Numbering, informant: Informant) -> Vec<Block> {
    let figures = context.figures;
    let figure = kinfolk_charts::draw_sdq_reliable_change(context.release);
    let Some(figure) = numbering.figure(figure) else {
        return Vec::new();
    };
    let text = paragraph([
        sdq::improved(figures, informant),
        sdq::deteriorated(figures, informant),
        sdq::by_chance_alone(figures, informant),
    ]);
    let mut blocks = vec![heading("Changes beyond measurement error")];
    blocks.extend(text.map(Block::Paragraph));
    let classes = classes(&figure);
    blocks.extend((!classes.is_empty()).then_some(Block::Definitions(classes)));
    blocks.push(figure);
    blocks.extend(moves::clinical(context, numbering, informant));
    blocks
}

/// What each class that the chart shows means; classes may be joined to hide a small number.
const CLASSES: [(&str, &str); 6] = [
    (
        "Improved",
        "The score fell by more than measurement error explains. It does not say why, nor that a child \
         needs no more support.",
    ),
    (
        "Not improved",
        "The score fell by no more than measurement error explains, or rose. It does not mean that \
         nothing changed.",
    ),
    (
        "No reliable change",
        "The score moved by no more than measurement error. It does not mean that nothing changed.",
    ),
    (
        "Deteriorated",
        "The score rose by more than measurement error explains.",
    ),
    (
        "Not deteriorated",
        "The score rose by no more than measurement error explains, or fell.",
    ),
    (
        "Improved or deteriorated",
        "The score moved by more than measurement error explains, either way.",
    ),
];

fn classes(figure: &Block) -> Vec<(String, String)> {
    let Block::Figure(chart) = figure else {
        return Vec::new();
    };
    let rows = &chart.figure.table.rows;
    let is_shown = |term: &str| {
        let mut heads = rows.iter().filter_map(|row| row.cells.first());
        heads.any(|head| head.text == term)
    };
    let shown = CLASSES.iter().filter(|(term, _)| is_shown(term));
    shown
        .map(|(term, meaning)| ((*term).to_owned(), (*meaning).to_owned()))
        .collect()
}
