//! What the beginning of a table looks like, column by column: the ground on which a mapping is proposed.

use super::cell::{fold, number};
use super::source::{Dialect, Input, Progress, ReadError, Table, open};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Rows that are looked at; an import reads all.
const ROWS: u64 = 50_000;
/// Different values of a column that are counted; more make it a column of many values.
pub const VALUES: usize = 200;
/// Bytes of a value that are kept to show it.
const SHOWN: usize = 120;
/// Values of a column that are shown.
const EXAMPLES: usize = 5;

/// What one column holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ColumnProfile {
    /// Its name.
    pub name: String,
    /// The id that the survey tool gave it; empty where there is none.
    pub id: String,
    /// Blank cells.
    pub blank: u64,
    /// Cells that are numbers.
    pub numbers: u64,
    /// Cells that are other text.
    pub texts: u64,
    /// Bytes of all cells that are other text.
    pub text_bytes: u64,
    /// How often each value occurs, folded, for the first [`VALUES`] different ones.
    pub values: BTreeMap<String, u64>,
    /// Whether there are more different values than were counted.
    pub many: bool,
    /// The first different values, as written.
    pub examples: Vec<String>,
}

/// What the beginning of a table looks like.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// The file's name.
    pub file: String,
    /// How it is read.
    pub dialect: Dialect,
    /// Rows looked at.
    pub rows: u64,
    /// Whether these are all rows.
    pub complete: bool,
    /// Rows with another number of cells than the header.
    pub ragged: u64,
    /// The columns in their order.
    pub columns: Vec<ColumnProfile>,
}

/// A column being looked at: each spelling of a cell is taken apart once.
#[derive(Default)]
struct Look {
    column: ColumnProfile,
    known: HashMap<String, usize>,
    spellings: Vec<(String, u64)>,
}

impl Look {
    fn add(&mut self, cell: &str) {
        if cell.is_empty() {
            self.column.blank += 1;
        } else if let Some(count) = self.known.get(cell).and_then(|place| self.spellings.get_mut(*place)) {
            count.1 += 1;
        } else if self.spellings.len() < VALUES && cell.len() <= SHOWN {
            self.known.insert(cell.to_owned(), self.spellings.len());
            self.spellings.push((cell.to_owned(), 1));
        } else {
            // Codes and grades are short; a long cell is a comment, and one of many by itself.
            self.column.many = true;
            self.column.classify(cell, 1);
        }
    }

    fn finish(mut self) -> ColumnProfile {
        for (cell, count) in self.spellings {
            self.column.classify(&cell, count);
            *self.column.values.entry(fold(&cell)).or_default() += count;
        }
        self.column
    }
}

impl ColumnProfile {
    fn classify(&mut self, cell: &str, count: u64) {
        if number(cell).is_some() {
            self.numbers += count;
        } else {
            self.texts += count;
            self.text_bytes += cell.len() as u64 * count;
        }
        if self.examples.len() < EXAMPLES {
            self.examples.push(cell.get(..cell.floor_char_boundary(SHOWN)).unwrap_or(cell).to_owned());
        }
    }
}

/// Looks at the beginning of a file.
///
/// # Errors
/// Where it can't be read as a table.
pub fn profile(input: impl Into<Input>, progress: &Arc<Progress>) -> Result<Profile, ReadError> {
    let input = input.into();
    let mut profile = look(&mut open(&input, progress)?)?;
    profile.file = input.file_name();
    Ok(profile)
}

/// Looks at the beginning of a table.
///
/// # Errors
/// Where it can't be read as one.
pub fn look(table: &mut Table) -> Result<Profile, ReadError> {
    let look = |(name, id): (&String, &String)| {
        let column = ColumnProfile { name: name.clone(), id: id.clone(), ..ColumnProfile::default() };
        Look { column, ..Look::default() }
    };
    let mut looks: Vec<Look> = table.header().iter().zip(table.ids()).map(look).collect();
    let mut profile = Profile::default();
    while profile.rows < ROWS {
        let Some(row) = table.next_row()? else {
            profile.complete = true;
            break;
        };
        profile.rows += 1;
        if row.is_ragged() {
            profile.ragged += 1;
            continue;
        }
        for (place, look) in looks.iter_mut().enumerate() {
            look.add(row.cell(place));
        }
    }
    profile.dialect = table.dialect();
    profile.columns = looks.into_iter().map(Look::finish).collect();
    Ok(profile)
}
