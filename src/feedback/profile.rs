//! What the beginning of a table looks like, column by column: the ground on which a mapping is proposed.

use super::cell::{fold, number};
use super::source::{Progress, ReadError, Table, file_name, open};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
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
    /// The character between cells.
    pub delimiter: char,
    /// Rows looked at.
    pub rows: u64,
    /// Whether these are all rows.
    pub complete: bool,
    /// Rows with another number of cells than the header.
    pub ragged: u64,
    /// The columns in their order.
    pub columns: Vec<ColumnProfile>,
}

impl ColumnProfile {
    fn add(&mut self, cell: &str) {
        if cell.is_empty() {
            self.blank += 1;
            return;
        }
        if number(cell).is_some() {
            self.numbers += 1;
        } else {
            self.texts += 1;
            self.text_bytes += cell.len() as u64;
        }
        // Codes and grades are short; a long cell is a comment, and one of many by itself.
        if cell.len() > SHOWN {
            self.many = true;
            self.show(cell);
        } else if !self.many {
            self.add_short(cell);
        }
    }

    fn add_short(&mut self, cell: &str) {
        if let Some(count) = self.values.get_mut(cell) {
            *count += 1;
            return;
        }
        let folded = fold(cell);
        if let Some(count) = self.values.get_mut(&folded) {
            *count += 1;
        } else if self.values.len() < VALUES {
            self.values.insert(folded, 1);
            self.show(cell);
        } else {
            self.many = true;
        }
    }

    fn show(&mut self, cell: &str) {
        if self.examples.len() < EXAMPLES {
            self.examples.push(cell.get(..cell.floor_char_boundary(SHOWN)).unwrap_or(cell).to_owned());
        }
    }
}

/// Looks at the beginning of a file.
///
/// # Errors
/// Where it can't be read as a table.
pub fn profile(path: &Path, progress: &Arc<Progress>) -> Result<Profile, ReadError> {
    let mut profile = look(&mut open(path, Arc::clone(progress))?)?;
    profile.file = file_name(path);
    Ok(profile)
}

/// Looks at the beginning of a table.
///
/// # Errors
/// Where it can't be read as one.
pub fn look<R: Read>(table: &mut Table<R>) -> Result<Profile, ReadError> {
    let column = |name: &String| ColumnProfile { name: name.clone(), ..ColumnProfile::default() };
    let columns = table.header().iter().map(column).collect();
    let mut profile = Profile { delimiter: table.delimiter(), columns, ..Profile::default() };
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
        for (place, column) in profile.columns.iter_mut().enumerate() {
            column.add(row.cell(place));
        }
    }
    Ok(profile)
}
