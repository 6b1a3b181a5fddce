//! What a return answers to a question.

/// What the return says of something that is so or is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReturnAnswer {
    /// It is so.
    Yes,
    /// It is not.
    No,
    /// The return does not say. Official tables keep these in the denominator.
    NoInformation,
}

impl ReturnAnswer {
    /// Every answer.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::NoInformation];

    /// From a cell that may be blank.
    pub fn of(said: Option<bool>) -> Self {
        match said {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::NoInformation,
        }
    }
}
