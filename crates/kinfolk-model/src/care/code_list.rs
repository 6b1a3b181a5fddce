//! What the codes of the return mean, and in which years they were in use.

use super::ShortCode;

/// One code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeEntry {
    /// The code.
    pub code: ShortCode,
    /// What it means, in our own short words.
    pub label: &'static str,
    /// The first return, by the year in which it ends, that may hold it; `None` for all before.
    pub first_year: Option<i16>,
    /// The last return that may hold it; `None` where it is still in use.
    pub last_year: Option<i16>,
}

impl CodeEntry {
    /// Whether a return of that year may hold the code.
    pub fn is_valid_in(&self, year: i16) -> bool {
        self.first_year.is_none_or(|first| first <= year)
            && self.last_year.is_none_or(|last| year <= last)
    }
}

/// The codes that one column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeList {
    /// The column, as the return heads it.
    pub column: &'static str,
    /// Every code, in the order of the return's guidance.
    pub entries: &'static [CodeEntry],
}

impl CodeList {
    /// The code's entry; `None` for a code that nobody knows.
    pub fn get(&self, code: ShortCode) -> Option<&'static CodeEntry> {
        self.entries.iter().find(|entry| entry.code == code)
    }

    /// The codes that came into use or went out of it.
    pub fn limited(&self) -> Vec<&'static CodeEntry> {
        let is_limited = |entry: &&CodeEntry| entry.first_year.or(entry.last_year).is_some();
        self.entries.iter().filter(is_limited).collect()
    }

    /// What a code means; `None` for a code that nobody knows.
    pub fn label(&self, code: ShortCode) -> Option<&'static str> {
        self.get(code).map(|entry| entry.label)
    }
}

const fn always(code: &str, label: &'static str) -> CodeEntry {
    CodeEntry {
        code: ShortCode::of(code),
        label,
        first_year: None,
        last_year: None,
    }
}

const fn from(first_year: i16, entry: CodeEntry) -> CodeEntry {
    CodeEntry {
        first_year: Some(first_year),
        ..entry
    }
}

const fn until(last_year: i16, entry: CodeEntry) -> CodeEntry {
    CodeEntry {
        last_year: Some(last_year),
        ..entry
    }
}

/// A code that left before the return for 2016. In which year is not verified, so none earlier is
/// called wrong.
const fn historic(code: &str, label: &'static str) -> CodeEntry {
    until(2015, always(code, label))
}

/// Reason for a new episode.
pub const REASONS_NEW: CodeList = CodeList {
    column: "RNE",
    entries: &[
        always("S", "Started to be looked after"),
        always("L", "Legal status changed"),
        always("P", "Placement and carer changed"),
        from(2016, always("T", "Placement changed, same carer")),
        always("B", "Legal status, placement and carer changed"),
        from(
            2016,
            always("U", "Legal status and placement changed, same carer"),
        ),
    ],
};

/// Legal status.
pub const LEGAL_STATUSES: CodeList = CodeList {
    column: "LS",
    entries: &[
        always("C1", "Interim care order"),
        always("C2", "Full care order"),
        until(2024, always("D1", "Freeing order")),
        always("E1", "Placement order"),
        always("V2", "Single period of accommodation, section 20"),
        always("V3", "Short breaks, each recorded"),
        always("V4", "Short breaks, agreement recorded"),
        always("L1", "Police protection"),
        always("L2", "Emergency protection order"),
        always("L3", "Child assessment order"),
        always("J1", "Remanded"),
        always("J2", "Detained, PACE"),
        always(
            "J3",
            "Youth rehabilitation order with residence or fostering",
        ),
        historic("W1", "Wardship"),
    ],
};

/// Category of need when the period of care began.
pub const NEEDS: CodeList = CodeList {
    column: "CIN",
    entries: &[
        always("N1", "Abuse or neglect"),
        always("N2", "The child\u{2019}s disability"),
        always("N3", "A parent\u{2019}s illness or disability"),
        always("N4", "Family in acute stress"),
        always("N5", "Family dysfunction"),
        always("N6", "Socially unacceptable behaviour"),
        always("N7", "Low income"),
        always("N8", "Absent parenting"),
    ],
};

/// Kind of placement.
pub const PLACEMENTS: CodeList = CodeList {
    column: "PLACE",
    entries: &[
        always("U1", "Foster care, relative or friend, long term"),
        always(
            "U2",
            "Foster care, relative or friend, also approved to adopt",
        ),
        always("U3", "Foster care, relative or friend, other"),
        always("U4", "Foster care, other carer, long term"),
        always("U5", "Foster care, other carer, also approved to adopt"),
        always("U6", "Foster care, other carer, other"),
        historic("Q1", "Foster care, relative or friend"),
        historic("Q2", "Foster care, other carer"),
        historic("A1", "Placed for adoption, consent"),
        historic("A2", "Placed for adoption, order"),
        always("A3", "Placed for adoption, consent, current carers"),
        always("A4", "Placed for adoption, consent, new carers"),
        always("A5", "Placed for adoption, order, current carers"),
        always("A6", "Placed for adoption, order, new carers"),
        always("K1", "Secure children\u{2019}s home"),
        always("K2", "Children\u{2019}s home"),
        from(2024, always("K3", "Registered supported accommodation")),
        until(2024, always("H5", "Semi-independent living")),
        always("R1", "Care home"),
        always("R2", "Health setting"),
        always("R3", "Family centre, mother and baby unit"),
        always("R5", "Young offender institution or prison"),
        always("S1", "Residential school"),
        always("P1", "With parents"),
        until(2024, always("P2", "Independent living")),
        always("P3", "Residential employment"),
        always("T0", "Temporary placement"),
        always("T1", "Temporary: in hospital"),
        always("T2", "Temporary: child on holiday"),
        always("T3", "Temporary: carers on holiday"),
        always("T4", "Temporary: other, up to seven days"),
        until(2025, always("Z1", "Other placement")),
        from(2026, always("Z11", "Other placement, first kind")),
        from(2026, always("Z12", "Other placement, second kind")),
        from(2026, always("Z13", "Other placement, third kind")),
        from(2026, always("Z14", "Other placement, fourth kind")),
        historic("M1", "Missing, in refuge"),
        historic("M2", "Missing, whereabouts known"),
        historic("M3", "Missing, whereabouts unknown"),
    ],
};

/// Who provides a placement.
pub const PROVIDERS: CodeList = CodeList {
    column: "PLACE_PROVIDER",
    entries: &[
        always("PR0", "Parents"),
        always("PR1", "Own authority"),
        always("PR2", "Another authority"),
        always("PR3", "Other public body"),
        always("PR4", "Private"),
        always("PR5", "Voluntary"),
    ],
};

/// Why an episode ended.
pub const REASONS_ENDED: CodeList = CodeList {
    column: "REC",
    entries: &[
        always("X1", "Care continues in another episode"),
        always("E11", "Adopted, unopposed"),
        always("E12", "Adopted, consent dispensed with"),
        always("E2", "Died"),
        always("E3", "Another authority took over"),
        always("E4A", "Returned home, planned"),
        always("E4B", "Returned home, unplanned"),
        always("E13", "Left to people without parental responsibility"),
        always("E41", "Residence or child arrangements order"),
        until(2018, always("E43", "Special guardianship, former carers")),
        until(2018, always("E44", "Special guardianship, others")),
        from(
            2019,
            always(
                "E45",
                "Special guardianship, relative or friend who was the carer",
            ),
        ),
        from(
            2019,
            always("E46", "Special guardianship, other former carer"),
        ),
        from(
            2019,
            always(
                "E47",
                "Special guardianship, relative or friend who was not the carer",
            ),
        ),
        from(2019, always("E48", "Special guardianship, others")),
        always("E5", "Independent living, supported"),
        always("E6", "Independent living, unsupported"),
        always("E7", "Adult residential care"),
        always("E8", "Other reason"),
        always("E9", "Custody"),
        always("E14", "Remand ended"),
        always("E15", "Assessed to be 18 or over"),
        always("E16", "Moved abroad"),
        always("E17", "Turned 18 and stayed with carers"),
        always(
            "E99",
            "Closed by a regional data platform, reason not known",
        ),
    ],
};

/// Why a placement changed.
pub const REASONS_MOVED: CodeList = CodeList {
    column: "REASON_PLACE_CHANGE",
    entries: &[
        always("CARPL", "Change in the care plan"),
        always("CLOSE", "Carer resigned or setting closed"),
        always("ALLEG", "Allegation"),
        always("STAND", "Concern about standards"),
        always("APPRR", "Approval removed"),
        always("CREQB", "Carer asked, child\u{2019}s behaviour"),
        always("CREQO", "Carer asked, other reason"),
        always("CHILD", "Child asked"),
        always("LAREQ", "Authority asked"),
        always("PLACE", "Status changed, same carer"),
        from(2019, always("CUSTOD", "Custody")),
        always("OTHER", "Other"),
        always("LIIAF", "Filled in by a regional data platform"),
    ],
};

/// Missing or away.
pub const MISSING_KINDS: CodeList = CodeList {
    column: "MISSING",
    entries: &[
        always("M", "Missing"),
        always("A", "Away without authorisation"),
    ],
};

/// Whether the authority is in touch with a care leaver.
pub const IN_TOUCH: CodeList = CodeList {
    column: "IN_TOUCH",
    entries: &[
        always("YES", "In touch"),
        always("NO", "Not in touch"),
        always("DIED", "Died"),
        always("REFU", "Refuses contact"),
        always("NREQ", "No longer needs the service"),
        always("RHOM", "Returned home for six months or more"),
    ],
};

/// An answer of the yearly outcomes.
pub const YES_OR_NO: CodeList = CodeList {
    column: "CONVICTED",
    entries: &[always("1", "Yes"), always("0", "No")],
};

/// Why there is no SDQ score.
pub const SDQ_REASONS: CodeList = CodeList {
    column: "SDQ_REASON",
    entries: &[
        always("SDQ1", "Younger than 4 or older than 16"),
        always("SDQ2", "Carer refused"),
        always("SDQ3", "Disability too severe"),
        always("SDQ4", "Other"),
        always("SDQ5", "Child refused"),
    ],
};

/// A care leaver's main activity.
pub const ACTIVITIES: CodeList = CodeList {
    column: "ACTIV",
    entries: &[
        always("F1", "Full time in higher education"),
        always("P1", "Part time in higher education"),
        always("F2", "Full time in other education"),
        always("P2", "Part time in other education"),
        until(2021, always("F3", "Full time in training or employment")),
        until(2021, always("P3", "Part time in training or employment")),
        from(2022, always("F4", "Full time in an apprenticeship")),
        from(2022, always("P4", "Part time in an apprenticeship")),
        from(
            2022,
            always("F5", "Full time in other training or employment"),
        ),
        from(
            2022,
            always("P5", "Part time in other training or employment"),
        ),
        always("G4", "Not in education or work: illness or disability"),
        always("G5", "Not in education or work: other reasons"),
        always("G6", "Not in education or work: pregnancy or parenting"),
        always("0", "Not known, or not asked"),
    ],
};

/// A care leaver's accommodation: a letter, and 1 where it is suitable, 2 where it is not.
pub const ACCOMMODATIONS: CodeList = CodeList {
    column: "ACCOM",
    entries: &[
        always("B1", "With parents or relatives, suitable"),
        always("B2", "With parents or relatives, unsuitable"),
        always("C1", "Community home, suitable"),
        always("C2", "Community home, unsuitable"),
        always("D1", "Semi-independent, suitable"),
        always("D2", "Semi-independent, unsuitable"),
        always("E1", "Supported lodgings, suitable"),
        always("E2", "Supported lodgings, unsuitable"),
        always("G1", "Abroad, suitable"),
        always("G2", "Abroad, unsuitable"),
        always("H1", "Deported, suitable"),
        always("H2", "Deported, unsuitable"),
        always("K1", "Ordinary lodgings, suitable"),
        always("K2", "Ordinary lodgings, unsuitable"),
        always("R1", "Residence not known, suitable"),
        always("R2", "Residence not known, unsuitable"),
        always("S2", "No fixed abode"),
        always("T1", "Foyer, suitable"),
        always("T2", "Foyer, unsuitable"),
        always("U1", "Independent, suitable"),
        always("U2", "Independent, unsuitable"),
        always("V1", "Emergency accommodation, suitable"),
        always("V2", "Emergency accommodation, unsuitable"),
        always("W1", "Bed and breakfast, suitable"),
        always("W2", "Bed and breakfast, unsuitable"),
        always("X2", "In custody"),
        always("Y1", "Other, suitable"),
        always("Y2", "Other, unsuitable"),
        always("Z1", "With a former foster carer, suitable"),
        always("Z2", "With a former foster carer, unsuitable"),
        always("0", "Not in touch, or not asked"),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_use_in_their_years() {
        let check = |list: &CodeList, code: &str, year, expected| {
            let entry = list.get(ShortCode::of(code)).unwrap();
            assert_eq!(entry.is_valid_in(year), expected, "{code} in {year}");
        };
        check(&PLACEMENTS, "U4", 2017, true);
        check(&PLACEMENTS, "K3", 2023, false);
        check(&PLACEMENTS, "K3", 2024, true);
        check(&PLACEMENTS, "Z1", 2026, false);
        check(&PLACEMENTS, "Z11", 2026, true);
        check(&REASONS_ENDED, "E43", 2019, false);
        check(&REASONS_NEW, "T", 2015, false);
        assert_eq!(PLACEMENTS.get(ShortCode::of("U9")), None);
    }

    #[test]
    fn no_list_holds_a_code_twice() {
        for list in [
            REASONS_NEW,
            LEGAL_STATUSES,
            NEEDS,
            PLACEMENTS,
            PROVIDERS,
            REASONS_ENDED,
            REASONS_MOVED,
            MISSING_KINDS,
            YES_OR_NO,
            SDQ_REASONS,
            IN_TOUCH,
            ACTIVITIES,
            ACCOMMODATIONS,
        ] {
            for (at, entry) in list.entries.iter().enumerate() {
                let twice = list.entries[at + 1..]
                    .iter()
                    .any(|later| later.code == entry.code);
                assert!(!twice, "{} {}", list.column, entry.code);
            }
        }
    }
}
