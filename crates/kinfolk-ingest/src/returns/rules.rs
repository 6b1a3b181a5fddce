//! Rules for the rows of a return. Where the sector's validation rules have a number for a fault,
//! the id carries it.

use crate::rules::rules;

rules! {
    /// Every rule about returns.
    RETURN_RULES;
    FILE_UNUSABLE = "903-file", Error, "A file of the return cannot be used",
        why "No row of it takes part in any figure.",
        help "Open the file, save it again, and check that its first row holds the headers of the return.";
    TABLE_UNKNOWN = "903-table", Warning, "A file that is no table of the return",
        why "Its rows take part in no figure.",
        help "Give it the headers of the return, or move it out of the folder.";
    COLUMN_MISSING = "903-column", Error, "A column of the return is missing",
        why "What it says is treated as blank in every row.",
        help "Export the table again with every column.";
    COLUMN_MORE = "903-column-more", Note, "A column that is no part of the return",
        why "It was passed over.",
        help "Nothing need be done. A header without a name comes from a comma too many at the end of each row.";
    HEADER_CASE = "903-header-case", Note, "Headers in lower case",
        why "They were read as if they were in upper case, as codes are.",
        help "Nothing need be done here; the department\u{2019}s own system may refuse the file.";
    ENCODING_MARKED = "903-encoding", Note, "A file with a mark of its encoding",
        why "It was read in that encoding.",
        help "Nothing need be done here; where another program refuses the file, save it as CSV UTF-8.";
    TABLE_EMPTY = "903-empty", Warning, "A table of the return without rows",
        why "No figure can be made from it.",
        help "Export the table again, or take it out if there is nothing to report.";
    ROW_TOO_LONG = "903-row-long", Error, "A row with more cells than the header",
        why "A comma inside a text has moved the cells behind it, so the row was set aside.",
        help "Put the text into quotation marks, or save the file from a spreadsheet again.";
    YEAR_UNKNOWN = "903-year", Error, "The year of a return cannot be told",
        why "Without it, rows of several returns cannot be put together.",
        help "Put the year in which the return ends into the name of the file or folder, or into a YEAR column.";
    YEAR_OTHERWISE = "903-year-name", Note, "A name gives another year than the dates",
        why "Some systems name a return by the year in which it starts. A name later than every date is believed, for an episode that lasts fits any later year.",
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
    EPISODE_BLANK = "903-blank", Warning, "An episode without a reason, a legal status, a need or a placement",
        why "The row was kept. Without a reason (RNE) it counts as no move; without a legal status as no short break.",
        help "Fill in RNE, LS, CIN and PLACE.";
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
    MISSING_KIND_BLANK = "903-565", Warning, "A missing episode that does not say whether the child was missing or away",
        why "It was kept, and counts as neither missing nor away.",
        help "Fill in MISSING: M or A.";
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
    BIRTH_UNKNOWN = "903-102", Warning, "A child in care without a date of birth",
        why "The child is in no measure that asks for an age, such as the same carer for two years.",
        help "Add the child to the header, or fill in DOB.";
    STILL_AT_18 = "903-over-18", Warning, "A child who is 18 or older and whose episode has no end",
        why "It counts as looked after.",
        help "Fill in DEC and REC, or correct the date of birth.";
    BIRTHS_DISAGREE = "903-int11", Warning, "A child with two dates of birth in one return",
        why "That of the header was used; of several there, the earliest.",
        help "Correct the dates of birth.";
    ROWS_OVERLAP = "903-501", Warning, "An episode starts before the one before it has ended",
        why "The earlier one was cut where the later one starts.",
        help "Correct DECOM or DEC.";

    END_AND_REASON = "903-148", Warning, "An end without its reason, or a reason without an end",
        why "The row was kept. A reason without an end is passed over; an end without a reason is taken to end care.",
        help "Fill in both DEC and REC when an episode ends, and neither while it lasts.";
    BEFORE_THE_ACT = "903-353", Warning, "An episode starts before 14 October 1991",
        why "The row was kept; nobody is in care from so long ago.",
        help "Correct DECOM.";
    STARTS_AFTER_YEAR = "903-354", Warning, "An episode starts after its return ends",
        why "The row was kept, and is in no figure for a day before it starts.",
        help "Correct DECOM, or take the row out.";
    ENDS_AFTER_YEAR = "903-385", Warning, "An episode ends after its return ends",
        why "The row was kept with the end that it gives.",
        help "Leave DEC and REC blank where the episode lasts beyond 31 March.";

    LEFT_OPEN = "903-142", Warning, "An episode that lasts, with a later one behind it",
        why "It was ended where the next one starts.",
        help "Fill in DEC and REC of the earlier row.";
    FIRST_IS_NO_START = "903-357", Warning, "The first episode of a child does not start care",
        why "Care was taken to start with it; a row before it may be missing.",
        help "Use RNE S for the first episode, or add the rows that are missing.";
    NOTHING_FOLLOWS = "903-388", Warning, "Care continues, but no episode does",
        why "Until when the child was in care is not known; the end that the row gives was kept.",
        help "Add the episode that follows, or give in REC why care ended.";
    STARTS_AGAIN = "903-431", Warning, "Care starts on the day on which an episode ended",
        why "It counts as a new period of care, and as a new placement.",
        help "Use L, P, T, B or U where care continues.";
    START_NOT_MARKED = "903-432", Warning, "An episode after the end of care that does not start it",
        why "A new period of care was taken to start.",
        help "Use RNE S, or X1 as the reason for the end before.";
    NOT_SAME_DAY = "903-433", Warning, "An episode that continues care starts on another day than the last one ended",
        why "The earlier episode was taken to last until then.",
        help "Correct DECOM, or DEC of the row before.";
    ONLY_LEGAL = "903-434", Warning, "A change of legal status only (L) that changes something else, or nothing",
        why "By its reason it counts as no move.",
        help "Use B or U where the placement changes too.";
    ONLY_PLACEMENT = "903-435", Warning, "A change of placement only (P, T) that changes the legal status too, or no placement",
        why "By its reason it counts as a move (P), or as one with the same carer (T).",
        help "Use B or U where the legal status changes too, L where only that does.";
    BOTH_CHANGE = "903-436", Warning, "A change of legal status and placement (B, U) that changes only one of them",
        why "By its reason it counts as a move (B), or as one with the same carer (U).",
        help "Use L, P or T.";
    AFTER_THE_LAST = "903-437", Warning, "An episode after the child died or was found to be of age",
        why "The row was kept.",
        help "Correct REC of the earlier row, or take the later rows out.";
    NEED_CHANGES = "903-504", Warning, "The category of need changes while care lasts",
        why "It was kept as each row has it.",
        help "Use the need with which the period of care began.";

    ROW_NOT_CARRIED = "903-562", Warning, "An episode began before the year and is missing from the return before",
        why "The row was used; the earlier return was incomplete.",
        help "Add the episode to the earlier return, or correct DECOM.";
    CHILD_NOT_CARRIED = "903-noe", Warning, "A child in care before the year whom the return before does not have",
        why "The row was used; the earlier return was incomplete.",
        help "Add the child to the earlier return, or correct DECOM.";
    OPEN_NOT_CARRIED = "903-502", Warning, "An episode that lasted at the end of the year before starts on another day",
        why "It was taken for an episode of its own; the earlier row is a stale one.",
        help "Carry the episode over with the DECOM that it had.";
    REASON_CHANGED = "903-503a", Warning, "The reason for a new episode differs from the return before",
        why "The later return was believed.",
        help "Carry the episode over as it was.";
    LEGAL_STATUS_CHANGED = "903-503b", Warning, "The legal status of an episode differs from the return before",
        why "The later return was believed.",
        help "Carry the episode over as it was, or start a new one.";
    NEED_CHANGED = "903-503c", Warning, "The category of need of an episode differs from the return before",
        why "The later return was believed.",
        help "Carry the episode over as it was.";
    PLACEMENT_CHANGED = "903-503d", Warning, "The kind of placement of an episode differs from the return before",
        why "The later return was believed. A code that replaced another (K3 for H5, Z11 to Z14 for Z1) is no difference.",
        help "Carry the episode over as it was, or start a new one.";
    PROVIDER_CHANGED = "903-503e", Warning, "The provider of an episode differs from the return before",
        why "The later return was believed.",
        help "Carry the episode over as it was.";
    URN_CHANGED = "903-503f", Warning, "The register number of an episode differs from the return before",
        why "The later return was believed.",
        help "Carry the episode over as it was.";

    TEMPORARY_STARTS_CARE = "903-380", Warning, "Care starts with a temporary placement",
        why "There is no placement to return to; it is passed over, or counted, as the rule for temporary placements says.",
        help "Use the kind of placement that it is.";
    TEMPORARY_ENDS_CARE = "903-381", Warning, "Care ends with a temporary placement",
        why "The placement before it was taken to last until then.",
        help "End the temporary placement with X1, and the one to which the child returned with the reason for leaving.";
    TEMPORARY_IN_BREAKS = "903-382", Warning, "A temporary placement in a series of short breaks",
        why "Short breaks are left out of every measure, and it with them.",
        help "Use the kind of placement that it is.";
    NO_RETURN = "903-383", Warning, "A temporary placement without a return to where the child was",
        why "The move behind it counts as one from the placement before it.",
        help "Return to the same PLACE and PL_POST with RNE P, or use another kind of placement.";
    HOSPITAL_TOO_LONG = "903-375", Warning, "A temporary stay in hospital of more than six weeks",
        why "It is still treated as temporary.",
        help "Use R2.";
    HOLIDAY_TOO_LONG = "903-376", Warning, "A temporary stay for the carers\u{2019} holiday of more than three weeks",
        why "It is still treated as temporary.",
        help "Use the kind of placement that it is.";
    HOLIDAYS_TOO_MANY = "903-377", Warning, "More than two temporary stays for the carers\u{2019} holiday in a year",
        why "They are still treated as temporary.",
        help "Use the kind of placement that it is.";
    TEMPORARY_TOO_LONG = "903-379", Warning, "A temporary stay (T4) of more than seven days",
        why "It is still treated as temporary.",
        help "Use the kind of placement that it is.";
    PARENTS_IN_ACCOMMODATION = "903-378", Warning, "A placement with parents under section 20",
        why "The row was kept and counts as a placement.",
        help "Correct PLACE or LS.";
    ADOPTION_AS_MOVE = "903-217", Warning, "An adoption placement with the current carers that is given as a move",
        why "It counts as no move, whatever its reason says.",
        help "Use RNE S, T or U with A3 and A5.";
    REASON_MOVED_MISSING = "903-225", Warning, "A change of placement without its reason",
        why "It is shown as a move for a reason that is not given.",
        help "Fill in REASON_PLACE_CHANGE on the row that ends.";
    REASON_MOVED_FOR_TEMPORARY = "903-226", Note, "A reason for a change into or out of a temporary placement",
        why "None is asked for; where the change counts as a move, the reason is shown.",
        help "Leave REASON_PLACE_CHANGE blank.";
    REASON_MOVED_WHILE_OPEN = "903-233", Warning, "A reason for a change of placement on an episode that lasts",
        why "It is passed over while the episode lasts.",
        help "Leave REASON_PLACE_CHANGE blank until the episode ends.";
    CUSTODY_UNDER_TEN = "903-234", Warning, "Custody as the reason for a change of a child under ten",
        why "The reason was kept.",
        help "Correct REASON_PLACE_CHANGE or the date of birth.";

    MISSING_AFTER_YEAR = "903-570", Warning, "A missing episode starts after its return ends",
        why "The row was kept.",
        help "Correct MIS_START.";
    MISSING_OUTSIDE_YEAR = "903-571", Warning, "A missing episode ends outside the year of its return",
        why "The row was kept.",
        help "Correct MIS_END, or take the row out of this return.";
    MISSING_OVERLAP = "903-574", Warning, "A missing episode starts before the one before it has ended",
        why "Both count as times missing.",
        help "Correct MIS_START or MIS_END.";
    MISSING_BEYOND_PLACEMENT = "903-575", Warning, "A child still missing from a placement that has ended",
        why "The row was kept.",
        help "Fill in MIS_END.";
    MISSING_NOT_CARRIED = "903-576", Warning, "A missing episode that lasted at the end of the year before is not carried over",
        why "The row of the earlier return was used.",
        help "Report it again, with its end.";
    MISSING_BEYOND_CARE = "903-577", Warning, "A child still missing after leaving care",
        why "The row was kept.",
        help "Fill in MIS_END.";
    MISSING_BEFORE_CARE = "903-578", Warning, "A missing episode that starts before care does",
        why "The row was kept.",
        help "Correct MIS_START, or add the episode of care.";
    MISSING_AFTER_CARE = "903-581", Warning, "A missing episode that starts after care has ended",
        why "The row was kept.",
        help "Correct MIS_START, or take the row out.";
    MISSING_AT_EXIT = "903-580", Warning, "A child who was missing when care ended at 18, for another reason than E8",
        why "The reason was kept.",
        help "Use REC E8 for a child who is missing when care ends.";

    IN_TOUCH_UNKNOWN = "903-131", Warning, "Being in touch with a care leaver given in a code that nobody knows",
        why "It was kept.",
        help "Use YES, NO, DIED, REFU, NREQ or RHOM.";
    ACTIVITY_UNKNOWN = "903-132", Warning, "An activity of a care leaver that nobody knows",
        why "It was kept, and counts as not known.",
        help "Use a code of the return\u{2019}s guidance.";
    ACCOMMODATION_UNKNOWN = "903-133", Warning, "An accommodation of a care leaver that nobody knows",
        why "It was kept, and counts as not known.",
        help "Use a code of the return\u{2019}s guidance.";
    CARE_LEAVER_PARTLY = "903-153", Warning, "A care leaver with some of the three answers",
        why "What is blank counts as not known.",
        help "Fill in IN_TOUCH, ACTIV and ACCOM, or none.";
    NOT_FOLLOWED_BUT_ACTIVE = "903-344", Warning, "A care leaver who died or went home, with activity or accommodation",
        why "The young person is left out of the measures.",
        help "Write 0 for ACTIV and ACCOM.";
    IN_TOUCH_BUT_UNKNOWN = "903-345", Warning, "A care leaver in touch of whom nothing is known",
        why "Activity or accommodation counts as not known.",
        help "Fill in ACTIV and ACCOM.";
    FOYER_UNDER_18 = "903-347", Warning, "A care leaver under 18 in a foyer",
        why "The row was kept.",
        help "Correct ACCOM or the date of birth.";
    DIED_BEFORE = "903-348", Warning, "A care leaver who an earlier return says has died",
        why "The row was kept.",
        help "Take the row out, or correct the earlier return.";
    CARE_LEAVER_TOO_YOUNG = "903-391", Warning, "A care leaver who is not yet 17 when the year ends",
        why "The row was kept.",
        help "Take the row out, or correct the date of birth.";

    YEARLY_ANSWER_UNKNOWN = "903-answer", Warning, "An answer of the yearly outcomes that is neither yes nor no",
        why "It counts as not known.",
        help "Write 1 for yes, 0 for no, or leave it blank.";
    SDQ_SCORE_IMPOSSIBLE = "903-180", Warning, "An SDQ score that is no whole number from 0 to 40",
        why "It counts as missing.",
        help "Write the total of the questionnaire.";
    SDQ_REASON_UNKNOWN = "903-196", Warning, "A reason for having no SDQ score that nobody knows",
        why "It counts as missing.",
        help "Use SDQ1 to SDQ5.";
    INTERVENTION_TWICE = "903-158", Warning, "An intervention for substance misuse received, and offered besides",
        why "It counts as received.",
        help "Leave INTERVENTION_OFFERED blank where INTERVENTION_RECEIVED is 1.";
    OFFER_BLANK = "903-159", Warning, "No intervention for substance misuse, and nothing about an offer",
        why "Whether one was offered and not taken counts as not known.",
        help "Fill in INTERVENTION_OFFERED where INTERVENTION_RECEIVED is 0.";
    ANSWERS_NOT_DUE = "903-190", Warning, "Yearly outcomes of a child not looked after for twelve months",
        why "They feed no figure.",
        help "Take them out, or correct the episodes.";
    ANSWERS_BLANK = "903-191", Warning, "Some of the yearly outcomes of a child looked after for twelve months",
        why "What is blank counts as not known.",
        help "Fill in IMMUNISATIONS, TEETH_CHECK, HEALTH_ASSESSMENT and SUBSTANCE_MISUSE.";
    YEARLY_ROW_MISSING = "903-191-row", Warning, "A child looked after for twelve months whom the yearly outcomes do not name",
        why "All of the answers count as not known.",
        help "Add the child to the table of yearly outcomes (OC2), or correct the episodes.";
    HEALTH_CHECK_BLANK = "903-545", Warning, "No development assessments of a child under five",
        why "Whether they are up to date counts as not known.",
        help "Fill in HEALTH_CHECK.";
    INTERVENTION_BLANK = "903-192", Warning, "Substance misuse, and nothing about an intervention",
        why "Whether there was one counts as not known.",
        help "Fill in INTERVENTION_RECEIVED.";
    INTERVENTION_WITHOUT_MISUSE = "903-193", Warning, "An intervention without substance misuse",
        why "It feeds no figure.",
        help "Correct SUBSTANCE_MISUSE, or leave the interventions blank.";
    CONVICTED_TOO_YOUNG = "903-542", Warning, "A conviction asked of a child under ten",
        why "It feeds no figure.",
        help "Leave CONVICTED blank, or correct the date of birth.";
    CONVICTED_ONLY = "903-544", Warning, "A conviction without the other outcomes",
        why "What is blank counts as not known.",
        help "Fill in IMMUNISATIONS, TEETH_CHECK, HEALTH_ASSESSMENT and SUBSTANCE_MISUSE.";
    HEALTH_CHECK_TOO_OLD = "903-546", Warning, "Development assessments of a child of five or older",
        why "They feed no figure.",
        help "Leave HEALTH_CHECK blank, or correct the date of birth.";
    HEALTH_CHECK_ONLY = "903-547", Warning, "Development assessments without the other outcomes",
        why "What is blank counts as not known.",
        help "Fill in IMMUNISATIONS, TEETH_CHECK, HEALTH_ASSESSMENT and SUBSTANCE_MISUSE.";

    SEX_DISAGREES = "903-int21", Warning, "A child with two sexes in one return",
        why "That of the header was used.",
        help "Correct SEX.";
    CHILD_TWICE = "903-int31", Warning, "A child twice in the header of one return",
        why "Both rows were used; what one leaves blank the other says.",
        help "Take one of the rows out.";
    ROW_TWICE = "903-twice", Warning, "A row that stands twice in one return",
        why "The two say the same, so it counts once.",
        help "Take one of the rows out.";
    ROW_RIVAL = "903-rival", Warning, "Two rows for one child in one return that say different things of the same",
        why "One of them was used: of episodes with one start the one that ends last, else the first in the order of what they say.",
        help "Take the wrong one out.";
    SEX_CHANGED = "903-202", Warning, "A child whose sex differs from an earlier return",
        why "The later return was believed.",
        help "Correct SEX, if it is wrong.";
    BIRTH_CHANGED = "903-203", Warning, "A child whose date of birth differs from an earlier return",
        why "The later return was believed.",
        help "Correct DOB, if it is wrong.";
    ETHNICITY_CHANGED = "903-204", Warning, "A child whose ethnicity differs from an earlier return",
        why "The later return was believed.",
        help "Correct ETHNIC, if it is wrong.";

    PLACEMENT_NOT_EXPECTED = "ssd-reason", Warning, "A placement that begins with an episode that is no change of placement",
        why "A placement record is a placement, so it counts as a move to another carer.",
        help "Correct the reason with which the episode starts, or join the two placement records.";
    PLACEMENT_BEYOND_CARE = "ssd-open", Warning, "A placement that lasts although care has ended",
        why "It was taken to end with care.",
        help "Fill in the end of the placement.";
    PLACEMENTS_MISSING = "ssd-placements", Error, "Episodes or legal statuses without placements",
        why "The rows were set aside: without the kind of each placement no measure can be taken.",
        help "Put the table ssd_cla_placement beside.";
    EXTRACT_AND_RETURN = "ssd-return", Error, "An extract beside a return",
        why "The extract\u{2019}s rows were set aside: the same placements would count twice.",
        help "Read the one or the other.";
    EPISODES_MISSING = "ssd-episodes", Note, "Placements without the episodes of the same children",
        why "Every placement after the first of a period counts as a move, with the same carer or not; why care ended is not known.",
        help "Put the table ssd_cla_episodes beside.";
    STATUSES_MISSING = "ssd-statuses", Note, "Placements without legal statuses",
        why "Who is in short breaks is not known, so nobody is left out for that.",
        help "Put the table ssd_legal_status beside.";
}
