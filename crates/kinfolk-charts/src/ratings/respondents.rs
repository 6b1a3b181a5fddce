//! Who replied.

use kinfolk_disclosure::Release;
use kinfolk_model::{Code, Group, Respondent, Statistic, format};

use super::answers::{Row, rows};
use crate::reading::{Reading, count};

/// Those of one kind who answered, with the statements that they rated.
pub(super) struct Respondents<'a> {
    /// Who they are.
    pub(super) respondent: Respondent,
    /// Forms that came back.
    pub(super) replies: Reading<'a>,
    /// Those who replied as a share of those who were asked.
    asked: Reading<'a>,
    /// The statements that they rated.
    pub(super) rows: Vec<Row<'a>>,
}

impl<'a> Respondents<'a> {
    /// Those of one kind, with what they rated.
    pub(super) fn of(release: &'a Release, respondent: Respondent) -> Self {
        let group = Group::of("respondent", respondent.code());
        let replies = Reading::of(release, "questionnaire.responses", &group, Statistic::Count);
        let record = match respondent {
            Respondent::Child => Group::of("record", "child_questionnaire"),
            _ => Group::of("record", respondent.code()),
        };
        Self {
            respondent,
            replies,
            asked: Reading::of(release, "coverage.record", &record, Statistic::Proportion),
            rows: rows(release, respondent),
        }
    }

    /// `Children: 46 of 98 replied`.
    pub(super) fn heading(&self) -> String {
        let who = self.respondent.label();
        match (
            self.asked.numerator(),
            self.asked.denominator(),
            self.replies.value(),
        ) {
            (Some(replied), Some(asked), _) => {
                format!("{who}: {} replied", format::of(replied, asked))
            }
            (_, _, Some(replies)) => format!("{who}: {} replied", count(replies)),
            _ => who.to_owned(),
        }
    }
}
