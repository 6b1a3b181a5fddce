//! Every rule that a finding can name.

use std::borrow::Cow;

use kinfolk_model::{Finding, Place, Severity};

/// A rule: what is wrong, why that matters, what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The stable id, e.g. `date-unreadable`.
    pub id: &'static str,
    /// How grave a breach is.
    pub severity: Severity,
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// Why it matters, in a sentence.
    pub why: &'static str,
    /// What to do, in a sentence.
    pub help: &'static str,
}

/// The rule with that id, those about returns included.
pub fn rule(id: &str) -> Option<&'static Rule> {
    let every = RULES.iter().chain(crate::returns::RETURN_RULES);
    every.into_iter().find(|rule| rule.id == id)
}

impl Rule {
    /// The title as it stands within a sentence: codes keep their capitals.
    pub(crate) fn in_a_sentence(&self) -> String {
        let mut letters = self.title.chars();
        let first = letters.next().map(|first| first.to_ascii_lowercase());
        let is_word = letters
            .clone()
            .next()
            .is_none_or(|second| !second.is_ascii_uppercase());
        match is_word {
            true => first.into_iter().chain(letters).collect(),
            false => self.title.to_owned(),
        }
    }

    /// A breach at a place.
    pub(crate) fn at(&self, place: Place, message: impl Into<String>) -> Finding {
        Finding {
            rule: Cow::Borrowed(self.id),
            severity: self.severity,
            place,
            child_id: None,
            value: None,
            message: message.into(),
            why: self.why.to_owned(),
            help: self.help.to_owned(),
            row_set_aside: false,
        }
    }
}

/// Declares rules, and the list of all of them under the name that comes first.
macro_rules! rules {
    ($(#[$meta:meta])* $list:ident;
        $($name:ident = $id:literal, $severity:ident, $title:literal,
        why $why:literal, help $help:literal;)+) => {
        $(pub(crate) const $name: $crate::rules::Rule = $crate::rules::Rule {
            id: $id,
            severity: kinfolk_model::Severity::$severity,
            title: $title,
            why: $why,
            help: $help,
        };)+

        $(#[$meta])*
        pub const $list: &[$crate::rules::Rule] = &[$($name),+];
    };
}
pub(crate) use rules;

rules! {
    /// Every rule, files first, then tables, values, the SDQ, rows, and what people said. Those about
    /// returns are in [`RETURN_RULES`](crate::returns::RETURN_RULES).
    RULES;
    FILE_UNREADABLE = "file-unreadable", Error, "A file cannot be read",
        why "Nothing in this file takes part in any figure.",
        help "Open the file, save it again without a password, and check that you may read it.";
    FILE_NOT_WHAT_IT_SAYS = "file-not-what-it-says", Error, "A file is of another kind than its name says",
        why "Nothing in this file takes part in any figure.",
        help "Save the file again as a workbook (.xlsx) or as CSV, and give it the matching ending.";
    FILE_TOO_LARGE = "file-too-large", Error, "A file is too large",
        why "Nothing in this file takes part in any figure.",
        help "Split the file, or remove what the tables do not need.";
    FILE_MISSING = "file-missing", Error, "A file that study.toml names is not there",
        why "The rows that it should hold take part in no figure.",
        help "Correct the name in study.toml, or put the file into the study folder.";
    FILE_SKIPPED = "file-skipped", Note, "A file or folder is not read",
        why "If it holds records, they take part in no figure.",
        help "Save tables as .csv or .xlsx; move everything else out of the study folder.";
    ENCODING_GUESSED = "encoding-guessed", Warning, "The encoding of a file was guessed",
        why "Letters with accents may be wrong, and identifiers that hold them may not match.",
        help "Save the file as CSV UTF-8, or as a workbook.";
    QUOTE_NOT_CLOSED = "quote-not-closed", Error, "A quotation mark is never closed",
        why "Every row after it became part of one cell and takes part in no figure.",
        help "Close or remove the quotation mark, or save the file from a spreadsheet again.";

    NO_TABLES = "no-tables", Error, "The folder holds no table",
        why "There is nothing to report.",
        help "Put at least one table into the folder, as .csv or .xlsx, with the headers that the data dictionary lists.";
    TABLE_NOT_RECOGNISED = "table-not-recognised", Warning, "A table that nobody recognises",
        why "Its rows take part in no figure.",
        help "Use the headers of the data dictionary, or name the table and its columns in study.toml under [files] and [columns].";
    TABLE_EMPTY = "table-empty", Warning, "A table without rows",
        why "No figure can be made from it.",
        help "Fill the table, or remove it if there is nothing to record.";
    MISSING_REQUIRED_COLUMN = "missing-required-column", Error, "A required column is missing",
        why "Without it no row of the table can be used.",
        help "Add the column, or say in study.toml under [columns] what it is called here.";
    DUPLICATE_COLUMN = "duplicate-column", Warning, "Two columns hold the same thing",
        why "Only one of them was read; the other may be the right one.",
        help "Remove one, or choose it in study.toml under [columns].";
    MAPPED_COLUMN_MISSING = "mapped-column-missing", Warning, "A column that study.toml names is not there",
        why "What it should hold was treated as missing.",
        help "Correct the header in study.toml under [columns], or in the file.";
    STEPS_MISSING = "steps-missing", Warning, "A day of a step is missing, and a column is not used",
        why "Without it children count at the step only if a later one is dated, so numbers and shares rest on fewer children.",
        help "If one of the columns holds that day under another name, say so in study.toml under [columns].";
    EXTRA_COLUMNS = "extra-columns", Note, "Columns that are not used",
        why "They were left as they are and feed no figure.",
        help "Nothing to do, unless one of them should have been recognised.";
    TABLE_COPIED = "table-copied", Error, "A table that is there twice",
        why "Counting it twice would inflate every figure; the copy was set aside.",
        help "Remove the copy from the study folder.";
    ROW_WITHOUT_RECORD = "row-without-record", Note, "Rows that hold no record",
        why "They were not counted as rows.",
        help "Nothing to do, unless they are records under the wrong headers.";
    ROW_TOO_LONG = "row-too-long", Error, "A row with more cells than the header",
        why "A comma or another delimiter inside a text has moved the cells behind it, so the row was set aside.",
        help "Put the text into quotation marks, or save the file from a spreadsheet again.";
    ROW_NEARLY_EMPTY = "row-nearly-empty", Warning, "A row with nothing but an identifier",
        why "It counts as a child; a remark or a total below the table may have been taken for one.",
        help "Fill the row, or move the remark out of the table.";

    MISSING_REQUIRED_VALUE = "missing-required-value", Error, "A required value is missing",
        why "The row cannot be used without it.",
        help "Fill the cell, or remove the row.";
    DATE_UNREADABLE = "date-unreadable", Error, "An unreadable date",
        why "The date was treated as missing.",
        help "Write the date as 2024-05-31 or 31/05/2024, a quarter as 2024-Q1.";
    DATE_IN_FUTURE = "date-in-future", Error, "A date in the future",
        why "The date was treated as missing, since records tell what has happened.",
        help "Correct the date; leave out what is only planned.";
    DATE_ORDER = "date-order", Error, "Dates in an impossible order",
        why "At least one of the two dates is wrong, and times and stages cannot be worked out.",
        help "Correct the date that is wrong.";
    DATE_OUTSIDE_PERIOD = "date-outside-period", Warning, "A date after the period of the report",
        why "The record belongs to a later report; it was kept.",
        help "Check the date, and the period in study.toml.";
    DATE_TWO_DIGIT_YEAR = "date-two-digit-year", Warning, "A year of two digits",
        why "The century was guessed.",
        help "Write years with four digits.";
    DATE_AS_NUMBER = "date-as-number", Warning, "A date that became a number",
        why "It was read as a spreadsheet counts days, which is right only if it came from one.",
        help "Format the column as a date before saving.";
    UNKNOWN_CODE = "unknown-code", Error, "A code that nobody knows",
        why "The value was treated as missing, so a category may look smaller than it is.",
        help "Use a code from the data dictionary.";
    RATING_OUTSIDE_RANGE = "rating-outside-range", Error, "A rating outside 1 to 5",
        why "It would move the mean of its statement; the answer was left out.",
        help "Correct the answer: 1 (disagree strongly) to 5 (agree strongly), yes or no.";
    COUNT_NEGATIVE = "count-negative", Error, "A negative count",
        why "Nothing can be counted below zero; the value was treated as missing.",
        help "Correct the number.";
    COUNT_ABSURD = "count-absurd", Error, "A count beyond belief",
        why "It would swamp every total and mean; the value was treated as missing.",
        help "Correct the number.";
    NUMBER_NOT_WHOLE = "number-not-whole", Error, "A fraction where a whole number belongs",
        why "People and events are counted whole; the value was treated as missing.",
        help "Correct the number.";
    AGE_OUTSIDE_RANGE = "age-outside-range", Error, "An age beyond belief",
        why "The age, or the date of birth behind it, was treated as missing.",
        help "Correct the age or the date of birth.";
    MIXED_TEXT_AND_NUMBER = "mixed-text-and-number", Error, "Words where a number belongs",
        why "The value was treated as missing.",
        help "Write the number alone, and put remarks into a column of their own.";
    NUMBER_AS_TEXT = "number-as-text", Note, "Numbers stored as text",
        why "They were read as numbers, but a spreadsheet leaves them out of its sums.",
        help "Convert the column to numbers.";
    ERROR_CELL = "error-cell", Error, "A formula that failed",
        why "The value was treated as missing.",
        help "Mend the formula, or type the value.";
    EXCEL_MANGLED_ID = "excel-mangled-id", Error, "An identifier that a spreadsheet destroyed",
        why "Its last digits are lost, so it can be matched with nothing.",
        help "Format the column as text and enter the identifier again from its source.";
    ID_REFORMATTED = "id-reformatted", Warning, "An identifier that a spreadsheet changed",
        why "The same child may carry another identifier in another table, and the two would not match.",
        help "Format the column as text and enter the identifier again from its source.";

    SDQ_INFORMANT_FROM_HEADERS = "sdq-informant-from-headers", Note, "Who answered was told by the headers",
        why "Answers of carers, teachers and young people are never mixed, so it matters who answered.",
        help "Nothing to do, unless somebody else answered; then add a column informant.";
    SDQ_CODED_FROM_ONE = "sdq-coded-from-one", Error, "Items coded 1 to 3 in place of 0 to 2",
        why "Read as they are they would give wrong scores without a sign of it, so nothing in the table was scored.",
        help "Take one from each answer, so that the first answer on the form is 0, and read the file again.";
    SDQ_OUTSIDE_RANGE = "sdq-outside-range", Error, "An SDQ answer or score outside its range",
        why "The value was treated as not answered; it was never counted as zero.",
        help "Correct it: items are 0, 1 or 2, questions about impact 0 to 3, scales 0 to 10, totals 0 to 40.";
    SDQ_MISSING_CODE = "sdq-missing-code", Note, "A code for no answer among SDQ answers",
        why "Other systems write 8 or 9 where nothing was answered; it was read as not answered.",
        help "Nothing to do; a blank cell says the same.";
    SDQ_NOTHING_ANSWERED = "sdq-nothing-answered", Warning, "An SDQ without an answer or a score",
        why "It counts as a form that came back, but gives no score.",
        help "Enter the answers, or remove the row.";
    SDQ_TEACHER_HOME = "sdq-teacher-home", Error, "A teacher\u{2019}s answers about home or leisure",
        why "The teacher\u{2019}s form does not ask about them; they were left out of the impact score.",
        help "Check who answered and that no column has moved.";
    SDQ_FORM_AS_DATE = "sdq-form-as-date", Warning, "A form that a spreadsheet turned into a date",
        why "Spreadsheets take 4-17 or 2-4 for a day; it was read as the form that was meant.",
        help "Format the column as text and enter the form again.";
    SDQ_FORM_AND_AGE = "sdq-form-and-age", Warning, "An SDQ form for another age",
        why "Scores follow the form, but its bands are not meant for a child of this age.",
        help "Check the form, who answered, the date and the date of birth.";
    SDQ_SCORES_DISAGREE = "sdq-scores-disagree", Warning, "An entered SDQ score that its parts contradict",
        why "The score was worked out from the items, or from the scales where there are no items; the entered one was not used.",
        help "Correct the score or its parts; a score from another program may follow other rules.";
    SDQ_NO_BASELINE = "sdq-no-baseline", Warning, "No SDQ can serve as a baseline",
        why "Change is counted from a baseline, so the report has no change in the SDQ.",
        help "Enter start_date in the Practice Summaries, or choose another sdq_baseline in study.toml.";
    SDQ_SAME_DAY = "sdq-same-day", Error, "Two SDQs of one child, informant and day",
        why "Only one of them can be right; the later row was set aside.",
        help "Remove the wrong one, or correct its date or informant.";

    OC2_YEAR_TAKEN = "oc2-year-taken", Note, "The year of a return was not in the table",
        why "Scores of the return have no date; the year says to which wave they belong.",
        help "Add a column year, or name the file after the year in which the collection ends.";
    OC2_PLACEHOLDER_DATE = "oc2-placeholder-date", Note, "1 January 1900 in place of a date",
        why "Some systems write it where no date is known; it was read as missing.",
        help "Nothing to do, unless the date of completion is known.";
    OC2_ONLY_ZEROS = "oc2-only-zeros", Note, "A return in which every score is zero",
        why "A zero that stands for no score cannot be told from a real one; the zeros were kept as scores.",
        help "Ask whether anybody was scored; if not, leave the cells blank and give the reasons.";
    OC2_OTHER_CHILDREN = "oc2-other-children", Note, "Children of the return who have no Practice Summary",
        why "A return lists every child in care; those whom the programme did not work with take part in no figure of the SDQ.",
        help "Nothing to do, unless the identifiers of the two tables differ.";
    RETURNS_KNOW = "returns-children", Note, "How many children of the study are in the returns",
        why "Placements can be counted for these children alone.",
        help "Where there should be more, use the identifier of the return in the Practice Summaries.";
    RETURNS_KNOW_NOBODY = "returns-no-children", Warning, "No child of the study is in the returns",
        why "The returns tell of the authority's children, but of none with whom the programme worked.",
        help "Use the identifier of the return (CHILD) in the Practice Summaries.";
    RETURNS_DAY = "returns-day", Note, "Children are counted on the last day of the returns",
        why "The returns end before the period of the study, and placements_on names no day.",
        help "Add the later return, or name the day: placements_on in [analysis].";
    RETURNS_NOT_OF_DAY = "returns-not-of-day", Error, "No return covers the day on which children are counted",
        why "Nothing can be said of placements on that day.",
        help "Correct placements_on in [analysis], or add the return of its year.";
    RETURNS_SHORT = "returns-short", Warning, "The returns do not reach back far enough for every measure",
        why "A return has nothing that ended before its year, so measures of longer times would look calmer than they were; they have no value.",
        help "Add the returns of the years before; the longest measure looks back two and a half years.";
    RETURNS_DIFFER = "returns-differ", Note, "Returns of other years, or of another kind, in different studies",
        why "Where one ends early, what is open in it would seem to have ended, so the report of all authorities says nothing of placements.",
        help "Give every study the returns of the same years, all as returns or all as extracts.";
    OC2_157 = "oc2-157", Warning, "SDQ1 given for a child of the right age (sector rule 157)",
        why "SDQ1 says that the child was too young or too old, and the date of birth says otherwise.",
        help "Correct the reason or the date of birth, or enter the score.";
    OC2_180 = "oc2-180", Error, "A score that is no whole number from 0 to 40 (sector rule 180)",
        why "The score was treated as missing; it was never counted as zero.",
        help "Correct the score.";
    OC2_185 = "oc2-185", Warning, "A score for a child not looked after all year (sector rules 185, 198)",
        why "The collection asks only about children looked after for twelve months; the score or reason was kept.",
        help "Check the period of care; remove the score or reason where the child was not in care all year.";
    OC2_186 = "oc2-186", Warning, "Neither a score nor a reason (sector rule 186)",
        why "A child of 4 to 16 who was looked after all year should have one of them; the score counts as missing.",
        help "Enter the score, or the reason why there is none.";
    OC2_188 = "oc2-188", Warning, "A score for a child under four (sector rule 188)",
        why "No form is meant for the child in this collection; the score or reason was kept.",
        help "Correct the date of birth or the year, or remove the score or reason.";
    OC2_189 = "oc2-189", Warning, "A score for a young person over sixteen (sector rule 189)",
        why "The collection does not ask about young people who were 17 before it began; the score or reason was kept.",
        help "Correct the date of birth or the year, or remove the score or reason.";
    OC2_196 = "oc2-196", Error, "A reason that is not SDQ1 to SDQ5 (sector rule 196)",
        why "The reason was treated as missing.",
        help "Write SDQ1, SDQ2, SDQ3, SDQ4 or SDQ5.";
    OC2_196_SPELLING = "oc2-196-spelling", Warning, "A reason in another spelling than SDQ1 to SDQ5 (sector rule 196)",
        why "The reason was read, but the collection itself refuses it.",
        help "Write SDQ1, SDQ2, SDQ3, SDQ4 or SDQ5.";
    OC2_197A = "oc2-197a", Warning, "Both a score and a reason for having none (sector rule 197a)",
        why "One of them is wrong; the score was used and the reason was not.",
        help "Remove the one that is wrong.";
    OC2_197B = "oc2-197b", Warning, "Neither a score nor a reason at the edge of the ages (sector rule 197B)",
        why "The child turned 4 or 17 during the year, so a reason such as SDQ1 should say why there is no score.",
        help "Enter the score, or the reason why there is none.";

    DUPLICATE_ID = "duplicate-id", Error, "Two rows with one identifier",
        why "The later row was set aside, since only one of them can be right.",
        help "Keep the right row, or give the other its own identifier.";
    DUPLICATE_ROW = "duplicate-row", Error, "A row that was already there",
        why "Counting it twice would inflate the figures; it was set aside.",
        help "Remove the copy.";
    ORPHAN_ID = "orphan-id", Warning, "A child without a Practice Summary",
        why "The rows were kept in totals, but cannot be linked with the child's age, dates or outcomes.",
        help "Add the child to the children table, or correct the identifier.";
    MONITORING_DISAGREES = "monitoring-disagrees", Note, "Quarterly returns and Practice Summaries disagree",
        why "A reader who has seen the returns will ask why the report gives another number.",
        help "Find out which children are in one and not in the other, and say so in the report.";

    COMPARISON_WITHOUT_COHORT = "comparison-without-cohort", Warning, "A comparison without anybody to compare",
        why "Nothing can be said against a comparator.",
        help "Add a cohort table with child_id and arm, or remove [comparison] from study.toml.";
    COHORT_WITHOUT_COMPARISON = "cohort-without-comparison", Note, "A cohort that nothing is asked of",
        why "Its children take part in no comparison.",
        help "Write [comparison] with outcomes and covariates into study.toml.";
    COMPARISON_COLUMN_MISSING = "comparison-column-missing", Error, "A column that [comparison] names is nowhere",
        why "Without it the children cannot be compared as the study asks.",
        help "Correct the name in study.toml, or add the column or the events.";
    CALIPER_OF_WORDS = "caliper-of-words", Error, "A caliper of a covariate of words",
        why "No distance lies between words, so nobody could be compared as the study asks.",
        help "Name the column under exact in study.toml instead, or correct it so that it holds numbers.";
    OUTCOME_UNREADABLE = "outcome-unreadable", Error, "An outcome that cannot be counted",
        why "The child\u{2019}s outcome was treated as missing.",
        help "Write yes, no or a number, and leave the cell blank where nothing is known.";

    VOICES_UNREADABLE = "voices-unreadable", Error, "voices.toml cannot be read",
        why "The quotation or story was left out.",
        help "Correct the line; `kinfolk init` writes an example.";
    CONSENT_MISSING = "consent-missing", Warning, "Words without recorded consent",
        why "They were left out: nobody\u{2019}s words are printed unless consent is recorded.",
        help "Ask for consent, then write consent = true.";
    NAMES_NOT_CHANGED = "names-not-changed", Warning, "A story with names unchanged",
        why "It was left out: a story may not tell who it is about.",
        help "Change names and telling details, then write names_changed = true.";
    WORDS_UNKNOWN_SECTION = "words-unknown-section", Warning, "Words for no section",
        why "The text is not printed, since no section of the report has that name.",
        help "Give the file the name of a section: summary, who, wanted, people, outcomes, wellbeing, comparison, voices, value, practice or numbers.";

    COSTS_UNREADABLE = "costs-unreadable", Error, "costs.toml cannot be used as it stands",
        why "Nothing is appraised: a sum with a part left out would be another sum.",
        help "Correct the line; `kinfolk init` writes an example.";
    DEADWEIGHT_WITH_COMPARATOR = "deadweight-with-comparator", Error, "Deadweight taken off a comparison",
        why "What would have come anyway would be taken off twice.",
        help "Remove deadweight, or give the change without a comparison as impact.";
    EFFECT_WITHOUT_COMPARISON = "effect-without-comparison", Error, "A change from before to after used as an effect",
        why "Without a comparison nobody knows how much of the change the work brought.",
        help "Name an estimate of a difference from a comparison group, or state impact and deadweight.";
    EFFECT_WITHOUT_SOURCE = "effect-without-source", Warning, "An effect that is stated without its source",
        why "Readers cannot tell evidence from hope, and the answer hangs on the effects most of all.",
        help "Write effect_source: a study with its year, or that it is an assumption and whose.";
    UNIT_COST_UNKNOWN = "unit-cost-unknown", Error, "A unit cost that nobody knows",
        why "The outcome cannot be valued.",
        help "Correct the name, or add the row to unit-costs.csv beside costs.toml.";
    UNIT_COST_AND_PART = "unit-cost-and-part", Error, "A unit cost and its own part both used",
        why "The part would be counted twice.",
        help "Keep the whole or its parts, not both.";
    LIFETIME_SOCIAL_COST = "lifetime-social-cost", Error, "A cost of everything added to the costs of single things",
        why "It contains what the other outcomes count, so that would be counted twice.",
        help "Leave it out; it may stand in the text for orientation.";
    TIME_BASIS_MIXED = "time-basis-mixed", Error, "Costs of different times mixed",
        why "A sum for a week, a year, an event and a lifetime cannot stand for one another.",
        help "Give weeks for what costs so much a week, and no duration for a lifetime.";
    PRICE_YEAR_MISSING = "price-year-missing", Error, "A sum without its price year",
        why "Money of different years cannot be added.",
        help "Write the year of the prices, such as 2024 or 2023/24.";
    PRICE_YEAR_OUTSIDE_INDEX = "price-year-outside-index", Error, "A price year that the price index does not know",
        why "Forecasts are not used, so the sum cannot be moved to the prices of the appraisal.",
        help "Choose a price year that the index reaches, or state the sum in prices of the appraisal.";
    PRICE_YEARS_MIXED = "price-years-mixed", Note, "Sums of several price years",
        why "Each was moved to the prices of the appraisal by the price index.",
        help "Nothing to do; say so beside the figures.";
    PRICE_YEAR_BLENDED = "price-year-blended", Note, "A financial year on an index of calendar years",
        why "The index for it was put together from two calendar years, which may be out by a fraction of a per cent.",
        help "Nothing to do, unless such a difference matters.";
    NOMINAL_WITH_REAL = "nominal-with-real", Error, "Money of its day beside real prices",
        why "Discount rates are real, so inflation would be taken off twice or not at all.",
        help "State the sum in the prices of one year.";
    SHARES_DO_NOT_SUM = "shares-do-not-sum", Error, "Shares of payers that do not add up to one",
        why "Money would be lost or made on the way from the whole to the payers.",
        help "Correct the shares so that they add up to 1.";
    PERSPECTIVES_MIXED = "perspectives-mixed", Error, "Value to some counted as value to others",
        why "Value to public budgets and value to people answer different questions and are not mixed.",
        help "Give fiscal value to public bodies and other value to people; use the parts of a cost that holds both.";
    SPREAD_IMPOSSIBLE = "spread-impossible", Error, "A spread that cannot be",
        why "The input cannot be drawn from it.",
        help "Give a low end below the value and a high end above it, within what the number may be.";
    UNIT_COST_OLD = "unit-cost-old", Warning, "A unit cost over ten years old",
        why "What things cost changes by more than prices.",
        help "Look for a newer figure, or say how old it is.";
    UNIT_COST_SINGLE_COUNCIL = "unit-cost-single-council", Warning, "A unit cost of one council",
        why "Other councils may pay far more or less.",
        help "Use it for that council, or say where it comes from.";
    UNIT_COST_UNCHECKED = "unit-cost-unchecked", Warning, "A unit cost that was never checked",
        why "It may differ from what its source says.",
        help "Check it against its source and raise its grade.";
    ESTIMATE_MISSING = "estimate-missing", Error, "An estimate that costs.toml names is not there",
        why "Nothing is appraised.",
        help "Name an estimate that the study has, or state the number.";
    RATIO_NEAR_ONE = "ratio-near-one", Warning, "A return within a tenth of one",
        why "Small changes of the inputs decide whether it pays.",
        help "Show what would turn the answer, and how likely it is that it pays.";

    OPTION_DEFAULTED = "option-defaulted", Note, "An option that is not written out",
        why "Options can change reported figures, so the one that was taken should be visible.",
        help "Write the option into study.toml.";
    COUNTRY_UNKNOWN = "country-unknown", Warning, "study.toml names no country",
        why "The trial criteria differ between nations; those of England were taken where a row names no country.",
        help "Write country = \"England\", \"Scotland\" or \"Wales\" under [study].";
}
