//! What the programme costs and what it is worth. Effects are inputs of an appraisal: a sentence that
//! gives a benefit says in itself that it rests on them.

use kinfolk_disclosure::Released;
use kinfolk_model::{Group, Statistic, format};

use super::figures::Figures;
use super::phrase;
use crate::document::Text;

const RETURN: &str = "value.return_per_pound";

/// Whether the study was appraised, or should have been.
pub(crate) fn is_appraised(figures: Figures<'_>) -> bool {
    figures.has(RETURN)
}

/// Whether the returns are those of several authorities.
pub(crate) fn is_side_by_side(figures: Figures<'_>) -> bool {
    let mut returns = figures.0.of(RETURN);
    returns.any(|released| released.group().get("authority").is_some())
}

/// What follows a name among the options of a figure: `2024` for `prices`.
pub(crate) fn option<'a>(released: &'a Released, name: &str) -> Option<&'a str> {
    let mut options = released.options().split(';');
    options.find_map(|option| option.strip_prefix(name)?.strip_prefix('='))
}

/// An option that all figures of the appraisal share.
pub(crate) fn shared<'a>(figures: Figures<'a>, name: &str) -> Option<&'a str> {
    option(figures.0.of("value.cost").next()?, name)
}

/// Why nothing could be appraised.
pub(crate) fn not_appraised(figures: Figures<'_>) -> Option<Text> {
    let record = figures.0.get(RETURN, &Group::all(), Statistic::Ratio)?;
    if record.value().is_withheld() {
        return Some(withheld());
    }
    let reason = record.note().trim_start_matches("nothing is appraised: ");
    Some(Text::plain(format!(
        "What the programme is worth is not reckoned here: {reason}."
    )))
}

/// Whether the returns stand on figures that are withheld.
pub(crate) fn is_withheld(figures: Figures<'_>) -> bool {
    let mut returns = figures.0.of(RETURN);
    returns.any(|record| record.value().is_withheld())
}

/// What is said in the place of returns that are withheld.
pub(crate) fn withheld() -> Text {
    Text::plain(
        "What the programme is worth is withheld here. It rests on figures of this report that are \
         withheld for small numbers, and would give them back.",
    )
}

/// The part of a case: `fiscal`, `public`, `cashable`.
pub(crate) fn case(code: &str) -> Group {
    Group::of("case", code)
}

/// `£1.66 to public budgets (95% interval −£0.84 to £4.62)`.
fn returned(text: Text, figures: Figures<'_>, code: &str, to: &str) -> Option<Text> {
    let ratio = figures.shown(RETURN, &case(code), Statistic::Ratio)?;
    let value = format::pence(ratio.value().figure()?);
    let interval = phrase::interval(ratio, format::pence);
    let interval = interval.map_or_else(String::new, |interval| format!(" ({interval})"));
    Some(
        text.then_figure(value, ratio.key())
            .then(format!(" {to}"))
            .then_figure(interval, ratio.key()),
    )
}

/// The three returns side by side.
pub(crate) fn returns(figures: Figures<'_>) -> Option<Text> {
    let text = Text::plain(format!("{}, each £1 returns ", condition(figures)));
    let text = returned(text, figures, "fiscal", "to public budgets")?;
    let text = text.then(". On the same assumptions it returns ");
    let text = returned(text, figures, "public", "to everyone")?.then(", and ");
    Some(returned(text, figures, "cashable", "in cash")?.then("."))
}

/// Under what the sums hold.
pub(crate) fn condition(figures: Figures<'_>) -> &'static str {
    match effects(figures) {
        (0, _) => "If the effects assumed here hold",
        (_, 0) => "If the differences found here come from the programme",
        _ => "If the effects found and assumed here hold",
    }
}

/// How many effects are estimates of this study, and how many are assumptions.
pub(crate) fn effects(figures: Figures<'_>) -> (usize, usize) {
    let is_effect = |released: &&Released| {
        let input = released.group().get("input").unwrap_or_default();
        input.ends_with(".difference") || input.ends_with(".reduction")
    };
    let effects = figures.0.of("value.input").filter(is_effect);
    let (found, assumed): (Vec<_>, Vec<_>) =
        effects.partition(|released| released.note().ends_with("an estimate of this study"));
    (found.len(), assumed.len())
}

/// What the design cannot show.
pub(crate) fn not_shown(figures: Figures<'_>) -> Text {
    Text::plain(match effects(figures) {
        (0, _) => {
            "This report does not show that the programme has these effects. Each of them is an \
             assumption, written in costs.toml."
        }
        (_, 0) => {
            "The effects are differences found in this study. Other differences between the children \
             may explain them."
        }
        _ => {
            "Some effects are differences found in this study, which other things may explain. The \
             rest are assumptions, written in costs.toml."
        }
    })
}

/// `The programme costs £154,639 (…) over 5 years, in prices of 2024. That is £2,148 (…) a child.`
pub(crate) fn cost(figures: Figures<'_>) -> Option<Text> {
    let cost = figures.all("value.cost", Statistic::Money)?;
    let years = option(cost, "years")?;
    let prices = option(cost, "prices")?;
    Some(
        Text::plain("The programme costs ")
            .then_figure(money(cost)?, cost.key())
            .then(format!(
                " over {years} years, worth today in prices of {prices}."
            )),
    )
}

/// The figure of this study that an input is.
fn estimate_behind<'a>(figures: Figures<'a>, input: &Released) -> Option<&'a Released> {
    let name = option(input, "estimate")?;
    let mut records = figures.0.records().iter();
    records.find(|released| released.key().to_string().replace(';', ",") == name)
}

/// `That is £2,148 (…) for each of 72 children, as many as costs.toml counts.`
pub(crate) fn cost_of_a_child(figures: Figures<'_>) -> Option<Text> {
    let each = figures.all("value.cost_per_child", Statistic::Money)?;
    let text = Text::plain("That is ").then_figure(money(each)?, each.key());
    let input = Group::of("input", "children");
    let input = figures.0.get("value.input", &input, Statistic::Amount);
    let children = input.map(|input| estimate_behind(figures, input).unwrap_or(input));
    let number = children.and_then(|children| Some((children.key(), children.value().figure()?)));
    Some(match number {
        Some((key, n)) => text
            .then(" for each of ")
            .then_figure(format::number(n, 0), key)
            .then(" children, as many as costs.toml counts."),
        None => text.then(" for each child."),
    })
}

/// `£154,639 (95% interval £129,862 to £181,075)`.
fn money(released: &Released) -> Option<String> {
    let value = format::pounds(released.value().figure()?);
    Some(match phrase::interval(released, format::pounds) {
        Some(interval) => format!("{value} ({interval})"),
        None => value,
    })
}

/// `Public budgets would get at least £1 back in about 7 in 10 draws of the inputs.`
pub(crate) fn probability(figures: Figures<'_>) -> Option<Text> {
    let measure = "value.probability_pays";
    let chance = |code| figures.shown(measure, &case(code), Statistic::Proportion);
    let about = |chance: &Released| chance.value().figure().map(format::about);
    let (fiscal, cash) = (chance("fiscal")?, chance("cashable")?);
    Some(
        Text::plain("As the inputs are assumed to vary, public budgets get £1 or more back in ")
            .then_figure(about(fiscal)?, fiscal.key())
            .then(" draws. In cash it is ")
            .then_figure(about(cash)?, cash.key())
            .then("."),
    )
}

/// A ratio that small changes would turn, for each case that has one.
pub(crate) fn near_one(figures: Figures<'_>) -> Option<Text> {
    let near = ["fiscal", "public", "cashable"]
        .into_iter()
        .filter_map(|code| {
            let ratio = figures.shown(RETURN, &case(code), Statistic::Ratio)?;
            ratio
                .note()
                .contains("within a tenth of one")
                .then_some((code, ratio))
        });
    let mut text: Option<Text> = None;
    for (code, ratio) in near {
        let value = format::pence(ratio.value().figure()?);
        let sentence = text.map_or_else(Text::default, |text| text.then(" "));
        text = Some(
            sentence
                .then(format!("The {code} return of "))
                .then_figure(value, ratio.key())
                .then(" lies within a tenth of £1."),
        );
    }
    text.map(|text| text.then(" Small changes in what is assumed would turn the answer."))
}

/// The input on which the fiscal return hangs most, and where the answer turns.
pub(crate) fn switching(figures: Figures<'_>) -> Option<Text> {
    let is_fiscal = |released: &&Released| {
        released.group().get("case") == Some("fiscal") && released.value().figure().is_some()
    };
    let first = figures.0.of("value.sensitivity").find(is_fiscal)?;
    let part = case("fiscal").and("input", first.group().get("input")?);
    let turns = figures.shown("value.switching", &part, Statistic::Amount);
    let Some(turns) = turns else {
        let label = first
            .note()
            .rsplit_once(": ")
            .map_or("", |(label, _)| label);
        return Some(Text::plain(format!(
            "The answer for public budgets hangs most on one input. No possible value of it turns \
             that answer: \u{2018}{label}\u{2019}."
        )));
    };
    let at = in_its_unit(turns)?;
    Some(
        Text::plain("The answer for public budgets hangs most on one input: ")
            .then(format!("\u{2018}{}\u{2019}. ", turns.note()))
            .then("It turns where that input is ")
            .then_figure(at, turns.key())
            .then(", all else as assumed."),
    )
}

/// A value of an input in the unit of the input.
pub(crate) fn in_its_unit(released: &Released) -> Option<String> {
    use kinfolk_model::Unit;
    let value = released.value().figure()?;
    Some(match released.unit() {
        Unit::Proportion => format::fine_share(value),
        Unit::Pounds => format::pounds(value),
        _ => format::number(value, 2),
    })
}

/// `It pays public budgets from 27.1 child-weeks avoided; 37.3 are assumed.`
pub(crate) fn break_even(figures: Figures<'_>) -> Option<Text> {
    let is_weeks = |released: &&Released| {
        released.group().get("counted").is_some() && released.value().figure().is_some()
    };
    let needed = figures.0.of("value.break_even").find(is_weeks)?;
    let assumed = figures.shown("value.outcomes", needed.group(), Statistic::Amount)?;
    let weeks = |released: &Released| Some(format::number(released.value().figure()?, 1));
    Some(
        Text::plain("Public budgets break even at ")
            .then_figure(weeks(needed)?, needed.key())
            .then(" child-weeks avoided, all else as assumed. The sums above assume ")
            .then_figure(weeks(assumed)?, assumed.key())
            .then("."),
    )
}

/// When public budgets have their money back.
pub(crate) fn payback(figures: Figures<'_>) -> Option<Text> {
    let years = figures.shown("value.payback_years", &case("fiscal"), Statistic::Amount)?;
    let value = years.value().figure()?;
    let condition = condition(figures);
    Some(if value <= 0.0 {
        Text::plain(format!(
            "{condition}, public budgets have their money back within the first year."
        ))
    } else {
        Text::plain(format!(
            "{condition}, public budgets have their money back after "
        ))
        .then_figure(format::number(value, 1), years.key())
        .then(" years.")
    })
}

/// What matters and has no money put to it.
pub(crate) fn not_counted(figures: Figures<'_>) -> Vec<Text> {
    let items = figures.0.of("value.not_counted");
    items
        .map(|item| Text::plain(format!("{}.", item.note().trim_end_matches('.'))))
        .collect()
}

/// Unit costs whose source is more than ten years older than the prices of the report.
pub(crate) fn old_prices(figures: Figures<'_>) -> Option<Text> {
    const OLD: i32 = 10;
    let year = |text: &str| text.get(..4).and_then(|year| year.parse::<i32>().ok());
    let now = year(shared(figures, "prices")?)?;
    let is_old = |released: &Released| {
        let from = option(released, "price_year").and_then(year);
        from.is_some_and(|from| now - from > OLD)
    };
    let old = figures
        .0
        .of("value.input")
        .filter(|input| is_old(input))
        .count();
    match old {
        0 => None,
        1 => Some(Text::plain(
            "One of these prices is more than ten years old, so it may no longer hold.",
        )),
        _ => Some(Text::plain(
            "Some of these prices are more than ten years old, so they may no longer hold.",
        )),
    }
}

/// For families and for those who pay.
pub(crate) fn in_plain_words(figures: Figures<'_>) -> Option<Text> {
    let ratio = figures.shown(RETURN, &case("fiscal"), Statistic::Ratio)?;
    let each = figures.all("value.cost_per_child", Statistic::Money)?;
    Some(
        Text::plain(
            "Finding family and keeping in touch takes people\u{2019}s time, and costs about ",
        )
        .then_figure(format::pounds(each.value().figure()?), each.key())
        .then(" for each child. ")
        .then(format!("{}, public budgets get about ", condition(figures)))
        .then_figure(format::pence(ratio.value().figure()?), ratio.key())
        .then(
            " back for each £1. That is a sum on paper, and the true figure may be higher or \
                 lower. Knowing one\u{2019}s family is worth having whatever it saves.",
        ),
    )
}
