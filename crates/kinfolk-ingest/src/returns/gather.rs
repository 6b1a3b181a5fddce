//! Rows of all files to one set of records: children numbered, returns given their years.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use kinfolk_model::ChildId;
use kinfolk_model::care::{
    CareChild, CareLeaver, CareRecords, CodeList, Episode, LEGAL_STATUSES, MissingEpisode,
    PLACEMENTS, REASONS_ENDED, REASONS_MOVED, REASONS_NEW, ShortCode, return_year,
};
use rayon::prelude::*;
use smol_str::SmolStr;

use super::breaches::Breaches;
use super::checks::{AllRows, check_children};
use super::child::Described;
use super::extract::{Extract, ExtractPart, ExtractUse};
use super::identity::{Identity, Statement, identify};
use super::origin::{Origin, Rowed, records};
use super::year::YearTally;

/// A row that was read, and whose it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parsed<R> {
    /// Which of the identifiers of its part it has.
    pub(super) id: u32,
    /// Which row of its part it was.
    pub(super) at: usize,
    /// Which row of the file.
    pub(super) row: u32,
    pub(super) record: R,
}

/// What a part of a file held.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// Identifiers of children, each once for all rows in a row that are about the child.
    pub(super) ids: Vec<SmolStr>,
    pub(super) children: Vec<Parsed<Described>>,
    pub(super) episodes: Vec<Parsed<Episode>>,
    pub(super) missing: Vec<Parsed<MissingEpisode>>,
    pub(super) care_leavers: Vec<Parsed<CareLeaver>>,
    pub(super) extract: Option<ExtractPart>,
}

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

/// Records under way.
#[derive(Default)]
pub(super) struct Gathered {
    numbers: HashMap<SmolStr, u32>,
    children: Vec<SmolStr>,
    statements: Vec<Statement>,
    episodes: Vec<Rowed<Episode>>,
    missing: Vec<Rowed<MissingEpisode>>,
    care_leavers: Vec<Rowed<CareLeaver>>,
    extract: Extract,
    returns: Vec<(ReturnName, YearTally)>,
    /// The number of the child whom the last row was about.
    last: u32,
}

/// A code that was out of use in the year of its return, and how many rows hold it.
pub(super) type OutOfUse = BTreeMap<(&'static str, ShortCode, i16), u64>;

/// The finished records, with what their years told.
pub(super) struct Resolved {
    pub(super) records: CareRecords,
    /// Returns by name, with the year that the dates tell.
    pub(super) years: Vec<(ReturnName, Option<i16>)>,
    pub(super) out_of_use: OutOfUse,
    /// Rules that rows break together with others.
    pub(super) breaches: Breaches,
    /// What became of an extract.
    pub(super) extract: ExtractUse,
}

impl Gathered {
    /// None yet, read on a day.
    pub(super) fn new(today: Date) -> Self {
        Self {
            extract: Extract::made_by(today),
            ..Self::default()
        }
    }

    /// The number of a return, by its name.
    pub(super) fn return_number(&mut self, name: &ReturnName) -> usize {
        match self.returns.iter().position(|(known, _)| known == name) {
            Some(at) => at,
            None => {
                self.returns.push((name.clone(), YearTally::default()));
                self.returns.len() - 1
            }
        }
    }

    /// Adds the rows of a part of a table; `number_of` tells the number of the return to which a row
    /// belongs. Until all are there, that stands for a row's year.
    pub(super) fn absorb(&mut self, table: u32, part: Part, number_of: impl Fn(usize) -> usize) {
        let mut ids = Numbered::new(part.ids);
        for parsed in part.children {
            let origin = parsed.origin(table);
            let year = provisional(number_of(parsed.at));
            let child = ids.number(parsed.id, self);
            let statement = Statement::new(child, year, &parsed.record, origin);
            self.statements.push(statement);
        }
        for parsed in part.episodes {
            let (number, origin) = (number_of(parsed.at), parsed.origin(table));
            let child = ids.number(parsed.id, self);
            let record = parsed.record;
            let tally = &mut self.returns[number].1;
            tally.add(record.ended.unwrap_or(record.started));
            let record = Episode {
                child,
                year: provisional(number),
                ..record
            };
            self.episodes.push(Rowed { record, origin });
        }
        for parsed in part.missing {
            let (number, origin) = (number_of(parsed.at), parsed.origin(table));
            let year = provisional(number);
            if self.returns[number].0 == ReturnName::Extract {
                self.extract.saw(parsed.record.started, parsed.record.ended);
            }
            let child = ids.number(parsed.id, self);
            let record = MissingEpisode {
                child,
                year,
                ..parsed.record
            };
            self.missing.push(Rowed { record, origin });
        }
        for parsed in part.care_leavers {
            let (year, origin) = (provisional(number_of(parsed.at)), parsed.origin(table));
            let child = ids.number(parsed.id, self);
            let record = CareLeaver {
                child,
                year,
                ..parsed.record
            };
            self.care_leavers.push(Rowed { record, origin });
        }
        for (id, mut row) in part
            .extract
            .into_iter()
            .flat_map(|part| part.into_rows(table))
        {
            row.episode.child = ids.number(id, self);
            self.extract.add(row);
        }
    }

    /// The number of a child. Tables often name children in one order, so the one who followed the
    /// last child in an earlier table is tried first.
    fn child(&mut self, id: &SmolStr) -> u32 {
        let is_child = |number: &u32| {
            let known = self.children.get(*number as usize);
            known == Some(id)
        };
        let number = [self.last, self.last.saturating_add(1)]
            .into_iter()
            .find(is_child)
            .unwrap_or_else(|| self.look_up(id));
        self.last = number;
        number
    }

    fn look_up(&mut self, id: &SmolStr) -> u32 {
        let next = u32::try_from(self.children.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(id.clone()).or_insert(next);
        if number == next {
            self.children.push(id.clone());
        }
        number
    }

    /// Gives every return its year and every child its place.
    pub(super) fn resolve(mut self) -> Resolved {
        let extract_use = self.settle_extract();
        let years = self.years();
        let order = self.order();
        let year_of = |number: i16| {
            let at = usize::try_from(number).unwrap_or_default();
            years
                .get(at)
                .and_then(|(_, year)| *year)
                .unwrap_or_default()
        };
        for Rowed {
            record: episode, ..
        } in &mut self.episodes
        {
            episode.child = order[episode.child as usize];
            episode.year = year_of(episode.year);
        }
        let of_extract = self.number_of_extract();
        for Rowed { record: row, .. } in &mut self.missing {
            row.child = order[row.child as usize];
            // An extract has times missing of many years, each in that in which it ended.
            let ended_in = row.ended.filter(|_| Some(row.year) == of_extract);
            row.year = ended_in.map_or_else(|| year_of(row.year), return_year);
        }
        for row in self.extract.rows_mut() {
            row.episode.child = order[row.episode.child as usize];
            row.episode.year = of_extract.map(year_of).unwrap_or_default();
        }
        for Rowed { record: row, .. } in &mut self.care_leavers {
            row.child = order[row.child as usize];
            row.year = year_of(row.year);
        }
        let known_years = in_order(years.iter().filter_map(|(_, year)| *year));
        for said in &mut self.statements {
            said.child = order[said.child as usize];
            said.year = year_of(said.year);
        }
        let n_children = self.children.len();
        let missing = sorted(self.missing, n_children, |row| row.record.child);
        let care_leavers = sorted(self.care_leavers, n_children, |row| row.record.child);
        let statements = sorted(self.statements, n_children, |said| said.child);
        let mut breaches = Breaches::default();
        let children = children(self.children, &order, &statements, &mut breaches);
        let (source, whole_years) = (self.extract.source(), self.extract.whole_years());
        let (extracted, of_episodes) = self.extract.into_episodes(&children);
        let ended_in = |row: &Episode| return_year(row.ended.unwrap_or(row.started));
        let out_of_use = added(
            codes_out_of_use(&self.episodes, |row| row.year),
            codes_out_of_use(&extracted, ended_in),
        );
        self.episodes.extend(extracted);
        let episodes = sorted(self.episodes, n_children, |row| row.record.child);
        let breaches = breaches
            .append(of_episodes)
            .append(check_children(&AllRows {
                children: &children,
                episodes: &episodes,
                missing: &missing,
                care_leavers: &care_leavers,
                years: &known_years,
                source,
            }));
        let mut records = CareRecords {
            children,
            episodes: records(episodes),
            missing: records(missing),
            care_leavers: records(care_leavers),
            years: whole_years.map_or(known_years, |whole| in_order(whole.into_iter())),
            source,
        };
        for episode in &records.episodes {
            records.children[episode.child as usize].has_episodes = true;
        }
        Resolved {
            records,
            years,
            out_of_use,
            breaches,
            extract: extract_use,
        }
    }

    /// Drops an extract beside a return, in which the same placements stand.
    fn settle_extract(&mut self) -> ExtractUse {
        if self.episodes.is_empty() {
            return self.extract.settle();
        }
        let Some(number) = self.number_of_extract() else {
            return ExtractUse::Used;
        };
        self.missing.retain(|row| row.record.year != number);
        self.care_leavers.retain(|row| row.record.year != number);
        self.statements.retain(|said| said.year != number);
        self.extract = Extract::default();
        ExtractUse::BesideReturn
    }

    /// What stands for the year of an extract's rows until all are there.
    fn number_of_extract(&self) -> Option<i16> {
        let names = &mut self.returns.iter();
        let number = names.position(|(name, _)| *name == ReturnName::Extract);
        number.map(provisional)
    }

    /// The year of each return: what its newest rows say; where it has no episodes, what its name
    /// says, read as the names of the others turned out to be meant.
    fn years(&self) -> Vec<(ReturnName, Option<i16>)> {
        let shift = self
            .returns
            .iter()
            .filter_map(|(name, tally)| match name {
                ReturnName::Year(named) => Some(tally.newest()? - named),
                ReturnName::Folder(_) | ReturnName::Extract => None,
            })
            .max()
            .unwrap_or_default();
        self.returns
            .iter()
            .map(|(name, tally)| {
                let from_name = match name {
                    ReturnName::Year(named) => Some(named + shift),
                    ReturnName::Folder(_) => None,
                    ReturnName::Extract => self.extract.year(),
                };
                (name.clone(), tally.newest().or(from_name))
            })
            .collect()
    }

    /// Where each child stands among all, by identifier.
    fn order(&self) -> Vec<u32> {
        let mut by_id: Vec<usize> = (0..self.children.len()).collect();
        by_id.sort_unstable_by(|a, b| self.children[*a].cmp(&self.children[*b]));
        let mut order = vec![0; by_id.len()];
        for (place, at) in (0u32..).zip(by_id) {
            order[at] = place;
        }
        order
    }
}

/// The identifiers of a part, and the numbers of those children of whom there is a record.
struct Numbered {
    ids: Vec<SmolStr>,
    numbers: Vec<Option<u32>>,
}

impl Numbered {
    fn new(ids: Vec<SmolStr>) -> Self {
        Self {
            numbers: vec![None; ids.len()],
            ids,
        }
    }

    fn number(&mut self, id: u32, gathered: &mut Gathered) -> u32 {
        let at = id as usize;
        *self.numbers[at].get_or_insert_with(|| gathered.child(&self.ids[at]))
    }
}

impl<R> Parsed<R> {
    pub(super) fn origin(&self, table: u32) -> Origin {
        Origin {
            table,
            row: self.row,
        }
    }
}

fn in_order(years: impl Iterator<Item = i16>) -> Vec<i16> {
    let years: BTreeSet<i16> = years.collect();
    years.into_iter().collect()
}

/// The number of a return where its year will stand.
fn provisional(number: usize) -> i16 {
    i16::try_from(number).unwrap_or(i16::MAX)
}

/// Every child by identifier, and what the statements about it do not agree on.
fn children(
    ids: Vec<SmolStr>,
    order: &[u32],
    statements: &[Statement],
    breaches: &mut Breaches,
) -> Vec<CareChild> {
    let mut ids: Vec<(u32, SmolStr)> = order.iter().copied().zip(ids).collect();
    ids.sort_unstable();
    let (mut rest, mut found) = (statements, Vec::new());
    ids.into_iter()
        .map(|(number, id)| {
            let n = rest.iter().take_while(|said| said.child == number).count();
            let (own, others) = rest.split_at(n);
            rest = others;
            let identity = identify(own, &mut found);
            found.drain(..).for_each(|breach| breaches.add(breach, &id));
            child(&id, &identity)
        })
        .collect()
}

fn child(id: &str, identity: &Identity) -> CareChild {
    CareChild {
        child_id: ChildId::new(id),
        sex: identity.sex,
        date_of_birth: identity.date_of_birth,
        ethnicity: identity.ethnicity,
        is_unaccompanied: identity.is_unaccompanied,
        has_episodes: false,
    }
}

/// Puts rows in the order of the children, and every row of one child in an order of its own, so
/// that the order of files and rows changes nothing.
///
/// Rows come year by year, so they are dealt out to the children first: that is far less work than to
/// compare each with all.
fn sorted<T: Ord + Copy + Send + Sync>(
    rows: Vec<T>,
    n_children: usize,
    child: impl Fn(&T) -> u32 + Sync,
) -> Vec<T> {
    let mut next = vec![0_usize; n_children + 1];
    for row in &rows {
        next[child(row) as usize + 1] += 1;
    }
    for at in 1..next.len() {
        next[at] += next[at - 1];
    }
    let mut places = vec![0_usize; rows.len()];
    for (at, row) in rows.iter().enumerate() {
        let next = &mut next[child(row) as usize];
        places[*next] = at;
        *next += 1;
    }
    let mut dealt: Vec<T> = places.par_iter().map(|at| rows[*at]).collect();
    drop(rows);
    dealt
        .par_chunk_by_mut(|a, b| child(a) == child(b))
        .for_each(<[T]>::sort_unstable);
    dealt
}

/// Every code that was out of use in the year of its return. Most codes always hold, so a row is held
/// against the others only.
fn codes_out_of_use(
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
    let limited = LISTS.map(|(list, code)| (list.column, list.limited(), code));
    let note = |mut found: OutOfUse, Rowed { record, .. }: &Rowed<Episode>| {
        for (column, entries, code) in &limited {
            let code = code(record);
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

fn added(mut found: OutOfUse, more: OutOfUse) -> OutOfUse {
    for (key, n) in more {
        *found.entry(key).or_default() += n;
    }
    found
}
