//! The rows of several returns to one history per child.

use jiff::civil::{Date, date};
use kinfolk_model::care::{CONTINUES, Episode, STARTED, ShortCode};

use super::account::{Repair, SetAside, StitchAccount};

/// Closed by rule; the reason is not known.
pub(super) const CLOSED_BY_RULE: ShortCode = ShortCode::of("E99");

/// One child's history.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stitched {
    /// The episodes by start; none overlaps the next, and only the last may be open.
    pub episodes: Vec<Episode>,
    /// What became of the rows.
    pub account: StitchAccount,
}

/// Makes one history of all rows about one child. `latest` is the year in which the latest return
/// ends, whichever child it is about. Neither the order of rows nor that of files matters.
///
/// A row of a later return stands for the same episode in an earlier one. An open row is closed
/// where the next one starts, or with the last return that has it. Overlaps are cut and gaps within
/// continued care are closed at the start of the later row. Each repair is counted.
pub fn stitch(rows: &[Episode], latest: i16) -> Stitched {
    let mut sorted = rows.to_vec();
    sorted.sort_unstable_by_key(|row| (row.started, row.year, *row));
    let mut stitched = Stitched::default();
    stitched.account.n_rows = rows.len() as u64;
    stitched.episodes.reserve(rows.len());
    for same_start in sorted.chunk_by(|a, b| a.started == b.started) {
        let episode = merge(same_start, &mut stitched.account);
        stitched.episodes.push(episode);
    }
    stitched.account.n_used = stitched.episodes.len() as u64;
    for at in 1..stitched.episodes.len() {
        let (before, after) = stitched.episodes.split_at_mut(at);
        if let (Some(earlier), Some(later)) = (before.last_mut(), after.first()) {
            join(earlier, later, &mut stitched.account);
        }
    }
    if let Some(last) = stitched.episodes.last_mut() {
        close_if_left(last, latest, &mut stitched.account);
    }
    stitched
}

/// One episode from all rows that start on the same day, by year.
fn merge(rows: &[Episode], account: &mut StitchAccount) -> Episode {
    let year = rows[rows.len() - 1].year;
    let first_of_latest = rows.partition_point(|row| row.year < year);
    let (earlier, latest) = rows.split_at(first_of_latest);
    let mut kept = choose(latest);
    note_losers(latest, kept, account);
    for of_return in earlier.chunk_by(|a, b| a.year == b.year) {
        note_losers(of_return, choose(of_return), account);
        account.set_aside(SetAside::ReportedAgain);
    }
    if earlier.iter().any(|row| says_otherwise(row, &kept)) {
        account.repaired(Repair::CarriedOverDiffers);
    }
    let has_hole = rows.windows(2).any(|pair| pair[1].year > pair[0].year + 1);
    if has_hole {
        account.repaired(Repair::VanishedForYear);
    }
    if kept.ended.is_none()
        && let Some(closed) = earlier.iter().rev().find(|row| row.ended.is_some())
    {
        kept.ended = closed.ended;
        kept.reason_ended = closed.reason_ended;
        kept.reason_moved = closed.reason_moved;
        account.repaired(Repair::EndFromEarlierReturn);
    }
    kept
}

/// Among rows of one return, the closed one that lasts longest; an open one beside it is stale.
fn choose(rows: &[Episode]) -> Episode {
    rows.iter()
        .copied()
        .max_by_key(|row| (row.ended, *row))
        .unwrap_or(rows[0])
}

fn note_losers(rows: &[Episode], kept: Episode, account: &mut StitchAccount) {
    let mut seen_kept = false;
    for row in rows {
        if *row != kept {
            account.set_aside(SetAside::SameStart);
        } else if seen_kept {
            account.set_aside(SetAside::Duplicate);
        } else {
            seen_kept = true;
        }
    }
}

/// Whether an earlier return said something else that ought not to change while an episode lasts.
fn says_otherwise(earlier: &Episode, kept: &Episode) -> bool {
    let facts = |row: &Episode| {
        (
            row.reason_new,
            row.legal_status,
            row.need,
            row.placement,
            row.provider,
            row.placement_postcode,
        )
    };
    facts(earlier) != facts(kept) || earlier.ended.is_some_and(|ended| kept.ended != Some(ended))
}

/// Makes the end of one episode fit the start of the next.
fn join(earlier: &mut Episode, later: &Episode, account: &mut StitchAccount) {
    let Some(ended) = earlier.ended else {
        continue_until(earlier, later.started);
        return account.repaired(Repair::StaleOpen);
    };
    let continues = earlier.reason_ended == CONTINUES;
    if ended > later.started {
        continue_until(earlier, later.started);
        account.repaired(Repair::Overlap);
    } else if ended < later.started && continues && later.reason_new == STARTED {
        account.repaired(Repair::ContinuationMissing);
    } else if ended < later.started && continues {
        earlier.ended = Some(later.started);
        account.repaired(Repair::Gap);
    } else if !continues && later.reason_new != STARTED {
        account.repaired(Repair::StartNotMarked);
    }
}

fn continue_until(episode: &mut Episode, day: Date) {
    episode.ended = Some(day);
    episode.reason_ended = CONTINUES;
}

/// Closes the last episode where later returns do not have it.
fn close_if_left(last: &mut Episode, latest: i16, account: &mut StitchAccount) {
    if last.ended.is_none() && last.year < latest {
        last.ended = Some(last.started.max(date(last.year, 3, 31)));
        last.reason_ended = CLOSED_BY_RULE;
        account.repaired(Repair::LeftOpen);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::care::test_rows::{Changed, arbitrary_rows, row};

    fn check(rows: &[Episode], expected: &[(&str, Option<&str>, &str)], repairs: &[(Repair, u64)]) {
        let stitched = stitch(rows, 2020);
        let found: Vec<(String, Option<String>, String)> = stitched
            .episodes
            .iter()
            .map(|e| {
                (
                    e.started.to_string(),
                    e.ended.map(|day| day.to_string()),
                    e.reason_ended.to_string(),
                )
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(start, end, reason)| {
                (
                    (*start).to_owned(),
                    end.map(str::to_owned),
                    (*reason).to_owned(),
                )
            })
            .collect();
        assert_eq!(found, expected);
        for repair in Repair::ALL {
            let wanted = repairs
                .iter()
                .find(|(kind, _)| *kind == repair)
                .map_or(0, |(_, n)| *n);
            assert_eq!(stitched.account.n_repairs(repair), wanted, "{repair:?}");
        }
    }

    #[test]
    fn an_open_row_that_is_reported_again_is_one_episode() {
        let rows = [
            row(2019, "2018-06-01", None, "S", "U4"),
            row(2020, "2018-06-01", Some("2019-09-01"), "S", "U4").ending("E4A"),
        ];
        check(
            &rows,
            &[("2018-06-01", Some("2019-09-01"), "E4A")],
            &[(Repair::CarriedOverDiffers, 0)],
        );
        let account = stitch(&rows, 2020).account;
        assert_eq!((account.n_rows, account.n_used), (2, 1));
        assert_eq!(account.n_set_aside(SetAside::ReportedAgain), 1);
    }

    #[test]
    fn a_stale_open_row_ends_where_the_next_starts() {
        let rows = [
            row(2019, "2018-06-01", None, "S", "U4"),
            row(2020, "2019-05-01", None, "P", "K2"),
        ];
        check(
            &rows,
            &[
                ("2018-06-01", Some("2019-05-01"), "X1"),
                ("2019-05-01", None, ""),
            ],
            &[(Repair::StaleOpen, 1)],
        );
    }

    #[test]
    fn a_row_that_is_never_closed_ends_with_its_last_return() {
        let rows = [row(2018, "2017-06-01", None, "S", "U4")];
        check(
            &rows,
            &[("2017-06-01", Some("2018-03-31"), "E99")],
            &[(Repair::LeftOpen, 1)],
        );
    }

    #[test]
    fn a_row_that_vanishes_for_a_year_and_comes_back_is_one_episode() {
        let rows = [
            row(2018, "2017-06-01", None, "S", "U4"),
            row(2020, "2017-06-01", None, "S", "U4"),
        ];
        check(
            &rows,
            &[("2017-06-01", None, "")],
            &[(Repair::VanishedForYear, 1)],
        );
    }

    #[test]
    fn overlaps_are_cut_and_gaps_closed() {
        let rows = [
            row(2020, "2019-04-10", Some("2019-08-01"), "S", "U4").ending("X1"),
            row(2020, "2019-07-01", Some("2019-09-01"), "P", "U6").ending("X1"),
            row(2020, "2019-10-01", None, "P", "K2"),
        ];
        check(
            &rows,
            &[
                ("2019-04-10", Some("2019-07-01"), "X1"),
                ("2019-07-01", Some("2019-10-01"), "X1"),
                ("2019-10-01", None, ""),
            ],
            &[(Repair::Overlap, 1), (Repair::Gap, 1)],
        );
    }

    #[test]
    fn a_gap_before_a_new_period_stays() {
        let rows = [
            row(2020, "2019-04-10", Some("2019-06-01"), "S", "U4").ending("X1"),
            row(2020, "2019-07-01", None, "S", "U6"),
        ];
        check(
            &rows,
            &[
                ("2019-04-10", Some("2019-06-01"), "X1"),
                ("2019-07-01", None, ""),
            ],
            &[(Repair::ContinuationMissing, 1)],
        );
    }

    #[test]
    fn a_start_that_is_not_marked_is_taken_for_one() {
        let rows = [
            row(2020, "2019-04-10", Some("2019-06-01"), "S", "U4").ending("E4A"),
            row(2020, "2019-06-01", None, "P", "U6"),
        ];
        check(
            &rows,
            &[
                ("2019-04-10", Some("2019-06-01"), "E4A"),
                ("2019-06-01", None, ""),
            ],
            &[(Repair::StartNotMarked, 1)],
        );
    }

    #[test]
    fn copies_and_rivals_are_set_aside() {
        let copy = row(2020, "2019-04-10", Some("2019-06-01"), "S", "U4").ending("E4A");
        let rival = row(2020, "2019-04-10", Some("2019-05-01"), "S", "K2").ending("E4A");
        let stale = row(2020, "2019-04-10", None, "S", "U4");
        let stitched = stitch(&[copy, rival, copy, stale], 2020);
        assert_eq!(stitched.episodes, [copy]);
        assert_eq!(stitched.account.n_set_aside(SetAside::Duplicate), 1);
        assert_eq!(stitched.account.n_set_aside(SetAside::SameStart), 2);
    }

    #[test]
    fn copies_within_a_return_are_told_from_what_the_next_reports_again() {
        let first = row(2019, "2018-06-01", None, "S", "U4");
        let rival = row(2019, "2018-06-01", None, "S", "K2");
        let again = row(2020, "2018-06-01", None, "S", "U4");
        let account = stitch(&[again, first, rival, first, again], 2020).account;
        let aside = SetAside::ALL.map(|why| account.n_set_aside(why));
        assert_eq!((account.n_rows, account.n_used), (5, 1));
        assert_eq!(aside.iter().sum::<u64>(), 4);
        assert_eq!(account.n_set_aside(SetAside::ReportedAgain), 1);
        assert_eq!(account.n_set_aside(SetAside::Duplicate), 2);
        assert_eq!(account.n_set_aside(SetAside::SameStart), 1);
    }

    #[test]
    fn no_rows_make_no_history() {
        assert_eq!(stitch(&[], 2020), Stitched::default());
    }

    proptest! {
        #[test]
        fn any_rows_make_a_history_whatever_their_order(
            (rows, shuffled) in arbitrary_rows().prop_flat_map(|rows| {
                (Just(rows.clone()), Just(rows).prop_shuffle())
            })
        ) {
            let stitched = stitch(&rows, 2020);
            prop_assert_eq!(&stitch(&shuffled, 2020), &stitched);
            let account = stitched.account;
            let set_aside: u64 = SetAside::ALL.iter().map(|why| account.n_set_aside(*why)).sum();
            prop_assert_eq!(account.n_rows, account.n_used + set_aside);
            for pair in stitched.episodes.windows(2) {
                prop_assert!(pair[0].started < pair[1].started);
                prop_assert!(pair[0].ended.is_some_and(|ended| ended <= pair[1].started));
            }
        }
    }
}
