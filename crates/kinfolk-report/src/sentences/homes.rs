//! Where children live: how often they move, how that compares, and what it does not say.

use kinfolk_disclosure::Released;
use kinfolk_model::care::{CountedReasons, TemporaryPlacements};
use kinfolk_model::{Code, Group, PublishedMeasure, Statistic, format};

use super::figures::{Figures, whole};
use super::phrase::{self, Noun, capital};
use crate::document::Text;

/// The children of the service.
pub(crate) const SERVICE: &str = "programme";
/// The authority's other children.
pub(crate) const OTHERS: &str = "comparator";

/// A measure and the part of it that stands for itself.
pub(crate) type Part = (&'static str, Option<(&'static str, &'static str)>);

/// Three or more placements in the year.
pub(crate) const IN_YEAR: Part = ("stability.three_or_more", Some(("window", "year")));
/// Three or more placements in two years.
pub(crate) const IN_TWO_YEARS: Part = ("stability.three_or_more", Some(("window", "two_years")));
/// The same carer for two years.
pub(crate) const SAME_CARER: Part = ("stability.same_carer_two_years", None);
/// Still in the same home.
pub(crate) const SAME_HOME: Part = ("stability.same_home", None);

/// Whether the study holds returns that were measured.
pub(crate) fn is_measured(figures: Figures<'_>) -> bool {
    figures.has("stability.children")
}

/// A figure of an arm, shown or withheld; the empty arm is every child of the returns.
pub(crate) fn in_arm<'a>(
    figures: Figures<'a>,
    arm: &str,
    measure: &str,
    group: &Group,
    statistic: Statistic,
) -> Option<&'a Released> {
    let mut all = figures.0.records().iter();
    all.find(|released| {
        released.measure() == measure
            && released.group() == group
            && released.statistic() == statistic
            && released.key().arm == arm
    })
}

/// The share of an arm.
pub(crate) fn share_of<'a>(
    figures: Figures<'a>,
    arm: &str,
    (measure, part): Part,
) -> Option<&'a Released> {
    let group = part.map_or_else(Group::all, |(key, code)| Group::of(key, code));
    in_arm(figures, arm, measure, &group, Statistic::Proportion)
}

fn shown_share(figures: Figures<'_>, part: Part) -> Option<&Released> {
    share_of(figures, "", part).filter(|share| share.value().figure().is_some())
}

/// An option of a figure's method.
pub(crate) fn option<'a>(released: &'a Released, name: &str) -> Option<&'a str> {
    let mut options = released.options().split(';');
    options.find_map(|option| option.strip_prefix(name)?.strip_prefix('='))
}

/// `11% (95% interval 8% to 16%), 28 of 245 children,`; with fewer than twenty, `3 of 15 children`.
fn who(share: &Released, noun: Noun) -> Option<Text> {
    let comma = if phrase::is_small(share) { "" } else { "," };
    let words = format!("{}{comma}", phrase::share(share, noun)?);
    Some(Text::default().then_figure(words, share.key()))
}

fn join(first: Text, then: Text) -> Text {
    Text(first.0.into_iter().chain(then.0).collect())
}

/// `Of children looked after on 31 March 2025, 11% (…), 28 of 245 children, had three or more
/// placements in the year.`
pub(crate) fn three_or_more(figures: Figures<'_>) -> Option<Text> {
    let share = shown_share(figures, IN_YEAR)?;
    let opening = Text::plain("Of ").then(share.population());
    let whole = join(opening.then(", "), who(share, Noun::CHILD)?);
    Some(whole.then(" had three or more placements in the year."))
}

/// `245 children were looked after on 31 March 2025.`
pub(crate) fn children(figures: Figures<'_>) -> Option<Text> {
    let count = figures.all("stability.children", Statistic::Count)?;
    let day = count.population().strip_prefix("children ")?;
    Some(
        Text::default()
            .then_figure(phrase::counted(count, Noun::CHILD)?, count.key())
            .then(format!(" were {day}.")),
    )
}

/// `Over two years it was 30% (…), 47 of 159 children.`
pub(crate) fn in_two_years(figures: Figures<'_>) -> Option<Text> {
    let share = shown_share(figures, IN_TWO_YEARS)?;
    Some(
        Text::plain("Over two years it was ")
            .then_figure(phrase::share(share, Noun::CHILD)?, share.key())
            .then("."),
    )
}

/// `Of those under 16, in care two and a half years, 38% (…), 29 of 77 children, had lived with the
/// same carer for two years.`
pub(crate) fn same_carer(figures: Figures<'_>) -> Option<Text> {
    let share = shown_share(figures, SAME_CARER)?;
    let opening = Text::plain("Of those under 16, in care two and a half years, ");
    Some(
        join(opening, who(share, Noun::CHILD)?)
            .then(" had lived with the same carer for two years."),
    )
}

/// `Of children looked after on 31 March 2024, 41% (…), 97 of 239 children, were in the same home 365
/// days later.`
pub(crate) fn same_home(figures: Figures<'_>) -> Option<Text> {
    let share = shown_share(figures, SAME_HOME)?;
    let days = option(share, "days")?;
    let opening = Text::plain("Of ").then(share.population());
    let whole = join(opening.then(", "), who(share, Noun::CHILD)?);
    Some(whole.then(format!(" were in the same home {days} days later.")))
}

/// `83 children had moved, and 59 children had left care.`
pub(crate) fn not_same_home(figures: Figures<'_>) -> Option<Text> {
    let count = |outcome| figures.count("stability.same_home", "outcome", outcome);
    let (moved, left) = (count("moved")?, count("left_care")?);
    Some(
        Text::default()
            .then_figure(phrase::counted(moved, Noun::CHILD)?, moved.key())
            .then(" had moved, and ")
            .then_figure(phrase::counted(left, Noun::CHILD)?, left.key())
            .then(" had left care."),
    )
}

/// `Children moved 0.63 times for each year in care (95% interval 0.54 to 0.74), among 339 children.`
pub(crate) fn rate(figures: Figures<'_>) -> Option<Text> {
    let rate = figures.all("stability.move_rate", Statistic::Rate)?;
    let n = rate.denominator().figure()?;
    Some(
        Text::plain("Children moved ")
            .then_figure(times(rate)?, rate.key())
            .then(" for each year in care, among ")
            .then_figure(phrase::number_of(n, Noun::CHILD), rate.key())
            .then("."),
    )
}

/// `0.63 times (95% interval 0.54 to 0.74)`.
fn times(rate: &Released) -> Option<String> {
    let number = |value| format::number(value, 2);
    let value = number(rate.value().figure()?);
    Some(match phrase::interval(rate, number) {
        Some(interval) => format!("{value} times ({interval})"),
        None => format!("{value} times"),
    })
}

/// What counts as a new placement, as the study sets it.
pub(crate) fn definition(figures: Figures<'_>) -> Text {
    let care = &figures.0.settings().care;
    let counted = match care.moves {
        CountedReasons::Spb => "A new placement begins when the carer changes.",
        CountedReasons::Spbtu => "A new placement begins when the carer or the place changes.",
        CountedReasons::Every => {
            "Every row of the return counts as a placement, which official figures do not do."
        }
    };
    let temporary = match care.temporary {
        TemporaryPlacements::Bridge => {
            "Short stays in hospital, on holiday and the like do not count."
        }
        TemporaryPlacements::Count => "Short stays in hospital, on holiday and the like count too.",
    };
    Text::plain(format!("{counted} {temporary}"))
}

/// `12 children in short breaks are left out.`
pub(crate) fn left_out(figures: Figures<'_>) -> Option<Text> {
    let count = figures.all("stability.left_out", Statistic::Count)?;
    if whole(count)? == 0 {
        return None;
    }
    Some(
        Text::default()
            .then_figure(phrase::counted(count, Noun::CHILD)?, count.key())
            .then(" in short breaks are left out."),
    )
}

/// `The returns name 95% (…), 58 of 61 children, with whom work started.`
pub(crate) fn found(figures: Figures<'_>) -> Option<Text> {
    let share = figures.all("stability.found", Statistic::Proportion)?;
    Some(
        Text::plain("The returns name ")
            .then_figure(phrase::base(share, Noun::CHILD)?, share.key())
            .then(" of the service."),
    )
}

/// The same home some days after work started, beside other children; never without
/// [`difference_note`].
pub(crate) fn service_same_home(figures: Figures<'_>) -> Option<Text> {
    let known =
        |arm| share_of(figures, arm, SAME_HOME).filter(|share| share.value().figure().is_some());
    let own = known(SERVICE)?;
    let days = option(own, "days")?;
    let text = join(
        Text::plain("Of the children of the service, "),
        who(own, Noun::CHILD)?,
    );
    let text = text.then(format!(
        " were in the same home {days} days after work with them started."
    ));
    let Some(others) = known(OTHERS) else {
        return Some(text);
    };
    let opening = Text::plain(format!(" Of other {}, ", others.population()));
    let others = join(opening, who(others, Noun::CHILD)?);
    Some(join(text, others).then(" were in the same home as many days later."))
}

/// `The difference is +10 percentage points (95% interval −6 to +25).`
pub(crate) fn difference(figures: Figures<'_>) -> Option<Text> {
    let difference = figures.all("stability.same_home.difference", Statistic::Difference)?;
    let points = |value: f64| format::signed(value * 100.0, 0);
    let value = points(difference.value().figure()?);
    let words = match phrase::interval(difference, points) {
        Some(interval) => format!("{value} percentage points ({interval})"),
        None => format!("{value} percentage points"),
    };
    Some(
        Text::plain("The difference is ")
            .then_figure(words, difference.key())
            .then("."),
    )
}

/// Why the difference is no effect, as its record says it.
pub(crate) fn difference_note(figures: Figures<'_>) -> Option<Text> {
    figures
        .all("stability.same_home.difference", Statistic::Difference)
        .and_then(noted)
}

/// Moves in the same children's time before the start of the work and after it; never without
/// [`around_start_note`].
pub(crate) fn around_start(figures: Figures<'_>) -> Option<Text> {
    let rate = |when| {
        let group = Group::of("when", when);
        in_arm(
            figures,
            SERVICE,
            "stability.move_rate",
            &group,
            Statistic::Rate,
        )
    };
    let (before, after) = (rate("before")?, rate("after")?);
    let n = before.denominator().figure()?;
    let days = option(before, "days")?;
    Some(
        Text::plain(format!("In the {days} days before work started, "))
            .then_figure(phrase::number_of(n, Noun::CHILD), before.key())
            .then(" moved ")
            .then_figure(times(before)?, before.key())
            .then(" for each year in care; in as many days from then on, ")
            .then_figure(times(after)?, after.key())
            .then("."),
    )
}

/// Why neither is an effect.
pub(crate) fn around_start_note(figures: Figures<'_>) -> Option<Text> {
    let group = Group::of("when", "after");
    let rate = in_arm(
        figures,
        SERVICE,
        "stability.move_rate",
        &group,
        Statistic::Rate,
    );
    rate.filter(|rate| rate.value().figure().is_some())
        .and_then(noted)
}

/// The caution of a record as a sentence.
fn noted(released: &Released) -> Option<Text> {
    let note = released.note().trim_end_matches('.');
    (!note.is_empty()).then(|| Text::plain(format!("{}.", capital(note))))
}

/// The published share of an area.
pub(crate) fn published<'a>(
    figures: Figures<'a>,
    measure: PublishedMeasure,
    area: &str,
) -> Option<&'a Released> {
    let group = Group::of("of", measure.code()).and("area", area);
    figures
        .0
        .get("stability.published", &group, Statistic::Proportion)
}

/// `Official statistics have 8%, 43 of 545 children, for Hartwell, and 10%, 8,500 of 81,770 children,
/// for England.`
pub(crate) fn beside_england(figures: Figures<'_>) -> Option<Text> {
    let of = |area| {
        let share = published(figures, PublishedMeasure::ThreeOrMoreInYear, area)?;
        Some(Text::default().then_figure(phrase::share(share, Noun::CHILD)?, share.key()))
    };
    let england = of("england")?;
    let place = figures.0.settings().place();
    let text = match of("authority") {
        Some(own) => {
            join(Text::plain("Official statistics have "), own).then(format!(", for {place}, and "))
        }
        None => Text::plain(format!(
            "Official statistics withhold the number for {place}, or have none. They have "
        )),
    };
    let text = join(text, england).then(", for England");
    Some(match of("neighbours") {
        Some(near) => join(
            text.then(". Its statistical neighbours together have "),
            near,
        )
        .then("."),
        None => text.then("."),
    })
}

/// Where this authority lies in the funnel, and how many lie where.
pub(crate) fn in_funnel(figures: Figures<'_>, measure: PublishedMeasure) -> Option<Text> {
    let count = |lies: &str| {
        let group = Group::of("of", measure.code()).and("lies", lies);
        let count = figures.shown("stability.authorities", &group, Statistic::Count)?;
        let n = format::count(whole(count)?);
        Some(Text::default().then_figure(n, count.key()))
    };
    let text = Text::plain("By their number of children, ");
    let text = join(text, count("within_95")?).then(" authorities lie within the 95% limits, ");
    let text = join(text, count("within_99.8")?).then(" between these and the 99.8% limits, and ");
    Some(join(text, count("beyond_99.8")?).then(" beyond both."))
}

/// How much more authorities differ than chance would have it.
pub(crate) fn overdispersion(figures: Figures<'_>, measure: PublishedMeasure) -> Option<Text> {
    let group = Group::of("of", measure.code()).and("limit", "95");
    let limits = figures
        .0
        .get("stability.funnel", &group, Statistic::Proportion)?;
    let is_more = limits.note().contains("chance alone");
    is_more.then(|| noted(limits)).flatten()
}

/// `44% (…), 64 of 145 moves with a reason, were for a change in the care plan.`
pub(crate) fn planned_moves(figures: Figures<'_>) -> Option<Text> {
    let share = figures.shown(
        "stability.planned",
        &Group::of("ending", "moved"),
        Statistic::Proportion,
    )?;
    let opening = Text::plain("Of moves with a reason on record, ");
    Some(join(opening, who(share, Noun::MOVE)?).then(" were for a change in the care plan."))
}

/// `Of returns home, 85% (…), 33 of 39 returns, were recorded as planned.`
pub(crate) fn planned_returns(figures: Figures<'_>) -> Option<Text> {
    let share = figures.shown(
        "stability.planned",
        &Group::of("ending", "returned_home"),
        Statistic::Proportion,
    )?;
    Some(
        join(Text::plain("Of returns home, "), who(share, Noun::RETURN)?)
            .then(" were recorded as planned."),
    )
}

/// `15% (…), 28 of 188 children, were still in care in the home that they first came to.`
pub(crate) fn first_home(figures: Figures<'_>) -> Option<Text> {
    let share = figures.shown(
        "stability.path",
        &Group::of("path", "first_home"),
        Statistic::Proportion,
    )?;
    let opening = Text::plain("Two years after coming into care, ");
    Some(join(opening, who(share, Noun::CHILD)?).then(" were in care in their first home."))
}

/// `4% (…), 15 of 339 children, went missing at least once in the year, 63 times in all.`
pub(crate) fn missing(figures: Figures<'_>) -> Option<Text> {
    absent(
        figures,
        "missing",
        " went missing at least once in the year",
    )
}

/// The same of children who were away without authorisation.
pub(crate) fn away(figures: Figures<'_>) -> Option<Text> {
    absent(
        figures,
        "away",
        " were away without authorisation at least once",
    )
}

fn absent(figures: Figures<'_>, kind: &str, words: &str) -> Option<Text> {
    let group = Group::of("kind", kind);
    let share = figures.shown("stability.missing", &group, Statistic::Proportion)?;
    let text = who(share, Noun::CHILD)?.then(words);
    let times = figures.shown("stability.missing", &group, Statistic::Count);
    let times = times.and_then(|times| Some((whole(times).filter(|n| *n > 0)?, times.key())));
    Some(match times {
        Some((n, key)) => text
            .then(", ")
            .then_figure(format!("{} times", format::count(n)), key)
            .then(" in all."),
        None => text.then("."),
    })
}

/// `Of children in care for twelve months, 89% (…), 178 of 200 children, had their health assessed in the
/// year.`
pub(crate) fn health_assessed(figures: Figures<'_>) -> Option<Text> {
    let group = Group::of("question", "health_assessment").and("answer", "yes");
    let share = figures.shown("yearly.outcomes", &group, Statistic::Proportion)?;
    let opening = Text::plain("Of children in care for twelve months, ");
    Some(join(opening, who(share, Noun::CHILD)?).then(" had their health assessed in the year."))
}

/// `Of care leavers of 19 to 21, 78% (…), 29 of 37 young people, lived in suitable accommodation.`
pub(crate) fn leavers(figures: Figures<'_>, age: (&str, &str)) -> Option<Text> {
    let group = Group::of("age", age.0).and("accommodation", "suitable");
    let share = figures.shown("leavers.accommodation", &group, Statistic::Proportion)?;
    let opening = Text::plain(format!("Of care leavers of {}, ", age.1));
    Some(join(opening, who(share, Noun::YOUNG_PERSON)?).then(" lived in suitable accommodation."))
}

/// `The returns hold 3,234 rows of episodes, of which 2,286 make up the histories.`
pub(crate) fn rows(figures: Figures<'_>) -> Option<Text> {
    let count = |became| figures.count("stability.rows", "became", became);
    let (read, used) = (count("read")?, count("used")?);
    let number = |count: &Released| Some(format::count(whole(count)?));
    Some(
        Text::plain("The returns hold ")
            .then_figure(number(read)?, read.key())
            .then(" rows of episodes, of which ")
            .then_figure(number(used)?, used.key())
            .then(
                " make up the children\u{2019}s histories. What was not used or was mended stands under \
                 data quality.",
            ),
    )
}
