//! Whole runs, golden outputs and reference cases live in the integration tests of this package.
