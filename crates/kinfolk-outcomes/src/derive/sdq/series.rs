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
    /// Whether form and version are those of the baseline, as far as both are known.
    pub is_comparable: bool,
    /// How much lower the score is than expected, or why that cannot be said; `None` without a score.
    pub added_value: Option<Result<f64, AddedValueReason>>,
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
        follow_up
            .is_comparable
            .then_some((self.baseline.as_ref()?, second))
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
        is_comparable: nearest.is_some_and(|later| is_comparable(baseline, later)),
        added_value: nearest.map(|later| added(baseline, later)),
        occasion: nearest.map(|later| later.occasion.clone()),
    }
}

/// The same form, and the same version as far as both are known: forms that ask over different times
/// are not compared.
fn is_comparable(first: &Scored, later: &Scored) -> bool {
    let (first, later) = (&first.occasion, &later.occasion);
    let versions = first.version.zip(later.version);
    first.form == later.form && versions.is_none_or(|(a, b)| a == b)
}

/// A score from the return has no day, so nobody can say how far it lies from another.
fn added(first: &Scored, later: &Scored) -> Result<f64, AddedValueReason> {
    if later.occasion.is_return {
        return Err(AddedValueReason::OtherInterval);
    }
    added_value(&first.row, &later.row)
}
