//! How the figures of the SDQ were made: rules, inputs, the notice of its owners.

use kinfolk_disclosure::Released;
use kinfolk_model::{Settings, Statistic, format};

use super::context::{Context, heading};
use crate::document::Block;
use crate::sentences::phrase::capital;

/// What `study.toml` says of the SDQ, as rows of the table of options.
pub(super) fn options(settings: &Settings) -> Vec<(&'static str, String)> {
    let baseline = &settings.sdq.baseline;
    let degrees = &settings.sdq.model_degrees;
    let mut rows = vec![
        (
            "Baseline of the Strengths and Difficulties Questionnaire (sdq_baseline)",
            format!("{} ({baseline})", kinfolk_model::Code::label(*baseline)),
        ),
        (
            "Degrees of freedom of its model over the years (sdq_mmrm_df)",
            format!("{} ({degrees})", kinfolk_model::Code::label(*degrees)),
        ),
    ];
    match &settings.sdq.reliable_change {
        Some(inputs) => rows.extend([
            (
                "Standard deviation of its total (sdq_sd)",
                format::exact(inputs.sd),
            ),
            (
                "Reliability of its total (sdq_reliability)",
                format::exact(inputs.reliability),
            ),
            ("Source of both (sdq_source)", inputs.source.clone()),
        ]),
        None => rows.push((
            "Standard deviation and reliability of its total (sdq_sd, sdq_reliability)",
            "none: no child\u{2019}s change is classed".to_owned(),
        )),
    }
    rows
}

/// The rules in words; nothing where the study holds no SDQ.
pub(super) fn blocks(context: &Context<'_>) -> Vec<Block> {
    if !context.figures.has("sdq.mean") && !context.figures.has("sdq.completeness") {
        return Vec::new();
    }
    let terms = [
        Some(baseline(context)),
        Some(waves()),
        changes(context),
        model(context),
        tests(context),
    ]
    .into_iter()
    .flatten()
    .chain(national(context))
    .chain([copyright()]);
    vec![
        heading("How the questionnaire on strengths and difficulties was used"),
        Block::Definitions(terms.collect()),
    ]
}

type Term = (String, String);

fn term(head: &str, meaning: impl Into<String>) -> Term {
    (head.to_owned(), meaning.into())
}

fn baseline(context: &Context<'_>) -> Term {
    let baseline = context.settings.sdq.baseline;
    term(
        "At the start",
        format!(
            "{}. Scores of carers, teachers and young people are never added up or set against each \
             other.",
            kinfolk_model::Code::label(baseline)
        ),
    )
}

fn waves() -> Term {
    term(
        "Years on",
        "The score nearest to so many years after the first one, if it lies within half a year of that \
         day. A yearly return counts as dated at the end of its year. A change is counted only between \
         scores on the same form.",
    )
}

fn changes(context: &Context<'_>) -> Option<Term> {
    context.settings.sdq.reliable_change.as_ref().map(|_| {
        term(
            "Reliable change",
            "A change larger than the measurement error of two scores explains in 19 of 20 cases. The \
             standard deviation and the reliability behind it stand among the options.",
        )
    })
}

/// The covariance and the degrees of freedom that the model was fitted with, with any step down.
fn model(context: &Context<'_>) -> Option<Term> {
    let is_model = |released: &&Released| {
        released.group().get("method") == Some("repeated_measures")
            && released.statistic() == Statistic::Difference
    };
    let model = context.release.of("sdq.change").find(is_model)?;
    let fitted = model.options().replace(';', ", ").replace(['=', '_'], " ");
    let parts = [
        "Every score counts, also of children who were lost later. It is right if scores are missing at \
         random, given the scores that are known."
            .to_owned(),
        as_sentence(&fitted),
        as_sentence(model.note()),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Some(term("Model of scores", parts.join(" ")))
}

/// With a capital and a full stop; empty for nothing.
fn as_sentence(words: &str) -> String {
    let words = words.trim().trim_end_matches('.');
    match words {
        "" => String::new(),
        _ => format!("{}.", capital(words)),
    }
}

fn tests(context: &Context<'_>) -> Option<Term> {
    let has_test = |released: &Released| released.group().get("test") == Some("wilcoxon");
    context.release.of("sdq.change").any(has_test).then(|| {
        term(
            "Wilcoxon test",
            "Children whose score did not change are left out of it, as its zero rule says.",
        )
    })
}

/// What the national figures say of themselves.
fn national(context: &Context<'_>) -> Option<Term> {
    let notes = context.release.of("sdq.national").map(Released::note);
    let mut notes: Vec<String> = notes
        .map(as_sentence)
        .filter(|note| !note.is_empty())
        .collect();
    notes.dedup();
    let known = context
        .release
        .of("sdq.national")
        .any(|mean| mean.value().figure().is_some());
    known.then(|| {
        let rule = "Published by the Department for Education for children in care aged 5 to 16. They are \
                    weighted to the ages and sexes of the children scored here where the chart says so."
            .to_owned();
        let parts: Vec<String> = std::iter::once(rule).chain(notes).collect();
        term("England\u{2019}s means", parts.join(" "))
    })
}

fn copyright() -> Term {
    term(
        "Whose questionnaire",
        "The Strengths and Difficulties Questionnaire is \u{a9} Robert Goodman and Youthinmind. This report \
         holds scores only, not its words. Whoever administers it electronically needs Youthinmind\u{2019}s \
         permission.",
    )
}
