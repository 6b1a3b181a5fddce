//! The rules of each profile, as data.

use std::ops::RangeInclusive;

use kinfolk_model::{DisclosureProfile, Settings, Statistic};

/// The rules by which numbers are hidden and rounded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Which profile it is.
    pub id: DisclosureProfile,
    /// A count is hidden when the number of children behind it lies here; `None` hides nothing.
    pub hidden: Option<RangeInclusive<u64>>,
    /// Shown counts of children in a report about one authority are rounded to a multiple of this.
    pub local_base: u64,
    /// The same in a report about several authorities, or all.
    pub national_base: u64,
    /// Whether percentages are made from rounded counts.
    pub rounds_shares: bool,
    /// The fewest values that a mean, a median or a difference may rest on.
    pub fewest_in_mean: u64,
    /// Whether the lowest and the highest value may be shown; each belongs to one person.
    pub shows_extremes: bool,
    /// How many different values of each hidden count must agree with everything that is printed.
    pub possible_values: u64,
    /// The rules in words, for the methods section of a report.
    pub sentence: &'static str,
}

impl Profile {
    /// Whether a count with so many children behind it must be hidden.
    pub fn hides(&self, children: Option<u64>) -> bool {
        match (&self.hidden, children) {
            (Some(range), Some(children)) => range.contains(&children),
            _ => false,
        }
    }

    /// Whether a true zero is shown, so that a hidden count is known not to be zero.
    pub fn shows_zero(&self) -> bool {
        !self.hides(Some(0))
    }

    /// What shown counts of children are rounded to in a report with these settings: 1 for none.
    pub fn base(&self, settings: &Settings) -> u64 {
        if is_national(settings) {
            self.national_base
        } else {
            self.local_base
        }
    }

    /// Whether a figure of this kind may be shown when it rests on `n` values.
    pub(crate) fn allows(&self, statistic: Statistic, n: Option<u64>) -> bool {
        match statistic {
            Statistic::Mean
            | Statistic::Median
            | Statistic::StandardDeviation
            | Statistic::Difference
            | Statistic::MedianDifference => n.is_none_or(|n| n >= self.fewest_in_mean),
            Statistic::Minimum | Statistic::Maximum => self.shows_extremes,
            _ => true,
        }
    }
}

/// Whether a report is about several authorities, or about all of them.
pub(crate) fn is_national(settings: &Settings) -> bool {
    settings.authorities.len() != 1
}

/// The rules of a profile.
///
/// ```
/// use kinfolk_disclosure::profile;
/// use kinfolk_model::DisclosureProfile;
/// let rules = profile(DisclosureProfile::DfeCsc);
/// assert!(rules.hides(Some(5)) && !rules.hides(Some(6)) && !rules.hides(Some(0)));
/// ```
pub fn profile(id: DisclosureProfile) -> Profile {
    match id {
        DisclosureProfile::DfeCsc => dfe_csc(),
        DisclosureProfile::NhsRound5 => nhs_round5(),
        DisclosureProfile::Tre => tre(),
        DisclosureProfile::Internal => internal(),
    }
}

fn dfe_csc() -> Profile {
    Profile {
        id: DisclosureProfile::DfeCsc,
        hidden: Some(1..=5),
        local_base: 1,
        national_base: 10,
        rounds_shares: false,
        fewest_in_mean: 0,
        shows_extremes: true,
        possible_values: 2,
        sentence: "A number is withheld when 1 to 5 children stand behind it, and so is any number that would give such a number away; a true zero is shown. Percentages are whole. Counts for one authority are exact; counts for several authorities together are rounded to the nearest 10.",
    }
}

fn nhs_round5() -> Profile {
    Profile {
        id: DisclosureProfile::NhsRound5,
        hidden: Some(1..=7),
        local_base: 5,
        national_base: 5,
        rounds_shares: true,
        fewest_in_mean: 8,
        shows_extremes: true,
        possible_values: 2,
        sentence: "A number is withheld when 1 to 7 children stand behind it; every other number of children is rounded to the nearest 5, and percentages are made from the rounded numbers. Averages of fewer than 8 values are withheld. A true zero is shown.",
    }
}

fn tre() -> Profile {
    Profile {
        id: DisclosureProfile::Tre,
        hidden: Some(0..=9),
        local_base: 1,
        national_base: 1,
        rounds_shares: false,
        fewest_in_mean: 11,
        shows_extremes: false,
        possible_values: 3,
        sentence: "A number is withheld when fewer than 10 children stand behind it, none included, and so is any number that would give such a number away. Averages need at least 10 degrees of freedom. The lowest and the highest value are withheld, because each belongs to one person.",
    }
}

fn internal() -> Profile {
    Profile {
        id: DisclosureProfile::Internal,
        hidden: None,
        local_base: 1,
        national_base: 1,
        rounds_shares: false,
        fewest_in_mean: 0,
        shows_extremes: true,
        possible_values: 1,
        sentence: "Nothing is withheld. This report is for use inside the organisation and must not be passed on.",
    }
}
