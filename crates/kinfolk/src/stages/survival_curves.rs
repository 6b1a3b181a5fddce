//! Curves, medians and mean times of either arm, and what lies between the arms.

use kinfolk_model::{Estimate, Group, Statistic, Unit, format};
use kinfolk_stats::Estimated;
use kinfolk_stats::survival::{
    Band, CurveQuantile, FollowUp, compare_restricted_means, kaplan_meier, log_rank,
    restricted_mean,
};

use super::SurvivalTable;
use super::records::{Entry, estimated, refused, told, valued};
use super::survival::{EVENT, NOT_WATCHED};

impl SurvivalTable {
    pub(super) fn about_curve(&self, arm: Option<bool>) -> Vec<Estimate> {
        let own = self.follow_up.subset(|row| self.is_in(arm, row));
        let curve = kaplan_meier(&own, Band::LogLog, self.confidence);
        let entry = self.entry(
            "survival.curve",
            "kaplan-meier/1",
            "band=log-log".to_owned(),
        );
        let mut records = Vec::new();
        for (time, at_risk) in self.at().into_iter().zip(own.numbers_at_risk(&self.at())) {
            let group = Group::of("day", &format::exact(time));
            let found = curve.as_ref().and_then(|curve| curve.at(time));
            let share = entry.record(group.clone(), Statistic::Proportion, Unit::Proportion);
            let share = Estimate {
                note: match found {
                    Some(_) => self.about_competition(),
                    None => NOT_WATCHED.to_owned(),
                },
                ..self.in_arm(arm, share)
            };
            records.push(estimated(share, found, self.confidence));
            let entry = self.entry("survival.at_risk", "count/1", String::new());
            let left = entry.record(group, Statistic::Count, Unit::Children);
            records.push(Estimate {
                value: Some(at_risk as f64),
                ..self.in_arm(arm, left)
            });
        }
        let median = curve.as_ref().map(|curve| curve.median());
        records.push(self.about_median(arm, median));
        records.push(self.about_mean(arm, &own));
        records
    }

    fn about_competition(&self) -> String {
        if self.causes.iter().any(|&cause| cause > EVENT) {
            "children with another ending count as no longer watched; survival.incidence allows for it"
                .to_owned()
        } else {
            String::new()
        }
    }

    fn about_median(&self, arm: Option<bool>, median: Option<CurveQuantile>) -> Estimate {
        let entry = self.entry(
            "survival.median",
            "kaplan-meier/1",
            "band=log-log".to_owned(),
        );
        let record = entry.record(Group::all(), Statistic::Median, Unit::Days);
        let time = median.and_then(|median| median.time);
        let upper = median.and_then(|median| median.upper);
        Estimate {
            value: time,
            lower: median.and_then(|median| median.lower),
            upper,
            level: Some(self.confidence.level()),
            note: match (time, upper) {
                (None, _) => "the event did not happen to half of the children while watched",
                (_, None) => "the upper end of the interval lies beyond what was watched",
                _ => "",
            }
            .to_owned(),
            ..self.in_arm(arm, record)
        }
    }

    pub(super) fn mean_entry(&self) -> Entry {
        let options = format!("horizon={}", format::exact(self.horizon));
        self.entry("survival.restricted_mean", "restricted-mean/1", options)
    }

    fn about_mean(&self, arm: Option<bool>, own: &FollowUp) -> Estimate {
        let record = self
            .mean_entry()
            .record(Group::all(), Statistic::Mean, Unit::Days);
        let record = self.in_arm(arm, record);
        let mean = restricted_mean(own, self.horizon, self.confidence);
        told(record, mean.map(Estimated::from), self.confidence)
    }

    pub(super) fn about_arms(&self) -> Vec<Estimate> {
        let Some(treated) = &self.treated else {
            return Vec::new();
        };
        let groups: Vec<u32> = treated.iter().map(|&treated| u32::from(treated)).collect();
        let options = self.strata_words();
        let entry = self.entry("survival.log_rank", "log-rank/1", options);
        let test = log_rank(&self.follow_up, &groups, self.strata.as_deref(), 0.0);
        let mut records = vec![self.p_value(&entry, Group::all(), test.map(|test| test.p_value))];
        let of = |arm: bool| self.follow_up.subset(|row| treated[row] == arm);
        let entry = self.mean_entry();
        let difference = entry.record(Group::all(), Statistic::Difference, Unit::Days);
        match compare_restricted_means(&of(true), &of(false), self.horizon, self.confidence) {
            Ok(found) => {
                records.push(self.valued(difference, found.difference, found.difference_interval));
                let ratio = entry.record(Group::all(), Statistic::Ratio, Unit::None);
                records.push(valued(
                    ratio,
                    found.ratio,
                    found.ratio_interval,
                    self.confidence,
                ));
            }
            Err(error) => records.push(refused(difference, &error.to_string())),
        }
        records
    }
}
