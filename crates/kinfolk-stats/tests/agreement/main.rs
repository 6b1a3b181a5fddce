//! Methods against other software; scripts in `tests/reference` made the numbers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod cases;
mod change;
mod ranks_and_rates;
mod two_groups;
