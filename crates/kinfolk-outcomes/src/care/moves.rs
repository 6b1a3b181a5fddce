//! What counts as a move to another placement.

use kinfolk_model::Code;
use kinfolk_model::care::{CountedReasons, Episode, STARTED, ShortCode, TemporaryPlacements};

/// What counts as a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MoveRule {
    /// Which reasons for a new episode count.
    pub counted: CountedReasons,
    /// What temporary placements do.
    pub temporary: TemporaryPlacements,
}

const SPB: [ShortCode; 3] = [STARTED, ShortCode::of("P"), ShortCode::of("B")];
const SPBTU: [ShortCode; 5] = [
    STARTED,
    ShortCode::of("P"),
    ShortCode::of("B"),
    ShortCode::of("T"),
    ShortCode::of("U"),
];
/// Adoption placements with the carers whom the child already had.
const ADOPTION_WITH_CURRENT_CARERS: [ShortCode; 2] = [ShortCode::of("A3"), ShortCode::of("A5")];
/// Codes that gave way to others; the same place under the newer code is no move.
const RENAMED: [(ShortCode, &str); 3] = [
    (ShortCode::of("H5"), "K3"),
    (ShortCode::of("P2"), "K3"),
    (ShortCode::of("Z1"), "Z1"),
];

/// Missing and away as rows of their own: once in England, still in Wales.
const ABSENT: [ShortCode; 3] = [
    ShortCode::of("M1"),
    ShortCode::of("M2"),
    ShortCode::of("M3"),
];

/// Whether a kind of placement is temporary: T0 to T4, and absence (M1 to M3) where that is a row.
pub(super) fn is_temporary(kind: ShortCode) -> bool {
    kind.first() == b'T' || ABSENT.contains(&kind)
}

impl Default for MoveRule {
    fn default() -> Self {
        Self::new(CountedReasons::Spb, TemporaryPlacements::Bridge)
    }
}

impl MoveRule {
    /// Every rule: all reasons with time away passed over, then all with it counted.
    pub const ALL: [Self; 6] = [
        Self::new(CountedReasons::Spb, TemporaryPlacements::Bridge),
        Self::new(CountedReasons::Spbtu, TemporaryPlacements::Bridge),
        Self::new(CountedReasons::Every, TemporaryPlacements::Bridge),
        Self::new(CountedReasons::Spb, TemporaryPlacements::Count),
        Self::new(CountedReasons::Spbtu, TemporaryPlacements::Count),
        Self::new(CountedReasons::Every, TemporaryPlacements::Count),
    ];

    /// A rule of both parts.
    pub const fn new(counted: CountedReasons, temporary: TemporaryPlacements) -> Self {
        Self { counted, temporary }
    }

    /// Where the rule stands among all.
    pub(crate) fn place(self) -> usize {
        self.temporary as usize * CountedReasons::ALL.len() + self.counted as usize
    }

    /// Whether the time away is passed over.
    pub(super) fn bridges(&self, episode: &Episode) -> bool {
        self.temporary == TemporaryPlacements::Bridge && is_temporary(episode.placement)
    }

    /// Whether an episode is a move from `home`, the last episode before it that is not passed over;
    /// `was_away` says whether time away lies between.
    pub(super) fn is_move(&self, home: &Episode, episode: &Episode, was_away: bool) -> bool {
        if self.bridges(episode) || (was_away && is_same_place(home, episode)) {
            return false;
        }
        let is_new_name = self.counted != CountedReasons::Every
            && (ADOPTION_WITH_CURRENT_CARERS.contains(&episode.placement)
                || is_renamed(home, episode));
        counts(self.counted, episode.reason_new) && !is_new_name
    }
}

fn counts(counted: CountedReasons, reason: ShortCode) -> bool {
    match counted {
        CountedReasons::Spb => SPB.contains(&reason),
        CountedReasons::Spbtu => SPBTU.contains(&reason),
        CountedReasons::Every => true,
    }
}

fn is_same_place(home: &Episode, episode: &Episode) -> bool {
    home.placement == episode.placement && home.placement_postcode == episode.placement_postcode
}

fn is_renamed(home: &Episode, episode: &Episode) -> bool {
    let newer = episode.placement.as_str();
    home.placement_postcode == episode.placement_postcode
        && home.placement != episode.placement
        && RENAMED
            .iter()
            .any(|(old, new)| home.placement == *old && newer.starts_with(new))
}
