//! Made-up studies of the SDQ, released.

use kinfolk_disclosure::Release;
use kinfolk_model::{Estimate, Statistic, Unit};

use crate::samples::{Sample, blank, share};

/// A mean of totals, or a difference between two, with its interval and number of children.
fn points(measure: &str, part: &str, statistic: Statistic, values: [f64; 3], n: u64) -> Estimate {
    let [value, low, high] = values;
    Estimate {
        value: Some(value),
        lower: Some(low),
        upper: Some(high),
        level: Some(0.95),
        denominator: Some(n),
        ..blank(measure, part, statistic, Unit::Points)
    }
}

/// One wave: code, children with a score, children due, mean, half the width of its interval.
type Wave<'a> = (&'a str, u64, u64, f64, f64);

/// Completeness and means of everyone, with a paired change at each later wave.
pub(crate) fn add_waves(sample: &mut Sample, informant: &str, waves: &[Wave<'_>]) {
    let first = waves.first().map_or(0.0, |wave| wave.3);
    for (wave, n, due, mean, half) in waves {
        let part = format!("informant={informant};wave={wave}");
        sample.share("sdq.completeness", &part, *n, *due);
        let everyone = format!("{part};who=everyone");
        let ends = [*mean, mean - half, mean + half];
        sample.push(points("sdq.mean", &everyone, Statistic::Mean, ends, *n));
        if *wave != "baseline" {
            let paired = format!("{part};method=paired");
            let change = mean - first;
            let ends = [change, change - half, change + half];
            sample.push(points(
                "sdq.change",
                &paired,
                Statistic::Difference,
                ends,
                *n,
            ));
        }
    }
}

/// The means of children with a score at every wave, and those of England beside them.
pub(crate) fn add_completers(sample: &mut Sample, means: &[(&str, f64, f64)], n: u64) {
    for (wave, mean, half) in means {
        let part = format!("informant=parent_carer;wave={wave};who=completers");
        let ends = [*mean, mean - half, mean + half];
        sample.push(points("sdq.mean", &part, Statistic::Mean, ends, n));
    }
}

pub(crate) fn add_england(sample: &mut Sample, mix: &str, means: &[(&str, f64)]) {
    for (wave, mean) in means {
        let part = format!("informant=parent_carer;wave={wave};mix={mix}");
        sample.push(Estimate {
            value: Some(*mean),
            ..blank("sdq.national", &part, Statistic::Mean, Unit::Points)
        });
    }
}

/// Bands of the same children, at the baseline and at the wave.
pub(crate) fn add_bands(sample: &mut Sample, wave: &str, at: &str, bands: &[(&str, u64)]) {
    let n = bands.iter().map(|(_, n)| n).sum();
    for (band, count) in bands {
        let part = format!("informant=parent_carer;wave={wave};at={at};band={band}");
        sample.share("sdq.band", &part, *count, n);
    }
}

pub(crate) fn add_crossing(sample: &mut Sample, wave: &str, below: u64, above: u64) {
    for (crossing, n) in [("below", below), ("above", above)] {
        let part = format!("informant=parent_carer;wave={wave};crossing={crossing}");
        sample.count("sdq.crossing", &part, n);
    }
}

pub(crate) fn add_classes(sample: &mut Sample, wave: &str, classes: &[(&str, u64)]) {
    let n = classes.iter().map(|(_, n)| n).sum();
    for (class, count) in classes {
        let part = format!("informant=parent_carer;wave={wave};class={class}");
        sample.push(Estimate {
            options: "sd=5.8;reliability=0.72;smallest_change=9".to_owned(),
            ..share("sdq.reliable_change", &part, *count, n)
        });
    }
}

fn compare_classes(sample: &mut Sample, wave: &str, classes: &[(&str, u64)], n: u64) {
    for (class, count) in classes {
        let part = format!("informant=parent_carer;wave={wave};class={class}");
        sample.compare_share("sdq.reliable_change", &part, *count, n);
    }
}

/// Four waves of carers, with fewer children each year; three of young people, two of teachers.
pub(crate) fn several_years() -> Release {
    let mut sample = Sample::new();
    sample.reliable_change(5.8, 0.72);
    add_waves(
        &mut sample,
        "parent_carer",
        &[
            ("baseline", 88, 98, 16.8, 1.3),
            ("year_1", 61, 84, 15.4, 1.5),
            ("year_2", 40, 66, 14.7, 1.9),
            ("year_3", 24, 45, 14.2, 2.4),
        ],
    );
    add_waves(
        &mut sample,
        "teacher",
        &[
            ("baseline", 31, 98, 13.9, 2.1),
            ("year_1", 22, 84, 13.1, 2.4),
        ],
    );
    add_waves(
        &mut sample,
        "self",
        &[
            ("baseline", 44, 98, 15.6, 1.7),
            ("year_1", 33, 84, 14.6, 1.9),
            ("year_2", 14, 66, 14.1, 2.9),
        ],
    );
    add_completers(
        &mut sample,
        &[
            ("baseline", 17.6, 2.5),
            ("year_1", 16.0, 2.5),
            ("year_2", 15.1, 2.4),
            ("year_3", 14.4, 2.5),
        ],
        22,
    );
    add_england(
        &mut sample,
        "same_age_and_sex",
        &[
            ("baseline", 14.6),
            ("year_1", 14.7),
            ("year_2", 14.8),
            ("year_3", 14.9),
        ],
    );
    add_bands(
        &mut sample,
        "year_3",
        "baseline",
        &[("normal", 7), ("borderline", 4), ("abnormal", 13)],
    );
    add_bands(
        &mut sample,
        "year_3",
        "wave",
        &[("normal", 11), ("borderline", 3), ("abnormal", 10)],
    );
    add_crossing(&mut sample, "year_3", 9, 6);
    for (from, to, n) in [
        ("normal", "normal", 6),
        ("normal", "abnormal", 1),
        ("abnormal", "abnormal", 7),
    ] {
        let part = format!("informant=parent_carer;wave=year_3;from={from};to={to}");
        sample.count("sdq.transition", &part, n);
    }
    let classes = [("deteriorated", 2), ("unchanged", 15), ("improved", 7)];
    add_classes(&mut sample, "year_3", &classes);
    let all = [("deteriorated", 99), ("unchanged", 744), ("improved", 397)];
    compare_classes(&mut sample, "year_3", &all, 1_240);
    sample.compare_share(
        "sdq.completeness",
        "informant=parent_carer;wave=baseline",
        84,
        100,
    );
    sample.release()
}

/// Fourteen children: counts, no percentages.
pub(crate) fn small() -> Release {
    let mut sample = Sample::new();
    sample.reliable_change(5.8, 0.82);
    add_waves(
        &mut sample,
        "parent_carer",
        &[
            ("baseline", 16, 18, 17.4, 3.4),
            ("year_1", 14, 17, 16.9, 3.6),
        ],
    );
    add_bands(
        &mut sample,
        "year_1",
        "baseline",
        &[("normal", 0), ("borderline", 6), ("abnormal", 8)],
    );
    add_bands(
        &mut sample,
        "year_1",
        "wave",
        &[("normal", 6), ("borderline", 2), ("abnormal", 6)],
    );
    add_crossing(&mut sample, "year_1", 2, 0);
    let classes = [("deteriorated", 0), ("unchanged", 8), ("improved", 6)];
    add_classes(&mut sample, "year_1", &classes);
    sample.release()
}

/// Scores at the start only, of teachers.
pub(crate) fn one_wave() -> Release {
    let mut sample = Sample::new();
    add_waves(&mut sample, "teacher", &[("baseline", 42, 60, 14.0, 1.2)]);
    add_england(&mut sample, "england", &[("baseline", 14.9)]);
    sample.release()
}

/// One child with two scores.
pub(crate) fn one_child() -> Release {
    let mut sample = Sample::new();
    sample.reliable_change(5.8, 0.72);
    add_waves(
        &mut sample,
        "parent_carer",
        &[("baseline", 1, 1, 21.0, 0.0), ("year_1", 1, 1, 12.0, 0.0)],
    );
    add_bands(
        &mut sample,
        "year_1",
        "baseline",
        &[("normal", 0), ("abnormal", 1)],
    );
    add_bands(
        &mut sample,
        "year_1",
        "wave",
        &[("normal", 1), ("abnormal", 0)],
    );
    add_classes(&mut sample, "year_1", &[("unchanged", 0), ("improved", 1)]);
    sample.release()
}

/// Parts withheld everywhere: a wave, a mean, two bands, two classes.
pub(crate) fn withheld() -> Release {
    let mut sample = Sample::new();
    sample.reliable_change(5.8, 0.72);
    add_waves(
        &mut sample,
        "parent_carer",
        &[
            ("baseline", 50, 58, 16.2, 1.6),
            ("year_1", 41, 49, 15.0, 1.8),
            ("year_2", 12, 36, 14.1, 3.1),
        ],
    );
    add_england(
        &mut sample,
        "same_age_and_sex",
        &[("baseline", 14.7), ("year_1", 14.9)],
    );
    let last = "informant=parent_carer;wave=year_2";
    sample.withhold("sdq.completeness", last, Statistic::Proportion);
    let everyone = format!("{last};who=everyone");
    sample.withhold("sdq.mean", &everyone, Statistic::Mean);
    let paired = format!("{last};method=paired");
    sample.withhold("sdq.change", &paired, Statistic::Difference);
    let bands = [("normal", 14), ("borderline", 3), ("abnormal", 24)];
    add_bands(&mut sample, "year_1", "baseline", &bands);
    let bands = [("normal", 17), ("borderline", 7), ("abnormal", 17)];
    add_bands(&mut sample, "year_1", "wave", &bands);
    for band in ["normal", "borderline"] {
        let part = format!("informant=parent_carer;wave=year_1;at=baseline;band={band}");
        sample.withhold("sdq.band", &part, Statistic::Proportion);
    }
    add_crossing(&mut sample, "year_1", 10, 3);
    for crossing in ["below", "above"] {
        let part = format!("informant=parent_carer;wave=year_1;crossing={crossing}");
        sample.withhold("sdq.crossing", &part, Statistic::Count);
    }
    let classes = [("deteriorated", 2), ("unchanged", 29), ("improved", 10)];
    add_classes(&mut sample, "year_1", &classes);
    for class in ["deteriorated", "unchanged"] {
        let part = format!("informant=parent_carer;wave=year_1;class={class}");
        sample.withhold("sdq.reliable_change", &part, Statistic::Proportion);
    }
    sample.release()
}

/// Bands and classes joined with their neighbours.
pub(crate) fn pooled() -> Release {
    let mut sample = Sample::new();
    sample.reliable_change(5.8, 0.72);
    add_bands(
        &mut sample,
        "year_1",
        "baseline",
        &[("normal", 12), ("raised", 19)],
    );
    add_bands(
        &mut sample,
        "year_1",
        "wave",
        &[("normal", 12), ("raised", 19)],
    );
    add_classes(
        &mut sample,
        "year_1",
        &[("not_improved", 24), ("improved", 7)],
    );
    sample.release()
}

/// Bands joined at the start only, and a band that was left out later.
pub(crate) fn joined_once() -> Release {
    let mut sample = Sample::new();
    let start = [("not_abnormal", 16), ("abnormal", 22)];
    add_bands(&mut sample, "year_1", "baseline", &start);
    let later = [("normal", 14), ("borderline", 8), ("abnormal", 16)];
    add_bands(&mut sample, "year_1", "wave", &later);
    add_crossing(&mut sample, "year_1", 6, 0);
    add_bands(&mut sample, "year_2", "baseline", &start);
    sample.release()
}

/// Six waves, the ends of the scale, wide intervals, a rise, very many children and long names.
pub(crate) fn extreme() -> Release {
    let mut sample = Sample::new();
    sample.place(
        "The combined authorities of Bath and North East Somerset, Rhondda Cynon Taf & <Wrexham>",
    );
    sample.reliable_change(5.8, 0.72);
    let waves: [Wave<'_>; 6] = [
        ("baseline", 1_234_567, 1_234_568, 8.4, 0.1),
        ("year_1", 123_456, 1_000_000, 12.0, 0.2),
        ("year_2", 999, 900_000, 39.0, 1.0),
        ("year_3", 9, 800_000, 20.0, 9.0),
        ("year_4", 30, 700_000, 1.0, 1.0),
        ("year_5", 25, 600_000, 31.0, 9.0),
    ];
    for informant in ["parent_carer", "teacher", "self"] {
        add_waves(&mut sample, informant, &waves);
    }
    add_completers(
        &mut sample,
        &[("baseline", 8.0, 0.5), ("year_1", 9.0, 8.0)],
        10,
    );
    add_england(
        &mut sample,
        "england",
        &[("baseline", 13.9), ("year_1", 13.7), ("year_5", 14.9)],
    );
    let bands = [("normal", 0), ("borderline", 0), ("abnormal", 1_234_567)];
    add_bands(&mut sample, "year_1", "baseline", &bands);
    let bands = [("normal", 1_234_500), ("borderline", 60), ("abnormal", 7)];
    add_bands(&mut sample, "year_1", "wave", &bands);
    add_crossing(&mut sample, "year_1", 1_234_560, 0);
    let classes = [
        ("deteriorated", 1),
        ("unchanged", 0),
        ("improved", 1_234_566),
    ];
    add_classes(&mut sample, "year_1", &classes);
    sample.release()
}
