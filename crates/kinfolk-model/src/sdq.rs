//! The Strengths and Difficulties Questionnaire (SDQ), as completed and as returned.
//!
//! The SDQ is © Robert Goodman and Youthinmind. kinfolk takes in numbers by item; it holds neither
//! the wording of items and answers nor a form. Whoever administers the SDQ electronically needs
//! Youthinmind's permission.

use smol_str::SmolStr;

use jiff::civil::Date;

use crate::ChildId;
use crate::care::YearlyAnswers;
use crate::code::code_set;

code_set! {
    /// Who completed the questionnaire. Answers of different informants are never pooled.
    Informant as "informant" {
        ParentCarer = "parent_carer", "Carers", ["parent", "carer", "foster_carer", "main_carer", "p"];
        Teacher = "teacher", "Teachers", ["school", "t"];
        YoungPerson = "self", "Young people themselves", ["child", "young_person", "yp", "s"];
    }
}

code_set! {
    /// For which ages the form was made. Two items differ, and so do the bands.
    SdqForm as "form" {
        Ages2To4 = "2-4", "Ages 2 to 4", ["2_4", "p2_4", "t2_4"];
        Ages4To17 = "4-17", "Ages 4 to 17", ["4_17", "4_10", "11_17", "p4_10", "p11_17", "p4_17", "t4_10", "t11_17", "t4_17", "s11_17", "4_16", "p4_16", "t4_16", "s11_16"];
    }
}

impl SdqForm {
    /// Whether there is such a form for an informant: children answer for themselves from 11 on.
    pub fn is_for(self, informant: Informant) -> bool {
        !matches!((self, informant), (Self::Ages2To4, Informant::YoungPerson))
    }
}

code_set! {
    /// Over what time the form asks: the first form over six months, the follow-up form over one.
    SdqVersion as "version" {
        First = "first", "First form, last six months", ["baseline", "six_months", "standard"];
        FollowUp = "follow_up", "Follow-up form, last month", ["followup", "one_month", "1_month"];
    }
}

code_set! {
    /// Why the yearly return of a child in care holds no score (England, OC2).
    SdqReason as "sdq_reason" {
        OutsideAges = "SDQ1", "Not between 4 and 16 at the latest assessment", ["sdq1"];
        CarerRefused = "SDQ2", "The carer did not complete it", ["sdq2"];
        Disability = "SDQ3", "The child\u{2019}s disability made it impossible", ["sdq3"];
        Other = "SDQ4", "Another reason", ["sdq4"];
        ChildRefused = "SDQ5", "The child did not want it", ["sdq5"];
    }
}

code_set! {
    /// Which questionnaire counts as a child's baseline.
    SdqBaseline as "sdq_baseline" {
        LastBeforeStart = "last-before-start", "The last one before work started or on that day", ["last_before_start"];
        NearestStart = "nearest-start", "The one nearest to the day when work started, before or after", ["nearest_start"];
        First = "first", "The first one on record";
    }
}

code_set! {
    /// How the degrees of freedom of the model of repeated measures are found.
    SdqModelDegrees as "sdq_mmrm_df" {
        Satterthwaite = "satterthwaite", "Satterthwaite";
        KenwardRoger = "kenward-roger", "Kenward and Roger, for fewer than about 50 children", ["kenward_roger"];
    }
}

/// Answers to the 25 items, as on the form: 0, 1 or 2, not yet reversed; `None` where not answered.
pub type SdqItems = [Option<u8>; 25];

/// An item of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SdqItem {
    /// Its place among the 25, from 0.
    pub at: usize,
    /// Whether a high answer means few difficulties, so that 2 counts as 0 and 0 as 2.
    pub reversed: bool,
}

/// The items of the emotional, conduct, hyperactivity, peer and prosocial scales.
pub const SDQ_SCALES: [[SdqItem; 5]; 5] = [
    [plain(3), plain(8), plain(13), plain(16), plain(24)],
    [plain(5), reversed(7), plain(12), plain(18), plain(22)],
    [plain(2), plain(10), plain(15), reversed(21), reversed(25)],
    [plain(6), reversed(11), reversed(14), plain(19), plain(23)],
    [plain(1), plain(4), plain(9), plain(17), plain(20)],
];

const fn plain(number: usize) -> SdqItem {
    SdqItem {
        at: number - 1,
        reversed: false,
    }
}

const fn reversed(number: usize) -> SdqItem {
    SdqItem {
        at: number - 1,
        reversed: true,
    }
}

/// Answers to the questions about impact, each from 0 to 3 as on the form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SdqImpactItems {
    /// Whether there are difficulties at all: the gate to the others.
    pub difficulties: Option<u8>,
    /// Distress.
    pub distress: Option<u8>,
    /// Home life; not asked of teachers.
    pub home: Option<u8>,
    /// Friendships.
    pub friends: Option<u8>,
    /// Learning in class.
    pub classroom: Option<u8>,
    /// Leisure; not asked of teachers.
    pub leisure: Option<u8>,
}

/// Scores that were entered instead of items.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each field is a column that `schema` documents"
)]
pub struct SdqEntered {
    pub emotional: Option<u8>,
    pub conduct: Option<u8>,
    pub hyperactivity: Option<u8>,
    pub peer: Option<u8>,
    pub prosocial: Option<u8>,
    pub total: Option<u8>,
    pub impact: Option<u8>,
}

/// One completed questionnaire.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "each field is a column that `schema` documents"
)]
pub struct Sdq {
    pub child_id: ChildId,
    pub date: Date,
    pub informant: Informant,
    /// Where blank, the form for ages 4 to 17 is meant.
    pub form: Option<SdqForm>,
    pub version: Option<SdqVersion>,
    pub carer_id: Option<SmolStr>,
    pub items: SdqItems,
    pub impact_items: SdqImpactItems,
    pub entered: SdqEntered,
}

impl Sdq {
    /// Whether any of the 25 items is answered.
    pub fn has_items(&self) -> bool {
        self.items.iter().any(Option::is_some)
    }
}

/// What the yearly return says of one child's SDQ: a carer's total, or why there is none.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "each field is a column that `schema` documents"
)]
pub struct Oc2 {
    pub child_id: ChildId,
    /// The year in which the collection ends: 2025 for April 2024 to March 2025.
    pub year: i16,
    pub date_of_birth: Option<Date>,
    pub sdq_score: Option<u8>,
    pub sdq_reason: Option<SdqReason>,
    /// Looked after for all of the twelve months. Where blank, that the child is in the return says so.
    pub looked_after_12_months: Option<bool>,
    /// What the return says besides, of health, substance misuse and convictions.
    pub answers: YearlyAnswers,
}
