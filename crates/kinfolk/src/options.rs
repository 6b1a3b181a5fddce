//! What a caller may choose about a report. Whatever can change a figure is not here: it stands in
//! `study.toml`.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Error;

/// A kind of file that a report consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// `report.pdf`.
    Pdf,
    /// `report.html`.
    Html,
    /// `tables.xlsx`.
    Xlsx,
    /// `estimates.json`, `.csv` and `.parquet`.
    Data,
    /// `figures/*.svg` and `*.png`.
    Figures,
    /// `internal/findings.json` and `.xlsx`.
    Findings,
}

impl Format {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Pdf,
        Self::Html,
        Self::Xlsx,
        Self::Data,
        Self::Figures,
        Self::Findings,
    ];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
            Self::Data => "data",
            Self::Figures => "figures",
            Self::Findings => "findings",
        }
    }
}

impl FromStr for Format {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|format| format.name() == text)
            .ok_or_else(|| Error::UnknownFormat(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_back_from_their_names() {
        for format in Format::ALL {
            assert_eq!(format.name().parse::<Format>().unwrap(), format);
        }
        assert!("docx".parse::<Format>().is_err());
    }
}
