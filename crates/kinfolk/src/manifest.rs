//! What a run was made from and what it made: `manifest.json`.
//!
//! A manifest holds no clock time, no absolute path and no value about a child, so that the same
//! study gives the same manifest anywhere. Files are hashed whole.

use std::fs::File;
use std::io;
use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;
use kinfolk_model::Severity;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::outputs::Output;
use crate::study::Opened;
use crate::{Error, Format};

/// The file name of a manifest.
pub const MANIFEST: &str = "manifest.json";

/// What `manifest.json` calls its layout.
pub const MANIFEST_SCHEMA: &str = "kinfolk.manifest/1";

/// A file with its size and its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileHash {
    /// The path, relative to the study for an input and to the manifest for an output.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
}

impl FileHash {
    /// The hash of a file in memory.
    pub fn of(path: impl Into<String>, bytes: &[u8]) -> Self {
        Self {
            path: path.into(),
            bytes: bytes.len() as u64,
            sha256: sha256(bytes),
        }
    }

    /// The hash of a file on the disk, which is not held in memory.
    pub(crate) fn of_file(folder: &Path, path: &str) -> Result<Self, Error> {
        let full = folder.join(path);
        let mut digest = Sha256::new();
        let bytes = File::open(&full)
            .and_then(|mut file| io::copy(&mut file, &mut digest))
            .map_err(|source| Error::Read { path: full, source })?;
        Ok(Self {
            path: path.to_owned(),
            bytes,
            sha256: hexadecimal(&digest.finalize()),
        })
    }
}

/// SHA-256 in hexadecimal.
///
/// ```
/// assert!(kinfolk::manifest::sha256(b"").starts_with("e3b0c44298fc1c14"));
/// ```
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What was run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Run {
    /// The estimates of one study folder, with nothing hidden.
    Analyse {
        /// The study folder, relative to the manifest where both lie below one folder.
        study: String,
    },
    /// The report of one study folder.
    Report {
        /// The study folder, relative to the manifest where both lie below one folder.
        study: String,
        /// The estimates of all authorities that it was compared with, where the command and not
        /// the study named them; the path is relative to the manifest.
        benchmark: Option<FileHash>,
    },
    /// The report of all authorities, from every study folder below one folder.
    RollUp {
        /// That folder, relative to the manifest.
        parent: String,
        /// The study folders below it that took part, in order.
        folders: Vec<String>,
    },
}

impl Run {
    /// The folder that was read.
    pub fn source(&self) -> &str {
        match self {
            Self::Analyse { study } | Self::Report { study, .. } => study,
            Self::RollUp { parent, .. } => parent,
        }
    }

    /// The file of figures of all authorities, where the command named one.
    pub fn benchmark(&self) -> Option<&FileHash> {
        match self {
            Self::Report { benchmark, .. } => benchmark.as_ref(),
            Self::Analyse { .. } | Self::RollUp { .. } => None,
        }
    }
}

/// What disclosure control did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisclosureRecord {
    /// The profile.
    pub profile: String,
    /// What its audit found. A run whose audit fails makes no manifest.
    pub audit: String,
    /// What was joined, dropped or withheld, in words.
    pub decisions: Vec<String>,
}

/// How many findings there were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingCounts {
    /// Values, rows or files that were left out.
    pub errors: usize,
    /// Values that were kept although they are doubtful.
    pub warnings: usize,
    /// What the reader decided.
    pub notes: usize,
}

/// The program that ran.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Tool {
    /// This program.
    pub fn current() -> Self {
        Self {
            name: "kinfolk".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// What a run was made from and what it made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The layout, [`MANIFEST_SCHEMA`].
    pub schema: String,
    /// The program.
    pub tool: Tool,
    /// What was run, on what.
    pub run: Run,
    /// The day that counted as today, so that dates in the future could be found.
    pub as_of: Date,
    /// The seed of every random draw.
    pub seed: u64,
    /// Every option of the study, those that were left at their defaults too.
    pub settings: serde_json::Value,
    /// The kinds of file that were asked for.
    pub formats: Vec<Format>,
    /// What disclosure control did.
    pub disclosure: DisclosureRecord,
    /// How many findings there were. With errors, the report rests on part of the data.
    pub findings: FindingCounts,
    /// The files that were read, in the order of their paths.
    pub inputs: Vec<FileHash>,
    /// The files that were made, in the order of their paths.
    pub outputs: Vec<FileHash>,
}

impl Manifest {
    /// Reads `manifest.json`.
    ///
    /// # Errors
    ///
    /// [`Error::Json`] when the bytes are no manifest, [`Error::Schema`] when its layout is another.
    pub fn from_json(bytes: &[u8]) -> Result<Self, Error> {
        let manifest: Self = serde_json::from_slice(bytes).map_err(|source| Error::Json {
            what: MANIFEST,
            source,
        })?;
        if manifest.schema == MANIFEST_SCHEMA {
            Ok(manifest)
        } else {
            Err(Error::Schema {
                expected: MANIFEST_SCHEMA,
                found: manifest.schema,
            })
        }
    }
}

/// What a run made, before it is written down.
pub(crate) struct Made<'a> {
    pub(crate) run: Run,
    pub(crate) formats: Vec<Format>,
    pub(crate) disclosure: DisclosureRecord,
    pub(crate) outputs: &'a [Output],
}

impl Made<'_> {
    pub(crate) fn manifest(self, opened: &Opened) -> Result<Manifest, Error> {
        let settings = &opened.study.settings;
        let mut formats = self.formats;
        formats.sort();
        formats.dedup();
        let outputs = self.outputs.iter();
        Ok(Manifest {
            schema: MANIFEST_SCHEMA.to_owned(),
            tool: Tool::current(),
            run: self.run,
            as_of: opened.as_of,
            seed: settings.seed,
            settings: serde_json::to_value(settings).map_err(|source| Error::Json {
                what: "list of options",
                source,
            })?,
            formats,
            disclosure: self.disclosure,
            findings: FindingCounts {
                errors: opened.count(Severity::Error),
                warnings: opened.count(Severity::Warning),
                notes: opened.count(Severity::Note),
            },
            inputs: opened.inputs.clone(),
            outputs: outputs
                .map(|output| FileHash::of(output.path.clone(), &output.bytes))
                .collect(),
        })
    }
}

/// `to` as seen from the folder `from`, with `/` between its parts. Paths that share no beginning
/// keep only the last part of `to`, so that a manifest never tells how someone's disk is laid out.
///
/// ```
/// use std::path::Path;
/// let seen = kinfolk::manifest::relative(Path::new("data/demo"), Path::new("out/demo"));
/// assert_eq!(seen, "../../data/demo");
/// ```
pub fn relative(to: &Path, from: &Path) -> String {
    let (to, from) = (normal(to), normal(from));
    let shared = to
        .components()
        .zip(from.components())
        .take_while(|(a, b)| a == b)
        .count();
    let is_rooted = |path: &Path| path.has_root();
    if is_rooted(&to) != is_rooted(&from) || (is_rooted(&to) && shared <= 1) {
        return last_part(&to);
    }
    let climbs = from.components().skip(shared);
    if climbs.clone().any(|part| part == Component::ParentDir) {
        return last_part(&to);
    }
    let parts: Vec<String> = climbs
        .map(|_| "..".to_owned())
        .chain(to.components().skip(shared).map(part_text))
        .collect();
    if parts.is_empty() {
        ".".to_owned()
    } else {
        parts.join("/")
    }
}

fn last_part(path: &Path) -> String {
    path.components()
        .next_back()
        .map_or(".".to_owned(), part_text)
}

fn part_text(part: Component<'_>) -> String {
    part.as_os_str().to_string_lossy().into_owned()
}

/// A path without `.` and, where it can be told from the text, without `..`.
fn normal(path: &Path) -> PathBuf {
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_the_manifest() {
        let check = |to: &str, from: &str, expected: &str| {
            assert_eq!(
                relative(Path::new(to), Path::new(from)),
                expected,
                "{to} from {from}"
            );
        };
        check("data/demo", "demo-report", "../data/demo");
        check("./data/demo/", "./data/../out", "../data/demo");
        check("/data/a/study", "/data/a/out/x", "../../study");
        check("study", "study/report", "..");
        check("out", "out", ".");
        check("/srv/data/study", "/data/a/out", "study");
        check("data/study", "/data/a/out", "study");
        check("data/study", "../out", "study");
        check("../study", "../out", "../study");
    }

    #[test]
    fn a_file_has_the_same_hash_on_the_disk_and_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let bytes = b"child_id,sex\n".repeat(10_000);
        std::fs::write(folder.path().join("a.csv"), &bytes).unwrap();
        let on_disk = FileHash::of_file(folder.path(), "a.csv").unwrap();
        assert_eq!(on_disk, FileHash::of("a.csv", &bytes));
        assert!(FileHash::of_file(folder.path(), "b.csv").is_err());
    }

    #[test]
    fn a_manifest_of_another_layout_is_refused() {
        assert!(matches!(
            Manifest::from_json(b"{}"),
            Err(Error::Json { .. })
        ));
        assert!(matches!(
            Manifest::from_json(b"PK"),
            Err(Error::Json { .. })
        ));
    }
}
