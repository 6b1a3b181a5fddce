//! One authority's made-up study, whole.

use kinfolk_model::{Child, Connection, Country, Objective, Oc2, Questionnaire, RawTable, Sdq};

use crate::child::child;
use crate::connection::connections;
use crate::monitoring::monitoring;
use crate::objective::objectives;
use crate::plan::StudyPlan;
use crate::questionnaire::{STATEMENTS, questionnaires};
use crate::random::Stream;
use crate::sdq::{self, Course, yearly_returns};
use crate::settings::study_toml;
use crate::table;
use crate::voices::{voices_toml, words};

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
    let mut records = Records::default();
    for index in 0..plan.n_children {
        records.add(plan, index);
    }
    let mut stream = Stream::of_authority(plan.seed);
    let returns = monitoring(plan, &records.children, &mut stream);
    let mut tables = vec![
        table::children(&records.children),
        table::objectives(&records.objectives),
        table::connections(&records.connections),
        table::forms(&records.answers, &STATEMENTS),
        table::monitoring(&returns),
        sdq::sdq(&records.sdq),
    ];
    tables.extend((plan.country == Country::England).then(|| sdq::oc2(&records.oc2)));
    SyntheticStudy {
        study_toml: study_toml(plan),
        voices_toml: voices_toml(&mut stream),
        words: words(),
        tables,
    }
}

#[derive(Default)]
struct Records {
    children: Vec<Child>,
    objectives: Vec<Objective>,
    connections: Vec<Connection>,
    answers: Vec<Questionnaire>,
    sdq: Vec<Sdq>,
    oc2: Vec<Oc2>,
}

impl Records {
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
