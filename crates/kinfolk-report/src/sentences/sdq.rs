//! Scores of the Strengths and Difficulties Questionnaire over the years. A change is never worded as
//! an effect, and informants are never added up.

use kinfolk_charts::{SdqWave, sdq_headline};
use kinfolk_disclosure::Released;
use kinfolk_model::{Code, Group, Informant, SdqBaseline, Statistic, format};

use super::figures::Figures;
use super::phrase::{self, Noun, capital};
use crate::document::Text;

/// The informants with anything on record, carers first.
pub(crate) fn informants(figures: Figures<'_>) -> Vec<Informant> {
    let has = |informant: &Informant| {
        let is_of =
            |released: &Released| released.group().get("informant") == Some(informant.code());
        ["sdq.completeness", "sdq.mean"]
            .iter()
            .any(|measure| figures.0.of(measure).any(is_of))
    };
    Informant::ALL.iter().copied().filter(has).collect()
}

/// The change that sentences speak of: of that informant, at the wave of the charts' titles.
pub(crate) fn headline(figures: Figures<'_>, informant: Informant) -> Option<Change<'_>> {
    at_wave(figures, informant, sdq_headline(figures.0, informant)?)
}

fn at_wave(figures: Figures<'_>, informant: Informant, wave: SdqWave) -> Option<Change<'_>> {
    let group = wave.group(informant).and("method", "paired");
    let paired = figures.shown("sdq.change", &group, Statistic::Difference)?;
    Some(Change {
        informant,
        wave,
        paired,
    })
}

/// A change among children with both scores.
#[derive(Clone, Copy)]
pub(crate) struct Change<'a> {
    pub(crate) informant: Informant,
    pub(crate) wave: SdqWave,
    pub(crate) paired: &'a Released,
}

impl Change<'_> {
    fn part(&self, key: &str, value: &str) -> Group {
        self.wave.group(self.informant).and(key, value)
    }
}

/// Whose scores: `carers’ scores`.
pub(crate) fn scores(informant: Informant) -> &'static str {
    match informant {
        Informant::ParentCarer => "carers\u{2019} scores",
        Informant::Teacher => "teachers\u{2019} scores",
        Informant::YoungPerson => "young people\u{2019}s own scores",
    }
}

/// Who reports, over rows of a table.
pub(crate) fn reported_by(informant: Informant) -> &'static str {
    match informant {
        Informant::ParentCarer => "Reported by carers",
        Informant::Teacher => "Reported by teachers",
        Informant::YoungPerson => "Reported by young people",
    }
}

/// `after one year`, in words, since it is no figure of the study.
pub(crate) fn after(wave: SdqWave) -> &'static str {
    const WORDS: [&str; 5] = [
        "after one year",
        "after two years",
        "after three years",
        "after four years",
        "after five years",
    ];
    let at = SdqWave::LATER.iter().position(|later| *later == wave);
    at.and_then(|at| WORDS.get(at).copied())
        .unwrap_or("at the start")
}

/// Where the baseline stands in a sentence.
pub(crate) fn at_the_start(figures: Figures<'_>) -> &'static str {
    match figures.0.settings().sdq.baseline {
        SdqBaseline::First => "at the first score",
        _ => "at the start",
    }
}

/// `fell by 2.1 points (95% interval 0.7 to 3.5)`; with its sign where the interval holds both ways.
pub(crate) fn moved(change: &Released) -> Option<String> {
    let value = change.value().figure()?;
    let number = |value: f64| format::number(value, 1);
    let (Some((low, high)), Some(level)) = (change.interval().figure(), change.level()) else {
        return Some(format!("changed by {} points", format::signed(value, 1)));
    };
    let name = format!("{}\u{a0}interval", format::level(level));
    Some(if high < 0.0 {
        let (low, high) = (number(-high), number(-low));
        format!("fell by {} points ({name} {low} to {high})", number(-value))
    } else if low > 0.0 {
        let (low, high) = (number(low), number(high));
        format!("rose by {} points ({name} {low} to {high})", number(value))
    } else {
        let (low, high) = (number(low), number(high));
        format!(
            "changed by {} points ({name} {low} to {high})",
            format::signed(value, 1)
        )
    })
}

/// Whether the interval of a change holds both a fall and a rise.
pub(crate) fn is_unclear(change: &Released) -> bool {
    let ends = change.interval().figure();
    ends.is_none_or(|(low, high)| low <= 0.0 && high >= 0.0)
}

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
        SdqWave::BASELINE => at_the_start(figures),
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

/// Why nothing can be said of scores, where no child has one to begin from.
pub(crate) fn no_baseline(figures: Figures<'_>, informant: Informant) -> Option<Text> {
    let share = completeness_of(figures, informant, SdqWave::BASELINE)?;
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
    let share = completeness(figures, informant, SdqWave::BASELINE)?;
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
    let wave = headline(figures, informant).map_or(SdqWave::BASELINE, |change| change.wave);
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

/// `Among 34 children with a high score at the start, scores fell by 4.0 points (…) after one year.` It
/// never stands without [`expected_anyway`].
pub(crate) fn high_at_the_start(figures: Figures<'_>, informant: Informant) -> Option<Text> {
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

/// `With no real change at all, their mean would still be expected to fall by about 1.9 points.`
fn expected_anyway(figures: Figures<'_>, informant: Informant) -> Option<Text> {
    let change = headline(figures, informant)?;
    let part = change.part("who", "concern_at_baseline");
    let expected = figures.shown("sdq.regression_to_mean", &part, Statistic::Difference)?;
    let size = format::number(expected.value().figure()?.abs(), 1);
    Some(
        Text::plain("Scores picked because they are high fall by themselves: with no real change, by about ")
            .then_figure(format!("{size} points"), expected.key())
            .then("."),
    )
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

/// What teachers or young people say, apart from carers.
pub(crate) fn others(figures: Figures<'_>) -> Vec<Text> {
    let others = informants(figures).into_iter().skip(1);
    others
        .filter_map(|informant| {
            changed(figures, informant).or_else(|| mean_at(figures, informant, SdqWave::BASELINE))
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
        .then(" (")
        .then_figure(phrase::number_of(n, Noun::CHILD), change.paired.key())
        .then(", no comparison group).\u{2019}"),
    )
}
