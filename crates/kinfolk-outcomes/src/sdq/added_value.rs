//! The added value score: change beyond what was expected of children with high scores.

use kinfolk_model::{Informant, Sdq, SdqForm, SdqVersion};

use super::score;

/// The standard deviation of one child's added value score. A mean divided by it is an effect size;
/// one child's score says little, about ±10 points.
pub const ADDED_VALUE_SD: f64 = 5.0;

/// The least time between the two questionnaires.
const FEWEST_MONTHS: i32 = 4;
/// The most time between the two questionnaires.
const MOST_MONTHS: i32 = 8;

/// Why there is no added value score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AddedValueReason {
    /// Only carers' answers have a formula.
    NotFromCarer,
    /// The form for ages 2 to 4 was used.
    OtherForm,
    /// The two are known to be of different carers.
    OtherCarer,
    /// The later one is known not to be on the follow-up form.
    NotFollowUpForm,
    /// They are not four to eight months apart, so not what the formula was made for.
    OtherInterval,
    /// The first has no total, no emotional score or no impact score.
    NoFirstScores,
    /// The later one has no total.
    NoLaterTotal,
}

impl AddedValueReason {
    /// The reason in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotFromCarer => "the formula is for carers\u{2019} answers",
            Self::OtherForm => "the formula is for the form for ages 4 to 17",
            Self::OtherCarer => "different carers answered",
            Self::NotFollowUpForm => "the later answers are not on the follow-up form",
            Self::OtherInterval => "the two are not four to eight months apart",
            Self::NoFirstScores => "the first has no total, emotional or impact score",
            Self::NoLaterTotal => "the later one has no total",
        }
    }
}

/// A child's added value score: how much lower the later total is than expected, in points;
/// positive is better than expected. The expectation holds for children who had high scores or for
/// whom help was sought, over about six months.
///
/// Source: Ford and others 2009, British Journal of Psychiatry 194:552-558.
///
/// # Errors
///
/// [`AddedValueReason`] where the formula was not made for such a pair.
pub fn added_value(first: &Sdq, later: &Sdq) -> Result<f64, AddedValueReason> {
    check_pair(first, later)?;
    let (scores, later_scores) = (score(first), score(later));
    let (Some(total), Some(impact), Some(emotional)) =
        (scores.total, scores.impact.score, scores.emotional.score)
    else {
        return Err(AddedValueReason::NoFirstScores);
    };
    let later_total = later_scores.total.ok_or(AddedValueReason::NoLaterTotal)?;
    Ok(expected_total(total, impact, emotional) - f64::from(later_total))
}

/// The later total that the formula expects, from the first total, impact and emotional score.
///
/// ```
/// let expected = kinfolk_outcomes::sdq::expected_total(20, 4, 6);
/// assert!((expected - 17.3).abs() < 1e-12);
/// ```
pub fn expected_total(total: u8, impact: u8, emotional: u8) -> f64 {
    2.3 + 0.8 * f64::from(total) + 0.2 * f64::from(impact) - 0.3 * f64::from(emotional)
}

fn check_pair(first: &Sdq, later: &Sdq) -> Result<(), AddedValueReason> {
    let pair = [first, later];
    if pair
        .iter()
        .any(|sdq| sdq.informant != Informant::ParentCarer)
    {
        return Err(AddedValueReason::NotFromCarer);
    }
    if pair.iter().any(|sdq| sdq.form == Some(SdqForm::Ages2To4)) {
        return Err(AddedValueReason::OtherForm);
    }
    if are_known_to_differ(first.carer_id.as_deref(), later.carer_id.as_deref()) {
        return Err(AddedValueReason::OtherCarer);
    }
    if later.version == Some(SdqVersion::First) {
        return Err(AddedValueReason::NotFollowUpForm);
    }
    if is_right_interval(first, later) {
        Ok(())
    } else {
        Err(AddedValueReason::OtherInterval)
    }
}

fn are_known_to_differ(one: Option<&str>, other: Option<&str>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

fn is_right_interval(first: &Sdq, later: &Sdq) -> bool {
    let after = |months: i32| first.date.saturating_add(jiff::Span::new().months(months));
    (after(FEWEST_MONTHS)..=after(MOST_MONTHS)).contains(&later.date)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kinfolk_model::{ChildId, SdqEntered, SdqImpactItems};

    use super::*;

    fn sdq(month: i8, entered: SdqEntered) -> Sdq {
        Sdq {
            child_id: ChildId::new("C1"),
            date: date(2025, month, 15),
            informant: Informant::ParentCarer,
            form: None,
            version: None,
            carer_id: None,
            items: [None; 25],
            impact_items: SdqImpactItems::default(),
            entered,
        }
    }

    fn first(total: u8, impact: u8, emotional: u8) -> Sdq {
        let entered = SdqEntered {
            emotional: Some(emotional),
            total: Some(total),
            impact: Some(impact),
            ..SdqEntered::default()
        };
        sdq(1, entered)
    }

    fn later(total: u8) -> Sdq {
        let entered = SdqEntered {
            total: Some(total),
            ..SdqEntered::default()
        };
        sdq(7, entered)
    }

    #[test]
    fn pairs_have_their_added_value() {
        let check = |total, impact, emotional, later_total, expected: f64| {
            let found = added_value(&first(total, impact, emotional), &later(later_total));
            assert!((found.unwrap() - expected).abs() < 1e-12, "{found:?}");
        };
        check(20, 4, 6, 17, 0.3);
        check(17, 2, 5, 17, -2.2);
        check(30, 8, 8, 18, 7.5);
        check(14, 0, 3, 14, -1.4);
        check(40, 10, 10, 40, -6.7);
        check(0, 0, 0, 0, 2.3);
    }

    #[test]
    fn pairs_that_the_formula_is_not_for_say_why() {
        let check = |first: &Sdq, later: &Sdq, reason| {
            assert_eq!(added_value(first, later), Err(reason));
        };
        let (one, two) = (first(20, 4, 6), later(17));
        let with_carer = |sdq: &Sdq, carer: &str| Sdq {
            carer_id: Some(carer.into()),
            ..sdq.clone()
        };
        let teacher = Sdq {
            informant: Informant::Teacher,
            ..two.clone()
        };
        check(&one, &teacher, AddedValueReason::NotFromCarer);
        let early = Sdq {
            form: Some(SdqForm::Ages2To4),
            ..one.clone()
        };
        check(&early, &two, AddedValueReason::OtherForm);
        let (a, b) = (with_carer(&one, "a"), with_carer(&two, "b"));
        check(&a, &b, AddedValueReason::OtherCarer);
        assert!(added_value(&a, &two).is_ok());
        let same_form = Sdq {
            version: Some(SdqVersion::First),
            ..two.clone()
        };
        check(&one, &same_form, AddedValueReason::NotFollowUpForm);
        for (year, month, day) in [(2025, 5, 14), (2025, 9, 16), (2024, 7, 15)] {
            let elsewhen = Sdq {
                date: date(year, month, day),
                ..two.clone()
            };
            check(&one, &elsewhen, AddedValueReason::OtherInterval);
        }
        check(
            &Sdq {
                date: one.date,
                ..later(20)
            },
            &two,
            AddedValueReason::NoFirstScores,
        );
        let blank = sdq(7, SdqEntered::default());
        check(&one, &blank, AddedValueReason::NoLaterTotal);
    }

    #[test]
    fn the_ends_of_the_interval_belong_to_it() {
        for (month, day) in [(5, 15), (9, 15)] {
            let second = Sdq {
                date: date(2025, month, day),
                ..later(17)
            };
            assert!(added_value(&first(20, 4, 6), &second).is_ok());
        }
    }
}
