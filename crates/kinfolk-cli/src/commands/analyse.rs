//! `kinfolk analyse`: every estimate, with nothing hidden.

use kinfolk::prelude::{ReadOptions, Severity};
use kinfolk::{Error, Step, Watch, analysis, open_watched, outputs};

use super::report::path_in_manifest;
use crate::arguments::AnalyseArguments;
use crate::clock::today;
use crate::exit_code::Ending;
use crate::findings::summary;
use crate::progress::Progress;
use crate::talk::Talk;

pub(super) fn run(arguments: &AnalyseArguments, talk: Talk) -> Result<Ending, Error> {
    outputs::guard(&arguments.out, &arguments.study)?;
    let progress = Progress::new(talk);
    let options = ReadOptions {
        today: today(arguments.as_of.as_of),
    };
    let opened = open_watched(&arguments.study, &options, &progress)?;
    progress.step(&opened.name, Step::Analyse);
    let files = analysis(&opened, path_in_manifest(&arguments.study, &arguments.out))?;
    outputs::write_outputs(&files, &arguments.out)?;
    progress.clear();
    talk.say(&summary(&opened.findings));
    talk.say(&format!(
        "Estimates are in {}. Nothing in them is hidden: keep them inside the building.",
        arguments.out.display()
    ));
    Ok(Ending::of_data(opened.count(Severity::Error), 0, false))
}
