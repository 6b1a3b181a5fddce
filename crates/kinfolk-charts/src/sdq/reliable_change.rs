//! Reliable change: a bar of 100% with children who got worse by more than measurement error
//! explains, those whose change is smaller, and those who got better by more, the authority above all
//! authorities. The standard deviation and the reliability behind the classes stand in the source.

use kinfolk_disclosure::{Benchmark, Release, Released};
use kinfolk_model::{Code, Informant, SdqWave, Statistic, format};

use super::RECORDS;
use super::stack::{Bar, Kind, Part, Stack, has_shares, parts};
use super::waves::{scores_of, sdq_headline};
use crate::canvas::{Canvas, Type};
use crate::figure::{DataTable, Figure};
use crate::layout::{NotDrawn, body_row, numbers_column, words_cell, words_column};
use crate::palette::{GREY, PALE_BLUE, WHITE};
use crate::reading::{FEWEST_TO_DRAW, Reading};
use crate::text::LEADING;
use crate::wording::{
    FEW_NOTE, WITHHELD_NOTE, as_sentence, fitting_title, in_sentence, n_is, place_and_period,
    share_of, short_place, source,
};

const ID: &str = "sdq-reliable-change";
const MEASURE: &str = "sdq.reliable_change";
/// Classes, and classes joined with others, from the left.
const CLASSES: [Kind; 6] = [
    Kind {
        code: "deteriorated",
        label: "Deteriorated",
        fill: GREY,
        members: 0b001,
    },
    Kind {
        code: "not_improved",
        label: "Not improved",
        fill: WHITE,
        members: 0b011,
    },
    Kind {
        code: "unchanged",
        label: "No reliable change",
        fill: WHITE,
        members: 0b010,
    },
    Kind {
        code: "not_deteriorated",
        label: "Not deteriorated",
        fill: WHITE,
        members: 0b110,
    },
    Kind {
        code: "changed",
        label: "Improved or deteriorated",
        fill: GREY,
        members: 0b101,
    },
    Kind {
        code: "improved",
        label: "Improved",
        fill: PALE_BLUE,
        members: 0b100,
    },
];

/// Draws the classes of reliable change. `None` when the study names no standard deviation and
/// reliability, or when no child has two scores.
pub fn draw_sdq_reliable_change(release: &Release) -> Option<Figure> {
    let informant = *Informant::ALL.iter().find(|who| {
        let mut groups = release.of(MEASURE).map(Released::group);
        groups
            .any(|group| group.get("informant") == Some(who.code()) && group.get("class").is_some())
    })?;
    let Some(change) = Change::of(release, informant) else {
        return Some(not_drawn(release).figure());
    };
    let (canvas, height) = draw(&change);
    Some(Figure {
        id: ID,
        title: title(&change),
        subtitle: subtitle(release, &change),
        source: source_line(release, &change),
        alt: alt(&change),
        body: canvas.finish(height),
        table: table(&change),
    })
}

fn not_drawn(release: &Release) -> NotDrawn {
    NotDrawn {
        id: ID,
        subject: "Change beyond measurement error",
        subtitle: format!(
            "Reliable change in the SDQ total, {}",
            place_and_period(release)
        ),
        reason: source(
            release,
            RECORDS,
            "Too few children have two scores on the same form to be shown",
            &["They can be shown once at least 10 have, for example over several years."],
        ),
    }
}

/// What is drawn: one informant, one wave; all authorities below where they are known.
struct Change<'a> {
    informant: Informant,
    wave: SdqWave,
    bars: Vec<Bar<'a>>,
}

impl<'a> Change<'a> {
    fn of(release: &'a Release, informant: Informant) -> Option<Self> {
        let wave = sdq_headline(release, informant)?;
        n_drawn(release, informant, wave)?;
        let mut bars = vec![own(release, informant, wave)];
        if let Some(benchmark) = release.benchmark() {
            let all = compared(release, benchmark, informant, wave);
            let codes = |bar: &Bar<'_>| bar.parts.iter().map(|part| part.code).collect::<Vec<_>>();
            let is_alike = bars.first().is_some_and(|own| codes(own) == codes(&all));
            bars.extend((is_alike && !all.hides()).then_some(all));
        }
        Some(Self {
            informant,
            wave,
            bars,
        })
    }

    fn improved(&self) -> Option<Reading<'a>> {
        Some(self.bars.first()?.part("improved")?.share)
    }

    /// The smallest whole change that counts, as the options of the classes name it.
    fn smallest(&self) -> Option<&'a str> {
        let parts = &self.bars.first()?.parts;
        let options = parts.iter().find_map(|part| part.share.0)?.options();
        let mut pairs = options
            .split(';')
            .filter_map(|option| option.split_once('='));
        pairs.find_map(|(key, value)| (key == "smallest_change").then_some(value))
    }

    fn n(&self) -> u64 {
        self.bars.first().and_then(Bar::n).unwrap_or(0)
    }
}

/// How many children the bar of a wave would show; `None` where it cannot be drawn.
pub(super) fn n_drawn(release: &Release, informant: Informant, wave: SdqWave) -> Option<u64> {
    let n = own(release, informant, wave).n();
    n.filter(|n| *n as f64 >= FEWEST_TO_DRAW)
}

fn own(release: &Release, informant: Informant, wave: SdqWave) -> Bar<'_> {
    Bar {
        label: as_sentence(&short_place(release)),
        parts: parts(&CLASSES, |class| {
            let group = wave.group(informant).and("class", class);
            Reading::of(release, MEASURE, &group, Statistic::Proportion)
        }),
    }
}

fn compared<'a>(
    release: &'a Release,
    benchmark: &'a Benchmark,
    informant: Informant,
    wave: SdqWave,
) -> Bar<'a> {
    Bar {
        label: benchmark.label.clone(),
        parts: parts(&CLASSES, |class| {
            let group = wave.group(informant).and("class", class);
            Reading::compared(release, MEASURE, &group, Statistic::Proportion)
        }),
    }
}

fn draw(change: &Change<'_>) -> (Canvas, f64) {
    let mut canvas = Canvas::chart(ID);
    let stack = Stack {
        bars: &change.bars,
        gap: 16.0,
    };
    let drawn = stack.draw(&mut canvas);
    let bottom = drawn.bottoms.last().copied().unwrap_or(0.0);
    match sentence(change) {
        Some(words) => {
            canvas.text((drawn.left, bottom + LEADING + 4.0), &words, Type::FOCUS);
            (canvas, bottom + LEADING + 10.0)
        }
        None => (canvas, bottom + 1.0),
    }
}

/// `Improved: 33% (22% to 46%), 17 of 52 children`.
fn sentence(change: &Change<'_>) -> Option<String> {
    let improved = change.improved()?;
    let share = improved.sound_share()?;
    let interval = improved
        .sound_interval()
        .map_or_else(String::new, |(low, high)| {
            format!(" ({} to {})", format::share(low), format::share(high))
        });
    Some(format!(
        "Improved: {}{interval}, {} children",
        format::share(share),
        improved.base_text()
    ))
}

fn title(change: &Change<'_>) -> String {
    let plain = "Change beyond measurement error".to_owned();
    let Some(improved) = change.improved() else {
        return plain;
    };
    const BEYOND: &str = "improved by more than measurement error explains";
    let exact = |n: u64, of: u64| n as f64 / of as f64;
    let share = improved.numerator().zip(improved.denominator());
    let share = share.filter(|_| improved.sound_share().is_some());
    let whole = match share {
        Some((n, of)) => as_sentence(&share_of(exact(n, of), "children")),
        None if improved.value().is_some() => format!("{} children", improved.base_text()),
        None => return plain,
    };
    let bare = whole.replace(" of children", "").replace(" children", "");
    fitting_title(&[
        format!("{whole} {BEYOND}"),
        format!("{bare} {BEYOND}"),
        plain,
    ])
}

fn subtitle(release: &Release, change: &Change<'_>) -> String {
    format!(
        "Change in {} {}, {}",
        in_sentence(scores_of(change.informant)),
        change.wave.in_sentence(release.settings()),
        place_and_period(release)
    )
}

fn source_line(release: &Release, change: &Change<'_>) -> String {
    let mut n = format!("{}\u{a0}children with both scores", n_is(change.n()));
    if let [_, all] = change.bars.as_slice() {
        let of_all = all.n().map(format::count).unwrap_or_default();
        n.push_str(&format!("; {of_all} in {}", in_sentence(&all.label)));
    }
    let smallest = change
        .smallest()
        .map(|points| format!("A change of {points} points or more counts."));
    let inputs = release
        .settings()
        .sdq
        .reliable_change
        .as_ref()
        .map(|inputs| {
            format!(
                "Standard deviation {}, reliability {} ({}).",
                format::exact(inputs.sd),
                format::exact(inputs.reliability),
                inputs.source.trim_end_matches('.')
            )
        });
    let mut notes: Vec<&str> = inputs
        .as_deref()
        .into_iter()
        .chain(smallest.as_deref())
        .collect();
    if change.bars.iter().any(Bar::hides) {
        notes.push(WITHHELD_NOTE);
    }
    if !has_shares(&change.bars) {
        notes.push(FEW_NOTE);
    }
    source(release, RECORDS, &n, &notes)
}

fn alt(change: &Change<'_>) -> String {
    let said = |bar: &Bar<'_>| {
        let parts: Vec<String> = bar
            .parts
            .iter()
            .map(|part| format!("{} {}", in_sentence(part.label), part.share.base_text()))
            .collect();
        format!("{}: {}", bar.label, parts.join(", "))
    };
    let bars: Vec<String> = change.bars.iter().map(said).collect();
    format!(
        "Children by whether their score moved by more than measurement error explains, as parts of a bar. {}.",
        bars.join("; ")
    )
}

fn table(change: &Change<'_>) -> DataTable {
    let mut columns = vec![
        words_column("Class"),
        numbers_column("Children"),
        numbers_column("Share"),
        numbers_column("95% interval"),
    ];
    let all = change.bars.get(1);
    columns.extend(all.map(|bar| numbers_column(&bar.label)));
    let own = change.bars.first().map_or(&[][..], |bar| &bar.parts);
    let row = |part: &Part<'_>| {
        let share = part.share;
        let mut cells = vec![
            words_cell(part.label),
            share.numerator_cell(),
            share.share_cell(),
            share.interval_cell(),
        ];
        let compared = all.and_then(|bar| bar.part(part.code));
        cells.extend(compared.map(|part| part.share.compared_cell(part.share.share_text())));
        body_row(cells)
    };
    DataTable {
        rows: own.iter().map(row).collect(),
        columns,
    }
}
