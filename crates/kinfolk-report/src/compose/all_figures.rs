//! All released figures in long form.

use kinfolk_charts::{DataCell, DataColumn, DataRow, DataTable, RowRole};
use kinfolk_disclosure::{Release, Released, Shown};
use kinfolk_model::{Code, Statistic, Unit, format, measure};

use super::cells::{cell, shown, shown_or_blank, words};

/// The columns, with whether each holds numbers.
const COLUMNS: [(&str, bool); 14] = [
    ("Measure", false),
    ("Title", false),
    ("Who is counted", false),
    ("Part", false),
    ("Statistic", false),
    ("Value", true),
    ("Interval from", true),
    ("Interval to", true),
    ("Level", true),
    ("Unit", false),
    ("Number", true),
    ("Out of", true),
    ("Missing", true),
    ("Note", false),
];

/// One row for each figure, in the order of the report.
pub(crate) fn all_figures(release: &Release) -> DataTable {
    DataTable {
        columns: COLUMNS
            .iter()
            .map(|(head, is_numeric)| DataColumn {
                head: (*head).to_owned(),
                is_numeric: *is_numeric,
            })
            .collect(),
        rows: release.records().iter().map(row).collect(),
    }
}

fn row(released: &Released) -> DataRow {
    let title = measure(released.measure()).map_or("", |measure| measure.title);
    let write = writer(released);
    let (lower, upper) = ends(released.interval());
    let text = |text: &str| words(text);
    let figure = |text: String| cell(released, text);
    let cells: Vec<DataCell> = vec![
        text(released.measure()),
        text(title),
        text(released.population()),
        text(&released.group().to_string()),
        text(released.statistic().label()),
        figure(shown(released.value(), write)),
        figure(shown_or_blank(lower, write)),
        figure(shown_or_blank(upper, write)),
        figure(released.level().map_or_else(String::new, format::level)),
        text(released.unit().label()),
        figure(shown_or_blank(released.numerator(), format::count)),
        figure(shown_or_blank(released.denominator(), format::count)),
        figure(shown_or_blank(released.n_missing(), format::count)),
        text(released.note()),
    ];
    DataRow {
        role: RowRole::Body,
        cells,
    }
}

fn ends(interval: Shown<(f64, f64)>) -> (Shown<f64>, Shown<f64>) {
    match interval {
        Shown::Figure((lower, upper)) => (Shown::Figure(lower), Shown::Figure(upper)),
        Shown::Withheld => (Shown::Withheld, Shown::Withheld),
        Shown::Absent => (Shown::Absent, Shown::Absent),
    }
}

/// How a value of that kind is written.
fn writer(released: &Released) -> fn(f64) -> String {
    match (released.statistic(), released.unit()) {
        (Statistic::Proportion, _) => format::share,
        (Statistic::Difference, Unit::Proportion) => signed_share,
        (Statistic::Amount, Unit::Proportion) => format::fine_share,
        (Statistic::Amount, Unit::None) | (Statistic::Ratio, _) => |value| format::number(value, 2),
        (Statistic::Count | Statistic::Minimum | Statistic::Maximum, _) => whole,
        (Statistic::Difference | Statistic::MedianDifference, _) => {
            |value| format::signed(value, 1)
        }
        (_, Unit::Pounds) => whole,
        _ => |value| format::number(value, 1),
    }
}

/// `−40%`.
fn signed_share(value: f64) -> String {
    format!("{}%", format::signed(value * 100.0, 0))
}

fn whole(value: f64) -> String {
    if value < 0.0 {
        format::number(value, 0)
    } else {
        format::count(value.round() as u64)
    }
}
