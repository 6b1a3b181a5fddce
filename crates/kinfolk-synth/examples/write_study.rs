//! Writes the study that the repository shows as CSV files into the folder that is named.

use std::error::Error;
use std::path::PathBuf;

use kinfolk_synth::{demo_plan, generate_study, write_folder};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("name a folder")?;
    write_folder(&generate_study(&demo_plan()), &PathBuf::from(folder))?;
    Ok(())
}
