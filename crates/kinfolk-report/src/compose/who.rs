//! Who took part.

use kinfolk_charts::{DataCell, DataRow, DataTable};
use kinfolk_disclosure::{Released, ReleasedRow};
use kinfolk_model::{FinancialQuarter, Group, SectionName, Statistic};

use super::cells;
use super::context::{Context, Numbering, heading};
use crate::document::{Block, Section, Text};
use crate::sentences::figures::whole;
use crate::sentences::phrase::{self, Noun};
use crate::sentences::{paragraph, reach};

/// Flow, who they are, the trial's criteria, the quarterly returns.
pub(crate) fn section(context: &Context<'_>, numbering: &mut Numbering) -> Option<Section> {
    let figures = context.figures;
    let lead = reach::steps(figures)
        .or_else(|| reach::children(figures))
        .or_else(|| reach::returns(figures));
    let mut blocks: Vec<Block> = lead.map(Block::Lead).into_iter().collect();
    blocks.extend(text(context));
    blocks.extend(numbering.figure(kinfolk_charts::draw_flow(context.release)));
    blocks.extend(who_they_are(context, numbering));
    blocks.extend(criteria(context, numbering));
    blocks.extend(returns(context, numbering));
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
    let source = context.source("Practice Summaries", &base);
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
    if members.is_empty() {
        return Vec::new();
    }
    let row = |member: &ReleasedRow| {
        let group = Group::of(key, &member.code);
        let get = |statistic| context.release.get(measure, &group, statistic);
        let count = cells::count(get(Statistic::Count));
        let share = cells::share(get(Statistic::Proportion));
        cells::row(
            &member.label,
            [count, share].into_iter().take(n_columns - 1),
        )
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
    let source = format!(
        "{} A child may fail several tests.",
        context.source("Practice Summaries", "")
    );
    let table = cells::table_of_numbers(&["Test that was not met", "Children"], rows);
    Some(numbering.table(
        "criteria",
        "Why children did not meet the criteria",
        table,
        source,
    ))
}

/// What returns count, in the order of the table.
const KINDS: [(&str, &str); 6] = [
    ("referrals", "Referrals"),
    ("starts", "Starts"),
    ("conferences", "Conferences"),
    ("plans", "Plans"),
    ("reviews", "Reviews"),
    ("coordinators_trained", "Coordinators trained"),
];

fn returns(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let quarters = quarters(context);
    if quarters.is_empty() {
        return Vec::new();
    }
    let table = returns_table(context, &quarters);
    let text = paragraph([
        reach::returns(context.figures),
        reach::coordinators(context.figures),
    ]);
    let mut blocks = vec![heading("The quarterly returns")];
    blocks.extend(text.map(Block::Paragraph));
    let source = context.source("quarterly returns", "");
    blocks.push(numbering.table("returns", "Returns by quarter", table, source));
    blocks
}

/// The quarters with a return, in order of time.
fn quarters(context: &Context<'_>) -> Vec<FinancialQuarter> {
    let mut quarters: Vec<FinancialQuarter> = context
        .release
        .of("monitoring.quarter")
        .filter(|released| released.group().pairs().count() == 2)
        .filter_map(|released| released.group().get("quarter")?.parse().ok())
        .collect();
    quarters.sort_unstable();
    quarters.dedup();
    quarters
}

fn returns_table(context: &Context<'_>, quarters: &[FinancialQuarter]) -> DataTable {
    let get = |kind: &str, quarter: FinancialQuarter| {
        let group = Group::of("kind", kind).and("quarter", &quarter.to_string());
        context
            .release
            .get("monitoring.quarter", &group, Statistic::Count)
    };
    let kinds: Vec<&(&str, &str)> = KINDS
        .iter()
        .filter(|(kind, _)| quarters.iter().any(|quarter| get(kind, *quarter).is_some()))
        .collect();
    let heads: Vec<&str> = std::iter::once("Quarter")
        .chain(kinds.iter().map(|(_, label)| *label))
        .collect();
    let mut rows: Vec<DataRow> = quarters
        .iter()
        .map(|quarter| {
            let counts = kinds
                .iter()
                .map(|(kind, _)| cells::count(get(kind, *quarter)));
            cells::row(&quarter_label(*quarter), counts)
        })
        .collect();
    rows.extend(totals(context, &kinds));
    cells::table_of_numbers(&heads, rows)
}

fn totals(context: &Context<'_>, kinds: &[&(&str, &str)]) -> Option<DataRow> {
    let total = |kind: &str| -> Option<&Released> {
        let measure = format!("reach.{kind}");
        context
            .release
            .get(&measure, &Group::all(), Statistic::Count)
    };
    let counts: Vec<DataCell> = kinds
        .iter()
        .map(|(kind, _)| cells::count(total(kind)))
        .collect();
    counts
        .iter()
        .any(|cell| !cell.text.is_empty())
        .then(|| cells::total("All quarters", counts))
}

/// `April to June 2024`.
fn quarter_label(quarter: FinancialQuarter) -> String {
    let year = quarter.first_day().year();
    let months = match quarter.quarter() {
        1 => "April to June",
        2 => "July to September",
        3 => "October to December",
        _ => "January to March",
    };
    format!("{months} {year}")
}
