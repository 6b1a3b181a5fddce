//! Statistical methods on slices: numbers in, numbers out.
