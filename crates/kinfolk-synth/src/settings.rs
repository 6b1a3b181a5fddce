//! The text of `study.toml`.

use kinfolk_model::Code;

use crate::plan::StudyPlan;

/// `study.toml` for a made-up study.
pub(crate) fn study_toml(plan: &StudyPlan) -> String {
    let StudyPlan {
        authority,
        country,
        period,
        seed,
        ..
    } = plan;
    let (start, end) = (period.start, period.end);
    let title = title(plan);
    let country = country.code();
    let benchmark = benchmark_toml(plan.benchmark.as_deref());
    format!(
        r#"# Every record in this folder is made up. {authority} does not exist.

[study]
title = "{title}"
authority = "{authority}"
country = "{country}"
period = {{ start = {start}, end = {end} }}
synthetic = true
notice = "{authority} is an invented authority. Every record, quotation and story here is made up."

[analysis]
confidence = 0.95
seed = {seed}
follow_up_days = 365
disclosure = "dfe-csc"
sdq_baseline = "last-before-start"
sdq_mmrm_df = "satterthwaite"
sdq_sd = 5.8
sdq_reliability = 0.72
sdq_source = "British survey of 1999, parents of children aged 5 to 15 (Goodman 2001); as quoted elsewhere, not checked against the paper"
placement_moves = "spb"
temporary_placements = "bridge"
short_break_starts = "left_out"
placements_on = {end}
{benchmark}"#
    )
}

fn benchmark_toml(file: Option<&str>) -> String {
    file.map_or_else(String::new, |file| {
        format!("\n[benchmark]\nestimates = \"{file}\"\n")
    })
}

/// `Lifelong Links in Hartwell, 2024-25`.
fn title(plan: &StudyPlan) -> String {
    let label = plan.period.label().replace('\u{2013}', "-");
    format!("Lifelong Links in {}, {label}", plan.authority)
}
