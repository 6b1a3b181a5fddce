//! The repository's data are what the committed code makes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

#[expect(dead_code, reason = "a program has an entry that a test does not use")]
#[path = "../examples/make_data.rs"]
mod make_data;

/// The files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[test]
fn making_the_data_again_gives_the_committed_bytes() {
    let made = tempfile::tempdir().unwrap();
    make_data::write_studies(made.path()).unwrap();
    make_data::write_benchmark(made.path()).unwrap();
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let files = files(made.path());
    assert!(files.len() >= 15, "{files:?}");
    for path in files {
        let name = path.strip_prefix(made.path()).unwrap();
        let same = fs::read(&path).unwrap() == fs::read(committed.join(name)).unwrap_or_default();
        assert!(same, "data/{} is stale: run make_data", name.display());
    }
}
