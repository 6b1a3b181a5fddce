//! How much sooner or later an event comes in the programme, over authorities.

use kinfolk_disclosure::Released;
use kinfolk_model::{Group, Statistic, event_label, format};

use super::figures::Figures;
use crate::document::Text;

const MEASURE: &str = "survival.hazard_ratio";

/// `Moved to another placement: on average over authorities it comes about in the programme at 0.67 times
/// the rate among comparators (hazard ratio, 95% interval 0.50 to 0.88); in another it might be from 0.45 to
/// 0.98 times.` Without an average the reason; nothing of an outcome that is no event.
pub(crate) fn over_authorities(figures: Figures<'_>, outcome: &str) -> Option<Text> {
    let part = |of: &str| Group::of("outcome", outcome).and("pooled", of);
    let kind = Statistic::HazardRatio;
    let record = figures.0.get(MEASURE, &part("average"), kind)?;
    let label = event_label(outcome);
    if let Some(reason) = record.note().strip_prefix("refused: ") {
        return Some(Text::plain(format!(
            "{label}: there is no average of hazard ratios, because {reason}."
        )));
    }
    let text = Text::plain(format!(
        "{label}: on average over authorities it comes about in the programme at "
    ))
    .then_figure(ratio_with_interval(record)?, record.key());
    let next = figures.shown(MEASURE, &part("next"), kind);
    let Some((next, (lower, upper))) =
        next.and_then(|next| Some((next, next.interval().figure()?)))
    else {
        return Some(text.then("."));
    };
    let [lower, upper] = [lower, upper].map(shown);
    Some(
        text.then("; in another it might be from ")
            .then_figure(format!("{lower} to {upper} times"), next.key())
            .then("."),
    )
}

/// `0.67 times the rate among comparators (hazard ratio, 95% interval 0.50 to 0.88)`.
fn ratio_with_interval(found: &Released) -> Option<String> {
    let value = shown(found.value().figure()?);
    let (lower, upper) = found.interval().figure()?;
    let level = found.level().map_or_else(String::new, format::level);
    let ends = [lower, upper].map(shown).join(" to ");
    Some(format!(
        "{value} times the rate among comparators (hazard ratio, {level}\u{a0}interval {ends})"
    ))
}

fn shown(ratio: f64) -> String {
    format::number(ratio, 2)
}
