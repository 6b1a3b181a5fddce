//! What follows from what by adding and subtracting: each cell as a combination of free cells.
//!
//! The sums of a study tie its cells together, so that each is a combination of a few free ones. A
//! cell follows from the published ones exactly when its combination lies in their span. Numbers are
//! taken modulo a large prime, which keeps the arithmetic exact.

use crate::system::{CellAt, System};

/// The prime 2⁶¹ − 1.
const PRIME: u128 = (1 << 61) - 1;

fn multiply(a: u64, b: u64) -> u64 {
    // The remainder is below the prime, which fits.
    u64::try_from(u128::from(a) * u128::from(b) % PRIME).unwrap_or(0)
}

fn negate(a: u64) -> u64 {
    match a {
        0 => 0,
        _ => PRIME as u64 - a,
    }
}

fn inverse(a: u64) -> u64 {
    let (mut power, mut base, mut left) = (1, a, PRIME as u64 - 2);
    while left > 0 {
        if left & 1 == 1 {
            power = multiply(power, base);
        }
        base = multiply(base, base);
        left >>= 1;
    }
    power
}

/// A combination of free cells: their places, ascending, with factors that are not zero.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Combination(Vec<(CellAt, u64)>);

impl Combination {
    fn factor(&self, cell: CellAt) -> u64 {
        match self.0.binary_search_by_key(&cell, |(at, _)| *at) {
            Ok(index) => self.0[index].1,
            Err(_) => 0,
        }
    }

    /// Adds `factor` times another combination.
    fn add(&mut self, factor: u64, other: &Self) {
        let mut sum = Vec::with_capacity(self.0.len() + other.0.len());
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        loop {
            let at = match (mine.peek(), theirs.peek()) {
                (None, None) => break,
                (Some((at, _)), None) | (None, Some((at, _))) => *at,
                (Some((left, _)), Some((right, _))) => *left.min(right),
            };
            let own = mine
                .next_if(|(cell, _)| *cell == at)
                .map_or(0, |term| term.1);
            let added = theirs
                .next_if(|(cell, _)| *cell == at)
                .map_or(0, |term| term.1);
            let value = (u128::from(own) + u128::from(multiply(factor, added))) % PRIME;
            if value != 0 {
                sum.push((at, u64::try_from(value).unwrap_or(0)));
            }
        }
        self.0 = sum;
    }

    /// The last free cell in it.
    fn pivot(&self) -> Option<(CellAt, u64)> {
        self.0.last().copied()
    }

    /// Takes the pivot of `by` out of this one.
    fn reduce(&mut self, by: &Self) {
        let Some((cell, lead)) = by.pivot() else {
            return;
        };
        let own = self.factor(cell);
        if own != 0 {
            self.add(negate(multiply(own, inverse(lead))), by);
        }
    }

    fn is_multiple_of(&self, other: &Self) -> bool {
        let mut rest = self.clone();
        rest.reduce(other);
        rest.0.is_empty()
    }
}

/// Every cell as a combination of free cells, less what is already known.
#[derive(Debug)]
pub(crate) struct Span {
    left: Vec<Combination>,
    /// Cells that must not become known.
    guarded: Vec<CellAt>,
}

impl Span {
    /// Nothing is known but the sums.
    pub(crate) fn new(system: &System, guarded: Vec<CellAt>) -> Self {
        let unit = |cell| Combination(vec![(cell, 1)]);
        let mut span = Self {
            left: (0..system.cells.len()).map(unit).collect(),
            guarded,
        };
        for equation in &system.equations {
            let mut residual = span.left[equation.total].clone();
            for &part in &equation.parts {
                residual.add(negate(1), &span.left[part]);
            }
            span.take_out(&residual);
        }
        span.guarded.retain(|&cell| !span.left[cell].0.is_empty());
        span
    }

    /// Makes a cell known, unless a guarded cell would follow; says whether it is known.
    pub(crate) fn publish(&mut self, cell: CellAt) -> bool {
        let residual = self.left[cell].clone();
        if residual.0.is_empty() {
            return true;
        }
        let gives_away = |guarded: &CellAt| self.left[*guarded].is_multiple_of(&residual);
        if self.guarded.iter().any(gives_away) {
            return false;
        }
        self.take_out(&residual);
        true
    }

    fn take_out(&mut self, residual: &Combination) {
        if residual.0.is_empty() {
            return;
        }
        for combination in &mut self.left {
            combination.reduce(residual);
        }
    }
}
