//! Every child, and what the statements about it do not agree on.

use kinfolk_model::ChildId;
use kinfolk_model::care::CareChild;
use rayon::prelude::*;
use smol_str::SmolStr;

use super::breaches::Breaches;
use super::identity::{Identity, Statement, identify};

/// How many children are looked at in one go.
const CHILDREN_AT_ONCE: usize = 1024;

/// Every child by identifier, and what the statements about it, sorted, do not agree on.
pub(super) fn everyone(ids: &[SmolStr], statements: &[Statement]) -> (Vec<CareChild>, Breaches) {
    let some: Vec<(Vec<CareChild>, Breaches)> = ids
        .par_chunks(CHILDREN_AT_ONCE)
        .enumerate()
        .map(|(at, ids)| some_of(ids, at * CHILDREN_AT_ONCE, statements))
        .collect();
    let mut children = Vec::with_capacity(ids.len());
    let mut breaches = Breaches::default();
    for (some, found) in some {
        children.extend(some);
        breaches = breaches.append(found);
    }
    (children, breaches)
}

/// Children who follow each other; `first` says which of all is the first of them.
fn some_of(ids: &[SmolStr], first: usize, statements: &[Statement]) -> (Vec<CareChild>, Breaches) {
    let first = u32::try_from(first).unwrap_or(u32::MAX);
    let mut ahead = &statements[statements.partition_point(|said| said.child < first)..];
    let (mut breaches, mut found) = (Breaches::default(), Vec::new());
    let children = (first..).zip(ids).map(|(number, id)| {
        let n = ahead.iter().take_while(|said| said.child == number).count();
        let (own, others) = ahead.split_at(n);
        ahead = others;
        let identity = identify(own, &mut found);
        found.drain(..).for_each(|breach| breaches.add(breach, id));
        child(id, &identity)
    });
    (children.collect(), breaches)
}

fn child(id: &str, identity: &Identity) -> CareChild {
    CareChild {
        child_id: ChildId::new(id),
        sex: identity.sex,
        date_of_birth: identity.date_of_birth,
        ethnicity: identity.ethnicity,
        is_unaccompanied: identity.is_unaccompanied,
        has_episodes: false,
    }
}
