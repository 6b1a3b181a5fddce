//! Bytes of a file to blocks of text that end where a record ends.

use std::io::{self, Read};

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many bytes are read at a time.
const CHUNK: usize = 1 << 22;
const UTF_8_MARK: &[u8] = b"\xef\xbb\xbf";
/// Without a mark.
const PLAIN: &str = "UTF-8";

/// A file being read.
pub(super) struct Source {
    input: Box<dyn Read + Send>,
    decoding: Decoding,
    encoding: &'static str,
    /// Whether lines end in a carriage return alone.
    has_old_line_ends: bool,
    is_at_end: bool,
    chunk: usize,
}

enum Decoding {
    /// UTF-8, or Windows-1252 where a block is none; both have line ends and delimiters as ASCII.
    Bytes,
    Utf16(Box<Decoder>),
}

impl Source {
    /// Reads the beginning, to find out the encoding.
    pub(super) fn new(input: Box<dyn Read + Send>) -> io::Result<(Self, Vec<u8>)> {
        Self::with_chunk(input, CHUNK)
    }

    fn with_chunk(input: Box<dyn Read + Send>, chunk: usize) -> io::Result<(Self, Vec<u8>)> {
        let mut source = Self {
            input,
            decoding: Decoding::Bytes,
            encoding: PLAIN,
            has_old_line_ends: false,
            is_at_end: false,
            chunk,
        };
        let mut text = Vec::new();
        source.read_raw(&mut text)?;
        let mark: usize = match text.get(..2) {
            Some(b"\xff\xfe") => {
                source.decode_as(UTF_16LE);
                2
            }
            Some(b"\xfe\xff") => {
                source.decode_as(UTF_16BE);
                2
            }
            _ if text.starts_with(UTF_8_MARK) => {
                source.encoding = "UTF-8 with a byte order mark";
                UTF_8_MARK.len()
            }
            _ => 0,
        };
        text.drain(..mark);
        source.decoding.decode(&mut text, 0, source.is_at_end);
        source.has_old_line_ends = text.contains(&b'\r') && !text.contains(&b'\n');
        source.mend_line_ends(&mut text);
        Ok((source, text))
    }

    fn decode_as(&mut self, encoding: &'static encoding_rs::Encoding) {
        self.decoding = Decoding::utf_16(encoding);
        self.encoding = encoding.name();
    }

    /// The encoding, where the file begins with a mark of it.
    pub(super) fn marked_encoding(&self) -> Option<&'static str> {
        (self.encoding != PLAIN).then_some(self.encoding)
    }

    /// Appends the next part of the file; whether there was one.
    pub(super) fn read_more(&mut self, text: &mut Vec<u8>) -> io::Result<bool> {
        if self.is_at_end {
            return Ok(false);
        }
        let start = text.len();
        self.read_raw(text)?;
        self.decoding.decode(text, start, self.is_at_end);
        self.mend_line_ends(&mut text[start..]);
        Ok(true)
    }

    fn read_raw(&mut self, text: &mut Vec<u8>) -> io::Result<()> {
        text.reserve(self.chunk);
        let n = (&mut self.input)
            .take(self.chunk as u64)
            .read_to_end(text)?;
        self.is_at_end = n < self.chunk;
        Ok(())
    }

    fn mend_line_ends(&self, text: &mut [u8]) {
        if self.has_old_line_ends {
            for byte in text.iter_mut().filter(|byte| **byte == b'\r') {
                *byte = b'\n';
            }
        }
    }
}

impl Decoding {
    fn utf_16(encoding: &'static encoding_rs::Encoding) -> Self {
        Self::Utf16(Box::new(encoding.new_decoder_without_bom_handling()))
    }

    /// Decodes what stands from `start` on.
    fn decode(&mut self, text: &mut Vec<u8>, start: usize, is_last: bool) {
        let Self::Utf16(decoder) = self else {
            return;
        };
        let raw = text.split_off(start);
        let most = decoder
            .max_utf8_buffer_length(raw.len())
            .unwrap_or_default();
        let mut decoded = String::with_capacity(most);
        let _ = decoder.decode_to_string(&raw, &mut decoded, is_last);
        text.append(&mut decoded.into_bytes());
    }
}

/// Bytes as text: UTF-8, or else Windows-1252, which any bytes are.
pub(super) fn as_text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(error.as_bytes());
        text.into_owned()
    })
}

/// Where the last whole record ends, how many records end before that, and whether a quotation is
/// open behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) end: usize,
    pub(super) n_records: u64,
    pub(super) is_open: bool,
}

/// Where to cut text so that no record is cut. A quotation mark opens a quotation only where a cell
/// begins; within one it is written twice.
pub(super) fn cut(text: &[u8], delimiter: u8) -> Cut {
    if text.contains(&b'"') {
        cut_with_quotes(text, delimiter)
    } else {
        let end = text.iter().rposition(|&byte| byte == b'\n');
        let end = end.map_or(0, |at| at + 1);
        Cut {
            end,
            n_records: n_line_ends(&text[..end]),
            is_open: false,
        }
    }
}

fn n_line_ends(text: &[u8]) -> u64 {
    text.iter().filter(|&&byte| byte == b'\n').count() as u64
}

/// Where in a cell a byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Beginning,
    Bare,
    Quotation,
    /// Behind a quotation mark that closes, unless another follows.
    Closing,
}

fn cut_with_quotes(text: &[u8], delimiter: u8) -> Cut {
    let (mut end, mut n_records) = (0, 0);
    let mut within = Within::Beginning;
    for (at, &byte) in text.iter().enumerate() {
        within = match (within, byte) {
            (Within::Beginning | Within::Closing, b'"') => Within::Quotation,
            (Within::Quotation, b'"') => Within::Closing,
            (Within::Quotation, _) => Within::Quotation,
            (_, b'\n') => {
                end = at + 1;
                n_records += 1;
                Within::Beginning
            }
            (_, byte) if byte == delimiter => Within::Beginning,
            _ => Within::Bare,
        };
    }
    Cut {
        end,
        n_records,
        is_open: within == Within::Quotation,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The whole text, read in parts of so many bytes.
    fn read(bytes: &'static [u8], chunk: usize) -> String {
        let (mut source, mut text) = Source::with_chunk(Box::new(bytes), chunk).unwrap();
        while source.read_more(&mut text).unwrap() {}
        as_text(text)
    }

    #[test]
    fn encodings_are_found_out_whatever_the_parts() {
        let check = |bytes: &'static [u8], expected: &str| {
            for chunk in [4, 5, 7, 1000] {
                assert_eq!(read(bytes, chunk), expected, "{chunk}");
            }
        };
        check("é,b\n1".as_bytes(), "é,b\n1");
        check(b"\xef\xbb\xbf\xc3\xa9,b", "é,b");
        check(b"\xe9,b", "é,b");
        check(b"\xff\xfe\xe9\0,\0b\0\n\0", "é,b\n");
        check(b"\xfe\xff\0\xe9\0,\0b\0\n", "é,b\n");
        check(b"", "");
    }

    #[test]
    fn carriage_returns_alone_end_lines() {
        assert_eq!(read(b"a,b\r1,2\r", 5), "a,b\n1,2\n");
        assert_eq!(read(b"a,b\r\n1,2\r\n", 1000), "a,b\r\n1,2\r\n");
    }

    #[test]
    fn text_is_cut_behind_the_last_whole_record() {
        let check = |text: &str, end: usize, n_records: u64, is_open: bool| {
            let expected = Cut {
                end,
                n_records,
                is_open,
            };
            assert_eq!(cut(text.as_bytes(), b','), expected, "{text:?}");
        };
        check("a,b\n1,2\n3", 8, 2, false);
        check("a,b", 0, 0, false);
        check("a,\"x\ny\"\n1", 8, 1, false);
        check("a,\"x\ny", 0, 0, true);
        check("a,\"x\"\"\ny\"\n1", 10, 1, false);
        check("a,5\" tall\n1,\"\"\n", 15, 2, false);
        check("\"a\"x\"\n\"b", 6, 1, true);
    }

    proptest! {
        #[test]
        fn records_are_the_same_wherever_text_is_cut(text in "[a,\"\n]{0,40}", part in 0..40usize) {
            let bytes = text.as_bytes();
            let whole = cut(bytes, b',');
            let first = cut(&bytes[..part.min(bytes.len())], b',');
            let rest = cut(&bytes[first.end..], b',');
            prop_assert_eq!(first.end + rest.end, whole.end);
            prop_assert_eq!(first.n_records + rest.n_records, whole.n_records);
            prop_assert_eq!(rest.is_open, whole.is_open);
        }
    }
}
