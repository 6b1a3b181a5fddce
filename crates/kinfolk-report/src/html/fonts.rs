//! The two weights of the family, inlined.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kinfolk_charts::fonts::{REGULAR_WEB, SEMIBOLD_WEB};

/// Both `@font-face` rules.
pub(crate) fn faces() -> String {
    [(400, REGULAR_WEB), (600, SEMIBOLD_WEB)]
        .into_iter()
        .map(|(weight, font)| face(weight, font))
        .collect()
}

fn face(weight: u16, font: &[u8]) -> String {
    format!(
        "@font-face{{font-family:'Source Sans 3';font-weight:{weight};\
         src:url(data:font/woff2;base64,{}) format('woff2')}}\n",
        STANDARD.encode(font)
    )
}
