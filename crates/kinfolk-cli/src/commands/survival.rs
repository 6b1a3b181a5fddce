//! `kinfolk survival`: how long until an event.

use kinfolk::Error;
use kinfolk::model::format;
use kinfolk::stages::{open_table, survival_of};

use crate::arguments::SurvivalArguments;
use crate::exit_code::Ending;
use crate::talk::{Talk, to_stdout};

pub(super) fn run(arguments: &SurvivalArguments, talk: Talk) -> Result<Ending, Error> {
    let found = survival_of(open_table(&arguments.input)?, &arguments.options())?;
    to_stdout(&found.summary().to_json()?);
    let (n, n_events) = found.n_and_events();
    talk.say(&format!(
        "{} watched; the event happened to {}. Mean times reach to day {}.",
        format::count(n as u64),
        format::count(n_events as u64),
        format::exact(found.horizon())
    ));
    Ok(Ending::Done)
}
