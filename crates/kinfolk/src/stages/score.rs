//! A table of answers to a table of scores, block by block, so that a file of any length is scored
//! in little memory.

use std::io::Write;

use kinfolk_ingest::plain::{BadCell, Block, PlainError, PlainReader};
use kinfolk_model::{Informant, SdqForm};
use rayon::prelude::*;

use super::score_plan::{Plan, Scored};
use crate::Error;

/// How many blocks are scored side by side. Fixed, so that what is said of a file does not depend on
/// the number of threads.
const BATCH: usize = 8;
/// How many cells that cannot be used are named.
const CELLS_NAMED: usize = 10;
/// From how many totals on it is odd that no answer is 0.
const ODD_WITHOUT_ZERO: usize = 20;

/// How answers are scored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScoreOptions {
    /// Who answered, where the table does not say.
    pub informant: Option<Informant>,
    /// For which ages the form was made, where the table does not say; 4 to 17 where nobody says.
    pub form: Option<SdqForm>,
    /// What the names of the new columns begin with.
    pub prefix: String,
    /// Whether scores have no bands beside them.
    pub without_bands: bool,
}

/// What was scored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ScoreSummary {
    /// How many questionnaires there are.
    pub n_rows: usize,
    /// How many have a total.
    pub n_totals: usize,
    /// How many have a scale that rests on three or four answers.
    pub n_prorated: usize,
    /// How many have no bands and no impact score, because nobody says who answered.
    pub n_without_informant: usize,
    /// How many answers are a code of another system for no answer, such as 9.
    pub n_no_answer_codes: usize,
    has_zero: bool,
}

impl ScoreSummary {
    /// Whether the answers run from 1 up, which is odd: they may be coded from 1 to 3.
    pub fn is_odd(&self) -> bool {
        !self.has_zero && self.n_totals >= ODD_WITHOUT_ZERO
    }

    fn add(&mut self, scored: &Scored) {
        self.n_rows += scored.n_rows;
        self.n_totals += scored.n_totals;
        self.n_prorated += scored.n_prorated;
        self.n_without_informant += scored.n_without_informant;
        self.n_no_answer_codes += scored.n_no_answer_codes;
    }
}

/// Scores a table of SDQ answers: writes every column that came in and, beside them, those of
/// [`kinfolk_ingest::plain::sdq::SCORE_COLUMNS`], in the order of the rows and with the delimiter of
/// the table.
///
/// Text that a spreadsheet would take for a formula gets an apostrophe in front.
///
/// # Errors
///
/// [`Error::Plain`] when the table cannot be read or holds other answers than the form has,
/// [`Error::ColumnsTaken`] when it has columns with the names of scores, [`Error::NoSuchForm`] when
/// young people are said to have answered on the form for ages 2 to 4, [`Error::Write`].
pub fn score_sdq(
    mut reader: PlainReader,
    options: &ScoreOptions,
    out: &mut (dyn Write + Send),
) -> Result<ScoreSummary, Error> {
    let plan = Plan::new(&reader, options)?;
    let file = reader.header().file().to_owned();
    let mut summary = ScoreSummary::default();
    // Nothing leaves before the first rows are known to be good.
    let mut ready = vec![plan.header_line()];
    let mut batch = read_batch(&mut reader)?;
    while !batch.is_empty() {
        // Rows are scored while those before them are written and those after them read.
        let is_first = summary.n_rows == 0;
        let leaving = if is_first {
            Vec::new()
        } else {
            std::mem::take(&mut ready)
        };
        let (scored, (written, next)) = rayon::join(
            || score_batch(&plan, &batch),
            || (write(out, &leaving), read_batch(&mut reader)),
        );
        let scored = scored?;
        written?;
        summary.has_zero |= scored.iter().any(|part| part.has_zero);
        refuse_bad_cells(&file, &scored, summary.has_zero)?;
        for part in scored {
            summary.add(&part);
            ready.push(part.lines);
        }
        batch = next?;
    }
    write(out, &ready)?;
    Ok(summary)
}

fn read_batch(reader: &mut PlainReader) -> Result<Vec<Block>, Error> {
    let mut batch = Vec::with_capacity(BATCH);
    while batch.len() < BATCH
        && let Some(block) = reader.next_block()?
    {
        batch.push(block);
    }
    Ok(batch)
}

fn score_batch(plan: &Plan, batch: &[Block]) -> Result<Vec<Scored>, Error> {
    let scored = batch.par_iter().map(|block| plan.score(block));
    Ok(scored.collect::<Result<_, PlainError>>()?)
}

fn write(out: &mut (dyn Write + Send), parts: &[Vec<u8>]) -> Result<(), Error> {
    let mut parts = parts.iter();
    parts
        .try_for_each(|bytes| out.write_all(bytes))
        .map_err(|source| Error::Write {
            path: "the table of scores".into(),
            source,
        })
}

fn refuse_bad_cells(file: &str, scored: &[Scored], has_zero: bool) -> Result<(), PlainError> {
    let n_cells = scored.iter().map(|part| part.n_bad_cells).sum();
    if n_cells == 0 {
        return Ok(());
    }
    let cells = scored.iter().flat_map(|part| &part.bad_cells);
    let cells: Vec<BadCell> = cells.take(CELLS_NAMED).cloned().collect();
    let file = file.to_owned();
    let says_three = scored.iter().any(|part| part.item_says_three);
    Err(if says_three && !has_zero {
        PlainError::CodedFromOne {
            file,
            cells,
            n_cells,
        }
    } else {
        PlainError::BadCells {
            file,
            cells,
            n_cells,
        }
    })
}
