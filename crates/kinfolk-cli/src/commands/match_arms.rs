//! `kinfolk match`: comparators for a programme's children.

use kinfolk::Error;
use kinfolk::model::format;
use kinfolk::stages::{
    CohortMatch, guard_table, match_cohort, match_in_risk_sets, open_table, write_page, write_table,
};

use crate::arguments::MatchArguments;
use crate::exit_code::Ending;
use crate::talk::{Talk, to_stdout};

pub(super) fn run(arguments: &MatchArguments, talk: Talk) -> Result<Ending, Error> {
    if let Some(path) = &arguments.out {
        guard_table(path, &arguments.input)?;
    }
    let table = open_table(&arguments.input)?;
    let (columns, rule) = (arguments.cohort.columns(), arguments.rule.rule());
    let found = match arguments.in_care.times() {
        None => match_cohort(table, &columns, rule)?,
        Some(times) => match_in_risk_sets(table, &columns, &times, rule)?,
    };
    if let Some(path) = &arguments.out {
        write_table(path, |out| found.write_csv(out))?;
    }
    if let Some(path) = &arguments.protocol {
        guard_table(path, &arguments.input)?;
        write_page(path, &found.protocol())?;
    }
    to_stdout(&found.summary().to_json()?);
    talk.say(&in_words(&found));
    Ok(Ending::Done)
}

fn in_words(found: &CohortMatch) -> String {
    let (matched, n) = found.n_matched();
    let mut lines = vec![format!(
        "{} of {} children of the programme have a comparator.",
        format::count(matched as u64),
        format::count(n as u64)
    )];
    if let Some((name, difference)) = found.worst() {
        lines.push(format!(
            "The arms then differ most in {name}, by {} standard deviations.",
            format::number(difference, 2)
        ));
    }
    let references = found.references();
    if !references.is_empty() {
        lines.push(format!("Words as 1 and 0: {}.", references.join(", ")));
    }
    lines.join("\n")
}
