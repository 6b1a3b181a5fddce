//! A code of a return, as short as it is.

use std::fmt;

/// Up to eight characters in upper case, as large as a number and as cheap to copy: a code, a
/// postcode without its space, a register number. Blank is no code.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShortCode([u8; 8]);

impl ShortCode {
    /// No code.
    pub const BLANK: Self = Self([0; 8]);

    /// Takes a text without its white space, in upper case. `None` where that is longer than eight
    /// characters, or not ASCII.
    ///
    /// ```
    /// use kinfolk_model::care::ShortCode;
    /// assert_eq!(ShortCode::parse(" u4 "), Some(ShortCode::of("U4")));
    /// assert_eq!(ShortCode::parse("SW1A 1AA").unwrap().as_str(), "SW1A1AA");
    /// assert_eq!(ShortCode::parse("much too long"), None);
    /// ```
    #[inline]
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 8];
        let letters = text.bytes().filter(|byte| !byte.is_ascii_whitespace());
        for (at, byte) in letters.enumerate() {
            let place = bytes.get_mut(at).filter(|_| byte.is_ascii_graphic())?;
            *place = byte.to_ascii_uppercase();
        }
        Some(Self(bytes))
    }

    /// The characters as one number, which is another for every other code; 0 where blank.
    #[inline]
    pub fn number(self) -> u64 {
        u64::from_le_bytes(self.0)
    }

    /// A code that is known when the program is written; anything else than one to eight upper-case
    /// letters and digits does not compile in a constant.
    pub const fn of(text: &str) -> Self {
        let source = text.as_bytes();
        assert!(
            !source.is_empty() && source.len() <= 8,
            "a code has one to eight characters"
        );
        let mut bytes = [0; 8];
        let mut at = 0;
        while at < source.len() {
            assert!(
                source[at].is_ascii_uppercase() || source[at].is_ascii_digit(),
                "a code has upper-case letters and digits"
            );
            bytes[at] = source[at];
            at += 1;
        }
        Self(bytes)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|byte| *byte == 0).unwrap_or(8);
        // Only ASCII is ever stored, so this never falls back.
        std::str::from_utf8(&self.0[..length]).unwrap_or_default()
    }

    /// Whether there is no code.
    pub fn is_blank(self) -> bool {
        self == Self::BLANK
    }

    /// The first character; zero where blank.
    pub fn first(self) -> u8 {
        self.0[0]
    }
}

impl fmt::Debug for ShortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for ShortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_text_in_upper_case_without_spaces() {
        let check = |text, expected: Option<&str>| {
            let code = ShortCode::parse(text);
            assert_eq!(code.as_ref().map(ShortCode::as_str), expected, "{text}");
        };
        check("", Some(""));
        check("x1", Some("X1"));
        check("E4A", Some("E4A"));
        check("pr 4", Some("PR4"));
        check("SC123456", Some("SC123456"));
        check("123456789", None);
        check("caf\u{e9}", None);
        assert!(ShortCode::parse("  ").unwrap().is_blank());
    }

    #[test]
    fn codes_sort_as_their_texts() {
        assert!(ShortCode::of("E4A") < ShortCode::of("E4B"));
        assert!(ShortCode::of("E4") < ShortCode::of("E4A"));
    }
}
