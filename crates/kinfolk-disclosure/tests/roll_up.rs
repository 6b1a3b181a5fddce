//! The national report less the reports of the others.

mod common;

use common::{Book, count_key, find, local, national};
use kinfolk_disclosure::{DisclosureError, Release, check_roll_up, release, release_roll_up};
use kinfolk_model::DisclosureProfile::{DfeCsc, Internal, Tre};
use kinfolk_model::{DisclosureProfile, Settings};

/// Children of two kinds, with their total.
fn kinds(a: u64, b: u64) -> Book {
    let mut book = Book::default();
    book.count("all", a + b).count("a", a).count("b", b);
    book.sum("all", &["a", "b"]);
    book
}

fn together(parts: &[(u64, u64)]) -> Book {
    kinds(
        parts.iter().map(|part| part.0).sum(),
        parts.iter().map(|part| part.1).sum(),
    )
}

/// A national report that rounds nothing, so that every subtraction is exact.
fn exact() -> Settings {
    Settings {
        authorities: vec!["England".to_owned()],
        ..local(DfeCsc)
    }
}

fn locals(parts: &[(u64, u64)], profile: DisclosureProfile) -> Vec<Release> {
    parts
        .iter()
        .map(|&(a, b)| kinds(a, b).release(profile))
        .collect()
}

fn is_withheld(release: &Release, cell: &str) -> bool {
    find(release, &count_key(cell)).is_some_and(|released| released.value().is_withheld())
}

#[test]
fn one_withheld_count_follows_from_the_others() {
    // The first authority withholds 3 and, with it, 20; the others show everything.
    let parts = [(20, 3), (30, 12), (25, 9)];
    let authorities = locals(&parts, DfeCsc);
    let authorities: Vec<&Release> = authorities.iter().collect();
    let book = together(&parts);
    let plain = release(&book.estimates, &exact()).unwrap();
    let error = check_roll_up(&plain, &authorities).unwrap_err();
    let DisclosureError::RollUp { low, high, .. } = error else {
        panic!("{error}");
    };
    assert_eq!(low, high);
    let national = release_roll_up(&book.estimates, &exact(), &authorities).unwrap();
    assert!(is_withheld(&national, "a") && is_withheld(&national, "b"));
    assert!(!is_withheld(&national, "all"));
    assert_eq!(check_roll_up(&national, &authorities), Ok(()));
}

#[test]
fn rounding_to_ten_usually_guards() {
    let parts = [(20, 3), (30, 12), (25, 9)];
    let authorities = locals(&parts, DfeCsc);
    let authorities: Vec<&Release> = authorities.iter().collect();
    // b: 24 is printed as 20, which means 15 to 24; less 21 that leaves 1 to 3.
    let national = release(&together(&parts).estimates, &national(DfeCsc)).unwrap();
    assert_eq!(check_roll_up(&national, &authorities), Ok(()));
    assert!(!is_withheld(&national, "b"));
}

#[test]
fn rounding_to_ten_does_not_always_guard() {
    // b: 24 is printed as 20, which means 15 to 24; less 23 that leaves 1.
    let parts = [(20, 1), (30, 14), (25, 9)];
    let authorities = locals(&parts, DfeCsc);
    let authorities: Vec<&Release> = authorities.iter().collect();
    let book = together(&parts);
    let plain = release(&book.estimates, &national(DfeCsc)).unwrap();
    assert!(
        check_roll_up(&plain, &authorities)
            .unwrap_err()
            .is_refusal()
    );
    let national = release_roll_up(&book.estimates, &national(DfeCsc), &authorities).unwrap();
    assert!(is_withheld(&national, "b"));
}

#[test]
fn two_withheld_counts_guard_each_other() {
    let parts = [(20, 3), (30, 4), (25, 9)];
    let authorities = locals(&parts, DfeCsc);
    let authorities: Vec<&Release> = authorities.iter().collect();
    let national = release_roll_up(&together(&parts).estimates, &exact(), &authorities).unwrap();
    assert!(!is_withheld(&national, "a") && !is_withheld(&national, "b"));
}

#[test]
fn what_an_authority_joined_must_not_follow_either() {
    let joined = |a: u64, b: u64| {
        let mut book = kinds(a, b);
        book.count("ab", a + b).sum("ab", &["a", "b"]);
        book.breakdown(&[("a", "A"), ("b", "B")], &[("ab", "A or B", &["a", "b"])]);
        book
    };
    let first = joined(20, 3).release(DfeCsc);
    assert!(find(&first, &count_key("b")).is_none());
    let second = joined(30, 12).release(DfeCsc);
    let book = joined(50, 15);
    let authorities = [&first, &second];
    let plain = release(&book.estimates, &exact()).unwrap();
    assert!(check_roll_up(&plain, &authorities).is_err());
    let national = release_roll_up(&book.estimates, &exact(), &authorities).unwrap();
    assert_eq!(check_roll_up(&national, &authorities), Ok(()));
}

#[test]
fn an_internal_roll_up_is_not_checked() {
    let parts = [(20, 3), (30, 12)];
    let authorities = locals(&parts, DfeCsc);
    let authorities: Vec<&Release> = authorities.iter().collect();
    let book = together(&parts);
    let national = release_roll_up(&book.estimates, &national(Internal), &authorities).unwrap();
    assert!(!is_withheld(&national, "b"));
}

#[test]
fn no_authorities_and_all_shown_are_fine() {
    let parts = [(20, 13), (30, 12)];
    let book = together(&parts);
    for profile in [DfeCsc, Tre] {
        let authorities = locals(&parts, profile);
        let authorities: Vec<&Release> = authorities.iter().collect();
        assert!(release_roll_up(&book.estimates, &exact(), &authorities).is_ok());
    }
    assert!(release_roll_up(&book.estimates, &exact(), &[]).is_ok());
}
