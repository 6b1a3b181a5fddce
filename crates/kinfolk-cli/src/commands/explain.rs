//! `kinfolk explain`: what a word means.

use kinfolk::{Error, Explanation, TopicKind, explain, topics};

use crate::arguments::ExplainArguments;
use crate::exit_code::Ending;
use crate::talk::to_stdout;

/// The width of the page, in characters.
const WIDTH: usize = 92;
/// What every line begins with.
const INDENT: &str = "  ";
/// What the second and later lines of a fact begin with besides.
const HANGING: &str = "  ";

pub(super) fn run(arguments: &ExplainArguments) -> Result<Ending, Error> {
    let text = match &arguments.topic {
        Some(topic) => {
            let meanings: Vec<String> = explain(topic)?.iter().map(page).collect();
            meanings.join("\n")
        }
        None => list(&topics()),
    };
    to_stdout(text.as_bytes());
    Ok(Ending::Done)
}

fn page(explanation: &Explanation) -> String {
    let mut text = format!(
        "{} ({})\n{}\n",
        explanation.topic,
        kind(explanation.kind),
        wrapped(&explanation.title, "")
    );
    for paragraph in &explanation.paragraphs {
        text.push_str(&format!("\n{}\n", wrapped(paragraph, "  ")));
    }
    if !explanation.facts.is_empty() {
        text.push('\n');
    }
    for (what, which) in &explanation.facts {
        text.push_str(&wrapped(&format!("{what}: {which}"), HANGING));
        text.push('\n');
    }
    text
}

fn kind(kind: TopicKind) -> &'static str {
    match kind {
        TopicKind::Measure => "measure",
        TopicKind::Rule => "rule for the data",
        TopicKind::Profile => "disclosure profile",
        TopicKind::Table => "table",
        TopicKind::Column => "column",
    }
}

/// Every word under a heading for its kind.
fn list(topics: &[Explanation]) -> String {
    let width = topics
        .iter()
        .map(|explanation| explanation.topic.chars().count())
        .max()
        .unwrap_or_default();
    let mut text = String::new();
    let mut last = None;
    for explanation in topics {
        if last != Some(explanation.kind) {
            let gap = if last.is_some() { "\n" } else { "" };
            text.push_str(&format!("{gap}{}\n", explanation.kind.heading()));
            last = Some(explanation.kind);
        }
        text.push_str(&format!(
            "  {:width$}  {}\n",
            explanation.topic, explanation.title
        ));
    }
    text
}

/// Text in lines no wider than the page, each after the indent; those after the first hang.
fn wrapped(text: &str, hanging: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) => lines.push(format!("{INDENT}{hanging}{word}")),
            None => lines.push(format!("{INDENT}{word}")),
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_wider_than_the_page() {
        let text = wrapped(&"word ".repeat(60), HANGING);
        assert!(text.lines().count() > 3);
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH));
        assert_eq!(wrapped("one two", HANGING), "  one two");
    }
}
