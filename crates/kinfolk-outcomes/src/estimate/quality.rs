//! Rows read, rows set aside, and findings.

use std::collections::BTreeMap;

use kinfolk_model::{Code, Estimates, Finding, Group, Severity, Study, Table, Unit};
use kinfolk_stats::Confidence;

use super::entry::about;
use super::ledger::Ledger;

/// The measures of data quality: rows read and set aside, table by table, and findings by severity
/// and by rule. They stand for no child, and carry no cell.
pub fn assess_quality(study: &Study, findings: &[Finding]) -> Estimates {
    let mut ledger = Ledger::new(Confidence::default());
    let tables = [
        account("children", &study.children),
        account("objectives", &study.objectives),
        account("connections", &study.connections),
        account("connection_counts", &study.connection_counts),
        account("questionnaires", &study.questionnaires),
        account("monitoring", &study.monitoring),
    ];
    for table in tables.iter().filter(|table| table.is_present) {
        write(
            &mut ledger,
            "quality.rows_read",
            Group::of("table", table.name),
            table.n_read,
        );
        write(
            &mut ledger,
            "quality.rows_set_aside",
            Group::of("table", table.name),
            table.n_set_aside,
        );
    }
    for severity in Severity::ALL {
        let number = findings
            .iter()
            .filter(|finding| finding.severity == *severity)
            .count();
        write(
            &mut ledger,
            "quality.findings",
            Group::of("severity", severity.code()),
            number,
        );
    }
    for (rule, number) in by_rule(findings) {
        write(
            &mut ledger,
            "quality.findings",
            Group::of("rule", rule),
            number,
        );
    }
    ledger.finish()
}

/// What became of the rows of a table.
struct Account {
    name: &'static str,
    is_present: bool,
    n_read: usize,
    n_set_aside: usize,
}

fn account<R>(name: &'static str, table: &Table<R>) -> Account {
    Account {
        name,
        is_present: table.is_present(),
        n_read: table.n_read,
        n_set_aside: table.n_set_aside,
    }
}

fn by_rule(findings: &[Finding]) -> BTreeMap<&str, usize> {
    let mut rules = BTreeMap::new();
    for finding in findings {
        *rules.entry(finding.rule.as_ref()).or_default() += 1;
    }
    rules
}

fn write(ledger: &mut Ledger, measure: &str, group: Group, number: usize) {
    let (population, unit) = match measure {
        "quality.findings" => ("findings in the files", Unit::Findings),
        _ => ("rows in the files", Unit::Rows),
    };
    ledger.uncarried_count(about(measure, group, population), unit, number as u64);
}
