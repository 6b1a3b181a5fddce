//! Scores of many questionnaires at once, from columns of answers to columns of scores.
//!
//! The answers are those of [`super::score_items`] and [`super::score_impact`]; only the way there
//! differs: one scale at a time, over short blocks that stay in the processor's cache, by arithmetic
//! without a branch, so that the compiler can use wide registers.

use kinfolk_model::Informant;
use rayon::prelude::*;

use super::scale::{ITEMS, ITEMS_PER_SCALE, Item};
use super::score::{HIGHEST_ANSWER, HIGHEST_IMPACT_ANSWER, impact_points, prorate};

/// Stands in a column where there is no answer or no score.
pub const MISSING: u8 = u8::MAX;

/// How many questionnaires are scored in one go.
const BLOCK: usize = 4096;
/// How many questionnaires one thread takes at a time.
const SHARE: usize = 16 * BLOCK;

/// Columns that should be of one length are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("column {column} has {found} rows, the first has {expected}")]
pub struct LengthsDiffer {
    /// Which column, from 1.
    pub column: usize,
    /// The length of the first column.
    pub expected: usize,
    /// Its own length.
    pub found: usize,
}

/// The 25 items of many questionnaires, a column each: 0, 1 or 2 as on the form, not yet reversed;
/// anything else, such as [`MISSING`], is no answer.
#[derive(Debug, Clone, Copy)]
pub struct ItemColumns<'a> {
    columns: [&'a [u8]; 25],
}

/// The questions about impact, a column each, from 0 to 3 as on the form; anything else is no
/// answer. A question that was not asked has no column.
#[derive(Debug, Clone, Copy, Default)]
pub struct ImpactColumns<'a> {
    /// Whether there are difficulties at all.
    pub difficulties: Option<&'a [u8]>,
    /// Distress.
    pub distress: Option<&'a [u8]>,
    /// Home life; never counted for teachers.
    pub home: Option<&'a [u8]>,
    /// Friendships.
    pub friends: Option<&'a [u8]>,
    /// Learning in class.
    pub classroom: Option<&'a [u8]>,
    /// Leisure; never counted for teachers.
    pub leisure: Option<&'a [u8]>,
}

/// Scores of one scale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScaleColumn {
    /// From 0 to 10, or [`MISSING`].
    pub score: Vec<u8>,
    /// How many of the five items were answered.
    pub answered: Vec<u8>,
}

/// Scores of many questionnaires, a column each, in the order of the questionnaires.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScoreColumns {
    /// The five scales, in the order of [`super::Scale::OF_ITEMS`].
    pub scales: [ScaleColumn; 5],
    /// From 0 to 40, or [`MISSING`].
    pub total: Vec<u8>,
    /// From 0 to 20, or [`MISSING`].
    pub externalising: Vec<u8>,
    /// From 0 to 20, or [`MISSING`].
    pub internalising: Vec<u8>,
    /// Whether any of the five scales rests on three or four answers.
    pub prorated: Vec<bool>,
}

impl<'a> ItemColumns<'a> {
    /// Columns in the order of the items.
    ///
    /// # Errors
    ///
    /// [`LengthsDiffer`] when a column is shorter or longer than the first.
    pub fn new(columns: [&'a [u8]; 25]) -> Result<Self, LengthsDiffer> {
        let expected = columns[0].len();
        match columns.iter().position(|column| column.len() != expected) {
            None => Ok(Self { columns }),
            Some(at) => Err(LengthsDiffer {
                column: at + 1,
                expected,
                found: columns[at].len(),
            }),
        }
    }

    /// How many questionnaires there are.
    pub fn len(&self) -> usize {
        self.columns[0].len()
    }

    /// Whether there is no questionnaire.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The scores, on all threads of the current pool.
    ///
    /// ```
    /// use kinfolk_outcomes::sdq::{ItemColumns, MISSING};
    ///
    /// let (zero, unanswered) = ([0; 3], [0, 0, MISSING]);
    /// let mut columns = [&zero[..]; 25];
    /// columns[6] = &unanswered;
    /// let scores = ItemColumns::new(columns)?.score();
    /// assert_eq!(scores.total, [10, 10, 8]);
    /// assert_eq!(scores.prorated, [false, false, true]);
    /// # Ok::<(), kinfolk_outcomes::sdq::LengthsDiffer>(())
    /// ```
    pub fn score(&self) -> ScoreColumns {
        let mut scores = ScoreColumns::of_length(self.len());
        for (scale, column) in ITEMS.iter().zip(&mut scores.scales) {
            self.score_scale(scale, column);
        }
        scores.add_up();
        scores
    }

    fn score_scale(&self, scale: &[Item; ITEMS_PER_SCALE], column: &mut ScaleColumn) {
        column
            .score
            .par_chunks_mut(SHARE)
            .zip(column.answered.par_chunks_mut(SHARE))
            .enumerate()
            .for_each(|(share, (score, answered))| {
                let blocks = score.chunks_mut(BLOCK).zip(answered.chunks_mut(BLOCK));
                for (block, (score, answered)) in blocks.enumerate() {
                    let start = share * SHARE + block * BLOCK;
                    self.score_block(scale, start, score, answered);
                }
            });
    }

    /// Sums the answers into `score`, counts them into `answered`, then scales the sums up.
    fn score_block(
        &self,
        scale: &[Item; ITEMS_PER_SCALE],
        start: usize,
        score: &mut [u8],
        answered: &mut [u8],
    ) {
        score.fill(0);
        answered.fill(0);
        for item in scale {
            let raw = &self.columns[item.at][start..start + score.len()];
            if item.reversed {
                add(raw, score, answered, |raw| HIGHEST_ANSWER.wrapping_sub(raw));
            } else {
                add(raw, score, answered, |raw| raw);
            }
        }
        for (sum, n) in score.iter_mut().zip(&*answered) {
            *sum = scaled_up(*sum, *n);
        }
    }
}

/// Adds the points of valid answers and counts them, without a branch.
fn add(raw: &[u8], sums: &mut [u8], answered: &mut [u8], points: impl Fn(u8) -> u8) {
    for ((&raw, sum), n) in raw.iter().zip(sums).zip(answered) {
        let is_answer = u8::from(raw <= HIGHEST_ANSWER);
        *sum += points(raw) & is_answer.wrapping_neg();
        *n += is_answer;
    }
}

/// The highest sum of five answers.
const HIGHEST_SUM: usize = ITEMS_PER_SCALE * HIGHEST_ANSWER as usize;
/// How far apart the rows of the table stand: a power of two, so that an index is a shift.
const WIDTH: usize = (HIGHEST_SUM + 1).next_power_of_two();

/// [`prorate`] for every number of answers and every sum.
const SCALED_UP: [u8; (ITEMS_PER_SCALE + 1) * WIDTH] = {
    let mut table = [MISSING; (ITEMS_PER_SCALE + 1) * WIDTH];
    let mut at = 0;
    while at < table.len() {
        let (answered, sum) = (at / WIDTH, at % WIDTH);
        if sum <= answered * HIGHEST_ANSWER as usize
            && let Some(score) = prorate(sum as u8, answered as u8)
        {
            table[at] = score;
        }
        at += 1;
    }
    table
};

fn scaled_up(sum: u8, answered: u8) -> u8 {
    SCALED_UP[usize::from(answered) * WIDTH + usize::from(sum)]
}

impl ScoreColumns {
    fn of_length(len: usize) -> Self {
        Self {
            scales: std::array::from_fn(|_| ScaleColumn {
                score: vec![0; len],
                answered: vec![0; len],
            }),
            total: vec![0; len],
            externalising: vec![0; len],
            internalising: vec![0; len],
            prorated: vec![false; len],
        }
    }

    fn add_up(&mut self) {
        let [emotional, conduct, hyperactivity, peer, _] = &self.scales;
        sum_columns(
            &mut self.externalising,
            &conduct.score,
            &hyperactivity.score,
        );
        sum_columns(&mut self.internalising, &emotional.score, &peer.score);
        sum_columns(&mut self.total, &self.externalising, &self.internalising);
        for scale in &self.scales {
            mark_prorated(&mut self.prorated, scale);
        }
    }
}

/// Adds two columns of scores; where either is missing, the sum is.
fn sum_columns(sums: &mut [u8], one: &[u8], other: &[u8]) {
    sums.par_chunks_mut(SHARE)
        .zip(one.par_chunks(SHARE).zip(other.par_chunks(SHARE)))
        .for_each(|(sums, (one, other))| {
            for ((sum, &one), &other) in sums.iter_mut().zip(one).zip(other) {
                let is_missing = u8::from((one == MISSING) | (other == MISSING));
                *sum = one.wrapping_add(other) | is_missing.wrapping_neg();
            }
        });
}

fn mark_prorated(marks: &mut [bool], scale: &ScaleColumn) {
    marks
        .par_chunks_mut(SHARE)
        .zip(
            scale
                .score
                .par_chunks(SHARE)
                .zip(scale.answered.par_chunks(SHARE)),
        )
        .for_each(|(marks, (score, answered))| {
            for ((mark, &score), &n) in marks.iter_mut().zip(score).zip(answered) {
                *mark |= (score != MISSING) & (usize::from(n) < ITEMS_PER_SCALE);
            }
        });
}

impl ImpactColumns<'_> {
    /// The impact scores of `len` questionnaires, or [`MISSING`], by who answered each. A column
    /// that ends early counts as not answered from there on.
    pub fn score(&self, informants: &[Informant]) -> Vec<u8> {
        informants
            .par_iter()
            .enumerate()
            .with_min_len(SHARE)
            .map(|(row, &informant)| self.score_row(row, informant))
            .collect()
    }

    /// How many of the questions that count for the informant each questionnaire answers.
    pub fn answered(&self, informants: &[Informant]) -> Vec<u8> {
        informants
            .par_iter()
            .enumerate()
            .with_min_len(SHARE)
            .map(|(row, &informant)| {
                let points = self.points(row, informant);
                points.iter().map(|points| u8::from(points.is_some())).sum()
            })
            .collect()
    }

    /// Whether a questionnaire says whether there are difficulties at all.
    pub fn has_gate(&self, row: usize) -> bool {
        answer(self.difficulties, row).is_some()
    }

    fn score_row(&self, row: usize, informant: Informant) -> u8 {
        if answer(self.difficulties, row) == Some(0) {
            return 0;
        }
        self.points(row, informant)
            .into_iter()
            .flatten()
            .reduce(|sum, points| sum + points)
            .unwrap_or(MISSING)
    }

    fn points(&self, row: usize, informant: Informant) -> [Option<u8>; 5] {
        let asks_home = informant != Informant::Teacher;
        let home = self.home.filter(|_| asks_home);
        let leisure = self.leisure.filter(|_| asks_home);
        [self.distress, home, self.friends, self.classroom, leisure]
            .map(|column| answer(column, row).map(impact_points))
    }
}

fn answer(column: Option<&[u8]>, row: usize) -> Option<u8> {
    let raw = column.and_then(|column| column.get(row)).copied();
    raw.filter(|&raw| raw <= HIGHEST_IMPACT_ANSWER)
}

#[cfg(test)]
mod tests {
    use kinfolk_model::{SdqImpactItems, SdqItems};
    use proptest::prelude::*;

    use super::super::{ScaleScore, score_impact, score_items};
    use super::*;

    fn columns_of(rows: &[[u8; 25]]) -> [Vec<u8>; 25] {
        std::array::from_fn(|at| rows.iter().map(|row| row[at]).collect())
    }

    fn score_rows(rows: &[[u8; 25]]) -> ScoreColumns {
        let columns = columns_of(rows);
        let slices = std::array::from_fn(|at| columns[at].as_slice());
        ItemColumns::new(slices).unwrap().score()
    }

    fn items(row: &[u8; 25]) -> SdqItems {
        row.map(|raw| (raw <= HIGHEST_ANSWER).then_some(raw))
    }

    fn or_missing(score: Option<u8>) -> u8 {
        score.unwrap_or(MISSING)
    }

    fn check_against_rows(rows: &[[u8; 25]]) {
        let found = score_rows(rows);
        for (at, row) in rows.iter().enumerate() {
            let expected = score_items(&items(row));
            for (
                scale,
                ScaleScore {
                    score, answered, ..
                },
            ) in found.scales.iter().zip(expected.scales())
            {
                assert_eq!(scale.score[at], or_missing(score));
                assert_eq!(Some(scale.answered[at]), answered);
            }
            assert_eq!(found.total[at], or_missing(expected.total));
            assert_eq!(found.externalising[at], or_missing(expected.externalising));
            assert_eq!(found.internalising[at], or_missing(expected.internalising));
            assert_eq!(found.prorated[at], expected.is_prorated());
        }
    }

    fn answer() -> impl Strategy<Value = u8> {
        prop_oneof![8 => 0..=2u8, 2 => Just(MISSING), 1 => 3..=254u8]
    }

    proptest! {
        #[test]
        fn columns_and_rows_agree(rows in prop::collection::vec(prop::array::uniform25(answer()), 0..40)) {
            check_against_rows(&rows);
        }

        #[test]
        fn columns_and_rows_agree_on_impact(
            rows in prop::collection::vec(prop::array::uniform6(prop_oneof![0..=3u8, Just(MISSING), Just(9)]), 0..40),
            whose in 0..3usize,
        ) {
            let informant = [Informant::ParentCarer, Informant::Teacher, Informant::YoungPerson][whose];
            let column = |at: usize| rows.iter().map(|row| row[at]).collect::<Vec<u8>>();
            let columns: [Vec<u8>; 6] = std::array::from_fn(column);
            let slice = |at: usize| Some(columns[at].as_slice());
            let columns = ImpactColumns {
                difficulties: slice(0),
                distress: slice(1),
                home: slice(2),
                friends: slice(3),
                classroom: slice(4),
                leisure: slice(5),
            };
            let informants = vec![informant; rows.len()];
            let (found, answered) = (columns.score(&informants), columns.answered(&informants));
            for (at, row) in rows.iter().enumerate() {
                let raw = |at: usize| (row[at] <= HIGHEST_IMPACT_ANSWER).then_some(row[at]);
                let items = SdqImpactItems {
                    difficulties: raw(0),
                    distress: raw(1),
                    home: raw(2),
                    friends: raw(3),
                    classroom: raw(4),
                    leisure: raw(5),
                };
                let expected = score_impact(&items, informant);
                prop_assert_eq!(found[at], or_missing(expected.score));
                prop_assert_eq!(Some(answered[at]), expected.answered);
                prop_assert_eq!(columns.has_gate(at), items.difficulties.is_some());
            }
        }
    }

    #[test]
    fn blocks_and_shares_join_without_a_seam() {
        let rows: Vec<[u8; 25]> = (0..SHARE + BLOCK + 3)
            .map(|row| std::array::from_fn(|at| ((row * 7 + at * 3 + row / BLOCK) % 4) as u8))
            .collect();
        check_against_rows(&rows);
    }

    #[test]
    fn the_table_holds_27_scores() {
        let n_scores = SCALED_UP.iter().filter(|&&score| score != MISSING).count();
        assert_eq!(n_scores, 11 + 9 + 7);
    }

    #[test]
    fn questions_without_a_column_count_as_not_answered() {
        let distress = [3, MISSING];
        let columns = ImpactColumns {
            distress: Some(&distress),
            ..ImpactColumns::default()
        };
        assert_eq!(columns.score(&[Informant::ParentCarer; 2]), [2, MISSING]);
    }

    #[test]
    fn columns_must_be_of_one_length() {
        let (long, short) = ([0; 3], [0; 2]);
        let mut columns = [&long[..]; 25];
        columns[4] = &short;
        let error = ItemColumns::new(columns).unwrap_err();
        assert_eq!(error.to_string(), "column 5 has 2 rows, the first has 3");
    }
}
