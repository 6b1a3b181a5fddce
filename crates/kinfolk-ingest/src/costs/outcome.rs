//! `[[outcome]]`: what changes, and what it is worth.

use std::ops::Range;

use kinfolk_model::{
    Amount, BenefitClass, Comparison, Given, Impact, MonetisedOutcome, PlacementType, Statistic,
};
use toml::de::DeTable;

use super::amount::Form;
use super::reader::{CostsReader, is_of_study};
use super::worth::Valued;
use crate::rules;
use crate::toml_reader::Value;

const OUTCOME_KEYS: &[&str] = &[
    "id",
    "label",
    "class",
    "transfer",
    "placement",
    "engagement",
    "retention",
    "at_risk",
    "comparator",
    "impact",
    "deadweight",
    "effect_source",
    "displacement",
    "attribution",
    "unit_cost",
    "value",
    "basis",
    "price_year",
    "prices",
    "source",
    "weeks",
    "lag",
    "duration",
    "drop_off",
    "bias",
    "cashability",
    "payers",
];
/// What the id of an estimate that compares begins or ends with.
const EFFECTS: &str = "effect.";
const DIFFERENCES: &str = ".difference";

impl<'t> CostsReader<'t> {
    pub(super) fn outcome(
        &mut self,
        span: &Range<usize>,
        table: &DeTable<'t>,
    ) -> Option<MonetisedOutcome> {
        self.toml.only(table, "[[outcome]]", OUTCOME_KEYS);
        let id = self.required_text(span, table, "id");
        let label = self.required_text(span, table, "label");
        let is_transfer = self.toml.yes_no(table, "transfer").unwrap_or(false);
        let placement = self.code::<PlacementType>(table, "placement");
        let engagement = self.optional_share(table, "engagement");
        let retention = self.optional_share(table, "retention");
        let impact = self.impact(span, table);
        let effect_source = self.effect_source(span, table, impact.as_ref());
        let displacement = self.amount_or_nothing(table, "displacement", Form::Share);
        let attribution = self.amount_or_nothing(table, "attribution", Form::Share);
        let bias = self.required_amount(span, table, "bias", Form::Share);
        let cashability = self.required_amount(span, table, "cashability", Form::Share);
        let valued = self.valued(span, table)?;
        self.check_perspective(span, &valued);
        Some(MonetisedOutcome {
            id: id?,
            label: label?,
            class: valued.class,
            is_transfer,
            placement: placement.flatten(),
            engagement,
            retention,
            impact: impact?,
            effect_source,
            displacement: displacement?,
            attribution: attribution?,
            worth: valued.worth,
            price_year: valued.price_year,
            bias: bias?,
            cashability: cashability?,
            payers: valued.payers,
            provenance: valued.provenance,
        })
    }

    fn optional_share(&mut self, table: &DeTable<'t>, key: &str) -> Option<Amount> {
        let value = table.get(key)?;
        self.amount(value, key, Form::Share)
    }

    /// Where the change comes from; an estimate of the study says that itself.
    fn effect_source(
        &mut self,
        span: &Range<usize>,
        table: &DeTable<'t>,
        impact: Option<&Impact>,
    ) -> Option<String> {
        let source = self.toml.text(table, "effect_source");
        let needs_source = match impact {
            Some(Impact::Comparator(Comparison::Difference(given))) => !is_of_study(given),
            other => other.is_some(),
        };
        if source.is_none() && needs_source {
            let message = "nobody says where the change comes from".to_owned();
            self.find(
                &rules::EFFECT_WITHOUT_SOURCE,
                span,
                "effect_source",
                message,
            );
        }
        source
    }

    /// What the programme changes: from a comparison, or less what would have come anyway.
    fn impact(&mut self, span: &Range<usize>, table: &DeTable<'t>) -> Option<Impact> {
        match (table.get("comparator"), table.get("impact")) {
            (Some(comparator), None) => self.comparator(span, table, comparator),
            (None, Some(_)) => self.deadweight(span, table),
            _ => {
                let message = "an outcome has one of `comparator` and `impact`".to_owned();
                self.toml.fault(span.clone(), message, None);
                None
            }
        }
    }

    fn comparator(
        &mut self,
        span: &Range<usize>,
        table: &DeTable<'t>,
        comparator: &Value<'t>,
    ) -> Option<Impact> {
        if let Some(deadweight) = table.get("deadweight") {
            let message = "a comparison already leaves out what would have come anyway".to_owned();
            let place = deadweight.span();
            self.find(
                &rules::DEADWEIGHT_WITH_COMPARATOR,
                &place,
                "deadweight",
                message,
            );
            return None;
        }
        if table.contains_key("at_risk") {
            let at_risk = self.required_amount(span, table, "at_risk", Form::Rate);
            let reduction = self.amount(comparator, "comparator", Form::Share);
            return Some(Impact::Comparator(Comparison::Relative {
                at_risk: at_risk?,
                reduction: reduction?,
            }));
        }
        let form = Form::Difference;
        let given = self.given(comparator, "comparator", form, Statistic::Difference)?;
        if is_of_study(&given) {
            self.check_compares(comparator, &given)?;
        }
        Some(Impact::Comparator(Comparison::Difference(given)))
    }

    /// A change from before to after is not an effect.
    fn check_compares(&mut self, comparator: &Value<'t>, given: &Given) -> Option<()> {
        let Given::Study(study) = given else {
            return Some(());
        };
        let key = &study.key;
        let compares = key.measure.starts_with(EFFECTS) || key.measure.ends_with(DIFFERENCES);
        if compares && key.statistic == Statistic::Difference {
            return Some(());
        }
        let message = format!("`{}` compares nobody with anybody", key.measure);
        let span = comparator.span();
        self.find(
            &rules::EFFECT_WITHOUT_COMPARISON,
            &span,
            "comparator",
            message,
        );
        None
    }

    fn deadweight(&mut self, span: &Range<usize>, table: &DeTable<'t>) -> Option<Impact> {
        let at_risk = self.required_amount(span, table, "at_risk", Form::Rate);
        let reduction = self.required_amount(span, table, "impact", Form::Share);
        let deadweight = self.required_amount(span, table, "deadweight", Form::Share);
        Some(Impact::Deadweight {
            at_risk: at_risk?,
            reduction: reduction?,
            deadweight: deadweight?,
        })
    }

    /// What spares public budgets is gained by public bodies, and by nobody else.
    fn check_perspective(&mut self, span: &Range<usize>, valued: &Valued) {
        let is_fiscal = valued.class == BenefitClass::Fiscal;
        let fits = |payer: kinfolk_model::Payer| payer.is_public() == is_fiscal;
        let stranger = valued.payers.iter().find(|(payer, _)| !fits(*payer));
        if let Some((payer, _)) = stranger {
            let message = format!(
                "a benefit of the class `{}` is gained by `{payer}`",
                valued.class
            );
            self.find(&rules::PERSPECTIVES_MIXED, span, "payers", message);
        }
    }
}
