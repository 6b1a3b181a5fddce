//! The vocabulary of kinfolk: what a study holds and what a result is.
//!
//! Four words carry the whole program. A [`Study`] is everything that one folder holds, as typed
//! tables. A [`Finding`] is something wrong or doubtful in the data. An [`Estimate`] is one result in
//! long form. A released figure, made from an estimate by disclosure control, is the only thing that
//! may be drawn or printed; it lives in `kinfolk-disclosure`.
//!
//! This crate computes nothing and reads nothing. Column names as text occur only here (in
//! [`schema`]) and in `kinfolk-ingest`.

pub mod care;
mod child;
mod child_id;
mod code;
mod cohort;
mod comparison;
mod connection;
mod costs;
mod discount_schedule;
mod estimate;
mod finding;
pub mod format;
mod measure;
mod monitoring;
mod objective;
mod price_year;
mod published;
mod questionnaire;
mod raw_table;
pub mod schema;
mod sdq;
mod sdq_wave;
mod settings;
mod structure;
mod study;
mod unit_cost;
mod voices;

pub use child::{
    Child, Country, EndReason, Ethnicity, Outcome, OutcomeName, PlacementType, Sex, YesNo,
};
pub use child_id::ChildId;
pub use code::{Code, ParseCodeError, fold, parse_code};
pub use cohort::{Arm, CohortChild, CohortColumn, CohortValue, ColumnValues, Event};
pub use comparison::{
    ComparatorPool, ComparisonMethod, ComparisonSettings, CompetingEnd, CovariateCaliper,
    MatchRule, ScoreScale, event_label, outcome_label,
};
pub use connection::{Connection, ConnectionCount, Contact, Relationship, Side};
pub use costs::{
    Amount, Comparison, Correlation, Cost, CostKind, Costs, Course, Direction, Given, Impact,
    MonetisedOutcome, NotCounted, Provenance, ResearchCost, Shape, Split, Spread, StudyEstimate,
    Worth,
};
pub use discount_schedule::{DiscountSchedule, RateFrom};
pub use estimate::{Estimate, Estimates, Group, Key, Statistic, Unit};
pub use finding::{Finding, Place, Severity};
pub use measure::{MEASURES, Measure, measure};
pub use monitoring::{FinancialQuarter, Monitoring, ParseQuarterError};
pub use objective::{Objective, ObjectiveCategory, ObjectiveStatus};
pub use price_year::{Deflator, IndexLevel, Indexed, ParsePriceYearError, PriceYear};
pub use published::{
    Neighbours, PublishedArea, PublishedMeasure, PublishedShare, PublishedStatistics,
};
pub use questionnaire::{Answer, Questionnaire, Respondent, statement_label, statements};
pub use raw_table::{RawCell, RawTable};
pub use sdq::{
    Informant, Oc2, SDQ_SCALES, Sdq, SdqBaseline, SdqEntered, SdqForm, SdqImpactItems, SdqItem,
    SdqItems, SdqModelDegrees, SdqReason, SdqVersion,
};
pub use sdq_wave::SdqWave;
pub use settings::{
    CareSettings, DisclosureProfile, Period, PublishedSettings, ReliableChange, SdqSettings,
    Settings,
};
pub use structure::{
    Breakdown, BreakdownRow, Carried, Cell, CellName, Pool, Scores, Structure, Sum,
};
pub use study::{Study, Table};
pub use unit_cost::{BenefitClass, CostBasis, Grade, Payer, UnitCost};
pub use voices::{SectionName, Story, Voice, Voices, Words};

/// Short text: identifiers and codes stand in it without an allocation of their own.
pub use smol_str::SmolStr;
