//! The placements in a history.

use jiff::civil::Date;
use kinfolk_model::care::{Episode, ShortCode};

use super::moves::MoveRule;

/// A time with one carer (or in one place, as the rule has it).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// The first day.
    pub started: Date,
    /// The day on which it ended; `None` while it lasts.
    pub ended: Option<Date>,
    /// Its kind, where it began.
    pub kind: ShortCode,
    /// Its kind, where it ended or stands: an adoption by the carers changes it.
    pub last_kind: ShortCode,
    /// Since when it is fostering for adoption (U2, U5), where it began otherwise.
    pub adoptive_since: Option<Date>,
    /// The first day of the period of care that it is part of.
    pub period_started: Date,
    /// Whether it is the first of that period.
    pub is_first: bool,
    /// Why it ended.
    pub end: Reason,
}

/// Why a placement ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// It lasts.
    Lasts,
    /// The child moved; the reason that the return gives (REASON_PLACE_CHANGE), blank where it gives none.
    Moved(ShortCode),
    /// Care ended; the reason that the return gives (REC).
    LeftCare(ShortCode),
}

impl Placement {
    /// Whether the child was there at the end of a day: from the first day on, up to the day before
    /// it ended.
    pub fn is_open_on(&self, day: Date) -> bool {
        self.started <= day && self.ended.is_none_or(|ended| ended > day)
    }
}

/// The first day of each period of care.
pub fn period_starts(episodes: &[Episode]) -> Vec<Date> {
    periods(episodes)
        .filter_map(|period| period.first().map(|first| first.started))
        .collect()
}

/// The episodes of each period of care. One begins with the first on record, one that says so (S), one after
/// care had ended, or one after a gap.
pub(super) fn periods(episodes: &[Episode]) -> impl Iterator<Item = &[Episode]> {
    episodes.chunk_by(|before, episode| episode.continues(before))
}

/// The placements in one child's history, by start, under a rule. `episodes` is a history as
/// [`stitch`](super::stitch()) makes it. Short breaks (V3, V4) are no placements.
pub fn placements(episodes: &[Episode], rule: MoveRule) -> Vec<Placement> {
    let mut found = Vec::with_capacity(episodes.len());
    for period in periods(episodes) {
        add_period(period, rule, &mut found);
    }
    found
}

/// Adds the placements in a period of care.
fn add_period(period: &[Episode], rule: MoveRule, found: &mut Vec<Placement>) {
    let mut placed = period.iter().filter(|episode| !episode.is_short_break());
    let (Some(first), Some(home)) = (period.first(), placed.next()) else {
        return;
    };
    found.push(begin(first, home, true));
    let (mut home, mut before, mut was_away) = (home, home, false);
    for episode in placed {
        let is_move = rule.is_move(home, episode, was_away);
        if let Some(current) = found.last_mut() {
            if is_move {
                current.end = Reason::Moved(before.reason_moved);
            } else {
                extend(current, episode, rule.bridges(episode));
            }
        }
        if is_move {
            found.push(begin(first, episode, false));
        }
        was_away = rule.bridges(episode);
        if !was_away {
            home = episode;
        }
        before = episode;
    }
}

fn begin(first: &Episode, episode: &Episode, is_first: bool) -> Placement {
    Placement {
        started: episode.started,
        ended: episode.ended,
        kind: episode.placement,
        last_kind: episode.placement,
        adoptive_since: None,
        period_started: first.started,
        is_first,
        end: end_of(episode),
    }
}

fn extend(current: &mut Placement, episode: &Episode, is_away: bool) {
    current.ended = episode.ended;
    current.end = end_of(episode);
    if is_away {
        return;
    }
    if is_for_adoption(episode.placement) && !is_for_adoption(current.last_kind) {
        current.adoptive_since = Some(episode.started);
    }
    current.last_kind = episode.placement;
}

/// Fostering by carers who may go on to adopt.
const FOR_ADOPTION: [ShortCode; 2] = [ShortCode::of("U2"), ShortCode::of("U5")];

fn is_for_adoption(placement: ShortCode) -> bool {
    FOR_ADOPTION.contains(&placement)
}

fn end_of(episode: &Episode) -> Reason {
    match episode.ended {
        None => Reason::Lasts,
        Some(_) => Reason::LeftCare(episode.reason_ended),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::care::stitch;
    use crate::care::test_rows::{Changed, arbitrary_rows, row};
    use kinfolk_model::care::{CONTINUES, CountedReasons, TemporaryPlacements};

    const NAIVE: MoveRule = MoveRule {
        counted: CountedReasons::Every,
        temporary: TemporaryPlacements::Count,
    };
    const WITH_SAME_CARER: MoveRule = MoveRule {
        counted: CountedReasons::Spbtu,
        temporary: TemporaryPlacements::Bridge,
    };

    fn check(episodes: &[Episode], rule: MoveRule, starts: &[&str]) {
        let found: Vec<String> = placements(episodes, rule)
            .iter()
            .map(|placement| placement.started.to_string())
            .collect();
        assert_eq!(found, starts, "{rule:?}");
    }

    fn next(start: &str, end: Option<&str>, rne: &str, place: &str) -> Episode {
        let episode = row(2020, start, end, rne, place);
        if end.is_some() {
            episode.ending("X1")
        } else {
            episode
        }
    }

    #[test]
    fn a_legal_change_is_no_move() {
        let episodes = [
            next("2019-04-01", Some("2019-06-01"), "S", "U4"),
            next("2019-06-01", Some("2019-09-01"), "L", "U4").under("E1"),
            next("2019-09-01", None, "P", "U6"),
        ];
        check(
            &episodes,
            MoveRule::default(),
            &["2019-04-01", "2019-09-01"],
        );
        check(
            &episodes,
            NAIVE,
            &["2019-04-01", "2019-06-01", "2019-09-01"],
        );
    }

    #[test]
    fn a_move_with_the_same_carer_counts_only_where_the_rule_says_so() {
        let episodes = [
            next("2019-04-01", Some("2019-06-01"), "S", "U4"),
            next("2019-06-01", None, "T", "U4").at("XY11ZZ"),
        ];
        check(&episodes, MoveRule::default(), &["2019-04-01"]);
        check(&episodes, WITH_SAME_CARER, &["2019-04-01", "2019-06-01"]);
    }

    #[test]
    fn a_holiday_adds_no_move_and_a_move_after_one_does() {
        let home = next("2019-04-01", Some("2019-06-01"), "S", "U4");
        let away = next("2019-06-01", Some("2019-06-10"), "P", "T2");
        let back = next("2019-06-10", None, "P", "U4");
        check(&[home, away, back], MoveRule::default(), &["2019-04-01"]);
        let counted = MoveRule {
            temporary: TemporaryPlacements::Count,
            ..MoveRule::default()
        };
        check(
            &[home, away, back],
            counted,
            &["2019-04-01", "2019-06-01", "2019-06-10"],
        );
        let elsewhere = next("2019-06-10", None, "P", "K2");
        check(
            &[home, away, elsewhere],
            MoveRule::default(),
            &["2019-04-01", "2019-06-10"],
        );
    }

    #[test]
    fn absence_as_a_row_adds_no_move_and_welsh_short_breaks_are_no_placements() {
        let home = next("2019-04-01", Some("2019-06-01"), "S", "F2");
        let absent = next("2019-06-01", Some("2019-06-03"), "P", "M1");
        let back = next("2019-06-03", None, "P", "F2");
        check(&[home, absent, back], MoveRule::default(), &["2019-04-01"]);
        let breaks = next("2019-04-01", None, "S", "F2").under("V1");
        check(&[breaks], MoveRule::default(), &[]);
    }

    #[test]
    fn adoption_by_the_carers_and_a_new_code_are_no_moves() {
        let adopted = [
            next("2019-04-01", Some("2019-06-01"), "S", "U5"),
            next("2019-06-01", None, "U", "A5"),
        ];
        check(&adopted, WITH_SAME_CARER, &["2019-04-01"]);
        let renamed = [
            next("2019-04-01", Some("2023-10-28"), "S", "H5").at("AA11AA"),
            next("2023-10-28", None, "P", "K3").at("AA11AA"),
        ];
        check(&renamed, MoveRule::default(), &["2019-04-01"]);
        let moved = [renamed[0], renamed[1].at("BB11BB")];
        check(&moved, MoveRule::default(), &["2019-04-01", "2023-10-28"]);
    }

    #[test]
    fn a_placement_ends_for_the_reason_that_the_row_before_gives() {
        let mut first = next("2019-04-01", Some("2019-06-01"), "S", "U4");
        first.reason_moved = ShortCode::of("CREQB");
        let second = row(2020, "2019-06-01", Some("2019-08-01"), "P", "K2").ending("E4A");
        let found = placements(&[first, second], MoveRule::default());
        assert_eq!(found[0].end, Reason::Moved(ShortCode::of("CREQB")));
        assert_eq!(found[1].end, Reason::LeftCare(ShortCode::of("E4A")));
    }

    #[test]
    fn care_that_ended_and_began_again_is_two_periods() {
        let episodes = [
            row(2020, "2019-04-01", Some("2019-06-01"), "S", "U4").ending("E4A"),
            next("2019-08-01", None, "S", "U4"),
        ];
        assert_eq!(period_starts(&episodes).len(), 2);
        check(
            &episodes,
            MoveRule::default(),
            &["2019-04-01", "2019-08-01"],
        );
    }

    proptest! {
        #[test]
        fn stricter_rules_find_no_more_placements(rows in arbitrary_rows()) {
            let episodes = stitch(&rows, 2020).episodes;
            let count = |rule| placements(&episodes, rule).len();
            prop_assert!(count(MoveRule::default()) <= count(WITH_SAME_CARER));
            prop_assert!(count(WITH_SAME_CARER) <= count(NAIVE));
            prop_assert_eq!(count(NAIVE), episodes.len());
        }

        #[test]
        fn splitting_an_episode_by_a_legal_change_changes_no_placement(
            rows in arbitrary_rows(), which in any::<prop::sample::Index>()
        ) {
            let episodes = stitch(&rows, 2020).episodes;
            let at = which.index(episodes.len().max(1));
            let split = split_by_legal_change(&episodes, at);
            for rule in [MoveRule::default(), WITH_SAME_CARER] {
                prop_assert_eq!(placements(&split, rule), placements(&episodes, rule));
            }
        }
    }

    /// The same history with one episode of more than a day in two, the second under another status.
    fn split_by_legal_change(episodes: &[Episode], at: usize) -> Vec<Episode> {
        let mut split = episodes.to_vec();
        let Some(whole) = episodes.get(at).copied() else {
            return split;
        };
        let middle = whole.started.tomorrow().unwrap();
        if whole.ended.is_some_and(|ended| ended <= middle) {
            return split;
        }
        split[at].ended = Some(middle);
        split[at].reason_ended = CONTINUES;
        let second = Episode {
            started: middle,
            reason_new: ShortCode::of("L"),
            legal_status: ShortCode::of("E1"),
            ..whole
        };
        split.insert(at + 1, second);
        split
    }
}
