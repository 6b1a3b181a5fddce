//! Writes the studies that the repository shows, as CSV files, into the folders that are named:
//! the demonstration first, then the reconstruction.

use std::error::Error;
use std::path::Path;

use kinfolk_synth::{demo_plan, generate_study, reconstruct_frg_2020, write_folder};

fn main() -> Result<(), Box<dyn Error>> {
    let folders: Vec<_> = std::env::args_os().skip(1).collect();
    let [demo, published] = folders.as_slice() else {
        return Err("name two folders".into());
    };
    write_folder(&generate_study(&demo_plan()), Path::new(demo))?;
    write_folder(&reconstruct_frg_2020(), Path::new(published))?;
    Ok(())
}
