//! What a comparison will be, written from its options before any outcome is looked at.

use kinfolk_model::{ComparatorPool, MatchRule, ScoreScale, format};

use super::matching::CohortMatch;

impl CohortMatch {
    /// The protocol as Markdown: who is compared, how, and what could be found at all. It names no
    /// outcome, because none was read.
    pub fn protocol(&self) -> String {
        let mut lines = vec![
            "# Protocol of the comparison".to_owned(),
            String::new(),
            "Written from the options before any outcome was read.".to_owned(),
            String::new(),
            "## Who is compared".to_owned(),
            String::new(),
        ];
        lines.extend(self.flow_lines());
        lines.extend(["", "## How comparators are found", ""].map(str::to_owned));
        lines.extend(self.rule_lines());
        lines.extend(["", "## What could be found", ""].map(str::to_owned));
        lines.push(self.detectable_line());
        lines.extend(["", "## To be filled in", ""].map(str::to_owned));
        lines.extend(
            [
                "- The question, and for whom the effect is asked.",
                "- The outcomes, which of them is the first, and their family for Holm's method.",
                "- The index date of each arm, and how long children are followed.",
                "- Endings that rule an outcome out: adoption, return home, turning 18.",
                "- Why these covariates, and what is known to matter and is not recorded.",
            ]
            .map(str::to_owned),
        );
        lines.join("\n") + "\n"
    }

    fn flow_lines(&self) -> Vec<String> {
        let (matched, n) = self.n_matched();
        let count = |n: usize| format::count(n as u64);
        vec![
            format!(
                "- {} children in `{}`",
                count(n + self.n_comparators()),
                self.file()
            ),
            format!(
                "- {} of the programme, {} comparators",
                count(n),
                count(self.n_comparators())
            ),
            format!(
                "- {} of the programme with a comparator, {} without",
                count(matched),
                count(n - matched)
            ),
        ]
    }

    fn rule_lines(&self) -> Vec<String> {
        let rule = self.rule();
        let caliper = match (rule.caliper, self.matches.caliper) {
            (Some(sd), Some(width)) => format!(
                "- Within {} standard deviations of it over all children, which is {}",
                format::exact(sd),
                format::number(width, 4)
            ),
            _ => "- Without a caliper".to_owned(),
        };
        let mut lines = vec![
            chosen(rule),
            caliper,
            format!("- {} for each child of the programme", rule.ratio),
            format!("- Covariates: {}", self.covariate_names().join(", ")),
        ];
        lines.extend(self.calipers().iter().map(|own| {
            let width = format::exact(own.width);
            format!(
                "- No further apart than {width} in {}, in its own unit",
                own.covariate
            )
        }));
        if !self.exact_names().is_empty() {
            lines.push(format!("- The same in: {}", self.exact_names().join(", ")));
        }
        if !self.references().is_empty() {
            lines.push(format!(
                "- Words as 1 and 0: {}",
                self.references().join(", ")
            ));
        }
        lines
    }

    fn detectable_line(&self) -> String {
        match self.detectable() {
            Some(found) => format!(
                "With these numbers a two-sided test at 5 per cent finds, four times in five, a difference \
                 of {} standard deviations or more; for a share of a half among comparators, one of {} \
                 percentage points or more.",
                format::number(found.standardised, 2),
                format::number(100.0 * found.share, 0)
            ),
            None => "With these numbers no difference could be found.".to_owned(),
        }
    }
}

/// Who takes whom.
fn chosen(rule: MatchRule) -> String {
    let scale = match rule.scale {
        ScoreScale::Logit => "the logit of the propensity score",
        ScoreScale::Probability => "the propensity score",
    };
    match rule.pool {
        ComparatorPool::Any => {
            format!("- Nearest on {scale}, the highest first, without replacement, ties by id")
        }
        ComparatorPool::RiskSet => {
            "- Nearest in the log hazard of joining among those in care as long and not yet in the \
             programme, the earliest first, without replacement, ties by id"
                .to_owned()
        }
    }
}
