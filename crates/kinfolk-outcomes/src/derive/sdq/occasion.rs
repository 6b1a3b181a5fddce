//! One dated total from one informant.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use kinfolk_model::{
    Informant, Oc2, Sdq, SdqEntered, SdqForm, SdqImpactItems, SdqVersion, SmolStr,
};

use super::wave::collection_year;
use super::{Course, SdqRecords};
use crate::sdq::{Band, BandSystem, Scale, ScoreSource, band, score};

/// A total with its date, and what else was scored with it.
#[derive(Debug, Clone, PartialEq)]
pub struct SdqOccasion {
    /// The day; 31 March for a score from the yearly return, which has no day.
    pub date: Date,
    /// The total difficulties score, 0 to 40.
    pub total: u8,
    /// The impact score.
    pub impact: Option<u8>,
    /// The band of the total in the system of three; `None` where the form has none.
    pub band: Option<Band>,
    /// Whether answers of a scale made up for an unanswered one in the total.
    pub is_prorated: bool,
    /// For which ages the form was made.
    pub form: SdqForm,
    /// Over what time the form asks; `None` where not recorded.
    pub version: Option<SdqVersion>,
    /// Which carer or teacher; `None` where not recorded.
    pub rater: Option<SmolStr>,
    /// What the total was made from.
    pub source: ScoreSource,
    /// Whether it comes from the yearly return.
    pub is_return: bool,
    /// The child's age in completed years on that day.
    pub age: Option<u8>,
}

/// An occasion with the row that it was scored from.
#[derive(Debug, Clone)]
pub(super) struct Scored {
    pub(super) occasion: SdqOccasion,
    pub(super) row: Sdq,
}

/// The scores from one informant by the end of the period, by date. A score from the yearly return
/// counts as a carer's, for years in which no carer's questionnaire has a date and a total.
pub(super) fn occasions(
    records: &SdqRecords<'_>,
    informant: Informant,
    course: &Course,
) -> Vec<Scored> {
    let rows = records.questionnaires.iter();
    let mut found: Vec<Scored> = rows
        .filter(|row| row.informant == informant)
        .filter_map(|row| scored((*row).clone(), course))
        .collect();
    if informant == Informant::ParentCarer {
        let years: BTreeSet<i16> = found
            .iter()
            .map(|scored| collection_year(scored.occasion.date))
            .collect();
        let returned = records.returns.iter();
        found.extend(
            returned
                .filter(|row| !years.contains(&row.year))
                .filter_map(|row| returned_score(row, course)),
        );
    }
    found.retain(|scored| scored.occasion.date <= course.end);
    found.sort_by(|a, b| order(&a.occasion).cmp(&order(&b.occasion)));
    found
}

/// By date; two on one day in an order that does not depend on the order of rows.
fn order(occasion: &SdqOccasion) -> impl Ord + '_ {
    (
        occasion.date,
        occasion.total,
        occasion.form,
        occasion.version,
        occasion.impact,
        occasion.rater.as_deref(),
    )
}

fn scored(row: Sdq, course: &Course) -> Option<Scored> {
    let scores = score(&row);
    let total = scores.total?;
    let form = row.form.unwrap_or(SdqForm::Ages4To17);
    let occasion = SdqOccasion {
        date: row.date,
        total,
        impact: scores.impact.score,
        band: band(BandSystem::Three, Scale::Total, row.informant, form, total),
        is_prorated: scores.is_total_prorated(),
        form,
        version: row.version,
        rater: row.carer_id.clone(),
        source: scores.source,
        is_return: false,
        age: course.age(row.date),
    };
    Some(Scored { occasion, row })
}

/// The return says neither which form was used nor when: England's published bands are those of the
/// form for ages 4 to 17, and the day is taken to be the last of the collection.
fn returned_score(row: &Oc2, course: &Course) -> Option<Scored> {
    let as_questionnaire = Sdq {
        child_id: row.child_id.clone(),
        date: last_day(row.year)?,
        informant: Informant::ParentCarer,
        form: None,
        version: None,
        carer_id: None,
        items: [None; 25],
        impact_items: SdqImpactItems::default(),
        entered: SdqEntered {
            total: Some(row.sdq_score?),
            ..SdqEntered::default()
        },
    };
    let mut scored = scored(as_questionnaire, course)?;
    scored.occasion.is_return = true;
    Some(scored)
}

fn last_day(year: i16) -> Option<Date> {
    (1900..=9000).contains(&year).then(|| date(year, 3, 31))
}
