//! Synthetic studies of any size from a seed.
