//! The book in which every estimate is written with the cells that it carries.

use std::collections::BTreeSet;

use kinfolk_model::{
    Breakdown, Carried, Cell, Estimate, Estimates, Key, MEASURES, Statistic, Sum, Unit, measure,
};
use kinfolk_stats::{
    Confidence, Estimated, Proportion, Sample, mean, median, wilson, wilson_clustered,
};

use super::entry::{
    Behind, Computed, Detail, NONE_TO_SHARE, Share, Subject, blank, refused, undecided_clustering,
};
use super::stability::Refusals;
use super::tally::Tally;

pub(super) struct Ledger {
    estimates: Estimates,
    confidence: Confidence,
    known_sums: BTreeSet<(String, Vec<String>)>,
    /// The arm that is being written; `None` for everyone.
    arm: Option<&'static Arm>,
    /// What is refused of the measures that are being written.
    refusals: Option<Refusals>,
}

/// A part of the children whose figures stand beside those of everyone.
#[derive(Debug)]
pub(super) struct Arm {
    /// The code in estimates.
    pub(super) code: &'static str,
    /// What is added to the words for a population.
    pub(super) words: &'static str,
}

impl Ledger {
    pub(super) fn new(confidence: Confidence) -> Self {
        Self {
            estimates: Estimates::default(),
            confidence,
            known_sums: BTreeSet::new(),
            arm: None,
            refusals: None,
        }
    }

    /// Refuses what the records cannot carry, from now on; `None` ends that.
    pub(super) fn refuse(&mut self, refusals: Option<Refusals>) {
        self.refusals = refusals;
    }

    /// Adds what another ledger holds, except for sums that are stated already.
    pub(super) fn append(&mut self, mut later: Self) {
        let is_new = |sum: &Sum| {
            let sum = (sum.total.clone(), sum.parts.clone());
            self.known_sums.insert(sum)
        };
        later.estimates.structure.sums.retain(is_new);
        self.estimates.extend(later.estimates);
    }

    /// The estimates, in the order of the catalogue of measures.
    pub(super) fn finish(mut self) -> Estimates {
        let place = |id: &str| {
            let known = measure(id)?;
            MEASURES.iter().position(|measure| measure.id == known.id)
        };
        self.estimates
            .records
            .sort_by_key(|estimate| place(&estimate.measure));
        self.estimates
    }

    pub(super) fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// Writes a count.
    pub(super) fn count(&mut self, subject: Subject, unit: Unit, count: &Tally) -> Key {
        self.noted_count(subject, unit, count, String::new())
    }

    /// Writes a count with a caution.
    pub(super) fn noted_count(
        &mut self,
        subject: Subject,
        unit: Unit,
        count: &Tally,
        note: String,
    ) -> Key {
        let carried = Carried {
            value: self.cell(count),
            ..Carried::default()
        };
        let estimate = Estimate {
            value: Some(count.value as f64),
            note,
            ..blank(subject, Statistic::Count, unit, "count/1")
        };
        self.write(estimate, carried)
    }

    /// Writes a count with the options that it depends on.
    pub(super) fn optioned_count(
        &mut self,
        subject: Subject,
        unit: Unit,
        count: &Tally,
        options: &str,
    ) -> Key {
        let key = self.count(subject, unit, count);
        if let Some(estimate) = self.estimates.records.last_mut() {
            estimate.options = options.to_owned();
        }
        key
    }

    /// Writes a count that stands for nobody and hangs together with nothing.
    pub(super) fn uncarried_count(&mut self, subject: Subject, unit: Unit, count: u64) -> Key {
        let estimate = Estimate {
            value: Some(count as f64),
            ..blank(subject, Statistic::Count, unit, "count/1")
        };
        self.write(estimate, Carried::default())
    }

    /// Writes a record that has no value, and why.
    pub(super) fn nothing(
        &mut self,
        subject: Subject,
        (statistic, unit): (Statistic, Unit),
        method: &str,
        note: &str,
    ) -> Key {
        let estimate = Estimate {
            note: note.to_owned(),
            ..blank(subject, statistic, unit, method)
        };
        self.write(estimate, Carried::default())
    }

    /// Writes a share with Wilson's interval.
    pub(super) fn share(&mut self, subject: Subject, share: &Share<'_>, options: &str) -> Key {
        let result = Proportion::new(share.numerator.value, share.denominator.value)
            .ok()
            .and_then(|proportion| wilson(proportion, self.confidence));
        let mut estimate = self.bounded(
            subject,
            Computed {
                statistic: Statistic::Proportion,
                unit: Unit::Proportion,
                method: "wilson/1",
                result,
            },
        );
        estimate.options = options.to_owned();
        self.write_share(estimate, share)
    }

    /// Writes a share whose trials come in clusters, one a child.
    pub(super) fn clustered_share(
        &mut self,
        subject: Subject,
        share: &Share<'_>,
        clusters: &[Proportion],
    ) -> Key {
        self.clustered_share_with(subject, share, clusters, "")
    }

    /// The same with the options that it depends on.
    pub(super) fn clustered_share_with(
        &mut self,
        subject: Subject,
        share: &Share<'_>,
        clusters: &[Proportion],
        options: &str,
    ) -> Key {
        let found = wilson_clustered(clusters, self.confidence);
        let mut estimate = self.bounded(
            subject,
            Computed {
                statistic: Statistic::Proportion,
                unit: Unit::Proportion,
                method: "wilson-cluster/1",
                result: found.map(|found| Estimated {
                    value: found.share,
                    interval: Some(found.interval),
                }),
            },
        );
        estimate.options = match options {
            "" => "cluster=child".to_owned(),
            options => format!("{options};cluster=child"),
        };
        if found.is_some_and(|found| found.design_effect.is_none()) {
            estimate.note = undecided_clustering(clusters);
        }
        self.write_share(estimate, share)
    }

    fn write_share(&mut self, mut estimate: Estimate, share: &Share<'_>) -> Key {
        estimate.numerator = Some(share.numerator.value);
        estimate.denominator = Some(share.denominator.value);
        estimate.n_missing = share.missing.map(|missing| missing.value);
        if estimate.value.is_none() {
            estimate.note = NONE_TO_SHARE.to_owned();
        }
        let carried = Carried {
            numerator: self.cell(share.numerator),
            denominator: self.cell(share.denominator),
            missing: share
                .missing
                .and_then(|missing| self.cell_unless_zero(missing)),
            ..Carried::default()
        };
        self.sum(
            share.denominator,
            &[share.numerator.clone(), share.rest.clone()],
        );
        self.write(estimate, carried)
    }

    /// Writes the mean of a sample.
    pub(super) fn mean(
        &mut self,
        subject: Subject,
        unit: Unit,
        sample: &Sample,
        behind: &Behind<'_>,
    ) -> Key {
        let result = mean(sample, self.confidence);
        let computed = Computed::of((Statistic::Mean, unit), "t/1", result);
        self.number(subject, computed, behind)
    }

    /// Writes the median of a sample.
    pub(super) fn median(
        &mut self,
        subject: Subject,
        unit: Unit,
        sample: &Sample,
        behind: &Behind<'_>,
    ) -> Key {
        let result = median(sample, self.confidence);
        let computed = Computed::of((Statistic::Median, unit), "median/1", result);
        self.number(subject, computed, behind)
    }

    /// Writes a number that is no count.
    pub(super) fn number(
        &mut self,
        subject: Subject,
        computed: Computed,
        behind: &Behind<'_>,
    ) -> Key {
        self.detailed(subject, computed, behind, Detail::default())
    }

    /// Writes a number that is no count, with the options of its method and what is to be said of it.
    pub(super) fn detailed(
        &mut self,
        subject: Subject,
        computed: Computed,
        behind: &Behind<'_>,
        detail: Detail,
    ) -> Key {
        let note = detail.note(&computed, behind.denominator.value);
        let mut estimate = self.bounded(subject, computed);
        estimate.denominator = Some(behind.denominator.value);
        estimate.n_missing = behind.missing.map(|missing| missing.value);
        estimate.options = detail.options;
        estimate.note = note;
        let carried = Carried {
            denominator: self.cell(behind.denominator),
            missing: behind
                .missing
                .and_then(|missing| self.cell_unless_zero(missing)),
            rests_on: self.cells(&behind.rests_on),
            mean_of: self.cells(&behind.mean_of),
            ..Carried::default()
        };
        self.write(estimate, carried)
    }

    /// Writes a number that does not tell how many it rests on.
    pub(super) fn without_count(
        &mut self,
        subject: Subject,
        computed: Computed,
        rests_on: &[Tally],
        detail: Detail,
    ) -> Key {
        let note = detail.note(&computed, rests_on.iter().map(|tally| tally.value).sum());
        let mut estimate = self.bounded(subject, computed);
        estimate.options = detail.options;
        estimate.note = note;
        let cells: Vec<&Tally> = rests_on.iter().collect();
        let carried = Carried {
            rests_on: self.cells(&cells),
            ..Carried::default()
        };
        self.write(estimate, carried)
    }

    fn bounded(&self, subject: Subject, computed: Computed) -> Estimate {
        let interval = computed.result.and_then(|result| result.interval);
        Estimate {
            value: computed.result.map(|result| result.value),
            lower: interval.map(|interval| interval.lower),
            upper: interval.map(|interval| interval.upper),
            level: interval.map(|_| self.confidence.level()),
            ..blank(subject, computed.statistic, computed.unit, computed.method)
        }
    }

    /// Writes estimates of an arm: the same measures and counts under a name of their own.
    pub(super) fn within(&mut self, arm: &'static Arm, write: impl FnOnce(&mut Self)) {
        self.arm = Some(arm);
        write(self);
        self.arm = None;
    }

    /// Whether estimates are those of an arm.
    pub(super) fn is_within_arm(&self) -> bool {
        self.arm.is_some()
    }

    /// States of every count that an arm and everyone have in common that the others are the rest.
    pub(super) fn tie_to_everyone(&mut self, arm: &Arm) {
        let cells = &self.estimates.structure.cells;
        let before = format!("{}: ", arm.code);
        let of_arm = cells.iter().filter_map(|(name, cell)| {
            let everyone = name.strip_prefix(&before)?;
            let whole = cells.get(everyone)?;
            Some((everyone.to_owned(), name.clone(), *whole, *cell))
        });
        let pairs: Vec<_> = of_arm.collect();
        for (everyone, of_arm, whole, part) in pairs {
            let others = format!("not {of_arm}");
            let cell = Cell {
                value: whole.value.saturating_sub(part.value),
                children: whole
                    .children
                    .zip(part.children)
                    .map(|(whole, part)| whole.saturating_sub(part)),
            };
            let structure = &mut self.estimates.structure;
            structure.cells.insert(others.clone(), cell);
            structure.sums.push(Sum {
                total: everyone,
                parts: vec![of_arm, others],
            });
        }
    }

    fn name_in_arm(&self, name: &str) -> String {
        match self.arm {
            Some(arm) => format!("{}: {name}", arm.code),
            None => name.to_owned(),
        }
    }

    fn write(&mut self, mut estimate: Estimate, mut carried: Carried) -> Key {
        let refusals = self.refusals.as_ref();
        if let Some(why) = refusals.and_then(|refusals| refusals.against(&estimate)) {
            estimate = refused(estimate, why);
            carried = Carried::default();
        }
        if let Some(arm) = self.arm {
            arm.code.clone_into(&mut estimate.arm);
            estimate.population = format!("{}{}", estimate.population, arm.words);
        }
        let key = estimate.key();
        if carried != Carried::default() {
            self.estimates
                .structure
                .carried
                .insert(key.clone(), carried);
        }
        self.estimates.records.push(estimate);
        key
    }

    fn cell(&mut self, tally: &Tally) -> Option<String> {
        let name = self.name_in_arm(&tally.name);
        let cells = &mut self.estimates.structure.cells;
        cells.insert(name.clone(), tally.cell());
        if let Some(scores) = tally.scores {
            self.estimates.structure.scores.insert(name.clone(), scores);
        }
        Some(name)
    }

    fn cells(&mut self, tallies: &[&Tally]) -> Vec<String> {
        let tallies = tallies.iter();
        tallies.filter_map(|tally| self.cell(tally)).collect()
    }

    /// That nobody is missing says nothing of anybody.
    fn cell_unless_zero(&mut self, tally: &Tally) -> Option<String> {
        if tally.is_zero() {
            None
        } else {
            self.cell(tally)
        }
    }

    /// States that the parts add up to the total. A total that is its own only part says nothing.
    pub(super) fn sum(&mut self, total: &Tally, parts: &[Tally]) {
        let name = self.name_in_arm(&total.name);
        let names: Vec<String> = parts
            .iter()
            .map(|part| self.name_in_arm(&part.name))
            .collect();
        let says_nothing = names.is_empty() || names.contains(&name);
        if says_nothing || !self.known_sums.insert((name.clone(), names.clone())) {
            return;
        }
        self.cell(total);
        for part in parts {
            self.cell(part);
        }
        self.estimates.structure.sums.push(Sum {
            total: name,
            parts: names,
        });
    }

    pub(super) fn breakdown(&mut self, mut breakdown: Breakdown) {
        if let Some(arm) = self.arm {
            breakdown.id = format!("{}[arm={}]", breakdown.id, arm.code);
            breakdown.title = format!("{}{}", breakdown.title, arm.words);
        }
        if !breakdown.rows.is_empty() {
            self.estimates.structure.breakdowns.push(breakdown);
        }
    }

    /// States that a set of records may be dropped whole.
    pub(super) fn droppable(
        &mut self,
        words: impl Into<String>,
        keys: impl IntoIterator<Item = Key>,
    ) {
        let keys: BTreeSet<Key> = keys.into_iter().collect();
        if !keys.is_empty() {
            let words = match self.arm {
                Some(arm) => format!("{}{}", words.into(), arm.words),
                None => words.into(),
            };
            self.estimates.structure.droppable.push((words, keys));
        }
    }
}
