//! What the estimates need to know of each child of a return.

use jiff::civil::Date;
use kinfolk_model::care::{
    CareRecords, CareSource, CountedReasons, Covered, Episode, MissingEpisode, ShortCode,
    is_twelve_months_in_care,
};
use kinfolk_model::{ChildId, Country};

use super::account::StitchAccount;
use super::derive::{ChildHistory, derive_histories};
use super::leavers::{LeaverFacts, LeaverHistory, derive_leavers};
use super::moves::{MoveRule, is_temporary};
use super::path::{ChildPath, Entrants, path_of};
use super::placement::{Placement, Reason};
use super::same_home::{SameHome, SameHomeOptions, same_home_between};
use super::stability::{ChildStability, StabilityOptions, Windows};
use super::yearly::{TwelveMonths, YearlyFacts, derive_yearly};

/// On which day, and what counts as a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CareOptions {
    /// On which day, for whom.
    pub stability: StabilityOptions,
    /// What counts as a move in the figures; beside them stands what every other rule gives.
    pub rule: MoveRule,
    /// From which day, and for how long, a child must stay in the same home.
    pub same_home: SameHomeOptions,
    /// Whose children. The measures are England's; what another nation does not have is refused.
    pub country: Country,
}

/// One child of a return.
#[derive(Debug, Clone, PartialEq)]
pub struct CareChildFacts {
    /// The child.
    pub child_id: ChildId,
    /// The official measures under each rule, in the order of [`MoveRule::ALL`].
    by_rule: [ChildStability; MoveRule::ALL.len()],
    same_home: [SameHome; MoveRule::ALL.len()],
    /// How each placement ended that ended in the year, in the order of days.
    pub ends_in_year: Vec<Reason>,
    /// Times missing that began in the year.
    pub missing_in_year: u32,
    /// Times away without authorisation that began in the year.
    pub away_in_year: u32,
    /// Where the child lived in the first two years in care; `None` for one who did not come into
    /// care in the time that is looked at.
    pub path: Option<ChildPath>,
}

impl CareChildFacts {
    /// The official measures under a rule.
    pub fn under(&self, rule: MoveRule) -> &ChildStability {
        &self.by_rule[rule.place()]
    }

    /// Where the child is some time after a given day, under each rule, in the order of
    /// [`MoveRule::ALL`].
    pub fn same_homes(&self) -> [SameHome; MoveRule::ALL.len()] {
        self.same_home
    }

    /// Where the child is some time after a given day, under a rule.
    pub fn same_home(&self, rule: MoveRule) -> SameHome {
        self.same_home[rule.place()]
    }
}

/// Everything that the estimates need to know of returns.
#[derive(Debug, Clone, PartialEq)]
pub struct CareFacts {
    /// On which day, and what counts as a move.
    pub options: CareOptions,
    /// Every child with an episode, by identifier.
    pub children: Vec<CareChildFacts>,
    /// Who is followed from the day of coming into care; `None` where the returns are too few.
    pub entrants: Option<Entrants>,
    /// The young people in the care leavers' table of the year.
    pub leavers: Vec<LeaverFacts>,
    /// Those looked after for twelve months, with what the yearly outcomes of the year answer.
    pub yearly: Vec<YearlyFacts>,
    /// What became of the rows.
    pub account: StitchAccount,
    /// The years in which the returns end.
    pub years: Vec<i16>,
    /// Where the records come from.
    pub source: CareSource,
}

impl CareFacts {
    /// The same of some of the children. What became of the rows is told of all children alone.
    #[must_use]
    pub fn of_children(&self, belongs: impl Fn(&ChildId) -> bool) -> Self {
        let children: Vec<CareChildFacts> = self
            .children
            .iter()
            .filter(|child| belongs(&child.child_id))
            .cloned()
            .collect();
        let leavers = self.leavers.iter();
        let yearly = self.yearly.iter();
        Self {
            leavers: leavers.filter(|l| belongs(&l.child_id)).cloned().collect(),
            yearly: yearly.filter(|y| belongs(&y.child_id)).cloned().collect(),
            children,
            entrants: self.entrants,
            account: StitchAccount::default(),
            years: self.years.clone(),
            options: self.options,
            source: self.source,
        }
    }
}

/// Missing: whereabouts unknown.
const MISSING: ShortCode = ShortCode::of("M");
/// Away without authorisation.
const AWAY: ShortCode = ShortCode::of("A");

/// Who took over when care ended: another authority.
const TAKEN_OVER: ShortCode = ShortCode::of("E3");

/// Reasons for a new episode by which the child stays with the carer (T, U).
const SAME_CARER: [ShortCode; 2] = [ShortCode::of("T"), ShortCode::of("U")];

/// Reduces returns to one row a child.
pub fn derive_care(records: &CareRecords, options: CareOptions) -> CareFacts {
    let asked = Asked::of(records, options);
    let on = options.stability.on;
    let (derived, account) = derive_histories(records, |history| {
        let facts = asked.derive_child(&history);
        let is_twelve_months = is_twelve_months_in_care(&history.episodes, on);
        let twelve_months = is_twelve_months.then_some(TwelveMonths {
            child: history.child,
            born: history.born,
        });
        (facts, (leaving(&history), twelve_months))
    });
    let (children, histories): (Vec<CareChildFacts>, Vec<_>) = derived.into_iter().unzip();
    let (histories, twelve_months): (Vec<LeaverHistory>, Vec<_>) = histories.into_iter().unzip();
    let twelve_months: Vec<TwelveMonths> = twelve_months.into_iter().flatten().collect();
    CareFacts {
        options,
        children,
        entrants: asked.entrants,
        leavers: derive_leavers(records, &histories, on),
        yearly: derive_yearly(records, &twelve_months, on),
        account,
        years: records.years.clone(),
        source: records.source,
    }
}

fn leaving(history: &ChildHistory) -> LeaverHistory {
    let last = history.episodes.last();
    LeaverHistory {
        child: history.child,
        was_taken_over: last.is_some_and(|last| last.reason_ended == TAKEN_OVER),
        had_only_short_breaks: history.episodes.iter().all(Episode::is_short_break),
    }
}

/// What is asked of every child.
struct Asked<'r> {
    records: &'r CareRecords,
    options: CareOptions,
    windows: Windows,
    year_before: Date,
    /// The days between which a child must stay in the same home.
    home_days: (Date, Date),
    /// The returns around the first of them.
    home_covered: Option<Covered>,
    entrants: Option<Entrants>,
}

impl<'r> Asked<'r> {
    fn of(records: &'r CareRecords, options: CareOptions) -> Self {
        Self {
            records,
            options,
            windows: Windows::of(&options.stability),
            year_before: options.stability.year_before(),
            home_days: (options.same_home.from, options.same_home.until()),
            home_covered: Covered::around(options.same_home.from, &records.years),
            entrants: Entrants::of(options.stability.on, &records.years),
        }
    }

    fn derive_child(&self, history: &ChildHistory) -> CareChildFacts {
        let on = self.options.stability.on;
        let absences = absences(self.records, history.child, self.year_before, on);
        let count = |kind| absences.iter().filter(|row| row.kind == kind).count();
        let child = self.records.children.get(history.child as usize);
        let child_id = child.map_or_else(|| ChildId::new(""), |child| child.child_id.clone());
        let placements = ByRule::of(history);
        let chosen = placements.under(self.options.rule);
        let of_child = self.windows.child(&history.episodes, history.born);
        CareChildFacts {
            child_id,
            by_rule: placements.each(|found| of_child.under(found)),
            same_home: placements
                .each(|found| same_home_between(found, self.home_days, self.home_covered)),
            ends_in_year: chosen
                .iter()
                .filter(|p| {
                    p.ended
                        .is_some_and(|ended| self.year_before < ended && ended <= on)
                })
                .map(|p| p.end)
                .collect(),
            missing_in_year: u32::try_from(count(MISSING)).unwrap_or(u32::MAX),
            away_in_year: u32::try_from(count(AWAY)).unwrap_or(u32::MAX),
            path: self.entrants.and_then(|entrants| {
                let breaks = self.options.stability.short_break_starts;
                path_of(chosen, entrants, breaks)
            }),
        }
    }
}

/// A child's placements under each rule. Rules that find the same in the child's episodes have one
/// list between them.
struct ByRule {
    found: Vec<Vec<Placement>>,
    /// Which list is that of a rule, in the order of [`MoveRule::ALL`].
    of_rule: [usize; MoveRule::ALL.len()],
}

impl ByRule {
    fn of(history: &ChildHistory) -> Self {
        let episodes = history.episodes.iter();
        let was_away = episodes.clone().any(|e| is_temporary(e.placement));
        let stayed_with_carer = episodes.clone().any(|e| SAME_CARER.contains(&e.reason_new));
        // What makes a rule differ from others, as far as it is asked of this child.
        let telling = |rule: MoveRule| {
            let counted = match rule.counted {
                CountedReasons::Spbtu if !stayed_with_carer => CountedReasons::Spb,
                counted => counted,
            };
            (counted, was_away.then_some(rule.temporary))
        };
        let (mut told, mut found) = (Vec::new(), Vec::new());
        let of_rule = MoveRule::ALL.map(|rule| {
            let telling = telling(rule);
            let known = told.iter().position(|known| *known == telling);
            known.unwrap_or_else(|| {
                told.push(telling);
                found.push(history.placements(rule));
                found.len() - 1
            })
        });
        Self { found, of_rule }
    }

    fn under(&self, rule: MoveRule) -> &[Placement] {
        &self.found[self.of_rule[rule.place()]]
    }

    /// What is asked of the placements, under each rule.
    fn each<T: Copy>(&self, ask: impl Fn(&[Placement]) -> T) -> [T; MoveRule::ALL.len()] {
        let answers: Vec<T> = self.found.iter().map(|found| ask(found)).collect();
        self.of_rule.map(|at| answers[at])
    }
}

/// A child's absences that began in the year, each once: one that lasts is reported again.
fn absences(records: &CareRecords, child: u32, after: Date, until: Date) -> Vec<MissingEpisode> {
    let first = records.missing.partition_point(|row| row.child < child);
    let mut found: Vec<MissingEpisode> = records.missing[first..]
        .iter()
        .take_while(|row| row.child == child)
        .filter(|row| after < row.started && row.started <= until)
        .copied()
        .collect();
    found.dedup_by_key(|row| (row.started, row.kind));
    found
}
