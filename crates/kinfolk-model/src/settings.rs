//! `study.toml`: what a study is about, and every option that can change a reported figure.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::care::{CountedReasons, ShortBreakStarts, TemporaryPlacements};
use crate::code::code_set;
use crate::{ComparisonSettings, Country, SdqBaseline, SdqModelDegrees, format, statement_label};

code_set! {
    /// The rules by which small numbers are hidden.
    DisclosureProfile as "disclosure profile" {
        DfeCsc = "dfe-csc", "Department for Education, children\u{2019}s social care", ["dfe_csc"];
        NhsRound5 = "nhs-round5", "NHS England, rounded to five", ["nhs_round5"];
        Tre = "tre", "Trusted research environment, ten or more";
        Internal = "internal", "Internal: nothing hidden";
    }
}

/// Two days and all between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The first day.
    pub start: Date,
    /// The last day.
    pub end: Date,
}

impl Period {
    /// Whether a day lies in the period.
    pub fn contains(&self, day: Date) -> bool {
        self.start <= day && day <= self.end
    }

    /// `2024–25` for a financial year, else `April 2022 to March 2025`.
    pub fn label(&self) -> String {
        let (start, end) = (self.start, self.end);
        let financial_year = (start.month(), start.day(), end.month(), end.day()) == (4, 1, 3, 31)
            && end.year() == start.year() + 1;
        if financial_year {
            format!("{}\u{2013}{:02}", start.year(), end.year() % 100)
        } else {
            format!("{} to {}", format::month(start), format::month(end))
        }
    }
}

/// How the Strengths and Difficulties Questionnaire is compared over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SdqSettings {
    /// Which questionnaire counts as a child's baseline.
    pub baseline: SdqBaseline,
    /// How the degrees of freedom of the model of repeated measures are found.
    pub model_degrees: SdqModelDegrees,
    /// How large a change must be to count for one child; `None` where the study does not say, and
    /// then no child's change is classed.
    pub reliable_change: Option<ReliableChange>,
}

impl Default for SdqSettings {
    fn default() -> Self {
        Self {
            baseline: SdqBaseline::LastBeforeStart,
            model_degrees: SdqModelDegrees::Satterthwaite,
            reliable_change: None,
        }
    }
}

/// What the size of a reliable change follows from. There is no default: published values differ
/// and move the threshold, so a study names its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReliableChange {
    /// The standard deviation of totals, in points.
    pub sd: f64,
    /// The reliability of the total, above 0 and below 1.
    pub reliability: f64,
    /// Where both come from, printed beside every result.
    pub source: String,
}

/// How the placements of children looked after are counted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CareSettings {
    /// Which reasons for a new episode count as a move.
    pub moves: CountedReasons,
    /// Whether time in hospital, on holiday or the like counts as a placement.
    pub temporary: TemporaryPlacements,
    /// What becomes of children whose period of care began with short breaks.
    pub short_break_starts: ShortBreakStarts,
    /// The day on which children are counted; `None` for the last day of the period. The year of
    /// the measures is the one that ends with it.
    pub on: Option<Date>,
    /// Official statistics to stand beside.
    pub published: Option<PublishedSettings>,
}

impl Default for CareSettings {
    fn default() -> Self {
        Self {
            moves: CountedReasons::Spb,
            temporary: TemporaryPlacements::Bridge,
            short_break_starts: ShortBreakStarts::LeftOut,
            on: None,
            published: None,
        }
    }
}

/// Where the official statistics are, and whose figures in them are the authority's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublishedSettings {
    /// The tables by area as downloaded (placement stability, care leavers' accommodation), relative
    /// to the study folder.
    pub statistics: Vec<String>,
    /// A list of statistical neighbours by code, relative to the study folder.
    pub neighbours: Option<String>,
    /// The authority, as the statistics name it; `None` for the study's.
    pub authority: Option<String>,
    /// Which release the statistics are, since releases restate earlier years.
    pub release: String,
}

/// Everything that `study.toml` says, after reading and checking.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Settings {
    /// The title of the report.
    pub title: String,
    /// The authority, or the authorities.
    pub authorities: Vec<String>,
    /// The nation whose rules apply where a child's row names none.
    pub country: Country,
    /// The period that the report covers.
    pub period: Period,
    /// `true` when every record is made up; the report says so on each page.
    pub synthetic: bool,
    /// What the reader must know about the data, printed on the first page; empty for nothing.
    pub notice: String,
    /// The level of intervals, between 0.5 and 0.999.
    pub confidence: f64,
    /// The seed of every random draw.
    pub seed: u64,
    /// Days after the start at which a child is followed up.
    pub follow_up_days: u16,
    /// The rules by which small numbers are hidden.
    pub disclosure: DisclosureProfile,
    /// How the Strengths and Difficulties Questionnaire is compared over time.
    pub sdq: SdqSettings,
    /// How placements are counted.
    pub care: CareSettings,
    /// How the programme's children are compared with others; `None` where the study does not ask.
    pub comparison: Option<ComparisonSettings>,
    /// Words for the authority's own questionnaire statements, by statement code.
    pub statements: BTreeMap<String, String>,
    /// An `estimates.json` of all authorities, relative to the study folder, for comparison.
    pub benchmark: Option<String>,
}

impl Settings {
    /// The place in words: the authority, or their number.
    pub fn place(&self) -> String {
        match self.authorities.as_slice() {
            [] => "all authorities".to_owned(),
            [one] => one.clone(),
            many => format!("{} authorities", many.len()),
        }
    }

    /// The day on which children looked after are counted.
    pub fn care_day(&self) -> Date {
        self.care.on.unwrap_or(self.period.end)
    }

    /// The words for a questionnaire statement: the authority's own, else the programme's, else its
    /// code with spaces.
    pub fn statement(&self, code: &str) -> String {
        self.statements
            .get(code)
            .cloned()
            .or_else(|| statement_label(code).map(str::to_owned))
            .unwrap_or_else(|| code.replace('_', " "))
    }
}
