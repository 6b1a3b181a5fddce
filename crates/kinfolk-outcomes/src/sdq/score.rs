//! Scores of one questionnaire, in whole numbers throughout.

use kinfolk_model::{Informant, Sdq, SdqEntered, SdqImpactItems, SdqItems};

use super::scale::{ITEMS, ITEMS_PER_SCALE, Item};

/// The highest answer to an item.
pub(super) const HIGHEST_ANSWER: u8 = 2;
/// The highest answer to a question about impact.
pub(super) const HIGHEST_IMPACT_ANSWER: u8 = 3;
/// With fewer answered items a scale has no score.
const LEAST_ANSWERED: u8 = 3;
/// The number of items of a scale, as scores count.
const ALL_ANSWERED: u8 = ITEMS_PER_SCALE as u8;

/// What a score was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScoreSource {
    /// The 25 items.
    Items,
    /// Scores of scales that were entered.
    Scales,
    /// A total that was entered, or nothing at all.
    Total,
}

/// The score of one of the five scales.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ScaleScore {
    /// From 0 to 10; `None` with fewer than three answered items.
    pub score: Option<u8>,
    /// How many of the five items were answered; `None` where a score was entered.
    pub answered: Option<u8>,
    /// Whether the score rests on three or four answers, scaled up to five.
    pub prorated: bool,
}

/// The score of the questions about impact.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImpactScore {
    /// From 0 to 10, of teachers to 6; `None` where nothing was answered.
    pub score: Option<u8>,
    /// How many of the questions that count for this informant were answered; `None` where a score
    /// was entered.
    pub answered: Option<u8>,
    /// Whether there is a score although it was left open whether there are difficulties at all.
    /// Other programs may leave such a score out.
    pub without_gate: bool,
}

/// The scores of one questionnaire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SdqScores {
    /// Emotional symptoms.
    pub emotional: ScaleScore,
    /// Conduct problems.
    pub conduct: ScaleScore,
    /// Hyperactivity and inattention.
    pub hyperactivity: ScaleScore,
    /// Problems with peers.
    pub peer: ScaleScore,
    /// Prosocial behaviour: more is better, and it is no part of the total.
    pub prosocial: ScaleScore,
    /// Total difficulties, 0 to 40; `None` when any of the four scales of difficulties has no score.
    pub total: Option<u8>,
    /// Conduct and hyperactivity, 0 to 20.
    pub externalising: Option<u8>,
    /// Emotional and peer, 0 to 20.
    pub internalising: Option<u8>,
    /// What the difficulties do to the child's life.
    pub impact: ImpactScore,
    /// What the scores were made from.
    pub source: ScoreSource,
}

impl SdqScores {
    /// The five scales, in the order of [`super::Scale::OF_ITEMS`].
    pub fn scales(&self) -> [ScaleScore; 5] {
        [
            self.emotional,
            self.conduct,
            self.hyperactivity,
            self.peer,
            self.prosocial,
        ]
    }

    /// Whether any of the five scales rests on three or four answers.
    pub fn is_prorated(&self) -> bool {
        self.scales().iter().any(|scale| scale.prorated)
    }

    /// Whether the total rests on a scale that was scaled up.
    pub fn is_total_prorated(&self) -> bool {
        self.total.is_some() && self.scales()[..4].iter().any(|scale| scale.prorated)
    }

    fn of_scales(
        [emotional, conduct, hyperactivity, peer, prosocial]: [ScaleScore; 5],
        source: ScoreSource,
    ) -> Self {
        let sum = |one: ScaleScore, other: ScaleScore| Some(one.score? + other.score?);
        let externalising = sum(conduct, hyperactivity);
        let internalising = sum(emotional, peer);
        Self {
            emotional,
            conduct,
            hyperactivity,
            peer,
            prosocial,
            total: externalising.zip(internalising).map(|(x, n)| x + n),
            externalising,
            internalising,
            impact: ImpactScore::default(),
            source,
        }
    }
}

/// The scores of 25 items, given as on the form: 0, 1 or 2, not yet reversed. Any other value is
/// taken as not answered. Impact stays empty; see [`score_impact`].
///
/// A scale with three or four answers is scaled up to five and rounded, halves upwards; the total is
/// the sum of the rounded scales. Source: "Scoring the SDQ for age 4-17", Youthinmind, 2014.
///
/// ```
/// let scores = kinfolk_outcomes::sdq::score_items(&[Some(0); 25]);
/// assert_eq!(scores.total, Some(10), "the reversed items count 2 each");
/// ```
pub fn score_items(items: &SdqItems) -> SdqScores {
    SdqScores::of_scales(
        ITEMS.map(|scale| score_scale(items, &scale)),
        ScoreSource::Items,
    )
}

/// The scores of one questionnaire: of its items where any is answered, else of the scales that were
/// entered, else the total that was entered. A total that was entered also stands where entered
/// scales are not complete. Impact comes from its questions, else from the score that was entered.
pub fn score(sdq: &Sdq) -> SdqScores {
    let scores = if sdq.has_items() {
        score_items(&sdq.items)
    } else {
        score_entered(&sdq.entered)
    };
    SdqScores {
        impact: impact_or_entered(sdq),
        ..scores
    }
}

/// The score of the questions about impact, each from 0 to 3 as on the form.
///
/// Each counts 0, 0, 1 or 2; what is missing adds nothing, and there is no score where nothing was
/// answered. Where there are no difficulties the score is 0, whatever else was answered. Teachers
/// are not asked about home life and leisure, so these never count for them.
pub fn score_impact(items: &SdqImpactItems, informant: Informant) -> ImpactScore {
    let difficulties = items
        .difficulties
        .filter(|&raw| raw <= HIGHEST_IMPACT_ANSWER);
    let answers = impact_answers(items, informant);
    let answered = answers.iter().flatten().count();
    let sum: u8 = answers
        .iter()
        .flatten()
        .map(|&raw| impact_points(raw))
        .sum();
    ImpactScore {
        score: match (difficulties, answered) {
            (Some(0), _) => Some(0),
            (_, 0) => None,
            _ => Some(sum),
        },
        answered: u8::try_from(answered).ok(),
        without_gate: difficulties.is_none() && answered > 0,
    }
}

fn impact_answers(items: &SdqImpactItems, informant: Informant) -> [Option<u8>; 5] {
    let is_teacher = informant == Informant::Teacher;
    let unless_teacher = |answer: Option<u8>| answer.filter(|_| !is_teacher);
    [
        items.distress,
        unless_teacher(items.home),
        items.friends,
        items.classroom,
        unless_teacher(items.leisure),
    ]
    .map(|answer| answer.filter(|&raw| raw <= HIGHEST_IMPACT_ANSWER))
}

/// The two lowest answers count nothing.
pub(super) fn impact_points(raw: u8) -> u8 {
    raw.saturating_sub(1)
}

fn impact_or_entered(sdq: &Sdq) -> ImpactScore {
    if sdq.impact_items == SdqImpactItems::default() {
        ImpactScore {
            score: sdq.entered.impact,
            ..ImpactScore::default()
        }
    } else {
        score_impact(&sdq.impact_items, sdq.informant)
    }
}

fn score_scale(items: &SdqItems, scale: &[Item; ITEMS_PER_SCALE]) -> ScaleScore {
    let (mut answered, mut sum) = (0, 0);
    for item in scale {
        if let Some(raw) = items[item.at].filter(|&raw| raw <= HIGHEST_ANSWER) {
            answered += 1;
            sum += keyed(raw, item.reversed);
        }
    }
    let score = prorate(sum, answered);
    ScaleScore {
        score,
        answered: Some(answered),
        prorated: score.is_some() && answered < ALL_ANSWERED,
    }
}

fn keyed(raw: u8, reversed: bool) -> u8 {
    if reversed { HIGHEST_ANSWER - raw } else { raw }
}

/// The mean of the answers times five, rounded with halves upwards, in whole numbers:
/// ⌊(10·sum + n) / 2n⌋.
pub(super) const fn prorate(sum: u8, answered: u8) -> Option<u8> {
    if answered < LEAST_ANSWERED {
        None
    } else {
        Some((2 * ALL_ANSWERED * sum + answered) / (2 * answered))
    }
}

fn score_entered(entered: &SdqEntered) -> SdqScores {
    let scales = [
        entered.emotional,
        entered.conduct,
        entered.hyperactivity,
        entered.peer,
        entered.prosocial,
    ];
    let source = if scales.iter().any(Option::is_some) {
        ScoreSource::Scales
    } else {
        ScoreSource::Total
    };
    let scores = SdqScores::of_scales(scales.map(entered_scale), source);
    SdqScores {
        total: scores.total.or(entered.total),
        ..scores
    }
}

fn entered_scale(score: Option<u8>) -> ScaleScore {
    ScaleScore {
        score,
        ..ScaleScore::default()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kinfolk_model::ChildId;

    use super::*;

    /// 25 answers as digits, a point where there is none.
    fn items(text: &str) -> SdqItems {
        let answers: Vec<Option<u8>> = text.bytes().map(answer).collect();
        answers.try_into().unwrap()
    }

    fn answer(byte: u8) -> Option<u8> {
        (byte != b'.').then(|| byte - b'0')
    }

    /// Scores in the order E C H P S T X N, a hyphen where there is none.
    fn shown(scores: &SdqScores) -> String {
        let sums = [scores.total, scores.externalising, scores.internalising];
        let all = scores.scales().map(|scale| scale.score);
        let texts = all.iter().chain(&sums).map(|score| match score {
            Some(score) => score.to_string(),
            None => "-".to_owned(),
        });
        texts.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn questionnaires_have_their_scores() {
        let check = |answers: &str, expected: &str| {
            assert_eq!(shown(&score_items(&items(answers))), expected, "{answers}");
        };
        check("0000000000000000000000000", "0 2 4 4 0 10 6 4");
        check("1111111111111111111111111", "5 5 5 5 5 20 10 10");
        check("2222222222222222222222222", "10 8 6 6 10 30 14 16");
        check("0220220202022022022002220", "10 10 10 10 0 40 20 20");
        check("2002002020200200200220002", "0 0 0 0 10 0 0 0");
        check("2101110120111020110210010", "3 5 6 4 8 18 11 7");
        check("1210210111020110111100211", "3 7 7 7 4 24 14 10");
        check("12.0210111020110111100211", "3 7 7 7 4 24 14 10");
        check("12.0210.11020110111100211", "2 7 7 7 4 23 14 9");
        check("12.0210.1102.110111100211", "- 7 7 7 4 - 14 -");
        check("121021.111020110111100211", "3 6 7 7 4 23 13 10");
        check("12102101110201101111.021.", "3 7 7 7 4 24 14 10");
        check("1.1021011.0201.0111100211", "3 7 - 7 4 - - 10");
        check(".21.210111020110111100211", "3 7 7 7 5 24 14 10");
        check(".21.2101.1020110111100211", "3 7 7 7 - 24 14 10");
        check("1210.1.1110.0110111100211", "3 - 7 7 4 - - 10");
        check(".........................", "- - - - - - - -");
    }

    #[test]
    fn every_sum_of_answers_is_scaled_up_as_the_table_says() {
        let check = |answered: u8, expected: &[u8]| {
            let scaled: Vec<u8> = (0..=2 * answered)
                .map(|sum| prorate(sum, answered).unwrap())
                .collect();
            assert_eq!(scaled, expected, "{answered} answers");
        };
        check(5, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        check(4, &[0, 1, 3, 4, 5, 6, 8, 9, 10]);
        check(3, &[0, 2, 3, 5, 7, 8, 10]);
        for answered in 0..3 {
            assert_eq!(prorate(0, answered), None);
        }
    }

    #[test]
    fn halves_go_up_and_never_to_the_even_number() {
        // Two points on four answers are 2.5; some programs make it 2.
        assert_eq!(prorate(2, 4), Some(3));
        assert_eq!(prorate(6, 4), Some(8));
    }

    #[test]
    fn a_scale_needs_three_answers_and_two_are_not_enough() {
        let emotional = |answers: &str| score_items(&items(answers)).emotional;
        let three = emotional("..1....1....1............");
        assert_eq!((three.score, three.answered), (Some(5), Some(3)));
        assert!(three.prorated);
        let two = emotional("..1....1.................");
        assert_eq!((two.score, two.answered), (None, Some(2)));
        assert!(!two.prorated);
    }

    #[test]
    fn answers_are_reversed_before_rounding() {
        // Peer: items 6 and 19 say 0 and 0, the reversed item 11 says 1 and item 14 says 1, item 23
        // is missing: 2 points on four answers are 2.5, so 3. Turned round after rounding it were 2.
        let scores = score_items(&items(".....0....1..1....0......"));
        assert_eq!(scores.peer.score, Some(3));
    }

    #[test]
    fn what_is_missing_is_never_zero() {
        let all_zero = score_items(&items("0000000000000000000000000"));
        let mostly_missing = score_items(&items("00.00000000000000000000.."));
        assert_eq!(all_zero.total, Some(10));
        assert_eq!(mostly_missing.hyperactivity.answered, Some(4));
        assert_eq!(mostly_missing.hyperactivity.score, Some(3));
        assert_eq!(score_items(&[None; 25]).total, None);
    }

    #[test]
    fn codes_for_missing_answers_are_no_answers() {
        let with = |code: u8| {
            let mut answers = items("1210210111020110111100211");
            answers[2] = Some(code);
            score_items(&answers)
        };
        for code in [3, 8, 9, 255] {
            assert_eq!(with(code), score_items(&items("12.0210111020110111100211")));
        }
    }

    #[test]
    fn rounding_is_done_in_each_scale_and_not_in_the_total() {
        // Two points on four answers in each scale are 2.5, so 3: 12 in all. Eight points on sixteen
        // answers, scaled up once, would be 10.
        let mut answers = [None; 25];
        for [one, two, three, four, _] in &ITEMS[..4] {
            for (item, points) in [(one, 1), (two, 1), (three, 0), (four, 0)] {
                answers[item.at] = Some(keyed(points, item.reversed));
            }
        }
        let scores = score_items(&answers);
        assert_eq!(scores.total, Some(12));
        assert!(scores.is_prorated() && scores.is_total_prorated());
    }

    #[test]
    fn only_a_prorated_scale_of_difficulties_prorates_the_total() {
        let prosocial = score_items(&items(".210210111020110111100211"));
        assert!(prosocial.is_prorated() && !prosocial.is_total_prorated());
        let complete = score_items(&items("1210210111020110111100211"));
        assert!(!complete.is_prorated());
    }

    fn impact(difficulties: &str, answers: &str) -> SdqImpactItems {
        let raw: Vec<Option<u8>> = answers.bytes().map(answer).collect();
        SdqImpactItems {
            difficulties: answer(difficulties.as_bytes()[0]),
            distress: raw[0],
            home: raw[1],
            friends: raw[2],
            classroom: raw[3],
            leisure: raw[4],
        }
    }

    #[test]
    fn impact_has_its_score() {
        let check = |informant, gate: &str, answers: &str, expected: Option<u8>| {
            let scored = score_impact(&impact(gate, answers), informant);
            assert_eq!(scored.score, expected, "{informant} {gate} {answers}");
        };
        let carer = Informant::ParentCarer;
        check(carer, "2", "32102", Some(4));
        check(carer, "0", "33333", Some(0));
        check(carer, "1", ".....", None);
        check(carer, "1", "3....", Some(2));
        check(carer, ".", "22...", Some(2));
        check(carer, "3", "33333", Some(10));
        check(carer, ".", ".....", None);
        check(carer, "0", ".....", Some(0));
        check(carer, "1", "9....", None);
        check(Informant::YoungPerson, "3", "33333", Some(10));
        check(Informant::Teacher, "2", "3.21.", Some(3));
        check(Informant::Teacher, "3", "3.33.", Some(6));
        check(Informant::Teacher, "3", "33333", Some(6));
        check(Informant::Teacher, "2", ".3..3", None);
    }

    #[test]
    fn impact_says_when_the_first_question_was_left_open() {
        let scored = |gate, answers| score_impact(&impact(gate, answers), Informant::ParentCarer);
        assert!(scored(".", "22...").without_gate);
        assert!(!scored("1", "22...").without_gate);
        assert!(!scored(".", ".....").without_gate);
        assert_eq!(scored("0", "22...").answered, Some(2));
    }

    fn record() -> Sdq {
        Sdq {
            child_id: ChildId::new("C1"),
            date: date(2025, 1, 1),
            informant: Informant::ParentCarer,
            form: None,
            version: None,
            carer_id: None,
            items: [None; 25],
            impact_items: SdqImpactItems::default(),
            entered: SdqEntered::default(),
        }
    }

    #[test]
    fn items_come_before_scales_and_scales_before_the_total() {
        let entered = SdqEntered {
            emotional: Some(4),
            conduct: Some(3),
            hyperactivity: Some(2),
            peer: Some(1),
            total: Some(30),
            impact: Some(5),
            ..SdqEntered::default()
        };
        let both = Sdq {
            items: items("1111111111111111111111111"),
            entered,
            ..record()
        };
        assert_eq!(score(&both).total, Some(20));
        assert_eq!(score(&both).source, ScoreSource::Items);
        assert_eq!(score(&both).impact.score, Some(5));

        let scales = score(&Sdq {
            entered,
            ..record()
        });
        assert_eq!(shown(&scales), "4 3 2 1 - 10 5 5");
        assert_eq!(scales.source, ScoreSource::Scales);
        assert_eq!(scales.emotional.answered, None);
        assert!(!scales.is_prorated());

        let incomplete = score(&Sdq {
            entered: SdqEntered {
                peer: None,
                ..entered
            },
            ..record()
        });
        assert_eq!(shown(&incomplete), "4 3 2 - - 30 5 -");

        let total = score(&Sdq {
            entered: SdqEntered {
                total: Some(12),
                ..SdqEntered::default()
            },
            ..record()
        });
        assert_eq!(shown(&total), "- - - - - 12 - -");
        assert_eq!(total.source, ScoreSource::Total);
        assert_eq!(score(&record()).total, None);
    }

    #[test]
    fn answers_that_give_no_total_are_not_replaced_by_an_entered_one() {
        let sparse = Sdq {
            items: items("1210.1.1110.0110111100211"),
            entered: SdqEntered {
                total: Some(12),
                ..SdqEntered::default()
            },
            ..record()
        };
        assert_eq!(score(&sparse).total, None);
    }
}
