//! The same change by several methods.

use kinfolk_charts::{DataCell, DataRow};
use kinfolk_disclosure::decimals;
use kinfolk_model::{Group, Informant, Statistic, format};

use super::tables::{RECORDS, change, ends, signed};
use crate::compose::cells;
use crate::compose::context::{Context, Numbering, heading};
use crate::document::Block;
use crate::sentences::phrase::{self, Noun};
use crate::sentences::sdq;

/// The same change by other methods, at the wave that the sentences speak of: how far the answer
/// depends on the method, and on what happened to children who were lost.
pub(super) fn methods(
    context: &Context<'_>,
    numbering: &mut Numbering,
    informant: Informant,
) -> Vec<Block> {
    let Some(headline) = sdq::headline(context.figures, informant) else {
        return Vec::new();
    };
    let part = headline.wave.group(informant);
    let rows: Vec<DataRow> = differences(context, &part)
        .into_iter()
        .chain(sizes(context, &part))
        .chain(tests(context, &part))
        .collect();
    // The change among children with both scores is told already.
    if rows.len() < 2 {
        return Vec::new();
    }
    let interval = format!("{} interval", format::level(context.settings.confidence));
    let table = cells::table_of_numbers(&["Method", "Result", &interval], rows);
    let note = "The model uses every score. Points, unless the row says otherwise.";
    let (whose, after) = (sdq::scores(informant), sdq::after(headline.wave));
    let caption = format!("Change in {whose} {after}, by several methods");
    let base = headline.paired.denominator().figure().map(|n| {
        let children = phrase::number_of(n, Noun::CHILD);
        format!("{children} with both scores")
    });
    let source = context.source(RECORDS, &base.unwrap_or_default(), note);
    let added_value = sdq::added_value(context.figures, informant).map(Block::Paragraph);
    [heading("How far the answer depends on the method")]
        .into_iter()
        .chain(added_value)
        .chain([numbering.table("sdq-methods", &caption, table, source)])
        .collect()
}

fn differences(context: &Context<'_>, part: &Group) -> Vec<DataRow> {
    let lost = (1..=5).map(|delta: u8| {
        let group = part
            .clone()
            .and("method", "delta")
            .and("delta", &delta.to_string());
        let points = if delta == 1 { "point" } else { "points" };
        (
            format!("Children lost were {delta} {points} worse off"),
            group,
        )
    });
    let is_shown = |group: &Group| {
        change(context, group).is_some_and(|change| change.value().figure().is_some())
    };
    let method = |method: &str| part.clone().and("method", method);
    [
        ("Children with both scores".to_owned(), method("paired")),
        (
            "Model of every score".to_owned(),
            method("repeated_measures"),
        ),
    ]
    .into_iter()
    .chain(lost.filter(|(_, group)| is_shown(group)))
    .filter_map(|(label, group)| {
        let change = change(context, &group)?;
        Some(cells::row(
            &label,
            [signed(Some(change)), ends(Some(change))],
        ))
    })
    .collect()
}

fn sizes(context: &Context<'_>, part: &Group) -> Vec<DataRow> {
    [
        ("d_av", "In standard deviations, average of both"),
        ("d_pre", "In standard deviations, of the start"),
        ("d_z", "In standard deviations, of the changes"),
    ]
    .into_iter()
    .filter_map(|(size, label)| {
        let group = part.clone().and("size", size);
        let size = context
            .release
            .get("sdq.change", &group, Statistic::EffectSize)?;
        let decimals = decimals(size.statistic(), size.unit());
        let number = cells::value(Some(size), |value| format::signed(value, decimals));
        let ends = cells::interval(Some(size), |value| format::number(value, decimals));
        Some(cells::row(label, [number, ends]))
    })
    .collect()
}

fn tests(context: &Context<'_>, part: &Group) -> Vec<DataRow> {
    [
        ("paired_t", "p-value, paired t test"),
        ("wilcoxon", "p-value, Wilcoxon signed ranks"),
    ]
    .into_iter()
    .filter_map(|(test, label)| {
        let group = part.clone().and("test", test);
        let p_value = context
            .release
            .get("sdq.change", &group, Statistic::PValue)?;
        let number = cells::value(Some(p_value), format::p_value);
        Some(cells::row(label, [number, DataCell::default()]))
    })
    .collect()
}
