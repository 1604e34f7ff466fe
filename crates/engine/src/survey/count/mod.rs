//! Reduces the rows of a table to exact counts. No row is kept, so memory does not grow with the number of
//! rows.
//!
//! Invariant: for each question, valid + missing + rejected + left out = rows read. In a table of one answer
//! per row (with a column of names), a question's rows are those that name it; rows with an unknown name are
//! counted beside the questions. In an aggregated table (with a column of counts), each row stands for the
//! number of rows that it states.

mod aggregated;
mod answers;
mod counter;
mod merge;
mod pairs;
mod respondents;
mod roles;
mod rules;
mod segments;
mod small_groups;
mod threads;

pub use pairs::{CountedPairs, DRIVERS};
pub use respondents::{Respondents, hash_respondent};

use super::cell::Reject;
use super::period::Period;
use super::propose::ProposedColumn;
use super::source::{FileWarning, Input, ReadProgress, SurveyTable, TableError, open};
use crate::model::counts::{Histogram, Segment};
use crate::model::recipe::ColumnRole;
use counter::{Counter, ambiguous_roles};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use threads::{ThreadPlan, ThreadedCount, count_on_threads};

/// A map with a fast hasher: a few hashes are computed for each row.
type FastMap<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// The most different values a segment column may have.
pub const GROUPS: usize = 200;
/// The value under which the small groups of a segment column are counted together; see `ColumnRule::least`.
/// Rows that already have this value are included.
pub const OTHERS: &str = "others";
/// The most different answers one question may have.
pub const ANSWERS: usize = 1024;
/// The most line numbers kept for each kind of rejection.
const LINES: usize = 5;

/// The key of a histogram: a group of respondents in a period.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct CountGroup {
    /// The period of the answers.
    pub period: Period,
    /// The segment of the respondents.
    pub segment: Segment,
}

/// The result of counting a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counted {
    /// The hash of the file's content.
    pub hash: String,
    /// The number of rows read, including those left out; in an aggregated table the respondents they stand
    /// for, or the rows themselves if it does not state numbers of respondents.
    pub rows: u64,
    /// For each column of answers, by its index in the mapping: the answers of each group.
    pub answers: BTreeMap<usize, BTreeMap<CountGroup, Histogram>>,
    /// Sums for the drivers of each outcome.
    pub pairs: Vec<CountedPairs>,
    /// Cells that did not count, by column and reason.
    pub rejections: BTreeMap<(usize, Reject), Rejection>,
    /// Rows that rules left out, by the index of the column whose rule applied first, in the units of `rows`.
    pub left_out: BTreeMap<usize, Rejection>,
    /// The first and the last day of the rows that counted, if a column holds days.
    pub days: Option<(Date, Date)>,
    /// The ids of respondents, if a column holds them.
    pub respondents: Option<Respondents>,
    /// Segment columns that were left out because they have more than [`GROUPS`] values.
    pub too_many_groups: Vec<String>,
    /// For each column of segments or choices with a minimum group size, the number of values below it. They
    /// are counted together as [`OTHERS`], in crossings too, and their texts appear nowhere.
    pub folded: BTreeMap<String, u64>,
    /// Columns of `folded` whose small groups are in no group at all: columns of choices, which overlap, and
    /// columns of segments whose small groups are too small even together.
    pub dropped: BTreeSet<String>,
    /// Roles that only one column can have but several do, with the indices of these. It is unclear which is
    /// meant, so nothing is counted.
    pub ambiguous: Vec<(ColumnRole, Vec<usize>)>,
    /// Warnings about the whole file.
    pub file_warnings: Vec<FileWarning>,
}

impl Counted {
    /// Returns the answers of a segment to a column, over all periods.
    pub fn answers_of(&self, column: usize, segment: &Segment) -> Histogram {
        let mut sum = Histogram::default();
        let groups = self.answers.get(&column).into_iter().flatten();
        groups
            .filter(|(group, _)| group.segment == *segment)
            .for_each(|(_, answers)| sum.add_histogram(answers));
        sum
    }
}

/// Cells of one column, or rows, that did not count for one reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rejection {
    /// The number of cells or rows.
    pub count: u64,
    /// The lines of the first ones, at most five.
    pub lines: Vec<u64>,
}

/// Options of a count beside the mapping.
#[derive(Debug, Clone, Default)]
pub struct CountOptions {
    /// The key for [`hash_respondent`]. Without one, ids are compared within the file only and no hashes are
    /// returned.
    pub key: Option<[u8; 16]>,
    /// Hashes under `key` of respondents imported before: their rows are left out.
    pub known: Option<Arc<HashSet<u64>>>,
    /// Rows up to and including this day are left out. Rows without a day are kept, and reported as
    /// rejections of the column.
    pub after: Option<Date>,
}

/// Counts a file under a mapping.
///
/// # Errors
/// If the file can't be read as a table to its end, or reading was cancelled.
pub fn count_file(
    input: impl Into<Input>,
    columns: &[ProposedColumn],
    progress: &Arc<ReadProgress>,
) -> Result<Counted, TableError> {
    count_file_with(input, columns, &CountOptions::default(), progress)
}

/// Counts a file under a mapping and options, on all available threads. The counts do not depend on their
/// number.
///
/// # Errors
/// If the file can't be read as a table to its end, or reading was cancelled.
pub fn count_file_with(
    input: impl Into<Input>,
    columns: &[ProposedColumn],
    options: &CountOptions,
    progress: &Arc<ReadProgress>,
) -> Result<Counted, TableError> {
    let input = input.into();
    let table = open(&input, progress)?;
    if let Some(refused) = refuse_ambiguous(&table, columns) {
        return Ok(refused);
    }
    match count_on_threads(table, columns, options, ThreadPlan::for_available_threads())? {
        ThreadedCount::Counted(counted) => Ok(*counted),
        ThreadedCount::NeedsOrder => count_table_with(&mut open(&input, progress)?, columns, options),
    }
}

/// Counts a table under a mapping; columns are found by name.
///
/// # Errors
/// If it can't be read to its end, or reading was cancelled.
pub fn count_table(table: &mut SurveyTable, columns: &[ProposedColumn]) -> Result<Counted, TableError> {
    count_table_with(table, columns, &CountOptions::default())
}

/// Counts a table under a mapping and options.
///
/// # Errors
/// If it can't be read to its end, or reading was cancelled.
pub fn count_table_with(
    table: &mut SurveyTable,
    columns: &[ProposedColumn],
    options: &CountOptions,
) -> Result<Counted, TableError> {
    if let Some(refused) = refuse_ambiguous(table, columns) {
        return Ok(refused);
    }
    let mut counter = Counter::new(table.column_names(), columns, options);
    while let Some(row) = table.next_row()? {
        counter.add_row(&row);
    }
    let file_warnings = table.dialect().file_warnings;
    Ok(Counted { file_warnings, ..counter.finish(table.content_hash()) })
}

/// Returns an empty count that names the ambiguous roles, if there are any.
fn refuse_ambiguous(table: &SurveyTable, columns: &[ProposedColumn]) -> Option<Counted> {
    let ambiguous = ambiguous_roles(table.column_names(), columns);
    (!ambiguous.is_empty()).then(|| Counted { ambiguous, ..Counted::default() })
}

#[cfg(test)]
mod aggregated_tests;
#[cfg(test)]
mod rule_tests;
#[cfg(test)]
mod small_group_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod thread_tests;
