//! Rows of the care leavers' table.

use kinfolk_model::care::{ACCOMMODATIONS, ACTIVITIES, CareLeaver, IN_TOUCH, ShortCode};

use super::columns::{Known, Reader, Rows};
use super::gather::Parsed;
use super::kind::Places;
use super::rules;

/// Reads care leavers. The young person and the year are filled in when all files are read.
pub(super) fn read_care_leavers(
    reader: &mut Reader<'_, impl Rows>,
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
    let accommodation = match places.get("accom_suitable") {
        Some(suitable) => in_two_columns(reader, places.get("accom"), suitable),
        None => reader.codes(
            places.get("accom"),
            known(&ACCOMMODATIONS, &rules::ACCOMMODATION_UNKNOWN),
        ),
    };
    (0..in_touch.len())
        .filter_map(|at| {
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

/// The letter of an accommodation and, from a column of its own, whether it is suitable (1) or not (2).
fn in_two_columns(
    reader: &mut Reader<'_, impl Rows>,
    letters: Option<usize>,
    suitable: usize,
) -> Vec<ShortCode> {
    let letters_read = reader.codes(letters, None);
    let suitable_read = reader.codes(Some(suitable), None);
    let both = letters_read.iter().zip(suitable_read).enumerate();
    both.map(|(at, (letter, suitable_or_not))| {
        let code = ShortCode::parse(&format!("{letter}{suitable_or_not}")).unwrap_or_default();
        if !code.is_blank() && ACCOMMODATIONS.get(code).is_none() {
            let value = code.to_string();
            let place = letters.unwrap_or(suitable);
            reader.note(&rules::ACCOMMODATION_UNKNOWN, place, at, Some(&value));
        }
        code
    })
    .collect()
}
