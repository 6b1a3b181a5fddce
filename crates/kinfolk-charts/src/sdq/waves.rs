//! Waves and informants, as codes of groups and as words.

use kinfolk_disclosure::Release;
use kinfolk_model::{Code, Group, Informant, SdqBaseline, Settings, Statistic};

use crate::reading::{FEWEST_FOR_SHARES, Reading};

/// The baseline, or so many years after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SdqWave(u8);

impl SdqWave {
    /// The first score.
    pub const BASELINE: Self = Self(0);
    /// Every wave, the baseline first.
    pub const ALL: [Self; 6] = [Self(0), Self(1), Self(2), Self(3), Self(4), Self(5)];
    /// The waves after the baseline.
    pub const LATER: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// As groups name it: `baseline`, `year_1`.
    pub fn code(self) -> String {
        match self.0 {
            0 => "baseline".to_owned(),
            years => format!("year_{years}"),
        }
    }

    /// As a row or a bar is labelled: `At the start`, `1 year on`.
    pub fn label(self, settings: &Settings) -> String {
        match (self.0, settings.sdq.baseline) {
            (0, SdqBaseline::First) => "First score".to_owned(),
            (0, _) => "At the start".to_owned(),
            (years, _) => format!("{} on", in_years(years)),
        }
    }

    /// Within a sentence: `at the start`, `at the first score`, `after 3 years`.
    pub fn in_sentence(self, settings: &Settings) -> String {
        match (self.0, settings.sdq.baseline) {
            (0, SdqBaseline::First) => "at the first score".to_owned(),
            (0, _) => "at the start".to_owned(),
            (years, _) => format!("after {}", in_years(years)),
        }
    }

    /// Where there is less room: `Start`, `3 years`.
    pub(super) fn short(self) -> String {
        match self.0 {
            0 => "Start".to_owned(),
            years => in_years(years),
        }
    }

    /// Where there is hardly any: `+3`.
    pub(super) fn shortest(self) -> String {
        format!("+{}", self.0)
    }

    /// The part of the children: this informant at this wave.
    pub fn group(self, informant: Informant) -> Group {
        Group::of("informant", informant.code()).and("wave", &self.code())
    }
}

/// `1 year`, `3 years`.
fn in_years(years: u8) -> String {
    match years {
        1 => "1 year".to_owned(),
        _ => format!("{years} years"),
    }
}

/// The wave that titles and sentences speak of: the last one after the baseline at which at least 20
/// children have both scores; else the one with most. `None` where no change is shown.
pub fn sdq_headline(release: &Release, informant: Informant) -> Option<SdqWave> {
    latest(SdqWave::LATER.into_iter().filter_map(|wave| {
        let change = paired_change(release, informant, wave);
        change.value()?;
        Some((wave, change.denominator()?))
    }))
}

/// The last wave with at least 20 children, else the one with most.
pub(super) fn latest(waves: impl Iterator<Item = (SdqWave, u64)>) -> Option<SdqWave> {
    let rank = |(wave, n): &(SdqWave, u64)| match *n as f64 >= FEWEST_FOR_SHARES {
        true => (true, u64::from(wave.0)),
        false => (false, *n),
    };
    waves.max_by_key(rank).map(|(wave, _)| wave)
}

/// The change from the baseline among children with both scores.
pub(super) fn paired_change(release: &Release, informant: Informant, wave: SdqWave) -> Reading<'_> {
    let group = wave.group(informant).and("method", "paired");
    Reading::of(release, "sdq.change", &group, Statistic::Difference)
}

/// Whose scores, to begin a title: `Carers’ scores`.
pub(super) fn scores_of(informant: Informant) -> &'static str {
    match informant {
        Informant::ParentCarer => "Carers\u{2019} scores",
        Informant::Teacher => "Teachers\u{2019} scores",
        Informant::YoungPerson => "Young people\u{2019}s own scores",
    }
}

/// Who reports, over a panel or a set of rows.
pub(super) fn reported_by(informant: Informant) -> &'static str {
    match informant {
        Informant::ParentCarer => "Reported by carers",
        Informant::Teacher => "Reported by teachers",
        Informant::YoungPerson => "Reported by young people themselves",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_wave_with_twenty_children_is_spoken_of() {
        let check = |counts: &[u64], expected: Option<u8>| {
            let waves = SdqWave::LATER.into_iter().zip(counts.iter().copied());
            assert_eq!(latest(waves), expected.map(SdqWave), "{counts:?}");
        };
        check(&[], None);
        check(&[7], Some(1));
        check(&[31, 24, 19], Some(2));
        check(&[12, 15, 8], Some(2));
        check(&[20, 20, 20], Some(3));
    }
}
