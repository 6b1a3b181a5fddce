//! The patterns in which a figure stands in text.

use kinfolk_disclosure::Released;
use kinfolk_model::format;

use super::figures::whole;

/// Below this number a share is given as a count: one child more or less would move a percentage by
/// more than five points.
pub(crate) const FEWEST_FOR_SHARE: u64 = 20;

/// A thing that is counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Noun {
    one: &'static str,
    many: &'static str,
}

impl Noun {
    pub(crate) const CHILD: Self = Self::new("child", "children");
    pub(crate) const OBJECTIVE: Self = Self::new("objective", "objectives");
    pub(crate) const ANSWER: Self = Self::new("answer", "answers");
    pub(crate) const CONFERENCE: Self = Self::new("conference", "conferences");
    pub(crate) const PLAN: Self = Self::new("plan", "plans");
    pub(crate) const COORDINATOR: Self = Self::new("coordinator", "coordinators");
    pub(crate) const REFERRAL: Self = Self::new("referral", "referrals");
    pub(crate) const MOVE: Self = Self::new("move", "moves");
    pub(crate) const RETURN: Self = Self::new("return", "returns");
    pub(crate) const YOUNG_PERSON: Self = Self::new("young person", "young people");

    const fn new(one: &'static str, many: &'static str) -> Self {
        Self { one, many }
    }

    /// The word that goes with a number.
    pub(crate) fn with(self, n: u64) -> &'static str {
        if n == 1 { self.one } else { self.many }
    }
}

/// `61 children`, of a figure that is a count.
pub(crate) fn counted(released: &Released, noun: Noun) -> Option<String> {
    whole(released).map(|n| number_of(n, noun))
}

/// `61 children`.
pub(crate) fn number_of(n: u64, noun: Noun) -> String {
    format!("{} {}", format::count(n), noun.with(n))
}

/// `58 of 78 children`; with rounded counts `about 60 of 80 children`.
pub(crate) fn base(released: &Released, noun: Noun) -> Option<String> {
    let (numerator, denominator) = counts(released)?;
    let about = if released.is_rounded() { "about " } else { "" };
    Some(format!(
        "{about}{} {}",
        format::of(numerator, denominator),
        noun.with(denominator)
    ))
}

/// `74% (95% interval 64% to 83%), 58 of 78 children`; with fewer than twenty, `9 of 14 children`.
/// Nothing without its count.
pub(crate) fn share(released: &Released, noun: Noun) -> Option<String> {
    let base = base(released, noun)?;
    if is_small(released) {
        return Some(base);
    }
    let value = format::share(released.value().figure()?);
    Some(match interval(released, format::share) {
        Some(interval) => format!("{value} ({interval}), {base}"),
        None => format!("{value}, {base}"),
    })
}

/// `about 7 in 10`; with fewer than twenty, `9 of 14`. Nothing without its count.
pub(crate) fn about(released: &Released) -> Option<String> {
    let (numerator, denominator) = counts(released)?;
    if is_small(released) {
        return Some(format::of(numerator, denominator));
    }
    released.value().figure().map(format::about)
}

/// `7.1`.
pub(crate) fn mean(released: &Released) -> Option<String> {
    Some(format::number(released.value().figure()?, 1))
}

/// `14.8 more (95% interval 12.9 to 16.7)`, `1.2 fewer (…)`, or a change with its sign where the
/// interval holds both more and fewer.
pub(crate) fn more_or_fewer(released: &Released) -> Option<String> {
    let value = released.value().figure()?;
    let Some((lower, upper)) = released.interval().figure() else {
        return Some(direction(value));
    };
    let name = interval_name(released);
    let number = |value: f64| format::number(value, 1);
    Some(if value > 0.0 && lower >= 0.0 {
        let (lower, upper) = (number(lower), number(upper));
        format!("{} ({name} {lower} to {upper})", direction(value))
    } else if value < 0.0 && upper <= 0.0 {
        let (lower, upper) = (number(-upper), number(-lower));
        format!("{} ({name} {lower} to {upper})", direction(value))
    } else {
        let (lower, upper) = (number(lower), number(upper));
        let value = format::signed(value, 1);
        format!("a change of {value} ({name} {lower} to {upper})")
    })
}

fn direction(value: f64) -> String {
    let size = format::number(value.abs(), 1);
    match format::signed(value, 1) {
        text if text.starts_with('+') => format!("{size} more"),
        text if text == size => "no change".to_owned(),
        _ => format!("{size} fewer"),
    }
}

/// `95% interval 64% to 83%`.
pub(crate) fn interval(released: &Released, format: impl Fn(f64) -> String) -> Option<String> {
    let (lower, upper) = released.interval().figure()?;
    let name = interval_name(released);
    Some(format!("{name} {} to {}", format(lower), format(upper)))
}

/// `95% interval`, which no line end may part.
fn interval_name(released: &Released) -> String {
    match released.level() {
        Some(level) => format!("{}\u{a0}interval", format::level(level)),
        None => "interval".to_owned(),
    }
}

/// Whether fewer than twenty stand behind a share.
pub(crate) fn is_small(released: &Released) -> bool {
    released
        .denominator()
        .figure()
        .is_some_and(|n| n < FEWEST_FOR_SHARE)
}

/// Numerator and denominator, when both are shown.
pub(crate) fn counts(released: &Released) -> Option<(u64, u64)> {
    Some((
        released.numerator().figure()?,
        released.denominator().figure()?,
    ))
}

/// How many the figure rests on and how many it could have been: `92 of 98 children`; without the
/// second where all are known or the rest is not shown.
pub(crate) fn rests_on(released: &Released, noun: Noun) -> Option<String> {
    let n = released.denominator().figure()?;
    Some(match released.n_missing().figure() {
        Some(missing) if missing > 0 => {
            format!("{} {}", format::of(n, n + missing), noun.with(n + missing))
        }
        _ => number_of(n, noun),
    })
}

/// With a capital first letter, to begin a sentence.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// A label within a sentence: `Wider family` becomes `wider family`; `SDQ` and `I was asked` stay.
pub(crate) fn in_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() || (first == 'A' && second == ' ') => {
            first
                .to_lowercase()
                .chain([second])
                .chain(letters)
                .collect()
        }
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_in_sentences_and_at_their_head() {
        assert_eq!(in_sentence("Wider family"), "wider family");
        assert_eq!(in_sentence("A specific request"), "a specific request");
        assert_eq!(in_sentence("I was asked"), "I was asked");
        assert_eq!(in_sentence("SDQ"), "SDQ");
        assert_eq!(capital("about 7 in 10"), "About 7 in 10");
        assert_eq!(capital(""), "");
    }

    #[test]
    fn a_change_says_more_or_fewer() {
        assert_eq!(direction(14.84), "14.8 more");
        assert_eq!(direction(-1.2), "1.2 fewer");
        assert_eq!(direction(0.04), "no change");
        assert_eq!(direction(-0.04), "no change");
    }
}
