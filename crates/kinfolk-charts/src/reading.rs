//! Released figures as charts read them.

use kinfolk_disclosure::{Release, Released, Shown};
use kinfolk_model::{Group, Statistic, format};

use crate::figure::DataCell;

/// Percentages are not given for fewer than this.
pub(crate) const FEWEST_FOR_SHARES: f64 = 20.0;
/// Fewer than this are not drawn.
pub(crate) const FEWEST_TO_DRAW: f64 = 10.0;
/// What stands where an interval would say nothing.
pub(crate) const TOO_FEW: &str = "too few to tell";

/// A figure, which a release may hold, withhold or lack.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'a>(pub(crate) Option<&'a Released>);

impl<'a> Reading<'a> {
    /// The figure of a release with that measure, part and kind.
    pub(crate) fn of(release: &'a Release, measure: &str, group: &Group, kind: Statistic) -> Self {
        Self(release.get(measure, group, kind))
    }

    /// The same of all authorities.
    pub(crate) fn compared(
        release: &'a Release,
        measure: &str,
        group: &Group,
        kind: Statistic,
    ) -> Self {
        Self(release.compared(measure, group, kind))
    }

    /// The number, if it is shown.
    pub(crate) fn value(self) -> Option<f64> {
        self.0?.value().figure()
    }

    /// The interval, if it is shown.
    pub(crate) fn interval(self) -> Option<(f64, f64)> {
        self.0?.interval().figure()
    }

    /// How many had it, if that is shown.
    pub(crate) fn numerator(self) -> Option<u64> {
        self.0?.numerator().figure()
    }

    /// Out of how many, if that is shown.
    pub(crate) fn denominator(self) -> Option<u64> {
        self.0?.denominator().figure()
    }

    /// Whether something is hidden: a figure that is withheld, or one that is not there because its
    /// whole set was dropped.
    pub(crate) fn is_hidden(self) -> bool {
        self.0.is_none_or(|released| released.value().is_withheld())
    }

    /// Whether there is a figure, be it shown or withheld.
    pub(crate) fn is_there(self) -> bool {
        self.0
            .is_some_and(|released| released.value() != Shown::Absent)
    }

    /// The number where enough stand behind it for a percentage.
    pub(crate) fn sound_share(self) -> Option<f64> {
        let enough = self.denominator()? as f64 >= FEWEST_FOR_SHARES;
        self.value().filter(|_| enough)
    }

    /// Whether there is a share, with too few behind it for a percentage.
    pub(crate) fn is_small(self) -> bool {
        self.value().is_some() && self.sound_share().is_none()
    }

    /// The interval of a share where it says something: enough behind it, and no wider than half
    /// the scale.
    pub(crate) fn sound_interval(self) -> Option<(f64, f64)> {
        self.sound_share()?;
        self.interval().filter(|(low, high)| high - low <= 0.5)
    }

    /// `74%`; `[c]`; nothing where too few stand behind it.
    pub(crate) fn share_text(self) -> String {
        match self.sound_share() {
            Some(share) => format::share(share),
            None if self.is_small() => String::new(),
            None => self.sign().to_owned(),
        }
    }

    /// `58 of 78`, or the sign for what is not shown.
    pub(crate) fn base_text(self) -> String {
        match (self.numerator(), self.denominator()) {
            (Some(numerator), Some(denominator)) => format::of(numerator, denominator),
            _ => self.sign().to_owned(),
        }
    }

    /// `58 of 78`; `58 of [c]` where only one of the two is shown.
    pub(crate) fn known_base_text(self) -> String {
        match (self.numerator(), self.denominator()) {
            (Some(numerator), None) => format!("{} of {}", format::count(numerator), self.sign()),
            (None, Some(denominator)) => {
                format!("{} of {}", self.sign(), format::count(denominator))
            }
            _ => self.base_text(),
        }
    }

    /// `64% to 83%`, `too few to tell`, or the sign for what is not shown.
    pub(crate) fn interval_text(self) -> String {
        match self.sound_interval() {
            Some((low, high)) => {
                format!("{} to {}", format::share(low), format::share(high))
            }
            None if self.value().is_some() => TOO_FEW.to_owned(),
            None => self.sign().to_owned(),
        }
    }

    /// `[c]` or `[x]`: why there is no number.
    pub(crate) fn sign(self) -> &'static str {
        match self.0.map(Released::value) {
            Some(Shown::Absent) => format::NOT_AVAILABLE,
            _ => format::WITHHELD,
        }
    }

    /// A cell of the table with words that show this figure.
    pub(crate) fn cell(self, text: impl Into<String>) -> DataCell {
        let text = text.into();
        DataCell {
            number: number_in(&text),
            key: self.0.map(|released| released.key().to_string()),
            text,
        }
    }

    /// A cell with a count.
    pub(crate) fn count_cell(self) -> DataCell {
        self.cell(self.value().map_or(self.sign().to_owned(), count))
    }

    /// A cell with the numerator.
    pub(crate) fn numerator_cell(self) -> DataCell {
        self.cell(
            self.numerator()
                .map_or(self.sign().to_owned(), format::count),
        )
    }

    /// A cell with the denominator.
    pub(crate) fn denominator_cell(self) -> DataCell {
        self.cell(
            self.denominator()
                .map_or(self.sign().to_owned(), format::count),
        )
    }

    /// A cell with the share, or why there is none.
    pub(crate) fn share_cell(self) -> DataCell {
        match self.share_text() {
            text if text.is_empty() => self.cell(TOO_FEW),
            text => self.cell(text),
        }
    }

    /// A cell with a figure of all authorities. Its estimate stands in their own file, so the cell
    /// names no key of this study.
    pub(crate) fn compared_cell(self, text: impl Into<String>) -> DataCell {
        DataCell {
            key: None,
            ..self.cell(text)
        }
    }

    /// A cell with the interval.
    pub(crate) fn interval_cell(self) -> DataCell {
        self.cell(self.interval_text())
    }

    /// A cell with a mean, one decimal.
    pub(crate) fn mean_cell(self) -> DataCell {
        let text = self.value().map(|mean| format::number(mean, 1));
        self.cell(text.unwrap_or(self.sign().to_owned()))
    }
}

/// A whole number as charts print it.
pub(crate) fn count(value: f64) -> String {
    format::count(value.round().max(0.0) as u64)
}

/// The number that a text shows, when it shows one: 0.74 for `74%`.
fn number_in(text: &str) -> Option<f64> {
    let (digits, divisor) = match text.strip_suffix('%') {
        Some(digits) => (digits, 100.0),
        None => (text, 1.0),
    };
    let plain = digits.replace('\u{2212}', "-").replace([',', '+', '£'], "");
    plain.parse::<f64>().ok().map(|number| number / divisor)
}

#[cfg(test)]
mod tests {
    use super::number_in;

    fn check(text: &str, expected: Option<f64>) {
        assert_eq!(number_in(text), expected, "{text}");
    }

    #[test]
    fn a_cell_holds_the_number_that_its_text_shows() {
        check("74%", Some(0.74));
        check("1,240", Some(1240.0));
        check("+15.0", Some(15.0));
        check("\u{2212}1.9", Some(-1.9));
        check("0", Some(0.0));
        check("\u{2212}£15,655", Some(-15_655.0));
        check("[c]", None);
        check("64% to 83%", None);
        check("", None);
    }
}
