//! Reports in every format for 41 made-up authorities and for all of them together, on two threads.
//! The limits are those that the project promises for two cores in an optimised build.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench stops at the first surprise and prints what it measured"
)]

use std::fs;
use std::path::Path;
use std::time::Instant;

use kinfolk::prelude::{Format, ReadOptions, date};
use kinfolk::synth::{generate_study, national_plans, write_folder};
use kinfolk::{Outcome, RollUpOptions, roll_up};

const N_AUTHORITIES: usize = 41;
const N_THREADS: usize = 2;
const SEED: u64 = 41;
const MOST_SECONDS: f64 = 60.0;
const MOST_MEGABYTES: f64 = 1000.0;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let options = RollUpOptions {
        parent: folder.path().join("nation"),
        out: folder.path().join("reports"),
        formats: Format::ALL.to_vec(),
        reading: ReadOptions {
            today: date(2025, 6, 1),
        },
    };
    make_up(&options.parent);

    let begun = Instant::now();
    let outcomes = threads().install(|| roll_up(&options, &()).expect("there are studies"));
    let seconds = begun.elapsed().as_secs_f64();

    check(&outcomes, &options.out);
    let megabytes = peak_megabytes();
    println!("{N_AUTHORITIES} authorities on {N_THREADS} threads: {seconds:.1} s");
    println!(
        "peak memory: {}",
        megabytes.map_or("not known".to_owned(), |n| format!("{n:.0} MB"))
    );
    if !cfg!(debug_assertions) {
        assert!(seconds < MOST_SECONDS, "{seconds} s");
        assert!(
            megabytes.is_none_or(|n| n < MOST_MEGABYTES),
            "{megabytes:?} MB"
        );
    }
}

fn make_up(parent: &Path) {
    for plan in national_plans(N_AUTHORITIES, SEED) {
        let name = plan.authority.to_lowercase().replace(' ', "-");
        write_folder(&generate_study(&plan), &parent.join(name)).expect("a study can be written");
    }
}

fn threads() -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new()
        .num_threads(N_THREADS)
        .build()
        .expect("threads can be started")
}

/// Every authority and all of them together have their files.
fn check(outcomes: &[Outcome], out: &Path) {
    assert_eq!(outcomes.len(), N_AUTHORITIES + 1);
    for outcome in outcomes {
        let done = outcome
            .result
            .as_ref()
            .expect("every study can be reported");
        assert!(done.files >= 8, "{}: {} files", outcome.folder, done.files);
        let report = fs::read(out.join(&outcome.folder).join("report.pdf"));
        assert!(
            report.is_ok_and(|bytes| bytes.starts_with(b"%PDF")),
            "{}",
            outcome.folder
        );
    }
}

/// The most memory that this process has held, where the system tells.
fn peak_megabytes() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}
