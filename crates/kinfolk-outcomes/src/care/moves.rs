//! What counts as a move to another placement.

use kinfolk_model::care::{Episode, ShortCode};

use super::stitch::STARTED;

/// Which reasons for a new episode count as a new placement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CountedReasons {
    /// S, P and B: another carer. The official rule as far as its text is known.
    #[default]
    Spb,
    /// T and U too: another address or status with the same carer counts as well.
    Spbtu,
    /// Every row, as if an episode were a placement. Given to show what that does.
    Every,
}

impl CountedReasons {
    /// Every rule.
    pub const ALL: [Self; 3] = [Self::Spb, Self::Spbtu, Self::Every];

    /// The code on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Spb => "spb",
            Self::Spbtu => "spbtu",
            Self::Every => "all",
        }
    }

    /// The definition in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Spb => "a new carer (reasons S, P and B)",
            Self::Spbtu => {
                "a new carer or a new placement with the same carer (reasons S, P, B, T and U)"
            }
            Self::Every => "every row of the return",
        }
    }

    fn includes(self, reason: ShortCode) -> bool {
        match self {
            Self::Spb => SPB.contains(&reason),
            Self::Spbtu => SPBTU.contains(&reason),
            Self::Every => true,
        }
    }
}

/// Whether time away in hospital, on holiday or the like (T0 to T4) counts as a placement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TemporaryPlacements {
    /// They do not, and neither does the return to where the child was. No sentence of the official
    /// guidance is known that says so; it follows from the rules for change reasons.
    #[default]
    Bridge,
    /// They count as any other.
    Count,
}

impl TemporaryPlacements {
    /// Both ways.
    pub const ALL: [Self; 2] = [Self::Bridge, Self::Count];

    /// The code on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Bridge => "bridge",
            Self::Count => "count",
        }
    }
}

/// What counts as a move.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// Whether a kind of placement is temporary (T0 to T4).
pub(super) fn is_temporary(kind: ShortCode) -> bool {
    kind.first() == b'T'
}

impl MoveRule {
    /// Every rule: all reasons with time away passed over, then all with it counted.
    pub const ALL: [Self; 6] = {
        let [bridge, count] = TemporaryPlacements::ALL;
        let [spb, spbtu, every] = CountedReasons::ALL;
        [
            Self::new(spb, bridge),
            Self::new(spbtu, bridge),
            Self::new(every, bridge),
            Self::new(spb, count),
            Self::new(spbtu, count),
            Self::new(every, count),
        ]
    };

    /// A rule of both parts.
    pub const fn new(counted: CountedReasons, temporary: TemporaryPlacements) -> Self {
        Self { counted, temporary }
    }

    /// Where the rule stands among all.
    pub(super) fn place(self) -> usize {
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
        self.counted.includes(episode.reason_new) && !is_new_name
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
