//! Which folders below a parent hold a study.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Error;

/// What makes a folder a study.
const STUDY_FILE: &str = "study.toml";
/// What a run leaves in the folder of its outputs.
const RUN_FILE: &str = "manifest.json";
/// Endings of files that hold tables.
const TABLE_ENDINGS: [&str; 7] = ["csv", "tsv", "xlsx", "xlsm", "xlsb", "xls", "ods"];
/// How deep sub-folders are followed.
const DEEPEST: usize = 8;

/// A folder below the parent that is a study, or that seems to have lost its `study.toml`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StudyFolder {
    /// The path below the parent, with `/` between its parts.
    pub name: String,
    /// The full path.
    pub path: PathBuf,
}

/// Every folder below `parent` that holds a `study.toml`, or tables without one, in the order of
/// their names. Folders inside a study, hidden ones, and outputs of earlier runs are not entered.
///
/// # Errors
///
/// [`Error::Read`] when the parent cannot be listed, [`Error::NoStudies`] when it holds no study.
pub fn study_folders(parent: &Path) -> Result<Vec<StudyFolder>, Error> {
    let mut found = Vec::new();
    let mut folders = sub_folders(parent).map_err(|source| Error::Read {
        path: parent.to_owned(),
        source,
    })?;
    for depth in 0..DEEPEST {
        let (studies, others): (Vec<StudyFolder>, Vec<StudyFolder>) = folders
            .into_iter()
            .partition(|folder| depth_holds_study(&folder.path));
        found.extend(studies);
        folders = others.iter().flat_map(below).collect();
        if folders.is_empty() || depth + 1 == DEEPEST {
            break;
        }
    }
    found.sort();
    if found
        .iter()
        .any(|folder| folder.path.join(STUDY_FILE).is_file())
    {
        Ok(found)
    } else {
        Err(Error::NoStudies(parent.to_owned()))
    }
}

fn depth_holds_study(folder: &Path) -> bool {
    folder.join(STUDY_FILE).is_file() || holds_tables(folder)
}

fn holds_tables(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|entries| {
        entries.flatten().any(|entry| {
            let path = entry.path();
            let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
            path.is_file()
                && ending.is_some_and(|ending| TABLE_ENDINGS.iter().any(|known| ending == *known))
        })
    })
}

/// The folders below one that is no study. One that cannot be listed holds none.
fn below(folder: &StudyFolder) -> Vec<StudyFolder> {
    let named = |inner: StudyFolder| StudyFolder {
        name: format!("{}/{}", folder.name, inner.name),
        ..inner
    };
    sub_folders(&folder.path)
        .unwrap_or_default()
        .into_iter()
        .map(named)
        .collect()
}

fn sub_folders(folder: &Path) -> std::io::Result<Vec<StudyFolder>> {
    let entries = fs::read_dir(folder)?.flatten();
    Ok(entries
        .map(|entry| StudyFolder {
            name: entry.file_name().to_string_lossy().into_owned(),
            path: entry.path(),
        })
        .filter(|folder| !folder.name.starts_with('.'))
        .filter(|folder| folder.path.is_dir() && !folder.path.join(RUN_FILE).is_file())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn make(parent: &Path, files: &[&str]) {
        for file in files {
            let path = parent.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
    }

    fn check(files: &[&str], expected: &[&str]) {
        let parent = tempfile::tempdir().unwrap();
        make(parent.path(), files);
        let found = study_folders(parent.path()).unwrap();
        let names: Vec<&str> = found.iter().map(|folder| folder.name.as_str()).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn studies_are_found_wherever_they_lie() {
        check(
            &["b/study.toml", "a/study.toml", "north/c/study.toml"],
            &["a", "b", "north/c"],
        );
    }

    #[test]
    fn what_lies_inside_a_study_and_what_a_run_made_is_left_alone() {
        check(
            &[
                "a/study.toml",
                "a/older/study.toml",
                ".hidden/study.toml",
                "out/manifest.json",
                "out/a/study.toml",
                "notes/readme.txt",
            ],
            &["a"],
        );
    }

    #[test]
    fn tables_without_a_study_file_are_not_passed_over() {
        check(&["a/study.toml", "b/Children.XLSX"], &["a", "b"]);
    }

    #[test]
    fn a_parent_without_studies_is_an_error() {
        let parent = tempfile::tempdir().unwrap();
        make(parent.path(), &["b/children.csv"]);
        assert!(matches!(
            study_folders(parent.path()),
            Err(Error::NoStudies(_))
        ));
        let missing = parent.path().join("missing");
        assert!(matches!(study_folders(&missing), Err(Error::Read { .. })));
    }
}
