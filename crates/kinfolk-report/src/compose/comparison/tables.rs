//! The tables of the comparison.

use kinfolk_charts::{DataCell, DataRow, comparison_records};
use kinfolk_disclosure::Released;
use kinfolk_model::{
    Arm, Code, ComparisonMethod, ComparisonSettings, Group, Statistic, Unit, format, outcome_label,
};

use crate::compose::cells;
use crate::compose::context::{Context, Numbering};
use crate::document::Block;
use crate::sentences::comparison::{covariate_label, measure, method, points};

/// The steps by which children come to be compared.
const STEPS: [(&str, &str); 4] = [
    ("cohort", "In the cohort"),
    ("followed", "With a day to be followed from"),
    ("compared", "With every covariate"),
    ("matched", "In a pair"),
];

/// Who is compared, step by step.
pub(super) fn flow(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let row = |(code, label): &(&str, &str)| {
        let at = |arm| {
            let group = Group::of("step", code);
            let release = context.release;
            release.in_arm("matching.flow", arm, &group, Statistic::Count)
        };
        at(Arm::Programme)?;
        let counts = Arm::ALL.iter().map(|arm| cells::count(at(*arm)));
        Some(cells::row(label, counts))
    };
    let rows: Vec<DataRow> = STEPS.iter().filter_map(row).collect();
    let table = cells::table_of_numbers(&["Step", "Programme", "Comparators"], rows);
    (!table.rows.is_empty()).then(|| {
        let source = context.source(comparison_records(context.release), "", "");
        numbering.table("comparison-flow", "Who is compared", table, source)
    })
}

/// Means of both arms, before and after. How far apart they lie stands in the chart.
pub(super) fn balance(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let heads = [
        "Covariate",
        "Programme",
        "Comparators",
        "Programme, after",
        "Comparators, after",
    ];
    let rows: Vec<DataRow> = covariates(context)
        .map(|name| {
            let stages = ["before", "after"].map(|stage| stage_cells(context, stage, name));
            cells::row(&covariate_label(name), stages.into_iter().flatten())
        })
        .collect();
    (!rows.is_empty()).then(|| {
        let table = cells::table_of_numbers(&heads, rows);
        let note = "Means and shares. After: of those who count once the arms were made alike.";
        let source = context.source(comparison_records(context.release), "", note);
        let caption = "Both arms, before and after";
        numbering.table("comparison-balance", caption, table, source)
    })
}

/// The covariates with means, in order.
fn covariates<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a str> {
    let before = |released: &&Released| {
        released.group().get("stage") == Some("before")
            && released.statistic() == Statistic::EffectSize
    };
    let records = context.release.of("matching.balance").filter(before);
    let names = records.filter_map(|released| released.group().get("covariate"));
    names.filter(|name| *name != "propensity_score")
}

fn stage_cells(context: &Context<'_>, stage: &str, name: &str) -> [DataCell; 2] {
    let group = Group::of("stage", stage).and("covariate", name);
    [Arm::Programme, Arm::Comparator].map(|arm| {
        let of = |statistic| {
            let release = context.release;
            release.in_arm("matching.balance", arm, &group, statistic)
        };
        match (of(Statistic::Proportion), of(Statistic::Mean)) {
            (Some(share), _) => cells::share(Some(share)),
            (None, Some(mean)) => cells::decimal(Some(mean)),
            // A level that has no record was dropped to protect children.
            (None, None) => cells::words(format::WITHHELD),
        }
    })
}

/// Each outcome: the arms as they are, their difference, and the difference once they are alike.
pub(super) fn effects(
    context: &Context<'_>,
    numbering: &mut Numbering,
    asked: &ComparisonSettings,
) -> Option<Block> {
    let [before, after] = match asked.is_in_pairs() {
        true => ["In pairs", "Adjusted"],
        false => ["As they are", "Made alike"],
    };
    let heads = ["Outcome", "Programme", "Comparators", before, after, "p"];
    let row = |outcome: &String| {
        let by = ComparisonMethod::Unadjusted;
        let unadjusted = difference(context, outcome, by)?;
        let [programme, comparators] =
            [Arm::Programme, Arm::Comparator].map(|arm| level(context, outcome, arm));
        let adjusted = difference(context, outcome, asked.method);
        let group = method(asked.method).and("family", "holm");
        let p_value = context
            .release
            .get(&measure(outcome), &group, Statistic::PValue);
        let cells = [
            programme,
            comparators,
            with_interval(Some(unadjusted)),
            with_interval(adjusted.filter(|_| asked.method != by)),
            cells::value(p_value, format::p_value),
        ];
        Some(cells::row(&outcome_label(outcome), cells))
    };
    let rows: Vec<DataRow> = asked.outcomes.iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| {
        let table = cells::table_of_numbers(&heads, rows);
        let note = "Differences in percentage points, or in the unit of the outcome. p-values by Holm\u{2019}s method, within this table.";
        let source = context.source(comparison_records(context.release), "", note);
        numbering.table("comparison-effects", "Programme less comparators", table, source)
    })
}

fn difference<'a>(
    context: &Context<'a>,
    outcome: &str,
    by: ComparisonMethod,
) -> Option<&'a Released> {
    let release = context.release;
    release.get(&measure(outcome), &method(by), Statistic::Difference)
}

/// `45 of 77` for a share, else the mean.
fn level(context: &Context<'_>, outcome: &str, arm: Arm) -> DataCell {
    let group = method(ComparisonMethod::Unadjusted);
    let of = |statistic| {
        let release = context.release;
        release.in_arm(&measure(outcome), arm, &group, statistic)
    };
    match of(Statistic::Proportion) {
        Some(share) => {
            let base = cells::shown(share.numerator(), format::count);
            let of = cells::shown(share.denominator(), format::count);
            cells::cell(share, format!("{base} of {of}"))
        }
        None => cells::decimal(of(Statistic::Mean)),
    }
}

/// `+24 (+7 to +40)`.
fn with_interval(released: Option<&Released>) -> DataCell {
    let Some(released) = released else {
        return DataCell::default();
    };
    let unit = released.unit();
    let value = cells::shown(released.value(), |value| points(value, unit));
    let ends = released.interval().figure();
    let text = match ends {
        Some((lower, upper)) => {
            format!(
                "{value} ({} to {})",
                points(lower, unit),
                points(upper, unit)
            )
        }
        None => value,
    };
    cells::cell(released, text)
}

/// What an unmeasured difference would have to do, outcome by outcome.
pub(super) fn sensitivity(
    context: &Context<'_>,
    numbering: &mut Numbering,
    asked: &ComparisonSettings,
) -> Option<Block> {
    const HEADS: [&str; 4] = ["Outcome", "E-value", "Of the interval", "Hidden bias"];
    let row = |outcome: &String| {
        let of = |code: &str, statistic| {
            let group = Group::of("sensitivity", code);
            context.release.get(&measure(outcome), &group, statistic)
        };
        let number = |released| cells::value(released, |value| format::number(value, 2));
        let e_value = of("e_value", Statistic::Ratio)?;
        let robustness = of("robustness", Statistic::Amount);
        let cells = [
            number(Some(e_value)),
            number(of("e_value_of_interval", Statistic::Ratio)),
            number(of("hidden_bias", Statistic::Amount)),
            cells::value(robustness, format::fine_share),
        ];
        Some(cells::row(&outcome_label(outcome), cells))
    };
    let heads = [HEADS[0], HEADS[1], HEADS[2], HEADS[3], "Robustness"];
    let rows: Vec<DataRow> = asked.outcomes.iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| {
        let table = cells::table_of_numbers(&heads, rows);
        let note = "E-value: the ratio of risks by which something unmeasured would have to go with programme and outcome. Hidden bias: how much likelier to join one of a pair may have been before chance explains the difference. Robustness: the share of what is left of both that it would have to explain.";
        let source = context.source(comparison_records(context.release), "", note);
        numbering.table("comparison-sensitivity", "What could explain it away", table, source)
    })
}

/// The same outcome by other methods and within other limits.
pub(super) fn alternatives(
    context: &Context<'_>,
    numbering: &mut Numbering,
    asked: &ComparisonSettings,
) -> Option<Block> {
    let outcome = asked.outcomes.first()?;
    let own = difference(context, outcome, asked.method)?;
    let measure = measure(outcome);
    let others = context.release.of(&measure).filter(|released| {
        released.group().get("alternative").is_some()
            && released.statistic() == Statistic::Difference
    });
    let rows: Vec<DataRow> = std::iter::once(own)
        .chain(others)
        .map(|released| {
            cells::row(
                &choice(released, asked),
                [
                    cells::denominator(Some(released)),
                    with_interval(Some(released)),
                ],
            )
        })
        .collect();
    (rows.len() > 1).then(|| {
        let table = cells::table_of_numbers(&["Choice", "Children", "Difference"], rows);
        let note = match own.unit() {
            Unit::Proportion => {
                "Differences in percentage points. The first row is the study\u{2019}s own choice."
            }
            _ => "The first row is the study\u{2019}s own choice.",
        };
        let source = context.source(comparison_records(context.release), "", note);
        let caption = format!("{} by other choices", outcome_label(outcome));
        numbering.table("comparison-alternatives", &caption, table, source)
    })
}

/// The words for a choice: the method, and the caliper where there are pairs.
fn choice(released: &Released, asked: &ComparisonSettings) -> String {
    let group = released.group();
    let code = group
        .get("alternative")
        .or(group.get("method"))
        .unwrap_or_default();
    let label = kinfolk_model::parse_code::<ComparisonMethod>(code)
        .map_or_else(|_| code.to_owned(), |method| method.label().to_owned());
    let own = asked.rule.caliper.map_or("none".to_owned(), format::exact);
    let caliper = match (group.get("caliper"), group.get("method")) {
        (Some(caliper), _) => caliper,
        (None, Some("matched")) => &own,
        _ => return label,
    };
    match caliper {
        "none" => format!("{label}, without a caliper"),
        width => format!("{label}, within {width} standard deviations"),
    }
}
