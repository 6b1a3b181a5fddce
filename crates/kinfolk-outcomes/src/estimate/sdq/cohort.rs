//! Groups of children with scores from one informant, so that the same children are the same cell.

use std::collections::HashMap;

use kinfolk_model::{Code, Informant, Scores};

use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;
use crate::sdq::Band;
use crate::{ChildFacts, SdqOccasion, SdqSeries, SdqWave};

/// One child with a baseline.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    /// Its place among the rows.
    place: usize,
    pub(super) child: &'a ChildFacts,
    pub(super) series: &'a SdqSeries,
}

impl<'a> Row<'a> {
    pub(super) fn at(&self, wave: SdqWave) -> Option<&'a SdqOccasion> {
        self.series.at(wave)
    }

    /// The baseline and the score at a later wave, on the same form.
    pub(super) fn pair(&self, wave: SdqWave) -> Option<(&'a SdqOccasion, &'a SdqOccasion)> {
        self.series.pair(wave)
    }

    /// The bands of both; a form without bands has none at either.
    pub(super) fn bands(&self, wave: SdqWave) -> Option<(Band, Band)> {
        let (first, later) = self.pair(wave)?;
        first.band.zip(later.band)
    }

    /// Whether there is a score on the form of the baseline at every wave up to this one.
    pub(super) fn is_complete(&self, last: SdqWave) -> bool {
        let waves = SdqWave::LATER.into_iter();
        waves
            .take_while(|wave| *wave <= last)
            .all(|wave| self.pair(wave).is_some())
    }

    fn total(&self, wave: SdqWave) -> u32 {
        self.at(wave)
            .map_or(0, |occasion| u32::from(occasion.total))
    }
}

/// What a group is added up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feature {
    /// The totals at a wave: what a mean gives away.
    Totals(SdqWave),
    /// How many are in a band at a wave.
    InBand(SdqWave, Band),
}

impl Feature {
    /// The totals at these waves.
    pub(super) fn totals(waves: &[SdqWave]) -> Vec<Self> {
        waves.iter().copied().map(Self::Totals).collect()
    }

    /// The number in each band at a wave.
    pub(super) fn bands(wave: SdqWave) -> [Self; BANDS.len()] {
        BANDS.map(|band| Self::InBand(wave, band))
    }

    fn name(self) -> String {
        match self {
            Self::Totals(wave) => format!("totals at {}", wave.code()),
            Self::InBand(wave, band) => format!("band at {}={}", wave.code(), band.code()),
        }
    }

    fn of(self, row: &Row<'_>) -> u32 {
        match self {
            Self::Totals(wave) => row.total(wave),
            Self::InBand(wave, band) => {
                u32::from(row.at(wave).and_then(|occasion| occasion.band) == Some(band))
            }
        }
    }
}

/// The bands of a total, from the lowest.
pub(super) const BANDS: [Band; 3] = [Band::Normal, Band::Borderline, Band::Abnormal];

/// The highest total of the SDQ; the lowest is 0.
pub(super) const HIGHEST_TOTAL: u64 = 40;

/// Some of the children.
#[derive(Debug, Clone)]
pub(super) struct Cohort<'a> {
    /// The cell of their number.
    n: String,
    /// What the names of all other cells about them begin with.
    stem: String,
    naming: Naming,
    pub(super) rows: Vec<Row<'a>>,
}

impl<'a> Cohort<'a> {
    /// How many they are.
    pub(super) fn n(&self) -> Tally {
        let count = self.rows.len() as u64;
        match self.naming {
            Naming::Missing => Tally::of_things(self.n.clone(), count),
            Naming::Picked if count == 0 => Tally::of_things(self.n.clone(), 0),
            Naming::Due | Naming::Scored | Naming::Picked => {
                Tally::of_people(self.n.clone(), count)
            }
        }
    }

    fn holds(&self, row: &Row<'a>) -> bool {
        let found = self.rows.binary_search_by_key(&row.place, |own| own.place);
        found.is_ok()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What a feature of theirs adds up to.
    pub(super) fn sum(&self, feature: Feature) -> Tally {
        let name = format!("{}/{}", self.stem, feature.name());
        Tally {
            scores: self.scores(feature),
            ..Tally::of(name, &self.rows, |row| feature.of(row))
        }
    }

    /// Totals are scores; being in a band is none.
    fn scores(&self, feature: Feature) -> Option<Scores> {
        let Feature::Totals(wave) = feature else {
            return None;
        };
        let squares = self.whole_totals(wave).into_iter();
        Some(Scores {
            n: self.rows.len() as u64,
            squares: squares.map(|total| u64::from(total).pow(2)).sum(),
            highest: HIGHEST_TOTAL,
        })
    }

    /// The same as a part of a sum: what nobody adds up to is no count to guard.
    fn part_of_sum(&self, feature: Feature) -> Tally {
        let sum = self.sum(feature);
        match self.is_empty() {
            true => Tally::of_things(sum.name, 0),
            false => sum,
        }
    }

    /// Their totals at a wave, added up.
    pub(super) fn added_up(&self, wave: SdqWave) -> Tally {
        self.sum(Feature::Totals(wave))
    }

    /// Their totals at a wave, child by child; all must have one.
    pub(super) fn whole_totals(&self, wave: SdqWave) -> Vec<u32> {
        self.rows.iter().map(|row| row.total(wave)).collect()
    }

    /// The same as real numbers.
    pub(super) fn totals(&self, wave: SdqWave) -> Vec<f64> {
        let rows = self.rows.iter();
        rows.map(|row| f64::from(row.total(wave))).collect()
    }

    /// How many of them the question says yes to, under a name of their own.
    pub(super) fn count(&self, part: &str, question: impl Fn(&Row<'a>) -> bool + Sync) -> Tally {
        Tally::where_(format!("{}/{part}", self.stem), &self.rows, question)
    }
}

/// In which way a group is named and counted. The same children in the same way are the same cell; in
/// two ways they are two, tied by sums, so that where a true zero is hidden nobody can tell that all
/// who are due have a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Naming {
    /// Who should have a score.
    Due,
    /// Who has one.
    Scored,
    /// Who has none, or none that can be compared. That a score is not there says nothing of a
    /// child, so the number protects nobody; what their other scores add up to does.
    Missing,
    /// Who was picked by the baseline, in one of two waves or in both. They may by chance be the same
    /// children as others; no reader knows that, so each such group has a cell of its own.
    Picked,
}

/// The children with a baseline from one informant, and the names of groups of them.
pub(super) struct Cohorts<'a> {
    prefix: String,
    /// Looked up, never walked through, so that its order reaches nothing.
    names: HashMap<(Naming, Vec<usize>), String>,
    pub(super) everyone: Cohort<'a>,
}

/// The name of a group that nobody is in.
const NOBODY: &str = "nobody";

impl<'a> Cohorts<'a> {
    /// All who have a baseline from the informant. `n` is the cell of their number.
    pub(super) fn new(children: &'a [ChildFacts], informant: Informant, n: &str) -> Self {
        let with_baseline = children.iter().filter_map(|child| {
            let series = child.sdq.of(informant)?;
            series.baseline.is_some().then_some((child, series))
        });
        let rows: Vec<Row<'a>> = with_baseline
            .enumerate()
            .map(|(place, (child, series))| Row {
                place,
                child,
                series,
            })
            .collect();
        let mut cohorts = Self {
            prefix: format!("sdq/{}", informant.code()),
            names: HashMap::new(),
            everyone: Cohort {
                n: n.to_owned(),
                stem: String::new(),
                naming: Naming::Due,
                rows: Vec::new(),
            },
        };
        let stem = format!("{}/everyone", cohorts.prefix);
        cohorts.everyone = Cohort {
            n: n.to_owned(),
            ..cohorts.named(Naming::Due, stem, rows)
        };
        cohorts
    }

    fn named(&mut self, naming: Naming, name: String, rows: Vec<Row<'a>>) -> Cohort<'a> {
        let has_own_name = match naming {
            Naming::Due | Naming::Scored => false,
            Naming::Missing => rows.is_empty(),
            Naming::Picked => true,
        };
        let name = if has_own_name {
            name
        } else if rows.is_empty() {
            format!("{}/{NOBODY} {naming:?}", self.prefix)
        } else {
            let places = rows.iter().map(|row| row.place).collect();
            self.names.entry((naming, places)).or_insert(name).clone()
        };
        Cohort {
            n: name.clone(),
            stem: name,
            naming,
            rows,
        }
    }

    /// Those of whom the question says yes.
    pub(super) fn of(
        &mut self,
        whole: &Cohort<'a>,
        (naming, name): (Naming, &str),
        question: impl Fn(&Row<'a>) -> bool,
    ) -> Cohort<'a> {
        let rows = whole.rows.iter().copied();
        let name = format!("{}/{name}", self.prefix);
        self.named(naming, name, rows.filter(|row| question(row)).collect())
    }

    /// Those of whom the question says yes, and the others; states that both add up to the whole, in
    /// number and in these features.
    pub(super) fn split(
        &mut self,
        ledger: &mut Ledger,
        (whole, features): (&Cohort<'a>, &[Feature]),
        [(naming, name), (of_others, others)]: [(Naming, &str); 2],
        question: impl Fn(&Row<'a>) -> bool,
    ) -> [Cohort<'a>; 2] {
        let parts = [
            self.of(whole, (naming, name), &question),
            self.of(whole, (of_others, others), |row| !question(row)),
        ];
        state_parts(ledger, whole, &parts, features);
        parts
    }

    /// States how two groups overlap: what is in both, and in one only. A reader who subtracts one
    /// from the other learns no more than that.
    pub(super) fn state_overlap(
        &mut self,
        ledger: &mut Ledger,
        [one, other]: [&Cohort<'a>; 2],
        (naming, features): (Naming, &[Feature]),
    ) {
        for (whole, by, word) in [(one, other, "without"), (other, one, "beyond")] {
            let [both, only] = [(true, "and"), (false, word)].map(|(is_in, word)| {
                let name = format!("{} {word} {}", one.stem, other.stem);
                self.of(whole, (naming, &name), |row| by.holds(row) == is_in)
            });
            state_parts(ledger, whole, &[both, only], features);
        }
    }
}

/// Nobody's totals are no count to guard where true zeros are hidden, nor is it that nobody misses a
/// score; yet no reader knows of either, and the sum must not say so.
fn state_parts(
    ledger: &mut Ledger,
    whole: &Cohort<'_>,
    parts: &[Cohort<'_>],
    features: &[Feature],
) {
    if whole.is_empty() {
        return;
    }
    let numbers: Vec<Tally> = parts.iter().map(Cohort::n).collect();
    ledger.sum(&whole.n(), &numbers);
    for feature in features {
        let sums: Vec<Tally> = parts
            .iter()
            .map(|part| part.part_of_sum(*feature))
            .collect();
        ledger.sum(&whole.sum(*feature), &sums);
    }
}
