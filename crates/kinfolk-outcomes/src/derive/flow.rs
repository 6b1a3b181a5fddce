//! How far the work with one child came, and why no further.

use jiff::ToSpan;
use jiff::civil::Date;
use kinfolk_model::{Child, EndReason, Settings};

/// A step of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Every child with a Practice Summary was referred.
    Referred,
    /// Work started: a start, or any later step, is dated.
    Started,
    /// A family group conference was held.
    Conference,
    /// A plan was made.
    Plan,
    /// The plan was reviewed.
    Review,
    /// The days of follow-up are over, and the work did not break off within them.
    FollowedUp,
}

impl Step {
    /// Every step in order.
    pub const ALL: [Self; 6] = [
        Self::Referred,
        Self::Started,
        Self::Conference,
        Self::Plan,
        Self::Review,
        Self::FollowedUp,
    ];

    /// The code in groups.
    pub fn code(self) -> &'static str {
        match self {
            Self::Referred => "referred",
            Self::Started => "started",
            Self::Conference => "conference",
            Self::Plan => "plan",
            Self::Review => "review",
            Self::FollowedUp => "followed_up",
        }
    }

    /// The words that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Referred => "Referred",
            Self::Started => "Work started",
            Self::Conference => "Conference held",
            Self::Plan => "Plan made",
            Self::Review => "Plan reviewed",
            Self::FollowedUp => "Followed up",
        }
    }
}

/// Why a child came no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LossReason {
    /// The work ended, for a recorded reason.
    Ended(EndReason),
    /// The work goes on; the step has not come yet.
    NotYet,
}

/// The first step that a child did not reach, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loss {
    /// The step not reached.
    pub step: Step,
    /// Why.
    pub reason: LossReason,
}

/// How far the work with a child came by the end of the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlowFacts {
    /// The last step of an unbroken row of steps.
    pub furthest: Step,
    /// Where the row broke; `None` for a child who was followed up.
    pub loss: Option<Loss>,
}

impl FlowFacts {
    /// Whether the child counts at a step.
    pub fn reached(&self, step: Step) -> bool {
        self.furthest >= step
    }
}

pub(super) fn derive_flow(child: &Child, settings: &Settings) -> FlowFacts {
    let history = History { child, settings };
    let first_missed = Step::ALL.into_iter().find(|step| !history.took(*step));
    let furthest = Step::ALL
        .into_iter()
        .take_while(|step| Some(*step) != first_missed)
        .last()
        .unwrap_or(Step::Referred);
    FlowFacts {
        furthest,
        loss: first_missed.map(|step| Loss {
            step,
            reason: history.reason(step),
        }),
    }
}

/// A child's dates as they stood on the last day of the period.
struct History<'a> {
    child: &'a Child,
    settings: &'a Settings,
}

impl History<'_> {
    fn took(&self, step: Step) -> bool {
        match step {
            Step::Referred => true,
            Step::Started => self.first_day_of_work().is_some(),
            Step::Conference => self.by_end(self.child.conference_date).is_some(),
            Step::Plan => self.by_end(self.child.plan_date).is_some(),
            Step::Review => self.by_end(self.child.review_date).is_some(),
            Step::FollowedUp => self.followed_up(),
        }
    }

    /// A conference, plan or review without a dated start shows that work had started.
    fn first_day_of_work(&self) -> Option<Date> {
        let child = self.child;
        [
            child.start_date,
            child.conference_date,
            child.plan_date,
            child.review_date,
        ]
        .into_iter()
        .find_map(|day| self.by_end(day))
    }

    fn followed_up(&self) -> bool {
        let Some(last_day) = self.last_day_of_follow_up() else {
            return false;
        };
        let broke_off =
            self.broke_off().is_some() && self.child.end_date.is_none_or(|ended| ended < last_day);
        last_day <= self.settings.period.end && !broke_off
    }

    fn last_day_of_follow_up(&self) -> Option<Date> {
        let days = i64::from(self.settings.follow_up_days);
        self.first_day_of_work()?.checked_add(days.days()).ok()
    }

    fn reason(&self, step: Step) -> LossReason {
        let ended = match step {
            // Work that is complete can still be followed up.
            Step::FollowedUp => self.broke_off(),
            _ => self.ended(),
        };
        ended.map_or(LossReason::NotYet, LossReason::Ended)
    }

    fn broke_off(&self) -> Option<EndReason> {
        self.ended()
            .filter(|reason| *reason != EndReason::Completed)
    }

    /// An end without a reason counts as another reason; an end after the period is none yet.
    fn ended(&self) -> Option<EndReason> {
        match (self.child.end_date, self.child.end_reason) {
            (Some(day), _) if day > self.settings.period.end => None,
            (Some(_), None) => Some(EndReason::Other),
            (_, reason) => reason,
        }
    }

    fn by_end(&self, day: Option<Date>) -> Option<Date> {
        day.filter(|day| *day <= self.settings.period.end)
    }
}
