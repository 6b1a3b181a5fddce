//! Where a plain table keeps the answers to an SDQ, and what its scores are called.

use kinfolk_model::Informant;

use super::{Header, PlainError};
use crate::header::sdq_name;
use crate::table::sdq::ITEMS;

/// The questions about impact, in the order of the score sheet.
pub const IMPACT_COLUMNS: [&str; 6] = [
    "difficulties",
    "distress",
    "impact_home",
    "impact_friends",
    "impact_classroom",
    "impact_leisure",
];

/// What columns of scores are called: the scores, how many answers each rests on, then the bands.
pub const SCORE_COLUMNS: [&str; 31] = [
    "emotional",
    "conduct",
    "hyperactivity",
    "peer",
    "prosocial",
    "total",
    "externalising",
    "internalising",
    "impact",
    "emotional_answered",
    "conduct_answered",
    "hyperactivity_answered",
    "peer_answered",
    "prosocial_answered",
    "impact_answered",
    "prorated",
    "impact_without_gate",
    "emotional_three_band",
    "conduct_three_band",
    "hyperactivity_three_band",
    "peer_three_band",
    "prosocial_three_band",
    "total_three_band",
    "impact_three_band",
    "emotional_four_band",
    "conduct_four_band",
    "hyperactivity_four_band",
    "peer_four_band",
    "prosocial_four_band",
    "total_four_band",
    "impact_four_band",
];

/// Whether a column of scores is one of bands.
pub fn is_band(column: &str) -> bool {
    column.ends_with("_band")
}

/// What the column of the child is called.
pub const CHILD_ID_COLUMN: &str = "child_id";
/// What the column of the day is called.
pub const DATE_COLUMN: &str = "date";
/// What the column of the total is called.
pub const TOTAL_COLUMN: &str = "total";
/// What the column of the day is called on which work with the child started.
pub const START_COLUMN: &str = "start_date";
/// What the column of who answered is called.
pub const INFORMANT_COLUMN: &str = "informant";
/// What the column of the form is called.
pub const FORM_COLUMN: &str = "form";
/// What the column of the form's version is called.
pub const VERSION_COLUMN: &str = "version";

/// What columns of a child's change are called.
pub const CHANGE_COLUMNS: [&str; 13] = [
    "child_id",
    "informant",
    "first_date",
    "last_date",
    "days",
    "first",
    "last",
    "change",
    "reliable_change_index",
    "reliable_class",
    "crossing",
    "clinical_class",
    "n_questionnaires",
];

/// Where the answers stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SdqColumns {
    /// The 25 items, in order.
    pub items: [usize; 25],
    /// The questions about impact that there are, in the order of [`IMPACT_COLUMNS`].
    pub impact: [Option<usize>; 6],
    /// Who answered.
    pub informant: Option<usize>,
    /// For which ages the form was made.
    pub form: Option<usize>,
    /// Who answered, where the headers of the items tell it.
    pub informant_of_items: Option<Informant>,
}

impl SdqColumns {
    /// Finds the columns: `item_1` to `item_25`, or the official short names, with or without the
    /// letter in front for who answered. Where an informant is given, columns of others are passed
    /// over.
    ///
    /// # Errors
    ///
    /// [`PlainError::NoItems`], [`PlainError::ColumnsMissing`] with every item that is not there, or
    /// [`PlainError::ColumnTwice`].
    pub fn find(header: &Header, informant: Option<Informant>) -> Result<Self, PlainError> {
        let place = |column: &str| {
            header.find_by(column, |folded| {
                sdq_name(folded).is_some_and(|name| {
                    let is_others =
                        informant.is_some_and(|asked| name.informant.is_some_and(|of| of != asked));
                    name.column == column && !is_others
                })
            })
        };
        let (mut items, mut missing) = ([0; 25], Vec::new());
        for (item, name) in items.iter_mut().zip(ITEMS) {
            match place(name)? {
                Some(at) => *item = at,
                None => missing.push(name.to_owned()),
            }
        }
        match missing.len() {
            0 => {}
            n if n == ITEMS.len() => return Err(header.has_no_items()),
            _ => return Err(header.lacks(missing)),
        }
        let mut impact = [None; 6];
        for (question, name) in impact.iter_mut().zip(IMPACT_COLUMNS) {
            *question = match header.find(name)? {
                Some(at) => Some(at),
                None => place(name)?,
            };
        }
        Ok(Self {
            items,
            impact,
            informant: header.find(INFORMANT_COLUMN)?,
            form: header.find(FORM_COLUMN)?,
            informant_of_items: one_informant(header, &items),
        })
    }
}

/// Who answered, where the headers of all items name the same informant.
fn one_informant(header: &Header, items: &[usize; 25]) -> Option<Informant> {
    let of = |at: usize| sdq_name(header.folded(at))?.informant;
    let first = of(items[0])?;
    items
        .iter()
        .all(|&at| of(at) == Some(first))
        .then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(name: impl Fn(usize) -> String, others: &[&str]) -> Header {
        let items = (1..=25).map(name);
        let others = others.iter().map(|name| (*name).to_owned());
        Header::new("f.csv", items.chain(others).collect())
    }

    #[test]
    fn items_are_found_by_number_and_by_letter() {
        let plain = header(
            |n| format!("item_{n}"),
            &["informant", "distress", "impimp"],
        );
        let found = SdqColumns::find(&plain, None).unwrap();
        assert_eq!(found.items, std::array::from_fn(|at| at));
        assert_eq!(found.impact, [None, Some(26), None, None, None, None]);
        assert_eq!((found.informant, found.form), (Some(25), None));
        assert_eq!(found.informant_of_items, None);
    }

    #[test]
    fn items_that_are_not_there_are_all_named() {
        let short = header(|n| format!("q{}", if n > 23 { n + 40 } else { n }), &[]);
        let error = SdqColumns::find(&short, None).unwrap_err();
        let text = error.to_string();
        assert!(
            text.starts_with("`f.csv` has no column item_24, item_25; it has q1, q2,"),
            "{text}"
        );
    }

    #[test]
    fn a_table_of_totals_is_told_that_scores_need_items() {
        let totals = Header::new("f.csv", vec!["child_id".to_owned(), "total".to_owned()]);
        let error = SdqColumns::find(&totals, None).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`f.csv` has none of the columns item_1 to item_25; it has child_id, total. Scores are worked \
             out from items; change can be told from totals alone"
        );
    }

    #[test]
    fn an_informant_chooses_among_columns_of_several() {
        let names = [
            "consid", "restles", "somatic", "shares", "tantrum", "loner", "obeys", "worries",
            "caring", "fidgety", "friend", "fights", "unhappy", "popular", "distrac", "clingy",
            "kind", "lies", "bullied", "helpout", "reflect", "steals", "oldbest", "afraid",
            "attends",
        ];
        let teachers: Vec<String> = names.iter().map(|name| format!("t{name}")).collect();
        let teachers: Vec<&str> = teachers.iter().map(String::as_str).collect();
        let both = header(|n| format!("p{}", names[n - 1]), &teachers);
        let found = SdqColumns::find(&both, Some(Informant::Teacher)).unwrap();
        assert_eq!(found.items[0], 25);
        assert_eq!(found.informant_of_items, Some(Informant::Teacher));
        let error = SdqColumns::find(&both, None).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`f.csv` has two columns for item_1: pconsid and tconsid"
        );
    }
}
