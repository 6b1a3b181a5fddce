//! One row for each child of a comparison: who it is, what it is compared by, and what became of it.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use kinfolk_model::{
    Arm, ChildId, CohortChild, CohortValue, ComparisonSettings, CompetingEnd, Event, Settings,
    Study,
};

/// The outcome that events of placement moves give where no column does.
pub(crate) const SAME_HOME: &str = "same_home";
/// The kind of event that ends staying in the same home.
const PLACEMENT_MOVE: &str = "placement_move";
/// The covariate that follows from the date of birth.
const AGE: &str = "age";
/// The covariate that follows from when care began.
const YEARS_IN_CARE: &str = "years_in_care";
const DAYS_IN_YEAR: f64 = 365.25;
/// The age at which care ends.
const ADULT_YEARS: i32 = 18;

/// One child of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedFacts {
    /// The child.
    pub child_id: ChildId,
    /// In which group.
    pub arm: Arm,
    /// Whether the child has a day from which it is followed, if the comparison needs one.
    pub has_index: bool,
    /// The covariates that the study names, in its order.
    pub covariates: Vec<Option<CohortValue>>,
    /// In which pairs must be the same, in the order of the study.
    pub exact: Vec<Option<CohortValue>>,
    /// The outcomes that the study names, in its order.
    pub outcomes: Vec<OutcomeFacts>,
}

/// What became of a child in one outcome.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OutcomeFacts {
    /// The outcome by the end of follow-up: a number, or 1 for yes and 0 for no; `None` where it is
    /// not known.
    pub value: Option<f64>,
    /// When an outcome of events came about, or until when the child was watched; `None` for a column.
    pub follow_up: Option<EventTime>,
}

/// How long a child was watched for an event, and why no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventTime {
    /// Days since the child was followed from, at least 1.
    pub days: i32,
    /// What ended them.
    pub ending: Ending,
}

/// What ended the time in which a child was watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The event.
    Event,
    /// Something that rules the event out.
    Competing(CompetingEnd),
    /// The end of follow-up.
    FollowedUp,
    /// Records end before follow-up does.
    LostSight,
}

/// One row for each child of the cohort, by identifier; none where the study compares nobody.
pub(super) fn derive_cohort(study: &Study) -> Vec<ComparedFacts> {
    let Some(asked) = &study.settings.comparison else {
        return Vec::new();
    };
    let mut events: BTreeMap<&ChildId, Vec<&Event>> = BTreeMap::new();
    for event in &study.events.rows {
        events.entry(&event.child_id).or_default().push(event);
    }
    let sources = sources(study, asked);
    let derive = |child: &CohortChild| {
        let own = events.get(&child.child_id).map_or(&[][..], Vec::as_slice);
        derive_child(child, own, &sources, (asked, &study.settings))
    };
    let mut facts: Vec<ComparedFacts> = study.cohort.rows.iter().map(derive).collect();
    facts.sort_by(|a, b| a.child_id.cmp(&b.child_id));
    facts
}

/// Where an outcome comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source<'a> {
    Column(&'a str),
    /// That an event of this kind came about.
    Event(&'a str),
    /// That none did, and nothing else ended care.
    NoEvent(&'a str),
}

/// A column comes before events of the same name.
fn sources<'a>(study: &Study, asked: &'a ComparisonSettings) -> Vec<Source<'a>> {
    let has_column = |name: &String| {
        let mut rows = study.cohort.rows.iter();
        rows.any(|child| child.values.contains_key(name))
    };
    let source = |name: &'a String| match name.as_str() {
        _ if has_column(name) => Source::Column(name),
        SAME_HOME => Source::NoEvent(PLACEMENT_MOVE),
        kind => Source::Event(kind),
    };
    asked.outcomes.iter().map(source).collect()
}

fn derive_child(
    child: &CohortChild,
    events: &[&Event],
    sources: &[Source<'_>],
    (asked, settings): (&ComparisonSettings, &Settings),
) -> ComparedFacts {
    let watch = child.index_date.map(|index| Watch {
        child,
        events,
        index,
        last: last_day(child, index, asked, settings),
        asked,
    });
    let value = |name: &String| value_of(child, name);
    let outcome = |source: &Source<'_>| match (source, &watch) {
        (Source::Column(name), _) => OutcomeFacts {
            value: child.values.get(*name).and_then(CohortValue::as_outcome),
            follow_up: None,
        },
        (Source::Event(kind), Some(watch)) => watch.event(kind),
        (Source::NoEvent(kind), Some(watch)) => watch.no_event(kind),
        (_, None) => OutcomeFacts {
            value: None,
            follow_up: None,
        },
    };
    let needs_index = sources
        .iter()
        .any(|source| !matches!(source, Source::Column(_)));
    ComparedFacts {
        child_id: child.child_id.clone(),
        arm: child.arm,
        has_index: child.index_date.is_some() || !needs_index,
        covariates: asked.covariates.iter().map(value).collect(),
        exact: asked.exact.iter().map(value).collect(),
        outcomes: sources.iter().map(outcome).collect(),
    }
}

/// A column of the cohort; where it has none of that name, age or years in care on the day from which
/// the child is followed.
fn value_of(child: &CohortChild, name: &str) -> Option<CohortValue> {
    let since = |day: Option<Date>| {
        let days = days(day?, child.index_date?);
        (days >= 0).then(|| CohortValue::Number(f64::from(days) / DAYS_IN_YEAR))
    };
    child.values.get(name).cloned().or_else(|| match name {
        AGE => since(child.date_of_birth),
        YEARS_IN_CARE => since(child.care_start),
        _ => None,
    })
}

/// The last day on which the child was watched, within follow-up or not.
fn last_day(
    child: &CohortChild,
    index: Date,
    asked: &ComparisonSettings,
    settings: &Settings,
) -> Date {
    let end = index.saturating_add(i64::from(asked.follow_up_days).days());
    let watched = child.watched_until.unwrap_or(settings.period.end);
    end.min(watched)
}

/// Days from one day to another.
fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// A child under watch for events.
struct Watch<'a> {
    child: &'a CohortChild,
    events: &'a [&'a Event],
    index: Date,
    last: Date,
    asked: &'a ComparisonSettings,
}

impl Watch<'_> {
    /// Whether the event came about. Where something ruled it out first, it did not.
    fn event(&self, kind: &str) -> OutcomeFacts {
        let follow_up = self.follow_up(kind);
        OutcomeFacts {
            value: follow_up.and_then(|watched| match watched.ending {
                Ending::Event => Some(1.0),
                Ending::Competing(_) | Ending::FollowedUp => Some(0.0),
                Ending::LostSight => None,
            }),
            follow_up,
        }
    }

    /// Whether neither the event nor anything else ended care.
    fn no_event(&self, kind: &str) -> OutcomeFacts {
        let follow_up = self.follow_up(kind);
        OutcomeFacts {
            value: follow_up.and_then(|watched| match watched.ending {
                Ending::FollowedUp => Some(1.0),
                Ending::Event | Ending::Competing(_) => Some(0.0),
                Ending::LostSight => None,
            }),
            follow_up,
        }
    }

    /// How long the child was watched for a kind of event; `None` for one who was never watched.
    /// Where two things come on one day, the event counts.
    fn follow_up(&self, kind: &str) -> Option<EventTime> {
        let event = self.first(kind).map(|day| (day, 0, Ending::Event));
        let ends = self.asked.competing.iter().filter_map(|end| {
            let day = self.end(*end)?;
            Some((day, 1, Ending::Competing(*end)))
        });
        let earliest = event
            .into_iter()
            .chain(ends)
            .min_by_key(|end| (end.0, end.1));
        let full = days(self.index, self.last) >= i32::from(self.asked.follow_up_days);
        let (day, ending) = match earliest {
            Some((day, _, ending)) => (day, ending),
            None if full => (self.last, Ending::FollowedUp),
            None => (self.last, Ending::LostSight),
        };
        let days = days(self.index, day);
        (days > 0).then_some(EventTime { days, ending })
    }

    /// The first day of an event after the child was followed from.
    fn first(&self, kind: &str) -> Option<Date> {
        let of_kind = self.events.iter().filter(|event| event.kind == kind);
        let within = of_kind
            .map(|event| event.date)
            .filter(|day| self.index < *day && *day <= self.last);
        within.min()
    }

    fn end(&self, end: CompetingEnd) -> Option<Date> {
        match end {
            CompetingEnd::Eighteen => self.eighteenth_birthday(),
            _ => self.first(kinfolk_model::Code::code(end)),
        }
    }

    fn eighteenth_birthday(&self) -> Option<Date> {
        let birth = self.child.date_of_birth?;
        let day = birth.checked_add(ADULT_YEARS.years()).ok()?;
        (self.index < day && day <= self.last).then_some(day)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kinfolk_model::{ComparisonMethod, MatchRule};

    use super::*;

    fn asked(competing: &[CompetingEnd]) -> ComparisonSettings {
        ComparisonSettings {
            outcomes: Vec::new(),
            covariates: Vec::new(),
            exact: Vec::new(),
            method: ComparisonMethod::Matched,
            rule: MatchRule::default(),
            follow_up_days: 365,
            competing: competing.to_vec(),
            margin: None,
        }
    }

    /// Follow-up of a child followed from 1 January 2024 and watched until a day.
    fn check(events: &[(&str, Date)], watched_until: Date, expected: (i32, Ending)) {
        let child = CohortChild {
            child_id: ChildId::new("C1"),
            arm: Arm::Programme,
            index_date: Some(date(2024, 1, 1)),
            care_start: None,
            date_of_birth: Some(date(2007, 1, 1)),
            watched_until: Some(watched_until),
            values: BTreeMap::new(),
        };
        let events: Vec<Event> = events
            .iter()
            .map(|(kind, date)| Event {
                child_id: child.child_id.clone(),
                date: *date,
                kind: (*kind).to_owned(),
                end_date: None,
            })
            .collect();
        let asked = asked(&[CompetingEnd::ReturnHome, CompetingEnd::Eighteen]);
        let watch = Watch {
            child: &child,
            events: &events.iter().collect::<Vec<_>>(),
            index: date(2024, 1, 1),
            last: date(2024, 12, 31).min(watched_until),
            asked: &asked,
        };
        let found = watch.follow_up("missing").map(|f| (f.days, f.ending));
        assert_eq!(found, Some(expected), "{events:?}");
    }

    #[test]
    fn the_first_of_event_competing_end_and_end_of_watching_counts() {
        let late = date(2026, 1, 1);
        let missing = ("missing", date(2024, 2, 1));
        let home = ("return_home", date(2024, 1, 31));
        check(&[], late, (365, Ending::FollowedUp));
        check(&[missing], late, (31, Ending::Event));
        check(
            &[missing, home],
            late,
            (30, Ending::Competing(CompetingEnd::ReturnHome)),
        );
        check(
            &[missing, ("return_home", date(2024, 2, 1))],
            late,
            (31, Ending::Event),
        );
        check(&[missing], date(2024, 1, 20), (19, Ending::LostSight));
        // What happened on the first day, or before, happened before follow-up.
        check(
            &[("missing", date(2024, 1, 1))],
            late,
            (365, Ending::FollowedUp),
        );
        check(
            &[("away", date(2024, 2, 1))],
            late,
            (365, Ending::FollowedUp),
        );
    }
}
