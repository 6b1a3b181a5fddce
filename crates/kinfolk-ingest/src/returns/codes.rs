//! A column of codes.

use kinfolk_model::care::{CodeList, ShortCode};

use super::reader::Reader;
use super::rows::Rows;
use super::rules;
use crate::rules::Rule;

/// The codes that a column may hold, and the rule that any other breaks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) list: &'static CodeList,
    pub(super) rule: &'static Rule,
}

/// A column of codes. It says few things in many rows, so whether a code is known is kept, in the
/// place that its bytes tell, until another code takes that place.
pub(super) struct CodeColumn {
    place: Option<usize>,
    known: Option<Known>,
    looked_up: [(ShortCode, bool); 1 << Self::BITS],
}

impl CodeColumn {
    const BITS: u32 = 5;

    /// A column where it stands in the file; without a list, every code will do.
    pub(super) fn new(place: Option<usize>, known: Option<Known>) -> Self {
        Self {
            place,
            known,
            looked_up: [(ShortCode::BLANK, true); 1 << Self::BITS],
        }
    }

    /// Where the column stands.
    pub(super) fn place(&self) -> Option<usize> {
        self.place
    }

    /// The code in the row; blank where there is none. A code that the list does not know is noted and
    /// kept.
    pub(super) fn read(&mut self, reader: &mut Reader<impl Rows>) -> ShortCode {
        let Some((place, cell)) = self.place.and_then(|at| Some((at, reader.cell(at)?))) else {
            return ShortCode::BLANK;
        };
        let (code, breaks) = self.read_text(&cell);
        drop(cell);
        if let Some(rule) = breaks {
            reader.note_cell(rule, place);
        }
        code
    }

    /// A code, and the rule that it breaks.
    fn read_text(&mut self, text: &str) -> (ShortCode, Option<&'static Rule>) {
        let Some(code) = code_of(text) else {
            return (ShortCode::BLANK, Some(&rules::CODE_TOO_LONG));
        };
        let unknown = self.known.filter(|known| !self.is_in(known.list, code));
        (code, unknown.map(|known| known.rule))
    }

    fn is_in(&mut self, list: &CodeList, code: ShortCode) -> bool {
        let mixed = code.number().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - Self::BITS);
        let kept = &mut self.looked_up[usize::try_from(mixed).unwrap_or_default()];
        if kept.0 != code {
            *kept = (code, code.is_blank() || list.get(code).is_some());
        }
        kept.1
    }
}

/// A code in upper case; a whole number that a program wrote with decimals loses them.
fn code_of(text: &str) -> Option<ShortCode> {
    ShortCode::parse(text.strip_suffix(".0").unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_the_same_however_often_it_comes() {
        let known = Known {
            list: &kinfolk_model::care::PLACEMENTS,
            rule: &rules::PLACEMENT_UNKNOWN,
        };
        let mut column = CodeColumn::new(None, Some(known));
        let cases = [
            ("U4", "U4", None),
            ("u4 ", "U4", None),
            ("U4.0", "U4", None),
            ("XX", "XX", Some(&rules::PLACEMENT_UNKNOWN)),
            (" ", "", None),
            ("much too long", "", Some(&rules::CODE_TOO_LONG)),
        ];
        for (text, code, rule) in cases.iter().chain(&cases).chain(&cases) {
            let (read, breaks) = column.read_text(text);
            assert_eq!(read.as_str(), *code, "{text}");
            let broken = |rule: &Rule| rule.id;
            assert_eq!(breaks.map(broken), rule.map(broken), "{text}");
        }
    }
}
