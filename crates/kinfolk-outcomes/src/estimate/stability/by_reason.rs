//! Placements that ended, by the reason that the return gives.

use kinfolk_model::care::{CodeList, REASONS_ENDED, REASONS_MOVED, ShortCode};
use kinfolk_model::{Breakdown, Group, Key, Unit};

use super::IN_YEAR;
use super::endings::{ENDED, Endings, NOT_RECORDED, n_of, reason_code};
use crate::care::Reason;
use crate::estimate::breakdown::{PoolSpec, members_of, present_pools, row};
use crate::estimate::entry::about;
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

/// The words for a reason that is blank, or that no list has.
const NO_REASON: &str = "Not recorded, or an unknown code";

/// A way in which placements end, with reasons of its own.
#[derive(Clone, Copy)]
pub(super) struct Way {
    pub(super) code: &'static str,
    title: &'static str,
    /// The reason, for an ending of this way.
    pub(super) code_of: fn(Reason) -> Option<ShortCode>,
    list: CodeList,
    pools: &'static [PoolSpec<'static>],
}

pub(super) const WAYS: [Way; 2] = [
    Way {
        code: "moved",
        title: "Why children moved",
        code_of: |reason| match reason {
            Reason::Moved(code) => Some(code),
            Reason::LeftCare(_) | Reason::Lasts => None,
        },
        list: REASONS_MOVED,
        pools: WHY_MOVED,
    },
    Way {
        code: "left_care",
        title: "Why children left care",
        code_of: |reason| match reason {
            Reason::LeftCare(code) => Some(code),
            Reason::Moved(_) | Reason::Lasts => None,
        },
        list: REASONS_ENDED,
        pools: WHY_LEFT,
    },
];

const WHY_MOVED: &[PoolSpec<'_>] = &[
    PoolSpec {
        code: "carer_asked",
        label: "Carer asked for it",
        of: &["CREQB", "CREQO"],
    },
    PoolSpec {
        code: "carer_or_setting",
        label: "Carer or setting closed, approval or standards, allegation",
        of: &["CLOSE", "APPRR", "STAND", "ALLEG"],
    },
    PoolSpec {
        code: "child_or_authority_asked",
        label: "Child or authority asked for it",
        of: &["CHILD", "LAREQ"],
    },
    PoolSpec {
        code: "other_reasons",
        label: "Other reasons, or none recorded",
        of: &["PLACE", "CUSTOD", "OTHER", "LIIAF", NOT_RECORDED],
    },
    PoolSpec {
        code: "asked",
        label: "Carer, child or authority asked for it",
        of: &["carer_asked", "child_or_authority_asked"],
    },
    PoolSpec {
        code: "not_care_plan",
        label: "Any reason but a change in the care plan",
        of: &["asked", "carer_or_setting", "other_reasons"],
    },
];

const WHY_LEFT: &[PoolSpec<'_>] = &[
    PoolSpec {
        code: "adopted",
        label: "Adopted",
        of: &["E11", "E12"],
    },
    PoolSpec {
        code: "returned_home",
        label: "Returned home",
        of: &["E4A", "E4B"],
    },
    PoolSpec {
        code: "guardianship",
        label: "Special guardianship or arrangements order",
        of: &["E41", "E43", "E44", "E45", "E46", "E47", "E48"],
    },
    PoolSpec {
        code: "independent_living",
        label: "Independent living",
        of: &["E5", "E6"],
    },
    PoolSpec {
        code: "to_family",
        label: "Home, family or guardians",
        of: &["returned_home", "E13", "guardianship", "adopted"],
    },
    PoolSpec {
        code: "other_ends",
        label: "Other ends of care",
        of: &[
            "independent_living",
            "E2",
            "E3",
            "E7",
            "E8",
            "E9",
            "E14",
            "E15",
            "E16",
            "E17",
            "E99",
            NOT_RECORDED,
        ],
    },
];

/// Placements that ended in one way, by reason; for moves, also the children behind them.
pub(super) struct ByReason<'c> {
    pub(super) endings: &'c Endings<'c>,
    /// Children looked after in the year.
    pub(super) everyone: &'c Tally,
    pub(super) way: Way,
    pub(super) reasons: Vec<ShortCode>,
    /// The definition in words.
    pub(super) options: String,
}

impl ByReason<'_> {
    pub(super) fn write(&self, ledger: &mut Ledger) {
        let codes: Vec<String> = self.reasons.iter().map(|code| reason_code(*code)).collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let pools = present_pools(self.way.pools, &codes);
        let rows = self.reasons.iter().zip(&codes);
        let rows = rows
            .map(|(reason, code)| {
                let label = self.way.list.label(*reason).unwrap_or(NO_REASON);
                row(code, label, self.write_row(ledger, code, &[*code]))
            })
            .collect();
        let written = pools.iter().map(|pool| {
            let members = members_of(&pool.code, &pools);
            let parts: Vec<Tally> = pool
                .of
                .iter()
                .map(|code| self.placements(code, &members_of(code, &pools)))
                .collect();
            ledger.sum(&self.placements(&pool.code, &members), &parts);
            let keys = self.write_row(ledger, &pool.code, &members);
            pool.clone().with_records(keys)
        });
        let pools = written.collect();
        ledger.breakdown(Breakdown {
            id: format!("stability.endings.{}", self.way.code),
            title: self.way.title.to_owned(),
            rows,
            pools,
        });
    }

    fn is_of(&self, end: Reason, members: &[&str]) -> bool {
        let code = (self.way.code_of)(end);
        code.is_some_and(|code| members.contains(&reason_code(code).as_str()))
    }

    fn placements(&self, code: &str, members: &[&str]) -> Tally {
        let name = format!("care/endings/{}/{code}", self.way.code);
        self.endings
            .tally(name, |ends| n_of(ends, |end| self.is_of(end, members)))
    }

    fn write_row(&self, ledger: &mut Ledger, code: &str, members: &[&str]) -> Vec<Key> {
        let group = Group::of("ending", self.way.code).and("reason", code);
        let subject = about("stability.endings", group, ENDED);
        let placements = self.placements(code, members);
        let key = ledger.optioned_count(subject, Unit::Placements, &placements, &self.options);
        let children =
            (self.way.code == "moved").then(|| self.write_children(ledger, code, members));
        std::iter::once(key).chain(children).collect()
    }

    /// Children who moved for a reason; one who moved for two counts under both.
    fn write_children(&self, ledger: &mut Ledger, code: &str, members: &[&str]) -> Key {
        let name = format!("care/moved children/{code}");
        let children = self.endings.where_(name, |ends| {
            ends.iter().any(|end| self.is_of(*end, members))
        });
        let others = children.rest_of(self.everyone);
        ledger.sum(self.everyone, &[children.clone(), others]);
        let subject = about("stability.moved_for", Group::of("reason", code), IN_YEAR);
        ledger.optioned_count(subject, Unit::Children, &children, &self.options)
    }
}
