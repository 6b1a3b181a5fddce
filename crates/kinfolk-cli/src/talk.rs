//! What the program says, and where: data on standard output, everything else on standard error.

use std::error::Error;
use std::io::{self, IsTerminal, Write};

/// Writes a line to standard error. A reader that has gone away is no reason to fail.
pub(crate) fn to_stderr(text: &str) {
    writeln!(io::stderr().lock(), "{text}").ok();
}

/// Writes to standard output. A reader that has gone away, such as `head`, is no reason to fail.
pub(crate) fn to_stdout(bytes: &[u8]) {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).ok();
}

/// Says things on standard error, unless asked to be quiet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Talk {
    pub(crate) is_quiet: bool,
}

impl Talk {
    /// Says something that may be missed.
    pub(crate) fn say(self, text: &str) {
        if !self.is_quiet {
            to_stderr(text);
        }
    }

    /// Says why a run did not end well. This is never left out.
    pub(crate) fn complain(self, error: &dyn Error) {
        to_stderr(&sentences(error));
    }
}

/// An error with its causes, each a sentence on a line of its own. A cause whose words the error
/// above it holds already is not repeated.
pub(crate) fn sentences(error: &dyn Error) -> String {
    let mut text = format!("Error: {}", sentence(&error.to_string()));
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let words = error.to_string();
        if !said.contains(&words) {
            text.push_str(&format!("\n  Because: {}", sentence(&words)));
        }
        said = words;
        cause = error.source();
    }
    text
}

/// A lower-case fragment as a sentence.
fn sentence(fragment: &str) -> String {
    let mut letters = fragment.chars();
    let capital = letters.next().map(char::to_uppercase);
    let text: String = capital.into_iter().flatten().chain(letters).collect();
    let is_closed = text.ends_with(['.', '!', '?']);
    if is_closed { text } else { format!("{text}.") }
}

/// `a`, `a or b`, `a, b or c`.
pub(crate) fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// Whether colour may be used on a stream: it is a terminal, and nobody has forbidden it.
pub(crate) fn may_colour(stream: &impl IsTerminal) -> bool {
    let is_forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    stream.is_terminal() && !is_forbidden && !is_dumb
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{words}")]
    struct Layer {
        words: &'static str,
        source: Option<Box<Layer>>,
    }

    fn check(layers: &[&'static str], expected: &str) {
        let error = layers.iter().rev().fold(None, |source, words| {
            Some(Box::new(Layer { words, source }))
        });
        assert_eq!(sentences(&error.unwrap()), expected);
    }

    #[test]
    fn errors_are_sentences_with_their_causes() {
        check(&["it failed"], "Error: It failed.");
        check(
            &["it failed", "no room"],
            "Error: It failed.\n  Because: No room.",
        );
        check(
            &["it failed: no room", "no room"],
            "Error: It failed: no room.",
        );
        check(&["`a` is gone."], "Error: `a` is gone.");
    }
}
