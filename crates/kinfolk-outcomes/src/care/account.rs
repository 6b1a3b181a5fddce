//! What became of every row, and what was mended.

use std::ops::AddAssign;

/// Why a row is no part of a child's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SetAside {
    /// The same episode in an earlier return; the row of the latest return stands for it.
    ReportedAgain,
    /// The same row twice in one return.
    Duplicate,
    /// Another row of the same return starts on the same day and says something else.
    SameStart,
}

impl SetAside {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::ReportedAgain, Self::Duplicate, Self::SameStart];

    /// The code in tables.
    pub fn code(self) -> &'static str {
        match self {
            Self::ReportedAgain => "reported_again",
            Self::Duplicate => "duplicate",
            Self::SameStart => "same_start",
        }
    }
}

/// What was mended so that the rows make one history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Repair {
    /// The latest return has the episode open again; the end that an earlier one gave is kept.
    EndFromEarlierReturn,
    /// A later return says something else about the episode; the later one is believed.
    CarriedOverDiffers,
    /// The episode is missing from a return between two that have it.
    VanishedForYear,
    /// An open episode before another; it ends where the next starts.
    StaleOpen,
    /// An open episode that later returns do not have; it ends with the last return that has it.
    LeftOpen,
    /// An episode lasts beyond the start of the next; it ends where the next starts.
    Overlap,
    /// Care continues (X1) but the next episode starts later; the episode lasts until then.
    Gap,
    /// Care continues (X1), then a new period starts (S) later; both are left as they are.
    ContinuationMissing,
    /// A period ended, and the next episode does not say that it starts one; it is taken to.
    StartNotMarked,
}

impl Repair {
    /// Every repair.
    pub const ALL: [Self; 9] = [
        Self::EndFromEarlierReturn,
        Self::CarriedOverDiffers,
        Self::VanishedForYear,
        Self::StaleOpen,
        Self::LeftOpen,
        Self::Overlap,
        Self::Gap,
        Self::ContinuationMissing,
        Self::StartNotMarked,
    ];

    /// The code in tables.
    pub fn code(self) -> &'static str {
        match self {
            Self::EndFromEarlierReturn => "end_from_earlier_return",
            Self::CarriedOverDiffers => "carried_over_differs",
            Self::VanishedForYear => "vanished_for_year",
            Self::StaleOpen => "stale_open",
            Self::LeftOpen => "left_open",
            Self::Overlap => "overlap",
            Self::Gap => "gap",
            Self::ContinuationMissing => "continuation_missing",
            Self::StartNotMarked => "start_not_marked",
        }
    }
}

/// What became of the rows: `n_rows` is `n_used` and the rows set aside.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StitchAccount {
    /// Rows in.
    pub n_rows: u64,
    /// Rows that are episodes of a history.
    pub n_used: u64,
    set_aside: [u64; SetAside::ALL.len()],
    repairs: [u64; Repair::ALL.len()],
}

impl StitchAccount {
    /// How many rows were set aside for a reason.
    pub fn n_set_aside(&self, reason: SetAside) -> u64 {
        self.set_aside[reason as usize]
    }

    /// How often a repair was made.
    pub fn n_repairs(&self, repair: Repair) -> u64 {
        self.repairs[repair as usize]
    }

    pub(super) fn set_aside(&mut self, reason: SetAside) {
        self.set_aside[reason as usize] += 1;
    }

    pub(super) fn repaired(&mut self, repair: Repair) {
        self.repairs[repair as usize] += 1;
    }
}

impl AddAssign for StitchAccount {
    fn add_assign(&mut self, other: Self) {
        self.n_rows += other.n_rows;
        self.n_used += other.n_used;
        for (sum, more) in self.set_aside.iter_mut().zip(other.set_aside) {
            *sum += more;
        }
        for (sum, more) in self.repairs.iter_mut().zip(other.repairs) {
            *sum += more;
        }
    }
}
