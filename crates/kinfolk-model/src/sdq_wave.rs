//! Waves of the SDQ: the baseline, and whole years after it.

use crate::{Code, Group, Informant, SdqBaseline, Settings};

/// The baseline, or a number of years after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SdqWave {
    /// The score that others are compared with.
    Baseline,
    /// A year later.
    Year1,
    /// Two years later.
    Year2,
    /// Three years later.
    Year3,
    /// Four years later.
    Year4,
    /// Five years later.
    Year5,
}

impl SdqWave {
    /// Every wave, in order.
    pub const ALL: [Self; 6] = [
        Self::Baseline,
        Self::Year1,
        Self::Year2,
        Self::Year3,
        Self::Year4,
        Self::Year5,
    ];

    /// The waves after the baseline.
    pub const LATER: [Self; 5] = [
        Self::Year1,
        Self::Year2,
        Self::Year3,
        Self::Year4,
        Self::Year5,
    ];

    /// The code in groups.
    pub fn code(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Year1 => "year_1",
            Self::Year2 => "year_2",
            Self::Year3 => "year_3",
            Self::Year4 => "year_4",
            Self::Year5 => "year_5",
        }
    }

    /// Years after the baseline.
    pub fn years(self) -> u8 {
        self as u8
    }

    /// The part of the children: this informant at this wave.
    pub fn group(self, informant: Informant) -> Group {
        Group::of("informant", informant.code()).and("wave", self.code())
    }

    /// In words of definitions: `the baseline`, `year 1`.
    pub fn words(self) -> String {
        match self {
            Self::Baseline => "the baseline".to_owned(),
            later => format!("year {}", later.years()),
        }
    }

    /// As a row or a bar is labelled: `At the start`, `1 year on`.
    pub fn label(self, settings: &Settings) -> String {
        match (self, settings.sdq.baseline) {
            (Self::Baseline, SdqBaseline::First) => "First score".to_owned(),
            (Self::Baseline, _) => "At the start".to_owned(),
            (later, _) => format!("{} on", later.in_years()),
        }
    }

    /// Within a sentence: `at the start`, `at the first score`, `after 3 years`.
    pub fn in_sentence(self, settings: &Settings) -> String {
        match (self, settings.sdq.baseline) {
            (Self::Baseline, SdqBaseline::First) => "at the first score".to_owned(),
            (Self::Baseline, _) => "at the start".to_owned(),
            (later, _) => format!("after {}", later.in_years()),
        }
    }

    /// Where there is less room: `Start`, `3 years`.
    pub fn short(self) -> String {
        match self {
            Self::Baseline => "Start".to_owned(),
            later => later.in_years(),
        }
    }

    /// `1 year`, `3 years`.
    fn in_years(self) -> String {
        match self.years() {
            1 => "1 year".to_owned(),
            years => format!("{years} years"),
        }
    }
}
