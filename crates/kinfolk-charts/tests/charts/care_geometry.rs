//! Places and lengths of marks in charts of placements say what the released figures say.

use crate::care_samples::{self, HOMES, REASONS};
use crate::drawing::{Drawing, Shape};
use crate::samples::Sample;
use kinfolk_charts::palette::{Colour, DARK_BLUE, GREY, INK, PALE_BLUE};
use kinfolk_charts::{
    Figure, draw_care_definitions, draw_care_first_years, draw_care_funnel, draw_care_moves,
    draw_care_series,
};
use kinfolk_disclosure::Release;
use kinfolk_model::PublishedMeasure;

const IN_YEAR: PublishedMeasure = PublishedMeasure::ThreeOrMoreInYear;

fn assert_near(drawn: f64, meant: f64, what: &str) {
    assert!(
        (drawn - meant).abs() <= 0.3,
        "{what}: drawn {drawn}, meant {meant}"
    );
}

fn funnel(release: &Release) -> Figure {
    draw_care_funnel(release, IN_YEAR).expect("a funnel")
}

fn discs(drawing: &Drawing, group: &str, fill: Colour) -> Vec<(f64, f64)> {
    let shapes = drawing.group(group);
    shapes
        .filter(|shape| shape.tag == "circle" && shape.fill == Some(fill))
        .map(|shape| (shape.x(), (shape.area.top + shape.area.bottom) / 2.0))
        .collect()
}

/// Where a share lies between two labelled ones.
fn height_of(drawing: &Drawing, (low, high): (&str, &str), at: f64) -> f64 {
    let middle = |words: &str| {
        let text = drawing.texts.iter().find(|text| text.words == words);
        // The base line of a label, 0.20 of its size above the foot of its box, is 5.5 below its line.
        text.expect("a label").area.bottom - 0.20 * 16.0 - 5.5
    };
    let (from, to) = (middle(low), middle(high));
    from + at * (to - from)
}

#[test]
fn every_authority_stands_at_its_share_and_its_number_of_children() {
    let drawing = Drawing::of(&funnel(&care_samples::hartwell()));
    let (zero, most) = (drawing.middle_of("0"), drawing.middle_of("1,600"));
    let own = discs(&drawing, "own", DARK_BLUE);
    assert_eq!(own.len(), 1);
    assert_near(own[0].0, zero + 545.0 / 1600.0 * (most - zero), "across");
    let meant = height_of(&drawing, ("0%", "15%"), 43.0 / 545.0 / 0.15);
    assert_near(own[0].1, meant, "up");
    assert_eq!(discs(&drawing, "neighbours", INK).len(), 5);
    assert_eq!(discs(&drawing, "others", GREY).len(), 35);
}

#[test]
fn nobody_else_is_named_and_nobody_is_ranked() {
    let figure = funnel(&care_samples::hartwell());
    let drawing = Drawing::of(&figure);
    let named = |code: u32| {
        drawing
            .texts
            .iter()
            .any(|text| text.words == code.to_string())
    };
    // 800 is a number of children below the axis; 900 is this authority.
    assert!(!(801..840).chain([900]).any(named));
    assert!(figure.source.contains("Not a ranking"), "{}", figure.source);
    assert!(
        figure.source.contains("2 authorities are withheld"),
        "{}",
        figure.source
    );
}

#[test]
fn an_authority_whose_number_is_withheld_has_no_dot() {
    let figure = funnel(&care_samples::small());
    let drawing = Drawing::of(&figure);
    assert!(discs(&drawing, "own", DARK_BLUE).is_empty());
    assert_eq!(
        figure.title,
        "Where authorities lie round England\u{2019}s share"
    );
}

#[test]
fn the_title_says_where_the_authority_lies() {
    let figure = funnel(&care_samples::hartwell());
    assert_eq!(
        figure.title,
        "Hartwell lies within the 95% limits round England\u{2019}s share"
    );
    let figure = funnel(&care_samples::withheld());
    assert!(
        figure.title.contains("above the 99.8% limits"),
        "{}",
        figure.title
    );
}

#[test]
fn bars_of_moves_are_as_long_as_their_counts_most_first() {
    let figure = draw_care_moves(&care_samples::hartwell()).expect("moves");
    let drawing = Drawing::of(&figure);
    let bar = |code: &str| {
        let mut bars = drawing.group(code).filter(|shape| shape.tag == "rect");
        bars.next().expect("a bar").clone()
    };
    let pixels = bar("CARPL").area.width() / 64.0;
    let mut above = f64::NEG_INFINITY;
    for (code, _, moves, _) in REASONS {
        let bar = bar(code);
        assert_near(bar.area.width(), moves as f64 * pixels, code);
        let planned = code == "CARPL";
        let fill = if planned { DARK_BLUE } else { PALE_BLUE };
        assert_eq!(bar.fill, Some(fill), "{code}");
        assert!(bar.area.top > above, "{code}");
        above = bar.area.top;
    }
    assert_eq!(
        figure.title,
        "44% of moves with a reason were a change in the care plan"
    );
}

#[test]
fn withheld_reasons_are_hatched_alike_and_stand_last() {
    let drawing = Drawing::of(&draw_care_moves(&care_samples::withheld()).expect("moves"));
    let hatched = |code: &str| -> Vec<Shape> {
        let shapes: Vec<Shape> = drawing.group(code).cloned().collect();
        assert!(shapes.iter().all(|shape| shape.fill.is_none()), "{code}");
        shapes
    };
    let width = |code: &str| {
        let widths = hatched(code).into_iter().map(|shape| shape.area.right);
        widths.fold(0.0, f64::max)
    };
    assert_near(width("CHILD"), width("CREQO"), "no length of its own");
    let lowest = drawing
        .group("other_reasons")
        .next()
        .expect("a bar")
        .area
        .top;
    assert!(hatched("CREQO")[0].area.top > lowest);
}

#[test]
fn bars_of_homes_are_shares_of_the_column() {
    let drawing = Drawing::of(&draw_care_first_years(&care_samples::hartwell()).expect("homes"));
    let widths = |code: &str| -> Vec<f64> {
        let bars = drawing.group(code).filter(|shape| shape.tag == "rect");
        bars.map(|bar| bar.area.width()).collect()
    };
    // Shares are released as whole per cents.
    let full = widths("left_care")[2] / 0.55;
    for (code, _, counts) in HOMES {
        let shown = counts.into_iter().filter(|count| *count > 0);
        let meant: Vec<f64> = shown
            .map(|count| (count as f64 / 188.0 * 100.0).round() / 100.0 * full)
            .collect();
        let found = widths(code);
        assert_eq!(found.len(), meant.len(), "{code}");
        for (drawn, meant) in found.iter().zip(meant) {
            assert_near(*drawn, meant, code);
        }
    }
}

#[test]
fn the_rule_of_the_report_stands_first_in_each_group() {
    let figure = draw_care_definitions(&care_samples::hartwell()).expect("definitions");
    let heads = figure.table.rows.iter().enumerate();
    let heads: Vec<usize> = heads
        .filter(|(_, row)| row.cells[1].text.is_empty())
        .map(|(at, _)| at)
        .collect();
    assert_eq!(heads.len(), 3);
    for at in heads {
        let first = &figure.table.rows[at + 1].cells[0].text;
        assert_eq!(first, "Change of carer (here)");
    }
}

#[test]
fn lines_break_where_years_are_missing() {
    let figure = draw_care_series(&care_samples::hartwell(), IN_YEAR).expect("a series");
    let lines = |group: &str| {
        let start = format!("<g id=\"{}-{group}\">", figure.id);
        let from = figure.body.elements.find(&start).expect("a group");
        let rest = &figure.body.elements[from..];
        let end = rest.find("</g>").expect("its end");
        (
            rest[..end].matches("<path").count(),
            rest[..end].matches("<circle").count(),
        )
    };
    // 2012 to 2014, then 2018 alone, then 2021 to 2025.
    assert_eq!(lines("england"), (2, 1));
    assert_eq!(lines("authority"), (1, 0));
}

#[test]
fn nothing_is_drawn_of_a_study_without_returns() {
    let mut sample = Sample::new();
    sample.count("reach.children", "", 40);
    let release = sample.release();
    assert!(draw_care_moves(&release).is_none());
    assert!(draw_care_first_years(&release).is_none());
    assert!(draw_care_definitions(&release).is_none());
    assert!(draw_care_funnel(&release, IN_YEAR).is_none());
    assert!(draw_care_series(&release, IN_YEAR).is_none());
}
