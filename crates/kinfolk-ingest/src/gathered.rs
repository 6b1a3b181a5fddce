//! Findings as they come in: all are counted, and of those that are alike so many are listed as a
//! person could work through. A fault in a million cells is one fault.

use std::borrow::Cow;
use std::collections::BTreeMap;

use kinfolk_model::{Finding, Place};

use crate::rules::Rule;

/// How many findings of one rule in one column are listed.
pub(crate) const LISTED: u64 = 1000;

/// A rule and the column in which it is broken: a place without its row.
pub(crate) type Alike = (Cow<'static, str>, Place);

/// The rule and the column of a finding.
pub(crate) fn alike(finding: &Finding) -> Alike {
    let place = Place {
        row: None,
        header: None,
        ..finding.place.clone()
    };
    (finding.rule.clone(), place)
}

/// What was found so far.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    listed: Vec<Finding>,
    /// How many are alike, listed or not.
    counts: BTreeMap<Alike, u64>,
}

impl Gathered {
    pub(crate) fn push(&mut self, finding: Finding) {
        let n = self.counts.entry(alike(&finding)).or_default();
        *n += 1;
        if *n <= LISTED {
            self.listed.push(finding);
        }
    }

    /// Adds what was found in rows that follow.
    pub(crate) fn append(&mut self, later: Self) {
        self.extend(later.listed);
        for (alike, n) in later.counts {
            *self.counts.entry(alike).or_default() += n.saturating_sub(LISTED);
        }
    }

    /// Takes back what a rule found in a sheet.
    pub(crate) fn take_back(&mut self, rule: &Rule, sheet: &Place) {
        let is_meant = |found: &str, place: &Place| {
            found == rule.id && place.file == sheet.file && place.sheet == sheet.sheet
        };
        self.listed
            .retain(|finding| !is_meant(&finding.rule, &finding.place));
        self.counts
            .retain(|(found, place), _| !is_meant(found, place));
    }

    /// The findings that are listed, and how many more are alike.
    pub(crate) fn into_parts(self) -> (Vec<Finding>, BTreeMap<Alike, u64>) {
        let unlisted = self.counts.into_iter().filter_map(|(alike, n)| {
            let n = n.saturating_sub(LISTED);
            (n > 0).then_some((alike, n))
        });
        (self.listed, unlisted.collect())
    }
}

impl Extend<Finding> for Gathered {
    fn extend<T: IntoIterator<Item = Finding>>(&mut self, findings: T) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }
}

impl From<Vec<Finding>> for Gathered {
    fn from(findings: Vec<Finding>) -> Self {
        let mut gathered = Self::default();
        gathered.extend(findings);
        gathered
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    fn found(rows: std::ops::Range<u32>) -> Vec<Finding> {
        let at = |row| Place {
            file: "sdq.csv".to_owned(),
            row: Some(row),
            column: Some(3),
            ..Place::default()
        };
        rows.map(|row| rules::SDQ_OUTSIDE_RANGE.at(at(row), ""))
            .collect()
    }

    /// The rows that are listed, and how many more there are.
    fn told(gathered: Gathered) -> (Vec<u32>, u64) {
        let (listed, unlisted) = gathered.into_parts();
        let rows = listed.iter().filter_map(|finding| finding.place.row);
        (rows.collect(), unlisted.into_values().sum())
    }

    #[test]
    fn all_are_counted_and_the_first_are_listed_however_they_come_in() {
        let check = |parts: &[u32], n_unlisted: u64| {
            let mut gathered = Gathered::default();
            let mut start = 0;
            for n in parts {
                gathered.append(found(start..start + n).into());
                start += n;
            }
            let listed: Vec<u32> = (0..start.min(1000)).collect();
            assert_eq!(told(gathered), (listed, n_unlisted), "{parts:?}");
        };
        check(&[], 0);
        check(&[1000], 0);
        check(&[3000], 2000);
        check(&[400, 700, 1], 101);
        check(&[2500, 10, 1500], 3010);
    }

    #[test]
    fn what_is_taken_back_leaves_no_count() {
        let mut gathered = Gathered::from(found(0..1500));
        let sheet = |file: &str| Place {
            file: file.to_owned(),
            ..Place::default()
        };
        gathered.take_back(&rules::SDQ_OUTSIDE_RANGE, &sheet("other.csv"));
        gathered.take_back(&rules::DATE_ORDER, &sheet("sdq.csv"));
        gathered.take_back(&rules::SDQ_OUTSIDE_RANGE, &sheet("sdq.csv"));
        assert_eq!(told(gathered), (Vec::new(), 0));
    }
}
