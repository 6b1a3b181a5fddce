//! Charts and small pictures, inline.

use kinfolk_charts::{Figure, Svg};
use maud::{Markup, PreEscaped, html};

/// A chart as one labelled image.
pub(crate) fn chart(figure: &Figure) -> Markup {
    let Svg { width, height, .. } = &figure.body;
    let (title, description) = (
        format!("{}-title", figure.id),
        format!("{}-description", figure.id),
    );
    html! {
        svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby=(title)
            aria-describedby=(description) viewBox={ "0 0 " (width) " " (height) }
            width=(width) height=(height) {
            title id=(title) { (figure.title) }
            desc id=(description) { (figure.alt) }
            (PreEscaped(&figure.body.elements))
        }
    }
}

/// A picture that says nothing that the text beside it does not say.
pub(crate) fn decoration(picture: &Svg) -> Markup {
    html! {
        svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true" focusable="false"
            viewBox={ "0 0 " (picture.width) " " (picture.height) }
            width=(picture.width) height=(picture.height) {
            (PreEscaped(&picture.elements))
        }
    }
}
