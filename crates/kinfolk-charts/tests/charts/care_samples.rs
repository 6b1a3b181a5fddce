//! Made-up figures of returns and of official statistics, released.

use kinfolk_disclosure::Release;
use kinfolk_model::{Estimate, Statistic, Unit};

use crate::samples::{Sample, blank, share};

/// A share under a rule.
pub(crate) fn add_rule(sample: &mut Sample, measure: &str, part: &str, n: u64, of: u64) {
    sample.push(Estimate {
        options: "moves=spb;temporary=bridge;short_break_starts=left_out".to_owned(),
        ..share(measure, part, n, of)
    });
}

const RULES: [&str; 6] = [
    "moves=spb;temporary=bridge",
    "moves=spbtu;temporary=bridge",
    "moves=all;temporary=bridge",
    "moves=spb;temporary=count",
    "moves=spbtu;temporary=count",
    "moves=all;temporary=count",
];

/// A measure under the rule of the report and under some rules.
fn add_measure(
    sample: &mut Sample,
    (measure, part): (&str, &str),
    counts: &[Option<u64>],
    of: u64,
) {
    let group = |rule: &str| [rule, part].map(str::to_owned).join(";");
    let tidy = |group: String| group.trim_matches(';').to_owned();
    if let Some(Some(first)) = counts.first() {
        add_rule(sample, measure, part, *first, of);
    }
    for (rule, count) in RULES.iter().zip(counts) {
        if let Some(count) = count {
            add_rule(sample, measure, &tidy(group(rule)), *count, of);
        }
    }
}

/// Moves and children for each reason, with its words.
pub(crate) const REASONS: [(&str, &str, u64, u64); 6] = [
    ("CARPL", "Change in the care plan", 64, 55),
    ("CREQB", "Carer asked, child\u{2019}s behaviour", 25, 21),
    (
        "carer_or_setting",
        "Carer or setting closed, approval or standards, allegation",
        21,
        21,
    ),
    ("other_reasons", "Other reasons, or none recorded", 16, 16),
    ("CREQO", "Carer asked, other reason", 12, 12),
    ("CHILD", "Child asked", 6, 6),
];

pub(crate) fn add_moves(sample: &mut Sample, reasons: &[(&str, &str, u64, u64)]) {
    let rows: Vec<(&str, &str)> = reasons
        .iter()
        .map(|(code, words, ..)| (*code, *words))
        .collect();
    sample.rows("stability.endings.moved", &rows);
    for (code, _, moves, children) in reasons {
        let mut count = blank(
            "stability.endings",
            &format!("ending=moved;reason={code}"),
            Statistic::Count,
            Unit::Placements,
        );
        count.value = Some(*moves as f64);
        sample.push(count);
        sample.count("stability.moved_for", &format!("reason={code}"), *children);
    }
    let all = reasons.iter().map(|reason| reason.2).sum();
    sample.share("stability.planned", "ending=moved", reasons[0].2, all);
}

/// Where children live at each of four months.
pub(crate) const HOMES: [(&str, &str, [u64; 4]); 4] = [
    ("foster_care", "Foster care", [97, 91, 75, 53]),
    (
        "family_or_adoption",
        "With parents, relatives or friends, or placed for adoption",
        [74, 48, 37, 20],
    ),
    (
        "home_or_other_place",
        "Children\u{2019}s home, supported living or another place",
        [17, 12, 15, 12],
    ),
    ("left_care", "Left care", [0, 37, 61, 103]),
];

pub(crate) fn add_homes(sample: &mut Sample, homes: &[(&str, &str, [u64; 4])]) {
    let rows: Vec<(&str, &str)> = homes
        .iter()
        .map(|(code, words, _)| (*code, *words))
        .collect();
    sample.rows("stability.pattern.home", &rows);
    for (at, month) in ["0", "6", "12", "24"].iter().enumerate() {
        let of = homes.iter().map(|home| home.2[at]).sum();
        for (code, _, counts) in homes {
            let part = format!("month={month};home={code}");
            sample.push(Estimate {
                population: "children who came into care after 31 March 2021, up to 31 March 2023"
                    .to_owned(),
                ..share("stability.pattern", &part, counts[at], of)
            });
        }
    }
}

fn published(measure: &str, part: &str, n: u64, of: u64) -> Estimate {
    Estimate {
        lower: None,
        upper: None,
        level: None,
        options: "release=2025;year=2025".to_owned(),
        ..share(measure, part, n, of)
    }
}

/// Forty made-up authorities round one in ten; `own` is the share of this one, if it is published.
pub(crate) fn add_funnel(sample: &mut Sample, own: Option<(u64, u64)>, lies: &str) {
    let of = "of=three_or_more_in_year";
    for at in 0..40u64 {
        let children = 60 + at * at;
        let n = (children * (7 + at % 7)) / 100;
        let role = if at % 8 == 3 { "neighbour" } else { "other" };
        let part = format!("{of};role={role};authority={}", 800 + at);
        sample.push(published("stability.authorities", &part, n, children));
    }
    if let Some((n, children)) = own {
        let part = format!("{of};role=own;authority=900");
        sample.push(Estimate {
            note: lies.to_owned(),
            ..published("stability.authorities", &part, n, children)
        });
    }
    for (lies, n) in [
        ("within_95", 31),
        ("within_99.8", 6),
        ("beyond_99.8", 3),
        ("withheld", 2),
    ] {
        let part = format!("{of};lies={lies}");
        let mut count = blank(
            "stability.authorities",
            &part,
            Statistic::Count,
            Unit::Authorities,
        );
        count.value = Some(f64::from(n));
        sample.push(count);
    }
    for (limit, width) in [("95", 1.96), ("99.8", 3.09)] {
        for root in 7..=40u64 {
            let children = root * root;
            let half = width * (0.1f64 * 0.9 / children as f64).sqrt();
            let part = format!("{of};limit={limit};children={children}");
            sample.push(Estimate {
                value: Some(0.104),
                lower: Some((0.104 - half).max(0.0)),
                upper: Some(0.104 + half),
                level: Some(0.95),
                denominator: Some(children),
                options: "release=2025;year=2025".to_owned(),
                ..blank(
                    "stability.funnel",
                    &part,
                    Statistic::Amount,
                    Unit::Proportion,
                )
            });
        }
    }
    for (area, n, children) in [("neighbours", 630, 6302), ("england", 8500, 81_770)] {
        let part = format!("{of};area={area}");
        sample.push(published("stability.published", &part, n, children));
    }
}

/// England and this authority over the years; `None` for a year that is withheld.
pub(crate) fn add_series(sample: &mut Sample, years: &[(u16, u64, Option<u64>)]) {
    let of = "of=three_or_more_in_year";
    for (year, england, own) in years {
        let part = format!("{of};area=england;year={year}");
        sample.push(published("stability.published", &part, *england, 80_000));
        if let Some(own) = own {
            let part = format!("{of};area=authority;year={year}");
            sample.push(published("stability.published", &part, *own, 600));
        }
    }
}

const YEARS: [(u16, u64, Option<u64>); 9] = [
    (2012, 8800, None),
    (2013, 8800, None),
    (2014, 8800, None),
    (2018, 8700, None),
    (2021, 7400, Some(65)),
    (2022, 8210, Some(56)),
    (2023, 8850, Some(85)),
    (2024, 8860, Some(63)),
    (2025, 8500, Some(43)),
];

/// Everything that an authority of five hundred children has.
pub(crate) fn hartwell() -> Release {
    let mut sample = Sample::new();
    let year = ("stability.three_or_more", "window=year");
    let counts = [28, 31, 62, 44, 50, 77].map(Some);
    add_measure(&mut sample, year, &counts, 245);
    let two_years = ("stability.three_or_more", "window=two_years");
    let counts = [47, 57, 93, 66, 75, 103].map(Some);
    add_measure(&mut sample, two_years, &counts, 159);
    let carer = ("stability.same_carer_two_years", "");
    let counts = [Some(29), None, Some(12), None, None, Some(12)];
    add_measure(&mut sample, carer, &counts, 77);
    add_measure(
        &mut sample,
        ("stability.same_home", ""),
        &[Some(97), Some(84)],
        239,
    );
    add_moves(&mut sample, &REASONS);
    add_homes(&mut sample, &HOMES);
    add_funnel(&mut sample, Some((43, 545)), "within the 95% limits");
    add_series(&mut sample, &YEARS);
    sample.release()
}

/// About fifteen children, a withheld authority, one year withheld in the series.
pub(crate) fn small() -> Release {
    let mut sample = Sample::new();
    let year = ("stability.three_or_more", "window=year");
    add_measure(&mut sample, year, &[Some(7), Some(8)], 15);
    add_moves(
        &mut sample,
        &[
            ("CARPL", "Change in the care plan", 8, 7),
            (
                "not_care_plan",
                "Any reason but a change in the care plan",
                7,
                6,
            ),
        ],
    );
    add_homes(
        &mut sample,
        &[
            ("in_care", "In care", [15, 14, 9, 8]),
            ("left_care", "Left care", [0, 1, 6, 7]),
        ],
    );
    add_funnel(&mut sample, None, "");
    add_series(
        &mut sample,
        &[
            (2022, 8210, Some(56)),
            (2023, 8850, Some(60)),
            (2024, 8860, None),
            (2025, 8500, Some(90)),
        ],
    );
    sample.release()
}

/// Some figures withheld; this authority far above the limits.
pub(crate) fn withheld() -> Release {
    let mut sample = Sample::new();
    sample.place("Bournemouth, Christchurch and Poole");
    add_moves(&mut sample, &REASONS);
    add_homes(&mut sample, &HOMES);
    for part in [
        "month=6;home=home_or_other_place",
        "month=6;home=family_or_adoption",
    ] {
        sample.withhold("stability.pattern", part, Statistic::Proportion);
    }
    for code in ["CHILD", "CREQO"] {
        let part = format!("ending=moved;reason={code}");
        sample.withhold("stability.endings", &part, Statistic::Count);
        sample.withhold(
            "stability.moved_for",
            &format!("reason={code}"),
            Statistic::Count,
        );
    }
    add_funnel(&mut sample, Some((210, 1400)), "above the 99.8% limits");
    add_series(&mut sample, &[(2024, 8860, None), (2025, 8500, None)]);
    sample.release()
}
