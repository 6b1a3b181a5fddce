//! From the returns of a study: every child of the authority, and the children of the service
//! before and after their start.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kinfolk_model::{ChildId, Settings, Study};

use crate::care::{
    AroundOptions, AroundStart, CareFacts, CareOptions, MoveRule, SameHomeOptions,
    StabilityOptions, derive_around_starts, derive_care,
};

/// What the estimates need to know of a study's returns.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyCareFacts {
    /// Every child of the returns.
    pub everyone: CareFacts,
    /// The children of the study whose start is dated and whom the returns know, by identifier.
    pub around_starts: Vec<AroundStart>,
}

/// The options that the settings give. Without a day of its own, the same home is asked of the days
/// of follow-up that end with the day of the count.
pub(super) fn care_options(settings: &Settings) -> CareOptions {
    let on = settings.care_day();
    CareOptions {
        stability: StabilityOptions {
            on,
            short_break_starts: settings.care.short_break_starts,
        },
        rule: MoveRule::new(settings.care.moves, settings.care.temporary),
        same_home: SameHomeOptions::up_to(on, settings.follow_up_days),
        country: settings.country,
    }
}

/// `None` where the study has no returns.
pub(super) fn derive_study_care(study: &Study) -> Option<StudyCareFacts> {
    if !study.care.is_present() {
        return None;
    }
    let options = care_options(&study.settings);
    let around = AroundOptions {
        days: study.settings.follow_up_days,
        rule: options.rule,
    };
    let records = &study.care.records;
    Some(StudyCareFacts {
        everyone: derive_care(records, options),
        around_starts: derive_around_starts(records, &starts(study), around),
    })
}

/// When work with each child started, up to the end of the period.
fn starts(study: &Study) -> BTreeMap<&ChildId, Date> {
    let dated = |day: Date| day <= study.settings.period.end;
    let rows = study.children.rows.iter();
    rows.filter_map(|child| Some((&child.child_id, child.start_date.filter(|day| dated(*day))?)))
        .collect()
}
