//! The module as it was just built, and a Python to run it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Names another interpreter, such as that of a virtual environment with polars and pandas.
pub(crate) const INTERPRETER: &str = "KINFOLK_PYTHON";

pub(crate) fn crate_folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn interpreter() -> Option<String> {
    let name = env::var(INTERPRETER).unwrap_or_else(|_| "python3".to_owned());
    let version = Command::new(&name)
        .args(["-c", "import sys; sys.exit(sys.version_info < (3, 10))"])
        .status();
    version.is_ok_and(|found| found.success()).then_some(name)
}

/// The built library; it stands beside this test.
fn library() -> PathBuf {
    let test = env::current_exe().unwrap();
    let name = format!(
        "{}_kinfolk{}",
        env::consts::DLL_PREFIX,
        env::consts::DLL_SUFFIX
    );
    test.with_file_name(name)
}

/// A folder from which `import kinfolk` works.
pub(crate) fn package() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let package = folder.path().join("kinfolk");
    fs::create_dir(&package).unwrap();
    for entry in fs::read_dir(crate_folder().join("python/kinfolk")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, package.join(path.file_name().unwrap())).unwrap();
        }
    }
    fs::copy(library(), package.join("_kinfolk.abi3.so")).unwrap();
    folder
}
