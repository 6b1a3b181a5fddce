//! Who answered each questionnaire and on which form: what a column tells, else what was stated.

use kinfolk_ingest::plain::sdq::SdqColumns;
use kinfolk_ingest::plain::{BadCell, Block, BlockColumns, Header, expected_code};
use kinfolk_model::{Code, Informant, SdqForm, parse_code};

use super::score::ScoreOptions;
use crate::Error;

/// What a cell may say of the form where young people answered themselves.
const OWN_FORM: &str = "4-17, since children answer for themselves from 11 on";

/// How the informant and the form of every row are known.
pub(super) struct Questionnaires {
    informant: Told<Informant>,
    form: Told<SdqForm>,
}

/// A code that a column tells for each row, or that was told for all of them.
#[derive(Debug, Clone, Copy)]
struct Told<C> {
    column: Option<Column>,
    stated: Option<C>,
}

#[derive(Debug, Clone, Copy)]
struct Column {
    /// Which of the columns of text.
    number: usize,
    /// Where it stands in the table.
    place: usize,
}

impl Questionnaires {
    /// The columns of text are selected in this order: informant, form.
    pub(super) fn new(columns: &SdqColumns, options: &ScoreOptions) -> Result<Self, Error> {
        let after_informant = usize::from(columns.informant.is_some());
        let column = |number| move |place| Column { number, place };
        let told = Self {
            informant: Told {
                column: columns.informant.map(column(0)),
                stated: options.informant.or(columns.informant_of_items),
            },
            form: Told {
                column: columns.form.map(column(after_informant)),
                stated: options.form,
            },
        };
        match (told.informant.stated, told.form.stated) {
            (Some(informant), Some(form)) if !form.is_for(informant) => {
                Err(Error::NoSuchForm { form, informant })
            }
            _ => Ok(told),
        }
    }

    /// The informant and the form of each row; a cell that cannot be used is noted.
    pub(super) fn read(
        &self,
        (block, columns, header): (&Block, &BlockColumns, &Header),
        mut note: impl FnMut(BadCell),
    ) -> (Vec<Option<Informant>>, Vec<SdqForm>) {
        let rows = (block, columns, header);
        let informants = self.informant.read(rows, &mut note);
        let forms = self.form.read(rows, &mut note);
        let forms: Vec<SdqForm> = forms
            .into_iter()
            .map(|form| form.unwrap_or(SdqForm::Ages4To17))
            .collect();
        for (row, (informant, form)) in informants.iter().zip(&forms).enumerate() {
            if informant.is_some_and(|informant| !form.is_for(informant)) {
                note(self.no_such_form(columns.records[row].row, *form, header));
            }
        }
        (informants, forms)
    }

    fn no_such_form(&self, row: u64, form: SdqForm, header: &Header) -> BadCell {
        let column = self.form.column.or(self.informant.column);
        BadCell {
            row,
            column: column.map_or_else(String::new, |column| header.names()[column.place].clone()),
            value: form.to_string(),
            expected: OWN_FORM.to_owned(),
        }
    }
}

impl<C: Code> Told<C> {
    /// A code for each row: of its cell, else the one that was stated. A cell that says otherwise
    /// than what was stated is one that cannot be used.
    fn read(
        self,
        (block, columns, header): (&Block, &BlockColumns, &Header),
        note: &mut impl FnMut(BadCell),
    ) -> Vec<Option<C>> {
        let Some(column) = self.column else {
            return vec![self.stated; columns.records.len()];
        };
        let mut memory: Vec<(String, Option<C>)> = Vec::new();
        let mut codes = Vec::with_capacity(columns.records.len());
        for (record, text) in columns
            .records
            .iter()
            .zip(block.texts(columns, column.number))
        {
            let Some(text) = text else {
                codes.push(self.stated);
                continue;
            };
            let code = remembered(&mut memory, &text);
            let agrees = self.stated.is_none_or(|stated| code == Some(stated));
            if code.is_none() || !agrees {
                note(BadCell {
                    row: record.row,
                    column: header.names()[column.place].clone(),
                    value: text.into_owned(),
                    expected: expected_code(self.stated),
                });
            }
            codes.push(code);
        }
        codes
    }
}

/// Reads a code, once for each way of writing it.
fn remembered<C: Code>(memory: &mut Vec<(String, Option<C>)>, text: &str) -> Option<C> {
    if let Some((_, code)) = memory.iter().find(|(known, _)| known == text) {
        return *code;
    }
    let code = parse_code(text).ok();
    memory.push((text.to_owned(), code));
    code
}
