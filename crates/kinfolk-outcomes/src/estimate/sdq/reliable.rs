//! Whose change is more than the instrument's unsteadiness, and who crossed the cut-off.

use kinfolk_model::{ReliableChange, SdqForm, Statistic, Unit};
use kinfolk_stats::{
    ClinicalClass, Crossing, ReliableChangeIndex, ReliableClass, clinical_change, crossing,
    reliable_change,
};

use super::change::pairs_in_words;
use super::class_table::{Class, ClassTable};
use super::cohort::{Cohort, Feature, Row};
use super::waves::{Later, Waves};
use crate::SdqWave;
use crate::estimate::breakdown::PoolSpec;
use crate::estimate::entry::about;
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;
use crate::sdq::{Band, cut_off};

const NOT_NAMED: &str = "the study names no standard deviation and reliability of the SDQ";

const POOLS: &[PoolSpec<'_>] = &[
    PoolSpec {
        code: "not_improved",
        label: "Unchanged or worse",
        of: &["unchanged", "deteriorated"],
    },
    PoolSpec {
        code: "not_deteriorated",
        label: "Better or unchanged",
        of: &["improved", "unchanged"],
    },
    PoolSpec {
        code: "changed",
        label: "Reliably better or worse",
        of: &["improved", "deteriorated"],
    },
];

type Member<C> = (C, &'static str, &'static str);

const RELIABLE: [Member<ReliableClass>; 3] = [
    (ReliableClass::Improved, "improved", "Reliably better"),
    (ReliableClass::Unchanged, "unchanged", "No reliable change"),
    (
        ReliableClass::Deteriorated,
        "deteriorated",
        "Reliably worse",
    ),
];

const CLINICAL: [Member<ClinicalClass>; 5] = [
    (
        ClinicalClass::Recovered,
        "recovered",
        "Reliably better, and now below the cut-off",
    ),
    (
        ClinicalClass::Improved,
        "improved",
        "Reliably better, on the same side of the cut-off",
    ),
    (ClinicalClass::Unchanged, "unchanged", "No reliable change"),
    (
        ClinicalClass::Deteriorated,
        "deteriorated",
        "Reliably worse, on the same side of the cut-off",
    ),
    (
        ClinicalClass::Harmed,
        "harmed",
        "Reliably worse, and now above the cut-off",
    ),
];

const CROSSINGS: [Member<Crossing>; 4] = [
    (Crossing::Below, "below", "Crossed to below the cut-off"),
    (Crossing::Above, "above", "Crossed to the cut-off or above"),
    (
        Crossing::StayedAbove,
        "stayed_above",
        "Stayed at the cut-off or above",
    ),
    (
        Crossing::StayedBelow,
        "stayed_below",
        "Stayed below the cut-off",
    ),
];

pub(super) fn estimate_reliable_change(
    ledger: &mut Ledger,
    waves: &Waves<'_>,
    named: Option<&ReliableChange>,
) {
    let index = named.and_then(|named| reliable_change(named.sd, named.reliability).ok());
    for later in &waves.later {
        let judged = Judged::of(ledger, waves, later);
        judged.write_crossing(ledger);
        match named.zip(index) {
            Some((named, index)) => judged.write_reliable(ledger, named, index),
            None => judged.write_not_named(ledger),
        }
    }
}

/// Pairs of one wave, and those of them whose form has a cut-off.
struct Judged<'w, 'a> {
    waves: &'w Waves<'a>,
    later: &'w Later<'a>,
    with_cut_off: Tally,
}

impl<'w, 'a> Judged<'w, 'a> {
    fn of(ledger: &mut Ledger, waves: &'w Waves<'a>, later: &'w Later<'a>) -> Self {
        let pairs = &later.pairs;
        let judged = Self {
            waves,
            later,
            with_cut_off: pairs.n(),
        };
        let part = |words: &str| format!("{words} at {}", later.wave.code());
        let with = pairs.count(&part("with cut-off"), |row| judged.crossing(row).is_some());
        let without = pairs.count(&part("no cut-off"), |row| judged.crossing(row).is_none());
        let with_cut_off = with.within(&pairs.n());
        ledger.sum(&pairs.n(), &[with_cut_off.clone(), without]);
        Self {
            with_cut_off,
            ..judged
        }
    }

    fn crossing(&self, row: &Row<'_>) -> Option<Crossing> {
        let (first, later) = row.pair(self.later.wave)?;
        let cut = cut_off(self.waves.informant, first.form)?;
        Some(crossing(first.total.into(), later.total.into(), cut.into()))
    }

    fn clinical(&self, row: &Row<'_>, index: ReliableChangeIndex) -> Option<ClinicalClass> {
        let (first, later) = row.pair(self.later.wave)?;
        let cut = cut_off(self.waves.informant, first.form)?;
        let [first, later] = [first, later].map(|occasion| u32::from(occasion.total));
        Some(clinical_change(first, later, cut.into(), index))
    }

    fn reliable(&self, row: &Row<'_>, index: ReliableChangeIndex) -> Option<ReliableClass> {
        let (first, later) = row.pair(self.later.wave)?;
        Some(index.class(f64::from(later.total) - f64::from(first.total)))
    }

    fn pairs(&self) -> &Cohort<'a> {
        &self.later.pairs
    }

    /// How many pairs are in a class, named by kind and code.
    fn tally(
        &self,
        (kind, code): (&str, &str),
        question: impl Fn(&Row<'_>) -> bool + Sync,
    ) -> Tally {
        let name = format!("{kind} at {}={code}", self.later.wave.code());
        self.pairs().count(&name, question)
    }

    fn table<'t>(&self, measure: &'static str, population: &'t str) -> ClassTable<'t> {
        ClassTable {
            measure,
            group: self.waves.group(self.later.wave),
            key: "class",
            title: String::new(),
            population,
            options: String::new(),
            whole: self.with_cut_off.clone(),
            missing: Some(self.later.without_pair.n()),
            classes: Vec::new(),
        }
    }

    fn title(&self, words: &str) -> String {
        let wave = self.later.wave.words();
        format!(
            "{words}, of {} at the baseline and {wave}",
            self.waves.whose()
        )
    }

    fn write_crossing(&self, ledger: &mut Ledger) {
        let classes = CROSSINGS.map(|(crossing, code, label)| Class {
            code,
            label,
            tally: self.tally(("crossing", code), |row| {
                self.crossing(row) == Some(crossing)
            }),
        });
        self.state_crossing(ledger, &classes);
        let population = pairs_in_words(self.waves, self.later);
        let table = ClassTable {
            key: "crossing",
            title: self.title("Crossing the cut-off"),
            options: self.cut_off_in_words(),
            classes: classes.to_vec(),
            ..self.table("sdq.crossing", &population)
        };
        table.write_droppable(ledger);
    }

    fn cut_off_in_words(&self) -> String {
        let cut = cut_off(self.waves.informant, SdqForm::Ages4To17);
        cut.map_or_else(String::new, |cut| format!("cut_off={cut}"))
    }

    /// Those at or above the cut-off are the high band, then and now.
    fn state_crossing(&self, ledger: &mut Ledger, [below, above, high, _]: &[Class; 4]) {
        for (wave, left) in [(SdqWave::Baseline, below), (self.later.wave, above)] {
            let in_band = self.pairs().sum(Feature::InBand(wave, Band::Abnormal));
            ledger.sum(&in_band, &[left.tally.clone(), high.tally.clone()]);
        }
        let moved = |to: Band| self.moved(Band::Abnormal, to);
        ledger.sum(
            &below.tally,
            &[moved(Band::Normal), moved(Band::Borderline)],
        );
        let moved = |from: Band| self.moved(from, Band::Abnormal);
        ledger.sum(
            &above.tally,
            &[moved(Band::Normal), moved(Band::Borderline)],
        );
        ledger.sum(&high.tally, &[moved(Band::Abnormal)]);
    }

    fn moved(&self, from: Band, to: Band) -> Tally {
        super::band::moved(self.pairs(), self.later.wave, [from, to])
    }

    fn write_reliable(
        &self,
        ledger: &mut Ledger,
        named: &ReliableChange,
        index: ReliableChangeIndex,
    ) {
        let options = format!(
            "sd={};reliability={};smallest_change={}",
            named.sd,
            named.reliability,
            index.smallest_whole_change()
        );
        let population = pairs_in_words(self.waves, self.later);
        let reliable = RELIABLE.map(|(class, code, label)| Class {
            code,
            label,
            tally: self.tally(("reliable", code), |row| {
                self.reliable(row, index) == Some(class)
            }),
        });
        let table = ClassTable {
            title: self.title("Reliable change"),
            options: options.clone(),
            whole: self.pairs().n(),
            classes: reliable.to_vec(),
            ..self.table("sdq.reliable_change", &population)
        };
        table.write_with_pools(ledger, POOLS);
        let clinical = CLINICAL.map(|(class, code, label)| Class {
            code,
            label,
            tally: self.tally(("clinical", code), |row| {
                self.clinical(row, index) == Some(class)
            }),
        });
        self.state_clinical(ledger, index, &reliable, &clinical);
        let table = ClassTable {
            title: self.title("Reliable change and the cut-off together"),
            options: format!("{options};{}", self.cut_off_in_words()),
            classes: clinical.to_vec(),
            ..self.table("sdq.clinical_change", &population)
        };
        table.write_droppable(ledger);
    }

    /// How the classes with the cut-off add up to those without it, and to the crossings.
    fn state_clinical(
        &self,
        ledger: &mut Ledger,
        index: ReliableChangeIndex,
        [improved, unchanged, deteriorated]: &[Class; 3],
        [recovered, better, same, worse, harmed]: &[Class; 5],
    ) {
        for (whole, class, parts) in [
            (improved, ReliableClass::Improved, vec![recovered, better]),
            (unchanged, ReliableClass::Unchanged, vec![same]),
            (
                deteriorated,
                ReliableClass::Deteriorated,
                vec![worse, harmed],
            ),
        ] {
            let without = self.tally(("reliable without cut-off", whole.code), |row| {
                self.crossing(row).is_none() && self.reliable(row, index) == Some(class)
            });
            let mut parts: Vec<Tally> = parts.iter().map(|part| part.tally.clone()).collect();
            // A zero that follows from the form alone is no count to guard.
            if self.with_cut_off != self.pairs().n() {
                parts.push(without);
            }
            ledger.sum(&whole.tally, &parts);
        }
        for (crossed, code, reliably) in [
            (Crossing::Below, "below", recovered),
            (Crossing::Above, "above", harmed),
        ] {
            let is_crossed = |row: &Row<'_>| self.crossing(row) == Some(crossed);
            let all = self.tally(("crossing", code), is_crossed);
            let unreliably = self.tally(("crossing within the unsteadiness", code), |row| {
                is_crossed(row) && self.reliable(row, index) == Some(ReliableClass::Unchanged)
            });
            ledger.sum(&all, &[reliably.tally.clone(), unreliably]);
        }
    }

    fn write_not_named(&self, ledger: &mut Ledger) {
        let population = pairs_in_words(self.waves, self.later);
        for measure in ["sdq.reliable_change", "sdq.clinical_change"] {
            let subject = about(measure, self.waves.group(self.later.wave), &population);
            let kind = (Statistic::Count, Unit::Children);
            ledger.nothing(subject, kind, "reliable-change/1", NOT_NAMED);
        }
    }
}
