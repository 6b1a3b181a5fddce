//! What coordinators recorded about each child.

use kinfolk_disclosure::Released;
use kinfolk_model::{Code, OutcomeName, Statistic};

use super::figures::Figures;
use super::objectives::capital;
use super::phrase::{self, Noun};
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
fn headline(figures: Figures<'_>) -> Option<(OutcomeName, &Released)> {
    let order = |name: &OutcomeName| (*name != OutcomeName::NewDirectContact, *name);
    shown(figures).min_by_key(|(name, _)| order(name))
}

/// `81% (95% interval 69% to 89%), 47 of 58 children, have new direct contact in their care plan.`
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
