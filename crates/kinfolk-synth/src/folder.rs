//! A study as a folder of text files.

use std::fs;
use std::path::{Path, PathBuf};

use crate::csv::to_csv;
use crate::study::SyntheticStudy;

/// Why a study could not be written.
#[derive(Debug, thiserror::Error)]
pub enum SynthError {
    /// A file or folder could not be written.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// No cohort can have this truth.
    #[error("{what} of a made-up cohort must lie between {least} and {most}, not at {value}")]
    Truth {
        /// Which number.
        what: &'static str,
        /// What was asked for.
        value: f64,
        /// The least possible.
        least: f64,
        /// The most possible.
        most: f64,
    },
}

/// Writes the study into a folder, which is made where it is missing: `study.toml`, `voices.toml`,
/// `words/` and each table as a CSV file. Other files in the folder stay as they are.
///
/// # Errors
///
/// [`SynthError::Write`] names the first file or folder that could not be written.
pub fn write_folder(study: &SyntheticStudy, folder: &Path) -> Result<(), SynthError> {
    write_settings_and_words(study, folder)?;
    for table in &study.tables {
        write(&folder.join(format!("{}.csv", table.name)), &to_csv(table))?;
    }
    Ok(())
}

/// Writes everything but the tables.
pub(crate) fn write_settings_and_words(
    study: &SyntheticStudy,
    folder: &Path,
) -> Result<(), SynthError> {
    write(&folder.join("study.toml"), &study.study_toml)?;
    if !study.voices_toml.is_empty() {
        write(&folder.join("voices.toml"), &study.voices_toml)?;
    }
    for (name, text) in &study.words {
        write(&folder.join("words").join(name), text)?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), SynthError> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|source| cannot_write(folder, source))?;
    fs::write(path, text).map_err(|source| cannot_write(path, source))
}

pub(crate) fn cannot_write(path: &Path, source: std::io::Error) -> SynthError {
    SynthError::Write {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{demo_plan, generate_study};

    #[test]
    fn a_folder_holds_the_study() {
        let folder = tempfile::tempdir().unwrap();
        let study = generate_study(&demo_plan());
        write_folder(&study, folder.path()).unwrap();
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(read("study.toml"), study.study_toml);
        assert_eq!(read("voices.toml"), study.voices_toml);
        assert_eq!(read("words/practice.md"), study.words[0].1);
        for table in &study.tables {
            assert_eq!(read(&format!("{}.csv", table.name)), to_csv(table));
        }
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let error = write_folder(&generate_study(&demo_plan()), file.path()).unwrap_err();
        assert!(error.to_string().starts_with("cannot write `"), "{error}");
    }
}
