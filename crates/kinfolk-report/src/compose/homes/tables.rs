//! The tables of the section on where children live.

use kinfolk_charts::{DataCell, DataRow};
use kinfolk_disclosure::{Released, ReleasedRow};
use kinfolk_model::care::{CountedReasons, TemporaryPlacements};
use kinfolk_model::{Code, Group, PublishedMeasure, Statistic, format};

use crate::compose::cells;
use crate::compose::context::{Context, Numbering};
use crate::document::Block;
use crate::sentences::homes::{self, IN_TWO_YEARS, IN_YEAR, Part, SAME_CARER, SAME_HOME};

/// Where the figures come from, as sources name it.
pub(super) const RECORDS: &str = "statutory returns on children looked after (SSDA903)";
/// The column that print does without.
pub(super) const REGION: &str = "Region";
/// Ages of care leavers: code and words.
pub(super) const AGES: [(&str, &str); 2] = [("17_to_18", "17 and 18"), ("19_to_21", "19 to 21")];

pub(super) const MEASURES: [(Part, &str); 4] = [
    (IN_YEAR, "Three or more placements in the year"),
    (IN_TWO_YEARS, "Three or more placements in two years"),
    (SAME_CARER, "The same carer for two years"),
    (SAME_HOME, "Still in the same home"),
];

pub(super) fn interval_head(context: &Context<'_>) -> String {
    format!("{} interval", format::level(context.settings.confidence))
}

/// Share, n, N and interval.
pub(super) fn four(share: Option<&Released>) -> [DataCell; 4] {
    [
        cells::sound_share(share),
        cells::numerator(share),
        cells::denominator(share),
        cells::interval(share, format::share),
    ]
}

/// The measures by the rule of the report.
pub(super) fn measures(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let interval = interval_head(context);
    let heads = ["Measure", "Share", "Children", "Out of", &interval];
    let row = |(part, label): &(Part, &str)| {
        let share = homes::share_of(context.figures, "", *part)?;
        Some(cells::row(label, four(Some(share))))
    };
    let mut rows: Vec<DataRow> = MEASURES.iter().filter_map(row).collect();
    let rate = context
        .release
        .get("stability.move_rate", &Group::all(), Statistic::Rate);
    rows.extend(rate.map(|rate| {
        let cells = [
            cells::value(Some(rate), number),
            DataCell::default(),
            cells::denominator(Some(rate)),
            cells::interval(Some(rate), number),
        ];
        cells::row("Moves for each year in care", cells)
    }));
    if rows.is_empty() {
        return None;
    }
    let day = homes::share_of(context.figures, "", IN_YEAR).map(Released::population);
    let note = format!(
        "{}. {}",
        crate::sentences::phrase::capital(day.unwrap_or("children looked after")),
        homes::definition(context.figures).words()
    );
    let table = cells::table_of_numbers(&heads, rows);
    let source = context.source(RECORDS, "", &note);
    Some(numbering.table("homes-measures", "How stable placements are", table, source))
}

fn number(value: f64) -> String {
    format::number(value, 2)
}

/// What official statistics publish, by area.
pub(super) fn published(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    const AREAS: [&str; 4] = ["authority", "neighbours", "region", "england"];
    let heads = [
        "Published measure",
        context.place.as_str(),
        "Neighbours",
        REGION,
        "England",
    ];
    let of = |measure, area| homes::published(context.figures, measure, area);
    let row = |measure: &PublishedMeasure| {
        let shares = AREAS.map(|area| of(*measure, area));
        shares.iter().flatten().next()?;
        Some(cells::row(measure.label(), shares.map(with_base)))
    };
    let rows: Vec<DataRow> = PublishedMeasure::ALL.iter().filter_map(row).collect();
    let first = PublishedMeasure::ALL
        .iter()
        .find_map(|measure| of(*measure, "england"))?;
    let release = homes::option(first, "release").filter(|release| !release.is_empty());
    let release = release.map_or_else(
        || "official statistics".to_owned(),
        |release| format!("official statistics, release {release}"),
    );
    let year = homes::option(first, "year").unwrap_or_default();
    let source = format!(
        "Source: {release}, year to 31 March {year}. n of N in each cell. Numbers of regions and \
         England are rounded to ten. Neighbours: its statistical neighbours, added up."
    );
    let table = cells::table_of_numbers(&heads, rows);
    Some(numbering.table("homes-published", "Beside other areas", table, source))
}

/// `8%, 43 of 545`.
fn with_base(share: Option<&Released>) -> DataCell {
    let Some(share) = share else {
        return DataCell::default();
    };
    let text = match crate::sentences::phrase::counts(share) {
        Some((n, of)) => format!(
            "{}, {}",
            cells::shown(share.value(), format::share),
            format::of(n, of)
        ),
        None => cells::shown(share.value(), format::share),
    };
    DataCell {
        number: None,
        ..cells::cell(share, text)
    }
}

/// Why children left care.
pub(super) fn left_care(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let rows = context.release.rows("stability.endings.left_care");
    let row = |row: &ReleasedRow| {
        let group = Group::of("ending", "left_care").and("reason", &row.code);
        let count = context
            .release
            .get("stability.endings", &group, Statistic::Count);
        cells::row(&row.label, [cells::count_or_withheld(count)])
    };
    let rows: Vec<DataRow> = rows.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        let table = cells::table_of_numbers(&["Why care ended", "Placements"], rows);
        let source = context.source(RECORDS, "", "Placements with which care ended in the year.");
        numbering.table("homes-left-care", "Why children left care", table, source)
    })
}

/// How children stand two years after they came into care.
pub(super) fn ways(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let interval = interval_head(context);
    let heads = ["After two years", "Share", "Children", "Out of", &interval];
    let row = |row: &ReleasedRow| {
        let group = Group::of("path", &row.code);
        let share = context
            .release
            .get("stability.path", &group, Statistic::Proportion);
        cells::row(&row.label, four(share))
    };
    let rows = context.release.rows("stability.path.path");
    let rows: Vec<DataRow> = rows.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        let table = cells::table_of_numbers(&heads, rows);
        let note = "A child who left care and came back stays among those who left.";
        let source = context.source(RECORDS, "", note);
        numbering.table("homes-ways", "Ways through two years", table, source)
    })
}

/// What the chart of definitions leaves out, under every rule: two years, and moves for each year.
pub(super) fn more_definitions(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let interval = interval_head(context);
    let heads = [
        "What counts as a move",
        "Three or more in two years",
        "Children",
        "Out of",
        "Moves a year",
        &interval,
    ];
    let rules = TemporaryPlacements::ALL.iter().flat_map(|temporary| {
        let counted = CountedReasons::ALL.iter();
        counted.map(|counted| (*counted, *temporary))
    });
    let row = |(counted, temporary): (CountedReasons, TemporaryPlacements)| {
        let rule = Group::of("moves", counted.code()).and("temporary", temporary.code());
        let get = |measure, group, statistic| context.release.get(measure, group, statistic);
        let rate = get("stability.move_rate", &rule, Statistic::Rate);
        let two_years = rule.clone().and("window", "two_years");
        let share = get("stability.three_or_more", &two_years, Statistic::Proportion);
        rate.or(share)?;
        let label = match temporary {
            TemporaryPlacements::Bridge => counted.label().to_owned(),
            TemporaryPlacements::Count => format!("{}; and short stays", counted.label()),
        };
        let cells = [
            cells::sound_share(share),
            cells::numerator(share),
            cells::denominator(share),
            cells::value(rate, number),
            cells::interval(rate, number),
        ];
        Some(cells::row(&label, cells))
    };
    let rows: Vec<DataRow> = rules.filter_map(row).collect();
    (rows.len() > 1).then(|| {
        let table = cells::table_of_numbers(&heads, rows);
        let source = context.source(
            RECORDS,
            "",
            "Short stays: in hospital, on holiday and the like.",
        );
        let caption = "More measures by definition";
        numbering.table("homes-definitions", caption, table, source)
    })
}

/// Answers about care leavers, by age.
pub(super) fn leavers(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    const QUESTIONS: [(&str, &str, &str); 2] = [
        ("leavers.accommodation", "accommodation", "Accommodation"),
        ("leavers.activity", "activity", "Activity"),
    ];
    let interval = interval_head(context);
    let heads = ["Care leavers", "Share", "Young people", "Out of", &interval];
    let mut rows = Vec::new();
    for (age, words) in AGES {
        for (measure, key, title) in QUESTIONS {
            let answers = context.release.rows(&format!("{measure}[age={age}]"));
            if !answers.is_empty() {
                rows.push(cells::group(&format!("{title}, {words}"), heads.len()));
            }
            let share_of = |code: &str| {
                let group = Group::of("age", age).and(key, code);
                context.release.get(measure, &group, Statistic::Proportion)
            };
            let shares = answers.iter().map(|answer| share_of(&answer.code));
            let are_hidden = shares
                .flatten()
                .all(|share| share.numerator().is_withheld());
            match answers.first().filter(|_| are_hidden) {
                Some(first) => rows.push(cells::row("Every answer", four(share_of(&first.code)))),
                None => rows.extend(
                    answers
                        .iter()
                        .map(|answer| cells::row(&answer.label, four(share_of(&answer.code)))),
                ),
            }
        }
    }
    (!rows.is_empty()).then(|| {
        let table = cells::table_of_numbers(&heads, rows);
        let note = "Age at the birthday in the year. Those without information stay in the base.";
        let source = context.source(RECORDS, "", note);
        numbering.table("homes-leavers", "Care leavers", table, source)
    })
}

const BECAME: [(&str, &str); 4] = [
    ("used", "Used in histories"),
    (
        "reported_again",
        "Not used: reported again by a later return",
    ),
    ("duplicate", "Not used: the same row twice"),
    ("same_start", "Not used: another row begins on that day"),
];

const REPAIRS: [(&str, &str); 9] = [
    (
        "end_from_earlier_return",
        "End taken from an earlier return",
    ),
    (
        "carried_over_differs",
        "Differs between returns; the later one stands",
    ),
    ("vanished_for_year", "Missing from one return between two"),
    ("stale_open", "Left open before another row; ended there"),
    ("left_open", "Left open and in no later return; ended"),
    ("overlap", "Overlaps the next; cut there"),
    ("gap", "Gap within continued care; closed"),
    (
        "continuation_missing",
        "Care continues, but a new period starts",
    ),
    ("start_not_marked", "Start of care not marked; taken as one"),
];

/// What became of the rows of episodes, and what was mended; repairs that were never made have no row.
pub(super) fn rows(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let count = |measure: &str, key: &str, code: &str| {
        let group = Group::of(key, code);
        context.release.get(measure, &group, Statistic::Count)
    };
    let read = count("stability.rows", "became", "read")?;
    let became = BECAME.iter().filter_map(|(code, label)| {
        let count = count("stability.rows", "became", code)?;
        Some(cells::row(label, [cells::count(Some(count))]))
    });
    let repairs: Vec<DataRow> = REPAIRS
        .iter()
        .filter_map(|(code, label)| {
            let count = count("stability.repairs", "repair", code)?;
            let was_made = count.value().figure() != Some(0.0);
            was_made.then(|| cells::row(label, [cells::count(Some(count))]))
        })
        .collect();
    let head = (!repairs.is_empty()).then(|| cells::group("Mended", 2));
    let total = cells::total("Rows read", [cells::count(Some(read))]);
    let rows = became.chain([total]).chain(head).chain(repairs).collect();
    let table = cells::table_of_numbers(&["Rows of episodes", "Number"], rows);
    let source = context.source(RECORDS, "", "A row may be mended in more than one way.");
    Some(numbering.table(
        "homes-rows",
        "What became of the rows of returns",
        table,
        source,
    ))
}
