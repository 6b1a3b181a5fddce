//! Means over the waves: a panel for each informant, the first as wide as the page, the others side
//! by side below it, all on one scale. A circle with its interval at each wave for everyone with a
//! score, joined by a line; beside it, in a paler circle, the children who have a score at every wave;
//! for carers a dashed line at England's mean. Means and n stand in rows below the waves, so that no
//! number meets a mark. A wave with fewer than 10 children has no mark, and the line stops there.

mod panel;
mod words;

use kinfolk_disclosure::Release;
use kinfolk_model::{Code, Informant, SdqWave, Statistic};

use super::RECORDS;
use crate::canvas::{Canvas, WIDTH};
use crate::figure::{DataTable, Figure};
use crate::layout::{NotDrawn, body_row, group_row, numbers_column, words_cell, words_column};
use crate::marks::{self, Mark};
use crate::reading::{FEWEST_TO_DRAW, Reading, TOO_FEW};
use crate::wording::{place_and_period, source};

use panel::{Axis, Frame};

const ID: &str = "sdq-means";
const MEASURE: &str = "sdq.mean";
/// Between two panels side by side.
const PANEL_GAP: f64 = 32.0;

/// Draws the mean total at each wave. `None` when there is no score.
pub fn draw_sdq_means(release: &Release) -> Option<Figure> {
    let panels: Vec<Panel<'_>> = Informant::ALL
        .iter()
        .map(|informant| Panel::of(release, *informant))
        .filter(|panel| !panel.points.is_empty())
        .collect();
    let first = panels.first()?;
    if !panels.iter().any(Panel::is_drawn) {
        return Some(not_drawn(release).figure());
    }
    let (canvas, height) = draw(release, &panels);
    Some(Figure {
        id: ID,
        title: words::title(release, first),
        subtitle: format!(
            "Mean SDQ total (0 to 40, lower is better) at each wave, {}",
            place_and_period(release)
        ),
        source: words::source_line(release, &panels, Axis::of(&panels)),
        alt: words::alt(release, &panels),
        body: canvas.finish(height),
        table: table(release, &panels),
    })
}

fn not_drawn(release: &Release) -> NotDrawn {
    NotDrawn {
        id: ID,
        subject: "Mean SDQ total at each wave",
        subtitle: format!("Mean SDQ total, {}", place_and_period(release)),
        reason: source(
            release,
            RECORDS,
            "Too few children have a score to be shown",
            &["It can be shown once at least 10 have one, for example over several years."],
        ),
    }
}

/// One wave of a panel.
struct Point<'a> {
    wave: SdqWave,
    everyone: Reading<'a>,
    completers: Reading<'a>,
    england: Reading<'a>,
}

/// One informant.
struct Panel<'a> {
    informant: Informant,
    points: Vec<Point<'a>>,
    /// Whether England's mean is that of the same ages and sexes.
    is_same_mix: bool,
}

impl<'a> Panel<'a> {
    fn of(release: &'a Release, informant: Informant) -> Self {
        let england = |wave: SdqWave, mix: &str| {
            let group = wave.group(informant).and("mix", mix);
            Reading::of(release, "sdq.national", &group, Statistic::Mean)
        };
        let same = "same_age_and_sex";
        let is_same_mix = SdqWave::ALL
            .iter()
            .any(|wave| england(*wave, same).value().is_some());
        let mix = if is_same_mix { same } else { "england" };
        let points = SdqWave::ALL.into_iter().map(|wave| {
            let mean = |who: &str| {
                let group = wave.group(informant).and("who", who);
                Reading::of(release, MEASURE, &group, Statistic::Mean)
            };
            Point {
                wave,
                everyone: mean("everyone"),
                completers: mean("completers"),
                england: england(wave, mix),
            }
        });
        Self {
            informant,
            points: points.filter(|point| point.everyone.is_there()).collect(),
            is_same_mix,
        }
    }

    fn is_drawn(&self) -> bool {
        self.points
            .iter()
            .any(|point| drawn(point.everyone).is_some())
    }

    /// Whether the same children throughout are others than everyone.
    fn has_completers(&self) -> bool {
        let is_other = |point: &Point<'_>| {
            drawn(point.completers).is_some()
                && point.completers.denominator() != point.everyone.denominator()
        };
        self.points.len() > 1 && self.points.iter().any(is_other)
    }

    fn has_england(&self) -> bool {
        self.points
            .iter()
            .any(|point| point.england.value().is_some())
    }
}

/// A mean with enough children behind it to be drawn.
fn drawn(reading: Reading<'_>) -> Option<f64> {
    let enough = reading.denominator()? as f64 >= FEWEST_TO_DRAW;
    reading.value().filter(|_| enough)
}

fn draw(release: &Release, panels: &[Panel<'_>]) -> (Canvas, f64) {
    let mut canvas = Canvas::chart(ID);
    let axis = Axis::of(panels);
    let mut top = draw_key(&mut canvas, panels) + 6.0;
    let settings = release.settings();
    if let Some((first, others)) = panels.split_first() {
        let frame = Frame {
            left: 0.0,
            right: WIDTH,
            top,
        };
        top = panel::draw(&mut canvas, settings, first, frame, axis);
        let half = (WIDTH - PANEL_GAP) / 2.0;
        let are_narrow = others.iter().all(|panel| panel::least_width(panel) <= half);
        let width = if are_narrow { half } else { WIDTH };
        let mut left = WIDTH;
        let mut bottom = top;
        for panel in others {
            if left + width > WIDTH {
                (left, top) = (0.0, bottom + 26.0);
            }
            let right = left + width;
            let frame = Frame { left, right, top };
            bottom = panel::draw(&mut canvas, settings, panel, frame, axis).max(bottom);
            left = right + PANEL_GAP;
        }
        top = bottom;
    }
    (canvas, top + 4.0)
}

fn draw_key(canvas: &mut Canvas, panels: &[Panel<'_>]) -> f64 {
    let mut entries = vec![(Mark::Interval, "everyone with a score, 95% interval")];
    if panels.iter().any(Panel::has_completers) {
        entries.push((Mark::Completers, "children with a score at every wave"));
    }
    marks::key(canvas, (0.0, 8.0), &entries).height
}

fn table(release: &Release, panels: &[Panel<'_>]) -> DataTable {
    let has_england = panels.iter().any(Panel::has_england);
    let mut columns = vec![
        words_column("Wave"),
        numbers_column("Children"),
        numbers_column("Mean"),
        numbers_column("95% interval"),
        numbers_column("Children with every score"),
        numbers_column("Their mean"),
        numbers_column("Their interval"),
    ];
    columns.extend(has_england.then(|| numbers_column("England")));
    let n_columns = columns.len();
    let row = |point: &Point<'_>| {
        let mut cells = vec![words_cell(point.wave.label(release.settings()))];
        for mean in [point.everyone, point.completers] {
            cells.extend(mean_cells(mean));
        }
        let england = || match point.england.0 {
            Some(_) => point.england.mean_cell(),
            None => words_cell(""),
        };
        cells.extend(has_england.then(england));
        body_row(cells)
    };
    let rows = panels.iter().flat_map(|panel| {
        let heading = group_row(super::waves::reported_by(panel.informant), n_columns);
        std::iter::once(heading).chain(panel.points.iter().map(row))
    });
    DataTable {
        rows: rows.collect(),
        columns,
    }
}

/// Number of children, mean and interval; blank where the study has no such figure.
fn mean_cells(mean: Reading<'_>) -> [crate::figure::DataCell; 3] {
    if mean.0.is_none() {
        return [(); 3].map(|()| words_cell(""));
    }
    let interval = match (mean.interval(), mean.value()) {
        (Some(interval), _) => words::interval_text(interval),
        (None, Some(_)) => TOO_FEW.to_owned(),
        (None, None) => mean.sign().to_owned(),
    };
    [
        mean.denominator_cell(),
        mean.mean_cell(),
        mean.cell(interval),
    ]
}
