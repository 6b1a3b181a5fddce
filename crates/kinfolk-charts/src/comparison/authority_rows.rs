//! A contrast of one outcome in each authority, averaged over them, and over all but each.

use kinfolk_disclosure::{Release, Released};
use kinfolk_model::{Group, Statistic};

use super::contrast::Contrast;
use super::contrasts::{Look, Row};
use crate::marks::Mark;
use crate::reading::Reading;

/// The marks of the rows.
pub(super) const KEY: [(Mark, &str); 2] = [
    (Mark::Interval, "authority"),
    (Mark::Benchmark, "average over authorities"),
];

/// Rows in the order of the names of authorities.
pub(super) struct AuthorityRows<'a> {
    pub(super) rows: Vec<Row<'a>>,
    pub(super) contrast: Contrast,
}

impl<'a> AuthorityRows<'a> {
    /// Those of the first outcome that was compared by that statistic within authorities. `None` where none
    /// was, or no figure of two rows is shown.
    pub(super) fn of(release: &'a Release, statistic: Statistic) -> Option<Self> {
        let mut records = release.records().iter();
        let is_own = |released: &&Released| name(released, "authority", statistic).is_some();
        let first = records.find(is_own)?;
        let rows = Figures {
            release,
            first,
            statistic,
        }
        .rows();
        let contrast = Contrast::of(first);
        let n_shown = rows.iter().filter(|row| row.reading.value().is_some());
        (n_shown.count() >= 2).then_some(Self { rows, contrast })
    }

    /// The average over authorities with its interval, where there is one.
    pub(super) fn average(&self) -> Option<(f64, (f64, f64))> {
        let average = self.rows.iter().find(|row| row.look == Look::Average)?;
        Some((average.reading.value()?, average.reading.interval()?))
    }

    /// The title where no average is shown.
    pub(super) fn without_average(&self) -> String {
        let mut rows = self.rows.iter();
        let average = rows.find(|row| row.look == Look::Average);
        match average.is_some_and(|row| row.reading.is_hidden()) {
            true => "The average over authorities is withheld",
            false => "Too few authorities for an average",
        }
        .to_owned()
    }

    /// Whether it is said where another authority may lie.
    pub(super) fn has_range(&self) -> bool {
        self.rows.iter().any(|row| row.look == Look::Range)
    }

    /// Whether any figure is withheld.
    pub(super) fn hides(&self) -> bool {
        self.rows.iter().any(|row| row.reading.is_hidden())
    }

    /// How many authorities have a figure of their own that is shown.
    pub(super) fn n_shown(&self) -> usize {
        let is_shown = |row: &&Row<'_>| {
            let group = row.reading.0.map(Released::group);
            group.is_some_and(|group| group.get("authority").is_some())
                && row.reading.value().is_some()
        };
        self.rows.iter().filter(is_shown).count()
    }
}

/// The figures of one outcome.
struct Figures<'a> {
    release: &'a Release,
    /// One of them.
    first: &'a Released,
    statistic: Statistic,
}

impl<'a> Figures<'a> {
    fn rows(&self) -> Vec<Row<'a>> {
        let row = |heading, label: String, released: &'a Released| Row {
            look: Look::MadeAlike,
            heading,
            label,
            of: of_authorities(released),
            reading: Reading(Some(released)),
        };
        let within = self.named("authority");
        let within = within.map(|(name, released)| row(None, name.to_owned(), released));
        let without = self.named("without").enumerate();
        let without = without.map(|(at, (name, released))| {
            let heading = (at == 0).then_some("All but one");
            row(heading, format!("Without {name}"), released)
        });
        within.chain(self.average()).chain(without).collect()
    }

    fn named(&self, key: &'static str) -> impl Iterator<Item = (&'a str, &'a Released)> {
        let (outcome, statistic) = (self.outcome(), self.statistic);
        let own = self.release.of(self.first.measure());
        own.filter(move |released| released.group().get("outcome") == outcome)
            .filter_map(move |released| Some((name(released, key, statistic)?, released)))
    }

    /// The outcome, where the measure does not name it.
    fn outcome(&self) -> Option<&'a str> {
        self.first.group().get("outcome")
    }

    /// The average over authorities and what another might see, where there is an average.
    fn average(&self) -> Vec<Row<'a>> {
        let group = self
            .outcome()
            .map_or(Group::all(), |outcome| Group::of("outcome", outcome));
        let of = |part: &str| {
            let group = group.clone().and("pooled", part);
            self.release
                .get(self.first.measure(), &group, self.statistic)
        };
        let Some(average) = of("average") else {
            return Vec::new();
        };
        let n = average.denominator().figure();
        let row = |look, label: &str, released| Row {
            look,
            heading: None,
            label: label.to_owned(),
            of: Some(n.map_or_else(String::new, |n| format!("{n} authorities"))),
            reading: Reading(Some(released)),
        };
        let next = of("next").map(|next| row(Look::Range, "Another might see", next));
        let average = row(Look::Average, "Average", average);
        [average].into_iter().chain(next).collect()
    }
}

/// Over how many authorities an average is; `None` for what rests on children.
fn of_authorities(released: &Released) -> Option<String> {
    let is_average = released.group().get("method").is_none();
    let n = released.denominator().figure().filter(|_| is_average);
    n.map(|n| format!("{n} authorities"))
}

/// The authority under a key, of a figure of that statistic.
fn name<'a>(released: &'a Released, key: &str, statistic: Statistic) -> Option<&'a str> {
    let is_own = released.statistic() == statistic;
    released.group().get(key).filter(|_| is_own)
}
