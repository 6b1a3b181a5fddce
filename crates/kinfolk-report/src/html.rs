//! The document as one self-contained web page: no scripts, nothing fetched.

mod blocks;
mod fonts;
mod picture;
mod table;

use kinfolk_charts::fonts::STACK;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::document::{Block, Document, Section};
use blocks::Level;

/// Rules of the page; the fonts and the foot of printed pages are set beside it.
const STYLE: &str = include_str!("html/style.css");

/// One HTML file that holds everything: text, charts, tables, fonts.
pub fn render_html(document: &Document) -> String {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            (head(document))
            body {
                a.skip href="#summary" { "Skip to the summary" }
                main { (sheets(document)) }
            }
        }
    }
    .into_string()
}

fn head(document: &Document) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (document.title) ": " (document.subtitle) @if let Some(marking) = &document.marking { " (" (marking) ")" } }
            meta name="author" content=(document.author);
            meta name="dcterms.date" content=(document.date);
            meta name="description" content=(document.strapline);
            style { (PreEscaped(style(document))) }
        }
    }
}

fn style(document: &Document) -> String {
    format!(
        "{}:root{{--family:{STACK}}}\n{STYLE}{}",
        fonts::faces(),
        printed_foot(document)
    )
}

/// The foot of printed pages: the title and the number of the page, on none but the first.
fn printed_foot(document: &Document) -> String {
    format!(
        "@page{{@bottom-left{{content:{}}}@bottom-right{{content:counter(page)}}}}\n\
         @page front{{@bottom-left{{content:none;border:0}}@bottom-right{{content:none;border:0}}}}\n",
        css_string(&document.footer)
    )
}

/// Text as a string of CSS that no text can leave.
fn css_string(text: &str) -> String {
    let mut string = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' | '<' | '>' | '&' => string.push_str(&format!("\\{:x} ", c as u32)),
            c if c.is_control() => string.push(' '),
            c => string.push(c),
        }
    }
    string.push('"');
    string
}

fn sheets(document: &Document) -> Markup {
    let (first, rest) = match document.sections.split_first() {
        Some((first, rest)) => (Some(first), rest),
        None => (None, &[][..]),
    };
    html! {
        div.sheet.front {
            (masthead(document))
            @if let Some(summary) = first {
                section id=(summary.id) aria-labelledby={ (summary.id) "-heading" } {
                    h2.unseen id={ (summary.id) "-heading" } { (summary.heading) }
                    (content(document, &summary.blocks))
                }
            }
        }
        @for section in rest { (sheets_of(document, section)) }
    }
}

fn masthead(document: &Document) -> Markup {
    html! {
        header {
            @if let Some(cover) = &document.cover { div.art { (picture::decoration(cover)) } }
            @if let Some(marking) = &document.marking { p.marking { (marking) } }
            h1 { (document.title) }
            p.subtitle { (document.subtitle) }
            p.strapline { (document.strapline) }
        }
    }
}

/// A section as one sheet or, where headings ask for new pages, several.
fn sheets_of(document: &Document, section: &Section) -> Markup {
    let heading = format!("{}-heading", section.id);
    html! {
        section id=(section.id) aria-labelledby=(heading) {
            @for (at, blocks) in pages(&section.blocks).into_iter().enumerate() {
                div.sheet {
                    @if at == 0 { h2 id=(heading) { (section.heading) } }
                    (content(document, blocks))
                    p.foot aria-hidden="true" { (document.footer) }
                }
            }
        }
    }
}

/// The blocks, split before each heading that begins a page.
fn pages(blocks: &[Block]) -> Vec<&[Block]> {
    let mut pages = Vec::new();
    let mut begin = 0;
    for (at, block) in blocks.iter().enumerate() {
        if at > begin && matches!(block, Block::Heading { new_page: true, .. }) {
            pages.push(&blocks[begin..at]);
            begin = at;
        }
    }
    pages.push(&blocks[begin..]);
    pages
}

fn content(document: &Document, blocks: &[Block]) -> Markup {
    let mut level = Level::Three;
    html! {
        @for block in blocks { (blocks::block(document, block, &mut level)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_leave_its_css_string() {
        assert_eq!(css_string("Hartwell, 2024"), "\"Hartwell, 2024\"");
        assert_eq!(
            css_string("a\"}\\\n</style>"),
            "\"a\\22 }\\5c  \\3c /style\\3e \""
        );
    }
}
