//! The profile of a table's first rows, column by column: the basis of a proposed mapping.

use super::cell::{fold_text, parse_number};
use super::dates::{DateEvidence, Today};
use super::figure::read_figure;
use super::outcome::read_two_values;
use super::preview::{Preview, PreviewLine};
use super::row_rules::{RowFilter, RowRule, find_row_rules};
use super::scale::is_no_answer;
use super::source::{
    CellKind, Dialect, Input, ReadProgress, SurveyTable, TableError, TableRow, UnevenRows, open,
};
use super::text_scale::{read_labelled_values, read_words};
use super::vocabulary::{Languages, Topic, compare_key, is_topic_key, languages_of};
use crate::model::counts::Answer;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;

/// The most rows profiled; an import reads all.
const ROWS: u64 = 50_000;
/// The most rows profiled of a file of more than [`LARGE`] bytes.
const ROWS_OF_LARGE: u64 = 8_000;
const LARGE: u64 = 32 << 20;
/// The most different values counted per column; beyond that it is a column of many values.
pub const VALUES: usize = 200;
/// The longest value, in bytes, that is kept for display.
const SHOWN: usize = 120;
/// The most line numbers kept per value.
const LINES: usize = 3;
/// The most example values per column.
const EXAMPLES: usize = 5;
/// The number of cells without a date after which a column is no longer searched for dates.
const DATELESS: u64 = 1000;
/// The most different texts of a column of few values.
const FEW: usize = 30;
/// The number of rows kept from the end of the table, where sums tend to be.
const TAIL: usize = 6;

/// The profile of one column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ColumnProfile {
    /// Its name.
    pub name: String,
    /// The id that the survey tool gave it; empty if there is none.
    pub id: String,
    /// The number of blank cells.
    pub blank: u64,
    /// The number of numeric cells.
    pub numbers: u64,
    /// The number of cells with other text.
    pub texts: u64,
    /// The total bytes of the cells with other text.
    pub text_bytes: u64,
    /// The count of each value, folded, for the first [`VALUES`] different ones.
    pub values: BTreeMap<String, u64>,
    /// True if there are more different values than were counted.
    pub many: bool,
    /// The first different values, as written.
    pub examples: Vec<String>,
    /// The first spelling of each of `values`.
    pub spelled: BTreeMap<String, String>,
    /// The first lines of each of `values`.
    pub lines: BTreeMap<String, Vec<u64>>,
    /// The evidence of its cells about dates.
    pub dates: DateEvidence,
    /// The run of numbers above five, in row order.
    pub run: NumberRun,
    /// The repeats of its ids; only for columns that are named as ids.
    pub repeats: Option<IdRepeats>,
}

/// The repeated ids of a column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IdRepeats {
    /// The number of different ids.
    pub ids: u64,
    /// The number of cells whose id an earlier row has.
    pub again: u64,
    /// Of `again`, the cells whose whole row equals the earlier one.
    pub same_row: u64,
}

#[cfg(test)]
impl ColumnProfile {
    /// Builds a column from its values and their counts.
    pub(super) fn from_values(values: &[(&str, u64)]) -> Self {
        let values = values.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect();
        Self { values, ..Self::default() }
    }
}

/// The positions of numbers above five among a column's numbers: they show a scale of five that changes to
/// one of ten.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NumberRun {
    /// The number of cells from 0 to 10.
    numbers: u64,
    /// Of `numbers`, those above five.
    high: u64,
    /// The numbers before the first high one, and its line.
    first: Option<(u64, u64)>,
    /// The numbers up to and including the last high one, and the line of the next number.
    last: (u64, u64),
}

impl NumberRun {
    /// The probability below which a gap in high numbers is no chance: one in a million columns.
    const CHANCE: f64 = 1e-6;
    /// The fewest numbers on each side of a change of scale.
    const ENOUGH: u64 = 20;

    fn add_number(&mut self, high: bool, line: u64) {
        if high {
            self.first.get_or_insert((self.numbers, line));
            self.high += 1;
            self.last = (self.numbers + 1, 0);
        } else if self.last.1 == 0 {
            self.last.1 = line;
        }
        self.numbers += 1;
    }

    /// Returns the line where high numbers begin or end too suddenly for one scale.
    pub fn find_scale_change(&self) -> Option<u64> {
        let (before, begins) = self.first?;
        let (until, ends) = self.last;
        let sudden = |without: u64| {
            let others = self.numbers - without;
            let share = self.high as f64 / others as f64;
            without.min(others) >= Self::ENOUGH && (1.0 - share).powf(without as f64) < Self::CHANCE
        };
        match (sudden(before), sudden(self.numbers - until)) {
            (true, _) => Some(begins),
            (false, true) => Some(ends),
            (false, false) => None,
        }
    }
}

/// The profile of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// The file's name.
    pub file: String,
    /// The dialect in which it was read.
    pub dialect: Dialect,
    /// The number of rows profiled, without those left out.
    pub rows: u64,
    /// The number of rows that the row rules left out.
    pub left_out: u64,
    /// True if all rows were profiled.
    pub complete: bool,
    /// The number of rows whose number of cells differs from the header's.
    pub ragged: u64,
    /// The columns in table order.
    pub columns: Vec<ColumnProfile>,
    /// The first rows as written.
    pub preview: Preview,
    /// The last rows as written, if all rows were profiled.
    pub tail: Vec<PreviewLine>,
    /// The languages of the headers and answers.
    pub languages: Languages,
    /// The rule by which rows of uneven length were accepted as whole; counting must use the same.
    pub uneven: Option<Arc<UnevenRows>>,
    /// The number of rows identical to an earlier row, time of the answer included.
    pub repeated_rows: u64,
    /// The rules for rows that are no answers, such as tests and sums, which are left out of all other
    /// fields.
    pub row_rules: Vec<RowRule>,
}

impl Profile {
    /// Finds the column with this name.
    pub fn column_named(&self, name: &str) -> Option<&ColumnProfile> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// One spelling of a cell, with its count.
struct Spelling {
    text: String,
    count: u64,
    /// Its first line numbers.
    lines: Vec<u64>,
    /// For a number from 0 to 10, true if it is above five.
    high: Option<bool>,
}

/// The profile of a column under construction: each spelling of a cell is classified once.
struct ColumnScan {
    column: ColumnProfile,
    known: HashMap<String, usize, foldhash::fast::RandomState>,
    spellings: Vec<Spelling>,
    today: Today,
    ids: Option<HashMap<u64, u64, foldhash::fast::FixedState>>,
}

/// Hashes texts, for comparison within one profile.
fn hash_text(texts: impl Iterator<Item = impl AsRef<str>>) -> u64 {
    let mut hasher = foldhash::fast::FixedState::default().build_hasher();
    for text in texts {
        hasher.write(text.as_ref().as_bytes());
        hasher.write_u8(0);
    }
    hasher.finish()
}

impl ColumnScan {
    /// True if the column's name is one for ids, so that repeats are counted.
    fn holds_ids(name: &str) -> bool {
        is_topic_key(&compare_key(name), Topic::Respondent, Languages::ALL)
    }

    /// Records the id of a row, counting it as a repeat if an earlier row has it.
    fn add_id(&mut self, cell: &str, row: u64) {
        let (Some(ids), false) = (&mut self.ids, cell.is_empty()) else { return };
        let repeats = self.column.repeats.get_or_insert_default();
        match ids.entry(hash_text(std::iter::once(cell))) {
            std::collections::hash_map::Entry::Occupied(known) => {
                repeats.again += 1;
                repeats.same_row += u64::from(*known.get() == row);
            }
            std::collections::hash_map::Entry::Vacant(new) => {
                new.insert(row);
                repeats.ids += 1;
            }
        }
    }

    fn add_cell(&mut self, cell: &str, line: u64) {
        if cell.is_empty() {
            self.column.blank += 1;
            return;
        }
        // Long cells are never in the map.
        let known = if cell.len() <= SHOWN { self.known.get(cell).copied() } else { None };
        if let Some(spelling) = known.and_then(|place| self.spellings.get_mut(place)) {
            spelling.count += 1;
            if spelling.lines.len() < LINES {
                spelling.lines.push(line);
            }
            if let Some(high) = spelling.high {
                self.column.run.add_number(high, line);
            }
        } else if self.spellings.len() < VALUES && cell.len() <= SHOWN {
            self.known.insert(cell.to_owned(), self.spellings.len());
            let number = parse_number(cell).map(Answer::get);
            let high = number.filter(|number| (0.0..=10.0).contains(number)).map(|number| number > 5.0);
            if let Some(high) = high {
                self.column.run.add_number(high, line);
            }
            self.spellings.push(Spelling { text: cell.to_owned(), count: 1, lines: vec![line], high });
        } else {
            // Codes and grades are short; a long cell is a comment, so the column counts as one of many
            // values.
            self.column.many = true;
            self.column.classify_cell(cell, 1, line, self.today);
        }
    }

    fn finish(mut self) -> ColumnProfile {
        for Spelling { text, count, lines, .. } in self.spellings {
            self.column.classify_cell(&text, count, lines.first().copied().unwrap_or_default(), self.today);
            let folded = fold_text(&text);
            *self.column.values.entry(folded.clone()).or_default() += count;
            let known = self.column.lines.entry(folded.clone()).or_default();
            known.extend(lines);
            known.sort_unstable();
            known.truncate(LINES);
            self.column.spelled.entry(folded).or_insert(text);
        }
        self.column
    }
}

impl ColumnProfile {
    /// Returns the kind of the cells in rows of the header's length: numbers or days if nearly all are,
    /// otherwise texts.
    fn cell_kind(&self) -> CellKind {
        let none =
            self.values.iter().filter(|(value, _)| is_no_answer(value)).map(|(_, count)| *count).sum::<u64>();
        let cells = (self.numbers + self.texts).saturating_sub(none);
        let nearly_all = |count: u64| cells > 0 && 10 * count >= 9 * cells;
        if nearly_all(self.dates.date_count()) {
            CellKind::Day
        } else if nearly_all(self.numbers) {
            CellKind::Figure
        } else if self.many || self.values.len() > FEW {
            CellKind::Text
        } else if self.holds_answers() {
            CellKind::Answers(self.values.keys().cloned().collect())
        } else {
            CellKind::Few(self.values.keys().cloned().collect())
        }
    }

    /// True if the texts are yes and no, or words of a known scale.
    fn holds_answers(&self) -> bool {
        read_two_values(&self.values, self.many, Languages::ALL).is_some()
            || read_words(&self.values, &self.values, Languages::ALL).is_some()
            || read_labelled_values(&self.values, Languages::ALL).is_some()
    }

    fn classify_cell(&mut self, cell: &str, count: u64, line: u64, today: Today) {
        let cells = self.numbers + self.texts;
        if read_figure(cell).is_some() {
            self.numbers += count;
        } else {
            self.texts += count;
            self.text_bytes += cell.len() as u64 * count;
        }
        if cells < DATELESS || self.dates.has_any_date() {
            self.dates.add_cells(cell, count, line, today);
        }
        if self.examples.len() < EXAMPLES {
            self.examples.push(cell.get(..cell.floor_char_boundary(SHOWN)).unwrap_or(cell).to_owned());
        }
    }
}

/// Profiles the first rows of a file. If rows that are no answers are found, a second pass skips them.
///
/// # Errors
/// If the file can't be read as a table.
pub fn profile_file(input: impl Into<Input>, progress: &Arc<ReadProgress>) -> Result<Profile, TableError> {
    let mut input = input.into();
    // The uneven-row rule of an earlier profile may not apply under these options.
    input.options.uneven = None;
    let large = input.file_size().is_some_and(|size| size > LARGE);
    let most = if large { ROWS_OF_LARGE } else { ROWS };
    let all = RowFilter::default();
    let mut profile = profile_rows(&mut open(&input, progress)?, &all, most)?;
    if profile.ragged > 0 {
        input.options.uneven =
            UnevenRows::from_kinds(profile.columns.iter().map(ColumnProfile::cell_kind).collect())
                .map(Arc::new);
        if input.options.uneven.is_some() {
            let whole = profile_rows(&mut open(&input, progress)?, &all, most)?;
            profile = Profile { uneven: input.options.uneven.clone(), ..whole };
        }
    }
    let rules = find_row_rules(&profile);
    if !rules.is_empty() {
        let mut table = open(&input, progress)?;
        let filter = RowFilter::from_rules(&rules, table.column_names());
        let uneven = profile.uneven.take();
        profile = Profile { uneven, row_rules: rules, ..profile_rows(&mut table, &filter, most)? };
    }
    profile.file = input.file_name();
    Ok(profile)
}

/// Profiles the first rows of a table, skipping none.
///
/// # Errors
/// If it can't be read as a table.
pub fn profile_table(table: &mut SurveyTable) -> Result<Profile, TableError> {
    profile_rows(table, &RowFilter::default(), ROWS)
}

/// Profiles up to `most` rows of a table, skipping those that a filter leaves out.
fn profile_rows(table: &mut SurveyTable, filter: &RowFilter, most: u64) -> Result<Profile, TableError> {
    let today = Today::current_moment();
    let look = |(name, id): (&String, &String)| {
        let column = ColumnProfile { name: name.clone(), id: id.clone(), ..ColumnProfile::default() };
        let ids = ColumnScan::holds_ids(name).then(HashMap::default);
        ColumnScan { column, known: HashMap::default(), spellings: Vec::new(), today, ids }
    };
    let mut looks: Vec<ColumnScan> = table.column_names().iter().zip(table.column_ids()).map(look).collect();
    let with_ids: Vec<usize> =
        looks.iter().enumerate().filter(|(_, look)| look.ids.is_some()).map(|(at, _)| at).collect();
    let header = table.head_rows().map(|row| PreviewLine::new(&row)).collect();
    let mut profile = Profile { preview: Preview::with_header(header), ..Profile::default() };
    let mut tail = VecDeque::<PreviewLine>::new();
    let (mut rows, mut repeated): (HashSet<u64, foldhash::fast::FixedState>, u64) = (HashSet::default(), 0);
    while profile.rows < most {
        let Some(row) = table.next_row()? else {
            profile.complete = true;
            break;
        };
        if filter.leaves_out(&row) {
            profile.left_out += 1;
            continue;
        }
        profile.rows += 1;
        profile.preview.add_row(&row);
        let mut last = if tail.len() == TAIL { tail.pop_front() } else { None }.unwrap_or_default();
        last.overwrite_with(&row);
        tail.push_back(last);
        if row.is_ragged() {
            profile.ragged += 1;
            continue;
        }
        for (place, look) in looks.iter_mut().enumerate() {
            look.add_cell(row.cell(place), row.line_number());
        }
        note_ids(&mut looks, &with_ids, &row);
        // Only rows with a time of day can be recognised as repeats.
        if (0..row.width()).any(|place| row.cell(place).contains(':')) {
            let whole = hash_text((0..row.width()).map(|place| row.cell(place)));
            repeated += u64::from(!rows.insert(whole));
        }
    }
    profile.tail = if profile.complete { tail.into() } else { Vec::new() };
    profile.dialect = table.dialect();
    profile.columns = looks.into_iter().map(ColumnScan::finish).collect();
    profile.languages = detect_languages(&profile.columns);
    // Without the time of day, two people may give the same answers on one day.
    let timed = |column: &ColumnProfile| {
        let time = |cell: &str| cell.split([' ', 'T']).find(|part| part.contains(':')).map(str::to_owned);
        let times: BTreeSet<String> = column.examples.iter().filter_map(|cell| time(cell)).collect();
        column.cell_kind() == CellKind::Day && times.len() > 1
    };
    profile.repeated_rows = if profile.columns.iter().any(timed) { repeated } else { 0 };
    Ok(profile)
}

/// Records the ids of a row in each column of ids; rows are compared by their other cells.
fn note_ids(looks: &mut [ColumnScan], with_ids: &[usize], row: &TableRow<'_>) {
    if with_ids.is_empty() {
        return;
    }
    let cells = (0..row.width()).filter(|place| !with_ids.contains(place)).map(|place| row.cell(place));
    let whole = hash_text(cells);
    for place in with_ids {
        if let Some(look) = looks.get_mut(*place) {
            look.add_id(row.cell(*place), whole);
        }
    }
}

/// Detects the languages of a table, by its headers and the values of columns with few different ones.
fn detect_languages(columns: &[ColumnProfile]) -> Languages {
    let headers = columns.iter().map(|column| column.name.as_str());
    let texts = columns.iter().filter(|column| !column.many && column.texts > 0);
    languages_of(headers, texts.flat_map(|column| column.values.keys().map(String::as_str)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_that_turns_half_way_is_found_at_its_line() {
        let turn = |answers: &[u64]| {
            let mut run = NumberRun::default();
            answers.iter().zip(2..).for_each(|(answer, line)| run.add_number(*answer > 5, line));
            run.find_scale_change()
        };
        let five: Vec<u64> = (0..60).map(|n| 1 + n % 5).collect();
        let ten: Vec<u64> = (0..60).map(|n| 10 - n % 10).collect();
        assert_eq!(turn(&[five.clone(), ten.clone()].concat()), Some(62));
        assert_eq!(turn(&[ten.clone(), five.clone()].concat()), Some(57));
        assert_eq!((turn(&ten), turn(&five), turn(&[])), (None, None, None));
        assert_eq!(turn(&[&five[..4], &ten[..]].concat()), None);
    }
}
