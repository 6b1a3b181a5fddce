//! Title, imprint, and all that stands round the sections.

use kinfolk_disclosure::profile;
use kinfolk_model::DisclosureProfile;

use super::all_figures;
use super::context::Context;
use crate::document::{Document, Section};

/// The document round its sections.
pub(crate) fn document(context: &Context<'_>, sections: Vec<Section>) -> Document {
    let title = title(context);
    let marking = marking(context);
    Document {
        footer: footer(context, &title, marking.as_deref()),
        title,
        subtitle: subtitle(context),
        strapline: strapline(context),
        marking,
        author: context.place.clone(),
        date: context.settings.period.end,
        about: about(context),
        cover: kinfolk_charts::cover_art(context.release),
        sections,
        figures: all_figures::all_figures(context.release),
    }
}

/// The title as set, without the year, which the subtitle gives.
fn title(context: &Context<'_>) -> String {
    let title = context.settings.title.trim();
    match title.rsplit_once(',') {
        Some((name, year)) if is_year(year) && !name.trim().is_empty() => name.trim().to_owned(),
        _ => title.to_owned(),
    }
}

/// `2024-25`, `2024–25`, `2024/25`, `2024 to 2025`.
fn is_year(text: &str) -> bool {
    let text = text.replace(" to ", "-");
    text.contains(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '-' | '\u{2013}' | '/' | ' '))
}

fn subtitle(context: &Context<'_>) -> String {
    let label = context.settings.period.label();
    if label.contains(" to ") {
        format!("Impact report, {label}")
    } else {
        format!("Annual impact report {label}")
    }
}

fn strapline(context: &Context<'_>) -> String {
    let end = kinfolk_model::format::day(context.settings.period.end);
    format!("Records of {} up to {end}", context.place)
}

/// What must stand on every page.
fn marking(context: &Context<'_>) -> Option<String> {
    let synthetic = context.settings.synthetic.then_some("Synthetic data");
    let internal = (context.release.profile() == DisclosureProfile::Internal)
        .then_some("Internal: not for publication");
    let marks: Vec<&str> = [synthetic, internal].into_iter().flatten().collect();
    (!marks.is_empty()).then(|| marks.join(". "))
}

fn footer(context: &Context<'_>, title: &str, marking: Option<&str>) -> String {
    let period = context.settings.period.label();
    match marking {
        Some(marking) => format!("{title}, {period}. {marking}."),
        None => format!("{title}, {period}."),
    }
}

fn about(context: &Context<'_>) -> Vec<String> {
    let synthetic = if context.settings.synthetic {
        "Every record behind this report is made up."
    } else {
        ""
    };
    [
        context.settings.notice.as_str(),
        synthetic,
        "The figures are the same as in the report. Every share stands beside its count.",
        profile(context.release.profile()).sentence,
    ]
    .into_iter()
    .filter(|line| !line.is_empty())
    .map(str::to_owned)
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_known_in_the_shapes_that_titles_use() {
        for text in [" 2024-25", " 2024\u{2013}25", "2024/25", " 2024 to 2025"] {
            assert!(is_year(text), "{text}");
        }
        for text in [" Hartwell", "", " Area 51"] {
            assert!(!is_year(text), "{text}");
        }
    }
}
