//! `kinfolk sdq`: the Strengths and Difficulties Questionnaire, without a study folder.

mod change;
mod score;

use kinfolk::Error;

use crate::arguments::SdqCommand;
use crate::exit_code::Ending;
use crate::talk::Talk;

pub(super) fn run(command: &SdqCommand, talk: Talk) -> Result<Ending, Error> {
    match command {
        SdqCommand::Score(arguments) => score::run(arguments, talk),
        SdqCommand::Change(arguments) => change::run(arguments, talk),
    }
}
