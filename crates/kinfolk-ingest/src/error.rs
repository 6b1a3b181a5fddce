//! What leaves nothing to read.

use std::path::PathBuf;

/// Why a folder could not be read as a study. Everything milder is a finding.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// No such folder.
    #[error("there is no folder `{}`", .0.display())]
    FolderMissing(PathBuf),
    /// A file stands where a folder should.
    #[error("`{}` is a file; a study is a folder with a study.toml and tables", .0.display())]
    NotAFolder(PathBuf),
    /// The operating system refused.
    #[error("`{}` cannot be read: {source}", path.display())]
    Unreadable {
        /// What was opened.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The folder holds no `study.toml`.
    #[error("`{}` holds no study.toml; `kinfolk init` writes one", .0.display())]
    NoStudyFile(PathBuf),
    /// `study.toml` cannot be used as it stands.
    #[error("the settings in `{}` cannot be used: {}", path.display(), list(problems))]
    Settings {
        /// The file.
        path: PathBuf,
        /// Everything that is wrong with it, in the order of its lines; never empty.
        problems: Vec<SettingsProblem>,
    },
}

/// One thing that is wrong with `study.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsProblem {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to write instead, where that can be said.
    pub help: Option<String>,
}

impl std::fmt::Display for SettingsProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "line {}, column {}: {}",
            self.line, self.column, self.message
        )?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

fn list(problems: &[SettingsProblem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}
