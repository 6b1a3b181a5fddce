//! A question of a return that is answered yes, no or not at all.

use kinfolk_model::{Breakdown, Group, Pool};

use super::Ledger;
use crate::care::ReturnAnswer;
use crate::estimate::breakdown::row;
use crate::estimate::entry::{Share, about};
use crate::estimate::tally::Tally;

/// Code and words where the return does not say.
pub(super) const NO_INFORMATION: (&str, &str) = ("no_information", "No information");

/// Code and words.
type Named = (&'static str, &'static str);

/// A question, asked of a part of the children.
pub(super) struct Question {
    pub(super) measure: &'static str,
    /// Key and code of the part.
    pub(super) part: (&'static str, &'static str),
    pub(super) title: String,
    /// The key of answers.
    pub(super) key: &'static str,
    /// Yes, no and no information.
    pub(super) answers: [Named; 3],
    /// Both others together.
    pub(super) all_but_yes: Named,
    pub(super) population: &'static str,
}

impl Question {
    /// Every answer as a share of all who are asked, those without information among them. `answer` gives
    /// `None` for one who is not asked.
    pub(super) fn write<T: Sync>(
        &self,
        ledger: &mut Ledger,
        (everyone, rows): (&Tally, &[T]),
        answer: impl Fn(&T) -> Option<ReturnAnswer> + Sync,
    ) {
        let tally = |what: &str, is_so: &(dyn Fn(Option<ReturnAnswer>) -> bool + Sync)| {
            let name = format!("{}/{}/{what}", self.measure, self.part.1);
            Tally::where_(name, rows, |row| is_so(answer(row)))
        };
        let asked = tally("asked", &|answer| answer.is_some());
        ledger.sum(everyone, &[asked.clone(), asked.rest_of(everyone)]);
        let asked = asked.within(everyone);
        let (key, part) = self.part;
        let mut write = |code: &str, given: &Tally| {
            let group = Group::of(key, part).and(self.key, code);
            let subject = about(self.measure, group, self.population);
            ledger.share(subject, &Share::of(given, &asked), "")
        };
        let answers = ReturnAnswer::ALL.iter().zip(self.answers);
        let parts: Vec<Tally> = answers
            .map(|(answer, (code, _))| tally(code, &|found| found == Some(*answer)))
            .collect();
        let rows = self.answers.iter().zip(&parts);
        let rows = rows
            .map(|(&(code, label), part)| row(code, label, vec![write(code, part)]))
            .collect();
        let (code, label) = self.all_but_yes;
        let others = tally(code, &|found| {
            found.is_some_and(|answer| answer != ReturnAnswer::Yes)
        });
        let others_key = write(code, &others);
        ledger.sum(&asked, &parts);
        ledger.sum(&others, &parts[1..]);
        let of = self.answers[1..].iter();
        ledger.breakdown(Breakdown {
            id: format!("{}[{key}={part}]", self.measure),
            title: self.title.clone(),
            rows,
            pools: vec![Pool {
                row: row(code, label, vec![others_key]),
                of: of.map(|(code, _)| (*code).to_owned()).collect(),
            }],
        });
    }
}
