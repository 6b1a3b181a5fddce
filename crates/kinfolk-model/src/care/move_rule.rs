//! What counts as a move to another placement: the choices that change the figures.

use crate::code::code_set;

code_set! {
    /// Which reasons for a new episode count as a new placement. The official rule, as far as its
    /// text is known, is the first.
    CountedReasons as "moves" {
        Spb = "spb", "A new carer: reasons S, P and B";
        Spbtu = "spbtu", "A new carer, or another placement with the same carer: reasons S, P, B, T and U";
        Every = "all", "Every row of the return, as if an episode were a placement", ["every"];
    }
}

code_set! {
    /// Whether time in hospital, on holiday or the like (T0 to T4) counts as a placement. No sentence
    /// of the official guidance is known that says it does not; that follows from the rules for
    /// change reasons.
    TemporaryPlacements as "temporary" {
        Bridge = "bridge", "Passed over, and so is the return to where the child was";
        Count = "count", "Counted as any other placement";
    }
}

code_set! {
    /// What becomes of children whose period of care began under short breaks (V3, V4). Official
    /// statistics leave them out since the release for 2021.
    ShortBreakStarts as "short_break_starts" {
        LeftOut = "left_out", "Left out";
        Counted = "counted", "Counted as others are";
    }
}
