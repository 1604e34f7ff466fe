//! What the beginning of a table looks like, column by column: the ground on which a mapping is proposed.

use super::cell::{fold, number};
use super::dates::{Evidence, Today};
use super::figure::read_figure;
use super::preview::{Line, Preview};
use super::row_rules::{RowFilter, RowRule, find_row_rules};
use super::scale::{is_no_answer, two_values};
use super::source::{CellKind, Dialect, Input, Progress, ReadError, Row, Table, UnevenRows, open};
use super::text_scale::{labelled_values, read_words};
use super::vocabulary::{Languages, Topic, compare_key, key_is, languages_of};
use crate::model::counts::Answer;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;

/// Rows that are looked at; an import reads all.
const ROWS: u64 = 50_000;
/// Rows that are looked at of a file of more than [`LARGE`] bytes, whose end is far away.
const ROWS_OF_LARGE: u64 = 8_000;
const LARGE: u64 = 32 << 20;
/// Different values of a column that are counted; more make it a column of many values.
pub const VALUES: usize = 200;
/// Bytes of a value that are kept to show it.
const SHOWN: usize = 120;
/// Lines of a value that are kept.
const LINES: usize = 3;
/// Values of a column that are shown.
const EXAMPLES: usize = 5;
/// Cells without a date behind which a column holds none.
const DATELESS: u64 = 1000;
/// Different texts of a column of few.
const FEW: usize = 30;
/// Rows at the end that are kept: sums stand there.
const TAIL: usize = 6;

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
    /// Each of `values` as it was written first.
    pub spelled: BTreeMap<String, String>,
    /// The first lines of each of `values`.
    pub lines: BTreeMap<String, Vec<u64>>,
    /// What its cells say about dates.
    pub dates: Evidence,
    /// The numbers above five, in the order of rows.
    pub run: Run,
    /// How often an id came again; only of columns that are named as ids.
    pub repeats: Option<Repeats>,
}

/// How often the ids of a column came again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Repeats {
    /// Different ids.
    pub ids: u64,
    /// Cells with an id that an earlier row had.
    pub again: u64,
    /// Those of them whose whole row says the same as the earlier one.
    pub same_row: u64,
}

#[cfg(test)]
impl ColumnProfile {
    /// A column in which each value occurs so often.
    pub(super) fn of(values: &[(&str, u64)]) -> Self {
        let values = values.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect();
        Self { values, ..Self::default() }
    }
}

/// Where numbers above five stand among a column's numbers: a scale of five that turns into one of ten shows here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Run {
    /// Numbers from 0 to 10.
    numbers: u64,
    /// Those above five.
    high: u64,
    /// Numbers before the first high one, and its line.
    first: Option<(u64, u64)>,
    /// Numbers up to and with the last high one, and the line of the next.
    last: (u64, u64),
}

impl Run {
    /// By chance alone, a turn is told once in a million columns.
    const CHANCE: f64 = 1e-6;
    /// Fewer numbers on either side of a turn say nothing.
    const ENOUGH: u64 = 20;

    fn add(&mut self, high: bool, line: u64) {
        if high {
            self.first.get_or_insert((self.numbers, line));
            self.high += 1;
            self.last = (self.numbers + 1, 0);
        } else if self.last.1 == 0 {
            self.last.1 = line;
        }
        self.numbers += 1;
    }

    /// The line where high numbers begin or end too suddenly for one scale.
    pub fn turn(&self) -> Option<u64> {
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

/// What the beginning of a table looks like.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// The file's name.
    pub file: String,
    /// How it is read.
    pub dialect: Dialect,
    /// Rows looked at, without those that were left out.
    pub rows: u64,
    /// Rows that the rules for rows left out.
    pub left_out: u64,
    /// Whether these are all rows.
    pub complete: bool,
    /// Rows with another number of cells than the header.
    pub ragged: u64,
    /// The columns in their order.
    pub columns: Vec<ColumnProfile>,
    /// The first rows.
    pub preview: Preview,
    /// The last rows, where all were looked at.
    pub tail: Vec<Line>,
    /// The languages that headers and answers are in.
    pub languages: Languages,
    /// Which rows of another length than the header were read as whole; counting must read them so too.
    pub uneven: Option<Arc<UnevenRows>>,
    /// Rows that are the same as an earlier row to the letter, the time of the answer included.
    pub repeated_rows: u64,
    /// Rows that are no answers, such as tests and sums: they are left out of all other fields.
    pub row_rules: Vec<RowRule>,
}

impl Profile {
    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&ColumnProfile> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// A spelling of a cell, and how often it occurs.
struct Spelling {
    text: String,
    count: u64,
    /// Its first lines.
    lines: Vec<u64>,
    /// Of a number from 0 to 10, whether it is above five.
    high: Option<bool>,
}

/// A column being looked at: each spelling of a cell is taken apart once.
struct Look {
    column: ColumnProfile,
    known: HashMap<String, usize, foldhash::fast::RandomState>,
    spellings: Vec<Spelling>,
    today: Today,
    ids: Option<HashMap<u64, u64, foldhash::fast::FixedState>>,
}

/// The hash of a text, for comparisons within one look at a file.
fn hash_text(texts: impl Iterator<Item = impl AsRef<str>>) -> u64 {
    let mut hasher = foldhash::fast::FixedState::default().build_hasher();
    for text in texts {
        hasher.write(text.as_ref().as_bytes());
        hasher.write_u8(0);
    }
    hasher.finish()
}

impl Look {
    /// Whether the column's name is that of ids, so that repeats are looked for.
    fn holds_ids(name: &str) -> bool {
        key_is(&compare_key(name), Topic::Respondent, Languages::ALL)
    }

    /// Notes the id of a row, and whether it came before with the same or another row.
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

    fn add(&mut self, cell: &str, line: u64) {
        if cell.is_empty() {
            self.column.blank += 1;
            return;
        }
        // A long cell is never among them.
        let known = if cell.len() <= SHOWN { self.known.get(cell).copied() } else { None };
        if let Some(spelling) = known.and_then(|place| self.spellings.get_mut(place)) {
            spelling.count += 1;
            if spelling.lines.len() < LINES {
                spelling.lines.push(line);
            }
            if let Some(high) = spelling.high {
                self.column.run.add(high, line);
            }
        } else if self.spellings.len() < VALUES && cell.len() <= SHOWN {
            self.known.insert(cell.to_owned(), self.spellings.len());
            let number = number(cell).map(Answer::get);
            let high = number.filter(|number| (0.0..=10.0).contains(number)).map(|number| number > 5.0);
            if let Some(high) = high {
                self.column.run.add(high, line);
            }
            self.spellings.push(Spelling { text: cell.to_owned(), count: 1, lines: vec![line], high });
        } else {
            // Codes and grades are short; a long cell is a comment, and one of many by itself.
            self.column.many = true;
            self.column.classify(cell, 1, line, self.today);
        }
    }

    fn finish(mut self) -> ColumnProfile {
        for Spelling { text, count, lines, .. } in self.spellings {
            self.column.classify(&text, count, lines.first().copied().unwrap_or_default(), self.today);
            let folded = fold(&text);
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
    /// What the cells are in rows of the header's length: nearly all of them figures or days, else texts.
    fn kind(&self) -> CellKind {
        let none =
            self.values.iter().filter(|(value, _)| is_no_answer(value)).map(|(_, count)| *count).sum::<u64>();
        let cells = (self.numbers + self.texts).saturating_sub(none);
        let nearly_all = |count: u64| cells > 0 && 10 * count >= 9 * cells;
        if nearly_all(self.dates.dates()) {
            CellKind::Day
        } else if nearly_all(self.numbers) {
            CellKind::Figure
        } else if self.many || self.values.len() > FEW {
            CellKind::Text
        } else if self.tells_answers() {
            CellKind::Answers(self.values.keys().cloned().collect())
        } else {
            CellKind::Few(self.values.keys().cloned().collect())
        }
    }

    /// Whether the texts are yes and no, or words of a known scale.
    fn tells_answers(&self) -> bool {
        two_values(&self.values, self.many, Languages::ALL).is_some()
            || read_words(&self.values, &self.values, Languages::ALL).is_some()
            || labelled_values(&self.values, Languages::ALL).is_some()
    }

    fn classify(&mut self, cell: &str, count: u64, line: u64, today: Today) {
        let cells = self.numbers + self.texts;
        if read_figure(cell).is_some() {
            self.numbers += count;
        } else {
            self.texts += count;
            self.text_bytes += cell.len() as u64 * count;
        }
        if cells < DATELESS || self.dates.found_any() {
            self.dates.add(cell, count, line, today);
        }
        if self.examples.len() < EXAMPLES {
            self.examples.push(cell.get(..cell.floor_char_boundary(SHOWN)).unwrap_or(cell).to_owned());
        }
    }
}

/// Looks at the beginning of a file. Rows that are no answers are left out: where some are found, a second look passes
/// over them.
///
/// # Errors
/// Where it can't be read as a table.
pub fn profile(input: impl Into<Input>, progress: &Arc<Progress>) -> Result<Profile, ReadError> {
    let mut input = input.into();
    // The rule of another look may be that of another reading.
    input.options.uneven = None;
    let large = std::fs::metadata(&input.path).is_ok_and(|meta| meta.len() > LARGE);
    let most = if large { ROWS_OF_LARGE } else { ROWS };
    let all = RowFilter::default();
    let mut profile = look_past(&mut open(&input, progress)?, &all, most)?;
    if profile.ragged > 0 {
        input.options.uneven =
            UnevenRows::of_kinds(profile.columns.iter().map(ColumnProfile::kind).collect()).map(Arc::new);
        if input.options.uneven.is_some() {
            let whole = look_past(&mut open(&input, progress)?, &all, most)?;
            profile = Profile { uneven: input.options.uneven.clone(), ..whole };
        }
    }
    let rules = find_row_rules(&profile);
    if !rules.is_empty() {
        let mut table = open(&input, progress)?;
        let filter = RowFilter::of_rules(&rules, table.header());
        let uneven = profile.uneven.take();
        profile = Profile { uneven, row_rules: rules, ..look_past(&mut table, &filter, most)? };
    }
    profile.file = input.file_name();
    Ok(profile)
}

/// Looks at the beginning of a table, at all its rows.
///
/// # Errors
/// Where it can't be read as one.
pub fn look(table: &mut Table) -> Result<Profile, ReadError> {
    look_past(table, &RowFilter::default(), ROWS)
}

/// Looks at the first rows of a table, at most so many, past those that a filter leaves out.
fn look_past(table: &mut Table, filter: &RowFilter, most: u64) -> Result<Profile, ReadError> {
    let today = Today::now();
    let look = |(name, id): (&String, &String)| {
        let column = ColumnProfile { name: name.clone(), id: id.clone(), ..ColumnProfile::default() };
        let ids = Look::holds_ids(name).then(HashMap::default);
        Look { column, known: HashMap::default(), spellings: Vec::new(), today, ids }
    };
    let mut looks: Vec<Look> = table.header().iter().zip(table.ids()).map(look).collect();
    let with_ids: Vec<usize> =
        looks.iter().enumerate().filter(|(_, look)| look.ids.is_some()).map(|(at, _)| at).collect();
    let header = table.head_rows().map(|row| Line::new(&row)).collect();
    let mut profile = Profile { preview: Preview::below(header), ..Profile::default() };
    let mut tail = VecDeque::<Line>::new();
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
        profile.preview.add(&row);
        let mut last = if tail.len() == TAIL { tail.pop_front() } else { None }.unwrap_or_default();
        last.write(&row);
        tail.push_back(last);
        if row.is_ragged() {
            profile.ragged += 1;
            continue;
        }
        for (place, look) in looks.iter_mut().enumerate() {
            look.add(row.cell(place), row.line());
        }
        note_ids(&mut looks, &with_ids, &row);
        // Only rows that tell a time of day may be told to be repeats.
        if (0..row.width()).any(|place| row.cell(place).contains(':')) {
            let whole = hash_text((0..row.width()).map(|place| row.cell(place)));
            repeated += u64::from(!rows.insert(whole));
        }
    }
    profile.tail = if profile.complete { tail.into() } else { Vec::new() };
    profile.dialect = table.dialect();
    profile.columns = looks.into_iter().map(Look::finish).collect();
    profile.languages = languages(&profile.columns);
    // Without the time of day, two people may well say the same on one day.
    let timed = |column: &ColumnProfile| {
        let time = |cell: &str| cell.split([' ', 'T']).find(|part| part.contains(':')).map(str::to_owned);
        let times: BTreeSet<String> = column.examples.iter().filter_map(|cell| time(cell)).collect();
        column.kind() == CellKind::Day && times.len() > 1
    };
    profile.repeated_rows = if profile.columns.iter().any(timed) { repeated } else { 0 };
    Ok(profile)
}

/// Notes the ids of a row in each column of ids; the row is what its other cells say.
fn note_ids(looks: &mut [Look], with_ids: &[usize], row: &Row<'_>) {
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

/// The languages of a table, by its headers and the answers of columns that repeat them.
fn languages(columns: &[ColumnProfile]) -> Languages {
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
            let mut run = Run::default();
            answers.iter().zip(2..).for_each(|(answer, line)| run.add(*answer > 5, line));
            run.turn()
        };
        let five: Vec<u64> = (0..60).map(|n| 1 + n % 5).collect();
        let ten: Vec<u64> = (0..60).map(|n| 10 - n % 10).collect();
        assert_eq!(turn(&[five.clone(), ten.clone()].concat()), Some(62));
        assert_eq!(turn(&[ten.clone(), five.clone()].concat()), Some(57));
        assert_eq!((turn(&ten), turn(&five), turn(&[])), (None, None, None));
        assert_eq!(turn(&[&five[..4], &ten[..]].concat()), None);
    }
}
