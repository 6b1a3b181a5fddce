//! The section on where children live: the definition beside the figure, the release beside what is
//! published, no effect out of before and after, nothing without returns.

#![expect(clippy::expect_used, reason = "a section that is missing is a failure")]

use kinfolk_disclosure::Release;
use kinfolk_model::{Estimate, Statistic, Unit};
use kinfolk_report::Document;
use kinfolk_report::document::{Block, Section};

use crate::support::{Maker, bare, blank, full, released, settings};

const DAY: &str = "children looked after on 31 March 2025";
const NO_EFFECT: &str = "not an effect: calmer times follow such times anyway";

fn share_in(maker: &mut Maker, (measure, arm, group): (&str, &str, &str), n: u64, of: u64) {
    maker.share(measure, group, n, of, 0);
    let last = maker.0.records.last_mut().expect("a share");
    DAY.clone_into(&mut last.population);
    arm.clone_into(&mut last.arm);
    last.options = match measure {
        "stability.published" | "stability.authorities" => "release=2025;year=2025",
        _ => "from=2024-03-31;days=365;moves=spb;temporary=bridge",
    }
    .to_owned();
}

fn rate(
    maker: &mut Maker,
    (arm, group): (&str, &str),
    [value, lower, upper]: [f64; 3],
    note: &str,
) {
    maker.push(Estimate {
        arm: arm.to_owned(),
        value: Some(value),
        lower: Some(lower),
        upper: Some(upper),
        level: Some(0.95),
        denominator: Some(339),
        options: "days=365;moves=spb;temporary=bridge".to_owned(),
        note: note.to_owned(),
        ..blank(
            "stability.move_rate",
            group,
            Statistic::Rate,
            Unit::MovesPerYear,
        )
    });
}

/// The authority's children.
fn authority(maker: &mut Maker) {
    maker.count("stability.children", "", 245, Unit::Children);
    DAY.clone_into(&mut maker.0.records.last_mut().expect("a count").population);
    maker.count("stability.left_out", "", 12, Unit::Children);
    for (measure, group, n, of) in [
        ("stability.three_or_more", "window=year", 28, 245),
        ("stability.three_or_more", "window=two_years", 47, 159),
        ("stability.same_carer_two_years", "", 29, 77),
        ("stability.same_home", "", 97, 239),
        ("stability.planned", "ending=moved", 64, 145),
        ("stability.missing", "kind=missing", 15, 339),
        ("stability.path", "path=first_home", 28, 188),
        (
            "leavers.accommodation",
            "age=19_to_21;accommodation=suitable",
            29,
            37,
        ),
    ] {
        share_in(maker, (measure, "", group), n, of);
    }
    for rule in ["moves=spb;temporary=bridge", "moves=all;temporary=bridge"] {
        let group = format!("{rule};window=year");
        share_in(maker, ("stability.three_or_more", "", &group), 28, 245);
        rate(maker, ("", rule), [0.63, 0.54, 0.74], "");
    }
    rate(maker, ("", ""), [0.63, 0.54, 0.74], "");
    for (outcome, n) in [("moved", 83), ("left_care", 59)] {
        let group = format!("outcome={outcome}");
        maker.count("stability.same_home", &group, n, Unit::Children);
    }
    maker.count("stability.missing", "kind=missing", 63, Unit::Absences);
    maker.count(
        "stability.endings",
        "ending=moved;reason=CARPL",
        64,
        Unit::Placements,
    );
    let reasons = [("CARPL", "Change in the care plan")];
    maker.breakdown("stability.endings.moved", "reason", &reasons);
    maker.breakdown(
        "stability.path.path",
        "path",
        &[("first_home", "In the first home")],
    );
    for (became, n) in [("read", 3234), ("used", 2286), ("reported_again", 948)] {
        maker.count("stability.rows", &format!("became={became}"), n, Unit::Rows);
    }
    for (repair, n) in [("overlap", 7), ("gap", 0)] {
        maker.count(
            "stability.repairs",
            &format!("repair={repair}"),
            n,
            Unit::Rows,
        );
    }
}

/// The children of the service beside them.
fn service(maker: &mut Maker) {
    maker.share("stability.found", "", 58, 61, 0);
    share_in(maker, ("stability.same_home", "programme", ""), 30, 52);
    share_in(maker, ("stability.same_home", "comparator", ""), 80, 200);
    share_in(
        maker,
        ("stability.three_or_more", "programme", "window=year"),
        8,
        40,
    );
    maker.push(Estimate {
        value: Some(0.18),
        lower: Some(0.03),
        upper: Some(0.32),
        level: Some(0.95),
        denominator: Some(252),
        note: NO_EFFECT.to_owned(),
        ..blank(
            "stability.same_home.difference",
            "",
            Statistic::Difference,
            Unit::Proportion,
        )
    });
    rate(
        maker,
        ("programme", "when=before"),
        [1.2, 0.9, 1.5],
        NO_EFFECT,
    );
    rate(
        maker,
        ("programme", "when=after"),
        [0.8, 0.6, 1.1],
        NO_EFFECT,
    );
}

fn published(maker: &mut Maker) {
    let of = "of=three_or_more_in_year";
    for (area, n, children) in [
        ("authority", 43, 545),
        ("neighbours", 630, 6302),
        ("region", 610, 6410),
        ("england", 8500, 81_770),
    ] {
        let group = format!("{of};area={area}");
        share_in(maker, ("stability.published", "", &group), n, children);
    }
    for (lies, n) in [("within_95", 110), ("within_99.8", 23), ("beyond_99.8", 17)] {
        let group = format!("{of};lies={lies}");
        maker.count("stability.authorities", &group, n, Unit::Authorities);
    }
}

/// Returns of five years, the children of the service, official statistics.
pub(crate) fn add(maker: &mut Maker) {
    authority(maker);
    service(maker);
    published(maker);
}

pub(crate) fn with_homes() -> Maker {
    let mut maker = full();
    add(&mut maker);
    maker
}

fn alone(parts: &[fn(&mut Maker)]) -> Release {
    let mut maker = Maker::default();
    parts.iter().for_each(|part| part(&mut maker));
    released(&maker, &settings())
}

fn section(document: &Document) -> &Section {
    let mut sections = document.sections.iter();
    sections
        .find(|section| section.id == "homes")
        .expect("a section on where children live")
}

fn words(block: &Block) -> Vec<String> {
    match block {
        Block::Lead(text) | Block::Paragraph(text) => vec![text.words()],
        Block::Care { text, .. } => vec![text.words()],
        Block::WithNote { paragraphs, .. } => paragraphs.iter().map(|text| text.words()).collect(),
        Block::Heading { text, .. } => vec![text.clone()],
        _ => Vec::new(),
    }
}

fn prose(document: &Document) -> String {
    let blocks = section(document).blocks.iter();
    blocks.flat_map(words).collect::<Vec<_>>().join("\n")
}

fn check_says(release: &Release, expected: &str) {
    let prose = prose(&bare(release)).replace('\u{a0}', " ");
    assert!(prose.contains(expected), "`{expected}` is not in:\n{prose}");
}

#[test]
fn the_headline_has_its_day_count_and_interval() {
    let document = bare(&alone(&[authority]));
    let lead = words(&section(&document).blocks[0]).concat();
    assert_eq!(
        lead.replace('\u{a0}', " "),
        "Of children looked after on 31 March 2025, 11% (95% interval 6% to 16%), 28 of 245 \
         children, had three or more placements in the year."
    );
}

#[test]
fn the_line_to_quote_says_what_a_placement_is() {
    let document = bare(&alone(&[authority]));
    let quote = document
        .sections
        .iter()
        .find(|section| section.id == "quote");
    let lines: Vec<String> = quote
        .expect("lines to quote")
        .blocks
        .iter()
        .flat_map(words)
        .collect();
    let line = lines[1].replace('\u{a0}', " ");
    assert!(
        line.starts_with("\u{2018}Of children looked after on 31 March 2025, 11% ("),
        "{line}"
    );
    assert!(
        line.contains(" placements in the year. A new placement begins when the carer changes."),
        "{line}"
    );
    assert!(line.ends_with('\u{2019}'), "{line}");
}

#[test]
fn the_definition_stands_beside_the_figures() {
    let release = alone(&[authority]);
    check_says(
        &release,
        "A new placement begins when the carer changes. Short stays in hospital",
    );
    check_says(&release, "12 children in short breaks are left out.");
    let document = bare(&release);
    let sources: Vec<&str> = section(&document)
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) if table.id == "homes-measures" => Some(table.source.as_str()),
            _ => None,
        })
        .collect();
    assert!(sources[0].contains("when the carer changes"), "{sources:?}");
    assert!(sources[0].contains("31 March 2025"), "{sources:?}");
}

#[test]
fn each_finding_is_said_with_its_count() {
    let release = released(&with_homes(), &settings());
    for expected in [
        "83 children had moved, and 59 children had left care.",
        "The returns name 58 of 61 children of the service.",
        "The difference is +18 percentage points (95% interval +3 to +32).",
        "Official statistics have 8%",
        "43 of 545 children, for Hartwell",
        "110 authorities lie within the 95% limits, 23 between these and the 99.8% limits, and 17 \
         beyond both.",
        "64 of 145 moves, were for a change in the care plan.",
        "28 of 188 children, were in care in their first home.",
        "went missing at least once in the year, 63 times in all.",
        "29 of 37 young people, lived in suitable accommodation.",
        "The returns hold 3,234 rows of episodes, of which 2,286 make up",
    ] {
        check_says(&release, expected);
    }
}

#[test]
fn before_and_after_and_arms_never_stand_without_their_caution() {
    let blocks = section(&bare(&alone(&[authority, service]))).blocks.clone();
    for finding in ["The difference is", "days before work started"] {
        let at = blocks
            .iter()
            .position(|block| words(block).concat().contains(finding))
            .expect("the finding");
        let next = words(&blocks[at + 1]).concat();
        assert!(next.starts_with("Not an effect"), "{finding}: {next}");
    }
}

#[test]
fn what_is_published_names_its_release() {
    let document = bare(&alone(&[authority, published]));
    let source = section(&document)
        .blocks
        .iter()
        .find_map(|block| match block {
            Block::Table(table) if table.id == "homes-published" => Some(table.source.clone()),
            _ => None,
        });
    let source = source.expect("the table of areas");
    assert!(
        source.contains("release 2025, year to 31 March 2025"),
        "{source}"
    );
}

#[test]
fn what_became_of_rows_stands_under_data_quality_and_adds_up() {
    let mut maker = Maker::default();
    authority(&mut maker);
    maker.count("quality.rows_read", "table=episodes", 3234, Unit::Rows);
    let document = bare(&released(&maker, &settings()));
    let table = document.blocks().find_map(|block| match block {
        Block::Table(table) if table.id == "homes-rows" => Some(table),
        _ => None,
    });
    let rows = &table.expect("the table of rows").table.rows;
    let number = |label: &str| {
        let row = rows.iter().find(|row| row.cells[0].text.contains(label));
        row.and_then(|row| row.cells[1].number)
    };
    let parts = [number("Used"), number("reported again")];
    let sum: f64 = parts.into_iter().flatten().sum();
    assert_eq!(number("Rows read"), Some(sum));
    assert_eq!(number("Overlaps"), Some(7.0));
    assert_eq!(
        number("Gap"),
        None,
        "a repair that was never made has no row"
    );
}

#[test]
fn page_one_changes_only_where_nothing_else_stands_on_it() {
    let first = |maker: &Maker| bare(&released(maker, &settings())).sections[0].clone();
    assert_eq!(first(&with_homes()), first(&full()));
    let only = bare(&alone(&[authority])).sections[0].clone();
    let figures = only.blocks.iter().find_map(|block| match block {
        Block::KeyFigures { figures, .. } => Some(figures),
        _ => None,
    });
    let labels: Vec<&str> = figures
        .expect("key figures")
        .iter()
        .map(|figure| figure.label.as_str())
        .collect();
    assert_eq!(
        labels,
        [
            "Three or more placements in the year",
            "The same carer for two years",
            "Still in the same home",
        ]
    );
    let lead = words(&only.blocks[0]).concat();
    assert!(lead.contains("28 of 245 children"), "{lead}");
}

#[test]
fn a_study_without_returns_has_no_such_section() {
    let document = bare(&released(&full(), &settings()));
    assert!(
        document
            .sections
            .iter()
            .all(|section| section.id != "homes")
    );
    let all = document
        .blocks()
        .flat_map(words)
        .collect::<Vec<_>>()
        .join("\n");
    assert!(!all.contains("placements were counted"), "{all}");
}

#[test]
fn withheld_figures_leave_the_prose() {
    let mut maker = Maker::default();
    add(&mut maker);
    maker.hide_all();
    // Something must be left, or the release is refused.
    maker.count("reach.conferences", "", 40, Unit::Conferences);
    let document = bare(&released(&maker, &settings()));
    let prose = prose(&document);
    for number in ["28", "245", "63", "58"] {
        assert!(!prose.contains(number), "{number} in:\n{prose}");
    }
}
