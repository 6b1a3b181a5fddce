//! The effect within each authority of a plain table, over all but each, and their average.

use kinfolk_ingest::plain::{PlainError, PlainTable};
use kinfolk_model::{Code, ComparisonMethod, Estimate, Group, Statistic, Unit};
use kinfolk_outcomes::comparison::{
    AUTHORITIES, LEFT_OUT, MethodEffects, POOLED, PartEffect, TOO_FEW_AUTHORITIES,
    TOO_FEW_CHILDREN, Which, method_id, of_whom, pool_authorities, pooled_numbers,
};
use kinfolk_stats::effect::OutcomeKind;
use kinfolk_stats::{Confidence, StatsError};

use super::records::{Entry, refused, valued};

/// Where each child belongs; `None` where that is blank.
///
/// # Errors
///
/// [`PlainError`] where there is no such column, or two of them.
pub(super) fn read_authorities(
    table: &PlainTable,
    name: &str,
) -> Result<Vec<Option<String>>, PlainError> {
    table.header().require(&[name])?;
    // A semicolon would end the part of the records.
    let label = |text: &str| text.trim().replace(';', ",");
    let texts = table.column(name)?.texts();
    let labels = texts.map(|text| text.map(|text| label(&text)));
    Ok(labels
        .map(|label| label.filter(|label| !label.is_empty()))
        .collect())
}

/// What the records of authorities have in common.
pub(super) struct InAuthorities<'a> {
    pub(super) measure: String,
    pub(super) method: ComparisonMethod,
    pub(super) kind: OutcomeKind,
    pub(super) options: String,
    pub(super) parts: &'a [PartEffect],
    pub(super) confidence: Confidence,
}

impl InAuthorities<'_> {
    /// Each authority, their average, and all but each, as a study tells them.
    pub(super) fn records(&self) -> Vec<Estimate> {
        let of = |which: Which| {
            let parts = self.parts.iter().filter(move |part| part.which == which);
            parts.map(|part| self.about_part(part))
        };
        let within: Vec<Estimate> = of(Which::Within).collect();
        let pooled = if within.is_empty() {
            Vec::new()
        } else {
            self.pooled()
        };
        within
            .into_iter()
            .chain(pooled)
            .chain(of(Which::Without))
            .collect()
    }

    fn unit(&self) -> Unit {
        match self.kind {
            OutcomeKind::YesOrNo => Unit::Proportion,
            OutcomeKind::Measured => Unit::None,
        }
    }

    fn about_part(&self, part: &PartEffect) -> Estimate {
        let entry = Entry {
            measure: self.measure.clone(),
            population: of_whom(self.method),
            method: method_id(self.method, self.kind).to_owned(),
            options: self.options.clone(),
        };
        let group = Group::of(part.which.key(), &part.name).and("method", self.method.code());
        let record = entry.record(group, Statistic::Difference, self.unit());
        match &part.found {
            Ok(Some(found)) => self.valued(record, found),
            Ok(None) => refused(record, TOO_FEW_CHILDREN),
            Err(error) => refused(record, &part.arms.in_words(error)),
        }
    }

    fn valued(&self, record: Estimate, found: &MethodEffects) -> Estimate {
        let difference = found.effects.difference;
        let note = match found.effects.n_left_out {
            0 => "",
            _ => LEFT_OUT,
        };
        let record = Estimate {
            denominator: Some(found.n.iter().sum::<usize>() as u64),
            note: note.to_owned(),
            ..record
        };
        let value = Some(difference.value);
        valued(record, value, difference.interval, self.confidence)
    }

    fn pooled(&self) -> Vec<Estimate> {
        let within = self.parts.iter().filter(|part| part.which == Which::Within);
        let differences = within.filter_map(|part| Some(part.effect()?.effects.difference));
        let effects: Vec<(f64, f64)> = differences
            .filter_map(|effect| Some((effect.value, effect.standard_error?)))
            .collect();
        let entry = Entry {
            measure: self.measure.clone(),
            population: AUTHORITIES,
            method: POOLED.to_owned(),
            options: format!("rule=never-narrower;{}", self.options),
        };
        let record =
            |part, statistic, unit| entry.record(Group::of("pooled", part), statistic, unit);
        let nothing = |reason: &str| {
            let record = record("average", Statistic::Difference, self.unit());
            vec![refused(record, reason)]
        };
        let pool = match pool_authorities(&effects, self.confidence) {
            Ok(Some(pool)) => pool,
            Ok(None) => return nothing(TOO_FEW_AUTHORITIES),
            Err(error) => return nothing(&StatsError::to_string(&error)),
        };
        let numbers = pooled_numbers(&pool, self.unit()).into_iter();
        numbers
            .map(|number| {
                let record = Estimate {
                    denominator: Some(pool.n_effects as u64),
                    ..record(number.part, number.statistic, number.unit)
                };
                let found = number.found;
                valued(record, Some(found.value), found.interval, self.confidence)
            })
            .collect()
    }
}
