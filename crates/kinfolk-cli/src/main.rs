//! The `kinfolk` program: arguments, progress, findings on screen, exit codes. What it does is in
//! the `kinfolk` library.

mod arguments;
mod clock;
mod commands;
mod crash;
mod exit_code;
mod findings;
mod progress;
mod talk;

use std::process::ExitCode;

fn main() -> ExitCode {
    crash::guarded(commands::run)
}
