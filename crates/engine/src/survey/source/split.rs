//! Finds the cells of a record of text.
//!
//! A cell that begins with a quote ends with the next quote that is not doubled; what follows up to the
//! delimiter belongs to the cell. A quote elsewhere is an ordinary character. Only whole records are split,
//! so that no state is kept between pieces of text. This is the one step that examines every byte: it jumps
//! from mark to mark instead of stepping through, several times as fast as a state table.

use memchr::{memchr, memchr_iter, memchr2};

/// The bytes that separate records and cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    /// The byte between cells.
    pub(super) delimiter: u8,
    /// The byte after records: a line feed, with or without a carriage return before it; or a carriage return
    /// alone.
    pub(super) end: u8,
}

/// The byte range of a cell in a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellSpan {
    pub(super) start: u32,
    pub(super) end: u32,
    /// True if it contains doubled quotes, or text after its closing quote; the range then begins with the
    /// opening quote.
    pub(super) tangled: bool,
}

/// A record found in a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RecordSpan {
    /// Its start, after empty lines.
    pub(super) start: usize,
    /// The end of its last cell, and the start of the next record.
    pub(super) end: usize,
    pub(super) next: usize,
    /// The number of lines before it, and of lines it takes.
    pub(super) before: u64,
    pub(super) lines: u64,
}

/// Finds the first record; `None` if it does not end in this piece, unless the piece is the last. Splits at
/// most `most` cells; one extra signals that there are more.
pub(super) fn split_record(
    text: &[u8],
    marks: Marks,
    last: bool,
    most: usize,
    cells: &mut Vec<CellSpan>,
) -> Option<RecordSpan> {
    cells.clear();
    let start = text.iter().position(|byte| !matches!(byte, b'\n' | b'\r'))?;
    let before = count_byte(text.get(..start)?, marks.end);
    let mut at = start;
    let mut inner = 0;
    loop {
        let (span, end) = match text.get(at) {
            Some(b'"') => scan_quoted_cell(text, at, marks)?,
            _ => scan_plain_cell(text, at, marks)?,
        };
        let mark = text.get(end).copied();
        if mark.is_none() && !last {
            return None;
        }
        if span.quoted {
            inner += count_byte(text.get(at..end)?, marks.end);
        }
        let is_delimiter = mark == Some(marks.delimiter);
        let cut = usize::from(!is_delimiter && !span.quoted && text.get(at..end)?.ends_with(b"\r"));
        let from = span.start;
        let to = (span.end - cut).max(span.start);
        cells.push(CellSpan {
            start: u32::try_from(from).ok()?,
            end: u32::try_from(to).ok()?,
            tangled: span.tangled,
        });
        at = end + 1;
        if !is_delimiter || cells.len() > most {
            let lines = inner + 1;
            return Some(RecordSpan { start, end, next: at.min(text.len()), before, lines });
        }
    }
}

/// The content range of a cell during splitting.
struct PartialCell {
    start: usize,
    end: usize,
    quoted: bool,
    tangled: bool,
}

/// Finds the end of an unquoted cell: the next mark.
fn scan_plain_cell(text: &[u8], at: usize, marks: Marks) -> Option<(PartialCell, usize)> {
    let rest = text.get(at..)?;
    let end = memchr2(marks.delimiter, marks.end, rest).map_or(text.len(), |found| at + found);
    Some((PartialCell { start: at, end, quoted: false, tangled: false }, end))
}

/// Finds the end of a quoted cell; without a closing quote it takes the rest of the text.
fn scan_quoted_cell(text: &[u8], at: usize, marks: Marks) -> Option<(PartialCell, usize)> {
    let mut from = at + 1;
    let mut tangled = false;
    loop {
        let Some(close) = memchr(b'"', text.get(from..)?).map(|found| from + found) else {
            let start = if tangled { at } else { at + 1 };
            return Some((PartialCell { start, end: text.len(), quoted: true, tangled }, text.len()));
        };
        if text.get(close + 1) == Some(&b'"') {
            tangled = true;
            from = close + 2;
            continue;
        }
        let (_, end) = scan_plain_cell(text, close + 1, marks)?;
        let behind = text.get(close + 1..end)?;
        tangled |= !matches!(behind, b"" | b"\r");
        let cell = if tangled { (at, end) } else { (at + 1, close) };
        return Some((PartialCell { start: cell.0, end: cell.1, quoted: true, tangled }, end));
    }
}

fn count_byte(text: &[u8], byte: u8) -> u64 {
    memchr_iter(byte, text).count() as u64
}

/// Returns the content of a tangled cell, without its quotes.
pub(super) fn untangle_cell(cell: &str) -> String {
    let mut content = String::with_capacity(cell.len());
    let mut rest = cell.strip_prefix('"').unwrap_or(cell);
    while let Some((before, behind)) = rest.split_once('"') {
        content.push_str(before);
        let Some(doubled) = behind.strip_prefix('"') else {
            content.push_str(behind.strip_suffix('\r').unwrap_or(behind));
            return content;
        };
        content.push('"');
        rest = doubled;
    }
    content.push_str(rest);
    content
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MARKS: Marks = Marks { delimiter: b',', end: b'\n' };

    /// Returns the cells of all records of a text.
    fn split_records(text: &str, marks: Marks) -> Vec<Vec<String>> {
        let mut rest = text.as_bytes();
        let mut found = Vec::new();
        let mut spans = Vec::new();
        while let Some(record) = split_record(rest, marks, true, 100, &mut spans) {
            let cell = |span: &CellSpan| {
                let cell = std::str::from_utf8(&rest[span.start as usize..span.end as usize]).unwrap();
                if span.tangled { untangle_cell(cell) } else { cell.to_owned() }
            };
            found.push(spans.iter().map(cell).collect());
            rest = &rest[record.next..];
        }
        found
    }

    #[test]
    fn records_and_lines_are_told_apart() {
        let mut spans = Vec::new();
        let text = b"\r\n\n\"a\nb\",c\r\nd";
        let found = split_record(text, MARKS, false, 9, &mut spans).unwrap();
        assert_eq!((found.before, found.lines, found.start, found.next), (2, 2, 3, 12));
        assert_eq!(
            split_record(&text[12..], MARKS, false, 9, &mut spans),
            None,
            "a record without end may go on"
        );
        assert!(split_record(&text[12..], MARKS, true, 9, &mut spans).is_some());
        assert_eq!(
            split_records("a,\"b\rc\",d\r\"e\"\r", Marks { end: b'\r', ..MARKS }),
            [vec!["a", "b\rc", "d"], vec!["e"]]
        );
        split_record(b"1,2,3,4,5,6\n", MARKS, true, 3, &mut spans);
        assert_eq!(spans.len(), 4);
    }

    proptest! {
        #[test]
        fn records_are_those_of_the_csv_crate(
            pieces in prop::collection::vec(prop_oneof![
                Just("a"), Just("é中"), Just(","), Just("\""), Just("\"\""), Just("\n"), Just("\r\n"), Just(" "), Just(","),
            ], 0..40),
        ) {
            let text = pieces.concat();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let expected: Vec<Vec<String>> =
                reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
            prop_assert_eq!(split_records(&text, MARKS), expected);
        }
    }
}
