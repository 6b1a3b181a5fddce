//! The tables of the return that feed figures: their columns, and what each says.

/// A column of a table of the return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReturnColumn {
    /// Its header.
    pub name: &'static str,
    /// What it says.
    pub meaning: &'static str,
}

/// A table of the return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReturnTableSchema {
    /// Its name in findings and figures.
    pub name: &'static str,
    /// What a row is.
    pub row: &'static str,
    /// Its columns, in the order of the guidance.
    pub columns: &'static [ReturnColumn],
}

const fn column(name: &'static str, meaning: &'static str) -> ReturnColumn {
    ReturnColumn { name, meaning }
}

const CHILD: ReturnColumn = column("CHILD", "The authority's identifier of the child.");
const DOB: ReturnColumn = column("DOB", "Date of birth.");

/// The tables of the return (SSDA903, England) that feed figures. Every column of a table should be
/// there; what a missing one says counts as blank.
pub const RETURN_TABLES: &[ReturnTableSchema] = &[
    ReturnTableSchema {
        name: "header",
        row: "a child of whom another table of the return speaks",
        columns: &[
            CHILD,
            column("SEX", "Sex: 1 or M male, 2 or F female, U unknown."),
            DOB,
            column("ETHNIC", "Ethnic group."),
            column("UPN", "Pupil number; feeds no figure."),
            column("MOTHER", "Whether she is a mother; feeds no figure."),
            column("MC_DOB", "When her child was born; feeds no figure."),
        ],
    },
    ReturnTableSchema {
        name: "episodes",
        row: "an episode of care; it ends whenever legal status or placement changes",
        columns: &[
            CHILD,
            column("DECOM", "The first day."),
            column("RNE", "Reason for the new episode: S, L, P, T, B or U."),
            column("LS", "Legal status; V3 and V4 are short breaks."),
            column("CIN", "Main need when care began."),
            column("PLACE", "Kind of placement; T0 to T4 are temporary."),
            column("PLACE_PROVIDER", "Who provides it."),
            column("DEC", "The day on which it ended; blank while it lasts."),
            column("REC", "Why it ended; X1 where care continues."),
            column(
                "REASON_PLACE_CHANGE",
                "Why the placement changed, on the row that ends.",
            ),
            column("HOME_POST", "Postcode of the home before care."),
            column("PL_POST", "Postcode of the placement."),
            column("URN", "Register number of the setting."),
        ],
    },
    ReturnTableSchema {
        name: "missing",
        row: "a time missing or away without authorisation",
        columns: &[
            CHILD,
            DOB,
            column("MISSING", "M missing, A away without authorisation."),
            column("MIS_START", "The first day."),
            column("MIS_END", "The day of return; blank while it lasts."),
        ],
    },
    ReturnTableSchema {
        name: "oc2",
        row: "a child looked after for twelve months on 31 March; answers are 1 for yes and 0 for no",
        columns: &[
            CHILD,
            DOB,
            column(
                "SDQ_SCORE",
                "Total of the SDQ as the carer reported it, 0 to 40.",
            ),
            column("SDQ_REASON", "Why there is no score: SDQ1 to SDQ5."),
            column(
                "CONVICTED",
                "Convicted, or subject to a youth caution, in the year; of children of ten or older.",
            ),
            column(
                "HEALTH_CHECK",
                "Development assessments up to date; of children under five.",
            ),
            column("IMMUNISATIONS", "Immunisations up to date."),
            column("TEETH_CHECK", "Teeth checked by a dentist in the year."),
            column("HEALTH_ASSESSMENT", "Health assessed in the year."),
            column(
                "SUBSTANCE_MISUSE",
                "Identified as having a substance misuse problem.",
            ),
            column(
                "INTERVENTION_RECEIVED",
                "Received an intervention for substance misuse.",
            ),
            column(
                "INTERVENTION_OFFERED",
                "Was offered such an intervention and did not take it.",
            ),
        ],
    },
    ReturnTableSchema {
        name: "oc3",
        row: "a care leaver, at a birthday in the year",
        columns: &[
            CHILD,
            DOB,
            column("IN_TOUCH", "Whether the authority is in touch."),
            column("ACTIV", "Main activity."),
            column(
                "ACCOM",
                "Accommodation: a letter, and 1 suitable or 2 unsuitable.",
            ),
        ],
    },
];
