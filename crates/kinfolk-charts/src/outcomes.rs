//! What coordinators recorded for each child: five outcomes as shares with their intervals.

use kinfolk_disclosure::Release;
use kinfolk_model::{Code, Group, OutcomeName, Statistic, format};

use crate::dots::{self, DotRow, DotStyle, Dots};
use crate::figure::{DataTable, Figure};
use crate::layout::{NotDrawn, numbers_column, words_cell, words_column};
use crate::reading::{FEWEST_TO_DRAW, Reading};
use crate::wording::{
    FEW_NOTE, WITHHELD_NOTE, as_sentence, fitting_title, in_sentence, place_and_period, share_of,
    source,
};

const ID: &str = "outcomes";
/// Answers that are counted beside the share.
const OTHER_ANSWERS: [(&str, &str); 3] = [
    ("too_soon", "Too soon to say"),
    ("not_known", "Not known"),
    ("not_recorded", "Not recorded"),
];

/// Draws the share of children with each outcome. `None` when no outcome is recorded.
pub fn draw_outcomes(release: &Release) -> Option<Figure> {
    let rows = rows(release);
    if rows.is_empty() {
        return None;
    }
    let subtitle = format!(
        "Share recorded yes, of children recorded yes or no, {}",
        place_and_period(release)
    );
    let most = rows.iter().filter_map(|row| row.share.denominator()).max();
    if most.is_none_or(|n| (n as f64) < FEWEST_TO_DRAW) {
        return Some(not_drawn(release, subtitle).figure());
    }
    let dots = Dots {
        id: ID,
        head: "Yes",
        parts: ["yes", "no"],
        style: DotStyle::Interval,
        pitch: dots::PITCH,
        rows: &rows,
    };
    let (canvas, height) = dots.draw(release);
    Some(Figure {
        id: ID,
        title: title(&rows),
        subtitle,
        source: source_line(release, &rows),
        alt: alt(&rows),
        body: canvas.finish(height),
        table: table(release, &rows),
    })
}

fn not_drawn(release: &Release, subtitle: String) -> NotDrawn {
    NotDrawn {
        id: ID,
        subject: "Outcomes recorded for each child",
        subtitle,
        reason: source(
            release,
            "Practice Summaries",
            "Too few children have a recorded outcome to be shown",
            &["They can be shown once at least 10 have one, for example over several years."],
        ),
    }
}

fn measure(code: &str) -> String {
    format!("outcomes.{code}")
}

/// The outcomes, largest share first; withheld ones last, in the order of the list.
fn rows(release: &Release) -> Vec<DotRow<'_>> {
    let mut rows: Vec<DotRow<'_>> = OutcomeName::ALL
        .iter()
        .map(|name| {
            let measure = measure(name.code());
            let all = Group::all();
            DotRow {
                code: name.code().to_owned(),
                heading: None,
                label: name.label().to_owned(),
                share: Reading::of(release, &measure, &all, Statistic::Proportion),
                compared: Reading::compared(release, &measure, &all, Statistic::Proportion),
            }
        })
        .filter(|row| row.share.0.is_some())
        .collect();
    rows.sort_by(|one, two| {
        let rank = |row: &DotRow<'_>| row.share.sound_share().unwrap_or(-1.0);
        rank(two).total_cmp(&rank(one))
    });
    rows
}

fn title(rows: &[DotRow<'_>]) -> String {
    let top = rows
        .first()
        .and_then(|row| Some((row, row.share.sound_share()?)));
    let Some((top, share)) = top else {
        return "What coordinators recorded for each child".to_owned();
    };
    fitting_title(&[
        format!(
            "{} {}",
            as_sentence(&share_of(share, "children")),
            phrase(&top.code)
        ),
        format!("Most often recorded: {}", in_sentence(&top.label)),
        "What coordinators recorded for each child".to_owned(),
    ])
}

fn phrase(code: &str) -> &'static str {
    match code {
        "relationship_repaired" => "had a relationship repaired",
        "long_term_commitment" => "have a long-term commitment",
        "new_direct_contact" => "have new direct contact in the care plan",
        "family_history_knowledge" => "know more of their family history",
        _ => "have a stronger sense of identity",
    }
}

fn source_line(release: &Release, rows: &[DotRow<'_>]) -> String {
    let mut notes =
        vec!["Children for whom it is too soon, not known or not recorded are left out."];
    if rows.iter().any(|row| row.share.value().is_none()) {
        notes.push(WITHHELD_NOTE);
    }
    if rows.iter().any(|row| row.share.is_small()) {
        notes.push(FEW_NOTE);
    }
    source(release, "Practice Summaries", "n beside each row", &notes)
}

fn alt(rows: &[DotRow<'_>]) -> String {
    let is_small = rows.iter().all(|row| row.share.is_small());
    let shown: Vec<String> = rows
        .iter()
        .map(|row| {
            let label = in_sentence(&row.label);
            match row.share.sound_share() {
                Some(share) => format!("{label} {}", format::share(share)),
                None => format!("{label} {}", row.share.base_text()),
            }
        })
        .collect();
    let how = match is_small {
        true => "bars of counts, yes and no",
        false => "dots on a scale from 0 to 100%, with 95% intervals, largest first",
    };
    format!(
        "{} outcomes as {how}. {}.",
        rows.len(),
        as_sentence(&shown.join("; "))
    )
}

fn table(release: &Release, rows: &[DotRow<'_>]) -> DataTable {
    let mut columns = vec![
        words_column("Outcome"),
        numbers_column("Yes"),
        numbers_column("Yes or no"),
        numbers_column("Share yes"),
        numbers_column("95% interval"),
    ];
    columns.extend(OTHER_ANSWERS.iter().map(|(_, words)| numbers_column(words)));
    dots::table(release, rows, columns, |row| {
        let mut cells = vec![
            words_cell(&row.label),
            row.share.numerator_cell(),
            row.share.denominator_cell(),
            row.share.share_cell(),
            row.share.interval_cell(),
        ];
        cells.extend(OTHER_ANSWERS.iter().map(|(answer, _)| {
            let group = Group::of("answer", answer);
            Reading::of(release, &measure(&row.code), &group, Statistic::Count).count_cell()
        }));
        cells
    })
}
