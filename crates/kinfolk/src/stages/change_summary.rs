//! What is said of all children's change, by informant.

use std::collections::BTreeMap;

use kinfolk_model::{Code, Estimate, Group, Informant, SdqForm, Statistic, Unit, format};
use kinfolk_outcomes::sdq::cut_off;
use kinfolk_stats::{
    ClinicalClass, Confidence, Crossing, EffectSize, Estimated, Interval, PairedEffectSizes,
    Proportion, ReliableClass, Sample, ZeroRule, expected_regression, mean, paired_difference,
    paired_effect_sizes, paired_t_test, wilcoxon_signed_rank, wilson,
};

use super::change::{ChildChange, SdqChanges, clinical_code, crossing_code, reliable_code};

/// The highest total.
const HIGHEST_TOTAL: u8 = 40;
const CHANGE: &str = "sdq.change";
/// Those at or above the cut-off at first.
const CONCERN: &str = "concern_at_baseline";
const NO_PAIR: &str = "no child has two totals of this informant on one form";
const NO_CUT_OFF: &str = "the form has no published cut-off";
/// What no test of change can tell from an effect.
const WITHOUT_COMPARISON: &str =
    "a change before and after; what would have happened otherwise is not known";

pub(super) fn summarise(changes: &SdqChanges) -> Vec<Estimate> {
    let mut by_informant: BTreeMap<Informant, Vec<&ChildChange>> = BTreeMap::new();
    for child in &changes.children {
        by_informant.entry(child.informant).or_default().push(child);
    }
    by_informant
        .into_iter()
        .flat_map(|(informant, children)| {
            let mut section = Section::new(changes, informant, children);
            section.write();
            section.records
        })
        .collect()
}

/// The estimates of one informant.
struct Section<'c> {
    changes: &'c SdqChanges,
    informant: Informant,
    children: Vec<&'c ChildChange>,
    pairs: Vec<&'c ChildChange>,
    first: Vec<f64>,
    last: Vec<f64>,
    records: Vec<Estimate>,
}

/// What a number is beside its value.
struct Entry {
    measure: &'static str,
    group: (&'static str, &'static str),
    statistic: Statistic,
    unit: Unit,
    method: &'static str,
    options: String,
    /// Why there is no value, where there are pairs.
    reason: &'static str,
}

impl<'c> Section<'c> {
    fn new(changes: &'c SdqChanges, informant: Informant, children: Vec<&'c ChildChange>) -> Self {
        let pairs: Vec<&ChildChange> = children
            .iter()
            .copied()
            .filter(|child| child.pair().is_some())
            .collect();
        let totals = pairs.iter().filter_map(|child| child.pair());
        let (first, last) = totals
            .map(|(first, last)| (f64::from(first), f64::from(last)))
            .unzip();
        Self {
            changes,
            informant,
            children,
            pairs,
            first,
            last,
            records: Vec::new(),
        }
    }

    fn write(&mut self) {
        self.write_means();
        self.write_difference();
        self.write_effect_sizes();
        self.write_tests();
        self.write_reliable();
        self.write_crossings();
        self.write_regression();
    }

    fn blank(&self, entry: &Entry) -> Estimate {
        let group = Group::of("informant", self.informant.code());
        let (key, value) = entry.group;
        Estimate {
            measure: entry.measure.to_owned(),
            population: "children with a first and a last total of this informant on one form"
                .to_owned(),
            arm: String::new(),
            group: group.and(key, value),
            statistic: entry.statistic,
            value: None,
            lower: None,
            upper: None,
            level: None,
            unit: entry.unit,
            numerator: None,
            denominator: Some(self.pairs.len() as u64),
            n_missing: Some((self.children.len() - self.pairs.len()) as u64),
            method: entry.method.to_owned(),
            options: entry.options.clone(),
            note: String::new(),
        }
    }

    fn push(&mut self, entry: &Entry, found: Option<Estimated>) {
        let interval = found.and_then(|found| found.interval);
        let note = match found {
            Some(_) if entry.measure == CHANGE => WITHOUT_COMPARISON,
            Some(_) => "",
            None if self.pairs.is_empty() => NO_PAIR,
            None => entry.reason,
        };
        let estimate = Estimate {
            value: found.map(|found| found.value),
            lower: interval.map(|interval| interval.lower),
            upper: interval.map(|interval| interval.upper),
            level: interval.map(|_| Confidence::default().level()),
            note: note.to_owned(),
            ..self.blank(entry)
        };
        self.records.push(estimate);
    }

    fn write_means(&mut self) {
        for (wave, totals) in [
            ("baseline", self.first.clone()),
            ("last", self.last.clone()),
        ] {
            let sample = Sample::new(totals).unwrap_or_default();
            let spread = sample.variance().map(f64::sqrt);
            let entry = |statistic, method| Entry {
                measure: "sdq.mean",
                group: ("wave", wave),
                statistic,
                unit: Unit::Points,
                method,
                options: String::new(),
                reason: "one total has no spread",
            };
            self.push(
                &entry(Statistic::Mean, "t-within-scale/1"),
                mean(&sample, Confidence::default()).map(within_scale),
            );
            self.push(
                &entry(Statistic::StandardDeviation, "standard-deviation/1"),
                spread.map(without_interval),
            );
        }
    }

    fn write_difference(&mut self) {
        let found = paired_difference(&self.first, &self.last, Confidence::default());
        let entry = Entry {
            measure: CHANGE,
            group: ("method", "paired"),
            statistic: Statistic::Difference,
            unit: Unit::Points,
            method: "paired-t/1",
            options: String::new(),
            reason: "",
        };
        self.push(&entry, found.ok().flatten());
    }

    fn write_effect_sizes(&mut self) {
        let sizes = paired_effect_sizes(&self.first, &self.last, Confidence::default());
        let sizes = sizes.ok().flatten();
        let of =
            |choose: fn(&PairedEffectSizes) -> Option<EffectSize>| sizes.as_ref().and_then(choose);
        for (code, divisor, size) in [
            (
                "d_av",
                "root of the mean of both variances",
                of(|sizes| sizes.d_av),
            ),
            (
                "d_pre",
                "standard deviation at the baseline",
                of(|sizes| sizes.d_pre),
            ),
            (
                "d_z",
                "standard deviation of the changes",
                of(|sizes| sizes.d_z),
            ),
        ] {
            let entry = Entry {
                measure: CHANGE,
                group: ("size", code),
                statistic: Statistic::EffectSize,
                unit: Unit::None,
                method: "paired-effect-size/1",
                options: format!("divisor={divisor};correction=Hedges"),
                reason: "fewer than three pairs, or totals without spread, give no size",
            };
            self.push(&entry, size.map(|size| size.corrected));
        }
    }

    fn write_tests(&mut self) {
        let t = paired_t_test(&self.first, &self.last).ok().flatten();
        let ranks = wilcoxon_signed_rank(&self.first, &self.last, ZeroRule::Drop);
        let ranks = ranks.ok().flatten();
        let entry = |test, method, options: &str, reason| Entry {
            measure: CHANGE,
            group: ("test", test),
            statistic: Statistic::PValue,
            unit: Unit::None,
            method,
            options: options.to_owned(),
            reason,
        };
        self.push(
            &entry(
                "paired_t",
                "paired-t-test/1",
                "",
                "changes without spread say nothing of chance",
            ),
            t.map(|test| without_interval(test.p_value)),
        );
        self.push(
            &entry(
                "wilcoxon",
                "signed-rank/1",
                "zeros=dropped",
                "nobody\u{2019}s total changed",
            ),
            ranks.map(|ranks| without_interval(ranks.p_value())),
        );
    }

    fn write_reliable(&mut self) {
        let index = self.changes.index();
        let options = self.index_in_words();
        for class in [
            ReliableClass::Improved,
            ReliableClass::Unchanged,
            ReliableClass::Deteriorated,
        ] {
            let share = self.share(|child| child.reliable_class(index), class);
            let group = ("class", reliable_code(class));
            self.push_share("sdq.reliable_change", group, &options, share);
        }
        for class in [
            ClinicalClass::Recovered,
            ClinicalClass::Improved,
            ClinicalClass::Unchanged,
            ClinicalClass::Deteriorated,
            ClinicalClass::Harmed,
        ] {
            let share = self.share(|child| child.clinical_class(index), class);
            let group = ("class", clinical_code(class));
            let options = format!("{options};{}", self.cut_off_in_words());
            self.push_share("sdq.clinical_change", group, &options, share);
        }
    }

    fn write_crossings(&mut self) {
        for kind in [
            Crossing::Below,
            Crossing::Above,
            Crossing::StayedAbove,
            Crossing::StayedBelow,
        ] {
            let share = self.share(ChildChange::crossing, kind);
            let group = ("crossing", crossing_code(kind));
            self.push_share("sdq.crossing", group, &self.cut_off_in_words(), share);
        }
    }

    /// How many pairs are in a class, of how many that have one.
    fn share<C: PartialEq>(
        &self,
        class_of: impl Fn(&ChildChange) -> Option<C>,
        class: C,
    ) -> (u64, u64) {
        let classes: Vec<C> = self
            .pairs
            .iter()
            .filter_map(|child| class_of(child))
            .collect();
        let n = classes.iter().filter(|found| **found == class).count();
        (n as u64, classes.len() as u64)
    }

    /// A share with its count.
    fn push_share(
        &mut self,
        measure: &'static str,
        group: (&'static str, &'static str),
        options: &str,
        (n, of): (u64, u64),
    ) {
        let entry = Entry {
            measure,
            group,
            statistic: Statistic::Proportion,
            unit: Unit::Proportion,
            method: "wilson/1",
            options: options.to_owned(),
            reason: NO_CUT_OFF,
        };
        let share = Proportion::new(n, of).ok();
        let found = share.and_then(|share| wilson(share, Confidence::default()));
        self.push(&entry, found);
        let n_missing = self.children.len() as u64 - of;
        if let Some(record) = self.records.last_mut() {
            record.numerator = Some(n);
            record.denominator = Some(of);
            record.n_missing = Some(n_missing);
        }
    }

    /// What those at or above the cut-off would fall by with no real change.
    fn write_regression(&mut self) {
        let Some(cut) = cut_off(self.informant, SdqForm::Ages4To17) else {
            return;
        };
        self.write_concern(cut);
        let reliability = self.changes.options().reliability;
        let sample = Sample::new(self.first.clone()).unwrap_or_default();
        let moments = sample.average().zip(sample.variance());
        let fall = moments.and_then(|(mean, variance)| {
            expected_regression(mean, variance.sqrt(), reliability, cut.into()).ok()
        });
        let entry = Entry {
            measure: "sdq.regression_to_mean",
            group: ("who", CONCERN),
            statistic: Statistic::Difference,
            unit: Unit::Points,
            method: "regression-to-the-mean/1",
            options: format!(
                "{};reliability={}",
                self.cut_off_in_words(),
                format::exact(reliability)
            ),
            reason: "baselines without spread have no expected change",
        };
        self.push(&entry, fall.map(|fall| without_interval(-fall)));
    }

    /// The change of those at or above the cut-off at first.
    fn write_concern(&mut self, cut: u8) {
        let pairs = self.first.iter().zip(&self.last);
        let (first, last): (Vec<f64>, Vec<f64>) =
            pairs.filter(|(first, _)| **first >= f64::from(cut)).unzip();
        let found = paired_difference(&first, &last, Confidence::default());
        let entry = Entry {
            measure: CHANGE,
            group: ("who", CONCERN),
            statistic: Statistic::Difference,
            unit: Unit::Points,
            method: "paired-t/1",
            options: self.cut_off_in_words(),
            reason: "no child was at or above the cut-off at first",
        };
        self.push(&entry, found.ok().flatten());
        if let Some(record) = self.records.last_mut() {
            record.denominator = Some(first.len() as u64);
            record.n_missing = None;
        }
    }

    fn index_in_words(&self) -> String {
        let options = self.changes.options();
        format!(
            "sd={};reliability={};smallest_change={}",
            format::exact(options.sd),
            format::exact(options.reliability),
            self.changes.index().smallest_whole_change()
        )
    }

    fn cut_off_in_words(&self) -> String {
        let cut = cut_off(self.informant, SdqForm::Ages4To17);
        cut.map_or_else(String::new, |cut| format!("cut_off={cut}"))
    }
}

/// No total lies outside 0 to 40, so no interval of their mean reaches further.
fn within_scale(found: Estimated) -> Estimated {
    let clamp = |interval: Interval| Interval {
        lower: interval.lower.max(0.0),
        upper: interval.upper.min(f64::from(HIGHEST_TOTAL)),
    };
    Estimated {
        interval: found.interval.map(clamp),
        ..found
    }
}

fn without_interval(value: f64) -> Estimated {
    Estimated {
        value,
        interval: None,
    }
}
