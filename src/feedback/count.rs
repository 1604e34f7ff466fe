//! Reduces the rows of a table to exact counts. No row is kept.

use super::cell::{Cell, CellReader, Reject};
use super::propose::Column;
use super::source::{Input, Progress, ReadError, Row, Table, open};
use crate::model::counts::{Answer, Histogram, Segment};
use crate::model::recipe::ColumnRole;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The most different values a segment column may have.
pub const GROUPS: usize = 200;
/// The most different answers one question may have.
pub const ANSWERS: usize = 1024;
/// Different spellings of cells that are remembered a column, so that each is read once.
const SPELLINGS: usize = 4096;
/// Line numbers that are kept for each kind of rejection.
const LINES: usize = 5;
const MISSING: usize = 0;
const FIRST_ANSWER: usize = 1 + REASONS.len();
const REASONS: [Reject; 4] = [Reject::NotANumber, Reject::OffScale, Reject::RaggedRow, Reject::TooMany];

/// What an import counted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counted {
    /// The hash of the file's content.
    pub hash: String,
    /// Rows read.
    pub rows: u64,
    /// For each column of answers, by its place: the answers of everyone and of each group.
    pub answers: BTreeMap<usize, BTreeMap<Segment, Histogram>>,
    /// Cells that did not count, by column and reason.
    pub rejections: BTreeMap<(usize, Reject), Rejection>,
    /// Segment columns that were left out because they have more than [`GROUPS`] values.
    pub too_many_groups: Vec<String>,
}

/// Cells of one column that did not count for one reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rejection {
    /// How many.
    pub count: u64,
    /// The lines of the first ones.
    pub lines: Vec<u64>,
}

/// Counts a file under a mapping.
///
/// # Errors
/// Where the file can't be read as a table to its end, or the user stopped it.
pub fn count_file(
    input: impl Into<Input>,
    columns: &[Column],
    progress: &Arc<Progress>,
) -> Result<Counted, ReadError> {
    count(&mut open(input, progress)?, columns)
}

/// Counts a table under a mapping; columns are found by name.
///
/// # Errors
/// Where it can't be read to its end, or the user stopped it.
pub fn count(table: &mut Table, columns: &[Column]) -> Result<Counted, ReadError> {
    let place = |column: &Column| table.header().iter().position(|name| *name == column.rule.column);
    let mut questions: Vec<Tally> = Vec::new();
    let mut splits: Vec<Split> = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        let Some(place) = place(column) else { continue };
        if column.is_question() {
            questions.push(Tally::new(index, place, CellReader::new(&column.rule)));
        } else if column.rule.role == ColumnRole::Segment {
            splits.push(Split::new(place, column.rule.column.clone()));
        }
    }
    let mut groups: Vec<Segment> = vec![Segment::everyone()];
    let mut of_row: Vec<usize> = Vec::new();
    let mut counted = Counted::default();
    while let Some(row) = table.next_row()? {
        counted.rows += 1;
        of_row.clear();
        of_row.push(0);
        if !row.is_ragged() {
            of_row.extend(splits.iter_mut().filter_map(|split| split.group(&row, &mut groups)));
        }
        for question in &mut questions {
            question.add(&row, &of_row);
        }
    }
    counted.hash = table.hash();
    counted.too_many_groups =
        splits.iter().filter(|split| split.overflows).map(|s| s.column.clone()).collect();
    for question in questions {
        question.finish(&groups, &mut counted);
    }
    Ok(counted)
}

/// A segment column: the groups its values make.
struct Split {
    place: usize,
    column: String,
    groups: HashMap<String, usize>,
    overflows: bool,
}

impl Split {
    fn new(place: usize, column: String) -> Self {
        Self { place, column, groups: HashMap::new(), overflows: false }
    }

    /// The group of a row; none for a blank cell.
    fn group(&mut self, row: &Row<'_>, groups: &mut Vec<Segment>) -> Option<usize> {
        let value = row.cell(self.place);
        if value.is_empty() || self.overflows {
            return None;
        }
        if let Some(group) = self.groups.get(value) {
            return Some(*group);
        }
        if self.groups.len() == GROUPS {
            self.overflows = true;
            return None;
        }
        let group = groups.len();
        groups.push(Segment { column: self.column.clone(), value: value.to_owned() });
        self.groups.insert(value.to_owned(), group);
        Some(group)
    }
}

/// A column of answers: its counts by group and slot. Slots are missing, each reason of rejection, each answer.
struct Tally {
    index: usize,
    place: usize,
    reader: CellReader,
    /// Slots of cells of one byte, which most answers are.
    short: [Option<usize>; 256],
    spellings: HashMap<String, usize>,
    answers: Vec<Answer>,
    counts: Vec<Vec<u64>>,
    lines: [Vec<u64>; REASONS.len()],
}

impl Tally {
    fn new(index: usize, place: usize, reader: CellReader) -> Self {
        let (spellings, answers, counts) = (HashMap::new(), Vec::new(), Vec::new());
        let lines = std::array::from_fn(|_| Vec::new());
        Self { index, place, reader, short: [None; 256], spellings, answers, counts, lines }
    }

    fn add(&mut self, row: &Row<'_>, groups: &[usize]) {
        let slot =
            if row.is_ragged() { reason_slot(Reject::RaggedRow) } else { self.slot(row.cell(self.place)) };
        if (1..FIRST_ANSWER).contains(&slot) {
            let lines = &mut self.lines[slot - 1];
            if lines.len() < LINES {
                lines.push(row.line());
            }
        }
        for group in groups {
            if self.counts.len() <= *group {
                self.counts.resize_with(group + 1, Vec::new);
            }
            let counts = &mut self.counts[*group];
            if counts.len() <= slot {
                counts.resize(slot + 1, 0);
            }
            counts[slot] += 1;
        }
    }

    fn slot(&mut self, cell: &str) -> usize {
        if let [byte] = cell.as_bytes() {
            let byte = usize::from(*byte);
            if let Some(slot) = self.short[byte] {
                return slot;
            }
            let slot = self.read(cell);
            self.short[byte] = Some(slot);
            return slot;
        }
        if let Some(slot) = self.spellings.get(cell) {
            return *slot;
        }
        let slot = self.read(cell);
        if self.spellings.len() < SPELLINGS {
            self.spellings.insert(cell.to_owned(), slot);
        }
        slot
    }

    fn read(&mut self, cell: &str) -> usize {
        match self.reader.read(cell) {
            Cell::Missing => MISSING,
            Cell::Rejected(reason) => reason_slot(reason),
            Cell::Answer(answer) => match self.answers.iter().position(|known| *known == answer) {
                Some(place) => FIRST_ANSWER + place,
                None if self.answers.len() == ANSWERS => reason_slot(Reject::TooMany),
                None => {
                    self.answers.push(answer);
                    FIRST_ANSWER + self.answers.len() - 1
                }
            },
        }
    }

    fn finish(self, groups: &[Segment], counted: &mut Counted) {
        let mut by_group = BTreeMap::new();
        for (group, counts) in groups.iter().zip(&self.counts) {
            let dropped = counted.too_many_groups.contains(&group.column);
            if !dropped && counts.iter().any(|count| *count > 0) {
                by_group.insert(group.clone(), self.histogram(counts));
            }
        }
        for (reason, lines) in REASONS.iter().zip(self.lines) {
            let everyone = self.counts.first();
            let count = everyone.and_then(|counts| counts.get(reason_slot(*reason))).copied().unwrap_or(0);
            if count > 0 {
                counted.rejections.insert((self.index, *reason), Rejection { count, lines });
            }
        }
        counted.answers.insert(self.index, by_group);
    }

    fn histogram(&self, counts: &[u64]) -> Histogram {
        let answers = self.answers.iter().zip(counts.iter().skip(FIRST_ANSWER));
        Histogram {
            answers: answers.filter(|(_, count)| **count > 0).map(|(a, count)| (*a, *count)).collect(),
            missing: counts.get(MISSING).copied().unwrap_or(0),
            rejected: counts.iter().take(FIRST_ANSWER).skip(1).sum(),
        }
    }
}

/// The slot of a reason: right after the missing ones, in the order of [`REASONS`].
fn reason_slot(reason: Reject) -> usize {
    match reason {
        Reject::NotANumber => 1,
        Reject::OffScale => 2,
        Reject::RaggedRow => 3,
        Reject::TooMany => 4,
    }
}

#[cfg(test)]
#[path = "count_tests.rs"]
mod tests;
