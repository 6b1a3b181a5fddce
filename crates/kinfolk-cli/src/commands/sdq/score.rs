//! `kinfolk sdq score`: answers to scores and bands.

use std::io::{self, ErrorKind};

use kinfolk::Error;
use kinfolk::model::format;
use kinfolk::stages::{
    ScoreOptions, ScoreSummary, guard_table, open_table, score_sdq, write_table,
};

use crate::arguments::SdqScoreArguments;
use crate::exit_code::Ending;
use crate::findings::counted;
use crate::talk::Talk;

pub(super) fn run(arguments: &SdqScoreArguments, talk: Talk) -> Result<Ending, Error> {
    let options = ScoreOptions {
        informant: arguments.informant,
        form: arguments.form,
        prefix: arguments.prefix.clone(),
        without_bands: arguments.no_bands,
    };
    let summary = match &arguments.out {
        Some(path) => {
            guard_table(path, &arguments.input)?;
            let reader = open_table(&arguments.input)?;
            write_table(path, |out| score_sdq(reader, &options, out))?
        }
        None => {
            let reader = open_table(&arguments.input)?;
            match score_sdq(reader, &options, &mut io::stdout()) {
                // A reader that has gone away, such as `head`, is no reason to fail.
                Err(Error::Write { source, .. }) if source.kind() == ErrorKind::BrokenPipe => {
                    return Ok(Ending::Done);
                }
                result => result?,
            }
        }
    };
    talk.say(&in_words(summary));
    Ok(Ending::Done)
}

fn in_words(summary: ScoreSummary) -> String {
    let mut lines = vec![format!(
        "{} scored: {} a total, {} a scale that rests on three or four answers.",
        counted(summary.n_rows, "questionnaire"),
        have(summary.n_totals),
        have(summary.n_prorated)
    )];
    if summary.n_without_informant > 0 {
        lines.push(format!(
            "{} no bands and no impact score, because nobody says who answered; \
             say it with --informant or in a column informant.",
            have(summary.n_without_informant)
        ));
    }
    if summary.n_no_answer_codes > 0 {
        lines.push(format!(
            "{} such as 9 or 99 read as not answered.",
            counted(summary.n_no_answer_codes, "code")
        ));
    }
    if summary.is_odd() {
        lines.push(
            "No item is answered 0 anywhere. Make sure that answers run from 0 to 2.".to_owned(),
        );
    }
    lines.join("\n")
}

/// `1 has`, `2 have`.
fn have(n: usize) -> String {
    let verb = if n == 1 { "has" } else { "have" };
    format!("{} {verb}", format::count(n as u64))
}
