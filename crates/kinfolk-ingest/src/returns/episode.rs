//! Rows of the episodes table.

use jiff::civil::Date;
use kinfolk_model::care::{
    Episode, LEGAL_STATUSES, NEEDS, PLACEMENTS, PROVIDERS, REASONS_ENDED, REASONS_MOVED,
    REASONS_NEW, ShortCode,
};

use super::columns::{Day, Known, Reader, Rows};
use super::gather::Parsed;
use super::kind::Places;
use super::rules;
use crate::rules::Rule;

/// Reads episodes. The child and the year are filled in when all files are read.
pub(super) fn read_episodes(
    reader: &mut Reader<'_, impl Rows>,
    places: &Places,
) -> Vec<Parsed<Episode>> {
    let known = |list, rule| Some(Known { list, rule });
    let starts = reader.days(places.get("decom"));
    let ends = reader.days(places.get("dec"));
    let reasons_new = reader.codes(
        places.get("rne"),
        known(&REASONS_NEW, &rules::REASON_NEW_UNKNOWN),
    );
    let legal = reader.codes(
        places.get("ls"),
        known(&LEGAL_STATUSES, &rules::LEGAL_STATUS_UNKNOWN),
    );
    let needs = reader.codes(places.get("cin"), known(&NEEDS, &rules::NEED_UNKNOWN));
    let kinds = reader.codes(
        places.get("place"),
        known(&PLACEMENTS, &rules::PLACEMENT_UNKNOWN),
    );
    let providers = reader.codes(
        places.get("place_provider"),
        known(&PROVIDERS, &rules::PROVIDER_UNKNOWN),
    );
    let reasons_ended = reader.codes(
        places.get("rec"),
        known(&REASONS_ENDED, &rules::REASON_ENDED_UNKNOWN),
    );
    let reasons_moved = reader.codes(
        places.get("reason_place_change"),
        known(&REASONS_MOVED, &rules::REASON_MOVED_UNKNOWN),
    );
    let homes = reader.codes(places.get("home_post"), None);
    let postcodes = reader.codes(places.get("pl_post"), None);
    let urns = reader.codes(places.get("urn"), None);

    let mut episodes = Vec::with_capacity(starts.len());
    for at in 0..starts.len() {
        let Some((started, ended)) = span(reader, places, at, starts[at], ends[at]) else {
            continue;
        };
        if ended.is_some() == reasons_ended[at].is_blank()
            && let Some(place) = places.get("rec")
        {
            reader.note(&rules::END_AND_REASON, place, at, None);
        }
        let record = Episode {
            child: 0,
            started,
            ended,
            year: 0,
            reason_new: reasons_new[at],
            legal_status: legal[at],
            need: needs[at],
            placement: kinds[at],
            provider: providers[at],
            reason_ended: ended_for(ended, reasons_ended[at]),
            reason_moved: reasons_moved[at],
            home_postcode: homes[at],
            placement_postcode: postcodes[at],
            urn: urns[at],
        };
        episodes.extend(reader.parsed(at, record));
    }
    episodes
}

/// While an episode lasts it has no reason to have ended, whatever the row says.
fn ended_for(ended: Option<Date>, reason: ShortCode) -> ShortCode {
    ended.map_or(ShortCode::BLANK, |_| reason)
}

/// When an episode started and ended; `None` sets the row aside.
fn span(
    reader: &mut Reader<'_, impl Rows>,
    places: &Places,
    at: usize,
    start: Day,
    end: Day,
) -> Option<(Date, Option<Date>)> {
    reader.child_of(at)?;
    let mut set_aside = |rule: &'static Rule, column| {
        reader.set_aside(rule, places.get(column), at);
        None
    };
    let Some(started) = start.date() else {
        return set_aside(&rules::START_UNREADABLE, "decom");
    };
    match end {
        Day::Unreadable => set_aside(&rules::END_UNREADABLE, "dec"),
        Day::On(ended) if ended < started => set_aside(&rules::ENDS_BEFORE_START, "dec"),
        Day::On(ended) if ended == started => set_aside(&rules::NO_LENGTH, "dec"),
        Day::On(ended) => Some((started, Some(ended))),
        Day::Blank => Some((started, None)),
    }
}
