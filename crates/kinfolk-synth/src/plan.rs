//! What is to be made up: for whom, when, how many children, from which seed.

use jiff::civil::date;
use kinfolk_model::{Country, Period};

use crate::random::Stream;

/// What one synthetic study is about.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyPlan {
    /// The invented authority.
    pub authority: String,
    /// Its nation.
    pub country: Country,
    /// The period that the study covers, a year or more.
    pub period: Period,
    /// Children referred.
    pub n_children: usize,
    /// The seed of every draw.
    pub seed: u64,
    /// The file of all authorities' figures that the study names for comparison, if any. It is not
    /// made here.
    pub benchmark: Option<String>,
}

/// Invented authorities with their nations; no two begin with the same three letters, because child
/// identifiers do.
const AUTHORITIES: [(&str, Country); 41] = [
    ("Hartwell", Country::England),
    ("Ashcombe", Country::England),
    ("Brackenfield", Country::England),
    ("Calderbrook", Country::England),
    ("Dunmarsh", Country::England),
    ("Eastmere", Country::England),
    ("Fallowdale", Country::England),
    ("Gorsely", Country::England),
    ("Highmoor", Country::England),
    ("Invermorrow", Country::Scotland),
    ("Juniper Vale", Country::England),
    ("Kestrelby", Country::England),
    ("Larkhaven", Country::England),
    ("Marlbury", Country::England),
    ("Netherwold", Country::England),
    ("Oakenholt", Country::England),
    ("Penmarrow", Country::England),
    ("Quenbeck", Country::England),
    ("Rushbeck", Country::England),
    ("Saltmarsh", Country::England),
    ("Thornmere", Country::England),
    ("Underfell", Country::England),
    ("Vennbridge", Country::England),
    ("Willowford", Country::England),
    ("Yarrowdale", Country::England),
    ("Aberlarne", Country::Scotland),
    ("Birchwold", Country::England),
    ("Cragmoor", Country::England),
    ("Dovermoss", Country::England),
    ("Elmstead Vale", Country::England),
    ("Fernhithe", Country::England),
    ("Glenharrow", Country::Scotland),
    ("Heatherbridge", Country::England),
    ("Ivybrook", Country::England),
    ("Kirkmuir", Country::Scotland),
    ("Llanferwyn", Country::Wales),
    ("Millhaven", Country::England),
    ("Northmarch", Country::England),
    ("Strathorrin", Country::Scotland),
    ("Tarnfield", Country::England),
    ("Wychmere", Country::England),
];

/// The year that plans cover.
const YEAR: Period = Period {
    start: date(2024, 4, 1),
    end: date(2025, 3, 31),
};

/// The names of the invented authorities.
pub fn authority_names() -> impl Iterator<Item = &'static str> {
    AUTHORITIES.iter().map(|(name, _)| *name)
}

/// The plan of the study that the repository shows: Hartwell in 2024-25. Its seed was chosen among
/// many, so that under the usual rules for small numbers most rows are shown, some joined and a few
/// withheld.
pub fn demo_plan() -> StudyPlan {
    StudyPlan {
        authority: AUTHORITIES[0].0.to_owned(),
        country: AUTHORITIES[0].1,
        period: YEAR,
        n_children: 72,
        seed: 16_985,
        benchmark: Some("benchmark.json".to_owned()),
    }
}

/// Plans of up to 41 authorities, with 8 to 120 children each: most small, a few large.
pub fn national_plans(n: usize, seed: u64) -> Vec<StudyPlan> {
    AUTHORITIES
        .iter()
        .enumerate()
        .take(n)
        .map(|(index, (name, country))| {
            let mut stream = Stream::of_child(seed, index);
            StudyPlan {
                authority: (*name).to_owned(),
                country: *country,
                period: YEAR,
                n_children: children_of(&mut stream),
                seed: seed.wrapping_mul(1000).wrapping_add(index as u64),
                benchmark: None,
            }
        })
        .collect()
}

/// The smaller of two draws, so that most authorities are small.
fn children_of(stream: &mut Stream) -> usize {
    let smaller = stream.between(8, 120).min(stream.between(8, 120));
    usize::try_from(smaller).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn identifiers_of_authorities_differ() {
        let prefixes: BTreeSet<&str> = authority_names().map(|name| &name[..3]).collect();
        assert_eq!(prefixes.len(), AUTHORITIES.len());
    }

    #[test]
    fn plans_follow_the_seed() {
        let plans = national_plans(41, 5);
        assert_eq!(plans.len(), 41);
        assert_eq!(plans, national_plans(41, 5));
        assert_ne!(plans, national_plans(41, 6));
        assert_eq!(plans[..7], national_plans(7, 5));
        assert!(
            plans
                .iter()
                .all(|plan| (8..=120).contains(&plan.n_children))
        );
        assert_eq!(national_plans(100, 5).len(), 41);
    }
}
