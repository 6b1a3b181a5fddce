//! Rows of all files to one set of records: children numbered, returns given their years.

use std::collections::{BTreeMap, HashMap};

use kinfolk_model::ChildId;
use kinfolk_model::care::{
    CareChild, CareLeaver, CareRecords, Episode, LEGAL_STATUSES, MissingEpisode, PLACEMENTS,
    REASONS_ENDED, REASONS_MOVED, REASONS_NEW, ShortCode,
};
use smol_str::SmolStr;

use super::breaches::{Breach, Breaches};
use super::checks::{AllRows, check_children};
use super::child::Described;
use super::origin::{Origin, Rowed, records};
use super::rules;
use super::year::YearTally;
use crate::rules::Rule;

/// A row that was read, and whose it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parsed<R> {
    pub(super) child_id: SmolStr,
    /// Which row of its part it was.
    pub(super) at: usize,
    /// Which row of the file.
    pub(super) row: u32,
    pub(super) record: R,
}

/// What a part of a file held.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) children: Vec<Parsed<Described>>,
    pub(super) episodes: Vec<Parsed<Episode>>,
    pub(super) missing: Vec<Parsed<MissingEpisode>>,
    pub(super) care_leavers: Vec<Parsed<CareLeaver>>,
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
    children: Vec<(SmolStr, Option<Known>)>,
    episodes: Vec<Rowed<Episode>>,
    missing: Vec<Rowed<MissingEpisode>>,
    care_leavers: Vec<Rowed<CareLeaver>>,
    returns: Vec<(ReturnName, YearTally)>,
    last: Option<(SmolStr, u32)>,
    breaches: Breaches,
}

/// What is known of a child so far.
struct Known {
    /// The number of the latest return that says something.
    number: usize,
    said: Described,
    /// The number of the return whose header had the child last.
    in_header: Option<usize>,
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

    /// Adds the rows of a part of a table; `number_of` tells the number of the return to which a row
    /// belongs. Until all are there, that stands for a row's year.
    pub(super) fn absorb(&mut self, table: u32, part: Part, number_of: impl Fn(usize) -> usize) {
        for parsed in part.children {
            let origin = parsed.origin(table);
            let child = self.child(parsed.child_id) as usize;
            self.describe(child, number_of(parsed.at), parsed.record, origin);
        }
        for parsed in part.episodes {
            let (number, origin) = (number_of(parsed.at), parsed.origin(table));
            let child = self.child(parsed.child_id);
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
            let (year, origin) = (provisional(number_of(parsed.at)), parsed.origin(table));
            let child = self.child(parsed.child_id);
            let record = MissingEpisode {
                child,
                year,
                ..parsed.record
            };
            self.missing.push(Rowed { record, origin });
        }
        for parsed in part.care_leavers {
            let (year, origin) = (provisional(number_of(parsed.at)), parsed.origin(table));
            let child = self.child(parsed.child_id);
            let record = CareLeaver {
                child,
                year,
                ..parsed.record
            };
            self.care_leavers.push(Rowed { record, origin });
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
    fn describe(&mut self, child: usize, number: usize, said: Described, origin: Origin) {
        let (id, known) = &mut self.children[child];
        let in_header = said.is_header.then_some(number);
        let Some(before) = known else {
            *known = Some(Known {
                number,
                said,
                in_header,
            });
            return;
        };
        for breach in identity(before, number, &said, origin) {
            self.breaches.add(breach, id);
        }
        before.in_header = in_header.or(before.in_header);
        if before.number > number {
            before.said.fill_in(&said);
        } else {
            let earlier = std::mem::replace(&mut before.said, said);
            before.said.fill_in(&earlier);
            before.number = number;
        }
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
        for Rowed {
            record: episode, ..
        } in &mut self.episodes
        {
            episode.child = order[episode.child as usize];
            episode.year = year_of(episode.year);
            note_out_of_use(episode, &mut out_of_use);
        }
        for Rowed { record: row, .. } in &mut self.missing {
            row.child = order[row.child as usize];
            row.year = year_of(row.year);
        }
        for Rowed { record: row, .. } in &mut self.care_leavers {
            row.child = order[row.child as usize];
            row.year = year_of(row.year);
        }
        let mut known_years: Vec<i16> = years.iter().filter_map(|(_, year)| *year).collect();
        known_years.sort_unstable();
        known_years.dedup();
        sort(&mut self.episodes);
        sort(&mut self.missing);
        sort(&mut self.care_leavers);
        let children = children(self.children, &order);
        let breaches = check_children(&AllRows {
            children: &children,
            episodes: &self.episodes,
            missing: &self.missing,
            care_leavers: &self.care_leavers,
            years: &known_years,
        });
        let mut records = CareRecords {
            children,
            episodes: records(self.episodes),
            missing: records(self.missing),
            care_leavers: records(self.care_leavers),
            years: known_years,
        };
        for episode in &records.episodes {
            records.children[episode.child as usize].has_episodes = true;
        }
        Resolved {
            records,
            years,
            out_of_use,
            breaches: self.breaches.append(breaches),
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

impl<R> Parsed<R> {
    fn origin(&self, table: u32) -> Origin {
        Origin {
            table,
            row: self.row,
        }
    }
}

/// The number of a return where its year will stand.
fn provisional(number: usize) -> i16 {
    i16::try_from(number).unwrap_or(i16::MAX)
}

fn children(gathered: Vec<(SmolStr, Option<Known>)>, order: &[u32]) -> Vec<CareChild> {
    let mut children: Vec<(u32, CareChild)> = gathered
        .into_iter()
        .zip(order)
        .map(|((id, known), place)| (*place, child(&id, known.map(|known| known.said))))
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
fn sort<R: Ord + Send>(rows: &mut [Rowed<R>]) {
    use rayon::slice::ParallelSliceMut;
    rows.par_sort_unstable();
}

/// What a row says of a child that an earlier row says otherwise.
fn identity(before: &Known, number: usize, said: &Described, origin: Origin) -> Vec<Breach> {
    let is_same_return = before.number == number;
    let differs = |a: Option<_>, b: Option<_>| a.zip(b).is_some_and(|(a, b)| a != b);
    let births = (before.said.date_of_birth, said.date_of_birth);
    let has_other_birth = births.0.zip(births.1).is_some_and(|(a, b)| a != b);
    let blank = ShortCode::BLANK;
    let ethnicities = (before.said.ethnicity, said.ethnicity);
    let has_other_ethnicity =
        ethnicities.0 != ethnicities.1 && ethnicities.0 != blank && ethnicities.1 != blank;
    let is_twice = said.is_header && before.in_header == Some(number);
    let choose =
        |same: &'static Rule, other: &'static Rule| if is_same_return { same } else { other };
    [
        (
            has_other_birth,
            choose(&rules::BIRTHS_DISAGREE, &rules::BIRTH_CHANGED),
            "dob",
        ),
        (
            differs(before.said.sex, said.sex),
            choose(&rules::SEX_DISAGREES, &rules::SEX_CHANGED),
            "sex",
        ),
        (
            has_other_ethnicity && !is_same_return,
            &rules::ETHNICITY_CHANGED,
            "ethnic",
        ),
        (is_twice, &rules::CHILD_TWICE, "child"),
    ]
    .into_iter()
    .filter(|(is_broken, ..)| *is_broken)
    .map(|(_, rule, column)| Breach {
        rule,
        origin,
        column,
    })
    .collect()
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
