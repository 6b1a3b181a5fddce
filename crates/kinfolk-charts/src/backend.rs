//! A back end for plotters that writes SVG which can be read by eye and by machine.
//!
//! Plotters hands over whole units, so the canvas is [`UNITS`] times finer than CSS pixels and each
//! number is divided on its way out. What plotters has no word for (an outline round a fill, dashes)
//! lies in the [`Pen`] that the canvas sets before each element.

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::rc::Rc;

use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle,
};

use crate::palette::{Colour, INK};
use crate::text::{self, TEXT_SIZE, Weight};

/// Canvas units in a CSS pixel.
pub(crate) const UNITS: f64 = 20.0;

/// What an element has beyond the style that plotters knows; used up by the next element.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Pen {
    /// The outline of a filled shape: colour and width in pixels.
    pub(crate) outline: Option<(Colour, f64)>,
    /// The pattern of dashes, in pixels.
    pub(crate) dash: Option<&'static str>,
}

/// What has been written so far.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    /// The elements.
    pub(crate) elements: String,
    /// The pen for the next element.
    pub(crate) pen: Pen,
}

/// Writes onto a sheet that it shares with the canvas.
#[derive(Debug)]
pub(crate) struct SvgBackend {
    size: (u32, u32),
    sheet: Rc<RefCell<Sheet>>,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl SvgBackend {
    /// A back end of that size in canvas units.
    pub(crate) fn new(size: (u32, u32), sheet: Rc<RefCell<Sheet>>) -> Self {
        Self { size, sheet }
    }

    fn shape(&self, shape: &str, paint: &str) -> Drawn {
        let mut sheet = self.sheet.borrow_mut();
        let pen = std::mem::take(&mut sheet.pen);
        let outline = pen
            .outline
            .map_or_else(String::new, |(colour, width)| stroke(&colour.hex(), width));
        let dash = pen
            .dash
            .map_or_else(String::new, |dash| format!(" stroke-dasharray=\"{dash}\""));
        sheet
            .elements
            .push_str(&format!("<{shape}{paint}{outline}{dash}/>\n"));
        Ok(())
    }
}

impl DrawingBackend for SvgBackend {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        self.draw_rect((x, y), (x + 1, y + 1), &colour, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let shape = format!(
            "rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
            units(left),
            units(top),
            units(right - left),
            units(bottom - top)
        );
        self.shape(&shape, &paint(style, fill))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.shape(
            &format!("path d=\"{}\"", outline(path)),
            &paint(style, false),
        )
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let radius = i32::try_from(radius).unwrap_or(i32::MAX);
        let shape = format!(
            "circle cx=\"{}\" cy=\"{}\" r=\"{}\"",
            units(x),
            units(y),
            units(radius)
        );
        self.shape(&shape, &paint(style, fill))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        self.shape(
            &format!("path d=\"{}Z\"", outline(corners)),
            &paint(style, true),
        )
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &T,
        (x, y): BackendCoord,
    ) -> Drawn {
        let size = style.size() / UNITS;
        let weight = weight(style);
        let mut element = format!("<text x=\"{}\" y=\"{}\"", units(x), units(y));
        if (size - TEXT_SIZE).abs() > 1e-6 {
            let _ = write!(element, " font-size=\"{}\"", decimal(size));
        }
        if weight == Weight::Semibold {
            element.push_str(" font-weight=\"600\"");
        }
        if style.color().rgb != INK.rgb() {
            let _ = write!(element, " fill=\"{}\"", hex(style.color()));
        }
        element.push_str(match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => " text-anchor=\"middle\"",
            HPos::Right => " text-anchor=\"end\"",
        });
        let width = decimal(text::width(text, size, weight));
        let _ = writeln!(
            element,
            " textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\">{}</text>",
            escape(text)
        );
        self.sheet.borrow_mut().elements.push_str(&element);
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let width = text::width(text, style.size(), weight(style));
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}

fn weight<T: BackendTextStyle>(style: &T) -> Weight {
    match style.style() {
        FontStyle::Bold => Weight::Semibold,
        FontStyle::Normal | FontStyle::Oblique | FontStyle::Italic => Weight::Regular,
    }
}

fn paint<S: BackendStyle>(style: &S, fill: bool) -> String {
    let colour = hex(style.color());
    if fill {
        format!(" fill=\"{colour}\"")
    } else {
        let width = f64::from(style.stroke_width()) / UNITS;
        format!(" fill=\"none\"{}", stroke(&colour, width))
    }
}

fn stroke(colour: &str, width: f64) -> String {
    if (width - 1.0).abs() < 1e-6 {
        format!(" stroke=\"{colour}\"")
    } else {
        format!(" stroke=\"{colour}\" stroke-width=\"{}\"", decimal(width))
    }
}

fn hex(colour: BackendColor) -> String {
    let (red, green, blue) = colour.rgb;
    format!("#{red:02X}{green:02X}{blue:02X}")
}

fn outline(corners: impl IntoIterator<Item = BackendCoord>) -> String {
    let mut path = String::new();
    for (at, (x, y)) in corners.into_iter().enumerate() {
        let verb = if at == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{verb}{} {}", units(x), units(y));
    }
    path
}

/// Canvas units as pixels with at most one decimal.
fn units(value: i32) -> String {
    decimal(f64::from(value) / UNITS)
}

/// At most one decimal, without a trailing zero.
pub(crate) fn decimal(value: f64) -> String {
    let tenths = (value * 10.0).round() + 0.0;
    if tenths % 10.0 == 0.0 {
        format!("{:.0}", tenths / 10.0)
    } else {
        format!("{:.1}", tenths / 10.0)
    }
}

/// Text as XML wants it, in elements and in attributes.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_at_most_one_decimal() {
        for (value, expected) in [
            (0.0, "0"),
            (12.0, "12"),
            (12.04, "12"),
            (12.05, "12.1"),
            (-0.04, "0"),
            (-3.55, "-3.6"),
        ] {
            assert_eq!(decimal(value), expected);
        }
        assert_eq!(units(250), "12.5");
    }

    #[test]
    fn what_people_type_cannot_break_the_picture() {
        assert_eq!(escape("<a & \"b\">"), "&lt;a &amp; &quot;b&quot;&gt;");
    }
}
