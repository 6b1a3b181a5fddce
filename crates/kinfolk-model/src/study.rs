//! Everything that one folder holds, as typed tables.

use crate::care::CareReturns;
use crate::{
    Child, CohortChild, Connection, ConnectionCount, Costs, Event, Monitoring, Objective, Oc2,
    PublishedStatistics, Questionnaire, Sdq, Settings, Voices, Words,
};

/// The rows of one kind that are valid, with an account of those that were not.
#[derive(Debug, Clone, PartialEq)]
pub struct Table<R> {
    /// The valid rows, in the order of the files.
    pub rows: Vec<R>,
    /// How many rows the files held, blank ones not counted. `n_read = rows.len() + n_set_aside`.
    pub n_read: usize,
    /// How many rows were set aside, each with a finding.
    pub n_set_aside: usize,
    /// The files (and sheets) that the rows came from.
    pub sources: Vec<String>,
}

impl<R> Default for Table<R> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            n_read: 0,
            n_set_aside: 0,
            sources: Vec::new(),
        }
    }
}

impl<R> Table<R> {
    /// A table whose every row is valid.
    pub fn from_rows(rows: Vec<R>) -> Self {
        Self {
            n_read: rows.len(),
            rows,
            n_set_aside: 0,
            sources: Vec::new(),
        }
    }

    /// Whether any file held such a table.
    pub fn is_present(&self) -> bool {
        self.n_read > 0 || !self.sources.is_empty()
    }
}

/// A study: settings, tables, voices, and the authority's own words.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is a table that `schema` documents")]
pub struct Study {
    pub settings: Settings,
    pub children: Table<Child>,
    pub objectives: Table<Objective>,
    pub connections: Table<Connection>,
    pub connection_counts: Table<ConnectionCount>,
    pub questionnaires: Table<Questionnaire>,
    pub monitoring: Table<Monitoring>,
    pub sdq: Table<Sdq>,
    pub oc2: Table<Oc2>,
    pub care: CareReturns,
    pub published: Option<PublishedStatistics>,
    pub cohort: Table<CohortChild>,
    pub events: Table<Event>,
    pub costs: Option<Costs>,
    pub voices: Voices,
    pub words: Vec<Words>,
}

impl Study {
    /// A study without rows.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            children: Table::default(),
            objectives: Table::default(),
            connections: Table::default(),
            connection_counts: Table::default(),
            questionnaires: Table::default(),
            monitoring: Table::default(),
            sdq: Table::default(),
            oc2: Table::default(),
            care: CareReturns::default(),
            published: None,
            cohort: Table::default(),
            events: Table::default(),
            costs: None,
            voices: Voices::default(),
            words: Vec::new(),
        }
    }
}
