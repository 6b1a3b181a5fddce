//! What each measure means: in full where there is room, the first sentence in print.

use kinfolk_charts::{DataRow, DataTable};
use kinfolk_model::{MEASURES, Measure};

use super::cells;
use super::context::{Context, Numbering, heading};
use super::printed::in_part;
use crate::document::Block;

/// The measures that the pages speak of most; those that are printed.
const PRINTED: [&str; 11] = [
    "reach.meets_criteria",
    "objectives.met",
    "connections.change",
    "questionnaire.agree",
    "sdq.change",
    "sdq.reliable_change",
    "stability.same_home",
    "stability.three_or_more",
    "value.return_per_pound",
    "value.probability_pays",
    "coverage.record",
];

/// The outcomes share one definition.
const OUTCOMES: &str = "outcomes.";

/// The measures that this report holds; in print the first sentence on those that it speaks of most.
pub(crate) fn blocks(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let measures = measures(context);
    if measures.is_empty() {
        return Vec::new();
    }
    let whole = measures
        .iter()
        .map(|measure| row(measure, measure.definition));
    let table = numbering.table(
        "measures",
        "Measures",
        table_of(whole.collect()),
        String::new(),
    );
    let is_printed = |measure: &&&Measure| PRINTED.contains(&measure.id) || is_outcome(measure);
    let printed = in_part(table, |_| {
        let printed = measures.iter().filter(is_printed);
        let rows = printed.map(|measure| row(measure, first_sentence(measure.definition)));
        table_of(rows.collect())
    });
    vec![heading("What each measure means"), printed]
}

fn table_of(rows: Vec<DataRow>) -> DataTable {
    cells::table_of_words(&["Measure", "What it means"], rows)
}

/// Those that the report holds, of the outcomes one.
fn measures(context: &Context<'_>) -> Vec<&'static Measure> {
    let mut measures: Vec<&Measure> = MEASURES.iter().collect();
    measures.retain(|measure| context.figures.has(measure.id));
    measures.dedup_by(|second, first| is_outcome(first) && is_outcome(second));
    measures
}

fn is_outcome(measure: &Measure) -> bool {
    measure.id.starts_with(OUTCOMES)
}

fn row(measure: &Measure, meaning: &str) -> DataRow {
    let title = match is_outcome(measure) {
        true => "Each outcome",
        false => measure.title,
    };
    cells::row(title, [cells::words(&meaning.replace('`', ""))])
}

fn first_sentence(text: &str) -> &str {
    text.split_inclusive(". ").next().unwrap_or(text).trim_end()
}
