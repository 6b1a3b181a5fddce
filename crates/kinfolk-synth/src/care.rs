//! Made-up returns on children looked after for a study: its own children, with the days and homes
//! that their Practice Summaries name, among the other children in care of the authority.
//!
//! How often children move, leave and go missing is arranged so that the official measures come out
//! near England's for 2025 (three or more placements 10%, same carer for two years 69%).

mod history;
mod leaver;
mod person;
mod tables;

use std::ops::Range;

use jiff::civil::{Date, date};
use kinfolk_model::RawTable;

use crate::child::child;
use crate::plan::StudyPlan;
use crate::random::Stream;
use crate::returns::ReturnsWorld;
use history::{History, history};
use person::Person;
use tables::year_tables;

/// How many returns of a study, and of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StudyReturnsPlan {
    /// Returns, one a year, up to the one in which the period ends.
    pub n_years: i16,
    /// Children in care of the authority with whom the service does not work.
    pub n_others: usize,
    /// How often children move. In the dense world there are some ten rows of five returns for each.
    pub world: ReturnsWorld,
}

/// The tables of the returns of a study, each named by its path, e.g. `returns/2024-25/episodes`.
/// They come from streams of their own, so that no other table of the study depends on them.
pub fn study_returns(plan: &StudyPlan, returns: StudyReturnsPlan) -> Vec<RawTable> {
    let histories = StudyHistories::new(plan, returns);
    let tables = histories.tables(0..histories.n_children());
    tables
        .into_iter()
        .filter(|table| !table.rows.is_empty())
        .collect()
}

/// The histories in care that the returns of a study report: first of the study's own children, then
/// of the others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StudyHistories<'a> {
    plan: &'a StudyPlan,
    returns: StudyReturnsPlan,
    years: Years,
}

impl<'a> StudyHistories<'a> {
    pub(crate) fn new(plan: &'a StudyPlan, returns: StudyReturnsPlan) -> Self {
        let end = plan.period.end;
        let last = end.year() + i16::from((end.month(), end.day()) > (3, 31));
        let years = Years {
            first: last - returns.n_years + 1,
            last,
        };
        Self {
            plan,
            returns,
            years,
        }
    }

    pub(crate) fn n_children(&self) -> usize {
        self.plan.n_children + self.returns.n_others
    }

    /// The tables of every year, of the children at these places; some may be without a row.
    pub(crate) fn tables(&self, places: Range<usize>) -> Vec<RawTable> {
        let histories: Vec<History> = places.map(|index| self.history(index)).collect();
        (self.years.first..=self.years.last)
            .flat_map(|year| year_tables(&histories, year))
            .collect()
    }

    fn history(&self, index: usize) -> History {
        let (plan, years) = (self.plan, self.years);
        let mut stream = Stream::of_returns(plan.seed, index);
        let person = if index < plan.n_children {
            let child = child(plan, index, &mut Stream::of_child(plan.seed, index));
            Person::of_child(&child, &mut stream)
        } else {
            Person::of_authority(plan, index, years, self.returns.world, &mut stream)
        };
        history(person, years, self.returns.world, &mut stream)
    }
}

/// The years in which the first and the last return end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Years {
    first: i16,
    last: i16,
}

impl Years {
    fn first_day(self) -> Date {
        date(self.first - 1, 4, 1)
    }

    fn last_day(self) -> Date {
        date(self.last, 3, 31)
    }
}
