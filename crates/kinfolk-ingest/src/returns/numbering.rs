//! Children numbered as they come, and put in order once all are known.

use std::collections::HashMap;

use rayon::prelude::*;
use smol_str::SmolStr;

/// The children that any row is about.
#[derive(Default)]
pub(super) struct Numbering {
    numbers: HashMap<SmolStr, u32>,
    ids: Vec<SmolStr>,
    /// For each child the one who followed when the child last came.
    followers: Vec<u32>,
    /// The number of the child whom the last rows were about.
    last: u32,
}

impl Numbering {
    /// How many children there are.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The number of a child. Tables often name children in one order, so whoever followed the last
    /// child in an earlier table is tried first.
    pub(super) fn number(&mut self, id: &SmolStr) -> u32 {
        let follower = self.followers.get(self.last as usize).copied();
        let expected = follower.filter(|number| self.ids.get(*number as usize) == Some(id));
        let number = expected.unwrap_or_else(|| self.look_up(id));
        if let Some(follower) = self.followers.get_mut(self.last as usize) {
            *follower = number;
        }
        self.last = number;
        number
    }

    fn look_up(&mut self, id: &SmolStr) -> u32 {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        let number = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        self.numbers.insert(id.clone(), number);
        self.ids.push(id.clone());
        self.followers.push(u32::MAX);
        number
    }

    /// The identifiers in order, and for each number where its child stands among them.
    pub(super) fn in_order(self) -> (Vec<SmolStr>, Vec<u32>) {
        let mut by_id: Vec<(SmolStr, u32)> = self.ids.into_iter().zip(0..).collect();
        by_id.par_sort_unstable();
        let mut places = vec![0; by_id.len()];
        for (place, (_, number)) in (0u32..).zip(&by_id) {
            places[*number as usize] = place;
        }
        (by_id.into_iter().map(|(id, _)| id).collect(), places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_keep_their_numbers_and_stand_by_identifier() {
        let mut children = Numbering::default();
        let mut numbers = |ids: &str| -> Vec<u32> {
            let ids = ids.chars().map(|id| SmolStr::new(id.to_string()));
            ids.map(|id| children.number(&id)).collect()
        };
        assert_eq!(numbers("cab"), [0, 1, 2]);
        assert_eq!(numbers("cabd"), [0, 1, 2, 3]);
        assert_eq!(numbers("cdba"), [0, 3, 2, 1]);
        assert_eq!(numbers("aa"), [1, 1]);
        let (ids, places) = children.in_order();
        assert_eq!(ids, ["a", "b", "c", "d"]);
        assert_eq!(places, [2, 0, 1, 3]);
    }
}
