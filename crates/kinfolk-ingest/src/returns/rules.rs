//! Rules for the rows of a return. Where the sector's validation rules have a number for a fault,
//! the id carries it.

use kinfolk_model::Severity;

use crate::rules::Rule;

macro_rules! rules {
    ($($name:ident = $id:literal, $severity:ident, $title:literal,
        why $why:literal, help $help:literal;)+) => {
        $(pub(super) const $name: Rule = Rule {
            id: $id,
            severity: Severity::$severity,
            title: $title,
            why: $why,
            help: $help,
        };)+

        /// Every rule about returns.
        pub const RETURN_RULES: &[Rule] = &[$($name),+];
    };
}

rules! {
    FILE_UNUSABLE = "903-file", Error, "A file of the return cannot be used",
        why "No row of it takes part in any figure.",
        help "Open the file, save it again, and check that its first row holds the headers of the return.";
    TABLE_UNKNOWN = "903-table", Warning, "A file that is no table of the return",
        why "Its rows take part in no figure.",
        help "Give it the headers of the return, or move it out of the folder.";
    COLUMN_MISSING = "903-column", Error, "A column of the return is missing",
        why "What it says is treated as blank in every row.",
        help "Export the table again with every column.";
    YEAR_UNKNOWN = "903-year", Error, "The year of a return cannot be told",
        why "Without it, rows of several returns cannot be put together.",
        help "Put the year in which the return ends into the name of the file or folder, or into a YEAR column.";
    YEAR_OTHERWISE = "903-year-name", Note, "A name gives another year than the dates",
        why "The dates decide. Some systems name a return by the year in which it starts.",
        help "Name files by the year in which the return ends.";
    CHILD_MISSING = "903-child", Error, "A row without a child",
        why "The row was set aside.",
        help "Fill in CHILD.";
    CHILD_REFORMATTED = "903-child-number", Warning, "An identifier that a spreadsheet has made a number",
        why "Its decimals were taken off; leading zeros, if there were any, are lost.",
        help "Format the column as text and export again.";
    CHILD_MANGLED = "903-child-lost", Error, "An identifier that a spreadsheet has cut short",
        why "The row was set aside: whose it is cannot be known.",
        help "Format the column as text and export again.";
    START_UNREADABLE = "903-141", Error, "The start of an episode is no date",
        why "The row was set aside.",
        help "Write the day as dd/mm/yyyy.";
    END_UNREADABLE = "903-147", Error, "The end of an episode is no date",
        why "The row was set aside: whether the episode lasts cannot be known.",
        help "Write the day as dd/mm/yyyy, or leave it blank while the episode lasts.";
    DATE_UNREADABLE = "903-date", Error, "A date cannot be read",
        why "It was treated as missing.",
        help "Write the day as dd/mm/yyyy.";
    DATE_TWO_DIGITS = "903-date-century", Warning, "A year with two digits",
        why "The century was guessed.",
        help "Write the year in full.";
    DATE_SERIAL = "903-date-number", Warning, "A date as a spreadsheet counts days",
        why "It was taken for the day that a spreadsheet would show.",
        help "Format the column as a date and export again.";
    ENDS_BEFORE_START = "903-356", Error, "An episode ends before it starts",
        why "The row was set aside.",
        help "Correct DECOM or DEC.";
    NO_LENGTH = "903-355", Error, "An episode starts and ends on one day",
        why "The row was set aside.",
        help "Correct DECOM or DEC, or take the row out.";
    REASON_NEW_UNKNOWN = "903-143", Warning, "A reason for a new episode that nobody knows",
        why "It counts as no move.",
        help "Use S, L, P, T, B or U.";
    LEGAL_STATUS_UNKNOWN = "903-144", Warning, "A legal status that nobody knows",
        why "It was kept; it counts as no short break.",
        help "Use a code of the return\u{2019}s guidance.";
    NEED_UNKNOWN = "903-145", Warning, "A category of need that nobody knows",
        why "It was kept.",
        help "Use N1 to N8.";
    PLACEMENT_UNKNOWN = "903-146", Warning, "A kind of placement that nobody knows",
        why "It was kept, and counts as a placement.",
        help "Use a code of the return\u{2019}s guidance.";
    REASON_ENDED_UNKNOWN = "903-149", Warning, "A reason for the end of an episode that nobody knows",
        why "It was taken to end the period of care, as every reason but X1 does.",
        help "Use a code of the return\u{2019}s guidance.";
    PROVIDER_UNKNOWN = "903-178", Warning, "A provider that nobody knows",
        why "It was kept.",
        help "Use PR0 to PR5.";
    REASON_MOVED_UNKNOWN = "903-1009", Warning, "A reason for a change of placement that nobody knows",
        why "It was kept, and is shown as it stands.",
        help "Use a code of the return\u{2019}s guidance.";
    CODE_OUT_OF_USE = "903-code-year", Warning, "A code outside the years in which it is used",
        why "It was kept and means what it meant then.",
        help "Use the code of that year\u{2019}s guidance.";
    CODE_TOO_LONG = "903-code", Warning, "A value that cannot be a code",
        why "It was treated as blank.",
        help "Use a code of the return\u{2019}s guidance.";
    MISSING_START_UNREADABLE = "903-1004", Error, "The start of a missing episode is no date",
        why "The row was set aside.",
        help "Write the day as dd/mm/yyyy.";
    MISSING_END_UNREADABLE = "903-1005", Error, "The end of a missing episode is no date",
        why "The row was set aside.",
        help "Write the day as dd/mm/yyyy, or leave it blank while the child is missing.";
    MISSING_KIND_UNKNOWN = "903-1006", Warning, "A kind of absence that nobody knows",
        why "It was kept, and counts as neither missing nor away.",
        help "Use M or A.";
    MISSING_ORDER = "903-567", Error, "A missing episode ends before it starts",
        why "The row was set aside.",
        help "Correct MIS_START or MIS_END.";
    MISSING_BEFORE_BIRTH = "903-586", Warning, "A child missing before birth",
        why "The row was kept.",
        help "Correct MIS_START or the date of birth.";
    BORN_LATER = "903-302", Warning, "An episode starts before the child is born",
        why "The row was kept.",
        help "Correct DECOM or the date of birth.";
    STARTED_AT_18 = "903-352", Warning, "An episode starts when the child is 18 or older",
        why "The row was kept.",
        help "Correct DECOM or the date of birth.";
    BIRTHS_DISAGREE = "903-int11", Warning, "A child with two dates of birth",
        why "The one of the latest return was used.",
        help "Correct the dates of birth.";
    ROWS_OVERLAP = "903-501", Warning, "An episode starts before the one before it has ended",
        why "The earlier one was cut where the later one starts.",
        help "Correct DECOM or DEC.";
}
