//! The files that charts become, and the build that makes them.

use crate::{samples, studies};
use kinfolk_charts::{ChartError, Figure, draw_objectives};
use resvg::tiny_skia::Pixmap;

fn objectives() -> Figure {
    draw_objectives(&samples::full()).expect("a figure")
}

fn pixels(png: &[u8]) -> Pixmap {
    Pixmap::decode_png(png).expect("a PNG")
}

/// Pixels that are clearly not white.
fn n_dark(png: &[u8]) -> usize {
    pixels(png)
        .pixels()
        .iter()
        .filter(|pixel| pixel.red() < 160)
        .count()
}

#[test]
fn svg_files_stay_as_they_were_looked_at() {
    for (study, release) in studies::all() {
        for figure in studies::figures(&release) {
            insta::assert_snapshot!(format!("{study}-{}", figure.id), figure.to_standalone_svg());
        }
        for (name, picture) in studies::pictures(&release) {
            insta::assert_snapshot!(format!("{study}-picture-{name}"), picture.to_inline_svg());
        }
    }
}

#[test]
fn words_stay_as_they_were_read() {
    for (study, release) in studies::all() {
        let words: Vec<String> = studies::figures(&release)
            .iter()
            .map(|figure| {
                format!(
                    "{}\n  {}\n  {}\n  {}\n  {}",
                    figure.id, figure.title, figure.subtitle, figure.source, figure.alt
                )
            })
            .collect();
        insta::assert_snapshot!(format!("{study}-words"), words.join("\n"));
    }
}

#[test]
fn a_png_has_the_size_that_was_asked_for_and_the_same_bytes_again() {
    let figure = objectives();
    let png = figure.to_png(1.0).expect("a PNG");
    assert_eq!(pixels(&png).width(), 680);
    assert_eq!(png, figure.to_png(1.0).expect("a PNG"));
}

#[test]
fn a_png_holds_its_text_in_both_weights() {
    let figure = objectives();
    let mut without_text = figure.clone();
    let lines = figure
        .body
        .elements
        .lines()
        .filter(|line| !line.starts_with("<text"));
    without_text.body.elements = lines.collect::<Vec<_>>().join("\n");
    let mut light = figure.clone();
    light.body.elements = figure.body.elements.replace(" font-weight=\"600\"", "");
    let dark = |figure: &Figure| n_dark(&figure.to_png(1.0).expect("a PNG"));
    let (all, none, regular) = (dark(&figure), dark(&without_text), dark(&light));
    assert!(all > none + 2_000, "text has ink: {all} and {none}");
    assert!(
        all > regular + 100,
        "semibold has more ink: {all} and {regular}"
    );
}

#[test]
fn a_scale_that_gives_no_picture_is_refused() {
    let refused = objectives().to_png(0.0);
    assert!(
        matches!(
            refused,
            Err(ChartError::Size {
                id: "objectives",
                ..
            })
        ),
        "{refused:?}"
    );
    let message = refused.expect_err("an error").to_string();
    assert_eq!(
        message,
        "figure `objectives` cannot be drawn at scale 0: 0 by 0 pixels"
    );
    let mut broken = objectives();
    broken.body.elements.push_str("<g>");
    assert!(matches!(
        broken.to_png(1.0),
        Err(ChartError::Render {
            id: "objectives",
            ..
        })
    ));
}

#[test]
fn what_people_type_stays_text() {
    let (_, release) = studies::all().pop().expect("studies");
    let svg = draw_objectives(&release)
        .expect("a figure")
        .to_standalone_svg();
    assert!(svg.contains("&amp;") && svg.contains("&lt;Wrexham&gt;"));
    assert!(!svg.contains("<Wrexham>"));
}

/// Plotters must measure and draw with our fonts only: its own font features would look for fonts
/// on the machine.
#[test]
fn plotters_brings_no_fonts_of_its_own() {
    let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.lock"))
        .expect("the lock file");
    let packages: Vec<&str> = lock.split("[[package]]").collect();
    let named = |name: &str| {
        let line = format!("name = \"{name}\"\n");
        packages
            .iter()
            .copied()
            .filter(|package| package.contains(&line))
            .collect::<Vec<_>>()
    };
    for unwanted in [
        "font-kit",
        "plotters-bitmap",
        "plotters-svg",
        "fontconfig-parser-sys",
        "freetype-sys",
    ] {
        assert!(named(unwanted).is_empty(), "{unwanted}");
    }
    let plotters = named("plotters");
    assert_eq!(plotters.len(), 1);
    assert!(plotters[0].contains("\"ab_glyph\""));
    for dependency in [
        "ttf-parser",
        "font-kit",
        "pathfinder_geometry",
        "lazy_static",
    ] {
        assert!(
            !plotters[0].contains(&format!("\"{dependency}\"")),
            "{dependency}"
        );
    }
}
