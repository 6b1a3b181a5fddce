//! The colours of every chart, and the contrast between them.

/// An opaque colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// The authority: its figures, `after`, totals.
pub const DARK_BLUE: Colour = Colour::new(0x12, 0x43, 0x6D);
/// Text, axes, reference lines, all authorities, `disagree strongly`.
pub const INK: Colour = Colour::new(0x3D, 0x3D, 0x3D);
/// Comparators only: a square, a dashed line; never text.
pub const ORANGE: Colour = Colour::new(0xF4, 0x6A, 0x25);
/// Gridlines; `disagree`.
pub const GREY: Colour = Colour::new(0xBF, 0xBF, 0xBF);
/// The second step of a scale, always outlined in dark blue.
pub const PALE_BLUE: Colour = Colour::new(0xAD, 0xD1, 0xF1);
/// The step between pale and dark blue, in bands only, always outlined.
pub const LIGHT_BLUE: Colour = Colour::new(0x6B, 0xAC, 0xE6);
/// Text on light blue, nothing else.
pub const NAVY: Colour = Colour::new(0x09, 0x21, 0x35);
/// The ground; the third step of a scale, always outlined.
pub const WHITE: Colour = Colour::new(0xFF, 0xFF, 0xFF);

impl Colour {
    const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Red, green and blue in 0..=255.
    pub fn rgb(self) -> (u8, u8, u8) {
        (self.red, self.green, self.blue)
    }

    /// As SVG and CSS write it: `#12436D`.
    pub fn hex(self) -> String {
        format!("#{:02X}{:02X}{:02X}", self.red, self.green, self.blue)
    }

    /// The ratio of contrast with another colour by WCAG 2.2, from 1 (alike) to 21 (black on white).
    ///
    /// ```
    /// use kinfolk_charts::palette::{DARK_BLUE, WHITE};
    /// assert!(DARK_BLUE.contrast(WHITE) > 10.0);
    /// ```
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Relative luminance as WCAG 2.2 defines it, from 0 (black) to 1 (white).
    fn luminance(self) -> f64 {
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

fn linear(channel: u8) -> f64 {
    let share = f64::from(channel) / 255.0;
    if share <= 0.040_45 {
        share / 12.92
    } else {
        ((share + 0.055) / 1.055).powf(2.4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: Colour, two: Colour, at_least: f64) {
        let contrast = one.contrast(two);
        assert!(
            contrast >= at_least,
            "{} on {}: {contrast:.2}",
            one.hex(),
            two.hex()
        );
    }

    #[test]
    fn the_formula_gives_the_known_ends() {
        let black = Colour::new(0, 0, 0);
        assert!((black.contrast(WHITE) - 21.0).abs() < 1e-9);
        assert!((WHITE.contrast(black) - 21.0).abs() < 1e-9);
        assert!((INK.contrast(INK) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn text_can_be_read_on_every_ground_that_it_stands_on() {
        for (text, ground) in [
            (INK, WHITE),
            (DARK_BLUE, WHITE),
            (WHITE, DARK_BLUE),
            (WHITE, INK),
            (INK, PALE_BLUE),
            (INK, GREY),
            (NAVY, LIGHT_BLUE),
        ] {
            check(text, ground, 4.5);
        }
    }

    #[test]
    fn neighbours_differ_by_themselves_or_by_their_outline() {
        for (one, two) in [
            (DARK_BLUE, PALE_BLUE),
            (DARK_BLUE, WHITE),
            (DARK_BLUE, LIGHT_BLUE),
            (INK, GREY),
            (INK, WHITE),
        ] {
            check(one, two, 3.0);
        }
    }
}
