//! The grammar of `kinfolk published`.

use std::path::PathBuf;

use clap::Args;

const EXAMPLES: &str = "\
Examples:
  kinfolk published tables.csv > tables.json
  kinfolk published tables.csv --confidence 0.9";

const NOTES: &str = "\
A row sets two groups side by side. Columns: n_1 and n_2; events_1 and events_2, or mean_1, sd_1, mean_2 and
sd_2; and, as printed, label, percent_1, percent_2 and n_total.

The same people at two occasions, where a row has the columns both, only_1, only_2 and neither: how many had
it at both, at the first only, at the second only, at neither. They give both shares, the change in the share
(second less first) with Newcombe's interval for pairs, and McNemar's test.

Counts of two groups give the difference of shares, the ratios and three tests, means the difference with its tests and its
size in standard deviations; all unadjusted, the first group less the second. Percentages that their counts do
not give, means that whole numbers do not have and totals that are no sum are named.";

#[derive(Debug, Args)]
#[command(before_help = EXAMPLES, after_help = NOTES)]
pub(crate) struct PublishedArguments {
    /// The table: CSV, or Parquet by its extension
    #[arg(value_name = "TABLE")]
    pub(crate) input: PathBuf,
    /// The level of the intervals, 0.5 to 0.999
    #[arg(long, value_name = "LEVEL", default_value_t = 0.95)]
    pub(crate) confidence: f64,
}
