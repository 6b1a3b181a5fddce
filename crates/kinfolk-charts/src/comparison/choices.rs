//! Does the finding hang on a choice of method? A row for the arms as they are (open circle), for the study's
//! own choice (filled), and for each other method and caliper (small dot): the difference with its interval
//! as a line, and an ink line at no difference. Children and difference stand flush right. A choice that
//! gives no figure has `[c]`, or `[x]` where the data refuse it, and no mark.

use kinfolk_disclosure::{Release, Released};
use kinfolk_model::{ComparisonMethod, ComparisonSettings, Group, Statistic, parse_code};

use super::comparison_records;
use super::contrast::Contrast;
use super::contrasts::{Contrasts, Look, Row};
use crate::figure::Figure;
use crate::marks::Mark;
use crate::reading::Reading;
use crate::wording::{WITHHELD_NOTE, fitting_title, place_and_period, source};

const ID: &str = "choices";
const KEY: [(Mark, &str); 2] = [
    (Mark::Before, "as they are"),
    (Mark::Programme, "made alike"),
];
/// Where the arms are pairs to begin with.
const KEY_OF_PAIRS: [(Mark, &str); 2] = [
    (Mark::Before, "pairs, unadjusted"),
    (Mark::Programme, "adjusted"),
];

/// Draws the first outcome by each choice. `None` where there is no other choice, or no figure.
pub fn draw_choices(release: &Release) -> Option<Figure> {
    let rows = rows(release)?;
    let contrast = rows
        .iter()
        .find_map(|row| Some(Contrast::of(row.reading.0?)))?;
    let has_mark = |row: &&Row<'_>| row.reading.value().is_some();
    if rows.iter().filter(has_mark).count() < 2 {
        return None;
    }
    let outcome = rows[0].outcome();
    let chart = Contrasts {
        id: ID,
        rows: &rows,
        contrast,
        key: if is_in_pairs(release) {
            &KEY_OF_PAIRS
        } else {
            &KEY
        },
        what: "Choice",
    };
    let (canvas, height) = chart.draw();
    Some(Figure {
        id: ID,
        title: title(release, &rows),
        subtitle: format!(
            "{outcome}, programme less comparators, {}",
            place_and_period(release)
        ),
        source: source_line(release, &rows),
        alt: format!(
            "{} choices, each with its difference and interval. {}.",
            rows.len(),
            chart.alt()
        ),
        body: canvas.finish(height),
        table: chart.table(),
    })
}

/// Those of the first outcome that was compared by another choice: the arms as they are, the study's own
/// choice, and the others.
fn rows(release: &Release) -> Option<Vec<Row<'_>>> {
    let is_difference = |released: &&Released| released.statistic() == Statistic::Difference;
    let is_other = |released: &&Released| released.group().get("alternative").is_some();
    let mut records = release.records().iter().filter(is_difference);
    let measure = records.find(is_other)?.measure();
    let of_outcome = || release.of(measure).filter(is_difference);
    let own = of_outcome().find(|released| {
        let group = released.group();
        let method = group.get("method").filter(|method| *method != "unadjusted");
        method.is_some_and(|method| *group == Group::of("method", method))
    })?;
    let as_they_are = Group::of("method", "unadjusted");
    let as_they_are = of_outcome().find(|released| *released.group() == as_they_are);
    let words = |released| match is_in_pairs(release) {
        true => "Pairs, unadjusted".to_owned(),
        false => label(released),
    };
    let first = as_they_are.map(|released| (Look::AsTheyAre, words(released), released));
    let own = (
        Look::MadeAlike,
        format!("{}: the study\u{2019}s choice", label(own)),
        own,
    );
    let others = of_outcome()
        .filter(is_other)
        .map(|other| (Look::MadeAlike, label(other), other));
    let all = first.into_iter().chain([own]).chain(others);
    let rows = all.map(|(look, label, released)| Row {
        look,
        heading: None,
        label,
        of: None,
        reading: Reading(Some(released)),
    });
    Some(rows.collect())
}

/// Whether the arms are pairs at the same time in care before anything is adjusted.
fn is_in_pairs(release: &Release) -> bool {
    let asked = release.settings().comparison.as_ref();
    asked.is_some_and(ComparisonSettings::is_in_pairs)
}

fn label(released: &Released) -> String {
    let group = released.group();
    let code = group
        .get("alternative")
        .or(group.get("method"))
        .unwrap_or_default();
    let method = parse_code::<ComparisonMethod>(code);
    let words = method.map_or(code, |method| kinfolk_model::Code::label(method));
    match group.get("caliper") {
        Some("none") => format!("{words}, no caliper"),
        Some(width) => format!("{words}, caliper {width}"),
        None => words.to_owned(),
    }
}

/// How many of the choices that made the arms alike have an interval without no difference in it. Choices
/// that adjust the same pairs hardly check each other, so that they are only said to agree.
fn title(release: &Release, rows: &[Row<'_>]) -> String {
    let alike = rows.iter().filter(|row| row.look == Look::MadeAlike);
    let intervals: Vec<(f64, f64)> = alike.filter_map(|row| row.reading.interval()).collect();
    let n = intervals.len();
    let is_told = |interval: &&(f64, f64)| interval.0 > 0.0 || interval.1 < 0.0;
    let words = match intervals.iter().filter(is_told).count() {
        0 => format!("None of {n} choices tells a difference from chance"),
        told if told == n => format!("All {n} choices tell a difference from chance"),
        told => format!("{told} of {n} choices tell a difference from chance"),
    };
    let in_pairs = is_in_pairs(release).then(|| agreement_of_pairs(&intervals));
    fitting_title(&[in_pairs.flatten().unwrap_or(words)])
}

/// Words for several intervals that all lie on one side of no difference; `None` otherwise.
fn agreement_of_pairs(intervals: &[(f64, f64)]) -> Option<String> {
    let all_above = intervals.iter().all(|interval| interval.0 > 0.0);
    let all_below = intervals.iter().all(|interval| interval.1 < 0.0);
    let n = intervals.len();
    (n > 1 && (all_above || all_below))
        .then(|| format!("{n} ways of adjusting the same pairs agree"))
}

fn source_line(release: &Release, rows: &[Row<'_>]) -> String {
    let own = rows.iter().find(|row| row.look == Look::MadeAlike);
    let n = own.map(Row::n_text).unwrap_or_default();
    let n = format!("n\u{a0}=\u{a0}{n} children by the study\u{2019}s choice");
    let hides = rows.iter().any(|row| row.reading.is_hidden());
    let about = match is_in_pairs(release) {
        true => {
            "Lines are 95% intervals. Every choice adjusts the same pairs, so that they hardly check each other."
        }
        false => "Lines are 95% intervals; each choice says something of other children.",
    };
    let mut notes = vec![about];
    notes.extend(hides.then_some(WITHHELD_NOTE));
    source(release, comparison_records(release), &n, &notes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_adjusting_agree_only_on_one_side_of_no_difference() {
        let check = |intervals: &[(f64, f64)], expected: Option<&str>| {
            assert_eq!(agreement_of_pairs(intervals).as_deref(), expected);
        };
        let two = Some("2 ways of adjusting the same pairs agree");
        check(&[(0.1, 0.3), (0.05, 0.2)], two);
        check(&[(-0.3, -0.1), (-0.2, -0.05)], two);
        check(&[(0.1, 0.3), (-0.2, -0.05)], None);
        check(&[(0.1, 0.3), (-0.01, 0.2)], None);
        check(&[(0.0, 0.3), (0.1, 0.2)], None);
        check(&[(0.1, 0.3)], None);
        check(&[], None);
    }
}
