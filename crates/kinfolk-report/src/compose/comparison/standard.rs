//! How much the comparison proves, by two published standards, and why it is no more.

use kinfolk_model::ComparisonSettings;

use crate::compose::context::{Context, heading};
use crate::document::{Block, Text};
use crate::sentences::comparison::is_made_alike;

/// The rating in words, with the reasons that it is not higher.
pub(super) fn blocks(context: &Context<'_>, asked: &ComparisonSettings) -> Vec<Block> {
    let (maryland, nesta) = match is_made_alike(context.figures, asked) {
        true => (
            "Level 2: two groups after the event, made alike in what was recorded. Level 3 asks for \
             outcomes of both groups from before as well, or for evidence that nothing unrecorded \
             matters; level 5 for a draw by lot.",
            "Level 3 at most: a comparison group is there, and counts as far as it is alike. Level 4 asks for \
             an independent study that finds the same.",
        ),
        false => (
            "Level 1: two groups, not made alike. Level 2 asks for that.",
            "Level 2: data, but no comparison that could show a cause.",
        ),
    };
    vec![
        heading("How much does this prove?"),
        Block::Paragraph(Text::plain(
            "By the report\u{2019}s own rating; nobody outside has checked it.",
        )),
        Block::Definitions(vec![
            ("Maryland scale".to_owned(), maryland.to_owned()),
            ("Nesta standards".to_owned(), nesta.to_owned()),
        ]),
    ]
}
