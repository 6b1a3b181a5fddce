//! One row for each child of a comparison: who it is, what it is compared by, and what became of it.

mod timeline;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use kinfolk_model::{
    Arm, ChildId, Code, CohortChild, CohortValue, ComparatorPool, ComparisonSettings, CompetingEnd,
    Event, Settings, Study,
};

use timeline::Trace;
pub use timeline::{Ending, Timeline, Window};

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
    /// The authority, where the comparison is of several.
    pub authority: Option<String>,
    /// In which pairs must be the same, in the order of the study.
    pub exact: Vec<Option<CohortValue>>,
    /// The outcomes that the study names, in its order.
    pub outcomes: Vec<OutcomeFacts>,
    /// How long it has been in care when, where comparators are found at the same time in care.
    pub in_care: Option<TimeInCare>,
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

/// How long a child has been in care when, for comparators who are found at the same time in care.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeInCare {
    /// The day on which its work began, since care began; `None` for one of whom it never did.
    pub joined: Option<i32>,
    /// The last day on which it was in care and watched, since care began.
    pub left: i32,
    /// What is recorded of it since care began.
    pub timeline: Timeline,
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
    let records = Records {
        child,
        events,
        sources,
        asked,
        last: child.watched_until.unwrap_or(settings.period.end),
    };
    let in_care = match asked.rule.pool {
        ComparatorPool::Any => None,
        ComparatorPool::RiskSet => records.time_in_care(),
    };
    let needs_index = sources
        .iter()
        .any(|source| !matches!(source, Source::Column(_)));
    let value = |name: &String| value_of(child, name, asked.rule.pool);
    ComparedFacts {
        child_id: child.child_id.clone(),
        arm: child.arm,
        has_index: match asked.rule.pool {
            ComparatorPool::Any => child.index_date.is_some() || !needs_index,
            ComparatorPool::RiskSet => in_care
                .as_ref()
                .is_some_and(|time| child.arm == Arm::Comparator || time.joined.is_some()),
        },
        covariates: asked
            .covariates
            .iter()
            .map(|name| value(name).filter(|value| can_be_near(value, name, asked)))
            .collect(),
        authority: asked
            .authority
            .as_ref()
            .and_then(|name| Some(child.values.get(name)?.to_string().replace(';', ","))),
        exact: asked.exact.iter().map(value).collect(),
        outcomes: records.outcomes(),
        in_care,
    }
}

/// Words of a covariate with a caliper are as good as none: no distance lies between them.
fn can_be_near(value: &CohortValue, name: &str, asked: &ComparisonSettings) -> bool {
    let mut calipers = asked.calipers.iter();
    matches!(value, CohortValue::Number(_)) || calipers.all(|own| own.covariate != name)
}

/// A column of the cohort; where it has none of that name, age or years in care on the day from which
/// the child is followed. Where comparators are found at the same time in care, nobody but the
/// programme has such a day, and the age is that when care began.
fn value_of(child: &CohortChild, name: &str, pool: ComparatorPool) -> Option<CohortValue> {
    let first = match pool {
        ComparatorPool::Any => child.index_date,
        ComparatorPool::RiskSet => child.care_start,
    };
    let since = |day: Option<Date>| {
        let days = days(day?, first?);
        (days >= 0).then(|| CohortValue::Number(f64::from(days) / DAYS_IN_YEAR))
    };
    child.values.get(name).cloned().or_else(|| match name {
        AGE => since(child.date_of_birth),
        YEARS_IN_CARE => since(child.care_start),
        _ => None,
    })
}

/// Days from one day to another.
fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// The records of a child.
struct Records<'a> {
    child: &'a CohortChild,
    events: &'a [&'a Event],
    sources: &'a [Source<'a>],
    asked: &'a ComparisonSettings,
    /// The last day on which the child was watched.
    last: Date,
}

impl Records<'_> {
    /// What became of the child since the day from which it is followed. Of one who has none only
    /// columns are known.
    fn outcomes(&self) -> Vec<OutcomeFacts> {
        let Some(index) = self.followed_from() else {
            return self
                .sources
                .iter()
                .map(|source| self.column(source))
                .collect();
        };
        self.since(index).outcomes(Window {
            from: 0,
            days: i32::from(self.asked.follow_up_days),
            until: None,
        })
    }

    /// Comparators at the same time in care are followed from a day that only the pairs give.
    fn followed_from(&self) -> Option<Date> {
        let of_its_own = match self.asked.rule.pool {
            ComparatorPool::Any => true,
            ComparatorPool::RiskSet => self.child.arm == Arm::Programme,
        };
        self.child.index_date.filter(|_| of_its_own)
    }

    fn column(&self, source: &Source<'_>) -> OutcomeFacts {
        let value = match source {
            Source::Column(name) => self.value(name),
            Source::Event(_) | Source::NoEvent(_) => None,
        };
        OutcomeFacts {
            value,
            follow_up: None,
        }
    }

    fn value(&self, name: &str) -> Option<f64> {
        self.child
            .values
            .get(name)
            .and_then(CohortValue::as_outcome)
    }

    fn since(&self, first: Date) -> Timeline {
        let trace = |source: &Source<'_>| match source {
            Source::Column(name) => Trace::Column(self.value(name)),
            Source::Event(kind) => Trace::Event(self.days_of(kind, first)),
            Source::NoEvent(kind) => Trace::NoEvent(self.days_of(kind, first)),
        };
        Timeline {
            traces: self.sources.iter().map(trace).collect(),
            ends: self.ends(&self.asked.competing, first),
            last: days(first, self.last),
        }
    }

    fn days_of(&self, kind: &str, first: Date) -> Vec<i32> {
        let of_kind = self.events.iter().filter(|event| event.kind == kind);
        of_kind.map(|event| days(first, event.date)).collect()
    }

    fn ends(&self, ends: &[CompetingEnd], first: Date) -> Vec<(i32, CompetingEnd)> {
        let of = |end: &CompetingEnd| match end {
            CompetingEnd::Eighteen => {
                let day = self.eighteenth_birthday();
                day.map(|day| days(first, day)).into_iter().collect()
            }
            _ => self.days_of(Code::code(*end), first),
        };
        let days = ends
            .iter()
            .flat_map(|end| of(end).into_iter().map(|day| (day, *end)));
        days.collect()
    }

    fn eighteenth_birthday(&self) -> Option<Date> {
        let birth = self.child.date_of_birth?;
        birth.checked_add(ADULT_YEARS.years()).ok()
    }

    /// Care ends with whatever ends it, asked for as competing or not.
    fn time_in_care(&self) -> Option<TimeInCare> {
        let first = self.child.care_start?;
        let timeline = self.since(first);
        let ends = self.ends(CompetingEnd::ALL, first).into_iter();
        let ended = ends.map(|(day, _)| day).filter(|day| *day > 0).min();
        let joined = self.child.index_date.map(|index| days(first, index));
        Some(TimeInCare {
            joined: joined.filter(|day| *day >= 0 && self.child.arm == Arm::Programme),
            left: ended.map_or(timeline.last, |day| day.min(timeline.last)),
            timeline,
        })
    }
}
