//! Rows of the care leavers' table.

use kinfolk_model::care::CareLeaver;

use super::columns::Reader;
use super::gather::Parsed;
use super::kind::Places;

/// Reads care leavers. The young person and the year are filled in when all files are read.
pub(super) fn read_care_leavers(
    reader: &mut Reader<'_>,
    places: &Places,
) -> Vec<Parsed<CareLeaver>> {
    let in_touch = reader.codes(places.get("in_touch"), None);
    let activities = reader.codes(places.get("activ"), None);
    let accommodation = reader.codes(places.get("accom"), None);
    (0..in_touch.len())
        .filter(|at| !reader.children[*at].is_empty())
        .map(|at| Parsed {
            child_id: reader.children[at].clone(),
            at,
            record: CareLeaver {
                child: 0,
                year: 0,
                in_touch: in_touch[at],
                activity: activities[at],
                accommodation: accommodation[at],
            },
        })
        .collect()
}
