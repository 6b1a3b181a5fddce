//! Why children who are due have no score, as far as the yearly return says.

use kinfolk_model::{Code, Informant, Key, SdqReason, Unit};

use super::waves::Waves;
use crate::SdqWave;
use crate::estimate::entry::about;
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

/// The code of children of whom the return gives no reason.
const NONE_GIVEN: &str = "none_given";

/// The return is about carers' questionnaires only.
pub(super) fn estimate_reasons(ledger: &mut Ledger, waves: &Waves<'_>) {
    if waves.informant != Informant::ParentCarer {
        return;
    }
    let reasons_at = |wave: SdqWave| {
        move |child: &&crate::ChildFacts| child.sdq.reasons[usize::from(wave.years())]
    };
    if let Some([_, without]) = &waves.due {
        let baseline = SdqWave::Baseline;
        let children = waves.without_baseline.iter();
        let reasons = children.map(reasons_at(baseline)).collect();
        write(ledger, waves, (baseline, without), reasons);
    }
    for later in &waves.later {
        let rows = later.lost.rows.iter();
        let reasons = rows.map(|row| reasons_at(later.wave)(&row.child)).collect();
        write(ledger, waves, (later.wave, &later.lost.n()), reasons);
    }
}

/// Reasons say something of children; that there is none does not, nor that there is no score.
fn count(name: String, reasons: &[Option<SdqReason>], wanted: Option<SdqReason>) -> Tally {
    let count = Tally::where_(name, reasons, |reason| *reason == wanted);
    match wanted {
        Some(_) => count,
        None => Tally::of_things(count.name, count.value),
    }
}

fn write(
    ledger: &mut Ledger,
    waves: &Waves<'_>,
    (wave, without): (SdqWave, &Tally),
    reasons: Vec<Option<SdqReason>>,
) {
    let population = format!(
        "children due {} at {}, who have none",
        waves.whose(),
        wave.words()
    );
    let wanted = SdqReason::ALL.iter().copied().map(Some).chain([None]);
    let mut keys: Vec<Key> = Vec::new();
    let mut counts: Vec<Tally> = Vec::new();
    for wanted in wanted {
        let code = wanted.map_or(NONE_GIVEN, Code::code);
        let name = format!("{}/reason at {}={code}", without.name, wave.code());
        let count = count(name, &reasons, wanted);
        let group = waves.group(wave).and("reason", code);
        let subject = about("sdq.missing", group, &population);
        keys.push(ledger.count(subject, Unit::Children, &count));
        counts.push(count);
    }
    ledger.sum(without, &counts);
    let title = format!("Why there is not {} at {}", waves.whose(), wave.words());
    ledger.droppable(title, keys);
}
