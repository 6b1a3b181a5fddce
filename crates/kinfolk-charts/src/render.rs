//! A figure as a file or as part of a page.

use std::sync::{Arc, OnceLock};

use resvg::usvg::{self, fontdb};
use resvg::{render, tiny_skia};

use crate::backend::{decimal, escape};
use crate::canvas::{Canvas, Type, WIDTH};
use crate::error::ChartError;
use crate::figure::{Figure, Svg};
use crate::fonts;
use crate::palette::{INK, WHITE};
use crate::text::LEADING;

/// White space round a figure that stands alone, in pixels.
const MARGIN: f64 = 20.0;
/// From the top to the base line of the title.
const TITLE_BASE: f64 = 16.0;
/// From one block's last base line to the next block's first.
const SUBTITLE_GAP: f64 = 24.0;
/// Between the subtitle's base line and the chart.
const CHART_GAP: f64 = 24.0;
/// Between the chart and the base line of the source.
const SOURCE_GAP: f64 = 28.0;
/// Below the base line of the last line.
const DESCENT: f64 = 4.0;

impl Figure {
    /// The chart alone, for a page that sets title, subtitle and source as text and holds the
    /// bundled font. One image to assistive technology.
    pub fn to_inline_svg(&self) -> String {
        let body = without_lengths(&self.body.elements);
        let frame = Frame {
            left: 0.0,
            top: 0.0,
            width: self.body.width,
            height: self.body.height,
            family: fonts::STACK,
        };
        frame.around(&self.labels(), &body)
    }

    /// The whole figure: title, subtitle, chart and source on white. Each text states its width, so
    /// that the layout holds where the font is missing.
    pub fn to_standalone_svg(&self) -> String {
        let mut words = Canvas::picture(WIDTH);
        let mut base = TITLE_BASE;
        words.text((0.0, base), &self.title, Type::TITLE);
        base += SUBTITLE_GAP;
        let subtitle = Type::LABEL.wrap(&self.subtitle, WIDTH);
        words.lines((0.0, base), &subtitle, Type::LABEL);
        base += LEADING * (subtitle.len().max(1) as f64 - 1.0);
        let chart = base + CHART_GAP;
        base = chart + self.body.height + SOURCE_GAP;
        let source = Type::LABEL.wrap(&self.source, WIDTH);
        words.lines((0.0, base), &source, Type::LABEL);
        base += LEADING * (source.len().max(1) as f64 - 1.0);

        let frame = Frame {
            left: -MARGIN,
            top: -MARGIN,
            width: self.body.width + 2.0 * MARGIN,
            height: base + DESCENT + 2.0 * MARGIN,
            family: fonts::STACK,
        };
        let body = format!(
            "{}{}<g id=\"{}-chart\" transform=\"translate(0 {})\">\n{}</g>\n",
            frame.ground(),
            words.finish(base).elements,
            self.id,
            decimal(chart),
            self.body.elements
        );
        frame.around(&self.labels(), &body)
    }

    /// The chart alone for a typeset document, which asks for the bundled font by its name.
    pub fn to_document_svg(&self) -> String {
        self.body.to_document_svg()
    }

    /// The whole figure as a PNG, that many pixels to each CSS pixel.
    ///
    /// # Errors
    ///
    /// [`ChartError`] when the picture is no valid SVG, or empty or too large at that scale.
    pub fn to_png(&self, scale: f32) -> Result<Vec<u8>, ChartError> {
        rasterise(self.id, &self.to_standalone_svg(), scale)
    }

    fn labels(&self) -> String {
        let id = self.id;
        format!(
            " role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\n<title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n",
            escape(&self.title),
            escape(&self.alt)
        )
    }
}

impl Svg {
    /// The picture for a page, as decoration that assistive technology passes over.
    pub fn to_inline_svg(&self) -> String {
        let frame = self.frame(fonts::STACK);
        frame.around(" aria-hidden=\"true\">\n", &without_lengths(&self.elements))
    }

    /// The picture for a typeset document, which asks for the bundled font by its name.
    pub fn to_document_svg(&self) -> String {
        let frame = self.frame("'Source Sans 3'");
        frame.around(">\n", &without_lengths(&self.elements))
    }

    fn frame(&self, family: &'static str) -> Frame {
        Frame {
            left: 0.0,
            top: 0.0,
            width: self.width,
            height: self.height,
            family,
        }
    }
}

/// The `svg` element.
struct Frame {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    family: &'static str,
}

impl Frame {
    fn around(&self, labels: &str, body: &str) -> String {
        let (width, height) = (decimal(self.width), decimal(self.height));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"{} {} {width} {height}\" font-family=\"{}\" font-size=\"16\" fill=\"{}\"{labels}{body}</svg>\n",
            decimal(self.left),
            decimal(self.top),
            self.family,
            INK.hex()
        )
    }

    fn ground(&self) -> String {
        format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>\n",
            decimal(self.left),
            decimal(self.top),
            decimal(self.width),
            decimal(self.height),
            WHITE.hex()
        )
    }
}

/// Where the font is sure to be there, text needs no stated width.
fn without_lengths(elements: &str) -> String {
    const FROM: &str = " textLength=\"";
    const TO: &str = "lengthAdjust=\"spacingAndGlyphs\"";
    let mut kept = String::with_capacity(elements.len());
    let mut rest = elements;
    while let Some((before, after)) = rest.split_once(FROM) {
        kept.push_str(before);
        rest = after.split_once(TO).map_or("", |(_, rest)| rest);
    }
    kept.push_str(rest);
    kept
}

fn rasterise(id: &'static str, svg: &str, scale: f32) -> Result<Vec<u8>, ChartError> {
    let refuse = |reason: String| ChartError::Render { id, reason };
    let options = usvg::Options {
        fontdb: bundled_fonts(),
        font_family: "Source Sans 3".to_owned(),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options).map_err(|error| refuse(error.to_string()))?;
    let width = (tree.size().width() * scale).ceil() as u32;
    let height = (tree.size().height() * scale).ceil() as u32;
    let mut pixels = tiny_skia::Pixmap::new(width, height).ok_or(ChartError::Size {
        id,
        scale,
        width,
        height,
    })?;
    let transform = tiny_skia::Transform::from_scale(scale, scale);
    render(&tree, transform, &mut pixels.as_mut());
    pixels
        .encode_png()
        .map_err(|error| refuse(error.to_string()))
}

/// The two bundled fonts and nothing of the machine's own, so that pictures are the same everywhere.
fn bundled_fonts() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let load = || {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(fonts::REGULAR.to_vec());
        fonts.load_font_data(fonts::SEMIBOLD.to_vec());
        Arc::new(fonts)
    };
    Arc::clone(FONTS.get_or_init(load))
}
