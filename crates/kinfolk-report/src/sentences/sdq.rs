//! Scores of the Strengths and Difficulties Questionnaire over the years. A change is never worded as
//! an effect, and informants are never added up.

mod classes;
mod complete;
mod over_years;

use kinfolk_charts::sdq_headline;
use kinfolk_disclosure::Released;
use kinfolk_model::{Code, Group, Informant, SdqBaseline, SdqWave, Statistic, format};

use super::figures::Figures;
pub(crate) use classes::{
    added_value, band_tests, began_high, by_chance_alone, crossed, deteriorated, improved,
};
pub(crate) use complete::{complete_at, complete_later, kept_and_lost, left_out, no_baseline};
pub(crate) use over_years::{
    changed, changed_at_other_waves, mean_at, modelled, national, others, to_quote, unclear,
};

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
