//! What is said of means.

use kinfolk_disclosure::Release;
use kinfolk_model::format;

use super::panel::Axis;
use super::{Panel, Point, drawn};
use crate::reading::Reading;
use crate::sdq::RECORDS;
use crate::sdq::waves::{paired_change, reported_by, scores_of, sdq_headline};
use crate::wording::{WITHHELD_NOTE, fitting_title, in_sentence, source};

/// The finding: the change among children with both scores, where its interval says which way.
pub(super) fn title(release: &Release, panel: &Panel<'_>) -> String {
    let scores = scores_of(panel.informant);
    let plain = format!("{scores} at each wave");
    let Some(wave) = sdq_headline(release, panel.informant) else {
        return plain;
    };
    let later = wave.in_sentence(release.settings());
    let change = paired_change(release, panel.informant, wave);
    fitting_title(&[
        match direction(change) {
            Some((size, way)) => format!("{scores} were {size} points {way} {later}"),
            None => format!("{scores} show no clear change {later}"),
        },
        plain,
    ])
}

/// The size of a change and its way; `None` where the interval holds both ways.
fn direction(change: Reading<'_>) -> Option<(String, &'static str)> {
    let value = change.value()?;
    let (low, high) = change.interval()?;
    let size = format::number(value.abs(), 1);
    if size == format::number(0.0, 1) {
        return None;
    }
    if high < 0.0 {
        Some((size, "lower"))
    } else if low > 0.0 {
        Some((size, "higher"))
    } else {
        None
    }
}

/// `13.1 to 16.7`.
pub(super) fn interval_text((low, high): (f64, f64)) -> String {
    format!("{} to {}", format::number(low, 1), format::number(high, 1))
}

/// Where the scores come from, whose change the title names, and what limits the picture.
pub(super) fn source_line(release: &Release, panels: &[Panel<'_>], axis: Axis) -> String {
    let points = || panels.iter().flat_map(|panel| &panel.points);
    let paired = panels.first().and_then(|panel| paired_note(release, panel));
    let scale = axis.note();
    let mut notes: Vec<&str> = scale
        .as_deref()
        .into_iter()
        .chain(paired.as_deref())
        .collect();
    if panels.iter().any(Panel::has_england) {
        notes.push("England: Department for Education, children in care aged 5 to 16.");
    }
    if points().any(|point| point.everyone.value().is_some() && drawn(point.everyone).is_none()) {
        notes.push("No mark for fewer than 10.");
    }
    if points().any(|point| point.everyone.value().is_none()) {
        notes.push(WITHHELD_NOTE);
    }
    source(release, RECORDS, "n beside each mean", &notes)
}

/// `Change of the 31 children with both scores: −2.1 (95% interval −3.5 to −0.7).`
fn paired_note(release: &Release, panel: &Panel<'_>) -> Option<String> {
    let wave = sdq_headline(release, panel.informant)?;
    let change = paired_change(release, panel.informant, wave);
    let n = change.denominator()?;
    let value = format::signed(change.value()?, 1);
    let interval = change.interval().map_or_else(String::new, |interval| {
        format!(" (95%\u{a0}interval {})", interval_text(interval))
    });
    Some(format!(
        "The title speaks of the {}\u{a0}children with both scores: {value}{interval}.",
        format::count(n)
    ))
}

/// What the chart shows, for those who cannot see it.
pub(super) fn alt(release: &Release, panels: &[Panel<'_>]) -> String {
    let settings = release.settings();
    let said = |point: &Point<'_>| {
        let wave = point.wave.in_sentence(settings);
        match (point.everyone.value(), point.everyone.denominator()) {
            (Some(mean), Some(n)) => {
                let (mean, n) = (format::number(mean, 1), format::count(n));
                format!("{mean} {wave} ({n})")
            }
            _ => format!("withheld {wave}"),
        }
    };
    let each: Vec<String> = panels
        .iter()
        .map(|panel| {
            let points: Vec<String> = panel.points.iter().map(said).collect();
            format!(
                "{}: {}",
                in_sentence(reported_by(panel.informant)),
                points.join(", ")
            )
        })
        .collect();
    let last = panels.first().and_then(|panel| panel.points.last());
    let england = last
        .and_then(|point| point.england.value())
        .map_or_else(String::new, |mean| {
            format!(
                " England\u{2019}s mean at the last wave is {}.",
                format::number(mean, 1)
            )
        });
    format!(
        "Mean SDQ totals by wave with 95% intervals, number of children in brackets. {}.{england}",
        crate::wording::as_sentence(&each.join("; "))
    )
}
