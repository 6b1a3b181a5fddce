//! What the authority writes itself, a file for each section.

use kinfolk_model::{Code, Finding, SectionName, Words, parse_code};

use crate::cell;
use crate::csv_sheet::{Decoding, decode};
use crate::folder::file_place;
use crate::rules;

/// Reads one file of `words/`.
pub(crate) fn read_words(path: &str, bytes: &[u8]) -> (Option<Words>, Vec<Finding>) {
    let stem = path.rsplit('/').next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let Ok(section) = parse_code::<SectionName>(stem) else {
        return (None, vec![unknown_section(path, stem)]);
    };
    let Ok((markdown, decoding)) = decode(bytes) else {
        let message = "the file holds no text";
        return (
            None,
            vec![rules::FILE_NOT_WHAT_IT_SAYS.at(file_place(path), message)],
        );
    };
    let findings = match decoding {
        Decoding::Certain => Vec::new(),
        Decoding::Guessed => vec![encoding_guessed(path)],
    };
    let words = (!markdown.trim().is_empty()).then(|| Words {
        section,
        markdown: markdown.into_owned(),
    });
    (words, findings)
}

pub(crate) fn encoding_guessed(path: &str) -> Finding {
    rules::ENCODING_GUESSED.at(
        file_place(path),
        "the file does not say its encoding; Windows-1252 was taken",
    )
}

fn unknown_section(path: &str, stem: &str) -> Finding {
    let codes = SectionName::ALL.iter().map(|section| section.code());
    let message = match cell::nearest(stem, codes) {
        Some(near) => format!("`{stem}` is no section; the nearest is `{near}`"),
        None => format!("`{stem}` is no section"),
    };
    rules::WORDS_UNKNOWN_SECTION.at(file_place(path), message)
}
