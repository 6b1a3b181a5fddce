//! Each child's change between two totals of the same informant, and what class it falls in.

use std::collections::BTreeMap;
use std::io::Write;

use jiff::civil::Date;
use kinfolk_ingest::plain::sdq::{
    CHANGE_COLUMNS, CHILD_ID_COLUMN, DATE_COLUMN, FORM_COLUMN, INFORMANT_COLUMN, START_COLUMN,
    TOTAL_COLUMN, VERSION_COLUMN,
};
use kinfolk_ingest::plain::{PlainColumn, PlainError, PlainReader, PlainTable};
use kinfolk_model::{Code, Informant, SdqBaseline, SdqForm, SdqVersion};
use kinfolk_outcomes::sdq::cut_off;
use kinfolk_stats::{
    ClinicalClass, Crossing, ReliableChangeIndex, ReliableClass, clinical_change, crossing,
    reliable_change,
};

use super::change_summary::summarise;
use super::summary::Summary;
use super::table::{TableColumn, TableToWrite};
use crate::Error;

/// The highest total.
const HIGHEST_TOTAL: i64 = 40;

/// What the columns are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeColumns {
    /// The child.
    pub child_id: String,
    /// When the questionnaire was completed.
    pub date: String,
    /// The total, from 0 to 40.
    pub total: String,
    /// When work with the child started; needed for some rules for the baseline only.
    pub start: String,
}

impl Default for ChangeColumns {
    fn default() -> Self {
        Self {
            child_id: CHILD_ID_COLUMN.to_owned(),
            date: DATE_COLUMN.to_owned(),
            total: TOTAL_COLUMN.to_owned(),
            start: START_COLUMN.to_owned(),
        }
    }
}

/// How change is judged. The standard deviation and the reliability decide the classes, so they
/// have no default.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeOptions {
    /// The standard deviation of totals, in points.
    pub sd: f64,
    /// The reliability of the total, in 0..1.
    pub reliability: f64,
    /// Which questionnaire of a child is the first one.
    pub baseline: SdqBaseline,
    /// Who answered, where the table does not say.
    pub informant: Option<Informant>,
    /// What the columns are called.
    pub columns: ChangeColumns,
}

/// One child's totals of one informant.
#[derive(Debug, Clone, PartialEq)]
pub struct ChildChange {
    /// The child.
    pub child_id: String,
    /// Who answered.
    pub informant: Informant,
    /// The form of both.
    pub form: SdqForm,
    /// How many questionnaires with a total there are.
    pub n_questionnaires: usize,
    /// The day and the total of the baseline; `None` where the rule finds none.
    pub first: Option<(Date, u8)>,
    /// The day and the total of the latest one after it on the same form.
    pub last: Option<(Date, u8)>,
    /// Whether something later was left out because it is on another form or version.
    pub has_other_form: bool,
}

impl ChildChange {
    /// The first and the last total.
    pub fn pair(&self) -> Option<(u8, u8)> {
        Some((self.first?.1, self.last?.1))
    }

    /// The last total less the first: negative where there are fewer difficulties.
    pub fn change(&self) -> Option<i16> {
        self.pair()
            .map(|(first, last)| i16::from(last) - i16::from(first))
    }

    /// How many days lie between the two.
    pub fn days(&self) -> Option<i32> {
        let ((first, _), (last, _)) = (self.first?, self.last?);
        (last - first).get_days().into()
    }

    /// How the cut-off of the informant was crossed; `None` for a form without one.
    pub fn crossing(&self) -> Option<Crossing> {
        let (first, last) = self.pair()?;
        let cut = cut_off(self.informant, self.form)?;
        Some(crossing(first.into(), last.into(), cut.into()))
    }

    /// Reliable change and the cut-off together; `None` for a form without a cut-off.
    pub fn clinical_class(&self, index: ReliableChangeIndex) -> Option<ClinicalClass> {
        let (first, last) = self.pair()?;
        let cut = cut_off(self.informant, self.form)?;
        Some(clinical_change(
            first.into(),
            last.into(),
            cut.into(),
            index,
        ))
    }

    /// Whether the change is more than the instrument's unsteadiness.
    pub fn reliable_class(&self, index: ReliableChangeIndex) -> Option<ReliableClass> {
        self.change().map(|change| index.class(change.into()))
    }
}

/// Every child's change, with the index that judges it.
#[derive(Debug, Clone, PartialEq)]
pub struct SdqChanges {
    /// By child, then by informant.
    pub children: Vec<ChildChange>,
    /// How many rows have no total.
    pub n_rows_without_total: usize,
    index: ReliableChangeIndex,
    options: ChangeOptions,
    file: String,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
struct Questionnaire {
    date: Date,
    total: u8,
    form: SdqForm,
    version: Option<SdqVersion>,
    start: Option<Date>,
}

/// Finds each child's first and last total of the same informant.
///
/// The last one is the latest after the baseline that is on the same form, and not known to be on
/// another version of it. Of several on one day the last in the table counts.
///
/// # Errors
///
/// [`Error::Plain`] when a column is missing or a cell cannot be read, [`Error::Stats`] for a standard
/// deviation or a reliability out of range.
pub fn sdq_change(reader: PlainReader, options: &ChangeOptions) -> Result<SdqChanges, Error> {
    let index = reliable_change(options.sd, options.reliability)?;
    let table = PlainTable::of(reader)?;
    let rows = Rows::read(&table, options)?;
    let n_rows = table.n_rows();
    let (by_child, n_with_total) = rows.by_child();
    let children = by_child
        .into_iter()
        .map(|((child_id, informant), mut rows)| {
            rows.sort_by_key(|row| row.date);
            change_of(child_id, informant, &rows, options.baseline)
        })
        .collect();
    Ok(SdqChanges {
        children,
        n_rows_without_total: n_rows - n_with_total,
        index,
        options: options.clone(),
        file: table.header().file().to_owned(),
    })
}

/// The columns of the table, of one length.
struct Rows {
    child_ids: Vec<String>,
    dates: Vec<Date>,
    totals: Vec<Option<i64>>,
    informants: Vec<Informant>,
    forms: Vec<Option<SdqForm>>,
    versions: Vec<Option<SdqVersion>>,
    starts: Vec<Option<Date>>,
}

impl Rows {
    fn read(table: &PlainTable, options: &ChangeOptions) -> Result<Self, PlainError> {
        let names = &options.columns;
        let mut needed = vec![names.child_id.as_str(), &names.date, &names.total];
        if options.informant.is_none() {
            needed.push(INFORMANT_COLUMN);
        }
        if options.baseline != SdqBaseline::First {
            needed.push(&names.start);
        }
        table.header().require(&needed)?;
        let ids = table.column(&names.child_id)?.required_texts()?;
        Ok(Self {
            child_ids: ids.into_iter().map(|id| id.into_owned()).collect(),
            dates: table.column(&names.date)?.required_dates()?,
            totals: table
                .column(&names.total)?
                .whole_numbers(0..=HIGHEST_TOTAL)?,
            informants: informants(table, options.informant)?,
            forms: codes(table, FORM_COLUMN)?,
            versions: codes(table, VERSION_COLUMN)?,
            starts: starts(table, options)?,
        })
    }

    /// The questionnaires with a total of each child and informant, and how many there are.
    fn by_child(self) -> (BTreeMap<(String, Informant), Vec<Questionnaire>>, usize) {
        let mut by_child: BTreeMap<_, Vec<Questionnaire>> = BTreeMap::new();
        let mut n_with_total = 0;
        for (row, child_id) in self.child_ids.into_iter().enumerate() {
            let total = self.totals[row].and_then(|total| u8::try_from(total).ok());
            let rows = by_child
                .entry((child_id, self.informants[row]))
                .or_default();
            let Some(total) = total else { continue };
            n_with_total += 1;
            rows.push(Questionnaire {
                date: self.dates[row],
                total,
                form: self.forms[row].unwrap_or(SdqForm::Ages4To17),
                version: self.versions[row],
                start: self.starts[row],
            });
        }
        (by_child, n_with_total)
    }
}

/// Who answered each row: what the table says, else what was stated; the two may not differ.
fn informants(table: &PlainTable, stated: Option<Informant>) -> Result<Vec<Informant>, PlainError> {
    match (table.find(INFORMANT_COLUMN)?, stated) {
        (Some(column), stated) => column.required_codes(stated),
        (None, Some(stated)) => Ok(vec![stated; table.n_rows()]),
        (None, None) => Err(table.header().lacks(vec![INFORMANT_COLUMN.to_owned()])),
    }
}

fn codes<C: Code>(table: &PlainTable, name: &str) -> Result<Vec<Option<C>>, PlainError> {
    match table.find(name)? {
        Some(column) => column.codes(),
        None => Ok(vec![None; table.n_rows()]),
    }
}

/// When work started, which the rule that takes the first one never asks.
fn starts(table: &PlainTable, options: &ChangeOptions) -> Result<Vec<Option<Date>>, PlainError> {
    match options.baseline {
        SdqBaseline::First => Ok(vec![None; table.n_rows()]),
        _ => table
            .column(&options.columns.start)
            .and_then(PlainColumn::dates),
    }
}

/// `rows` in order of their dates.
fn change_of(
    child_id: String,
    informant: Informant,
    rows: &[Questionnaire],
    rule: SdqBaseline,
) -> ChildChange {
    let first = baseline(rows, rule);
    let after = |first: Questionnaire| rows.iter().filter(move |row| row.date > first.date);
    let later = first.and_then(|first| after(first).rfind(|row| is_alike(first, **row)));
    ChildChange {
        child_id,
        informant,
        form: first.map_or(SdqForm::Ages4To17, |first| first.form),
        n_questionnaires: rows.len(),
        first: first.map(|row| (row.date, row.total)),
        last: later.map(|row| (row.date, row.total)),
        has_other_form: first.is_some_and(|first| after(first).any(|row| !is_alike(first, *row))),
    }
}

fn is_alike(first: Questionnaire, later: Questionnaire) -> bool {
    let versions = first.version.zip(later.version);
    first.form == later.form && versions.is_none_or(|(one, other)| one == other)
}

fn baseline(rows: &[Questionnaire], rule: SdqBaseline) -> Option<Questionnaire> {
    let start = || rows.iter().find_map(|row| row.start);
    match rule {
        SdqBaseline::First => {
            let day = rows.first()?.date;
            rows.iter().rfind(|row| row.date == day).copied()
        }
        SdqBaseline::LastBeforeStart => {
            let start = start()?;
            rows.iter().rfind(|row| row.date <= start).copied()
        }
        SdqBaseline::NearestStart => {
            let start = start()?;
            let distance = |row: &&Questionnaire| (row.date - start).get_days().unsigned_abs();
            // Of two equally near, the earlier day; of two on one day, the last in the table.
            let nearest = rows.iter().min_by_key(distance)?.date;
            rows.iter().rfind(|row| row.date == nearest).copied()
        }
    }
}

impl SdqChanges {
    /// The index that judges change.
    pub fn index(&self) -> ReliableChangeIndex {
        self.index
    }

    /// How change was judged.
    pub fn options(&self) -> &ChangeOptions {
        &self.options
    }

    /// What is to be said of all children, by informant.
    pub fn summary(&self) -> Summary {
        Summary::new(&self.file, summarise(self))
    }

    /// Writes a row for each child and informant; blank where there is no pair.
    ///
    /// # Errors
    ///
    /// [`Error::Csv`] when a row cannot be written.
    pub fn write_csv(&self, out: &mut dyn Write) -> Result<(), Error> {
        let columns = self.columns();
        CHANGE_COLUMNS
            .into_iter()
            .zip(columns)
            .fold(TableToWrite::new(), |table, (name, column)| {
                table.and(name, column)
            })
            .write_csv(out)
    }

    /// In the order of [`CHANGE_COLUMNS`].
    fn columns(&self) -> [TableColumn; 13] {
        let index = self.index;
        [
            self.texts(|child| Some(child.child_id.clone())),
            self.texts(|child| Some(child.informant.code().to_owned())),
            self.dates(|child| child.first),
            self.dates(|child| child.last),
            self.wholes(|child| child.days().map(i64::from)),
            self.wholes(|child| child.first.map(|(_, total)| i64::from(total))),
            self.wholes(|child| child.last.map(|(_, total)| i64::from(total))),
            self.wholes(|child| child.change().map(i64::from)),
            TableColumn::Number(self.each(|child| Some(index.index(child.change()?.into())))),
            self.texts(|child| Some(reliable_code(child.reliable_class(index)?).to_owned())),
            self.texts(|child| Some(crossing_code(child.crossing()?).to_owned())),
            self.texts(|child| Some(clinical_code(child.clinical_class(index)?).to_owned())),
            self.wholes(|child| i64::try_from(child.n_questionnaires).ok()),
        ]
    }

    fn each<T>(&self, cell: impl Fn(&ChildChange) -> Option<T>) -> Vec<Option<T>> {
        self.children.iter().map(cell).collect()
    }

    fn texts(&self, cell: impl Fn(&ChildChange) -> Option<String>) -> TableColumn {
        TableColumn::Text(self.each(cell))
    }

    fn wholes(&self, cell: impl Fn(&ChildChange) -> Option<i64>) -> TableColumn {
        TableColumn::Whole(self.each(cell))
    }

    fn dates(&self, cell: impl Fn(&ChildChange) -> Option<(Date, u8)>) -> TableColumn {
        TableColumn::Date(self.each(|child| cell(child).map(|(date, _)| date)))
    }
}

/// The code of a class of reliable change.
pub fn reliable_code(class: ReliableClass) -> &'static str {
    match class {
        ReliableClass::Improved => "improved",
        ReliableClass::Unchanged => "unchanged",
        ReliableClass::Deteriorated => "deteriorated",
    }
}

/// The code of a crossing.
pub fn crossing_code(crossing: Crossing) -> &'static str {
    match crossing {
        Crossing::Below => "below",
        Crossing::Above => "above",
        Crossing::StayedAbove => "stayed_above",
        Crossing::StayedBelow => "stayed_below",
    }
}

/// The code of a class of reliable change and crossing together.
pub fn clinical_code(class: ClinicalClass) -> &'static str {
    match class {
        ClinicalClass::Recovered => "recovered",
        ClinicalClass::Improved => "improved",
        ClinicalClass::Unchanged => "unchanged",
        ClinicalClass::Deteriorated => "deteriorated",
        ClinicalClass::Harmed => "harmed",
    }
}
