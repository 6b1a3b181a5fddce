//! Progress of long work: a bar on a terminal, plain lines elsewhere.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use kinfolk::{Step, Watch};

use crate::talk::Talk;

/// How often a spinner turns.
const TURN: Duration = Duration::from_millis(120);

/// Shows how a run goes on.
pub(crate) struct Progress {
    bar: ProgressBar,
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
        self.bar.length().is_some_and(|n| n > 1)
    }
}

impl Watch for Progress {
    fn begin(&self, n_studies: usize) {
        self.bar.set_length(n_studies as u64);
        // The template is a constant; if it were wrong, the plain bar would do.
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len}  {msg}") {
            self.bar.set_style(style);
        }
    }

    fn step(&self, study: &str, step: Step) {
        self.time(study, Times::begin);
        self.bar.set_message(format!("{study}: {}", step.label()));
        if !self.is_terminal && !self.has_many() {
            self.talk.say(&format!("{study}: {}", step.label()));
        }
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
