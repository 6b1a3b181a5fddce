//! What the figures cannot say.

use kinfolk_model::Statistic;

use super::context::{Context, heading};
use crate::document::{Block, Text};

/// The limits that hold for what this report shows.
pub(crate) fn blocks(context: &Context<'_>) -> Vec<Block> {
    let figures = context.figures;
    let limits: Vec<Text> = [
        figures.has("connections.change").then_some(
            "Children were counted before and after, with no comparison group. The change cannot be \
             put down to Lifelong Links.",
        ),
        figures.has("matching.balance").then_some(
            "Comparators are like the programme\u{2019}s children in what was recorded. What nobody recorded \
             may explain a difference.",
        ),
        figures.has("objectives.met").then_some(
            "Whether an objective was met is a judgement. The child and the coordinator make it.",
        ),
        has_outcomes(context).then_some(
            "Outcomes are recorded by coordinators. Children recorded as too soon or not known are \
             left out of shares.",
        ),
        figures.has("sdq.change").then_some(
            "Scores of the Strengths and Difficulties Questionnaire have no comparison group either. \
             Children whose scores are missing may fare differently.",
        ),
        figures.has("stability.children").then_some(
            "Returns say where children lived, not how they fared there. A move can be right for a \
             child.",
        ),
        figures.has("value.benefit").then_some(
            "What the programme is worth follows from effects and prices that are put in. It is a \
             sum, and no finding of this report.",
        ),
        figures.has("questionnaire.agree").then_some(
            "Questionnaires come from those who replied. The others may think differently.",
        ),
        figures
            .all("reach.conferences", Statistic::Count)
            .is_some()
            .then_some("Quarterly returns count work done. They are not checked against each child."),
        Some(
            "Intervals show the play of chance alone. They do not show errors in the records, or \
             children who are missing from them.",
        ),
    ]
    .into_iter()
    .flatten()
    .map(Text::plain)
    .collect();
    vec![heading("What the figures cannot say"), Block::List(limits)]
}

fn has_outcomes(context: &Context<'_>) -> bool {
    crate::sentences::outcomes::shown(context.figures)
        .next()
        .is_some()
}
