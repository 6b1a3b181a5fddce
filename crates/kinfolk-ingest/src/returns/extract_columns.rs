//! Columns of the Standard Safeguarding Dataset, and what they are called in the return.

use super::kind::ReturnTable;

/// Each column that is read, and its name in the return or here.
type Columns<const N: usize> = [(&'static str, &'static str); N];

const PERSONS: Columns<4> = [
    ("pers_person_id", "child"),
    ("pers_sex", "sex"),
    ("pers_ethnicity", "ethnic"),
    ("pers_dob", "dob"),
];
const PLACEMENTS: Columns<10> = [
    ("clap_person_id", "child"),
    ("clap_cla_id", "care_id"),
    ("clap_cla_placement_id", "placement_id"),
    ("clap_cla_placement_start_date", "decom"),
    ("clap_cla_placement_end_date", "dec"),
    ("clap_cla_placement_type", "place"),
    ("clap_cla_placement_provider", "place_provider"),
    ("clap_cla_placement_postcode", "pl_post"),
    ("clap_cla_placement_urn", "urn"),
    ("clap_cla_placement_change_reason", "reason_place_change"),
];
const EPISODES: Columns<8> = [
    ("clae_person_id", "child"),
    ("clae_cla_id", "care_id"),
    ("clae_cla_placement_id", "placement_id"),
    ("clae_cla_episode_start_date", "decom"),
    ("clae_cla_episode_start_reason", "rne"),
    ("clae_cla_primary_need_code", "cin"),
    ("clae_cla_episode_ceased_date", "dec"),
    ("clae_cla_episode_ceased_reason", "rec"),
];
const LEGAL_STATUSES: Columns<4> = [
    ("lega_person_id", "child"),
    ("lega_legal_status", "ls"),
    ("lega_legal_status_start_date", "decom"),
    ("lega_legal_status_end_date", "dec"),
];
const MISSING: Columns<4> = [
    ("miss_person_id", "child"),
    ("miss_missing_episode_type", "missing"),
    ("miss_missing_episode_start_date", "mis_start"),
    ("miss_missing_episode_end_date", "mis_end"),
];
const CARE_LEAVERS: Columns<5> = [
    ("clea_person_id", "child"),
    ("clea_care_leaver_in_touch", "in_touch"),
    ("clea_care_leaver_activity", "activ"),
    ("clea_care_leaver_accommodation", "accom"),
    ("clea_care_leaver_accom_suitable", "accom_suitable"),
];
const SDQ: Columns<3> = [
    ("csdq_person_id", "child"),
    ("csdq_sdq_score", "sdq_score"),
    ("csdq_sdq_completed_date", "sdq_date"),
];
/// Names of earlier versions.
const EARLIER: Columns<2> = [
    ("clae_cla_episode_ceased", "dec"),
    ("clae_cla_primary_need", "cin"),
];

/// The columns of a table of the extract; none for another table.
pub(super) fn of(table: ReturnTable) -> &'static [&'static str] {
    match table {
        ReturnTable::ExtractPersons => const { &names(PERSONS) },
        ReturnTable::ExtractPlacements => const { &names(PLACEMENTS) },
        ReturnTable::ExtractEpisodes => const { &names(EPISODES) },
        ReturnTable::ExtractLegalStatuses => const { &names(LEGAL_STATUSES) },
        ReturnTable::ExtractMissing => const { &names(MISSING) },
        ReturnTable::ExtractCareLeavers => const { &names(CARE_LEAVERS) },
        ReturnTable::ExtractSdq => const { &names(SDQ) },
        _ => &[],
    }
}

const fn names<const N: usize>(columns: Columns<N>) -> [&'static str; N] {
    let mut names = [""; N];
    let mut at = 0;
    while at < N {
        names[at] = columns[at].0;
        at += 1;
    }
    names
}

/// What a column, in lower case, is called in the return; its own name where it is of no extract.
pub(super) fn in_return(column: &str) -> String {
    let every: [&[(&str, &'static str)]; 8] = [
        &PERSONS,
        &PLACEMENTS,
        &EPISODES,
        &LEGAL_STATUSES,
        &MISSING,
        &CARE_LEAVERS,
        &SDQ,
        &EARLIER,
    ];
    let mut known = every.into_iter().flatten();
    let found = known.find(|(name, _)| *name == column);
    found.map_or(column, |(_, own)| own).to_owned()
}

/// Whether a column stands under its own name or that of an earlier version.
pub(super) fn is_there(column: &str, folded: &[String]) -> bool {
    let wanted = in_return(column);
    let has = |name: &str| folded.iter().any(|header| header == name);
    has(column)
        || EARLIER
            .iter()
            .any(|(name, own)| *own == wanted && has(name))
}
