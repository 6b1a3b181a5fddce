//! The tables that a study folder may hold: their columns, which are required, what each may say.
//!
//! Readers, blank workbooks, the data dictionary and messages are all made from this one list.

use crate::{
    Arm, Code, Contact, Country, EndReason, Ethnicity, Informant, ObjectiveCategory,
    ObjectiveStatus, Outcome, PlacementType, Relationship, Respondent, SdqForm, SdqReason,
    SdqVersion, Sex, Side, YesNo,
};

/// A member of a code list, without its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// The code that files carry.
    pub code: &'static str,
    /// The words that people read.
    pub label: &'static str,
    /// Other spellings.
    pub aliases: &'static [&'static str],
}

/// The members of a code list.
pub fn members<C: Code>() -> Vec<Member> {
    C::ALL
        .iter()
        .map(|code| Member {
            code: code.code(),
            label: code.label(),
            aliases: code.aliases(),
        })
        .collect()
}

/// What a column may say.
#[derive(Debug, Clone, Copy)]
pub enum ColumnKind {
    /// An identifier, kept as text.
    Identifier,
    /// Free text.
    Text,
    /// A day: ISO, dd/mm/yyyy, or a real date in a spreadsheet; never US order.
    Date,
    /// Yes or no.
    YesNo,
    /// A whole number in a range.
    Integer {
        /// The least that is believed.
        low: i64,
        /// The most that is believed.
        high: i64,
    },
    /// A member of a code list.
    Code(fn() -> Vec<Member>),
    /// A rating from 1 to 5, yes or no.
    Answer,
    /// A financial quarter.
    Quarter,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its header.
    pub name: &'static str,
    /// What it may say.
    pub kind: ColumnKind,
    /// Whether the table is unreadable without it.
    pub required: bool,
    /// What it means.
    pub meaning: &'static str,
}

/// A table.
#[derive(Debug, Clone, Copy)]
pub struct TableSchema {
    /// Its name.
    pub name: &'static str,
    /// What a row is.
    pub row: &'static str,
    /// Its columns, in the order of templates.
    pub columns: &'static [Column],
}

impl TableSchema {
    /// The column with that header.
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// Every table that a study folder may hold.
pub const TABLES: &[TableSchema] = &[
    TableSchema {
        name: "children",
        row: "a Practice Summary, one per child",
        columns: &[
            column(
                "child_id",
                ColumnKind::Identifier,
                true,
                "The authority's own identifier of the child.",
            ),
            column(
                "authority",
                ColumnKind::Text,
                false,
                "The authority; where blank, the study's.",
            ),
            column(
                "country",
                ColumnKind::Code(members::<Country>),
                false,
                "England, Scotland or Wales; where blank, the study's.",
            ),
            column(
                "sex",
                ColumnKind::Code(members::<Sex>),
                false,
                "Sex as recorded.",
            ),
            column(
                "date_of_birth",
                ColumnKind::Date,
                false,
                "Date of birth; or give the age at referral.",
            ),
            column(
                "age_at_referral",
                ColumnKind::Integer { low: 0, high: 25 },
                false,
                "Age in completed years at referral, where the date of birth is not given.",
            ),
            column(
                "ethnicity",
                ColumnKind::Code(members::<Ethnicity>),
                false,
                "Broad ethnic group.",
            ),
            column(
                "disability",
                ColumnKind::Code(members::<YesNo>),
                false,
                "Whether the child has a disability.",
            ),
            column(
                "care_start",
                ColumnKind::Date,
                false,
                "When the present period of care began.",
            ),
            column(
                "legal_status",
                ColumnKind::Text,
                false,
                "Legal status, as the authority records it.",
            ),
            column(
                "placement_type",
                ColumnKind::Code(members::<PlacementType>),
                false,
                "Where the child lived at referral.",
            ),
            column(
                "plan_to_return_home",
                ColumnKind::Code(members::<YesNo>),
                false,
                "Whether there was a plan to return home at referral.",
            ),
            column(
                "plan_for_adoption",
                ColumnKind::Code(members::<YesNo>),
                false,
                "Whether there was a plan for adoption at referral.",
            ),
            column(
                "referral_date",
                ColumnKind::Date,
                false,
                "When the child was referred.",
            ),
            column(
                "start_date",
                ColumnKind::Date,
                false,
                "When work with the child started.",
            ),
            column(
                "conference_date",
                ColumnKind::Date,
                false,
                "When the family group conference was held.",
            ),
            column(
                "plan_date",
                ColumnKind::Date,
                false,
                "When the plan was agreed.",
            ),
            column(
                "review_date",
                ColumnKind::Date,
                false,
                "When the plan was first reviewed.",
            ),
            column("end_date", ColumnKind::Date, false, "When the work ended."),
            column(
                "end_reason",
                ColumnKind::Code(members::<EndReason>),
                false,
                "Why the work ended.",
            ),
            column(
                "relationship_repaired",
                ColumnKind::Code(members::<Outcome>),
                false,
                "Whether a relationship was repaired.",
            ),
            column(
                "long_term_commitment",
                ColumnKind::Code(members::<Outcome>),
                false,
                "Whether someone in the network made a long-term commitment.",
            ),
            column(
                "new_direct_contact",
                ColumnKind::Code(members::<Outcome>),
                false,
                "Whether the care plan now holds new direct contact.",
            ),
            column(
                "family_history_knowledge",
                ColumnKind::Code(members::<Outcome>),
                false,
                "Whether the child knows more of the family's history.",
            ),
            column(
                "identity_belonging",
                ColumnKind::Code(members::<Outcome>),
                false,
                "Whether the child has a stronger sense of identity and belonging.",
            ),
        ],
    },
    TableSchema {
        name: "objectives",
        row: "one thing that a child wanted",
        columns: &[
            column("child_id", ColumnKind::Identifier, true, "The child."),
            column(
                "objective_id",
                ColumnKind::Identifier,
                false,
                "Tells objectives of one child apart.",
            ),
            column(
                "category",
                ColumnKind::Code(members::<ObjectiveCategory>),
                true,
                "What kind of thing it is.",
            ),
            column(
                "status",
                ColumnKind::Code(members::<ObjectiveStatus>),
                true,
                "What became of it.",
            ),
        ],
    },
    TableSchema {
        name: "connections",
        row: "one person in a child's tracker",
        columns: &[
            column("child_id", ColumnKind::Identifier, true, "The child."),
            column(
                "person_id",
                ColumnKind::Identifier,
                true,
                "Tells the people around one child apart; no name.",
            ),
            column(
                "relationship",
                ColumnKind::Code(members::<Relationship>),
                true,
                "Who the person is to the child.",
            ),
            column(
                "side",
                ColumnKind::Code(members::<Side>),
                false,
                "The mother's or the father's side of the family.",
            ),
            column(
                "age",
                ColumnKind::Integer { low: 0, high: 120 },
                false,
                "The person's age in completed years.",
            ),
            column(
                "wanted",
                ColumnKind::YesNo,
                false,
                "Whether the child asked for this person.",
            ),
            column(
                "at_start",
                ColumnKind::YesNo,
                true,
                "Whether the person was around the child at the start.",
            ),
            column(
                "after",
                ColumnKind::YesNo,
                true,
                "Whether the person is around the child after the work.",
            ),
            column(
                "at_12_months",
                ColumnKind::YesNo,
                false,
                "Whether the person is around the child twelve months later.",
            ),
            column(
                "contact_at_start",
                ColumnKind::Code(members::<Contact>),
                false,
                "How child and person were in touch at the start.",
            ),
            column(
                "contact",
                ColumnKind::Code(members::<Contact>),
                false,
                "How child and person are in touch after the work.",
            ),
            column(
                "commitment",
                ColumnKind::Text,
                false,
                "What the person has offered to do.",
            ),
        ],
    },
    TableSchema {
        name: "connection_counts",
        row: "a child, where only the number of people is kept",
        columns: &[
            column("child_id", ColumnKind::Identifier, true, "The child."),
            column(
                "before",
                ColumnKind::Integer { low: 0, high: 200 },
                true,
                "People around the child at the start.",
            ),
            column(
                "after",
                ColumnKind::Integer { low: 0, high: 200 },
                true,
                "People around the child after the work.",
            ),
            column(
                "at_12_months",
                ColumnKind::Integer { low: 0, high: 200 },
                false,
                "People around the child twelve months later.",
            ),
        ],
    },
    TableSchema {
        name: "questionnaires",
        row: "one answer to one statement; a file with a column for each statement is read too",
        columns: &[
            column("response_id", ColumnKind::Identifier, true, "The form."),
            column(
                "respondent",
                ColumnKind::Code(members::<Respondent>),
                true,
                "Who answered.",
            ),
            column(
                "child_id",
                ColumnKind::Identifier,
                false,
                "The child, where the form says.",
            ),
            column(
                "date",
                ColumnKind::Date,
                false,
                "When the form was filled in.",
            ),
            column(
                "statement",
                ColumnKind::Text,
                true,
                "The statement's code or its words.",
            ),
            column(
                "answer",
                ColumnKind::Answer,
                true,
                "1 (disagree strongly) to 5 (agree strongly), yes or no.",
            ),
        ],
    },
    TableSchema {
        name: "monitoring",
        row: "what one authority returned for one quarter",
        columns: &[
            column("authority", ColumnKind::Text, true, "The authority."),
            column(
                "country",
                ColumnKind::Code(members::<Country>),
                false,
                "The nation; where blank, the study's.",
            ),
            column(
                "programme",
                ColumnKind::Text,
                false,
                "The programme, where an authority returns several.",
            ),
            column(
                "quarter",
                ColumnKind::Quarter,
                true,
                "The financial quarter: 2024-Q1 is April to June 2024.",
            ),
            column(
                "referrals",
                ColumnKind::Integer {
                    low: 0,
                    high: 10000,
                },
                false,
                "Children referred.",
            ),
            column(
                "starts",
                ColumnKind::Integer {
                    low: 0,
                    high: 10000,
                },
                false,
                "Children with whom work started.",
            ),
            column(
                "conferences",
                ColumnKind::Integer {
                    low: 0,
                    high: 10000,
                },
                false,
                "Family group conferences held.",
            ),
            column(
                "plans",
                ColumnKind::Integer {
                    low: 0,
                    high: 10000,
                },
                false,
                "Plans made.",
            ),
            column(
                "reviews",
                ColumnKind::Integer {
                    low: 0,
                    high: 10000,
                },
                false,
                "Plan reviews held.",
            ),
            column(
                "coordinators_trained",
                ColumnKind::Integer {
                    low: 0,
                    high: 10000,
                },
                false,
                "Coordinators trained.",
            ),
        ],
    },
    TableSchema {
        name: "sdq",
        row: "one completed Strengths and Difficulties Questionnaire: items, scales or the total",
        columns: &[
            column("child_id", ColumnKind::Identifier, true, "The child."),
            column("date", ColumnKind::Date, true, "When it was completed."),
            column(
                "informant",
                ColumnKind::Code(members::<Informant>),
                true,
                "Who completed it.",
            ),
            column(
                "form",
                ColumnKind::Code(members::<SdqForm>),
                false,
                "For which ages the form was made; where blank, 4-17.",
            ),
            column(
                "version",
                ColumnKind::Code(members::<SdqVersion>),
                false,
                "The first form or the follow-up form.",
            ),
            column(
                "carer_id",
                ColumnKind::Identifier,
                false,
                "Tells carers of one child apart, so that a change of carer is seen; no name.",
            ),
            column(
                "item_1",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 1 (consid), as on the form, not reversed.",
            ),
            column(
                "item_2",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 2 (restles), as on the form, not reversed.",
            ),
            column(
                "item_3",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 3 (somatic), as on the form, not reversed.",
            ),
            column(
                "item_4",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 4 (shares), as on the form, not reversed.",
            ),
            column(
                "item_5",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 5 (tantrum), as on the form, not reversed.",
            ),
            column(
                "item_6",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 6 (loner), as on the form, not reversed.",
            ),
            column(
                "item_7",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 7 (obeys), as on the form, not reversed.",
            ),
            column(
                "item_8",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 8 (worries), as on the form, not reversed.",
            ),
            column(
                "item_9",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 9 (caring), as on the form, not reversed.",
            ),
            column(
                "item_10",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 10 (fidgety), as on the form, not reversed.",
            ),
            column(
                "item_11",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 11 (friend), as on the form, not reversed.",
            ),
            column(
                "item_12",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 12 (fights), as on the form, not reversed.",
            ),
            column(
                "item_13",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 13 (unhappy), as on the form, not reversed.",
            ),
            column(
                "item_14",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 14 (popular), as on the form, not reversed.",
            ),
            column(
                "item_15",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 15 (distrac), as on the form, not reversed.",
            ),
            column(
                "item_16",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 16 (clingy), as on the form, not reversed.",
            ),
            column(
                "item_17",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 17 (kind), as on the form, not reversed.",
            ),
            column(
                "item_18",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 18 (lies), as on the form, not reversed.",
            ),
            column(
                "item_19",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 19 (bullied), as on the form, not reversed.",
            ),
            column(
                "item_20",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 20 (helpout), as on the form, not reversed.",
            ),
            column(
                "item_21",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 21 (reflect), as on the form, not reversed.",
            ),
            column(
                "item_22",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 22 (steals), as on the form, not reversed.",
            ),
            column(
                "item_23",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 23 (oldbest), as on the form, not reversed.",
            ),
            column(
                "item_24",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 24 (afraid), as on the form, not reversed.",
            ),
            column(
                "item_25",
                ColumnKind::Integer { low: 0, high: 2 },
                false,
                "Item 25 (attends), as on the form, not reversed.",
            ),
            column(
                "difficulties",
                ColumnKind::Integer { low: 0, high: 3 },
                false,
                "Difficulties overall (ebddiff): the gate to the questions about impact.",
            ),
            column(
                "distress",
                ColumnKind::Integer { low: 0, high: 3 },
                false,
                "Impact: distress (distres).",
            ),
            column(
                "impact_home",
                ColumnKind::Integer { low: 0, high: 3 },
                false,
                "Impact: home life (imphome); not asked of teachers.",
            ),
            column(
                "impact_friends",
                ColumnKind::Integer { low: 0, high: 3 },
                false,
                "Impact: friendships (impfrie).",
            ),
            column(
                "impact_classroom",
                ColumnKind::Integer { low: 0, high: 3 },
                false,
                "Impact: learning in class (impclas).",
            ),
            column(
                "impact_leisure",
                ColumnKind::Integer { low: 0, high: 3 },
                false,
                "Impact: leisure (impleis); not asked of teachers.",
            ),
            column(
                "emotional",
                ColumnKind::Integer { low: 0, high: 10 },
                false,
                "Emotional scale, where items are not kept.",
            ),
            column(
                "conduct",
                ColumnKind::Integer { low: 0, high: 10 },
                false,
                "Conduct scale, where items are not kept.",
            ),
            column(
                "hyperactivity",
                ColumnKind::Integer { low: 0, high: 10 },
                false,
                "Hyperactivity scale, where items are not kept.",
            ),
            column(
                "peer",
                ColumnKind::Integer { low: 0, high: 10 },
                false,
                "Peer scale, where items are not kept.",
            ),
            column(
                "prosocial",
                ColumnKind::Integer { low: 0, high: 10 },
                false,
                "Prosocial scale, where items are not kept.",
            ),
            column(
                "total",
                ColumnKind::Integer { low: 0, high: 40 },
                false,
                "Total difficulties, where neither items nor scales are kept.",
            ),
            column(
                "impact",
                ColumnKind::Integer { low: 0, high: 10 },
                false,
                "Impact score, where its questions are not kept.",
            ),
        ],
    },
    TableSchema {
        name: "oc2",
        row: "a child's row in the yearly return on outcomes of children looked after (England, OC2)",
        columns: &[
            column("child_id", ColumnKind::Identifier, true, "The child."),
            column(
                "year",
                ColumnKind::Integer {
                    low: 2000,
                    high: 2100,
                },
                false,
                "The year in which the collection ends: 2025 for April 2024 to March 2025. Where there is no such column, the year in the name of the sheet, the file or the nearest folder, else the one in which the study ends.",
            ),
            column("date_of_birth", ColumnKind::Date, false, "Date of birth."),
            column(
                "sdq_score",
                ColumnKind::Integer { low: 0, high: 40 },
                true,
                "Total difficulties as the carer reported them.",
            ),
            column(
                "sdq_reason",
                ColumnKind::Code(members::<SdqReason>),
                false,
                "Why there is no score.",
            ),
            column(
                "looked_after_12_months",
                ColumnKind::YesNo,
                false,
                "Looked after for all twelve months up to 31 March; where blank, that the child is in the return says so.",
            ),
            column(
                "convicted",
                ColumnKind::YesNo,
                false,
                "Convicted, or subject to a youth caution, in the year; of children of ten or older.",
            ),
            column(
                "health_check",
                ColumnKind::YesNo,
                false,
                "Development assessments up to date; of children under five.",
            ),
            column(
                "immunisations",
                ColumnKind::YesNo,
                false,
                "Immunisations up to date.",
            ),
            column(
                "teeth_check",
                ColumnKind::YesNo,
                false,
                "Teeth checked by a dentist in the year.",
            ),
            column(
                "health_assessment",
                ColumnKind::YesNo,
                false,
                "Health assessed in the year.",
            ),
            column(
                "substance_misuse",
                ColumnKind::YesNo,
                false,
                "Identified as having a substance misuse problem.",
            ),
            column(
                "intervention_received",
                ColumnKind::YesNo,
                false,
                "Received an intervention for substance misuse.",
            ),
            column(
                "intervention_offered",
                ColumnKind::YesNo,
                false,
                "Was offered such an intervention and did not take it.",
            ),
        ],
    },
    TableSchema {
        name: "cohort",
        row: "a child of the comparison; every further column is a covariate or an outcome that study.toml may name under [comparison]",
        columns: &[
            column("child_id", ColumnKind::Identifier, true, "The child."),
            column(
                "arm",
                ColumnKind::Code(members::<Arm>),
                true,
                "Whether the child is one of the programme or a comparator.",
            ),
            column(
                "index_date",
                ColumnKind::Date,
                false,
                "The day from which the child is followed: the start of the work, or the day on which a comparator could have started.",
            ),
            column(
                "care_start",
                ColumnKind::Date,
                false,
                "When the present period of care began.",
            ),
            column("date_of_birth", ColumnKind::Date, false, "Date of birth."),
            column(
                "watched_until",
                ColumnKind::Date,
                false,
                "The last day on which an event could have been recorded; where blank, the last day of the period.",
            ),
        ],
    },
    TableSchema {
        name: "events",
        row: "something that happened to a child on a day",
        columns: &[
            column("child_id", ColumnKind::Identifier, true, "The child."),
            column(
                "date",
                ColumnKind::Date,
                true,
                "The day, or the first day where it lasted.",
            ),
            column(
                "kind",
                ColumnKind::Text,
                true,
                "What happened, such as placement_move, missing, away, offence, exclusion, homelessness; adoption, return_home and left_care end the time in which others can happen.",
            ),
            column(
                "end_date",
                ColumnKind::Date,
                false,
                "The last day, where it lasted.",
            ),
        ],
    },
];

/// The table with that name.
pub fn table(name: &str) -> Option<&'static TableSchema> {
    TABLES.iter().find(|table| table.name == name)
}

const fn column(
    name: &'static str,
    kind: ColumnKind,
    required: bool,
    meaning: &'static str,
) -> Column {
    Column {
        name,
        kind,
        required,
        meaning,
    }
}
