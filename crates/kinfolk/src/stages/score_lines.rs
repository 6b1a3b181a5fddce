//! Rows of a table with their scores beside them, as delimited text.

use std::borrow::Cow;

use kinfolk_ingest::plain::{Block, BlockColumns, Header, Record};
use kinfolk_model::{Code, Informant, SdqForm};
use kinfolk_outcomes::sdq::{BandSystem, MISSING, Scale, band};
use kinfolk_report::neutralised;

use super::score_plan::Facts;

/// The highest score of any scale.
const HIGHEST_SCORE: u8 = 40;
/// About how long the new cells of a row are.
const NEW_CELLS_BYTES: usize = 220;
const SYSTEMS: [BandSystem; 2] = [BandSystem::Three, BandSystem::Four];

/// Writes rows with one delimiter.
pub(super) struct LineWriter {
    delimiter: u8,
    /// The text of every score.
    numbers: Vec<String>,
    /// The codes of bands by informant, form, system, scale and score, in this order.
    bands: Vec<&'static str>,
    without_bands: bool,
}

impl LineWriter {
    pub(super) fn new(delimiter: char, without_bands: bool) -> Self {
        Self {
            delimiter: u8::try_from(delimiter).unwrap_or(b','),
            numbers: (0..=HIGHEST_SCORE).map(|score| score.to_string()).collect(),
            bands: all_bands(),
            without_bands,
        }
    }

    /// Any cells as a line.
    pub(super) fn line_of<'c>(&self, cells: impl Iterator<Item = &'c str>) -> Vec<u8> {
        let mut line = Vec::new();
        for (at, cell) in cells.enumerate() {
            if at > 0 {
                line.push(self.delimiter);
            }
            self.push_cell(&mut line, cell);
        }
        line.push(b'\n');
        line
    }

    /// The rows of a block, each with its scores.
    pub(super) fn lines(
        &self,
        block: &Block,
        columns: &BlockColumns,
        header: &Header,
        facts: &Facts,
    ) -> Vec<u8> {
        let bytes_in: usize = columns
            .records
            .iter()
            .map(|&record| block.line(record).len())
            .sum();
        let mut lines = Vec::with_capacity(bytes_in + NEW_CELLS_BYTES * columns.records.len());
        for (row, &record) in columns.records.iter().enumerate() {
            self.push_record(&mut lines, block, record, header.len());
            self.push_scores(&mut lines, facts, row);
            if !self.without_bands {
                self.push_bands(&mut lines, facts, row);
            }
            lines.push(b'\n');
        }
        lines
    }

    /// The row as it came in; mended where it is short or a cell could be taken for a formula.
    fn push_record(&self, lines: &mut Vec<u8>, block: &Block, record: Record, n_columns: usize) {
        if record.is_whole && !record.may_be_formula {
            lines.extend_from_slice(block.line(record).as_bytes());
            return;
        }
        let mut cells = block.cells(record);
        cells.resize(n_columns, Cow::Borrowed(""));
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                lines.push(self.delimiter);
            }
            self.push_cell(lines, cell);
        }
    }

    fn push_cell(&self, line: &mut Vec<u8>, cell: &str) {
        let cell = neutralised(cell);
        let needs_marks = |byte: u8| byte == self.delimiter || matches!(byte, b'"' | b'\n' | b'\r');
        if cell.bytes().any(needs_marks) {
            line.push(b'"');
            line.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            line.push(b'"');
        } else {
            line.extend_from_slice(cell.as_bytes());
        }
    }

    fn push_scores(&self, lines: &mut Vec<u8>, facts: &Facts, row: usize) {
        let scores = &facts.scores;
        for scale in &scores.scales {
            self.push_number(lines, scale.score[row]);
        }
        for sums in [
            &scores.total,
            &scores.externalising,
            &scores.internalising,
            &facts.impact,
        ] {
            self.push_number(lines, sums[row]);
        }
        for scale in &scores.scales {
            self.push_number(lines, scale.answered[row]);
        }
        self.push_number(lines, facts.impact_answered[row]);
        self.push_text(lines, yes_or_no(scores.prorated[row]));
        self.push_text(lines, yes_or_no(facts.impact_without_gate[row]));
    }

    fn push_bands(&self, lines: &mut Vec<u8>, facts: &Facts, row: usize) {
        let [emotional, conduct, hyperactivity, peer, prosocial] = &facts.scores.scales;
        // In the order of `Scale::WITH_BANDS`.
        let scores = [
            emotional.score[row],
            conduct.score[row],
            hyperactivity.score[row],
            peer.score[row],
            prosocial.score[row],
            facts.scores.total[row],
            facts.impact[row],
        ];
        let whose = facts.informants[row].map(|informant| (informant, facts.forms[row]));
        for system in 0..SYSTEMS.len() {
            for (scale, score) in scores.into_iter().enumerate() {
                let code = whose.and_then(|(informant, form)| {
                    self.bands
                        .get(place(informant, form, system, scale, score)?)
                });
                self.push_text(lines, code.copied().unwrap_or_default());
            }
        }
    }

    fn push_number(&self, lines: &mut Vec<u8>, score: u8) {
        let text = self.numbers.get(usize::from(score));
        self.push_text(lines, text.map(String::as_str).unwrap_or_default());
    }

    fn push_text(&self, lines: &mut Vec<u8>, text: &str) {
        lines.push(self.delimiter);
        lines.extend_from_slice(text.as_bytes());
    }
}

fn yes_or_no(truth: bool) -> &'static str {
    if truth { "yes" } else { "no" }
}

fn all_bands() -> Vec<&'static str> {
    let mut bands = Vec::new();
    for &informant in Informant::ALL {
        for &form in SdqForm::ALL {
            for system in SYSTEMS {
                for scale in Scale::WITH_BANDS {
                    bands.extend((0..=HIGHEST_SCORE).map(|score| {
                        let band = band(system, scale, informant, form, score);
                        band.map(|band| band.code_for(scale)).unwrap_or_default()
                    }));
                }
            }
        }
    }
    bands
}

/// Where the code of a band stands; `None` without a score.
fn place(
    informant: Informant,
    form: SdqForm,
    system: usize,
    scale: usize,
    score: u8,
) -> Option<usize> {
    if score == MISSING {
        return None;
    }
    let informant = Informant::ALL
        .iter()
        .position(|&member| member == informant)?;
    let form = SdqForm::ALL.iter().position(|&member| member == form)?;
    let table = (informant * SdqForm::ALL.len() + form) * SYSTEMS.len() + system;
    let scores = usize::from(HIGHEST_SCORE) + 1;
    Some((table * Scale::WITH_BANDS.len() + scale) * scores + usize::from(score))
}
