//! The table of yearly outcomes: health, substance misuse and convictions.

use kinfolk_charts::DataRow;
use kinfolk_disclosure::Released;
use kinfolk_model::{Group, Statistic};

use super::tables::{RECORDS, four, interval_head};
use crate::compose::cells;
use crate::compose::context::{Context, Numbering};
use crate::document::Block;
use crate::sentences::homes;

/// Questions of the yearly outcomes: code and words, and of whom they are asked.
pub(super) const QUESTIONS: [(&str, &str); 8] = [
    ("health_assessment", "Health assessed in the year"),
    ("teeth_check", "Teeth checked by a dentist"),
    ("immunisations", "Immunisations up to date"),
    (
        "development",
        "Development assessments up to date, under five",
    ),
    ("substance_misuse", "Substance misuse identified"),
    (
        "intervention_received",
        "Of these, received an intervention",
    ),
    (
        "intervention_declined",
        "Of these, offered one and did not take it",
    ),
    ("convicted", "Convicted or cautioned, ten or older"),
];

/// Health, substance misuse and convictions: yes, and of how many nothing is known.
pub(super) fn yearly_outcomes(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let interval = interval_head(context);
    let heads = [
        "After twelve months in care",
        "Share",
        "Children",
        "Out of",
        &interval,
        "Not known",
    ];
    let row = |(code, label): &(&str, &str)| {
        let yes = answered(context, "", code, "yes")?;
        // Most authorities have too few children of whom this is asked.
        if code.starts_with("intervention") && yes.value().figure().is_none() {
            return None;
        }
        let [share, n, of_all, ends] = four(Some(yes));
        let not_known = cells::numerator(answered(context, "", code, "no_information"));
        Some(cells::row(label, [share, n, of_all, ends, not_known]))
    };
    let rows: Vec<DataRow> = QUESTIONS.iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| {
        let table = cells::table_of_numbers(&heads, rows);
        let note = "Children looked after without a break for twelve months on 31 March. Those of whom the return does not say stay in the base.";
        let source = context.source(RECORDS, "", note);
        numbering.table("homes-yearly", "Health, substance misuse and convictions", table, source)
    })
}

/// The share who gave an answer to a question of the yearly outcomes.
pub(super) fn answered<'c>(
    context: &Context<'c>,
    arm: &str,
    question: &str,
    answer: &str,
) -> Option<&'c Released> {
    let group = Group::of("question", question).and("answer", answer);
    let statistic = Statistic::Proportion;
    homes::in_arm(context.figures, arm, "yearly.outcomes", &group, statistic)
}
