//! Health, substance misuse and convictions of children looked after for twelve months.

use super::Ledger;
use super::question::{NO_INFORMATION, Question};
use crate::care::{CareFacts, YearlyFacts, YearlyQuestion};
use crate::estimate::tally::Tally;

/// Every question of the yearly outcomes, where the return of the year holds them.
pub(super) fn write_yearly(ledger: &mut Ledger, care: &CareFacts) {
    if care.yearly.is_empty() {
        return;
    }
    let everyone = Tally::where_("yearly/twelve months", &care.yearly, |_| true);
    let has_misuse = Tally::where_(
        format!(
            "yearly.outcomes/{}/yes",
            YearlyQuestion::SubstanceMisuse.code()
        ),
        &care.yearly,
        |child| child.answer(YearlyQuestion::InterventionReceived).is_some(),
    );
    for question in YearlyQuestion::ALL {
        let asked = |child: &YearlyFacts| child.answer(question);
        let whole = match question {
            YearlyQuestion::InterventionReceived | YearlyQuestion::InterventionDeclined => {
                &has_misuse
            }
            _ => &everyone,
        };
        question_of(question).write(ledger, (whole, &care.yearly), asked);
    }
}

fn question_of(question: YearlyQuestion) -> Question {
    Question {
        measure: "yearly.outcomes",
        part: ("question", question.code()),
        title: question.label().to_owned(),
        key: "answer",
        answers: [("yes", "Yes"), ("no", "No"), NO_INFORMATION],
        all_but_yes: ("not_known_yes", "No, or no information"),
        population: match question {
            YearlyQuestion::Development => "children under five looked after for twelve months",
            YearlyQuestion::Convicted => "children of ten or older looked after for twelve months",
            YearlyQuestion::InterventionReceived | YearlyQuestion::InterventionDeclined => {
                "children looked after for twelve months with substance misuse"
            }
            _ => "children looked after for twelve months",
        },
    }
}
