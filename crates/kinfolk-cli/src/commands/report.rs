//! `kinfolk report`: the report of one study.

use std::io;
use std::path::{Path, absolute};

use kinfolk::manifest::{Run, relative};
use kinfolk::prelude::{Opened, ReadOptions, ReportOptions, Severity};
use kinfolk::{Error, Format, Step, Watch, open_watched, outputs, report_watched};

use crate::arguments::ReportArguments;
use crate::clock::today;
use crate::exit_code::Ending;
use crate::findings::{Style, to_text};
use crate::progress::Progress;
use crate::talk::{self, Talk};

pub(super) fn run(arguments: &ReportArguments, talk: Talk) -> Result<Ending, Error> {
    // The grammar asks for the study where `--each` is absent.
    let study = arguments.study.as_deref().unwrap_or(Path::new("."));
    outputs::guard(&arguments.out, study)?;
    let progress = Progress::new(talk);
    let options = ReadOptions {
        today: today(arguments.as_of.as_of),
    };
    let opened = open_watched(study, &options, &progress)?;
    let made = report_watched(&opened, &choice(arguments, study), &progress)?;
    progress.step(&opened.name, Step::Write);
    outputs::write_outputs(&made, &arguments.out)?;
    progress.clear();
    tell(&opened, arguments, talk);
    Ok(Ending::of_data(
        opened.count(Severity::Error),
        opened.count(Severity::Warning),
        arguments.strict,
    ))
}

fn choice(arguments: &ReportArguments, study: &Path) -> ReportOptions {
    ReportOptions {
        formats: formats(arguments),
        run: Run::Report {
            study: path_in_manifest(study, &arguments.out),
            benchmark: None,
        },
        benchmark: None,
    }
}

/// What was asked for; everything where nothing was.
pub(super) fn formats(arguments: &ReportArguments) -> Vec<Format> {
    if arguments.formats.is_empty() {
        Format::ALL.to_vec()
    } else {
        arguments.formats.clone()
    }
}

/// The study as the manifest will find it.
pub(super) fn path_in_manifest(study: &Path, out: &Path) -> String {
    let full = |path: &Path| absolute(path).unwrap_or_else(|_| path.to_owned());
    relative(&full(study), &full(out))
}

fn tell(opened: &Opened, arguments: &ReportArguments, talk: Talk) {
    let style = if talk::may_colour(&io::stderr()) {
        Style::Colour
    } else {
        Style::Plain
    };
    if !opened.findings.is_empty() {
        talk.say(&to_text(&opened.findings, style));
    }
    if opened.count(Severity::Error) > 0 {
        talk.say("The data have errors: the report rests on what could be used, and says so.");
    }
    talk.say(&format!("The report is in {}", arguments.out.display()));
    talk.say("Its folder internal names children: keep it, and publish the rest.");
}
