//! Does the event come sooner or later in every authority? A row for each authority in the order of names:
//! the hazard ratio among those who are compared (filled circle) with its interval, on the logarithm. Below,
//! the average over authorities (open diamond) and, dashed, what another authority might see; then the ratio
//! over all without each. An authority that has no figure has `[c]`, or `[x]` where its data refuse one, and
//! no mark. Never by result.

use kinfolk_disclosure::{Release, Released};
use kinfolk_model::{Statistic, event_label};

use super::authority_rows::{AuthorityRows, KEY};
use super::comparison_records;
use super::contrasts::Contrasts;
use crate::figure::Figure;
use crate::wording::{WITHHELD_NOTE, fitting_title, place_and_period, source};

const ID: &str = "hazards";

/// Draws the hazard ratios of the first outcome of events by authority. `None` where no outcome comes from
/// events, the comparison is of one authority, or no figure of two of them is shown.
pub fn draw_hazards(release: &Release) -> Option<Figure> {
    let authorities = AuthorityRows::of(release, Statistic::HazardRatio)?;
    let chart = Contrasts {
        id: ID,
        rows: &authorities.rows,
        contrast: authorities.contrast,
        key: &KEY,
        what: "Authority",
    };
    let (canvas, height) = chart.draw();
    Some(Figure {
        id: ID,
        title: title(&authorities),
        subtitle: format!(
            "{}: hazard ratio, programme to comparators, {}",
            event(&authorities),
            place_and_period(release)
        ),
        source: source_line(release, &authorities),
        alt: format!("Hazard ratios with their intervals. {}.", chart.alt()),
        body: canvas.finish(height),
        table: chart.table(),
    })
}

/// What comes about sooner or later.
fn event(authorities: &AuthorityRows<'_>) -> String {
    let mut groups = authorities.rows.iter().filter_map(|row| row.reading.0);
    let outcome = groups.find_map(|released: &Released| released.group().get("outcome"));
    event_label(outcome.unwrap_or_default())
}

/// The average, or that there is none.
fn title(authorities: &AuthorityRows<'_>) -> String {
    let Some((value, (low, high))) = authorities.average() else {
        return authorities.without_average();
    };
    let [value, low, high] = [value, low, high].map(|number| authorities.contrast.text(number));
    let short = format!("On average {value} times the rate of comparators");
    fitting_title(&[format!("{short} ({low} to {high})"), short])
}

fn source_line(release: &Release, authorities: &AuthorityRows<'_>) -> String {
    let n = format!("n\u{a0}=\u{a0}{} authorities", authorities.n_shown());
    let mut notes = vec!["Lines are 95% intervals; arms were made alike anew in each row."];
    let dashed = "Dashed: what another might see.";
    notes.extend(authorities.has_range().then_some(dashed));
    notes.extend(authorities.hides().then_some(WITHHELD_NOTE));
    source(release, comparison_records(release), &n, &notes)
}
