//! Charts and small pictures, inline.

use kinfolk_charts::{Figure, Svg};
use maud::{Markup, PreEscaped};

/// A chart as one labelled image.
pub(crate) fn chart(figure: &Figure) -> Markup {
    PreEscaped(figure.to_inline_svg())
}

/// A picture that says nothing that the text beside it does not say.
pub(crate) fn decoration(picture: &Svg) -> Markup {
    PreEscaped(picture.to_inline_svg())
}
