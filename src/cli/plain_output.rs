//! Output for people: control characters in the texts of a project never reach the terminal.

use engine::i18n::escape_invisible;
use std::io::{self, Write};

/// Writes line by line, each through [`escape_invisible`].
pub(super) struct PlainWriter<W: Write> {
    out: W,
    /// The beginning of a line; its last character may be incomplete.
    line: Vec<u8>,
}

impl<W: Write> PlainWriter<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, line: Vec::new() }
    }

    fn write_plain(&mut self, end: usize) -> io::Result<()> {
        let lines: Vec<u8> = self.line.drain(..end).collect();
        self.out.write_all(escape_invisible(&String::from_utf8_lossy(&lines)).as_bytes())
    }
}

impl<W: Write> Write for PlainWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.line.extend_from_slice(bytes);
        if let Some(end) = bytes.iter().rposition(|byte| *byte == b'\n') {
            let rest = bytes.len() - end - 1;
            self.write_plain(self.line.len() - rest)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.write_plain(self.line.len())?;
        self.out.flush()
    }
}
