//! Band shift: the same children at the baseline and at a later wave, two bars of 100% with typical,
//! borderline and high scores from the left, and between the bars how many left the high band and
//! how many entered it. The wave is the last one with 20 children or more whose bands are shown.

use kinfolk_disclosure::Release;
use kinfolk_model::{Code, Group, Informant, SdqWave, Statistic, format};

use super::RECORDS;
use super::stack::{Bar, Kind, Stack, has_shares, parts};
use super::waves::{scores_of, sdq_headline};
use crate::canvas::{Canvas, Stroke, Type, WIDTH};
use crate::figure::{DataTable, Figure};
use crate::layout::{NotDrawn, body_row, group_row, numbers_column, words_cell, words_column};
use crate::palette::{DARK_BLUE, LIGHT_BLUE, PALE_BLUE};
use crate::reading::{FEWEST_TO_DRAW, Reading, count};
use crate::wording::{
    FEW_NOTE, WITHHELD_NOTE, as_sentence, fitting_title, in_sentence, n_is, place_and_period,
    source,
};

const ID: &str = "sdq-bands";
const MEASURE: &str = "sdq.band";
/// Bands, and bands joined with their neighbours, from the lowest.
const BANDS: [Kind; 5] = [
    Kind {
        code: "normal",
        label: "Typical",
        fill: PALE_BLUE,
        members: 0b001,
    },
    Kind {
        code: "not_abnormal",
        label: "Typical or borderline",
        fill: PALE_BLUE,
        members: 0b011,
    },
    Kind {
        code: "borderline",
        label: "Borderline",
        fill: LIGHT_BLUE,
        members: 0b010,
    },
    Kind {
        code: "raised",
        label: "Borderline or high",
        fill: DARK_BLUE,
        members: 0b110,
    },
    Kind {
        code: "abnormal",
        label: "High",
        fill: DARK_BLUE,
        members: 0b100,
    },
];
/// Room between the bars, for the words on who moved.
const GAP: f64 = 44.0;
/// The length of an arrow.
const ARROW: f64 = 30.0;

/// Draws the bands of the same children at the baseline and later. `None` when no child has two
/// scores.
pub fn draw_sdq_bands(release: &Release) -> Option<Figure> {
    let informant = *Informant::ALL
        .iter()
        .find(|who| has_bands(release, **who))?;
    let subject = "The same children\u{2019}s bands, at the start and later";
    let Some(shift) = Shift::of(release, informant) else {
        let reason = "Too few children have two scores on the same form to be shown";
        return Some(not_drawn(release, subject, reason).figure());
    };
    let (canvas, height) = draw(&shift);
    Some(Figure {
        id: ID,
        title: title(release, &shift),
        subtitle: subtitle(release, &shift),
        source: source_line(release, &shift),
        alt: alt(release, &shift),
        body: canvas.finish(height),
        table: table(&shift),
    })
}

fn has_bands(release: &Release, informant: Informant) -> bool {
    let is_pair = |group: &Group| {
        group.get("informant") == Some(informant.code()) && group.get("at").is_some()
    };
    release.of(MEASURE).any(|band| is_pair(band.group()))
}

fn not_drawn(release: &Release, subject: &'static str, reason: &str) -> NotDrawn {
    NotDrawn {
        id: ID,
        subject,
        subtitle: format!("SDQ total by band, {}", place_and_period(release)),
        reason: source(
            release,
            RECORDS,
            reason,
            &["They can be shown once at least 10 have, for example over several years."],
        ),
    }
}

/// What is drawn: one informant, one wave, the same children twice.
struct Shift<'a> {
    informant: Informant,
    wave: SdqWave,
    bars: [Bar<'a>; 2],
    left_high: Reading<'a>,
    entered_high: Reading<'a>,
}

impl<'a> Shift<'a> {
    fn of(release: &'a Release, informant: Informant) -> Option<Self> {
        let wave = sdq_headline(release, informant)?;
        n_drawn(release, informant, wave)?;
        let bar = |at| bar(release, informant, wave, at);
        let crossing = |code: &str| {
            let group = wave.group(informant).and("crossing", code);
            Reading::of(release, "sdq.crossing", &group, Statistic::Count)
        };
        Some(Self {
            informant,
            wave,
            bars: [bar("baseline"), bar("wave")],
            left_high: crossing("below"),
            entered_high: crossing("above"),
        })
    }

    /// The top band, alone or joined with the one below it: its words, and its share at the baseline
    /// and later.
    fn high(&self) -> Option<(&'static str, [Reading<'a>; 2])> {
        let [before, after] = &self.bars;
        [("abnormal", "high"), ("raised", "borderline or high")]
            .into_iter()
            .find_map(|(code, words)| {
                Some((words, [before.part(code)?.share, after.part(code)?.share]))
            })
    }

    fn n(&self) -> u64 {
        self.bars[0].n().unwrap_or(0)
    }

    fn hides(&self) -> bool {
        self.bars.iter().any(Bar::hides)
    }
}

/// How many children the bars of a wave would show; `None` where they cannot be drawn.
pub(super) fn n_drawn(release: &Release, informant: Informant, wave: SdqWave) -> Option<u64> {
    let n = |at| bar(release, informant, wave, at).n();
    n("baseline")?;
    n("wave").filter(|n| *n as f64 >= FEWEST_TO_DRAW)
}

fn bar<'a>(release: &'a Release, informant: Informant, wave: SdqWave, at: &str) -> Bar<'a> {
    let settings = release.settings();
    let label = match at {
        "baseline" => SdqWave::Baseline.label(settings),
        _ => wave.label(settings),
    };
    let group = wave.group(informant).and("at", at);
    let parts = parts(&BANDS, |code| {
        let group = group.clone().and("band", code);
        Reading::of(release, MEASURE, &group, Statistic::Proportion)
    });
    Bar { label, parts }
}

fn draw(shift: &Shift<'_>) -> (Canvas, f64) {
    let mut canvas = Canvas::chart(ID);
    let moved = moved(shift);
    let gap = if moved.is_some() { GAP } else { 16.0 };
    let stack = Stack {
        bars: &shift.bars,
        gap,
    };
    let drawn = stack.draw(&mut canvas);
    if let (Some(moved), Some(top)) = (moved, drawn.bottoms.first()) {
        draw_moves(&mut canvas, &moved, (drawn.left, top + GAP / 2.0));
    }
    let bottom = drawn.bottoms.last().copied().unwrap_or(0.0);
    (canvas, bottom + 1.0)
}

/// Who left the high band and who entered it, in words.
fn moved(shift: &Shift<'_>) -> Option<[String; 2]> {
    let (left, entered) = (shift.left_high.value()?, shift.entered_high.value()?);
    Some([
        format!("{} left the high band", count(left)),
        format!("{} entered it", count(entered)),
    ])
}

/// An arrow to lower bands with its words, then one to the high band, flush right.
fn draw_moves(canvas: &mut Canvas, [left, entered]: &[String; 2], (start, middle): (f64, f64)) {
    canvas.group("moves", |canvas| {
        let stroke = Stroke::solid(DARK_BLUE, 2.0);
        canvas.arrow((WIDTH - ARROW, middle), (WIDTH, middle), stroke);
        let words = WIDTH - ARROW - 8.0;
        canvas.text_about((words, middle), entered, Type::LABEL.end());
        let right = words - Type::LABEL.width(entered) - 32.0 - Type::LABEL.width(left);
        let arrow = (right - 8.0).max(start + ARROW);
        canvas.arrow((arrow, middle), (arrow - ARROW, middle), stroke);
        canvas.text_about((arrow + 8.0, middle), left, Type::LABEL);
    });
}

/// The finding: the top band then and now, as shares or as counts.
fn title(release: &Release, shift: &Shift<'_>) -> String {
    let plain = format!("{} by band", scores_of(shift.informant));
    let later = shift.wave.in_sentence(release.settings());
    let Some((high, [before, after])) = shift.high() else {
        return plain;
    };
    if let (Some(one), Some(two)) = (before.sound_share(), after.sound_share()) {
        let who = match format::share(one) == format::share(two) {
            true => "As many",
            false if two < one => "Fewer",
            false => "More",
        };
        let whole = format!("{who} children scored {high} {later}");
        let (one, two) = (format::share(one), format::share(two));
        return fitting_title(&[format!("{whole}: {two}, {one} before"), whole, plain]);
    }
    match (before.numerator(), after.numerator()) {
        (Some(one), Some(two)) => format!(
            "{} children scored {high} {later}, {} before",
            format::of(two, shift.n()),
            format::count(one)
        ),
        _ => plain,
    }
}

fn subtitle(release: &Release, shift: &Shift<'_>) -> String {
    format!(
        "{} by band, the same children {} and {}, {}",
        scores_of(shift.informant),
        SdqWave::Baseline.in_sentence(release.settings()),
        shift.wave.in_sentence(release.settings()),
        place_and_period(release)
    )
}

fn source_line(release: &Release, shift: &Shift<'_>) -> String {
    let n = format!("{}\u{a0}children with both scores", n_is(shift.n()));
    let mut notes = vec!["Three-band system of the form; no comparison group."];
    if shift.hides() {
        notes.push(WITHHELD_NOTE);
    }
    if !has_shares(&shift.bars) {
        notes.push(FEW_NOTE);
    }
    source(release, RECORDS, &n, &notes)
}

fn alt(release: &Release, shift: &Shift<'_>) -> String {
    let said = |bar: &Bar<'_>| {
        let parts: Vec<String> = bar
            .parts
            .iter()
            .map(|part| format!("{} {}", in_sentence(part.label), part.share.base_text()))
            .collect();
        format!("{}: {}", bar.label, parts.join(", "))
    };
    let bars: Vec<String> = shift.bars.iter().map(said).collect();
    let moved = moved(shift).map_or_else(String::new, |[left, entered]| {
        format!(" {} and {entered}.", as_sentence(&left))
    });
    format!(
        "Two bars of the same children, {} and {}, split into bands. {}.{moved}",
        SdqWave::Baseline.in_sentence(release.settings()),
        shift.wave.in_sentence(release.settings()),
        bars.join("; ")
    )
}

fn table(shift: &Shift<'_>) -> DataTable {
    let columns = vec![
        words_column("Band"),
        numbers_column("Children"),
        numbers_column("Share"),
        numbers_column("95% interval"),
    ];
    let n_columns = columns.len();
    let band_rows = shift.bars.iter().flat_map(|bar| {
        let rows = bar.parts.iter().map(|part| {
            body_row(vec![
                words_cell(part.label),
                part.share.numerator_cell(),
                part.share.share_cell(),
                part.share.interval_cell(),
            ])
        });
        std::iter::once(group_row(&bar.label, n_columns)).chain(rows)
    });
    DataTable {
        rows: band_rows.collect(),
        columns,
    }
}
