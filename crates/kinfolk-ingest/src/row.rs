//! One row under a header: typed values out, findings for whatever cannot be read.

use std::cell::Cell;

use jiff::civil::Date;
use kinfolk_model::schema::{Column, ColumnKind};
use kinfolk_model::{
    Answer, ChildId, Code, CohortValue, FinancialQuarter, Finding, Period, Place, parse_code,
};

use smol_str::SmolStr;

use crate::cell::{self, NotAnswer, NotInteger, ReadDate, ReadId, ReadInteger};
use crate::header::Layout;
use crate::meter::Meter;
use crate::no_answer::is_sdq_no_answer;
use crate::rules::{self, Rule};
use crate::sheet::{Format, Raw, RawRow, Sheet};

/// Longer values are cut in findings: whatever is that long is a remark, not a code.
const LONGEST_VALUE: usize = 40;

/// What rows are checked against.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) today: Date,
    pub(crate) period: Period,
    /// The codes and the words of the authority's own statements.
    pub(crate) statements: &'a [(String, String)],
    /// What is told of rows that were read.
    pub(crate) meter: &'a Meter<'a>,
}

/// A row under reading.
pub(crate) struct RowReader<'a> {
    pub(crate) sheet: &'a Sheet,
    pub(crate) layout: &'a Layout,
    pub(crate) raw: &'a RawRow,
    pub(crate) context: Context<'a>,
    pub(crate) child_id: Option<ChildId>,
    pub(crate) findings: Vec<Finding>,
    /// Where the column after the last one asked for stands: columns are mostly asked for in order.
    next_column: Cell<usize>,
    next_in_schema: Cell<usize>,
}

impl<'a> RowReader<'a> {
    pub(crate) fn new(
        sheet: &'a Sheet,
        layout: &'a Layout,
        raw: &'a RawRow,
        context: Context<'a>,
    ) -> Self {
        Self {
            sheet,
            layout,
            raw,
            context,
            child_id: None,
            findings: Vec::new(),
            next_column: Cell::new(0),
            next_in_schema: Cell::new(0),
        }
    }

    /// Where a column of the table stands in the sheet.
    fn column(&self, name: &str) -> Option<u32> {
        let columns = &self.layout.columns;
        let found = found_from(columns, &self.next_column, |found| found.name == name)?;
        Some(found.column)
    }

    /// The child's identifier, which every later finding of the row then names.
    pub(crate) fn child_id(&mut self) -> Option<ChildId> {
        let id = self.identifier("child_id").map(|id| ChildId::new(&id));
        self.child_id.clone_from(&id);
        id
    }

    /// An identifier.
    pub(crate) fn identifier(&mut self, name: &'static str) -> Option<SmolStr> {
        let raw = self.present(name)?;
        match cell::identifier(raw) {
            ReadId::Certain(id) => Some(id),
            ReadId::Reformatted(id) => {
                let message = format!("`{}` was read as `{id}`", raw.shown());
                self.report(&rules::ID_REFORMATTED, name, message);
                Some(id)
            }
            ReadId::Mangled => {
                let message = format!("`{}` is what a spreadsheet made of {name}", raw.shown());
                self.report(&rules::EXCEL_MANGLED_ID, name, message);
                None
            }
        }
    }

    /// Free text.
    pub(crate) fn text(&mut self, name: &'static str) -> Option<String> {
        self.present(name).map(Raw::shown)
    }

    /// A day that is not in the future.
    pub(crate) fn date(&mut self, name: &'static str) -> Option<Date> {
        let raw = self.present(name)?;
        let Some(read) = cell::date(raw, self.context.today) else {
            let shown = raw.shown();
            self.report(
                &rules::DATE_UNREADABLE,
                name,
                format!("`{shown}` is no date"),
            );
            return None;
        };
        match read {
            ReadDate::Certain(_) => {}
            ReadDate::TwoDigitYear(date) => {
                let message = format!("`{}` was read as {date}", raw.shown());
                self.report(&rules::DATE_TWO_DIGIT_YEAR, name, message);
            }
            ReadDate::Serial(date) => {
                let message = format!("`{}` was read as {date}", raw.shown());
                self.report(&rules::DATE_AS_NUMBER, name, message);
            }
        }
        let (date, today) = (read.date(), self.context.today);
        if date > today {
            let message = format!("{date} is after today, {today}");
            self.report(&rules::DATE_IN_FUTURE, name, message);
            return None;
        }
        Some(date)
    }

    /// Warns of a day after the period of the report.
    pub(crate) fn within_period(&mut self, name: &'static str, day: Option<Date>) {
        let end = self.context.period.end;
        if let Some(day) = day.filter(|day| *day > end) {
            let message = format!("{name} {day} is after the period, which ends on {end}");
            self.report(&rules::DATE_OUTSIDE_PERIOD, name, message);
        }
    }

    /// A member of a code list.
    pub(crate) fn code<C: Code>(&mut self, name: &'static str) -> Option<C> {
        let raw = self.present(name)?;
        if let Some(code) = code_as_it_stands(raw) {
            return Some(code);
        }
        let shown = match raw {
            Raw::Bool(true) => "yes".to_owned(),
            Raw::Bool(false) => "no".to_owned(),
            other => other.shown(),
        };
        if let Ok(code) = parse_code(&shown) {
            return Some(code);
        }
        let mut spellings = Vec::new();
        for member in C::ALL {
            spellings.extend([(member.code(), *member), (member.label(), *member)]);
            spellings.extend(member.aliases().iter().map(|alias| (*alias, *member)));
        }
        let near = cell::nearest(&shown, spellings.iter().map(|(spelling, _)| *spelling))
            .and_then(|near| spellings.iter().find(|(spelling, _)| *spelling == near))
            .map(|(_, member)| member.code());
        let codes: Vec<&str> = C::ALL.iter().map(|member| member.code()).collect();
        self.report_unknown(name, &shown, near, &codes);
        None
    }

    /// Yes or no.
    pub(crate) fn yes_no(&mut self, name: &'static str) -> Option<bool> {
        let raw = self.present(name)?;
        let answer = cell::yes_no(raw);
        if answer.is_none() {
            let shown = raw.shown();
            let near = cell::nearest(&shown, ["yes", "no"].into_iter());
            self.report_unknown(name, &shown, near, &["yes", "no"]);
        }
        answer
    }

    fn report_unknown(
        &mut self,
        name: &'static str,
        shown: &str,
        near: Option<&str>,
        codes: &[&str],
    ) {
        let shown = cut(shown);
        let message = match near {
            Some(near) => format!("`{shown}` is no {name}; the nearest is `{near}`"),
            None => format!("`{shown}` is no {name}; it may be {}", codes.join(", ")),
        };
        self.report(&rules::UNKNOWN_CODE, name, message);
    }

    /// A whole number in the range that the schema gives the column.
    pub(crate) fn integer<N: TryFrom<i64>>(&mut self, name: &'static str) -> Option<N> {
        let raw = self.present(name)?;
        let shown = || cut(&raw.shown());
        let read = match cell::integer(raw) {
            Ok(read) => read,
            Err(NotInteger::Fraction) => {
                let message = format!("`{}` is no whole number", shown());
                self.report(&rules::NUMBER_NOT_WHOLE, name, message);
                return None;
            }
            Err(NotInteger::Words) => {
                let message = format!("`{}` is no number", shown());
                self.report(&rules::MIXED_TEXT_AND_NUMBER, name, message);
                return None;
            }
        };
        if matches!(read, ReadInteger::Text(_)) && self.sheet.format == Format::Workbook {
            let message = format!("`{}` is stored as text", shown());
            self.report(&rules::NUMBER_AS_TEXT, name, message);
        }
        let value = read.value();
        let ColumnKind::Integer { low, high } = self.schema(name)?.kind else {
            return None;
        };
        if (low..=high).contains(&value) {
            return N::try_from(value).ok();
        }
        let rule = match (is_age(name), value < low) {
            _ if self.layout.table.name == "sdq" => sdq_rule(value),
            (true, _) => &rules::AGE_OUTSIDE_RANGE,
            (false, true) => &rules::COUNT_NEGATIVE,
            (false, false) => &rules::COUNT_ABSURD,
        };
        self.report(
            rule,
            name,
            format!("{value} is not between {low} and {high}"),
        );
        None
    }

    /// A financial quarter.
    pub(crate) fn quarter(&mut self, name: &'static str) -> Option<FinancialQuarter> {
        let shown = self.present(name)?.shown();
        let quarter: Result<FinancialQuarter, _> = shown.parse();
        if let Err(error) = &quarter {
            self.report(&rules::DATE_UNREADABLE, name, error.to_string());
        }
        quarter.ok()
    }

    /// An answer in a column, which need not be one of the table's.
    pub(crate) fn answer_in(&mut self, column: u32) -> Option<Answer> {
        let raw = self.raw.get(column)?;
        let shown = || cut(&raw.shown());
        if matches!(raw, Raw::Error(_)) {
            let message = format!("the cell shows {}", shown());
            self.report_in(&rules::ERROR_CELL, column, message);
            return None;
        }
        match cell::answer(raw) {
            Ok(answer) => Some(answer),
            Err(NotAnswer::OutsideRange) => {
                let message = format!("`{}` is no rating from 1 to 5", shown());
                self.report_in(&rules::RATING_OUTSIDE_RANGE, column, message);
                None
            }
            Err(NotAnswer::Words) => {
                let message = format!("`{}` is no answer; it may be 1 to 5, yes or no", shown());
                self.report_in(&rules::UNKNOWN_CODE, column, message);
                None
            }
        }
    }

    /// What a column that is none of the table's holds: a number, or words.
    pub(crate) fn value_in(&mut self, column: u32) -> Option<CohortValue> {
        let raw = self.raw.get(column)?;
        if let Raw::Error(error) = raw {
            self.report_in(
                &rules::ERROR_CELL,
                column,
                format!("the cell shows {error}"),
            );
            return None;
        }
        Some(cell::value(raw))
    }

    /// The cell of a column; `None`, with a finding where the value is required, when it is blank
    /// or a formula failed.
    pub(crate) fn present(&mut self, name: &'static str) -> Option<&'a Raw> {
        let column = self.column(name)?;
        match self.raw.get(column) {
            Some(Raw::Error(error)) => {
                self.report(&rules::ERROR_CELL, name, format!("the cell shows {error}"));
                None
            }
            Some(raw) => Some(raw),
            None => {
                if self.schema(name).is_some_and(|column| column.required) {
                    let message = format!("{name} is blank");
                    self.report(&rules::MISSING_REQUIRED_VALUE, name, message);
                }
                None
            }
        }
    }

    /// Whether the row has a cell in a column of the table.
    pub(crate) fn is_filled(&self, name: &str) -> bool {
        let column = self.column(name);
        column.is_some_and(|column| self.raw.get(column).is_some())
    }

    fn schema(&self, name: &str) -> Option<&'static Column> {
        let columns = self.layout.table.columns;
        found_from(columns, &self.next_in_schema, |column| column.name == name)
    }

    /// Adds a finding at a column of the table.
    pub(crate) fn report(&mut self, rule: &Rule, name: &'static str, message: String) {
        let finding = self.finding(rule, name, message);
        self.findings.push(finding);
    }

    pub(crate) fn report_in(&mut self, rule: &Rule, column: u32, message: String) {
        let finding = self.finding_in(rule, column, message);
        self.findings.push(finding);
    }

    fn finding(&self, rule: &Rule, name: &'static str, message: String) -> Finding {
        match self.layout.column(name) {
            Some(column) => self.finding_in(rule, column, message),
            None => self.at(rule, self.row_place(), message),
        }
    }

    fn finding_in(&self, rule: &Rule, column: u32, message: String) -> Finding {
        let place = self.layout.place(self.sheet, self.raw.number, column);
        Finding {
            value: self.raw.get(column).map(|raw| cut(&raw.shown())),
            ..self.at(rule, place, message)
        }
    }

    fn at(&self, rule: &Rule, place: Place, message: String) -> Finding {
        Finding {
            child_id: self.child_id.clone(),
            ..rule.at(place, message)
        }
    }

    fn row_place(&self) -> Place {
        Place {
            row: Some(self.raw.number),
            ..self.sheet.place()
        }
    }
}

/// The member of a list that is meant, looked for from where the last one was found.
fn found_from<'l, T>(
    list: &'l [T],
    next: &Cell<usize>,
    is_meant: impl Fn(&T) -> bool,
) -> Option<&'l T> {
    let start = next.get().min(list.len());
    let at = (start..list.len())
        .chain(0..start)
        .find(|at| list.get(*at).is_some_and(&is_meant))?;
    next.set(at + 1);
    list.get(at)
}

/// A code that is written as the list writes it, which most are.
fn code_as_it_stands<C: Code>(raw: &Raw) -> Option<C> {
    let Raw::Text(text) = raw else {
        return None;
    };
    C::ALL.iter().copied().find(|member| member.code() == text)
}

/// The rule that a number outside the range of an SDQ column breaks.
fn sdq_rule(value: i64) -> &'static Rule {
    if is_sdq_no_answer(value) {
        &rules::SDQ_MISSING_CODE
    } else {
        &rules::SDQ_OUTSIDE_RANGE
    }
}

/// Whether a whole number is a person's age.
fn is_age(name: &str) -> bool {
    matches!(name, "age" | "age_at_referral")
}

/// A value short enough to print.
pub(crate) fn cut(value: &str) -> String {
    if value.chars().count() <= LONGEST_VALUE {
        return value.to_owned();
    }
    value
        .chars()
        .take(LONGEST_VALUE)
        .chain(std::iter::once('\u{2026}'))
        .collect()
}
