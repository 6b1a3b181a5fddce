//! What it would be worth to know more before deciding.

use kinfolk_disclosure::Released;
use kinfolk_model::{Statistic, format};

use super::figures::Figures;
use super::value::case;
use crate::document::Text;

const PARTIAL: &str = "value.partial_information";
const STUDY: &str = "value.larger_study_net";
/// Less than that is nothing on a page of whole pounds.
const A_POUND: f64 = 1.0;

/// `To know every input before deciding would be worth £12,340 to public budgets. Of
/// single questions, what the programme changes is worth most to answer: £9,120.`
pub(crate) fn worth_of_knowing(figures: Figures<'_>) -> Option<Text> {
    let fiscal = case("fiscal");
    let all = figures.shown("value.perfect_information", &fiscal, Statistic::Money)?;
    let pounds = all.value().figure()?;
    if pounds < A_POUND {
        return Some(Text::plain(
            "Nothing that could be learned about the inputs would change the answer for public \
             budgets, as the inputs are assumed to vary.",
        ));
    }
    let text = Text::plain("To know every input for certain before deciding would be worth ")
        .then_figure(format::pounds(pounds), all.key())
        .then(" to public budgets.");
    Some(most(text, figures))
}

/// The input, or the inputs of one kind, with which most comes.
fn most(text: Text, figures: Figures<'_>) -> Text {
    let Some((released, pounds)) = highest(figures, PARTIAL) else {
        return text;
    };
    if pounds < A_POUND {
        return text.then(" To know any one of them alone would not change the answer.");
    }
    let what = match released.group().get("inputs") {
        Some(_) => released.note().to_owned(),
        None => format!("\u{2018}{}\u{2019}", released.note()),
    };
    text.then(format!(
        " Of single questions, {what} is worth most to answer: "
    ))
    .then_figure(format::pounds(pounds), released.key())
    .then(".")
}

/// Whether a larger study would be worth its cost, where that cost is known.
pub(crate) fn larger_study(figures: Figures<'_>) -> Option<Text> {
    let (released, pounds) = highest(figures, STUDY)?;
    let (_, size) = released.note().rsplit_once(": ")?;
    let words = if pounds >= 0.0 {
        " more than it costs."
    } else {
        " less than it costs, and the other sizes looked at do no better."
    };
    Some(
        Text::plain(format!("A further study, {size}, would be worth "))
            .then_figure(format::pounds(pounds.abs()), released.key())
            .then(words),
    )
}

/// The highest figure of public budgets; the first of those that are alike.
fn highest<'a>(figures: Figures<'a>, measure: &'a str) -> Option<(&'a Released, f64)> {
    let of_case = figures
        .0
        .of(measure)
        .filter(|released| released.group().get("case") == Some("fiscal"));
    let shown = of_case.filter_map(|released| Some((released, released.value().figure()?)));
    shown.reduce(|best, other| if other.1 > best.1 { other } else { best })
}
