//! The programme's children against comparators. The one place of the report that may speak of an
//! effect, and only where comparators were made alike.

use kinfolk_disclosure::Released;
use kinfolk_model::{
    Arm, Code, ComparatorPool, ComparisonMethod, ComparisonSettings, Group, Statistic, Unit,
    format, outcome_label,
};

use super::figures::Figures;
use super::phrase::{self, Noun, in_sentence};
use crate::document::Text;

/// The measure of an outcome.
pub(crate) fn measure(outcome: &str) -> String {
    format!("effect.{outcome}")
}

/// The part of a method.
pub(crate) fn method(method: ComparisonMethod) -> Group {
    Group::of("method", method.code())
}

/// The difference of an outcome by a method, if it is shown.
pub(crate) fn difference<'a>(
    figures: Figures<'a>,
    outcome: &str,
    by: ComparisonMethod,
) -> Option<&'a Released> {
    figures.shown(&measure(outcome), &method(by), Statistic::Difference)
}

/// Whether a difference of arms that were made alike is shown for any outcome.
pub(crate) fn is_made_alike(figures: Figures<'_>, asked: &ComparisonSettings) -> bool {
    let mut outcomes = asked.outcomes.iter();
    asked.method != ComparisonMethod::Unadjusted
        && outcomes.any(|outcome| difference(figures, outcome, asked.method).is_some())
}

/// `Still in the same home could not be compared so: no child of the programme has a comparator within
/// the limits.`
pub(crate) fn refusal(figures: Figures<'_>, outcome: &str, by: ComparisonMethod) -> Option<Text> {
    let record = figures
        .0
        .get(&measure(outcome), &method(by), Statistic::Difference)?;
    let reason = record.note().strip_prefix("refused: ")?;
    Some(Text::plain(format!(
        "{}: the arms could not be made alike, because {reason}.",
        outcome_label(outcome)
    )))
}

/// `+24 (7 to 40)` percentage points, or in the unit of the outcome.
pub(crate) fn points(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Proportion => format::signed(100.0 * value, 0),
        _ => format::signed(value, 1),
    }
}

/// The finding: the first outcome, once the arms are made comparable; else as they are.
pub(crate) fn lead(figures: Figures<'_>, asked: &ComparisonSettings) -> Option<Text> {
    let outcome = asked.outcomes.first()?;
    adjusted(figures, outcome, asked.method).or_else(|| as_they_are(figures, outcome))
}

/// `Still in the same home: the share of the programme’s children is 24 percentage points (95%
/// interval 7 to 40) above that of comparators like them, 148 children.`
pub(crate) fn adjusted(figures: Figures<'_>, outcome: &str, by: ComparisonMethod) -> Option<Text> {
    if by == ComparisonMethod::Unadjusted {
        return None;
    }
    let found = difference(figures, outcome, by)?;
    Some(
        Text::plain(format!(
            "{}: against comparators like them, the programme\u{2019}s children differ by ",
            outcome_label(outcome)
        ))
        .then_figure(difference_words(found)?, found.key())
        .then("."),
    )
}

/// `+24 percentage points (95% interval +7 to +40), 148 children`.
fn difference_words(found: &Released) -> Option<String> {
    let n = phrase::number_of(found.denominator().figure()?, Noun::CHILD);
    Some(format!("{}, {n}", value_with_interval(found)?))
}

/// `+24 percentage points (95% interval +7 to +40)`.
fn value_with_interval(found: &Released) -> Option<String> {
    let value = points(found.value().figure()?, found.unit());
    let unit = match found.unit() {
        Unit::Proportion => " percentage points",
        _ => "",
    };
    let ends = found
        .interval()
        .figure()
        .map_or_else(String::new, |(lower, upper)| {
            let level = found.level().map_or_else(String::new, format::level);
            format!(
                " ({level}\u{a0}interval {} to {})",
                points(lower, found.unit()),
                points(upper, found.unit())
            )
        });
    Some(format!("{value}{unit}{ends}"))
}

/// With fewer authorities, that they do not differ by more than chance says little.
const MANY: u64 = 10;

/// The outcomes that several authorities have compared, in the order of the figures.
pub(crate) fn compared_by_authorities(figures: Figures<'_>) -> Vec<String> {
    let records = figures.0.records().iter();
    let averages = records.filter(|released| {
        released.statistic() == Statistic::Difference
            && released.group().get("pooled") == Some("average")
    });
    let outcomes = averages.filter_map(|released| released.measure().strip_prefix("effect."));
    outcomes.map(str::to_owned).collect()
}

/// `Still in the same home: over 4 authorities the average is +24 percentage points (95% interval +13 to
/// +36); in another it might be from +8 to +40.` Without an average the reason.
pub(crate) fn over_authorities(figures: Figures<'_>, outcome: &str) -> Option<Text> {
    let part = |of: &str| Group::of("pooled", of);
    let record = figures
        .0
        .get(&measure(outcome), &part("average"), Statistic::Difference)?;
    let label = outcome_label(outcome);
    if let Some(reason) = record.note().strip_prefix("refused: ") {
        return Some(Text::plain(format!(
            "{label}: there is no average over authorities, because {reason}."
        )));
    }
    let n = record.denominator().figure()?;
    let next = figures.shown(&measure(outcome), &part("next"), Statistic::Difference);
    let text = Text::plain(format!("{label}: over {n} authorities the average is "))
        .then_figure(value_with_interval(record)?, record.key());
    let Some((next, (lower, upper))) =
        next.and_then(|next| Some((next, next.interval().figure()?)))
    else {
        return Some(text.then(if n < MANY {
            "; so few cannot tell how far they differ."
        } else {
            "."
        }));
    };
    let [lower, upper] = [lower, upper].map(|end| points(end, next.unit()));
    Some(
        text.then("; in another it might be from ")
            .then_figure(format!("{lower} to {upper}"), next.key())
            .then("."),
    )
}

/// `Still in the same home, as the arms are: 58% (…), 45 of 77 children of the programme; 41% (…), 167
/// of 411 comparators.`
pub(crate) fn as_they_are(figures: Figures<'_>, outcome: &str) -> Option<Text> {
    let share = |arm| {
        let group = method(ComparisonMethod::Unadjusted);
        let found = figures
            .0
            .in_arm(&measure(outcome), arm, &group, Statistic::Proportion)?;
        Some((phrase::share(found, Noun::CHILD)?, found.key()))
    };
    let (programme, of_programme) = share(Arm::Programme)?;
    let (comparators, of_comparators) = share(Arm::Comparator)?;
    let asked = figures.0.settings().comparison.as_ref();
    let so = match asked.is_some_and(ComparisonSettings::is_in_pairs) {
        true => "in the pairs, unadjusted",
        false => "as the arms are",
    };
    Some(
        Text::plain(format!("{}, {so}: ", outcome_label(outcome)))
            .then_figure(programme, of_programme)
            .then(" of the programme; ")
            .then_figure(comparators, of_comparators)
            .then(" among comparators."),
    )
}

/// How the arms were made comparable, in words.
pub(crate) fn how(asked: &ComparisonSettings) -> Text {
    let names: Vec<String> = asked.covariates.iter().map(|name| in_words(name)).collect();
    let alike = match asked.method {
        ComparisonMethod::Unadjusted => {
            return Text::plain("The arms were compared as they are. Nothing was made alike.");
        }
        ComparisonMethod::Matched => match asked.rule.pool {
            ComparatorPool::Any => {
                "Each child of the programme was paired with a comparator who was as likely to be in the \
                 programme"
            }
            ComparatorPool::RiskSet => {
                "Each child of the programme was paired with one who had then been in care as long, was not \
                 yet in the programme and was as likely to join it"
            }
        },
        ComparisonMethod::AttWeights | ComparisonMethod::Entropy => {
            "Comparators were weighted until they were like the programme\u{2019}s children"
        }
        ComparisonMethod::Overlap => {
            "Children count the more, the likelier they might have been in either arm"
        }
        ComparisonMethod::Aipw => {
            "Outcomes were predicted for each arm, and what was left was weighted"
        }
    };
    Text::plain(format!("{alike}, by {}.", phrase_list(&names)))
}

/// `a, b and c`.
pub(crate) fn phrase_list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// How far apart the arms lie in what was measured: the worst covariate after.
pub(crate) fn alike(figures: Figures<'_>) -> Option<Text> {
    let after = |released: &&Released| {
        released.group().get("stage") == Some("after")
            && released.statistic() == Statistic::EffectSize
            && released.group().get("covariate").is_some()
    };
    let size = |released: &Released| released.value().figure().map(f64::abs);
    let worst = figures
        .0
        .of("matching.balance")
        .filter(after)
        .filter(|released| size(released).is_some())
        .max_by(|a, b| size(a).unwrap_or(0.0).total_cmp(&size(b).unwrap_or(0.0)))?;
    let name = covariate_label(worst.group().get("covariate")?);
    let value = worst.value().figure()?;
    let judged = match value.abs() {
        size if size > 0.25 => "which is too far apart to be compared",
        size if size > 0.1 => "which is further apart than is wished",
        _ => "which is close",
    };
    Some(
        Text::plain(format!(
            "Of what was measured, the arms are furthest apart in {}: by ",
            in_sentence(&name)
        ))
        .then_figure(format::number(value.abs(), 2), worst.key())
        .then(format!(" standard deviations, {judged}.")),
    )
}

/// `Sex: male`, `Years in care`.
pub(crate) fn covariate_label(name: &str) -> String {
    match name.split_once('=') {
        Some((column, value)) => {
            format!("{}: {}", outcome_label(column), value.replace('_', " "))
        }
        None => outcome_label(name),
    }
}

/// A column within a sentence: `legal status`, `SDQ`.
pub(crate) fn in_words(column: &str) -> String {
    in_sentence(&outcome_label(column))
}

/// The smallest difference that these numbers could show.
pub(crate) fn detectable(figures: Figures<'_>, asked: &ComparisonSettings) -> Option<Text> {
    let group = Group::of("comparators", "half");
    let found = figures.shown("matching.detectable", &group, Statistic::Difference)?;
    let value = found.value().figure()?;
    let enough = asked.margin.map(|margin| match value <= margin {
        true => " That is within the difference that the study calls important.",
        false => " The study calls a smaller difference important, so one could well be missed.",
    });
    Some(
        Text::plain(
            "Settled before any outcome was looked at: with these numbers a difference of ",
        )
        .then_figure(
            format!("{} percentage points", format::number(100.0 * value, 0)),
            found.key(),
        )
        .then(" in a share of one half would be found four times in five.")
        .then(enough.unwrap_or_default()),
    )
}
