//! The whole path of a study on two threads: read, check, derive, estimate. Of some 10,000 children by
//! default; with `KINFOLK_BENCH_CHILDREN=1000000` it is the million children, in some ten million rows
//! of episodes, for whom the project promises a time and a size; with `KINFOLK_BENCH_ONE_IN=1` each of
//! them has a Practice Summary, a tracker and questionnaires, and not one in fifty. A tenth of the children goes first, to see that
//! the cost grows with their number and no faster.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench stops at the first surprise and prints what it measured"
)]

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Instant;

use kinfolk::Opened;
use kinfolk::model::Estimates;
use kinfolk::prelude::{Group, Key, ReadOptions, Severity, Statistic, date};
use kinfolk::synth::{ReturnsWorld, StudyPlan, StudyReturnsPlan, demo_plan, write_study};

const N_THREADS: usize = 2;
const DEFAULT_CHILDREN: usize = if cfg!(debug_assertions) {
    1_000
} else {
    10_000
};
/// One child of the returns in so many has a Practice Summary, unless asked otherwise.
const ONE_IN: usize = 50;
const N_YEARS: i16 = 7;
/// What is promised for a million children.
const MANY_CHILDREN: usize = 1_000_000;
const MOST_SECONDS: f64 = 60.0;
const MOST_GIGABYTES: f64 = 8.0;
/// How much longer a row may take among ten times the rows, where runs are long enough to tell.
const MOST_GROWTH: f64 = 1.5;
const LEAST_SECONDS_TO_TELL: f64 = 2.0;

fn main() {
    let n_children = asked("KINFOLK_BENCH_CHILDREN", DEFAULT_CHILDREN);
    let small = Run::of(n_children / 10);
    let large = Run::of(n_children);
    let growth = large.seconds_a_row() / small.seconds_a_row();
    println!("a row takes {growth:.2} times as long among ten times the rows");
    if let Some(gigabytes) = most_memory() {
        println!("at most {gigabytes:.2} GB of memory");
        assert!(gigabytes < MOST_GIGABYTES, "{gigabytes} GB");
    }
    if cfg!(debug_assertions) {
        return;
    }
    assert!(
        small.seconds < LEAST_SECONDS_TO_TELL || growth < MOST_GROWTH,
        "{growth} times as long a row"
    );
    assert!(
        n_children > MANY_CHILDREN || large.seconds < MOST_SECONDS,
        "{} s",
        large.seconds
    );
}

fn asked(variable: &str, otherwise: usize) -> usize {
    let asked = env::var(variable).ok();
    asked.map_or(otherwise, |n| n.parse().expect("a number"))
}

/// One study from its folder to its estimates.
struct Run {
    n_rows: u64,
    seconds: f64,
}

impl Run {
    fn of(n_children: usize) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let n_in_study = n_children / asked("KINFOLK_BENCH_ONE_IN", ONE_IN);
        make_up(n_in_study, n_children - n_in_study, folder.path());
        let n_rows = n_rows(folder.path());

        let begun = Instant::now();
        let (opened, read, estimates) = threads().install(|| analyse(folder.path()));
        let seconds = begun.elapsed().as_secs_f64();
        drop(opened);

        check(&estimates, n_in_study, n_rows);
        println!(
            "{n_children} children, {n_in_study} Practice Summaries, {n_rows} rows of episodes, {} estimates on {N_THREADS} threads: {seconds:.2} s, \
             of which read and checked in {read:.2} s",
            estimates.records.len()
        );
        Self { n_rows, seconds }
    }

    fn seconds_a_row(&self) -> f64 {
        self.seconds / self.n_rows as f64
    }
}

fn make_up(n_in_study: usize, n_others: usize, folder: &Path) {
    let plan = StudyPlan {
        n_children: n_in_study,
        seed: 1,
        benchmark: None,
        ..demo_plan()
    };
    let returns = StudyReturnsPlan {
        n_years: N_YEARS,
        n_others,
        world: ReturnsWorld::Dense,
    };
    write_study(&plan, Some(returns), folder).expect("the study can be written");
}

/// Rows of episodes in all returns.
fn n_rows(folder: &Path) -> u64 {
    let years = fs::read_dir(folder.join("returns")).expect("there are returns");
    let rows = years.map(|year| {
        let path = year
            .expect("a year can be listed")
            .path()
            .join("episodes.csv");
        let file = fs::File::open(path).expect("there are episodes");
        BufReader::new(file).lines().count() as u64 - 1
    });
    rows.sum()
}

fn threads() -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new()
        .num_threads(N_THREADS)
        .build()
        .expect("threads can be started")
}

/// The study, the seconds until it was read and checked, and its estimates.
fn analyse(folder: &Path) -> (Opened, f64, Estimates) {
    let begun = Instant::now();
    let options = ReadOptions {
        today: date(2025, 6, 1),
    };
    let opened = kinfolk::open(folder, &options).expect("the study can be read");
    let read = begun.elapsed().as_secs_f64();
    // A quarter of so many children is more than a return of one authority is believed to hold.
    let errors = opened
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    assert!(errors.into_iter().all(|error| error.rule == "count-absurd"));
    let estimates = kinfolk::analyse(&opened);
    (opened, read, estimates)
}

/// Every child and every row is in the estimates, and each child of the study is found in the returns.
fn check(estimates: &Estimates, n_in_study: usize, n_rows: u64) {
    let of = |measure: &str, group, statistic| {
        let found = estimates.get(&Key::new(measure, group, statistic));
        found.expect("the study has this measure").clone()
    };
    let count = of("reach.children", Group::all(), Statistic::Count);
    assert_eq!(count.value, Some(n_in_study as f64));
    let rows = of(
        "stability.rows",
        Group::of("became", "read"),
        Statistic::Count,
    );
    assert_eq!(rows.value, Some(n_rows as f64));
    let found = of("stability.found", Group::all(), Statistic::Proportion);
    assert_eq!(found.value, Some(1.0));
}

/// The most memory that the program had, where the system tells.
fn most_memory() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1e6)
}
