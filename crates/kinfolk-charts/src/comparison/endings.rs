//! What came first, and for how many? A panel for the event and for each end that rules it out: the share of
//! either arm to which it came first by each day. All panels have the same scale, each as high as it must be.
//! The names stand at the right ends. Below the last stand the children still followed without any of them. An
//! arm whose share is withheld at a day has no line from there on, and `[c]` in the table.

use std::collections::BTreeSet;

use kinfolk_disclosure::{Release, Released};
use kinfolk_model::{Arm, Code, CompetingEnd, Group, Statistic, event_label, format, parse_code};

use super::RECORDS;
use super::curves::{Curve, KEY, Plot, n_of_both, style_of};
use crate::canvas::{Canvas, Type, WIDTH};
use crate::figure::{DataCell, DataRow, DataTable, Figure};
use crate::layout::{
    NotDrawn, Scale, body_row, group_row, numbers_column, words_cell, words_column,
};
use crate::marks;
use crate::reading::Reading;
use crate::text::LEADING;
use crate::wording::{WITHHELD_NOTE, fitting_title, place_and_period, source};

const ID: &str = "endings";
const MEASURE: &str = "survival.incidence";
/// The ending that is the event itself.
const EVENT: &str = "event";
/// The height of all children, were a panel as high.
const ALL: f64 = 264.0;
/// The shares of the grid.
const GRID: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];
const LEFT: f64 = 176.0;
/// Right of the plot stand the names of the lines with their last shares.
const RIGHT: f64 = WIDTH - 144.0;
/// Above each panel stands its name.
const HEADING: f64 = 40.0;
/// Below the key.
const TOP: f64 = 20.0;
/// Those whom the table below the lines counts.
const LEFT_WORDS: &str = "Followed, none came yet";

/// Draws the first outcome of which the endings are known day by day. `None` where nothing competes.
pub fn draw_endings(release: &Release) -> Option<Figure> {
    let endings = Endings::of(release)?;
    let subtitle = format!("{}, {}", endings.subject(), place_and_period(release));
    if endings.panels.iter().all(|panel| panel.is_hidden()) {
        return Some(not_drawn(release, subtitle).figure());
    }
    let mut canvas = Canvas::chart(ID);
    let bottom = endings.draw(&mut canvas);
    Some(Figure {
        id: ID,
        title: endings.title(),
        subtitle,
        source: endings.source(release),
        alt: endings.alt(),
        body: canvas.finish(bottom),
        table: endings.table(),
    })
}

fn not_drawn(release: &Release, subtitle: String) -> NotDrawn {
    NotDrawn {
        id: ID,
        subject: "What came first",
        subtitle,
        reason: source(
            release,
            RECORDS,
            "Too few children met an ending to be shown",
            &["They can be shown once more do, for example over several years."],
        ),
    }
}

/// All endings of one outcome.
struct Endings<'a> {
    days: Vec<i32>,
    panels: Vec<Panel<'a>>,
    /// Of either arm, at each day, the children still followed without any ending.
    counts: Vec<(Arm, Vec<Reading<'a>>)>,
}

/// One ending in both arms.
struct Panel<'a> {
    label: String,
    curves: Vec<Curve<'a>>,
}

impl Panel<'_> {
    fn is_hidden(&self) -> bool {
        self.curves.iter().all(|curve| curve.shown().count() == 0)
    }

    /// The least share of the grid that no interval reaches beyond.
    fn top(&self) -> f64 {
        let shown = self.curves.iter().flat_map(Curve::shown);
        let ends = shown.filter_map(|share| Some(share.interval()?.1.max(share.value()?)));
        let highest = ends.fold(0.0, f64::max);
        let high = GRID.into_iter().skip(1).find(|share| *share >= highest);
        high.unwrap_or(1.0)
    }
}

impl<'a> Endings<'a> {
    fn of(release: &'a Release) -> Option<Self> {
        let by_day = |released: &&Released| {
            released.group().get("day").is_some() && released.group().get("outcome").is_some()
        };
        let first = release.of(MEASURE).find(by_day)?;
        let outcome = first.group().get("outcome")?;
        let own = || {
            let own = release.of(MEASURE).filter(by_day);
            own.filter(|released| released.group().get("outcome") == Some(outcome))
        };
        let days = own().filter_map(|released| released.group().get("day")?.parse().ok());
        let days: Vec<i32> = days.collect::<BTreeSet<i32>>().into_iter().collect();
        let mut codes: Vec<&str> = Vec::new();
        for code in own().filter_map(|released| released.group().get("ending")) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        let read = |measure: &str, part: Group, arm: Arm, kind| {
            let day = |day: &i32| {
                let group = part.clone().and("day", &day.to_string());
                Reading(release.in_arm(measure, arm, &group, kind))
            };
            days.iter().map(day).collect()
        };
        let whole = Group::of("outcome", outcome);
        let curve = |code: &str, arm: Arm| Curve {
            arm,
            shares: read(
                MEASURE,
                whole.clone().and("ending", code),
                arm,
                Statistic::Proportion,
            ),
        };
        let panel = |code: &&str| Panel {
            label: label(outcome, code),
            curves: Arm::ALL.iter().map(|arm| curve(code, *arm)).collect(),
        };
        let counts = |arm: &Arm| {
            let left = read("survival.at_risk", whole.clone(), *arm, Statistic::Count);
            (*arm, left)
        };
        Some(Self {
            panels: codes.iter().map(panel).collect(),
            counts: Arm::ALL.iter().map(counts).collect(),
            days,
        })
    }

    fn subject(&self) -> String {
        let labels: Vec<&str> = self
            .panels
            .iter()
            .map(|panel| panel.label.as_str())
            .collect();
        format!("What came first: {}", labels.join("; ").to_lowercase())
    }

    fn draw(&self, canvas: &mut Canvas) -> f64 {
        marks::key(canvas, (0.0, 8.0), &KEY);
        let mut up = Scale::shares(TOP, TOP);
        for (at, panel) in self.panels.iter().enumerate() {
            let (above, high) = (up.from + HEADING, panel.top());
            up = Scale {
                from: above + ALL * high,
                to: above,
                low: 0.0,
                high,
            };
            let name = format!("panel-{at}-");
            draw_panel(canvas, panel, self.plot(&name, up));
        }
        self.plot("", up)
            .draw_counts(canvas, LEFT_WORDS, &self.counts)
    }

    fn plot<'p>(&'p self, name: &'p str, up: Scale) -> Plot<'p> {
        let last = self.days.last().copied().unwrap_or(1);
        Plot {
            name,
            days: &self.days,
            across: Scale {
                from: LEFT,
                to: RIGHT,
                low: 0.0,
                high: f64::from(last.max(1)),
            },
            up,
            start: 0.0,
        }
    }

    /// The shares of the event at the end.
    fn title(&self) -> String {
        let subject = "What came first, arm by arm".to_owned();
        let Some(panel) = self.panels.first() else {
            return subject;
        };
        let last = |at: usize| {
            let share = panel.curves.get(at)?.shares.last()?.value()?;
            Some(format::share(share))
        };
        let Some((programme, comparators)) = last(0).zip(last(1)) else {
            return subject;
        };
        fitting_title(&[
            format!(
                "{} first: {programme} of the programme and {comparators} of comparators",
                panel.label
            ),
            format!("{} first: {programme} against {comparators}", panel.label),
            format!("The event first: {programme} against {comparators}"),
        ])
    }

    fn source(&self, release: &Release) -> String {
        let arms = self.panels.first().map(|panel| panel.curves.as_slice());
        let words = n_of_both(arms.unwrap_or_default());
        let mut curves = self.panels.iter().flat_map(|panel| &panel.curves);
        let mut counts = self.counts.iter().flat_map(|(_, counts)| counts);
        let hides = curves.any(Curve::hides) || counts.any(|count| count.is_hidden());
        let mut notes = vec![
            "Shares by Aalen\u{2013}Johansen: whatever comes first rules the others out.",
            "Ends that few children met stand together. Read at the days shown only.",
        ];
        notes.extend(hides.then_some(WITHHELD_NOTE));
        source(release, RECORDS, &words, &notes)
    }

    fn alt(&self) -> String {
        let arm = |curve: &Curve<'_>| {
            let last = curve.shown().last();
            let share = last.map_or(format::WITHHELD.to_owned(), |share| share.share_text());
            format!("{} {share}", curve.arm.label())
        };
        let panel = |panel: &Panel<'_>| {
            let arms: Vec<String> = panel.curves.iter().map(arm).collect();
            format!("{}: {}", panel.label, arms.join(", "))
        };
        let told: Vec<String> = self.panels.iter().map(panel).collect();
        format!(
            "A panel for each ending, a line for each arm. Last shares: {}.",
            told.join("; ")
        )
    }

    fn table(&self) -> DataTable {
        let mut columns = vec![words_column("What came first")];
        let heads = self.days.iter().map(|day| format!("{day} days"));
        columns.extend(heads.map(|head| numbers_column(&head)));
        let line = |head: String, cells: Vec<DataCell>| {
            body_row(std::iter::once(words_cell(head)).chain(cells).collect())
        };
        let mut rows: Vec<DataRow> = Vec::new();
        for panel in &self.panels {
            rows.push(group_row(&panel.label, columns.len()));
            for curve in &panel.curves {
                let shares = curve.shares.iter();
                let of = |cell: fn(&Reading<'_>) -> DataCell| shares.clone().map(cell).collect();
                let label = curve.arm.label();
                rows.push(line(label.to_owned(), of(|share| share.share_cell())));
                let head = format!("{label}, 95% interval");
                rows.push(line(head, of(|share| share.interval_cell())));
            }
        }
        rows.push(group_row(LEFT_WORDS, columns.len()));
        for (arm, counts) in &self.counts {
            let cells = counts.iter().map(|count| count.count_cell()).collect();
            rows.push(line(arm.label().to_owned(), cells));
        }
        DataTable { columns, rows }
    }
}

fn draw_panel(canvas: &mut Canvas, panel: &Panel<'_>, plot: Plot<'_>) {
    canvas.text((0.0, plot.up.to - 16.0), &panel.label, Type::HEAD);
    let shares: Vec<f64> = GRID
        .into_iter()
        .filter(|share| *share <= plot.up.high)
        .collect();
    plot.draw_grid(canvas, &shares);
    plot.draw_curves(canvas, &panel.curves);
    let ends = plot.ends(&panel.curves, LEADING);
    // Pushed apart, the lower name may not stand below the base line.
    let below = ends
        .last()
        .map_or(0.0, |(y, ..)| (y - plot.up.from).max(0.0));
    for (y, arm, value) in ends {
        let y = y - below;
        canvas.text_about((RIGHT + 12.0, y), arm.label(), Type::LABEL);
        canvas.text_about((WIDTH, y), &format::share(value), style_of(arm).end());
    }
}

/// `Moved to another placement`; `Adoption or turning 18`.
fn label(outcome: &str, code: &str) -> String {
    if code == EVENT {
        return event_label(outcome);
    }
    let ends: Vec<&str> = code
        .split('+')
        .map(|code| parse_code::<CompetingEnd>(code).map_or(code, |end| end.label()))
        .collect();
    match ends.as_slice() {
        [first, rest @ ..] => rest.iter().fold((*first).to_owned(), |words, end| {
            format!("{words} or {}", end.to_lowercase())
        }),
        [] => String::new(),
    }
}
