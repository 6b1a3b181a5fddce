//! Studies for the tests: one by hand, and any number at random.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use kinfolk_model::{
    Answer, Child, ChildId, Code, Connection, ConnectionCount, Contact, Country, DisclosureProfile,
    FinancialQuarter, Monitoring, Objective, Oc2, Period, Questionnaire, ReliableChange, Sdq,
    SdqEntered, SdqImpactItems, SdqSettings, Settings, Study, Table,
};
use proptest::prelude::*;
use proptest::sample::select;

pub(super) fn settings() -> Settings {
    Settings {
        title: "A study".to_owned(),
        authorities: vec!["Hartwell".to_owned()],
        country: Country::England,
        period: Period {
            start: date(2023, 4, 1),
            end: date(2025, 3, 31),
        },
        synthetic: true,
        notice: String::new(),
        confidence: 0.95,
        seed: 1,
        follow_up_days: 365,
        disclosure: DisclosureProfile::Internal,
        sdq: SdqSettings::default(),
        care: Default::default(),
        comparison: None,
        statements: Default::default(),
        benchmark: None,
    }
}

pub(super) fn child(id: &str) -> Child {
    Child::new(ChildId::new(id))
}

fn any_code<C: Code>() -> impl Strategy<Value = C> {
    select(C::ALL)
}

fn maybe<S: Strategy<Value: Clone>>(strategy: S) -> impl Strategy<Value = Option<S::Value>> {
    prop::option::weighted(0.8, strategy)
}

fn day() -> impl Strategy<Value = Date> {
    (0i64..1100).prop_map(|days| date(2022, 10, 1).checked_add(days.days()).unwrap())
}

fn early_day() -> impl Strategy<Value = Date> {
    (0i64..6000).prop_map(|days| date(2006, 1, 1).checked_add(days.days()).unwrap())
}

prop_compose! {
    fn who()(
        country in maybe(any_code()), sex in maybe(any_code()), ethnicity in maybe(any_code()),
        placement_type in maybe(any_code()), plan_to_return_home in maybe(any_code()),
        plan_for_adoption in maybe(any_code()), date_of_birth in maybe(early_day()),
        care_start in maybe(early_day()), age_at_referral in maybe(0u8..20),
    ) -> Child {
        Child {
            country, sex, ethnicity, placement_type, plan_to_return_home, plan_for_adoption,
            date_of_birth, care_start, age_at_referral, ..child("")
        }
    }
}

prop_compose! {
    fn any_child()(
        who in who(),
        referral_date in maybe(day()), start_date in maybe(day()), conference_date in maybe(day()),
        plan_date in maybe(day()), review_date in prop::option::of(day()),
        end_date in prop::option::weighted(0.3, day()),
        end_reason in prop::option::weighted(0.3, any_code()),
        outcomes in prop::array::uniform5(maybe(any_code())),
    ) -> Child {
        let [repaired, commitment, contact, history, identity] = outcomes;
        Child {
            referral_date, start_date, conference_date, plan_date, review_date, end_date, end_reason,
            relationship_repaired: repaired, long_term_commitment: commitment,
            new_direct_contact: contact, family_history_knowledge: history,
            identity_belonging: identity, ..who
        }
    }
}

prop_compose! {
    fn any_connection()(
        relationship in any_code(), age in maybe(0u8..105), at_start: bool, after: bool,
        at_12_months in maybe(any::<bool>()), contact_at_start in maybe(any_code::<Contact>()),
        contact in maybe(any_code::<Contact>()),
    ) -> Connection {
        Connection {
            child_id: ChildId::new(""), person_id: Default::default(), relationship, side: None, age,
            wanted: None, at_start, after, at_12_months, contact_at_start, contact, commitment: None,
        }
    }
}

/// All that one child brings into a study.
#[derive(Debug, Clone)]
struct Family {
    summary: Option<Child>,
    objectives: Vec<Objective>,
    connections: Vec<Connection>,
    count: Option<ConnectionCount>,
    answers: Vec<(String, Answer)>,
    sdq: Vec<Sdq>,
    oc2: Vec<Oc2>,
}

/// A questionnaire of a child, with a total only.
pub(super) fn questionnaire(id: &str, date: Date, total: u8) -> Sdq {
    Sdq {
        child_id: ChildId::new(id),
        date,
        informant: kinfolk_model::Informant::ParentCarer,
        form: None,
        version: None,
        carer_id: None,
        items: [None; 25],
        impact_items: SdqImpactItems::default(),
        entered: SdqEntered {
            total: Some(total),
            ..SdqEntered::default()
        },
    }
}

prop_compose! {
    /// Mostly carers, within six years.
    fn any_sdq()(
        days in 0i64..2200, informant in any_code(), is_carers in prop::bool::weighted(0.6),
        form in prop::option::weighted(0.2, any_code()),
        version in prop::option::weighted(0.3, any_code()),
        entered in prop::array::uniform7(maybe(0u8..=10)), total in maybe(0u8..=40),
        items in maybe(prop::array::uniform25(maybe(0u8..=2))),
    ) -> Sdq {
        let [emotional, conduct, hyperactivity, peer, prosocial, impact, _] = entered;
        let date = date(2019, 4, 1).checked_add(days.days()).unwrap();
        Sdq {
            informant: if is_carers { kinfolk_model::Informant::ParentCarer } else { informant },
            form, version, items: items.unwrap_or([None; 25]),
            entered: SdqEntered {
                emotional, conduct, hyperactivity, peer, prosocial, total, impact,
            },
            ..questionnaire("", date, 0)
        }
    }
}

prop_compose! {
    fn any_oc2()(
        year in 2020i16..=2025, sdq_score in maybe(0u8..=40), sdq_reason in maybe(any_code()),
        date_of_birth in maybe(early_day()),
    ) -> Oc2 {
        Oc2 {
            answers: Default::default(),
            child_id: ChildId::new(""), year, date_of_birth, sdq_score, sdq_reason,
            looked_after_12_months: None,
        }
    }
}

fn any_answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        8 => (1u8..=5).prop_map(Answer::Rating),
        1 => Just(Answer::Yes),
        1 => Just(Answer::No),
    ]
}

fn any_answers() -> impl Strategy<Value = Vec<(String, Answer)>> {
    let statement = select(vec!["plan_clear", "own_statement", "glad"]);
    prop::collection::vec((statement.prop_map(str::to_owned), any_answer()), 0..4)
}

prop_compose! {
    fn any_family()(
        summary in prop::option::weighted(0.95, any_child()),
        objectives in prop::collection::vec((any_code(), any_code()), 0..5),
        connections in prop::collection::vec(any_connection(), 0..8),
        count in prop::option::of((0u16..40, 0u16..60, maybe(0u16..60))),
        answers in any_answers(),
        sdq in prop::collection::vec(any_sdq(), 0..6),
        oc2 in prop::collection::vec(any_oc2(), 0..4),
    ) -> Family {
        let child_id = ChildId::new("");
        Family {
            summary,
            objectives: objectives.into_iter().map(|(category, status)| Objective {
                child_id: child_id.clone(), objective_id: None, category, status,
            }).collect(),
            connections,
            count: count.map(|(before, after, at_12_months)| ConnectionCount {
                child_id, before, after, at_12_months,
            }),
            answers, sdq, oc2,
        }
    }
}

prop_compose! {
    fn any_return()(
        country in maybe(any_code()), programme in maybe(select(vec!["trial", "roll=out;two"])),
        year in 2022i16..=2025, quarter in 1u8..=4,
        counts in prop::array::uniform6(maybe(0u32..12)),
    ) -> Monitoring {
        let [referrals, starts, conferences, plans, reviews, coordinators_trained] = counts;
        Monitoring {
            authority: "Hartwell".to_owned(), country, programme: programme.map(str::to_owned),
            quarter: FinancialQuarter::new(year, quarter).unwrap(),
            referrals, starts, conferences, plans, reviews, coordinators_trained,
        }
    }
}

fn assemble(
    families: Vec<Family>,
    network: Vec<Vec<(String, Answer)>>,
    returns: Vec<Monitoring>,
) -> Study {
    let mut study = Study::new(settings());
    let mut answers = Vec::new();
    for (at, family) in families.into_iter().enumerate() {
        let child_id = ChildId::new(&format!("C{at:03}"));
        let own = || child_id.clone();
        let summary = family.summary.map(|child| Child {
            child_id: own(),
            ..child
        });
        study.children.rows.extend(summary);
        let objectives = family.objectives.into_iter();
        study
            .objectives
            .rows
            .extend(objectives.map(|row| Objective {
                child_id: own(),
                ..row
            }));
        let connections = family.connections.into_iter();
        study
            .connections
            .rows
            .extend(connections.map(|row| Connection {
                child_id: own(),
                ..row
            }));
        let count = family.count.map(|row| ConnectionCount {
            child_id: own(),
            ..row
        });
        study.connection_counts.rows.extend(count);
        answers.extend(form(&format!("R{at}"), Some(own()), family.answers));
        let sdq = family.sdq.into_iter();
        study.sdq.rows.extend(sdq.map(|row| Sdq {
            child_id: own(),
            ..row
        }));
        let oc2 = family.oc2.into_iter();
        study.oc2.rows.extend(oc2.map(|row| Oc2 {
            child_id: own(),
            ..row
        }));
    }
    for (at, given) in network.into_iter().enumerate() {
        answers.extend(form(&format!("N{at}"), None, given));
    }
    study.questionnaires = Table::from_rows(answers);
    study.monitoring = Table::from_rows(returns);
    recount(study)
}

fn form(id: &str, child_id: Option<ChildId>, answers: Vec<(String, Answer)>) -> Vec<Questionnaire> {
    use kinfolk_model::Respondent::{Child, Network};
    let respondent = if child_id.is_some() { Child } else { Network };
    answers
        .into_iter()
        .map(|(statement, answer)| Questionnaire {
            response_id: id.into(),
            respondent,
            child_id: child_id.clone(),
            date: None,
            statement: statement.into(),
            answer,
        })
        .collect()
}

fn recount(mut study: Study) -> Study {
    study.children = Table::from_rows(study.children.rows);
    study.objectives = Table::from_rows(study.objectives.rows);
    study.connections = Table::from_rows(study.connections.rows);
    study.connection_counts = Table::from_rows(study.connection_counts.rows);
    study.sdq = Table::from_rows(study.sdq.rows);
    study.oc2 = Table::from_rows(study.oc2.rows);
    study
}

fn any_sdq_settings() -> impl Strategy<Value = SdqSettings> {
    let spread = (3.0f64..8.0, 0.5f64..0.95);
    let named = spread.prop_map(|(sd, reliability)| ReliableChange {
        sd,
        reliability,
        source: "made up".to_owned(),
    });
    (any_code(), any_code(), maybe(named)).prop_map(|(baseline, model_degrees, reliable_change)| {
        SdqSettings {
            model_degrees,
            baseline,
            reliable_change,
        }
    })
}

/// Any study of up to `size` children.
pub(super) fn any_study(size: usize) -> impl Strategy<Value = Study> {
    (
        prop::collection::vec(any_family(), 0..size),
        prop::collection::vec(any_answers(), 0..12),
        prop::collection::vec(any_return(), 0..16),
        prop::array::uniform5(prop::bool::weighted(0.15)),
        any_sdq_settings(),
    )
        .prop_map(|(families, network, returns, dropped, sdq)| {
            let mut study = assemble(families, network, returns);
            study.settings.sdq = sdq;
            let [no_connections, no_returns, no_children, no_sdq, no_oc2] = dropped;
            if no_sdq {
                study.sdq = Table::default();
            }
            if no_oc2 {
                study.oc2 = Table::default();
            }
            if no_connections {
                study.connections = Table::default();
            }
            if no_returns {
                study.monitoring = Table::default();
            }
            if no_children {
                study.children = Table::default();
            }
            study
        })
}
