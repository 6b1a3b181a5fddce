//! How complete the records are, and what is not shown.

use kinfolk_disclosure::Released;
use kinfolk_model::{Group, Statistic, format};

use super::figures::{Figures, whole};
use super::phrase::{self, Noun};
use crate::document::Text;

/// `Practice Summaries are complete; questionnaires are held for 25 of 55 children.`
pub(crate) fn lead(figures: Figures<'_>) -> Text {
    least_complete(figures).unwrap_or_else(|| {
        Text::plain("Every figure in this report comes from records that the authority keeps.")
    })
}

/// The records of children, from the Practice Summary on, with words for each.
const RECORDS: [(&str, &str); 5] = [
    ("practice_summary", "A Practice Summary"),
    ("objectives", "An objective"),
    ("outcomes", "An outcome"),
    ("connections", "A count of connections"),
    ("child_questionnaire", "A questionnaire"),
];

fn least_complete(figures: Figures<'_>) -> Option<Text> {
    let (label, least) = RECORDS
        .iter()
        .filter_map(|(record, label)| {
            let group = Group::of("record", record);
            let share = figures.shown("coverage.record", &group, Statistic::Proportion)?;
            (complete(share) > 0.0).then_some((label, share))
        })
        .min_by(|(_, a), (_, b)| complete(a).total_cmp(&complete(b)))?;
    if complete(least) >= 1.0 {
        return Some(Text::plain(
            "Each kind of record that is held at all is held for every child.",
        ));
    }
    Some(
        Text::plain(format!(
            "{label} is the record missing most often: it is held for "
        ))
        .then_figure(phrase::base(least, Noun::CHILD)?, least.key())
        .then("."),
    )
}

fn complete(share: &Released) -> f64 {
    share.value().figure().unwrap_or(f64::INFINITY)
}

/// `The files hold 512 rows; 3 were set aside because a value in them cannot be used.`
pub(crate) fn rows(figures: Figures<'_>) -> Option<Text> {
    sum(figures, "quality.rows_read")?;
    let aside = sum(figures, "quality.rows_set_aside").unwrap_or(0);
    let is_useless = |read: &Released| {
        let aside = figures
            .0
            .get("quality.rows_set_aside", read.group(), Statistic::Count);
        aside.is_some_and(|aside| whole(aside) == whole(read))
    };
    Some(match aside {
        0 => Text::plain("No row of the files was set aside for a fault."),
        _ if figures.0.of("quality.rows_read").all(is_useless) => {
            Text::plain("No row of the files can be used.")
        }
        _ => Text::plain("Some rows were set aside, because a value in them cannot be used."),
    })
}

fn sum(figures: Figures<'_>, measure: &str) -> Option<u64> {
    figures.0.of(measure).map(whole).sum()
}

/// `4 of 118 figures are withheld.`
pub(crate) fn withheld(figures: Figures<'_>) -> Text {
    let records = figures.0.records();
    let withheld = records
        .iter()
        .filter(|released| released.value().is_withheld())
        .count();
    match withheld {
        0 => Text::plain("No figure is withheld."),
        n => {
            let of = format::of(n as u64, records.len() as u64);
            let are = if n == 1 { "is" } else { "are" };
            Text::plain(format!("{of} figures {are} withheld."))
        }
    }
}
