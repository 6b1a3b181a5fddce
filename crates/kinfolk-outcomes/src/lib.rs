//! Estimates from the tables of a study.
