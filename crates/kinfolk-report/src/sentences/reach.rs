//! Who took part.

use kinfolk_disclosure::Released;
use kinfolk_model::{Group, Statistic};

use super::figures::{Figures, whole};
use super::phrase::{self, Noun, in_sentence};
use crate::document::Text;

/// The steps of the work, with what a child at each of them did.
const STEPS: [(&str, &str); 5] = [
    ("referred", "were referred"),
    ("started", "started"),
    ("conference", "had a conference"),
    ("plan", "have a plan"),
    ("review", "had their plan reviewed"),
];

/// `61 children were referred, 55 started, 41 had a conference and 35 have a plan.`
pub(crate) fn steps(figures: Figures<'_>) -> Option<Text> {
    let steps: Vec<(&Released, &str)> = STEPS
        .iter()
        .filter_map(|(step, did)| Some((figures.count("reach.flow", "step", step)?, *did)))
        .take_while(|(step, _)| whole(step).is_some_and(|n| n > 0))
        .take(4)
        .collect();
    let last = steps.len().checked_sub(1)?;
    let mut text = Text::default();
    for (at, (step, did)) in steps.iter().enumerate() {
        let joint = match at {
            0 => "",
            _ if at == last => " and ",
            _ => ", ",
        };
        let number = match at {
            0 => phrase::counted(step, Noun::CHILD)?,
            _ => kinfolk_model::format::count(whole(step)?),
        };
        text = text
            .then(joint)
            .then_figure(number, step.key())
            .then(format!(" {did}"));
    }
    Some(text.then("."))
}

/// `61 children have a Practice Summary.`
pub(crate) fn children(figures: Figures<'_>) -> Option<Text> {
    let children = figures.all("reach.children", Statistic::Count)?;
    let have = if whole(children)? == 1 { "has" } else { "have" };
    Some(
        Text::default()
            .then_figure(phrase::counted(children, Noun::CHILD)?, children.key())
            .then(format!(" {have} a Practice Summary.")),
    )
}

/// `Authorities reported 254 conferences and 354 plans.`
pub(crate) fn returns(figures: Figures<'_>) -> Option<Text> {
    let kinds = [
        ("reach.referrals", Noun::REFERRAL),
        ("reach.conferences", Noun::CONFERENCE),
        ("reach.plans", Noun::PLAN),
    ];
    let counts: Vec<(&Released, Noun)> = kinds
        .into_iter()
        .filter_map(|(measure, noun)| Some((figures.all(measure, Statistic::Count)?, noun)))
        .collect();
    let last = counts.len().checked_sub(1)?;
    let mut text = Text::plain("The quarterly returns count ");
    for (at, (count, noun)) in counts.iter().enumerate() {
        let joint = match at {
            0 => "",
            _ if at == last => " and ",
            _ => ", ",
        };
        text = text
            .then(joint)
            .then_figure(phrase::counted(count, *noun)?, count.key());
    }
    Some(text.then("."))
}

/// `187 coordinators were trained.`
pub(crate) fn coordinators(figures: Figures<'_>) -> Option<Text> {
    let trained = figures.all("reach.coordinators_trained", Statistic::Count)?;
    let were = if whole(trained)? == 1 { "was" } else { "were" };
    Some(
        Text::default()
            .then_figure(phrase::counted(trained, Noun::COORDINATOR)?, trained.key())
            .then(format!(" {were} trained.")),
    )
}

/// `80% (95% interval 77% to 82%), 600 of 753 children, met the trial criteria.`
pub(crate) fn criteria(figures: Figures<'_>) -> Option<Text> {
    let met = figures.all("reach.meets_criteria", Statistic::Proportion)?;
    Some(
        Text::default()
            .then_figure(phrase::share(met, Noun::CHILD)?, met.key())
            .then(", met the trial criteria."),
    )
}

/// `For 12 children a test could not be decided, because the record does not say.`
pub(crate) fn criteria_open(figures: Figures<'_>) -> Option<Text> {
    let met = figures.all("reach.meets_criteria", Statistic::Proportion)?;
    let missing = met.n_missing().figure().filter(|n| *n > 0)?;
    Some(
        Text::plain("For ")
            .then_figure(phrase::number_of(missing, Noun::CHILD), met.key())
            .then(" a test could not be decided, because the record does not say."),
    )
}

/// `The youngest child was 3 at referral.`
pub(crate) fn youngest(figures: Figures<'_>) -> Option<Text> {
    let age = figures.all("reach.youngest_child", Statistic::Minimum)?;
    Some(
        Text::plain("The youngest child was ")
            .then_figure(years(age)?, age.key())
            .then(" at referral."),
    )
}

/// `The oldest person found was 101.`
pub(crate) fn oldest(figures: Figures<'_>) -> Option<Text> {
    let age = figures.all("reach.oldest_connection", Statistic::Maximum)?;
    Some(
        Text::plain("The oldest person in a child\u{2019}s network was ")
            .then_figure(years(age)?, age.key())
            .then("."),
    )
}

fn years(age: &Released) -> Option<String> {
    Some(kinfolk_model::format::number(age.value().figure()?, 0))
}

/// `Most common home: foster care, 38 of 55 children.`
pub(crate) fn commonest_home(figures: Figures<'_>) -> Option<Text> {
    let rows = figures.0.rows("reach.home");
    let (label, home) = rows
        .iter()
        .filter(|row| row.code != "not_known" && row.code != "other")
        .filter_map(|row| {
            let group = Group::of("home", &row.code);
            Some((
                &row.label,
                figures.shown("reach.home", &group, Statistic::Proportion)?,
            ))
        })
        .max_by_key(|(_, home)| home.numerator().figure())?;
    Some(
        Text::plain(format!("The most common home was {}: ", in_sentence(label)))
            .then_figure(phrase::share(home, Noun::CHILD)?, home.key())
            .then("."),
    )
}
