//! Returns of several authorities as one.

use std::collections::BTreeMap;

use kinfolk_model::ChildId;
use kinfolk_model::care::{CareRecords, CareReturns, ReturnAccount};

use super::below;

/// The returns of one study, with the name of its folder.
pub(super) type Part<'a> = (&'a str, &'a CareReturns);

/// Whether the returns of all are of one kind and about the same years, so that they can be one:
/// where one ends early, what is open in it would seem to have ended.
pub(super) fn can_be_one(parts: &[Part<'_>]) -> bool {
    let about = |part: &Part<'_>| (part.1.records.years.clone(), part.1.records.source);
    parts
        .windows(2)
        .all(|pair| about(&pair[0]) == about(&pair[1]))
}

/// The returns of all, with identifiers made unique by the folder.
pub(super) fn join_returns(parts: &[Part<'_>]) -> CareReturns {
    let (records, places) = join_children(parts);
    let mut whole = CareReturns {
        records,
        tables: join_accounts(parts),
    };
    for ((_, part), places) in parts.iter().zip(&places) {
        add_rows(&mut whole.records, &part.records, places);
    }
    let records = &mut whole.records;
    records.episodes.sort_by_key(|row| row.child);
    records.missing.sort_by_key(|row| row.child);
    records.care_leavers.sort_by_key(|row| row.child);
    records.yearly.sort_by_key(|row| row.child);
    whole
}

/// All children by their new identifiers, and where each child of each part now stands.
fn join_children(parts: &[Part<'_>]) -> (CareRecords, Vec<Vec<u32>>) {
    let mut places: Vec<Vec<u32>> = parts
        .iter()
        .map(|(_, part)| vec![0; part.records.children.len()])
        .collect();
    let mut named = Vec::new();
    for (at, (folder, part)) in parts.iter().enumerate() {
        for (place, child) in part.records.children.iter().enumerate() {
            let child_id = ChildId::new(&below(folder, child.child_id.as_str()));
            named.push((child_id, at, place));
        }
    }
    named.sort();
    let first = parts.first().map(|(_, part)| &part.records);
    let mut records = CareRecords {
        years: first.map(|first| first.years.clone()).unwrap_or_default(),
        source: first.map(|first| first.source).unwrap_or_default(),
        ..CareRecords::default()
    };
    for (child_id, at, place) in named {
        places[at][place] = u32::try_from(records.children.len()).unwrap_or(u32::MAX);
        let mut child = parts[at].1.records.children[place].clone();
        child.child_id = child_id;
        records.children.push(child);
    }
    (records, places)
}

fn add_rows(whole: &mut CareRecords, part: &CareRecords, places: &[u32]) {
    let moved = |child: u32| places[child as usize];
    whole.episodes.extend(part.episodes.iter().map(|row| {
        let mut row = *row;
        row.child = moved(row.child);
        row
    }));
    whole.missing.extend(part.missing.iter().map(|row| {
        let mut row = *row;
        row.child = moved(row.child);
        row
    }));
    whole
        .care_leavers
        .extend(part.care_leavers.iter().map(|row| {
            let mut row = *row;
            row.child = moved(row.child);
            row
        }));
    whole.yearly.extend(part.yearly.iter().map(|row| {
        let mut row = *row;
        row.child = moved(row.child);
        row
    }));
}

fn join_accounts(parts: &[Part<'_>]) -> Vec<ReturnAccount> {
    let mut accounts: BTreeMap<&str, ReturnAccount> = BTreeMap::new();
    for (folder, part) in parts {
        for table in &part.tables {
            let account = accounts.entry(&table.name).or_default();
            account.name.clone_from(&table.name);
            account.n_read += table.n_read;
            account.n_set_aside += table.n_set_aside;
            let sources = table.sources.iter().map(|source| below(folder, source));
            account.sources.extend(sources);
        }
    }
    accounts.into_values().collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kinfolk_model::care::{CareChild, Episode, ShortCode};

    use super::*;

    fn returns(ids: &[&str], years: &[i16]) -> CareReturns {
        let child = |id: &&str| CareChild {
            child_id: ChildId::new(id),
            sex: None,
            date_of_birth: None,
            ethnicity: ShortCode::BLANK,
            is_unaccompanied: false,
            has_episodes: true,
        };
        let episode = |place: usize| Episode {
            child: u32::try_from(place).unwrap(),
            started: date(2024, 5, 1 + i8::try_from(place).unwrap()),
            ended: None,
            year: 2025,
            reason_new: ShortCode::of("S"),
            legal_status: ShortCode::of("C2"),
            need: ShortCode::of("N1"),
            placement: ShortCode::of("U4"),
            provider: ShortCode::of("PR1"),
            reason_ended: ShortCode::BLANK,
            reason_moved: ShortCode::BLANK,
            home_postcode: ShortCode::BLANK,
            placement_postcode: ShortCode::BLANK,
            urn: ShortCode::BLANK,
        };
        CareReturns {
            records: CareRecords {
                children: ids.iter().map(child).collect(),
                episodes: (0..ids.len()).map(episode).collect(),
                years: years.to_vec(),
                ..CareRecords::default()
            },
            tables: vec![ReturnAccount {
                name: "episodes".to_owned(),
                n_read: ids.len() as u64,
                n_set_aside: 0,
                sources: vec!["e.csv".to_owned()],
            }],
        }
    }

    #[test]
    fn children_of_two_authorities_stay_apart_and_keep_their_rows() {
        let (a, b) = (returns(&["1", "2"], &[2025]), returns(&["1"], &[2025]));
        let whole = join_returns(&[("a", &a), ("a-b", &b)]);
        let records = &whole.records;
        let ids: Vec<&str> = records
            .children
            .iter()
            .map(|c| c.child_id.as_str())
            .collect();
        assert_eq!(ids, ["a-b/1", "a/1", "a/2"], "by identifier");
        let starts: Vec<(u32, i8)> = records
            .episodes
            .iter()
            .map(|e| (e.child, e.started.day()))
            .collect();
        assert_eq!(starts, [(0, 1), (1, 1), (2, 2)]);
        assert_eq!(whole.tables.len(), 1);
        assert_eq!(whole.tables[0].n_read, 3);
        assert_eq!(whole.tables[0].sources, ["a/e.csv", "a-b/e.csv"]);
    }

    #[test]
    fn returns_of_other_years_are_not_one() {
        let (a, b) = (returns(&["1"], &[2024, 2025]), returns(&["1"], &[2025]));
        assert!(can_be_one(&[("a", &a), ("c", &a)]));
        assert!(!can_be_one(&[("a", &a), ("b", &b)]));
        assert!(can_be_one(&[]));
    }
}
