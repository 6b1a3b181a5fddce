//! Estimates of small studies, computed by hand.

use jiff::civil::date;
use kinfolk_model::{
    Answer, Child, ChildId, Connection, ConnectionCount, Contact, Country, EndReason, Estimates,
    FinancialQuarter, Finding, Key, Monitoring, Objective, ObjectiveCategory, ObjectiveStatus,
    Outcome, Place, Questionnaire, Relationship, Respondent, Severity, Statistic, Study, Table,
    YesNo,
};
use kinfolk_outcomes::{analyse, assess_quality};

use super::any_study::{child, settings};

/// Checks the value of a record, given its key as it is printed.
#[track_caller]
fn check(estimates: &Estimates, key: &str, expected: f64) {
    let found = record(estimates, key).value.unwrap();
    assert!(
        (found - expected).abs() < 1e-12,
        "{key} is {found}, not {expected}"
    );
}

/// Checks numerator, denominator and number missing of a share.
#[track_caller]
fn check_counts(estimates: &Estimates, key: &str, expected: (u64, u64, u64)) {
    let found = record(estimates, key);
    let counts = (found.numerator, found.denominator, found.n_missing);
    assert_eq!(
        counts,
        (Some(expected.0), Some(expected.1), Some(expected.2)),
        "{key}"
    );
}

#[track_caller]
fn record<'a>(estimates: &'a Estimates, key: &str) -> &'a kinfolk_model::Estimate {
    let find = |record: &&kinfolk_model::Estimate| record.key().to_string() == key;
    let found = estimates.records.iter().find(find);
    assert!(found.is_some(), "no {key}");
    found.unwrap()
}

#[track_caller]
fn check_absent(estimates: &Estimates, key: &str) {
    assert!(
        estimates
            .records
            .iter()
            .all(|record| record.key().to_string() != key),
        "{key}"
    );
}

fn study(children: Vec<Child>) -> Study {
    Study {
        children: Table::from_rows(children),
        ..Study::new(settings())
    }
}

fn id(text: &str) -> ChildId {
    ChildId::new(text)
}

/// Referred in June 2023, eleven years old, a year in care, no other plan.
fn eligible(id: &str) -> Child {
    Child {
        date_of_birth: Some(date(2012, 1, 1)),
        care_start: Some(date(2022, 6, 1)),
        referral_date: Some(date(2023, 6, 1)),
        plan_to_return_home: Some(YesNo::No),
        plan_for_adoption: Some(YesNo::No),
        ..child(id)
    }
}

#[test]
fn trial_criteria_by_nation() {
    let long_in_care = |id, country| Child {
        care_start: Some(date(2019, 6, 1)),
        country: Some(country),
        ..eligible(id)
    };
    let estimates = analyse(&study(vec![
        eligible("A"),
        long_in_care("B", Country::England),
        long_in_care("C", Country::Scotland),
        Child {
            care_start: None,
            ..eligible("D")
        },
        Child {
            care_start: None,
            plan_for_adoption: Some(YesNo::Yes),
            ..eligible("E")
        },
    ]));
    check_counts(&estimates, "reach.meets_criteria#proportion", (2, 4, 1));
    check_counts(
        &estimates,
        "reach.meets_criteria[country=England]#proportion",
        (1, 3, 1),
    );
    check_counts(
        &estimates,
        "reach.meets_criteria[country=Scotland]#proportion",
        (1, 1, 0),
    );
    check(
        &estimates,
        "reach.criteria_failed[test=time_in_care]#count",
        1.0,
    );
    check(
        &estimates,
        "reach.criteria_failed[test=plan_for_adoption]#count",
        1.0,
    );
    check(&estimates, "reach.criteria_failed[test=age]#count", 0.0);
    check(
        &estimates,
        "reach.criteria_failed[test=not_decided]#count",
        1.0,
    );
    check(&estimates, "reach.children[country=England]#count", 4.0);
}

#[test]
fn age_falls_back_to_the_start_and_to_the_recorded_age() {
    let born = Some(date(2015, 3, 1));
    let estimates = analyse(&study(vec![
        Child {
            date_of_birth: born,
            start_date: Some(date(2023, 2, 28)),
            ..child("A")
        },
        Child {
            age_at_referral: Some(16),
            ..child("B")
        },
        Child {
            date_of_birth: born,
            age_at_referral: Some(8),
            ..child("C")
        },
        child("D"),
    ]));
    check(&estimates, "reach.youngest_child#minimum", 7.0);
    check(&estimates, "reach.age[age=5_to_9]#count", 2.0);
    check_counts(
        &estimates,
        "reach.age[age=16_and_over]#proportion",
        (1, 3, 1),
    );
    check(&estimates, "reach.age[age=not_known]#count", 1.0);
    check_absent(&estimates, "reach.age[age=not_known]#proportion");
    check_absent(&estimates, "reach.sex[sex=female]#count");
}

/// Work that runs to its end: started, conference, plan, review, all in 2023.
fn complete(id: &str) -> Child {
    Child {
        start_date: Some(date(2023, 7, 1)),
        conference_date: Some(date(2023, 9, 1)),
        plan_date: Some(date(2023, 9, 1)),
        review_date: Some(date(2024, 1, 1)),
        ..eligible(id)
    }
}

#[test]
fn the_flow_nests_and_says_why_children_are_lost() {
    let estimates = analyse(&study(vec![
        complete("A"),
        Child {
            end_date: Some(date(2024, 2, 1)),
            end_reason: Some(EndReason::MovedAway),
            ..complete("broke off before a year was over")
        },
        Child {
            end_date: Some(date(2024, 2, 1)),
            end_reason: Some(EndReason::Completed),
            ..complete("work done, still followed up")
        },
        Child {
            start_date: Some(date(2024, 4, 1)),
            ..complete("a year is over one day after the period")
        },
        Child {
            conference_date: None,
            ..complete("a plan without a conference")
        },
        Child {
            start_date: None,
            review_date: None,
            end_reason: Some(EndReason::Completed),
            ..complete("start not dated, review never held")
        },
        Child {
            end_reason: Some(EndReason::Declined),
            ..eligible("never began")
        },
        Child {
            start_date: Some(date(2025, 4, 1)),
            ..eligible("to start after the period")
        },
    ]));
    let steps = [
        ("referred", 8.0),
        ("started", 6.0),
        ("conference", 5.0),
        ("plan", 5.0),
        ("review", 4.0),
        ("followed_up", 2.0),
        ("conference_to_plan", 5.0),
        ("review_to_followed_up", 2.0),
    ];
    for (step, expected) in steps {
        check(
            &estimates,
            &format!("reach.flow[step={step}]#count"),
            expected,
        );
    }
    let losses = [
        ("started", 2.0),
        ("started;reason=declined", 1.0),
        ("started;reason=not_yet", 1.0),
        ("conference;reason=not_yet", 1.0),
        ("plan", 0.0),
        ("review;reason=completed", 1.0),
        ("followed_up;reason=moved_away", 1.0),
        ("followed_up;reason=not_yet", 1.0),
        ("review_to_followed_up", 3.0),
        ("conference_to_plan;reason=not_yet", 1.0),
    ];
    for (loss, expected) in losses {
        check(
            &estimates,
            &format!("reach.flow_loss[step={loss}]#count"),
            expected,
        );
    }
    check(&estimates, "reach.conferences#count", 5.0);
    check(&estimates, "reach.plans#count", 6.0);
    check_absent(&estimates, "reach.referrals#count");
}

#[test]
fn a_flow_without_dates_is_no_row_of_zeros() {
    let estimates = analyse(&study(vec![child("A")]));
    let found = record(&estimates, "reach.flow[step=plan]#count");
    assert_eq!((found.value, found.note.is_empty()), (None, false));
    let found = record(&estimates, "reach.youngest_child#minimum");
    assert_eq!((found.value, found.n_missing), (None, Some(1)));
}

fn objective(child: &str, category: ObjectiveCategory, status: ObjectiveStatus) -> Objective {
    Objective {
        child_id: id(child),
        objective_id: None,
        category,
        status,
    }
}

#[test]
fn objectives_met_are_a_share_of_all_that_were_set() {
    use ObjectiveCategory::{Father, Mother, Siblings};
    use ObjectiveStatus::{InProgress, Met, NotMet, PartlyMet, Withdrawn};
    let estimates = analyse(&Study {
        objectives: Table::from_rows(vec![
            objective("A", Father, Met),
            objective("A", Father, Withdrawn),
            objective("A", Mother, Met),
            objective("B", Siblings, InProgress),
            objective("B", Father, PartlyMet),
            objective("C", Mother, NotMet),
        ]),
        ..Study::new(settings())
    });
    check(&estimates, "objectives.children#count", 3.0);
    check(&estimates, "objectives.per_child#mean", 2.0);
    check_counts(&estimates, "objectives.met#proportion", (2, 6, 0));
    check_counts(
        &estimates,
        "objectives.met[category=father]#proportion",
        (1, 3, 0),
    );
    check_counts(
        &estimates,
        "objectives.met[category=parents]#proportion",
        (2, 5, 0),
    );
    check_absent(&estimates, "objectives.set[category=relatives]#count");
    check_counts(
        &estimates,
        "objectives.met[category=family]#proportion",
        (2, 6, 0),
    );
    check(&estimates, "objectives.status[result=partly]#count", 2.0);
    check(&estimates, "objectives.status[result=not_met]#count", 2.0);
    check(&estimates, "objectives.status[status=withdrawn]#count", 1.0);
    check(
        &estimates,
        "objectives.status[category=father;result=partly]#count",
        1.0,
    );
    let father = &estimates.structure.cells["objectives/category=father"];
    assert_eq!((father.value, father.children), (3, Some(2)));
}

#[test]
fn outcomes_count_yes_among_yes_and_no() {
    let with = |id, outcome| Child {
        identity_belonging: outcome,
        ..complete(id)
    };
    let estimates = analyse(&study(vec![
        with("A", Some(Outcome::Yes)),
        with("B", Some(Outcome::Yes)),
        with("C", Some(Outcome::No)),
        with("D", Some(Outcome::TooSoon)),
        with("E", Some(Outcome::NotKnown)),
        with("F", None),
        eligible("never began"),
        Child {
            identity_belonging: Some(Outcome::Yes),
            ..eligible("no dates, yet recorded")
        },
    ]));
    check_counts(
        &estimates,
        "outcomes.identity_belonging#proportion",
        (3, 4, 3),
    );
    check(
        &estimates,
        "outcomes.identity_belonging[answer=not_recorded]#count",
        1.0,
    );
    let nobody = record(&estimates, "outcomes.relationship_repaired#proportion");
    assert_eq!(
        (nobody.value, nobody.denominator, nobody.n_missing),
        (None, Some(0), Some(7))
    );
    check_counts(
        &estimates,
        "coverage.record[record=outcomes]#proportion",
        (5, 6, 0),
    );
}

fn person(child: &str, relationship: Relationship, at_start: bool, after: bool) -> Connection {
    Connection {
        child_id: id(child),
        person_id: Default::default(),
        relationship,
        side: None,
        age: None,
        wanted: None,
        at_start,
        after,
        at_12_months: None,
        contact_at_start: None,
        contact: None,
        commitment: None,
    }
}

#[test]
fn connections_count_people_child_by_child() {
    use Relationship::{Cousin, Friend, Parent};
    let mut estimates = Study::new(settings());
    estimates.connections = Table::from_rows(vec![
        person("A", Parent, true, true),
        person("A", Cousin, false, true),
        person("A", Friend, false, true),
        person("B", Parent, true, false),
        Connection {
            age: Some(90),
            ..person("B", Parent, true, false)
        },
        Connection {
            age: Some(71),
            contact: Some(Contact::Direct),
            ..person("B", Friend, false, true)
        },
    ]);
    let count = |child, before, after, at_12_months| ConnectionCount {
        child_id: id(child),
        before,
        after,
        at_12_months,
    };
    estimates.connection_counts = Table::from_rows(vec![
        count("A", 50, 60, Some(70)),
        count("C", 4, 4, Some(3)),
    ]);
    let estimates = analyse(&estimates);
    check(&estimates, "connections.before#mean", 7.0 / 3.0);
    check(&estimates, "connections.after#mean", 8.0 / 3.0);
    check(&estimates, "connections.change#difference", 1.0 / 3.0);
    check(&estimates, "connections.change#median_difference", 0.0);
    check(&estimates, "connections.before#median", 2.0);
    check(&estimates, "connections.before[kind=parents]#mean", 1.5);
    check(
        &estimates,
        "connections.change[kind=parents]#difference",
        -1.0,
    );
    check(
        &estimates,
        "connections.after[relationship=cousin]#mean",
        0.5,
    );
    check(&estimates, "connections.at_12_months#mean", 3.0);
    check(&estimates, "reach.oldest_connection#maximum", 71.0);
    let gained = record(&estimates, "connections.gained#proportion");
    assert_eq!(
        (gained.numerator, gained.denominator, gained.n_missing),
        (Some(1), Some(3), None)
    );
    check(
        &estimates,
        "connections.circle[when=after;sector=family]#mean",
        1.0,
    );
    check(
        &estimates,
        "connections.circle[when=after;sector=friends;contact=direct]#mean",
        0.5,
    );
    check(
        &estimates,
        "connections.circle[when=start;sector=carers]#mean",
        0.0,
    );
    let kinds = record(&estimates, "connections.before[kind=friends]#mean");
    assert_eq!((kinds.denominator, kinds.n_missing), (Some(2), Some(1)));
}

#[test]
fn a_count_a_year_later_needs_an_answer_about_everyone_who_was_there() {
    let later = |child, after, answer| Connection {
        at_12_months: answer,
        ..person(child, Relationship::Friend, false, after)
    };
    let mut study = Study::new(settings());
    study.connections = Table::from_rows(vec![
        later("A", true, Some(true)),
        later("A", true, Some(false)),
        later("A", false, None),
        later("B", true, Some(true)),
        later("B", true, None),
        later("C", true, None),
    ]);
    let estimates = analyse(&study);
    let mean = record(&estimates, "connections.at_12_months#mean");
    assert_eq!(
        (mean.value, mean.denominator, mean.n_missing),
        (Some(1.0), Some(1), Some(2))
    );
}

fn answer(form: &str, respondent: Respondent, statement: &str, answer: Answer) -> Questionnaire {
    Questionnaire {
        response_id: form.into(),
        respondent,
        child_id: None,
        date: None,
        statement: statement.into(),
        answer,
    }
}

#[test]
fn questionnaires_by_statement() {
    use Answer::{No, Rating, Yes};
    use Respondent::{Child, Network};
    let mut study = Study::new(settings());
    study.questionnaires = Table::from_rows(vec![
        answer("1", Child, "plan_clear", Rating(5)),
        answer("2", Child, "plan_clear", Rating(4)),
        answer("3", Child, "plan_clear", Rating(3)),
        answer("3", Child, "glad", Yes),
        answer("4", Child, "glad", No),
        answer("1", Network, "plan_clear", Rating(5)),
    ]);
    let estimates = analyse(&study);
    check(
        &estimates,
        "questionnaire.responses[respondent=child]#count",
        4.0,
    );
    check(
        &estimates,
        "questionnaire.responses[respondent=network]#count",
        1.0,
    );
    let rating = "questionnaire.rating[respondent=child;statement=plan_clear]#mean";
    check(&estimates, rating, 4.0);
    assert_eq!(record(&estimates, rating).n_missing, Some(1));
    let of = |statement: &str| format!("respondent=child;statement={statement}");
    let agree = |statement| format!("questionnaire.agree[{}]#proportion", of(statement));
    let given = |code| {
        format!(
            "questionnaire.answer[{};answer={code}]#count",
            of("plan_clear")
        )
    };
    check_counts(&estimates, &agree("plan_clear"), (2, 3, 1));
    check_counts(&estimates, &agree("glad"), (1, 2, 2));
    check(&estimates, &given("1"), 0.0);
    check(&estimates, &given("agree"), 2.0);
    check(&estimates, &given("not_agree"), 1.0);
    check_absent(&estimates, &given("yes"));
}

fn quarter(year: i16, quarter: u8, conferences: Option<u32>) -> Monitoring {
    Monitoring {
        authority: "Hartwell".to_owned(),
        country: None,
        programme: None,
        quarter: FinancialQuarter::new(year, quarter).unwrap(),
        referrals: None,
        starts: None,
        conferences,
        plans: None,
        reviews: None,
        coordinators_trained: Some(1),
    }
}

#[test]
fn returns_of_the_period_win_over_practice_summaries() {
    let estimates = analyse(&Study {
        monitoring: Table::from_rows(vec![
            quarter(2023, 1, Some(4)),
            quarter(2023, 2, None),
            quarter(2024, 4, Some(2)),
            quarter(2025, 1, Some(90)),
        ]),
        ..study(vec![complete("A")])
    });
    check(&estimates, "reach.conferences#count", 6.0);
    assert_eq!(
        record(&estimates, "reach.conferences#count").note,
        "1 of 3 returns leave it blank"
    );
    check(&estimates, "reach.plans#count", 1.0);
    check(&estimates, "reach.coordinators_trained#count", 3.0);
    assert_eq!(record(&estimates, "reach.referrals#count").value, None);
    check(
        &estimates,
        "monitoring.quarter[kind=conferences;quarter=2023-Q1]#count",
        4.0,
    );
    check_absent(
        &estimates,
        "monitoring.quarter[kind=conferences;quarter=2025-Q1]#count",
    );
    check(
        &estimates,
        "monitoring.quarter[kind=coordinators_trained;quarter=2023-H1]#count",
        2.0,
    );
}

#[test]
fn quality_counts_rows_and_findings() {
    let mut study = study(vec![child("A")]);
    study.children.n_read = 3;
    study.children.n_set_aside = 2;
    study.sdq.n_set_aside = 30;
    let finding = |rule: &'static str, severity| Finding {
        rule: rule.into(),
        severity,
        place: Place::default(),
        child_id: None,
        value: None,
        message: String::new(),
        why: String::new(),
        help: String::new(),
        row_set_aside: true,
    };
    let findings = [
        finding("date-unreadable", Severity::Error),
        finding("date-unreadable", Severity::Error),
        finding("code-unknown", Severity::Warning),
    ];
    let estimates = assess_quality(&study, &findings);
    check(&estimates, "quality.rows_read[table=children]#count", 3.0);
    check(
        &estimates,
        "quality.rows_set_aside[table=children]#count",
        2.0,
    );
    check(&estimates, "quality.findings[severity=error]#count", 2.0);
    check(&estimates, "quality.findings[severity=note]#count", 0.0);
    check(&estimates, "quality.findings[rule=code-unknown]#count", 1.0);
    check_absent(&estimates, "quality.rows_read[table=sdq]#count");
    check(&estimates, "quality.rows_set_aside[table=sdq]#count", 30.0);
    check_absent(&estimates, "quality.rows_set_aside[table=oc2]#count");
    // Three rows, of which two are set aside, tell of one child.
    let read = estimates.structure.cells["rows/children/read"];
    assert_eq!((read.value, read.children), (3, Some(1)));
    assert_eq!(estimates.structure.cells["children"].value, 1);
    let key = Key::new(
        "quality.findings",
        kinfolk_model::Group::of("rule", "none"),
        Statistic::Count,
    );
    assert_eq!(estimates.get(&key), None);
}
