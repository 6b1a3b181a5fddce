//! The answers to one statement, as they were released: apart, or joined with their neighbours.

use kinfolk_disclosure::Release;
use kinfolk_model::{Code, Group, Respondent, Statistic, statement_label};

use crate::reading::{Reading, count};

/// Every code of an answer on a scale of 1 to 5, joined ones among them, from disagreement to
/// agreement, with the head of its column.
pub(crate) const ANSWERS: [(&str, &str); 8] = [
    ("1", "Rated 1"),
    ("2", "Rated 2"),
    ("disagree", "Rated 1 or 2"),
    ("3", "Rated 3"),
    ("not_agree", "Rated 1 to 3"),
    ("4", "Rated 4"),
    ("5", "Rated 5"),
    ("agree", "Rated 4 or 5"),
];

/// Where an answer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// Left of the centre.
    Disagree,
    /// Right of the centre.
    Agree,
    /// In a column of its own.
    Aside,
}

/// One statement and one kind of respondent.
pub(crate) struct Row<'a> {
    /// Who answered.
    pub(crate) respondent: Respondent,
    /// The words of the statement.
    pub(crate) label: String,
    /// The share who agree.
    pub(crate) agrees: Reading<'a>,
    /// The mean rating.
    pub(crate) mean: Reading<'a>,
    /// The number of each answer, in the order of [`ANSWERS`].
    answers: [Reading<'a>; 8],
}

/// The statements that were rated, in the order of the release; withheld ones last.
pub(crate) fn rows(release: &Release, respondent: Respondent) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = release
        .of("questionnaire.agree")
        .filter(|released| released.group().get("respondent") == Some(respondent.code()))
        .filter_map(|released| {
            let statement = released.group().get("statement")?;
            let row = Row::of(release, respondent, statement, Reading(Some(released)));
            row.is_rating().then_some(row)
        })
        .collect();
    rows.sort_by_key(|row| row.agrees.value().is_none());
    rows
}

/// The words of a statement: the authority's own, else the programme's, else its code.
pub(crate) fn statement_words(release: &Release, statement: &str) -> String {
    let own = release.settings().statements.get(statement);
    own.cloned()
        .or_else(|| statement_label(statement).map(str::to_owned))
        .unwrap_or_else(|| statement.replace('_', " "))
}

impl<'a> Row<'a> {
    fn of(
        release: &'a Release,
        respondent: Respondent,
        statement: &str,
        agrees: Reading<'a>,
    ) -> Self {
        let group = Group::of("respondent", respondent.code()).and("statement", statement);
        let answer = |(code, _): (&str, &str)| {
            let group = group.clone().and("answer", code);
            Reading::of(release, "questionnaire.answer", &group, Statistic::Count)
        };
        Self {
            respondent,
            label: statement_words(release, statement),
            agrees,
            mean: Reading::of(release, "questionnaire.rating", &group, Statistic::Mean),
            answers: ANSWERS.map(answer),
        }
    }

    /// Whether it is a statement rated from 1 to 5, not one answered with yes or no.
    fn is_rating(&self) -> bool {
        self.mean.0.is_some() || self.answers.iter().any(|answer| answer.0.is_some())
    }

    /// The released number of one answer.
    pub(crate) fn answer(&self, code: &str) -> Reading<'a> {
        let at = ANSWERS.iter().position(|(known, _)| *known == code);
        at.map_or(Reading(None), |at| self.answers[at])
    }

    fn n_of(&self, code: &str) -> Option<f64> {
        self.answer(code).value()
    }

    /// Whether its bars can be drawn.
    pub(crate) fn is_drawn(&self) -> bool {
        self.agrees.sound_share().is_some() && self.agrees.numerator().is_some()
    }

    /// Whether something in it is withheld.
    pub(crate) fn hides(&self) -> bool {
        self.agrees.value().is_none() || (self.is_drawn() && self.aside().is_none())
    }

    /// Whether strongly and not strongly are told apart on that side.
    pub(crate) fn is_split(&self, side: Side) -> bool {
        match side {
            Side::Agree => self.n_of("4").is_some() && self.n_of("5").is_some(),
            Side::Disagree => self.n_of("1").is_some() && self.n_of("2").is_some(),
            Side::Aside => false,
        }
    }

    /// Whether those who disagree are told from those who do neither.
    pub(crate) fn knows_disagree(&self) -> bool {
        self.n_of("disagree").is_some() || self.is_split(Side::Disagree)
    }

    /// Whether all who do not agree stand as one number.
    pub(crate) fn joins_rest(&self) -> bool {
        self.n_of("not_agree").is_some() && self.n_of("3").is_none()
    }

    /// Numbers right of the centre, from the centre outwards.
    pub(crate) fn agree(&self, is_split: bool) -> Vec<f64> {
        match (is_split, self.n_of("4"), self.n_of("5")) {
            (true, Some(four), Some(five)) => vec![four, five],
            _ => vec![self.agrees.numerator().map_or(0.0, |n| n as f64)],
        }
    }

    /// Numbers left of the centre, from the centre outwards.
    pub(crate) fn disagree(&self, is_split: bool) -> Vec<f64> {
        match (self.n_of("2"), self.n_of("1")) {
            (Some(two), Some(one)) if is_split => vec![two, one],
            (Some(two), Some(one)) => vec![two + one],
            _ => vec![self.n_of("disagree").unwrap_or(0.0)],
        }
    }

    /// The number beside the left end: one number, or both with the outer one first.
    pub(crate) fn disagree_text(&self) -> String {
        let (one, two) = (self.n_of("1"), self.n_of("2"));
        match (one.filter(|n| *n > 0.0), two.filter(|n| *n > 0.0)) {
            _ if !self.is_drawn() => String::new(),
            (Some(one), Some(two)) => format!("{} + {}", count(one), count(two)),
            (Some(n), None) | (None, Some(n)) => count(n),
            (None, None) => self
                .n_of("disagree")
                .filter(|n| *n > 0.0)
                .map_or(String::new(), count),
        }
    }

    /// The number set aside: neither, or all who do not agree; `None` where it is withheld.
    pub(crate) fn aside(&self) -> Option<f64> {
        self.n_of("3").or(self.n_of("not_agree"))
    }

    /// The number beside the set-aside bar.
    pub(crate) fn aside_text(&self) -> String {
        match self.aside() {
            _ if !self.is_drawn() => String::new(),
            Some(n) => count(n),
            None => kinfolk_model::format::WITHHELD.to_owned(),
        }
    }

    /// A number as a share of all who answered the statement.
    pub(crate) fn share(&self, n: f64) -> f64 {
        let answered = self.agrees.denominator().unwrap_or(0) as f64;
        if answered > 0.0 { n / answered } else { 0.0 }
    }

    /// How long one side is, as a share; for what is withheld, all who do not agree.
    pub(crate) fn share_of(&self, side: Side) -> f64 {
        if !self.is_drawn() {
            return 0.0;
        }
        match side {
            Side::Agree => self.share(self.agree(false).iter().sum()),
            Side::Disagree => self.share(self.disagree(false).iter().sum()),
            Side::Aside => self
                .aside()
                .map_or(1.0 - self.share_of(Side::Agree), |n| self.share(n)),
        }
    }
}
