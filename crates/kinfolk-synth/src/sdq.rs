//! The course of one made-up child's Strengths and Difficulties Questionnaires (SDQ).
//!
//! Difficulties begin a little above the average of children in care and fall slowly. In the first year
//! they turn for some children: clearly better for one in four, worse for one in sixteen. A form is as
//! unsteady as those of parents were over some months (a correlation of about 0.7), so that high scores
//! fall by themselves too. Some forms do not come back, those on children with many difficulties less often, so that whoever looks only at
//! the children who were kept sees too good a picture.

mod england;
mod form;
mod returns;
mod table;

use jiff::civil::Date;
use kinfolk_model::{Child, EndReason, Informant, Sdq, SdqForm, SdqVersion};

use crate::child::after;
use crate::random::Stream;
use form::{impact_items, items};

pub(crate) use england::{AGES as YEARLY_AGES, Difference};
pub(crate) use returns::yearly_returns;
pub(crate) use table::{oc2, sdq};

/// Tenths of a point: the mean total of carers at the start.
const LEVEL: i64 = 165;
/// What is added for other informants, in tenths of a point.
const BESIDE_CARERS: [(Informant, i64); 3] = [
    (Informant::ParentCarer, 0),
    (Informant::Teacher, -25),
    (Informant::YoungPerson, -10),
];
/// By how much difficulties turn within the first year, in tenths of a point, with weights in a hundred.
/// With the slope after it means fall by about four points in four years, as the published ones do.
const TURNS: [((i64, i64), i64); 3] = [((-115, -55), 24), ((-15, 15), 70), ((40, 80), 6)];
/// By how many points a form may lie off a child's course.
const UNSTEADINESS: i64 = 10;
/// The ages for which there is a form, in completed years.
const AGES: std::ops::RangeInclusive<i64> = 4..=17;
/// The ages at which young people answer for themselves.
const OWN_AGES: std::ops::RangeInclusive<i64> = 11..=17;
/// Days between one form and the next.
const YEAR: i64 = 365;

/// How one child's difficulties go, in tenths of a point.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Course {
    baseline: Date,
    level: i64,
    /// Added little by little within the first year.
    turn: i64,
    /// Added in each year.
    slope: i64,
}

impl Course {
    /// Made up for a child with whom work started; `None` for every other.
    pub(crate) fn of(child: &Child, stream: &mut Stream) -> Option<Self> {
        let apart = 10 * (stream.between(-6, 6) + stream.between(-6, 6)) + stream.between(-5, 4);
        let (least, most) = stream.choose(&TURNS);
        let turn = stream.between(least, most);
        let slope = stream.between(-14, 2);
        let lead = stream.between(10, 250);
        Some(Self {
            baseline: after(child.start_date?, -lead),
            level: LEVEL + apart,
            turn,
            slope,
        })
    }

    /// The total that a form of that day gives when every item is answered.
    pub(crate) fn total(&self, day: Date, informant: Informant, stream: &mut Stream) -> u8 {
        let days = i64::from((day - self.baseline).get_days());
        let beside = BESIDE_CARERS
            .iter()
            .find(|(who, _)| *who == informant)
            .map_or(0, |(_, tenths)| *tenths);
        let moved = self.turn * days.clamp(0, YEAR) / YEAR + self.slope * days / YEAR;
        let tenths = self.level + beside + moved;
        let points = (tenths + 5).div_euclid(10) + stream.about(-UNSTEADINESS, UNSTEADINESS);
        u8::try_from(points.clamp(0, 38)).unwrap_or_default()
    }
}

/// A form, and the total that its answers give before any of them is left out.
#[derive(Debug, Clone)]
pub(crate) struct Completed {
    pub(crate) form: Sdq,
    pub(crate) total: u8,
}

/// Every form on a child up to the last day of the study, carers first.
pub(crate) fn questionnaires(
    child: &Child,
    course: &Course,
    last_day: Date,
    stream: &mut Stream,
) -> Vec<Completed> {
    let last_day = last_day_in_care(child).map_or(last_day, |left| left.min(last_day));
    let chances = [
        (Informant::ParentCarer, 93),
        (Informant::Teacher, 42),
        (Informant::YoungPerson, 48),
    ];
    let mut completed = Vec::new();
    for (informant, asked) in chances {
        let is_asked = stream.chance(asked);
        let mut forms = series(child, course, informant, last_day, stream);
        forms.retain(|done| is_of_age(child, &done.form));
        if is_asked {
            completed.extend(forms);
        }
    }
    completed
}

/// Children who left care have no carer to ask.
pub(crate) fn last_day_in_care(child: &Child) -> Option<Date> {
    let has_left = matches!(
        child.end_reason,
        Some(EndReason::ReturnedHome | EndReason::LeftCare | EndReason::MovedAway)
    );
    child.end_date.filter(|_| has_left)
}

fn is_of_age(child: &Child, form: &Sdq) -> bool {
    let ages = match form.informant {
        Informant::YoungPerson => OWN_AGES,
        Informant::ParentCarer | Informant::Teacher => AGES,
    };
    let birth = child.date_of_birth;
    birth.is_some_and(|birth| ages.contains(&age(birth, form.date)))
}

/// Completed years.
pub(crate) fn age(birth: Date, day: Date) -> i64 {
    let had_birthday = (day.month(), day.day()) >= (birth.month(), birth.day());
    i64::from(day.year() - birth.year()) - i64::from(!had_birthday)
}

/// One informant's forms, year by year, without those that did not come back.
fn series(
    child: &Child,
    course: &Course,
    informant: Informant,
    last_day: Date,
    stream: &mut Stream,
) -> Vec<Completed> {
    let mut forms = Vec::new();
    let mut carer = b'a';
    for year in 0..=5 {
        let drift = if year == 0 {
            0
        } else {
            stream.between(-40, 30)
        };
        let day = after(course.baseline, year * YEAR + drift);
        let total = course.total(day, informant, stream);
        carer += u8::from(year > 0 && stream.chance(22));
        let comes_back = year == 0 || stream.chance(return_chance(informant, total));
        let form = form(child, day, informant, total, carer, stream);
        if comes_back && day <= last_day {
            forms.push(Completed { form, total });
        }
    }
    forms
}

/// The chance of a hundred that a later form comes back.
fn return_chance(informant: Informant, total: u8) -> i64 {
    let usual = if informant == Informant::ParentCarer {
        88
    } else {
        78
    };
    usual - i64::from(total.saturating_sub(15))
}

fn form(
    child: &Child,
    date: Date,
    informant: Informant,
    total: u8,
    carer: u8,
    stream: &mut Stream,
) -> Sdq {
    let carer_id = format!("{}-{}", child.child_id, char::from(carer));
    Sdq {
        child_id: child.child_id.clone(),
        date,
        informant,
        form: Some(SdqForm::Ages4To17),
        version: Some(SdqVersion::First),
        carer_id: (informant == Informant::ParentCarer).then(|| carer_id.into()),
        items: items(total, stream),
        impact_items: impact_items(total, informant, stream),
        entered: kinfolk_model::SdqEntered::default(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kinfolk_model::ChildId;

    use super::*;

    fn child() -> Child {
        let mut child = Child::new(ChildId::new("A"));
        child.start_date = Some(date(2022, 5, 1));
        child.date_of_birth = Some(date(2012, 1, 1));
        child
    }

    fn forms(child: &Child, seed: u64) -> Vec<Completed> {
        let mut stream = Stream::of_questionnaires(seed, 0);
        let course = Course::of(child, &mut stream);
        course.map_or_else(Vec::new, |course| {
            questionnaires(child, &course, date(2025, 3, 31), &mut stream)
        })
    }

    /// Carers' totals of many children at the start and so many years later.
    fn totals(year: i64) -> Vec<[f64; 2]> {
        (0..4000)
            .filter_map(|seed| {
                let mut stream = Stream::of_questionnaires(seed, 0);
                let course = Course::of(&child(), &mut stream)?;
                Some([0, year].map(|year| {
                    let day = after(course.baseline, year * YEAR);
                    f64::from(course.total(day, Informant::ParentCarer, &mut stream))
                }))
            })
            .collect()
    }

    fn share(pairs: &[[f64; 2]], question: impl Fn(f64) -> bool) -> f64 {
        let changes = pairs.iter().map(|[first, later]| later - first);
        changes.filter(|change| question(*change)).count() as f64 / pairs.len() as f64
    }

    #[test]
    fn carers_scores_begin_high_and_fall_a_little() {
        let check = |year: i64, expected: f64| {
            let pairs = totals(year);
            let mean = pairs.iter().map(|pair| pair[1]).sum::<f64>() / pairs.len() as f64;
            assert!((mean - expected).abs() < 0.4, "{year}: {mean}");
        };
        check(0, 16.5);
        check(1, 14.4);
        check(4, 12.6);
    }

    #[test]
    fn some_improve_reliably_a_few_get_worse_and_most_do_neither() {
        // 9 points are the smallest reliable change of a standard deviation of 5.8 and 0.72.
        let pairs = totals(1);
        let improved = share(&pairs, |change| change <= -9.0);
        let worse = share(&pairs, |change| change >= 9.0);
        assert!((0.13..0.20).contains(&improved), "{improved}");
        assert!((0.02..0.06).contains(&worse), "{worse}");
    }

    #[test]
    fn the_baseline_comes_before_the_start_and_nothing_after_the_study() {
        for seed in 0..200 {
            let forms = forms(&child(), seed);
            let days: Vec<Date> = forms.iter().map(|done| done.form.date).collect();
            assert!(days.iter().all(|day| *day <= date(2025, 3, 31)), "{seed}");
            let of_carers = forms
                .iter()
                .filter(|done| done.form.informant == Informant::ParentCarer);
            let first = of_carers.map(|done| done.form.date).min();
            assert!(first.is_none_or(|day| day < date(2022, 5, 1)), "{seed}");
        }
    }

    #[test]
    fn the_young_do_not_answer_for_themselves() {
        let young = Child {
            date_of_birth: Some(date(2017, 1, 1)),
            ..child()
        };
        let own = |child: &Child| {
            (0..100)
                .flat_map(|seed| forms(child, seed))
                .filter(|done| done.form.informant == Informant::YoungPerson)
                .count()
        };
        assert_eq!(own(&young), 0);
        assert!(own(&child()) > 50);
    }

    #[test]
    fn without_a_start_there_is_nothing() {
        let child = Child {
            start_date: None,
            ..child()
        };
        assert!(forms(&child, 1).is_empty());
    }
}
