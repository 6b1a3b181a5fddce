//! Rows of the care leavers' table.

use kinfolk_model::care::{ACCOMMODATIONS, ACTIVITIES, CareLeaver, IN_TOUCH, ShortCode};

use super::codes::{CodeColumn, Known};
use super::kind::Places;
use super::origin::Rowed;
use super::reader::Reader;
use super::rows::Rows;
use super::rules;

/// The columns of the table.
pub(super) struct CareLeaverColumns {
    in_touch: CodeColumn,
    activity: CodeColumn,
    /// The accommodation; its letter alone where the next is there.
    accommodation: CodeColumn,
    /// Whether the accommodation is suitable (1) or not (2), where that has a column of its own.
    suitable: Option<CodeColumn>,
}

impl CareLeaverColumns {
    pub(super) fn of(places: &Places) -> Self {
        let of = |name, list, rule| CodeColumn::new(places.get(name), Some(Known { list, rule }));
        let suitable = places.get("accom_suitable");
        Self {
            in_touch: of("in_touch", &IN_TOUCH, &rules::IN_TOUCH_UNKNOWN),
            activity: of("activ", &ACTIVITIES, &rules::ACTIVITY_UNKNOWN),
            accommodation: match suitable {
                None => of("accom", &ACCOMMODATIONS, &rules::ACCOMMODATION_UNKNOWN),
                Some(_) => CodeColumn::new(places.get("accom"), None),
            },
            suitable: suitable.map(|place| CodeColumn::new(Some(place), None)),
        }
    }

    /// What a row of a young person says. The year is filled in when all files are read.
    pub(super) fn read(&mut self, reader: &mut Reader<impl Rows>) -> Option<Rowed<CareLeaver>> {
        let in_touch = self.in_touch.read(reader);
        let activity = self.activity.read(reader);
        let accommodation = self.read_accommodation(reader);
        let (child, origin) = reader.whose()?;
        let record = CareLeaver {
            child,
            year: 0,
            in_touch,
            activity,
            accommodation,
        };
        Some(Rowed { record, origin })
    }

    fn read_accommodation(&mut self, reader: &mut Reader<impl Rows>) -> ShortCode {
        let letter = self.accommodation.read(reader);
        let Some(suitable) = &mut self.suitable else {
            return letter;
        };
        let code = format!("{letter}{}", suitable.read(reader));
        let code = ShortCode::parse(&code).unwrap_or_default();
        let place = self.accommodation.place().or(suitable.place());
        if let Some(place) = place
            && !code.is_blank()
            && ACCOMMODATIONS.get(code).is_none()
        {
            reader.note(&rules::ACCOMMODATION_UNKNOWN, place, code.as_str());
        }
        code
    }
}
