//! The ledger as a waterfall: what is paid, then what each outcome is worth to public budgets and to
//! others, with the balance after each. Every bar begins where the one before it ends.

mod words;

use kinfolk_disclosure::{Release, Released};
use kinfolk_model::{BenefitClass, Code, Group, Statistic, format};

use super::{axis_pounds, fill_of, option, signed_ticks, source_line, withheld};
use crate::canvas::{Area, Canvas, Stroke, Type};
use crate::columns::{Column, Columns};
use crate::figure::{DataTable, Figure, RowRole};
use crate::layout::{GUTTER, Labels, Scale, body_row, numbers_column, words_cell, words_column};
use crate::marks::{self, Mark, outline_of};
use crate::palette::{Colour, GREY, INK, WHITE};
use crate::reading::Reading;
use crate::wording::place_and_period;

const ID: &str = "value-ledger";
const SUBJECT: &str = "Costs and benefits";
const BAR: f64 = 20.0;
const PITCH: f64 = 30.0;

/// Draws costs, benefits by outcome and the balances. `None` when nothing is appraised.
pub fn draw_value_ledger(release: &Release) -> Option<Figure> {
    let entries = entries(release);
    if !entries.iter().any(|entry| entry.kind == Kind::Cost) {
        return None;
    }
    if entries.iter().any(|entry| entry.figure.value().is_none()) {
        return Some(withheld(release, ID, SUBJECT));
    }
    let bars = bars(&entries);
    let (canvas, height) = draw(&bars);
    Some(Figure {
        id: ID,
        title: words::title(&bars),
        subtitle: format!(
            "Costs and benefits worth today, benefits by outcome, {}",
            place_and_period(release)
        ),
        source: source_line(release, &[words::CASH]),
        alt: words::alt(&bars),
        body: canvas.finish(height),
        table: table(&bars),
    })
}

/// What a bar stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Cost,
    Benefit(BenefitClass),
    /// Benefits less costs of a case.
    Balance(&'static str),
}

impl Kind {
    fn fill(self) -> Colour {
        match self {
            Self::Cost => GREY,
            Self::Benefit(class) => fill_of(class.code()),
            Self::Balance(_) => WHITE,
        }
    }

    fn outline(self) -> Colour {
        match self {
            Self::Balance(_) => INK,
            _ => outline_of(self.fill()),
        }
    }

    /// As the table marks it.
    fn label(self) -> String {
        match self {
            Self::Cost => "Cost".to_owned(),
            Self::Benefit(BenefitClass::Fiscal) => "Fiscal benefit".to_owned(),
            Self::Benefit(BenefitClass::Economic) => "Economic benefit".to_owned(),
            Self::Benefit(BenefitClass::Social) => "Social benefit".to_owned(),
            Self::Balance(_) => "Balance".to_owned(),
        }
    }
}

/// One line of the ledger.
struct Entry<'a> {
    label: String,
    kind: Kind,
    figure: Reading<'a>,
}

impl Entry<'_> {
    fn amount(&self) -> f64 {
        let value = self.figure.value().unwrap_or(0.0);
        if self.kind == Kind::Cost {
            -value
        } else {
            value
        }
    }
}

/// A line with the ends of its bar.
struct Bar<'a> {
    entry: &'a Entry<'a>,
    from: f64,
    to: f64,
}

fn entries(release: &Release) -> Vec<Entry<'_>> {
    let benefits = |is_wanted: fn(BenefitClass) -> bool| {
        parts(release, "value.benefit", "outcome").filter_map(move |released| {
            let class: BenefitClass = option(released, "class")?.parse().ok()?;
            is_wanted(class).then(|| entry(released, Kind::Benefit(class)))
        })
    };
    let costs = parts(release, "value.cost", "cost").map(|released| entry(released, Kind::Cost));
    let mut entries: Vec<Entry<'_>> = costs.collect();
    if entries.is_empty() {
        return entries;
    }
    entries.extend(benefits(|class| class == BenefitClass::Fiscal));
    entries.push(balance(release, "fiscal", "Balance for public budgets"));
    let before = entries.len();
    entries.extend(benefits(|class| class != BenefitClass::Fiscal));
    if entries.len() > before {
        entries.push(balance(release, "public", "Balance for everyone"));
    }
    entries.push(balance(release, "cashable", "Balance if only cash counts"));
    entries
}

fn parts<'a>(
    release: &'a Release,
    measure: &'static str,
    key: &'static str,
) -> impl Iterator<Item = &'a Released> {
    let is_part = move |released: &&Released| {
        released.group().get(key).is_some() && released.group().pairs().count() == 1
    };
    release.of(measure).filter(is_part)
}

fn entry(released: &Released, kind: Kind) -> Entry<'_> {
    Entry {
        label: released.note().to_owned(),
        kind,
        figure: Reading(Some(released)),
    }
}

fn balance<'a>(release: &'a Release, case: &'static str, label: &str) -> Entry<'a> {
    let group = Group::of("case", case);
    Entry {
        label: label.to_owned(),
        kind: Kind::Balance(case),
        figure: Reading::of(release, "value.net_present_value", &group, Statistic::Money),
    }
}

/// Costs and benefits follow on each other; a balance begins at nought.
fn bars<'a>(entries: &'a [Entry<'a>]) -> Vec<Bar<'a>> {
    let mut running = 0.0;
    let place = |entry: &'a Entry<'a>| {
        let amount = entry.amount();
        let from = match entry.kind {
            Kind::Balance(_) => 0.0,
            _ => running,
        };
        if !matches!(entry.kind, Kind::Balance(_)) {
            running += amount;
        }
        Bar {
            entry,
            from,
            to: from + amount,
        }
    };
    entries.iter().map(place).collect()
}

fn draw(bars: &[Bar<'_>]) -> (Canvas, f64) {
    let mut canvas = Canvas::chart(ID);
    let key = draw_key(&mut canvas, bars);
    let labels = Labels::of(bars.iter().map(|bar| bar.entry.label.as_str()));
    let amounts = bars.iter().map(|bar| {
        let style = match bar.entry.kind {
            Kind::Balance(_) => Type::FOCUS,
            _ => Type::LABEL,
        };
        (format::pounds(bar.entry.amount()), style)
    });
    let columns = Columns::of(vec![Column {
        head: "Amount",
        cells: amounts.collect(),
    }]);
    let ticks = ticks(bars);
    let scale = Scale {
        // Half a label of the axis needs room on each side.
        from: labels.width + GUTTER + 20.0,
        to: columns.left - GUTTER - 20.0,
        low: ticks.first().copied().unwrap_or(0.0),
        high: ticks.last().copied().unwrap_or(1.0),
    };
    columns.draw_heads(&mut canvas, key + 14.0);
    let top = key + 22.0;
    let height = |row: usize| labels.height(row, PITCH);
    let bottom = top + (0..bars.len()).map(height).sum::<f64>();
    draw_axis(&mut canvas, scale, (top, bottom), &ticks);
    let mut y = top;
    for (row, bar) in bars.iter().enumerate() {
        let middle = y + height(row) / 2.0;
        labels.draw(&mut canvas, row, middle);
        canvas.group(&format!("bar-{}", row + 1), |canvas| {
            draw_bar(canvas, scale, bar, middle);
        });
        columns.draw_row(&mut canvas, row, middle);
        y += height(row);
    }
    (canvas, bottom + 28.0)
}

fn ticks(bars: &[Bar<'_>]) -> Vec<f64> {
    let ends = || bars.iter().flat_map(|bar| [bar.from, bar.to]);
    let low = ends().fold(0.0, f64::min);
    let high = ends().fold(0.0, f64::max);
    signed_ticks(low, high)
}

/// Gridlines with their labels, as many as have room; the line at nought is the base.
pub(super) fn draw_axis(
    canvas: &mut Canvas,
    scale: Scale,
    (top, bottom): (f64, f64),
    ticks: &[f64],
) {
    const APART: f64 = 10.0;
    let widest = ticks
        .iter()
        .map(|tick| Type::LABEL.width(&axis_pounds(*tick)))
        .fold(0.0, f64::max);
    let n_steps = ticks.len().saturating_sub(1).max(1) as f64;
    let pitch = (scale.to - scale.from) / n_steps;
    let every = ((widest + APART) / pitch).ceil().max(1.0) as i32;
    let step = (scale.high - scale.low) / n_steps;
    canvas.group("axis", |canvas| {
        for tick in ticks {
            let x = scale.at(*tick);
            let from_nought = (tick / step).round() as i32;
            let stroke = if from_nought == 0 {
                Stroke::BASE
            } else {
                Stroke::GRID
            };
            canvas.rule((x, top), (x, bottom), stroke);
            if from_nought % every == 0 {
                let label = axis_pounds(*tick);
                canvas.text((x, bottom + 20.0), &label, Type::LABEL.middle());
            }
        }
    });
}

fn draw_bar(canvas: &mut Canvas, scale: Scale, bar: &Bar<'_>, middle: f64) {
    // A bar too small to be seen keeps a line.
    const LEAST: f64 = 2.0;
    let (one, two) = (scale.at(bar.from), scale.at(bar.to));
    let area = Area {
        x: one.min(two),
        y: middle - BAR / 2.0,
        width: (one - two).abs().max(LEAST),
        height: BAR,
    };
    let kind = bar.entry.kind;
    canvas.bar(area, kind.fill(), Some(kind.outline()));
}

fn draw_key(canvas: &mut Canvas, bars: &[Bar<'_>]) -> f64 {
    let all = [
        (Kind::Cost, "Cost"),
        (
            Kind::Benefit(BenefitClass::Fiscal),
            "Fiscal: public budgets",
        ),
        (Kind::Benefit(BenefitClass::Economic), "Economic"),
        (Kind::Benefit(BenefitClass::Social), "Social: people"),
        (Kind::Balance(""), "Balance"),
    ];
    let is_there = |kind: Kind| bars.iter().any(|bar| bar.entry.kind.fill() == kind.fill());
    let entries: Vec<(Mark, &str)> = all
        .into_iter()
        .filter(|(kind, _)| is_there(*kind))
        .map(|(kind, words)| (Mark::Swatch(kind.fill(), kind.outline()), words))
        .collect();
    marks::key(canvas, (0.0, 8.0), &entries).height
}

fn table(bars: &[Bar<'_>]) -> DataTable {
    let columns = vec![
        words_column("Line"),
        words_column("Kind"),
        numbers_column("Amount"),
        numbers_column("95% interval"),
        words_column("Row"),
    ];
    let rows = bars.iter().map(|bar| {
        let entry = bar.entry;
        let mut row = body_row(vec![
            words_cell(entry.label.clone()),
            words_cell(entry.kind.label()),
            entry.figure.cell(format::pounds(entry.amount())),
            entry.figure.cell(words::interval(entry)),
            words_cell(words::row_of_inputs(entry)),
        ]);
        if matches!(entry.kind, Kind::Balance(_)) {
            row.role = RowRole::Total;
        }
        row
    });
    DataTable {
        columns,
        rows: rows.collect(),
    }
}
