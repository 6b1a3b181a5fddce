//! The marks: each has one meaning in the whole report.

use crate::canvas::{Area, Canvas, Point, Stroke, Type};
use crate::figure::Svg;
use crate::palette::{Colour, DARK_BLUE, GREY, INK, ORANGE, PALE_BLUE, WHITE};

/// The side of a swatch in a key.
const SWATCH: f64 = 16.0;
/// Between a mark and its words.
const MARK_GAP: f64 = 8.0;
/// Between two entries of a key.
const ENTRY_GAP: f64 = 26.0;

/// A mark of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A filled square with its outline.
    Swatch(Colour, Colour),
    /// Two swatches that touch.
    Swatches([Colour; 2]),
    /// The square of what is not shown.
    Hatch,
    /// The authority's figure; after.
    Programme,
    /// The authority's figure with its interval.
    Interval,
    /// Comparators.
    Comparator,
    /// At the start.
    Before,
    /// All authorities.
    Benchmark,
    /// The same children throughout, beside everyone.
    Completers,
    /// The child.
    Child,
    /// Who meets the child.
    Meet,
    /// Who calls or writes.
    Write,
    /// The line of the programme over time.
    ProgrammeLine,
    /// The line of comparators over time.
    ComparatorLine,
    /// An answer with every input as assumed.
    Assumed,
    /// Another authority.
    Other,
    /// A statistical neighbour.
    Neighbour,
    /// Words without a mark.
    None,
}

impl Mark {
    fn width(self) -> f64 {
        match self {
            Self::Swatches(_) => 2.0 * SWATCH,
            Self::Interval | Self::Completers => 32.0,
            Self::Meet | Self::Write => 28.0,
            Self::ProgrammeLine | Self::ComparatorLine => 32.0,
            Self::Swatch(..) | Self::Hatch | Self::Child => SWATCH,
            Self::Programme | Self::Comparator | Self::Before | Self::Other | Self::Neighbour => {
                12.0
            }
            Self::Assumed => 6.0,
            Self::Benchmark => 16.0,
            Self::None => -MARK_GAP,
        }
    }

    fn draw(self, canvas: &mut Canvas, (x, y): Point) {
        let centre = (x + self.width() / 2.0, y);
        let line = [(x, y), (x + self.width(), y)];
        match self {
            Self::Swatch(fill, outline) => canvas.bar(swatch(x, y), fill, Some(outline)),
            Self::Swatches([left, right]) => {
                canvas.bar(swatch(x, y), left, Some(outline_of(left)));
                canvas.bar(swatch(x + SWATCH, y), right, Some(outline_of(right)));
            }
            Self::Hatch => canvas.hatch(swatch(x, y)),
            Self::Programme => programme(canvas, centre),
            Self::Interval => {
                canvas.rule(line[0], line[1], Stroke::INTERVAL);
                programme(canvas, centre);
            }
            Self::Comparator => comparator(canvas, centre),
            Self::Before => before(canvas, centre),
            Self::Benchmark => benchmark(canvas, centre),
            Self::Completers => {
                canvas.rule(line[0], line[1], COMPLETERS);
                completers(canvas, centre);
            }
            Self::Child => canvas.disc(centre, 8.0, INK),
            Self::ProgrammeLine => canvas.rule(line[0], line[1], PROGRAMME_LINE),
            Self::ComparatorLine => canvas.rule(line[0], line[1], COMPARATOR_LINE),
            Self::Meet => canvas.rule(line[0], line[1], TIE),
            Self::Write => canvas.rule(line[0], line[1], TIE.dashed(WRITE_DASH)),
            Self::Assumed => {
                let x = x + self.width() / 2.0;
                canvas.rule((x, y - SWATCH / 2.0), (x, y + SWATCH / 2.0), ASSUMED);
            }
            Self::Other => other(canvas, centre),
            Self::Neighbour => neighbour(canvas, centre),
            Self::None => {}
        }
    }
}

/// Published figures of the nation.
pub(crate) const NATIONAL: Stroke = Stroke::solid(INK, 2.0).dashed("6 4");
/// Published figures of the authority.
pub(crate) const PUBLISHED: Stroke = Stroke::solid(DARK_BLUE, 2.5);
/// The interval of the same children throughout.
pub(crate) const COMPLETERS: Stroke = Stroke::solid(DARK_BLUE, 1.5);
/// An answer with every input as assumed.
pub(crate) const ASSUMED: Stroke = Stroke::solid(INK, 3.0);
/// The line from a child to someone in touch.
pub(crate) const TIE: Stroke = Stroke::solid(DARK_BLUE, 1.5);
/// The dashes of a tie by telephone or letter.
pub(crate) const WRITE_DASH: &str = "4 3";

fn swatch(x: f64, middle: f64) -> Area {
    Area {
        x,
        y: middle - SWATCH / 2.0,
        width: SWATCH,
        height: SWATCH,
    }
}

/// The colour of the outline that a fill needs to be seen on white.
pub(crate) fn outline_of(fill: Colour) -> Colour {
    if fill == GREY { INK } else { DARK_BLUE }
}

/// The authority's figure; after.
pub(crate) fn programme(canvas: &mut Canvas, centre: Point) {
    canvas.disc(centre, 6.0, DARK_BLUE);
}

/// The same children throughout, beside everyone.
pub(crate) fn completers(canvas: &mut Canvas, centre: Point) {
    canvas.outlined_disc(centre, 4.5, PALE_BLUE, DARK_BLUE);
}

/// Another authority.
pub(crate) fn other(canvas: &mut Canvas, centre: Point) {
    canvas.thinly_outlined_disc(centre, 4.5, GREY, INK);
}

/// A statistical neighbour.
pub(crate) fn neighbour(canvas: &mut Canvas, centre: Point) {
    canvas.disc(centre, 4.5, INK);
}

/// The programme over time.
pub(crate) const PROGRAMME_LINE: Stroke = Stroke::solid(DARK_BLUE, 3.0);
/// Comparators over time.
pub(crate) const COMPARATOR_LINE: Stroke = Stroke::solid(ORANGE, 2.5).dashed("9 4");
/// The side of the square of comparators.
const SQUARE: f64 = 11.0;

/// Comparators.
pub(crate) fn comparator(canvas: &mut Canvas, (x, y): Point) {
    let area = Area {
        x: x - SQUARE / 2.0,
        y: y - SQUARE / 2.0,
        width: SQUARE,
        height: SQUARE,
    };
    canvas.bar(area, ORANGE, Some(INK));
}

/// At the start.
pub(crate) fn before(canvas: &mut Canvas, centre: Point) {
    canvas.open_disc(centre, 5.0, DARK_BLUE);
}

/// All authorities.
pub(crate) fn benchmark(canvas: &mut Canvas, centre: Point) {
    canvas.open_diamond(centre, 7.0);
}

/// The room that a key takes.
pub(crate) struct Key {
    /// The height of its lines.
    pub(crate) height: f64,
    /// The right end of its widest line.
    pub(crate) right: f64,
}

/// Draws a key from that point rightwards, on as many lines as it needs.
pub(crate) fn key(canvas: &mut Canvas, (left, middle): Point, entries: &[(Mark, &str)]) -> Key {
    const LINE: f64 = 24.0;
    let (mut x, mut y, mut right) = (left, middle, left);
    canvas.group("key", |canvas| {
        for (mark, words) in entries {
            let width = mark.width() + MARK_GAP + Type::LABEL.width(words);
            if x > left && x + width > crate::canvas::WIDTH {
                (x, y) = (left, y + LINE);
            }
            mark.draw(canvas, (x, y));
            canvas.text_about((x + mark.width() + MARK_GAP, y), words, Type::LABEL);
            right = right.max(x + width);
            x += width + ENTRY_GAP;
        }
    });
    Key {
        height: y - middle + LINE,
        right,
    }
}

fn picture(mark: Mark, width: f64) -> Svg {
    const HEIGHT: f64 = 20.0;
    let mut canvas = Canvas::picture(width);
    mark.draw(&mut canvas, ((width - mark.width()) / 2.0, HEIGHT / 2.0));
    canvas.finish(HEIGHT)
}

/// A filled circle with a line through it: the authority's figure with its interval.
pub fn mark_programme() -> Svg {
    picture(Mark::Interval, 34.0)
}

/// An open circle: at the start.
pub fn mark_before() -> Svg {
    picture(Mark::Before, 34.0)
}

/// An orange square: comparators.
pub fn mark_comparator() -> Svg {
    picture(Mark::Comparator, 34.0)
}

/// An open diamond: all authorities.
pub fn mark_benchmark() -> Svg {
    picture(Mark::Benchmark, 34.0)
}

/// Hatching: not shown, to protect children.
pub fn mark_withheld() -> Svg {
    const WIDTH: f64 = 34.0;
    let mut canvas = Canvas::picture(WIDTH);
    canvas.hatch(Area {
        x: 0.0,
        y: 2.0,
        width: WIDTH,
        height: SWATCH,
    });
    canvas.finish(20.0)
}

/// The fills of a stack, dark to light: met, partly, not.
pub(crate) const STACK: [Colour; 3] = [DARK_BLUE, PALE_BLUE, WHITE];
