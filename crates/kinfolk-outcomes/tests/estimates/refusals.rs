//! Measures of returns that a nation or an extract cannot carry have no value, and say why.

use jiff::civil::date;
use kinfolk_model::care::{CareChild, CareRecords, CareSource, Episode, ExtractTables, ShortCode};
use kinfolk_model::{ChildId, Country, Estimate};
use kinfolk_outcomes::care::{CareOptions, MoveRule, derive_care};
use kinfolk_outcomes::estimate_care;

use super::any_returns::options;
use super::structure::sound;

/// One child with one placement of three years.
fn records(source: CareSource) -> CareRecords {
    let code = ShortCode::of;
    CareRecords {
        children: vec![CareChild {
            child_id: ChildId::new("A"),
            sex: None,
            date_of_birth: Some(date(2010, 6, 1)),
            ethnicity: ShortCode::BLANK,
            is_unaccompanied: false,
            has_episodes: true,
        }],
        episodes: vec![Episode {
            child: 0,
            started: date(2017, 1, 1),
            ended: None,
            year: 2020,
            reason_new: code("S"),
            legal_status: code("C2"),
            need: code("N1"),
            placement: code("U4"),
            provider: code("PR1"),
            reason_ended: ShortCode::BLANK,
            reason_moved: ShortCode::BLANK,
            home_postcode: ShortCode::BLANK,
            placement_postcode: ShortCode::BLANK,
            urn: ShortCode::BLANK,
        }],
        years: vec![2018, 2019, 2020],
        source,
        ..CareRecords::default()
    }
}

fn estimates(country: Country, source: CareSource) -> Vec<Estimate> {
    let options = CareOptions {
        country,
        ..options(MoveRule::default())
    };
    estimate_care(&derive_care(&records(source), options), 0.95).records
}

const WHOLE: CareSource = CareSource::Extract(ExtractTables {
    has_reasons: true,
    has_legal_statuses: true,
    until: None,
});
const PLACEMENTS_ONLY: CareSource = CareSource::Extract(ExtractTables {
    has_reasons: false,
    has_legal_statuses: false,
    until: None,
});

/// Which of these measures, by group, are refused; all others have what they always have.
fn check(country: Country, source: CareSource, refused: &[(&str, &str)]) {
    let usual = estimates(Country::England, CareSource::Return);
    let found = estimates(country, source);
    assert_eq!(usual.len(), found.len());
    for (usual, found) in usual.iter().zip(&found) {
        assert_eq!(usual.key(), found.key());
        assert_eq!(sound(found), Ok(()));
        let group = found.group.to_string();
        let is_asked = |(measure, part): &&(&str, &str)| {
            found.measure.starts_with(measure) && group.contains(part)
        };
        if refused.iter().any(|of| is_asked(&of)) {
            assert!(
                found.note.starts_with("refused: "),
                "{} {group}",
                found.measure
            );
            assert_eq!(
                (found.value, found.numerator, found.denominator),
                (None, None, None)
            );
        } else {
            assert_eq!(usual, found);
        }
    }
}

#[test]
fn england_s_return_carries_everything() {
    let all = estimates(Country::England, CareSource::Return);
    assert!(all.iter().all(|record| !record.note.starts_with("refused")));
    check(Country::England, CareSource::Return, &[]);
}

#[test]
fn scotland_has_no_measure_that_is_known() {
    let all = estimates(Country::Scotland, CareSource::Return);
    let of_records = all.iter().filter(|record| {
        !matches!(
            record.measure.as_str(),
            "stability.rows" | "stability.repairs"
        )
    });
    for record in of_records {
        assert_eq!(record.value, None, "{}", record.measure);
        assert!(record.note.contains("31 July"), "{}", record.note);
    }
}

#[test]
fn wales_has_one_official_measure_and_one_kind_of_move() {
    check(
        Country::Wales,
        CareSource::Return,
        &[
            ("stability.three_or_more", "window=two_years"),
            ("stability.same_carer_two_years", ""),
            ("stability.missing", ""),
            ("stability.planned", ""),
            ("stability.pattern", ""),
            ("leavers.", ""),
            ("stability.three_or_more", "moves=spbtu"),
            ("stability.move_rate", "moves=spbtu"),
            ("stability.same_home", "moves=spbtu"),
        ],
    );
}

#[test]
fn an_extract_carries_what_its_tables_say() {
    let of_rows = [
        ("stability.three_or_more", "moves=all"),
        ("stability.same_carer_two_years", "moves=all"),
        ("stability.move_rate", "moves=all"),
        ("stability.same_home", "moves=all"),
    ];
    check(Country::England, WHOLE, &of_rows);
    let mut without_reasons = of_rows.to_vec();
    without_reasons.extend([
        ("stability.three_or_more", "moves=spbtu"),
        ("stability.move_rate", "moves=spbtu"),
        ("stability.same_home", "moves=spbtu"),
        ("stability.same_carer_two_years", ""),
        ("stability.planned", "ending=returned_home"),
        ("stability.left_out", ""),
    ]);
    check(Country::England, PLACEMENTS_ONLY, &without_reasons);
}
