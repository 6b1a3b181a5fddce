//! Rows of the care leavers' table.

use kinfolk_model::care::{ACCOMMODATIONS, ACTIVITIES, CareLeaver, IN_TOUCH};

use super::columns::{Known, Reader};
use super::gather::Parsed;
use super::kind::Places;
use super::rules;

/// Reads care leavers. The young person and the year are filled in when all files are read.
pub(super) fn read_care_leavers(
    reader: &mut Reader<'_>,
    places: &Places,
) -> Vec<Parsed<CareLeaver>> {
    let known = |list, rule| Some(Known { list, rule });
    let in_touch = reader.codes(
        places.get("in_touch"),
        known(&IN_TOUCH, &rules::IN_TOUCH_UNKNOWN),
    );
    let activities = reader.codes(
        places.get("activ"),
        known(&ACTIVITIES, &rules::ACTIVITY_UNKNOWN),
    );
    let accommodation = reader.codes(
        places.get("accom"),
        known(&ACCOMMODATIONS, &rules::ACCOMMODATION_UNKNOWN),
    );
    (0..in_touch.len())
        .filter(|at| !reader.children[*at].is_empty())
        .map(|at| {
            let record = CareLeaver {
                child: 0,
                year: 0,
                in_touch: in_touch[at],
                activity: activities[at],
                accommodation: accommodation[at],
            };
            reader.parsed(at, record)
        })
        .collect()
}
