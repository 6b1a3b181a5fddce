//! A drawn SVG as boxes and marks, to be measured.

use kinfolk_charts::Figure;
use kinfolk_charts::palette::{
    Colour, DARK_BLUE, GREY, INK, LIGHT_BLUE, NAVY, ORANGE, PALE_BLUE, WHITE,
};
use resvg::usvg::roxmltree::{Document, Node};

/// A rectangle in pixels of the whole picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rect {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Rect {
    pub(crate) fn width(&self) -> f64 {
        self.right - self.left
    }

    fn shrunk(&self, by: f64) -> Self {
        Self {
            left: self.left + by,
            top: self.top + by,
            right: self.right - by,
            bottom: self.bottom - by,
        }
    }

    pub(crate) fn meets(&self, other: &Self) -> bool {
        let (one, two) = (self.shrunk(0.2), other.shrunk(0.2));
        one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom
    }

    pub(crate) fn holds(&self, other: &Self) -> bool {
        let grown = self.shrunk(-0.3);
        grown.left <= other.left
            && grown.right >= other.right
            && grown.top <= other.top
            && grown.bottom >= other.bottom
    }
}

/// A line of text with the box that it takes: 0.70 of its size above the base line, 0.20 below.
#[derive(Debug, Clone)]
pub(crate) struct TextBox {
    pub(crate) words: String,
    pub(crate) size: f64,
    pub(crate) fill: Colour,
    pub(crate) area: Rect,
    /// Where it stands in the order of drawing.
    pub(crate) at: usize,
}

/// A shape that text must not cross.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    pub(crate) tag: String,
    /// The group that it stands in, without the id of the figure.
    pub(crate) group: String,
    pub(crate) fill: Option<Colour>,
    pub(crate) area: Rect,
    pub(crate) at: usize,
}

impl Shape {
    /// A circle's centre, or a bar's middle.
    pub(crate) fn x(&self) -> f64 {
        (self.area.left + self.area.right) / 2.0
    }
}

/// What a figure's SVG holds.
pub(crate) struct Drawing {
    pub(crate) canvas: Rect,
    pub(crate) texts: Vec<TextBox>,
    pub(crate) shapes: Vec<Shape>,
    pub(crate) ids: Vec<String>,
}

impl Drawing {
    pub(crate) fn of(figure: &Figure) -> Self {
        Self::parse(&figure.to_standalone_svg(), figure.id)
    }

    pub(crate) fn parse(svg: &str, id: &str) -> Self {
        let document = Document::parse(svg).expect("well-formed SVG");
        let root = document.root_element();
        let view: Vec<f64> = words(&root, "viewBox");
        let mut drawing = Self {
            canvas: Rect {
                left: view[0],
                top: view[1],
                right: view[0] + view[2],
                bottom: view[1] + view[3],
            },
            texts: Vec::new(),
            shapes: Vec::new(),
            ids: Vec::new(),
        };
        for (at, node) in root.descendants().filter(Node::is_element).enumerate() {
            drawing.ids.extend(node.attribute("id").map(str::to_owned));
            drawing.read(&node, at, id);
        }
        drawing
    }

    fn read(&mut self, node: &Node<'_, '_>, at: usize, id: &str) {
        let down = shift(node);
        match node.tag_name().name() {
            "text" => self.texts.push(text_box(node, at, down)),
            tag @ ("rect" | "circle" | "path") => {
                if let Some(area) = area(node, tag, down) {
                    self.shapes.push(Shape {
                        tag: tag.to_owned(),
                        group: group(node, id),
                        fill: fill(node),
                        area,
                        at,
                    });
                }
            }
            _ => {}
        }
    }

    /// The shapes of one group.
    pub(crate) fn group<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Shape> {
        self.shapes.iter().filter(move |shape| shape.group == name)
    }

    /// The middle of the text with those words.
    pub(crate) fn middle_of(&self, words: &str) -> f64 {
        let text = self.texts.iter().find(|text| text.words == words);
        let area = text.unwrap_or_else(|| panic!("no text `{words}`")).area;
        (area.left + area.right) / 2.0
    }
}

fn number(node: &Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name)
        .map_or(0.0, |text| text.parse().expect("a number"))
}

fn words(node: &Node<'_, '_>, name: &str) -> Vec<f64> {
    let text = node.attribute(name).expect("numbers");
    text.split(' ')
        .map(|word| word.parse().expect("a number"))
        .collect()
}

fn shift(node: &Node<'_, '_>) -> f64 {
    node.ancestors()
        .filter_map(|node| node.attribute("transform")?.strip_prefix("translate(0 "))
        .map(|rest| rest.trim_end_matches(')').parse::<f64>().expect("a shift"))
        .sum()
}

fn group(node: &Node<'_, '_>, id: &str) -> String {
    node.ancestors()
        .find_map(|node| node.attribute("id"))
        .and_then(|group| group.strip_prefix(id)?.strip_prefix('-'))
        .unwrap_or_default()
        .to_owned()
}

fn colour(text: &str) -> Colour {
    [
        DARK_BLUE, INK, GREY, ORANGE, PALE_BLUE, LIGHT_BLUE, NAVY, WHITE,
    ]
    .into_iter()
    .find(|colour| colour.hex() == text)
    .unwrap_or_else(|| panic!("{text} is not in the palette"))
}

fn fill(node: &Node<'_, '_>) -> Option<Colour> {
    match node.attribute("fill") {
        Some("none") => None,
        Some(text) => Some(colour(text)),
        None => Some(INK),
    }
}

fn text_box(node: &Node<'_, '_>, at: usize, down: f64) -> TextBox {
    let size = node
        .attribute("font-size")
        .map_or(16.0, |size| size.parse().expect("a size"));
    let (x, base, width) = (
        number(node, "x"),
        number(node, "y") + down,
        number(node, "textLength"),
    );
    let left = match node.attribute("text-anchor") {
        Some("end") => x - width,
        Some("middle") => x - width / 2.0,
        _ => x,
    };
    assert!(matches!(node.attribute("font-weight"), None | Some("600")));
    assert!(node.attribute("font-family").is_none());
    TextBox {
        words: node.text().unwrap_or_default().to_owned(),
        size,
        fill: fill(node).expect("text has a colour"),
        area: Rect {
            left,
            right: left + width,
            top: base - 0.70 * size,
            bottom: base + 0.20 * size,
        },
        at,
    }
}

fn area(node: &Node<'_, '_>, tag: &str, down: f64) -> Option<Rect> {
    let half = match node.attribute("stroke") {
        Some(_) => node
            .attribute("stroke-width")
            .map_or(0.5, |width| width.parse::<f64>().expect("a width") / 2.0),
        None => 0.0,
    };
    let inner = match tag {
        "rect" => Rect {
            left: number(node, "x"),
            top: number(node, "y") + down,
            right: number(node, "x") + number(node, "width"),
            bottom: number(node, "y") + number(node, "height") + down,
        },
        "circle" => {
            let (x, y, radius) = (
                number(node, "cx"),
                number(node, "cy") + down,
                number(node, "r"),
            );
            Rect {
                left: x - radius,
                top: y - radius,
                right: x + radius,
                bottom: y + radius,
            }
        }
        _ => {
            let corners = node.attribute("d")?.strip_suffix('Z')?;
            let points: Vec<(f64, f64)> = corners
                .split(['M', 'L'])
                .filter_map(|point| point.split_once(' '))
                .map(|(x, y)| (x.parse().expect("x"), y.parse::<f64>().expect("y") + down))
                .collect();
            let ends = |pick: fn(&(f64, f64)) -> f64| {
                let values = || points.iter().map(pick);
                (
                    values().fold(f64::MAX, f64::min),
                    values().fold(f64::MIN, f64::max),
                )
            };
            let ((left, right), (top, bottom)) = (ends(|point| point.0), ends(|point| point.1));
            Rect {
                left,
                top,
                right,
                bottom,
            }
        }
    };
    Some(inner.shrunk(-half))
}
