//! `kinfolk published`: what a table that others published comes to.

use kinfolk::Error;
use kinfolk::stages::{open_table, published_of};

use crate::arguments::PublishedArguments;
use crate::exit_code::Ending;
use crate::talk::{Talk, to_stdout};

pub(super) fn run(arguments: &PublishedArguments, talk: Talk) -> Result<Ending, Error> {
    let found = published_of(open_table(&arguments.input)?, arguments.confidence)?;
    to_stdout(&found.summary().to_json()?);
    for doubt in &found.doubts {
        talk.say(doubt);
    }
    if found.doubts.is_empty() {
        return Ok(Ending::Done);
    }
    Ok(Ending::DataErrors)
}
