//! What is recorded of a child since a first day, and what became of it in a window of those days.

use kinfolk_model::CompetingEnd;

use super::{EventTime, OutcomeFacts};

/// What is recorded of a child, in days since a first day.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// One for each outcome of the study, in its order.
    pub(super) traces: Vec<Trace>,
    /// What rules outcomes out, and on which days.
    pub(super) ends: Vec<(i32, CompetingEnd)>,
    /// The last day on which the child was watched.
    pub(super) last: i32,
}

/// What an outcome is read from.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Trace {
    /// A column, which no window changes.
    Column(Option<f64>),
    /// The days of an event: whether it came about.
    Event(Vec<i32>),
    /// The days of an event: whether neither it nor anything else ended care.
    NoEvent(Vec<i32>),
}

/// The days in which outcomes are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The day from which the child is followed; what came about on it came before.
    pub from: i32,
    /// For how many days.
    pub days: i32,
    /// The last day, where the child is followed no further; `None` for as long as it was watched.
    pub until: Option<i32>,
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

impl Timeline {
    /// One event by its days, of a child whose care ended on a day, if it did, and who was watched until
    /// `last`; all counted from the same day.
    pub fn of_event(days: Vec<i32>, ended: Option<i32>, last: i32) -> Self {
        Self {
            traces: vec![Trace::Event(days)],
            ends: ended
                .map(|day| (day, CompetingEnd::LeftCare))
                .into_iter()
                .collect(),
            last,
        }
    }

    /// What became of the child in each outcome of the study, in its order. A time that is cut short ends there, but
    /// whether the event came about is asked of the whole window: of those cut short only who had the event before
    /// would be known, and to count them alone would make it look more frequent.
    pub fn outcomes(&self, window: Window) -> Vec<OutcomeFacts> {
        let whole = Window {
            until: None,
            ..window
        };
        let in_window = |days: &[i32], value: fn(Ending) -> Option<bool>| OutcomeFacts {
            value: outcome(self.follow_up(days, whole), value),
            follow_up: self.follow_up(days, window),
        };
        let outcome = |trace: &Trace| match trace {
            Trace::Column(value) => OutcomeFacts {
                value: *value,
                follow_up: None,
            },
            Trace::Event(days) => in_window(days, came_about),
            Trace::NoEvent(days) => in_window(days, stayed),
        };
        self.traces.iter().map(outcome).collect()
    }

    /// How long the child was watched for an event; `None` for one who was never watched. Where two
    /// things come on one day, the event counts.
    pub(super) fn follow_up(&self, events: &[i32], window: Window) -> Option<EventTime> {
        let whole = window.from.saturating_add(window.days);
        let last = whole.min(self.last).min(window.until.unwrap_or(i32::MAX));
        let is_within = |day: i32| window.from < day && day <= last;
        let event = events.iter().map(|day| (*day, 0, Ending::Event));
        let ends = self
            .ends
            .iter()
            .map(|(day, end)| (*day, 1, Ending::Competing(*end)));
        let earliest = event
            .chain(ends)
            .filter(|(day, _, _)| is_within(*day))
            .min_by_key(|(day, rank, _)| (*day, *rank));
        let (day, ending) = match earliest {
            Some((day, _, ending)) => (day, ending),
            None if last >= whole => (last, Ending::FollowedUp),
            None => (last, Ending::LostSight),
        };
        let days = day - window.from;
        (days > 0).then_some(EventTime { days, ending })
    }
}

fn outcome(follow_up: Option<EventTime>, value: fn(Ending) -> Option<bool>) -> Option<f64> {
    let is_so = follow_up.and_then(|watched| value(watched.ending));
    is_so.map(|is_so| f64::from(u8::from(is_so)))
}

/// Where something ruled the event out first, it did not come about.
fn came_about(ending: Ending) -> Option<bool> {
    match ending {
        Ending::Event => Some(true),
        Ending::Competing(_) | Ending::FollowedUp => Some(false),
        Ending::LostSight => None,
    }
}

fn stayed(ending: Ending) -> Option<bool> {
    match ending {
        Ending::FollowedUp => Some(true),
        Ending::Event | Ending::Competing(_) => Some(false),
        Ending::LostSight => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const YEAR: Window = Window {
        from: 0,
        days: 365,
        until: None,
    };
    const ENDS: [(i32, CompetingEnd); 2] = [
        (60, CompetingEnd::ReturnHome),
        (500, CompetingEnd::Eighteen),
    ];

    /// Follow-up of a child with events and ends, who was watched until a day.
    fn check(
        (events, ends, last): (&[i32], &[(i32, CompetingEnd)], i32),
        window: Window,
        expected: Option<(i32, Ending)>,
    ) {
        let timeline = Timeline {
            traces: Vec::new(),
            ends: ends.to_vec(),
            last,
        };
        let found = timeline.follow_up(events, window);
        let found = found.map(|watched| (watched.days, watched.ending));
        assert_eq!(found, expected, "{events:?} {window:?}");
    }

    #[test]
    fn the_first_of_event_competing_end_and_end_of_watching_counts() {
        let home = Ending::Competing(CompetingEnd::ReturnHome);
        let whole = Some((365, Ending::FollowedUp));
        check((&[], &[], 900), YEAR, whole);
        check((&[31], &[], 900), YEAR, Some((31, Ending::Event)));
        check((&[365], &[], 900), YEAR, Some((365, Ending::Event)));
        check((&[366], &[], 900), YEAR, whole);
        check((&[70], &ENDS, 900), YEAR, Some((60, home)));
        check((&[60], &ENDS, 900), YEAR, Some((60, Ending::Event)));
        check((&[31], &[], 19), YEAR, Some((19, Ending::LostSight)));
        // What happened on the first day, or before, happened before follow-up.
        check((&[0, -5], &[], 900), YEAR, whole);
        check((&[], &[], 0), YEAR, None);
    }

    #[test]
    fn a_later_window_forgets_what_came_before_and_may_be_cut_short() {
        let later = Window {
            from: 100,
            days: 300,
            until: None,
        };
        check((&[31, 150], &ENDS, 900), later, Some((50, Ending::Event)));
        check((&[31], &ENDS, 900), later, Some((300, Ending::FollowedUp)));
        let cut = Window {
            until: Some(140),
            ..later
        };
        check((&[31, 150], &ENDS, 900), cut, Some((40, Ending::LostSight)));
        check((&[140], &[], 900), cut, Some((40, Ending::Event)));
    }
}
