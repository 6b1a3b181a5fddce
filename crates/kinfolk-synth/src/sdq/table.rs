//! Questionnaires and returns as the tables that files hold.

use kinfolk_model::{Oc2, RawCell, RawTable, Sdq};

use crate::table::Columns;
use crate::table::{code, day, maybe_text, number, table, text, yes_no};

const OC2: &Columns<Oc2> = &[
    ("child_id", |row| text(row.child_id.as_str())),
    ("year", |row| number(Some(row.year))),
    ("date_of_birth", |row| day(row.date_of_birth)),
    ("sdq_score", |row| number(row.sdq_score)),
    ("sdq_reason", |row| code(row.sdq_reason)),
    ("looked_after_12_months", |row| {
        yes_no(row.looked_after_12_months)
    }),
    ("convicted", |row| yes_no(row.answers.convicted)),
    ("health_check", |row| yes_no(row.answers.health_check)),
    ("immunisations", |row| yes_no(row.answers.immunisations)),
    ("teeth_check", |row| yes_no(row.answers.teeth_check)),
    ("health_assessment", |row| {
        yes_no(row.answers.health_assessment)
    }),
    ("substance_misuse", |row| {
        yes_no(row.answers.substance_misuse)
    }),
    ("intervention_received", |row| {
        yes_no(row.answers.intervention_received)
    }),
    ("intervention_offered", |row| {
        yes_no(row.answers.intervention_offered)
    }),
];

/// The returns as a table.
pub(crate) fn oc2(rows: &[Oc2]) -> RawTable {
    table("oc2", OC2, rows)
}

/// The questionnaires as a table.
pub(crate) fn sdq(rows: &[Sdq]) -> RawTable {
    let columns = kinfolk_model::schema::table("sdq").map_or(&[][..], |table| table.columns);
    RawTable {
        name: "sdq".to_owned(),
        header: columns
            .iter()
            .map(|column| column.name.to_owned())
            .collect(),
        rows: rows.iter().map(cells).collect(),
    }
}

/// The cells of a row, in the order of the schema.
fn cells(row: &Sdq) -> Vec<RawCell> {
    let impact = &row.impact_items;
    let entered = &row.entered;
    let about = [
        text(row.child_id.as_str()),
        day(Some(row.date)),
        code(Some(row.informant)),
        code(row.form),
        code(row.version),
        maybe_text(row.carer_id.as_deref()),
    ];
    let impact = [
        impact.difficulties,
        impact.distress,
        impact.home,
        impact.friends,
        impact.classroom,
        impact.leisure,
    ];
    let entered = [
        entered.emotional,
        entered.conduct,
        entered.hyperactivity,
        entered.peer,
        entered.prosocial,
        entered.total,
        entered.impact,
    ];
    let numbers = row.items.into_iter().chain(impact).chain(entered);
    about.into_iter().chain(numbers.map(number)).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kinfolk_model::{ChildId, Informant, SdqEntered, SdqImpactItems, SdqItems, schema};

    use super::*;
    use crate::table::without_blank_columns;

    #[test]
    fn columns_are_those_of_the_schema() {
        let written: Vec<&str> = OC2.iter().map(|(header, _)| *header).collect();
        let of_schema = |name| {
            let columns = schema::table(name).unwrap().columns;
            columns.iter().map(|column| column.name).collect::<Vec<_>>()
        };
        assert_eq!(written, of_schema("oc2"));
        let mut items: SdqItems = [None; 25];
        items[24] = Some(2);
        let row = Sdq {
            child_id: ChildId::new("A"),
            date: date(2024, 5, 1),
            informant: Informant::Teacher,
            form: None,
            version: None,
            carer_id: None,
            items,
            impact_items: SdqImpactItems {
                leisure: Some(3),
                ..SdqImpactItems::default()
            },
            entered: SdqEntered {
                impact: Some(5),
                ..SdqEntered::default()
            },
        };
        assert_eq!(cells(&row).len(), of_schema("sdq").len());
        let filled = [
            "child_id",
            "date",
            "informant",
            "item_25",
            "impact_leisure",
            "impact",
        ];
        assert_eq!(without_blank_columns(sdq(&[row])).header, filled);
    }
}
