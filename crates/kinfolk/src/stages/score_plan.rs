//! What is read from each block of a table of answers, and how it is scored.

use kinfolk_ingest::plain::sdq::{SCORE_COLUMNS, SdqColumns, is_band};
use kinfolk_ingest::plain::{
    BadCell, Block, BlockColumns, Header, Kind, PlainError, PlainReader, Selection,
};
use kinfolk_model::{Informant, SdqForm};
use kinfolk_outcomes::sdq::{ImpactColumns, ItemColumns, MISSING, ScoreColumns};

use super::score::ScoreOptions;
use super::score_lines::LineWriter;
use super::score_told::Questionnaires;
use crate::Error;

const N_ITEMS: usize = 25;
/// The highest answer to an item.
const HIGHEST_ANSWER: u8 = 2;
/// The highest answer to a question about impact.
const HIGHEST_IMPACT_ANSWER: u8 = 3;
/// How many cells that cannot be used are kept of each block.
const CELLS_KEPT: usize = 10;

/// How a table is scored.
pub(super) struct Plan {
    header: Header,
    selection: Selection,
    /// The questions about impact that the table has.
    has_impact: [bool; 6],
    told: Questionnaires,
    lines: LineWriter,
    /// The headers of the scores.
    new: Vec<String>,
}

/// One block, scored.
#[derive(Debug, Default)]
pub(super) struct Scored {
    pub(super) lines: Vec<u8>,
    pub(super) n_rows: usize,
    pub(super) n_totals: usize,
    pub(super) n_prorated: usize,
    pub(super) n_without_informant: usize,
    /// How many answers are a code for no answer.
    pub(super) n_no_answer_codes: usize,
    /// Whether any item says 0.
    pub(super) has_zero: bool,
    /// Whether any item says 3, which none can.
    pub(super) item_says_three: bool,
    pub(super) bad_cells: Vec<BadCell>,
    pub(super) n_bad_cells: usize,
}

/// What a block says, ready to be written.
pub(super) struct Facts {
    pub(super) scores: ScoreColumns,
    pub(super) impact: Vec<u8>,
    pub(super) impact_answered: Vec<u8>,
    pub(super) impact_without_gate: Vec<bool>,
    pub(super) informants: Vec<Option<Informant>>,
    pub(super) forms: Vec<SdqForm>,
}

impl Plan {
    pub(super) fn new(reader: &PlainReader, options: &ScoreOptions) -> Result<Self, Error> {
        let header = reader.header().clone();
        let columns = SdqColumns::find(&header, options.informant)?;
        let mut new = SCORE_COLUMNS.to_vec();
        if options.without_bands {
            new.retain(|name| !is_band(name));
        }
        let new = new.iter().map(|name| format!("{}{name}", options.prefix));
        let new: Vec<String> = new.collect();
        refuse_taken(&header, &new)?;
        let mut selection = Selection::new();
        for place in columns.items {
            selection = selection.and(place, Kind::Answer(HIGHEST_ANSWER));
        }
        for place in columns.impact.into_iter().flatten() {
            selection = selection.and(place, Kind::Answer(HIGHEST_IMPACT_ANSWER));
        }
        for place in [columns.informant, columns.form].into_iter().flatten() {
            selection = selection.and(place, Kind::Text);
        }
        Ok(Self {
            header,
            selection,
            has_impact: columns.impact.map(|place| place.is_some()),
            told: Questionnaires::new(&columns, options)?,
            lines: LineWriter::new(reader.delimiter(), options.without_bands),
            new,
        })
    }

    /// The headers that came in, then those of the scores.
    pub(super) fn header_line(&self) -> Vec<u8> {
        let names = self.header.names().iter().chain(&self.new);
        self.lines.line_of(names.map(String::as_str))
    }

    pub(super) fn score(&self, block: &Block) -> Result<Scored, PlainError> {
        let columns = block.read(&self.header, &self.selection)?;
        let mut scored = Scored {
            n_rows: columns.records.len(),
            n_no_answer_codes: columns.n_no_answer_codes,
            has_zero: columns.digits[..N_ITEMS]
                .iter()
                .any(|item| item.contains(&0)),
            item_says_three: columns.bad_cells.iter().any(says_three),
            bad_cells: columns.bad_cells.clone(),
            n_bad_cells: columns.n_bad_cells,
            ..Scored::default()
        };
        let rows = (block, &columns, &self.header);
        let (informants, forms) = self.told.read(rows, |cell| scored.note(cell));
        if scored.n_bad_cells == 0 {
            let facts = self.facts(&columns, informants, forms);
            scored.count(&facts);
            scored.lines = self.lines.lines(block, &columns, &self.header, &facts);
        }
        Ok(scored)
    }

    fn facts(
        &self,
        columns: &BlockColumns,
        informants: Vec<Option<Informant>>,
        forms: Vec<SdqForm>,
    ) -> Facts {
        let slices = std::array::from_fn(|item| columns.digits[item].as_slice());
        // The columns of one block are of one length, so there is nothing to refuse.
        let scores = ItemColumns::new(slices).map(|items| items.score());
        let impact = self.impact(columns);
        let asked: Vec<Informant> = informants
            .iter()
            .map(|informant| informant.unwrap_or(Informant::ParentCarer))
            .collect();
        let mut facts = Facts {
            scores: scores.unwrap_or_default(),
            impact: impact.score(&asked),
            impact_answered: impact.answered(&asked),
            impact_without_gate: Vec::new(),
            informants,
            forms,
        };
        facts.forget_impact_of_unknown();
        facts.impact_without_gate = facts
            .impact
            .iter()
            .enumerate()
            .map(|(row, &score)| score != MISSING && !impact.has_gate(row))
            .collect();
        facts
    }

    fn impact<'c>(&self, columns: &'c BlockColumns) -> ImpactColumns<'c> {
        let mut next = columns.digits[N_ITEMS..].iter();
        let mut questions = self
            .has_impact
            .map(|has| {
                if has {
                    next.next().map(Vec::as_slice)
                } else {
                    None
                }
            })
            .into_iter();
        let mut question = || questions.next().flatten();
        ImpactColumns {
            difficulties: question(),
            distress: question(),
            home: question(),
            friends: question(),
            classroom: question(),
            leisure: question(),
        }
    }
}

/// Only items refuse a 3: the questions about impact go up to it.
fn says_three(cell: &BadCell) -> bool {
    matches!(cell.value.as_str(), "3" | "3.0")
}

/// Refuses a table that has columns with the names of scores.
fn refuse_taken(header: &Header, new: &[String]) -> Result<(), Error> {
    let mut taken = Vec::new();
    for name in new {
        if header.find(name)?.is_some() {
            taken.push(name.clone());
        }
    }
    if taken.is_empty() {
        Ok(())
    } else {
        let file = header.file().to_owned();
        Err(Error::ColumnsTaken {
            file,
            columns: taken,
        })
    }
}

impl Scored {
    fn note(&mut self, cell: BadCell) {
        self.n_bad_cells += 1;
        if self.bad_cells.len() < CELLS_KEPT {
            self.bad_cells.push(cell);
        }
    }

    fn count(&mut self, facts: &Facts) {
        let totals = facts.scores.total.iter();
        self.n_totals = totals.filter(|&&total| total != MISSING).count();
        self.n_prorated = facts
            .scores
            .prorated
            .iter()
            .filter(|&&prorated| prorated)
            .count();
        let unknown = facts
            .informants
            .iter()
            .filter(|informant| informant.is_none());
        self.n_without_informant = unknown.count();
    }
}

impl Facts {
    /// Which questions about impact count depends on who answered.
    fn forget_impact_of_unknown(&mut self) {
        for (row, informant) in self.informants.iter().enumerate() {
            if informant.is_none() {
                self.impact[row] = MISSING;
                self.impact_answered[row] = MISSING;
            }
        }
    }
}
