//! `kinfolk sdq change`: each child's change, and what class it falls in.

use std::collections::BTreeSet;

use kinfolk::Error;
use kinfolk::model::format;
use kinfolk::stages::{
    ChangeColumns, ChangeOptions, ChildChange, SdqChanges, guard_table, open_table, sdq_change,
    write_table,
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
    lines.extend(left_out(children));
    lines.join("\n")
}

/// Whose later totals are on another form or version of it, and for whom that leaves no change.
fn left_out(children: &[ChildChange]) -> Option<String> {
    let named = |is_left_out: fn(&ChildChange) -> bool| {
        let left_out = children.iter().filter(|child| is_left_out(child));
        let ids: BTreeSet<&str> = left_out.map(|child| child.child_id.as_str()).collect();
        ids.len()
    };
    let n_children = named(|child| child.has_other_form);
    let n_without = named(|child| child.has_other_form && child.pair().is_none());
    let whose = match n_children {
        0 => return None,
        1 => "1 child has".to_owned(),
        n => format!("{} children have", format::count(n as u64)),
    };
    let without = match n_without {
        0 => "all of them have others that can be compared".to_owned(),
        n if n == n_children => "no change of theirs can be told from others".to_owned(),
        n => format!("for {} no other can be compared", format::count(n as u64)),
    };
    Some(format!(
        "{whose} later totals on another form, or another version of it, than the first; these were \
         left out, and {without}."
    ))
}
