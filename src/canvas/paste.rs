//! Classifies the text on the clipboard: our own elements, a table from a spreadsheet, or lines that become
//! touchpoints.
//!
//! Spreadsheets (Excel, `LibreOffice`, Google Sheets, WPS) copy tab-separated lines, as wide as the
//! selection, with quotes round cells that hold a tab, a line break or a quote.

use engine::model::Project;
use engine::store::load::load_project;
use std::sync::Arc;

/// The maximum bytes of a pasted text: more would block the window.
pub const MOST_PASTED_BYTES: u64 = 64 << 20;
/// Rows that are sampled to recognize a table.
const SAMPLE: usize = 200;
/// The minimum rows of a table that may hold answers, and of one of a single column; the header counts.
const FEWEST_ROWS: usize = 3;
const FEWEST_LINES: usize = 5;
/// The maximum characters of a line that can be an answer.
const SHORT: usize = 60;

/// A text from the clipboard, classified.
#[derive(Debug, Clone)]
pub(super) enum Pasted {
    /// Elements that were copied in a Desireline window.
    Elements(Box<Project>),
    /// A text that the program beyond the map must handle.
    Foreign(PastedText),
    /// Nothing but whitespace.
    Nothing,
}

/// A text from the clipboard that is not for the map itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PastedText {
    /// A table.
    Table {
        /// The text.
        text: Arc<str>,
        /// The number of columns.
        columns: usize,
    },
    /// Elements were pasted, without the opportunities and solutions of these titles, which the project
    /// lacks.
    Incomplete(Vec<String>),
    /// So many columns that hold no answers: too few rows, or rows of different lengths.
    Columns(usize),
    /// Lines of words.
    Lines(Arc<str>),
    /// More bytes than [`MOST_PASTED_BYTES`].
    TooLarge(u64),
}

/// Classifies a text from the clipboard. `elements` returns the elements that a text was copied from, if it
/// knows it.
pub(super) fn read_pasted(text: &str, elements: impl FnOnce(&str) -> Option<Project>) -> Pasted {
    if text.len() as u64 > MOST_PASTED_BYTES {
        return Pasted::Foreign(PastedText::TooLarge(text.len() as u64));
    }
    if let Some(clip) = elements(text) {
        return Pasted::Elements(Box::new(clip));
    }
    if let Ok(clip) = load_project(text.as_bytes()) {
        return Pasted::Elements(Box::new(clip.project));
    }
    // Some programs end a text with a null character.
    let text = text.trim_end_matches('\0');
    if text.trim().is_empty() {
        return Pasted::Nothing;
    }
    let columns = columns_beside(text);
    Pasted::Foreign(match count_columns(text) {
        // A list whose marks are followed by tabs is no table.
        Some(count) if count == 1 || columns > 1 => PastedText::Table { text: text.into(), columns: count },
        _ if columns > 1 => PastedText::Columns(columns),
        _ => PastedText::Lines(text.into()),
    })
}

/// Returns the largest number of columns in a row; tabs that indent a line or follow its list mark separate
/// none.
fn columns_beside(text: &str) -> usize {
    let columns = |cells: Vec<&str>| {
        let mut cells = cells.into_iter().map(str::trim).skip_while(|cell| cell.is_empty());
        let first = cells.next().unwrap_or_default();
        let has_mark = without_mark(&format!("{first} ")).is_empty();
        let rest: Vec<&str> = cells.collect();
        let filled = rest.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        if has_mark { filled.max(1) } else { 1 + filled }
    };
    PastedRows { rest: text }.map(columns).max().unwrap_or(0)
}

/// Returns a line without the bullet, dash or number that marks a list entry.
pub(crate) fn without_mark(line: &str) -> &str {
    let marks = ['-', '*', '+', '•', '·', '–', '—', '▪', '○', '◦', '●', '■', '□', '☐', '☑', '✓', '›', '→'];
    if let Some(rest) = line.strip_prefix(marks) {
        // A dash without a following space is part of a word or a number.
        let is_mark =
            rest.starts_with(char::is_whitespace) || line.starts_with(['•', '●', '▪', '■', '☐', '□']);
        return if is_mark { rest.trim_start() } else { line };
    }
    let numbered = line.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let digits = line.len() - numbered.len();
    let rest = numbered.strip_prefix(['.', ')', '、', '）']);
    let rest = if (1..=3).contains(&digits) { rest } else { None };
    match rest {
        Some(rest) if rest.starts_with(char::is_whitespace) || numbered.starts_with(['、', '）']) => {
            rest.trim_start()
        }
        _ => line,
    }
}

/// Returns the number of columns if the text is a table: all its rows have the same.
fn count_columns(text: &str) -> Option<usize> {
    let rows: Vec<Vec<&str>> = PastedRows { rest: text }.take(SAMPLE).collect();
    let columns = rows.first()?.len();
    let is_even = rows.iter().all(|row| row.len() == columns);
    let is_table = match columns {
        1 => is_column(&rows),
        _ => rows.len() >= FEWEST_ROWS && rows.iter().flatten().any(|cell| !cell.trim().is_empty()),
    };
    (is_even && is_table).then_some(columns)
}

/// True if lines can be a single column with a header: all are short, none is blank, and the first is a name.
fn is_column(rows: &[Vec<&str>]) -> bool {
    let lines: Vec<&str> = rows.iter().flatten().map(|line| line.trim()).collect();
    let Some((header, values)) = lines.split_first() else { return false };
    lines.len() >= FEWEST_LINES
        && lines.iter().all(|line| !line.is_empty() && line.chars().nth(SHORT).is_none())
        && header.chars().any(char::is_alphabetic)
        && !values.contains(header)
}

/// Iterates over the rows of tab-separated text, each as its cells without their quotes. A final line break
/// begins no new row.
struct PastedRows<'a> {
    rest: &'a str,
}

impl<'a> Iterator for PastedRows<'a> {
    type Item = Vec<&'a str>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let mut cells = Vec::new();
        loop {
            let (cell, after) = split_cell(self.rest);
            cells.push(cell);
            if let Some(next) = after.strip_prefix('\t') {
                self.rest = next;
                continue;
            }
            let ends = ["\r\n", "\n", "\r"];
            self.rest = ends.iter().find_map(|end| after.strip_prefix(end)).unwrap_or_default();
            return Some(cells);
        }
    }
}

/// Splits off the first cell of a text; the rest begins with a tab or a line break, or is empty.
fn split_cell(text: &str) -> (&str, &str) {
    let quoted = text.strip_prefix('"').and_then(|inner| {
        let end = closing_quote(inner)?;
        Some((inner.get(..end)?, inner.get(end + 1..)?))
    });
    quoted.unwrap_or_else(|| {
        let end = text.find(['\t', '\n', '\r']).unwrap_or(text.len());
        text.split_at(end)
    })
}

/// Returns the position of the quote that ends a quoted cell; `None` if the cell only begins with a quote.
fn closing_quote(inner: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + inner.get(from..)?.find('"')?;
        let after = inner.get(at + 1..)?;
        if after.starts_with('"') {
            from = at + 2;
            continue;
        }
        let ends = after.is_empty() || after.starts_with(['\t', '\n', '\r']);
        return ends.then_some(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::edit::command::new_project;
    use engine::id::IdSource;
    use engine::store::load::to_bytes;

    fn columns(text: &str) -> Option<usize> {
        match read_pasted(text, |_| None) {
            Pasted::Foreign(PastedText::Table { columns, .. }) => Some(columns),
            _ => None,
        }
    }

    #[test]
    fn our_own_elements_are_told_before_anything_else() {
        let project = new_project("Trip\tby\tnight", &mut IdSource::from_seed(2));
        let clip = String::from_utf8(to_bytes(&project)).unwrap();
        assert!(matches!(read_pasted(&clip, |_| None), Pasted::Elements(found) if *found == project));
        let known = read_pasted("Rating\n5\n4\n3\n4\n", |_| Some(project.clone()));
        assert!(matches!(known, Pasted::Elements(found) if *found == project), "lines that were copied here");
    }

    #[test]
    fn a_table_of_a_spreadsheet_is_told_with_its_columns() {
        assert_eq!(columns("Seat\tGate\r\n5\t4\r\n3\t2\r\n"), Some(2));
        assert_eq!(columns("Seat\tGate\n5\t4\n3\t2"), Some(2), "without a line end at the end");
        assert_eq!(columns("Seat\tWhy\n5\t\"two\nlines and a \"\"word\"\"\"\n3\t\"a\ttab\"\n"), Some(2));
        assert_eq!(
            columns("Seat\tWhy\n5\t\"open\n3\tno\n"),
            Some(2),
            "a quote that nothing ends is a letter"
        );
        assert_eq!(columns("Seat\t\n5\t\n\t\n3\t4\n\0"), Some(2), "cells may be empty");
        assert_eq!(columns("Rating\n5\n4\n3\n4\n"), Some(1));
    }

    #[test]
    fn a_line_end_at_the_end_neither_adds_nor_clears_a_row() {
        let rows = |text: &'static str| PastedRows { rest: text }.collect::<Vec<_>>();
        assert_eq!(rows("a\tb\n1\t\n"), [vec!["a", "b"], vec!["1", ""]]);
        assert_eq!(rows("a\tb\n1\t"), rows("a\tb\r\n1\t\r\n"));
    }

    #[test]
    fn other_words_are_lines_and_blanks_are_nothing() {
        let few = ["just some words", "Rating\n5\n4\n3\n", "1\n2\n3\n4\n5\n", "Search\t\nBook\t\n"];
        let uneven = [
            "fn main() {\n\tlet a;\n\t\tb\n}\n",
            "One\n\nTwo\nThree\nFour\nFive\n",
            "\tSearch\n\tBook\n\tFly\n",
            "1.\tSearch\n2.\tBook\n10.\tFly\n",
            "•\tSearch\n\t–\tslow\n•\tBook\n",
        ];
        let are_lines = |text: &&str| matches!(read_pasted(text, |_| None), Pasted::Foreign(PastedText::Lines(found)) if *found == **text);
        assert!(few.iter().chain(&uneven).all(are_lines));
        assert!(
            ["", " \n\t\r\n\0"].iter().all(|text| matches!(read_pasted(text, |_| None), Pasted::Nothing))
        );
    }

    #[test]
    fn columns_without_answers_have_one_fate_whatever_the_number_of_rows() {
        let beside = |text: &str| match read_pasted(text, |_| None) {
            Pasted::Foreign(PastedText::Columns(columns) | PastedText::Table { columns, .. }) => columns,
            _ => 0,
        };
        let rows = "Search\tslow\n";
        for count in 1..5 {
            assert_eq!(beside(&rows.repeat(count)), 2, "{count} rows");
        }
        assert_eq!(beside("Search\tslow"), 2, "without a line end");
        assert_eq!(beside("Step\tPain\tWho\nSearch\n"), 3, "rows of different lengths");
        assert_eq!(beside("Search\n\tslow\tevery day\n"), 2, "an indented line too");
        assert_eq!(beside("\"two\nlines\"\tslow\n"), 2);
    }

    #[test]
    fn more_than_is_read_is_refused() {
        let text = "5\t4\n".repeat((MOST_PASTED_BYTES / 4 + 1) as usize);
        let size = text.len() as u64;
        assert!(
            matches!(read_pasted(&text, |_| None), Pasted::Foreign(PastedText::TooLarge(told)) if told == size)
        );
    }
}
