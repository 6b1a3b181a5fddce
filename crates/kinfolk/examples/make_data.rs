//! Writes the repository's own data anew, into `data` or the folder that is named: the
//! demonstration, the figures of all authorities beside it, and the reconstruction of published
//! figures.

use std::error::Error;
use std::fs;
use std::path::Path;

use jiff::civil::date;
use kinfolk::synth::{
    ReturnsWorld, StudyPlan, StudyReturnsPlan, comparator_demo, demo_plan, generate_study,
    national_plans, reconstruct_frg_2020, study_returns, write_folder,
};
use kinfolk::{ALL_FOLDER, RollUpOptions, roll_up};
use kinfolk_ingest::ReadOptions;
use kinfolk_report::write_tables;

/// The tables that the demonstration holds as sheets of a workbook.
const SHEETS: [&str; 3] = ["connections", "questionnaires", "sdq"];
/// The returns of the demonstration: enough years to see a year before each start.
const RETURNS: StudyReturnsPlan = StudyReturnsPlan {
    n_years: 4,
    n_others: 330,
    world: ReturnsWorld::England,
};
/// How many authorities stand behind the figures of all, and the seed of their plans.
const AUTHORITIES: usize = 41;
const SEED: u64 = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).unwrap_or_else(|| "data".into());
    let folder = Path::new(&folder);
    write_studies(folder)?;
    write_benchmark(folder)
}

/// Writes both studies.
pub(crate) fn write_studies(folder: &Path) -> Result<(), Box<dyn Error>> {
    write_demo(&folder.join("demo"))?;
    write_folder(&comparator_demo(), &folder.join("demo-comparator"))?;
    write_folder(
        &reconstruct_frg_2020(),
        &folder.join("published").join("frg-2020"),
    )?;
    Ok(())
}

fn write_demo(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut study = generate_study(&demo_plan());
    let (sheets, files): (Vec<_>, Vec<_>) = study
        .tables
        .into_iter()
        .partition(|table| SHEETS.contains(&table.name.as_str()));
    study.tables = files;
    study.tables.extend(study_returns(&demo_plan(), RETURNS));
    // A table that is no longer made would stay behind.
    let returns = folder.join("returns");
    if returns.is_dir() {
        fs::remove_dir_all(&returns)?;
    }
    write_folder(&study, folder)?;
    fs::write(folder.join("tracker.xlsx"), write_tables(&sheets)?)?;
    Ok(())
}

/// Writes the figures that a report on all authorities releases.
pub(crate) fn write_benchmark(folder: &Path) -> Result<(), Box<dyn Error>> {
    let work = tempfile::tempdir()?;
    let options = RollUpOptions {
        parent: work.path().join("studies"),
        out: work.path().join("reports"),
        formats: Vec::new(),
        reading: ReadOptions {
            today: date(2025, 6, 1),
        },
    };
    for plan in plans() {
        write_folder(
            &generate_study(&plan),
            &options.parent.join(&plan.authority),
        )?;
    }
    let outcomes = roll_up(&options, &())?;
    if let Some(error) = outcomes
        .into_iter()
        .find_map(|outcome| outcome.result.err())
    {
        return Err(error.into());
    }
    let figures = options.out.join(ALL_FOLDER).join("estimates.json");
    fs::copy(figures, folder.join("demo").join("benchmark.json"))?;
    Ok(())
}

/// The plans of all authorities. Hartwell is that of the demonstration.
fn plans() -> Vec<StudyPlan> {
    let mut plans = national_plans(AUTHORITIES, SEED);
    plans[0] = StudyPlan {
        benchmark: None,
        ..demo_plan()
    };
    plans
}
