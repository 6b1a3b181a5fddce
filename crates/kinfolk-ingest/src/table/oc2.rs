//! The yearly return on outcomes of children looked after (England, OC2): totals of the SDQ.

use std::borrow::Cow;

use jiff::civil::Date;
use kinfolk_model::care::YearlyAnswers;
use kinfolk_model::{ChildId, Code, Oc2, Period, SdqReason, parse_code};

use super::{Key, Record};
use crate::cell::{self, ReadDate, ReadInteger};
use crate::row::{RowReader, cut};
use crate::rules;
use crate::sheet::Sheet;

/// Totals go no higher.
const HIGHEST_SCORE: i64 = 40;

impl Record for Oc2 {
    const TABLE: &'static str = "oc2";
    const KEY_COLUMN: &'static str = "child_id";
    const SHARED: &'static str = "row of this child and year";

    fn read(row: &mut RowReader<'_>, records: &mut Vec<Option<Self>>) {
        // A dated score says more as a questionnaire.
        if is_dated_score(row) {
            return;
        }
        records.push(oc2(row));
    }

    fn key(&self) -> Option<Key<'_>> {
        let year = self.year.to_string();
        Some([self.child_id.as_str().into(), year.into(), Cow::default()])
    }

    fn child_id(&self) -> Option<&ChildId> {
        Some(&self.child_id)
    }
}

fn oc2(row: &mut RowReader<'_>) -> Option<Oc2> {
    let child_id = row.child_id();
    check_completed(row);
    let year = year(row);
    let date_of_birth = row.date("date_of_birth");
    let sdq_score = score(row);
    let sdq_reason = reason(row);
    let looked_after_12_months = row.yes_no("looked_after_12_months");
    let has_both = sdq_score.is_some() && sdq_reason.is_some();
    if has_both {
        let message = "a score and a reason for having none".to_owned();
        row.report(&rules::OC2_197A, "sdq_reason", message);
    }
    Some(Oc2 {
        child_id: child_id?,
        year: year?,
        date_of_birth,
        sdq_score,
        sdq_reason: sdq_reason.filter(|_| !has_both),
        looked_after_12_months,
        answers: YearlyAnswers {
            convicted: row.yes_no("convicted"),
            health_check: row.yes_no("health_check"),
            immunisations: row.yes_no("immunisations"),
            teeth_check: row.yes_no("teeth_check"),
            health_assessment: row.yes_no("health_assessment"),
            substance_misuse: row.yes_no("substance_misuse"),
            intervention_received: row.yes_no("intervention_received"),
            intervention_offered: row.yes_no("intervention_offered"),
        },
    })
}

/// Whether a row of a yearly return has a score and the day of its completion.
pub(super) fn is_dated_score(row: &RowReader<'_>) -> bool {
    let has_score = row.is_filled("sdq_score") || row.is_filled("total");
    has_score && completed_on(row).is_some()
}

fn completed_on(row: &RowReader<'_>) -> Option<Date> {
    let raw = row.raw.get(row.layout.completed?)?;
    cell::date(raw, row.context.today).map(ReadDate::date)
}

/// Says why a day of completion was not used.
fn check_completed(row: &mut RowReader<'_>) {
    let Some(column) = row.layout.completed else {
        return;
    };
    let Some(raw) = row.raw.get(column) else {
        return;
    };
    if completed_on(row).is_some() {
        return;
    }
    let shown = cut(&raw.shown());
    if shown.starts_with("1900-01-01") || shown.starts_with("01/01/1900") {
        let message = format!("`{shown}` was read as missing");
        row.report_in(&rules::OC2_PLACEHOLDER_DATE, column, message);
    } else {
        let message = format!("`{shown}` is no date");
        row.report_in(&rules::DATE_UNREADABLE, column, message);
    }
}

/// A total; blank is one that is not there.
fn score(row: &mut RowReader<'_>) -> Option<u8> {
    if !row.is_filled("sdq_score") {
        return None;
    }
    let raw = row.present("sdq_score")?;
    match cell::integer(raw).map(ReadInteger::value) {
        Ok(score @ 0..=HIGHEST_SCORE) => u8::try_from(score).ok(),
        _ => {
            let message = format!("`{}` is no whole number from 0 to 40", cut(&raw.shown()));
            row.report(&rules::OC2_180, "sdq_score", message);
            None
        }
    }
}

/// One of the five codes, in any spelling that is known.
fn reason(row: &mut RowReader<'_>) -> Option<SdqReason> {
    let shown = row.text("sdq_reason")?;
    let Ok(reason) = parse_code::<SdqReason>(&shown) else {
        let message = format!("`{}` is no reason", cut(&shown));
        row.report(&rules::OC2_196, "sdq_reason", message);
        return None;
    };
    if shown != reason.code() {
        let message = format!("`{shown}` was read as {reason}");
        row.report(&rules::OC2_196_SPELLING, "sdq_reason", message);
    }
    Some(reason)
}

/// The year that the row names, else that of the day of completion, else that of the whole sheet.
fn year(row: &mut RowReader<'_>) -> Option<i16> {
    let year = if row.is_filled("year") {
        year_of_row(row)?
    } else {
        completed_on(row).map_or_else(
            || year_of_sheet(row.sheet, row.context.period).year(),
            collection_year,
        )
    };
    let today = row.context.today;
    if year > collection_year(today) {
        let message = format!("the collection of {year} begins after today, {today}");
        row.report(&rules::DATE_IN_FUTURE, "year", message);
        return None;
    }
    let end = row.context.period.end;
    if year > collection_year(end) {
        let message = format!("the collection of {year} is after the period, which ends on {end}");
        row.report(&rules::DATE_OUTSIDE_PERIOD, "year", message);
    }
    Some(year)
}

fn year_of_row(row: &mut RowReader<'_>) -> Option<i16> {
    let shown = row.text("year")?;
    let year = year_in(&shown);
    if year.is_none() {
        let message = format!("`{}` is no year", cut(&shown));
        row.report(&rules::DATE_UNREADABLE, "year", message);
    }
    year
}

/// Where the year of a sheet without such a column was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum YearOfSheet {
    /// In the name of the sheet, of the file or of the nearest folder.
    Named(i16),
    /// It is the collection year in which the study ends.
    OfPeriod(i16),
}

impl YearOfSheet {
    pub(crate) fn year(self) -> i16 {
        match self {
            Self::Named(year) | Self::OfPeriod(year) => year,
        }
    }
}

/// The collection year of a sheet that has no column for it.
pub(crate) fn year_of_sheet(sheet: &Sheet, period: Period) -> YearOfSheet {
    let named = sheet.name.as_deref().and_then(year_in);
    let in_folders = || sheet.file.rsplit('/').skip(1).find_map(year_in);
    let in_file = || year_in(sheet.file_stem());
    match named.or_else(in_file).or_else(in_folders) {
        Some(year) => YearOfSheet::Named(year),
        None => YearOfSheet::OfPeriod(collection_year(period.end)),
    }
}

/// The year in which the collection ends that covers a day: from 1 April to 31 March.
pub(crate) fn collection_year(day: Date) -> i16 {
    day.year() + i16::from(day.month() >= 4)
}

/// The one collection year that a text names: `2025`, `2024-25`, `2024_2025`; `None` where it names
/// none or several.
fn year_in(text: &str) -> Option<i16> {
    let mut years = years_in(text);
    let first = years.next()?;
    years.all(|other| other == first).then_some(first)
}

fn years_in(text: &str) -> impl Iterator<Item = i16> {
    let mut runs: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for run in text.split(|c: char| !c.is_ascii_digit()) {
        runs.extend((!run.is_empty()).then_some((at, run)));
        at += run.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    let mut years = Vec::new();
    let mut runs = runs.into_iter().peekable();
    while let Some((at, run)) = runs.next() {
        let Some(year) = calendar_year(run) else {
            continue;
        };
        let ends = runs.next_if(|(next, digits)| {
            let is_near = text[at + run.len()..*next].chars().count() == 1;
            is_near && is_year_after(year, digits)
        });
        years.push(year + i16::from(ends.is_some()));
    }
    years.into_iter()
}

fn calendar_year(digits: &str) -> Option<i16> {
    let year = digits
        .parse()
        .ok()
        .filter(|year| (2000..=2100).contains(year));
    year.filter(|_| digits.len() == 4)
}

/// Whether digits name the year after: `25` or `2025` after 2024.
fn is_year_after(year: i16, digits: &str) -> bool {
    let next = year + 1;
    match digits.len() {
        2 => digits.parse() == Ok(next % 100),
        4 => digits.parse() == Ok(next),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn years_are_found_in_names() {
        for (name, expected) in [
            ("2025", Some(2025)),
            ("OC2 2024-25", Some(2025)),
            ("oc2_2024_25", Some(2025)),
            ("OC2 2024/2025", Some(2025)),
            ("2024\u{2013}25 return", Some(2025)),
            ("oc2-2025-03-31", Some(2025)),
            ("year 2025, 2025", Some(2025)),
            ("2024 and 2025", None),
            ("2024-26", Some(2024)),
            ("oc2", None),
            ("20251", None),
            ("1999", None),
            ("é2023é", Some(2023)),
        ] {
            assert_eq!(year_in(name), expected, "{name}");
        }
    }

    #[test]
    fn a_collection_year_begins_on_the_first_of_april() {
        assert_eq!(collection_year(date(2025, 3, 31)), 2025);
        assert_eq!(collection_year(date(2025, 4, 1)), 2026);
    }
}
