//! What the programme costs and what it is worth, of a study or of a cost file alone.

use std::borrow::Cow;
use std::path::Path;

use kinfolk_disclosure::{Release, Released};
use kinfolk_economics::{
    EconomicsError, appraise, is_near_one, not_appraised, study_estimates, value_estimates,
};
use kinfolk_ingest::{read_costs, rule};
use kinfolk_model::{Costs, DisclosureProfile, Estimate, Estimates, Finding, Place, Severity};

use crate::Error;
use crate::stages::Summary;
use crate::study::{Opened, folder_name};

/// The file of costs in a study folder.
const COSTS_FILE: &str = "costs.toml";

/// Why sums that rest on counts of the study are not made where every count is rounded.
const ROUNDED: &str = "sums that rest on estimates of the study would give counts back that \
    nhs-round5 rounds; state the numbers in costs.toml";

/// An appraisal of a cost file alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Appraised {
    /// The name of the file.
    pub file: String,
    /// Every figure; none when a finding is an error.
    pub estimates: Vec<Estimate>,
    /// What is wrong or doubtful in the file, and in the result.
    pub findings: Vec<Finding>,
}

impl Appraised {
    /// The figures in the form that single methods have.
    pub fn summary(&self) -> Summary {
        Summary::new(&self.file, self.estimates.clone())
    }
}

/// Appraises a cost file. Estimates that it names are looked for in `estimates`, which may be empty.
/// Nothing in the result was checked for disclosure.
///
/// # Errors
///
/// [`Error::Ingest`] when the file cannot be opened. What is wrong in it is a finding.
pub fn value(path: &Path, estimates: &Estimates) -> Result<Appraised, Error> {
    let read = read_costs(path)?;
    let file = folder_name(path);
    let mut appraised = Appraised {
        file,
        estimates: Vec::new(),
        findings: read.findings,
    };
    let Some(costs) = read.costs else {
        return Ok(appraised);
    };
    let made = figures(&costs, estimates);
    let found = found_by_run(&appraised.file, made.as_ref());
    appraised.findings.extend(found);
    appraised.estimates = made.map_or_else(|_| Vec::new(), |figures| figures.records);
    Ok(appraised)
}

/// What only a run shows to be wrong or doubtful in the costs of a study: an estimate that it does not
/// have, a return close to one. Runs the whole analysis, unless the study has no costs.
pub fn check_value(opened: &Opened) -> Vec<Finding> {
    let Some(costs) = &opened.study.costs else {
        return Vec::new();
    };
    let estimates = match study_estimates(costs).is_empty() {
        true => Estimates::default(),
        false => kinfolk_outcomes::analyse(&opened.study),
    };
    found_by_run(COSTS_FILE, figures(costs, &estimates).as_ref())
}

fn found_by_run(file: &str, made: Result<&Estimates, &EconomicsError>) -> Vec<Finding> {
    match made {
        Ok(figures) => close_to_one(file, &figures.records),
        Err(error) => vec![refusal(file, error)],
    }
}

/// The appraisal of a study that has costs, from its other estimates. When it cannot be made, one
/// figure without a value says why.
pub(crate) fn value_of_study(
    costs: &Costs,
    estimates: &Estimates,
    profile: DisclosureProfile,
) -> Estimates {
    let figures = match profile {
        DisclosureProfile::NhsRound5 if !study_estimates(costs).is_empty() => {
            Err(ROUNDED.to_owned())
        }
        _ => figures(costs, estimates).map_err(|error| error.to_string()),
    };
    figures.unwrap_or_else(|reason| not_appraised(costs, estimates, &reason))
}

fn figures(costs: &Costs, estimates: &Estimates) -> Result<Estimates, EconomicsError> {
    let appraisal = appraise(costs, estimates)?;
    value_estimates(&appraisal, costs, estimates)
}

/// The release of all authorities with some figures of one, as its own report has them. What is for that
/// authority alone stays there.
pub(crate) fn beside(
    all: Release,
    (authority, own): (&str, &Release),
    is_wanted: fn(&Released) -> bool,
) -> Release {
    let stays_inside = own.profile() == DisclosureProfile::Internal;
    if stays_inside && all.profile() != DisclosureProfile::Internal {
        return all;
    }
    all.with_figures_of(authority, own, is_wanted)
}

/// The costs, the three returns, how surely each pays, and the balance of each.
pub(crate) fn is_headline(released: &Released) -> bool {
    let keys: Vec<&str> = released.group().pairs().map(|(key, _)| key).collect();
    match released.key().measure.as_str() {
        "value.cost" => keys.is_empty(),
        "value.return_per_pound" => keys.is_empty() || keys == ["case"],
        "value.probability_pays" | "value.net_present_value" => keys == ["case"],
        _ => false,
    }
}

/// A warning for each ratio to which small changes matter.
fn close_to_one(file: &str, records: &[Estimate]) -> Vec<Finding> {
    let is_of_case = |record: &&Estimate| {
        record.measure == "value.return_per_pound"
            && record.group.pairs().count() == 1
            && record.group.get("case").is_some()
    };
    let returns = records.iter().filter(is_of_case);
    returns
        .filter(|record| record.value.is_some_and(is_near_one))
        .map(|record| {
            let case = record.group.get("case").unwrap_or_default();
            finding(
                "ratio-near-one",
                file,
                format!("the {case} return is within a tenth of one"),
            )
        })
        .collect()
}

fn refusal(file: &str, error: &EconomicsError) -> Finding {
    let rule = match error {
        EconomicsError::NoEstimate { .. } => "estimate-missing",
        EconomicsError::PriceYear(_) => "price-year-outside-index",
        EconomicsError::Spread { .. } => "spread-impossible",
        EconomicsError::UnknownInput(_)
        | EconomicsError::Correlations(_)
        | EconomicsError::Lengths { .. }
        | EconomicsError::Thresholds(_) => "costs-unreadable",
    };
    finding(rule, file, error.to_string())
}

/// A breach of a rule by the file as a whole.
pub(crate) fn finding(id: &'static str, file: &str, message: String) -> Finding {
    let rule = rule(id);
    Finding {
        rule: Cow::Borrowed(id),
        severity: rule.map_or(Severity::Error, |rule| rule.severity),
        place: Place {
            file: file.to_owned(),
            ..Place::default()
        },
        child_id: None,
        value: None,
        message,
        why: rule.map_or_else(String::new, |rule| rule.why.to_owned()),
        help: rule.map_or_else(String::new, |rule| rule.help.to_owned()),
        row_set_aside: false,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use kinfolk_ingest::ReadOptions;

    use super::*;

    const COSTS: &str = include_str!("../../../data/demo/costs.toml");

    fn appraised(text: &str) -> Appraised {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("costs.toml");
        fs::write(&path, text).unwrap();
        value(&path, &Estimates::default()).unwrap()
    }

    fn rules(appraised: &Appraised) -> Vec<&str> {
        let findings = appraised.findings.iter();
        findings.map(|finding| finding.rule.as_ref()).collect()
    }

    fn alone() -> String {
        COSTS
            .replace("{ estimate = \"reach.children\" }", "72")
            .replace("draws = 10000", "draws = 500")
    }

    #[test]
    fn a_file_alone_has_no_estimates_to_rest_on() {
        let without = appraised(COSTS);
        assert!(rules(&without).contains(&"estimate-missing"));
        assert!(without.estimates.is_empty());
        assert!(!appraised(&alone()).estimates.is_empty());
    }

    #[test]
    fn what_only_a_run_shows_is_a_finding() {
        let check = |from: &str, to: &str, rule: &str| {
            let text = alone();
            assert!(text.contains(from));
            let appraised = appraised(&text.replace(from, to));
            assert!(
                rules(&appraised).contains(&rule),
                "{:?}",
                appraised.findings
            );
        };
        check(
            "outcome.exclusions.reduction\"",
            "nobody\"",
            "costs-unreadable",
        );
        check("children = 72", "children = 44", "ratio-near-one");
    }

    #[test]
    fn the_demonstration_is_appraised_with_its_own_children() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/demo");
        let today = "2025-06-01".parse().unwrap();
        let mut opened = crate::open(Path::new(folder), &ReadOptions { today }).unwrap();
        if let Some(costs) = &mut opened.study.costs {
            costs.draws = 200;
        }
        let estimates = crate::analyse(&opened);
        let cost = estimates.of("value.cost").next().unwrap().value.unwrap();
        let each = estimates.of("value.cost_per_child").next().unwrap();
        let children = estimates
            .of("reach.children")
            .next()
            .unwrap()
            .value
            .unwrap();
        assert!((each.value.unwrap() * children / cost - 1.0).abs() < 1e-12);
        // What rests on the children gives them away.
        let behind = &estimates.structure.carried[&each.key()].rests_on;
        let count = estimates.of("reach.children").next().unwrap().key();
        let cell = estimates.structure.carried[&count].value.clone().unwrap();
        assert!(behind.contains(&cell));
        let release = crate::release(&estimates, &opened.study).unwrap();
        let released = release.to_estimates();
        let shown = released
            .iter()
            .find(|record| record.measure == "value.cost")
            .unwrap();
        assert_eq!(shown.value, Some(cost.round()));
    }

    #[test]
    fn a_rounding_profile_makes_no_sums_of_exact_counts() {
        let costs = kinfolk_ingest::read_costs(
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/demo/costs.toml").as_ref(),
        );
        let costs = costs.unwrap().costs.unwrap();
        let none = Estimates::default();
        let figures = value_of_study(&costs, &none, DisclosureProfile::NhsRound5);
        assert_eq!(figures.records.len(), 1);
        assert!(figures.records[0].note.contains("nhs-round5"));
        let figures = value_of_study(&costs, &none, DisclosureProfile::DfeCsc);
        assert!(figures.records[0].note.contains("reach.children"));
    }
}
