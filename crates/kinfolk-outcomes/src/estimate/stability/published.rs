//! What official statistics publish about the same measures, for an authority and areas beside it.

use std::collections::BTreeSet;

use kinfolk_model::{
    Code, Estimate, Group, Neighbours, PublishedArea, PublishedMeasure, PublishedShare, Statistic,
    Unit,
};
use kinfolk_stats::{Confidence, Proportion, funnel_limits, overdispersion};

use crate::estimate::entry::{PUBLISHED, about, blank};
use crate::national::published_care;

const AREA: &str = "children in the published statistics";
const WITHHELD: &str = "the release withholds the numbers, or has no row for the area";

/// Beside whom published figures are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedOptions {
    /// The authority's name, as the statistics write it (case does not matter), or its three-digit code.
    pub authority: String,
    /// The year in which the return ends.
    pub year: i16,
    /// Which release the figures are from, since releases restate earlier years.
    pub release: String,
}

/// What is published for the authority, its region, its statistical neighbours and England; the
/// years before, for the authority and England; every authority's share by its number of children;
/// and between which shares authorities of a size would lie by chance around England's (95 and
/// 99.8 per cent), for every measure that `shares` are about. England in years that they do not have
/// comes from [`published_care`], and then the options name the release of that row. Everything in it
/// is public already. No authority is ranked.
pub fn estimate_published(
    shares: &[PublishedShare],
    neighbours: &[Neighbours],
    options: &PublishedOptions,
) -> Vec<Estimate> {
    let mut records = Vec::new();
    for measure in PublishedMeasure::ALL {
        let of_measure: Vec<&PublishedShare> = shares
            .iter()
            .filter(|share| share.measure == *measure)
            .collect();
        let in_year = |year| Beside {
            measure: *measure,
            year,
            shares: of_year(&of_measure, year),
            neighbours,
            options,
        };
        if !of_measure.is_empty() {
            let beside = in_year(options.year);
            beside.write(&mut records);
            beside.write_peers(&mut records);
        }
        let series = published_care().iter();
        let series = series.filter(|row| row.measure == *measure);
        let known: BTreeSet<i16> = of_measure
            .iter()
            .map(|share| share.year)
            .chain(series.map(|row| row.year))
            .collect();
        for year in known.into_iter().filter(|year| *year <= options.year) {
            in_year(year).write_year(&mut records);
        }
    }
    records
}

fn of_year<'s>(shares: &[&'s PublishedShare], year: i16) -> Vec<&'s PublishedShare> {
    let shares = shares.iter().copied();
    shares.filter(|share| share.year == year).collect()
}

pub(super) struct Beside<'p> {
    measure: PublishedMeasure,
    /// The year that the shares are about.
    year: i16,
    shares: Vec<&'p PublishedShare>,
    neighbours: &'p [Neighbours],
    options: &'p PublishedOptions,
}

impl Beside<'_> {
    fn write(&self, records: &mut Vec<Estimate>) {
        let own = self.authority();
        records.push(self.record("authority", own.into_iter().collect()));
        records.push(self.record("region", self.region(own)));
        records.push(self.record("neighbours", self.neighbours(own)));
        records.push(self.record("england", self.of_area(&PublishedArea::England)));
        for (code, level) in [("95", 0.95), ("99.8", 0.998)] {
            records.push(self.limits(own, code, level));
        }
    }

    fn authority(&self) -> Option<&PublishedShare> {
        let wanted = &self.options.authority;
        let mut shares = self.shares.iter().copied();
        shares.find(|share| share.area.is_authority(wanted))
    }

    /// The authority and England in a year of the series, where they have numbers.
    fn write_year(&self, records: &mut Vec<Estimate>) {
        let year = self.year.to_string();
        let own = self.record("authority", self.authority().into_iter().collect());
        let england = self.record("england", self.of_area(&PublishedArea::England));
        let england = match england.value {
            Some(_) => Some(england),
            None => self.in_national_series(),
        };
        for mut record in [Some(own), england].into_iter().flatten() {
            record.group = record.group.and("year", &year);
            records.extend(record.value.is_some().then_some(record));
        }
    }

    /// England in a year that the statistics at hand do not have.
    fn in_national_series(&self) -> Option<Estimate> {
        let mut rows = published_care().iter();
        let row = rows.find(|row| row.measure == self.measure && row.year == self.year)?;
        let share = PublishedShare {
            year: row.year,
            area: PublishedArea::England,
            measure: row.measure,
            numerator: Some(row.numerator),
            denominator: Some(row.denominator),
        };
        let options = format!("release={};year={}", row.release, row.year);
        Some(Estimate {
            options,
            ..self.record("england", vec![&share])
        })
    }

    /// Every authority of the year.
    pub(super) fn authorities(&self) -> Vec<&PublishedShare> {
        let shares = self.shares.iter().copied();
        shares
            .filter(|share| share.area.authority_code().is_some())
            .collect()
    }

    /// Whether an authority is the one that is reported on, a statistical neighbour of it, or neither.
    pub(super) fn role_of(&self, code: &str) -> &'static str {
        let own = self.authority().and_then(|own| own.area.authority_code());
        let mut lists = self.neighbours.iter();
        let near = lists.find(|list| Some(list.code.as_str()) == own);
        match near {
            _ if own == Some(code) => "own",
            Some(list) if list.neighbours.iter().any(|near| near == code) => "neighbour",
            _ => "other",
        }
    }

    /// England's share.
    pub(super) fn chance(&self) -> Option<f64> {
        known(self.of_area(&PublishedArea::England).first()?)?.share()
    }

    fn of_area(&self, area: &PublishedArea) -> Vec<&PublishedShare> {
        let shares = self.shares.iter().copied();
        shares.filter(|share| share.area == *area).collect()
    }

    fn region(&self, own: Option<&PublishedShare>) -> Vec<&PublishedShare> {
        match own.map(|own| &own.area) {
            Some(PublishedArea::Authority { region, .. }) => {
                self.of_area(&PublishedArea::Region(region.clone()))
            }
            _ => Vec::new(),
        }
    }

    fn neighbours(&self, own: Option<&PublishedShare>) -> Vec<&PublishedShare> {
        let is_neighbour = |share: &&PublishedShare| {
            let code = share.area.authority_code();
            own.is_some() && code.is_some_and(|code| self.role_of(code) == "neighbour")
        };
        self.authorities()
            .into_iter()
            .filter(is_neighbour)
            .collect()
    }

    pub(super) fn blank(&self, measure: &str, group: Group, method: &str) -> Estimate {
        let subject = about(measure, group, AREA);
        Estimate {
            options: format!("release={};year={}", self.options.release, self.year),
            ..blank(subject, Statistic::Proportion, Unit::Proportion, method)
        }
    }

    pub(super) fn group(&self, key: &str, code: &str) -> Group {
        Group::of("of", self.measure.code()).and(key, code)
    }

    /// One area, or several taken together: their numbers are added up.
    fn record(&self, area: &str, shares: Vec<&PublishedShare>) -> Estimate {
        let blank = self.blank("stability.published", self.group("area", area), PUBLISHED);
        let known: Vec<Proportion> = shares.iter().filter_map(|share| known(share)).collect();
        if known.is_empty() {
            let note = WITHHELD.to_owned();
            return Estimate { note, ..blank };
        }
        let numerator: u64 = known.iter().map(|share| share.successes()).sum();
        let denominator: u64 = known.iter().map(|share| share.trials()).sum();
        Estimate {
            value: Some(numerator as f64 / denominator as f64),
            numerator: Some(numerator),
            denominator: Some(denominator),
            note: note(area, shares.len(), known.len()),
            ..blank
        }
    }

    /// Around England's share, for an authority of this size.
    fn limits(&self, own: Option<&PublishedShare>, code: &str, level: f64) -> Estimate {
        let blank = self.blank("stability.funnel", self.group("limit", code), "funnel/1");
        let trials = own.and_then(|own| own.denominator);
        let (Some(chance), Some(trials)) = (self.chance(), trials) else {
            let note = WITHHELD.to_owned();
            return Estimate { note, ..blank };
        };
        let limits = Confidence::new(level)
            .ok()
            .and_then(|level| funnel_limits(chance, trials, level));
        Estimate {
            value: Some(chance),
            lower: limits.map(|limits| limits.lower),
            upper: limits.map(|limits| limits.upper),
            level: Some(level),
            denominator: Some(trials),
            note: self.dispersion(),
            ..blank
        }
    }

    /// Whether authorities differ by more than chance, in words.
    fn dispersion(&self) -> String {
        let all = self.authorities();
        let all: Vec<Proportion> = all.iter().filter_map(|share| known(share)).collect();
        match overdispersion(&all) {
            Some(times) if times > 1.0 => format!(
                "authorities vary {} times as much as chance alone would have it, so more of them lie \
                 outside than the limits say",
                kinfolk_model::format::number(times, 1)
            ),
            _ => String::new(),
        }
    }
}

pub(super) fn known(share: &PublishedShare) -> Option<Proportion> {
    let proportion = Proportion::new(share.numerator?, share.denominator?).ok()?;
    (proportion.trials() > 0).then_some(proportion)
}

fn note(area: &str, n: usize, n_known: usize) -> String {
    match area {
        "england" | "region" => "published numbers are rounded to ten".to_owned(),
        "neighbours" => format!("{n_known} of {n} neighbours have numbers"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(area: PublishedArea, numerator: Option<u64>, denominator: u64) -> PublishedShare {
        PublishedShare {
            year: 2025,
            area,
            measure: PublishedMeasure::ThreeOrMoreInYear,
            numerator,
            denominator: Some(denominator),
        }
    }

    fn authority(code: &str, name: &str) -> PublishedArea {
        PublishedArea::Authority {
            code: code.to_owned(),
            name: name.to_owned(),
            region: "North".to_owned(),
        }
    }

    fn published() -> Vec<Estimate> {
        let shares = [
            share(PublishedArea::England, Some(8500), 81_770),
            share(PublishedArea::Region("North".to_owned()), Some(600), 6000),
            share(authority("1", "Hartwell"), Some(31), 332),
            share(authority("2", "Oakshire"), Some(20), 100),
            share(authority("3", "Elmsea"), None, 50),
            share(authority("4", "Far"), Some(50), 100),
        ];
        let neighbours = [Neighbours {
            code: "1".to_owned(),
            neighbours: vec!["2".to_owned(), "3".to_owned()],
        }];
        let options = PublishedOptions {
            authority: "hartwell".to_owned(),
            year: 2025,
            release: "2025".to_owned(),
        };
        estimate_published(&shares, &neighbours, &options)
    }

    fn found(group: &str) -> Estimate {
        let group = format!("of=three_or_more_in_year;{group}");
        let mut records = published().into_iter();
        records.find(|r| r.group.to_string() == group).unwrap()
    }

    #[test]
    fn areas_stand_beside_the_authority() {
        let check = |area: &str, expected: (u64, u64)| {
            let record = found(&format!("area={area}"));
            assert_eq!(
                (record.numerator, record.denominator),
                (Some(expected.0), Some(expected.1))
            );
            assert_eq!(record.options, "release=2025;year=2025");
        };
        check("authority", (31, 332));
        check("region", (600, 6000));
        check("neighbours", (20, 100));
        check("england", (8500, 81_770));
        assert_eq!(
            found("area=neighbours").note,
            "1 of 2 neighbours have numbers"
        );
    }

    #[test]
    fn limits_are_for_the_authority_s_size_around_england_s_share() {
        let narrow = found("limit=95");
        let wide = found("limit=99.8");
        assert!(wide.lower < narrow.lower && narrow.upper < wide.upper);
        assert_eq!(
            narrow.lower.map(|share| (share * 332.0).round()),
            Some(24.0)
        );
        assert!(narrow.note.contains("chance alone"), "{}", narrow.note);
    }

    fn nowhere(shares: &[PublishedShare]) -> Vec<Estimate> {
        let options = PublishedOptions {
            authority: "Nowhere".to_owned(),
            year: 2025,
            release: "2024".to_owned(),
        };
        estimate_published(shares, &[], &options)
    }

    #[test]
    fn what_is_withheld_or_unknown_has_no_value_and_says_so() {
        let of_earlier = PublishedShare {
            year: 2024,
            ..share(PublishedArea::England, Some(8690), 83_630)
        };
        let records = nowhere(&[of_earlier]);
        let without: Vec<&Estimate> = records.iter().filter(|r| r.value.is_none()).collect();
        assert_eq!(without.len(), 6);
        assert!(without.iter().all(|r| r.note == WITHHELD));
    }

    #[test]
    fn england_in_other_years_is_the_series_with_its_own_release() {
        let of_earlier = PublishedShare {
            year: 2024,
            ..share(PublishedArea::England, Some(8690), 83_630)
        };
        let check = |shares: &[PublishedShare], group: &str, expected: Option<(u64, &str)>| {
            let records = nowhere(shares);
            let found = records.iter().find(|r| r.group.to_string() == group);
            let found = found.map(|r| (r.numerator.unwrap_or_default(), r.options.as_str()));
            assert_eq!(found, expected, "{group}");
        };
        let group = |year| format!("of=three_or_more_in_year;area=england;year={year}");
        let from_file = Some((8690, "release=2024;year=2024"));
        check(&[of_earlier], &group(2024), from_file);
        check(&[], &group(2024), Some((8860, "release=2025;year=2024")));
        check(&[], &group(2019), Some((8310, "release=2023;year=2019")));
        check(&[], &group(2016), None);
        let leavers = "of=suitable_accommodation_17_to_18;area=england;year=2025";
        check(&[], leavers, Some((13_380, "release=2025;year=2025")));
        check(&[], "of=three_or_more_in_year;area=england", None);
    }
}
