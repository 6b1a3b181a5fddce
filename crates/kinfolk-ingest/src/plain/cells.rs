//! The cells of delimited text: where they stand, and what they say.

use std::borrow::Cow;

/// Where a cell begins, and where it ends.
pub(crate) type Span = (u32, u32);

/// What a cell says, trimmed; `None` where it is missing.
pub(super) fn said(cell: &str) -> Option<Cow<'_, str>> {
    // Most cells are a code or a day as it stands.
    let text = match is_bare(cell.as_bytes()) {
        true => Cow::Borrowed(cell),
        false => match unquoted(cell) {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        },
    };
    (!is_missing(&text)).then_some(text)
}

/// Whether a cell has neither quotation marks around it nor white space.
fn is_bare(cell: &[u8]) -> bool {
    let first = cell
        .first()
        .is_some_and(|b| b.is_ascii_graphic() && *b != b'"');
    first && cell.last().is_some_and(u8::is_ascii_graphic)
}

/// A cell without quotation marks around it.
pub(crate) fn unquoted(cell: &str) -> Cow<'_, str> {
    let Some(inner) = cell.strip_prefix('"') else {
        return Cow::Borrowed(cell);
    };
    match inner.strip_suffix('"') {
        Some(inner) if !inner.contains('"') => Cow::Borrowed(inner),
        _ => Cow::Owned(unescaped(inner)),
    }
}

/// Text behind an opening quotation mark: two marks are one, a single one closes, and what follows
/// stands as it is.
fn unescaped(inner: &str) -> String {
    let mut text = String::with_capacity(inner.len());
    let mut letters = inner.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '"' {
            text.push(letter);
        } else if letters.next_if_eq(&'"').is_some() {
            text.push('"');
        } else {
            text.extend(letters.by_ref());
        }
    }
    text
}

/// Whether a cell has nothing but white space.
pub(super) fn is_space(cell: &str) -> bool {
    cell.trim_start().is_empty()
}

/// Whether a trimmed cell says that there is nothing.
fn is_missing(text: &str) -> bool {
    matches!(
        text,
        "" | "." | "NA" | "N/A" | "NaN" | "nan" | "null" | "NULL"
    )
}

/// Blocks are far shorter than this; see the reader.
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Puts the cells of the record that starts there into `cells`; where its line ends.
pub(crate) fn split(text: &[u8], start: usize, delimiter: u8, cells: &mut Vec<Span>) -> usize {
    cells.clear();
    let mut begin = start;
    loop {
        let mut end = begin;
        if text.get(begin) == Some(&b'"') {
            end = behind_quotation(text, begin + 1).unwrap_or(text.len());
        }
        end = next_mark(text, end, delimiter);
        if text.get(end) == Some(&delimiter) {
            cells.push((offset(begin), offset(end)));
            begin = end + 1;
        } else {
            let is_return = end > begin && text[end - 1] == b'\r';
            cells.push((offset(begin), offset(end - usize::from(is_return))));
            return end;
        }
    }
}

/// Where the next delimiter or line end stands, or else the end. Eight bytes are looked at in one go:
/// most cells are shorter.
fn next_mark(text: &[u8], from: usize, delimiter: u8) -> usize {
    let mut at = from;
    while let Some(bytes) = text.get(at..).and_then(<[u8]>::first_chunk) {
        let bytes = u64::from_le_bytes(*bytes);
        let marks = places_of(bytes, delimiter) | places_of(bytes, b'\n');
        if marks != 0 {
            return at + marks.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let is_mark = |byte: &u8| *byte == delimiter || *byte == b'\n';
    let rest = text.get(at..).unwrap_or_default();
    at + rest.iter().position(is_mark).unwrap_or(rest.len())
}

/// The highest bit of each of eight bytes that is the one looked for. Behind the first of them others
/// may be marked too: what is taken away for one is borrowed from the next.
fn places_of(bytes: u64, wanted: u8) -> u64 {
    const LOWEST: u64 = u64::from_le_bytes([1; 8]);
    const HIGHEST: u64 = LOWEST << 7;
    let others = bytes ^ (LOWEST * u64::from(wanted));
    others.wrapping_sub(LOWEST) & !others & HIGHEST
}

/// Where the line of the record that starts there ends, or else the text; `None` where a quotation
/// opens that nothing closes.
pub(crate) fn record_end(text: &[u8], start: usize, delimiter: u8) -> Option<usize> {
    let mut begin = start;
    loop {
        let mut end = begin;
        if text.get(begin) == Some(&b'"') {
            end = behind_quotation(text, begin + 1)?;
        }
        end = next_mark(text, end, delimiter);
        if text.get(end) != Some(&delimiter) {
            return Some(end);
        }
        begin = end + 1;
    }
}

/// Behind the mark that closes a quotation; `None` where nothing closes it.
fn behind_quotation(text: &[u8], begin: usize) -> Option<usize> {
    let mut at = begin;
    while at < text.len() {
        if text[at] != b'"' {
            at += 1;
        } else if text.get(at + 1) == Some(&b'"') {
            at += 2;
        } else {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn marks_are_found_wherever_they_stand(text in "[a,\n\r\u{80}\u{ff}+-]{0,40}", from in 0..60usize) {
            let bytes = text.as_bytes();
            let one_by_one = (from..bytes.len()).find(|&at| matches!(bytes[at], b',' | b'\n'));
            let expected = one_by_one.unwrap_or(bytes.len().max(from));
            prop_assert_eq!(next_mark(bytes, from, b','), expected);
        }
    }
}
