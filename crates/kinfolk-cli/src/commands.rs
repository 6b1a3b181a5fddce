//! One file for each command.

mod analyse;
mod check;
mod completions;
mod effect;
mod explain;
mod init;
mod match_arms;
mod placements;
mod published;
mod report;
mod report_each;
mod sdq;
mod survival;
mod synth;
mod value;
mod verify;

use clap::Parser;
use kinfolk::Error;

use crate::arguments::{Arguments, Command};
use crate::exit_code::Ending;
use crate::talk::{self, Talk};

/// Reads the command line and does what it says.
pub(crate) fn run() -> Ending {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(refusal) => return refuse(&refusal),
    };
    let talk = Talk {
        is_quiet: arguments.quiet,
    };
    let outcome = with_threads(arguments.jobs, || dispatch(&arguments.command, talk));
    outcome.unwrap_or_else(|error| {
        talk.complain(&error);
        if let Some(hint) = hint(&error) {
            talk::to_stderr(&hint);
        }
        Ending::of_error(&error)
    })
}

/// Help goes to standard output and is no failure; everything else is wrong usage.
fn refuse(refusal: &clap::Error) -> Ending {
    refusal.print().ok();
    if refusal.use_stderr() {
        Ending::Usage
    } else {
        Ending::Done
    }
}

fn dispatch(command: &Command, talk: Talk) -> Result<Ending, Error> {
    match command {
        Command::Init(arguments) => init::run(arguments, talk),
        Command::Check(arguments) => check::run(arguments, talk),
        Command::Analyse(arguments) => analyse::run(arguments, talk),
        Command::Report(arguments) => match &arguments.each {
            Some(parent) => report_each::run(parent, arguments, talk),
            None => report::run(arguments, talk),
        },
        Command::Sdq { command } => sdq::run(command, talk),
        Command::Placements(arguments) => placements::run(arguments, talk),
        Command::Match(arguments) => match_arms::run(arguments, talk),
        Command::Effect(arguments) => effect::run(arguments, talk),
        Command::Published(arguments) => published::run(arguments, talk),
        Command::Survival(arguments) => survival::run(arguments, talk),
        Command::Synth(arguments) => synth::run(arguments, talk),
        Command::Value(arguments) => value::run(arguments, talk),
        Command::Verify(arguments) => verify::run(arguments, talk),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Completions(arguments) => Ok(completions::run(arguments)),
    }
}

/// Runs with that many threads; with as many as there are cores where none are asked for.
fn with_threads<T: Send>(jobs: Option<u16>, work: impl FnOnce() -> T + Send) -> T {
    let pool = jobs.and_then(|jobs| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(jobs))
            .build()
            .ok()
    });
    match pool {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// Says what a person who typed that would want to know next.
fn hint(error: &Error) -> Option<String> {
    match error {
        Error::ColumnsTaken { .. } => {
            Some("With --prefix sdq_ they begin with sdq_, for example.".to_owned())
        }
        Error::UnknownTopic { suggestions, .. } if !suggestions.is_empty() => {
            Some(format!("Did you mean {}?", talk::listed(suggestions)))
        }
        _ => None,
    }
}
