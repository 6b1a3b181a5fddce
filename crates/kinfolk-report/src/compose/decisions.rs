//! What disclosure control joined, left out or withheld: counted in print, listed in full elsewhere.

use kinfolk_charts::{DataRow, DataTable};
use kinfolk_disclosure::{Action, Decision};

use super::cells::{self, words};
use super::context::{Context, Numbering, heading};
use super::printed::in_part;
use crate::document::Block;
use crate::sentences::phrase::capital;

/// What may be done to a set of figures, in the words of the report.
const ACTIONS: [(Action, &str); 3] = [
    (Action::Joined, "Shown together"),
    (Action::LeftOut, "Left out"),
    (Action::Withheld, "Withheld [c]"),
];

/// What the measures whose ids begin so are about.
const FAMILIES: [(&str, &str); 12] = [
    ("reach", "Who took part"),
    ("monitoring", "Quarterly returns"),
    ("objectives", "Objectives"),
    ("connections", "Connections"),
    ("outcomes", "Outcomes that coordinators recorded"),
    ("questionnaire", "Questionnaires"),
    ("sdq", "Strengths and difficulties"),
    ("stability", "Placements"),
    ("leavers", "Care leavers"),
    ("yearly", "Health and conduct"),
    ("value", "Costs and value"),
    ("coverage", "Completeness of records"),
];

/// The table with its heading; nothing where nothing was done.
pub(crate) fn blocks(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let decisions = context.release.decisions();
    if decisions.is_empty() {
        return Vec::new();
    }
    let note =
        "Too few children stand behind a part of each, or behind a number that it would give away.";
    let source = context.source("rules for small numbers", "", note);
    let table = numbering.table(
        "decisions",
        "Sets of figures that were joined, left out or withheld",
        all(decisions),
        source,
    );
    vec![
        heading("What was joined, left out or withheld"),
        in_part(table, |_| counted(decisions)),
    ]
}

/// Each thing that was done, in a row of its own.
fn all(decisions: &[Decision]) -> DataTable {
    let rows = ACTIONS.iter().flat_map(|(action, label)| {
        decisions
            .iter()
            .filter(move |decision| decision.action == *action)
            .flat_map(move |decision| {
                sets(decision).map(move |set| cells::row(label, [words(&capital(set))]))
            })
    });
    cells::table_of_words(&["What was done", "To what"], rows.collect())
}

fn sets(decision: &Decision) -> impl Iterator<Item = &str> {
    decision.what.split("; ")
}

/// How often each was done, by what the figures are about.
fn counted(decisions: &[Decision]) -> DataTable {
    let mut families: Vec<String> = Vec::new();
    for decision in decisions {
        let family = family(decision);
        if !families.contains(&family) {
            families.push(family);
        }
    }
    let n_sets = |family: &str, action: Action| -> usize {
        let of = decisions
            .iter()
            .filter(|decision| decision.action == action && self::family(decision) == family);
        of.map(|decision| sets(decision).count()).sum()
    };
    let row = |name: &String| {
        let counts = ACTIONS.map(|(action, _)| words(&n_sets(name, action).to_string()));
        cells::row(name, counts)
    };
    let rows: Vec<DataRow> = families.iter().map(row).collect();
    let heads: Vec<&str> = std::iter::once("Figures about")
        .chain(ACTIONS.iter().map(|(_, label)| *label))
        .collect();
    cells::table_of_numbers(&heads, rows)
}

fn family(decision: &Decision) -> String {
    let prefix = decision.about.split('.').next().unwrap_or_default();
    let known = FAMILIES.iter().find(|(id, _)| *id == prefix);
    known.map_or_else(
        || capital(&prefix.replace('_', " ")),
        |(_, label)| (*label).to_owned(),
    )
}
