//! Who crossed the cut-off, who changed by more than measurement error, and what high scores do by
//! themselves.

use kinfolk_disclosure::Released;
use kinfolk_model::{Informant, SdqWave, Statistic, format};

use super::{after, at_the_start, headline, moved};
use crate::document::Text;
use crate::sentences::figures::Figures;
use crate::sentences::phrase::{self, Noun, capital};

/// What high scores do by themselves, beside every result of children who began high: with their own
/// change where it is shown.
pub(crate) fn began_high(figures: Figures<'_>, informant: Informant) -> Option<Text> {
    high_at_the_start(figures, informant).or_else(|| expected_anyway(figures, informant))
}

/// `Among 34 children with a high score at the start, scores fell by 4.0 points (…) after one year.` It
/// never stands without what would be expected anyway.
fn high_at_the_start(figures: Figures<'_>, informant: Informant) -> Option<Text> {
    let change = headline(figures, informant)?;
    let expected = expected_anyway(figures, informant)?;
    let part = change.part("who", "concern_at_baseline");
    let picked = figures.shown("sdq.change", &part, Statistic::Difference)?;
    let n = picked.denominator().figure()?;
    let text = Text::plain("Among ")
        .then_figure(phrase::number_of(n, Noun::CHILD), picked.key())
        .then(format!(
            " with a high score {}, scores ",
            at_the_start(figures)
        ))
        .then_figure(moved(picked)?, picked.key())
        .then(format!(" {}. ", after(change.wave)));
    Some(Text(text.0.into_iter().chain(expected.0).collect()))
}

/// `Scores picked because they are high fall by themselves: with no real change, by about 1.9 points (from the mean
/// at the start and a standard deviation there of 5.8 points, with a correlation of 0.72).`
fn expected_anyway(figures: Figures<'_>, informant: Informant) -> Option<Text> {
    let change = headline(figures, informant)?;
    let part = change.part("who", "concern_at_baseline");
    let expected = figures.shown("sdq.regression_to_mean", &part, Statistic::Difference)?;
    let size = format::number(expected.value().figure()?.abs(), 1);
    Some(
        Text::plain("Scores picked because they are high fall by themselves: with no real change, by about ")
            .then_figure(format!("{size} points"), expected.key())
            .then(match correlation(expected) {
                Some(correlation) => {
                    format!(" ({}, with a correlation of {correlation}).", expected.note())
                }
                None => ".".to_owned(),
            }),
    )
}

/// The correlation between two scores of a child with which the fall was worked out.
fn correlation(expected: &Released) -> Option<&str> {
    let mut options = expected.options().split(';');
    options.find_map(|option| option.strip_prefix("reliability="))
}

/// `9 children scored high at the start and not after one year; 6 children went the other way.`
pub(crate) fn crossed(figures: Figures<'_>, informant: Informant) -> Option<Text> {
    let change = headline(figures, informant)?;
    let count = |crossing: &str| {
        let part = change.part("crossing", crossing);
        figures.shown("sdq.crossing", &part, Statistic::Count)
    };
    let (left, entered) = (count("below")?, count("above")?);
    Some(
        Text::default()
            .then_figure(capital(&some_children(left)?), left.key())
            .then(format!(
                " scored high {} and not {}; ",
                at_the_start(figures),
                after(change.wave)
            ))
            .then_figure(some_children(entered)?, entered.key())
            .then(" went the other way."),
    )
}

/// `6 children`, `no child`.
fn some_children(count: &Released) -> Option<String> {
    match phrase::counted(count, Noun::CHILD)? {
        none if none.starts_with("0 ") => Some("no child".to_owned()),
        some => Some(some),
    }
}

/// `A test of whether as many children left the high band as entered it (McNemar) gives p = 0.021; one of
/// all three bands (Stuart-Maxwell) gives p = 0.043.`
pub(crate) fn band_tests(figures: Figures<'_>, informant: Informant) -> Option<Text> {
    let part = headline(figures, informant)?.part("test", "mcnemar");
    let high = figures.shown("sdq.transition", &part, Statistic::PValue)?;
    let text = Text::plain(
        "A test of whether as many children left the high band as entered it (McNemar) gives ",
    )
    .then_figure(p_value(high)?, high.key());
    let part = headline(figures, informant)?.part("test", "stuart_maxwell");
    let all = figures.shown("sdq.transition", &part, Statistic::PValue);
    let all = all.and_then(|all| Some((p_value(all)?, all)));
    Some(match all {
        Some((p, all)) => text
            .then("; one of all three bands (Stuart-Maxwell) gives ")
            .then_figure(p, all.key())
            .then("."),
        None => text.then("."),
    })
}

fn p_value(test: &Released) -> Option<String> {
    let p = format::p_value(test.value().figure()?);
    Some(match p.starts_with('<') {
        true => format!("p {p}"),
        false => format!("p = {p}"),
    })
}

/// `Added value, which sets the later score against the one expected of children who began alike, is 0.9
/// points (…), for 40 children; …`, or why there is none.
pub(crate) fn added_value(figures: Figures<'_>, informant: Informant) -> Option<Text> {
    let part = SdqWave::Year1.group(informant);
    let record = figures.0.get("sdq.added_value", &part, Statistic::Mean)?;
    let about =
        "Added value sets a later score against the one expected of children who began alike. ";
    if let (Some(mean), Some(n)) = (phrase::mean(record), record.denominator().figure()) {
        let value = match phrase::interval(record, |end| format::number(end, 1)) {
            Some(interval) => format!("{mean} points ({interval})"),
            None => format!("{mean} points"),
        };
        let children = phrase::number_of(n, Noun::CHILD);
        return Some(
            Text::plain(format!("{about}It is "))
                .then_figure(value, record.key())
                .then(" on average, for ")
                .then_figure(children, record.key())
                .then("; above nothing is better than expected."),
        );
    }
    let reason = record.note().trim_end_matches('.');
    (!record.value().is_withheld() && !reason.is_empty())
        .then(|| Text::plain(format!("{about}It cannot be given here: {reason}.")))
}

/// `33% (95% interval 22% to 46%), 17 of 52 children, had a fall larger than …`
pub(crate) fn improved(figures: Figures<'_>, informant: Informant) -> Option<Text> {
    let share = class(figures, informant, "improved")?;
    Some(some_or_none(share)?.then(" had a fall larger than measurement error explains."))
}

/// `33% (95% interval 22% to 46%), 17 of 52 children,`; `None of 38 children (95% interval 0% to 9%)`.
fn some_or_none(share: &Released) -> Option<Text> {
    let (n, of) = phrase::counts(share)?;
    if n > 0 {
        let words = phrase::share(share, Noun::CHILD)?;
        let comma = if phrase::is_small(share) { "" } else { "," };
        return Some(Text::default().then_figure(format!("{words}{comma}"), share.key()));
    }
    let none = format!("None of {}", phrase::number_of(of, Noun::CHILD));
    let words = match phrase::interval(share, format::share) {
        Some(interval) if !phrase::is_small(share) => format!("{none} ({interval})"),
        _ => none,
    };
    Some(Text::default().then_figure(words, share.key()))
}

/// `8% (…), 2 of 24 children, had a rise as large.`
pub(crate) fn deteriorated(figures: Figures<'_>, informant: Informant) -> Option<Text> {
    let share = class(figures, informant, "deteriorated")?;
    Some(some_or_none(share)?.then(" had a rise as large."))
}

fn class<'a>(figures: Figures<'a>, informant: Informant, class: &str) -> Option<&'a Released> {
    let part = headline(figures, informant)?.part("class", class);
    figures.shown("sdq.reliable_change", &part, Statistic::Proportion)
}

/// What measurement error alone would do, beside the classes.
pub(crate) fn by_chance_alone(figures: Figures<'_>, informant: Informant) -> Option<Text> {
    class(figures, informant, "improved").map(|_| {
        Text::plain(
            "Measurement error alone would class at most about 1 child in 20 as changed, half of \
             them as improved.",
        )
    })
}
