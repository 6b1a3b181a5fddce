//! What a quarterly return counts.

use std::collections::BTreeSet;

use kinfolk_model::{Country, Monitoring, Settings, Unit};

use super::tally::Tally;
use crate::Facts;

/// Something that a return counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReturnKind {
    Referrals,
    Starts,
    Conferences,
    Plans,
    Reviews,
    CoordinatorsTrained,
}

impl ReturnKind {
    pub(super) const ALL: [Self; 6] = [
        Self::Referrals,
        Self::Starts,
        Self::Conferences,
        Self::Plans,
        Self::Reviews,
        Self::CoordinatorsTrained,
    ];

    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Referrals => "referrals",
            Self::Starts => "starts",
            Self::Conferences => "conferences",
            Self::Plans => "plans",
            Self::Reviews => "reviews",
            Self::CoordinatorsTrained => "coordinators_trained",
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Referrals => "Referrals",
            Self::Starts => "Starts",
            Self::Conferences => "Conferences held",
            Self::Plans => "Plans made",
            Self::Reviews => "Reviews held",
            Self::CoordinatorsTrained => "Coordinators trained",
        }
    }

    pub(super) fn unit(self) -> Unit {
        match self {
            Self::Referrals => Unit::Referrals,
            Self::Starts => Unit::Children,
            Self::Conferences => Unit::Conferences,
            Self::Plans => Unit::Plans,
            Self::Reviews => Unit::Reviews,
            Self::CoordinatorsTrained => Unit::Coordinators,
        }
    }

    pub(super) fn of(self, row: &Monitoring) -> Option<u32> {
        match self {
            Self::Referrals => row.referrals,
            Self::Starts => row.starts,
            Self::Conferences => row.conferences,
            Self::Plans => row.plans,
            Self::Reviews => row.reviews,
            Self::CoordinatorsTrained => row.coordinators_trained,
        }
    }

    /// Everything but a coordinator stands for a child.
    fn tally(self, name: String, value: u64) -> Tally {
        match self {
            Self::CoordinatorsTrained => Tally::of_things(name, value),
            _ => Tally::of_people(name, value),
        }
    }
}

/// The returns of the period.
pub(super) struct Returns<'a> {
    rows: Vec<&'a Monitoring>,
    own_country: Country,
}

/// Which returns: all, those of one nation, or those of one programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slice {
    All,
    Country(Country),
    Programme(String),
}

/// The code and words for returns that name no programme.
pub(super) const NO_PROGRAMME: &str = "not_named";

impl<'a> Returns<'a> {
    /// A return belongs to the period when its quarter begins in it.
    pub(super) fn in_period(facts: &'a Facts, settings: &Settings) -> Self {
        let within = |row: &&Monitoring| settings.period.contains(row.quarter.first_day());
        Self {
            rows: facts.returns.iter().filter(within).collect(),
            own_country: settings.country,
        }
    }

    pub(super) fn of_slice(&self, slice: &Slice) -> Vec<&'a Monitoring> {
        let wanted = |row: &Monitoring| match slice {
            Slice::All => true,
            Slice::Country(country) => self.country(row) == *country,
            Slice::Programme(programme) => programme_code(row) == *programme,
        };
        self.rows
            .iter()
            .copied()
            .filter(|row| wanted(row))
            .collect()
    }

    /// The nations, when there are several.
    pub(super) fn countries(&self) -> Vec<Country> {
        let countries: BTreeSet<Country> = self.rows.iter().map(|row| self.country(row)).collect();
        several(countries)
    }

    /// The programmes, when there are several.
    pub(super) fn programmes(&self) -> Vec<String> {
        several(self.rows.iter().map(|row| programme_code(row)).collect())
    }

    fn country(&self, row: &Monitoring) -> Country {
        row.country.unwrap_or(self.own_country)
    }
}

fn several<T>(members: BTreeSet<T>) -> Vec<T> {
    if members.len() > 1 {
        members.into_iter().collect()
    } else {
        Vec::new()
    }
}

/// The name of a programme as a group can carry it.
fn programme_code(row: &Monitoring) -> String {
    match &row.programme {
        Some(programme) => programme.replace([';', '='], " "),
        None => NO_PROGRAMME.to_owned(),
    }
}

/// What a kind adds up to over some returns; `None` where none of them states it.
pub(super) fn add_up(kind: ReturnKind, name: String, rows: &[&Monitoring]) -> Option<Tally> {
    let stated: Vec<u64> = rows
        .iter()
        .filter_map(|row| kind.of(row))
        .map(u64::from)
        .collect();
    (!stated.is_empty()).then(|| kind.tally(name, stated.iter().sum()))
}

/// The name of the cell of a kind in a slice.
pub(super) fn cell_name(kind: ReturnKind, slice: &Slice) -> String {
    let code = kind.code();
    match slice {
        Slice::All => format!("returns/{code}"),
        Slice::Country(country) => format!("returns/{code}/country={country}"),
        Slice::Programme(programme) => format!("returns/{code}/programme={programme}"),
    }
}
