//! Reduces the rows of a table to exact counts. No row is kept, and none costs memory.
//!
//! Law: for each question valid + missing + rejected + left out = rows read. In a table of one answer a row (a column of
//! names), a question's rows are those that name it; rows that name nothing known are counted beside the questions. In a
//! table that is aggregated already (a column of counts) each row is as many rows as it says.

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
use super::propose::Column;
use super::source::{FileWarning, Input, Progress, ReadError, Table, open};
use crate::model::counts::{Histogram, Segment};
use crate::model::recipe::ColumnRole;
use counter::{Counter, ambiguous_roles};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use threads::{ThreadPlan, ThreadedCount, count_on_threads};

/// A map whose hashes cost little: a few are made for each row.
type Map<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// The most different values a segment column may have.
pub const GROUPS: usize = 200;
/// The value under which the small groups of a segment column are counted together; see `ColumnRule::least`. Rows that say so
/// themselves are among them.
pub const OTHERS: &str = "others";
/// The most different answers one question may have.
pub const ANSWERS: usize = 1024;
/// Line numbers that are kept for each kind of rejection.
const LINES: usize = 5;

/// Whose answers a histogram holds: those of a group in a period.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// When they answered.
    pub period: Period,
    /// Who they are.
    pub segment: Segment,
}

/// What an import counted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counted {
    /// The hash of the file's content.
    pub hash: String,
    /// Rows read, those left out included; of a table that is aggregated already, the respondents they stand for, or the rows themselves where
    /// nobody knows of how many respondents they tell.
    pub rows: u64,
    /// For each column of answers, by its place in the mapping: the answers of each group.
    pub answers: BTreeMap<usize, BTreeMap<Group, Histogram>>,
    /// Sums for the drivers of each outcome.
    pub pairs: Vec<CountedPairs>,
    /// Cells that did not count, by column and reason.
    pub rejections: BTreeMap<(usize, Reject), Rejection>,
    /// Rows that rules left out, by the index of the column whose rule was the first to apply, in the units of `rows`.
    pub left_out: BTreeMap<usize, Rejection>,
    /// The first and the last day of the rows that counted, where a column holds days.
    pub days: Option<(Date, Date)>,
    /// Who answered, where a column holds the ids of respondents.
    pub respondents: Option<Respondents>,
    /// Segment columns that were left out because they have more than [`GROUPS`] values.
    pub too_many_groups: Vec<String>,
    /// For each column of segments or choices with a smallest group, how many values fewer rows have. They are counted
    /// together as [`OTHERS`], also in crossings, and their texts are nowhere.
    pub folded: BTreeMap<String, u64>,
    /// Columns of `folded` whose small groups are in no group at all: those of choices, which overlap, and those of segments
    /// that are too few together.
    pub dropped: BTreeSet<String>,
    /// Roles that only one column of the file can have and several have, with the indices of these: nobody knows which one is
    /// meant, so nothing is counted.
    pub ambiguous: Vec<(ColumnRole, Vec<usize>)>,
    /// What a person should know about the whole file.
    pub file_warnings: Vec<FileWarning>,
}

impl Counted {
    /// The answers of a group to a column, over all periods.
    pub fn of(&self, column: usize, segment: &Segment) -> Histogram {
        let mut sum = Histogram::default();
        let groups = self.answers.get(&column).into_iter().flatten();
        groups.filter(|(group, _)| group.segment == *segment).for_each(|(_, answers)| sum.add(answers));
        sum
    }
}

/// Cells of one column, or rows, that did not count for one reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rejection {
    /// How many.
    pub count: u64,
    /// The lines of the first ones.
    pub lines: Vec<u64>,
}

/// What is known before a count and does not belong to the mapping.
#[derive(Debug, Clone, Default)]
pub struct CountOptions {
    /// The key for [`hash_respondent`]. Without one, ids are compared within the file alone and no hash is handed out.
    pub key: Option<[u8; 16]>,
    /// Hashes under `key` of respondents that were imported before: their rows are left out.
    pub known: Option<Arc<HashSet<u64>>>,
    /// Rows whose day is not after this one are left out. Rows without a day stay, and are told as rejections of the column.
    pub after: Option<Date>,
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
    count_file_with(input, columns, &CountOptions::default(), progress)
}

/// Counts a file under a mapping and options, on as many threads as run at the same time. Their number makes no difference
/// to the counts.
///
/// # Errors
/// Where the file can't be read as a table to its end, or the user stopped it.
pub fn count_file_with(
    input: impl Into<Input>,
    columns: &[Column],
    options: &CountOptions,
    progress: &Arc<Progress>,
) -> Result<Counted, ReadError> {
    let input = input.into();
    let table = open(&input, progress)?;
    if let Some(refused) = refuse_ambiguous(&table, columns) {
        return Ok(refused);
    }
    match count_on_threads(table, columns, options, ThreadPlan::available())? {
        ThreadedCount::Counted(counted) => Ok(*counted),
        ThreadedCount::NeedsOrder => count_with(&mut open(&input, progress)?, columns, options),
    }
}

/// Counts a table under a mapping; columns are found by name.
///
/// # Errors
/// Where it can't be read to its end, or the user stopped it.
pub fn count(table: &mut Table, columns: &[Column]) -> Result<Counted, ReadError> {
    count_with(table, columns, &CountOptions::default())
}

/// Counts a table under a mapping and options.
///
/// # Errors
/// Where it can't be read to its end, or the user stopped it.
pub fn count_with(
    table: &mut Table,
    columns: &[Column],
    options: &CountOptions,
) -> Result<Counted, ReadError> {
    if let Some(refused) = refuse_ambiguous(table, columns) {
        return Ok(refused);
    }
    let mut counter = Counter::new(table.header(), columns, options);
    while let Some(row) = table.next_row()? {
        counter.add(&row);
    }
    let file_warnings = table.dialect().file_warnings;
    Ok(Counted { file_warnings, ..counter.finish(table.hash()) })
}

/// A count of nothing that names the ambiguous roles, where there are some.
fn refuse_ambiguous(table: &Table, columns: &[Column]) -> Option<Counted> {
    let ambiguous = ambiguous_roles(table.header(), columns);
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
