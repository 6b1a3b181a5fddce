//! What coordinators recorded about each child.

use kinfolk_disclosure::Released;
use kinfolk_model::{Code, OutcomeName, Statistic};

use super::figures::Figures;
use super::phrase::{self, Noun, capital, in_sentence};
use crate::document::Text;

/// The measure of an outcome.
pub(crate) fn measure(name: OutcomeName) -> String {
    format!("outcomes.{}", name.code())
}

/// What is said of the children with an outcome.
fn predicate(name: OutcomeName) -> &'static str {
    match name {
        OutcomeName::RelationshipRepaired => "had a relationship repaired",
        OutcomeName::LongTermCommitment => "have a long-term commitment from their network",
        OutcomeName::NewDirectContact => "have new direct contact in their care plan",
        OutcomeName::FamilyHistoryKnowledge => "know more of their family history",
        OutcomeName::IdentityBelonging => "have a stronger sense of identity and belonging",
    }
}

/// The outcomes with a share that is shown, in the order of the code list.
pub(crate) fn shown(figures: Figures<'_>) -> impl Iterator<Item = (OutcomeName, &Released)> {
    OutcomeName::ALL.iter().filter_map(move |name| {
        let share = figures.all(&measure(*name), Statistic::Proportion)?;
        phrase::counts(share)?;
        Some((*name, share))
    })
}

/// `About 8 in 10 children have new direct contact in their care plan, as their coordinators see it.`
pub(crate) fn in_short(figures: Figures<'_>) -> Option<Text> {
    let (name, share) = headline(figures)?;
    let of = if phrase::is_small(share) {
        " children"
    } else {
        " of the children"
    };
    Some(
        Text::default()
            .then_figure(capital(&phrase::about(share)?), share.key())
            .then(format!("{of} {}, as coordinators see it.", predicate(name))),
    )
}

/// New direct contact, which can be checked in a plan, before the rest.
pub(crate) fn headline(figures: Figures<'_>) -> Option<(OutcomeName, &Released)> {
    let order = |name: &OutcomeName| (*name != OutcomeName::NewDirectContact, *name);
    shown(figures).min_by_key(|(name, _)| order(name))
}

/// `84% (95% interval 69% to 93%), 32 of 38 children, have new direct contact in their care plan.`
pub(crate) fn outcome(name: OutcomeName, share: &Released) -> Option<Text> {
    Some(
        Text::default()
            .then_figure(phrase::share(share, Noun::CHILD)?, share.key())
            .then(format!(", {}.", predicate(name))),
    )
}

/// The finding of the section.
pub(crate) fn lead(figures: Figures<'_>) -> Option<Text> {
    let (name, share) = headline(figures)?;
    outcome(name, share)
}

/// `Most often among the others: stronger identity and belonging, for 76% (…), 28 of 37 children.`
pub(crate) fn most(figures: Figures<'_>) -> Option<Text> {
    let (name, share) = others(figures)?.0;
    let opening = if shown(figures).count() == OutcomeName::ALL.len() {
        "Most often among the others: "
    } else {
        "Most often among the others that are shown: "
    };
    told(opening, name, share)
}

/// `Least often: a relationship repaired, for 58% (…), 21 of 36 children.`
pub(crate) fn least(figures: Figures<'_>) -> Option<Text> {
    let (name, share) = others(figures)?.1;
    told("Least often: ", name, share)
}

type Recorded<'a> = (OutcomeName, &'a Released);

/// The most and the least common of all but the headline, where they differ.
fn others(figures: Figures<'_>) -> Option<(Recorded<'_>, Recorded<'_>)> {
    let (first, _) = headline(figures)?;
    let value = |recorded: &Recorded<'_>| recorded.1.value().figure().unwrap_or_default();
    let others = || shown(figures).filter(|(name, _)| *name != first);
    let most = others().max_by(|a, b| value(a).total_cmp(&value(b)))?;
    let least = others().min_by(|a, b| value(a).total_cmp(&value(b)))?;
    (value(&most) > value(&least)).then_some((most, least))
}

fn told(opening: &str, name: OutcomeName, share: &Released) -> Option<Text> {
    Some(
        Text::plain(format!("{opening}{}, for ", in_sentence(name.label())))
            .then_figure(phrase::share(share, Noun::CHILD)?, share.key())
            .then("."),
    )
}
