//! What stands in place of an answer that was not given. Studies and plain tables read it alike.

/// What other systems write where an SDQ question was not answered. 8 and 9 are scores of a scale, too,
/// so a value counts as such a code only where it lies outside the range of its column.
const SDQ_CODES: [i64; 6] = [-9, -8, 8, 9, 88, 99];

/// Whether a number outside the range of an SDQ column says that nothing was answered.
pub(crate) fn is_sdq_no_answer(value: i64) -> bool {
    SDQ_CODES.contains(&value)
}
