//! Parts of all files to one set of records: children numbered, returns given their years.

use std::collections::BTreeSet;

use jiff::civil::Date;
use kinfolk_model::care::{CareRecords, Episode, ShortCode, YearlyOutcomes, return_year};
use rayon::join;

use super::breaches::Breaches;
use super::checks::{AllRows, check_children, keep_first};
use super::deal::{Placed, dealt, put_in_order};
use super::everyone::everyone;
use super::extract::{Extract, ExtractUse};
use super::numbering::Numbering;
use super::origin::{Rowed, records};
use super::out_of_use::{OutOfUse, added, codes_out_of_use};
use super::part::{Part, ReturnName};
use super::year::YearTally;

/// Records under way.
#[derive(Default)]
pub(super) struct Gathered {
    children: Numbering,
    parts: Vec<Taken>,
    extract: Extract,
    returns: Vec<(ReturnName, YearTally)>,
}

/// A part, with the numbers of its children and of its returns.
struct Taken {
    part: Part,
    table: u32,
    children: Vec<u32>,
    returns: Vec<usize>,
}

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

    /// Adds a part of a table.
    pub(super) fn take(&mut self, table: u32, mut part: Part) {
        let children: Vec<u32> = part.ids.iter().map(|id| self.children.number(id)).collect();
        let returns = &part.returns;
        let returns = returns
            .iter()
            .map(|(name, tally)| self.return_number(name, tally))
            .collect();
        if part.is_of_extract() {
            for Rowed { record, .. } in &part.missing {
                self.extract.saw(record.started, record.ended);
            }
            for mut row in part.extract.drain(..) {
                row.episode.child = children[row.episode.child as usize];
                row.origin.table = table;
                self.extract.add(row);
            }
        }
        self.parts.push(Taken {
            part,
            table,
            children,
            returns,
        });
    }

    /// The number of a return, to which more episodes belong.
    fn return_number(&mut self, name: &ReturnName, more: &YearTally) -> usize {
        let known = self.returns.iter().position(|(known, _)| known == name);
        let number = known.unwrap_or_else(|| {
            self.returns.push((name.clone(), YearTally::default()));
            self.returns.len() - 1
        });
        self.returns[number].1.append(more);
        number
    }

    /// Gives every return its year and every child its place.
    pub(super) fn resolve(mut self) -> Resolved {
        let extract_use = self.settle_extract();
        let years = self.years();
        let has_episodes = self
            .returns
            .iter()
            .map(|(_, tally)| tally.newest().is_some());
        let with_episodes = years.iter().zip(has_episodes).filter(|(_, has)| *has);
        let episode_years = in_order(with_episodes.filter_map(|((_, year), _)| *year));
        let n_children = self.children.len();
        let (ids, order) = self.children.in_order();
        let parts = placed(self.parts, &order, &years);
        let ((mut episodes, mut care_leavers), (statements, mut missing, mut yearly)) = join(
            || {
                let episodes = dealt(&parts, n_children, |part| &part.episodes);
                (
                    episodes,
                    dealt(&parts, n_children, |part| &part.care_leavers),
                )
            },
            || {
                let statements = dealt(&parts, n_children, |part| &part.statements);
                let missing = dealt(&parts, n_children, |part| &part.missing);
                let yearly = dealt(&parts, n_children, |part| &part.yearly);
                (statements, missing, yearly)
            },
        );
        let ((children, breaches), ()) = join(|| everyone(&ids, &statements), || drop(parts));

        let known_years = in_order(years.iter().filter_map(|(_, year)| *year));
        let (source, whole_years) = (self.extract.source(), self.extract.whole_years());
        self.extract.place(&order, year_of_extract(&years));
        let (mut extracted, of_episodes) = self.extract.into_episodes(&children);
        put_in_order(&mut extracted);
        let ended_in = |row: &Episode| return_year(row.ended.unwrap_or(row.started));
        let out_of_use = added(
            codes_out_of_use(&episodes, |row| row.year),
            codes_out_of_use(&extracted, ended_in),
        );
        // There are episodes of a return, or of an extract, never of both.
        episodes.extend(extracted);
        let says_sdq = |row: &&Rowed<YearlyOutcomes>| {
            row.record.sdq_score.is_some() || row.record.sdq_reason != ShortCode::BLANK
        };
        let sdq_years = in_order(yearly.iter().filter(says_sdq).map(|row| row.record.year));
        let outcome_years = in_order(yearly.iter().map(|row| row.record.year));
        let breaches = breaches
            .append(of_episodes)
            .append(check_children(&AllRows {
                children: &children,
                episodes: &episodes,
                missing: &missing,
                care_leavers: &care_leavers,
                yearly: &yearly,
                years: &known_years,
                has_births: children.iter().any(|child| child.date_of_birth.is_some()),
                episode_years: &episode_years,
                sdq_years: &sdq_years,
                outcome_years: &outcome_years,
                source,
            }));
        keep_first(&mut missing);
        keep_first(&mut care_leavers);
        keep_first(&mut yearly);
        let mut records = CareRecords {
            children,
            episodes: records(episodes),
            missing: records(missing),
            care_leavers: records(care_leavers),
            yearly: records(yearly),
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
        if self
            .parts
            .iter()
            .all(|taken| taken.part.episodes.is_empty())
        {
            return self.extract.settle();
        }
        let is_extract = |taken: &Taken| taken.part.is_of_extract();
        if !self.parts.iter().any(is_extract) {
            return ExtractUse::Used;
        }
        self.parts.retain(|taken| !is_extract(taken));
        self.extract = Extract::default();
        ExtractUse::BesideReturn
    }

    /// The year of each return. Names are read as those of the others turned out to be meant: as the
    /// year in which a return ends, or in which it starts.
    fn years(&self) -> Vec<(ReturnName, Option<i16>)> {
        let returns = self.returns.iter();
        let shift = returns.filter_map(|(name, tally)| match name {
            ReturnName::Year(named) => Some(tally.year(*named)? - named),
            ReturnName::Folder(_) | ReturnName::Extract => None,
        });
        let shift = shift.max().unwrap_or_default().max(0);
        let returns = self.returns.iter();
        returns
            .map(|(name, tally)| {
                let year = match name {
                    ReturnName::Year(named) => tally.year(*named).max(Some(named + shift)),
                    ReturnName::Folder(_) => tally.newest(),
                    ReturnName::Extract => self.extract.year(),
                };
                (name.clone(), year)
            })
            .collect()
    }
}

/// Parts with the places of their children among all and the years of their returns.
fn placed(parts: Vec<Taken>, order: &[u32], years: &[(ReturnName, Option<i16>)]) -> Vec<Placed> {
    let place = |number: u32| order[number as usize];
    let year = |number: usize| years[number].1.unwrap_or_default();
    let parts = parts.into_iter();
    parts
        .map(|taken| Placed {
            part: taken.part,
            table: taken.table,
            children: taken.children.into_iter().map(place).collect(),
            years: taken.returns.into_iter().map(year).collect(),
        })
        .collect()
}

fn year_of_extract(years: &[(ReturnName, Option<i16>)]) -> i16 {
    let mut years = years.iter();
    let of_extract = years.find(|(name, _)| *name == ReturnName::Extract);
    of_extract.and_then(|(_, year)| *year).unwrap_or_default()
}

fn in_order(years: impl Iterator<Item = i16>) -> Vec<i16> {
    let years: BTreeSet<i16> = years.collect();
    years.into_iter().collect()
}
