//! What all records of an appraisal share.

use kinfolk_model::{Costs, Estimate, Group, Statistic, Unit, format};

use crate::appraise::Appraisal;
use crate::simulate::{Simulation, middle};
use crate::totals::Totals;

/// How an appraisal is computed.
pub(super) const APPRAISAL: &str = "value-appraisal/1";

/// A figure to write.
pub(super) struct Figure<'a> {
    pub(super) measure: &'a str,
    pub(super) group: Group,
    pub(super) statistic: Statistic,
    pub(super) unit: Unit,
}

/// A figure in pounds.
pub(super) fn pounds(measure: &str, group: Group) -> Figure<'_> {
    Figure {
        measure,
        group,
        statistic: Statistic::Money,
        unit: Unit::Pounds,
    }
}

/// A ratio of pounds to pounds.
pub(super) fn ratio(measure: &str, group: Group) -> Figure<'_> {
    Figure {
        measure,
        group,
        statistic: Statistic::Ratio,
        unit: Unit::None,
    }
}

/// Collects the records of one appraisal.
pub(super) struct Writer<'a> {
    pub(super) appraisal: &'a Appraisal,
    pub(super) costs: &'a Costs,
    records: Vec<Estimate>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(appraisal: &'a Appraisal, costs: &'a Costs) -> Self {
        Self {
            appraisal,
            costs,
            records: Vec::new(),
        }
    }

    pub(super) fn finish(self) -> Vec<Estimate> {
        self.records
    }

    /// A figure that the sums give, with the interval of the draws.
    pub(super) fn sum(
        &mut self,
        figure: Figure<'_>,
        number: impl Fn(&Totals) -> Option<f64>,
    ) -> &mut Estimate {
        let appraisal = self.appraisal;
        self.sum_of((&appraisal.central, &appraisal.simulation), figure, number)
    }

    /// A figure that the sums of a simulation give.
    pub(super) fn sum_of(
        &mut self,
        (central, simulation): (&Totals, &Simulation),
        figure: Figure<'_>,
        number: impl Fn(&Totals) -> Option<f64>,
    ) -> &mut Estimate {
        let value = number(central);
        let level = self.costs.confidence;
        let interval = simulation.interval(level, number);
        let reason = match value {
            Some(_) => "",
            None => "there is nothing to divide by",
        };
        let record = self.plain(figure, value);
        record.note = reason.to_owned();
        within(record, level, interval);
        record
    }

    /// A figure with the interval of its values in the draws; without one where nothing was drawn.
    pub(super) fn drawn(
        &mut self,
        figure: Figure<'_>,
        value: f64,
        draws: Vec<f64>,
    ) -> &mut Estimate {
        let level = self.costs.confidence;
        let interval = middle(level, draws);
        let record = self.plain(figure, Some(value));
        within(record, level, interval);
        record
    }

    /// A figure without an interval.
    pub(super) fn plain(&mut self, figure: Figure<'_>, value: Option<f64>) -> &mut Estimate {
        let record = Estimate {
            options: self.options(),
            ..blank(figure, value)
        };
        self.records.push(record);
        let last = self.records.len() - 1;
        &mut self.records[last]
    }

    fn options(&self) -> String {
        let costs = self.costs;
        let mut options = format!(
            "prices={};years={};discount={}",
            costs.price_year, costs.years, costs.discount.id
        );
        if self.appraisal.simulation.is_uncertain() {
            options.push_str(&format!(";draws={};seed={}", costs.draws, costs.seed));
        }
        options
    }
}

/// A record of a figure, without options.
pub(super) fn blank(figure: Figure<'_>, value: Option<f64>) -> Estimate {
    Estimate {
        measure: figure.measure.to_owned(),
        population: "children in the programme".to_owned(),
        arm: String::new(),
        group: figure.group,
        statistic: figure.statistic,
        value: value.filter(|value| value.is_finite()),
        lower: None,
        upper: None,
        level: None,
        unit: figure.unit,
        numerator: None,
        denominator: None,
        n_missing: None,
        method: APPRAISAL.to_owned(),
        options: String::new(),
        note: String::new(),
    }
}

fn within(record: &mut Estimate, level: f64, interval: Option<(f64, f64)>) {
    if let Some((lower, upper)) = interval {
        record.lower = Some(lower);
        record.upper = Some(upper);
        record.level = Some(level);
    }
}

/// A further option.
pub(super) fn with_option(record: &mut Estimate, name: &str, value: &str) {
    record.options = format!("{};{name}={value}", record.options);
}

/// A number in an option.
pub(super) fn text(value: f64) -> String {
    format::exact(value)
}
