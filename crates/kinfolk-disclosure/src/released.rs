//! Figures that may leave the building.

use kinfolk_model::{Arm, Code, DisclosureProfile, Group, Key, Settings, Statistic, Unit, format};

use crate::Audit;
use crate::plan::Known;
use crate::profile::profile;

/// A figure, or why none is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shown<T> {
    /// The figure.
    Figure(T),
    /// Withheld to protect children; printed as `[c]`.
    Withheld,
    /// There is none; printed as `[x]`, and the note says why.
    Absent,
}

impl<T: Copy> Shown<T> {
    /// The figure, if it is shown.
    pub fn figure(self) -> Option<T> {
        match self {
            Self::Figure(figure) => Some(figure),
            Self::Withheld | Self::Absent => None,
        }
    }

    /// Whether it is withheld.
    pub fn is_withheld(self) -> bool {
        matches!(self, Self::Withheld)
    }
}

/// An estimate after disclosure control. Only this crate makes one:
///
/// ```compile_fail,E0451
/// # use kinfolk_disclosure::{Released, Shown};
/// # fn forge(released: Released) -> Released {
/// Released { value: Shown::Figure(3.0), ..released }
/// # }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Released {
    pub(crate) key: Key,
    pub(crate) population: String,
    pub(crate) value: Shown<f64>,
    pub(crate) interval: Shown<(f64, f64)>,
    pub(crate) level: Option<f64>,
    pub(crate) unit: Unit,
    pub(crate) numerator: Shown<u64>,
    pub(crate) denominator: Shown<u64>,
    pub(crate) n_missing: Shown<u64>,
    pub(crate) is_rounded: bool,
    pub(crate) method: String,
    pub(crate) options: String,
    pub(crate) note: String,
}

impl Released {
    /// What names it.
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// The measure id.
    pub fn measure(&self) -> &str {
        &self.key.measure
    }

    /// The part.
    pub fn group(&self) -> &Group {
        &self.key.group
    }

    /// The kind of number.
    pub fn statistic(&self) -> Statistic {
        self.key.statistic
    }

    /// Who is counted, in words.
    pub fn population(&self) -> &str {
        &self.population
    }

    /// The number, rounded as the profile says.
    pub fn value(&self) -> Shown<f64> {
        self.value
    }

    /// The interval.
    pub fn interval(&self) -> Shown<(f64, f64)> {
        self.interval
    }

    /// The level of the interval.
    pub fn level(&self) -> Option<f64> {
        self.level
    }

    /// What the value is counted in.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// How many had it.
    pub fn numerator(&self) -> Shown<u64> {
        self.numerator
    }

    /// Out of how many.
    pub fn denominator(&self) -> Shown<u64> {
        self.denominator
    }

    /// How many more have no value.
    pub fn n_missing(&self) -> Shown<u64> {
        self.n_missing
    }

    /// Whether its counts are rounded.
    pub fn is_rounded(&self) -> bool {
        self.is_rounded
    }

    /// Whether any of its numbers is withheld.
    pub fn is_withheld(&self) -> bool {
        self.value.is_withheld()
            || self.interval.is_withheld()
            || self.numerator.is_withheld()
            || self.denominator.is_withheld()
            || self.n_missing.is_withheld()
    }

    /// Whether a number above zero is shown, leaving the number missing aside.
    pub(crate) fn shows_a_number(&self) -> bool {
        let counts = [self.numerator, self.denominator];
        self.value.figure().is_some_and(|value| value != 0.0)
            || counts
                .iter()
                .any(|count| count.figure().is_some_and(|count| count > 0))
    }

    /// The method and its version.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The options of the method.
    pub fn options(&self) -> &str {
        &self.options
    }

    /// Why there is no value, or a caution.
    pub fn note(&self) -> &str {
        &self.note
    }
}

/// A row of a breakdown as it is published: a member, or several joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasedRow {
    /// The code under which its records stand in `Group`.
    pub code: String,
    /// The words.
    pub label: String,
    /// The labels of the members that were joined; empty for a row that stands alone.
    pub joined: Vec<String>,
}

/// What disclosure control can do to a figure that is too small to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Rows are shown together.
    Joined,
    /// A table, or a part of one, is left out.
    LeftOut,
    /// Numbers are withheld where they would stand.
    Withheld,
}

/// Something that disclosure control did, in words for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The id of the breakdown or the measure.
    pub about: String,
    /// What was done.
    pub action: Action,
    /// To what, in words that can stand in a list, e.g. `Children at each step: ‘Conference held’
    /// and ‘Plan made’`.
    pub what: String,
}

impl Decision {
    /// One plain sentence with the reason.
    pub fn sentence(&self) -> String {
        let what = &self.what;
        match self.action {
            Action::Joined => format!(
                "Shown together, because too few children stand behind at least one: {what}."
            ),
            Action::LeftOut => {
                format!("Not shown, because too few children stand behind part of it: {what}.")
            }
            Action::Withheld => format!(
                "Some numbers are withheld ({}), because too few children stand behind them or behind a number that they would give away: {what}.",
                format::WITHHELD
            ),
        }
    }
}

/// Released figures of all authorities, for comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Benchmark {
    /// What they are called, e.g. `All authorities`.
    pub label: String,
    /// The figures.
    pub records: Vec<Released>,
}

/// Everything of a study that may leave the building.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    pub(crate) settings: Settings,
    pub(crate) records: Vec<Released>,
    pub(crate) breakdowns: Vec<(String, Vec<ReleasedRow>)>,
    pub(crate) decisions: Vec<Decision>,
    pub(crate) benchmark: Option<Benchmark>,
    pub(crate) audit: Audit,
    /// What a reader knows of each count of children: what a national report must not add to.
    pub(crate) known: Known,
}

impl Release {
    /// What the study is about, and its options.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The rules that were applied.
    pub fn profile(&self) -> DisclosureProfile {
        self.settings.disclosure
    }

    /// Said where counts of children are rounded and the shares beside them are those of the exact counts; `None`
    /// where counts are exact, or shares those of the rounded ones.
    pub fn rounding_note(&self) -> Option<String> {
        let profile = profile(self.settings.disclosure);
        let base = profile.base(&self.settings);
        (base > 1 && !profile.rounds_shares).then(|| {
            format!(
                "Counts of children are rounded to the nearest {base}, shares are not of those."
            )
        })
    }

    /// Every figure, in the order of the report.
    pub fn records(&self) -> &[Released] {
        &self.records
    }

    /// The figure with that measure, part and kind.
    pub fn get(&self, measure: &str, group: &Group, statistic: Statistic) -> Option<&Released> {
        find(&self.records, measure, group, statistic)
    }

    /// The figure of one arm with that measure, part and kind.
    pub fn in_arm(
        &self,
        measure: &str,
        arm: Arm,
        group: &Group,
        statistic: Statistic,
    ) -> Option<&Released> {
        self.records.iter().find(|released| {
            released.key.arm == arm.code()
                && released.measure() == measure
                && released.group() == group
                && released.statistic() == statistic
        })
    }

    /// The figures of one measure, in order.
    pub fn of<'a>(&'a self, measure: &'a str) -> impl Iterator<Item = &'a Released> {
        self.records
            .iter()
            .filter(move |released| released.measure() == measure)
    }

    /// The rows of a breakdown as they are published, e.g. of `objectives.category`; empty when the
    /// study has no such breakdown.
    pub fn rows(&self, breakdown: &str) -> &[ReleasedRow] {
        self.breakdowns
            .iter()
            .find(|(id, _)| id == breakdown)
            .map_or(&[], |(_, rows)| rows)
    }

    /// What disclosure control did.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// What the audit found.
    pub fn audit(&self) -> &Audit {
        &self.audit
    }

    /// The release with figures of all authorities for comparison.
    #[must_use]
    pub fn with_benchmark(mut self, benchmark: Benchmark) -> Self {
        self.benchmark = Some(benchmark);
        self
    }

    /// The release with some figures of one authority as its own release shows them, under a group
    /// that begins with the authority. What is withheld there is withheld here.
    #[must_use]
    pub fn with_figures_of(
        mut self,
        authority: &str,
        other: &Self,
        is_wanted: impl Fn(&Released) -> bool,
    ) -> Self {
        let wanted = other.records.iter().filter(|released| is_wanted(released));
        self.records.extend(wanted.map(|released| {
            let mut released = released.clone();
            let parts = released.key.group.pairs();
            let whole = Group::of("authority", authority);
            released.key.group = parts.fold(whole, |group, (key, value)| group.and(key, value));
            released
        }));
        self
    }

    /// Figures of all authorities, for comparison.
    pub fn benchmark(&self) -> Option<&Benchmark> {
        self.benchmark.as_ref()
    }

    /// The figure of all authorities with that measure, part and kind.
    pub fn compared(
        &self,
        measure: &str,
        group: &Group,
        statistic: Statistic,
    ) -> Option<&Released> {
        find(&self.benchmark.as_ref()?.records, measure, group, statistic)
    }
}

fn find<'a>(
    records: &'a [Released],
    measure: &str,
    group: &Group,
    statistic: Statistic,
) -> Option<&'a Released> {
    records.iter().find(|released| {
        released.measure() == measure
            && released.group() == group
            && released.statistic() == statistic
            && released.key.arm.is_empty()
    })
}
