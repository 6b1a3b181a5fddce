//! Rows of the missing table.

use kinfolk_model::care::{MISSING_KINDS, MissingEpisode};

use super::codes::{CodeColumn, Known};
use super::days::{Day, DayColumn};
use super::kind::Places;
use super::origin::Rowed;
use super::reader::Reader;
use super::rows::Rows;
use super::rules;

/// The columns of the table.
pub(super) struct MissingColumns {
    kind: CodeColumn,
    started: DayColumn,
    ended: DayColumn,
}

impl MissingColumns {
    pub(super) fn of(places: &Places) -> Self {
        let known = Known {
            list: &MISSING_KINDS,
            rule: &rules::MISSING_KIND_UNKNOWN,
        };
        Self {
            kind: CodeColumn::new(places.get("missing"), Some(known)),
            started: DayColumn(places.get("mis_start")),
            ended: DayColumn(places.get("mis_end")),
        }
    }

    /// The missing episode in a row of a child; `None` sets the row aside. The year is filled in when
    /// all files are read.
    pub(super) fn read(&mut self, reader: &mut Reader<impl Rows>) -> Option<Rowed<MissingEpisode>> {
        let kind = self.kind.read(reader);
        let (start, end) = (self.started.read(reader), self.ended.read(reader));
        let fault = match (start, end) {
            (Day::Blank | Day::Unreadable, _) => {
                Some((&rules::MISSING_START_UNREADABLE, self.started))
            }
            (_, Day::Unreadable) => Some((&rules::MISSING_END_UNREADABLE, self.ended)),
            (Day::On(start), Day::On(end)) if end < start => {
                Some((&rules::MISSING_ORDER, self.ended))
            }
            _ => None,
        };
        if let Some((rule, column)) = fault {
            reader.set_aside(rule, column.0);
            return None;
        }
        let started = start.date()?;
        if kind.is_blank()
            && let Some(place) = self.kind.place().filter(|at| reader.is_blank(*at))
        {
            reader.note(&rules::MISSING_KIND_BLANK, place, "");
        }
        let (child, origin) = reader.whose()?;
        let record = MissingEpisode {
            child,
            started,
            ended: end.date(),
            year: 0,
            kind,
        };
        Some(Rowed { record, origin })
    }
}
