//! Who moved between bands, and whose change was reliable and crossed the cut-off: two tables of the wave
//! that the sentences speak of. Each is left out, with a word on why, where one of its numbers is too small.

use kinfolk_charts::{DataCell, DataRow};
use kinfolk_disclosure::Released;
use kinfolk_model::{Group, Informant, Statistic, format};

use super::tables::RECORDS;
use crate::compose::cells;
use crate::compose::context::{Context, Numbering};
use crate::document::{Block, Text};
use crate::sentences::phrase;
use crate::sentences::sdq;

/// Bands from the lowest: code and label.
const BANDS: [(&str, &str); 3] = [
    ("normal", "Typical"),
    ("borderline", "Borderline"),
    ("abnormal", "High"),
];
/// Reliable change and the cut-off together, from the best.
const CLASSES: [(&str, &str); 5] = [
    ("recovered", "Improved, and no longer high"),
    ("improved", "Improved, and as high or not as before"),
    ("unchanged", "No reliable change"),
    ("deteriorated", "Deteriorated, and as high or not as before"),
    ("harmed", "Deteriorated, and now high"),
];

/// How many children went from which band to which.
pub(super) fn transitions(
    context: &Context<'_>,
    numbering: &mut Numbering,
    informant: Informant,
) -> Option<Block> {
    let wave = sdq::headline(context.figures, informant)?.wave;
    let part = wave.group(informant);
    let moved = |from: &str, to: &str| {
        let group = part.clone().and("from", from).and("to", to);
        count(context, "sdq.transition", &group)
    };
    if BANDS.iter().all(|(band, _)| moved(band, band).is_none()) {
        return Some(not_shown("From which band to which children moved"));
    }
    let all = |at: &str, band: &str| {
        let group = part.clone().and("at", at).and("band", band);
        n_in(
            context
                .release
                .get("sdq.band", &group, Statistic::Proportion),
        )
    };
    let row = |(from, label): &(&str, &str)| {
        let each = BANDS.map(|(to, _)| cells::count_or_withheld(moved(from, to)));
        cells::row(label, each.into_iter().chain([all("baseline", from)]))
    };
    let last = BANDS.map(|(to, _)| all("wave", to));
    let rows: Vec<DataRow> = BANDS
        .iter()
        .map(row)
        .chain([cells::total(
            "All",
            last.into_iter().chain([DataCell::default()]),
        )])
        .collect();
    let start = kinfolk_model::SdqWave::Baseline.label(context.settings);
    let [normal, borderline, high] = BANDS.map(|(_, label)| label);
    let table = cells::table_of_numbers(&[&start, normal, borderline, high, "All"], rows);
    let whose = sdq::scores(informant);
    let caption = format!("From band to band: {whose} {}", sdq::after(wave));
    let note = format!(
        "A row for each band before, a column for each {}.",
        sdq::after(wave)
    );
    let source = context.source(RECORDS, "", &note);
    Some(numbering.table("sdq-transitions", &caption, table, source))
}

/// Reliable change and the cut-off together.
pub(super) fn clinical(
    context: &Context<'_>,
    numbering: &mut Numbering,
    informant: Informant,
) -> Option<Block> {
    let wave = sdq::headline(context.figures, informant)?.wave;
    let share = |class: &str| {
        let group = wave.group(informant).and("class", class);
        let kind = Statistic::Proportion;
        context.release.get("sdq.clinical_change", &group, kind)
    };
    if CLASSES.iter().all(|(class, _)| share(class).is_none()) {
        return Some(not_shown("Who also crossed into or out of the high band"));
    }
    let rows = CLASSES.iter().map(|(class, label)| {
        let share = share(class);
        cells::row(label, [n_in(share), percentage(share), ends(share)])
    });
    let interval = format!("{} interval", format::level(context.settings.confidence));
    let heads = ["Change and band", "Children", "Share", &interval];
    let table = cells::table_of_numbers(&heads, rows.collect());
    let caption = format!(
        "Change and the high band together: {} {}",
        sdq::scores(informant),
        sdq::after(wave)
    );
    let note = "Children who are no longer high began high, and high scores fall by themselves: see the \
                caution under \u{2018}Scores by band\u{2019}.";
    let source = context.source(RECORDS, "", note);
    Some(numbering.table("sdq-clinical", &caption, table, source))
}

fn count<'a>(context: &Context<'a>, measure: &str, group: &Group) -> Option<&'a Released> {
    context.release.get(measure, group, Statistic::Count)
}

/// How many had it. A row that stands in a table without its record was joined to protect children.
fn n_in(share: Option<&Released>) -> DataCell {
    match share {
        Some(share) => cells::cell(share, cells::shown(share.numerator(), format::count)),
        None => cells::words(format::WITHHELD),
    }
}

/// A percentage where enough children stand behind it.
fn percentage(share: Option<&Released>) -> DataCell {
    cells::share(share.filter(|share| !phrase::is_small(share)))
}

fn ends(share: Option<&Released>) -> DataCell {
    cells::interval(
        share.filter(|share| !phrase::is_small(share)),
        format::share,
    )
}

fn not_shown(what: &str) -> Block {
    Block::Paragraph(Text::plain(format!(
        "{what} is not shown, since some of these numbers are too small."
    )))
}
