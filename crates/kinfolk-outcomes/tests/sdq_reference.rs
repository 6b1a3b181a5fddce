//! SDQ scores against those of another program, `tests/reference/sdq.py`.

#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at the first thing that is not there"
)]

use std::path::PathBuf;

use kinfolk_outcomes::sdq::{ItemColumns, MISSING, score_items};

fn answers(digits: &str) -> [Option<u8>; 25] {
    let answer = |byte: u8| (byte != b'.').then(|| byte - b'0');
    let answers: Vec<Option<u8>> = digits.bytes().map(answer).collect();
    answers.try_into().unwrap()
}

/// Answers and the eight scores of one questionnaire.
type Case = ([Option<u8>; 25], Vec<Option<u8>>);

fn cases() -> Vec<Case> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference/sdq.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let case = |line: &str| {
        let (digits, scores) = line.split_once(',').unwrap();
        let scores = scores.split(',').map(|score| score.parse().ok());
        (answers(digits), scores.collect())
    };
    text.lines().map(case).collect()
}

#[test]
fn each_questionnaire_has_the_scores_of_another_program() {
    let cases = cases();
    assert_eq!(cases.len(), 400);
    for (answers, expected) in cases {
        let scores = score_items(&answers);
        let sums = [scores.total, scores.externalising, scores.internalising];
        let scales = scores.scales().map(|scale| scale.score);
        let found: Vec<Option<u8>> = scales.into_iter().chain(sums).collect();
        assert_eq!(found, expected, "{answers:?}");
    }
}

#[test]
fn columns_have_them_too() {
    let cases = cases();
    let columns: [Vec<u8>; 25] = std::array::from_fn(|item| {
        let answers = cases.iter().map(|(answers, _)| answers[item]);
        answers.map(|answer| answer.unwrap_or(MISSING)).collect()
    });
    let slices = std::array::from_fn(|item| columns[item].as_slice());
    let totals = ItemColumns::new(slices).unwrap().score().total;
    for (total, (answers, expected)) in totals.into_iter().zip(cases) {
        assert_eq!(total, expected[5].unwrap_or(MISSING), "{answers:?}");
    }
}
