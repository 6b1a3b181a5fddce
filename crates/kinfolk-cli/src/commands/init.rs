//! `kinfolk init`: a new study folder.

use kinfolk::Error;
use kinfolk::init::{NewStudy, init};

use crate::arguments::InitArguments;
use crate::clock::today;
use crate::exit_code::Ending;
use crate::talk::Talk;

pub(super) fn run(arguments: &InitArguments, talk: Talk) -> Result<Ending, Error> {
    let folder = &arguments.folder;
    let guess = NewStudy::guess(folder, today(arguments.as_of.as_of));
    let study = NewStudy {
        authority: arguments.authority.clone().unwrap_or(guess.authority),
        country: arguments.country.unwrap_or(guess.country),
        ..guess
    };
    init(folder, &study)?;
    talk.say(&format!(
        "A study of {} in {} is started in {folder}.\n\
         Next: look through study.toml, fill records.xlsx, then type\n  kinfolk check {folder}",
        study.authority,
        study.period.label(),
        folder = folder.display(),
    ));
    Ok(Ending::Done)
}
