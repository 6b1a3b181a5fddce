//! A new `study.toml`, with every option written out.

use kinfolk_model::care::RETURN_TABLES;
use kinfolk_model::schema::TABLES;
use kinfolk_model::{
    CareSettings, Code, ComparisonMethod, Country, DisclosureProfile, Period, SdqBaseline,
    SdqModelDegrees,
};

use crate::settings_file::default;

/// A commented `study.toml` for a new study. Every option is written out with its default, so that
/// whoever reads the file sees what the report does; it reads back without a finding.
pub fn study_template(title: &str, authority: &str, country: Country, period: Period) -> String {
    let care = CareSettings::default();
    let tables: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    let of_return: Vec<&str> = RETURN_TABLES
        .iter()
        .map(|table| table.name)
        .filter(|name| !tables.contains(name))
        .collect();
    format!(
        r#"# What this study is about, and every option that can change a reported figure.
# Lines that begin with # are remarks.

[study]
title = {title}
# One name, or a list: authorities = ["Hartwell", "Northmoor"]
authority = {authority}
# England, Scotland or Wales: the trial criteria differ. A child's row may name another.
country = "{country}"
# The first and the last day that the report covers.
period = {{ start = {start}, end = {end} }}
# true when every record is made up; the report then says so on each page.
synthetic = false
# What the reader must know about the data, printed on the first page; empty for nothing.
notice = ""

[analysis]
# The level of every interval, from 0.5 to 0.999.
confidence = {confidence}
# Where random draws begin: the same seed gives the same report.
seed = {seed}
# Days after the start at which a child is followed up.
follow_up_days = {follow_up_days}
# How small numbers are hidden: {profiles}.
disclosure = "{disclosure}"
# Which Strengths and Difficulties Questionnaire (SDQ) counts as the baseline: {baselines}.
sdq_baseline = "{sdq_baseline}"
# How the degrees of freedom of the model of every SDQ score are found: {degrees}. The second has
# wider intervals where there are fewer than about 50 children.
sdq_mmrm_df = "{sdq_mmrm_df}"
# How large a change in the SDQ total must be to count for one child follows from the standard
# deviation and the reliability of totals. Published values differ, so there is no default: name
# yours and where they come from, or leave all three out, and no child's change is classed.
# sdq_sd = 5.8
# sdq_reliability = 0.72
# sdq_source = "A published survey, its year and table"
# The last four are for returns on children looked after (SSDA903, England).
# Which reasons for a new episode are a move: spb (a new carer), spbtu (also another place with the
# same carer) or all (every row).
placement_moves = "{moves}"
# Time in hospital, on holiday and the like (T0 to T4): bridge (passed over) or count.
temporary_placements = "{temporary}"
# Children whose period of care began with short breaks: left_out or counted.
short_break_starts = "{short_breaks}"
# The day on which children are counted; the year of the measures ends with it. By default the last day of the
# period, or of the returns where they end before.
# placements_on = {end}

# How the programme's children are compared with others, who stand in a table cohort (child_id, arm,
# and a column for each covariate and outcome) or, with dates, in a table events. Without this section
# nothing is compared. Settle it before anybody looks at an outcome. Outcomes are columns of the cohort
# or kinds of event; the methods are {methods}.
# [comparison]
# outcomes = ["same_home", "missing"]
# covariates = ["age", "years_in_care"]
# exact = []
# calipers = {{}}             # {{ age = 1 }}: pairs within a year of age; each in its column's own unit
# authority = ""             # a column of the cohort: effects within each authority too, and pooled
# method = "matched"
# comparators = "any"        # or "risk-set": those in care as long and not yet in the programme
# caliper = 0.2
# scale = "logit"
# ratio = 1
# follow_up_days = 365
# competing = ["adoption", "return_home", "eighteen"]
# margin = 0.1

# Tables are recognised by their headers, whatever their files are called. Where that fails, say
# which file, and which sheet of a workbook, holds which table.
# Tables: {tables};
# and of returns: {of_return}.
[files]
# children = "returns/practice summaries.xlsx#2024-25"

# Where a header is not recognised, say what a column is called here.
# [columns.children]
# child_id = "Case number"
# conference_date = "FGC held on"
# [columns.episodes]
# DECOM = "Episode start"

# Words for questionnaire statements of your own, by the code that stands in the file.
[statements]
# felt_safe = "I felt safe at the conference"

# An estimates.json of all authorities, to compare with.
# [benchmark]
# estimates = "national/estimates.json"

# Official statistics by area, as downloaded, to stand beside the returns: the files, which release
# they are, the authority as they name it, and a list of statistical neighbours.
# [published]
# statistics = ["published/placement-stability.csv"]
# release = "2025"
# authority = {authority}
# neighbours = "published/neighbours.csv"
"#,
        title = quoted(title),
        authority = quoted(authority),
        country = country.code(),
        start = period.start,
        end = period.end,
        confidence = default::CONFIDENCE,
        seed = default::SEED,
        follow_up_days = default::FOLLOW_UP_DAYS,
        profiles = codes::<DisclosureProfile>(),
        disclosure = default::DISCLOSURE.code(),
        baselines = codes::<SdqBaseline>(),
        methods = codes::<ComparisonMethod>(),
        sdq_baseline = default::SDQ_BASELINE.code(),
        degrees = codes::<SdqModelDegrees>(),
        sdq_mmrm_df = default::SDQ_MODEL_DEGREES.code(),
        moves = care.moves.code(),
        temporary = care.temporary.code(),
        short_breaks = care.short_break_starts.code(),
        tables = tables.join(", "),
        of_return = of_return.join(", "),
    )
}

fn codes<C: Code>() -> String {
    let codes: Vec<&str> = C::ALL.iter().map(|member| member.code()).collect();
    codes.join(", ")
}

/// Text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
