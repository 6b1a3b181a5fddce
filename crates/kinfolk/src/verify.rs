//! Run again what a manifest describes, and compare.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use kinfolk_ingest::ReadOptions;

use crate::Error;
use crate::folders::StudyFolder;
use crate::frames::EstimatesFile;
use crate::manifest::{FileHash, MANIFEST, Manifest, Run, Tool};
use crate::outputs::Output;
use crate::report::{ReportOptions, analysis, report_watched};
use crate::roll_up::{Prepared, report_all};
use crate::side_by_side::side_by_side;
use crate::study::{open_watched, read_benchmark, read_bytes};
use crate::watch::{Step, Watch};

/// One thing that is not as the manifest says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// Another version made the outputs.
    Version {
        /// The version that the manifest names.
        then: String,
        /// The version that runs.
        now: String,
    },
    /// An input has another content.
    InputChanged(String),
    /// An input is gone.
    InputMissing(String),
    /// An input is new.
    InputAdded(String),
    /// An output on the disk has another content.
    OutputChanged(String),
    /// An output is not on the disk.
    OutputMissing(String),
    /// The run, made again, gives another content.
    NotReproduced(String),
    /// The run, made again, no longer gives this file.
    NoLongerMade(String),
    /// The run, made again, gives a file that the manifest does not list.
    NewlyMade(String),
    /// The manifest says something else than the run, made again, does.
    Manifest,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version { then, now } => {
                write!(f, "made by kinfolk {then}; this is kinfolk {now}")
            }
            Self::InputChanged(path) => write!(f, "input `{path}` has changed"),
            Self::InputMissing(path) => write!(f, "input `{path}` is missing"),
            Self::InputAdded(path) => write!(f, "input `{path}` is new"),
            Self::OutputChanged(path) => write!(f, "output `{path}` has changed on the disk"),
            Self::OutputMissing(path) => write!(f, "output `{path}` is missing from the disk"),
            Self::NotReproduced(path) => write!(f, "output `{path}` comes out differently"),
            Self::NoLongerMade(path) => write!(f, "output `{path}` is no longer made"),
            Self::NewlyMade(path) => write!(f, "output `{path}` is made now and was not before"),
            Self::Manifest => f.write_str("the manifest itself comes out differently"),
        }
    }
}

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// How many inputs were compared.
    pub n_inputs: usize,
    /// How many outputs were compared.
    pub n_outputs: usize,
    /// What is not as the manifest says, in order; empty when everything agrees.
    pub differences: Vec<Difference>,
}

/// Reads the inputs again, runs again in memory, and compares the inputs, the outputs on the disk
/// and the outputs of the new run with the manifest. `study` says where the study is now, if it is
/// not where the manifest says.
///
/// # Errors
///
/// [`Error::Read`], [`Error::Json`] or [`Error::Schema`] when the manifest cannot be read;
/// otherwise as for the run itself.
pub fn verify(
    manifest: &Path,
    study: Option<&Path>,
    watch: &dyn Watch,
) -> Result<Verification, Error> {
    let path = manifest_path(manifest);
    let bytes = read_bytes(&path)?;
    let manifest = Manifest::from_json(&bytes)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let source = study.map_or_else(|| folder.join(manifest.run.source()), Path::to_owned);
    let again = run_again(&manifest, &source, folder, watch)?;
    let mut differences = compare(&manifest, &again, folder);
    if differences.is_empty() && again.manifest_bytes()? != bytes {
        differences.push(Difference::Manifest);
    }
    Ok(Verification {
        n_inputs: manifest.inputs.len(),
        n_outputs: manifest.outputs.len(),
        differences,
    })
}

/// The manifest itself, also when its folder is given.
fn manifest_path(given: &Path) -> PathBuf {
    if given.is_dir() {
        given.join(MANIFEST)
    } else {
        given.to_owned()
    }
}

/// The same run once more.
struct Again {
    inputs: Vec<FileHash>,
    outputs: Vec<Output>,
}

impl Again {
    fn manifest_bytes(&self) -> Result<Vec<u8>, Error> {
        let made = self.outputs.iter().find(|output| output.path == MANIFEST);
        made.map(|output| output.bytes.clone())
            .ok_or(Error::OutputPath(MANIFEST.to_owned()))
    }
}

fn run_again(
    manifest: &Manifest,
    source: &Path,
    folder: &Path,
    watch: &dyn Watch,
) -> Result<Again, Error> {
    let reading = ReadOptions {
        today: manifest.as_of,
    };
    match &manifest.run {
        Run::Analyse { study } => {
            let opened = open_watched(source, &reading, watch)?;
            watch.step(&opened.name, Step::Analyse);
            Ok(Again {
                outputs: analysis(&opened, study)?,
                inputs: opened.inputs,
            })
        }
        Run::Report { benchmark, .. } => {
            let opened = open_watched(source, &reading, watch)?;
            let (file, figures) = again_benchmark(benchmark.as_ref(), folder)?;
            let options = options(manifest, figures);
            let outputs = report_watched(&opened, &options, watch)?;
            let inputs = opened.inputs.into_iter().chain(file).collect();
            Ok(Again { inputs, outputs })
        }
        Run::RollUp { folders, .. } => {
            let prepared = side_by_side(folders, |name| {
                Prepared::new(&below(source, name), &reading, watch)
            });
            let prepared = prepared.into_iter().collect::<Result<Vec<_>, _>>()?;
            let prepared: Vec<&Prepared> = prepared.iter().collect();
            let (joined, outputs) = report_all(&prepared, &options(manifest, None), watch)?;
            Ok(Again {
                inputs: joined.inputs,
                outputs,
            })
        }
    }
}

fn below(parent: &Path, name: &str) -> StudyFolder {
    StudyFolder {
        name: name.to_owned(),
        path: parent.join(name),
    }
}

fn options(manifest: &Manifest, benchmark: Option<EstimatesFile>) -> ReportOptions {
    ReportOptions {
        formats: manifest.formats.clone(),
        run: manifest.run.clone(),
        benchmark,
    }
}

/// The figures of all authorities as they are now, where the run was given any.
fn again_benchmark(
    then: Option<&FileHash>,
    folder: &Path,
) -> Result<(Option<FileHash>, Option<EstimatesFile>), Error> {
    let now = then.map(|file| read_benchmark(folder, &file.path));
    Ok(now.transpose()?.unzip())
}

fn compare(manifest: &Manifest, again: &Again, folder: &Path) -> Vec<Difference> {
    let mut differences = Vec::new();
    let now = Tool::current();
    if manifest.tool != now {
        differences.push(Difference::Version {
            then: manifest.tool.version.clone(),
            now: now.version,
        });
    }
    differences.extend(compare_inputs(manifest, &again.inputs));
    differences.extend(
        manifest
            .outputs
            .iter()
            .filter_map(|file| on_disk(file, folder)),
    );
    differences.extend(compare_outputs(manifest, &again.outputs));
    differences
}

fn compare_inputs(manifest: &Manifest, now: &[FileHash]) -> Vec<Difference> {
    let then = manifest.inputs.iter().chain(manifest.run.benchmark());
    let words = Words {
        changed: Difference::InputChanged,
        missing: Difference::InputMissing,
        added: Difference::InputAdded,
    };
    words.compare(then, now.iter())
}

fn compare_outputs(manifest: &Manifest, now: &[Output]) -> Vec<Difference> {
    let now: Vec<FileHash> = now
        .iter()
        .filter(|output| output.path != MANIFEST)
        .map(|output| FileHash::of(output.path.clone(), &output.bytes))
        .collect();
    let words = Words {
        changed: Difference::NotReproduced,
        missing: Difference::NoLongerMade,
        added: Difference::NewlyMade,
    };
    words.compare(manifest.outputs.iter(), now.iter())
}

/// How the differences between two lists of files are called.
struct Words {
    changed: fn(String) -> Difference,
    missing: fn(String) -> Difference,
    added: fn(String) -> Difference,
}

impl Words {
    fn compare<'a>(
        &self,
        then: impl Iterator<Item = &'a FileHash>,
        now: impl Iterator<Item = &'a FileHash>,
    ) -> Vec<Difference> {
        let by_path = |file: &'a FileHash| (file.path.as_str(), file);
        let then: BTreeMap<&str, &FileHash> = then.map(by_path).collect();
        let now: BTreeMap<&str, &FileHash> = now.map(by_path).collect();
        let paths: BTreeSet<&str> = then.keys().chain(now.keys()).copied().collect();
        paths
            .into_iter()
            .filter_map(|path| {
                let name = match (then.get(path), now.get(path)) {
                    (Some(then), Some(now)) if then == now => return None,
                    (Some(_), Some(_)) => self.changed,
                    (Some(_), None) => self.missing,
                    (None, _) => self.added,
                };
                Some(name(path.to_owned()))
            })
            .collect()
    }
}

fn on_disk(file: &FileHash, folder: &Path) -> Option<Difference> {
    match std::fs::read(folder.join(&file.path)) {
        Ok(bytes) if FileHash::of(file.path.clone(), &bytes) == *file => None,
        Ok(_) => Some(Difference::OutputChanged(file.path.clone())),
        Err(_) => Some(Difference::OutputMissing(file.path.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, content: &str) -> FileHash {
        FileHash::of(path, content.as_bytes())
    }

    #[test]
    fn lists_of_files_are_compared_both_ways() {
        let words = Words {
            changed: Difference::InputChanged,
            missing: Difference::InputMissing,
            added: Difference::InputAdded,
        };
        let then = [file("a", "1"), file("b", "1"), file("c", "1")];
        let now = [file("d", "1"), file("a", "1"), file("b", "2")];
        let said: Vec<String> = words
            .compare(then.iter(), now.iter())
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            said,
            [
                "input `b` has changed",
                "input `c` is missing",
                "input `d` is new"
            ]
        );
        assert!(words.compare(then.iter(), then.iter()).is_empty());
    }

    #[test]
    fn outputs_on_the_disk_are_compared() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a"), "1").unwrap();
        let check = |file: FileHash, expected: Option<Difference>| {
            assert_eq!(on_disk(&file, folder.path()), expected);
        };
        check(file("a", "1"), None);
        check(
            file("a", "2"),
            Some(Difference::OutputChanged("a".to_owned())),
        );
        check(
            file("b", "1"),
            Some(Difference::OutputMissing("b".to_owned())),
        );
    }
}
