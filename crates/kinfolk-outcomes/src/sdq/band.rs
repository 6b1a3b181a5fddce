//! Bands of scores, as published for community samples in Britain.
//!
//! Two systems with different cut points are in use, so a band means nothing without its system.
//! Sources: the score sheets of Youthinmind for ages 4 to 17 (2014) and 2 to 4 (2015); the bands of
//! the Department for Education in its statistics on children looked after in England.

use kinfolk_model::{Informant, SdqForm};

use super::Scale;

/// Which cut points are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BandSystem {
    /// The first bands: about 80, 10 and 10 per cent of the community. None for ages 2 to 4.
    Three,
    /// The later bands: about 80, 10, 5 and 5 per cent.
    Four,
    /// The bands of England's statistics: those of a carer's total on the form for ages 4 to 17,
    /// whatever form was used.
    Dfe,
}

/// A band. The first three belong to [`BandSystem::Three`] and [`BandSystem::Dfe`], the others to
/// [`BandSystem::Four`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// As most children score.
    Normal,
    /// Between.
    Borderline,
    /// High; of prosocial behaviour, low. England's statistics call it cause for concern.
    Abnormal,
    /// As most children score.
    CloseToAverage,
    /// A little higher; of prosocial behaviour, a little lower.
    SlightlyRaised,
    /// High; of prosocial behaviour, low.
    High,
    /// Very high; of prosocial behaviour, very low.
    VeryHigh,
    /// High or very high, where the cut point between the two could not be verified.
    HighOrVeryHigh,
}

impl Band {
    /// The code that files carry.
    pub fn code(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Borderline => "borderline",
            Self::Abnormal => "abnormal",
            Self::CloseToAverage => "close_to_average",
            Self::SlightlyRaised => "slightly_raised",
            Self::High => "high",
            Self::VeryHigh => "very_high",
            Self::HighOrVeryHigh => "high_or_very_high",
        }
    }

    /// The code that files carry for a scale: of prosocial behaviour the bands go downwards.
    pub fn code_for(self, scale: Scale) -> &'static str {
        match (scale, self) {
            (Scale::Prosocial, Self::SlightlyRaised) => "slightly_lowered",
            (Scale::Prosocial, Self::High) => "low",
            (Scale::Prosocial, Self::VeryHigh) => "very_low",
            (Scale::Prosocial, Self::HighOrVeryHigh) => "low_or_very_low",
            _ => self.code(),
        }
    }

    /// The words that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Normal | Self::CloseToAverage => "Typical",
            Self::Borderline => "Borderline",
            Self::SlightlyRaised => "Slightly raised",
            Self::Abnormal | Self::High => "High",
            Self::VeryHigh => "Very high",
            Self::HighOrVeryHigh => "High or very high",
        }
    }
}

const THREE: [Band; 3] = [Band::Normal, Band::Borderline, Band::Abnormal];
const FOUR: [Band; 4] = [
    Band::CloseToAverage,
    Band::SlightlyRaised,
    Band::High,
    Band::VeryHigh,
];
/// The third cut point for ages 2 to 4 could not be verified, so the last two bands are one.
const FOUR_JOINED: [Band; 3] = [
    Band::CloseToAverage,
    Band::SlightlyRaised,
    Band::HighOrVeryHigh,
];

/// The highest total.
const HIGHEST_TOTAL: u8 = 40;
/// The highest score of one of the five scales, and of impact.
const HIGHEST_SCALE: u8 = 10;
/// The highest impact that a teacher's answers can give.
const HIGHEST_TEACHER_IMPACT: u8 = 6;

/// The band of a score; `None` where the scale has no bands, no table could be verified, or the
/// score is none that the scale can have.
///
/// ```
/// use kinfolk_model::{Informant, SdqForm};
/// use kinfolk_outcomes::sdq::{Band, BandSystem, Scale, band};
///
/// let of = |system| band(system, Scale::Total, Informant::ParentCarer, SdqForm::Ages4To17, 17);
/// assert_eq!(of(BandSystem::Three), Some(Band::Abnormal));
/// assert_eq!(of(BandSystem::Four), Some(Band::High));
/// ```
pub fn band(
    system: BandSystem,
    scale: Scale,
    informant: Informant,
    form: SdqForm,
    score: u8,
) -> Option<Band> {
    if score > highest(scale, informant) {
        return None;
    }
    match (system, form) {
        (BandSystem::Three, SdqForm::Ages4To17) => {
            Some(among(&THREE, three_cuts(scale, informant)?, scale, score))
        }
        (BandSystem::Four, SdqForm::Ages4To17) => {
            Some(among(&FOUR, four_cuts(scale, informant)?, scale, score))
        }
        (BandSystem::Four, SdqForm::Ages2To4) => Some(among(
            &FOUR_JOINED,
            early_cuts(scale, informant)?,
            scale,
            score,
        )),
        (BandSystem::Three, SdqForm::Ages2To4) => None,
        (BandSystem::Dfe, _) => dfe(scale, informant, score),
    }
}

/// England's band of a mean of carers' totals: each band goes up to the next whole cut point, so
/// that 13.96 lies in the first. `None` for what is no mean of totals.
pub fn band_of_mean(mean: f64) -> Option<Band> {
    if !(0.0..=f64::from(HIGHEST_TOTAL)).contains(&mean) {
        return None;
    }
    let [borderline, abnormal] = PARENT_TOTAL.map(f64::from);
    Some(if mean < borderline {
        Band::Normal
    } else if mean < abnormal {
        Band::Borderline
    } else {
        Band::Abnormal
    })
}

/// The first total in the highest of three bands: 17 for carers, 16 for teachers, 20 for young
/// people. `None` for the form for ages 2 to 4, which has no such bands.
pub fn cut_off(informant: Informant, form: SdqForm) -> Option<u8> {
    match form {
        SdqForm::Ages4To17 => three_cuts(Scale::Total, informant).map(|[_, abnormal]| abnormal),
        SdqForm::Ages2To4 => None,
    }
}

fn dfe(scale: Scale, informant: Informant, score: u8) -> Option<Band> {
    let is_carers_total = scale == Scale::Total && informant == Informant::ParentCarer;
    is_carers_total.then(|| among(&THREE, PARENT_TOTAL, scale, score))
}

fn highest(scale: Scale, informant: Informant) -> u8 {
    match (scale, informant) {
        (Scale::Total, _) => HIGHEST_TOTAL,
        (Scale::Externalising | Scale::Internalising, _) => 2 * HIGHEST_SCALE,
        (Scale::Impact, Informant::Teacher) => HIGHEST_TEACHER_IMPACT,
        _ => HIGHEST_SCALE,
    }
}

/// The band among `bands` by the first score of each band after the first. Of prosocial behaviour
/// the cuts are the last scores, going down.
fn among<const N: usize>(bands: &[Band], cuts: [u8; N], scale: Scale, score: u8) -> Band {
    let is_reached = |cut: &&u8| match scale {
        Scale::Prosocial => score <= **cut,
        _ => score >= **cut,
    };
    bands[cuts.iter().filter(is_reached).count()]
}

const PARENT_TOTAL: [u8; 2] = [14, 17];

/// Where the second and the third of three bands begin.
fn three_cuts(scale: Scale, informant: Informant) -> Option<[u8; 2]> {
    use Informant::{ParentCarer, Teacher, YoungPerson};
    Some(match (scale, informant) {
        (Scale::Total, ParentCarer) => PARENT_TOTAL,
        (Scale::Total, Teacher) => [12, 16],
        (Scale::Total, YoungPerson) => [16, 20],
        (Scale::Emotional, ParentCarer) => [4, 5],
        (Scale::Emotional, Teacher) => [5, 6],
        (Scale::Emotional, YoungPerson) => [6, 7],
        (Scale::Conduct, ParentCarer | Teacher) => [3, 4],
        (Scale::Conduct, YoungPerson) => [4, 5],
        (Scale::Hyperactivity, _) => [6, 7],
        (Scale::Peer, ParentCarer) => [3, 4],
        (Scale::Peer, Teacher) => [4, 5],
        (Scale::Peer, YoungPerson) => [4, 6],
        (Scale::Prosocial, _) => [5, 4],
        (Scale::Impact, _) => [1, 2],
        (Scale::Externalising | Scale::Internalising, _) => return None,
    })
}

/// Where the second, third and fourth of four bands begin.
fn four_cuts(scale: Scale, informant: Informant) -> Option<[u8; 3]> {
    use Informant::{ParentCarer, Teacher, YoungPerson};
    Some(match (scale, informant) {
        (Scale::Total, ParentCarer) => [14, 17, 20],
        (Scale::Total, Teacher) => [12, 16, 19],
        (Scale::Total, YoungPerson) => [15, 18, 20],
        (Scale::Emotional, ParentCarer) => [4, 5, 7],
        (Scale::Emotional, Teacher) => [4, 5, 6],
        (Scale::Emotional, YoungPerson) => [5, 6, 7],
        (Scale::Conduct, ParentCarer) => [3, 4, 6],
        (Scale::Conduct, Teacher) => [3, 4, 5],
        (Scale::Conduct, YoungPerson) => [4, 5, 6],
        (Scale::Hyperactivity, ParentCarer | Teacher) => [6, 8, 9],
        (Scale::Hyperactivity, YoungPerson) => [6, 7, 8],
        (Scale::Peer, ParentCarer | YoungPerson) => [3, 4, 5],
        (Scale::Peer, Teacher) => [3, 5, 6],
        (Scale::Prosocial, ParentCarer) => [7, 6, 5],
        (Scale::Prosocial, Teacher) => [5, 4, 3],
        (Scale::Prosocial, YoungPerson) => [6, 5, 4],
        (Scale::Impact, _) => [1, 2, 3],
        (Scale::Externalising | Scale::Internalising, _) => return None,
    })
}

/// Where the second and third band begin on the form for ages 2 to 4, which only carers have a
/// verified table for. The official sheet calls these bands provisional.
fn early_cuts(scale: Scale, informant: Informant) -> Option<[u8; 2]> {
    if informant != Informant::ParentCarer {
        return None;
    }
    Some(match scale {
        Scale::Total => [13, 16],
        Scale::Emotional | Scale::Peer => [3, 4],
        Scale::Conduct => [4, 5],
        Scale::Hyperactivity => [6, 7],
        Scale::Prosocial => [6, 5],
        Scale::Impact | Scale::Externalising | Scale::Internalising => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Informant::{ParentCarer, Teacher, YoungPerson};

    /// How many scores lie in each band, going up from 0: `14 3 24` for 0-13, 14-16 and 17-40.
    fn widths(system: BandSystem, scale: Scale, informant: Informant, form: SdqForm) -> String {
        let mut runs: Vec<(Band, usize)> = Vec::new();
        for found in (0..=u8::MAX).map_while(|score| band(system, scale, informant, form, score)) {
            match runs.last_mut() {
                Some((last, n)) if *last == found => *n += 1,
                _ => runs.push((found, 1)),
            }
        }
        let widths: Vec<String> = runs.iter().map(|(_, n)| n.to_string()).collect();
        widths.join(" ")
    }

    /// The sheets print first and last scores; here stands how many scores each band holds.
    #[test]
    fn bands_are_those_of_the_score_sheets() {
        let check = |informant, scale, three: &str, four: &str| {
            let of = |system| widths(system, scale, informant, SdqForm::Ages4To17);
            assert_eq!(of(BandSystem::Three), three, "{informant} {scale:?} three");
            assert_eq!(of(BandSystem::Four), four, "{informant} {scale:?} four");
        };
        check(ParentCarer, Scale::Total, "14 3 24", "14 3 3 21");
        check(ParentCarer, Scale::Emotional, "4 1 6", "4 1 2 4");
        check(ParentCarer, Scale::Conduct, "3 1 7", "3 1 2 5");
        check(ParentCarer, Scale::Hyperactivity, "6 1 4", "6 2 1 2");
        check(ParentCarer, Scale::Peer, "3 1 7", "3 1 1 6");
        check(ParentCarer, Scale::Prosocial, "5 1 5", "6 1 1 3");
        check(ParentCarer, Scale::Impact, "1 1 9", "1 1 1 8");
        check(Teacher, Scale::Total, "12 4 25", "12 4 3 22");
        check(Teacher, Scale::Emotional, "5 1 5", "4 1 1 5");
        check(Teacher, Scale::Conduct, "3 1 7", "3 1 1 6");
        check(Teacher, Scale::Hyperactivity, "6 1 4", "6 2 1 2");
        check(Teacher, Scale::Peer, "4 1 6", "3 2 1 5");
        check(Teacher, Scale::Prosocial, "5 1 5", "4 1 1 5");
        check(Teacher, Scale::Impact, "1 1 5", "1 1 1 4");
        check(YoungPerson, Scale::Total, "16 4 21", "15 3 2 21");
        check(YoungPerson, Scale::Emotional, "6 1 4", "5 1 1 4");
        check(YoungPerson, Scale::Conduct, "4 1 6", "4 1 1 5");
        check(YoungPerson, Scale::Hyperactivity, "6 1 4", "6 1 1 3");
        check(YoungPerson, Scale::Peer, "4 2 5", "3 1 1 6");
        check(YoungPerson, Scale::Prosocial, "5 1 5", "5 1 1 4");
        check(YoungPerson, Scale::Impact, "1 1 9", "1 1 1 8");
        check(ParentCarer, Scale::Externalising, "", "");
    }

    #[test]
    fn bands_have_their_names() {
        let check = |informant, scale, score, three: Band, four: Band| {
            let of = |system| band(system, scale, informant, SdqForm::Ages4To17, score);
            assert_eq!(of(BandSystem::Three), Some(three));
            assert_eq!(of(BandSystem::Four), Some(four));
        };
        let total = |score, three, four| check(ParentCarer, Scale::Total, score, three, four);
        total(13, Band::Normal, Band::CloseToAverage);
        total(14, Band::Borderline, Band::SlightlyRaised);
        total(16, Band::Borderline, Band::SlightlyRaised);
        total(17, Band::Abnormal, Band::High);
        total(19, Band::Abnormal, Band::High);
        total(20, Band::Abnormal, Band::VeryHigh);
        check(
            Teacher,
            Scale::Emotional,
            4,
            Band::Normal,
            Band::SlightlyRaised,
        );
        check(
            YoungPerson,
            Scale::Total,
            15,
            Band::Normal,
            Band::SlightlyRaised,
        );
        check(ParentCarer, Scale::Prosocial, 6, Band::Normal, Band::High);
        assert_eq!(Band::High.code_for(Scale::Prosocial), "low");
        assert_eq!(Band::High.code_for(Scale::Total), "high");
    }

    #[test]
    fn the_early_form_has_bands_for_carers_only_and_joins_the_highest_two() {
        let check = |scale, expected: &str| {
            let of = |system, informant| widths(system, scale, informant, SdqForm::Ages2To4);
            assert_eq!(of(BandSystem::Four, ParentCarer), expected, "{scale:?}");
            assert_eq!(of(BandSystem::Four, Teacher), "", "{scale:?}");
            assert_eq!(of(BandSystem::Three, ParentCarer), "", "{scale:?}");
        };
        check(Scale::Total, "13 3 25");
        check(Scale::Emotional, "3 1 7");
        check(Scale::Conduct, "4 1 6");
        check(Scale::Hyperactivity, "6 1 4");
        check(Scale::Peer, "3 1 7");
        check(Scale::Prosocial, "6 1 4");
        check(Scale::Impact, "");
        let high = |score| {
            let (system, form) = (BandSystem::Four, SdqForm::Ages2To4);
            band(system, Scale::Total, ParentCarer, form, score)
        };
        assert_eq!(high(16), Some(Band::HighOrVeryHigh));
        assert_eq!(high(40), Some(Band::HighOrVeryHigh));
    }

    #[test]
    fn england_counts_carers_totals_on_any_form() {
        let of =
            |informant, form, score| band(BandSystem::Dfe, Scale::Total, informant, form, score);
        assert_eq!(
            of(ParentCarer, SdqForm::Ages2To4, 16),
            Some(Band::Borderline)
        );
        assert_eq!(
            of(ParentCarer, SdqForm::Ages4To17, 17),
            Some(Band::Abnormal)
        );
        assert_eq!(of(Teacher, SdqForm::Ages4To17, 17), None);
    }

    #[test]
    fn a_mean_lies_in_the_band_below_the_next_cut() {
        let check = |mean, expected| assert_eq!(band_of_mean(mean), expected, "{mean}");
        check(0.0, Some(Band::Normal));
        check(13.96, Some(Band::Normal));
        check(14.0, Some(Band::Borderline));
        check(16.99, Some(Band::Borderline));
        check(17.0, Some(Band::Abnormal));
        check(40.0, Some(Band::Abnormal));
        check(-0.1, None);
        check(f64::NAN, None);
    }

    #[test]
    fn the_cut_off_is_where_the_highest_of_three_bands_begins() {
        let of = |informant| cut_off(informant, SdqForm::Ages4To17);
        assert_eq!(
            [ParentCarer, Teacher, YoungPerson].map(of),
            [Some(17), Some(16), Some(20)]
        );
        assert_eq!(cut_off(ParentCarer, SdqForm::Ages2To4), None);
    }

    #[test]
    fn what_is_no_score_has_no_band() {
        let of = |scale, informant, score| {
            band(
                BandSystem::Three,
                scale,
                informant,
                SdqForm::Ages4To17,
                score,
            )
        };
        assert_eq!(of(Scale::Total, ParentCarer, 41), None);
        assert_eq!(of(Scale::Peer, ParentCarer, 11), None);
        assert_eq!(of(Scale::Impact, Teacher, 7), None);
    }
}
