//! Rows read, rows set aside, and findings.

use std::collections::{BTreeMap, HashSet};
use std::hash::Hash;

use kinfolk_model::care::{CareRecords, ReturnAccount};
use kinfolk_model::{Code, Estimates, Finding, Group, Severity, Study, Table, Unit};
use kinfolk_stats::Confidence;

use super::entry::about;
use super::ledger::Ledger;
use super::tally::Tally;

/// The measures of data quality: rows read and set aside, table by table, and findings by severity
/// and by rule. Rows stand for the children whose rows they are: a table of three rows tells of three
/// children as plainly as any count of them.
pub fn assess_quality(study: &Study, findings: &[Finding]) -> Estimates {
    let mut ledger = Ledger::new(Confidence::default());
    let tables = [
        account("children", &study.children, |rows| {
            Some(distinct(rows.iter().map(|row| &row.child_id)))
        }),
        account("objectives", &study.objectives, |rows| {
            Some(distinct(rows.iter().map(|row| &row.child_id)))
        }),
        account("connections", &study.connections, |rows| {
            Some(distinct(rows.iter().map(|row| &row.child_id)))
        }),
        account("connection_counts", &study.connection_counts, |rows| {
            Some(distinct(rows.iter().map(|row| &row.child_id)))
        }),
        account("questionnaires", &study.questionnaires, |rows| {
            Some(distinct(rows.iter().map(|row| &row.response_id)))
        }),
        account("monitoring", &study.monitoring, |_| None),
    ];
    for table in tables.iter().filter(|table| table.is_present) {
        table.write(&mut ledger);
    }
    for table in &study.care.tables {
        match account_of_return(table, &study.care.records) {
            Some(account) => account.write(&mut ledger),
            None => set_aside(&mut ledger, &table.name, table.n_set_aside),
        }
    }
    // How many rows of scores there are could tell, beside the counts by wave, how many children stand
    // behind a small one; how many were set aside cannot.
    set_aside(&mut ledger, "sdq", study.sdq.n_set_aside as u64);
    set_aside(&mut ledger, "oc2", study.oc2.n_set_aside as u64);
    set_aside(&mut ledger, "cohort", study.cohort.n_set_aside as u64);
    set_aside(&mut ledger, "events", study.events.n_set_aside as u64);
    for severity in Severity::ALL {
        let number = findings
            .iter()
            .filter(|finding| finding.severity == *severity)
            .count();
        write(&mut ledger, Group::of("severity", severity.code()), number);
    }
    for (rule, number) in by_rule(findings) {
        write(&mut ledger, Group::of("rule", rule), number);
    }
    ledger.finish()
}

const SET_ASIDE: &str = "quality.rows_set_aside";

/// Rows set aside of a table of which it is not said how many were read; nothing where there are none.
fn set_aside(ledger: &mut Ledger, table: &str, number: u64) {
    if number > 0 {
        let subject = about(SET_ASIDE, Group::of("table", table), "rows in the files");
        ledger.uncarried_count(subject, Unit::Rows, number);
    }
}

/// What became of the rows of a table of the return; `None` for one that feeds no figure, of which
/// it is not known how many children stand behind its rows.
fn account_of_return(table: &ReturnAccount, records: &CareRecords) -> Option<Account> {
    let with_episodes = || records.children.iter().filter(|child| child.has_episodes);
    let children = match table.name.as_str() {
        "header" => records.children.len(),
        "episodes" => with_episodes().count(),
        "missing" => distinct(records.missing.iter().map(|row| row.child)),
        "oc2" => distinct(records.yearly.iter().map(|row| row.child)),
        "oc3" => distinct(records.care_leavers.iter().map(|row| row.child)),
        _ => return None,
    };
    let used = table.n_read.saturating_sub(table.n_set_aside);
    Some(Account {
        name: table.name.clone(),
        is_present: true,
        used: Tally {
            name: format!("rows/returns/{}", table.name),
            value: used,
            children: Some(used.min(children as u64)),
            scores: None,
        },
        n_set_aside: table.n_set_aside,
    })
}

/// How many there are, the same counted once; the rows of a child or of a form mostly follow one
/// another.
fn distinct<T: Eq + Hash>(rows: impl Iterator<Item = T>) -> usize {
    let mut changes: Vec<T> = Vec::new();
    for row in rows {
        if changes.last() != Some(&row) {
            changes.push(row);
        }
    }
    changes.into_iter().collect::<HashSet<T>>().len()
}

/// What became of the rows of a table.
struct Account {
    name: String,
    is_present: bool,
    used: Tally,
    n_set_aside: u64,
}

fn account<R>(
    name: &'static str,
    table: &Table<R>,
    people: impl Fn(&[R]) -> Option<usize>,
) -> Account {
    // One row a child, or an objective: the rows used are a count that the report has already.
    let cell = match name {
        "children" | "objectives" => name.to_owned(),
        _ => format!("rows/{name}"),
    };
    Account {
        name: name.to_owned(),
        is_present: table.is_present(),
        used: Tally {
            name: cell,
            value: table.rows.len() as u64,
            children: people(&table.rows).map(|people| people as u64),
            scores: None,
        },
        n_set_aside: table.n_set_aside as u64,
    }
}

impl Account {
    fn write(&self, ledger: &mut Ledger) {
        let group = || Group::of("table", &self.name);
        let subject = |measure| about(measure, group(), "rows in the files");
        let read = self.read(ledger);
        ledger.count(subject("quality.rows_read"), Unit::Rows, &read);
        ledger.uncarried_count(subject(SET_ASIDE), Unit::Rows, self.n_set_aside);
    }

    /// The rows read: those used and, which everyone may know, those set aside.
    fn read(&self, ledger: &mut Ledger) -> Tally {
        if self.n_set_aside == 0 {
            return self.used.clone();
        }
        let name = |part: &str| format!("rows/{}/{part}", self.name);
        let read = Tally {
            name: name("read"),
            value: self.used.value + self.n_set_aside,
            children: self.used.children,
            scores: None,
        };
        let set_aside = Tally::of_things(name("set aside"), self.n_set_aside);
        ledger.sum(&read, &[self.used.clone(), set_aside]);
        read
    }
}

fn by_rule(findings: &[Finding]) -> BTreeMap<&str, usize> {
    let mut rules = BTreeMap::new();
    for finding in findings {
        *rules.entry(finding.rule.as_ref()).or_default() += 1;
    }
    rules
}

fn write(ledger: &mut Ledger, group: Group, number: usize) {
    let subject = about("quality.findings", group, "findings in the files");
    ledger.uncarried_count(subject, Unit::Findings, number as u64);
}
