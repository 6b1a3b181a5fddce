//! Four counts that others printed of the same people at two occasions, worked out and checked.

use kinfolk_ingest::plain::printed_pairs::PrintedPairs;
use kinfolk_model::{Estimate, Group, Statistic, Unit, format};
use kinfolk_stats::{
    Confidence, PairedProportions, Proportion, StatsError, mcnemar, paired_risk_difference, wilson,
};

use super::published::{WorkedOut, as_published, percent_doubt};
use super::records::{estimated, valued};

/// The shares at either occasion, the change in the share with its interval for pairs, and McNemar's
/// test.
///
/// # Errors
///
/// None that counts of at least one person could give.
pub(super) fn work_out_pairs(
    row: &PrintedPairs,
    confidence: Confidence,
) -> Result<WorkedOut, StatsError> {
    let mut estimates = Vec::new();
    for (name, events) in ["1", "2"].into_iter().zip(row.events()) {
        let share = Proportion::new(events, row.people())?;
        let group = group(row).and("of", name);
        let record = Estimate {
            numerator: Some(events),
            denominator: Some(row.people()),
            ..as_published("wilson/1").record(group, Statistic::Proportion, Unit::Proportion)
        };
        estimates.push(estimated(record, wilson(share, confidence), confidence));
    }
    let pairs = PairedProportions {
        both: row.both,
        first_only: row.first_only,
        second_only: row.second_only,
        neither: row.neither,
    };
    let record = Estimate {
        denominator: Some(row.people()),
        ..as_published("newcombe-paired/1").record(
            group(row),
            Statistic::Difference,
            Unit::Proportion,
        )
    };
    let change = paired_risk_difference(pairs, confidence);
    estimates.push(estimated(record, change, confidence));
    estimates.extend(tests(row, confidence));
    Ok(WorkedOut {
        row: row.row,
        label: row.label.clone(),
        estimates,
        doubts: doubts_of(row),
    })
}

/// McNemar's test in each of its forms; chi-square only where somebody changed.
fn tests(row: &PrintedPairs, confidence: Confidence) -> Vec<Estimate> {
    let found = mcnemar(row.first_only, row.second_only);
    let forms = [
        ("mcnemar", Some(found.p_value())),
        ("exact", Some(found.exact)),
        ("mid_p", Some(found.mid_p)),
        ("chi_square", found.chi_square.map(|test| test.p_value)),
        (
            "corrected",
            found.chi_square_corrected.map(|test| test.p_value),
        ),
    ];
    let told = forms.into_iter().filter(|(_, p_value)| p_value.is_some());
    told.map(|(form, p_value)| {
        let group = group(row).and("test", form);
        let record = Estimate {
            numerator: Some(found.changed()),
            denominator: Some(row.people()),
            ..as_published("mcnemar/1").record(group, Statistic::PValue, Unit::None)
        };
        valued(record, p_value, None, confidence)
    })
    .collect()
}

fn group(row: &PrintedPairs) -> Group {
    Group::of("row", &row.label)
}

/// What cannot be right in a row.
fn doubts_of(row: &PrintedPairs) -> Vec<String> {
    let n = row.people();
    let percents = row.percents.into_iter().zip(row.events());
    let percents =
        percents.filter_map(|(percent, events)| percent_doubt(percent?, (Some(events), n)));
    let total = row.n_total.filter(|total| *total != n).map(|total| {
        let [n, total] = [n, total].map(format::count);
        format!("the four counts are {n}, not {total}")
    });
    percents.chain(total).collect()
}
