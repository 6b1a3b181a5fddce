//! Which table a file holds, by its headers.

use kinfolk_model::fold;

use super::extract_columns;

/// A table of the return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReturnTable {
    /// Every child.
    Header,
    /// Every episode of care.
    Episodes,
    /// Missing and away.
    Missing,
    /// Yearly outcomes, with the SDQ.
    Oc2,
    /// Care leavers.
    Oc3,
    /// Unaccompanied children.
    Uasc,
    /// Reviews.
    Reviews,
    /// Adoption.
    Ad1,
    /// Placed for adoption.
    PlacedAdoption,
    /// Earlier permanence.
    PreviousPermanence,
    /// Social workers.
    SocialWorkers,
    /// Deprivation of liberty.
    DeprivationOfLiberty,
    /// Placements, ready made, of an extract of the Standard Safeguarding Dataset.
    ExtractPlacements,
    /// Episodes of an extract.
    ExtractEpisodes,
    /// Legal statuses of an extract.
    ExtractLegalStatuses,
    /// Missing and away, of an extract.
    ExtractMissing,
    /// Care leavers of an extract.
    ExtractCareLeavers,
    /// SDQ scores of an extract, which a study folder reads.
    ExtractSdq,
    /// Everybody in an extract.
    ExtractPersons,
}

/// Columns that regional platforms add to every table.
const PLATFORM: [&str; 2] = ["LA", "YEAR"];

impl ReturnTable {
    /// Every table, the most telling headers first.
    pub const ALL: [Self; 19] = [
        Self::Episodes,
        Self::Missing,
        Self::Oc2,
        Self::Oc3,
        Self::Reviews,
        Self::Ad1,
        Self::PlacedAdoption,
        Self::PreviousPermanence,
        Self::SocialWorkers,
        Self::DeprivationOfLiberty,
        Self::Uasc,
        Self::Header,
        Self::ExtractPlacements,
        Self::ExtractEpisodes,
        Self::ExtractLegalStatuses,
        Self::ExtractMissing,
        Self::ExtractCareLeavers,
        Self::ExtractSdq,
        Self::ExtractPersons,
    ];

    /// The table's name in findings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Episodes => "episodes",
            Self::Missing => "missing",
            Self::Oc2 => "oc2",
            Self::Oc3 => "oc3",
            Self::Uasc => "uasc",
            Self::Reviews => "reviews",
            Self::Ad1 => "ad1",
            Self::PlacedAdoption => "placed_adoption",
            Self::PreviousPermanence => "previous_permanence",
            Self::SocialWorkers => "sw_episodes",
            Self::DeprivationOfLiberty => "dolo",
            Self::ExtractPlacements => "ssd_cla_placement",
            Self::ExtractEpisodes => "ssd_cla_episodes",
            Self::ExtractLegalStatuses => "ssd_legal_status",
            Self::ExtractMissing => "ssd_missing",
            Self::ExtractCareLeavers => "ssd_care_leavers",
            Self::ExtractSdq => "ssd_sdq_scores",
            Self::ExtractPersons => "ssd_person",
        }
    }

    /// Its columns, as the guidance of the return lists them.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Header => &["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"],
            Self::Episodes => &[
                "CHILD",
                "DECOM",
                "RNE",
                "LS",
                "CIN",
                "PLACE",
                "PLACE_PROVIDER",
                "DEC",
                "REC",
                "REASON_PLACE_CHANGE",
                "HOME_POST",
                "PL_POST",
                "URN",
            ],
            Self::Missing => &["CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"],
            Self::Oc2 => &[
                "CHILD",
                "DOB",
                "SDQ_SCORE",
                "SDQ_REASON",
                "CONVICTED",
                "HEALTH_CHECK",
                "IMMUNISATIONS",
                "TEETH_CHECK",
                "HEALTH_ASSESSMENT",
                "SUBSTANCE_MISUSE",
                "INTERVENTION_RECEIVED",
                "INTERVENTION_OFFERED",
            ],
            Self::Oc3 => &["CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"],
            Self::Uasc => &["CHILD", "SEX", "DOB", "DUC"],
            Self::Reviews => &["CHILD", "DOB", "REVIEW", "REVIEW_CODE"],
            Self::Ad1 => &[
                "CHILD",
                "DOB",
                "DATE_INT",
                "DATE_MATCH",
                "FOSTER_CARE",
                "NB_ADOPTR",
                "SEX_ADOPTR",
                "LS_ADOPTR",
            ],
            Self::PlacedAdoption => &[
                "CHILD",
                "DOB",
                "DATE_PLACED",
                "DATE_PLACED_CEASED",
                "REASON_PLACED_CEASED",
            ],
            Self::PreviousPermanence => &["CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"],
            Self::SocialWorkers => &["CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON"],
            Self::DeprivationOfLiberty => &["CHILD", "DOB", "DOLO_START", "DOLO_END"],
            Self::ExtractPlacements
            | Self::ExtractEpisodes
            | Self::ExtractLegalStatuses
            | Self::ExtractMissing
            | Self::ExtractCareLeavers
            | Self::ExtractSdq
            | Self::ExtractPersons => extract_columns::of(self),
        }
    }

    /// Whether the table is one of an extract of the Standard Safeguarding Dataset.
    pub fn is_extract(self) -> bool {
        self >= Self::ExtractPlacements
    }

    /// Whether children can be counted from it alone.
    pub fn counts_children(self) -> bool {
        matches!(
            self,
            Self::Episodes
                | Self::Oc2
                | Self::Oc3
                | Self::ExtractPlacements
                | Self::ExtractCareLeavers
        )
    }

    /// Those of its columns that feed a figure or a rule, and that some headers do not have.
    pub(super) fn missing_columns(self, headers: &[String]) -> Vec<&'static str> {
        let needed = match self {
            Self::Episodes | Self::Missing | Self::Oc3 => self.columns(),
            Self::Header => &["CHILD", "SEX", "DOB", "ETHNIC"],
            _ if self.is_extract() => self.columns(),
            _ => &[],
        };
        let folded: Vec<String> = headers.iter().map(|name| fold(name)).collect();
        let needed = needed.iter().copied();
        needed
            .filter(|name| *name != "DOB" && !extract_columns::is_there(&fold(name), &folded))
            .collect()
    }

    /// Headers that are no part of the table; LA and YEAR are, in the shape that platforms give it.
    /// Of an extract's many columns only those that are read are known here.
    pub(super) fn further_columns(self, headers: &[String]) -> Vec<&str> {
        if self.is_extract() {
            return Vec::new();
        }
        let is_known = |name: &str| {
            let own = self.columns().iter().chain(&PLATFORM);
            own.into_iter().any(|known| fold(known) == fold(name))
        };
        let names = headers.iter().map(String::as_str);
        names
            .filter(|name| !name.is_empty() && !is_known(name))
            .collect()
    }

    /// The headers that tell the table from every other.
    fn telling(self) -> &'static [&'static str] {
        match self {
            Self::Header => &["child", "sex", "dob", "ethnic"],
            Self::Episodes => &["child", "decom", "rne", "ls", "place", "dec", "rec"],
            Self::Missing => &["child", "missing", "mis_start", "mis_end"],
            Self::Oc2 => &["child", "sdq_score", "sdq_reason"],
            Self::Oc3 => &["child", "in_touch", "activ", "accom"],
            Self::Uasc => &["child", "sex", "dob", "duc"],
            Self::Reviews => &["child", "review", "review_code"],
            Self::Ad1 => &["child", "date_int", "date_match"],
            Self::PlacedAdoption => &["child", "date_placed", "reason_placed_ceased"],
            Self::PreviousPermanence => &["child", "prev_perm", "date_perm"],
            Self::SocialWorkers => &["child", "sw_id", "sw_decom"],
            Self::DeprivationOfLiberty => &["child", "dolo_start", "dolo_end"],
            Self::ExtractPlacements => &["clap_person_id", "clap_cla_placement_start_date"],
            Self::ExtractEpisodes => &["clae_person_id", "clae_cla_episode_start_date"],
            Self::ExtractLegalStatuses => &["lega_person_id", "lega_legal_status"],
            Self::ExtractMissing => &["miss_person_id", "miss_missing_episode_start_date"],
            Self::ExtractCareLeavers => &["clea_person_id", "clea_care_leaver_accommodation"],
            Self::ExtractSdq => &["csdq_person_id", "csdq_sdq_score"],
            Self::ExtractPersons => &["pers_person_id"],
        }
    }

    /// The table that has such headers, in any order and any case, whatever stands beside them.
    pub fn recognise<'n>(headers: impl Iterator<Item = &'n str>) -> Option<Self> {
        let headers: Vec<String> = headers.map(str::to_owned).collect();
        let mut tables = Self::ALL.into_iter();
        tables.find(|table| table.is_told_by(&headers))
    }

    /// Whether headers are those of the table and of none before it.
    pub(super) fn is_told_by(self, headers: &[String]) -> bool {
        let has = |name: &&str| headers.iter().any(|header| fold(header) == **name);
        self.telling().iter().all(has)
    }

    /// Whether a study keeps the table among its own: its scores feed the waves of the SDQ.
    pub(crate) fn is_kept_by_study(self) -> bool {
        matches!(self, Self::Oc2 | Self::ExtractSdq)
    }
}

/// Where the columns of a table stand in one file, under the names that the return gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Places(Vec<String>);

impl Places {
    pub(super) fn of(headers: &[String]) -> Self {
        let own = |name: &String| extract_columns::in_return(&fold(name));
        Self(headers.iter().map(own).collect())
    }

    /// Where the first column of that name stands, from 0.
    pub(super) fn get(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|header| header == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_are_those_of_the_dictionary() {
        for schema in kinfolk_model::care::RETURN_TABLES {
            let table = ReturnTable::ALL
                .into_iter()
                .find(|table| table.name() == schema.name);
            let names: Vec<&str> = schema.columns.iter().map(|column| column.name).collect();
            assert_eq!(
                table.map(ReturnTable::columns),
                Some(names.as_slice()),
                "{}",
                schema.name
            );
        }
    }

    #[test]
    fn tables_are_recognised_by_their_headers() {
        let check = |headers: &str, expected| {
            assert_eq!(
                ReturnTable::recognise(headers.split(',')),
                expected,
                "{headers}"
            );
        };
        let episodes = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN";
        check(episodes, Some(ReturnTable::Episodes));
        check(&episodes.to_lowercase(), Some(ReturnTable::Episodes));
        check(
            &format!("LA,YEAR,{episodes},,"),
            Some(ReturnTable::Episodes),
        );
        check(
            "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
            Some(ReturnTable::Header),
        );
        check("CHILD,SEX,DOB,DUC", Some(ReturnTable::Uasc));
        check(
            "CHILD,DOB,MISSING,MIS_START,MIS_END",
            Some(ReturnTable::Missing),
        );
        check("CHILD,DOB,IN_TOUCH,ACTIV,ACCOM", Some(ReturnTable::Oc3));
        check("child_id,date,informant,total", None);
        let placements = ReturnTable::ExtractPlacements.columns().join(",");
        check(&placements, Some(ReturnTable::ExtractPlacements));
        for table in ReturnTable::ALL {
            check(&table.columns().join(","), Some(table));
        }
    }
}
