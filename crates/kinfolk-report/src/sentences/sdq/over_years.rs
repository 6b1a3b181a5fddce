//! Change and means over the years, and England's beside them.

use kinfolk_disclosure::Released;
use kinfolk_model::{Informant, SdqWave, Statistic, format};

use super::{
    Change, after, at_the_start, at_wave, headline, informants, is_unclear, moved, scores,
};
use crate::document::Text;
use crate::sentences::figures::Figures;
use crate::sentences::phrase::{self, Noun, capital};

/// `After three years, carers’ scores fell by 2.6 points (…), among the 24 children with both.`
pub(crate) fn changed(figures: Figures<'_>, informant: Informant) -> Option<Text> {
    changed_by(headline(figures, informant)?)
}

/// The same of each of the other waves.
pub(crate) fn changed_at_other_waves(figures: Figures<'_>, informant: Informant) -> Vec<Text> {
    let Some(headline) = headline(figures, informant) else {
        return Vec::new();
    };
    let others = SdqWave::LATER
        .into_iter()
        .filter(|wave| *wave != headline.wave);
    others
        .filter_map(|wave| changed_by(at_wave(figures, informant, wave)?))
        .collect()
}

fn changed_by(change: Change<'_>) -> Option<Text> {
    let whose = scores(change.informant);
    let n = change.paired.denominator().figure()?;
    let base = match n {
        1 => "the one child".to_owned(),
        _ => format!("the {}", phrase::number_of(n, Noun::CHILD)),
    };
    Some(
        Text::plain(format!("{}, {whose} ", capital(after(change.wave))))
            .then_figure(moved(change.paired)?, change.paired.key())
            .then(", among ")
            .then_figure(base, change.paired.key())
            .then(" with both."),
    )
}

/// `The interval holds both a fall and a rise.`
pub(crate) fn unclear(figures: Figures<'_>, informant: Informant) -> Option<Text> {
    let change = headline(figures, informant)?;
    is_unclear(change.paired)
        .then(|| Text::plain("The interval holds both a fall and a rise: there may be no change."))
}

/// `At the start, carers’ scores were 16.8 on average (95% interval 15.5 to 18.1), for 88 children.`
pub(crate) fn mean_at(figures: Figures<'_>, informant: Informant, wave: SdqWave) -> Option<Text> {
    let group = wave.group(informant).and("who", "everyone");
    let mean = figures.shown("sdq.mean", &group, Statistic::Mean)?;
    let n = mean.denominator().figure()?;
    let when = match wave {
        SdqWave::Baseline => at_the_start(figures),
        later => after(later),
    };
    let value = phrase::mean(mean)?;
    let value = match phrase::interval(mean, |end| format::number(end, 1)) {
        Some(interval) => format!("{value} on average ({interval})"),
        None => format!("{value} on average"),
    };
    Some(
        Text::plain(format!("{}, {} were ", capital(when), scores(informant)))
            .then_figure(value, mean.key())
            .then(", for ")
            .then_figure(phrase::number_of(n, Noun::CHILD), mean.key())
            .then("."),
    )
}

/// `By a model that uses every score, also of children who were lost later, carers’ scores fell by 2.2
/// points (…) after three years.`
pub(crate) fn modelled(figures: Figures<'_>, informant: Informant) -> Option<Text> {
    let change = headline(figures, informant)?;
    let part = change.part("method", "repeated_measures");
    let model = figures.shown("sdq.change", &part, Statistic::Difference)?;
    Some(
        Text::plain(format!(
            "By a model that uses every score, also of children who were lost later, {} ",
            scores(informant)
        ))
        .then_figure(moved(model)?, model.key())
        .then(format!(" {}.", after(change.wave))),
    )
}

/// `After one year, carers’ scores were 15.7 on average (…), for 38 children. England’s mean then was
/// 14.9, for children in care of the same ages and sexes (32 of 38 children).`
pub(crate) fn national(figures: Figures<'_>) -> Option<Text> {
    let informant = Informant::ParentCarer;
    let wave = headline(figures, informant).map_or(SdqWave::Baseline, |change| change.wave);
    let own = mean_at(figures, informant, wave)?;
    let mean = |mix: &str| {
        let group = wave.group(informant).and("mix", mix);
        figures.shown("sdq.national", &group, Statistic::Mean)
    };
    let (mean, mix) = match mean("same_age_and_sex") {
        Some(same) => (same, same_mix(same)),
        None => (
            mean("england")?,
            Text::plain("for children in care, whatever their ages and sexes."),
        ),
    };
    let text = own
        .then(" England\u{2019}s mean then was ")
        .then_figure(phrase::mean(mean)?, mean.key())
        .then(", ");
    Some(Text(text.0.into_iter().chain(mix.0).collect()))
}

/// Whose ages and sexes England's mean is weighted to.
fn same_mix(mean: &Released) -> Text {
    let text = Text::plain("for children in care of the same ages and sexes");
    match phrase::rests_on(mean, Noun::CHILD) {
        Some(base) => text.then(" (").then_figure(base, mean.key()).then(")."),
        None => text.then("."),
    }
}

/// What teachers or young people say, apart from carers.
pub(crate) fn others(figures: Figures<'_>) -> Vec<Text> {
    let others = informants(figures).into_iter().skip(1);
    others
        .filter_map(|informant| {
            changed(figures, informant).or_else(|| mean_at(figures, informant, SdqWave::Baseline))
        })
        .collect()
}

/// `‘After one year, carers’ SDQ scores …’`, with its caveat.
pub(crate) fn to_quote(figures: Figures<'_>) -> Option<Text> {
    let informant = Informant::ParentCarer;
    let change = headline(figures, informant)?;
    let n = change.paired.denominator().figure()?;
    Some(
        Text::plain(format!(
            "\u{2018}{}, {} on the Strengths and Difficulties Questionnaire ",
            capital(after(change.wave)),
            scores(informant)
        ))
        .then_figure(moved(change.paired)?, change.paired.key())
        .then(", among ")
        .then_figure(phrase::number_of(n, Noun::CHILD), change.paired.key())
        .then(" without a comparison group.\u{2019}"),
    )
}
