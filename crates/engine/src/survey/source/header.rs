//! Header rows: their number, and the names of the columns.
//!
//! A column's name is what a person who filled in the survey would recognise: the text of the question,
//! followed by ` - ` and the row or option, as SurveyMonkey and Qualtrics write it themselves. White space is
//! collapsed to one space, and HTML tags are removed. The id that Qualtrics gives a column (`Q4_1`) is kept
//! beside the name. Columns without a name are numbered (`#3`); columns with the same name are distinguished
//! by their ids if they have some (`How was it? (Q4)`), otherwise numbered (`score (2)`).

use super::first_table::PlacedRow;
use super::options::HEADER_ROWS;
use super::record::RowCells;
use super::tool::Tool;
use crate::model::counts::Answer;
use crate::survey::cell::{parse_number, strip_formula_guard};
use std::collections::{BTreeMap, BTreeSet};

/// SurveyMonkey's labels in the second row that carry no meaning.
const NO_LABELS: &[&str] =
    &["response", "open-ended response", "antwort", "réponse", "respuesta", "回答", "答复", "回复"];
/// The fewest rows below a first row of numbers for it to be taken as data.
const ROWS_BELOW: usize = 2;

/// The head of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TableHeader {
    pub(super) rows: u8,
    pub(super) tool: Option<Tool>,
    /// The names of the columns.
    pub(super) names: Vec<String>,
    /// The ids of the columns; empty for a column without one.
    pub(super) ids: Vec<String>,
}

impl TableHeader {
    /// Detects the head of the table that begins with these rows; `asked` is the number of header rows that a
    /// person chose. If rows omit blank cells at their end, the width is taken from all rows, not from the
    /// head alone.
    pub(super) fn detect_head(rows: &[PlacedRow], asked: Option<u8>, leaves_out: bool) -> Self {
        let rows: Vec<&RowCells> = rows.iter().map(|row| &row.cells).collect();
        let rows = rows.as_slice();
        let marks = Tool::detect_by_marks(rows);
        let detected = marks.map_or_else(|| u8::from(!begins_with_data(rows)), |(_, rows)| rows);
        let count = asked.unwrap_or(detected).min(HEADER_ROWS);
        let tool = marks.map(|(tool, _)| tool);
        let head: Vec<Vec<String>> =
            rows.iter().take(count.into()).map(|row| row.cells().map(plain_text).collect()).collect();
        let sample = if count == 0 || leaves_out { rows } else { rows.get(..count.into()).unwrap_or(rows) };
        let width = sample.iter().map(|row| row.len()).max().unwrap_or(0);
        let (names, ids) = name_columns(&head, width, tool);
        let names = make_unique(names, &ids);
        Self { rows: count, tool, names, ids }
    }
}

impl TableHeader {
    /// Drops last columns without a name that no row fills and some rows lack: the header ends with
    /// delimiters.
    pub(super) fn drop_trailing_columns(&mut self, rows: &[PlacedRow]) {
        while let Some(width) = self.names.len().checked_sub(1) {
            let is_unnamed = self.names.last().is_some_and(|name| *name == format!("#{}", width + 1));
            let rows = || rows.iter().map(|row| &row.cells).filter(|row| !row.is_blank());
            let is_unfilled = rows().all(|row| row.get(width).trim().is_empty());
            let is_shorter = rows().any(|row| row.len() <= width);
            if self.rows == 0 || width == 0 || !is_unnamed || !is_unfilled || !is_shorter {
                return;
            }
            self.names.truncate(width);
            self.ids.truncate(width);
        }
    }
}

/// Returns the names and ids of columns under their header rows.
fn name_columns(head: &[Vec<String>], width: usize, tool: Option<Tool>) -> (Vec<String>, Vec<String>) {
    let row = |place: usize| {
        let mut row = head.get(place).cloned().unwrap_or_default();
        row.resize(width, String::new());
        row
    };
    let no_ids = vec![String::new(); width];
    if head.len() < 2 {
        return (row(0), no_ids);
    }
    let first = row(0);
    let second = row(1);
    let filled = second.iter().filter(|cell| !cell.is_empty()).count();
    let spans = first.iter().zip(&second).any(|(over, under)| over.is_empty() && !under.is_empty());
    if tool == Some(Tool::Qualtrics) || (tool.is_none() && !spans && filled * 2 > width) {
        let names = first.iter().zip(&second).map(|(id, text)| if text.is_empty() { id } else { text });
        return (names.cloned().collect(), first);
    }
    let levels: Vec<Vec<String>> = head.iter().enumerate().map(|(place, _)| row(place)).collect();
    (join_levels(&levels), no_ids)
}

/// Joins questions, written over the first of their columns only, with the labels below them.
fn join_levels(levels: &[Vec<String>]) -> Vec<String> {
    let width = levels.first().map_or(0, Vec::len);
    let last = levels.len().saturating_sub(1);
    let mut over: Vec<String> = vec![String::new(); last];
    let mut names = Vec::new();
    for column in 0..width {
        let cell =
            |level: usize| levels.get(level).and_then(|row| row.get(column)).map_or("", String::as_str);
        let fresh = (0..last).find(|level| !cell(*level).is_empty());
        for (level, text) in over.iter_mut().enumerate() {
            // A new question ends the labels below the previous one.
            if fresh.is_some_and(|fresh| level >= fresh) || cell(last).is_empty() {
                cell(level).clone_into(text);
            }
        }
        let label = Some(cell(last)).filter(|label| !NO_LABELS.contains(&label.to_lowercase().as_str()));
        let parts = over.iter().map(String::as_str).chain(label).filter(|part| !part.is_empty());
        let name = parts.collect::<Vec<_>>().join(" - ");
        names.push(if name.is_empty() { cell(last).to_owned() } else { name });
    }
    names
}

/// Converts a header cell to one line of text without tags.
fn plain_text(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut rest = strip_formula_guard(cell.trim_start_matches('\u{feff}'));
    while let Some((before, behind)) = rest.split_once('<') {
        text.push_str(before);
        let tag = behind.split_once('>').filter(|(tag, _)| {
            tag.len() <= 200
                && tag.trim_start_matches('/').starts_with(|sign: char| sign.is_ascii_alphabetic())
        });
        let (sign, after) = tag.map_or(('<', behind), |(_, after)| (' ', after));
        text.push(sign);
        rest = after;
    }
    text.push_str(rest);
    text.replace("&nbsp;", " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Makes repeated names unique.
fn make_unique(names: Vec<String>, ids: &[String]) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in &names {
        *counts.entry(name.clone()).or_default() += 1;
    }
    let mut seen = BTreeSet::new();
    // Where the numbers of a name go on: from 2 each time, thousands of one name would take minutes.
    let mut next: BTreeMap<String, usize> = BTreeMap::new();
    let name = |(place, name): (usize, String)| {
        let id = ids.get(place).map_or("", String::as_str);
        let base = if name.is_empty() {
            format!("#{}", place + 1)
        } else if counts.get(&name).is_some_and(|count| *count > 1) && !id.is_empty() && id != name {
            format!("{name} ({id})")
        } else {
            name
        };
        if seen.insert(base.clone()) {
            return base;
        }
        let count = next.entry(base.clone()).or_insert(2);
        loop {
            let name = format!("{base} ({count})");
            *count += 1;
            if seen.insert(name.clone()) {
                return name;
            }
        }
    };
    names.into_iter().enumerate().map(name).collect()
}

/// True if the first row is data rather than a header: its cells are numbers or dates wherever those of the
/// rows below are; or, in a table of texts only, they recur wherever a column has few different values.
fn begins_with_data(rows: &[&RowCells]) -> bool {
    let Some((first, below)) = rows.split_first() else { return false };
    if below.len() < ROWS_BELOW || names_answers(first, below) {
        return false;
    }
    let mut figures = 0;
    let mut alike = 0;
    let mut groups = 0;
    let mut again = 0;
    for column in 0..first.len() {
        let head = first.get(column).trim();
        let cells: Vec<&str> =
            below.iter().map(|row| row.get(column).trim()).filter(|cell| !cell.is_empty()).collect();
        let count = |is: &dyn Fn(&str) -> bool| cells.iter().filter(|cell| is(cell)).count();
        if cells.is_empty() {
            continue;
        }
        if count(&is_figure) * 10 >= cells.len() * 9 {
            figures += 1;
            alike += usize::from(is_figure(head));
        } else if cells.iter().collect::<BTreeSet<_>>().len() * 2 <= cells.len() {
            groups += 1;
            again += usize::from(count(&|cell| cell == head) * 10 >= cells.len());
        }
    }
    if figures > 0 { alike == figures } else { groups > 1 && again == groups }
}

/// True if the numbers of a first row are names of answer counts: consecutive, with many values below that
/// are no such number.
fn names_answers(first: &RowCells, below: &[&RowCells]) -> bool {
    let answer = |cell: &str| parse_number(cell).map(Answer::get);
    let run: Vec<(usize, f64)> =
        (0..first.len()).filter_map(|column| Some((column, answer(first.get(column))?))).collect();
    let numbers: Vec<f64> = run.iter().map(|(_, number)| *number).collect();
    let steps = |step: f64| numbers.windows(2).all(|pair| (pair[1] - pair[0] - step).abs() < f64::EPSILON);
    let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    if numbers.len() < 3 || !(0.0..=1.0).contains(&least) || !(steps(1.0) || steps(-1.0)) {
        return false;
    }
    let cells = || run.iter().flat_map(|(column, _)| below.iter().map(move |row| row.get(*column).trim()));
    let others = cells().filter(|cell| answer(cell).is_none_or(|number| !numbers.contains(&number)));
    4 * others.count() > cells().count()
}

/// True if a cell is a number, or looks like a date or a formatted number.
pub(super) fn is_figure(cell: &str) -> bool {
    let date = || {
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        digits >= 4 && cell.bytes().all(|byte| byte.is_ascii_digit() || b"-/.: TZ+,".contains(&byte))
    };
    parse_number(cell).is_some() || date()
}

#[cfg(test)]
#[path = "header_tests.rs"]
mod tests;
