//! What came first, day by day: the event, and each end that rules it out where enough children of either
//! arm met it. Ends that few met stand together.

use kinfolk_model::{Code, CompetingEnd, Group, Key, Statistic, Unit};
use kinfolk_stats::StatsError;
use kinfolk_stats::survival::{Band, Endings, cumulative_incidence, gray};

use super::incidence;
use super::numbers::plain;
use super::outcome::Outcome;
use super::survival::{Contrast, WATCHED, Watched, changes_by_many, finest_days};
use crate::estimate::entry::{Behind, Computed, Detail, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;
use crate::{Ending, EventTime};

const MEASURE: &str = "survival.incidence";
/// The code of the event itself.
pub(super) const EVENT: &str = "event";

/// One thing, or several together, of which the first to come counts.
struct Cause {
    /// The codes of the ends, with a plus between them.
    code: String,
    /// Which ends; none for the event itself.
    ends: Vec<CompetingEnd>,
}

impl Cause {
    fn event() -> Self {
        Self {
            code: EVENT.to_owned(),
            ends: Vec::new(),
        }
    }

    fn of(ends: Vec<CompetingEnd>) -> Self {
        let codes: Vec<&str> = ends.iter().map(|end| end.code()).collect();
        Self {
            code: codes.join("+"),
            ends,
        }
    }

    fn is(&self, ending: Ending) -> bool {
        match ending {
            Ending::Event => self.ends.is_empty(),
            Ending::Competing(end) => self.ends.contains(&end),
            Ending::FollowedUp | Ending::LostSight => false,
        }
    }

    fn came_by(&self, time: EventTime, day: i32) -> bool {
        time.days <= day && self.is(time.ending)
    }

    fn n_by(&self, arm: &Watched<'_>, day: i32) -> usize {
        let times = arm.own_times();
        times.filter(|time| self.came_by(*time, day)).count()
    }

    /// Those of an arm to whom it came first by a day.
    fn first_by(&self, arm: &Watched<'_>, day: i32) -> Tally {
        if self.ends.is_empty() {
            return arm.events(day);
        }
        let name = format!("{} first by {day}", self.code);
        let is_so = |at| arm.time(at).is_some_and(|time| self.came_by(time, day));
        arm.members.narrowed(&name, is_so).n()
    }
}

/// Curves of the event and of the ends, and whether the arms differ in each end.
pub(super) fn write_endings(
    ledger: &mut Ledger,
    outcome: &Outcome<'_, '_>,
    arms: &[Watched<'_>; 2],
) {
    let day = i32::from(outcome.design.asked.follow_up_days);
    let ends = causes(&outcome.design.asked.competing, arms, day);
    let causes: Vec<Cause> = std::iter::once(Cause::event()).chain(ends).collect();
    let is_coarse = |days: &[i32]| arms.iter().all(|arm| are_many(&causes, arm, days));
    let days = finest_days(outcome.design.asked.follow_up_days, is_coarse);
    let mut keys = Vec::new();
    for arm in arms {
        let ends = causes.iter().skip(1).map(|cause| cause.first_by(arm, day));
        let ends: Vec<Tally> = ends.collect();
        ledger.sum(&incidence::ruled_out(arm), &ends);
        let curves = Curves {
            outcome,
            arm,
            causes: &causes,
        };
        curves.write(ledger, &days, &mut keys);
    }
    ledger.droppable(format!("Curves of what came first: {}", outcome.name), keys);
    // One end alone is what figures of all other ends tell already.
    if causes.len() < 3 {
        return;
    }
    for (at, cause) in (1..).zip(&causes).skip(1) {
        write_test(ledger, outcome, arms, (at, &causes, cause));
    }
}

/// The ends that somebody met, those that few of an arm met taken together with the next larger.
fn causes(competing: &[CompetingEnd], arms: &[Watched<'_>; 2], day: i32) -> Vec<Cause> {
    let counts = |cause: &Cause| arms.each_ref().map(|arm| cause.n_by(arm, day));
    let total = |cause: &Cause| counts(cause).iter().sum::<usize>();
    let alone = competing.iter().map(|end| Cause::of(vec![*end]));
    let mut causes: Vec<Cause> = alone.filter(|cause| total(cause) > 0).collect();
    loop {
        let is_small = |cause: &Cause| counts(cause).iter().any(|n| !changes_by_many(*n));
        let Some(small) = causes.iter().position(is_small) else {
            return causes;
        };
        let few = causes.remove(small);
        let places = 0..causes.len();
        let Some(next) = places.min_by_key(|at| total(&causes[*at])) else {
            return vec![few];
        };
        let both =
            |end: &&CompetingEnd| few.ends.contains(*end) || causes[next].ends.contains(*end);
        causes[next] = Cause::of(competing.iter().filter(both).copied().collect());
    }
}

/// Whether from one day to the next many children of an arm meet each cause, or none.
fn are_many(causes: &[Cause], arm: &Watched<'_>, days: &[i32]) -> bool {
    causes.iter().all(|cause| {
        let mut before = 0;
        days.iter().all(|&day| {
            let now = cause.n_by(arm, day);
            let change = now - before;
            before = now;
            changes_by_many(change)
        })
    })
}

/// The curves of one arm.
struct Curves<'c, 'd, 'a> {
    outcome: &'c Outcome<'d, 'a>,
    arm: &'c Watched<'c>,
    causes: &'c [Cause],
}

impl Curves<'_, '_, '_> {
    fn write(&self, ledger: &mut Ledger, days: &[i32], keys: &mut Vec<Key>) {
        let Ok(endings) = endings([self.arm].into_iter(), self.causes) else {
            return;
        };
        for &day in days {
            self.state_sum(ledger, day);
        }
        for (number, cause) in (1..).zip(self.causes) {
            let curve = cumulative_incidence(&endings, number, Band::LogLog, ledger.confidence());
            for &day in days {
                let found = curve.as_ref().and_then(|curve| curve.at(f64::from(day)));
                keys.push(self.write_point(ledger, (cause, day), found));
            }
        }
    }

    /// Those to whom each came first, and those to whom none did, are all of the arm.
    fn state_sum(&self, ledger: &mut Ledger, day: i32) {
        let everyone = self.arm.members.n();
        let causes = self.causes.iter();
        let mut parts: Vec<Tally> = causes.map(|cause| cause.first_by(self.arm, day)).collect();
        let came: u64 = parts.iter().map(|part| part.value).sum();
        let name = format!("{} nothing by {day} {}", everyone.name, self.outcome.name);
        parts.push(Tally::of_people(name, everyone.value.saturating_sub(came)));
        ledger.sum(&everyone, &parts);
    }

    fn write_point(
        &self,
        ledger: &mut Ledger,
        (cause, day): (&Cause, i32),
        found: Option<kinfolk_stats::Estimated>,
    ) -> Key {
        let count = cause.first_by(self.arm, day);
        let behind = Behind {
            denominator: &self.arm.members.n(),
            missing: None,
            rests_on: vec![&count],
            mean_of: Vec::new(),
        };
        let none = if count.value == 0 {
            "nobody had this ending"
        } else {
            ""
        };
        let detail = Detail::of(format!("band=log-log;{}", self.outcome.follow_up()))
            .caution(none)
            .reason("nobody was watched for so long");
        let kind = (Statistic::Proportion, Unit::Proportion);
        let number = Computed::of(kind, "cumulative-incidence/1", found);
        let part = part(self.outcome, &cause.code).and("day", &day.to_string());
        let subject = about(MEASURE, part, WATCHED).in_arm(self.arm.arm);
        ledger.detailed(subject, number, &behind, detail)
    }
}

fn part(outcome: &Outcome<'_, '_>, code: &str) -> Group {
    Group::of("outcome", outcome.name).and("ending", code)
}

/// Times and the number of the cause, from 1; 0 for none.
fn endings<'w>(
    arms: impl Iterator<Item = &'w Watched<'w>>,
    causes: &[Cause],
) -> Result<Endings, StatsError> {
    let number = |ending: Ending| {
        let mut numbered = (1..).zip(causes);
        let found = numbered.find(|(_, cause)| cause.is(ending));
        found.map_or(0, |(number, _)| number)
    };
    let times = arms.flat_map(Watched::own_times);
    let (exits, causes): (Vec<f64>, Vec<u32>) = times
        .map(|time| (f64::from(time.days), number(time.ending)))
        .unzip();
    Endings::new(&exits, &causes)
}

fn write_test(
    ledger: &mut Ledger,
    outcome: &Outcome<'_, '_>,
    arms: &[Watched<'_>; 2],
    (number, causes, cause): (u32, &[Cause], &Cause),
) {
    let groups = arms.iter().zip([1, 0]);
    let groups: Vec<u32> = groups
        .flat_map(|(arm, group)| arm.own_times().map(move |_| group))
        .collect();
    let Ok(endings) = endings(arms.iter(), causes) else {
        return;
    };
    let test = gray(&endings, number, &groups, None, 0.0);
    let kind = (Statistic::PValue, Unit::None);
    let number = test.map(|test| plain(kind, "gray/1", test.p_value));
    let subject = about(MEASURE, part(outcome, &cause.code), WATCHED);
    let contrast = Contrast { outcome, arms };
    contrast.write(ledger, subject, number, (kind, "gray/1"));
}
