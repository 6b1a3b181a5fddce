//! How hazards go with the arm and the covariates.

use kinfolk_model::{Estimate, Group, Statistic, Unit};
use kinfolk_stats::StatsError;
use kinfolk_stats::survival::{Clock, CoxModel, cox, proportional_hazards};

use super::SurvivalTable;
use super::records::refused;

impl SurvivalTable {
    /// The arm, then the covariates.
    fn hazard_columns(&self) -> Vec<(String, Vec<f64>)> {
        let arm = self.treated.iter().map(|treated| {
            let column = treated.iter().map(|&treated| f64::from(u8::from(treated)));
            ("arm=programme".to_owned(), column.collect())
        });
        let covariates = self.covariates.0.iter();
        arm.chain(covariates.map(|column| (column.name.clone(), column.values.clone())))
            .collect()
    }

    pub(super) fn about_hazards(&self) -> Vec<Estimate> {
        let columns = self.hazard_columns();
        if columns.is_empty() {
            return Vec::new();
        }
        let values: Vec<&[f64]> = columns
            .iter()
            .map(|(_, values)| values.as_slice())
            .collect();
        let model = CoxModel {
            strata: self.strata.as_deref(),
            clusters: self.clusters.as_deref(),
            ..CoxModel::new(&self.follow_up, &values)
        };
        let entry = self.entry("survival.hazard_ratio", "cox/1", self.cox_words());
        let of = |name: &str| Group::of("covariate", name);
        let fit = match cox(&model) {
            Ok(fit) => fit,
            Err(error) => {
                let record = entry.record(of(&columns[0].0), Statistic::HazardRatio, Unit::None);
                return vec![refused(record, &in_words(&error, &columns))];
            }
        };
        let mut records = Vec::new();
        for (at, (name, _)) in columns.iter().enumerate() {
            let ratio = entry.record(of(name), Statistic::HazardRatio, Unit::None);
            let ratio = Estimate {
                numerator: Some(fit.n_events as u64),
                denominator: Some(fit.n as u64),
                ..ratio
            };
            let interval = fit.hazard_ratio_interval(at, self.confidence);
            records.push(self.valued(ratio, fit.hazard_ratio(at), interval));
            records.push(self.p_value(&entry, of(name), Ok(fit.p_value(at))));
        }
        let tests = proportional_hazards(&model, &fit, Clock::KaplanMeier);
        let entry = self.entry(
            "survival.proportional_hazards",
            "proportional-hazards/1",
            format!("{};clock=kaplan-meier", self.cox_words()),
        );
        match tests {
            Ok(tests) => {
                for ((name, _), test) in columns.iter().zip(&tests.covariates) {
                    records.push(self.p_value(&entry, of(name), Ok(test.p_value)));
                }
                records.push(self.p_value(&entry, Group::all(), Ok(tests.global.p_value)));
            }
            Err(error) => records.push(self.p_value(&entry, Group::all(), Err(error))),
        }
        records
    }

    fn cox_words(&self) -> String {
        let mut words = vec!["ties=efron".to_owned()];
        let strata = self.options.strata.iter();
        words.extend(strata.map(|name| format!("strata={name}")));
        let cluster = self.options.cluster.iter();
        words.extend(cluster.map(|name| format!("cluster={name}")));
        words.join(";")
    }
}

fn in_words(error: &StatsError, columns: &[(String, Vec<f64>)]) -> String {
    let name = |at: usize| columns.get(at).map_or("", |(name, _)| name.as_str());
    match error {
        StatsError::Collinear { covariate } => format!(
            "{} says nothing that those before it do not say; leave it out",
            name(*covariate)
        ),
        StatsError::Separated { covariate } => format!(
            "{} tells apart without fail to whom the event happens",
            name(*covariate)
        ),
        other => other.to_string(),
    }
}
