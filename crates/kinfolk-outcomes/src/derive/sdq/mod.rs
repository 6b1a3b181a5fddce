//! One child's SDQ scores, wave by wave.

mod occasion;
mod series;
mod wave;

use jiff::civil::Date;
use kinfolk_model::{Child, Code, Informant, Oc2, Sdq, SdqReason, SdqWave, Settings};

pub use occasion::SdqOccasion;
pub use series::{SdqFollowUp, SdqLeftOut, SdqSeries};
pub(crate) use wave::collection_year;
use wave::day_of;

use super::age::completed_years;
use occasion::occasions;
use series::derive_series;

/// What is known of one child's scores.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SdqFacts {
    /// One for each informant of whom there is a score with a date, in the order of
    /// [`Informant::ALL`].
    pub series: Vec<SdqSeries>,
    /// For each informant, whether there is a form for the child's age on the day work started; also
    /// where the age or the day is not known.
    pub is_of_age: [bool; Informant::ALL.len()],
    /// For the baseline and each later wave, why the return of that year holds no score of the
    /// child; `None` where there is a score, or no reason.
    pub reasons: [Option<SdqReason>; SdqWave::ALL.len()],
}

impl SdqFacts {
    /// The scores from one informant; `None` where there are none.
    pub fn of(&self, informant: Informant) -> Option<&SdqSeries> {
        self.series
            .iter()
            .find(|series| series.informant == informant)
    }
}

/// One child's rows.
pub(super) struct SdqRecords<'a> {
    pub(super) child: Option<&'a Child>,
    pub(super) questionnaires: &'a [&'a Sdq],
    pub(super) returns: &'a [&'a Oc2],
}

pub(super) fn derive_sdq(records: &SdqRecords<'_>, settings: &Settings) -> SdqFacts {
    let end = settings.period.end;
    let course = Course {
        start: records
            .child
            .and_then(|child| child.start_date)
            .filter(|day| *day <= end),
        birth: birth(records),
        end,
        baseline: settings.sdq.baseline,
    };
    let mut series: Vec<SdqSeries> = Informant::ALL
        .iter()
        .filter_map(|informant| {
            let occasions = occasions(records, *informant, &course);
            derive_series(*informant, &occasions, &course)
        })
        .collect();
    // Most children have one, and there may be a million children.
    series.shrink_to_fit();
    SdqFacts {
        is_of_age: std::array::from_fn(|at| {
            course
                .start
                .is_none_or(|day| course.is_of_age(Informant::ALL[at], day))
        }),
        reasons: reasons(records, &course, &series),
        series,
    }
}

/// What the waves of one child hang on.
struct Course {
    /// When work started, where it did by the end of the period.
    start: Option<Date>,
    birth: Option<Date>,
    /// The last day of the period.
    end: Date,
    baseline: kinfolk_model::SdqBaseline,
}

impl Course {
    fn age(&self, day: Date) -> Option<u8> {
        completed_years(self.birth?, day)
    }

    /// Whether there is a form for the age; also where the age is not known.
    fn is_of_age(&self, informant: Informant, day: Date) -> bool {
        let ages = match informant {
            Informant::ParentCarer | Informant::Teacher => 2..=17,
            Informant::YoungPerson => 11..=17,
        };
        self.age(day).is_none_or(|age| ages.contains(&age))
    }
}

/// From the Practice Summary; else from the earliest return that has it.
fn birth(records: &SdqRecords<'_>) -> Option<Date> {
    let in_returns = || {
        let known = records.returns.iter();
        known
            .filter_map(|row| Some((row.year, row.date_of_birth?)))
            .min()
            .map(|(_, birth)| birth)
    };
    records
        .child
        .and_then(|child| child.date_of_birth)
        .or_else(in_returns)
}

/// Why there is no score, from the return of the year in which the start or the wave's day lies.
fn reasons(
    records: &SdqRecords<'_>,
    course: &Course,
    series: &[SdqSeries],
) -> [Option<SdqReason>; SdqWave::ALL.len()] {
    let of_carers = series
        .iter()
        .find(|series| series.informant == Informant::ParentCarer);
    std::array::from_fn(|at| {
        let wave = SdqWave::ALL[at];
        if of_carers.is_some_and(|series| series.at(wave).is_some()) {
            return None;
        }
        let baseline = of_carers.and_then(|series| series.baseline.as_ref());
        let day = match wave {
            SdqWave::Baseline => course.start?,
            later => day_of(later, baseline?.date)?,
        };
        let year = collection_year(day);
        let of_year = records.returns.iter().filter(|row| row.year == year);
        of_year.filter_map(|row| row.sdq_reason).min()
    })
}
