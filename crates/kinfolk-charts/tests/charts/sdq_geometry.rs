//! Charts of the SDQ: marks and parts stand where the released figures say, and nowhere else.

use kinfolk_charts::palette::{Colour, DARK_BLUE, GREY, LIGHT_BLUE, PALE_BLUE, WHITE};
use kinfolk_charts::{
    Figure, draw_sdq_bands, draw_sdq_completeness, draw_sdq_means, draw_sdq_reliable_change,
    sdq_headline,
};
use kinfolk_disclosure::Release;
use kinfolk_model::{Informant, SdqWave, Statistic};

use crate::drawing::Drawing;
use crate::samples::Sample;
use crate::sdq_samples::{
    add_waves, extreme, joined_once, one_child, one_wave, pooled, several_years, small, withheld,
};

fn assert_near(drawn: f64, meant: f64, what: &str) {
    assert!(
        (drawn - meant).abs() <= 0.25,
        "{what}: drawn {drawn}, meant {meant}"
    );
}

fn figure(draw: fn(&Release) -> Option<Figure>, release: &Release) -> Figure {
    draw(release).expect("a figure")
}

fn widths(drawing: &Drawing, group: &str, fill: Colour) -> Vec<f64> {
    drawing
        .group(group)
        .filter(|shape| shape.tag == "rect" && shape.fill == Some(fill))
        .map(|shape| shape.area.width())
        .collect()
}

/// Where the middles of circles of a group stand on the scale of its gridlines, 10 and 20.
fn means_of(drawing: &Drawing, group: &str, fill: Colour) -> Vec<f64> {
    let level = |label: &str| {
        let mut texts = drawing.texts.iter();
        let text = texts.find(|text| text.words == label).expect("a label");
        // The base line of a label lies 5.5 below its gridline, and its box 0.7 and 0.2 about it.
        text.area.bottom - 0.2 * text.size - 5.5
    };
    let (ten, twenty) = (level("10"), level("20"));
    drawing
        .group(group)
        .filter(|shape| shape.tag == "circle" && shape.fill == Some(fill))
        .map(|shape| f64::midpoint(shape.area.top, shape.area.bottom))
        .map(|y| 10.0 + (y - ten) / (twenty - ten) * 10.0)
        .collect()
}

#[test]
fn circles_stand_at_their_means_and_completers_beside_them() {
    let release = several_years();
    let drawing = Drawing::of(&figure(draw_sdq_means, &release));
    let check = |fill, expected: &[f64]| {
        let means = means_of(&drawing, "parent_carer", fill);
        assert_eq!(means.len(), expected.len());
        for (drawn, meant) in means.iter().zip(expected) {
            assert!((drawn - meant).abs() < 0.05, "{drawn} and {meant}");
        }
    };
    check(DARK_BLUE, &[16.8, 15.4, 14.7, 14.2]);
    check(PALE_BLUE, &[17.6, 16.0, 15.1, 14.4]);
}

#[test]
fn a_withheld_mean_has_no_mark_and_stretches_no_scale() {
    let drawing = Drawing::of(&figure(draw_sdq_means, &withheld()));
    let n_marks = drawing
        .group("parent_carer")
        .filter(|shape| shape.tag == "circle")
        .count();
    assert_eq!(n_marks, 2);
    // The hidden interval would reach down to 11; the lowest that is shown ends above 13.
    let has = |words: &str| drawing.texts.iter().any(|text| text.words == words);
    assert!(has("13") && !has("11") && !has("10"));
}

#[test]
fn fewer_than_ten_have_no_mark() {
    let mut sample = Sample::new();
    add_waves(
        &mut sample,
        "self",
        &[
            ("baseline", 24, 30, 15.0, 2.0),
            ("year_1", 9, 20, 14.0, 3.0),
            ("year_2", 11, 12, 13.0, 3.0),
        ],
    );
    let figure = figure(draw_sdq_means, &sample.release());
    let drawing = Drawing::of(&figure);
    let n_marks = drawing
        .group("self")
        .filter(|shape| shape.tag == "circle")
        .count();
    assert_eq!(n_marks, 2);
    assert!(figure.source.contains("No mark for fewer than 10."));
    assert!(drawing.texts.iter().any(|text| text.words == "14.0"));
}

#[test]
fn parts_of_a_bar_are_as_long_as_their_counts() {
    let drawing = Drawing::of(&figure(draw_sdq_bands, &several_years()));
    let whole: f64 = [PALE_BLUE, LIGHT_BLUE, DARK_BLUE]
        .iter()
        .map(|fill| widths(&drawing, "bar-1", *fill)[0])
        .sum();
    for (bar, counts) in [("bar-1", [7.0, 4.0, 13.0]), ("bar-2", [11.0, 3.0, 10.0])] {
        for (fill, n) in [PALE_BLUE, LIGHT_BLUE, DARK_BLUE].iter().zip(counts) {
            assert_near(widths(&drawing, bar, *fill)[0], n / 24.0 * whole, bar);
        }
    }
    let drawing = Drawing::of(&figure(draw_sdq_reliable_change, &several_years()));
    for (bar, counts) in [("bar-1", [2.0, 15.0, 7.0]), ("bar-2", [99.0, 744.0, 397.0])] {
        let n: f64 = counts.iter().sum();
        for (fill, count) in [GREY, WHITE, PALE_BLUE].iter().zip(counts) {
            assert_near(
                widths(&drawing, bar, *fill)[0],
                count / n * whole_of(&drawing),
                bar,
            );
        }
    }
}

fn whole_of(drawing: &Drawing) -> f64 {
    [GREY, WHITE, PALE_BLUE]
        .iter()
        .map(|fill| widths(drawing, "bar-1", *fill)[0])
        .sum()
}

#[test]
fn withheld_parts_share_one_hatched_end() {
    let release = withheld();
    for (draw, hidden) in [
        (
            draw_sdq_bands as fn(&Release) -> Option<Figure>,
            vec!["14", "3"],
        ),
        (draw_sdq_reliable_change, vec!["2", "29"]),
    ] {
        let figure = figure(draw, &release);
        let drawing = Drawing::of(&figure);
        assert_eq!(
            drawing
                .group("bar-1")
                .filter(|shape| shape.fill.is_some())
                .count(),
            1,
            "{}",
            figure.id
        );
        assert!(
            figure.source.contains("[c]\u{a0}withheld"),
            "{}",
            figure.source
        );
        let shown = |words: &str| drawing.texts.iter().any(|text| text.words == words);
        assert!(!hidden.iter().any(|words| shown(words)), "{}", figure.id);
    }
    let bands = figure(draw_sdq_bands, &release);
    assert!(!bands.body.elements.contains("left the high band"));
}

#[test]
fn joined_parts_are_drawn_as_they_are_released() {
    let bands = figure(draw_sdq_bands, &pooled());
    let heads: Vec<&str> = bands
        .table
        .rows
        .iter()
        .map(|row| row.cells[0].text.as_str())
        .collect();
    assert!(heads.contains(&"Borderline or high"), "{heads:?}");
    let change = figure(draw_sdq_reliable_change, &pooled());
    assert_eq!(change.table.rows[0].cells[0].text, "Not improved");
}

#[test]
fn bars_with_other_parts_have_names_of_their_own() {
    let drawing = Drawing::of(&figure(draw_sdq_bands, &joined_once()));
    let named = |words: &str| {
        drawing
            .texts
            .iter()
            .filter(|text| text.words == words)
            .count()
    };
    assert_eq!(named("High"), 2);
    assert_eq!(named("Typical or borderline"), 1);
    assert_eq!(named("Typical"), 1);
}

#[test]
fn what_was_left_out_is_hatched() {
    let mut sample = Sample::new();
    for at in ["baseline", "wave"] {
        let part = format!("informant=parent_carer;wave=year_1;at={at};band=abnormal");
        sample.share("sdq.band", &part, 15, 40);
    }
    let figure = figure(draw_sdq_bands, &sample.release());
    assert!(figure.body.elements.contains("not shown"));
    assert!(figure.source.contains("withheld to protect children"));
    let table: Vec<&str> = figure
        .table
        .rows
        .iter()
        .map(|row| row.cells[1].text.as_str())
        .collect();
    assert_eq!(table, ["", "[c]", "[c]", "15", "", "[c]", "[c]", "15"]);
}

#[test]
fn few_children_give_counts_and_very_few_a_reason() {
    for draw in [draw_sdq_bands, draw_sdq_reliable_change] {
        let few = figure(draw, &small());
        assert!(!few.body.elements.contains('%'), "{}", few.body.elements);
        let one = figure(draw, &one_child());
        assert!(one.title.ends_with(": not shown yet"), "{}", one.title);
        assert_eq!(one.body.height, 16.0);
    }
    let one = figure(draw_sdq_means, &one_child());
    assert!(one.title.ends_with(": not shown yet"), "{}", one.title);
}

#[test]
fn one_wave_has_means_and_completeness_only() {
    let release = one_wave();
    assert!(draw_sdq_completeness(&release).is_some());
    let means = figure(draw_sdq_means, &release);
    assert_eq!(means.title, "Teachers\u{2019} scores at each wave");
    assert!(draw_sdq_bands(&release).is_none());
    assert!(draw_sdq_reliable_change(&release).is_none());
    // England's means are of carers' forms.
    assert!(!means.body.elements.contains("England"));
}

#[test]
fn titles_say_which_way_only_where_the_interval_does() {
    let title = |last: f64, half: f64| {
        let mut sample = Sample::new();
        let waves = [
            ("baseline", 30, 40, 16.0, 1.0),
            ("year_1", 25, 30, last, half),
        ];
        add_waves(&mut sample, "parent_carer", &waves);
        figure(draw_sdq_means, &sample.release()).title
    };
    for (last, half, expected) in [
        (
            13.9,
            1.0,
            "Carers\u{2019} scores were 2.1 points lower after 1 year",
        ),
        (
            18.0,
            1.5,
            "Carers\u{2019} scores were 2.0 points higher after 1 year",
        ),
        (
            14.5,
            2.0,
            "Carers\u{2019} scores show no clear change after 1 year",
        ),
        (
            15.99,
            0.001,
            "Carers\u{2019} scores show no clear change after 1 year",
        ),
    ] {
        assert_eq!(title(last, half), expected);
    }
}

#[test]
fn the_headline_is_the_last_wave_with_twenty_pairs() {
    let check = |release: &Release, informant, expected: Option<SdqWave>| {
        assert_eq!(sdq_headline(release, informant), expected);
    };
    let [year_1, _, year_3, ..] = SdqWave::LATER;
    let release = several_years();
    check(&release, Informant::ParentCarer, Some(year_3));
    check(&release, Informant::Teacher, Some(year_1));
    check(&release, Informant::YoungPerson, Some(year_1));
    check(&withheld(), Informant::ParentCarer, Some(year_1));
    check(&one_wave(), Informant::Teacher, None);
}

#[test]
fn completeness_names_each_informant_once() {
    let figure = figure(draw_sdq_completeness, &several_years());
    let groups: Vec<&str> = figure
        .table
        .rows
        .iter()
        .filter(|row| row.cells[1].text.is_empty())
        .map(|row| row.cells[0].text.as_str())
        .collect();
    assert_eq!(
        groups,
        [
            "Reported by carers",
            "Reported by teachers",
            "Reported by young people themselves"
        ]
    );
    let shares = several_years();
    let part = SdqWave::Baseline.group(Informant::ParentCarer);
    let share = shares.get("sdq.completeness", &part, Statistic::Proportion);
    assert!(share.is_some());
}

#[test]
fn informants_never_share_a_panel() {
    let drawing = Drawing::of(&figure(draw_sdq_means, &extreme()));
    for informant in ["parent_carer", "teacher", "self"] {
        let n = drawing
            .group(informant)
            .filter(|shape| shape.tag == "circle" && shape.fill == Some(DARK_BLUE))
            .count();
        assert_eq!(n, 5, "{informant}");
    }
}
