//! The official measures on a day, under the rule chosen and under every other.

use kinfolk_model::{Code, Group, Key, Statistic, Unit, format};
use kinfolk_stats::{EventRate, poisson_rate};

use super::{IN_YEAR, looked_after_in_year, rules, tie, under, words};
use crate::care::{CareChildFacts, CareFacts, MoveRule};
use crate::estimate::alike::Alike;
use crate::estimate::entry::{Behind, Computed, Detail, Share, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

/// Days in a year, on average.
pub(super) const DAYS_IN_YEAR: f64 = 365.25;

pub(super) fn write_measures(ledger: &mut Ledger, care: &CareFacts) {
    let on_day = OnDay::new(care);
    on_day.write_children(ledger);
    for question in QUESTIONS {
        on_day.write_question(ledger, &question);
    }
    tie_windows(ledger, &on_day);
    write_rates(ledger, care, &on_day);
}

/// A question that has an answer under each rule; `None` where it is not asked.
pub(super) struct Question {
    pub(super) measure: &'static str,
    pub(super) title: &'static str,
    /// A part of the group: its key and code; blank for none.
    pub(super) part: (&'static str, &'static str),
    pub(super) answer: fn(&CareChildFacts, MoveRule) -> Option<bool>,
    /// Where the question stands among all.
    at: usize,
}

/// What a child's answers are to every question, under each rule in the order of [`MoveRule::ALL`].
type Answers = [[Option<bool>; MoveRule::ALL.len()]; QUESTIONS.len()];

fn answers(child: &CareChildFacts) -> Answers {
    QUESTIONS.map(|question| MoveRule::ALL.map(|rule| (question.answer)(child, rule)))
}

const IN_ONE_YEAR: Question = Question {
    measure: "stability.three_or_more",
    title: "Three or more placements in the year",
    part: ("window", "year"),
    answer: |child, rule| Some(child.under(rule).has_three_or_more_in_year()),
    at: 0,
};
const IN_TWO_YEARS: Question = Question {
    measure: "stability.three_or_more",
    title: "Three or more placements in two years",
    part: ("window", "two_years"),
    answer: |child, rule| child.under(rule).has_three_or_more_in_two_years(),
    at: 1,
};
const SAME_CARER: Question = Question {
    measure: "stability.same_carer_two_years",
    title: "The same carer for two years",
    part: ("", ""),
    answer: |child, rule| child.under(rule).same_carer_two_years,
    at: 2,
};
const QUESTIONS: [Question; 3] = [IN_ONE_YEAR, IN_TWO_YEARS, SAME_CARER];

impl Question {
    fn name(&self, what: &str) -> String {
        format!("{}/{}/{what}", self.measure, self.part.1)
    }

    fn is_yes(&self, answers: &Answers, rule: MoveRule) -> bool {
        answers[self.at][rule.place()] == Some(true)
    }

    fn yes(&self, rows: &Alike<Answers>, rule: MoveRule) -> Tally {
        rows.where_(self.name(&words(rule)), |answers| {
            self.is_yes(answers, rule)
        })
    }

    fn asked(&self, rows: &Alike<Answers>, rule: MoveRule) -> Tally {
        rows.where_(self.name("asked"), |answers| {
            answers[self.at][rule.place()].is_some()
        })
    }

    fn group(&self, before: Group) -> Group {
        match self.part {
            ("", _) => before,
            (key, code) => before.and(key, code),
        }
    }
}

/// The part of a group that names a rule.
pub(super) fn group_of(rule: MoveRule) -> Group {
    Group::of("moves", rule.counted.code()).and("temporary", rule.temporary.code())
}

/// Children looked after on the day.
struct OnDay<'c> {
    care: &'c CareFacts,
    population: String,
    children: Alike<Answers>,
}

impl<'c> OnDay<'c> {
    fn new(care: &'c CareFacts) -> Self {
        let children = care.children.iter();
        let children: Vec<&CareChildFacts> = children
            .filter(|child| child.under(care.options.rule).in_care)
            .collect();
        Self {
            care,
            population: format!(
                "children looked after on {}",
                format::day(care.options.stability.on)
            ),
            children: Alike::of(&children, |child| answers(child)),
        }
    }

    fn everyone(&self) -> Tally {
        self.children.where_("care/on the day", |_| true)
    }

    fn write_children(&self, ledger: &mut Ledger) {
        let subject = about("stability.children", Group::all(), &self.population);
        ledger.count(subject, Unit::Children, &self.everyone());
        let left_out = Tally::where_("care/left out", &self.care.children, |child| {
            child.under(self.care.options.rule).left_out
        });
        let subject = about(
            "stability.left_out",
            Group::all(),
            "children in short breaks, or whose period of care began with them",
        );
        ledger.count(subject, Unit::Children, &left_out);
    }

    /// The answers under the rule chosen, and the table of all rules, from which a rule is dropped
    /// where it and another would give away a small number.
    fn write_question(&self, ledger: &mut Ledger, question: &Question) {
        let subject = |group| about(question.measure, question.group(group), &self.population);
        let everyone = self.everyone();
        let chosen = question.yes(&self.children, self.care.options.rule);
        let asked = question.asked(&self.children, self.care.options.rule);
        ledger.sum(&everyone, &[asked.clone(), asked.rest_of(&everyone)]);
        let asked = asked.within(&everyone);
        let options = self.options(self.care.options.rule);
        ledger.share(subject(Group::all()), &Share::of(&chosen, &asked), &options);
        let rules = rules(ledger, self.care.options.rule);
        for (at, rule) in rules.iter().copied().enumerate() {
            let yes = question.yes(&self.children, rule);
            let group = subject(group_of(rule));
            let key = ledger.share(group, &Share::of(&yes, &asked), &self.options(rule));
            ledger.droppable(under(question.title, rule), [key]);
            self.tie_to_others(ledger, question, rule, &rules[..at]);
        }
    }

    fn options(&self, rule: MoveRule) -> String {
        let breaks = self.care.options.stability.short_break_starts.code();
        format!("{};short_break_starts={breaks}", words(rule))
    }

    /// Ties an answer to that under every rule that comes before it.
    fn tie_to_others(
        &self,
        ledger: &mut Ledger,
        question: &Question,
        rule: MoveRule,
        before: &[MoveRule],
    ) {
        let rows = &self.children;
        for other in before.iter().copied() {
            let pair = (&question.yes(rows, other), &question.yes(rows, rule));
            let is_yes = |answers: &Answers, rule| u32::from(question.is_yes(answers, rule));
            tie(ledger, rows, pair, |answers| {
                (is_yes(answers, other), is_yes(answers, rule))
            });
        }
    }
}

/// Who has three in the year has three in two years, if that is asked.
fn tie_windows(ledger: &mut Ledger, on_day: &OnDay<'_>) {
    let rows = &on_day.children;
    let chosen = on_day.care.options.rule;
    let others = rules(ledger, chosen).into_iter().skip(1);
    for rule in std::iter::once(chosen).chain(others) {
        let pair = (&IN_ONE_YEAR.yes(rows, rule), &IN_TWO_YEARS.yes(rows, rule));
        let is_yes =
            |question: &Question, answers: &Answers| u32::from(question.is_yes(answers, rule));
        tie(ledger, rows, pair, |answers| {
            (
                is_yes(&IN_ONE_YEAR, answers),
                is_yes(&IN_TWO_YEARS, answers),
            )
        });
    }
}

/// Children in the year, and how often they moved.
pub(super) struct InYear {
    everyone: Tally,
    /// Days in care, which are the same under every rule.
    days: u64,
    /// Moves of a child under each rule, in the order of [`MoveRule::ALL`].
    moves: Alike<[u32; MoveRule::ALL.len()]>,
}

impl InYear {
    pub(super) fn of(care: &CareFacts) -> Self {
        let days = |child: &CareChildFacts| child.under(care.options.rule).days_in_year;
        Self {
            everyone: looked_after_in_year(care),
            days: care.children.iter().map(days).map(u64::from).sum(),
            moves: Alike::of(&care.children, |child| {
                MoveRule::ALL.map(|rule| child.under(rule).moves_in_year)
            }),
        }
    }

    /// Moves in the year under a rule.
    pub(super) fn moves(&self, rule: MoveRule) -> Tally {
        let name = format!("care/moves/{}", words(rule));
        self.moves.tally(name, |moves| moves[rule.place()])
    }
}

/// Moves for each year that a child is looked after, of all children looked after in the year.
fn write_rates(ledger: &mut Ledger, care: &CareFacts, on_day: &OnDay<'_>) {
    let in_year = InYear::of(care);
    let everyone = on_day.everyone();
    let others = everyone.rest_of(&in_year.everyone);
    ledger.sum(&in_year.everyone, &[everyone, others]);
    write_rate(ledger, &in_year, care.options.rule, Group::all());
    let rules = rules(ledger, care.options.rule);
    for (at, rule) in rules.iter().copied().enumerate() {
        let key = write_rate(ledger, &in_year, rule, group_of(rule));
        ledger.droppable(under("Moves for each year in care", rule), [key]);
        for other in rules[..at].iter().copied() {
            let pair = (&in_year.moves(other), &in_year.moves(rule));
            tie(ledger, &in_year.moves, pair, |moves| {
                (moves[other.place()], moves[rule.place()])
            });
        }
    }
}

fn write_rate(ledger: &mut Ledger, in_year: &InYear, rule: MoveRule, group: Group) -> Key {
    let moves = in_year.moves(rule);
    let rate = EventRate::new(moves.value, in_year.days as f64 / DAYS_IN_YEAR).ok();
    let computed = Computed {
        statistic: Statistic::Rate,
        unit: Unit::MovesPerYear,
        method: "poisson-exact/1",
        result: rate.map(|rate| poisson_rate(rate, ledger.confidence())),
    };
    let behind = Behind {
        denominator: &in_year.everyone,
        missing: None,
        rests_on: vec![&moves],
        mean_of: Vec::new(),
    };
    let subject = about("stability.move_rate", group, IN_YEAR);
    ledger.detailed(subject, computed, &behind, Detail::of(words(rule)))
}
