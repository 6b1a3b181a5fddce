//! `kinfolk check`: what is wrong or doubtful in the files of a study.

use std::io;

use kinfolk::prelude::{Finding, ReadOptions, Severity};
use kinfolk::{Error, check_value, findings_to_json, findings_to_xlsx, open_watched, outputs};

use crate::arguments::{CheckArguments, FindingsFormat};
use crate::clock::today;
use crate::exit_code::Ending;
use crate::findings::{Style, summary, to_text};
use crate::progress::Progress;
use crate::talk::{self, Talk};

pub(super) fn run(arguments: &CheckArguments, talk: Talk) -> Result<Ending, Error> {
    let options = ReadOptions {
        today: today(arguments.as_of.as_of),
    };
    let progress = Progress::silent_without_terminal(talk);
    let mut opened = open_watched(&arguments.study, &options, &progress)?;
    progress.clear();
    opened.findings.extend(check_value(&opened));
    let is_on_screen = arguments.out.is_none();
    let document = rendered(arguments.format, &opened.findings, is_on_screen)?;
    match &arguments.out {
        Some(path) => {
            outputs::write_whole(path, &document)?;
            talk.say(&format!(
                "{}\nWritten to {}",
                summary(&opened.findings),
                path.display()
            ));
        }
        None => talk::to_stdout(&document),
    }
    let count = |severity| opened.count(severity);
    Ok(Ending::of_data(
        count(Severity::Error),
        count(Severity::Warning),
        arguments.strict,
    ))
}

fn rendered(
    format: FindingsFormat,
    findings: &[Finding],
    is_on_screen: bool,
) -> Result<Vec<u8>, Error> {
    match format {
        FindingsFormat::Text => Ok(to_text(findings, style(is_on_screen)).into_bytes()),
        FindingsFormat::Json => findings_to_json(findings),
        FindingsFormat::Xlsx => findings_to_xlsx(findings),
    }
}

fn style(is_on_screen: bool) -> Style {
    if is_on_screen && talk::may_colour(&io::stdout()) {
        Style::Colour
    } else {
        Style::Plain
    }
}
