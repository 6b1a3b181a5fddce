//! Children by band, at each wave and at two waves.

use kinfolk_model::{Key, Unit};
use kinfolk_stats::{mcnemar, stuart_maxwell};

use super::change::{p_value, pairs_in_words};
use super::class_table::{Class, ClassTable, Heading, write_together};
use super::cohort::{BANDS, Cohort, Feature};
use super::waves::{Later, Waves};
use crate::SdqWave;
use crate::estimate::breakdown::PoolSpec;
use crate::estimate::entry::{Behind, Detail, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;
use crate::sdq::Band;

const POOLS: &[PoolSpec<'_>] = &[
    PoolSpec {
        code: "raised",
        label: "Borderline or high",
        of: &["borderline", "abnormal"],
    },
    PoolSpec {
        code: "not_abnormal",
        label: "Typical or borderline",
        of: &["normal", "borderline"],
    },
];

const MEASURE: &str = "sdq.band";
const TRANSITION: &str = "sdq.transition";

pub(super) fn estimate_bands(ledger: &mut Ledger, waves: &Waves<'_>) {
    let without = waves.due.as_ref().map(|[_, without]| without.clone());
    write_everyone(ledger, waves, (SdqWave::Baseline, &waves.everyone), without);
    for later in &waves.later {
        let scored = (later.wave, &later.scored);
        write_everyone(ledger, waves, scored, Some(later.lost.n()));
        write_same_children(ledger, waves, later);
        write_transitions(ledger, waves, later);
    }
}

/// The children of a group by band at a wave, and those whose form has no bands.
struct Banded {
    whole: Tally,
    classes: Vec<Class>,
}

impl Banded {
    fn of(ledger: &mut Ledger, cohort: &Cohort<'_>, wave: SdqWave) -> Self {
        let classes: Vec<Class> = BANDS
            .iter()
            .zip(Feature::bands(wave))
            .map(|(band, feature)| Class {
                code: band.code(),
                label: band.label(),
                tally: cohort.sum(feature),
            })
            .collect();
        let has_band =
            |row: &super::cohort::Row<'_>| row.at(wave).is_some_and(|o| o.band.is_some());
        let whole = cohort.count(&format!("bands at {}", wave.code()), has_band);
        let none = cohort.count(&format!("no bands at {}", wave.code()), |row| {
            !has_band(row)
        });
        let whole = whole.within(&cohort.n());
        ledger.sum(&cohort.n(), &[whole.clone(), none]);
        Self { whole, classes }
    }
}

fn write_everyone(
    ledger: &mut Ledger,
    waves: &Waves<'_>,
    (wave, cohort): (SdqWave, &Cohort<'_>),
    missing: Option<Tally>,
) {
    let words = wave.words();
    let population = format!("children with {} at {words}", waves.whose());
    let banded = Banded::of(ledger, cohort, wave);
    let table = ClassTable {
        measure: MEASURE,
        group: waves.group(wave),
        key: "band",
        title: format!("Bands of {} at {words}", waves.whose()),
        population: &population,
        options: "bands=three".to_owned(),
        whole: banded.whole,
        missing,
        classes: banded.classes,
    };
    table.write_with_pools(ledger, POOLS);
}

fn write_same_children(ledger: &mut Ledger, waves: &Waves<'_>, later: &Later<'_>) {
    let population = pairs_in_words(waves, later);
    let tables = [("baseline", SdqWave::Baseline), ("wave", later.wave)].map(|(code, wave)| {
        let banded = Banded::of(ledger, &later.pairs, wave);
        ClassTable {
            measure: MEASURE,
            group: waves.group(later.wave).and("at", code),
            key: "band",
            title: String::new(),
            population: &population,
            options: "bands=three".to_owned(),
            whole: banded.whole,
            missing: Some(later.without_pair.n()),
            classes: banded.classes,
        }
    });
    let heading = Heading {
        id: format!("{MEASURE}[{};at]", waves.group(later.wave)),
        title: format!(
            "Bands of {} at the baseline and {}, of the same children",
            waves.whose(),
            later.wave.words()
        ),
    };
    write_together(ledger, heading, &tables, POOLS);
}

/// Children from band to band, and whether the bands of the same children differ by more than chance.
fn write_transitions(ledger: &mut Ledger, waves: &Waves<'_>, later: &Later<'_>) {
    let (pairs, wave) = (&later.pairs, later.wave);
    let population = pairs_in_words(waves, later);
    let subject = |group| about(TRANSITION, group, &population);
    let mut keys = Vec::new();
    let table = BANDS.map(|from| BANDS.map(|to| moved(pairs, wave, [from, to])));
    for (from, row) in BANDS.iter().zip(&table) {
        for (to, count) in BANDS.iter().zip(row) {
            let group = waves
                .group(wave)
                .and("from", from.code())
                .and("to", to.code());
            keys.push(ledger.count(subject(group), Unit::Children, count));
        }
        ledger.sum(&pairs.sum(Feature::InBand(SdqWave::Baseline, *from)), row);
    }
    for (at, to) in BANDS.iter().enumerate() {
        let column = table.each_ref().map(|row| row[at].clone());
        ledger.sum(&pairs.sum(Feature::InBand(wave, *to)), &column);
    }
    keys.extend(write_tests(ledger, waves, later, &table));
    let title = format!(
        "From band to band, of {} at the baseline and {}",
        waves.whose(),
        wave.words()
    );
    ledger.droppable(title, keys);
}

/// How many pairs went from one band to another.
pub(super) fn moved(pairs: &Cohort<'_>, wave: SdqWave, [from, to]: [Band; 2]) -> Tally {
    let words = format!("{} to {} at {}", from.code(), to.code(), wave.code());
    pairs.count(&words, |row| row.bands(wave) == Some((from, to)))
}

fn write_tests(
    ledger: &mut Ledger,
    waves: &Waves<'_>,
    later: &Later<'_>,
    table: &[[Tally; BANDS.len()]; BANDS.len()],
) -> [Key; 2] {
    let population = pairs_in_words(waves, later);
    let [n, missing] = [later.pairs.n(), later.without_pair.n()];
    let mut write = |code: &str, computed, reason: &str| {
        let group = waves.group(later.wave).and("test", code);
        let behind = Behind {
            denominator: &n,
            missing: Some(&missing),
            rests_on: table.iter().flatten().collect(),
            mean_of: Vec::new(),
        };
        let subject = about(TRANSITION, group, &population);
        ledger.detailed(subject, computed, &behind, Detail::default().reason(reason))
    };
    let counts: Vec<Vec<u64>> = table
        .iter()
        .map(|row| row.iter().map(|count| count.value).collect())
        .collect();
    let high = BANDS.len() - 1;
    let left = (0..high).map(|band| counts[high][band]).sum();
    let entered = (0..high).map(|band| counts[band][high]).sum();
    let crossed = mcnemar(left, entered);
    let high_or_not = (crossed.changed() > 0).then(|| crossed.p_value());
    let margins = stuart_maxwell(&counts).ok().flatten();
    let margins = margins.map(|found| found.test.p_value);
    [
        write(
            "mcnemar",
            p_value("mcnemar/1", high_or_not),
            "nobody came into the high band or left it",
        ),
        write(
            "stuart_maxwell",
            p_value("stuart-maxwell/1", margins),
            "nobody came into another band",
        ),
    ]
}
