//! The section on the SDQ: completeness first, every change with its interval and n, what chance
//! alone would do beside every result of children picked for high scores, informants apart.

#![expect(clippy::expect_used, reason = "a section that is missing is a failure")]

use kinfolk_disclosure::Release;
use kinfolk_model::{
    Estimate, ReliableChange, SdqBaseline, SdqSettings, Settings, Statistic, Unit,
};
use kinfolk_report::Document;
use kinfolk_report::document::{Block, Section};

use crate::support::{Maker, bare, blank, full, released, with_sdq};

/// Settings that name what a reliable change follows from.
pub(crate) fn settings() -> Settings {
    Settings {
        sdq: SdqSettings {
            reliable_change: Some(ReliableChange {
                sd: 5.8,
                reliability: 0.72,
                source: "made up for this test".to_owned(),
            }),
            ..SdqSettings::default()
        },
        ..crate::support::settings()
    }
}

fn points(maker: &mut Maker, key: (&str, &str, Statistic), values: [f64; 3], n: u64) {
    let (measure, group, statistic) = key;
    let [value, lower, upper] = values;
    maker.push(Estimate {
        value: Some(value),
        lower: Some(lower),
        upper: Some(upper),
        level: Some(0.95),
        denominator: Some(n),
        ..blank(measure, group, statistic, Unit::Points)
    });
}

/// One wave of an informant: code, with a score, due, mean, change.
type Wave = (&'static str, u64, u64, f64, f64);

const CARERS: [Wave; 3] = [
    ("baseline", 52, 55, 16.8, 0.0),
    ("year_1", 40, 48, 14.6, -2.1),
    ("year_2", 26, 38, 14.1, -2.4),
];
const TEACHERS: [Wave; 2] = [
    ("baseline", 31, 55, 13.9, 0.0),
    ("year_1", 24, 48, 13.2, -0.6),
];

fn waves(maker: &mut Maker, informant: &str, waves: &[Wave]) {
    for (wave, n, due, mean, change) in waves {
        let part = format!("informant={informant};wave={wave}");
        maker.share("sdq.completeness", &part, *n, *due, 0);
        let key = format!("{part};who=everyone");
        let ends = [*mean, mean - 1.4, mean + 1.4];
        points(maker, ("sdq.mean", &key, Statistic::Mean), ends, *n);
        if *wave == "baseline" {
            continue;
        }
        for (method, shift) in [("paired", 0.0), ("repeated_measures", 0.2)] {
            let key = format!("{part};method={method}");
            let change = change + shift;
            let ends = [change, change - 1.5, change + 1.5];
            points(maker, ("sdq.change", &key, Statistic::Difference), ends, *n);
        }
    }
}

/// Three years of carers' scores and two of teachers'.
pub(crate) fn add(maker: &mut Maker) {
    waves(maker, "parent_carer", &CARERS);
    waves(maker, "teacher", &TEACHERS);
    let last = "informant=parent_carer;wave=year_2";
    for (reason, n) in [("SDQ2", 8), ("none_given", 4)] {
        let key = format!("{last};reason={reason}");
        maker.count("sdq.missing", &key, n, Unit::Children);
    }
    for (who, mean, n) in [("kept", 16.2, 26), ("lost", 17.9, 12)] {
        let key = format!("{last};who={who}");
        points(
            maker,
            ("sdq.kept", &key, Statistic::Mean),
            [mean, 15.0, 19.0],
            n,
        );
    }
    maker.count("sdq.left_out", last, 3, Unit::Children);
    maker.count(
        "sdq.left_out",
        "informant=teacher;wave=year_1",
        0,
        Unit::Children,
    );
    for mix in ["england", "same_age_and_sex"] {
        maker.push(Estimate {
            value: Some(14.7),
            ..blank(
                "sdq.national",
                &format!("{last};mix={mix}"),
                Statistic::Mean,
                Unit::Points,
            )
        });
    }
    for (at, bands) in [("baseline", [8, 6, 12]), ("wave", [11, 6, 9])] {
        for (band, n) in ["normal", "borderline", "abnormal"].iter().zip(bands) {
            maker.share("sdq.band", &format!("{last};at={at};band={band}"), n, 26, 0);
        }
    }
    for (crossing, n) in [("below", 6), ("above", 3)] {
        maker.count(
            "sdq.crossing",
            &format!("{last};crossing={crossing}"),
            n,
            Unit::Children,
        );
    }
    for (class, n) in [("improved", 8), ("unchanged", 12), ("deteriorated", 6)] {
        maker.share(
            "sdq.reliable_change",
            &format!("{last};class={class}"),
            n,
            26,
            0,
        );
    }
    let concern = format!("{last};who=concern_at_baseline");
    let key = ("sdq.change", concern.as_str(), Statistic::Difference);
    points(maker, key, [-5.0, -7.0, -3.0], 12);
    maker.push(Estimate {
        value: Some(-1.9),
        ..blank(
            "sdq.regression_to_mean",
            &concern,
            Statistic::Difference,
            Unit::Points,
        )
    });
    for delta in 1..=5 {
        let key = format!("{last};method=delta;delta={delta}");
        let change = -2.2 + 0.3 * f64::from(delta);
        let ends = [change, change - 1.5, change + 1.5];
        points(maker, ("sdq.change", &key, Statistic::Difference), ends, 52);
    }
    add_moves(maker, last);
    let size = format!("{last};size=d_av");
    let key = ("sdq.change", size.as_str(), Statistic::EffectSize);
    points(maker, key, [-0.38, -0.7, -0.06], 26);
}

/// Who moved between bands, with the tests, and who changed reliably across the cut-off.
fn add_moves(maker: &mut Maker, part: &str) {
    let bands = ["normal", "borderline", "abnormal"];
    for (from, moved) in bands.iter().zip([[6, 1, 1], [2, 2, 2], [3, 3, 6]]) {
        for (to, n) in bands.iter().zip(moved) {
            let key = format!("{part};from={from};to={to}");
            maker.count("sdq.transition", &key, n, Unit::Children);
        }
    }
    for (test, p_value) in [("mcnemar", 0.508), ("stuart_maxwell", 0.0001)] {
        let key = format!("{part};test={test}");
        maker.push(Estimate {
            value: Some(p_value),
            ..blank("sdq.transition", &key, Statistic::PValue, Unit::None)
        });
    }
    for (class, n) in [
        ("recovered", 5),
        ("improved", 3),
        ("unchanged", 12),
        ("deteriorated", 4),
        ("harmed", 2),
    ] {
        let key = format!("{part};class={class}");
        maker.share("sdq.clinical_change", &key, n, 26, 0);
    }
    let first = "informant=parent_carer;wave=year_1";
    maker.push(Estimate {
        note: "different carers answered".to_owned(),
        ..blank("sdq.added_value", first, Statistic::Mean, Unit::Points)
    });
}

fn table<'d>(document: &'d Document, id: &str) -> Vec<Vec<&'d str>> {
    let blocks = section(document).blocks.iter();
    let mut tables = blocks.filter_map(|block| match block {
        Block::Table(table) if table.id == id => Some(&table.table),
        _ => None,
    });
    let rows = &tables.next().expect("the table").rows;
    rows.iter()
        .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect())
        .collect()
}

fn section(document: &Document) -> &Section {
    let mut sections = document.sections.iter();
    sections
        .find(|section| section.id == "wellbeing")
        .expect("a section on the SDQ")
}

fn words(block: &Block) -> Vec<String> {
    match block {
        Block::Lead(text) | Block::Paragraph(text) => vec![text.words()],
        Block::Care { text, .. } => vec![text.words()],
        Block::WithNote {
            paragraphs, note, ..
        } => paragraphs
            .iter()
            .map(|text| text.words())
            .chain([note.clone()])
            .collect(),
        Block::Heading { text, .. } => vec![text.clone()],
        Block::Definitions(terms) => terms.iter().map(|(_, meaning)| meaning.clone()).collect(),
        _ => Vec::new(),
    }
}

fn prose(document: &Document) -> String {
    section(document)
        .blocks
        .iter()
        .flat_map(words)
        .collect::<Vec<_>>()
        .join("\n")
}

fn ids(document: &Document) -> Vec<String> {
    let blocks = section(document).blocks.iter();
    blocks
        .filter_map(|block| match block {
            Block::Figure(figure) => Some(figure.figure.id.to_owned()),
            Block::Table(table) => Some(table.id.clone()),
            _ => None,
        })
        .collect()
}

fn release() -> Release {
    released(&with_sdq(), &settings())
}

#[test]
fn who_has_a_score_stands_before_what_the_scores_say() {
    assert_eq!(
        ids(&bare(&release())),
        [
            "sdq-completeness",
            "sdq-missing",
            "sdq-change",
            "sdq-means",
            "sdq-kept",
            "sdq-bands",
            "sdq-transitions",
            "sdq-reliable-change",
            "sdq-clinical",
            "sdq-methods",
        ]
    );
}

#[test]
fn moves_between_bands_add_up_and_are_tested() {
    let document = bare(&release());
    assert_eq!(
        table(&document, "sdq-transitions"),
        [
            ["Typical", "6", "1", "1", "8"],
            ["Borderline", "2", "2", "2", "6"],
            ["High", "3", "3", "6", "12"],
            ["All", "11", "6", "9", ""],
        ]
    );
    let clinical = table(&document, "sdq-clinical");
    assert_eq!(clinical.len(), 5);
    assert_eq!(
        clinical[0][..3],
        ["Improved, and no longer high", "5", "19%"]
    );
    let prose = prose(&document);
    for expected in [
        "(McNemar) gives p = 0.508; one of all three bands (Stuart-Maxwell) gives p <0.001.",
        "It cannot be given here: different carers answered.",
    ] {
        assert!(prose.contains(expected), "`{expected}` is not in:\n{prose}");
    }
}

#[test]
fn sets_that_were_dropped_are_spoken_of() {
    let mut figures = with_sdq();
    figures.0.records.retain(|record| {
        !["sdq.transition", "sdq.clinical_change"].contains(&record.measure.as_str())
    });
    let document = bare(&released(&figures, &settings()));
    let ids = ids(&document);
    assert!(!ids.contains(&"sdq-transitions".to_owned()), "{ids:?}");
    let prose = prose(&document);
    for expected in [
        "From which band to which children moved is not shown",
        "Who also crossed into or out of the high band is not shown",
    ] {
        assert!(prose.contains(expected), "`{expected}` is not in:\n{prose}");
    }
    assert!(!prose.contains("McNemar"));
}

#[test]
fn the_change_has_its_interval_its_children_and_no_cause() {
    let prose = prose(&bare(&release()));
    for expected in [
        "After two years, carers\u{2019} scores fell by 2.4 points (95%\u{a0}interval 0.9 to 3.9), \
         among the 26 children with both.",
        "By a model that uses every score, also of children who were lost later, carers\u{2019} scores fell by 2.2 points",
        "Who is missing matters. 26 children with a later score began at 16.2 on average; \
         12 children without one began at 17.9.",
        "Not compared: 3 children whose score after two years is on another form than the first, or \
         another version of it.",
        "England\u{2019}s mean then was 14.7, for children in care of the same ages and sexes.",
        "After one year, teachers\u{2019} scores changed by \u{2212}0.6 points (95%\u{a0}interval \
         \u{2212}2.1 to 0.9), among the 24 children with both.",
        "their scores are never added up",
        "There is no comparison group",
        "6 children scored high at the start and not after two years; 3 children went the other way.",
    ] {
        assert!(prose.contains(expected), "`{expected}` is not in:\n{prose}");
    }
}

#[test]
fn a_fall_among_children_picked_for_high_scores_never_stands_alone() {
    let picked = "Among 12 children with a high score at the start, scores fell by 5.0 points \
                  (95%\u{a0}interval 3.0 to 7.0) after two years.";
    let expected = "with no real change, by about 1.9 points.";
    let both = prose(&bare(&release()));
    assert!(both.contains(picked) && both.contains(expected), "{both}");
    let mut maker = with_sdq();
    maker
        .0
        .records
        .retain(|estimate| estimate.measure != "sdq.regression_to_mean");
    let alone = prose(&bare(&released(&maker, &settings())));
    assert!(!alone.contains("with a high score at the start"), "{alone}");
}

#[test]
fn chance_stands_beside_reliable_change() {
    let prose = prose(&bare(&release()));
    let improved = "8 of 26 children, had a fall larger than measurement error explains.";
    let place = prose.find(improved).expect("the share who improved");
    assert!(
        prose[place..].contains("Measurement error alone"),
        "{prose}"
    );
}

#[test]
fn page_one_has_the_change_where_twenty_children_stand_behind_it() {
    let labels = |release: &Release| -> Vec<String> {
        let document = bare(release);
        let mut blocks = document.blocks();
        let figures = blocks.find_map(|block| match block {
            Block::KeyFigures { figures, .. } => Some(figures.clone()),
            _ => None,
        });
        let figures = figures.unwrap_or_default();
        figures
            .iter()
            .map(|figure| format!("{} {}", figure.label, figure.value))
            .collect()
    };
    let shown = labels(&release());
    assert_eq!(shown.len(), 5);
    assert!(
        shown.contains(&"Carers\u{2019} SDQ score: change after two years \u{2212}2.4".to_owned()),
        "{shown:?}"
    );
    let mut maker = full();
    waves(
        &mut maker,
        "parent_carer",
        &[
            ("baseline", 22, 30, 16.0, 0.0),
            ("year_1", 19, 25, 14.0, -2.0),
        ],
    );
    assert!(
        !labels(&released(&maker, &settings()))
            .concat()
            .contains("SDQ")
    );
}

#[test]
fn methods_name_the_inputs_the_rules_and_the_owners() {
    let document = bare(&release());
    let numbers = document
        .sections
        .iter()
        .find(|section| section.id == "annex");
    let blocks = numbers
        .map(|section| section.blocks.as_slice())
        .unwrap_or_default();
    let prose = blocks.iter().flat_map(words).collect::<Vec<_>>().join("\n");
    for expected in [
        "\u{a9} Robert Goodman and Youthinmind",
        "within half a year",
        "missing at random",
    ] {
        assert!(prose.contains(expected), "`{expected}` is not in:\n{prose}");
    }
    let options = blocks.iter().find_map(|block| match block {
        Block::Table(table) if table.id == "options" => Some(table),
        _ => None,
    });
    let cells: Vec<&str> = options
        .iter()
        .flat_map(|table| &table.table.rows)
        .map(|row| row.cells[1].text.as_str())
        .collect();
    for expected in ["5.8", "0.72", "made up for this test"] {
        assert!(cells.contains(&expected), "{cells:?}");
    }
}

#[test]
fn hidden_and_missing_scores_give_no_sentence() {
    let mut hidden = with_sdq();
    hidden.hide_all();
    let document = bare(&released(&hidden, &settings()));
    let first = section(&document).blocks.first();
    assert!(matches!(first, Some(Block::Lead(_))), "{first:?}");
    assert!(!prose(&document).contains("points"), "{}", prose(&document));
    let without = bare(&released(&full(), &settings()));
    assert!(
        !without
            .sections
            .iter()
            .any(|section| section.id == "wellbeing")
    );
    let all = without
        .blocks()
        .flat_map(words)
        .collect::<Vec<_>>()
        .join("\n");
    assert!(!all.contains("Goodman"), "{all}");
}

#[test]
fn the_table_of_methods_says_of_whom_and_when() {
    let document = bare(&release());
    let mut tables = section(&document).blocks.iter();
    let table = tables.find_map(|block| match block {
        Block::Table(table) if table.id == "sdq-methods" => Some(table),
        _ => None,
    });
    let table = table.expect("a table of methods");
    assert_eq!(
        table.caption,
        "Change in carers\u{2019} scores after two years, by several methods"
    );
    assert!(table.source.contains("26 children with both scores"));
}

#[test]
fn where_nobody_has_a_first_score_the_rule_for_it_is_named() {
    let mut maker = full();
    maker.share(
        "sdq.completeness",
        "informant=parent_carer;wave=baseline",
        0,
        55,
        0,
    );
    let check = |baseline, expected: &str| {
        let mut settings = settings();
        settings.sdq.baseline = baseline;
        let prose = prose(&bare(&released(&maker, &settings)));
        assert!(prose.contains(expected), "`{expected}` is not in:\n{prose}");
    };
    check(
        SdqBaseline::LastBeforeStart,
        "No child has a score from the day on which work started or before, so no change can be told.",
    );
    check(
        SdqBaseline::NearestStart,
        "No child has both a score and a day on which work started",
    );
    check(SdqBaseline::First, "No child has a score, so");
}

#[test]
fn rows_of_scores_that_were_set_aside_are_not_passed_over() {
    let mut maker = with_sdq();
    maker.count("quality.rows_set_aside", "table=sdq", 30, Unit::Rows);
    let document = bare(&released(&maker, &settings()));
    let all: Vec<String> = document.blocks().flat_map(words).collect();
    let all = all.join("\n");
    assert!(all.contains("Some rows were set aside"), "{all}");
    let mut tables = document.blocks();
    let rows = tables.find_map(|block| match block {
        Block::Table(table) if table.id == "rows" => Some(&table.table.rows),
        _ => None,
    });
    let last = rows.and_then(|rows| rows.last());
    let last: Option<Vec<&str>> =
        last.map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect());
    assert_eq!(last, Some(vec!["SDQ questionnaires", "not said", "30"]));
}

#[test]
fn one_wave_has_a_mean_and_no_change() {
    let mut maker = full();
    waves(&mut maker, "self", &[("baseline", 30, 55, 15.2, 0.0)]);
    let document = bare(&released(&maker, &settings()));
    let prose = prose(&document);
    assert!(
        prose.contains("At the start, young people\u{2019}s own scores were 15.2 on average"),
        "{prose}"
    );
    assert_eq!(ids(&document), ["sdq-completeness", "sdq-means"]);
}
