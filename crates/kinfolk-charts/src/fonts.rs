//! Source Sans 3, the one family of every chart and report (SIL Open Font Licence, see `fonts/OFL.md`).

/// Regular, weight 400, as TrueType: for measuring, pictures and PDF.
pub const REGULAR: &[u8] = include_bytes!("../fonts/SourceSans3-Regular.ttf");
/// Semibold, weight 600, as TrueType: for measuring, pictures and PDF.
pub const SEMIBOLD: &[u8] = include_bytes!("../fonts/SourceSans3-Semibold.ttf");
/// Regular for browsers: the Latin part, as WOFF2.
pub const REGULAR_WEB: &[u8] = include_bytes!("../fonts/source-sans-3-latin-400-normal.woff2");
/// Semibold for browsers: the Latin part, as WOFF2.
pub const SEMIBOLD_WEB: &[u8] = include_bytes!("../fonts/source-sans-3-latin-600-normal.woff2");
/// The families to ask for, the bundled one first.
pub const STACK: &str = "'Source Sans 3','Source Sans Pro','Noto Sans',Arial,sans-serif";
