//! How the figures were made: methods and options.

use kinfolk_charts::{DataRow, DataTable};
use kinfolk_disclosure::Released;
use kinfolk_model::{Code, format};

use super::cells::{self, words};
use super::context::{Context, Numbering};
use super::printed::in_part;
use super::{homes_methods, sdq_methods};
use crate::document::{Block, Text};

/// The methods, in plain English.
pub(crate) fn blocks(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(plain_words(context))];
    let whole = methods(context, |_| true);
    if !whole.rows.is_empty() {
        let table = numbering.table("methods", "Methods", whole, String::new());
        let is_printed = |method: &str| PRINTED.contains(&method);
        blocks.push(in_part(table, |_| methods(context, is_printed)));
    }
    blocks
}

/// The options, and which run made the report.
pub(crate) fn options_table(context: &Context<'_>, numbering: &mut Numbering) -> Block {
    let caption = "Options of this report";
    numbering.table("options", caption, options(context), imprint(context))
}

fn plain_words(context: &Context<'_>) -> Text {
    Text::plain(format!(
        "Every share stands beside its count. The {} interval is what statisticians call a confidence \
         interval. A row with a value that cannot be used takes no part in any figure, and is counted \
         under data quality. A blank is missing, and is never read as no. Figures keep full precision \
         until they are written.",
        format::level(context.settings.confidence)
    ))
}

/// The methods, by the name that the list of figures gives them, with what each is used for.
const METHODS: [(&str, &str, &str); 41] = [
    (
        "count",
        "Counts",
        "Each child, objective, person or answer is counted once.",
    ),
    ("wilson", "Shares", "Wilson\u{2019}s interval for a share."),
    (
        "wilson-cluster",
        "Shares of objectives",
        "Wilson\u{2019}s interval, wider because one child may set several.",
    ),
    (
        "t",
        "Means",
        "Student\u{2019}s interval, from the spread of the values.",
    ),
    (
        "t-within-scale",
        "Mean ratings",
        "Student\u{2019}s interval, cut off at the ends of the scale.",
    ),
    (
        "paired-t",
        "Changes",
        "Child by child, where both are known. Student\u{2019}s interval.",
    ),
    (
        "median",
        "Medians",
        "The middle value. Its interval ends at two of the values.",
    ),
    (
        "paired-median",
        "Medians of changes",
        "The change in the middle, among children with both counts.",
    ),
    (
        "mmrm",
        "Changes by the model",
        "Repeated measures, by restricted maximum likelihood.",
    ),
    (
        "mmrm-delta",
        "Changes if those lost fare worse",
        "The same model, with points added for each child lost.",
    ),
    (
        "published",
        "Published figures",
        "As published; means weighted to these children where said.",
    ),
    (
        "paired-effect-size",
        "Sizes of changes",
        "Mean change over a standard deviation, as Hedges corrects it.",
    ),
    (
        "paired-t-test",
        "p-values of changes",
        "Student\u{2019}s t test for pairs.",
    ),
    (
        "signed-rank",
        "p-values of ranks",
        "Wilcoxon\u{2019}s test, without children who did not change.",
    ),
    (
        "regression-to-the-mean",
        "Falls expected anyway",
        "What scores picked for being high would do with no real change.",
    ),
    (
        "mcnemar",
        "p-values of two bands",
        "McNemar\u{2019}s test: as many up as down, but for chance.",
    ),
    (
        "stuart-maxwell",
        "p-values of three bands",
        "Stuart-Maxwell test: the same shares, but for chance.",
    ),
    (
        "standard-deviation",
        "Standard deviations",
        "The spread of scores about their mean.",
    ),
    (
        "value-appraisal",
        "Costs, benefits and returns",
        "Sums worth today. Intervals come from draws of the inputs.",
    ),
    (
        "value-simulation",
        "Probabilities of a return",
        "The share of draws of all uncertain inputs together.",
    ),
    (
        "value-tornado",
        "Returns when an input moves",
        "One input at either end of its spread, all others as assumed.",
    ),
    (
        "value-switching",
        "Where the answer turns",
        "The value of one input at which benefits equal costs.",
    ),
    (
        "value-information",
        "Worth of knowing more",
        "What choosing would gain on average if inputs were known.",
    ),
    (
        "poisson-exact",
        "Moves for each year in care",
        "Moves over years in care, with an exact Poisson interval.",
    ),
    (
        "balance",
        "How alike the arms are",
        "Differences of means over the standard deviation of the programme\u{2019}s children before.",
    ),
    (
        "newcombe",
        "Differences of shares",
        "Newcombe\u{2019}s interval for a difference of two shares.",
    ),
    (
        "funnel",
        "Limits in the funnel",
        "Exact binomial limits round England\u{2019}s share.",
    ),
    (
        "welch",
        "Differences of means",
        "Welch\u{2019}s interval, for arms that vary unlike.",
    ),
    (
        "g-computation-cr2",
        "Differences in pairs",
        "A regression in either arm of the pairs, read for the programme\u{2019}s children. Errors by pair, for few of them.",
    ),
    (
        "kaplan-meier",
        "Shares over time",
        "Kaplan and Meier\u{2019}s curve, for children followed for unlike times.",
    ),
    (
        "restricted-mean",
        "Differences of time",
        "The mean time without the event up to the end of follow-up.",
    ),
    (
        "cox",
        "Hazard ratios",
        "How much more often it happens in the programme, by Cox\u{2019}s regression.",
    ),
    (
        "cumulative-incidence",
        "What came first",
        "Aalen and Johansen\u{2019}s shares: whatever comes first rules the others out.",
    ),
    (
        "log-rank",
        "p-values of curves",
        "The log-rank test of two curves.",
    ),
    (
        "gray",
        "p-values of what came first",
        "Gray\u{2019}s test of two such shares.",
    ),
    (
        "pool-effects",
        "Averages over authorities",
        "Restricted maximum likelihood, with Hartung and Knapp\u{2019}s interval.",
    ),
    (
        "rosenbaum",
        "Hidden bias",
        "Rosenbaum\u{2019}s bounds: how unlike in chance those of a pair may have been.",
    ),
    (
        "robustness-value",
        "Robustness",
        "The share of what is left of both that something unmeasured would have to explain.",
    ),
    (
        "holm",
        "p-values of several outcomes",
        "Holm\u{2019}s method: a chance finding is no likelier for asking about several.",
    ),
    (
        "e-value",
        "E-values",
        "How strong something unmeasured would have to be to explain a difference away.",
    ),
    (
        "extreme",
        "Lowest and highest",
        "One value, without an interval.",
    ),
];

/// The methods behind the figures that the pages speak of most; those that are printed.
const PRINTED: [&str; 22] = [
    "count",
    "wilson",
    "wilson-cluster",
    "t",
    "t-within-scale",
    "paired-t",
    "mmrm",
    "published",
    "value-appraisal",
    "value-simulation",
    "balance",
    "newcombe",
    "welch",
    "g-computation-cr2",
    "kaplan-meier",
    "cumulative-incidence",
    "cox",
    "pool-effects",
    "holm",
    "e-value",
    "rosenbaum",
    "robustness-value",
];

/// The methods that this report used, of those that are wanted.
fn methods(context: &Context<'_>, is_wanted: impl Fn(&str) -> bool) -> DataTable {
    let is_used = |method: &str| {
        let records = context.release.records().iter();
        records
            .map(Released::method)
            .any(|used| used.split('/').next() == Some(method))
    };
    let rows: Vec<DataRow> = METHODS
        .iter()
        .filter(|(method, ..)| is_used(method) && is_wanted(method))
        .map(|(_, figures, words_of)| cells::row(figures, [words(words_of)]))
        .collect();
    cells::table_of_words(&["Figures", "Method"], rows)
}

/// Everything in `study.toml` that can change a figure.
fn options(context: &Context<'_>) -> DataTable {
    let settings = context.settings;
    let period = settings.period;
    let rows: Vec<(&str, String)> = vec![
        (
            "Period",
            format!(
                "{} to {}",
                format::day(period.start),
                format::day(period.end)
            ),
        ),
        (
            "Nation whose rules apply",
            settings.country.label().to_owned(),
        ),
        (
            "Level of intervals (confidence)",
            format::level(settings.confidence),
        ),
        ("Seed of random draws (seed)", settings.seed.to_string()),
        (
            "Days to follow-up (follow_up_days)",
            format::count(u64::from(settings.follow_up_days)),
        ),
        (
            "Rules for small numbers (disclosure)",
            format!("{} ({})", settings.disclosure.label(), settings.disclosure),
        ),
        (
            "Comparison with all authorities (benchmark)",
            settings
                .benchmark
                .clone()
                .unwrap_or_else(|| "none".to_owned()),
        ),
    ];
    let rows: Vec<DataRow> = rows
        .into_iter()
        .chain(sdq_methods::options(settings))
        .chain(homes_methods::options(context))
        .chain(super::comparison::options(settings))
        .map(|(option, value)| cells::row(option, [words(&value)]))
        .collect();
    cells::table_of_words(&["Option", "As set"], rows)
}

fn imprint(context: &Context<'_>) -> String {
    let provenance = &context.inputs.provenance;
    format!(
        "Made by kinfolk {}, run {}.",
        provenance.version, provenance.run
    )
}
