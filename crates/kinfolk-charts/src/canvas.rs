//! The verbs of drawing, in CSS pixels: rules, bars, circles, diamonds, hatching, text.

use std::cell::RefCell;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::element::{CoordMapper, Drawable, PointCollection};
use plotters::prelude::{
    Cartesian2d, Circle, Color, DrawingArea, FontDesc, FontFamily, FontStyle, IntoDrawingArea,
    PathElement, Polygon, RGBColor, Rectangle, ShapeStyle, Text, TextStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::backend::{Pen, Sheet, SvgBackend, UNITS, escape};
use crate::figure::Svg;
use crate::palette::{Colour, DARK_BLUE, GREY, INK, NAVY, WHITE};
use crate::text::{self, LEADING, TEXT_SIZE, TITLE_SIZE, Weight};

/// The width of every chart in pixels; 170 mm on paper.
pub(crate) const WIDTH: f64 = 640.0;

/// Room below the last row that any chart may use; the picture is cut at its real height.
const TALLEST: f64 = 20_000.0;

/// The distance between lines of hatching, along the edge.
const HATCH_PITCH: f64 = 7.0;

/// A point in pixels from the top left.
pub(crate) type Point = (f64, f64);

/// A line: colour, width in pixels, dashes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stroke {
    colour: Colour,
    width: f64,
    dash: Option<&'static str>,
}

impl Stroke {
    /// Gridlines and rules between rows.
    pub(crate) const GRID: Self = Self::solid(GREY, 1.0);
    /// Base lines, axes, rules under heads.
    pub(crate) const BASE: Self = Self::solid(INK, 1.0);
    /// An interval, and what joins before and after.
    pub(crate) const INTERVAL: Self = Self::solid(DARK_BLUE, 3.0);
    /// The stem of a dot that stands for a share.
    pub(crate) const STEM: Self = Self::solid(DARK_BLUE, 2.0);
    /// The lines of hatching.
    const HATCH: Self = Self::solid(INK, 0.8);

    /// An unbroken line.
    pub(crate) const fn solid(colour: Colour, width: f64) -> Self {
        Self {
            colour,
            width,
            dash: None,
        }
    }

    /// The colour.
    pub(crate) const fn colour(self) -> Colour {
        self.colour
    }

    /// The same line in dashes, e.g. `4 3`.
    pub(crate) const fn dashed(mut self, dash: &'static str) -> Self {
        self.dash = Some(dash);
        self
    }
}

/// A rectangle in pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Area {
    /// The left edge.
    pub(crate) x: f64,
    /// The top edge.
    pub(crate) y: f64,
    /// The width.
    pub(crate) width: f64,
    /// The height.
    pub(crate) height: f64,
}

/// How text is set.
#[derive(Clone, Copy)]
pub(crate) struct Type {
    size: f64,
    weight: Weight,
    colour: Colour,
    anchor: HPos,
    is_patched: bool,
}

impl Type {
    /// Labels and ordinary numbers.
    pub(crate) const LABEL: Self = Self::new(TEXT_SIZE, Weight::Regular, INK);
    /// Heads, and the row in focus.
    pub(crate) const HEAD: Self = Self::new(TEXT_SIZE, Weight::Semibold, INK);
    /// The one column of figures in focus.
    pub(crate) const FOCUS: Self = Self::new(TEXT_SIZE, Weight::Semibold, DARK_BLUE);
    /// A value inside a dark bar.
    pub(crate) const INSIDE_DARK: Self = Self::new(TEXT_SIZE, Weight::Semibold, WHITE);
    /// A value inside a light blue bar.
    pub(crate) const INSIDE_LIGHT_BLUE: Self = Self::new(TEXT_SIZE, Weight::Regular, NAVY);
    /// Titles and names of panels.
    pub(crate) const TITLE: Self = Self::new(TITLE_SIZE, Weight::Semibold, DARK_BLUE);
    /// A key figure.
    pub(crate) const KEY_FIGURE: Self = Self::new(28.0, Weight::Semibold, DARK_BLUE);

    const fn new(size: f64, weight: Weight, colour: Colour) -> Self {
        Self {
            size,
            weight,
            colour,
            anchor: HPos::Left,
            is_patched: false,
        }
    }

    /// The same in semibold.
    pub(crate) const fn strong(mut self) -> Self {
        self.weight = Weight::Semibold;
        self
    }

    /// Flush right at its point.
    pub(crate) const fn end(mut self) -> Self {
        self.anchor = HPos::Right;
        self
    }

    /// Centred on its point.
    pub(crate) const fn middle(mut self) -> Self {
        self.anchor = HPos::Center;
        self
    }

    /// With a white patch behind it, where it may cross a gridline.
    pub(crate) const fn patched(mut self) -> Self {
        self.is_patched = true;
        self
    }

    /// How wide that text is when set so.
    pub(crate) fn width(&self, text: &str) -> f64 {
        text::width(text, self.size, self.weight)
    }

    /// Breaks text into balanced lines no wider than that.
    pub(crate) fn wrap(&self, text: &str, room: f64) -> Vec<String> {
        text::wrap(text, room, self.size, self.weight)
    }

    fn left(&self, x: f64, width: f64) -> f64 {
        match self.anchor {
            HPos::Left => x,
            HPos::Center => x - width / 2.0,
            HPos::Right => x - width,
        }
    }
}

/// A picture in the making.
pub(crate) struct Canvas {
    area: DrawingArea<SvgBackend, Cartesian2d<RangedCoordf64, RangedCoordf64>>,
    sheet: Rc<RefCell<Sheet>>,
    width: f64,
    prefix: &'static str,
}

impl Canvas {
    /// The canvas of a chart. Its id begins the ids of all groups, so that two charts in one page
    /// do not clash.
    pub(crate) fn chart(id: &'static str) -> Self {
        Self::new(id, WIDTH)
    }

    /// The canvas of a small picture without ids, which may stand in a page many times.
    pub(crate) fn picture(width: f64) -> Self {
        Self::new("", width)
    }

    fn new(prefix: &'static str, width: f64) -> Self {
        let sheet = Rc::new(RefCell::new(Sheet::default()));
        let size = (UNITS * width, UNITS * TALLEST);
        let backend = SvgBackend::new((size.0 as u32, size.1 as u32), Rc::clone(&sheet));
        let pixels: DrawingArea<SvgBackend, Shift> = backend.into_drawing_area();
        let limits = (0..size.0 as i32, 0..size.1 as i32);
        let area = pixels.apply_coord_spec(Cartesian2d::new(0.0..width, 0.0..TALLEST, limits));
        Self {
            area,
            sheet,
            width,
            prefix,
        }
    }

    /// The picture, cut at that height.
    pub(crate) fn finish(self, height: f64) -> Svg {
        let elements = std::mem::take(&mut self.sheet.borrow_mut().elements);
        Svg {
            width: self.width,
            height,
            elements,
        }
    }

    /// Draws what belongs together as one group with an id.
    pub(crate) fn group(&mut self, name: &str, draw: impl FnOnce(&mut Self)) {
        let id = if self.prefix.is_empty() {
            String::new()
        } else {
            format!(" id=\"{}-{}\"", self.prefix, escape(name))
        };
        self.write(&format!("<g{id}>\n"));
        draw(self);
        self.write("</g>\n");
    }

    /// A straight line.
    pub(crate) fn rule(&mut self, from: Point, to: Point, stroke: Stroke) {
        self.line(vec![from, to], stroke);
    }

    /// A line through several points.
    pub(crate) fn line(&mut self, points: Vec<Point>, stroke: Stroke) {
        self.hold(Pen {
            outline: None,
            dash: stroke.dash,
        });
        self.draw(&PathElement::new(points, line_style(stroke)));
    }

    /// A rule from the left edge to the right.
    pub(crate) fn rule_across(&mut self, y: f64, stroke: Stroke) {
        self.rule((0.0, y), (self.width, y), stroke);
    }

    /// A filled rectangle; the outline, if any, lies inside its edge.
    pub(crate) fn bar(&mut self, area: Area, fill: Colour, outline: Option<Colour>) {
        let inset = if outline.is_some() { 0.5 } else { 0.0 };
        let from = (area.x + inset, area.y + inset);
        let width = (area.width - 2.0 * inset).max(0.0);
        let height = (area.height - 2.0 * inset).max(0.0);
        self.hold(Pen {
            outline: outline.map(|colour| (colour, 1.0)),
            dash: None,
        });
        let corners = [from, (from.0 + width, from.1 + height)];
        self.draw(&Rectangle::new(corners, fill_style(fill)));
    }

    /// A circle without fill.
    pub(crate) fn ring(&mut self, centre: Point, radius: f64, stroke: Stroke) {
        self.draw(&Circle::new(centre, size(radius), line_style(stroke)));
    }

    /// A filled disc.
    pub(crate) fn disc(&mut self, centre: Point, radius: f64, fill: Colour) {
        self.draw(&Circle::new(centre, size(radius), fill_style(fill)));
    }

    /// A white disc with an outline of two pixels.
    pub(crate) fn open_disc(&mut self, centre: Point, radius: f64, outline: Colour) {
        self.outlined_disc(centre, radius, WHITE, outline);
    }

    /// A disc of that fill with an outline of two pixels.
    pub(crate) fn outlined_disc(
        &mut self,
        centre: Point,
        radius: f64,
        fill: Colour,
        outline: Colour,
    ) {
        self.disc_within(centre, radius, fill, (outline, 2.0));
    }

    /// A disc of that fill with an outline of one pixel.
    pub(crate) fn thinly_outlined_disc(
        &mut self,
        centre: Point,
        radius: f64,
        fill: Colour,
        outline: Colour,
    ) {
        self.disc_within(centre, radius, fill, (outline, 1.0));
    }

    fn disc_within(&mut self, centre: Point, radius: f64, fill: Colour, outline: (Colour, f64)) {
        self.hold(Pen {
            outline: Some(outline),
            dash: None,
        });
        self.draw(&Circle::new(centre, size(radius), fill_style(fill)));
    }

    /// An arrow between two points on one height.
    pub(crate) fn arrow(&mut self, from: Point, to: Point, stroke: Stroke) {
        const HEAD: Point = (8.0, 4.5);
        let back = HEAD.0 * (to.0 - from.0).signum();
        self.rule(from, (to.0 - back, to.1), stroke);
        let corners = vec![
            to,
            (to.0 - back, to.1 - HEAD.1),
            (to.0 - back, to.1 + HEAD.1),
        ];
        self.draw(&Polygon::new(corners, fill_style(stroke.colour)));
    }

    /// A filled shape with an outline of one pixel.
    pub(crate) fn shape(&mut self, corners: Vec<Point>, fill: Colour, outline: Colour) {
        self.hold(Pen {
            outline: Some((outline, 1.0)),
            dash: None,
        });
        self.draw(&Polygon::new(corners, fill_style(fill)));
    }

    /// A white diamond with an outline of two pixels, that far from centre to corner.
    pub(crate) fn open_diamond(&mut self, (x, y): Point, reach: f64) {
        self.hold(Pen {
            outline: Some((INK, 2.0)),
            dash: None,
        });
        let corners = vec![
            (x, y - reach),
            (x + reach, y),
            (x, y + reach),
            (x - reach, y),
        ];
        self.draw(&Polygon::new(corners, fill_style(WHITE)));
    }

    /// Hatching: not shown, to protect children. It means nothing else anywhere.
    pub(crate) fn hatch(&mut self, area: Area) {
        for (from, to) in hatch_lines(area) {
            self.rule(from, to, Stroke::HATCH);
        }
        let corners = [
            (area.x + 0.5, area.y + 0.5),
            (area.x + area.width - 0.5, area.y + area.height - 0.5),
        ];
        self.draw(&Rectangle::new(corners, line_style(Stroke::BASE)));
    }

    /// One line of text on its base line.
    pub(crate) fn text(&mut self, (x, y): Point, text: &str, style: Type) {
        if style.is_patched {
            let width = style.width(text);
            let patch = Area {
                x: style.left(x, width) - 2.0,
                y: y - 0.70 * style.size - 2.0,
                width: width + 4.0,
                height: 0.90 * style.size + 4.0,
            };
            self.bar(patch, WHITE, None);
        }
        self.draw(&Text::new(text.to_owned(), (x, y), text_style(style)));
    }

    /// Several lines of text, the first on that base line.
    pub(crate) fn lines(&mut self, (x, y): Point, lines: &[String], style: Type) {
        let mut base = y;
        for line in lines {
            self.text((x, base), line, style);
            base += LEADING;
        }
    }

    /// Several lines of text, centred on a height.
    pub(crate) fn lines_about(&mut self, (x, middle): Point, lines: &[String], style: Type) {
        let above = LEADING * (lines.len() as f64 - 1.0) / 2.0;
        self.lines((x, middle - above + BASE_LINE), lines, style);
    }

    /// One line of text, centred on a height.
    pub(crate) fn text_about(&mut self, (x, middle): Point, text: &str, style: Type) {
        self.text((x, middle + BASE_LINE), text, style);
    }

    fn hold(&self, pen: Pen) {
        self.sheet.borrow_mut().pen = pen;
    }

    fn write(&self, text: &str) {
        self.sheet.borrow_mut().elements.push_str(text);
    }

    fn draw<E, B>(&self, element: &E)
    where
        B: CoordMapper,
        for<'a> &'a E: PointCollection<'a, Point, B>,
        E: Drawable<SvgBackend, B>,
    {
        let drawn = self.area.draw(element);
        debug_assert!(drawn.is_ok(), "appending to a string cannot fail");
    }
}

/// From the middle of a line of text to its base line.
pub(crate) const BASE_LINE: f64 = 5.5;

/// Plotters takes whole canvas units.
fn size(pixels: f64) -> i32 {
    (pixels * UNITS).round() as i32
}

fn rgb(colour: Colour) -> RGBColor {
    let (red, green, blue) = colour.rgb();
    RGBColor(red, green, blue)
}

fn fill_style(colour: Colour) -> ShapeStyle {
    ShapeStyle::from(&rgb(colour)).filled()
}

fn line_style(stroke: Stroke) -> ShapeStyle {
    let width = (stroke.width * UNITS).round() as u32;
    ShapeStyle::from(&rgb(stroke.colour)).stroke_width(width)
}

fn text_style(style: Type) -> TextStyle<'static> {
    let weight = match style.weight {
        Weight::Regular => FontStyle::Normal,
        Weight::Semibold => FontStyle::Bold,
    };
    let font = FontDesc::new(FontFamily::SansSerif, style.size * UNITS, weight);
    TextStyle {
        font,
        color: rgb(style.colour).to_backend_color(),
        pos: Pos::new(style.anchor, VPos::Bottom),
    }
}

/// Lines at 45 degrees, rising to the right, cut at the edges of the area.
fn hatch_lines(area: Area) -> Vec<(Point, Point)> {
    let (width, height) = (area.width, area.height);
    let mut lines = Vec::new();
    let mut reach = HATCH_PITCH;
    while reach < width + height {
        let top = (reach.min(width), (reach - width).max(0.0));
        let bottom = ((reach - height).max(0.0), reach.min(height));
        let place = |(x, y): Point| (area.x + x, area.y + y);
        lines.push((place(bottom), place(top)));
        reach += HATCH_PITCH;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Area = Area {
        x: 10.0,
        y: 20.0,
        width: 40.0,
        height: 16.0,
    };

    #[test]
    fn hatching_stays_in_its_box_at_45_degrees() {
        let lines = hatch_lines(BOX);
        assert_eq!(lines.len(), 7);
        for ((x0, y0), (x1, y1)) in lines {
            assert!((x1 - x0 - (y0 - y1)).abs() < 1e-9);
            assert!(x0 >= 10.0 && x1 <= 50.0 && y1 >= 20.0 && y0 <= 36.0);
        }
    }

    #[test]
    fn a_bar_keeps_its_outline_inside() {
        let mut canvas = Canvas::picture(100.0);
        canvas.bar(BOX, WHITE, Some(DARK_BLUE));
        let svg = canvas.finish(50.0);
        assert_eq!(
            svg.elements,
            "<rect x=\"10.5\" y=\"20.5\" width=\"39\" height=\"15\" fill=\"#FFFFFF\" stroke=\"#12436D\"/>\n"
        );
    }

    #[test]
    fn the_pen_is_used_up_by_one_element() {
        let mut canvas = Canvas::picture(100.0);
        canvas.rule((0.0, 0.0), (9.0, 0.0), Stroke::BASE.dashed("6 4"));
        canvas.rule((0.0, 5.0), (9.0, 5.0), Stroke::solid(INK, 1.5));
        let elements = canvas.finish(9.0).elements;
        let lines: Vec<_> = elements.lines().collect();
        assert_eq!(
            lines,
            [
                "<path d=\"M0 0L9 0\" fill=\"none\" stroke=\"#3D3D3D\" stroke-dasharray=\"6 4\"/>",
                "<path d=\"M0 5L9 5\" fill=\"none\" stroke=\"#3D3D3D\" stroke-width=\"1.5\"/>",
            ]
        );
    }

    #[test]
    fn text_states_its_weight_anchor_colour_and_width() {
        let mut canvas = Canvas::picture(100.0);
        canvas.text((60.0, 20.0), "74%", Type::FOCUS.end());
        let width = crate::backend::decimal(Type::FOCUS.width("74%"));
        let expected = format!(
            "<text x=\"60\" y=\"20\" font-weight=\"600\" fill=\"#12436D\" text-anchor=\"end\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\">74%</text>\n"
        );
        assert_eq!(canvas.finish(30.0).elements, expected);
    }

    #[test]
    fn groups_carry_the_id_of_their_chart() {
        let mut canvas = Canvas::chart("flow");
        canvas.group("axis", |canvas| canvas.rule_across(1.0, Stroke::BASE));
        let elements = canvas.finish(9.0).elements;
        assert!(elements.starts_with("<g id=\"flow-axis\">\n"));
        assert!(elements.ends_with("</g>\n"));
    }
}
