//! What those who replied said.

use kinfolk_disclosure::Released;
use kinfolk_model::{Code, Group, Respondent, Settings, Statistic, format};

use super::figures::{Figures, whole};
use super::phrase::{self, Noun, capital};
use crate::document::Text;

/// A statement as one kind of respondent answered it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rated<'a> {
    pub(crate) respondent: Respondent,
    pub(crate) statement: &'a str,
    pub(crate) agree: &'a Released,
}

/// Every statement whose share of agreement is shown with its count, in the order of the report.
pub(crate) fn rated(figures: Figures<'_>) -> Vec<Rated<'_>> {
    figures
        .0
        .of("questionnaire.agree")
        .filter(|agree| agree.value().figure().is_some() && phrase::counts(agree).is_some())
        .filter_map(|agree| {
            Some(Rated {
                respondent: agree.group().get("respondent")?.parse().ok()?,
                statement: agree.group().get("statement")?,
                agree,
            })
        })
        .collect()
}

/// The statement to quote: what children say about having more people, else their first statement.
pub(crate) fn headline(figures: Figures<'_>) -> Option<Rated<'_>> {
    rated(figures)
        .into_iter()
        .filter(|rated| rated.respondent == Respondent::Child)
        .min_by_key(|rated| rated.statement != "more_people")
}

/// `About 9 in 10 of the children who replied agreed: ‘More people help with decisions’.`
pub(crate) fn in_short(figures: Figures<'_>) -> Option<Text> {
    let rated = headline(figures)?;
    let of = if phrase::is_small(rated.agree) {
        ""
    } else {
        " of the"
    };
    let settings = figures.0.settings();
    Some(
        Text::default()
            .then_figure(capital(&phrase::about(rated.agree)?), rated.agree.key())
            .then(format!(
                "{of} children who replied agreed: {}.",
                quoted(settings, rated.statement)
            )),
    )
}

/// A statement in quotation marks.
pub(crate) fn quoted(settings: &Settings, statement: &str) -> String {
    format!("\u{2018}{}\u{2019}", settings.statement(statement))
}

/// `25 children and 40 network members replied.`
pub(crate) fn replied(figures: Figures<'_>) -> Option<Text> {
    let replies: Vec<(Respondent, &Released)> = Respondent::ALL
        .iter()
        .filter_map(|who| {
            let forms = figures.count("questionnaire.responses", "respondent", who.code())?;
            Some((*who, forms))
        })
        .filter(|(_, forms)| whole(forms).is_some_and(|n| n > 0))
        .collect();
    let last = replies.len().checked_sub(1)?;
    let mut text = Text::default();
    for (at, (who, forms)) in replies.iter().enumerate() {
        let joint = match at {
            0 => "",
            _ if at == last => " and ",
            _ => ", ",
        };
        let n = whole(forms)?;
        let words = format!("{} {}", format::count(n), people(*who, n));
        text = text.then(joint).then_figure(words, forms.key());
    }
    Some(text.then(" replied."))
}

fn people(who: Respondent, n: u64) -> &'static str {
    match (who, n) {
        (Respondent::Child, 1) => "child",
        (Respondent::Child, _) => "children",
        (Respondent::Network, 1) => "network member",
        (Respondent::Network, _) => "network members",
        (Respondent::Carer, 1) => "carer",
        (Respondent::Carer, _) => "carers",
        (Respondent::SocialWorker, 1) => "social worker",
        (Respondent::SocialWorker, _) => "social workers",
    }
}

/// `Children agreed most with ‘The plan is clear’: 92% (…), 23 of 25 answers.` Where statements are
/// withheld, or two share the first place, it compares nothing.
pub(crate) fn most_agreed(figures: Figures<'_>, who: Respondent) -> Option<Text> {
    let mut sorted: Vec<Rated<'_>> = rated(figures)
        .into_iter()
        .filter(|rated| rated.respondent == who)
        .collect();
    sorted.sort_by(|a, b| value(b).total_cmp(&value(a)));
    let most = sorted.first()?;
    let is_first = sorted.get(1).is_some_and(|next| value(next) < value(most));
    let opening = if is_first && sorted.len() == n_statements(figures, who) {
        format!("{} agreed most with ", who.label())
    } else {
        format!("{} who agreed with ", who.label())
    };
    let statement = quoted(figures.0.settings(), most.statement);
    Some(
        Text::plain(format!("{opening}{statement}: "))
            .then_figure(phrase::share(most.agree, Noun::ANSWER)?, most.agree.key())
            .then("."),
    )
}

fn n_statements(figures: Figures<'_>, who: Respondent) -> usize {
    figures
        .0
        .of("questionnaire.agree")
        .filter(|agree| agree.group().get("respondent") == Some(who.code()))
        .count()
}

fn value(rated: &Rated<'_>) -> f64 {
    rated.agree.value().figure().unwrap_or(f64::NEG_INFINITY)
}

/// `A questionnaire is held for 45% (…), 25 of 55 children.` Nothing where forms name no child.
pub(crate) fn response(figures: Figures<'_>) -> Option<Text> {
    let group = Group::of("record", "child_questionnaire");
    let reply = figures.shown("coverage.record", &group, Statistic::Proportion)?;
    reply.numerator().figure().filter(|n| *n > 0)?;
    Some(
        Text::plain("A questionnaire is held for ")
            .then_figure(phrase::share(reply, Noun::CHILD)?, reply.key())
            .then("."),
    )
}
