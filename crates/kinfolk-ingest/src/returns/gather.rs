//! Rows of all files to one set of records: children numbered, returns given their years.

use std::collections::{BTreeMap, HashMap};

use kinfolk_model::ChildId;
use kinfolk_model::care::{
    CareChild, CareLeaver, CareRecords, Episode, LEGAL_STATUSES, MissingEpisode, PLACEMENTS,
    REASONS_ENDED, REASONS_MOVED, REASONS_NEW, ShortCode,
};
use smol_str::SmolStr;

use super::child::Described;
use super::year::YearTally;

/// A row that was read, and whose it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parsed<R> {
    pub(super) child_id: SmolStr,
    /// Which row of its part it was.
    pub(super) at: usize,
    pub(super) record: R,
}

/// What a part of a file held, by the return that each row belongs to.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) children: Vec<(usize, Parsed<Described>)>,
    pub(super) episodes: Vec<(usize, Parsed<Episode>)>,
    pub(super) missing: Vec<(usize, Parsed<MissingEpisode>)>,
    pub(super) care_leavers: Vec<(usize, Parsed<CareLeaver>)>,
}

/// One return: the files, or the rows of files, that belong together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ReturnName {
    /// The year that a YEAR column or a name gives.
    Year(i16),
    /// The folder, where neither gives one.
    Folder(String),
}

/// Records under way.
#[derive(Default)]
pub(super) struct Gathered {
    numbers: HashMap<SmolStr, u32>,
    children: Vec<(SmolStr, Option<(usize, Described)>)>,
    episodes: Vec<Episode>,
    missing: Vec<MissingEpisode>,
    care_leavers: Vec<CareLeaver>,
    returns: Vec<(ReturnName, YearTally)>,
    last: Option<(SmolStr, u32)>,
}

/// A code that was out of use in the year of its return, and how many rows hold it.
pub(super) type OutOfUse = BTreeMap<(&'static str, ShortCode, i16), u64>;

/// The finished records, with what their years told.
pub(super) struct Resolved {
    pub(super) records: CareRecords,
    /// Returns by name, with the year that the dates tell.
    pub(super) years: Vec<(ReturnName, Option<i16>)>,
    pub(super) out_of_use: OutOfUse,
}

impl Gathered {
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

    /// Adds the rows of a part. Until all are there, a row's year is the number of its return.
    pub(super) fn absorb(&mut self, part: Part) {
        for (number, parsed) in part.children {
            let child = self.child(parsed.child_id) as usize;
            self.describe(child, number, parsed.record);
        }
        for (number, parsed) in part.episodes {
            let child = self.child(parsed.child_id);
            let tally = &mut self.returns[number].1;
            tally.add(parsed.record.ended.unwrap_or(parsed.record.started));
            self.episodes.push(Episode {
                child,
                year: provisional(number),
                ..parsed.record
            });
        }
        for (number, parsed) in part.missing {
            let child = self.child(parsed.child_id);
            self.missing.push(MissingEpisode {
                child,
                year: provisional(number),
                ..parsed.record
            });
        }
        for (number, parsed) in part.care_leavers {
            let child = self.child(parsed.child_id);
            self.care_leavers.push(CareLeaver {
                child,
                year: provisional(number),
                ..parsed.record
            });
        }
    }

    fn child(&mut self, id: SmolStr) -> u32 {
        if let Some((last, number)) = &self.last
            && *last == id
        {
            return *number;
        }
        let next = u32::try_from(self.children.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(id.clone()).or_insert(next);
        if number == next {
            self.children.push((id.clone(), None));
        }
        self.last = Some((id, number));
        number
    }

    /// The latest return has the last word; what it leaves blank an earlier one may say.
    fn describe(&mut self, child: usize, number: usize, said: Described) {
        let known = &mut self.children[child].1;
        *known = Some(match known.take() {
            Some((earlier, before)) if earlier > number => (earlier, before.or(said)),
            Some((_, before)) => (number, said.or(before)),
            None => (number, said),
        });
    }

    /// Gives every return its year and every child its place.
    pub(super) fn resolve(mut self) -> Resolved {
        let years = self.years();
        let order = self.order();
        let year_of = |number: i16| {
            let at = usize::try_from(number).unwrap_or_default();
            years
                .get(at)
                .and_then(|(_, year)| *year)
                .unwrap_or_default()
        };
        let mut out_of_use = OutOfUse::new();
        for episode in &mut self.episodes {
            episode.child = order[episode.child as usize];
            episode.year = year_of(episode.year);
            note_out_of_use(episode, &mut out_of_use);
        }
        for row in &mut self.missing {
            row.child = order[row.child as usize];
            row.year = year_of(row.year);
        }
        for row in &mut self.care_leavers {
            row.child = order[row.child as usize];
            row.year = year_of(row.year);
        }
        let mut known_years: Vec<i16> = years.iter().filter_map(|(_, year)| *year).collect();
        known_years.sort_unstable();
        known_years.dedup();
        let mut records = CareRecords {
            children: children(self.children, &order),
            episodes: self.episodes,
            missing: self.missing,
            care_leavers: self.care_leavers,
            years: known_years,
        };
        sort(&mut records);
        Resolved {
            records,
            years,
            out_of_use,
        }
    }

    /// The year of each return: what most of its dates say; where it has no episodes, what its name
    /// says, read as the names of the others turned out to be meant.
    fn years(&self) -> Vec<(ReturnName, Option<i16>)> {
        let shift = self
            .returns
            .iter()
            .filter_map(|(name, tally)| match name {
                ReturnName::Year(named) => Some(tally.most()? - named),
                ReturnName::Folder(_) => None,
            })
            .max()
            .unwrap_or_default();
        self.returns
            .iter()
            .map(|(name, tally)| {
                let from_name = match name {
                    ReturnName::Year(named) => Some(named + shift),
                    ReturnName::Folder(_) => None,
                };
                (name.clone(), tally.most().or(from_name))
            })
            .collect()
    }

    /// Where each child stands among all, by identifier.
    fn order(&self) -> Vec<u32> {
        let mut by_id: Vec<usize> = (0..self.children.len()).collect();
        by_id.sort_unstable_by(|a, b| self.children[*a].0.cmp(&self.children[*b].0));
        let mut order = vec![0; by_id.len()];
        for (place, at) in (0u32..).zip(by_id) {
            order[at] = place;
        }
        order
    }
}

impl Described {
    fn or(self, other: Self) -> Self {
        Self {
            sex: self.sex.or(other.sex),
            date_of_birth: self.date_of_birth.or(other.date_of_birth),
            ethnicity: if self.ethnicity.is_blank() {
                other.ethnicity
            } else {
                self.ethnicity
            },
            is_unaccompanied: self.is_unaccompanied || other.is_unaccompanied,
        }
    }
}

/// The number of a return where its year will stand.
fn provisional(number: usize) -> i16 {
    i16::try_from(number).unwrap_or(i16::MAX)
}

fn children(gathered: Vec<(SmolStr, Option<(usize, Described)>)>, order: &[u32]) -> Vec<CareChild> {
    let mut children: Vec<(u32, CareChild)> = gathered
        .into_iter()
        .zip(order)
        .map(|((id, described), place)| (*place, child(&id, described.map(|(_, said)| said))))
        .collect();
    children.sort_unstable_by_key(|(place, _)| *place);
    children.into_iter().map(|(_, child)| child).collect()
}

fn child(id: &str, described: Option<Described>) -> CareChild {
    let said = described.as_ref();
    CareChild {
        child_id: ChildId::new(id),
        sex: said.and_then(|said| said.sex),
        date_of_birth: said.and_then(|said| said.date_of_birth),
        ethnicity: said.map(|said| said.ethnicity).unwrap_or_default(),
        is_unaccompanied: said.is_some_and(|said| said.is_unaccompanied),
        has_episodes: false,
    }
}

/// Puts rows in the order of the children, and every row of one child in an order of its own, so
/// that the order of files and rows changes nothing.
fn sort(records: &mut CareRecords) {
    use rayon::slice::ParallelSliceMut;
    records.episodes.par_sort_unstable();
    records.missing.sort_unstable();
    records.care_leavers.sort_unstable();
    for episode in &records.episodes {
        records.children[episode.child as usize].has_episodes = true;
    }
}

fn note_out_of_use(episode: &Episode, out_of_use: &mut OutOfUse) {
    let year = episode.year;
    for (list, code) in [
        (&PLACEMENTS, episode.placement),
        (&REASONS_NEW, episode.reason_new),
        (&LEGAL_STATUSES, episode.legal_status),
        (&REASONS_ENDED, episode.reason_ended),
        (&REASONS_MOVED, episode.reason_moved),
    ] {
        let entry = list.get(code);
        if entry.is_some_and(|entry| !entry.is_valid_in(year)) {
            *out_of_use.entry((list.column, code, year)).or_default() += 1;
        }
    }
}
