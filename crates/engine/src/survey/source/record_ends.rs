//! Finds record boundaries in a text that comes in blocks, so that it can be cut there.
//!
//! A quote opens a cell at the beginning of a record or after a delimiter, and is an ordinary character
//! elsewhere, exactly as in [`split_record`](super::split::split_record).

use super::split::Marks;
use memchr::{memchr, memrchr};

/// The parser state before the next byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CellState {
    /// At the beginning of a record, possibly after empty lines.
    RecordStart,
    /// After a delimiter.
    CellStart,
    /// In an unquoted cell, or after the closing quote.
    InCell,
    /// Between quotes.
    Quoted,
    /// After a quote in a quoted cell: a second quote makes it a literal one, anything else makes it the
    /// closing one.
    QuoteSeen,
}

/// A piece of a block outside quotes.
#[derive(Debug, Clone, Copy)]
struct UnquotedPiece {
    start: usize,
    end: usize,
    /// The state before its first byte.
    before: CellState,
}

/// Finds record ends in consecutive blocks of one text.
pub(super) struct RecordEnds {
    marks: Marks,
    state: CellState,
    /// The unquoted pieces of the current block.
    unquoted: Vec<UnquotedPiece>,
}

impl RecordEnds {
    /// Starts at the beginning of a record.
    pub(super) fn new(marks: Marks) -> Self {
        Self { marks, state: CellState::RecordStart, unquoted: Vec::new() }
    }

    /// Scans the next block. Returns the offset after the last record that ends in it. Empty lines belong to
    /// the record after them.
    pub(super) fn find_last(&mut self, block: &[u8]) -> Option<usize> {
        self.unquoted.clear();
        let mut at = 0;
        while let Some(next) = block.get(at) {
            at = match self.state {
                CellState::Quoted => self.pass_quoted(block, at),
                CellState::QuoteSeen if *next == b'"' => {
                    self.state = CellState::Quoted;
                    at + 1
                }
                CellState::QuoteSeen => {
                    self.state = CellState::InCell;
                    at
                }
                before => self.pass_unquoted(block, at, before),
            };
        }
        self.unquoted.iter().rev().find_map(|piece| self.last_end(block, *piece))
    }

    fn pass_quoted(&mut self, block: &[u8], at: usize) -> usize {
        match memchr(b'"', block.get(at..).unwrap_or_default()) {
            Some(found) => {
                self.state = CellState::QuoteSeen;
                at + found + 1
            }
            None => block.len(),
        }
    }

    fn pass_unquoted(&mut self, block: &[u8], at: usize, before: CellState) -> usize {
        let rest = block.get(at..).unwrap_or_default();
        let quote = memchr(b'"', rest);
        let length = quote.unwrap_or(rest.len());
        self.unquoted.push(UnquotedPiece { start: at, end: at + length, before });
        let state = self.state_behind(rest.get(..length).unwrap_or_default(), before);
        self.state = match (quote, state) {
            (None, state) => state,
            (Some(_), CellState::RecordStart | CellState::CellStart) => CellState::Quoted,
            (Some(_), _) => CellState::InCell,
        };
        at + length + usize::from(quote.is_some())
    }

    /// Returns the state after a piece without quotes.
    fn state_behind(&self, piece: &[u8], before: CellState) -> CellState {
        let (other, breaks) = piece.split_at(piece.len() - line_breaks_at_end(piece));
        if breaks.contains(&self.marks.end) {
            return CellState::RecordStart;
        }
        match other.last() {
            // Line breaks at the beginning of a record belong to no cell, whichever of the two they are.
            None if breaks.is_empty() || before == CellState::RecordStart => before,
            Some(last) if breaks.is_empty() && *last == self.marks.delimiter => CellState::CellStart,
            _ => CellState::InCell,
        }
    }

    /// Returns the offset after the last record that ends in a piece.
    fn last_end(&self, block: &[u8], piece: UnquotedPiece) -> Option<usize> {
        let text = block.get(piece.start..piece.end)?;
        let last = memrchr(self.marks.end, text)?;
        let start = last - line_breaks_at_end(text.get(..last)?);
        if start == 0 && piece.before == CellState::RecordStart {
            return None;
        }
        let first = memchr(self.marks.end, text.get(start..)?)?;
        Some(piece.start + start + first + 1)
    }
}

fn line_breaks_at_end(text: &[u8]) -> usize {
    text.iter().rev().take_while(|byte| matches!(byte, b'\n' | b'\r')).count()
}

#[cfg(test)]
mod tests {
    use super::super::split::split_record;
    use super::*;
    use proptest::prelude::*;

    /// Returns the offsets after each record that ends before the end of the text.
    fn ends_by_split(text: &[u8], marks: Marks) -> Vec<usize> {
        let mut at = 0;
        let mut ends = Vec::new();
        let mut spans = Vec::new();
        while let Some(found) = split_record(&text[at..], marks, false, 100, &mut spans) {
            at += found.next;
            ends.push(at);
        }
        ends
    }

    proptest! {
        #[test]
        fn ends_are_those_of_the_records(
            pieces in prop::collection::vec(prop_oneof![
                Just("a"), Just("é"), Just(","), Just("\""), Just("\"\""), Just("\n"), Just("\r\n"), Just("\r"), Just(","),
                Just("\n\""), Just(",\""), Just("\","), Just("\"\n"),
            ], 0..60),
            step in 1_usize..20,
            end in prop_oneof![Just(b'\n'), Just(b'\r')],
        ) {
            let text = pieces.concat();
            let marks = Marks { delimiter: b',', end };
            let expected = ends_by_split(text.as_bytes(), marks);
            let mut ends = RecordEnds::new(marks);
            for (number, block) in text.as_bytes().chunks(step).enumerate() {
                let start = number * step;
                let last = expected.iter().copied().rfind(|end| *end > start && *end <= start + block.len());
                prop_assert_eq!(ends.find_last(block).map(|end| start + end), last);
            }
        }
    }
}
