//! Places in a file, and the version in its header.

use std::cell::Cell;
use std::fmt;
use std::str::FromStr;

/// A place in a file, counted as editors do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextPosition {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

impl TextPosition {
    /// Returns the place after the valid text `before`.
    pub(in crate::store) fn after_text(before: &str) -> Self {
        Self { line: 1, column: 1 }.moved_behind(before)
    }

    /// Returns the place behind a text that begins here.
    #[must_use]
    pub(in crate::store) fn moved_behind(self, text: &str) -> Self {
        let Some((_, last)) = text.rsplit_once('\n') else {
            return Self { column: self.column + text.chars().count(), ..self };
        };
        let breaks = text.bytes().filter(|byte| *byte == b'\n').count();
        Self { line: self.line + breaks, column: 1 + last.chars().count() }
    }
}

impl fmt::Display for TextPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// The starts of a text's lines, for looking up many places.
pub(in crate::store) struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// The byte asked for last with its column: places come mostly in order, and a line may hold megabytes.
    last: Cell<(usize, usize)>,
}

impl<'a> LineIndex<'a> {
    pub(in crate::store) fn from_text(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, starts, last: Cell::new((0, 1)) }
    }

    /// Returns the place of a byte offset.
    pub(in crate::store) fn place_at(&self, at: usize) -> TextPosition {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let (known, column) = match self.last.get() {
            (known, column) if (start..=at).contains(&known) => (known, column),
            _ => (start, 1),
        };
        let Some(between) = self.text.get(known..at) else { return TextPosition { line, column: 1 } };
        let column = column + between.chars().count();
        self.last.set((at, column));
        TextPosition { line, column }
    }
}

/// The version of a file's format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// A file of another major version can't be read.
    pub major: u32,
    /// A file of a higher minor version may hold data that this program does not know.
    pub minor: u32,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl FromStr for Version {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (major, minor) = text.split_once('.').unwrap_or((text, "0"));
        Ok(Self { major: major.parse()?, minor: minor.parse()? })
    }
}
