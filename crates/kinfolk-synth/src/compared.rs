//! A made-up region whose children stand beside comparators, day by day, with the truth known.
//!
//! Children come into care within a year. In each span of thirty days some move, go missing, go home, are
//! adopted or join the programme. Older children with more behind them join sooner and move more often, and
//! everybody moves less the longer care lasts: who is compared with whom, and from when, decides what is found.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use kinfolk_model::RawTable;

use crate::random::Stream;
use crate::study::SyntheticStudy;
use crate::table::{Columns, day, number, table, text, without_blank_columns};

const REGION: &str = "Thornmere";
/// Its authorities, with so many of a hundred children.
const AUTHORITIES: [(&str, i64); 4] = [
    ("Coldharbour", 20),
    ("Larkford", 25),
    ("Oldbrook", 25),
    ("Wickhaven", 30),
];
const N_CHILDREN: usize = 1_600;
const SEED: u64 = 4_107;
/// Care begins within a year from here.
const FIRST_START: Date = date(2021, 4, 1);
const LAST_DAY: Date = date(2025, 3, 31);
const SPAN_DAYS: i64 = 30;
/// Children join in their first two years in care, so that all can be followed for a year.
const LAST_SPAN_TO_JOIN: i64 = 24;
/// The hazard of a move in the programme over that of a like child outside it, in per cent.
const HAZARD_RATIO: i64 = 55;

/// A child of the cohort and what happened to it.
struct Member {
    child_id: String,
    authority: &'static str,
    care_start: Date,
    date_of_birth: Date,
    sex: &'static str,
    legal_status: &'static str,
    sdq: i64,
    placements_before: i64,
    joined: Option<Date>,
    events: Vec<Happened>,
}

/// Something that happened to a child.
struct Happened {
    child_id: String,
    date: Date,
    kind: &'static str,
}

const COHORT: &Columns<Member> = &[
    ("child_id", |row| text(&row.child_id)),
    ("authority", |row| text(row.authority)),
    ("arm", |row| text(row.arm())),
    ("index_date", |row| day(row.joined)),
    ("care_start", |row| day(Some(row.care_start))),
    ("date_of_birth", |row| day(Some(row.date_of_birth))),
    ("sex", |row| text(row.sex)),
    ("legal_status", |row| text(row.legal_status)),
    ("sdq", |row| whole(row.sdq)),
    ("placements_before", |row| whole(row.placements_before)),
];

const EVENTS: &Columns<Happened> = &[
    ("child_id", |row| text(&row.child_id)),
    ("date", |row| day(Some(row.date))),
    ("kind", |row| text(row.kind)),
];

/// The study that shows a comparison: Thornmere, whose four authorities run a programme that lowers the
/// hazard of a move to 55% and changes nothing else.
///
/// ```
/// use kinfolk_synth::comparator_demo;
/// let study = comparator_demo();
/// assert_eq!(study, comparator_demo());
/// assert_eq!(study.table("cohort").unwrap().rows.len(), 1_600);
/// ```
pub fn comparator_demo() -> SyntheticStudy {
    let members: Vec<Member> = (0..N_CHILDREN).map(Member::make_up).collect();
    let cohort = without_blank_columns(table("cohort", COHORT, &members));
    SyntheticStudy {
        study_toml: study_toml(),
        voices_toml: String::new(),
        words: Vec::new(),
        tables: vec![cohort, events(members)],
    }
}

fn events(members: Vec<Member>) -> RawTable {
    let events: Vec<Happened> = members
        .into_iter()
        .flat_map(|member| member.events)
        .collect();
    table("events", EVENTS, &events)
}

fn whole(value: i64) -> kinfolk_model::RawCell {
    number(i32::try_from(value).ok())
}

impl Member {
    fn make_up(at: usize) -> Self {
        let stream = &mut Stream::of_child(SEED, at);
        let care_start = after(FIRST_START, stream.between(0, 364));
        let age = stream.between(3, 14);
        let birth = care_start.saturating_sub(age.years());
        let mut member = Self {
            child_id: format!("T{:04}", at + 1),
            authority: stream.choose(&AUTHORITIES),
            care_start,
            date_of_birth: after(birth, -stream.between(0, 364)),
            sex: stream.choose(&[("female", 44), ("male", 56)]),
            legal_status: stream.choose(&[
                ("care order", 60),
                ("interim order", 22),
                ("agreed", 18),
            ]),
            sdq: stream.about(2, 26),
            placements_before: stream.between(0, 4),
            joined: None,
            events: Vec::new(),
        };
        member.live(age, stream);
        member
    }

    fn arm(&self) -> &'static str {
        match self.joined {
            Some(_) => "programme",
            None => "comparator",
        }
    }

    /// What age and a history of trouble add to a chance, in thousandths.
    fn burden(&self, age: i64) -> i64 {
        2 * (age - 9) + 2 * (self.sdq - 14) + 6 * (self.placements_before - 2)
    }

    /// Span after span until care or the records end.
    fn live(&mut self, age: i64, stream: &mut Stream) {
        let burden = self.burden(age);
        for span in 0.. {
            let first = after(self.care_start, span * SPAN_DAYS);
            let on = |stream: &mut Stream| after(first, stream.between(1, SPAN_DAYS));
            if after(first, SPAN_DAYS) > LAST_DAY {
                return;
            }
            let joins = (14 + burden / 2).max(2);
            if self.joined.is_none()
                && (2..LAST_SPAN_TO_JOIN).contains(&span)
                && stream.chance_in_thousand(joins)
            {
                self.joined = Some(first);
            }
            let ratio = if self.joined.is_some() {
                HAZARD_RATIO
            } else {
                100
            };
            let settles = (60 - 3 * span).max(0);
            if stream.chance_in_thousand((55 + burden + settles).max(10) * ratio / 100) {
                let day = on(stream);
                self.happens(day, "placement_move");
            }
            if stream.chance_in_thousand((22 + burden / 2).max(4)) {
                let day = on(stream);
                self.happens(day, "missing");
            }
            if let Some(kind) = self.leaves(age, stream) {
                let day = on(stream);
                self.happens(day, kind);
                return;
            }
        }
    }

    fn leaves(&self, age: i64, stream: &mut Stream) -> Option<&'static str> {
        let home = if self.legal_status == "agreed" { 16 } else { 7 };
        if stream.chance_in_thousand(home) {
            return Some("return_home");
        }
        let adopted = age < 6 && stream.chance_in_thousand(10);
        adopted.then_some("adoption")
    }

    fn happens(&mut self, date: Date, kind: &'static str) {
        self.events.push(Happened {
            child_id: self.child_id.clone(),
            date,
            kind,
        });
    }
}

fn after(first: Date, days: i64) -> Date {
    first.saturating_add(days.days())
}

fn study_toml() -> String {
    format!(
        r#"# Every record in this folder is made up. {REGION} and its authorities do not exist.

[study]
title = "Lifelong Links in {REGION}: a comparison"
authority = "{REGION}"
country = "England"
period = {{ start = 2021-04-01, end = {LAST_DAY} }}
synthetic = true
notice = "{REGION} is an invented region of four authorities. Every record here is made up."

[analysis]
confidence = 0.95
seed = {SEED}
follow_up_days = 365
disclosure = "dfe-csc"
sdq_baseline = "first"
sdq_mmrm_df = "satterthwaite"

[comparison]
outcomes = ["same_home", "missing"]
covariates = ["age", "sex", "legal_status", "sdq", "placements_before"]
exact = []
authority = "authority"
method = "matched"
comparators = "risk-set"
caliper = 0.2
scale = "logit"
ratio = 1
follow_up_days = 365
competing = ["adoption", "return_home", "eighteen"]
margin = 0.1
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enough_join_and_nobody_later_than_can_be_followed() {
        let members: Vec<Member> = (0..N_CHILDREN).map(Member::make_up).collect();
        let joined: Vec<Date> = members.iter().filter_map(|member| member.joined).collect();
        assert!((260..=380).contains(&joined.len()), "{}", joined.len());
        assert!(joined.iter().all(|day| after(*day, 365) <= LAST_DAY));
        for member in &members {
            let days: Vec<Date> = member.events.iter().map(|event| event.date).collect();
            assert!(
                days.iter()
                    .all(|day| member.care_start < *day && *day <= LAST_DAY)
            );
            let ends = |event: &&Happened| matches!(event.kind, "return_home" | "adoption");
            assert!(member.events.iter().filter(ends).count() <= 1);
        }
    }
}
