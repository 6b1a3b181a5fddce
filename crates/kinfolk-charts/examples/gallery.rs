//! Writes every chart of made-up studies to a folder, as SVG and as PNG, to be looked at:
//! `cargo run -p kinfolk-charts --example gallery -- FOLDER`.

#![expect(clippy::expect_used, reason = "the samples are shared with the tests")]

#[path = "../tests/charts/care_samples.rs"]
mod care_samples;
#[path = "../tests/charts/comparison_samples.rs"]
mod comparison_samples;
#[path = "../tests/charts/samples.rs"]
mod samples;
#[path = "../tests/charts/sdq_samples.rs"]
mod sdq_samples;
#[path = "../tests/charts/studies.rs"]
mod studies;
#[path = "../tests/charts/value_samples.rs"]
mod value_samples;

use std::error::Error;
use std::path::{Path, PathBuf};

use kinfolk_charts::{Figure, Svg};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder to write to")?;
    for (name, release) in studies::all() {
        let folder = PathBuf::from(&folder).join(name);
        std::fs::create_dir_all(&folder)?;
        for figure in studies::figures(&release) {
            write(&folder, &figure)?;
        }
        for (name, picture) in studies::pictures(&release) {
            write_picture(&folder, &name, picture)?;
        }
    }
    Ok(())
}

fn write(folder: &Path, figure: &Figure) -> Result<(), Box<dyn Error>> {
    let path = folder.join(figure.id);
    std::fs::write(path.with_extension("svg"), figure.to_standalone_svg())?;
    std::fs::write(path.with_extension("png"), figure.to_png(1.0)?)?;
    Ok(())
}

fn write_picture(folder: &Path, name: &str, picture: Svg) -> Result<(), Box<dyn Error>> {
    std::fs::write(
        folder.join(name).with_extension("svg"),
        picture.to_inline_svg(),
    )?;
    Ok(())
}
