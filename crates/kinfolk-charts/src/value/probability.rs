//! The probability that each pound returns at least so much, for the three cases on one scale. The
//! probabilities stand in rows below the plot, so that no number meets a line.

use kinfolk_disclosure::{Release, Released};
use kinfolk_model::{Statistic, format};

use super::{CASES, option, source_line, withheld};
use crate::canvas::{Area, Canvas, Stroke, Type, WIDTH};
use crate::figure::{DataTable, Figure};
use crate::layout::{GUTTER, Scale, body_row, numbers_column, words_cell, words_column};
use crate::marks::outline_of;
use crate::palette::{Colour, DARK_BLUE};
use crate::reading::Reading;
use crate::wording::{fitting_title, list, place_and_period};

const ID: &str = "value-probability";
const SUBJECT: &str = "Probability that it pays";
const MEASURE: &str = "value.probability_pays";
const PLOT: f64 = 200.0;
/// Half the side of a square at a threshold.
const HALF: f64 = 5.0;
const ROW: f64 = 24.0;

/// Draws the probability over returns. `None` when nothing was drawn at random.
pub fn draw_value_probability(release: &Release) -> Option<Figure> {
    let lines: Vec<Line<'_>> = CASES
        .iter()
        .enumerate()
        .map(|(at, (case, label, fill))| Line {
            label,
            fill: *fill,
            dash: DASHES[at],
            points: points(release, case),
        })
        .filter(|line| !line.points.is_empty())
        .collect();
    let first = lines.first()?;
    let known = |line: &Line<'_>| {
        line.points
            .iter()
            .any(|point| point.chance.value().is_some())
    };
    if !lines.iter().any(known) {
        let is_there = |line: &Line<'_>| line.points.iter().any(|p| p.chance.is_there());
        return lines
            .iter()
            .any(is_there)
            .then(|| withheld(release, ID, SUBJECT));
    }
    let draws = first.points.first().and_then(|point| point.draws);
    let (canvas, height) = draw(&lines);
    Some(Figure {
        id: ID,
        title: title(&lines),
        subtitle: format!(
            "Probability that each £1 returns at least so much, {}",
            place_and_period(release)
        ),
        source: source_line(
            release,
            &notes(draws).iter().map(String::as_str).collect::<Vec<_>>(),
        ),
        alt: alt(&lines),
        body: canvas.finish(height),
        table: table(&lines),
    })
}

/// The dashes of the three lines.
const DASHES: [Option<&str>; 3] = [None, Some("6 4"), Some("2 3")];

/// The probability at one return.
struct Point<'a> {
    at_least: f64,
    chance: Reading<'a>,
    draws: Option<&'a str>,
}

/// One case.
struct Line<'a> {
    label: &'static str,
    fill: Colour,
    dash: Option<&'static str>,
    points: Vec<Point<'a>>,
}

impl Line<'_> {
    fn once(&self) -> Option<f64> {
        let point = self.points.iter().find(|point| is_one(point.at_least))?;
        point.chance.value()
    }
}

fn is_one(at_least: f64) -> bool {
    (at_least - 1.0).abs() < 1e-9
}

/// The returns that are named, and one pound, in order and each once.
fn points<'a>(release: &'a Release, case: &str) -> Vec<Point<'a>> {
    let point = |released: &'a Released| {
        let group = released.group();
        if group.get("case") != Some(case) {
            return None;
        }
        let at_least = group
            .get("return")
            .map_or(Some(1.0), |text| text.parse().ok())?;
        Some(Point {
            at_least,
            chance: Reading::of(release, MEASURE, group, Statistic::Proportion),
            draws: option(released, "draws"),
        })
    };
    let mut points: Vec<Point<'a>> = release.of(MEASURE).filter_map(point).collect();
    points.sort_by(|one, two| one.at_least.total_cmp(&two.at_least));
    points.dedup_by(|one, two| (one.at_least - two.at_least).abs() < 1e-9);
    points
}

fn notes(draws: Option<&str>) -> Vec<String> {
    let drawn = draws
        .and_then(|n| n.parse().ok())
        .map(|n: u64| format!("{} draws of the uncertain inputs.", format::count(n)));
    let held = "What is held fixed in costs.toml is held fixed here.".to_owned();
    drawn.into_iter().chain([held]).collect()
}

fn title(lines: &[Line<'_>]) -> String {
    let once = lines.first().and_then(Line::once);
    let Some(once) = once else {
        return "How likely each return is".to_owned();
    };
    let about = format::about(once);
    fitting_title(&[
        format!("Public budgets get their money back in {about} draws, as assumed"),
        format!("Public budgets are repaid in {about} draws"),
    ])
}

fn alt(lines: &[Line<'_>]) -> String {
    let told: Vec<String> = lines
        .iter()
        .filter_map(|line| {
            let share = format::share(line.once()?);
            Some(format!("{} {share}", line.label.to_lowercase()))
        })
        .collect();
    format!(
        "Lines that fall as the return asked for rises. Probability that each £1 returns at least £1, \
         if the inputs are as assumed: {}.",
        list(&told)
    )
}

fn draw(lines: &[Line<'_>]) -> (Canvas, f64) {
    const RIGHT: f64 = 30.0;
    let mut canvas = Canvas::chart(ID);
    let labels = lines.iter().map(|line| Type::LABEL.width(line.label));
    let left = labels.fold(Type::LABEL.width("At least"), f64::max) + 50.0 + GUTTER;
    let every = || lines.iter().flat_map(|line| &line.points);
    let low = every()
        .map(|point| point.at_least)
        .fold(f64::INFINITY, f64::min);
    let high = every().map(|point| point.at_least).fold(low, f64::max);
    let across = Scale {
        from: left + 24.0,
        to: WIDTH - RIGHT,
        low,
        high: if high > low { high } else { low + 1.0 },
    };
    let (top, bottom) = (12.0, 12.0 + PLOT);
    draw_grid(&mut canvas, left, (top, bottom));
    let up = Scale::shares(bottom, top);
    for line in lines {
        canvas.group(&line.label.to_lowercase().replace(' ', "-"), |canvas| {
            draw_line(canvas, line, across, up);
        });
    }
    let bottom = draw_rows(&mut canvas, lines, across, bottom + 22.0);
    (canvas, bottom)
}

fn draw_grid(canvas: &mut Canvas, left: f64, (top, bottom): (f64, f64)) {
    let up = Scale::shares(bottom, top);
    canvas.group("axis", |canvas| {
        for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
            let y = up.at(share);
            let stroke = if share > 0.0 {
                Stroke::GRID
            } else {
                Stroke::BASE
            };
            canvas.rule((left, y), (WIDTH, y), stroke);
            let label = format::share(share);
            canvas.text_about((left - 8.0, y), &label, Type::LABEL.end());
        }
    });
}

fn draw_line(canvas: &mut Canvas, line: &Line<'_>, across: Scale, up: Scale) {
    let place = |point: &Point<'_>| Some((across.at(point.at_least), up.at(point.chance.value()?)));
    let places: Vec<_> = line.points.iter().filter_map(place).collect();
    let stroke = stroke(line);
    if places.len() > 1 {
        canvas.line(places.clone(), stroke);
    }
    for (x, y) in places {
        square(canvas, (x, y), line.fill);
    }
}

fn stroke(line: &Line<'_>) -> Stroke {
    let stroke = Stroke::solid(DARK_BLUE, 2.0);
    line.dash.map_or(stroke, |dash| stroke.dashed(dash))
}

fn square(canvas: &mut Canvas, (x, y): (f64, f64), fill: Colour) {
    let area = Area {
        x: x - HALF,
        y: y - HALF,
        width: 2.0 * HALF,
        height: 2.0 * HALF,
    };
    canvas.bar(area, fill, Some(outline_of(fill)));
}

/// The returns, then a row for each case under its key; returns too close to their neighbour are in
/// the table only.
fn draw_rows(canvas: &mut Canvas, lines: &[Line<'_>], across: Scale, top: f64) -> f64 {
    const APART: f64 = 56.0;
    let mut shown: Vec<f64> = vec![1.0];
    let every = lines.iter().flat_map(|line| &line.points);
    for at_least in every.map(|point| point.at_least) {
        let x = across.at(at_least);
        if shown
            .iter()
            .all(|other| (across.at(*other) - x).abs() >= APART)
        {
            shown.push(at_least);
        }
    }
    canvas.text_about((0.0, top), "At least", Type::HEAD);
    for at_least in &shown {
        let label = format::pence(*at_least);
        canvas.text_about((across.at(*at_least), top), &label, Type::HEAD.middle());
    }
    let mut y = top;
    for line in lines {
        y += ROW;
        canvas.rule((0.0, y), (34.0, y), stroke(line));
        square(canvas, (17.0, y), line.fill);
        canvas.text_about((42.0, y), line.label, Type::LABEL);
        for point in &line.points {
            if shown.iter().any(|at| (at - point.at_least).abs() < 1e-9) {
                let x = across.at(point.at_least);
                canvas.text_about((x, y), &chance_text(point.chance), Type::LABEL.middle());
            }
        }
    }
    y + 16.0
}

fn chance_text(chance: Reading<'_>) -> String {
    let share = chance.value().map(format::share);
    share.unwrap_or_else(|| chance.sign().to_owned())
}

fn table(lines: &[Line<'_>]) -> DataTable {
    let mut columns = vec![words_column("Each £1 returns at least")];
    columns.extend(lines.iter().map(|line| numbers_column(line.label)));
    let first = lines.first().map_or(&[][..], |line| line.points.as_slice());
    let rows = first.iter().map(|point| {
        let of_line = |line: &Line<'_>| {
            let same = |other: &&Point<'_>| (other.at_least - point.at_least).abs() < 1e-9;
            let found = line.points.iter().find(same);
            found.map_or_else(
                || words_cell(""),
                |found| found.chance.cell(chance_text(found.chance)),
            )
        };
        let mut cells = vec![words_cell(format::pence(point.at_least))];
        cells.extend(lines.iter().map(of_line));
        body_row(cells)
    });
    DataTable {
        rows: rows.collect(),
        columns,
    }
}
