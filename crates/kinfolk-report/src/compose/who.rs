//! Who took part.

use kinfolk_charts::DataRow;
use kinfolk_disclosure::ReleasedRow;
use kinfolk_model::{Group, SectionName, Statistic};

use super::context::{Context, Numbering, heading};
use super::printed::elsewhere;
use super::{cells, returns};
use crate::document::{Block, Section, Text};
use crate::sentences::figures::whole;
use crate::sentences::phrase::{self, Noun};
use crate::sentences::{paragraph, reach};

/// Flow, what the authority says of the year (page one is full), who they are, the trial's criteria,
/// the quarterly returns.
pub(crate) fn section(context: &Context<'_>, numbering: &mut Numbering) -> Option<Section> {
    let figures = context.figures;
    let lead = reach::steps(figures)
        .or_else(|| reach::children(figures))
        .or_else(|| reach::returns(figures));
    let mut blocks: Vec<Block> = lead.map(Block::Lead).into_iter().collect();
    blocks.extend(text(context));
    blocks.extend(
        numbering
            .figure(kinfolk_charts::draw_flow(context.release))
            .map(elsewhere),
    );
    blocks.extend(context.own_words(SectionName::Summary));
    blocks.extend(who_they_are(context, numbering));
    blocks.extend(criteria(context, numbering));
    blocks.extend(returns::blocks(context, numbering));
    context.close(SectionName::Who, blocks)
}

fn text(context: &Context<'_>) -> Option<Block> {
    let figures = context.figures;
    let text = paragraph([reach::commonest_home(figures), reach::youngest(figures)])?;
    Some(Block::Paragraph(text))
}

/// What is told of each child, with the words of its part of the table.
const TRAITS: [(&str, &str, &str); 5] = [
    ("reach.age", "age", "Age at referral"),
    ("reach.sex", "sex", "Sex"),
    ("reach.home", "home", "Home at referral"),
    (
        "reach.time_in_care",
        "time_in_care",
        "Time in care at referral",
    ),
    ("reach.ethnicity", "ethnicity", "Ethnic group"),
];

fn who_they_are(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let has_shares = has_shares(context);
    let heads: &[&str] = match has_shares {
        true => &["Children", "Number", "Share"],
        false => &["Children", "Number"],
    };
    let rows: Vec<DataRow> = TRAITS
        .iter()
        .flat_map(|(measure, key, title)| part(context, measure, key, title, heads.len()))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let base = context
        .figures
        .all("reach.children", Statistic::Count)
        .and_then(|children| phrase::counted(children, Noun::CHILD))
        .unwrap_or_default();
    let table = cells::table_of_numbers(heads, rows);
    let source = context.source("Practice Summaries", &base, "");
    Some(numbering.table("who-they-are", "Who they are", table, source))
}

/// Shares are given only where twenty children or more stand behind them.
fn has_shares(context: &Context<'_>) -> bool {
    context
        .figures
        .all("reach.children", Statistic::Count)
        .and_then(whole)
        .is_some_and(|n| n >= phrase::FEWEST_FOR_SHARE)
}

fn part(
    context: &Context<'_>,
    measure: &str,
    key: &str,
    title: &str,
    n_columns: usize,
) -> Vec<DataRow> {
    let members = context.release.rows(measure);
    let get = |member: &ReleasedRow, statistic| {
        let group = Group::of(key, &member.code);
        context.release.get(measure, &group, statistic)
    };
    let is_known = |member: &ReleasedRow| {
        member.code != "not_known" && get(member, Statistic::Count).is_some()
    };
    if !members.iter().any(is_known) {
        return Vec::new();
    }
    let row = |member: &ReleasedRow| {
        let count = cells::count_or_withheld(get(member, Statistic::Count));
        let share = cells::share(get(member, Statistic::Proportion));
        let cells = [count, share].into_iter().take(n_columns - 1);
        cells::row(&member.label, cells)
    };
    std::iter::once(cells::group(title, n_columns))
        .chain(members.iter().map(row))
        .collect()
}

/// The tests of the trial, with words for a child who failed each.
const TESTS: [(&str, &str); 5] = [
    ("age", "Aged 16 or over"),
    ("time_in_care", "In care for too long"),
    ("plan_to_return_home", "A plan to return home"),
    ("plan_for_adoption", "A plan for adoption"),
    (
        "not_decided",
        "A test could not be decided, and none was failed",
    ),
];

fn criteria(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let figures = context.figures;
    let Some(met) = paragraph([reach::criteria(figures), reach::criteria_open(figures)]) else {
        return Vec::new();
    };
    let mut blocks = vec![
        heading("Who met the trial criteria"),
        Block::WithNote {
            paragraphs: vec![
                met,
                Text::plain(
                    "The criteria are those of the first trial of Lifelong Links. A child who does \
                     not meet them may still take part.",
                ),
            ],
            term: "Trial criteria".to_owned(),
            note:
                "Under 16, in care for under three years (five in Scotland), and no plan to return \
                   home or for adoption."
                    .to_owned(),
        },
    ];
    blocks.extend(failed_tests(context, numbering));
    blocks
}

fn failed_tests(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let failed = |test: &str| {
        let group = Group::of("test", test);
        context
            .release
            .get("reach.criteria_failed", &group, Statistic::Count)
    };
    let rows: Vec<DataRow> = TESTS
        .iter()
        .filter_map(|(test, label)| Some(cells::row(label, [cells::count(Some(failed(test)?))])))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let source = context.source("Practice Summaries", "", "A child may fail several tests.");
    let table = cells::table_of_numbers(&["Test that was not met", "Children"], rows);
    Some(numbering.table(
        "criteria",
        "Why children did not meet the criteria",
        table,
        source,
    ))
}
