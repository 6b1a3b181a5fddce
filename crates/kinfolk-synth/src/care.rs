//! Made-up returns on children looked after for a study: its own children, with the days and homes
//! that their Practice Summaries name, among the other children in care of the authority.
//!
//! How often children move, leave and go missing is arranged so that the official measures come out
//! near England's for 2025 (three or more placements 10%, same carer for two years 69%).

mod history;
mod leaver;
mod person;
mod tables;

use jiff::civil::{Date, date};
use kinfolk_model::RawTable;

use crate::child::child;
use crate::plan::StudyPlan;
use crate::random::Stream;
use history::{History, history};
use person::Person;
use tables::year_tables;

/// How many returns of a study, and how many children beside its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StudyReturnsPlan {
    /// Returns, one a year, up to the one in which the period ends.
    pub n_years: i16,
    /// Children in care of the authority with whom the service does not work.
    pub n_others: usize,
}

/// The tables of the returns of a study, each named by its path, e.g. `returns/2024-25/episodes`.
/// They come from streams of their own, so that no other table of the study depends on them.
pub fn study_returns(plan: &StudyPlan, returns: StudyReturnsPlan) -> Vec<RawTable> {
    let end = plan.period.end;
    let last_year = end.year() + i16::from((end.month(), end.day()) > (3, 31));
    let years = Years {
        first: last_year - returns.n_years + 1,
        last: last_year,
    };
    let of_study = (0..plan.n_children).map(|index| {
        let child = child(plan, index, &mut Stream::of_child(plan.seed, index));
        let mut stream = Stream::of_returns(plan.seed, index);
        let person = Person::of_child(&child, &mut stream);
        history(person, years, &mut stream)
    });
    let others = (0..returns.n_others).map(|index| {
        let number = plan.n_children + index;
        let mut stream = Stream::of_returns(plan.seed, number);
        let person = Person::of_authority(plan, number, years, &mut stream);
        history(person, years, &mut stream)
    });
    let histories: Vec<History> = of_study.chain(others).collect();
    (years.first..=years.last)
        .flat_map(|year| year_tables(&histories, year))
        .collect()
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
