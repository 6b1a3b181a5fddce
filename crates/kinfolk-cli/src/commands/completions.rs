//! `kinfolk completions`: completions for a shell.

use clap::CommandFactory;

use crate::arguments::{Arguments, CompletionsArguments};
use crate::exit_code::Ending;
use crate::talk::to_stdout;

pub(super) fn run(arguments: &CompletionsArguments) -> Ending {
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut Arguments::command(),
        "kinfolk",
        &mut script,
    );
    to_stdout(&script);
    Ending::Done
}
