//! Many studies as one: the tables of all authorities, one below the other.

mod care;

use std::collections::{BTreeMap, BTreeSet};

use kinfolk_model::care::CareReturns;
use kinfolk_model::{
    CareSettings, Child, ChildId, Country, DisclosureProfile, Period, Settings, Study, Table,
};

use crate::study::{ALL_AUTHORITIES, Opened};
use crate::value::finding;
use care::{can_be_one, join_returns};

/// What stands for notices that differ.
const DIFFERENT_NOTICES: &str = "Some authorities say more about their data in the notice of their \
    own report.";

/// Joins studies into one about all their authorities. Identifiers are made unique by the name of
/// the study's folder, and what a study's settings say of every child is written into each row.
/// Options come from the first study. Quotations and the authorities' own words stay behind: they
/// belong to the authorities' own reports. `None` when there is no study.
pub fn join(studies: &[&Opened]) -> Option<Opened> {
    let first = studies.first()?;
    let mut study = Study::new(joined_settings(&first.study.settings, studies));
    for opened in studies {
        append(&mut study, opened);
    }
    let prefixed = studies.iter().flat_map(|opened| {
        opened.inputs.iter().map(|input| {
            let mut input = input.clone();
            input.path = below(&opened.name, &input.path);
            input
        })
    });
    let mut findings = Vec::new();
    match returns(studies) {
        parts if can_be_one(&parts) => study.care = join_returns(&parts),
        _ => findings.push(finding(
            "returns-differ",
            "",
            "returns of other years, or of another kind, in different studies".to_owned(),
        )),
    }
    findings.extend(studies.iter().flat_map(|opened| {
        opened.findings.iter().map(|finding| {
            let mut finding = finding.clone();
            finding.place.file = below(&opened.name, &finding.place.file);
            finding
        })
    }));
    Some(Opened {
        name: ALL_AUTHORITIES.to_owned(),
        findings,
        inputs: prefixed.collect(),
        study,
        benchmark: None,
        as_of: first.as_of,
    })
}

/// The returns of the studies that have any.
fn returns<'a>(studies: &[&'a Opened]) -> Vec<(&'a str, &'a CareReturns)> {
    let parts = studies
        .iter()
        .map(|opened| (opened.name.as_str(), &opened.study.care));
    parts.filter(|(_, care)| care.is_present()).collect()
}

fn below(folder: &str, path: &str) -> String {
    format!("{folder}/{path}")
}

fn joined_settings(first: &Settings, studies: &[&Opened]) -> Settings {
    let all = || studies.iter().map(|opened| &opened.study.settings);
    let period = all().fold(first.period, |period, settings| Period {
        start: period.start.min(settings.period.start),
        end: period.end.max(settings.period.end),
    });
    let statements: BTreeMap<String, String> = all()
        .flat_map(|settings| settings.statements.clone())
        .collect();
    Settings {
        title: format!("Lifelong Links, all authorities, {}", period.label()),
        authorities: distinct(all().flat_map(|settings| settings.authorities.iter())),
        period,
        synthetic: all().any(|settings| settings.synthetic),
        notice: joint_notice(all().map(|settings| settings.notice.as_str())),
        disclosure: joint_profile(all().map(|settings| settings.disclosure)),
        // Arms of several authorities are no one comparison; each stands in its own report.
        comparison: None,
        statements,
        benchmark: None,
        care: CareSettings {
            published: None,
            ..first.care.clone()
        },
        ..first.clone()
    }
}

fn distinct<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    names.filter(|name| seen.insert(*name)).cloned().collect()
}

/// The notice that all share; where they differ, where to find them.
fn joint_notice<'a>(notices: impl Iterator<Item = &'a str>) -> String {
    let distinct: BTreeSet<&str> = notices.collect();
    match distinct.into_iter().collect::<Vec<_>>().as_slice() {
        [only] => (*only).to_owned(),
        _ => DIFFERENT_NOTICES.to_owned(),
    }
}

/// The profile that all share; where they differ, the one for publication.
fn joint_profile(profiles: impl Iterator<Item = DisclosureProfile>) -> DisclosureProfile {
    let distinct: BTreeSet<DisclosureProfile> = profiles.collect();
    match distinct.into_iter().collect::<Vec<_>>().as_slice() {
        [only] => *only,
        _ => DisclosureProfile::DfeCsc,
    }
}

fn append(whole: &mut Study, opened: &Opened) {
    let part = &opened.study;
    let place = Place {
        folder: &opened.name,
        authority: match part.settings.authorities.as_slice() {
            [only] => Some(only),
            _ => None,
        },
        country: part.settings.country,
    };
    add(&mut whole.children, &part.children, &place, |row| {
        place.child(row);
    });
    add(&mut whole.objectives, &part.objectives, &place, |row| {
        place.mark(&mut row.child_id);
    });
    add(&mut whole.connections, &part.connections, &place, |row| {
        place.mark(&mut row.child_id);
    });
    add(
        &mut whole.connection_counts,
        &part.connection_counts,
        &place,
        |row| {
            place.mark(&mut row.child_id);
        },
    );
    add(
        &mut whole.questionnaires,
        &part.questionnaires,
        &place,
        |row| {
            row.response_id = below(place.folder, &row.response_id).into();
            row.child_id.iter_mut().for_each(|id| place.mark(id));
        },
    );
    add(&mut whole.sdq, &part.sdq, &place, |row| {
        place.mark(&mut row.child_id);
        row.carer_id
            .iter_mut()
            .for_each(|id| *id = below(place.folder, id).into());
    });
    add(&mut whole.oc2, &part.oc2, &place, |row| {
        place.mark(&mut row.child_id);
    });
    add(&mut whole.cohort, &part.cohort, &place, |row| {
        place.mark(&mut row.child_id);
    });
    add(&mut whole.events, &part.events, &place, |row| {
        place.mark(&mut row.child_id);
    });
    add(&mut whole.monitoring, &part.monitoring, &place, |row| {
        row.country.get_or_insert(place.country);
    });
}

/// What the settings of a study say of each of its rows.
struct Place<'a> {
    folder: &'a str,
    authority: Option<&'a String>,
    country: Country,
}

impl Place<'_> {
    fn mark(&self, id: &mut ChildId) {
        *id = ChildId::new(&below(self.folder, id.as_str()));
    }

    fn child(&self, child: &mut Child) {
        self.mark(&mut child.child_id);
        child.country.get_or_insert(self.country);
        if child.authority.is_none() {
            child.authority = self.authority.cloned();
        }
    }
}

fn add<R: Clone>(
    whole: &mut Table<R>,
    part: &Table<R>,
    place: &Place<'_>,
    mut mark: impl FnMut(&mut R),
) {
    let start = whole.rows.len();
    whole.rows.extend_from_slice(&part.rows);
    whole.rows.iter_mut().skip(start).for_each(&mut mark);
    whole.n_read += part.n_read;
    whole.n_set_aside += part.n_set_aside;
    let sources = part.sources.iter();
    whole
        .sources
        .extend(sources.map(|source| below(place.folder, source)));
}

#[cfg(test)]
mod tests {
    use kinfolk_model::{
        ConnectionCount, Objective, ObjectiveCategory, ObjectiveStatus, Oc2, SdqSettings,
    };

    use super::*;

    fn opened(name: &str, country: Country, disclosure: DisclosureProfile) -> Opened {
        let day = jiff::civil::date;
        let settings = Settings {
            title: name.to_owned(),
            authorities: vec![name.to_uppercase()],
            country,
            period: Period {
                start: day(2024, 4, 1),
                end: day(2025, 3, 31),
            },
            synthetic: false,
            notice: String::new(),
            confidence: 0.95,
            seed: 1,
            follow_up_days: 365,
            disclosure,
            sdq: SdqSettings::default(),
            care: Default::default(),
            comparison: None,
            statements: BTreeMap::new(),
            benchmark: None,
        };
        let mut study = Study::new(settings);
        let id = ChildId::new("1");
        study.children = Table::from_rows(vec![Child::new(id.clone())]);
        study.objectives = Table::from_rows(vec![Objective {
            child_id: id.clone(),
            objective_id: None,
            category: ObjectiveCategory::Father,
            status: ObjectiveStatus::Met,
        }]);
        study.oc2 = Table::from_rows(vec![Oc2 {
            answers: Default::default(),
            child_id: id.clone(),
            year: 2024,
            date_of_birth: None,
            sdq_score: Some(12),
            sdq_reason: None,
            looked_after_12_months: None,
        }]);
        study.connection_counts = Table {
            n_set_aside: 1,
            n_read: 2,
            ..Table::from_rows(vec![ConnectionCount {
                child_id: id,
                before: 1,
                after: 2,
                at_12_months: None,
            }])
        };
        Opened {
            name: name.to_owned(),
            study,
            findings: Vec::new(),
            inputs: Vec::new(),
            benchmark: None,
            as_of: day(2025, 6, 1),
        }
    }

    #[test]
    fn children_of_two_authorities_stay_apart_and_keep_their_nation() {
        let profile = DisclosureProfile::DfeCsc;
        let (a, b) = (
            opened("a", Country::England, profile),
            opened("b", Country::Scotland, profile),
        );
        let joined = join(&[&a, &b]).unwrap().study;
        let ids: Vec<&str> = joined
            .children
            .rows
            .iter()
            .map(|child| child.child_id.as_str())
            .collect();
        assert_eq!(ids, ["a/1", "b/1"]);
        assert_eq!(joined.children.rows[1].country, Some(Country::Scotland));
        assert_eq!(joined.children.rows[1].authority.as_deref(), Some("B"));
        assert_eq!(joined.objectives.rows[1].child_id.as_str(), "b/1");
        assert_eq!(joined.oc2.rows[1].child_id.as_str(), "b/1");
        let counts = joined.connection_counts;
        assert_eq!((counts.n_read, counts.n_set_aside), (4, 2));
        assert_eq!(joined.settings.authorities, ["A", "B"]);
    }

    #[test]
    fn options_that_differ_are_settled_on_the_safe_side() {
        let check = |profiles: [DisclosureProfile; 2], expected: DisclosureProfile| {
            let [a, b] = profiles.map(|profile| opened("a", Country::England, profile));
            let joined = join(&[&a, &b]).unwrap();
            assert_eq!(joined.study.settings.disclosure, expected);
        };
        use DisclosureProfile::{DfeCsc, Internal, NhsRound5};
        check([NhsRound5, NhsRound5], NhsRound5);
        check([Internal, NhsRound5], DfeCsc);
        check([Internal, Internal], Internal);
        assert!(join(&[]).is_none());
    }

    #[test]
    fn notices_are_shared_or_pointed_to() {
        assert_eq!(joint_notice(["x", "x"].into_iter()), "x");
        assert_eq!(joint_notice(["x", ""].into_iter()), DIFFERENT_NOTICES);
        assert_eq!(joint_notice(["", ""].into_iter()), "");
    }
}
