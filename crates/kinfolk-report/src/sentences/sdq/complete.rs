//! Who has a score, and who of those with a first one has a later one.

use kinfolk_disclosure::Released;
use kinfolk_model::{Informant, SdqBaseline, SdqWave, Statistic};

use super::{after, at_the_start, headline, scores};
use crate::document::Text;
use crate::sentences::figures::Figures;
use crate::sentences::phrase::{self, Noun, capital};

/// Why nothing can be said of scores, where no child has one to begin from.
pub(crate) fn no_baseline(figures: Figures<'_>, informant: Informant) -> Option<Text> {
    let share = completeness_of(figures, informant, SdqWave::Baseline)?;
    let (none, due) = (share.numerator().figure()?, share.denominator().figure()?);
    (none == 0 && due > 0).then(|| {
        Text::plain(match figures.0.settings().sdq.baseline {
            SdqBaseline::LastBeforeStart => {
                "No child has a score from the day on which work started or before, so no change \
                 can be told."
            }
            SdqBaseline::NearestStart => {
                "No child has both a score and a day on which work started, so no change can be told."
            }
            SdqBaseline::First => "No child has a score, so no change can be told.",
        })
    })
}

/// `Carers’ scores are held for 88 of 98 children at the start.`
pub(crate) fn complete_at(figures: Figures<'_>, informant: Informant) -> Option<Text> {
    let share = completeness(figures, informant, SdqWave::Baseline)?;
    Some(
        Text::plain(format!("{} are held for ", capital(scores(informant))))
            .then_figure(phrase::share(share, Noun::CHILD)?, share.key())
            .then(format!(", {}.", at_the_start(figures))),
    )
}

/// `After three years, 24 of 45 children who had come so far have a score.`
pub(crate) fn complete_later(figures: Figures<'_>, informant: Informant) -> Option<Text> {
    let wave = headline(figures, informant)?.wave;
    let share = completeness_of(figures, informant, wave)?;
    let opening = Text::plain(format!("{}, ", capital(after(wave))));
    Some(match phrase::base(share, Noun::CHILD) {
        Some(base) => opening
            .then_figure(base, share.key())
            .then(" who had come so far have a score."),
        // How many have none may be hidden where how many have one is not.
        None => opening
            .then_figure(
                phrase::number_of(share.numerator().figure()?, Noun::CHILD),
                share.key(),
            )
            .then(" have a score; how many have none is not shown."),
    })
}

/// Who has a score, though the share itself may be withheld or not worth stating.
fn completeness_of(figures: Figures<'_>, informant: Informant, wave: SdqWave) -> Option<&Released> {
    let group = wave.group(informant);
    figures
        .0
        .get("sdq.completeness", &group, Statistic::Proportion)
}

fn completeness(figures: Figures<'_>, informant: Informant, wave: SdqWave) -> Option<&Released> {
    figures.shown(
        "sdq.completeness",
        &wave.group(informant),
        Statistic::Proportion,
    )
}

/// `Not compared: 2 children whose score after two years is on another form, or another version of it.`
pub(crate) fn left_out(figures: Figures<'_>, informant: Informant) -> Option<Text> {
    let wave = headline(figures, informant)?.wave;
    let count = figures.shown("sdq.left_out", &wave.group(informant), Statistic::Count)?;
    (count.value().figure()? > 0.0).then_some(())?;
    Some(
        Text::plain("Not compared: ")
            .then_figure(phrase::counted(count, Noun::CHILD)?, count.key())
            .then(format!(
                " whose score {} is on another form than the first, or another version of it.",
                after(wave)
            )),
    )
}

/// `The 24 children with a later score began at 16.4 on average; the 21 without began at 18.1.`
pub(crate) fn kept_and_lost(figures: Figures<'_>, informant: Informant) -> Option<Text> {
    let change = headline(figures, informant)?;
    let mean = |who: &str| figures.shown("sdq.kept", &change.part("who", who), Statistic::Mean);
    let (kept, lost) = (mean("kept")?, mean("lost")?);
    let n = |mean: &Released| Some(phrase::number_of(mean.denominator().figure()?, Noun::CHILD));
    Some(
        Text::plain("Who is missing matters. ")
            .then_figure(n(kept)?, kept.key())
            .then(" with a later score began at ")
            .then_figure(phrase::mean(kept)?, kept.key())
            .then(" on average; ")
            .then_figure(n(lost)?, lost.key())
            .then(" without one began at ")
            .then_figure(phrase::mean(lost)?, lost.key())
            .then("."),
    )
}
