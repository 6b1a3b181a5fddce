//! Does it hold in every authority? A row for each authority in the order of names: the difference once
//! the arms were made alike (filled circle) with its interval. Below, the average over authorities (open
//! diamond) and, dashed, what another authority might see; then the effect over all without each. An
//! authority that has no figure has `[c]`, or `[x]` where its data refuse one, and no mark. Never by result.

use kinfolk_disclosure::{Release, Released};
use kinfolk_model::{Group, Statistic, Unit};

use super::comparison_records;
use super::differences::{Differences, Look, Row, points};
use crate::figure::Figure;
use crate::marks::Mark;
use crate::reading::Reading;
use crate::wording::{WITHHELD_NOTE, fitting_title, place_and_period, source};

const ID: &str = "authorities";
const KEY: [(Mark, &str); 2] = [
    (Mark::Interval, "authority"),
    (Mark::Benchmark, "average over authorities"),
];

/// Draws the first outcome by authority. `None` where the comparison is of one authority, or no figure of
/// two of them is shown.
pub fn draw_authorities(release: &Release) -> Option<Figure> {
    let rows = rows(release)?;
    let unit = rows.iter().find_map(|row| Some(row.reading.0?.unit()))?;
    let has_mark = |row: &&Row<'_>| row.reading.value().is_some();
    if rows.iter().filter(has_mark).count() < 2 {
        return None;
    }
    let chart = Differences {
        id: ID,
        rows: &rows,
        unit,
        key: &KEY,
        what: "Authority",
    };
    let (canvas, height) = chart.draw();
    Some(Figure {
        id: ID,
        title: title(&rows, unit),
        subtitle: format!(
            "{}, programme less comparators, {}",
            rows[0].outcome(),
            place_and_period(release)
        ),
        source: source_line(release, &rows),
        alt: format!("Differences with their intervals. {}.", chart.alt()),
        body: canvas.finish(height),
        table: chart.table(),
    })
}

/// Those of the first outcome that was compared within authorities.
fn rows<'a>(release: &'a Release) -> Option<Vec<Row<'a>>> {
    let mut records = release.records().iter();
    let measure = records
        .find(|released| name(released, "authority").is_some())?
        .measure();
    let named = |key: &'static str| {
        let own = release.of(measure);
        own.filter_map(move |released| Some((name(released, key)?, released)))
    };
    let row = |heading, label: String, released: &'a Released| Row {
        look: Look::MadeAlike,
        heading,
        label,
        of: of_authorities(released),
        reading: Reading(Some(released)),
    };
    let within = named("authority").map(|(name, released)| row(None, name.to_owned(), released));
    let without = named("without").enumerate().map(|(at, (name, released))| {
        let heading = (at == 0).then_some("All but one");
        row(heading, format!("Without {name}"), released)
    });
    Some(
        within
            .chain(average(release, measure))
            .chain(without)
            .collect(),
    )
}

/// Over how many authorities an average is; `None` for what rests on children.
fn of_authorities(released: &Released) -> Option<String> {
    let is_average = released.group().get("method").is_none();
    let n = released.denominator().figure().filter(|_| is_average);
    n.map(|n| format!("{n} authorities"))
}

/// The authority under a key, of a difference by the method of the study.
fn name<'a>(released: &'a Released, key: &str) -> Option<&'a str> {
    let is_difference = released.statistic() == Statistic::Difference;
    released.group().get(key).filter(|_| is_difference)
}

/// The average over authorities and what another might see, where there is an average.
fn average<'a>(release: &'a Release, measure: &str) -> Vec<Row<'a>> {
    let of = |part: &str| release.get(measure, &Group::of("pooled", part), Statistic::Difference);
    let Some(average) = of("average") else {
        return Vec::new();
    };
    let n = average.denominator().figure();
    let row = |look, label: &str, released| Row {
        look,
        heading: None,
        label: label.to_owned(),
        of: Some(n.map_or_else(String::new, |n| format!("{n} authorities"))),
        reading: Reading(Some(released)),
    };
    let next = of("next").map(|next| row(Look::Range, "Another might see", next));
    let average = row(Look::Average, "Average", average);
    [average].into_iter().chain(next).collect()
}

/// The average, or how many authorities tell a difference from chance.
fn title(rows: &[Row<'_>], unit: Unit) -> String {
    let average = rows.iter().find(|row| row.look == Look::Average);
    let told = average.and_then(|row| Some((row.reading.value()?, row.reading.interval()?)));
    let Some((value, (low, high))) = told else {
        return "Too few authorities for an average".to_owned();
    };
    let words = match unit {
        Unit::Proportion => " points",
        _ => "",
    };
    let short = format!("On average over authorities {}{words}", points(value, unit));
    let ends = format!(" ({} to {})", points(low, unit), points(high, unit));
    fitting_title(&[format!("{short}{ends}"), short])
}

fn source_line(release: &Release, rows: &[Row<'_>]) -> String {
    let n = rows.iter().find_map(|row| row.of.as_deref());
    let n = n.map_or_else(String::new, |n| format!("n\u{a0}=\u{a0}{n}"));
    let hides = rows.iter().any(|row| row.reading.is_hidden());
    // Of authorities that compared for themselves only their effects are known.
    let mut averages = rows.iter().filter(|row| row.look == Look::MadeAlike);
    let how = match averages.any(|row| row.of.is_some()) {
        true => "Lines are 95% intervals. Without one: the average over the others.",
        false => "Lines are 95% intervals. Arms were made alike anew in each row.",
    };
    let mut notes = vec![
        how,
        "Dashed: where the effect in another authority may be expected.",
    ];
    notes.extend(hides.then_some(WITHHELD_NOTE));
    source(release, comparison_records(release), &n, &notes)
}
