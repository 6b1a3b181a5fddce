//! Which line of a file has been reached.

use std::io::{self, BufRead, Read};

/// Counts the lines that were read.
pub(super) struct LineCounter<R> {
    input: R,
    line: u64,
}

impl<R> LineCounter<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, line: 1 }
    }

    /// The line, from 1, on which what was read ends.
    pub(super) fn line(&self) -> u64 {
        self.line
    }
}

impl<R: BufRead> Read for LineCounter<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(out)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for LineCounter<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        // What is consumed was filled before, so this reads nothing anew and cannot fail.
        let passed = self.input.fill_buf().ok().and_then(|bytes| bytes.get(..n));
        let lines = passed.map_or(0, |bytes| {
            bytes.iter().filter(|byte| **byte == b'\n').count()
        });
        self.line += lines as u64;
        self.input.consume(n);
    }
}
