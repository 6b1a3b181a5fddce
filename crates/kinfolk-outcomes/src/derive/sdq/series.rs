//! The scores from one informant of one child: a baseline, and a score at each later wave.

use kinfolk_model::{Informant, SdqBaseline, SdqWave};

use super::Course;
use super::occasion::{Scored, SdqOccasion};
use super::wave::{day_of, days_between, distance, wave_of};
use crate::sdq::{AddedValueReason, added_value};

/// The scores from one informant, wave by wave.
#[derive(Debug, Clone, PartialEq)]
pub struct SdqSeries {
    /// Who completed the questionnaires.
    pub informant: Informant,
    /// The score that others are compared with; `None` where no score can serve.
    pub baseline: Option<SdqOccasion>,
    /// One for each year after the baseline.
    pub follow_ups: [SdqFollowUp; SdqWave::LATER.len()],
}

/// One year after the baseline.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SdqFollowUp {
    /// Whether the day of the wave lies within the period, and there is a form for the child's age
    /// then (or a score all the same).
    pub is_due: bool,
    /// The score nearest to that day; never there when it is not due.
    pub occasion: Option<SdqOccasion>,
    /// Why the score is not compared with the baseline; `None` where it is, and without a score.
    pub left_out: Option<SdqLeftOut>,
    /// How much lower the score is than expected, or why that cannot be said; `None` without a score.
    pub added_value: Option<Result<f64, AddedValueReason>>,
}

/// Why a later score is left out of change: forms that ask other things, or over other times, are not
/// compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SdqLeftOut {
    /// Made for other ages than the form of the baseline.
    OtherForm,
    /// The same form, but another version of it.
    OtherVersion,
}

impl SdqLeftOut {
    /// Every reason.
    pub const ALL: [Self; 2] = [Self::OtherForm, Self::OtherVersion];

    /// The code in groups.
    pub fn code(self) -> &'static str {
        match self {
            Self::OtherForm => "other_form",
            Self::OtherVersion => "other_version",
        }
    }
}

impl SdqSeries {
    /// The score at a wave.
    pub fn at(&self, wave: SdqWave) -> Option<&SdqOccasion> {
        match self.follow_up(wave) {
            None => self.baseline.as_ref(),
            Some(follow_up) => follow_up.occasion.as_ref(),
        }
    }

    /// The baseline and the score at a later wave, where both are there on the same form.
    pub fn pair(&self, wave: SdqWave) -> Option<(&SdqOccasion, &SdqOccasion)> {
        let follow_up = self.follow_up(wave)?;
        let second = follow_up.occasion.as_ref()?;
        match follow_up.left_out {
            None => Some((self.baseline.as_ref()?, second)),
            Some(_) => None,
        }
    }

    /// A later wave; `None` for the baseline.
    pub fn follow_up(&self, wave: SdqWave) -> Option<&SdqFollowUp> {
        let at = usize::from(wave.years()).checked_sub(1)?;
        self.follow_ups.get(at)
    }
}

/// `None` without any score.
pub(super) fn derive_series(
    informant: Informant,
    occasions: &[Scored],
    course: &Course,
) -> Option<SdqSeries> {
    if occasions.is_empty() {
        return None;
    }
    let baseline = baseline(occasions, course);
    let follow_ups = SdqWave::LATER.map(|wave| {
        baseline
            .and_then(|first| {
                let day = day_of(wave, first.occasion.date).filter(|day| *day <= course.end)?;
                let is_of_age = course.is_of_age(informant, day);
                Some(follow_up(wave, first, occasions, is_of_age))
            })
            // Nobody is due, and no score counts, before the day of the wave has come: else those
            // who came early would make the wave look more complete than it is.
            .unwrap_or_default()
    });
    Some(SdqSeries {
        informant,
        baseline: baseline.map(|scored| scored.occasion.clone()),
        follow_ups,
    })
}

fn baseline<'a>(occasions: &'a [Scored], course: &Course) -> Option<&'a Scored> {
    match course.baseline {
        SdqBaseline::First => occasions.first(),
        SdqBaseline::LastBeforeStart => {
            let start = course.start?;
            occasions
                .iter()
                .rfind(|scored| scored.occasion.date <= start)
        }
        SdqBaseline::NearestStart => {
            let start = course.start?;
            // The earlier of two that are equally near, because it lies before the work.
            occasions
                .iter()
                .min_by_key(|scored| days_between(start, scored.occasion.date).abs())
        }
    }
}

/// The nearest score of a wave; of two that are equally near, the later.
fn follow_up(
    wave: SdqWave,
    baseline: &Scored,
    occasions: &[Scored],
    is_of_age: bool,
) -> SdqFollowUp {
    let start = baseline.occasion.date;
    let nearest = occasions
        .iter()
        .filter(|scored| scored.occasion.date > start)
        .filter(|scored| wave_of(start, scored.occasion.date) == Some(wave))
        .rev()
        .min_by_key(|scored| distance(wave, start, scored.occasion.date));
    SdqFollowUp {
        is_due: is_of_age || nearest.is_some(),
        left_out: nearest.and_then(|later| left_out(baseline, later)),
        added_value: nearest.map(|later| added(baseline, later)),
        occasion: nearest.map(|later| later.occasion.clone()),
    }
}

/// A version is another one only where both are known.
fn left_out(first: &Scored, later: &Scored) -> Option<SdqLeftOut> {
    let (first, later) = (&first.occasion, &later.occasion);
    let versions = first.version.zip(later.version);
    if first.form != later.form {
        Some(SdqLeftOut::OtherForm)
    } else {
        versions
            .is_some_and(|(a, b)| a != b)
            .then_some(SdqLeftOut::OtherVersion)
    }
}

/// A score from the return has no day, so nobody can say how far it lies from another.
fn added(first: &Scored, later: &Scored) -> Result<f64, AddedValueReason> {
    if later.occasion.is_return {
        return Err(AddedValueReason::OtherInterval);
    }
    added_value(&first.row, &later.row)
}
