//! What records of a comparison call its methods, options and children.

use kinfolk_model::{ComparatorPool, ComparisonMethod, CovariateCaliper, MatchRule, format};
use kinfolk_stats::effect::OutcomeKind;

/// The caution beside the arms as they are.
pub const NOT_ALIKE: &str = "the arms may differ in more than the programme";
/// Why a covariate is not among those adjusted for.
pub const LEFT_OUT: &str = "covariates that say nothing new in an arm, or decide the outcome there, were left out of the \
     regression";
/// What errors by clusters do not count.
pub const ACROSS: &str = "some pairs lie across clusters, and errors take the two of them as apart; match within clusters to keep \
     them together";
/// Whom the arms as they are hold.
pub(crate) const AS_THEY_ARE: &str = "children who are compared and whose outcome is known";

/// The id of a method.
pub fn method_id(method: ComparisonMethod, kind: OutcomeKind) -> &'static str {
    match (method, kind) {
        (ComparisonMethod::Unadjusted, OutcomeKind::YesOrNo) => "newcombe/1",
        (ComparisonMethod::Unadjusted, OutcomeKind::Measured) => "welch/1",
        (ComparisonMethod::Matched, _) => "g-computation-cr2/1",
        (ComparisonMethod::AttWeights, _) => "att-weights-sandwich/1",
        (ComparisonMethod::Overlap, _) => "overlap-weights-sandwich/1",
        (ComparisonMethod::Entropy, _) => "entropy-balancing-sandwich/1",
        (ComparisonMethod::Aipw, _) => "aipw-att/1",
    }
}

/// Whom a method speaks of.
pub fn of_whom(method: ComparisonMethod) -> &'static str {
    match method {
        ComparisonMethod::Unadjusted => AS_THEY_ARE,
        ComparisonMethod::Matched => {
            "children of the programme with a comparator, and their comparators"
        }
        ComparisonMethod::AttWeights | ComparisonMethod::Entropy | ComparisonMethod::Aipw => {
            "children of the programme, and comparators made like them"
        }
        ComparisonMethod::Overlap => "children who might have been in either arm",
    }
}

/// Calipers of covariates, in their own units: `calipers=age:1,placements_before:2`; `None` without any.
pub fn calipers_of(calipers: &[CovariateCaliper]) -> Option<String> {
    let words = |own: &CovariateCaliper| format!("{}:{}", own.covariate, format::exact(own.width));
    let words: Vec<String> = calipers.iter().map(words).collect();
    (!words.is_empty()).then(|| format!("calipers={}", words.join(",")))
}

/// The options of how comparators are found: `caliper=0.2;scale=logit;ratio=1;order=largest`.
pub fn rule_options(rule: &MatchRule) -> String {
    let caliper = rule.caliper.map_or("none".to_owned(), format::exact);
    match rule.pool {
        ComparatorPool::Any => format!(
            "caliper={caliper};scale={};ratio={};order=largest",
            rule.scale, rule.ratio
        ),
        ComparatorPool::RiskSet => format!(
            "comparators=risk-set;caliper={caliper};scale=log-hazard;ratio=1;order=earliest"
        ),
    }
}
