//! Those of a table who are compared, each in a row of its own or in pairs at the same time in care.

use kinfolk_ingest::plain::PlainTable;
use kinfolk_ingest::plain::cohort::{read_cells, read_outcome};
use kinfolk_model::{ComparisonMethod, MatchRule};
use kinfolk_outcomes::comparison::{
    ArmsOutcome, ChildrenInCare, ComparedArms, FollowedInCare, MethodEffects, PartEffect,
    effects_by, effects_in_care_in_parts, effects_in_parts,
};
use kinfolk_stats::effect::Bootstrap;
use kinfolk_stats::{Confidence, StatsError};

use super::cohort::Cohort;
use super::effect::EffectOptions;
use super::effect_draws::{Draws, drawn};
use super::effect_in_care::read_children;
use crate::Error;

/// Those who are compared.
pub(super) enum Rows {
    /// Each child in a row of its own.
    AtAnyTime {
        arms: ComparedArms,
        values: Vec<f64>,
        /// Of whom of the table the outcome is known.
        known: Vec<bool>,
        n_missing: [usize; 2],
    },
    /// Pairs at the same time in care, some of whose children stand in both arms.
    InCare(Box<InCare>),
}

/// The children, and those of them who are followed.
pub(super) struct InCare {
    children: ChildrenInCare,
    followed: FollowedInCare,
}

impl Rows {
    /// The table as a cohort, and those of it who are compared.
    pub(super) fn read(
        table: &PlainTable,
        options: &EffectOptions,
    ) -> Result<(Cohort, Self), Error> {
        if let Some(columns) = &options.risk_sets {
            let (cohort, children) = read_children(table, options, columns)?;
            let followed = children.followed(&options.rule);
            let rows = InCare { children, followed };
            return Ok((cohort, Self::InCare(Box::new(rows))));
        }
        let mut cohort = Cohort::read(table, &options.columns)?;
        cohort.arms.clusters = read_clusters(table, options.cluster.as_ref())?;
        let outcomes = read_outcome(table.column(&options.outcome)?)?;
        let known: Vec<bool> = outcomes.iter().map(Option::is_some).collect();
        let arms = cohort.arms.subset(&known);
        let rows = Self::AtAnyTime {
            n_missing: [true, false].map(|arm| cohort.arms.n_in(arm) - arms.n_in(arm)),
            values: outcomes.into_iter().flatten().collect(),
            arms,
            known,
        };
        Ok((cohort, rows))
    }

    pub(super) fn data(&self) -> ArmsOutcome<'_> {
        match self {
            Self::AtAnyTime { arms, values, .. } => ArmsOutcome {
                arms,
                outcome: values,
            },
            Self::InCare(rows) => rows.followed.data(),
        }
    }

    pub(super) fn n_missing(&self) -> [usize; 2] {
        match self {
            Self::AtAnyTime { n_missing, .. } => *n_missing,
            Self::InCare(rows) => rows.followed.n_missing,
        }
    }

    pub(super) fn effects(
        &self,
        method: ComparisonMethod,
        rule: &MatchRule,
        confidence: Confidence,
    ) -> Result<MethodEffects, StatsError> {
        match self {
            Self::AtAnyTime { .. } => effects_by(method, self.data(), rule, confidence),
            Self::InCare(rows) => rows.followed.effects(method, rule, confidence),
        }
    }

    /// The effect in samples drawn anew; `None` for a method that has no such interval.
    pub(super) fn drawn(
        &self,
        options: &EffectOptions,
        draws: Draws,
        confidence: Confidence,
    ) -> Option<Result<Bootstrap, StatsError>> {
        match self {
            Self::AtAnyTime { .. } => drawn(self.data(), options, draws, confidence),
            Self::InCare(rows) => Some(rows.children.bootstrap(
                &rows.followed,
                &options.rule,
                (&draws.resampling(), confidence),
            )),
        }
    }

    /// The effect in each authority, and over all but each.
    pub(super) fn in_parts(
        &self,
        authorities: Vec<Option<String>>,
        (options, confidence): (&EffectOptions, Confidence),
    ) -> Vec<PartEffect> {
        let by = (&options.rule, confidence);
        match self {
            Self::AtAnyTime { known, .. } => {
                let authorities = kept(authorities, known);
                effects_in_parts(options.method, self.data(), &authorities, by)
            }
            Self::InCare(rows) => effects_in_care_in_parts(&rows.children, &authorities, by),
        }
    }
}

/// Who belongs together; `None` where no column says so.
///
/// # Errors
///
/// [`Error::Plain`] when the column is missing or a cell of it is blank.
pub(super) fn read_clusters(
    table: &PlainTable,
    name: Option<&String>,
) -> Result<Option<Vec<usize>>, Error> {
    let Some(name) = name else {
        return Ok(None);
    };
    let labels = read_cells(table, std::slice::from_ref(name))?;
    Ok(Some(
        labels.into_iter().map(|label| label as usize).collect(),
    ))
}

/// Those of whom the outcome is known.
fn kept<T>(values: Vec<T>, known: &[bool]) -> Vec<T> {
    let rows = values.into_iter().zip(known);
    rows.filter_map(|(value, known)| known.then_some(value))
        .collect()
}
