//! Reads files to the end that their size gives: if a device stops early, it has failed, and the file is not
//! shorter.

use std::io::{self, Read};

/// A reader that reports an error if a file ends before its size.
#[derive(Debug)]
pub struct WholeReader<R> {
    inner: R,
    missing: u64,
}

impl<R> WholeReader<R> {
    /// Creates a reader that expects at least `size` bytes.
    pub fn new(inner: R, size: u64) -> Self {
        Self { inner, missing: size }
    }

    /// Returns the inner reader, at its present position.
    pub fn into_inner(self) -> R {
        self.inner
    }
}

impl<R: Read> Read for WholeReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        if count == 0 && self.missing > 0 && !buffer.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.missing = self.missing.saturating_sub(count as u64);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_that_stops_early_is_told_from_a_file_that_ends() {
        let read = |size| {
            let mut bytes = Vec::new();
            WholeReader::new(&b"journal"[..], size).read_to_end(&mut bytes).map(|_count| bytes)
        };
        assert_eq!(read(7).unwrap(), b"journal");
        assert_eq!(read(3).unwrap(), b"journal", "it has grown since");
        assert_eq!(read(8).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }
}
