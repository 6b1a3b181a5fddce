//! How long until an outcome of events comes about, in both arms. Read at set days only: a curve with a
//! step on each day would tell on which day one child moved.

use kinfolk_model::{Arm, Group, Statistic, Unit};
use kinfolk_stats::survival::{
    Band, CoxFit, CoxModel, FollowUp, compare_restricted_means, cox, kaplan_meier, log_rank,
};
use kinfolk_stats::{Estimated, StatsError};

use super::endings;
use super::incidence;
use super::numbers::plain;
use super::outcome::Outcome;
use super::refusal::reason;
use super::tallies::{Members, both};
use crate::derive::comparison::SAME_HOME;
use crate::estimate::entry::{Behind, Computed, Detail, Subject, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;
use crate::{Ending, EventTime};

/// Into how many parts follow-up may be divided, finest first.
const GRIDS: [u16; 3] = [4, 2, 1];
/// From one day to the next at least so many children of an arm must leave, or none: fewer would be
/// hidden, and a curve with holes says less than a coarser one.
const LEAST_CHANGE: usize = 6;
/// Whom the curves are about.
pub(super) const WATCHED: &str = "children who are compared in the end and were watched";

/// Curves, counts and tests of one outcome; nothing for one that is a column.
pub(super) fn write_survival(ledger: &mut Ledger, outcome: &Outcome<'_, '_>) {
    let times = outcome.times();
    if times.iter().all(Option::is_none) {
        return;
    }
    let arms = watched(outcome, &times);
    let days = grid(outcome.design.asked.follow_up_days, &arms);
    for arm in &arms {
        arm.write(ledger, outcome, &days);
    }
    write_contrasts(ledger, outcome, &arms);
    incidence::write_incidence(ledger, outcome, &arms);
    if !outcome.design.asked.competing.is_empty() {
        endings::write_endings(ledger, outcome, &arms);
    }
}

/// Those of either arm who are compared in the end and were watched, by the times of all compared.
pub(super) fn watched<'t>(
    outcome: &Outcome<'_, '_>,
    times: &'t [Option<EventTime>],
) -> [Watched<'t>; 2] {
    [Arm::Programme, Arm::Comparator].map(|arm| {
        let members = outcome.design.ending(arm);
        let members = members.narrowed(&format!("{} watched", outcome.name), |at| {
            times[at].is_some()
        });
        Watched {
            arm,
            members,
            times,
        }
    })
}

/// The hazard ratio of the programme, without regard to pairs.
pub(super) fn hazard_ratio(arms: &[Watched<'_>; 2]) -> Result<CoxFit, StatsError> {
    let pooled = Pooled::of(arms)?;
    let column: Vec<f64> = pooled.groups.iter().copied().map(f64::from).collect();
    let columns = [column.as_slice()];
    cox(&CoxModel::new(&pooled.follow_up, &columns))
}

/// The finest days at which no few children change.
fn grid(follow_up: u16, arms: &[Watched<'_>]) -> Vec<i32> {
    finest_days(follow_up, |days| {
        arms.iter().all(|arm| arm.changes_by_many(days))
    })
}

/// The finest days that are coarse enough; else the end of follow-up.
pub(super) fn finest_days(follow_up: u16, is_coarse: impl Fn(&[i32]) -> bool) -> Vec<i32> {
    let days = |parts: u16| -> Vec<i32> {
        let day = |at: u16| i32::from(follow_up) * i32::from(at) / i32::from(parts);
        (1..=parts).map(day).collect()
    };
    let found = GRIDS.into_iter().map(days).find(|days| is_coarse(days));
    found.unwrap_or_else(|| vec![i32::from(follow_up)])
}

/// Whether a change tells of many children, or of none.
pub(super) fn changes_by_many(change: usize) -> bool {
    change == 0 || change >= LEAST_CHANGE
}

/// The children of an arm who were watched.
pub(super) struct Watched<'t> {
    pub(super) arm: Arm,
    pub(super) members: Members,
    times: &'t [Option<EventTime>],
}

impl Watched<'_> {
    pub(super) fn time(&self, at: usize) -> Option<EventTime> {
        self.times[at].filter(|_| self.members.is_in[at])
    }

    /// How long each of them was watched.
    pub(super) fn own_times(&self) -> impl Iterator<Item = EventTime> {
        (0..self.times.len()).filter_map(|at| self.time(at))
    }

    /// Whether a child is still watched, without the event, once a day is over.
    fn is_left(&self, at: usize, day: i32) -> bool {
        let is_watched = |time: EventTime| time.days > day || time.ending == Ending::FollowedUp;
        self.time(at).is_some_and(is_watched)
    }

    fn n_left(&self, day: i32) -> usize {
        (0..self.times.len())
            .filter(|&at| self.is_left(at, day))
            .count()
    }

    fn changes_by_many(&self, days: &[i32]) -> bool {
        let mut before = self.members.len();
        days.iter().all(|&day| {
            let change = before - self.n_left(day);
            before -= change;
            changes_by_many(change)
        })
    }

    /// Those still watched without the event.
    fn left(&self, day: i32) -> Tally {
        let name = format!("watched after {day}");
        self.members.narrowed(&name, |at| self.is_left(at, day)).n()
    }

    /// Those with the event by a day.
    pub(super) fn events(&self, day: i32) -> Tally {
        let has_event = |time: EventTime| time.days <= day && time.ending == Ending::Event;
        let is_so = |at| self.time(at).is_some_and(has_event);
        self.members.narrowed(&format!("event by {day}"), is_so).n()
    }

    fn follow_up(&self) -> Result<FollowUp, StatsError> {
        let times: Vec<EventTime> = self.own_times().collect();
        let exits: Vec<f64> = times.iter().map(|time| f64::from(time.days)).collect();
        let events: Vec<bool> = times
            .iter()
            .map(|time| time.ending == Ending::Event)
            .collect();
        FollowUp::new(&exits, &events)
    }

    fn write(&self, ledger: &mut Ledger, outcome: &Outcome<'_, '_>, days: &[i32]) {
        let everyone = self.members.n();
        let Ok(own) = self.follow_up() else {
            return;
        };
        let curve = kaplan_meier(&own, Band::LogLog, ledger.confidence());
        let mut before = everyone.clone();
        for &day in days {
            let left = self.left(day);
            let gone = Tally::of_people(
                format!("{} gone", left.name),
                before.value.saturating_sub(left.value),
            );
            ledger.sum(&before, &[left.clone(), gone]);
            let subject = about("survival.at_risk", part(outcome, day), WATCHED).in_arm(self.arm);
            ledger.count(subject, Unit::Children, &left);
            let events = self.events(day);
            // Where children were lost sight of, the share is not exactly that of those without the
            // event, but it moves with their number as a mean does.
            let behind = Behind {
                denominator: &everyone,
                missing: None,
                rests_on: vec![&left],
                mean_of: vec![&events],
            };
            let found = curve.as_ref().and_then(|curve| curve.at(f64::from(day)));
            let kind = (Statistic::Proportion, Unit::Proportion);
            let number = Computed::of(kind, "kaplan-meier/1", found);
            let detail = Detail::of(format!("band=log-log;{}", outcome.follow_up()))
                .reason("nobody was watched for so long");
            let subject = about(measure(outcome), part(outcome, day), WATCHED).in_arm(self.arm);
            ledger.detailed(subject, number, &behind, detail);
            before = left;
        }
    }
}

/// The measure of a curve.
fn measure(outcome: &Outcome<'_, '_>) -> &'static str {
    match outcome.name {
        SAME_HOME => "stability.survival",
        _ => "survival.curve",
    }
}

fn part(outcome: &Outcome<'_, '_>, day: i32) -> Group {
    Group::of("outcome", outcome.name).and("day", &day.to_string())
}

/// Whether the curves differ, and by how much.
fn write_contrasts(ledger: &mut Ledger, outcome: &Outcome<'_, '_>, arms: &[Watched<'_>; 2]) {
    let (Ok(programme), Ok(comparators)) = (arms[0].follow_up(), arms[1].follow_up()) else {
        return;
    };
    let horizon = f64::from(outcome.design.asked.follow_up_days);
    let confidence = ledger.confidence();
    let means = compare_restricted_means(&programme, &comparators, horizon, confidence);
    let contrast = Contrast { outcome, arms };
    let subject = contrast.subject("survival.restricted_mean");
    let number = means.map(|means| {
        let found = Estimated {
            value: means.difference,
            interval: Some(means.difference_interval),
        };
        let kind = (Statistic::Difference, Unit::Days);
        Computed::of(kind, "restricted-mean/1", Some(found))
    });
    let kind = (Statistic::Difference, Unit::Days);
    contrast.write(ledger, subject, number, (kind, "restricted-mean/1"));
    let Ok(pooled) = Pooled::of(arms) else {
        return;
    };
    let test = log_rank(&pooled.follow_up, &pooled.groups, None, 0.0);
    let kind = (Statistic::PValue, Unit::None);
    let number = test.map(|test| plain(kind, "log-rank/1", test.p_value));
    let subject = contrast.subject("survival.log_rank");
    contrast.write(ledger, subject, number, (kind, "log-rank/1"));
    let fit = hazard_ratio(arms);
    let kind = (Statistic::HazardRatio, Unit::None);
    let number = fit.map(|fit| {
        let found = Estimated {
            value: fit.hazard_ratio(0),
            interval: Some(fit.hazard_ratio_interval(0, confidence)),
        };
        Computed::of(kind, "cox/1", Some(found))
    });
    let subject = contrast.subject("survival.hazard_ratio");
    contrast.write(ledger, subject, number, (kind, "cox/1"));
}

/// Both arms in one follow-up, the programme as group 1.
struct Pooled {
    follow_up: FollowUp,
    groups: Vec<u32>,
}

impl Pooled {
    fn of(arms: &[Watched<'_>; 2]) -> Result<Self, StatsError> {
        let (mut exits, mut events, mut groups) = (Vec::new(), Vec::new(), Vec::new());
        for (arm, group) in arms.iter().zip([1, 0]) {
            for time in arm.own_times() {
                exits.push(f64::from(time.days));
                events.push(time.ending == Ending::Event);
                groups.push(group);
            }
        }
        Ok(Self {
            follow_up: FollowUp::new(&exits, &events)?,
            groups,
        })
    }
}

/// A comparison of the curves.
pub(super) struct Contrast<'c, 'd, 'a> {
    pub(super) outcome: &'c Outcome<'d, 'a>,
    pub(super) arms: &'c [Watched<'c>; 2],
}

impl Contrast<'_, '_, '_> {
    fn subject(&self, measure: &str) -> Subject {
        about(measure, Group::of("outcome", self.outcome.name), WATCHED)
    }

    pub(super) fn write(
        &self,
        ledger: &mut Ledger,
        subject: Subject,
        number: Result<Computed, StatsError>,
        (kind, method): ((Statistic, Unit), &str),
    ) {
        let sizes: Vec<Tally> = self.arms.iter().map(|arm| arm.members.n()).collect();
        let both = both(ledger, &sizes);
        let behind = Behind {
            denominator: &both,
            missing: None,
            rests_on: sizes.iter().collect(),
            mean_of: Vec::new(),
        };
        let options = format!(
            "horizon={};{}",
            self.outcome.design.asked.follow_up_days,
            self.outcome.options(self.outcome.design.asked.method)
        );
        match number {
            Ok(number) => {
                ledger.detailed(subject, number, &behind, Detail::of(options));
            }
            Err(error) => {
                let note = reason(&self.outcome.arms, &error);
                ledger.nothing(subject, kind, method, &note);
            }
        }
    }
}
