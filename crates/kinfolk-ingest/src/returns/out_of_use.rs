//! Codes that were out of use in the year of their return.

use std::collections::BTreeMap;
use std::ops::BitOr;

use kinfolk_model::care::{
    CodeList, Episode, LEGAL_STATUSES, PLACEMENTS, REASONS_ENDED, REASONS_MOVED, REASONS_NEW,
    ShortCode,
};
use rayon::prelude::*;

use super::origin::Rowed;

/// A code that was out of use in the year of its return, and how many rows hold it.
pub(super) type OutOfUse = BTreeMap<(&'static str, ShortCode, i16), u64>;

/// Every code that was out of use in the year of its return. Most codes always hold, so a row is held
/// against the others only.
pub(super) fn codes_out_of_use(
    episodes: &[Rowed<Episode>],
    year: impl Fn(&Episode) -> i16 + Sync,
) -> OutOfUse {
    type CodeOf = fn(&Episode) -> ShortCode;
    const LISTS: [(&CodeList, CodeOf); 5] = [
        (&PLACEMENTS, |episode| episode.placement),
        (&REASONS_NEW, |episode| episode.reason_new),
        (&LEGAL_STATUSES, |episode| episode.legal_status),
        (&REASONS_ENDED, |episode| episode.reason_ended),
        (&REASONS_MOVED, |episode| episode.reason_moved),
    ];
    let limited = LISTS.map(|(list, code)| {
        let entries = list.limited();
        let marks = entries.iter().map(|entry| mark(entry.code));
        (list.column, marks.fold(0, BitOr::bitor), entries, code)
    });
    let note = |mut found: OutOfUse, Rowed { record, .. }: &Rowed<Episode>| {
        for (column, marks, entries, code) in &limited {
            let code = code(record);
            if mark(code) & marks == 0 {
                continue;
            }
            let entry = entries.iter().find(|entry| entry.code == code);
            if entry.is_some_and(|entry| !entry.is_valid_in(year(record))) {
                let key = (*column, code, year(record));
                *found.entry(key).or_default() += 1;
            }
        }
        found
    };
    episodes
        .par_iter()
        .fold(OutOfUse::new, note)
        .reduce(OutOfUse::new, added)
}

/// One of 64 bits, which tells most codes from those that are looked for.
fn mark(code: ShortCode) -> u64 {
    1 << (code.number().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 58)
}

/// Codes of two lots of rows.
pub(super) fn added(mut found: OutOfUse, more: OutOfUse) -> OutOfUse {
    for (key, n) in more {
        *found.entry(key).or_default() += n;
    }
    found
}
