//! How cells look: weight, wrapping, alignment, no colour.

use jiff::civil::Date;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatUnderline, XlsxError,
};

/// The size of text in points.
const SIZE: f64 = 12.0;
/// The family; on every machine that opens workbooks.
const FAMILY: &str = "Arial";
/// The day that a workbook without a day of its own carries.
pub(super) const NO_DAY: Date = jiff::civil::date(2000, 1, 1);
/// How a day is shown.
pub(super) const DAY: &str = "dd/mm/yyyy";

/// A cell of text on one line.
pub(super) fn plain() -> Format {
    Format::new()
        .set_font_name(FAMILY)
        .set_font_size(SIZE)
        .set_align(FormatAlign::Top)
}

/// A cell whose text wraps.
pub(super) fn wrapped() -> Format {
    plain().set_text_wrap()
}

/// A link to another sheet, in dark blue.
pub(super) fn link() -> Format {
    wrapped()
        .set_underline(FormatUnderline::Single)
        .set_font_color(0x0012_436D)
}

/// The title of a sheet.
pub(super) fn title() -> Format {
    plain().set_bold().set_font_size(SIZE + 2.0)
}

/// The head of a column of text.
pub(super) fn head() -> Format {
    wrapped()
        .set_bold()
        .set_border_bottom(FormatBorder::Thin)
        .set_align(FormatAlign::Bottom)
}

/// The head of a column of numbers.
pub(super) fn number_head() -> Format {
    head().set_align(FormatAlign::Right)
}

/// A number, shown by that format.
pub(super) fn number(format: &str) -> Format {
    plain().set_num_format(format)
}

/// A sign such as `[c]` in a column of numbers.
pub(super) fn sign() -> Format {
    wrapped().set_align(FormatAlign::Right)
}

/// The format made strong.
pub(super) fn strong(format: Format, is_strong: bool) -> Format {
    if is_strong { format.set_bold() } else { format }
}

/// A column's width in letters: its longest cell, between a least and a most.
pub(super) fn width<'a>(texts: impl Iterator<Item = &'a str>) -> f64 {
    let longest = texts.map(|text| text.chars().count()).max().unwrap_or(0);
    let letters = longest.clamp(10, 48);
    // Letters at 12 points are wider than those in which spreadsheets count, and strong ones wider.
    f64::from(u32::try_from(letters).unwrap_or(48)) * 1.25 + 2.0
}

/// What a workbook says of itself, with a fixed time so that the same input gives the same bytes.
pub(super) fn properties(
    title: &str,
    subject: &str,
    author: &str,
    date: Date,
) -> Result<DocProperties, XlsxError> {
    Ok(DocProperties::new()
        .set_title(title)
        .set_subject(subject)
        .set_author(author)
        .set_company("kinfolk")
        .set_creation_datetime(&day(date)?))
}

/// A day as spreadsheets count.
pub(super) fn day(date: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(
        u16::try_from(date.year()).unwrap_or_default(),
        u8::try_from(date.month()).unwrap_or_default(),
        u8::try_from(date.day()).unwrap_or_default(),
    )
}
