//! `kinfolk verify`: run again what a manifest describes, and compare.

use kinfolk::{Error, verify};

use crate::arguments::VerifyArguments;
use crate::exit_code::Ending;
use crate::progress::Progress;
use crate::talk::{Talk, to_stderr, to_stdout};

pub(super) fn run(arguments: &VerifyArguments, talk: Talk) -> Result<Ending, Error> {
    let progress = Progress::new(talk);
    let verification = verify(&arguments.manifest, arguments.study.as_deref(), &progress)
        .inspect_err(|error| {
            if error.is_usage() && arguments.study.is_none() {
                to_stderr("If the study has moved, say where it is with --study.");
            }
        })?;
    progress.clear();
    let (n_inputs, n_outputs) = (verification.n_inputs, verification.n_outputs);
    if verification.differences.is_empty() {
        to_stdout(
            format!("The same: {n_inputs} inputs and {n_outputs} outputs agree.\n").as_bytes(),
        );
        return Ok(Ending::Done);
    }
    let lines: Vec<String> = verification
        .differences
        .iter()
        .map(|difference| format!("  {difference}\n"))
        .collect();
    let n_differences = lines.len();
    to_stdout(
        format!(
            "Not the same: {n_differences} of the comparisons over {n_inputs} inputs and \
             {n_outputs} outputs differ.\n{}",
            lines.concat()
        )
        .as_bytes(),
    );
    Ok(Ending::Different)
}
