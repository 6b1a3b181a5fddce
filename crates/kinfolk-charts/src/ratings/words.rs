//! What is said about the ratings.

use kinfolk_disclosure::Release;
use kinfolk_model::{Code, format};

use super::answers::{Row, Side};
use super::respondents::Respondents;
use crate::reading::count;
use crate::wording::{FEW_NOTE, WITHHELD_NOTE, fitting_title, list, n_is, source};

/// Where the ratings come from, how many they are and what limits them.
pub(super) fn source_line(
    release: &Release,
    groups: &[Respondents<'_>],
    rows: &[&Row<'_>],
) -> String {
    let replies: Vec<String> = groups
        .iter()
        .filter_map(|group| {
            let who = group.respondent.label().to_lowercase();
            Some((group.replies.value()?, who))
        })
        .enumerate()
        .map(|(at, (n, who))| match at {
            0 => format!("{}\u{a0}{who}", n_is(n.round() as u64)),
            _ => format!("{}\u{a0}{who}", count(n)),
        })
        .collect();
    let n = match replies.is_empty() {
        true => "n beside each row".to_owned(),
        false => list(&replies),
    };
    let mut notes = Vec::new();
    if rows
        .iter()
        .any(|row| row.is_drawn() && !(row.is_split(Side::Agree) && row.is_split(Side::Disagree)))
    {
        notes.push("Answers that few gave are joined with their neighbours.");
    }
    if rows.iter().any(|row| row.hides()) {
        notes.push(WITHHELD_NOTE);
    }
    if rows.iter().any(|row| row.agrees.is_small()) {
        notes.push(FEW_NOTE);
    }
    source(release, "questionnaires", &n, &notes)
}

/// The lowest and the highest share who agree, with the statement of the highest.
fn range<'r>(rows: &[&'r Row<'r>]) -> Option<(f64, f64, &'r str)> {
    let shares = || {
        rows.iter()
            .filter_map(|row| Some((row.agrees.sound_share()?, row.label.as_str())))
    };
    let (low, _) = shares().min_by(|one, two| one.0.total_cmp(&two.0))?;
    let (high, label) = shares().max_by(|one, two| one.0.total_cmp(&two.0))?;
    Some((low, high, label))
}

/// The finding: how far those who replied agree.
pub(super) fn title(rows: &[&Row<'_>]) -> String {
    const TENTHS: [&str; 10] = [
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    let Some((low, high, best)) = range(rows) else {
        return "How those who replied rated the work".to_owned();
    };
    let is_whole = rows.iter().all(|row| row.agrees.sound_share().is_some());
    let what = if is_whole {
        "every statement"
    } else {
        "every statement shown"
    };
    let tenths = (low * 10.0 + 1e-9).floor() as usize;
    if low >= 1.0 {
        format!("Everyone agreed with {what}")
    } else if low >= 0.95 {
        format!("Almost everyone agreed with {what}")
    } else if let (5.., Some(words)) = (tenths, TENTHS.get(tenths)) {
        format!("At least {words} in ten agreed with {what}")
    } else {
        fitting_title(&[
            format!("Agreement was highest with \u{2018}{best}\u{2019}"),
            format!(
                "Agreement ranged from {} to {}",
                format::share(low),
                format::share(high)
            ),
        ])
    }
}

/// What the chart shows, for those who cannot see it.
pub(super) fn alt(groups: &[Respondents<'_>], rows: &[&Row<'_>]) -> String {
    let parts: Vec<String> = groups
        .iter()
        .map(|group| {
            let n = group.rows.len();
            let plural = if n == 1 { "" } else { "s" };
            format!(
                "{n} statement{plural} by {}",
                group.respondent.label().to_lowercase()
            )
        })
        .collect();
    let (low, high) = match range(rows) {
        Some((low, high, _)) => (format::share(low), format::share(high)),
        None => {
            let counts = rows.iter().map(|row| row.agrees.base_text());
            let counts: Vec<String> = counts.collect();
            return format!(
                "Counts in words for {}: {} agree.",
                list(&parts),
                list(&counts)
            );
        }
    };
    let shares = match low == high {
        true => format!("Agreement is {low}"),
        false => format!("Agreement is between {low} and {high}"),
    };
    format!(
        "Diverging bars for {}. {shares}; those who neither agree nor disagree are set aside.",
        list(&parts)
    )
}
