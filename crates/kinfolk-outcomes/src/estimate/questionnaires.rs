//! What children and members of their network answered.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kinfolk_model::{
    Answer, Breakdown, BreakdownRow, Code, Group, Key, Pool, Respondent, Settings, Statistic, Unit,
    statements,
};
use kinfolk_stats::{Sample, mean};

use super::breakdown::{PoolSpec, members_of, present_pools, row};
use super::entry::{Behind, Computed, Share, about, within};
use super::ledger::Ledger;
use super::tally::Tally;
use crate::{Facts, FormFacts};

const POOLS: &[PoolSpec<'_>] = &[
    PoolSpec {
        code: "disagree",
        label: "Disagree (1 or 2)",
        of: &["1", "2"],
    },
    PoolSpec {
        code: "agree",
        label: "Agree (4 or 5)",
        of: &["4", "5"],
    },
    PoolSpec {
        code: "not_agree",
        label: "Do not agree (1 to 3)",
        of: &["disagree", "3"],
    },
];

pub(super) fn estimate_questionnaires(ledger: &mut Ledger, facts: &Facts, settings: &Settings) {
    for respondent in Respondent::ALL {
        let forms: Vec<&FormFacts> = facts
            .forms
            .iter()
            .filter(|form| form.respondent == *respondent)
            .collect();
        if forms.is_empty() {
            continue;
        }
        let people = people(&forms);
        let returned = tally(format!("questionnaires/{respondent}"), people.clone());
        let population = format!("forms from {}", respondent.label().to_lowercase());
        let group = Group::of("respondent", respondent.code());
        let subject = about("questionnaire.responses", group, &population);
        ledger.count(subject, Unit::Responses, &returned);
        for (code, given) in given(&forms, &people) {
            let statement = Statement {
                respondent: *respondent,
                n_forms: forms.len() as u64,
                words: settings.statement(code),
                code: code.to_owned(),
                given,
            };
            statement.write(ledger, &returned);
        }
    }
}

/// The number of the person behind each form; forms of one person share a number.
fn people(forms: &[&FormFacts]) -> Vec<usize> {
    // Looked up, never walked through, so that its order reaches nothing.
    let mut numbers = HashMap::with_capacity(forms.len());
    let mut people = Vec::with_capacity(forms.len());
    for form in forms {
        let next = numbers.len();
        people.push(*numbers.entry(form.person()).or_insert(next));
    }
    people
}

/// Who gave which answer to a statement.
type Given = Vec<(usize, Answer)>;

/// What was given to each statement: the programme's in the order of its forms, then the authority's
/// own.
fn given<'f>(forms: &[&'f FormFacts], people: &[usize]) -> Vec<(&'f str, Given)> {
    let mut by_statement: BTreeMap<&str, Given> = BTreeMap::new();
    for (form, person) in forms.iter().zip(people) {
        for (statement, answer) in &form.answers {
            let given = by_statement.entry(statement.as_str()).or_default();
            given.push((*person, *answer));
        }
    }
    let known = statements().filter_map(|(code, _)| by_statement.remove_entry(code));
    let mut ordered: Vec<(&str, Given)> = known.collect();
    ordered.extend(by_statement);
    ordered
}

/// Counts forms, given the number of the person behind each.
fn tally(name: String, mut people: Vec<usize>) -> Tally {
    let value = people.len() as u64;
    people.sort_unstable();
    people.dedup();
    Tally {
        name,
        value,
        children: Some(people.len() as u64),
        scores: None,
    }
}

/// One statement as one kind of respondent answered it.
struct Statement {
    respondent: Respondent,
    n_forms: u64,
    code: String,
    words: String,
    given: Vec<(usize, Answer)>,
}

const RATINGS: [Answer; 5] = [
    Answer::Rating(1),
    Answer::Rating(2),
    Answer::Rating(3),
    Answer::Rating(4),
    Answer::Rating(5),
];

impl Statement {
    fn write(&self, ledger: &mut Ledger, returned: &Tally) {
        let answers = self.answers();
        let answered = self.tally(&answers).within(returned);
        let blank = self.blank(&answers);
        ledger.sum(returned, &[answered.clone(), blank.clone()]);
        if answers.contains(&RATINGS[0]) {
            self.write_mean(ledger, returned);
        }
        self.write_agreement(ledger, &answers, &answered, &blank);
        self.write_answers(ledger, &answers, &answered);
    }

    /// The answers that the statement takes: 1 to 5, yes and no, or (rarely) both.
    fn answers(&self) -> Vec<Answer> {
        let given: BTreeSet<Answer> = self.given.iter().map(|(_, answer)| *answer).collect();
        let mut answers = Vec::new();
        if given.iter().any(|answer| RATINGS.contains(answer)) {
            answers.extend(RATINGS);
        }
        if given.iter().any(|answer| !RATINGS.contains(answer)) {
            answers.extend([Answer::Yes, Answer::No]);
        }
        answers
    }

    fn group(&self) -> Group {
        let statement = self.code.replace([';', '='], " ");
        Group::of("respondent", self.respondent.code()).and("statement", &statement)
    }

    fn population(&self) -> String {
        format!("answers from {}", self.respondent.label().to_lowercase())
    }

    fn name(&self, part: &str) -> String {
        format!("questionnaires/{}/{}/{part}", self.respondent, self.code)
    }

    /// Forms with one of these answers. The same answers are the same cell wherever they are asked for.
    fn tally(&self, answers: &[Answer]) -> Tally {
        let codes: Vec<String> = answers.iter().map(|answer| answer.code()).collect();
        let with = self
            .given
            .iter()
            .filter(|(_, given)| answers.contains(given));
        tally(
            self.name(&codes.join("+")),
            with.map(|(person, _)| *person).collect(),
        )
    }

    /// Forms with none of these answers. A blank says nothing of the person who left it.
    fn blank(&self, answers: &[Answer]) -> Tally {
        let codes: Vec<String> = answers.iter().map(|answer| answer.code()).collect();
        let name = self.name(&format!("none of {}", codes.join("+")));
        Tally::of_things(name, self.n_forms - self.tally(answers).value)
    }

    fn write_mean(&self, ledger: &mut Ledger, returned: &Tally) {
        let ratings = self.given.iter().filter_map(|(_, answer)| match answer {
            Answer::Rating(rating) => Some(u32::from(*rating)),
            Answer::Yes | Answer::No => None,
        });
        let rated = self.tally(&RATINGS).within(returned);
        let not_rated = self.blank(&RATINGS);
        ledger.sum(returned, &[rated.clone(), not_rated.clone()]);
        let points = self.points(ledger);
        let behind = Behind {
            denominator: &rated,
            missing: Some(&not_rated),
            rests_on: vec![&points],
            mean_of: Vec::new(),
        };
        let subject = about("questionnaire.rating", self.group(), &self.population());
        let found = mean(&Sample::from_counts(ratings), ledger.confidence());
        let computed = Computed {
            statistic: Statistic::Mean,
            unit: Unit::Rating,
            method: "t-within-scale/1",
            result: found.map(|found| within(found, 1.0, 5.0)),
        };
        ledger.number(subject, computed, &behind);
    }

    /// The points of all ratings together, each answer counting as often as it has points: what a
    /// mean gives away.
    fn points(&self, ledger: &mut Ledger) -> Tally {
        let answers: Vec<Tally> = (1..)
            .zip(RATINGS)
            .flat_map(|(points, answer)| vec![self.tally(&[answer]); points])
            .collect();
        let points = Tally {
            name: self.name("points"),
            value: answers.iter().map(|answer| answer.value).sum(),
            children: self.tally(&RATINGS).children,
            scores: None,
        };
        ledger.sum(&points, &answers);
        points
    }

    fn write_agreement(
        &self,
        ledger: &mut Ledger,
        answers: &[Answer],
        answered: &Tally,
        blank: &Tally,
    ) {
        let (agree, rest): (Vec<Answer>, Vec<Answer>) =
            answers.iter().partition(|answer| agrees(**answer));
        let agree = self.tally(&agree);
        let share = Share::of(&agree, answered)
            .rest(self.tally(&rest))
            .missing(blank);
        let subject = about("questionnaire.agree", self.group(), &self.population());
        ledger.share(subject, &share, "");
    }

    fn write_answers(&self, ledger: &mut Ledger, answers: &[Answer], answered: &Tally) {
        let single: Vec<Tally> = answers
            .iter()
            .map(|answer| self.tally(&[*answer]))
            .collect();
        ledger.sum(answered, &single);
        let rows: Vec<BreakdownRow> = answers
            .iter()
            .map(|answer| {
                let code = answer.code();
                row(
                    &code,
                    answer_label(*answer),
                    vec![self.count(ledger, &code, &[*answer])],
                )
            })
            .collect();
        let codes: Vec<&str> = rows.iter().map(|row| row.code.as_str()).collect();
        let pools = self.write_pools(ledger, answers, &codes);
        let title = format!(
            "Answers from {}: {}",
            self.respondent.label().to_lowercase(),
            self.words
        );
        ledger.breakdown(Breakdown {
            id: format!("questionnaire.answer[{}]", self.group()),
            title,
            rows,
            pools,
        });
    }

    /// Writes each pool as the sum of the answers and smaller pools that it stands for.
    fn write_pools(&self, ledger: &mut Ledger, answers: &[Answer], codes: &[&str]) -> Vec<Pool> {
        let present = present_pools(POOLS, codes);
        let answers_of = |code: &str| -> Vec<Answer> {
            let members = members_of(code, &present);
            let is_member = |answer: &Answer| members.contains(&answer.code().as_str());
            answers.iter().copied().filter(is_member).collect()
        };
        present
            .iter()
            .map(|pool| {
                let members = answers_of(&pool.code);
                let parts: Vec<Tally> = pool
                    .of
                    .iter()
                    .map(|code| self.tally(&answers_of(code)))
                    .collect();
                ledger.sum(&self.tally(&members), &parts);
                let key = self.count(ledger, &pool.code, &members);
                pool.clone().with_records(vec![key])
            })
            .collect()
    }

    fn count(&self, ledger: &mut Ledger, code: &str, answers: &[Answer]) -> Key {
        let group = self.group().and("answer", code);
        let subject = about("questionnaire.answer", group, &self.population());
        ledger.count(subject, Unit::Answers, &self.tally(answers))
    }
}

fn agrees(answer: Answer) -> bool {
    matches!(answer, Answer::Rating(4..) | Answer::Yes)
}

fn answer_label(answer: Answer) -> &'static str {
    match answer {
        Answer::Rating(0..=1) => "1, disagree strongly",
        Answer::Rating(2) => "2",
        Answer::Rating(3) => "3",
        Answer::Rating(4) => "4",
        Answer::Rating(_) => "5, agree strongly",
        Answer::Yes => "Yes",
        Answer::No => "No",
    }
}
