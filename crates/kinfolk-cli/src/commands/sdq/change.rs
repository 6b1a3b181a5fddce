//! `kinfolk sdq change`: each child's change, and what class it falls in.

use kinfolk::Error;
use kinfolk::stages::{
    ChangeColumns, ChangeOptions, SdqChanges, guard_table, open_table, sdq_change, write_table,
};

use crate::arguments::SdqChangeArguments;
use crate::exit_code::Ending;
use crate::findings::counted;
use crate::talk::{Talk, to_stdout};

pub(super) fn run(arguments: &SdqChangeArguments, talk: Talk) -> Result<Ending, Error> {
    if let Some(path) = &arguments.out {
        guard_table(path, &arguments.input)?;
    }
    let changes = sdq_change(open_table(&arguments.input)?, &options(arguments))?;
    if let Some(path) = &arguments.out {
        write_table(path, |out| changes.write_csv(out))?;
    }
    to_stdout(&changes.summary().to_json()?);
    talk.say(&in_words(&changes));
    Ok(Ending::Done)
}

fn options(arguments: &SdqChangeArguments) -> ChangeOptions {
    let names = ChangeColumns::default();
    let or = |name: &Option<String>, default: String| name.clone().unwrap_or(default);
    ChangeOptions {
        sd: arguments.sd,
        reliability: arguments.reliability,
        baseline: arguments.baseline,
        informant: arguments.informant,
        columns: ChangeColumns {
            child_id: or(&arguments.id, names.child_id),
            date: or(&arguments.date, names.date),
            total: or(&arguments.total, names.total),
            start: or(&arguments.start, names.start),
        },
    }
}

fn in_words(changes: &SdqChanges) -> String {
    let children = &changes.children;
    let n_pairs = children
        .iter()
        .filter(|child| child.pair().is_some())
        .count();
    let n_other = children.iter().filter(|child| child.has_other_form).count();
    let mut lines = vec![format!(
        "{} of a child and an informant, {n_pairs} with a first and a last total; \
         a change of {} points or more is reliable.",
        counted(children.len(), "pair"),
        changes.index().smallest_whole_change()
    )];
    if changes.n_rows_without_total > 0 {
        lines.push(format!(
            "{} without a total left out.",
            counted(changes.n_rows_without_total, "row")
        ));
    }
    if n_other > 0 {
        lines.push(format!(
            "{} have later totals on another form or version, which were left out.",
            counted(n_other, "pair")
        ));
    }
    lines.join("\n")
}
