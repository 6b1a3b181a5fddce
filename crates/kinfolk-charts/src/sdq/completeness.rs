//! Who has a score: a row for each wave of each informant, a line from 0 to a circle at the share of
//! the children due, all authorities in the lane below, n of N, share. Carers stand first. A wave at
//! which nobody was due has no row.

use kinfolk_disclosure::Release;
use kinfolk_model::{Code, Informant, SdqWave, Statistic, format};

use super::waves::reported_by;
use super::{RECORDS, waves};
use crate::dots::{self, DotRow, DotStyle, Dots};
use crate::figure::{DataTable, Figure};
use crate::layout::{group_row, numbers_column, words_cell, words_column};
use crate::reading::Reading;
use crate::wording::{
    FEW_NOTE, WITHHELD_NOTE, as_sentence, fitting_title, in_sentence, place_and_period, source,
};

const ID: &str = "sdq-completeness";
const MEASURE: &str = "sdq.completeness";
const PITCH: f64 = 30.0;

/// Draws the share of children with a score at each wave, of those who had come so far. `None` when
/// the study holds no SDQ.
pub fn draw_sdq_completeness(release: &Release) -> Option<Figure> {
    let rows = rows(release);
    if rows.is_empty() {
        return None;
    }
    let dots = Dots {
        id: ID,
        head: "With a score",
        parts: ["have a score", "do not"],
        style: DotStyle::Stem,
        pitch: PITCH,
        rows: &rows,
    };
    let (canvas, height) = dots.draw(release);
    let mut notes = vec!["Later waves count only children who had come so far."];
    if rows.iter().any(|row| row.share.value().is_none()) {
        notes.push(WITHHELD_NOTE);
    }
    if rows.iter().any(|row| row.share.is_small()) {
        notes.push(FEW_NOTE);
    }
    Some(Figure {
        id: ID,
        title: title(release),
        subtitle: format!(
            "Children with an SDQ total at each wave, as a share of those due, {}",
            place_and_period(release)
        ),
        source: source(release, RECORDS, "n beside each row", &notes),
        alt: alt(&rows),
        body: canvas.finish(height),
        table: table(release, &rows),
    })
}

fn share(release: &Release, informant: Informant, wave: SdqWave) -> Reading<'_> {
    let group = wave.group(informant);
    Reading::of(release, MEASURE, &group, Statistic::Proportion)
}

fn rows(release: &Release) -> Vec<DotRow<'_>> {
    let of = |informant: &Informant| rows_of(release, *informant);
    let groups: Vec<Vec<DotRow<'_>>> = Informant::ALL.iter().map(of).collect();
    let several = groups.iter().filter(|rows| !rows.is_empty()).count() > 1;
    let is_carers = groups.first().is_some_and(|rows| !rows.is_empty());
    let mut rows: Vec<DotRow<'_>> = groups.into_iter().flatten().collect();
    if !several && is_carers {
        rows.iter_mut().for_each(|row| row.heading = None);
    }
    rows
}

fn rows_of(release: &Release, informant: Informant) -> Vec<DotRow<'_>> {
    let mut rows: Vec<DotRow<'_>> = SdqWave::ALL
        .into_iter()
        .map(|wave| {
            let group = wave.group(informant);
            DotRow {
                code: format!("{}-{}", informant.code(), wave.code()),
                heading: None,
                label: wave.label(release.settings()),
                share: share(release, informant, wave),
                compared: Reading::compared(release, MEASURE, &group, Statistic::Proportion),
            }
        })
        .filter(|row| row.share.is_there())
        .collect();
    if let Some(first) = rows.first_mut() {
        first.heading = Some(reported_by(informant).to_owned());
    }
    rows
}

/// The finding: how far the scores of the first informant are complete, first and last.
fn title(release: &Release) -> String {
    let plain = "Children with an SDQ score at each wave".to_owned();
    let settings = release.settings();
    let of = |informant: &Informant| {
        let known = |wave: &SdqWave| {
            let share = share(release, *informant, *wave).sound_share()?;
            Some(format!(
                "{} {}",
                format::share(share),
                wave.in_sentence(settings)
            ))
        };
        let known: Vec<String> = SdqWave::ALL.iter().filter_map(known).collect();
        (!known.is_empty()).then_some((*informant, known))
    };
    let Some((informant, known)) = Informant::ALL.iter().find_map(of) else {
        return plain;
    };
    let scores = waves::scores_of(informant);
    let whole = match known.as_slice() {
        [first, .., last] => format!("{first}, {last}"),
        _ => known.concat(),
    };
    fitting_title(&[
        format!("{scores} are held for {whole}"),
        format!("{scores}: {whole}"),
        plain,
    ])
}

fn alt(rows: &[DotRow<'_>]) -> String {
    let shown: Vec<String> = rows
        .iter()
        .map(|row| {
            let share = match row.share.sound_share() {
                Some(share) => format::share(share),
                None => row.share.known_base_text(),
            };
            match &row.heading {
                Some(heading) => format!("{heading}: {} {share}", in_sentence(&row.label)),
                None => format!("{} {share}", in_sentence(&row.label)),
            }
        })
        .collect();
    format!(
        "{} waves with the share of children due who have a score, on a scale from 0 to 100%. {}.",
        rows.len(),
        as_sentence(&shown.join("; "))
    )
}

fn table(release: &Release, rows: &[DotRow<'_>]) -> DataTable {
    let columns = vec![
        words_column("Wave"),
        numbers_column("With a score"),
        numbers_column("Due"),
        numbers_column("Share"),
    ];
    let mut table = dots::table(release, rows, columns, |row| {
        vec![
            words_cell(&row.label),
            row.share.numerator_cell(),
            row.share.denominator_cell(),
            row.share.share_cell(),
        ]
    });
    let n_columns = table.columns.len();
    let heads = rows.iter().map(|row| row.heading.as_deref());
    table.rows = heads
        .zip(table.rows)
        .flat_map(|(heading, row)| {
            heading
                .map(|head| group_row(head, n_columns))
                .into_iter()
                .chain([row])
        })
        .collect();
    table
}
