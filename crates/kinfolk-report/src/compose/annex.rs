//! The annex: what is for looking up, marked so that nobody reads through it.

use super::context::{Context, Numbering, heading};
use super::{decisions, definitions, homes_methods, methods, outcomes, sdq_methods, value, voices};
use crate::document::{ANNEX, Block, Section, Text};

/// Methods, options, definitions and what was hidden; it always stands.
pub(crate) fn section(context: &Context<'_>, numbering: &mut Numbering) -> Section {
    let mut blocks = vec![Block::Lead(Text::plain(
        "For reference. Nothing here is needed to follow the report.",
    ))];
    blocks.extend(definitions::blocks(context, numbering));
    blocks.push(heading("How the figures were made"));
    blocks.extend(methods::blocks(context, numbering));
    blocks.extend(sdq_methods::blocks(context));
    blocks.extend(homes_methods::blocks(context));
    blocks.push(methods::options_table(context, numbering));
    blocks.extend(value::annex(context, numbering));
    blocks.extend(records(context, numbering));
    blocks.extend(decisions::blocks(context, numbering));
    Section {
        id: ANNEX.to_owned(),
        heading: "Annex: methods and reference".to_owned(),
        blocks,
    }
}

/// What the charts of coordinators' records and of ratings leave out.
fn records(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let tables = [
        outcomes::recorded(context, numbering),
        voices::means(context, numbering),
    ];
    let tables: Vec<Block> = tables.into_iter().flatten().collect();
    let heading = (!tables.is_empty()).then(|| heading("More on outcomes and ratings"));
    heading.into_iter().chain(tables).collect()
}
