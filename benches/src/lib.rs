//! Benches of whole runs live in the bench targets of this package.
