//! Some rows of one table, read without a look at any other rows.

use jiff::civil::Date;
use kinfolk_model::care::{CareLeaver, Episode, MissingEpisode, YearlyOutcomes};
use smol_str::SmolStr;

use super::care_leaver::CareLeaverColumns;
use super::child::ChildColumns;
use super::episode::EpisodeColumns;
use super::extract::{ExtractColumns, ExtractRow};
use super::identity::Statement;
use super::kind::{Places, ReturnTable};
use super::missing::MissingColumns;
use super::names::Headers;
use super::notes::Notes;
use super::origin::Rowed;
use super::reader::Reader;
use super::rows::Rows;
use super::year::{YearTally, year_in_name};
use super::yearly::YearlyColumns;

/// One return: the files, or the rows of files, that belong together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ReturnName {
    /// The year that a YEAR column or a name gives.
    Year(i16),
    /// The folder, where neither gives one.
    Folder(String),
    /// An extract of the Standard Safeguarding Dataset, of whatever years.
    Extract,
}

/// A table of a file.
pub(super) struct Source<'s> {
    pub(super) headers: &'s Headers,
    pub(super) table: ReturnTable,
    /// The return to which the file belongs by its name, or by its folder.
    pub(super) name: ReturnName,
}

/// What some rows of a table held. Parts are read side by side, so a row knows its child by the place
/// among the identifiers of the part, its return by the place among the names of the part (which
/// stands for its year), and not yet its table.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// How many rows there were, those set aside included.
    pub(super) n_rows: u64,
    pub(super) notes: Notes,
    /// Identifiers of children, each once for all rows in a row that are about the child.
    pub(super) ids: Vec<SmolStr>,
    /// The returns to which the rows belong, each with the days of its episodes.
    pub(super) returns: Vec<(ReturnName, YearTally)>,
    pub(super) statements: Vec<Statement>,
    pub(super) episodes: Vec<Rowed<Episode>>,
    pub(super) missing: Vec<Rowed<MissingEpisode>>,
    pub(super) care_leavers: Vec<Rowed<CareLeaver>>,
    pub(super) yearly: Vec<Rowed<YearlyOutcomes>>,
    pub(super) extract: Vec<ExtractRow>,
}

/// Reads rows.
pub(super) fn read_part(rows: impl Rows, source: &Source<'_>, today: Date) -> Part {
    let places = Places::of(&source.headers.columns);
    let n_at_most = rows.n_at_most();
    let mut reader = Reader::new(rows, places.get("child").unwrap_or_default(), today);
    let mut columns = Columns::of(source.table, &places);
    let mut about_child = ChildColumns::of(&places, source.table);
    let mut part = Part::default();
    // Millions of rows are not to be moved while they are read.
    match source.table {
        ReturnTable::Episodes => part.episodes.reserve(n_at_most),
        ReturnTable::Header => part.statements.reserve(n_at_most),
        _ => {}
    }
    let by_row = places.get("year").filter(|_| !source.table.is_extract());
    if by_row.is_none() {
        part.number_of(source.return_name());
    }
    while reader.advance() {
        let year = match by_row {
            None => 0,
            Some(place) => {
                let year = reader.cell(place).and_then(|cell| year_in_name(&cell));
                let name = year.map_or_else(|| source.name.clone(), ReturnName::Year);
                part.number_of(name)
            }
        };
        if reader.has_child() {
            columns.read(&mut reader, year, &mut part);
            let said = about_child.as_mut();
            part.statements
                .extend(said.and_then(|about| about.read(&mut reader, year)));
        }
    }
    if part.returns.is_empty() {
        part.number_of(source.return_name());
    }
    part.n_rows = reader.n_rows;
    part.notes = reader.notes;
    part.ids = reader.ids;
    part
}

impl Source<'_> {
    /// The return to which rows belong that do not say it themselves.
    fn return_name(&self) -> ReturnName {
        match self.table.is_extract() {
            true => ReturnName::Extract,
            false => self.name.clone(),
        }
    }
}

impl Part {
    /// Whether its rows are of an extract.
    pub(super) fn is_of_extract(&self) -> bool {
        let mut names = self.returns.iter();
        names.any(|(name, _)| *name == ReturnName::Extract)
    }

    /// The number of a return, by its name.
    fn number_of(&mut self, name: ReturnName) -> i16 {
        let known = self.returns.iter().position(|(known, _)| *known == name);
        let at = known.unwrap_or_else(|| {
            self.returns.push((name, YearTally::default()));
            self.returns.len() - 1
        });
        i16::try_from(at).unwrap_or(i16::MAX)
    }

    /// Adds an episode of a return.
    fn add_episode(&mut self, row: Rowed<Episode>, year: i16) {
        let Rowed { record, origin } = row;
        let tally = usize::try_from(year)
            .ok()
            .and_then(|at| self.returns.get_mut(at));
        if let Some((_, tally)) = tally {
            tally.add(record.ended.unwrap_or(record.started));
        }
        let record = Episode { year, ..record };
        self.episodes.push(Rowed { record, origin });
    }
}

/// The columns of a table that feeds a figure.
enum Columns {
    Episodes(Box<EpisodeColumns>),
    Missing(Box<MissingColumns>),
    CareLeavers(Box<CareLeaverColumns>),
    Yearly(Box<YearlyColumns>),
    Extract(Box<ExtractColumns>),
    Other,
}

impl Columns {
    fn of(table: ReturnTable, places: &Places) -> Self {
        match table {
            ReturnTable::Episodes => Self::Episodes(Box::new(EpisodeColumns::of(places))),
            ReturnTable::Missing | ReturnTable::ExtractMissing => {
                Self::Missing(Box::new(MissingColumns::of(places)))
            }
            ReturnTable::Oc3 | ReturnTable::ExtractCareLeavers => {
                Self::CareLeavers(Box::new(CareLeaverColumns::of(places)))
            }
            ReturnTable::Oc2 => Self::Yearly(Box::new(YearlyColumns::of(places))),
            table => ExtractColumns::of(places, table)
                .map_or(Self::Other, |columns| Self::Extract(Box::new(columns))),
        }
    }

    /// Adds what a row of a child holds to its part.
    fn read(&mut self, reader: &mut Reader<impl Rows>, year: i16, part: &mut Part) {
        match self {
            Self::Episodes(columns) => {
                if let Some(row) = columns.read(reader) {
                    part.add_episode(row, year);
                }
            }
            Self::Missing(columns) => {
                let row = columns.read(reader);
                part.missing.extend(row.map(|Rowed { record, origin }| {
                    let record = MissingEpisode { year, ..record };
                    Rowed { record, origin }
                }));
            }
            Self::CareLeavers(columns) => {
                let row = columns.read(reader);
                part.care_leavers
                    .extend(row.map(|Rowed { record, origin }| {
                        let record = CareLeaver { year, ..record };
                        Rowed { record, origin }
                    }));
            }
            Self::Yearly(columns) => {
                let row = columns.read(reader);
                part.yearly.extend(row.map(|Rowed { record, origin }| {
                    let record = YearlyOutcomes { year, ..record };
                    Rowed { record, origin }
                }));
            }
            Self::Extract(columns) => part.extract.extend(columns.read(reader)),
            Self::Other => {}
        }
    }
}
