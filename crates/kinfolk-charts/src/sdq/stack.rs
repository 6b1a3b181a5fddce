//! Bars of 100% under one another: names of the parts over the first bar (over each where their parts
//! differ), share and count in each part. What is withheld is hatched as one piece.

use kinfolk_model::format;

use crate::canvas::{Area, Canvas, Type, WIDTH};
use crate::layout::{GUTTER, Labels, inside};
use crate::marks::{self, Mark, outline_of};
use crate::palette::Colour;
use crate::reading::{FEWEST_FOR_SHARES, Reading};
use crate::text::LEADING;
use crate::wording::n_is;

/// The height of a bar.
pub(super) const BAR: f64 = 54.0;
/// The most room for what a bar is called.
const LABEL_ROOM: f64 = 150.0;
/// Room for names over a bar.
const NAMES: f64 = 24.0;
/// Between the names of two parts.
const NAME_GAP: f64 = 12.0;

/// A part that a bar may have: alone, or several joined.
pub(super) struct Kind {
    /// The code, as groups name it.
    pub(super) code: &'static str,
    /// The words.
    pub(super) label: &'static str,
    /// Its fill.
    pub(super) fill: Colour,
    /// Which single parts it stands for, one bit each.
    pub(super) members: u8,
}

/// One part of a bar.
pub(super) struct Part<'a> {
    /// The code, as groups name it.
    pub(super) code: &'static str,
    /// The words.
    pub(super) label: &'static str,
    /// Its fill.
    pub(super) fill: Colour,
    /// Its share, with the counts behind it.
    pub(super) share: Reading<'a>,
}

/// The parts that a release holds, in the order of their kinds. A single part that neither stands
/// there nor is joined with others was left out to protect children: it is hidden. None where the
/// release holds no part at all.
pub(super) fn parts<'a>(kinds: &[Kind], share_of: impl Fn(&str) -> Reading<'a>) -> Vec<Part<'a>> {
    let shares: Vec<Reading<'a>> = kinds.iter().map(|kind| share_of(kind.code)).collect();
    let held = kinds
        .iter()
        .zip(&shares)
        .filter(|(_, share)| share.0.is_some());
    let covered = held.fold(0, |covered, (kind, _)| covered | kind.members);
    let is_left_out = |kind: &Kind| kind.members.is_power_of_two() && covered & kind.members == 0;
    kinds
        .iter()
        .zip(shares)
        .filter(|(kind, share)| covered > 0 && (share.0.is_some() || is_left_out(kind)))
        .map(|(kind, share)| Part {
            code: kind.code,
            label: kind.label,
            fill: kind.fill,
            share,
        })
        .collect()
}

/// One bar.
pub(super) struct Bar<'a> {
    /// What it is called.
    pub(super) label: String,
    /// Its parts from the left.
    pub(super) parts: Vec<Part<'a>>,
}

impl<'a> Bar<'a> {
    /// How many children it shows, where any part says so.
    pub(super) fn n(&self) -> Option<u64> {
        self.parts.iter().find_map(|part| part.share.denominator())
    }

    /// Whether a part is withheld.
    pub(super) fn hides(&self) -> bool {
        self.parts.iter().any(|part| part.share.value().is_none())
    }

    /// The part with that code.
    pub(super) fn part(&self, code: &str) -> Option<&Part<'a>> {
        self.parts.iter().find(|part| part.code == code)
    }
}

/// Bars with the room between them.
pub(super) struct Stack<'s, 'a> {
    /// The bars, from the top; they have the same parts.
    pub(super) bars: &'s [Bar<'a>],
    /// Between two bars.
    pub(super) gap: f64,
}

/// Where the bars stand.
pub(super) struct Drawn {
    /// Where they begin on the left.
    pub(super) left: f64,
    /// The bottom of each bar.
    pub(super) bottoms: Vec<f64>,
}

impl Stack<'_, '_> {
    /// Draws names and bars.
    pub(super) fn draw(&self, canvas: &mut Canvas) -> Drawn {
        let labels = self.bars.iter().map(|bar| bar.label.as_str());
        let labels = Labels::within(LABEL_ROOM, labels);
        let counts = self.bars.iter().map(count_line);
        let widest = counts
            .map(|line| Type::LABEL.width(&line))
            .fold(0.0, f64::max);
        let left = labels.width.max(widest) + GUTTER + 8.0;
        let names = self.names(left);
        let mut top = match names.is_empty() {
            true => self.draw_key(canvas),
            false => 0.0,
        };
        let mut bottoms = Vec::new();
        for (at, bar) in self.bars.iter().enumerate() {
            if let Some(centres) = names.get(at) {
                for (part, x) in bar.parts.iter().zip(centres) {
                    canvas.text((*x, top + 14.0), part.label, Type::LABEL.middle());
                }
                top += NAMES;
            }
            canvas.group(&format!("bar-{}", at + 1), |canvas| {
                draw_label(canvas, bar, top + BAR / 2.0);
                draw_bar(canvas, bar, (left, top));
            });
            bottoms.push(top + BAR);
            top += BAR + self.gap;
        }
        Drawn { left, bottoms }
    }

    /// Where names stand: over the first bar; over each where their parts differ; nowhere, for a key
    /// to take their place, if a name would stand over nothing.
    fn names(&self, left: f64) -> Vec<Vec<f64>> {
        let codes = |bar: &Bar<'_>| bar.parts.iter().map(|part| part.code).collect::<Vec<_>>();
        let differ = self
            .bars
            .windows(2)
            .any(|pair| codes(&pair[0]) != codes(&pair[1]));
        let n_named = if differ { self.bars.len() } else { 1 };
        if !differ && self.bars.iter().any(Bar::hides) {
            return Vec::new();
        }
        let named = self.bars.iter().take(n_named);
        let names: Option<Vec<Vec<f64>>> = named.map(|bar| names_over(bar, left)).collect();
        names.unwrap_or_default()
    }

    fn draw_key(&self, canvas: &mut Canvas) -> f64 {
        let mut entries: Vec<(Mark, &str)> = Vec::new();
        for part in self.bars.iter().flat_map(|bar| &bar.parts) {
            let entry = (Mark::Swatch(part.fill, outline_of(part.fill)), part.label);
            if !entries.contains(&entry) {
                entries.push(entry);
            }
        }
        if self.bars.iter().any(Bar::hides) {
            entries.push((Mark::Hatch, "not shown"));
        }
        marks::key(canvas, (0.0, 8.0), &entries).height + 4.0
    }
}

/// The centres of the names of a bar's parts; `None` where a part has no length or they no room.
fn names_over(bar: &Bar<'_>, left: f64) -> Option<Vec<f64>> {
    let pieces = pieces(bar, left);
    if bar.hides() || pieces.len() != bar.parts.len() {
        return None;
    }
    let centres = pieces
        .iter()
        .map(|piece| piece.area.x + piece.area.width / 2.0);
    let widths = bar.parts.iter().map(|part| Type::LABEL.width(part.label));
    spread(
        &centres.collect::<Vec<_>>(),
        &widths.collect::<Vec<_>>(),
        (left, WIDTH),
    )
}

fn count_line(bar: &Bar<'_>) -> String {
    bar.n().map_or_else(|| format::WITHHELD.to_owned(), n_is)
}

fn draw_label(canvas: &mut Canvas, bar: &Bar<'_>, middle: f64) {
    let lines = Type::HEAD.wrap(&bar.label, LABEL_ROOM);
    let above = LEADING / 2.0;
    canvas.lines_about((0.0, middle - above), &lines, Type::HEAD);
    let below = middle + LEADING * lines.len() as f64 / 2.0;
    canvas.text_about((0.0, below), &count_line(bar), Type::LABEL);
}

/// A stretch of a bar: a part, or all that is hidden.
struct Piece<'b> {
    area: Area,
    part: Option<&'b Part<'b>>,
}

/// The pieces of a bar from the left. Hidden parts that are neighbours are one piece in their place;
/// else they are one piece at the right end, so that no length tells them apart.
fn pieces<'b>(bar: &'b Bar<'b>, left: f64) -> Vec<Piece<'b>> {
    let Some(whole) = bar.n() else {
        return vec![piece(None, left, WIDTH - left)];
    };
    let length = |n: u64| n as f64 / whole as f64 * (WIDTH - left);
    let shown = |part: &Part<'_>| part.share.value().and(part.share.numerator());
    let rest = whole.saturating_sub(bar.parts.iter().filter_map(shown).sum());
    let hidden_at = hidden_at(
        &bar.parts
            .iter()
            .map(|part| shown(part).is_none())
            .collect::<Vec<_>>(),
    );
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut from = left;
    for (at, part) in bar.parts.iter().map(Some).chain([None]).enumerate() {
        let hatched = (hidden_at == Some(at)).then_some((None, rest));
        let drawn = part.and_then(|part| Some((Some(part), shown(part)?)));
        for (part, n) in hatched.into_iter().chain(drawn).filter(|(_, n)| *n > 0) {
            pieces.push(piece(part, from, length(n)));
            from += length(n);
        }
    }
    pieces
}

/// Before which part the hidden ones stand, given which are hidden; `None` where none is.
fn hidden_at(hidden: &[bool]) -> Option<usize> {
    let first = hidden.iter().position(|hides| *hides)?;
    let run = hidden[first..].iter().take_while(|hides| **hides).count();
    let n = hidden.iter().filter(|hides| **hides).count();
    Some(if run == n { first } else { hidden.len() })
}

fn piece<'b>(part: Option<&'b Part<'b>>, x: f64, width: f64) -> Piece<'b> {
    // A sliver keeps the width of its outline.
    let area = Area {
        x: x.min(WIDTH - 1.0),
        y: 0.0,
        width: width.max(1.0),
        height: BAR,
    };
    Piece { area, part }
}

fn draw_bar(canvas: &mut Canvas, bar: &Bar<'_>, (left, top): (f64, f64)) {
    for Piece { area, part } in pieces(bar, left) {
        let area = Area { y: top, ..area };
        match part {
            Some(part) => {
                canvas.bar(area, part.fill, Some(outline_of(part.fill)));
                draw_number(canvas, area, part);
            }
            None => canvas.hatch(area),
        }
    }
}

/// Share over count; the count alone where no share may be printed. Nothing where it has no room.
fn draw_number(canvas: &mut Canvas, area: Area, part: &Part<'_>) {
    let style = inside(part.fill);
    let middle = area.y + area.height / 2.0;
    let x = area.x + area.width / 2.0;
    let count = part
        .share
        .numerator()
        .map(format::count)
        .unwrap_or_default();
    let share = part
        .share
        .sound_share()
        .map(format::share)
        .unwrap_or_default();
    let strong = style.strong();
    if strong.width(&share).max(strong.width(&count)) + 8.0 > area.width {
        return;
    }
    if share.is_empty() {
        canvas.text_about((x, middle), &count, strong.middle());
    } else {
        canvas.text_about((x, middle - LEADING / 2.0), &share, strong.middle());
        canvas.text_about((x, middle + LEADING / 2.0), &count, style.middle());
    }
}

/// Centres of names, kept within both ends and pushed apart; `None` where they have no room.
fn spread(centres: &[f64], widths: &[f64], (left, right): (f64, f64)) -> Option<Vec<f64>> {
    let gaps = NAME_GAP * (widths.len() as f64 - 1.0);
    if widths.iter().sum::<f64>() + gaps > right - left {
        return None;
    }
    let mut spread = Vec::new();
    let mut free = left;
    for (centre, width) in centres.iter().zip(widths) {
        let start = (centre - width / 2.0).max(free);
        spread.push(start + width / 2.0);
        free = start + width + NAME_GAP;
    }
    let mut free = right;
    for (centre, width) in spread.iter_mut().zip(widths).rev() {
        let end = (*centre + width / 2.0).min(free);
        *centre = end - width / 2.0;
        free = end - width - NAME_GAP;
    }
    Some(spread)
}

/// Whether so many are enough for percentages.
pub(super) fn has_shares(bars: &[Bar<'_>]) -> bool {
    bars.iter()
        .all(|bar| bar.n().is_some_and(|n| n as f64 >= FEWEST_FOR_SHARES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_neighbours_keep_their_place() {
        assert_eq!(hidden_at(&[false, false, false]), None);
        assert_eq!(hidden_at(&[true, true, false]), Some(0));
        assert_eq!(hidden_at(&[false, true, true]), Some(1));
        assert_eq!(hidden_at(&[true, false, true]), Some(3));
    }

    #[test]
    fn names_are_pushed_apart_and_kept_within_the_bar() {
        let check = |centres: &[f64], expected: Option<&[f64]>| {
            let widths = vec![40.0; centres.len()];
            let found = spread(centres, &widths, (0.0, 200.0));
            assert_eq!(found.as_deref(), expected, "{centres:?}");
        };
        check(&[50.0, 150.0], Some(&[50.0, 150.0]));
        check(&[5.0, 10.0, 110.0], Some(&[20.0, 72.0, 124.0]));
        check(&[100.0, 190.0, 199.0], Some(&[76.0, 128.0, 180.0]));
        check(&[20.0, 60.0, 100.0, 140.0, 180.0], None);
    }
}
