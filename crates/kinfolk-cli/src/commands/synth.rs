//! `kinfolk synth`: made-up studies.

use std::path::Path;

use kinfolk::Error;
use kinfolk::init::check_is_new;
use kinfolk::synth::{StudyPlan, demo_plan, generate_study, national_plans, write_folder};

use crate::arguments::SynthArguments;
use crate::exit_code::Ending;
use crate::talk::Talk;

pub(super) fn run(arguments: &SynthArguments, talk: Talk) -> Result<Ending, Error> {
    check_is_new(&arguments.out)?;
    match arguments.authorities {
        None => write(&one(arguments), &arguments.out)?,
        Some(n) => {
            for plan in many(arguments, usize::from(n)) {
                let name = plan.authority.to_lowercase().replace(' ', "-");
                write(&plan, &arguments.out.join(name))?;
            }
        }
    }
    talk.say(&format!(
        "Made up, as study.toml says: {}",
        arguments.out.display()
    ));
    Ok(Ending::Done)
}

fn one(arguments: &SynthArguments) -> StudyPlan {
    let plan = demo_plan();
    StudyPlan {
        n_children: arguments.children.map_or(plan.n_children, usize_of),
        seed: arguments.seed,
        benchmark: None,
        ..plan
    }
}

fn many(arguments: &SynthArguments, n: usize) -> impl Iterator<Item = StudyPlan> {
    let children = arguments.children.map(usize_of);
    national_plans(n, arguments.seed)
        .into_iter()
        .map(move |plan| StudyPlan {
            n_children: children.unwrap_or(plan.n_children),
            ..plan
        })
}

fn usize_of(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

fn write(plan: &StudyPlan, folder: &Path) -> Result<(), Error> {
    Ok(write_folder(&generate_study(plan), folder)?)
}
