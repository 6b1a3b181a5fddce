//! The SDQ of small studies, computed by hand.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use kinfolk_model::{
    Child, ChildId, Country, Estimate, Estimates, Informant, Oc2, ReliableChange, Sdq, SdqBaseline,
    SdqForm, SdqModelDegrees, SdqReason, SdqVersion, Sex, Study, Table,
};
use kinfolk_outcomes::{SdqWave, analyse, derive};

use super::any_study::{child, questionnaire, settings};

/// A questionnaire so many days after 1 June 2021, from a carer.
fn at(id: &str, days: i64, total: u8) -> Sdq {
    let day = date(2021, 6, 1).checked_add(days.days()).unwrap();
    questionnaire(id, day, total)
}

fn returned(id: &str, year: i16, score: Option<u8>, reason: Option<SdqReason>) -> Oc2 {
    Oc2 {
        answers: Default::default(),
        child_id: ChildId::new(id),
        year,
        date_of_birth: Some(date(2012, 1, 1)),
        sdq_score: score,
        sdq_reason: reason,
        looked_after_12_months: None,
    }
}

fn started(id: &str, start: Date) -> Child {
    Child {
        start_date: Some(start),
        date_of_birth: Some(date(2012, 1, 1)),
        sex: Some(Sex::Male),
        ..child(id)
    }
}

/// A study of children who started on 2 June 2021, with these questionnaires.
fn study(ids: &[&str], rows: Vec<Sdq>) -> Study {
    let children = ids.iter().map(|id| started(id, date(2021, 6, 2)));
    let mut study = Study::new(settings());
    study.children = Table::from_rows(children.collect());
    study.sdq = Table::from_rows(rows);
    study.settings.sdq.reliable_change = Some(ReliableChange {
        sd: 5.8,
        reliability: 0.72,
        source: "made up".to_owned(),
    });
    study
}

#[track_caller]
fn record<'a>(estimates: &'a Estimates, key: &str) -> &'a Estimate {
    let mut records = estimates.records.iter();
    let found = records.find(|record| record.key().to_string() == key);
    assert!(found.is_some(), "no {key}");
    found.unwrap()
}

fn carers(measure: &str, rest: &str) -> String {
    let (group, statistic) = rest.split_once('#').unwrap();
    format!("{measure}[informant=parent_carer;{group}]#{statistic}")
}

#[track_caller]
fn check(estimates: &Estimates, measure: &str, rest: &str, expected: f64) {
    let key = carers(measure, rest);
    let found = record(estimates, &key).value.unwrap();
    assert!(
        (found - expected).abs() < 1e-6 * expected.abs().max(1.0),
        "{key} is {found}, not {expected}"
    );
}

#[track_caller]
fn check_nothing(estimates: &Estimates, measure: &str, rest: &str, note: &str) {
    let found = record(estimates, &carers(measure, rest));
    assert_eq!((found.value, found.note.as_str()), (None, note));
}

const FIRST: [u8; 8] = [20, 17, 25, 14, 9, 30, 16, 22];
const SECOND: [u8; 8] = [17, 18, 19, 14, 11, 24, 12, 21];
const IDS: [&str; 10] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"];

/// Eight pairs a year apart, and two baselines of 28 and 26 alone.
fn ten_children() -> Study {
    let first = IDS.iter().zip(FIRST.into_iter().chain([28, 26]));
    let second = IDS.iter().zip(SECOND);
    let mut rows: Vec<Sdq> = first.map(|(id, total)| at(id, 0, total)).collect();
    rows.extend(second.map(|(id, total)| at(id, 365, total)));
    let mut study = study(&IDS, rows);
    // A year after the baselines has come, two years have not.
    study.settings.period.end = date(2022, 12, 31);
    study
}

#[test]
fn change_of_eight_pairs_with_two_lost() {
    let estimates = analyse(&ten_children());
    let year_1 = |measure, rest: &str, expected| {
        check(
            &estimates,
            measure,
            &format!("wave=year_1;{rest}"),
            expected,
        );
    };
    year_1("sdq.change", "method=paired#difference", -2.125);
    let paired = record(
        &estimates,
        &carers("sdq.change", "wave=year_1;method=paired#difference"),
    );
    assert_eq!((paired.denominator, paired.n_missing), (Some(8), Some(2)));
    assert!((paired.lower.unwrap() + 4.709_045).abs() < 1e-6);
    assert!((paired.upper.unwrap() - 0.459_045).abs() < 1e-6);
    year_1(
        "sdq.change",
        "method=repeated_measures#difference",
        -2.723_616,
    );
    year_1("sdq.change", "method=delta;delta=5#difference", -1.723_616);
    year_1("sdq.change", "size=d_z#effect_size", -0.610_644);
    year_1("sdq.change", "size=d_av#effect_size", -0.334_824);
    year_1("sdq.change", "size=d_pre#effect_size", -0.285_996);
    year_1("sdq.change", "test=paired_t#p_value", 0.092_909_2);
    year_1("sdq.change", "test=wilcoxon#p_value", 0.125);
    // Those with 17 or more: 20, 17, 25, 30 and 22, of whom the changes are -3, 1, -6, -6 and -1.
    year_1("sdq.change", "who=concern_at_baseline#difference", -3.0);
    year_1("sdq.kept", "who=kept#count", 8.0);
    year_1("sdq.kept", "who=lost#count", 2.0);
    year_1("sdq.kept", "who=kept#mean", 153.0 / 8.0);
    year_1("sdq.kept", "who=lost#mean", 27.0);
    check(
        &estimates,
        "sdq.mean",
        "wave=baseline;who=everyone#mean",
        20.7,
    );
    year_1("sdq.mean", "who=everyone#mean", 17.0);
    year_1("sdq.mean", "who=completers#mean", 17.0);
    check(
        &estimates,
        "sdq.mean",
        "wave=baseline;who=completers#mean",
        153.0 / 8.0,
    );
    check(
        &estimates,
        "sdq.mean",
        "wave=baseline;who=completers#standard_deviation",
        6.599_513,
    );
    check(
        &estimates,
        "sdq.completeness",
        "wave=baseline#proportion",
        1.0,
    );
    check(
        &estimates,
        "sdq.completeness",
        "wave=year_1#proportion",
        0.8,
    );
    assert!(
        estimates
            .records
            .iter()
            .all(|r| r.group.get("wave") != Some("year_2"))
    );
}

#[test]
fn the_study_names_the_degrees_of_freedom_of_the_model() {
    let model = |degrees| {
        let mut study = ten_children();
        study.settings.sdq.model_degrees = degrees;
        let rest = "wave=year_1;method=repeated_measures#difference";
        record(&analyse(&study), &carers("sdq.change", rest)).clone()
    };
    let [plain, wider] = [
        SdqModelDegrees::Satterthwaite,
        SdqModelDegrees::KenwardRoger,
    ]
    .map(model);
    assert!(plain.options.ends_with("degrees_of_freedom=Satterthwaite"));
    assert!(wider.options.ends_with("degrees_of_freedom=Kenward-Roger"));
    assert_eq!(plain.value, wider.value);
    let width = |found: &Estimate| found.upper.unwrap() - found.lower.unwrap();
    assert!(width(&wider) > width(&plain), "{wider:?}");
}

#[test]
fn bands_transitions_and_classes_of_eight_pairs() {
    let estimates = analyse(&ten_children());
    let year_1 = |measure, rest: &str, expected| {
        check(
            &estimates,
            measure,
            &format!("wave=year_1;{rest}#count"),
            expected,
        );
    };
    // Baselines of the pairs: high 20 17 25 30 22, borderline 14 16, typical 9.
    year_1("sdq.band", "at=baseline;band=abnormal", 5.0);
    year_1("sdq.band", "at=baseline;band=borderline", 2.0);
    year_1("sdq.band", "at=baseline;band=normal", 1.0);
    // A year later: high 17 18 19 24 21, borderline 14, typical 11 12.
    year_1("sdq.band", "at=wave;band=abnormal", 5.0);
    year_1("sdq.band", "band=normal", 2.0);
    year_1("sdq.band", "band=raised", 6.0);
    check(
        &estimates,
        "sdq.band",
        "wave=baseline;band=abnormal#proportion",
        0.7,
    );
    year_1("sdq.transition", "from=abnormal;to=abnormal", 5.0);
    year_1("sdq.transition", "from=borderline;to=borderline", 1.0);
    year_1("sdq.transition", "from=borderline;to=normal", 1.0);
    year_1("sdq.transition", "from=normal;to=normal", 1.0);
    year_1("sdq.crossing", "crossing=stayed_above", 5.0);
    year_1("sdq.crossing", "crossing=stayed_below", 3.0);
    // Nobody changed by the nine points that a deviation of 5.8 and a reliability of 0.72 ask for.
    year_1("sdq.reliable_change", "class=unchanged", 8.0);
    year_1("sdq.clinical_change", "class=unchanged", 8.0);
    check_nothing(
        &estimates,
        "sdq.transition",
        "wave=year_1;test=mcnemar#p_value",
        "nobody came into the high band or left it",
    );
    // One of one who moved: a chi-square of 1 with one degree of freedom.
    check(
        &estimates,
        "sdq.transition",
        "wave=year_1;test=stuart_maxwell#p_value",
        0.317_310_5,
    );
}

#[test]
fn reliable_classes_cross_the_cut_off_or_not() {
    let scores = [(20, 10), (30, 20), (18, 14), (5, 14), (12, 22), (17, 17)];
    let rows = IDS
        .iter()
        .zip(scores)
        .flat_map(|(id, (first, later))| [at(id, 0, first), at(id, 370, later)]);
    let estimates = analyse(&study(&IDS[..6], rows.collect()));
    let year_1 = |measure, rest: &str, expected| {
        check(
            &estimates,
            measure,
            &format!("wave=year_1;{rest}#count"),
            expected,
        );
    };
    year_1("sdq.reliable_change", "class=improved", 2.0);
    year_1("sdq.reliable_change", "class=unchanged", 2.0);
    year_1("sdq.reliable_change", "class=deteriorated", 2.0);
    year_1("sdq.clinical_change", "class=recovered", 1.0);
    year_1("sdq.clinical_change", "class=improved", 1.0);
    year_1("sdq.clinical_change", "class=deteriorated", 1.0);
    year_1("sdq.clinical_change", "class=harmed", 1.0);
    year_1("sdq.crossing", "crossing=below", 2.0);
    year_1("sdq.crossing", "crossing=above", 1.0);
    let key = carers(
        "sdq.reliable_change",
        "wave=year_1;class=improved#proportion",
    );
    assert_eq!(
        record(&estimates, &key).options,
        "sd=5.8;reliability=0.72;smallest_change=9"
    );
}

#[test]
fn without_a_named_reliability_nobody_is_classed() {
    let mut study = ten_children();
    study.settings.sdq.reliable_change = None;
    let estimates = analyse(&study);
    let note = "the study names no standard deviation and reliability of the SDQ";
    check_nothing(&estimates, "sdq.reliable_change", "wave=year_1#count", note);
    check_nothing(&estimates, "sdq.clinical_change", "wave=year_1#count", note);
    let note = "the study names no reliability of the SDQ";
    let rest = "wave=year_1;who=concern_at_baseline#difference";
    check_nothing(&estimates, "sdq.regression_to_mean", rest, note);
}

#[test]
fn regression_to_the_mean_of_the_pairs() {
    // Pairs of 8: mean 19.125, deviation 6.599513; k = (16.5 - mean) / deviation = -0.397757;
    // density 0.368605 over the upper tail 0.654597, times the deviation times 0.28.
    let estimates = analyse(&ten_children());
    let rest = "wave=year_1;who=concern_at_baseline#difference";
    let found = record(&estimates, &carers("sdq.regression_to_mean", rest));
    assert!((found.value.unwrap() + 1.040_5).abs() < 1e-3, "{found:?}");
    assert_eq!(found.options, "cut_off=17;reliability=0.72");
}

#[test]
fn the_baseline_follows_the_rule_that_the_study_names() {
    let check = |rule, expected: Option<u8>| {
        let mut study = study(
            &["A"],
            vec![at("A", -400, 10), at("A", -30, 11), at("A", 20, 12)],
        );
        study.settings.sdq.baseline = rule;
        let facts = derive(&study);
        let series = facts.children[0].sdq.of(Informant::ParentCarer).unwrap();
        assert_eq!(
            series.baseline.as_ref().map(|o| o.total),
            expected,
            "{rule:?}"
        );
    };
    check(SdqBaseline::LastBeforeStart, Some(11));
    check(SdqBaseline::NearestStart, Some(12));
    check(SdqBaseline::First, Some(10));
}

#[test]
fn without_a_start_only_the_first_can_be_a_baseline() {
    let mut study = ten_children();
    study
        .children
        .rows
        .iter_mut()
        .for_each(|row| row.start_date = None);
    let estimates = analyse(&study);
    check(
        &estimates,
        "sdq.completeness",
        "wave=baseline#proportion",
        0.0,
    );
    check_nothing(
        &estimates,
        "sdq.mean",
        "wave=baseline;who=everyone#mean",
        "there are no values",
    );
    study.settings.sdq.baseline = SdqBaseline::First;
    let estimates = analyse(&study);
    check(
        &estimates,
        "sdq.completeness",
        "wave=baseline#proportion",
        1.0,
    );
    check(
        &estimates,
        "sdq.change",
        "wave=year_1;method=paired#difference",
        -2.125,
    );
}

#[test]
fn returns_fill_years_without_a_carers_questionnaire() {
    let mut study = study(&["A"], vec![at("A", 0, 20), at("A", 380, 18)]);
    study.oc2 = Table::from_rows(vec![
        returned("A", 2022, Some(30), None),
        returned("A", 2023, Some(31), None),
        returned("A", 2024, Some(10), None),
        returned("A", 2026, Some(1), None),
        returned("of another service", 2024, Some(2), None),
    ]);
    let facts = derive(&study);
    assert_eq!(facts.children.len(), 1);
    let series = facts.children[0].sdq.of(Informant::ParentCarer).unwrap();
    let totals = SdqWave::ALL.map(|wave| series.at(wave).map(|o| (o.total, o.is_return)));
    // The baseline and year 1 lie in the collection years 2022 and 2023; 31 March 2024 is 1034 days on.
    let expected = [
        Some((20, false)),
        Some((18, false)),
        None,
        Some((10, true)),
        None,
        None,
    ];
    assert_eq!(totals, expected);
}

#[test]
fn nobody_is_due_before_the_day_of_the_wave() {
    let mut study = ten_children();
    // The second questionnaires are there, but a year after the baselines has not come.
    study.settings.period.end = date(2022, 5, 31);
    for row in &mut study.sdq.rows {
        if row.date > date(2022, 1, 1) {
            row.date = date(2022, 5, 20);
        }
    }
    let estimates = analyse(&study);
    assert!(
        estimates
            .records
            .iter()
            .all(|r| r.group.get("wave") != Some("year_1"))
    );
    study.settings.period.end = date(2022, 6, 1);
    check(
        &analyse(&study),
        "sdq.completeness",
        "wave=year_1#proportion",
        0.8,
    );
}

#[test]
fn another_form_is_no_pair() {
    let mut study = ten_children();
    study.sdq.rows[0].version = Some(SdqVersion::First);
    study.sdq.rows[10].version = Some(SdqVersion::FollowUp);
    study.sdq.rows[1].form = Some(SdqForm::Ages2To4);
    let estimates = analyse(&study);
    let key = carers("sdq.change", "wave=year_1;method=paired#difference");
    let found = record(&estimates, &key);
    assert_eq!((found.denominator, found.n_missing), (Some(6), Some(4)));
    // Without -3 and 1, the changes are -6, 0, 2, -6, -4 and -1.
    assert_eq!(found.value, Some(-2.5));
    let left_out = |rest: &str, expected| check(&estimates, "sdq.left_out", rest, expected);
    left_out("wave=year_1#count", 2.0);
    left_out("wave=year_1;reason=other_form#count", 1.0);
    left_out("wave=year_1;reason=other_version#count", 1.0);
    check(
        &estimates,
        "sdq.completeness",
        "wave=year_1#proportion",
        0.8,
    );
}

#[test]
fn a_version_that_is_not_recorded_is_not_left_out() {
    let mut study = ten_children();
    study.sdq.rows[0].version = Some(SdqVersion::First);
    let estimates = analyse(&study);
    for rest in [
        "wave=year_1#count",
        "wave=year_1;reason=other_form#count",
        "wave=year_1;reason=other_version#count",
    ] {
        check(&estimates, "sdq.left_out", rest, 0.0);
    }
}

#[test]
fn informants_are_never_pooled() {
    let of_teacher = |row: Sdq| Sdq {
        informant: Informant::Teacher,
        ..row
    };
    let mut study = ten_children();
    study.sdq.rows.push(of_teacher(at("A", 0, 4)));
    study.sdq.rows.push(of_teacher(at("A", 365, 8)));
    let estimates = analyse(&study);
    check(
        &estimates,
        "sdq.change",
        "wave=year_1;method=paired#difference",
        -2.125,
    );
    let key = "sdq.change[informant=teacher;wave=year_1;method=paired]#difference";
    assert_eq!(record(&estimates, key).value, Some(4.0));
    let key = "sdq.completeness[informant=teacher;wave=baseline]#proportion";
    assert_eq!(record(&estimates, key).value, Some(0.1));
}

#[test]
fn no_scores_one_score_and_equal_scores() {
    let none = analyse(&study(&["A"], vec![at("A", 900, 3)]));
    check(&none, "sdq.completeness", "wave=baseline#proportion", 0.0);
    let one = analyse(&study(&["A"], vec![at("A", 0, 3), at("A", 365, 5)]));
    check(
        &one,
        "sdq.change",
        "wave=year_1;method=paired#difference",
        2.0,
    );
    check_nothing(
        &one,
        "sdq.change",
        "wave=year_1;test=paired_t#p_value",
        "changes without spread say nothing of chance",
    );
    check_nothing(
        &one,
        "sdq.change",
        "wave=year_1;method=repeated_measures#difference",
        "fewer than three children have both scores",
    );
    let rows = IDS.iter().flat_map(|id| [at(id, 0, 15), at(id, 365, 15)]);
    let equal = analyse(&study(&IDS, rows.collect()));
    check(
        &equal,
        "sdq.change",
        "wave=year_1;method=paired#difference",
        0.0,
    );
    check_nothing(
        &equal,
        "sdq.change",
        "wave=year_1;method=repeated_measures#difference",
        "the scores are too few, or too much alike, for the model",
    );
    check_nothing(
        &equal,
        "sdq.regression_to_mean",
        "wave=year_1;who=concern_at_baseline#difference",
        "baselines without spread have no expected change",
    );
}

#[test]
fn a_wave_without_scores_gives_that_as_the_reason() {
    let study = study(&["A", "B"], vec![at("A", -10, 12), at("B", -5, 9)]);
    let estimates = analyse(&study);
    for (measure, rest) in [
        ("sdq.change", "wave=year_1;method=paired#difference"),
        ("sdq.change", "wave=year_1;size=d_av#effect_size"),
        ("sdq.change", "wave=year_1;test=paired_t#p_value"),
        ("sdq.change", "wave=year_1;test=wilcoxon#p_value"),
        ("sdq.national", "wave=year_1;mix=england#mean"),
        ("sdq.national", "wave=year_1;mix=same_age_and_sex#mean"),
    ] {
        check_nothing(&estimates, measure, rest, "there are no values");
    }
}

#[test]
fn a_table_without_scores_says_so() {
    let mut study = study(&["A", "B"], Vec::new());
    study.oc2 = Table::from_rows(vec![returned("A", 2022, None, Some(SdqReason::Disability))]);
    let estimates = analyse(&study);
    check(
        &estimates,
        "sdq.completeness",
        "wave=baseline#proportion",
        0.0,
    );
    let facts = derive(&study);
    assert_eq!(
        facts.children[0].sdq.reasons[0],
        Some(SdqReason::Disability)
    );
    assert_eq!(facts.children[1].sdq.reasons[0], None);
    check(
        &estimates,
        "sdq.missing",
        "wave=baseline;reason=SDQ3#count",
        1.0,
    );
    check(
        &estimates,
        "sdq.missing",
        "wave=baseline;reason=none_given#count",
        1.0,
    );
}

#[test]
fn england_stands_beside_carers_scores_only_in_england() {
    let mut study = ten_children();
    let estimates = analyse(&study);
    // 1 June 2021 is in the collection year 2022; boys born on 1 January 2012 are 9, and 10 later.
    check(
        &estimates,
        "sdq.national",
        "wave=baseline;mix=england#mean",
        13.8,
    );
    check(
        &estimates,
        "sdq.national",
        "wave=year_1;mix=england#mean",
        14.4,
    );
    check(
        &estimates,
        "sdq.national",
        "wave=baseline;mix=same_age_and_sex#mean",
        15.8,
    );
    check(
        &estimates,
        "sdq.national",
        "wave=year_1;mix=same_age_and_sex#mean",
        15.7,
    );
    study.settings.country = Country::Wales;
    let note = "no figures of this kind are published for Scotland and Wales";
    let rest = "wave=baseline;mix=england#mean";
    check_nothing(&analyse(&study), "sdq.national", rest, note);
}

#[test]
fn an_added_value_score_needs_impact_and_the_follow_up_form() {
    let note = "the two are not four to eight months apart";
    let estimates = analyse(&ten_children());
    check_nothing(&estimates, "sdq.added_value", "wave=year_1#mean", note);
}
