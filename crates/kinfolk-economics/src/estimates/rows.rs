//! Costs, benefits, inputs, and what is not counted.

use kinfolk_model::{
    BenefitClass, Code, CostKind, Given, Group, MonetisedOutcome, Payer, Provenance, Statistic,
    Unit,
};

use super::records::{Figure, Writer, pounds, ratio, with_option};
use crate::input::{Input, InputKind, Origin};
use crate::totals::{Case, Perspective};
use crate::{is_near_one, value_class};

pub(super) fn write_costs(writer: &mut Writer<'_>) {
    let plan = &writer.appraisal.plan;
    writer.sum(pounds("value.cost", Group::all()), |t| Some(t.cost()));
    for (at, cost) in plan.costs.iter().enumerate() {
        let group = Group::of("cost", &cost.id);
        let record = writer.sum(pounds("value.cost", group), |t| Some(t.costs[at]));
        record.note.clone_from(&cost.label);
    }
    for kind in CostKind::ALL {
        if plan.costs.iter().any(|cost| cost.kind == *kind) {
            let group = Group::of("kind", kind.code());
            writer.sum(pounds("value.cost", group), |t| {
                Some(t.cost_of(plan, *kind))
            });
        }
    }
    for payer in payers(writer) {
        let group = Group::of("payer", payer.code());
        writer.sum(pounds("value.cost", group), |t| {
            Some(t.paid_by(plan, payer))
        });
    }
    writer.sum(pounds("value.cost_per_child", Group::all()), |t| {
        (t.children > 0.0).then(|| t.cost() / t.children)
    });
}

/// Whoever pays or gains, in the order of the list.
fn payers(writer: &Writer<'_>) -> Vec<Payer> {
    let plan = &writer.appraisal.plan;
    let costs = plan.costs.iter().map(|cost| &cost.payers);
    let splits: Vec<_> = costs
        .chain(plan.outcomes.iter().map(|outcome| &outcome.payers))
        .collect();
    let is_in = |payer: &Payer| {
        splits
            .iter()
            .any(|split| split.iter().any(|(who, _)| who == payer))
    };
    Payer::ALL.iter().copied().filter(is_in).collect()
}

pub(super) fn write_benefits(writer: &mut Writer<'_>) {
    let plan = &writer.appraisal.plan;
    for case in Case::ALL {
        let group = || Group::of("case", case.code());
        writer.sum(pounds("value.benefit", group()), |t| {
            Some(t.benefit(plan, case))
        });
        let record = writer.sum(ratio("value.return_per_pound", group()), |t| {
            t.ratio(plan, case)
        });
        record.note = remark(case, record.value).unwrap_or_else(|| record.note.clone());
        writer.sum(pounds("value.net_present_value", group()), |t| {
            Some(t.net(plan, case))
        });
    }
    write_before_bias(writer);
    write_other_discount(writer);
    for perspective in Perspective::ALL {
        let group = Group::of("perspective", perspective.code());
        writer.sum(ratio("value.return_per_pound", group), |t| {
            t.ratio_for(plan, perspective)
        });
    }
    for class in BenefitClass::ALL {
        if plan.outcomes.iter().any(|outcome| outcome.class == *class) {
            let group = Group::of("class", class.code());
            writer.sum(pounds("value.benefit", group), |t| {
                Some(t.benefit_of(plan, *class))
            });
        }
    }
    for (at, outcome) in plan.outcomes.iter().enumerate() {
        let group = Group::of("outcome", &outcome.id);
        let record = writer.sum(pounds("value.benefit", group), |t| Some(t.outcomes[at]));
        record.note.clone_from(&outcome.label);
        with_option(record, "class", outcome.class.code());
    }
    for payer in payers(writer) {
        let group = || Group::of("payer", payer.code());
        writer.sum(pounds("value.benefit", group()), |t| {
            Some(t.gained_by(plan, payer))
        });
        let cash = group().and("case", Case::Cashable.code());
        writer.sum(pounds("value.benefit", cash), |t| {
            Some(t.cash_of(plan, payer))
        });
        writer.sum(pounds("value.net_present_value", group()), |t| {
            Some(t.gained_by(plan, payer) - t.paid_by(plan, payer))
        });
    }
}

/// The class of a ratio, and whether it hangs on small changes.
fn remark(case: Case, ratio: Option<f64>) -> Option<String> {
    let ratio = ratio?;
    let class = match case {
        Case::Public => format!("value for money: {}", value_class(ratio)),
        Case::Fiscal | Case::Cashable => String::new(),
    };
    let near = if is_near_one(ratio) {
        "within a tenth of one: small changes turn it"
    } else {
        ""
    };
    let parts: Vec<&str> = [class.as_str(), near]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    Some(parts.join("; "))
}

fn write_before_bias(writer: &mut Writer<'_>) {
    let group = Group::of("case", Case::Public.code()).and("optimism", "none");
    let figure = ratio("value.return_per_pound", group);
    writer.sum(figure, |t| t.ratio_before_bias());
}

fn write_other_discount(writer: &mut Writer<'_>) {
    let appraisal = writer.appraisal;
    let id = &writer.costs.alternative_discount.id;
    for case in Case::ALL {
        let group = Group::of("case", case.code()).and("discount", id);
        let otherwise = (
            &appraisal.otherwise_discounted,
            &appraisal.otherwise_simulated,
        );
        let figure = ratio("value.return_per_pound", group);
        writer.sum_of(otherwise, figure, |t| t.ratio(&appraisal.plan, case));
    }
}

pub(super) fn amount(measure: &str, group: Group, unit: Unit) -> Figure<'_> {
    Figure {
        measure,
        group,
        statistic: Statistic::Amount,
        unit,
    }
}

/// The unit in which an input is printed.
pub(super) fn unit_of(kind: InputKind) -> Unit {
    match kind {
        InputKind::Share | InputKind::Difference => Unit::Proportion,
        InputKind::Money => Unit::Pounds,
        InputKind::Rate => Unit::None,
    }
}

pub(super) fn write_inputs(writer: &mut Writer<'_>) {
    let (plan, costs) = (&writer.appraisal.plan, writer.costs);
    for input in &plan.inputs {
        let figure = amount(
            "value.input",
            Group::of("input", &input.id),
            unit_of(input.kind),
        );
        // An estimate of the study stands in its own record, where its counts are looked after.
        let stated = (input.origin == Origin::Stated).then_some(input);
        let spread = stated.and_then(|input| input.spread);
        let record = writer.plain(figure, stated.map(|input| input.value));
        record.lower = spread.map(|spread| spread.low);
        record.upper = spread.map(|spread| spread.high);
        record.note = match input.origin {
            Origin::Stated => input.label.clone(),
            Origin::Study { .. } => format!("{}: an estimate of this study", input.label),
        };
        if let ("children", Given::Study(of)) = (input.id.as_str(), &costs.children) {
            // Options stand between semicolons.
            with_option(record, "estimate", &of.key.to_string().replace(';', ","));
        }
        let shape = input.spread.map_or("fixed", |spread| spread.shape.code());
        with_option(record, "distribution", shape);
        if let Some(outcome) = costs
            .outcomes
            .iter()
            .find(|outcome| is_worth_of(input, outcome))
        {
            with_option(record, "price_year", &outcome.price_year.to_string());
            trace(record, &outcome.provenance);
        }
        if let Some(source) = effect_source(input, &costs.outcomes) {
            record.note = format!("{}; source: {source}", record.note);
        }
        if let Some(cost) = costs
            .costs
            .iter()
            .find(|cost| input.id == format!("cost.{}", cost.id))
        {
            with_option(record, "price_year", &cost.price_year.to_string());
            record.note = format!("{}; source: {}", input.label, cost.source);
        }
    }
}

/// Where a stated effect comes from.
fn effect_source<'a>(input: &Input, outcomes: &'a [MonetisedOutcome]) -> Option<&'a str> {
    if input.origin != Origin::Stated {
        return None;
    }
    let (of, part) = input.id.rsplit_once('.')?;
    let is_effect = matches!(part, "at_risk" | "reduction" | "difference" | "deadweight");
    let id = of.strip_prefix("outcome.").filter(|_| is_effect)?;
    let outcome = outcomes.iter().find(|outcome| outcome.id == id)?;
    outcome.effect_source.as_deref()
}

fn is_worth_of(input: &Input, outcome: &MonetisedOutcome) -> bool {
    input.id == format!("outcome.{}.unit_value", outcome.id)
}

fn trace(record: &mut kinfolk_model::Estimate, provenance: &Provenance) {
    if let Some(row) = &provenance.row {
        with_option(record, "row", row);
    }
    if let Some(grade) = provenance.grade {
        with_option(record, "grade", grade.code());
    }
    record.note = format!("{}; source: {}", record.note, provenance.source);
}

pub(super) fn write_not_counted(writer: &mut Writer<'_>) {
    for (at, item) in writer.costs.not_counted.iter().enumerate() {
        let group = Group::of("item", &(at + 1).to_string());
        let record = writer.plain(pounds("value.not_counted", group), None);
        record.note = format!("{}: {}", item.what, item.why);
    }
}
