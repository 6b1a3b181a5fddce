//! How complete the records are.

use kinfolk_disclosure::Release;
use kinfolk_model::{Group, Statistic, format};

use crate::dots::{self, DotRow, DotStyle, Dots};
use crate::figure::{DataTable, Figure};
use crate::layout::{numbers_column, words_cell, words_column};
use crate::reading::Reading;
use crate::wording::{
    FEW_NOTE, WITHHELD_NOTE, fitting_title, in_sentence, place_and_period, source,
};

const ID: &str = "completeness";
/// Kinds of record in the order in which data come in: code, words, what a child has.
const RECORDS: [(&str, &str, &str); 5] = [
    ("practice_summary", "Practice Summary", "a Practice Summary"),
    ("objectives", "Objectives recorded", "recorded objectives"),
    (
        "connections",
        "Connections, before and after",
        "connections before and after",
    ),
    ("outcomes", "Outcomes recorded", "recorded outcomes"),
    (
        "child_questionnaire",
        "Children\u{2019}s questionnaire",
        "returned a questionnaire",
    ),
];

/// Draws the share of children with each kind of record. `None` when nothing is known of it.
pub fn draw_completeness(release: &Release) -> Option<Figure> {
    let rows = rows(release);
    if rows.is_empty() {
        return None;
    }
    let dots = Dots {
        id: ID,
        head: "Complete",
        parts: ["have it", "do not"],
        style: DotStyle::Stem,
        pitch: dots::PITCH,
        rows: &rows,
    };
    let (canvas, height) = dots.draw(release);
    let mut notes = Vec::new();
    if rows.iter().any(|row| row.share.value().is_none()) {
        notes.push(WITHHELD_NOTE);
    }
    if rows.iter().any(|row| row.share.is_small()) {
        notes.push(FEW_NOTE);
    }
    Some(Figure {
        id: ID,
        title: title(&rows),
        subtitle: format!(
            "Children with each kind of record, as a share of those who should have one, {}",
            place_and_period(release)
        ),
        source: source(
            release,
            "checks on the study\u{2019}s files",
            "n beside each row",
            &notes,
        ),
        alt: alt(&rows),
        body: canvas.finish(height),
        table: table(release, &rows),
    })
}

fn rows(release: &Release) -> Vec<DotRow<'_>> {
    RECORDS
        .iter()
        .map(|(code, label, _)| {
            let group = Group::of("record", code);
            let (measure, kind) = ("coverage.record", Statistic::Proportion);
            DotRow {
                code: (*code).to_owned(),
                heading: None,
                label: (*label).to_owned(),
                share: Reading::of(release, measure, &group, kind),
                compared: Reading::compared(release, measure, &group, kind),
            }
        })
        .filter(|row| row.share.0.is_some())
        .collect()
}

fn has(row: &DotRow<'_>) -> String {
    let known = RECORDS.iter().find(|(code, _, _)| *code == row.code);
    match known {
        Some((code, _, words)) if *code == "child_questionnaire" => (*words).to_owned(),
        Some((_, _, words)) => format!("have {words}"),
        None => in_sentence(&row.label),
    }
}

fn title(rows: &[DotRow<'_>]) -> String {
    let by_share = |one: &&DotRow<'_>, two: &&DotRow<'_>| {
        let share = |row: &DotRow<'_>| row.share.sound_share().unwrap_or(0.0);
        share(one).total_cmp(&share(two))
    };
    let known = || rows.iter().filter(|row| row.share.sound_share().is_some());
    let (Some(least), Some(most)) = (known().min_by(by_share), known().max_by(by_share)) else {
        return "How complete the records are".to_owned();
    };
    let share = |row: &DotRow<'_>| row.share.sound_share().unwrap_or(0.0);
    if share(least) >= 1.0 {
        return "Every child has every kind of record".to_owned();
    }
    let lowest = format!("{} {}", format::share(share(least)), has(least));
    if share(most) >= 1.0 {
        let full = has(most).replacen("have ", "has ", 1);
        return fitting_title(&[
            format!("Every child {full}; {lowest}"),
            format!("Least complete: {lowest}"),
        ]);
    }
    fitting_title(&[
        format!(
            "{} of children {}; {lowest}",
            format::share(share(most)),
            has(most)
        ),
        format!("Least complete: {lowest}"),
    ])
}

fn alt(rows: &[DotRow<'_>]) -> String {
    let shown: Vec<String> = rows
        .iter()
        .map(|row| {
            let share = match row.share.sound_share() {
                Some(share) => format::share(share),
                None => row.share.base_text(),
            };
            format!("{} {share}", in_sentence(&row.label))
        })
        .collect();
    format!(
        "{} kinds of record with the share of children who have it, on a scale from 0 to 100%. {}.",
        rows.len(),
        crate::wording::as_sentence(&shown.join("; "))
    )
}

fn table(release: &Release, rows: &[DotRow<'_>]) -> DataTable {
    let columns = vec![
        words_column("Record"),
        numbers_column("Children who have it"),
        numbers_column("Children who should"),
        numbers_column("Share"),
    ];
    dots::table(release, rows, columns, |row| {
        vec![
            words_cell(&row.label),
            row.share.numerator_cell(),
            row.share.denominator_cell(),
            row.share.share_cell(),
        ]
    })
}
