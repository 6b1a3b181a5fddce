//! The tables of one return.

use jiff::civil::{Date, date};
use kinfolk_model::{Code, RawCell, RawTable, Sex};

use super::history::{History, Spell};
use crate::sdq::{YEARLY_AGES, age};

/// The tables of the return that ends on 31 March of a year; some may be without a row.
pub(super) fn year_tables(histories: &[History], year: i16) -> Vec<RawTable> {
    let part = Return {
        first_day: date(year - 1, 4, 1),
        last_day: date(year, 3, 31),
        year,
    };
    let all = || histories.iter();
    [
        (
            "header",
            HEADER,
            all().filter_map(|h| part.header(h)).collect(),
        ),
        (
            "episodes",
            EPISODES,
            all().flat_map(|h| part.episodes(h)).collect(),
        ),
        (
            "missing",
            MISSING,
            all().flat_map(|h| part.missing(h)).collect(),
        ),
        ("oc2", OC2, all().filter_map(|h| part.oc2(h)).collect()),
        ("oc3", OC3, all().filter_map(|h| part.oc3(h)).collect()),
    ]
    .into_iter()
    .map(
        |(name, header, rows): (&str, &str, Vec<Vec<RawCell>>)| RawTable {
            name: format!("returns/{}-{:02}/{name}", year - 1, year % 100),
            header: header.split(',').map(str::to_owned).collect(),
            rows,
        },
    )
    .collect()
}

const HEADER: &str = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB";
const EPISODES: &str =
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN";
const MISSING: &str = "CHILD,DOB,MISSING,MIS_START,MIS_END";
const OC2: &str = "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,\
HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED";
const OC3: &str = "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM";

/// A return, by its days.
struct Return {
    first_day: Date,
    last_day: Date,
    year: i16,
}

impl Return {
    fn has(&self, spell: &Spell) -> bool {
        spell.started <= self.last_day && spell.ended >= self.first_day
    }

    /// Everyone of whom another table of the return speaks.
    fn header(&self, history: &History) -> Option<Vec<RawCell>> {
        let is_in_care = history.spells.iter().any(|spell| self.has(spell));
        if !is_in_care && self.oc3(history).is_none() {
            return None;
        }
        let person = &history.person;
        let sex = match (person.sex, self.year < 2025) {
            (Sex::Female, true) => "2",
            (Sex::Female, false) => "F",
            (_, true) => "1",
            (_, false) => "M",
        };
        Some(row([
            &person.id,
            sex,
            &day(person.born),
            person.ethnicity,
            "UN4",
            "",
            "",
        ]))
    }

    fn episodes(&self, history: &History) -> Vec<Vec<RawCell>> {
        let spells = history.spells.iter().filter(|spell| self.has(spell));
        spells.map(|spell| self.episode(history, spell)).collect()
    }

    /// What ends after the last day is open, and why it ended is not known yet.
    fn episode(&self, history: &History, spell: &Spell) -> Vec<RawCell> {
        let person = &history.person;
        let end = if spell.ended > self.last_day {
            [String::new(), String::new(), String::new()]
        } else {
            let [ended, moved] = [spell.reason_ended, spell.reason_moved].map(str::to_owned);
            [day(spell.ended), ended, moved]
        };
        row([
            &person.id,
            &day(spell.started),
            spell.reason_new,
            spell.status,
            person.need,
            spell.place,
            spell.provider,
            &end[0],
            &end[1],
            &end[2],
            "ZZ1 1AA",
            &postcode(spell.postcode),
            urn(spell.place),
        ])
    }

    /// Absences that ended in the year; none lasts over its end.
    fn missing(&self, history: &History) -> Vec<Vec<RawCell>> {
        let person = &history.person;
        let in_year = |day: Date| self.first_day <= day && day <= self.last_day;
        let absences = history.absences.iter();
        absences
            .filter(|absence| in_year(absence.started) && in_year(absence.ended))
            .map(|absence| {
                let [started, ended] = [absence.started, absence.ended].map(day);
                row([
                    &person.id,
                    &day(person.born),
                    absence.kind,
                    &started,
                    &ended,
                ])
            })
            .collect()
    }

    /// Of children in care for all of the year with whom the service does not work; the others stand in the
    /// table of the study.
    fn oc2(&self, history: &History) -> Option<Vec<RawCell>> {
        let person = &history.person;
        let is_all_year = person.care_start <= self.first_day && person.leaves.0 > self.last_day;
        if person.home.is_some() || !is_all_year {
            return None;
        }
        let age = age(person.born, self.last_day);
        let answers = history.yearly.answers(age, self.year);
        let (score, reason) = self.sdq(history, age);
        Some(row([
            &person.id,
            &day(person.born),
            &score,
            reason,
            answer(answers.convicted),
            answer(answers.health_check),
            answer(answers.immunisations),
            answer(answers.teeth_check),
            answer(answers.health_assessment),
            answer(answers.substance_misuse),
            answer(answers.intervention_received),
            answer(answers.intervention_offered),
        ]))
    }

    /// The score, or why there is none.
    fn sdq(&self, history: &History, age: i64) -> (String, &'static str) {
        let answers = history.sdq.iter();
        let mut of_year =
            answers.filter(|(year, _)| *year == self.year && YEARLY_AGES.contains(&age));
        match of_year.next() {
            Some((_, Ok(score))) => (score.to_string(), ""),
            Some((_, Err(reason))) => (String::new(), reason.code()),
            None => (String::new(), ""),
        }
    }

    fn oc3(&self, history: &History) -> Option<Vec<RawCell>> {
        let person = &history.person;
        let leaver = history
            .leaver
            .filter(|l| l.is_asked(person.born, self.year))?;
        Some(row([
            &person.id,
            &day(person.born),
            leaver.in_touch,
            leaver.activity,
            leaver.accommodation,
        ]))
    }
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<RawCell> {
    let cell = |text: &str| match text {
        "" => RawCell::Blank,
        text => RawCell::Text(text.to_owned()),
    };
    cells.map(cell).to_vec()
}

/// Yes, no, or neither, as the return writes it.
fn answer(said: Option<bool>) -> &'static str {
    match said {
        Some(true) => "1",
        Some(false) => "0",
        None => "",
    }
}

/// No such postcodes exist.
fn postcode(number: i64) -> String {
    format!("ZZ{} {}AA", number / 10 + 10, number % 10)
}

/// Homes that are inspected have a register number.
fn urn(place: &str) -> &'static str {
    match place {
        "P1" | "T3" => "",
        _ => "SC000001",
    }
}

/// A day as the return writes it.
fn day(day: Date) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}
