//! `kinfolk effect`: what the programme did to an outcome.

use kinfolk::Error;
use kinfolk::model::{Code, format};
use kinfolk::stages::{CohortEffect, Draws, EffectOptions, effect_of, open_table};

use crate::arguments::EffectArguments;
use crate::exit_code::Ending;
use crate::talk::{Talk, to_stdout};

/// Decimals of a difference on screen; the JSON has all of them.
const DECIMALS: usize = 3;

pub(super) fn run(arguments: &EffectArguments, talk: Talk) -> Result<Ending, Error> {
    let found = effect_of(open_table(&arguments.input)?, &options(arguments))?;
    to_stdout(&found.summary().to_json()?);
    talk.say(&in_words(&found));
    Ok(Ending::Done)
}

fn options(arguments: &EffectArguments) -> EffectOptions {
    let draws = arguments.bootstrap.zip(arguments.seed);
    EffectOptions {
        columns: arguments.cohort.columns(),
        outcome: arguments.outcome.clone(),
        cluster: arguments.cluster.clone(),
        authority: arguments.authority.clone(),
        method: arguments.method.into(),
        rule: arguments.rule.rule(),
        confidence: arguments.confidence,
        bootstrap: draws.map(|(n, seed)| Draws {
            n: n as usize,
            seed,
            intervals: arguments.draw_intervals.into(),
        }),
        risk_sets: arguments.risk_sets(),
    }
}

fn in_words(found: &CohortEffect) -> String {
    let mut lines = Vec::new();
    for (method, difference) in found.differences() {
        let said = match difference {
            Ok(effect) => {
                let shown = |value| format::number(value, DECIMALS);
                let interval = effect.interval.map_or(String::new(), |interval| {
                    format!(" ({} to {})", shown(interval.lower), shown(interval.upper))
                });
                format!(
                    "programme less comparator {}{interval}",
                    shown(effect.value)
                )
            }
            Err(reason) => format!("refused: {reason}"),
        };
        lines.push(format!("{}: {said}.", method.code()));
    }
    let [treated, control] = found.n_missing;
    if treated + control > 0 {
        lines.push(format!(
            "Without a known outcome, and left out: {treated} of the programme, {control} comparators."
        ));
    }
    let references = found.references();
    if !references.is_empty() {
        lines.push(format!("Words as 1 and 0: {}.", references.join(", ")));
    }
    lines.join("\n")
}
