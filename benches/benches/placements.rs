//! Returns of five years read, made into histories and measured, on two threads. A bench of
//! 100,000 children by default; with `KINFOLK_BENCH_CHILDREN=1000000` it is the million children,
//! in some ten million rows of episodes, for whom the project promises a time and a size.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench stops at the first surprise and prints what it measured"
)]

use std::env;
use std::fs;
use std::path::Path;
use std::time::Instant;

use kinfolk::model::care::{CountedReasons, ShortBreakStarts, TemporaryPlacements};
use kinfolk::prelude::{Date, ReadOptions, Statistic};
use kinfolk::stages::{
    CareOptions, MoveRule, Placements, SameHomeOptions, StabilityOptions, placements_of,
};
use kinfolk::synth::{ReturnsAnswers, ReturnsPlan, ReturnsWorld, write_returns};

const N_THREADS: usize = 2;
const DEFAULT_CHILDREN: usize = if cfg!(debug_assertions) {
    2_000
} else {
    100_000
};
/// What is promised for a million children.
const MANY_CHILDREN: usize = 1_000_000;
const MOST_SECONDS: f64 = 30.0;
const MOST_GIGABYTES: f64 = 6.0;
const CONFIDENCE: f64 = 0.95;

fn main() {
    let plan = ReturnsPlan {
        n_children: n_children(),
        n_years: 5,
        last_year: 2024,
        seed: 1,
        world: ReturnsWorld::Dense,
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let answers = write_returns(&plan, folder.path()).expect("the returns can be written");

    let begun = Instant::now();
    let (placements, n_estimates) = threads().install(|| measure(folder.path(), plan.last_day()));
    let seconds = begun.elapsed().as_secs_f64();

    check(&placements, &answers);
    println!(
        "{} children, {} rows of episodes, {n_estimates} estimates on {N_THREADS} threads: {seconds:.2} s",
        plan.n_children, answers.n_rows
    );
    if let Some(gigabytes) = most_memory() {
        println!("at most {gigabytes:.2} GB of memory");
        assert!(gigabytes < MOST_GIGABYTES, "{gigabytes} GB");
    }
    if !cfg!(debug_assertions) && plan.n_children <= MANY_CHILDREN {
        assert!(seconds < MOST_SECONDS, "{seconds} s");
    }
}

fn n_children() -> usize {
    let asked = env::var("KINFOLK_BENCH_CHILDREN").ok();
    asked.map_or(DEFAULT_CHILDREN, |n| {
        n.parse().expect("a number of children")
    })
}

fn threads() -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new()
        .num_threads(N_THREADS)
        .build()
        .expect("threads can be started")
}

fn measure(folder: &Path, on: Date) -> (Placements, usize) {
    let options = CareOptions {
        stability: StabilityOptions {
            on,
            short_break_starts: ShortBreakStarts::LeftOut,
        },
        rule: MoveRule::default(),
        same_home: SameHomeOptions::up_to(on, 365),
        country: kinfolk::model::Country::England,
    };
    let read = ReadOptions { today: on };
    let placements = placements_of(&[folder.to_owned()], &read, options, CONFIDENCE)
        .expect("the returns can be read");
    let n_estimates = placements.estimates().records.len();
    (placements, n_estimates)
}

/// No row is lost, none is in doubt, and each rule counts what it must.
fn check(placements: &Placements, answers: &ReturnsAnswers) {
    let facts = &placements.facts;
    assert_eq!(placements.findings, []);
    assert_eq!(facts.account.n_rows, answers.n_rows);
    assert_eq!(facts.account.n_used, answers.n_episodes);
    let rules = [
        CountedReasons::Spb,
        CountedReasons::Spbtu,
        CountedReasons::Every,
    ]
    .map(|counted| MoveRule::new(counted, TemporaryPlacements::Bridge));
    for (rule, expected) in rules.into_iter().zip(answers.n_three_or_more) {
        let measured = facts.children.iter().map(|child| child.under(rule));
        let (mut n_in_care, mut n_many) = (0, 0);
        for child in measured.filter(|child| child.in_care) {
            n_in_care += 1;
            n_many += u64::from(child.has_three_or_more_in_year());
        }
        assert_eq!(
            (n_in_care, n_many),
            (answers.n_in_care, expected),
            "{rule:?}"
        );
    }
    let estimates = &placements.estimates().records;
    let share = estimates.iter().find(|estimate| {
        estimate.measure == "stability.three_or_more" && estimate.statistic == Statistic::Proportion
    });
    let numerator = share.and_then(|share| share.numerator);
    assert_eq!(numerator, Some(answers.n_three_or_more[0]));
}

/// The most memory that the program had, where the system tells.
fn most_memory() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1e6)
}
