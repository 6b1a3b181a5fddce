//! Made-up studies, released, for tests and for looking at the charts.

use std::collections::BTreeMap;

use jiff::civil::date;
use kinfolk_disclosure::{Release, benchmark_from_records, release};
use kinfolk_model::{
    Breakdown, BreakdownRow, Carried, Cell, ComparisonSettings, Country, DisclosureProfile,
    Estimate, Estimates, Group, Key, Period, ReliableChange, SdqSettings, Settings, Statistic,
    Unit,
};

/// Estimates in the making.
#[derive(Default)]
pub(crate) struct Sample {
    estimates: Estimates,
    benchmark: Vec<Estimate>,
    place: String,
    statements: BTreeMap<String, String>,
    sdq: SdqSettings,
    comparison: Option<ComparisonSettings>,
}

/// A group such as `step=started;reason=declined`; empty for all.
fn group(text: &str) -> Group {
    text.parse().expect("a group")
}

impl Sample {
    pub(crate) fn new() -> Self {
        Self {
            place: "Hartwell".to_owned(),
            ..Self::default()
        }
    }

    pub(crate) fn place(&mut self, place: &str) -> &mut Self {
        self.place = place.to_owned();
        self
    }

    pub(crate) fn compare(&mut self, asked: ComparisonSettings) -> &mut Self {
        self.comparison = Some(asked);
        self
    }

    pub(crate) fn statement(&mut self, code: &str, words: &str) -> &mut Self {
        self.statements.insert(code.to_owned(), words.to_owned());
        self
    }

    pub(crate) fn push(&mut self, estimate: Estimate) -> &mut Self {
        self.estimates.records.push(estimate);
        self
    }

    pub(crate) fn count(&mut self, measure: &str, part: &str, n: u64) -> &mut Self {
        let mut estimate = blank(measure, part, Statistic::Count, Unit::Children);
        estimate.value = Some(n as f64);
        self.push(estimate)
    }

    pub(crate) fn share(&mut self, measure: &str, part: &str, n: u64, of: u64) -> &mut Self {
        self.push(share(measure, part, n, of))
    }

    pub(crate) fn mean(&mut self, measure: &str, part: &str, mean: f64, n: u64) -> &mut Self {
        let mut estimate = blank(measure, part, Statistic::Mean, Unit::People);
        estimate.value = Some(mean);
        estimate.denominator = Some(n);
        self.push(estimate)
    }

    pub(crate) fn change(
        &mut self,
        part: &str,
        (value, low, high): (f64, f64, f64),
        n: u64,
    ) -> &mut Self {
        self.push(change(part, (value, low, high), n))
    }

    pub(crate) fn rows(&mut self, id: &str, rows: &[(&str, &str)]) -> &mut Self {
        let rows = rows.iter().map(|(code, label)| BreakdownRow {
            code: (*code).to_owned(),
            label: (*label).to_owned(),
            records: Vec::new(),
        });
        self.estimates.structure.breakdowns.push(Breakdown {
            id: id.to_owned(),
            title: id.to_owned(),
            rows: rows.collect(),
            pools: Vec::new(),
        });
        self
    }

    /// Makes disclosure control withhold the figure: few children stand behind it.
    pub(crate) fn withhold(
        &mut self,
        measure: &str,
        part: &str,
        statistic: Statistic,
    ) -> &mut Self {
        let key = Key::new(measure, group(part), statistic);
        let estimate = self.estimates.get(&key).expect("an estimate to withhold");
        let counted = match statistic {
            Statistic::Count => estimate.value.expect("a count") as u64,
            _ => estimate.numerator.unwrap_or(3),
        };
        let name = format!("hidden/{key}");
        let mut carried = Carried::default();
        match statistic {
            Statistic::Count => carried.value = Some(name.clone()),
            Statistic::Proportion => carried.numerator = Some(name.clone()),
            _ => carried.rests_on = vec![name.clone()],
        }
        let cell = Cell {
            value: counted,
            children: Some(3),
        };
        self.estimates.structure.cells.insert(name, cell);
        self.estimates.structure.carried.insert(key, carried);
        self
    }

    /// Lets every figure rest on one count of few children. One count of many is added, since a
    /// release that shows nothing is refused.
    pub(crate) fn withhold_all(&mut self) -> &mut Self {
        let name = "hidden/all".to_owned();
        let cell = Cell {
            value: 3,
            children: Some(3),
        };
        let carried = Carried {
            rests_on: vec![name.clone()],
            ..Carried::default()
        };
        let records = self.estimates.records.iter();
        let known = records.filter(|estimate| estimate.value.is_some());
        let keys: Vec<Key> = known.map(Estimate::key).collect();
        let structure = &mut self.estimates.structure;
        structure.cells.insert(name, cell);
        structure
            .carried
            .extend(keys.into_iter().map(|key| (key, carried.clone())));
        let many = Cell {
            value: 60,
            children: Some(60),
        };
        let shown = Carried {
            value: Some("shown/all".to_owned()),
            ..Carried::default()
        };
        structure.cells.insert("shown/all".to_owned(), many);
        let key = Key::new("reach.children", Group::all(), Statistic::Count);
        structure.carried.insert(key, shown);
        self.count("reach.children", "", 60)
    }

    pub(crate) fn compare_share(
        &mut self,
        measure: &str,
        part: &str,
        n: u64,
        of: u64,
    ) -> &mut Self {
        self.benchmark.push(share(measure, part, n, of));
        self
    }

    pub(crate) fn reliable_change(&mut self, sd: f64, reliability: f64) -> &mut Self {
        self.sdq.reliable_change = Some(ReliableChange {
            sd,
            reliability,
            source: "made up for this test".to_owned(),
        });
        self
    }

    pub(crate) fn compare_change(&mut self, value: f64) -> &mut Self {
        self.benchmark
            .push(change("", (value, value, value), 2_000));
        self
    }

    pub(crate) fn release(&self) -> Release {
        let release = release(&self.estimates, &self.settings()).expect("a release");
        match self.benchmark.is_empty() {
            true => release,
            false => release.with_benchmark(benchmark_from_records(
                "All authorities",
                self.benchmark.clone(),
            )),
        }
    }

    fn settings(&self) -> Settings {
        Settings {
            title: "Lifelong Links".to_owned(),
            authorities: vec![self.place.clone()],
            country: Country::England,
            period: Period {
                start: date(2024, 4, 1),
                end: date(2025, 3, 31),
            },
            synthetic: true,
            notice: String::new(),
            confidence: 0.95,
            seed: 1,
            follow_up_days: 365,
            disclosure: DisclosureProfile::DfeCsc,
            sdq: self.sdq.clone(),
            care: Default::default(),
            comparison: self.comparison.clone(),
            statements: self.statements.clone(),
            benchmark: None,
        }
    }
}

pub(crate) fn blank(measure: &str, part: &str, statistic: Statistic, unit: Unit) -> Estimate {
    Estimate {
        measure: measure.to_owned(),
        population: "children".to_owned(),
        arm: String::new(),
        group: group(part),
        statistic,
        value: None,
        lower: None,
        upper: None,
        level: None,
        unit,
        numerator: None,
        denominator: None,
        n_missing: None,
        method: "made-up/1".to_owned(),
        options: String::new(),
        note: String::new(),
    }
}

pub(crate) fn share(measure: &str, part: &str, n: u64, of: u64) -> Estimate {
    let mut estimate = blank(measure, part, Statistic::Proportion, Unit::Proportion);
    let (low, high) = wilson(n as f64, of as f64);
    estimate.value = (of > 0).then(|| n as f64 / of as f64);
    estimate.lower = Some(low);
    estimate.upper = Some(high);
    estimate.level = Some(0.95);
    estimate.numerator = Some(n);
    estimate.denominator = Some(of);
    estimate
}

fn change(part: &str, (value, low, high): (f64, f64, f64), n: u64) -> Estimate {
    let mut estimate = blank(
        "connections.change",
        part,
        Statistic::Difference,
        Unit::People,
    );
    estimate.value = Some(value);
    estimate.lower = Some(low);
    estimate.upper = Some(high);
    estimate.level = Some(0.95);
    estimate.denominator = Some(n);
    estimate
}

fn wilson(n: f64, of: f64) -> (f64, f64) {
    let z = 1.96;
    let p = n / of;
    let centre = (p + z * z / (2.0 * of)) / (1.0 + z * z / of);
    let half = z / (1.0 + z * z / of) * (p * (1.0 - p) / of + z * z / (4.0 * of * of)).sqrt();
    ((centre - half).max(0.0), (centre + half).min(1.0))
}

/// Objectives: code, label, met, partly, not met.
pub(crate) type Kind<'a> = (&'a str, &'a str, u64, u64, u64);

pub(crate) const KINDS: [Kind<'static>; 8] = [
    ("wider_family", "Wider family", 54, 6, 6),
    ("siblings", "Brothers and sisters", 35, 6, 0),
    ("mother", "Mother", 11, 2, 2),
    ("father", "Father", 17, 0, 10),
    (
        "carers_and_professionals",
        "Carers and professionals",
        32,
        6,
        0,
    ),
    ("friends", "Friends", 8, 3, 0),
    ("family_history", "Family history", 24, 7, 0),
    ("specific_request", "A specific request", 16, 6, 0),
];

pub(crate) fn add_objectives(sample: &mut Sample, kinds: &[Kind<'_>]) {
    let rows: Vec<(&str, &str)> = kinds.iter().map(|kind| (kind.0, kind.1)).collect();
    sample.rows("objectives.category", &rows);
    let (mut met, mut partly, mut not_met) = (0, 0, 0);
    for (code, _, yes, some, no) in kinds {
        let part = format!("category={code}");
        let set = yes + some + no;
        sample.count("objectives.set", &part, set);
        sample.share("objectives.met", &part, *yes, set);
        for (result, n) in [("met", yes), ("partly", some), ("not_met", no)] {
            sample.count("objectives.status", &format!("{part};result={result}"), *n);
        }
        met += yes;
        partly += some;
        not_met += no;
    }
    sample.share("objectives.met", "", met, met + partly + not_met);
    for (result, n) in [("met", met), ("partly", partly), ("not_met", not_met)] {
        sample.count("objectives.status", &format!("result={result}"), n);
    }
    sample.count("objectives.children", "", 90);
}

pub(crate) fn withhold_objectives(sample: &mut Sample, category: &str) {
    let part = format!("category={category}");
    sample.withhold("objectives.met", &part, Statistic::Proportion);
    for result in ["met", "partly", "not_met"] {
        let part = format!("{part};result={result}");
        sample.withhold("objectives.status", &part, Statistic::Count);
    }
}

/// Connections: code, label, before, after.
pub(crate) const PEOPLE: [(&str, &str, f64, f64); 8] = [
    ("parents", "Parents", 0.9, 1.4),
    ("siblings", "Brothers and sisters", 1.6, 3.1),
    ("grandparents", "Grandparents", 0.6, 1.7),
    ("aunts_uncles_cousins", "Aunts, uncles, cousins", 1.3, 7.4),
    ("carers", "Carers, current and former", 0.5, 2.7),
    ("professionals", "Professionals", 0.4, 1.9),
    ("friends", "Friends", 0.7, 2.8),
    ("others", "Others", 0.1, 0.2),
];

pub(crate) fn add_connections(sample: &mut Sample, people: &[(&str, &str, f64, f64)], n: u64) {
    let rows: Vec<(&str, &str)> = people.iter().map(|row| (row.0, row.1)).collect();
    sample.rows("connections.kind", &rows);
    for (code, _, before, after) in people {
        let part = format!("kind={code}");
        sample.mean("connections.before", &part, *before, n);
        sample.mean("connections.after", &part, *after, n);
        let change = after - before;
        sample.change(&part, (change, change - 0.4, change + 0.4), n);
    }
    let sum = |pick: fn(&(&str, &str, f64, f64)) -> f64| people.iter().map(pick).sum::<f64>();
    let (before, after) = (sum(|row| row.2), sum(|row| row.3));
    sample.mean("connections.before", "", before, n);
    sample.mean("connections.after", "", after, n);
    let change = after - before;
    sample.change("", (change, change - 1.8, change + 1.8), n);
}

/// The circle: sector, then direct, indirect, none at the start and after.
pub(crate) const CIRCLE: [(&str, [f64; 3], [f64; 3]); 4] = [
    ("family", [1.2, 2.1, 0.9], [3.9, 6.2, 2.7]),
    ("friends", [0.0, 0.7, 0.1], [1.0, 1.0, 0.9]),
    ("carers", [0.7, 0.2, 0.1], [1.1, 1.0, 0.8]),
    ("professionals", [0.2, 0.1, 0.1], [0.3, 0.8, 0.9]),
];

pub(crate) fn add_circle(sample: &mut Sample, circle: &[(&str, [f64; 3], [f64; 3])], n: u64) {
    for (when, pick) in [("start", 0), ("after", 1)] {
        let mut total = 0.0;
        for (sector, start, after) in circle {
            let means = [start, after][pick];
            let sum: f64 = means.iter().sum();
            let part = format!("when={when};sector={sector}");
            sample.mean("connections.circle", &part, sum, n);
            for (contact, mean) in ["direct", "indirect", "none"].iter().zip(means) {
                let part = format!("{part};contact={contact}");
                sample.mean("connections.circle", &part, *mean, n);
            }
            total += sum;
        }
        sample.mean("connections.circle", &format!("when={when}"), total, n);
    }
}

/// A step with its children and why others were lost.
type Step<'a> = (&'a str, u64, &'a [(&'a str, u64)]);

pub(crate) fn add_flow(sample: &mut Sample) {
    sample.rows(
        "reach.flow",
        &[
            ("referred", "Referred"),
            ("started", "Started"),
            ("conference", "Conference held"),
            ("plan", "Plan made"),
            ("review", "Plan reviewed"),
            ("followed_up", "Followed for a year"),
        ],
    );
    let steps: [Step<'_>; 6] = [
        ("referred", 131, &[]),
        ("started", 112, &[("criteria_not_met", 11), ("declined", 8)]),
        ("conference", 98, &[("not_yet", 8), ("withdrew", 6)]),
        ("plan", 92, &[("not_yet", 6)]),
        ("review", 85, &[("not_yet", 7)]),
        (
            "followed_up",
            60,
            &[("not_yet", 12), ("left_care", 7), ("moved_away", 6)],
        ),
    ];
    let mut before = 131;
    for (step, n, reasons) in steps {
        let part = format!("step={step}");
        sample.count("reach.flow", &part, n);
        if step != "referred" {
            sample.count("reach.flow_loss", &part, before - n);
        }
        for (reason, lost) in reasons {
            sample.count("reach.flow_loss", &format!("{part};reason={reason}"), *lost);
        }
        before = n;
    }
}

/// Statement with its answers from 1 to 5.
pub(crate) fn add_ratings(sample: &mut Sample, respondent: &str, statements: &[(&str, [u64; 5])]) {
    let mut most = 0;
    for (statement, answers) in statements {
        let n: u64 = answers.iter().sum();
        let part = format!("respondent={respondent};statement={statement}");
        let sum: u64 = answers.iter().zip(1..).map(|(n, rating)| n * rating).sum();
        sample.mean("questionnaire.rating", &part, sum as f64 / n as f64, n);
        sample.share("questionnaire.agree", &part, answers[3] + answers[4], n);
        for (answer, n) in answers.iter().enumerate() {
            let part = format!("{part};answer={}", answer + 1);
            sample.count("questionnaire.answer", &part, *n);
        }
        most = most.max(n);
    }
    sample.count(
        "questionnaire.responses",
        &format!("respondent={respondent}"),
        most,
    );
}

/// Answers that were joined: code and number.
pub(crate) fn add_joined(
    sample: &mut Sample,
    respondent: &str,
    statement: &str,
    answers: &[(&str, u64)],
) {
    let n: u64 = answers.iter().map(|(_, n)| n).sum();
    let agree = answers
        .iter()
        .filter(|(code, _)| ["agree", "4", "5"].contains(code));
    let agree: u64 = agree.map(|(_, n)| n).sum();
    let part = format!("respondent={respondent};statement={statement}");
    sample.mean("questionnaire.rating", &part, 4.7, n);
    sample.share("questionnaire.agree", &part, agree, n);
    for (code, n) in answers {
        sample.count("questionnaire.answer", &format!("{part};answer={code}"), *n);
    }
}

pub(crate) fn add_outcomes(sample: &mut Sample, scale: u64) {
    for (name, yes, answered) in [
        ("relationship_repaired", 4, 9),
        ("long_term_commitment", 13, 17),
        ("new_direct_contact", 12, 14),
        ("family_history_knowledge", 8, 12),
        ("identity_belonging", 10, 13),
    ] {
        let measure = format!("outcomes.{name}");
        sample.share(&measure, "", yes * scale, answered * scale);
        sample.compare_share(&measure, "", 7_000, 10_000);
        for (answer, n) in [("too_soon", 9), ("not_known", 6), ("not_recorded", 0)] {
            sample.count(&measure, &format!("answer={answer}"), n);
        }
    }
}

pub(crate) fn add_coverage(sample: &mut Sample) {
    for (record, n, of, all) in [
        ("practice_summary", 112, 112, 97),
        ("objectives", 90, 98, 84),
        ("connections", 92, 98, 81),
        ("outcomes", 81, 98, 78),
        ("child_questionnaire", 46, 98, 33),
    ] {
        let part = format!("record={record}");
        sample.share("coverage.record", &part, n, of);
        sample.compare_share("coverage.record", &part, all, 100);
    }
}

/// A full study of about a hundred children, with two kinds of objective withheld.
pub(crate) fn full() -> Release {
    let mut sample = Sample::new();
    add_flow(&mut sample);
    add_objectives(&mut sample, &KINDS);
    withhold_objectives(&mut sample, "mother");
    withhold_objectives(&mut sample, "friends");
    add_connections(&mut sample, &PEOPLE, 92);
    for statistic in ["before", "after"] {
        let measure = format!("connections.{statistic}");
        sample.withhold(&measure, "kind=others", Statistic::Mean);
    }
    sample.withhold("connections.change", "kind=others", Statistic::Difference);
    add_circle(&mut sample, &CIRCLE, 92);
    add_ratings(
        &mut sample,
        "child",
        &[
            ("kept_informed", [0, 0, 0, 13, 33]),
            ("more_people", [0, 0, 6, 14, 26]),
            ("helped_to_talk", [0, 0, 7, 12, 27]),
            ("plan_clear", [0, 0, 6, 16, 24]),
        ],
    );
    add_ratings(
        &mut sample,
        "network",
        &[
            ("good_idea", [0, 6, 7, 43, 132]),
            ("clear_role", [0, 12, 11, 52, 113]),
            ("plan_clear", [6, 6, 13, 55, 108]),
        ],
    );
    add_outcomes(&mut sample, 6);
    add_coverage(&mut sample);
    sample.compare_share("objectives.met", "", 810, 1000);
    sample.compare_change(13.1);
    sample.release()
}
