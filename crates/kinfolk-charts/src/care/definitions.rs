//! The same share under each rule for what a move is: a group of rows for each measure, a dot with its
//! interval for each rule, the rule of this report first. What differs is the definition, not the
//! children. A rule that would give away a small number has no row.

use kinfolk_disclosure::Release;
use kinfolk_model::care::{CountedReasons, TemporaryPlacements};
use kinfolk_model::{Code, Group, Statistic, format};

use super::RECORDS;
use crate::dots::{self, DotRow, DotStyle, Dots};
use crate::figure::{DataTable, Figure};
use crate::layout::{group_row, numbers_column, words_cell, words_column};
use crate::reading::Reading;
use crate::wording::{FEW_NOTE, fitting_title, in_sentence, list, place_and_period, source};

const ID: &str = "care-definitions";
const PITCH: f64 = 26.0;

/// A measure that has a share under each rule: its id, the end of its group, its words.
type Measure = (
    &'static str,
    Option<(&'static str, &'static str)>,
    &'static str,
);

const MEASURES: [Measure; 3] = [
    (
        "stability.three_or_more",
        Some(("window", "year")),
        "Three or more placements in the year",
    ),
    (
        "stability.same_carer_two_years",
        None,
        "The same carer for two years",
    ),
    ("stability.same_home", None, "Still in the same home"),
];

/// Draws shares by definition. `None` where fewer than two rules can be compared.
pub fn draw_care_definitions(release: &Release) -> Option<Figure> {
    let rows = rows(release);
    if rows.len() < 2 {
        return None;
    }
    let dots = Dots {
        id: ID,
        head: "Share",
        parts: ["count", "do not"],
        style: DotStyle::Interval,
        pitch: PITCH,
        rows: &rows,
    };
    let (canvas, height) = dots.draw(release);
    let mut notes = vec![
        "Short stays: in hospital, on holiday and the like. Rules that would show a small number are \
         left out.",
    ];
    if rows.iter().any(|row| row.share.is_small()) {
        notes.push(FEW_NOTE);
    }
    Some(Figure {
        id: ID,
        title: title(&rows),
        subtitle: format!(
            "The same children under each rule for what a move is, {}",
            place_and_period(release)
        ),
        source: source(release, RECORDS, "n beside each row", &notes),
        alt: alt(&rows),
        body: canvas.finish(height),
        table: table(release, &rows),
    })
}

/// The words of a rule.
fn rule_label(counted: CountedReasons, temporary: TemporaryPlacements) -> String {
    let counted = match counted {
        CountedReasons::Spb => "Change of carer",
        CountedReasons::Spbtu => "Change of place",
        CountedReasons::Every => "Every row",
    };
    match temporary {
        TemporaryPlacements::Bridge => counted.to_owned(),
        TemporaryPlacements::Count => format!("{counted} or short stay"),
    }
}

fn rows(release: &Release) -> Vec<DotRow<'_>> {
    MEASURES
        .iter()
        .flat_map(|measure| rows_of(release, measure))
        .collect()
}

fn rows_of<'a>(release: &'a Release, (measure, part, words): &Measure) -> Vec<DotRow<'a>> {
    let with_part = |group: Group| match part {
        Some((key, code)) => group.and(key, code),
        None => group,
    };
    let headline = with_part(Group::all());
    let headline = release.get(measure, &headline, Statistic::Proportion);
    let chosen = headline.map(|headline| headline.options().to_owned());
    let mut rows: Vec<(bool, DotRow<'a>)> = Vec::new();
    for temporary in TemporaryPlacements::ALL {
        for counted in CountedReasons::ALL {
            let rule = Group::of("moves", counted.code()).and("temporary", temporary.code());
            let is_chosen = chosen
                .as_ref()
                .is_some_and(|options| options.contains(&rule.to_string()));
            let label = rule_label(*counted, *temporary);
            let share = Reading::of(release, measure, &with_part(rule), Statistic::Proportion);
            let row = DotRow {
                code: format!(
                    "{}-{}-{}",
                    words.to_lowercase().replace(' ', "-"),
                    counted.code(),
                    temporary.code()
                ),
                heading: None,
                label: if is_chosen {
                    format!("{label} (here)")
                } else {
                    label
                },
                share,
                compared: Reading(None),
            };
            if share.value().is_some() {
                rows.push((is_chosen, row));
            }
        }
    }
    rows.sort_by_key(|(is_chosen, _)| !is_chosen);
    let mut rows: Vec<DotRow<'a>> = rows.into_iter().map(|(_, row)| row).collect();
    if rows.len() < 2 {
        return Vec::new();
    }
    if let Some(first) = rows.first_mut() {
        first.heading = Some((*words).to_owned());
    }
    rows
}

/// The rows of each measure, under its heading.
fn by_measure<'r, 'a>(rows: &'r [DotRow<'a>]) -> Vec<(&'r str, &'r [DotRow<'a>])> {
    rows.chunk_by(|_, next| next.heading.is_none())
        .filter_map(|group| Some((group.first()?.heading.as_deref()?, group)))
        .collect()
}

/// The least and the greatest share of the first measure with shares.
fn title(rows: &[DotRow<'_>]) -> String {
    let plain = "What counts as a move changes the figures".to_owned();
    let found = by_measure(rows).into_iter().find_map(|(head, rows)| {
        let shares = || rows.iter().filter_map(|row| row.share.sound_share());
        let least = shares().fold(f64::INFINITY, f64::min);
        let most = shares().fold(0.0, f64::max);
        let ends = (format::share(least), format::share(most));
        (least < most && ends.0 != ends.1).then(|| (in_sentence(head), ends))
    });
    let Some((head, (least, most))) = found else {
        return plain;
    };
    fitting_title(&[
        format!("By definition alone, {least} to {most}: {head}"),
        format!("By definition alone: {least} to {most}"),
    ])
}

fn alt(rows: &[DotRow<'_>]) -> String {
    let told: Vec<String> = by_measure(rows)
        .into_iter()
        .map(|(head, rows)| {
            let shares: Vec<String> = rows
                .iter()
                .map(|row| {
                    let share = match row.share.sound_share() {
                        Some(share) => format::share(share),
                        None => row.share.base_text(),
                    };
                    format!("{} {share}", in_sentence(&row.label))
                })
                .collect();
            format!("{head}: {}", list(&shares))
        })
        .collect();
    format!(
        "Dots with intervals on a scale from 0 to 100%, a row for each rule. {}.",
        told.join("; ")
    )
}

fn table(release: &Release, rows: &[DotRow<'_>]) -> DataTable {
    let columns = vec![
        words_column("Rule"),
        numbers_column("Children who count"),
        numbers_column("Out of"),
        numbers_column("Share"),
        numbers_column("95% interval"),
    ];
    let mut table = dots::table(release, rows, columns, |row| {
        vec![
            words_cell(&row.label),
            row.share.numerator_cell(),
            row.share.denominator_cell(),
            row.share.share_cell(),
            row.share.interval_cell(),
        ]
    });
    let n_columns = table.columns.len();
    let heads = rows.iter().map(|row| row.heading.as_deref());
    table.rows = heads
        .zip(table.rows)
        .flat_map(|(heading, row)| {
            let head = heading.map(|head| group_row(head, n_columns));
            head.into_iter().chain([row])
        })
        .collect();
    table
}
