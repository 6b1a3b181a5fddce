//! What the program's exit codes mean. They are part of its interface.

use std::process::ExitCode;

use kinfolk::Error;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ending {
    /// Done.
    Done,
    /// Failed.
    Failed,
    /// Wrong usage, or the folder holds no study.
    Usage,
    /// The data have errors; outputs were written all the same, and say so.
    DataErrors,
    /// The data have warnings, under `--strict`.
    Warnings,
    /// Refused by the rules for small numbers.
    Refused,
    /// `verify` found a difference.
    Different,
}

/// Done.
pub(crate) const DONE: u8 = 0;
/// Failed: a file cannot be read or written, or the program has a fault.
pub(crate) const FAILED: u8 = 1;
/// Wrong usage, or the folder holds no study.
pub(crate) const USAGE: u8 = 2;
/// The data have errors; outputs were written all the same, and say so.
pub(crate) const DATA_ERRORS: u8 = 3;
/// The data have warnings, under `--strict`.
pub(crate) const WARNINGS: u8 = 4;
/// Refused by the rules for small numbers.
pub(crate) const REFUSED: u8 = 5;
/// `verify` found a difference.
pub(crate) const DIFFERENT: u8 = 6;

impl Ending {
    /// The number that a shell sees.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Done => DONE,
            Self::Failed => FAILED,
            Self::Usage => USAGE,
            Self::DataErrors => DATA_ERRORS,
            Self::Warnings => WARNINGS,
            Self::Refused => REFUSED,
            Self::Different => DIFFERENT,
        }
    }

    /// How a run ends that read data with so many errors and warnings.
    pub(crate) fn of_data(errors: usize, warnings: usize, strict: bool) -> Self {
        match (errors, warnings) {
            (1.., _) => Self::DataErrors,
            (0, 1..) if strict => Self::Warnings,
            _ => Self::Done,
        }
    }

    /// How a run ends that met an error.
    pub(crate) fn of_error(error: &Error) -> Self {
        if error.is_refusal() {
            Self::Refused
        } else if error.is_data() {
            Self::DataErrors
        } else if error.is_usage() {
            Self::Usage
        } else {
            Self::Failed
        }
    }
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        Self::from(ending.code())
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::path::PathBuf;

    use kinfolk::stages::PlainError;
    use kinfolk::{DisclosureError, IngestError};

    use super::*;

    #[test]
    fn every_error_has_its_code() {
        let check = |error: Error, expected: u8| {
            assert_eq!(Ending::of_error(&error).code(), expected, "{error}");
        };
        let path = || PathBuf::from("x");
        let unreadable = || io::Error::from(io::ErrorKind::PermissionDenied);
        let leak = DisclosureError::Recoverable {
            cell: "objectives/all".to_owned(),
            low: 3,
            high: 3,
            found: 1,
            required: 2,
        };
        let unbalanced = DisclosureError::Unbalanced {
            total: "objectives/all".to_owned(),
            parts: 3,
            held: 4,
        };
        check(leak.into(), 5);
        check(unbalanced.into(), 1);
        check(IngestError::NoStudyFile(path()).into(), 2);
        check(
            IngestError::Unreadable {
                path: path(),
                source: unreadable(),
            }
            .into(),
            1,
        );
        check(
            Error::Write {
                path: path(),
                source: unreadable(),
            },
            1,
        );
        let file = || "f.csv".to_owned();
        check(PlainError::Empty { file: file() }.into(), 3);
        let twice = PlainError::ColumnTwice {
            file: file(),
            column: "total".to_owned(),
            first: "Total".to_owned(),
            second: "total".to_owned(),
        };
        check(twice.into(), 2);
        let gone = PlainError::Unreadable {
            path: path(),
            source: unreadable(),
        };
        check(gone.into(), 1);
        check(Error::NotEmpty(path()), 2);
        let alike = Error::Alike {
            file: file(),
            reason: "`stayed` is the outcome".to_owned(),
        };
        check(alike, 2);
        check(Error::Fault, 1);
    }

    #[test]
    fn errors_in_the_data_come_before_warnings() {
        let check = |errors, warnings, strict, expected: u8| {
            assert_eq!(Ending::of_data(errors, warnings, strict).code(), expected);
        };
        check(0, 0, true, 0);
        check(0, 1, false, 0);
        check(0, 1, true, 4);
        check(1, 1, true, 3);
        check(1, 0, false, 3);
    }
}
