//! Rows of the episodes table.

use jiff::civil::Date;
use kinfolk_model::care::{
    Episode, LEGAL_STATUSES, NEEDS, PLACEMENTS, PROVIDERS, REASONS_ENDED, REASONS_MOVED,
    REASONS_NEW, ShortCode,
};

use super::codes::{CodeColumn, Known};
use super::days::{Day, DayColumn};
use super::kind::Places;
use super::origin::Rowed;
use super::reader::Reader;
use super::rows::Rows;
use super::rules;
use crate::rules::Rule;

/// The columns of the table.
pub(super) struct EpisodeColumns {
    started: DayColumn,
    ended: DayColumn,
    reason_new: CodeColumn,
    legal_status: CodeColumn,
    need: CodeColumn,
    placement: CodeColumn,
    provider: CodeColumn,
    reason_ended: CodeColumn,
    reason_moved: CodeColumn,
    home_postcode: CodeColumn,
    placement_postcode: CodeColumn,
    urn: CodeColumn,
}

impl EpisodeColumns {
    pub(super) fn of(places: &Places) -> Self {
        let of = |name, known| CodeColumn::new(places.get(name), known);
        let known = |list, rule| Some(Known { list, rule });
        Self {
            started: DayColumn(places.get("decom")),
            ended: DayColumn(places.get("dec")),
            reason_new: of("rne", known(&REASONS_NEW, &rules::REASON_NEW_UNKNOWN)),
            legal_status: of("ls", known(&LEGAL_STATUSES, &rules::LEGAL_STATUS_UNKNOWN)),
            need: of("cin", known(&NEEDS, &rules::NEED_UNKNOWN)),
            placement: of("place", known(&PLACEMENTS, &rules::PLACEMENT_UNKNOWN)),
            provider: of(
                "place_provider",
                known(&PROVIDERS, &rules::PROVIDER_UNKNOWN),
            ),
            reason_ended: of("rec", known(&REASONS_ENDED, &rules::REASON_ENDED_UNKNOWN)),
            reason_moved: of(
                "reason_place_change",
                known(&REASONS_MOVED, &rules::REASON_MOVED_UNKNOWN),
            ),
            home_postcode: of("home_post", None),
            placement_postcode: of("pl_post", None),
            urn: of("urn", None),
        }
    }

    /// The episode in a row of a child; `None` sets the row aside. The year is filled in when all files
    /// are read.
    pub(super) fn read(&mut self, reader: &mut Reader<impl Rows>) -> Option<Rowed<Episode>> {
        let (start, end) = (self.started.read(reader), self.ended.read(reader));
        let reason_ended = self.reason_ended.read(reader);
        let episode = Episode {
            child: 0,
            started: Date::default(),
            ended: end.date(),
            year: 0,
            reason_new: self.reason_new.read(reader),
            legal_status: self.legal_status.read(reader),
            need: self.need.read(reader),
            placement: self.placement.read(reader),
            provider: self.provider.read(reader),
            // While an episode lasts it has no reason to have ended, whatever the row says.
            reason_ended: end.date().map_or(ShortCode::BLANK, |_| reason_ended),
            reason_moved: self.reason_moved.read(reader),
            home_postcode: self.home_postcode.read(reader),
            placement_postcode: self.placement_postcode.read(reader),
            urn: self.urn.read(reader),
        };
        let started = self.start(reader, start, end)?;
        self.note_blanks(reader, &episode);
        if end.date().is_some() == reason_ended.is_blank()
            && let Some(place) = self.reason_ended.place()
        {
            reader.note(&rules::END_AND_REASON, place, "");
        }
        let (child, origin) = reader.whose()?;
        let record = Episode {
            child,
            started,
            ..episode
        };
        Some(Rowed { record, origin })
    }

    /// Notes what is left blank of that which every episode has. A value that cannot be a code was noted already.
    fn note_blanks(&self, reader: &mut Reader<impl Rows>, episode: &Episode) {
        let columns = [
            (&self.reason_new, episode.reason_new),
            (&self.legal_status, episode.legal_status),
            (&self.need, episode.need),
            (&self.placement, episode.placement),
        ];
        let blank = columns.into_iter().filter(|(_, code)| code.is_blank());
        for place in blank.filter_map(|(column, _)| column.place()) {
            if reader.is_blank(place) {
                reader.note(&rules::EPISODE_BLANK, place, "");
            }
        }
    }

    /// When an episode started; `None` sets the row aside for its days.
    fn start(&self, reader: &mut Reader<impl Rows>, start: Day, end: Day) -> Option<Date> {
        let mut set_aside = |rule: &'static Rule, column: DayColumn| {
            reader.set_aside(rule, column.0);
            None
        };
        let Some(started) = start.date() else {
            return set_aside(&rules::START_UNREADABLE, self.started);
        };
        match end {
            Day::Unreadable => set_aside(&rules::END_UNREADABLE, self.ended),
            Day::On(ended) if ended < started => set_aside(&rules::ENDS_BEFORE_START, self.ended),
            Day::On(ended) if ended == started => set_aside(&rules::NO_LENGTH, self.ended),
            Day::On(_) | Day::Blank => Some(started),
        }
    }
}
