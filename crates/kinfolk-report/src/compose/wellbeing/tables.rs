//! The tables of the section on the SDQ.

use kinfolk_charts::{DataCell, DataRow};
use kinfolk_disclosure::Released;
use kinfolk_model::{Code, Group, Informant, SdqReason, SdqWave, Statistic, format};

use crate::compose::cells;
use crate::compose::context::{Context, Numbering};
use crate::document::Block;
use crate::sentences::sdq;

/// Where the scores come from, as sources name it.
pub(super) const RECORDS: &str = "SDQ questionnaires and yearly returns";

/// The mean at the baseline of children kept and of children lost, by informant and wave.
pub(super) fn kept_and_lost(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let heads = [
        "Wave",
        "With a later score",
        "Their mean at the start",
        "Without one",
        "Their mean at the start",
    ];
    let row = |informant, wave: SdqWave| {
        let part = |who: &str| wave.group(informant).and("who", who);
        let mean = |who: &str| context.release.get("sdq.kept", &part(who), Statistic::Mean);
        let (kept, lost) = (mean("kept"), mean("lost"));
        kept.or(lost)?;
        let cells = [kept, lost]
            .into_iter()
            .flat_map(|mean| [cells::denominator(mean), cells::decimal(mean)]);
        Some(cells::row(&wave.label(context.settings), cells))
    };
    // Without those of whom the section speaks, the others would seem to be all.
    let first = sdq::informants(context.figures).first().copied()?;
    SdqWave::LATER
        .into_iter()
        .find_map(|wave| row(first, wave))?;
    let rows = by_informant(context, heads.len(), row);
    (!rows.is_empty()).then(|| {
        let table = cells::table_of_numbers(&heads, rows);
        let source = context.source(RECORDS, "", "Children due a score at the wave.");
        numbering.table(
            "sdq-kept",
            "Who has a later score and who has not",
            table,
            source,
        )
    })
}

/// Why children due a carer's score have none, where the yearly returns say so.
pub(super) fn reasons(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let count = |wave: SdqWave, reason: &str| {
        let group = wave.group(Informant::ParentCarer).and("reason", reason);
        context.release.get("sdq.missing", &group, Statistic::Count)
    };
    let reasons: Vec<(&str, &str)> = SdqReason::ALL
        .iter()
        .map(|reason| (reason.code(), reason.label()))
        .chain([("none_given", "No reason given")])
        .collect();
    let is_told = |wave: &SdqWave| {
        let mut counts = reasons.iter().filter_map(|(code, _)| count(*wave, code));
        counts.any(|count| count.value().figure() != Some(0.0))
    };
    let waves: Vec<SdqWave> = SdqWave::ALL.into_iter().filter(is_told).collect();
    if waves.is_empty() {
        return None;
    }
    let labels = waves.iter().map(|wave| wave.label(context.settings));
    let heads: Vec<String> = std::iter::once("Reason".to_owned()).chain(labels).collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let rows = reasons.iter().map(|(code, label)| {
        let counts = waves
            .iter()
            .map(|wave| cells::count_or_withheld(count(*wave, code)));
        cells::row(label, counts)
    });
    let table = cells::table_of_numbers(&heads, rows.collect());
    let caption = "Why children have no score from a carer";
    let source = context.source("yearly returns", "", "");
    Some(numbering.table("sdq-missing", caption, table, source))
}

/// The change at each wave: among children with both scores, and by the model.
pub(super) fn changes(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let level = format::level(context.settings.confidence);
    let interval = format!("{level} interval");
    let heads = [
        "Wave",
        "Children with both",
        "Change",
        &interval,
        "By the model",
        &interval,
    ];
    let row = |informant, wave: SdqWave| {
        let change = |method: &str| change(context, &wave.group(informant).and("method", method));
        let (paired, model) = (change("paired"), change("repeated_measures"));
        paired.or(model)?;
        let cells = [
            cells::denominator(paired),
            signed(paired),
            ends(paired),
            signed(model),
            ends(model),
        ];
        Some(cells::row(&wave.label(context.settings), cells))
    };
    let rows = by_informant(context, heads.len(), row);
    (!rows.is_empty()).then(|| {
        let table = cells::table_of_numbers(&heads, rows);
        let note = "A minus sign means fewer difficulties. The model uses every score.";
        let source = context.source(RECORDS, "", note);
        numbering.table("sdq-change", "Change since the start", table, source)
    })
}

pub(super) fn change<'a>(context: &Context<'a>, group: &Group) -> Option<&'a Released> {
    context
        .release
        .get("sdq.change", group, Statistic::Difference)
}

/// Rows of each informant under its heading.
fn by_informant(
    context: &Context<'_>,
    n_columns: usize,
    row: impl Fn(Informant, SdqWave) -> Option<DataRow>,
) -> Vec<DataRow> {
    let of = |informant: Informant| {
        let waves = SdqWave::LATER.into_iter();
        let rows: Vec<DataRow> = waves.filter_map(|wave| row(informant, wave)).collect();
        let head = (!rows.is_empty()).then(|| cells::group(sdq::reported_by(informant), n_columns));
        head.into_iter().chain(rows)
    };
    sdq::informants(context.figures)
        .into_iter()
        .flat_map(of)
        .collect()
}

pub(super) fn signed(change: Option<&Released>) -> DataCell {
    cells::value(change, |value| format::signed(value, 1))
}

pub(super) fn ends(change: Option<&Released>) -> DataCell {
    cells::interval(change, |value| format::number(value, 1))
}
