//! The studies that tests draw, and everything that is drawn of each.

use kinfolk_charts::{
    Figure, KeyRow, Svg, cover_art, draw_authorities, draw_care_definitions, draw_care_first_years,
    draw_care_funnel, draw_care_moves, draw_care_series, draw_choices, draw_circles,
    draw_completeness, draw_connections, draw_endings, draw_flow, draw_hazards, draw_key_figures,
    draw_love_plot, draw_objectives, draw_outcomes, draw_overlap, draw_ratings, draw_sdq_bands,
    draw_sdq_completeness, draw_sdq_means, draw_sdq_reliable_change, draw_survival,
    draw_value_break_even, draw_value_ledger, draw_value_probability, draw_value_tornado,
    key_figure_plot, mark_before, mark_benchmark, mark_programme, mark_withheld,
};
use kinfolk_disclosure::Release;
use kinfolk_model::{Code, Group, PublishedMeasure, Statistic};

use crate::samples::{
    CIRCLE, KINDS, PEOPLE, Sample, add_circle, add_connections, add_coverage, add_flow, add_joined,
    add_objectives, add_outcomes, add_ratings, full, withhold_objectives,
};
use crate::{care_samples, comparison_samples, sdq_samples, value_samples};

/// Every study by name.
pub(crate) fn all() -> Vec<(&'static str, Release)> {
    vec![
        ("full", full()),
        ("small", small()),
        ("tiny", tiny()),
        ("joined", joined()),
        ("withheld", withheld()),
        ("partly", partly()),
        ("sdq", sdq_samples::several_years()),
        ("sdq-small", sdq_samples::small()),
        ("sdq-one-wave", sdq_samples::one_wave()),
        ("sdq-one-child", sdq_samples::one_child()),
        ("sdq-withheld", sdq_samples::withheld()),
        ("sdq-pooled", sdq_samples::pooled()),
        ("sdq-joined-once", sdq_samples::joined_once()),
        ("sdq-extreme", sdq_samples::extreme()),
        ("value", value_samples::hartwell()),
        ("value-withheld", value_samples::withheld()),
        ("value-certain", value_samples::certain()),
        ("value-extreme", value_samples::extreme()),
        ("care", care_samples::hartwell()),
        ("care-small", care_samples::small()),
        ("care-withheld", care_samples::withheld()),
        ("comparison", comparison_samples::hartwell()),
        ("comparison-coarse", comparison_samples::coarse()),
        ("extreme", extreme()),
    ]
}

/// About fifteen children: counts, no percentages.
fn small() -> Release {
    let mut sample = Sample::new();
    add_objectives(
        &mut sample,
        &[("mother", "Mother", 8, 0, 3), ("father", "Father", 4, 1, 2)],
    );
    add_connections(&mut sample, &PEOPLE, 15);
    add_circle(&mut sample, &CIRCLE, 15);
    add_ratings(&mut sample, "child", &[("plan_clear", [0, 0, 0, 3, 11])]);
    add_outcomes(&mut sample, 1);
    sample.release()
}

/// Fewer than ten of everything.
fn tiny() -> Release {
    let mut sample = Sample::new();
    sample.rows(
        "reach.flow",
        &[("referred", "Referred"), ("started", "Started")],
    );
    sample.count("reach.flow", "step=referred", 7);
    sample.count("reach.flow", "step=started", 7);
    add_objectives(&mut sample, &[("mother", "Mother", 6, 0, 0)]);
    add_connections(&mut sample, &PEOPLE, 7);
    sample.share("outcomes.identity_belonging", "", 6, 7);
    sample.release()
}

/// Answers joined with their neighbours, people without their ways of contact, steps joined.
fn joined() -> Release {
    let mut sample = Sample::new();
    sample.rows(
        "reach.flow",
        &[
            ("referred", "Referred"),
            ("started", "Started"),
            ("conference_to_plan", "Conference held and plan made"),
            ("review_to_followed_up", "Reviewed and followed for a year"),
        ],
    );
    for (step, n, lost) in [
        ("referred", 58, 0),
        ("started", 52, 6),
        ("conference_to_plan", 43, 9),
        ("review_to_followed_up", 20, 23),
    ] {
        sample.count("reach.flow", &format!("step={step}"), n);
        sample.count("reach.flow_loss", &format!("step={step}"), lost);
    }
    sample.count("reach.flow_loss", "step=started;reason=adopted", 6);
    sample.count(
        "reach.flow_loss",
        "step=conference_to_plan;reason=not_yet",
        9,
    );
    sample.withhold(
        "reach.flow_loss",
        "step=conference_to_plan;reason=not_yet",
        Statistic::Count,
    );
    add_joined(
        &mut sample,
        "child",
        "kept_informed",
        &[("disagree", 0), ("3", 0), ("agree", 25)],
    );
    add_joined(
        &mut sample,
        "child",
        "plan_clear",
        &[("not_agree", 6), ("agree", 19)],
    );
    add_joined(
        &mut sample,
        "network",
        "good_idea",
        &[("1", 7), ("2", 9), ("3", 8), ("agree", 160)],
    );
    let circle: Vec<_> = CIRCLE.into_iter().collect();
    add_circle(&mut sample, &circle, 40);
    sample.withhold(
        "connections.circle",
        "when=start;sector=friends;contact=indirect",
        Statistic::Mean,
    );
    sample.release()
}

/// Whole figures withheld.
fn withheld() -> Release {
    let mut sample = Sample::new();
    add_objectives(&mut sample, &KINDS);
    for kind in KINDS {
        withhold_objectives(&mut sample, kind.0);
    }
    sample.withhold("objectives.met", "", Statistic::Proportion);
    add_connections(&mut sample, &PEOPLE, 40);
    for kind in PEOPLE {
        let part = format!("kind={}", kind.0);
        sample.withhold("connections.before", &part, Statistic::Mean);
        sample.withhold("connections.after", &part, Statistic::Mean);
        sample.withhold("connections.change", &part, Statistic::Difference);
    }
    sample.withhold("connections.before", "", Statistic::Mean);
    sample.withhold("connections.change", "", Statistic::Difference);
    add_circle(&mut sample, &CIRCLE, 40);
    sample.withhold("connections.circle", "when=start", Statistic::Mean);
    add_ratings(
        &mut sample,
        "carer",
        &[
            ("plan_clear", [0, 0, 4, 13, 21]),
            ("glad", [0, 0, 0, 18, 20]),
        ],
    );
    sample.withhold(
        "questionnaire.agree",
        "respondent=carer;statement=plan_clear",
        Statistic::Proportion,
    );
    add_outcomes(&mut sample, 3);
    sample.withhold("outcomes.identity_belonging", "", Statistic::Proportion);
    add_coverage(&mut sample);
    sample.withhold("coverage.record", "record=outcomes", Statistic::Proportion);
    sample.release()
}

/// Parts withheld: a step, the rest of a split, the sectors of the circle, a share among dots.
fn partly() -> Release {
    let mut sample = Sample::new();
    add_flow(&mut sample);
    sample.withhold("reach.flow", "step=review", Statistic::Count);
    sample.withhold("reach.flow_loss", "step=review", Statistic::Count);
    sample.withhold(
        "reach.flow_loss",
        "step=review;reason=not_yet",
        Statistic::Count,
    );
    add_objectives(&mut sample, &KINDS);
    for result in ["partly", "not_met"] {
        let part = format!("category=wider_family;result={result}");
        sample.withhold("objectives.status", &part, Statistic::Count);
    }
    withhold_objectives(&mut sample, "father");
    sample.withhold("objectives.set", "category=father", Statistic::Count);
    add_connections(&mut sample, &PEOPLE[..3], 31);
    add_circle(&mut sample, &CIRCLE, 31);
    sample.withhold(
        "connections.circle",
        "when=after;sector=professionals",
        Statistic::Mean,
    );
    add_joined(
        &mut sample,
        "child",
        "glad",
        &[("disagree", 6), ("3", 8), ("4", 9), ("5", 30)],
    );
    add_ratings(&mut sample, "child", &[("plan_clear", [0, 0, 8, 13, 21])]);
    add_outcomes(&mut sample, 2);
    sample.release()
}

/// Long labels, nothing, everything, and very many.
fn extreme() -> Release {
    let mut sample = Sample::new();
    sample.place(
        "The combined authorities of Bath and North East Somerset, Rhondda Cynon Taf & <Wrexham>",
    );
    sample.statement(
        "own",
        "Those who came to the conference told me what they would do, when they would do it and whom I could ask if they did not",
    );
    add_flow(&mut sample);
    add_objectives(
        &mut sample,
        &[
            (
                "wider_family",
                "Aunts, uncles, cousins, grandparents and everyone else who is related in some way",
                1_234_567,
                0,
                0,
            ),
            (
                "siblings",
                "Llanfairpwllgwyngyllgogerychwyrndrobwll",
                0,
                0,
                400_000,
            ),
            ("father", "Father", 30, 0, 0),
            ("mother", "Mother", 0, 25, 0),
            ("friends", "Friends", 0, 0, 0),
        ],
    );
    add_connections(
        &mut sample,
        &[
            ("parents", "Parents", 0.0, 0.0),
            (
                "siblings",
                "Brothers and sisters, whether they share one parent or both",
                3.0,
                3.05,
            ),
            ("friends", "Friends", 12.4, 2.1),
            ("carers", "Carers", 0.0, 140.0),
        ],
        20,
    );
    add_circle(
        &mut sample,
        &[
            ("family", [4.0, 12.0, 30.0], [30.0, 30.0, 30.0]),
            ("friends", [9.0, 0.0, 0.0], [9.0, 9.0, 9.0]),
            ("carers", [0.0, 0.0, 0.0], [7.0, 0.0, 0.0]),
            ("professionals", [0.0, 0.0, 0.0], [0.0, 0.0, 25.0]),
        ],
        1_000,
    );
    add_ratings(
        &mut sample,
        "child",
        &[
            ("own", [0, 0, 0, 0, 1_200_000]),
            ("glad", [400, 400, 400, 0, 0]),
            ("plan_clear", [0, 0, 90, 10, 10]),
        ],
    );
    add_ratings(&mut sample, "social_worker", &[("glad", [0, 0, 0, 8, 4])]);
    for (name, n) in [
        ("relationship_repaired", 0),
        ("new_direct_contact", 1_000_000),
    ] {
        sample.share(&format!("outcomes.{name}"), "", n, 1_000_000);
    }
    sample.release()
}

/// Every figure of a study.
pub(crate) fn figures(release: &Release) -> Vec<Figure> {
    [
        draw_key_figures(release, &key_rows(release)),
        draw_flow(release),
        draw_objectives(release),
        draw_outcomes(release),
        draw_connections(release),
        draw_circles(release),
        draw_ratings(release),
        draw_sdq_completeness(release),
        draw_sdq_means(release),
        draw_sdq_bands(release),
        draw_sdq_reliable_change(release),
        draw_value_ledger(release),
        draw_value_probability(release),
        draw_value_tornado(release),
        draw_value_break_even(release),
        draw_completeness(release),
        draw_care_moves(release),
        draw_care_first_years(release),
        draw_care_definitions(release),
        draw_love_plot(release),
        draw_overlap(release),
        draw_choices(release),
        draw_authorities(release),
        draw_hazards(release),
        draw_survival(release),
        draw_endings(release),
    ]
    .into_iter()
    .chain(PublishedMeasure::ALL.iter().flat_map(|measure| {
        [
            draw_care_funnel(release, *measure),
            draw_care_series(release, *measure),
        ]
    }))
    .flatten()
    .collect()
}

/// Key figures that the study has.
pub(crate) fn key_rows(release: &Release) -> Vec<KeyRow<'_>> {
    [
        (
            "connections.change",
            Statistic::Difference,
            "More people around each child",
            "92 of 98 children",
        ),
        (
            "objectives.met",
            Statistic::Proportion,
            "Objectives met",
            "198 of 251 objectives",
        ),
        (
            "outcomes.identity_belonging",
            Statistic::Proportion,
            "Stronger identity and belonging",
            "60 of 78 children",
        ),
        (
            "connections.after",
            Statistic::Mean,
            "People around a child after",
            "92 children",
        ),
        (
            "objectives.children",
            Statistic::Count,
            "Children who set objectives",
            "of 98 who started",
        ),
    ]
    .into_iter()
    .filter_map(|(measure, statistic, label, base)| {
        Some(KeyRow {
            label: label.to_owned(),
            base: base.to_owned(),
            figure: release.get(measure, &Group::all(), statistic)?,
            benchmark: release.compared(measure, &Group::all(), statistic),
        })
    })
    .collect()
}

/// Every small picture of a study.
pub(crate) fn pictures(release: &Release) -> Vec<(String, Svg)> {
    let plots = key_rows(release).into_iter().filter_map(|row| {
        let plot = key_figure_plot(row.figure, row.benchmark)?;
        Some((
            format!("plot-{}", row.figure.measure().replace('.', "-")),
            plot,
        ))
    });
    let cover = cover_art(release).map(|cover| ("cover".to_owned(), cover));
    let marks = [
        ("mark-programme", mark_programme()),
        ("mark-before", mark_before()),
        ("mark-benchmark", mark_benchmark()),
        ("mark-withheld", mark_withheld()),
    ];
    plots
        .chain(cover)
        .chain(marks.map(|(name, mark)| (name.to_owned(), mark)))
        .collect()
}
