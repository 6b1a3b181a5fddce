//! Lengths, places and numbers of marks say what the released figures say.

use crate::drawing::{Drawing, Shape};
use crate::samples::{
    CIRCLE, KINDS, PEOPLE, Sample, add_circle, add_connections, add_outcomes, full,
};
use crate::{samples, studies};
use kinfolk_charts::palette::{Colour, DARK_BLUE, PALE_BLUE, WHITE};
use kinfolk_charts::{
    Figure, draw_circles, draw_completeness, draw_connections, draw_flow, draw_objectives,
    draw_outcomes, draw_ratings, key_figure_plot,
};
use kinfolk_disclosure::Release;
use kinfolk_model::{Group, Statistic};

/// Drawn and meant may differ by the rounding to tenths of a pixel.
fn assert_near(drawn: f64, meant: f64, what: &str) {
    assert!(
        (drawn - meant).abs() <= 0.25,
        "{what}: drawn {drawn}, meant {meant}"
    );
}

fn drawn(draw: fn(&Release) -> Option<Figure>, release: &Release) -> Drawing {
    Drawing::of(&draw(release).expect("a figure"))
}

fn bars(drawing: &Drawing, group: &str, fill: Colour) -> Vec<f64> {
    let bars = drawing
        .group(group)
        .filter(|shape| shape.tag == "rect" && shape.fill == Some(fill));
    bars.map(|bar| bar.area.width()).collect()
}

fn circles<'a>(drawing: &'a Drawing, group: &'a str) -> Vec<&'a Shape> {
    drawing
        .group(group)
        .filter(|shape| shape.tag == "circle")
        .collect()
}

#[test]
fn objective_bars_are_as_long_as_their_counts_and_add_up() {
    let drawing = drawn(draw_objectives, &full());
    let pixels = bars(&drawing, "wider_family", DARK_BLUE)[0] / 54.0;
    for (code, _, met, partly, not_met) in KINDS {
        if ["mother", "friends"].contains(&code) {
            continue;
        }
        let mut sum = 0.0;
        for (n, fill) in [(met, DARK_BLUE), (partly, PALE_BLUE), (not_met, WHITE)] {
            let found = bars(&drawing, code, fill);
            assert_eq!(found.len(), usize::from(n > 0), "{code}");
            found.iter().for_each(|width| {
                assert_near(*width, n as f64 * pixels, code);
                sum += width;
            });
        }
        assert_near(sum, (met + partly + not_met) as f64 * pixels, code);
    }
}

#[test]
fn what_is_withheld_has_no_mark_and_stands_last() {
    let release = full();
    let figure = draw_objectives(&release).expect("a figure");
    let drawing = Drawing::of(&figure);
    let middle = |code: &str| {
        let shapes: Vec<&Shape> = drawing.group(code).collect();
        shapes[0].area.top
    };
    for code in ["mother", "friends"] {
        assert!(
            drawing.group(code).all(|shape| shape.fill.is_none()),
            "{code}"
        );
        let others = ["wider_family", "father", "specific_request"];
        assert!(
            others.iter().all(|other| middle(other) < middle(code)),
            "{code}"
        );
    }
    let pixels = bars(&drawing, "wider_family", DARK_BLUE)[0] / 54.0;
    let hatched = drawing.group("mother").next().expect("a hatched bar");
    assert_near(
        hatched.area.width(),
        15.0 * pixels,
        "the released total of a withheld split",
    );
    for hidden in ["11", "8"] {
        let cells = figure
            .table
            .rows
            .iter()
            .filter(|row| ["Mother", "Friends"].contains(&row.cells[0].text.as_str()));
        assert!(
            cells
                .flat_map(|row| &row.cells[1..4])
                .all(|cell| cell.text != hidden)
        );
    }

    let drawing = drawn(draw_connections, &release);
    assert!(circles(&drawing, "others").is_empty());
    assert_eq!(circles(&drawing, "parents").len(), 2);
}

#[test]
fn dumbbells_stand_at_their_means() {
    let drawing = drawn(draw_connections, &full());
    let (zero, eight) = (drawing.middle_of("0"), drawing.middle_of("8"));
    let at = |mean: f64| zero + mean / 8.0 * (eight - zero);
    for (code, _, before, after) in PEOPLE {
        let marks = circles(&drawing, code);
        if code == "others" {
            continue;
        }
        assert_near(marks[0].x(), at(before), code);
        assert_near(marks[1].x(), at(after), code);
        assert_eq!(
            (marks[0].fill, marks[1].fill),
            (Some(WHITE), Some(DARK_BLUE))
        );
    }
}

#[test]
fn dots_stand_at_their_shares() {
    let release = full();
    for (draw, id) in [
        (draw_outcomes as fn(&Release) -> Option<Figure>, "outcomes"),
        (draw_completeness, "coverage"),
    ] {
        let drawing = drawn(draw, &release);
        let (zero, whole) = (drawing.middle_of("0%"), drawing.middle_of("100%"));
        let records: Vec<_> = release
            .records()
            .iter()
            .filter(|released| {
                released.measure().starts_with(id) && released.statistic() == Statistic::Proportion
            })
            .collect();
        assert_eq!(records.len(), 5);
        for released in records {
            let name = released.measure().trim_start_matches("outcomes.");
            let code = released.group().get("record").unwrap_or(name);
            let share = released.value().figure().expect("a share");
            let mark = circles(&drawing, code);
            assert_near(mark[0].x(), zero + share * (whole - zero), code);
        }
    }
}

#[test]
fn flow_bars_are_as_long_as_their_counts() {
    let drawing = drawn(draw_flow, &full());
    let pixels = bars(&drawing, "referred", DARK_BLUE)[0] / 131.0;
    for (step, n, lost) in [
        ("started", 112.0, 19.0),
        ("plan", 92.0, 6.0),
        ("followed_up", 60.0, 25.0),
    ] {
        assert_near(bars(&drawing, step, DARK_BLUE)[0], n * pixels, step);
        assert_near(bars(&drawing, step, WHITE)[0], lost * pixels, step);
    }
    assert!(bars(&drawing, "referred", WHITE).is_empty());
}

#[test]
fn rating_bars_share_one_scale() {
    let drawing = drawn(draw_ratings, &full());
    let (pale, dark) = (
        bars(&drawing, "child", PALE_BLUE),
        bars(&drawing, "child", DARK_BLUE),
    );
    assert_eq!((pale.len(), dark.len()), (4, 4));
    let whole = pale[0] + dark[0];
    for (at, (four, five)) in [(13.0, 33.0), (14.0, 26.0), (12.0, 27.0), (16.0, 24.0)]
        .iter()
        .enumerate()
    {
        assert_near(pale[at], four / 46.0 * whole, "agree");
        assert_near(dark[at], five / 46.0 * whole, "agree strongly");
    }
    let network = bars(&drawing, "network", DARK_BLUE);
    assert_near(network[0], 132.0 / 188.0 * whole, "network members");
}

/// The first whole number in a text.
fn first_number(text: &str) -> usize {
    let digits: String = text
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    digits
        .parse()
        .unwrap_or_else(|_| panic!("no number in `{text}`"))
}

fn check_circles(release: &Release) {
    let figure = draw_circles(release).expect("a figure");
    let drawing = Drawing::of(&figure);
    for (group, name, fill) in [
        ("start", "At the start:", WHITE),
        ("after", "After:", DARK_BLUE),
    ] {
        let dots = circles(&drawing, group)
            .into_iter()
            .filter(|circle| circle.fill == Some(fill))
            .count();
        let title = drawing
            .texts
            .iter()
            .find(|text| text.words.starts_with(name))
            .expect("a name");
        assert_eq!(first_number(&title.words), dots, "{group}");
        let is_left = title.area.left < 320.0;
        let sectors = drawing.texts.iter().filter(|text| {
            ["Family ", "Friends ", "Carers ", "Professionals "]
                .iter()
                .any(|sector| text.words.starts_with(sector))
                && (text.area.left < 320.0) == is_left
        });
        let counts: Vec<usize> = sectors.map(|text| first_number(&text.words)).collect();
        assert_eq!(counts.len(), 4, "{group}");
        assert_eq!(counts.iter().sum::<usize>(), dots, "{group}");
        assert!(figure.title.contains(&dots.to_string()), "{}", figure.title);
    }
}

#[test]
fn dots_counts_and_titles_of_the_circles_agree() {
    check_circles(&full());
    for factor in [0.3, 0.77, 1.2] {
        let scaled = CIRCLE.map(|(sector, start, after)| {
            (
                sector,
                start.map(|mean| mean * factor),
                after.map(|mean| mean * factor),
            )
        });
        let mut sample = Sample::new();
        add_circle(&mut sample, &scaled, 40);
        check_circles(&sample.release());
    }
}

#[test]
fn few_children_give_counts_without_percentages() {
    let mut sample = Sample::new();
    add_outcomes(&mut sample, 1);
    let figure = draw_outcomes(&sample.release()).expect("a figure");
    assert!(!figure.body.elements.contains('%'));
    assert!(figure.body.elements.contains("13 of 17"));
    assert!(figure.source.contains("No percentages for fewer than 20."));

    let mut sample = Sample::new();
    add_circle(&mut sample, &CIRCLE, 19);
    assert_eq!(draw_circles(&sample.release()), None);
    let mut sample = Sample::new();
    add_circle(&mut sample, &CIRCLE, 20);
    assert!(draw_circles(&sample.release()).is_some());
}

#[test]
fn fewer_than_ten_give_a_reason_instead_of_a_chart() {
    let mut sample = Sample::new();
    add_connections(&mut sample, &PEOPLE, 9);
    let figure = draw_connections(&sample.release()).expect("a figure");
    assert!(figure.title.ends_with(": not shown yet"));
    assert_eq!(figure.body.height, 16.0);
    assert_eq!(figure.table.rows.len(), 1);
    let mut sample = Sample::new();
    add_connections(&mut sample, &PEOPLE, 10);
    let figure = draw_connections(&sample.release()).expect("a figure");
    assert!(!figure.title.contains("not shown"));
}

#[test]
fn an_empty_study_has_no_charts() {
    let release = Sample::new().release();
    assert!(studies::figures(&release).is_empty());
    assert!(kinfolk_charts::cover_art(&release).is_none());
}

#[test]
fn one_row_makes_a_chart() {
    let mut sample = Sample::new();
    samples::add_objectives(&mut sample, &[("father", "Father", 21, 0, 0)]);
    let figure = draw_objectives(&sample.release()).expect("a figure");
    assert_eq!(figure.title, "All objectives were met");
    assert_eq!(figure.table.rows.len(), 2);
}

#[test]
fn the_cover_shows_people_only_where_the_averages_are_released() {
    let dots = |release: &Release| {
        let cover = kinfolk_charts::cover_art(release).expect("a cover");
        let is_dot = |line: &&str| line.starts_with("<circle") && !line.contains("fill=\"none\"");
        cover.elements.lines().filter(is_dot).count()
    };
    // The child, and 21 people after: 6.1 and 21.2 on average.
    assert_eq!(dots(&full()), 1 + 21);
    let mut sample = Sample::new();
    add_connections(&mut sample, &PEOPLE, 19);
    assert_eq!(dots(&sample.release()), 1);
    let mut sample = Sample::new();
    add_connections(&mut sample, &PEOPLE, 40);
    sample.withhold("connections.before", "", Statistic::Mean);
    assert_eq!(dots(&sample.release()), 1);
}

#[test]
fn a_withheld_key_figure_is_hatched() {
    let mut sample = Sample::new();
    sample.share("objectives.met", "", 40, 50);
    let plot = |release: &Release| {
        let figure = release.get("objectives.met", &Group::all(), Statistic::Proportion);
        key_figure_plot(figure.expect("a figure"), None)
            .expect("a plot")
            .elements
    };
    assert!(plot(&sample.release()).contains("<circle"));
    sample.withhold("objectives.met", "", Statistic::Proportion);
    let hatched = plot(&sample.release());
    assert!(!hatched.contains("<circle") && !hatched.contains("<text"));
    assert!(hatched.contains("stroke-width=\"0.8\""));
}
