//! An extract of the Standard Safeguarding Dataset: placements that come ready made, each with an
//! identifier of its own, and beside them the episodes and legal statuses of the same children.
//!
//! A placement record is a placement; none is put together or split. Its row becomes an episode of
//! the form that the return has, so that the same measures can be taken: it starts care (S) where it
//! is the first of its period of care, else it is a move for the reason that the episode with its
//! identifier gives, and plainly a move (P) where none does.

mod of_child;

use jiff::civil::Date;
use kinfolk_model::care::{CareChild, CareSource, Episode, ExtractTables, return_year};
use smol_str::SmolStr;

use of_child::OfChild;

use super::breaches::Breaches;
use super::episode::EpisodeColumns;
use super::kind::{Places, ReturnTable};
use super::origin::{Origin, Rowed};
use super::reader::Reader;
use super::rows::Rows;
use super::rules;
use crate::rules::Rule;

/// How many years of history the extract is made to hold.
const YEARS_OF_HISTORY: i16 = 6;

/// Which table of the extract a row is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ExtractTable {
    Placements,
    Episodes,
    LegalStatuses,
}

/// A row of the extract, its columns under the names of the return.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ExtractRow {
    pub(super) table: ExtractTable,
    pub(super) episode: Episode,
    /// The period of care.
    pub(super) care: SmolStr,
    pub(super) placement: SmolStr,
    pub(super) origin: Origin,
}

/// The columns of one table of an extract.
pub(super) struct ExtractColumns {
    table: ExtractTable,
    episode: EpisodeColumns,
    care: Option<usize>,
    placement: Option<usize>,
}

impl ExtractColumns {
    /// Columns of placements, episodes or legal statuses of an extract; `None` for another table.
    pub(super) fn of(places: &Places, table: ReturnTable) -> Option<Self> {
        let table = match table {
            ReturnTable::ExtractPlacements => ExtractTable::Placements,
            ReturnTable::ExtractEpisodes => ExtractTable::Episodes,
            ReturnTable::ExtractLegalStatuses => ExtractTable::LegalStatuses,
            _ => return None,
        };
        Some(Self {
            table,
            episode: EpisodeColumns::of(places),
            care: places.get("care_id"),
            placement: places.get("placement_id"),
        })
    }

    /// A row of a child; `None` sets it aside. The year is filled in when all files are read.
    pub(super) fn read(&mut self, reader: &mut Reader<impl Rows>) -> Option<ExtractRow> {
        let Rowed { record, origin } = self.episode.read(reader)?;
        let text = |place: Option<usize>| {
            let cell = place.and_then(|place| reader.cell(place));
            SmolStr::new(cell.unwrap_or_default().trim())
        };
        Some(ExtractRow {
            table: self.table,
            care: text(self.care),
            placement: text(self.placement),
            origin,
            episode: record,
        })
    }
}

/// What becomes of the rows of an extract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ExtractUse {
    /// They are used, or there are none.
    Used,
    /// There are no placements.
    WithoutPlacements,
    /// A return stands beside.
    BesideReturn,
}

impl ExtractUse {
    /// The rule for which a table is set aside.
    pub(super) fn rule_against(self, table: ReturnTable) -> Option<&'static Rule> {
        let needs_placements = matches!(
            table,
            ReturnTable::ExtractEpisodes | ReturnTable::ExtractLegalStatuses
        );
        match self {
            Self::WithoutPlacements if needs_placements => Some(&rules::PLACEMENTS_MISSING),
            Self::BesideReturn if table.is_extract() && table != ReturnTable::ExtractSdq => {
                Some(&rules::EXTRACT_AND_RETURN)
            }
            _ => None,
        }
    }
}

/// All rows of an extract.
#[derive(Debug, Default)]
pub(super) struct Extract {
    rows: Vec<ExtractRow>,
    /// The day by which it was made; ends that are only planned lie behind it.
    made_by: Date,
    /// The newest day of which any row tells.
    newest: Option<Date>,
}

impl Extract {
    pub(super) fn made_by(today: Date) -> Self {
        Self {
            made_by: today,
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, row: ExtractRow) {
        self.saw(row.episode.started, row.episode.ended);
        self.rows.push(row);
    }

    /// Takes note of days: the extract was made later.
    pub(super) fn saw(&mut self, started: Date, ended: Option<Date>) {
        let days = [Some(started), ended].into_iter().flatten();
        let past = days.filter(|day| *day <= self.made_by);
        self.newest = self.newest.max(past.max());
    }

    /// Forgets rows that are of no use without placements.
    pub(super) fn settle(&mut self) -> ExtractUse {
        if self.rows.is_empty() || self.has(ExtractTable::Placements) {
            return ExtractUse::Used;
        }
        self.rows.clear();
        ExtractUse::WithoutPlacements
    }

    /// Where placements come from.
    pub(super) fn source(&self) -> CareSource {
        if self.rows.is_empty() {
            return CareSource::Return;
        }
        CareSource::Extract(ExtractTables {
            has_reasons: self.has(ExtractTable::Episodes),
            has_legal_statuses: self.has(ExtractTable::LegalStatuses),
            until: self.newest,
        })
    }

    /// Puts every row where its child stands among all, in the year of the extract.
    pub(super) fn place(&mut self, order: &[u32], year: i16) {
        for row in &mut self.rows {
            row.episode.child = order[row.episode.child as usize];
            row.episode.year = year;
        }
    }

    fn has(&self, table: ExtractTable) -> bool {
        self.rows.iter().any(|row| row.table == table)
    }

    /// The year in which the return ends that holds the newest day.
    pub(super) fn year(&self) -> Option<i16> {
        self.newest.map(return_year)
    }

    /// The years that are over, as far back as the extract goes; `None` where it has no placements.
    pub(super) fn whole_years(&self) -> Option<Vec<i16>> {
        let newest = self.newest.filter(|_| !self.rows.is_empty())?;
        let is_over = (newest.month(), newest.day()) == (3, 31);
        let last = return_year(newest) - i16::from(!is_over);
        let starts = self.rows.iter().map(|row| row.episode.started);
        let first = starts.map(return_year).min().unwrap_or(last);
        Some((first.max(last - YEARS_OF_HISTORY + 1)..=last).collect())
    }

    /// An episode for each placement, and what does not agree. Without the table of placements there
    /// is none. The order of rows does not matter.
    pub(super) fn into_episodes(
        mut self,
        children: &[CareChild],
    ) -> (Vec<Rowed<Episode>>, Breaches) {
        self.rows
            .sort_unstable_by(|a, b| (a.key(), a).cmp(&(b.key(), b)));
        let mut breaches = Breaches::default();
        let mut episodes = Vec::new();
        for of_child in self.rows.chunk_by(|a, b| a.child() == b.child()) {
            let mut found = Vec::new();
            let child = OfChild::new(of_child);
            episodes.extend(child.episodes(&mut found));
            let who = of_child
                .first()
                .and_then(|row| children.get(row.child() as usize));
            for breach in found {
                breaches.add(breach, who.map_or("", |child| child.child_id.as_str()));
            }
        }
        (episodes, breaches)
    }
}

impl ExtractRow {
    fn child(&self) -> u32 {
        self.episode.child
    }

    fn key(&self) -> (u32, ExtractTable, Date) {
        (self.child(), self.table, self.episode.started)
    }
}
