//! What share comes to each ending where several rule one another out.

use kinfolk_model::{Estimate, Group, Statistic, Unit, format};
use kinfolk_stats::survival::{Band, cumulative_incidence, gray};

use super::SurvivalTable;
use super::records::told;
use super::survival::NOT_WATCHED;

impl SurvivalTable {
    pub(super) fn about_endings(&self) -> Vec<Estimate> {
        let mut kinds: Vec<u32> = self
            .causes
            .iter()
            .copied()
            .filter(|&kind| kind > 0)
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        let mut records = Vec::new();
        for kind in kinds {
            for arm in self.arms() {
                records.extend(self.about_ending(kind, arm));
            }
            if let Some(treated) = &self.treated {
                let groups: Vec<u32> = treated.iter().map(|&treated| u32::from(treated)).collect();
                let test = gray(&self.endings, kind, &groups, self.strata.as_deref(), 0.0);
                let entry = self.entry("survival.incidence", "gray/1", self.strata_words());
                let group = Group::of("ending", &kind.to_string());
                records.push(self.p_value(&entry, group, test.map(|test| test.p_value)));
            }
        }
        records
    }

    fn about_ending(&self, kind: u32, arm: Option<bool>) -> Vec<Estimate> {
        let own = self.endings.subset(|row| self.is_in(arm, row));
        let curve = cumulative_incidence(&own, kind, Band::LogLog, self.confidence);
        let options = "band=log-log".to_owned();
        let entry = self.entry("survival.incidence", "cumulative-incidence/1", options);
        let record = |time: f64| {
            let group = Group::of("ending", &kind.to_string()).and("day", &format::exact(time));
            let record = entry.record(group, Statistic::Proportion, Unit::Proportion);
            let record = self.in_arm(arm, record);
            let found = curve.as_ref().and_then(|curve| curve.at(time));
            told(record, found.ok_or(NOT_WATCHED), self.confidence)
        };
        self.at().into_iter().map(record).collect()
    }
}
