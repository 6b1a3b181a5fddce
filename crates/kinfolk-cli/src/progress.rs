//! Progress of long work: a bar on a terminal, plain lines elsewhere.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use kinfolk::{Step, Watch};

use crate::talk::Talk;

/// How often a spinner turns.
const TURN: Duration = Duration::from_millis(120);

/// How much of the files has been read.
const BYTES: &str = "{spinner} {msg}  {bar:30} {decimal_bytes} of {decimal_total_bytes}";

/// Shows how a run goes on.
pub(crate) struct Progress {
    bar: ProgressBar,
    has_many: AtomicBool,
    talk: Talk,
    is_terminal: bool,
    times: Mutex<BTreeMap<String, Times>>,
}

/// How long a study has been worked on, and since when it is now.
#[derive(Debug, Clone, Copy, Default)]
struct Times {
    worked: Duration,
    since: Option<Instant>,
}

impl Times {
    fn begin(&mut self) {
        self.since.get_or_insert_with(Instant::now);
    }

    fn rest(&mut self) {
        self.worked += self
            .since
            .take()
            .map_or(Duration::ZERO, |begun| begun.elapsed());
    }
}

impl Progress {
    /// For one study; the number of several is learned when work on them begins.
    pub(crate) fn new(talk: Talk) -> Self {
        let is_terminal = io::stderr().is_terminal() && !talk.is_quiet;
        let bar = if is_terminal {
            ProgressBar::new_spinner()
        } else {
            ProgressBar::hidden()
        };
        bar.enable_steady_tick(TURN);
        Self {
            bar,
            has_many: AtomicBool::new(false),
            talk,
            is_terminal,
            times: Mutex::default(),
        }
    }

    /// For one study, with nothing said where there is no terminal to show a bar on.
    pub(crate) fn silent_without_terminal(talk: Talk) -> Self {
        Self {
            talk: Talk { is_quiet: true },
            ..Self::new(talk)
        }
    }

    /// Takes the bar off the screen.
    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }

    /// How many seconds each study was worked on, by its name.
    pub(crate) fn seconds(&self) -> BTreeMap<String, f64> {
        let times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        times
            .iter()
            .map(|(study, times)| (study.clone(), times.worked.as_secs_f64()))
            .collect()
    }

    fn time(&self, study: &str, change: fn(&mut Times)) {
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        change(times.entry(study.to_owned()).or_default());
    }

    fn has_many(&self) -> bool {
        self.has_many.load(Ordering::Relaxed)
    }

    /// Shows how much of something is done, in a line of this form.
    fn measure(&self, of: u64, template: &str) {
        self.bar.set_length(of);
        // The template is a constant; if it were wrong, the plain bar would do.
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
    }
}

impl Watch for Progress {
    fn begin(&self, n_studies: usize) {
        self.has_many.store(n_studies > 1, Ordering::Relaxed);
        self.measure(n_studies as u64, "{bar:30} {pos} of {len}  {msg}");
    }

    fn step(&self, study: &str, step: Step) {
        self.time(study, Times::begin);
        if !self.has_many() {
            self.bar.set_style(ProgressStyle::default_spinner());
        }
        self.bar.set_message(format!("{study}: {}", step.label()));
        if !self.is_terminal && !self.has_many() {
            self.talk.say(&format!("{study}: {}", step.label()));
        }
    }

    fn read(&self, _study: &str, n_bytes: u64, of: u64) {
        if self.has_many() {
            return;
        }
        if n_bytes == 0 {
            self.measure(of, BYTES);
        }
        self.bar.set_position(n_bytes);
    }

    fn rest(&self, study: &str) {
        self.time(study, Times::rest);
    }

    fn finished(&self, study: &str) {
        self.rest(study);
        self.bar.inc(1);
        if !self.is_terminal {
            self.talk.say(&format!("{study}: done"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_shown_of_one_study_and_not_among_many() {
        let check = |n_studies: usize, expected: (u64, Option<u64>)| {
            let progress = Progress::new(Talk { is_quiet: true });
            if n_studies > 1 {
                progress.begin(n_studies);
            }
            progress.read("study", 0, 90);
            progress.read("study", 60, 90);
            assert_eq!((progress.bar.position(), progress.bar.length()), expected);
        };
        check(1, (60, Some(90)));
        check(3, (0, Some(3)));
    }
}
