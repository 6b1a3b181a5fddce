//! What is said about objectives.

use kinfolk_disclosure::Release;
use kinfolk_model::{Group, Statistic, format};

use super::rows::Row;
use crate::reading::{Reading, count};
use crate::wording::{
    FEW_NOTE, WITHHELD_NOTE, as_sentence, fitting_title, in_sentence, n_is, share_of, source,
};

/// Where the objectives come from, how many they are and what limits them.
pub(super) fn source_line(release: &Release, rows: &[Row<'_>], total: Reading<'_>) -> String {
    let mut n = format!("{}\u{a0}objectives", n_is(total.denominator().unwrap_or(0)));
    let children = Reading::of(
        release,
        "objectives.children",
        &Group::all(),
        Statistic::Count,
    );
    if let Some(children) = children.value() {
        n.push_str(&format!(" set by {}\u{a0}children", count(children)));
    }
    let hides = rows.iter().any(|row| row.is_withheld() || row.rest() > 0.0);
    let mut notes = Vec::new();
    if hides {
        notes.push(WITHHELD_NOTE);
    }
    if total.sound_share().is_some() {
        notes.push("Intervals allow for children who set several.");
    }
    if rows.iter().any(|row| row.met.is_small()) {
        notes.push(FEW_NOTE);
    }
    source(release, "Practice Summaries", &n, &notes)
}

/// The kind that was least often met, if it stands clearly below the whole.
fn lowest<'r>(rows: &'r [Row<'_>], total: f64) -> Option<&'r Row<'r>> {
    let shares = rows.iter().filter(|row| row.met.sound_share().is_some());
    let lowest = shares.clone().min_by(|one, two| {
        let share = |row: &Row<'_>| row.met.sound_share().unwrap_or(1.0);
        share(one).total_cmp(&share(two))
    })?;
    let is_clear = lowest.met.sound_share()? <= total - 0.10;
    (shares.count() >= 3 && is_clear && lowest.code != "other").then_some(lowest)
}

/// The finding: how many were met, and which least often.
pub(super) fn title(rows: &[Row<'_>], total: Reading<'_>) -> String {
    let Some(share) = total.sound_share() else {
        return match (total.value(), total.numerator(), total.denominator()) {
            (Some(_), Some(met), Some(set)) => {
                format!("{} objectives were met", format::of(met, set))
            }
            _ => "What children asked for, and what became of it".to_owned(),
        };
    };
    let whole = format!("{} were met", as_sentence(&share_of(share, "objectives")));
    match lowest(rows, share) {
        Some(row) => fitting_title(&[
            format!("{whole}; those about {} least often", topic(row)),
            whole,
        ]),
        None => whole,
    }
}

fn topic(row: &Row<'_>) -> String {
    match row.code.as_str() {
        "mother" => "mothers".to_owned(),
        "father" => "fathers".to_owned(),
        "specific_request" => "specific requests".to_owned(),
        _ => in_sentence(&row.label),
    }
}

/// What the chart shows, for those who cannot see it.
pub(super) fn alt(rows: &[Row<'_>], total: Reading<'_>) -> String {
    let shares: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let share = row.met.sound_share()?;
            Some(format!(
                "{} {}",
                in_sentence(&row.label),
                format::share(share)
            ))
        })
        .collect();
    let whole = match (total.sound_share(), total.value()) {
        (Some(share), _) => format!("{} were met in all", format::share(share)),
        (None, Some(_)) => format!("{} were met in all", total.base_text()),
        (None, None) => "The share met in all is withheld".to_owned(),
    };
    let each = match shares.is_empty() {
        true => String::new(),
        false => format!("; by kind: {}", shares.join(", ")),
    };
    let withheld = rows
        .iter()
        .filter(|row| row.is_withheld() || row.rest() > 0.0)
        .count();
    let hidden = match withheld {
        0 => String::new(),
        1 => " One split is withheld.".to_owned(),
        n => format!(" {n} splits are withheld."),
    };
    format!(
        "{} kinds of objective, most frequent first, as bars split into met, partly met or under way, and not met. {}{each}.{hidden}",
        rows.len(),
        as_sentence(&whole)
    )
}
