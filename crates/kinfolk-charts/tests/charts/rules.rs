//! Rules that every chart of every study keeps.

use crate::studies;
use std::collections::BTreeSet;

use crate::drawing::{Drawing, TextBox};
use kinfolk_charts::palette::WHITE;
use kinfolk_charts::{Figure, fonts};

fn each(check: impl Fn(&str, &Figure)) {
    let mut n_figures = 0;
    for (study, release) in studies::all() {
        for figure in studies::figures(&release) {
            check(&format!("{study}/{}", figure.id), &figure);
            n_figures += 1;
        }
    }
    assert!(n_figures > 30, "{n_figures}");
}

#[test]
fn text_lies_within_the_canvas() {
    each(|name, figure| {
        let drawing = Drawing::of(figure);
        assert!(!drawing.texts.is_empty(), "{name}");
        for text in &drawing.texts {
            assert!(drawing.canvas.holds(&text.area), "{name}: {text:?}");
        }
        let body = Drawing::parse(&figure.to_document_svg(), figure.id);
        for shape in &body.shapes {
            assert!(body.canvas.holds(&shape.area), "{name}: {shape:?}");
        }
    });
}

#[test]
fn no_two_texts_overlap() {
    each(|name, figure| {
        let texts = Drawing::of(figure).texts;
        for (at, one) in texts.iter().enumerate() {
            for two in &texts[at + 1..] {
                assert!(!one.area.meets(&two.area), "{name}: {one:?} and {two:?}");
            }
        }
    });
}

#[test]
fn text_crosses_no_mark() {
    each(|name, figure| {
        let drawing = Drawing::of(figure);
        let filled = drawing.shapes.iter().filter(|shape| shape.fill.is_some());
        for shape in filled {
            for text in &drawing.texts {
                let is_clear = !text.area.meets(&shape.area) || shape.area.holds(&text.area);
                assert!(is_clear, "{name}: {text:?} and {shape:?}");
            }
        }
    });
}

#[test]
fn text_can_be_read_on_what_it_stands_on() {
    each(|name, figure| {
        let drawing = Drawing::of(figure);
        for text in &drawing.texts {
            let ground = ground(&drawing, text);
            let contrast = text.fill.contrast(ground);
            assert!(contrast >= 4.5, "{name}: {contrast:.2} for {text:?}");
            assert!(text.size >= 16.0, "{name}: {text:?}");
        }
    });
}

/// The fill of the last shape below a text.
fn ground(drawing: &Drawing, text: &TextBox) -> kinfolk_charts::palette::Colour {
    let below = drawing.shapes.iter().filter(|shape| shape.at < text.at);
    below
        .filter(|shape| shape.area.holds(&text.area))
        .filter_map(|shape| shape.fill)
        .next_back()
        .unwrap_or(WHITE)
}

#[test]
fn marks_stand_out_from_white_by_fill_or_outline() {
    each(|name, figure| {
        for line in figure
            .body
            .elements
            .lines()
            .filter(|line| line.contains(" fill=\"#"))
        {
            let is_patch = line.starts_with("<rect") && line.contains("fill=\"#FFFFFF\"/>");
            let is_text = line.starts_with("<text");
            let is_dark = ["#12436D", "#3D3D3D"].iter().any(|dark| {
                line.contains(&format!("fill=\"{dark}\""))
                    || line.contains(&format!("stroke=\"{dark}\""))
            });
            assert!(is_patch || is_text || is_dark, "{name}: {line}");
        }
    });
}

#[test]
fn words_are_complete() {
    each(|name, figure| {
        let drawing = Drawing::of(figure);
        let title = &drawing.texts[0];
        assert_eq!(title.words, figure.title, "{name}");
        assert!(title.area.width() <= 640.0, "{name}: {}", figure.title);
        assert!(
            !figure.title.is_empty() && !figure.title.ends_with('.'),
            "{name}"
        );
        assert!(
            figure.source.starts_with("Source: "),
            "{name}: {}",
            figure.source
        );
        let has_n = figure.source.contains("n\u{a0}=\u{a0}")
            || figure.source.contains(". n beside each")
            // The base of an appraisal is its price year; children are one of its inputs.
            || figure.id.starts_with("value-") && figure.source.contains(" In prices of ")
            || figure.title.ends_with(": not shown yet");
        assert!(has_n, "{name}: {}", figure.source);
        assert!(
            figure.alt.ends_with('.') && figure.alt.len() > 40,
            "{name}: {}",
            figure.alt
        );
        for text in [&figure.title, &figure.subtitle, &figure.source, &figure.alt] {
            for word in ["because of", "led to", "thanks to", "NaN", "inf", "  "] {
                assert!(!text.contains(word), "{name}: {text}");
            }
        }
    });
}

#[test]
fn what_is_withheld_is_explained() {
    each(|name, figure| {
        let drawing = Drawing::of(figure);
        let shows_sign = drawing.texts.iter().any(|text| {
            text.words.contains("[c]")
                && !text.words.contains("withheld")
                && text.words != figure.source
        });
        let body_shows_sign = figure.body.elements.contains("[c]");
        if body_shows_sign {
            assert!(
                shows_sign
                    && figure
                        .source
                        .contains("[c]\u{a0}withheld to protect children"),
                "{name}"
            );
        }
    });
}

#[test]
fn one_image_with_title_and_description() {
    each(|name, figure| {
        for svg in [figure.to_inline_svg(), figure.to_standalone_svg()] {
            let id = figure.id;
            assert!(svg.contains("role=\"img\""), "{name}");
            assert!(
                svg.contains(&format!("aria-labelledby=\"{id}-title {id}-desc\"")),
                "{name}"
            );
            let ids = Drawing::parse(&svg, id).ids;
            let unique: BTreeSet<&String> = ids.iter().collect();
            assert_eq!(unique.len(), ids.len(), "{name}: {ids:?}");
            for wanted in ["title", "desc"] {
                assert!(unique.contains(&format!("{id}-{wanted}")), "{name}");
            }
            assert!(
                ids.iter().all(|part| part.starts_with(id)),
                "{name}: {ids:?}"
            );
        }
    });
}

#[test]
fn only_the_bundled_family_is_asked_for() {
    each(|name, figure| {
        let (inline, document) = (figure.to_inline_svg(), figure.to_document_svg());
        assert_eq!(inline.matches("font-family").count(), 1, "{name}");
        assert!(
            inline.contains(&format!("font-family=\"{}\"", fonts::STACK)),
            "{name}"
        );
        assert_eq!(document.matches("font-family").count(), 1, "{name}");
        assert!(
            document.contains("font-family=\"'Source Sans 3'\""),
            "{name}"
        );
        assert!(
            !inline.contains("textLength") && !document.contains("textLength"),
            "{name}"
        );
        let n_texts = inline.matches("<text").count();
        assert_eq!(
            n_texts,
            figure.body.elements.matches("textLength").count(),
            "{name}"
        );
    });
}

#[test]
fn pictures_are_small_and_the_same_every_time() {
    let again: Vec<String> = studies::all()
        .iter()
        .flat_map(|(_, release)| studies::figures(release))
        .map(|figure| figure.to_standalone_svg())
        .collect();
    let seen = std::cell::Cell::new(0);
    each(|name, figure| {
        let svg = figure.to_standalone_svg();
        assert!(svg.len() < 25_000, "{name}: {} bytes", svg.len());
        assert_eq!(svg, again[seen.get()], "{name}");
        seen.set(seen.get() + 1);
    });
}

#[test]
fn tables_are_whole_and_hold_the_numbers_that_they_show() {
    each(|name, figure| {
        let table = &figure.table;
        assert!(!table.rows.is_empty(), "{name}");
        for row in &table.rows {
            assert_eq!(row.cells.len(), table.columns.len(), "{name}: {row:?}");
            for (cell, column) in row.cells.iter().zip(&table.columns) {
                let has_number = cell.number.is_some();
                assert!(
                    !has_number || column.is_numeric || column.head == "n of N",
                    "{name}: {cell:?}"
                );
                // Figures of all authorities stand in a file of their own.
                let is_own = column.head != "All authorities";
                if has_number {
                    assert_eq!(cell.key.is_some(), is_own, "{name}: {cell:?}");
                }
                assert!(
                    cell.text.chars().all(|c| c != '\u{a0}') || !has_number,
                    "{name}"
                );
            }
        }
    });
}

#[test]
fn small_pictures_keep_the_rules_too() {
    for (study, release) in studies::all() {
        for (name, picture) in studies::pictures(&release) {
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\">{}</svg>",
                picture.width, picture.height, picture.elements
            );
            let drawing = Drawing::parse(&svg, "");
            assert!(drawing.ids.is_empty(), "{study}/{name}");
            for (at, text) in drawing.texts.iter().enumerate() {
                assert!(drawing.canvas.holds(&text.area), "{study}/{name}: {text:?}");
                for other in &drawing.texts[at + 1..] {
                    assert!(!text.area.meets(&other.area), "{study}/{name}: {text:?}");
                }
            }
            for shape in &drawing.shapes {
                assert!(
                    drawing.canvas.holds(&shape.area),
                    "{study}/{name}: {shape:?}"
                );
            }
            assert!(picture.to_inline_svg().contains("aria-hidden=\"true\""));
        }
    }
}
