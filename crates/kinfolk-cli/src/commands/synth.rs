//! `kinfolk synth`: made-up studies, returns and cohorts.

use std::path::Path;

use kinfolk::Error;
use kinfolk::init::check_is_new;
use kinfolk::synth::{
    CohortPlan, FAULTS_FILE, ReturnsPlan, ReturnsWorld, StudyPlan, demo_plan, generate_study,
    national_plans, plant_faults, write_cohort, write_folder, write_returns,
};

use crate::arguments::SynthArguments;
use crate::exit_code::Ending;
use crate::findings::counted;
use crate::talk::Talk;

/// The year in which the last of made-up returns ends.
const LAST_RETURN: i16 = 2025;

pub(super) fn run(arguments: &SynthArguments, talk: Talk) -> Result<Ending, Error> {
    check_is_new(&arguments.out)?;
    if arguments.returns {
        write_returns(&returns(arguments), &arguments.out)?;
    } else if arguments.cohort {
        write_cohort(&cohort(arguments), &arguments.out)?;
    } else {
        write_studies(arguments)?;
    }
    talk.say(&format!("Made up: {}", arguments.out.display()));
    if arguments.dirty {
        let planted = plant_faults(&arguments.out, arguments.seed)?;
        let n = counted(planted.len(), "fault");
        talk.say(&format!("{n} planted, as {FAULTS_FILE} says."));
    }
    Ok(Ending::Done)
}

fn write_studies(arguments: &SynthArguments) -> Result<(), Error> {
    let Some(n) = arguments.authorities else {
        return write(&one(arguments), &arguments.out);
    };
    many(arguments, usize::from(n)).try_for_each(|plan| {
        let name = plan.authority.to_lowercase().replace(' ', "-");
        write(&plan, &arguments.out.join(name))
    })
}

fn returns(arguments: &SynthArguments) -> ReturnsPlan {
    ReturnsPlan {
        n_children: arguments.children.map_or(0, usize_of),
        n_years: arguments.years,
        last_year: LAST_RETURN,
        seed: arguments.seed,
        world: match arguments.dense {
            true => ReturnsWorld::Dense,
            false => ReturnsWorld::England,
        },
    }
}

fn cohort(arguments: &SynthArguments) -> CohortPlan {
    CohortPlan {
        n_children: arguments.children.map_or(0, usize_of),
        n_authorities: arguments.authorities.unwrap_or(1),
        seed: arguments.seed,
        ..CohortPlan::default()
    }
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
