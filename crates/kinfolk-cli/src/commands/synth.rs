//! `kinfolk synth`: made-up studies, returns and cohorts.

use std::path::Path;

use kinfolk::Error;
use kinfolk::init::check_is_new;
use kinfolk::synth::{
    CohortPlan, FAULTS_FILE, ReturnsPlan, ReturnsWorld, StudyPlan, StudyReturnsPlan, SynthError,
    demo_plan, national_plans, plant_faults, write_cohort, write_returns, write_study,
};

use crate::arguments::SynthArguments;
use crate::exit_code::Ending;
use crate::findings::counted;
use crate::talk::Talk;

pub(super) fn run(arguments: &SynthArguments, talk: Talk) -> Result<Ending, Error> {
    check_is_new(&arguments.out)?;
    if arguments.returns {
        write_all_returns(arguments)?;
    } else if arguments.cohort {
        write_cohort(&cohort(arguments)?, &arguments.out)?;
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
    let returns = arguments.others.map(|n| returns_of_study(arguments, n));
    let write = |plan: &StudyPlan, folder: &Path| write_study(plan, returns, folder);
    let Some(n) = arguments.authorities else {
        return Ok(write(&one(arguments), &arguments.out)?);
    };
    for plan in many(arguments, usize::from(n)) {
        write(&plan, &arguments.out.join(folder_name(&plan)))?;
    }
    Ok(())
}

/// Returns of one authority, or a folder of them for each of several.
fn write_all_returns(arguments: &SynthArguments) -> Result<(), Error> {
    let Some(n) = arguments.authorities else {
        write_returns(&returns(arguments, arguments.seed), &arguments.out)?;
        return Ok(());
    };
    for plan in many(arguments, usize::from(n)) {
        let folder = arguments.out.join(folder_name(&plan));
        write_returns(&returns(arguments, plan.seed), &folder)?;
    }
    Ok(())
}

fn folder_name(plan: &StudyPlan) -> String {
    plan.authority.to_lowercase().replace(' ', "-")
}

fn returns(arguments: &SynthArguments, seed: u64) -> ReturnsPlan {
    ReturnsPlan {
        n_children: arguments.children.map_or(0, usize_of),
        n_years: arguments.years,
        last_year: ReturnsPlan::LAST_YEAR,
        seed,
        world: world(arguments),
    }
}

fn returns_of_study(arguments: &SynthArguments, n_others: u32) -> StudyReturnsPlan {
    StudyReturnsPlan {
        n_years: arguments.years,
        n_others: usize_of(n_others),
        world: world(arguments),
    }
}

fn world(arguments: &SynthArguments) -> ReturnsWorld {
    match arguments.dense {
        true => ReturnsWorld::Dense,
        false => ReturnsWorld::England,
    }
}

fn cohort(arguments: &SynthArguments) -> Result<CohortPlan, SynthError> {
    let plan = CohortPlan {
        n_children: arguments.children.map_or(0, usize_of),
        n_authorities: arguments.authorities.unwrap_or(1),
        seed: arguments.seed,
        ..CohortPlan::default()
    };
    plan.with_truth(arguments.risk_difference, arguments.hazard_ratio)
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
