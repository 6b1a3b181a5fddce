//! What the answer hangs on: the fiscal return with one input at either end of its spread, all others
//! as assumed, widest first. The part of a bar beyond one pound, where it pays, is dark.

use kinfolk_disclosure::{Release, Released};
use kinfolk_model::{Group, Statistic, Unit, format};

use super::{CASES, return_of, signed_ticks, source_line, withheld};
use crate::canvas::{Area, Canvas, Stroke};
use crate::columns::{Column, Columns};
use crate::figure::{DataTable, Figure};
use crate::layout::{
    GUTTER, Labels, Scale, body_row, group_row, numbers_column, words_cell, words_column,
};
use crate::marks::{self, Mark};
use crate::palette::{DARK_BLUE, GREY, INK};
use crate::reading::Reading;
use crate::wording::{fitting_title, in_sentence, place_and_period};

const ID: &str = "value-tornado";
const SUBJECT: &str = "What the fiscal return hangs on";
const MEASURE: &str = "value.sensitivity";
/// The case that is drawn; the table holds others too.
const CASE: &str = "fiscal";
const BAR: f64 = 18.0;
const PITCH: f64 = 30.0;
/// Inputs beyond these are in the table only.
const MOST: usize = 10;

/// Draws the return with each input at either end. `None` when nothing is appraised.
pub fn draw_value_tornado(release: &Release) -> Option<Figure> {
    let inputs = inputs(release, CASE);
    if inputs.is_empty() {
        return None;
    }
    let centre = return_of(release, CASE).value();
    let is_known = |input: &Input<'_>| input.ends().is_some();
    let (Some(centre), true) = (centre, inputs.iter().any(is_known)) else {
        return Some(withheld(release, ID, SUBJECT));
    };
    let drawn: Vec<&Input<'_>> = inputs.iter().filter(|i| is_known(i)).take(MOST).collect();
    let (canvas, height) = draw(&drawn, centre);
    Some(Figure {
        id: ID,
        title: title(&drawn),
        subtitle: format!(
            "Fiscal return for each £1 when one input moves, {}",
            place_and_period(release)
        ),
        source: source_line(release, &notes(inputs.len(), drawn.len())),
        alt: alt(&drawn, centre),
        body: canvas.finish(height),
        table: table(release),
    })
}

/// One input, with the return at both ends and the value at which the answer turns.
struct Input<'a> {
    label: &'a str,
    id: &'a str,
    low: Reading<'a>,
    high: Reading<'a>,
    taken: Reading<'a>,
    turns: Reading<'a>,
    change: Reading<'a>,
}

impl Input<'_> {
    /// The lower and the higher return.
    fn ends(&self) -> Option<(f64, f64)> {
        let (low, high) = (self.low.value()?, self.high.value()?);
        Some((low.min(high), low.max(high)))
    }

    /// Whether it decides alone whether public budgets get their money back.
    fn decides(&self) -> bool {
        self.ends()
            .is_some_and(|(low, high)| low < 1.0 && high >= 1.0)
    }

    fn ends_text(&self) -> String {
        match self.ends() {
            Some((low, high)) => format!("{} to {}", format::pence(low), format::pence(high)),
            None => self.low.sign().to_owned(),
        }
    }

    /// The value at which the answer turns, in the unit of the input; `none` where nothing turns it.
    fn turns_text(&self) -> String {
        match self.turns.value() {
            None if !self.turns.is_there() => "none".to_owned(),
            _ => in_unit(self.turns),
        }
    }

    fn change_text(&self) -> String {
        let signed = |value: f64| format!("{}%", format::signed(value * 100.0, 0));
        self.change.value().map_or_else(String::new, signed)
    }
}

/// A value of an input, in its unit; of large numbers one decimal.
fn in_unit(reading: Reading<'_>) -> String {
    match (reading.value(), reading.0.map(Released::unit)) {
        (Some(value), Some(Unit::Proportion)) => format::fine_share(value),
        (Some(value), Some(Unit::Pounds)) => format::pounds(value),
        (Some(value), _) if value.fract() == 0.0 => format::number(value, 0),
        (Some(value), _) if value.abs() >= 10.0 => format::number(value, 1),
        (Some(value), _) => format::number(value, 2),
        (None, _) if !reading.is_there() => String::new(),
        (None, _) => reading.sign().to_owned(),
    }
}

/// Widest swing first, as the appraisal wrote them.
fn inputs<'a>(release: &'a Release, case: &str) -> Vec<Input<'a>> {
    let is_low = |released: &&Released| {
        released.group().get("case") == Some(case) && released.group().get("end") == Some("low")
    };
    let input = |released: &'a Released| {
        let id = released.group().get("input")?;
        let part = Group::of("case", case).and("input", id);
        let high = part.clone().and("end", "high");
        let label = released.note();
        let label = label.strip_suffix(": does not pay").unwrap_or(label);
        Some(Input {
            label: label.strip_suffix(": pays").unwrap_or(label),
            id,
            low: Reading(Some(released)),
            high: Reading::of(release, MEASURE, &high, Statistic::Ratio),
            taken: Reading::of(
                release,
                "value.input",
                &Group::of("input", id),
                Statistic::Amount,
            ),
            turns: Reading::of(release, "value.switching", &part, Statistic::Amount),
            change: Reading::of(release, "value.switching", &part, Statistic::Difference),
        })
    };
    release
        .of(MEASURE)
        .filter(is_low)
        .filter_map(input)
        .collect()
}

fn notes(n_inputs: usize, n_drawn: usize) -> Vec<&'static str> {
    let spread = "An input without a spread moves by a fifth.";
    match n_inputs > n_drawn {
        true => vec![spread, "The table holds every input."],
        false => vec![spread],
    }
}

fn title(drawn: &[&Input<'_>]) -> String {
    let deciding = drawn.iter().filter(|input| input.decides()).count();
    let first = drawn.first().map_or("", |input| input.label);
    let verb = match deciding {
        0 => {
            return "No single input decides whether public budgets get their money back"
                .to_owned();
        }
        1 => "One input alone decides whether it pays public budgets",
        _ => "Several inputs could each decide whether it pays public budgets",
    };
    fitting_title(&[
        format!("Most depends on: {}", in_sentence(first)),
        verb.to_owned(),
    ])
}

fn alt(drawn: &[&Input<'_>], centre: f64) -> String {
    let told = drawn
        .iter()
        .take(3)
        .map(|input| format!("{} {}", in_sentence(input.label), input.ends_text()));
    let told: Vec<String> = told.collect();
    let deciding = drawn.iter().filter(|input| input.decides()).count();
    format!(
        "{} inputs as bars, widest first, about a fiscal return of {} for each £1. Widest: {}. {} of \
         them cross £1.",
        drawn.len(),
        format::pence(centre),
        told.join("; "),
        match deciding {
            0 => "None".to_owned(),
            n => n.to_string(),
        }
    )
}

fn draw(drawn: &[&Input<'_>], centre: f64) -> (Canvas, f64) {
    let mut canvas = Canvas::chart(ID);
    let entries = [
        (Mark::Swatch(DARK_BLUE, DARK_BLUE), "pays: £1 or more"),
        (Mark::Swatch(GREY, INK), "does not pay"),
        (Mark::Assumed, "all as assumed"),
    ];
    let key = marks::key(&mut canvas, (0.0, 8.0), &entries).height;
    let labels = Labels::of(drawn.iter().map(|input| input.label));
    let columns = Columns::of(vec![
        Column::plain("Return", drawn.iter().map(|input| input.ends_text())),
        Column::plain("We took", drawn.iter().map(|input| in_unit(input.taken))),
        Column::plain("Turns at", drawn.iter().map(|input| input.turns_text())),
    ]);
    let ends = || drawn.iter().filter_map(|input| input.ends());
    let low = ends().map(|(low, _)| low).fold(0.0, f64::min);
    let high = ends().map(|(_, high)| high).fold(1.0, f64::max);
    let ticks = signed_ticks(low, high);
    let scale = Scale {
        from: labels.width + GUTTER + 8.0,
        to: columns.left - GUTTER - 8.0,
        low: ticks.first().copied().unwrap_or(0.0),
        high: ticks.last().copied().unwrap_or(1.0),
    };
    columns.draw_heads(&mut canvas, key + 14.0);
    let top = key + 22.0;
    let height = |row: usize| labels.height(row, PITCH);
    let bottom = top + (0..drawn.len()).map(height).sum::<f64>();
    super::ledger::draw_axis(&mut canvas, scale, (top, bottom), &ticks);
    let one = scale.at(1.0);
    canvas.rule((one, top), (one, bottom), Stroke::BASE.dashed("4 3"));
    let mut y = top;
    for (row, input) in drawn.iter().enumerate() {
        let middle = y + height(row) / 2.0;
        labels.draw(&mut canvas, row, middle);
        canvas.group(&format!("bar-{}", row + 1), |canvas| {
            draw_bar(canvas, scale, input, middle);
        });
        columns.draw_row(&mut canvas, row, middle);
        y += height(row);
    }
    let x = scale.at(centre);
    canvas.rule((x, top), (x, bottom), marks::ASSUMED);
    (canvas, bottom + 28.0)
}

fn draw_bar(canvas: &mut Canvas, scale: Scale, input: &Input<'_>, middle: f64) {
    let Some((low, high)) = input.ends() else {
        return;
    };
    let part = |from: f64, to: f64| Area {
        x: scale.at(from),
        y: middle - BAR / 2.0,
        width: (scale.at(to) - scale.at(from)).max(2.0),
        height: BAR,
    };
    if low < 1.0 {
        canvas.bar(part(low, high.min(1.0)), GREY, Some(INK));
    }
    if high >= 1.0 {
        canvas.bar(part(low.max(1.0), high), DARK_BLUE, None);
    }
}

fn table(release: &Release) -> DataTable {
    let columns = vec![
        words_column("Input"),
        numbers_column("Return at its low end"),
        numbers_column("Return at its high end"),
        numbers_column("We took"),
        numbers_column("Turns at"),
        numbers_column("Away from what is assumed"),
        words_column("Row"),
    ];
    let n_columns = columns.len();
    let ratio = |reading: Reading<'_>| {
        let text = reading.value().map(format::pence);
        reading.cell(text.unwrap_or_else(|| reading.sign().to_owned()))
    };
    let row = |input: &Input<'_>| {
        body_row(vec![
            words_cell(input.label),
            ratio(input.low),
            ratio(input.high),
            input.taken.cell(in_unit(input.taken)),
            input.turns.cell(input.turns_text()),
            input.change.cell(input.change_text()),
            words_cell(input.id),
        ])
    };
    let rows = CASES.iter().flat_map(|(case, label, _)| {
        let inputs = inputs(release, case);
        let head = (!inputs.is_empty()).then(|| group_row(label, n_columns));
        head.into_iter()
            .chain(inputs.iter().map(row).collect::<Vec<_>>())
    });
    DataTable {
        rows: rows.collect(),
        columns,
    }
}
