//! Rows of the yearly outcomes.

use kinfolk_model::care::{SDQ_REASONS, YES_OR_NO, YearlyAnswers, YearlyOutcomes};

use super::codes::{CodeColumn, Known};
use super::kind::Places;
use super::origin::Rowed;
use super::reader::Reader;
use super::rows::Rows;
use super::rules;

/// Totals of the SDQ go no higher.
const HIGHEST_SCORE: u8 = 40;

/// The columns of the table.
pub(super) struct YearlyColumns {
    score: Option<usize>,
    reason: CodeColumn,
    convicted: CodeColumn,
    health_check: CodeColumn,
    immunisations: CodeColumn,
    teeth_check: CodeColumn,
    health_assessment: CodeColumn,
    substance_misuse: CodeColumn,
    intervention_received: CodeColumn,
    intervention_offered: CodeColumn,
}

impl YearlyColumns {
    pub(super) fn of(places: &Places) -> Self {
        let of = |name, list, rule| CodeColumn::new(places.get(name), Some(Known { list, rule }));
        let answer = |name| of(name, &YES_OR_NO, &rules::YEARLY_ANSWER_UNKNOWN);
        Self {
            score: places.get("sdq_score"),
            reason: of("sdq_reason", &SDQ_REASONS, &rules::SDQ_REASON_UNKNOWN),
            convicted: answer("convicted"),
            health_check: answer("health_check"),
            immunisations: answer("immunisations"),
            teeth_check: answer("teeth_check"),
            health_assessment: answer("health_assessment"),
            substance_misuse: answer("substance_misuse"),
            intervention_received: answer("intervention_received"),
            intervention_offered: answer("intervention_offered"),
        }
    }

    /// What a row of a child says. The year is filled in when all files are read.
    pub(super) fn read(&mut self, reader: &mut Reader<impl Rows>) -> Option<Rowed<YearlyOutcomes>> {
        let sdq_score = self.read_score(reader);
        let sdq_reason = self.reason.read(reader);
        let answers = YearlyAnswers {
            convicted: answer(&mut self.convicted, reader),
            health_check: answer(&mut self.health_check, reader),
            immunisations: answer(&mut self.immunisations, reader),
            teeth_check: answer(&mut self.teeth_check, reader),
            health_assessment: answer(&mut self.health_assessment, reader),
            substance_misuse: answer(&mut self.substance_misuse, reader),
            intervention_received: answer(&mut self.intervention_received, reader),
            intervention_offered: answer(&mut self.intervention_offered, reader),
        };
        let (child, origin) = reader.whose()?;
        let record = YearlyOutcomes {
            child,
            year: 0,
            sdq_score,
            sdq_reason,
            answers,
        };
        Some(Rowed { record, origin })
    }

    fn read_score(&self, reader: &mut Reader<impl Rows>) -> Option<u8> {
        let place = self.score?;
        let cell = reader.cell(place)?;
        let text = cell.strip_suffix(".0").unwrap_or(&cell);
        let score = text.parse().ok().filter(|score| *score <= HIGHEST_SCORE);
        drop(cell);
        if score.is_none() {
            reader.note_cell(&rules::SDQ_SCORE_IMPOSSIBLE, place);
        }
        score
    }
}

/// Yes, no, or neither.
fn answer(column: &mut CodeColumn, reader: &mut Reader<impl Rows>) -> Option<bool> {
    match column.read(reader).as_str() {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    }
}
