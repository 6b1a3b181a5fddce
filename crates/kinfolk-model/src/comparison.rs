//! `[comparison]` of `study.toml`: how the programme's children are compared with others.

use serde::Serialize;

use crate::code::code_set;

code_set! {
    /// How the arms are made comparable.
    ComparisonMethod as "method" {
        /// Not at all.
        Unadjusted = "unadjusted", "As they are";
        /// Pairs by propensity score, then a regression within each arm.
        Matched = "matched", "Matched pairs";
        /// Comparators weighted to be like the programme's children.
        AttWeights = "att-weights", "Weighted to the programme\u{2019}s children", ["att_weights"];
        /// Both arms weighted to the children who might have been in either.
        Overlap = "overlap", "Weighted to children who might be in either arm";
        /// Comparators weighted so that the means of all covariates agree.
        Entropy = "entropy", "Comparators weighted to equal means";
        /// Outcome regression and propensity score together.
        Aipw = "aipw", "Outcome model and weights together";
    }
}

code_set! {
    /// On which scale of the propensity score distances and the caliper are measured.
    ScoreScale as "scale" {
        /// Log odds.
        Logit = "logit", "Log odds";
        /// The probability itself.
        Probability = "probability", "Probability";
    }
}

code_set! {
    /// What ends the time in which an outcome can come about.
    CompetingEnd as "competing end" {
        Adoption = "adoption", "Adoption", ["adopted"];
        ReturnHome = "return_home", "Return home", ["returned_home", "reunification"];
        LeftCare = "left_care", "Leaving care", ["leaving_care"];
        Eighteen = "eighteen", "Turning 18", ["18", "turned_18"];
    }
}

code_set! {
    /// Who may be a comparator of whom.
    ComparatorPool as "comparators" {
        /// Each comparator of any child of the programme, both followed from days of their own.
        Any = "any", "Any comparator";
        /// Whoever had been in care as long when a child's work began, and was not yet in the
        /// programme; both followed from that time in care.
        RiskSet = "risk-set", "Children in care as long, not yet in the programme", ["risk_set"];
    }
}

/// How comparators are found by propensity score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MatchRule {
    /// How far apart a pair may lie, in standard deviations of the score over all children; `None`
    /// for no limit.
    pub caliper: Option<f64>,
    /// On which scale. In risk sets the scale is always the log hazard of joining.
    pub scale: ScoreScale,
    /// Comparators for each child of the programme, at least 1. In risk sets always 1.
    pub ratio: usize,
    /// Who may be a comparator of whom.
    pub pool: ComparatorPool,
}

impl Default for MatchRule {
    /// One comparator within 0.2 standard deviations of the logit.
    fn default() -> Self {
        Self {
            caliper: Some(0.2),
            scale: ScoreScale::Logit,
            ratio: 1,
            pool: ComparatorPool::Any,
        }
    }
}

/// A covariate in which pairs must lie near each other as well.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CovariateCaliper {
    /// The column, of numbers.
    pub covariate: String,
    /// How far apart a pair may lie in it, in the column's own unit; above 0.
    pub width: f64,
}

/// How the programme's children are compared with others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparisonSettings {
    /// Columns of the cohort, or kinds of event, in the order of the report. One family.
    pub outcomes: Vec<String>,
    /// Columns of the cohort in which the arms may differ.
    pub covariates: Vec<String>,
    /// Columns of the cohort in which pairs must be the same.
    pub exact: Vec<String>,
    /// Covariates in which pairs must lie near each other.
    pub calipers: Vec<CovariateCaliper>,
    /// The column of the cohort that says which authority a child belongs to: effects are then also
    /// estimated within each and pooled, and again without each. `None` where all belong to one.
    pub authority: Option<String>,
    /// How the arms are made comparable, beside the comparison as they are.
    pub method: ComparisonMethod,
    /// How comparators are found.
    pub rule: MatchRule,
    /// Days within which an event counts.
    pub follow_up_days: u16,
    /// What rules an event out.
    pub competing: Vec<CompetingEnd>,
    /// The smallest difference of shares that would matter, 0..=1; `None` where none was named.
    pub margin: Option<f64>,
}

/// Words for outcomes and covariates that many studies have.
const OUTCOME_LABELS: [(&str, &str); 11] = [
    ("same_home", "Still in the same home"),
    ("placement_move", "Moved to another placement"),
    ("missing", "Went missing"),
    ("away", "Was away without authorisation"),
    ("offence", "Recorded offence"),
    ("exclusion", "Excluded from school"),
    ("homelessness", "Homeless"),
    ("return_home", "Returned home"),
    ("left_care", "Left care"),
    ("adoption", "Adopted"),
    ("sdq", "SDQ"),
];

/// The words for the event behind an outcome: of `same_home`, which is staying without one, what ends it.
///
/// ```
/// use kinfolk_model::event_label;
/// assert_eq!(event_label("same_home"), "Moved to another placement");
/// assert_eq!(event_label("missing"), "Went missing");
/// ```
pub fn event_label(outcome: &str) -> String {
    outcome_label(match outcome {
        "same_home" => "placement_move",
        other => other,
    })
}

/// The words for an outcome of a comparison: its known label, else its code with spaces.
///
/// ```
/// use kinfolk_model::outcome_label;
/// assert_eq!(outcome_label("same_home"), "Still in the same home");
/// assert_eq!(outcome_label("good_attendance"), "Good attendance");
/// ```
pub fn outcome_label(code: &str) -> String {
    let known = OUTCOME_LABELS.iter().find(|(known, _)| *known == code);
    if let Some((_, label)) = known {
        return (*label).to_owned();
    }
    let words = code.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

impl ComparisonSettings {
    /// Whether arms are compared in pairs at the same time in care from the start, so that they are never as they
    /// came.
    pub fn is_in_pairs(&self) -> bool {
        self.rule.pool == ComparatorPool::RiskSet
    }
}
