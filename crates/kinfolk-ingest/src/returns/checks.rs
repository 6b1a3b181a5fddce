//! Rules that look at all rows of one child. Each family of rules is a file; each is a function of
//! the child's rows and says which row breaks which rule.

mod care_leavers;
mod carried_over;
mod continuity;
mod dates;
mod missing;
mod moves;
mod repeats;
mod temporary;
mod yearly;

use jiff::civil::Date;
use kinfolk_model::care::{
    CareChild, CareLeaver, CareSource, Episode, MissingEpisode, STARTED, YearlyOutcomes,
};
use rayon::prelude::*;

pub(super) use repeats::keep_first;

use super::breaches::{Breach, Breaches};
use super::origin::Rowed;
use crate::rules::Rule;

/// How many children are checked in one go.
const CHILDREN_AT_ONCE: usize = 1024;

/// All rows, by child.
pub(super) struct AllRows<'r> {
    pub(super) children: &'r [CareChild],
    pub(super) episodes: &'r [Rowed<Episode>],
    pub(super) missing: &'r [Rowed<MissingEpisode>],
    pub(super) care_leavers: &'r [Rowed<CareLeaver>],
    pub(super) yearly: &'r [Rowed<YearlyOutcomes>],
    /// The years in which the returns end.
    pub(super) years: &'r [i16],
    /// Whether a date of birth is known of anyone: without a header, of nobody.
    pub(super) has_births: bool,
    /// Those of the years that have episodes.
    pub(super) episode_years: &'r [i16],
    /// Those that say anything of the SDQ.
    pub(super) sdq_years: &'r [i16],
    /// Those that have yearly outcomes.
    pub(super) outcome_years: &'r [i16],
    pub(super) source: CareSource,
}

/// The rows of one child.
struct ChildRows<'r> {
    child: &'r CareChild,
    /// Every row, by start.
    episodes: &'r [Rowed<Episode>],
    /// One row for each start.
    history: Vec<&'r Rowed<Episode>>,
    missing: &'r [Rowed<MissingEpisode>],
    care_leavers: &'r [Rowed<CareLeaver>],
    yearly: &'r [Rowed<YearlyOutcomes>],
    years: &'r [i16],
    has_births: bool,
    episode_years: &'r [i16],
    sdq_years: &'r [i16],
    outcome_years: &'r [i16],
}

/// Takes what is found in one child's rows.
type Found = Vec<Breach>;

/// A family of rules.
type Family = fn(&ChildRows<'_>, &mut Found);

const FAMILIES: [Family; 9] = [
    care_leavers::check,
    carried_over::check,
    continuity::check,
    dates::check,
    missing::check,
    moves::check,
    repeats::check,
    temporary::check,
    yearly::check,
];
/// An extract has one year, and its placements have no legal status of their own.
const OF_EXTRACTS: [Family; 7] = [
    care_leavers::check,
    continuity::check_order,
    dates::check,
    missing::check,
    moves::check,
    repeats::check_besides_episodes,
    temporary::check,
];

fn families(source: CareSource) -> &'static [Family] {
    match source {
        CareSource::Return => &FAMILIES,
        CareSource::Extract(_) => &OF_EXTRACTS,
    }
}

/// Checks every child; neither threads nor the order of files or rows change what is found.
pub(super) fn check_children(rows: &AllRows<'_>) -> Breaches {
    rows.children
        .par_chunks(CHILDREN_AT_ONCE)
        .enumerate()
        .map(|(at, children)| check_some(rows, at * CHILDREN_AT_ONCE, children))
        .reduce(Breaches::default, Breaches::append)
}

/// Checks children who follow each other; `first` says which of all is the first of them.
fn check_some<'r>(rows: &AllRows<'r>, first: usize, children: &'r [CareChild]) -> Breaches {
    let (mut breaches, mut found) = (Breaches::default(), Found::new());
    let families = families(rows.source);
    let mut ahead = Ahead::of(rows, u32::try_from(first).unwrap_or(u32::MAX));
    for (number, child) in (ahead.number..).zip(children) {
        let rows = ahead.take(number, child);
        families.iter().for_each(|check| check(&rows, &mut found));
        let id = child.child_id.as_str();
        found.drain(..).for_each(|breach| breaches.add(breach, id));
    }
    breaches
}

/// The rows of a child and of all who follow.
struct Ahead<'r> {
    number: u32,
    episodes: &'r [Rowed<Episode>],
    missing: &'r [Rowed<MissingEpisode>],
    care_leavers: &'r [Rowed<CareLeaver>],
    yearly: &'r [Rowed<YearlyOutcomes>],
    years: &'r [i16],
    has_births: bool,
    episode_years: &'r [i16],
    sdq_years: &'r [i16],
    outcome_years: &'r [i16],
}

impl<'r> Ahead<'r> {
    fn of(rows: &AllRows<'r>, number: u32) -> Self {
        Self {
            number,
            episodes: from_child(rows.episodes, |episode| episode.child < number),
            missing: from_child(rows.missing, |row| row.child < number),
            care_leavers: from_child(rows.care_leavers, |row| row.child < number),
            yearly: from_child(rows.yearly, |row| row.child < number),
            years: rows.years,
            has_births: rows.has_births,
            episode_years: rows.episode_years,
            sdq_years: rows.sdq_years,
            outcome_years: rows.outcome_years,
        }
    }

    /// The rows of the next child, which are then no longer ahead.
    fn take(&mut self, number: u32, child: &'r CareChild) -> ChildRows<'r> {
        let episodes = take_while(&mut self.episodes, |episode| episode.child == number);
        ChildRows {
            child,
            episodes,
            history: one_for_each_start(episodes, |row| &row.record),
            missing: take_while(&mut self.missing, |row| row.child == number),
            care_leavers: take_while(&mut self.care_leavers, |row| row.child == number),
            yearly: take_while(&mut self.yearly, |row| row.child == number),
            years: self.years,
            has_births: self.has_births,
            episode_years: self.episode_years,
            sdq_years: self.sdq_years,
            outcome_years: self.outcome_years,
        }
    }
}

fn from_child<R>(rows: &[Rowed<R>], is_before: impl Fn(&R) -> bool) -> &[Rowed<R>] {
    &rows[rows.partition_point(|row| is_before(&row.record))..]
}

fn take_while<'r, R>(rows: &mut &'r [Rowed<R>], is_of: impl Fn(&R) -> bool) -> &'r [Rowed<R>] {
    let n = rows.iter().take_while(|row| is_of(&row.record)).count();
    let (taken, ahead) = rows.split_at(n);
    *rows = ahead;
    taken
}

/// Of a child's rows, which are in the order of their starts, one for each start: that of the latest return, and
/// of its rows the one that ends last.
pub(crate) fn one_for_each_start<R>(rows: &[R], episode: impl Fn(&R) -> &Episode) -> Vec<&R> {
    rows.chunk_by(|a, b| episode(a).started == episode(b).started)
        .filter_map(|alike| {
            let latest = |row: &&R| (episode(row).year, episode(row).ended);
            alike.iter().max_by_key(latest)
        })
        .collect()
}

impl<'r> ChildRows<'r> {
    /// Each episode with the one that follows.
    fn pairs(&self) -> impl Iterator<Item = (&'r Rowed<Episode>, &'r Rowed<Episode>)> {
        self.history.windows(2).map(|pair| (pair[0], pair[1]))
    }

    /// Pairs in which care continues on the day on which the first of them ends.
    fn continuations(&self) -> impl Iterator<Item = (&'r Rowed<Episode>, &'r Rowed<Episode>)> {
        self.pairs().filter(|(before, after)| {
            let (before, after) = (&before.record, &after.record);
            before.ended == Some(after.started) && after.reason_new != STARTED
        })
    }

    /// The day on which the child reaches an age.
    fn birthday(&self, age: i16) -> Option<Date> {
        let born = self.child.date_of_birth?;
        let year = born.year() + age;
        // Who was born on 29 February is a year older on 1 March.
        let birthday = Date::new(year, born.month(), born.day());
        birthday.or_else(|_| Date::new(year, 3, 1)).ok()
    }

    /// The first return before a year, where there is one for the year just before.
    fn has_return(&self, year: i16) -> bool {
        self.years.contains(&year)
    }
}

/// Whether two episodes are in the same placement, as far as their columns tell.
fn is_same_placement(before: &Episode, after: &Episode) -> bool {
    let facts = |episode: &Episode| {
        (
            episode.placement,
            episode.provider,
            episode.placement_postcode,
            episode.urn,
        )
    };
    facts(before) == facts(after)
}

fn is_temporary(episode: &Episode) -> bool {
    episode.placement.first() == b'T'
}

fn breach<R>(rule: &'static Rule, row: &Rowed<R>, column: &'static str) -> Breach {
    Breach {
        rule,
        origin: row.origin,
        column,
        is_set_aside: false,
    }
}
