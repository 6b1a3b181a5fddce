//! One authority's made-up study, whole.

use std::ops::Range;

use kinfolk_model::{
    Child, Connection, Country, Monitoring, Objective, Oc2, Questionnaire, RawTable, Sdq,
};

use crate::child::child;
use crate::connection::connections;
use crate::monitoring::{blank_returns, count_in, train};
use crate::objective::objectives;
use crate::plan::StudyPlan;
use crate::questionnaire::{STATEMENTS, questionnaires};
use crate::random::Stream;
use crate::sdq::{self, Course, yearly_returns};
use crate::settings::study_toml;
use crate::table::{self, without_blank_columns};
use crate::voices::{voices_toml, words};

/// How many tables stand before the quarterly returns, as the schema orders them.
const N_BEFORE_MONITORING: usize = 4;

/// What a study folder holds, not yet written.
#[derive(Debug, Clone, PartialEq)]
pub struct SyntheticStudy {
    /// The text of `study.toml`.
    pub study_toml: String,
    /// The text of `voices.toml`.
    pub voices_toml: String,
    /// The pages of the folder `words`: file name and text.
    pub words: Vec<(String, String)>,
    /// The tables, in the order in which the schema lists them. A column that no row fills is absent.
    pub tables: Vec<RawTable>,
}

impl SyntheticStudy {
    /// The table with that name.
    pub fn table(&self, name: &str) -> Option<&RawTable> {
        self.tables.iter().find(|table| table.name == name)
    }
}

/// Makes up a study. The same plan gives the same study.
///
/// ```
/// use kinfolk_synth::{demo_plan, generate_study};
/// let study = generate_study(&demo_plan());
/// assert_eq!(study, generate_study(&demo_plan()));
/// assert!(study.study_toml.contains("synthetic = true"));
/// ```
pub fn generate_study(plan: &StudyPlan) -> SyntheticStudy {
    let records = Records::of(plan, 0..plan.n_children);
    let mut monitoring = blank_returns(plan);
    count_in(&mut monitoring, &records.children);
    let mut study = about_authority(plan, monitoring);
    let mut tables = records.tables(plan.country);
    tables.splice(N_BEFORE_MONITORING..N_BEFORE_MONITORING, study.tables);
    study.tables = tables.into_iter().map(without_blank_columns).collect();
    study
}

/// What a study holds that is not about single children: its settings, words and quarterly returns.
pub(crate) fn about_authority(plan: &StudyPlan, mut monitoring: Vec<Monitoring>) -> SyntheticStudy {
    let mut stream = Stream::of_authority(plan.seed);
    train(&mut monitoring, &mut stream);
    SyntheticStudy {
        study_toml: study_toml(plan),
        voices_toml: voices_toml(&mut stream),
        words: words(),
        tables: vec![without_blank_columns(table::monitoring(&monitoring))],
    }
}

/// The records of some of a study's children.
#[derive(Default)]
pub(crate) struct Records {
    pub(crate) children: Vec<Child>,
    objectives: Vec<Objective>,
    connections: Vec<Connection>,
    answers: Vec<Questionnaire>,
    sdq: Vec<Sdq>,
    oc2: Vec<Oc2>,
}

impl Records {
    /// Of the children at these places in the plan.
    pub(crate) fn of(plan: &StudyPlan, places: Range<usize>) -> Self {
        let mut records = Self::default();
        for index in places {
            records.add(plan, index);
        }
        records
    }

    /// As tables with every column, filled or not. Only England has the return OC2.
    pub(crate) fn tables(&self, country: Country) -> Vec<RawTable> {
        let mut tables = vec![
            table::children(&self.children),
            table::objectives(&self.objectives),
            table::connections(&self.connections),
            table::forms(&self.answers, &STATEMENTS),
            sdq::sdq(&self.sdq),
        ];
        tables.extend((country == Country::England).then(|| sdq::oc2(&self.oc2)));
        tables
    }

    fn add(&mut self, plan: &StudyPlan, index: usize) {
        let mut stream = Stream::of_child(plan.seed, index);
        let child = child(plan, index, &mut stream);
        self.objectives.extend(objectives(&child, &mut stream));
        self.connections.extend(connections(&child, &mut stream));
        self.answers
            .extend(questionnaires(&child, plan.period.end, &mut stream));
        self.add_sdq(plan, index, &child);
        self.children.push(child);
    }

    fn add_sdq(&mut self, plan: &StudyPlan, index: usize, child: &Child) {
        let mut stream = Stream::of_questionnaires(plan.seed, index);
        let Some(course) = Course::of(child, &mut stream) else {
            return;
        };
        let last_day = plan.period.end;
        let completed = sdq::questionnaires(child, &course, last_day, &mut stream);
        let returns = yearly_returns(child, &course, &completed, last_day, &mut stream);
        self.oc2.extend(returns);
        self.sdq.extend(completed.into_iter().map(|done| done.form));
    }
}
