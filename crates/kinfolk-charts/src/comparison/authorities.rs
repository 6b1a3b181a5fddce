//! Does it hold in every authority? A row for each authority in the order of names: the difference once
//! the arms were made alike (filled circle) with its interval. Below, the average over authorities (open
//! diamond) and, dashed, what another authority might see; then the effect over all without each. An
//! authority that has no figure has `[c]`, or `[x]` where its data refuse one, and no mark. Never by result.

use kinfolk_disclosure::Release;
use kinfolk_model::Statistic;

use super::authority_rows::{AuthorityRows, KEY};
use super::comparison_records;
use super::contrast::Contrast;
use super::contrasts::{Contrasts, Look};
use crate::figure::Figure;
use crate::wording::{WITHHELD_NOTE, fitting_title, place_and_period, source};

const ID: &str = "authorities";

/// Draws the first outcome by authority. `None` where the comparison is of one authority, or no figure of
/// two of them is shown.
pub fn draw_authorities(release: &Release) -> Option<Figure> {
    let authorities = AuthorityRows::of(release, Statistic::Difference)?;
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
            "{}, programme less comparators, {}",
            authorities.rows[0].outcome(),
            place_and_period(release)
        ),
        source: source_line(release, &authorities),
        alt: format!("Differences with their intervals. {}.", chart.alt()),
        body: canvas.finish(height),
        table: chart.table(),
    })
}

/// The average, or that there is none.
fn title(authorities: &AuthorityRows<'_>) -> String {
    let Some((value, (low, high))) = authorities.average() else {
        return authorities.without_average();
    };
    let contrast = authorities.contrast;
    let words = match contrast {
        Contrast::Points => " points",
        _ => "",
    };
    let [value, low, high] = [value, low, high].map(|number| contrast.text(number));
    let short = format!("On average over authorities {value}{words}");
    fitting_title(&[format!("{short} ({low} to {high})"), short])
}

fn source_line(release: &Release, authorities: &AuthorityRows<'_>) -> String {
    let rows = &authorities.rows;
    let n = rows.iter().find_map(|row| row.of.as_deref());
    let n = n.map_or_else(String::new, |n| format!("n\u{a0}=\u{a0}{n}"));
    // Of authorities that compared for themselves only their effects are known.
    let mut averages = rows.iter().filter(|row| row.look == Look::MadeAlike);
    let how = match averages.any(|row| row.of.is_some()) {
        true => "Lines are 95% intervals. Without one: the average over the others.",
        false => "Lines are 95% intervals. Arms were made alike anew in each row.",
    };
    let mut notes = vec![how];
    let dashed = "Dashed: where the effect in another authority may be expected.";
    notes.extend(authorities.has_range().then_some(dashed));
    notes.extend(authorities.hides().then_some(WITHHELD_NOTE));
    source(release, comparison_records(release), &n, &notes)
}
