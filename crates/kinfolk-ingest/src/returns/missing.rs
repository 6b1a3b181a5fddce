//! Rows of the missing table.

use kinfolk_model::care::{MISSING_KINDS, MissingEpisode};

use super::columns::{Day, Known, Reader, Rows};
use super::gather::Parsed;
use super::kind::Places;
use super::rules;

/// Reads missing episodes. The child and the year are filled in when all files are read.
pub(super) fn read_missing(
    reader: &mut Reader<'_, impl Rows>,
    places: &Places,
) -> Vec<Parsed<MissingEpisode>> {
    let known = Known {
        list: &MISSING_KINDS,
        rule: &rules::MISSING_KIND_UNKNOWN,
    };
    let kinds = reader.codes(places.get("missing"), Some(known));
    let starts = reader.days(places.get("mis_start"));
    let ends = reader.days(places.get("mis_end"));
    let mut missing = Vec::with_capacity(kinds.len());
    for at in 0..kinds.len() {
        if reader.child_of(at).is_none() {
            continue;
        }
        let fault = match (starts[at], ends[at]) {
            (Day::Blank | Day::Unreadable, _) => {
                Some((&rules::MISSING_START_UNREADABLE, "mis_start"))
            }
            (_, Day::Unreadable) => Some((&rules::MISSING_END_UNREADABLE, "mis_end")),
            (Day::On(start), Day::On(end)) if end < start => {
                Some((&rules::MISSING_ORDER, "mis_end"))
            }
            _ => None,
        };
        if let Some((rule, column)) = fault {
            reader.set_aside(rule, places.get(column), at);
        } else if let Day::On(started) = starts[at] {
            let record = MissingEpisode {
                child: 0,
                started,
                ended: ends[at].date(),
                year: 0,
                kind: kinds[at],
            };
            missing.extend(reader.parsed(at, record));
        }
    }
    missing
}
