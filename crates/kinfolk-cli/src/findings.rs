//! Findings on screen: grouped by rule, the gravest first, with the first few places of each.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use kinfolk::TopicKind;
use kinfolk::model::format;
use kinfolk::prelude::{Code, Finding, Place, Severity};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme};

/// How many places of one rule are shown.
const SHOWN: usize = 5;
/// The width of the page, in characters.
const WIDTH: usize = 100;

/// How findings are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// In colour.
    Colour,
    /// Without colour, for files and pipes.
    Plain,
}

/// All findings of one rule.
#[derive(Debug)]
struct RuleGroup<'a> {
    title: String,
    findings: Vec<&'a Finding>,
}

impl RuleGroup<'_> {
    fn first(&self) -> Option<&Finding> {
        self.findings.first().copied()
    }

    fn severity_of_first(&self) -> Option<Severity> {
        self.first().map(|finding| finding.severity)
    }
}

impl fmt::Display for RuleGroup<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.title)?;
        for finding in self.findings.iter().take(SHOWN) {
            write!(f, "\n\u{2022} {}", line(finding))?;
        }
        let n_findings = self.findings.len();
        if n_findings > SHOWN {
            write!(
                f,
                "\n\u{2022} {SHOWN} of {n_findings} shown; the work-list holds all"
            )?;
        }
        Ok(())
    }
}

impl std::error::Error for RuleGroup<'_> {}

impl Diagnostic for RuleGroup<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let finding = self.first()?;
        Some(Box::new(finding.rule.as_ref()))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity_of_first()? {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let finding = self.first()?;
        Some(Box::new(format!("{} {}", finding.why, finding.help)))
    }
}

/// Where, whose and what, in one line; what is said of the folder as a whole stands alone.
fn line(finding: &Finding) -> String {
    let child = finding
        .child_id
        .as_ref()
        .map_or_else(String::new, |id| format!(" (child {id})"));
    let set_aside = if finding.row_set_aside {
        "; row set aside"
    } else {
        ""
    };
    let message = &finding.message;
    match place(&finding.place) {
        whole if whole.is_empty() => format!("{message}{set_aside}"),
        place => format!("{place}{child}: {message}{set_aside}"),
    }
}

/// A place as an analyst looks for it: sheet and cell first in a workbook.
fn place(place: &Place) -> String {
    let file = Some(&place.file).filter(|file| !matches!(file.as_str(), "" | "."));
    let mut parts: Vec<String> = file.cloned().into_iter().collect();
    if let Some(sheet) = &place.sheet {
        parts.push(format!("sheet \u{201c}{sheet}\u{201d}"));
    }
    match (place.cell(), place.row) {
        (Some(cell), _) => parts.push(format!("cell {cell}")),
        (None, Some(row)) => parts.push(format!("row {row}")),
        (None, None) => {}
    }
    parts.join(", ")
}

/// Findings by rule: errors, then warnings, then notes; within them the commonest rule first.
fn grouped(findings: &[Finding]) -> Vec<RuleGroup<'_>> {
    let mut by_rule: BTreeMap<(Severity, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        by_rule
            .entry((finding.severity, finding.rule.as_ref()))
            .or_default()
            .push(finding);
    }
    let mut groups: Vec<RuleGroup<'_>> = by_rule
        .into_iter()
        .map(|((_, rule), findings)| RuleGroup {
            title: title(rule),
            findings,
        })
        .collect();
    groups.sort_by_key(|group| {
        (
            group.severity_of_first(),
            std::cmp::Reverse(group.findings.len()),
        )
    });
    groups
}

/// The title of a rule; its id where it has none.
fn title(rule: &str) -> String {
    kinfolk::explain(rule)
        .unwrap_or_default()
        .into_iter()
        .find(|explanation| explanation.kind == TopicKind::Rule)
        .map_or_else(|| rule.to_owned(), |explanation| explanation.title)
}

/// The findings as text, with a summary at the end.
pub(crate) fn to_text(findings: &[Finding], style: Style) -> String {
    let theme = match style {
        Style::Colour => GraphicalTheme::unicode(),
        Style::Plain => GraphicalTheme::unicode_nocolor(),
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(WIDTH)
        .with_links(false);
    let mut text = String::new();
    for group in grouped(findings) {
        // Writing to a string cannot fail.
        handler.render_report(&mut text, &group).ok();
        text.push('\n');
    }
    writeln!(text, "{}", summary(findings)).ok();
    text
}

/// How many findings there are, in one line.
pub(crate) fn summary(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "Nothing found.".to_owned();
    }
    let counts: Vec<String> = Severity::ALL
        .iter()
        .map(|severity| {
            let n = findings.iter().filter(|f| f.severity == *severity).count();
            counted(n, severity.code())
        })
        .collect();
    let set_aside = findings.iter().filter(|finding| finding.row_set_aside);
    format!(
        "{}; {} led to a row being set aside.",
        counts.join(", "),
        set_aside.count()
    )
}

/// `1 error`, `2 errors`.
pub(crate) fn counted(n: usize, what: &str) -> String {
    let ending = if n == 1 { "" } else { "s" };
    format!("{} {what}{ending}", format::count(n as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(rule: &'static str, severity: Severity, row: u32) -> Finding {
        Finding {
            rule: rule.into(),
            severity,
            place: Place {
                file: "tracker.xlsx".to_owned(),
                sheet: Some("Tracker".to_owned()),
                row: Some(row),
                column: Some(6),
                header: None,
            },
            child_id: None,
            value: None,
            message: "what is wrong".to_owned(),
            why: "Why it matters.".to_owned(),
            help: "What to do.".to_owned(),
            row_set_aside: row == 2,
        }
    }

    #[test]
    fn many_findings_of_a_rule_are_cut_short_and_counted() {
        let findings: Vec<Finding> = (2..9)
            .map(|row| finding("date-order", Severity::Error, row))
            .collect();
        let text = to_text(&findings, Style::Plain);
        assert!(
            text.contains("tracker.xlsx, sheet \u{201c}Tracker\u{201d}, cell F2"),
            "{text}"
        );
        assert!(text.contains("row set aside"), "{text}");
        assert!(text.contains("F6") && !text.contains("F7"), "{text}");
        assert!(text.contains("5 of 7 shown"), "{text}");
        assert!(text.contains("Dates in an impossible order"), "{text}");
        assert!(
            text.contains("date-order") && text.contains("What to do."),
            "{text}"
        );
        assert!(
            text.contains("7 errors, 0 warnings, 0 notes; 1 led to"),
            "{text}"
        );
        assert!(!text.contains('\u{1b}'), "{text}");
    }

    #[test]
    fn the_gravest_come_first() {
        let findings = [
            finding("extra-columns", Severity::Note, 1),
            finding("orphan-id", Severity::Warning, 1),
            finding("date-order", Severity::Error, 1),
        ];
        let groups = grouped(&findings);
        let rules: Vec<&str> = groups
            .iter()
            .filter_map(RuleGroup::first)
            .map(|finding| finding.rule.as_ref())
            .collect();
        assert_eq!(rules, ["date-order", "orphan-id", "extra-columns"]);
        assert_eq!(summary(&[]), "Nothing found.");
    }
}
