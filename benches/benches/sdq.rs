//! Ten million SDQ questionnaires of 25 items from memory to scores, on two threads. The limit is
//! what the project promises for two cores in an optimised build; the answers are those of the
//! scoring of one questionnaire.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench stops at the first surprise and prints what it measured"
)]

use std::time::Instant;

use kinfolk::sdq::{ItemColumns, MISSING, ScoreColumns, score_items};

const N_QUESTIONNAIRES: usize = if cfg!(debug_assertions) {
    100_000
} else {
    10_000_000
};
const N_ITEMS: usize = 25;
const N_THREADS: usize = 2;
const N_RUNS: usize = 3;
const LEAST_ITEMS_A_SECOND: f64 = 100e6;
/// Every how many questionnaires the answer is compared with that of one alone.
const STRIDE: usize = 997;

fn main() {
    let answers = make_up();
    let columns = ItemColumns::new(std::array::from_fn(|item| answers[item].as_slice()))
        .expect("the columns are of one length");

    let mut best = f64::INFINITY;
    let mut scores = ScoreColumns::default();
    for _ in 0..N_RUNS {
        let begun = Instant::now();
        scores = threads().install(|| columns.score());
        best = best.min(begun.elapsed().as_secs_f64());
    }

    check(&answers, &scores);
    let rate = (N_QUESTIONNAIRES * N_ITEMS) as f64 / best;
    println!(
        "{N_QUESTIONNAIRES} questionnaires on {N_THREADS} threads: {best:.3} s, {:.0} million items a second",
        rate / 1e6
    );
    if !cfg!(debug_assertions) {
        assert!(rate >= LEAST_ITEMS_A_SECOND, "{rate} items a second");
    }
}

/// Columns of answers from 0 to 2; one in eleven is missing.
fn make_up() -> Vec<Vec<u8>> {
    (0..N_ITEMS)
        .map(|item| (0..N_QUESTIONNAIRES).map(|row| answer(row, item)).collect())
        .collect()
}

/// An answer that depends on row and item alone, by a multiplication that mixes the bits.
fn answer(row: usize, item: usize) -> u8 {
    let mixed = (row * N_ITEMS + item + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
    if mixed.is_multiple_of(11) {
        MISSING
    } else {
        (mixed % 3) as u8
    }
}

fn threads() -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new()
        .num_threads(N_THREADS)
        .build()
        .expect("threads can be started")
}

fn check(answers: &[Vec<u8>], scores: &ScoreColumns) {
    for row in (0..N_QUESTIONNAIRES).step_by(STRIDE) {
        let items = std::array::from_fn(|item| {
            let raw = answers[item][row];
            (raw != MISSING).then_some(raw)
        });
        let expected = score_items(&items);
        assert_eq!(scores.total[row], expected.total.unwrap_or(MISSING));
        for (column, scale) in scores.scales.iter().zip(expected.scales()) {
            assert_eq!(column.score[row], scale.score.unwrap_or(MISSING));
        }
    }
}
