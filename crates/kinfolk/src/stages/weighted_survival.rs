//! Curves and mean times of children who count by weights, beside those of the arms as they are.

use kinfolk_model::{Estimate, Group, Statistic, Unit, format};
use kinfolk_stats::StatsError;
use kinfolk_stats::survival::{
    Band, FollowUp, RestrictedMean, RestrictedMeanContrast, weighted_kaplan_meier,
    weighted_restricted_mean,
};

use super::SurvivalTable;
use super::records::{Entry, told};
use super::survival::NOT_WATCHED;

impl SurvivalTable {
    /// For each arm the share at each day and the mean time, then how far the means lie apart.
    pub(super) fn about_weighted(&self, weights: &[f64]) -> Vec<Estimate> {
        let mut records = Vec::new();
        let mut means = Vec::new();
        for arm in self.arms() {
            let own = self.follow_up.subset(|row| self.is_in(arm, row));
            let rows = weights.iter().enumerate();
            let weights: Vec<f64> = rows
                .filter_map(|(row, weight)| self.is_in(arm, row).then_some(*weight))
                .collect();
            records.extend(self.weighted_curve(arm, &own, &weights));
            let mean = weighted_restricted_mean(&own, &weights, self.horizon, self.confidence);
            records.push(self.weighted_mean(arm, mean.as_ref()));
            means.extend(mean.ok());
        }
        if let [programme, comparator] = means.as_slice() {
            let found = RestrictedMeanContrast::of(*programme, *comparator, self.confidence);
            let record = self.mean_record(Statistic::Difference);
            records.push(self.valued(record, found.difference, found.difference_interval));
        }
        records
    }

    fn weighted_curve(&self, arm: Option<bool>, own: &FollowUp, weights: &[f64]) -> Vec<Estimate> {
        let options = "band=log-log".to_owned();
        let entry = self.entry("survival.curve", "kaplan-meier-weighted/1", options);
        let curve = weighted_kaplan_meier(own, weights, Band::LogLog, self.confidence);
        let curve = curve.ok().flatten();
        let record = |time: f64| {
            let group = self.weighted_group(Group::of("day", &format::exact(time)));
            let share = entry.record(group, Statistic::Proportion, Unit::Proportion);
            let share = self.in_arm(arm, share);
            let found = curve.as_ref().and_then(|curve| curve.at(time));
            told(share, found.ok_or(NOT_WATCHED), self.confidence)
        };
        self.at().into_iter().map(record).collect()
    }

    fn weighted_mean(
        &self,
        arm: Option<bool>,
        mean: Result<&RestrictedMean, &StatsError>,
    ) -> Estimate {
        let record = self.in_arm(arm, self.mean_record(Statistic::Mean));
        told(record, mean.map(|mean| (*mean).into()), self.confidence)
    }

    fn mean_record(&self, statistic: Statistic) -> Estimate {
        let entry = Entry {
            method: "restricted-mean-weighted/1".to_owned(),
            ..self.mean_entry()
        };
        entry.record(self.weighted_group(Group::all()), statistic, Unit::Days)
    }

    /// A part, and the column of the weights.
    fn weighted_group(&self, group: Group) -> Group {
        let weights = self.options.weights.as_deref();
        group.and("weights", weights.unwrap_or_default())
    }
}
