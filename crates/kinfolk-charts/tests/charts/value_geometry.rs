//! Charts of the appraisal: bars begin and end where the released sums say.

use kinfolk_charts::palette::{Colour, DARK_BLUE, GREY, PALE_BLUE, WHITE};
use kinfolk_charts::{
    Figure, draw_value_break_even, draw_value_ledger, draw_value_probability, draw_value_tornado,
};
use kinfolk_disclosure::Release;

use crate::drawing::{Drawing, Rect};
use crate::samples::Sample;
use crate::value_samples::{certain, hartwell, withheld};

type Draw = fn(&Release) -> Option<Figure>;

const CHARTS: [Draw; 4] = [
    draw_value_ledger,
    draw_value_probability,
    draw_value_tornado,
    draw_value_break_even,
];

fn drawing(draw: Draw, release: &Release) -> Drawing {
    Drawing::of(&draw(release).expect("a figure"))
}

fn bar(drawing: &Drawing, group: &str, fill: Colour) -> Rect {
    let mut shapes = drawing.group(group);
    let shape = shapes.find(|shape| shape.fill == Some(fill));
    shape.expect("a bar").area
}

/// Pixels for each unit of the axis, and where nought lies.
fn axis(drawing: &Drawing, one: (&str, f64), two: (&str, f64)) -> impl Fn(f64) -> f64 {
    let (x_one, x_two) = (drawing.middle_of(one.0), drawing.middle_of(two.0));
    let each = (x_two - x_one) / (two.1 - one.1);
    move |value| x_one + (value - one.1) * each
}

fn assert_spans(area: Rect, left: f64, right: f64) {
    for (drawn, meant) in [(area.left, left), (area.right, right)] {
        assert!((drawn - meant).abs() <= 1.0, "{area:?}: {left} to {right}");
    }
}

#[test]
fn bars_of_the_ledger_follow_on_each_other_and_balances_begin_at_nought() {
    let drawing = drawing(draw_value_ledger, &hartwell());
    let at = axis(&drawing, ("£0", 0.0), ("£200k", 200_000.0));
    let costs = -154_639.0;
    let spans = [
        ("bar-1", GREY, [-145_839.0, 0.0]),
        ("bar-2", GREY, [costs, -145_839.0]),
        ("bar-3", DARK_BLUE, [costs, costs + 225_089.0]),
        ("bar-6", WHITE, [0.0, 102_360.0]),
        ("bar-7", PALE_BLUE, [102_360.0, 195_835.0]),
        ("bar-8", WHITE, [0.0, 195_834.0]),
        ("bar-9", WHITE, [-15_655.0, 0.0]),
    ];
    for (group, fill, [from, to]) in spans {
        assert_spans(bar(&drawing, group, fill), at(from), at(to));
    }
}

#[test]
fn bars_of_the_tornado_change_colour_where_it_pays() {
    let drawing = drawing(draw_value_tornado, &hartwell());
    let at = axis(&drawing, ("£0", 0.0), ("£2", 2.0));
    assert_spans(bar(&drawing, "bar-1", GREY), at(-0.76), at(1.0));
    assert_spans(bar(&drawing, "bar-1", DARK_BLUE), at(1.0), at(4.09));
    assert!(drawing.group("bar-2").all(|shape| shape.fill != Some(GREY)));
}

#[test]
fn squares_of_the_probability_stand_at_their_height() {
    let drawing = drawing(draw_value_probability, &hartwell());
    let height = |area: Rect| f64::midpoint(area.top, area.bottom);
    let squares: Vec<f64> = drawing
        .group("public-budgets")
        .filter(|shape| shape.tag == "rect")
        .map(|shape| height(shape.area))
        .collect();
    let chances = [0.79, 0.68, 0.54, 0.40, 0.19];
    assert_eq!(squares.len(), chances.len());
    let each = (squares[4] - squares[0]) / (chances[4] - chances[0]);
    for (drawn, chance) in squares.iter().zip(chances) {
        let meant = squares[0] + (chance - chances[0]) * each;
        assert!((drawn - meant).abs() <= 0.25, "{drawn} and {meant}");
    }
    assert!(each < 0.0, "more likely stands higher");
}

#[test]
fn child_weeks_are_as_long_as_their_numbers() {
    let drawing = drawing(draw_value_break_even, &hartwell());
    let needed = bar(&drawing, "bar-1-1", GREY).width();
    let assumed = bar(&drawing, "bar-1-2", DARK_BLUE).width();
    assert!((needed / assumed - 27.1 / 37.3).abs() < 0.01);
}

#[test]
fn withheld_sums_give_a_reason_and_no_number() {
    let release = withheld();
    for draw in CHARTS {
        let figure = draw(&release).expect("a figure");
        assert!(
            figure.title.ends_with(": not shown yet"),
            "{}",
            figure.title
        );
        let table = format!("{:?}", figure.table);
        assert!(!table.contains('£'), "{table}");
    }
}

#[test]
fn what_was_not_reckoned_is_not_drawn() {
    let empty = Sample::new().release();
    assert!(CHARTS.iter().all(|draw| draw(&empty).is_none()));
    // Nothing has a spread, and no placement is avoided.
    assert!(draw_value_probability(&certain()).is_none());
    assert!(draw_value_break_even(&certain()).is_none());
}

#[test]
fn every_line_of_the_ledger_names_its_row_of_inputs() {
    let figure = draw_value_ledger(&hartwell()).expect("a figure");
    let last = |at: usize| figure.table.rows[at].cells[4].text.clone();
    assert_eq!(last(0), "cost coordinators");
    assert_eq!(last(2), "outcome weeks_in_homes");
    assert_eq!(last(5), "the lines above");
}
