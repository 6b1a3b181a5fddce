//! What the yearly return says of the SDQ of children in care of England.
//!
//! Means by age and sex are those of 2024 (Department for Education, outcomes for children looked after,
//! national tables of conviction and health outcomes), raised by two tenths to the mean of 2025, 14.9. In 2025
//! there was a score for 78%, of these 45% normal, 13% borderline and 42% a cause for concern. The shares of
//! the reasons why there is none, and how scores change from year to year, are of no source.

use kinfolk_model::{SdqReason, Sex};

use crate::random::Stream;

/// Ages at the end of the collection whom the published figures are about.
pub(crate) const AGES: std::ops::RangeInclusive<i64> = 5..=16;
/// Mean totals of girls and boys in 2024, in tenths, from the age of five on.
const MEANS: [(i64, i64); 12] = [
    (128, 147),
    (130, 151),
    (137, 157),
    (139, 164),
    (138, 158),
    (137, 157),
    (138, 152),
    (140, 153),
    (145, 155),
    (151, 156),
    (151, 145),
    (143, 133),
];
/// How far the mean of 2025 (14.9) lies above that of 2024 (14.7), in tenths.
const SINCE_2024: i64 = 2;
/// How far a child's total lies from the mean, in tenths at most. All distances are alike frequent: there are
/// few borderline scores.
const APART: i64 = 112;
/// In so many of a hundred years a child's total has nothing to do with that of other years.
const TURNS: i64 = 25;
/// Of a hundred children asked about, for how many there is a score.
pub(crate) const RECEIVED: i64 = 78;
/// Why there is no score.
const REASONS: [(SdqReason, i64); 4] = [
    (SdqReason::CarerRefused, 45),
    (SdqReason::Other, 30),
    (SdqReason::ChildRefused, 20),
    (SdqReason::Disability, 5),
];

/// How far one child lies from others of its age and sex, in tenths of a point.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Difference(i64);

impl Difference {
    pub(crate) fn of(stream: &mut Stream) -> Self {
        Self(stream.between(-APART, APART))
    }

    /// The total of one year.
    pub(crate) fn total(self, age: i64, sex: Option<Sex>, stream: &mut Stream) -> u8 {
        let (turns, other) = (stream.chance(TURNS), Self::of(stream));
        let Self(apart) = if turns { other } else { self };
        let tenths = mean(age, sex) + apart + stream.about(-25, 25);
        u8::try_from((tenths + 5).div_euclid(10).clamp(0, 40)).unwrap_or_default()
    }

    /// The total of one year, or why there is none.
    pub(crate) fn answer(
        self,
        age: i64,
        sex: Option<Sex>,
        stream: &mut Stream,
    ) -> Result<u8, SdqReason> {
        let total = self.total(age, sex, stream);
        received(stream).map(|()| total)
    }
}

/// Whether a score was received, or why not.
pub(crate) fn received(stream: &mut Stream) -> Result<(), SdqReason> {
    let reason = stream.choose(&REASONS);
    match stream.chance(RECEIVED) {
        true => Ok(()),
        false => Err(reason),
    }
}

/// The mean of children of that age and sex, in tenths; of the nearest age that is published, and of boys and
/// girls alike where the sex is not known.
fn mean(age: i64, sex: Option<Sex>) -> i64 {
    let year = age.clamp(*AGES.start(), *AGES.end()) - AGES.start();
    let (girls, boys) = MEANS[usize::try_from(year).unwrap_or_default()];
    let published = match sex {
        Some(Sex::Female) => girls,
        Some(Sex::Male) => boys,
        _ => (girls + boys) / 2,
    };
    published + SINCE_2024
}
