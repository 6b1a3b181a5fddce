//! Names under which columns of the Strengths and Difficulties Questionnaire are met.
//!
//! The official short names carry a letter for who answered in front: `p` for parents and carers, `t`
//! for teachers, `s` for young people themselves. Items are also met by their numbers.

use kinfolk_model::Informant;

/// The official short names, and the columns that they name. Items 18 and 22 have other names on the
/// form for ages 2 to 4.
const SHORT_NAMES: &[(&str, &str)] = &[
    ("consid", "item_1"),
    ("restles", "item_2"),
    ("somatic", "item_3"),
    ("shares", "item_4"),
    ("tantrum", "item_5"),
    ("loner", "item_6"),
    ("obeys", "item_7"),
    ("worries", "item_8"),
    ("caring", "item_9"),
    ("fidgety", "item_10"),
    ("friend", "item_11"),
    ("fights", "item_12"),
    ("unhappy", "item_13"),
    ("popular", "item_14"),
    ("distrac", "item_15"),
    ("clingy", "item_16"),
    ("kind", "item_17"),
    ("lies", "item_18"),
    ("argues", "item_18"),
    ("bullied", "item_19"),
    ("helpout", "item_20"),
    ("reflect", "item_21"),
    ("steals", "item_22"),
    ("spite", "item_22"),
    ("oldbest", "item_23"),
    ("afraid", "item_24"),
    ("attends", "item_25"),
    ("ebddiff", "difficulties"),
    ("distres", "distress"),
    ("imphome", "impact_home"),
    ("impfrie", "impact_friends"),
    ("impclas", "impact_classroom"),
    ("impleis", "impact_leisure"),
    ("emotion", "emotional"),
    ("conduct", "conduct"),
    ("hyper", "hyperactivity"),
    ("peer", "peer"),
    ("prosoc", "prosocial"),
    ("impact", "impact"),
    ("ebdtot", "total"),
];

/// The letters in front of short names.
const PREFIXES: [(char, Informant); 3] = [
    ('p', Informant::ParentCarer),
    ('t', Informant::Teacher),
    ('s', Informant::YoungPerson),
];

/// What stands before the number of an item.
const BEFORE_NUMBERS: [&str; 7] = ["sdq_item", "sdq_q", "item", "question", "sdq", "q", "i"];

/// A column of the table `sdq`, and who answered where the header tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SdqName {
    pub(crate) column: &'static str,
    pub(crate) informant: Option<Informant>,
}

/// The column that a header names, the header in lower case with `_` between words.
pub(crate) fn sdq_name(header: &str) -> Option<SdqName> {
    let by_number = item_by_number(header);
    let header = header.strip_prefix("sdq_").unwrap_or(header);
    if let Some(column) = by_number.or_else(|| by_short_name(header)) {
        return Some(SdqName {
            column,
            informant: None,
        });
    }
    PREFIXES.iter().find_map(|(letter, informant)| {
        let rest = header.strip_prefix(*letter)?;
        Some(SdqName {
            column: by_short_name(rest.strip_prefix('_').unwrap_or(rest))?,
            informant: Some(*informant),
        })
    })
}

fn by_short_name(name: &str) -> Option<&'static str> {
    SHORT_NAMES
        .iter()
        .find(|(short, _)| *short == name)
        .map(|(_, column)| *column)
}

fn item_by_number(header: &str) -> Option<&'static str> {
    let number = BEFORE_NUMBERS.iter().find_map(|before| {
        let rest = header.strip_prefix(before)?;
        Some(rest.strip_prefix('_').unwrap_or(rest))
    })?;
    let is_number = matches!(number.len(), 1 | 2) && number.bytes().all(|b| b.is_ascii_digit());
    if !is_number {
        return None;
    }
    let name = format!("item_{}", number.parse::<u8>().ok()?);
    SHORT_NAMES
        .iter()
        .find(|(_, column)| *column == name)
        .map(|(_, column)| *column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(header: &str) -> Option<&'static str> {
        sdq_name(header).map(|name| name.column)
    }

    #[test]
    fn items_are_known_by_number_and_by_short_name() {
        for header in [
            "item_7",
            "q7",
            "q07",
            "sdq_7",
            "sdq7",
            "i7",
            "sdq_q7",
            "question_7",
            "obeys",
        ] {
            assert_eq!(column(header), Some("item_7"), "{header}");
        }
        for header in [
            "item_0", "item_26", "q123", "7", "quarter", "i", "sdq", "items", "p7",
        ] {
            assert_eq!(column(header), None, "{header}");
        }
        assert_eq!(column("lies"), column("argues"));
        assert_eq!(column("steals"), column("spite"));
    }

    #[test]
    fn the_letter_in_front_tells_who_answered() {
        for (header, column, informant) in [
            ("pconsid", "item_1", Some(Informant::ParentCarer)),
            ("tconsid", "item_1", Some(Informant::Teacher)),
            ("s_consid", "item_1", Some(Informant::YoungPerson)),
            ("ppopular", "item_14", Some(Informant::ParentCarer)),
            ("popular", "item_14", None),
            ("tantrum", "item_5", None),
            ("ttantrum", "item_5", Some(Informant::Teacher)),
            ("shares", "item_4", None),
            ("sebdtot", "total", Some(Informant::YoungPerson)),
            ("pimphome", "impact_home", Some(Informant::ParentCarer)),
        ] {
            assert_eq!(
                sdq_name(header),
                Some(SdqName { column, informant }),
                "{header}"
            );
        }
    }

    #[test]
    fn every_item_has_a_name() {
        for item in 1..=25 {
            let header = format!("item_{item}");
            assert_eq!(column(&header), Some(header.as_str()));
        }
    }
}
