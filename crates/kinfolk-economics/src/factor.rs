//! What is multiplied.

/// A number in a product: an input, what an input leaves of one, or a number that never changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Factor {
    /// The value of an input, by its place.
    Input(usize),
    /// One less the value of an input.
    Complement(usize),
    /// A number.
    Fixed(f64),
}

impl Factor {
    /// Its value, given the values of all inputs.
    pub(crate) fn of(self, values: &[f64]) -> f64 {
        match self {
            Self::Input(at) => values[at],
            Self::Complement(at) => 1.0 - values[at],
            Self::Fixed(number) => number,
        }
    }

    /// One less it.
    pub(crate) fn complement(self) -> Self {
        match self {
            Self::Input(at) => Self::Complement(at),
            Self::Complement(at) => Self::Input(at),
            Self::Fixed(number) => Self::Fixed(1.0 - number),
        }
    }
}

/// The product of factors.
pub(crate) fn product(factors: &[Factor], values: &[f64]) -> f64 {
    factors.iter().map(|factor| factor.of(values)).product()
}
