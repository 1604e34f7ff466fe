//! Reads a table as a project: first lays its rows out in stages and steps, then builds these.

use super::build::build;
use super::columns::Column;
use crate::exchange::{Brought, Reason, Refused, Unread};
use crate::export::cell::harmless;
use crate::i18n::{Lang, Msg};
use crate::id::Source;
use crate::survey::source::{Options, ReadError, Row, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::sync::Arc;

/// The most filled cells of a table.
const MOST: usize = 500_000;

/// Reads a table as a project. Columns are recognized by their header in either language, in any order; one
/// column of touchpoints or stages suffices. A row with a blank stage belongs to that of the row above.
///
/// # Errors
/// Where it is no table, or none of its columns is one of a journey's.
pub fn read(bytes: Vec<u8>, lang: Lang, source: &mut Source) -> Result<Brought, Refused> {
    // The header is read as a row, so that its cells are kept as written.
    let options = Options { header_rows: Some(0), decimal_comma: Some(false), ..Options::default() };
    let progress = Arc::default();
    let unpaired = memchr::memchr_iter(b'"', &bytes).count() % 2 == 1;
    let mut table = Table::with(Cursor::new(bytes), &options, &progress).map_err(Refused::Table)?;
    if !unpaired {
        // Every quote is closed: a line break within a cell was pasted there.
        table.trust_quotes();
    }
    let mut plan = Plan::default();
    let columns = match table.next_row().map_err(Refused::Table)? {
        Some(header) => plan.header(&header)?,
        None => Vec::new(),
    };
    let mut spread = None;
    let mut filled = 0;
    while let Some(row) = table.next_row().map_err(Refused::Table)? {
        let cells = plan.cells(&columns, &row);
        filled += cells.len();
        if filled > MOST {
            return Err(Refused::TooMuch);
        }
        spread = cells.values().any(|cell| cell.contains('\n')).then_some(row.line());
        plan.row(Line { number: row.line() as usize, cells }, lang);
    }
    // An unclosed quote makes the rest of the table one cell.
    if let Some(line) = spread
        && unpaired
    {
        return Err(Refused::Table(ReadError::OpenQuote { line }));
    }
    let mut unread = std::mem::take(&mut plan.unread);
    let used: Vec<Column> =
        columns.into_iter().flatten().filter(|column| plan.used.contains(column)).collect();
    let project = build(&plan.stages, &used, lang, source, &mut unread)?;
    Ok(Brought { project, unread })
}

/// The filled cells of a row.
pub(super) struct Line {
    pub(super) number: usize,
    pub(super) cells: BTreeMap<Column, String>,
}

impl Line {
    pub(super) fn get(&self, column: &Column) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// A stage as the table has it.
pub(super) struct Stage {
    pub(super) title: String,
    /// The rows about the stage itself.
    pub(super) own: Vec<Line>,
    pub(super) steps: Vec<Step>,
}

/// A step as the table has it.
#[derive(Default)]
pub(super) struct Step {
    number: Option<u32>,
    /// The rows about the step itself.
    pub(super) own: Vec<Line>,
    /// The touchpoints, each with the rows below it that name no other element.
    pub(super) cards: Vec<Vec<Line>>,
}

#[derive(Default)]
struct Plan {
    stages: Vec<Stage>,
    titles: BTreeMap<String, usize>,
    /// The index of each numbered step of a stage.
    numbers: BTreeMap<(usize, u32), usize>,
    /// The stage, step and touchpoint of the row above.
    at: (Option<usize>, Option<usize>, bool),
    /// The columns in which a cell was read.
    used: BTreeSet<Column>,
    unread: Vec<Unread>,
}

impl Plan {
    fn leave_out(&mut self, line: u64, text: &str, reason: Reason) {
        self.unread.push(Unread::new(line as usize, text, reason));
    }

    /// Assigns each cell to its column; unknown columns are `None`.
    fn header(&mut self, row: &Row<'_>) -> Result<Vec<Option<Column>>, Refused> {
        let names: Vec<&str> = (0..row.width()).map(|place| plain(row.cell(place))).collect();
        let mut columns: Vec<Option<Column>> = Vec::new();
        for name in &names {
            let column = Column::of(name);
            let reason = match &column {
                None => Some(Reason::Column),
                Some(Column::Score | Column::Metric | Column::Answers) => Some(Reason::Scores),
                twice if columns.contains(twice) => Some(Reason::ColumnTwice),
                Some(_) => None,
            };
            if let Some(reason) = reason
                && !name.is_empty()
            {
                self.leave_out(row.line(), name, reason);
            }
            columns.push(if reason.is_none() { column } else { None });
        }
        let needed = [Some(Column::Touchpoint), Some(Column::Stage)];
        if columns.iter().any(|column| needed.contains(column)) {
            return Ok(columns);
        }
        let names = names.into_iter().filter(|name| !name.is_empty()).take(20).map(str::to_owned);
        Err(Refused::NoColumns { line: row.line(), names: names.collect() })
    }

    fn cells(&mut self, columns: &[Option<Column>], row: &Row<'_>) -> BTreeMap<Column, String> {
        let mut cells = BTreeMap::new();
        for place in 0..row.width() {
            let text = plain(row.cell(place));
            match columns.get(place) {
                _ if text.is_empty() => {}
                Some(Some(column)) => drop(cells.insert(column.clone(), text.to_owned())),
                // A column with a name was reported already.
                Some(None) => {}
                None => {
                    self.leave_out(row.line(), text, Reason::Wide);
                    break;
                }
            }
        }
        cells
    }

    fn row(&mut self, line: Line, lang: Lang) {
        if line.cells.is_empty() {
            return;
        }
        self.used.extend(
            line.cells.keys().filter(|column| !self.used.contains(column)).cloned().collect::<Vec<_>>(),
        );
        let named = |column: &Column| !line.get(column).is_empty();
        if ![Column::Stage, Column::Step, Column::Touchpoint].iter().any(named) && self.goes_on() {
            return self.more(line);
        }
        let stage = self.stage(line.get(&Column::Stage), lang);
        if !named(&Column::Step) && !named(&Column::Touchpoint) {
            self.at = (Some(stage), None, false);
            return self.more(line);
        }
        let step = self.step(stage, &line);
        let card = named(&Column::Touchpoint);
        self.at = (Some(stage), Some(step), false);
        if card {
            self.at.2 = true;
            let step = self.stages.get_mut(stage).and_then(|stage| stage.steps.get_mut(step));
            if let Some(step) = step {
                step.cards.push(Vec::new());
            }
        }
        self.more(line);
    }

    fn goes_on(&self) -> bool {
        self.at.0.is_some()
    }

    /// Adds a row to the layout.
    fn more(&mut self, line: Line) {
        let (stage, step, card) = self.at;
        let Some(stage) = stage.and_then(|stage| self.stages.get_mut(stage)) else { return };
        let Some(step) = step.and_then(|step| stage.steps.get_mut(step)) else { return stage.own.push(line) };
        match step.cards.last_mut() {
            Some(last) if card => last.push(line),
            _ => step.own.push(line),
        }
    }

    /// Returns the stage of this title, or that of the row above.
    fn stage(&mut self, title: &str, lang: Lang) -> usize {
        if let Some(stage) = self.at.0
            && title.is_empty()
        {
            return stage;
        }
        let title = if title.is_empty() { Msg::Stage.text(lang) } else { title };
        if let Some(known) = self.titles.get(title) {
            return *known;
        }
        self.stages.push(Stage { title: title.to_owned(), own: Vec::new(), steps: Vec::new() });
        self.titles.insert(title.to_owned(), self.stages.len() - 1);
        self.stages.len() - 1
    }

    /// Returns the step of a row's number, or a new one.
    fn step(&mut self, stage: usize, line: &Line) -> usize {
        let cell = line.get(&Column::Step);
        let number: Option<u32> = cell.parse().ok().filter(|number| *number > 0);
        if number.is_none() && !cell.is_empty() {
            self.unread.push(Unread::new(line.number, cell, Reason::Step));
        }
        if let Some(known) = number.and_then(|number| self.numbers.get(&(stage, number))) {
            return *known;
        }
        let Some(home) = self.stages.get_mut(stage) else { return 0 };
        home.steps.push(Step { number, ..Step::default() });
        let place = home.steps.len() - 1;
        if let Some(number) = number {
            self.numbers.insert((stage, number), place);
        }
        place
    }
}

impl Stage {
    /// Returns the steps in the order of their numbers, if all have one.
    pub(super) fn steps_in_order(&self) -> Vec<&Step> {
        let mut steps: Vec<&Step> = self.steps.iter().collect();
        if steps.iter().all(|step| step.number.is_some()) {
            steps.sort_by_key(|step| step.number);
        }
        steps
    }
}

/// Returns a cell without the apostrophe that keeps a spreadsheet from computing it.
fn plain(cell: &str) -> &str {
    let bare = cell.strip_prefix('\'').filter(|rest| harmless(rest).as_ref() != *rest);
    bare.unwrap_or(cell)
}
