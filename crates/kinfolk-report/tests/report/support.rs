//! Made-up studies, from estimates to release.

#![expect(
    clippy::unwrap_used,
    reason = "a fixture that fails must stop the test"
)]

use std::collections::BTreeMap;

use jiff::civil::date;
use kinfolk_disclosure::{Release, release};
use kinfolk_model::{
    Breakdown, BreakdownRow, Carried, Cell, Country, DisclosureProfile, Estimate, Estimates, Group,
    Period, SectionName, Settings, Statistic, Story, Unit, Voice, Voices, Words,
};
use kinfolk_report::{Document, Inputs, Provenance, compose};

/// Settings of an invented authority.
pub(crate) fn settings() -> Settings {
    Settings {
        title: "Lifelong Links in Hartwell, 2024-25".to_owned(),
        authorities: vec!["Hartwell".to_owned()],
        country: Country::England,
        period: Period {
            start: date(2024, 4, 1),
            end: date(2025, 3, 31),
        },
        synthetic: true,
        notice: String::new(),
        confidence: 0.95,
        seed: 20_250_331,
        follow_up_days: 365,
        disclosure: DisclosureProfile::DfeCsc,
        sdq: kinfolk_model::SdqSettings::default(),
        care: Default::default(),
        comparison: None,
        statements: BTreeMap::new(),
        benchmark: None,
    }
}

/// Estimates under construction.
#[derive(Default)]
pub(crate) struct Maker(pub(crate) Estimates);

impl Maker {
    pub(crate) fn count(&mut self, measure: &str, group: &str, value: u64, unit: Unit) {
        self.push(Estimate {
            value: Some(value as f64),
            ..blank(measure, group, Statistic::Count, unit)
        });
    }

    pub(crate) fn share(&mut self, measure: &str, group: &str, n: u64, of: u64, missing: u64) {
        let value = n as f64 / of as f64;
        let half = 1.96 * (value * (1.0 - value) / of as f64).sqrt() + 0.01;
        self.push(Estimate {
            value: Some(value),
            lower: Some((value - half).max(0.0)),
            upper: Some((value + half).min(1.0)),
            level: Some(0.95),
            numerator: Some(n),
            denominator: Some(of),
            n_missing: Some(missing),
            ..blank(measure, group, Statistic::Proportion, Unit::Proportion)
        });
    }

    pub(crate) fn mean(
        &mut self,
        measure: &str,
        group: &str,
        statistic: Statistic,
        values: [f64; 3],
        n: u64,
    ) {
        let [value, lower, upper] = values;
        self.push(Estimate {
            value: Some(value),
            lower: Some(lower),
            upper: Some(upper),
            level: Some(0.95),
            denominator: Some(n),
            n_missing: Some(3),
            ..blank(measure, group, statistic, Unit::People)
        });
    }

    pub(crate) fn extreme(&mut self, measure: &str, statistic: Statistic, value: f64) {
        self.push(Estimate {
            value: Some(value),
            ..blank(measure, "", statistic, Unit::Years)
        });
    }

    /// Rows of a breakdown: each speaks of every record so far that has that code.
    pub(crate) fn breakdown(&mut self, id: &str, key: &str, rows: &[(&str, &str)]) {
        self.breakdown_within(&Group::all(), id, key, rows);
    }

    /// The same, of the records within a part.
    fn breakdown_within(&mut self, part: &Group, id: &str, key: &str, rows: &[(&str, &str)]) {
        let rows = rows
            .iter()
            .map(|(code, label)| BreakdownRow {
                code: (*code).to_owned(),
                label: (*label).to_owned(),
                records: self
                    .0
                    .records
                    .iter()
                    .map(Estimate::key)
                    .filter(|found| {
                        let mut pairs = part.pairs();
                        pairs.all(|(key, value)| found.group.get(key) == Some(value))
                            && found.group.get(key) == Some(*code)
                    })
                    .collect(),
            })
            .collect();
        self.0.structure.breakdowns.push(Breakdown {
            id: id.to_owned(),
            title: id.to_owned(),
            rows,
            pools: Vec::new(),
        });
    }

    /// Puts three children behind every figure, so that rules for small numbers hide them all.
    pub(crate) fn hide_all(&mut self) {
        for estimate in &mut self.0.records {
            let name = format!("{}/cell", estimate.key());
            let cell = Cell {
                value: 3,
                children: Some(3),
            };
            let mut carried = Carried::default();
            match estimate.statistic {
                Statistic::Count => {
                    estimate.value = Some(3.0);
                    carried.value = Some(name.clone());
                }
                Statistic::Proportion => {
                    estimate.numerator = Some(3);
                    estimate.value = estimate.denominator.map(|of| 3.0 / of as f64);
                    carried.numerator = Some(name.clone());
                }
                _ => carried.rests_on = vec![name.clone()],
            }
            self.0.structure.cells.insert(name, cell);
            self.0.structure.carried.insert(estimate.key(), carried);
        }
    }

    pub(crate) fn push(&mut self, estimate: Estimate) {
        self.0.records.push(estimate);
    }
}

pub(crate) fn blank(measure: &str, group: &str, statistic: Statistic, unit: Unit) -> Estimate {
    Estimate {
        measure: measure.to_owned(),
        population: "children".to_owned(),
        arm: String::new(),
        group: group.parse::<Group>().unwrap(),
        statistic,
        value: None,
        lower: None,
        upper: None,
        level: None,
        unit,
        numerator: None,
        denominator: None,
        n_missing: None,
        method: "count/1".to_owned(),
        options: String::new(),
        note: String::new(),
    }
}

/// A year of about sixty children.
pub(crate) fn full() -> Maker {
    let mut maker = Maker::default();
    reach(&mut maker);
    returns(&mut maker);
    objectives(&mut maker);
    outcomes(&mut maker);
    connections(&mut maker);
    ratings(&mut maker);
    records(&mut maker);
    maker
}

/// The same with three years of scores of the SDQ.
pub(crate) fn with_sdq() -> Maker {
    let mut maker = full();
    crate::sdq::add(&mut maker);
    maker
}

/// Measure, key, and code, words and number of each row.
type Trait = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str, u64)],
);

fn reach(maker: &mut Maker) {
    maker.count("reach.children", "", 62, Unit::Children);
    maker.share("reach.meets_criteria", "", 44, 58, 4);
    for (test, n) in [("age", 7), ("time_in_care", 6), ("plan_to_return_home", 0)] {
        maker.count(
            "reach.criteria_failed",
            &format!("test={test}"),
            n,
            Unit::Children,
        );
    }
    let steps = [
        ("referred", "Referred", 62),
        ("started", "Started", 55),
        ("conference", "Conference held", 41),
        ("plan", "Plan made", 35),
        ("review", "Plan reviewed", 28),
        ("followed_up", "Followed for a year", 20),
    ];
    for (step, _, n) in steps {
        maker.count("reach.flow", &format!("step={step}"), n, Unit::Children);
    }
    maker.count("reach.flow_loss", "step=started", 7, Unit::Children);
    maker.count(
        "reach.flow_loss",
        "step=started;reason=declined",
        7,
        Unit::Children,
    );
    maker.breakdown(
        "reach.flow",
        "step",
        &steps.map(|(code, label, _)| (code, label)),
    );
    let traits: [Trait; 3] = [
        (
            "reach.age",
            "age",
            &[
                ("under_10", "Under 10", 20),
                ("10_to_13", "10 to 13", 22),
                ("14_and_over", "14 and over", 20),
            ],
        ),
        (
            "reach.sex",
            "sex",
            &[("female", "Female", 30), ("male", "Male", 32)],
        ),
        (
            "reach.home",
            "home",
            &[
                ("foster_care", "Foster care", 40),
                ("childrens_home", "Children\u{2019}s home", 14),
                ("other", "Other", 8),
            ],
        ),
    ];
    for (measure, key, rows) in traits {
        for (code, _, n) in rows {
            maker.count(measure, &format!("{key}={code}"), *n, Unit::Children);
            maker.share(measure, &format!("{key}={code}"), *n, 62, 0);
        }
        let rows: Vec<(&str, &str)> = rows
            .iter()
            .map(|(code, label, _)| (*code, *label))
            .collect();
        maker.breakdown(measure, key, &rows);
    }
    maker.extreme("reach.youngest_child", Statistic::Minimum, 3.0);
    maker.extreme("reach.oldest_connection", Statistic::Maximum, 91.0);
}

const QUARTERS: [(&str, &str); 4] = [
    ("2024-Q1", "April to June 2024"),
    ("2024-Q2", "July to September 2024"),
    ("2024-Q3", "October to December 2024"),
    ("2024-Q4", "January to March 2025"),
];

/// Quarterly returns alone.
pub(crate) fn returns(maker: &mut Maker) {
    let kinds = [
        ("referrals", [16, 14, 18, 14], Unit::Referrals),
        ("conferences", [9, 11, 10, 11], Unit::Conferences),
        ("plans", [8, 9, 9, 9], Unit::Plans),
        ("coordinators_trained", [2, 0, 1, 0], Unit::Coordinators),
    ];
    for (kind, counts, unit) in kinds {
        maker.count(&format!("reach.{kind}"), "", counts.iter().sum(), unit);
        for (at, n) in counts.into_iter().enumerate() {
            let group = format!("kind={kind};quarter=2024-Q{}", at + 1);
            maker.count("monitoring.quarter", &group, n, unit);
        }
        let id = format!("monitoring.quarter[kind={kind}]");
        maker.breakdown_within(&Group::of("kind", kind), &id, "quarter", &QUARTERS);
    }
}

fn objectives(maker: &mut Maker) {
    let kinds = [
        ("wider_family", "Wider family", 36, 29),
        ("siblings", "Brothers and sisters", 27, 22),
        ("father", "Father", 24, 13),
        ("family_history", "Family history", 22, 18),
        ("specific_request", "A specific request", 12, 9),
    ];
    let (set, met) = kinds
        .iter()
        .fold((0, 0), |(set, met), (.., s, m)| (set + s, met + m));
    maker.count("objectives.children", "", 41, Unit::Children);
    maker.count("objectives.set", "", set, Unit::Objectives);
    maker.mean(
        "objectives.per_child",
        "",
        Statistic::Mean,
        [2.951, 2.5, 3.4],
        41,
    );
    maker.share("objectives.met", "", met, set, 0);
    for (code, _, set, met) in kinds {
        let group = format!("category={code}");
        maker.count("objectives.set", &group, set, Unit::Objectives);
        maker.share("objectives.met", &group, met, set, 0);
        for (result, n) in [("met", met), ("partly", 3), ("not_met", set - met - 3)] {
            maker.count(
                "objectives.status",
                &format!("{group};result={result}"),
                n,
                Unit::Objectives,
            );
        }
    }
    for (result, n) in [("met", met), ("partly", 15), ("not_met", set - met - 15)] {
        maker.count(
            "objectives.status",
            &format!("result={result}"),
            n,
            Unit::Objectives,
        );
    }
    maker.breakdown(
        "objectives.category",
        "category",
        &kinds.map(|(code, label, ..)| (code, label)),
    );
}

fn outcomes(maker: &mut Maker) {
    let names = [
        ("relationship_repaired", 21, 15),
        ("long_term_commitment", 29, 8),
        ("new_direct_contact", 32, 6),
        ("family_history_knowledge", 25, 12),
        ("identity_belonging", 28, 9),
    ];
    for (name, yes, no) in names {
        let measure = format!("outcomes.{name}");
        maker.share(&measure, "", yes, yes + no, 55 - yes - no);
        for (answer, n) in [
            ("yes", yes),
            ("no", no),
            ("too_soon", 9),
            ("not_known", 6),
            ("not_recorded", 0),
        ] {
            maker.count(&measure, &format!("answer={answer}"), n, Unit::Children);
        }
    }
}

fn connections(maker: &mut Maker) {
    let mut people = |group: &str, before: f64, after: f64| {
        let change = after - before;
        maker.mean(
            "connections.before",
            group,
            Statistic::Mean,
            [before, before - 0.4, before + 0.4],
            52,
        );
        maker.mean(
            "connections.after",
            group,
            Statistic::Mean,
            [after, after - 0.6, after + 0.6],
            52,
        );
        maker.mean(
            "connections.change",
            group,
            Statistic::Difference,
            [change, change - 0.5, change + 0.5],
            52,
        );
    };
    people("", 7.13, 21.94);
    let kinds = [
        (
            "aunts_uncles_cousins",
            "Aunts, uncles and cousins",
            1.31,
            7.43,
        ),
        ("friends", "Friends", 0.74, 2.81),
        ("parents", "Parents", 0.92, 1.41),
    ];
    for (code, _, before, after) in kinds {
        people(&format!("kind={code}"), before, after);
    }
    maker.mean(
        "connections.change",
        "",
        Statistic::MedianDifference,
        [14.0, 12.0, 16.0],
        52,
    );
    maker.share("connections.gained", "", 50, 52, 3);
    maker.mean(
        "connections.at_12_months",
        "",
        Statistic::Mean,
        [20.4, 18.0, 22.8],
        24,
    );
    maker.breakdown(
        "connections.kind",
        "kind",
        &kinds.map(|(code, label, ..)| (code, label)),
    );
}

fn ratings(maker: &mut Maker) {
    let asked: [(&str, &[&str], u64); 2] = [
        ("child", &["kept_informed", "more_people", "plan_clear"], 25),
        ("network", &["good_idea", "clear_role"], 61),
    ];
    for (respondent, statements, n) in asked {
        maker.count(
            "questionnaire.responses",
            &format!("respondent={respondent}"),
            n,
            Unit::Responses,
        );
        for (at, statement) in statements.iter().enumerate() {
            let group = format!("respondent={respondent};statement={statement}");
            let at = at as u64;
            maker.mean(
                "questionnaire.rating",
                &group,
                Statistic::Mean,
                [4.62, 4.41, 4.83],
                n,
            );
            maker.share("questionnaire.agree", &group, n - 2 - at, n, 0);
            for (answer, of) in [
                ("1", 0),
                ("2", 1),
                ("3", 1 + at),
                ("4", 7),
                ("5", n - 9 - at),
            ] {
                maker.count(
                    "questionnaire.answer",
                    &format!("{group};answer={answer}"),
                    of,
                    Unit::Answers,
                );
            }
        }
    }
}

fn records(maker: &mut Maker) {
    for (record, n) in [
        ("practice_summary", 62),
        ("objectives", 41),
        ("connections", 52),
        ("child_questionnaire", 25),
    ] {
        maker.share(
            "coverage.record",
            &format!("record={record}"),
            n,
            if n == 62 { 62 } else { 55 },
            0,
        );
    }
    for (table, read, aside) in [
        ("children", 62, 0),
        ("objectives", 123, 2),
        ("connections", 1_204, 3),
    ] {
        maker.count(
            "quality.rows_read",
            &format!("table={table}"),
            read,
            Unit::Rows,
        );
        maker.count(
            "quality.rows_set_aside",
            &format!("table={table}"),
            aside,
            Unit::Rows,
        );
    }
    maker.count("quality.findings", "severity=error", 5, Unit::Findings);
    maker.count("quality.findings", "severity=warning", 2, Unit::Findings);
    maker.count(
        "quality.findings",
        "rule=date-unreadable",
        5,
        Unit::Findings,
    );
    maker.count("quality.findings", "rule=unknown-code", 2, Unit::Findings);
}

/// Five children: every share stands on fewer than twenty.
pub(crate) fn tiny() -> Maker {
    let mut maker = Maker::default();
    maker.count("reach.children", "", 5, Unit::Children);
    maker.count("reach.flow", "step=referred", 5, Unit::Children);
    maker.count("reach.flow", "step=started", 4, Unit::Children);
    maker.breakdown(
        "reach.flow",
        "step",
        &[("referred", "Referred"), ("started", "Started")],
    );
    maker.count("objectives.children", "", 4, Unit::Children);
    maker.count("objectives.set", "", 9, Unit::Objectives);
    maker.share("objectives.met", "", 7, 9, 0);
    maker.share("outcomes.new_direct_contact", "", 1, 3, 2);
    maker.mean(
        "connections.before",
        "",
        Statistic::Mean,
        [4.2, 2.0, 6.4],
        4,
    );
    maker.mean("connections.after", "", Statistic::Mean, [4.0, 1.9, 6.1], 4);
    maker.mean(
        "connections.change",
        "",
        Statistic::Difference,
        [-0.2, -2.1, 1.7],
        4,
    );
    maker.share("connections.gained", "", 2, 4, 1);
    maker.share(
        "questionnaire.agree",
        "respondent=child;statement=glad",
        1,
        1,
        0,
    );
    maker.count(
        "questionnaire.responses",
        "respondent=child",
        1,
        Unit::Responses,
    );
    maker
}

/// Released under a profile.
pub(crate) fn released(maker: &Maker, settings: &Settings) -> Release {
    release(&maker.0, settings).unwrap()
}

pub(crate) fn voices() -> Voices {
    Voices {
        quotes: vec![
            Voice {
                text: "Nobody had asked me who I missed.".to_owned(),
                speaker: "Young person, 15".to_owned(),
                section: SectionName::Wanted,
            },
            Voice {
                text: "I would have come sooner.".to_owned(),
                speaker: "Aunt, at a conference".to_owned(),
                section: SectionName::Voices,
            },
        ],
        stories: vec![Story {
            title: "Finding an aunt: the story of Jay, 11".to_owned(),
            at_the_start: "Jay spoke of an aunt who took him swimming.".to_owned(),
            what_we_did: "The coordinator found her through a former teacher.".to_owned(),
            what_changed: "Jay sees his aunt each fortnight.".to_owned(),
            in_one_line: "He can name nine people whom he can call.".to_owned(),
        }],
    }
}

pub(crate) fn words() -> Vec<Words> {
    vec![Words {
        section: SectionName::Practice,
        markdown: "Social workers now ask every child who matters to them.\n\n## We recommend\n\n- Keep both coordinators.\n- Ask for every questionnaire twice.\n".to_owned(),
    }]
}

/// The document of a release, with voices and words.
pub(crate) fn document(release: &Release) -> Document {
    compose(&Inputs {
        release,
        voices: &voices(),
        words: &words(),
        provenance: provenance(),
    })
}

/// The document of a release alone.
pub(crate) fn bare(release: &Release) -> Document {
    compose(&Inputs {
        release,
        voices: &Voices::default(),
        words: &[],
        provenance: provenance(),
    })
}

pub(crate) fn provenance() -> Provenance {
    Provenance {
        version: "0.1.0".to_owned(),
        run: "a1b2c3d4".to_owned(),
    }
}
