//! Missing episodes against each other, the year and the time in care.

use kinfolk_model::care::{
    CONTINUES, Episode, MissingEpisode, ShortCode, return_ends, return_starts,
};

use super::{ChildRows, Found, breach};
use crate::returns::origin::Rowed;
use crate::returns::rules;

/// Care ceased for any other reason, which is how a child who is missing leaves care.
const OTHER_REASON: ShortCode = ShortCode::of("E8");

pub(super) fn check(child: &ChildRows<'_>, found: &mut Found) {
    for row in child.missing {
        days(child, row, found);
        if !is_carried_over(child, row) {
            found.push(breach(&rules::MISSING_NOT_CARRIED, row, "mis_end"));
        }
        if !child.history.is_empty() && is_latest(child, row) {
            against_care(child, row, found);
        }
    }
    overlaps(child, found);
}

fn days(child: &ChildRows<'_>, row: &Rowed<MissingEpisode>, found: &mut Found) {
    let MissingEpisode {
        started,
        ended,
        year,
        ..
    } = row.record;
    if started > return_ends(year) {
        found.push(breach(&rules::MISSING_AFTER_YEAR, row, "mis_start"));
    } else if ended.is_some_and(|ended| !(return_starts(year)..=return_ends(year)).contains(&ended))
    {
        found.push(breach(&rules::MISSING_OUTSIDE_YEAR, row, "mis_end"));
    }
    if child.child.date_of_birth.is_some_and(|born| started < born) {
        found.push(breach(&rules::MISSING_BEFORE_BIRTH, row, "mis_start"));
    }
}

/// Whether a missing episode that lasts is in the next return, where there is one.
fn is_carried_over(child: &ChildRows<'_>, row: &Rowed<MissingEpisode>) -> bool {
    let next = row.record.year + 1;
    row.record.ended.is_some()
        || !child.has_return(next)
        || child
            .missing
            .iter()
            .any(|again| again.record.year == next && again.record.started == row.record.started)
}

/// Whether no later return says more about the missing episode.
fn is_latest(child: &ChildRows<'_>, row: &Rowed<MissingEpisode>) -> bool {
    !child.missing.iter().any(|again| {
        again.record.started == row.record.started && again.record.year > row.record.year
    })
}

/// Missing episodes stand by start; one that is reported again is the same.
fn overlaps(child: &ChildRows<'_>, found: &mut Found) {
    for pair in child.missing.windows(2) {
        let (before, after) = (&pair[0].record, &pair[1].record);
        let is_again = before.started == after.started;
        let lasts = before.ended.is_none_or(|ended| ended > after.started);
        let is_closed_later = child
            .missing
            .iter()
            .any(|row| row.record.started == before.started && row.record.ended.is_some());
        if !is_again && lasts && (before.ended.is_some() || !is_closed_later) {
            found.push(breach(&rules::MISSING_OVERLAP, &pair[1], "mis_start"));
        }
    }
}

fn against_care(child: &ChildRows<'_>, row: &Rowed<MissingEpisode>, found: &mut Found) {
    let MissingEpisode { started, ended, .. } = row.record;
    let has_begun = |episode: &&&Rowed<Episode>| episode.record.started <= started;
    let Some(episode) = child.history.iter().rev().find(has_begun) else {
        return found.push(breach(&rules::MISSING_BEFORE_CARE, row, "mis_start"));
    };
    let Some(left) = episode.record.ended else {
        return;
    };
    let leaves_care = episode.record.reason_ended != CONTINUES;
    if leaves_care && started > left {
        return found.push(breach(&rules::MISSING_AFTER_CARE, row, "mis_start"));
    }
    let lasts_until_18 = ended == Some(left) && child.birthday(18) == ended;
    if leaves_care && lasts_until_18 && episode.record.reason_ended != OTHER_REASON {
        found.push(breach(&rules::MISSING_AT_EXIT, episode, "rec"));
    }
    if ended.is_some_and(|ended| ended <= left) {
        return;
    }
    match (leaves_care, ended) {
        (true, _) => found.push(breach(&rules::MISSING_BEYOND_CARE, row, "mis_end")),
        (false, None) => found.push(breach(&rules::MISSING_BEYOND_PLACEMENT, row, "mis_end")),
        (false, Some(_)) => {}
    }
}
