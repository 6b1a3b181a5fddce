//! The one wave that titles, charts and sentences speak of; informants in words.

use kinfolk_disclosure::Release;
use kinfolk_model::{Informant, SdqWave, Statistic};

use super::{bands, reliable_change};
use crate::reading::{FEWEST_FOR_SHARES, Reading};

/// The wave that titles, charts and sentences speak of. In this order it is chosen among those of which
/// something is shown: one whose change among children with both scores is shown; one at which at least
/// 20 children have both; one of which bands and reliable change can be drawn, too; the last, or, with
/// fewer than 20 children, the one with most. `None` where nothing is shown of any.
pub fn sdq_headline(release: &Release, informant: Informant) -> Option<SdqWave> {
    let waves = SdqWave::LATER.into_iter();
    let shown = waves.filter_map(|wave| Some((wave, Told::of(release, informant, wave)?)));
    shown
        .max_by_key(|(wave, told)| told.rank(*wave))
        .map(|(wave, _)| wave)
}

/// What can be told of a wave.
#[derive(Debug, Clone, Copy)]
struct Told {
    /// How many children stand behind it.
    n: u64,
    has_change: bool,
    /// How many charts of the wave can be drawn.
    n_charts: usize,
}

impl Told {
    fn of(release: &Release, informant: Informant, wave: SdqWave) -> Option<Self> {
        let change = paired_change(release, informant, wave);
        let change = change.value().and(change.denominator());
        let charts = [
            bands::n_drawn(release, informant, wave),
            reliable_change::n_drawn(release, informant, wave),
        ];
        let drawn = || charts.iter().flatten();
        Some(Self {
            n: change.or_else(|| drawn().max().copied())?,
            has_change: change.is_some(),
            n_charts: drawn().count(),
        })
    }

    fn rank(self, wave: SdqWave) -> (bool, bool, usize, u64) {
        let is_enough = self.n as f64 >= FEWEST_FOR_SHARES;
        let last = match is_enough {
            true => u64::from(wave.years()),
            false => self.n,
        };
        (self.has_change, is_enough, self.n_charts, last)
    }
}

/// The change from the baseline among children with both scores.
pub(super) fn paired_change(release: &Release, informant: Informant, wave: SdqWave) -> Reading<'_> {
    let group = wave.group(informant).and("method", "paired");
    Reading::of(release, "sdq.change", &group, Statistic::Difference)
}

/// Whose scores, to begin a title: `Carers’ scores`.
pub(super) fn scores_of(informant: Informant) -> &'static str {
    match informant {
        Informant::ParentCarer => "Carers\u{2019} scores",
        Informant::Teacher => "Teachers\u{2019} scores",
        Informant::YoungPerson => "Young people\u{2019}s own scores",
    }
}

/// Who reports, over a panel or a set of rows.
pub(super) fn reported_by(informant: Informant) -> &'static str {
    match informant {
        Informant::ParentCarer => "Reported by carers",
        Informant::Teacher => "Reported by teachers",
        Informant::YoungPerson => "Reported by young people themselves",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_wave_with_twenty_children_is_spoken_of() {
        let check = |told: &[(u64, bool, usize)], expected: Option<SdqWave>| {
            let waves = SdqWave::LATER.into_iter().zip(told);
            let ranks = waves.map(|(wave, &(n, has_change, n_charts))| {
                let told = Told {
                    n,
                    has_change,
                    n_charts,
                };
                (told.rank(wave), wave)
            });
            let best = ranks.max().map(|(_, wave)| wave);
            assert_eq!(best, expected, "{told:?}");
        };
        let (one, two, three) = (
            Some(SdqWave::Year1),
            Some(SdqWave::Year2),
            Some(SdqWave::Year3),
        );
        check(&[], None);
        check(&[(7, true, 2)], one);
        check(&[(31, true, 2), (24, true, 2), (19, true, 2)], two);
        check(&[(12, true, 2), (15, true, 2), (8, true, 2)], two);
        check(&[(20, true, 2), (20, true, 2), (20, true, 2)], three);
        check(&[(31, true, 2), (24, true, 1)], one);
        check(&[(31, false, 2), (12, true, 0)], two);
    }
}
